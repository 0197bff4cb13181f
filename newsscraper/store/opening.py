"""From an address to a store that keeps its promise, or one line that says why it cannot be one."""

from __future__ import annotations

import contextlib
import uuid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newsscraper.store.folder import FolderPlace
from newsscraper.store.objects import SCHEMES, ObjectPlace
from newsscraper.store.place import Changed, Place, StoreFailed, StoreUnusable


def open_store(url: str) -> Place:
    """Return the store at an address: a folder, ``file://``, ``s3://``, ``gs://`` or ``az://``. Nothing is asked yet.

    Raises:
        StoreUnusable: it is none, or what it needs is not installed.

    >>> open_store("/srv/news").url
    'file:///srv/news'
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        if not url.strip():
            raise StoreUnusable("a store needs an address: a folder, file://, s3://, gs:// or az://")
        return FolderPlace(Path(url))
    if scheme == "file":
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            raise StoreUnusable(f"{url} names the machine {parts.netloc}; a folder is given as file:///path")
        return FolderPlace(Path(unquote(parts.path)))
    if scheme not in SCHEMES:
        raise StoreUnusable(f"{url} is not a store; it can be a folder, file://, s3://, gs:// or az://")
    return ObjectPlace(url)


def check_store(place: Place) -> None:
    """Try whether a store can be read and written, and only on conditions.

    Raises:
        StoreUnusable: it cannot, or it does not answer.
    """
    name = f".check/{uuid.uuid4().hex}"
    try:
        first = place.create(name, b"1")
        try:
            holds = _refuses(place, name, first)
        finally:
            with contextlib.suppress(StoreFailed):
                place.delete([name])
    except StoreFailed as failure:
        raise StoreUnusable(f"the store {place.url} cannot be used: {failure}") from failure
    except Changed as error:
        raise StoreUnusable(f"the store {place.url} says that a name is taken which is not") from error
    if not holds:
        raise StoreUnusable(
            f"the store {place.url} ignores conditions on writes, so two machines could write over each other; "
            "choose one that honours If-Match and If-None-Match"
        )


def _refuses(place: Place, name: str, first: str) -> bool:
    """Whether the store refuses what it has to refuse, and takes what it has to take."""
    try:
        place.create(name, b"2")
    except Changed:
        pass
    else:
        return False
    place.replace(name, b"3", first)
    try:
        place.replace(name, b"4", first)
    except Changed:
        return True
    return False
