"""What the crawl and its workers say to each other: frames of JSON with the page's bytes behind them.

Nothing is unpickled: a worker reads what strangers wrote, and its answers are checked against the types of `Reading`.

A frame is three lengths (big-endian, four bytes each), the JSON, the hints of the site in JSON, and the page's bytes.
These are not put into JSON, so a page crosses without being encoded; the hints go over only where they are others than
with the page before.
"""

from __future__ import annotations

import struct
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple, get_type_hints

import msgspec

from newsscraper.extraction.page import Page, Reading, SiteHints

LENGTHS = struct.Struct(">III")
TOLD = struct.Struct(">ii")
"""What the warm process tells of a worker: its process id and its exit code; with its descriptor: that it has begun."""


class Hello(msgspec.Struct, frozen=True):
    """First message to a worker.

    Attributes:
        time_limit: seconds a page may take.
        memory_limit: MiB of private memory that the worker may have; 0: no limit.
    """

    time_limit: float
    memory_limit: int


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker has loaded what it needs."""


class Done(msgspec.Struct, tag=True):
    """The page was read.

    Attributes:
        reading: what it gave.
        seconds: processor time it took.
        retire: the worker has grown and wants to be replaced.
    """

    reading: Reading
    seconds: float = 0.0
    retire: bool = False


class Refused(msgspec.Struct, frozen=True, tag=True):
    """No record can be made of the page (`ExtractionError`)."""

    message: str


class Broken(msgspec.Struct, frozen=True, tag=True):
    """The page broke the reader.

    Attributes:
        reason: slug, as in `PageSetAside`.
        detail: the error, and where it was raised.
    """

    reason: str
    detail: str


Reply = Ready | Done | Refused | Broken


class PackedPage(NamedTuple):
    """A page as it goes over: its bytes, the hints and the rest, these two in JSON."""

    head: bytes
    hints: bytes
    body: bytes


# All of a page but its bytes and hints. Made from `Page` itself, so that a field added there crosses too.
_types = get_type_hints(Page)
_Rest: Any = msgspec.defstruct(
    "_Rest", [(f.name, _types[f.name]) for f in fields(Page) if f.name not in ("html", "hints")] + [("is_text", bool)]
)
_rest_decoder = msgspec.json.Decoder(_Rest)
_hints_decoder = msgspec.json.Decoder(SiteHints)
_reply_decoder = msgspec.json.Decoder(Reply)
_encoder = msgspec.json.Encoder()


def pack_page(page: Page) -> PackedPage:
    """Return what goes over for a page.

    Raises:
        UnicodeEncodeError: the page is text, or has a URL or header, that holds a lone surrogate.
    """
    is_text = isinstance(page.html, str)
    body = page.html.encode() if isinstance(page.html, str) else page.html
    rest = _Rest(*(getattr(page, name) for name in _Rest.__struct_fields__[:-1]), is_text)
    return PackedPage(_encoder.encode(rest), _pack_hints(page.hints), body)


@lru_cache(maxsize=4)  # the same for hundreds of pages
def _pack_hints(hints: SiteHints) -> bytes:
    return _encoder.encode(hints)


def unpack_hints(packed: bytes) -> SiteHints:
    """Return the hints that were packed."""
    hints: SiteHints = _hints_decoder.decode(packed)
    return hints


def unpack_page(head: bytes, hints: SiteHints, body: bytes) -> Page:
    """Return the page that was packed.

    >>> head, hints, body = pack_page(Page("<p>Où ?</p>", url="https://example.com/"))
    >>> unpack_page(head, unpack_hints(hints), body).html
    '<p>Où ?</p>'
    """
    rest = _rest_decoder.decode(head)
    known = {name: getattr(rest, name) for name in _Rest.__struct_fields__[:-1]}
    return Page(body.decode() if rest.is_text else body, hints=hints, **known)


def pack(message: Hello | Reply) -> bytes:
    """Return a message as one frame.

    Raises:
        UnicodeEncodeError: a text holds a lone surrogate.
    """
    head = _encoder.encode(message)
    return LENGTHS.pack(len(head), 0, 0) + head


def unpack_reply(head: bytes) -> Reply:
    """Return a worker's answer.

    Raises:
        msgspec.DecodeError: it is not one; the message names the field.
    """
    reply: Reply = _reply_decoder.decode(head)
    return reply
