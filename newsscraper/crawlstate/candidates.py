"""Candidates as they are kept: JSON, the addresses in them as text."""

from __future__ import annotations

from datetime import datetime

import msgspec

from newsscraper.address import Address
from newsscraper.discovery.candidate import Candidate, Entry, Way


class _Kept(msgspec.Struct, omit_defaults=True):
    """A candidate on disk; the names are those of `Candidate`."""

    url: str
    way: Way
    title: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    relative: str | None = None
    read_at: datetime | None = None
    rank: datetime | None = None
    languages: tuple[str, ...] = ()
    source: str | None = None
    dated_by: Way | None = None
    entry: Entry | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Kept).decode


def encode(candidate: Candidate) -> bytes:
    """Return a candidate as JSON.

    >>> encode(Candidate(Address.of("https://a.example/b"), "feed", title="B"))
    b'{"url":"https://a.example/b","way":"feed","title":"B"}'
    """
    return _encode(
        _Kept(
            candidate.address.text,
            candidate.way,
            candidate.title,
            candidate.section,
            candidate.published,
            candidate.modified,
            candidate.relative,
            candidate.read_at,
            candidate.rank,
            candidate.languages,
            candidate.source.text if candidate.source else None,
            candidate.dated_by,
            candidate.entry,
        )
    )


def decode(kept: bytes) -> Candidate:
    """Return the candidate that `encode` made this of.

    Raises:
        ValueError: it is none.

    >>> decode(b'{"url":"https://a.example/b","way":"feed"}').way
    'feed'
    """
    told = _decode(kept)
    address = Address.of(told.url)
    if address is None:
        raise ValueError(f"{told.url} is not an address")
    return Candidate(
        address,
        told.way,
        told.title,
        told.section,
        told.published,
        told.modified,
        told.relative,
        told.read_at,
        told.rank,
        told.languages,
        Address.of(told.source),
        told.dated_by,
        told.entry,
    )
