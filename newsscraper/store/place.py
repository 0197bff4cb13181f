"""What a store has to offer: objects under names, written only on a condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from mmap import mmap
from typing import Protocol

Data = bytes | mmap
"""What is written: in memory, or a file that is mapped there, where it is large."""


class StoreUnusable(Exception):
    """This can be no store; the message says in one line why, and what to do."""


class StoreFailed(Exception):
    """The store does not answer, or refuses; what is to be written is written later.

    Attributes:
        lasting: it refuses for a reason that waiting does not mend: the credentials, the bucket.
    """

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        self.lasting = lasting
        super().__init__(message)


class Changed(Exception):
    """The object is not, or no longer, what it was to be for the write to happen. Nothing was written."""


class Unchanged(Exception):
    """The object is still the one that is known."""


@dataclass(frozen=True, slots=True)
class Held:
    """An object that was read.

    Attributes:
        data: what it holds.
        version: what it is known by, for `Place.replace`.
    """

    data: bytes
    version: str


class Place(Protocol):
    """Objects under names such as ``silicon.fr/1.jsonl.zst``. All methods raise `StoreFailed`; any thread may call."""

    url: str
    """Where it is, for messages and to tell one store from another."""

    def get(self, name: str, known: str | None = None) -> Held | None:
        """Return an object; ``None`` where there is none. Raise `Unchanged` where it is the version ``known``."""
        ...

    def size(self, name: str) -> int | None:
        """Return how many bytes an object has; ``None`` where there is none. It is not read."""
        ...

    def create(self, name: str, data: Data) -> str:
        """Write an object that is not there yet, and return its version; raise `Changed` where there is one."""
        ...

    def replace(self, name: str, data: Data, version: str) -> str:
        """Write an object in the place of ``version``, and return the new one; raise `Changed` where it is another."""
        ...

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects; those that are not there count as deleted."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return the names of all objects in a folder, in no order; an empty name is the top.

        What a killed writer left half done goes.
        """
        ...

    def folders(self) -> list[str]:
        """Return the names of the folders at the top, sorted: one a site."""
        ...
