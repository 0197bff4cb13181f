"""Sitemaps, feeds and listings as this run got them: a run that is killed and taken up again reads them from here."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import msgspec

from newsscraper.crawlstate.database import Database, key_of

LARGEST = 64 * 1024 * 1024
"""Bytes of one body up to which it is kept; a larger one is fetched again."""

_LEVEL = 1  # speed: a body is read back after a kill only


@dataclass(frozen=True, slots=True)
class Entrance:
    """An answer of the server.

    Attributes:
        url: address that answered in the end, behind redirects.
        hops: addresses that redirected to it.
        status: HTTP status.
        headers: values by name.
        body: decoded of any Content-Encoding.
    """

    url: str
    hops: tuple[str, ...]
    status: int
    headers: dict[str, list[str]]
    body: bytes


class Entrances:
    """The answers of the current run, by the address that was asked for; emptied when a run begins or ends."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, asked: str, entrance: Entrance) -> None:
        """Keep an answer."""
        if len(entrance.body) <= LARGEST:
            told = msgspec.json.encode((entrance.url, entrance.hops, entrance.status, entrance.headers))
            body = zlib.compress(entrance.body, _LEVEL)
            self._database.write("INSERT OR REPLACE INTO entrance VALUES (?, ?, ?)", key_of(asked), told, body)

    def get(self, asked: str) -> Entrance | None:
        """Return what was kept for an address."""
        row = self._database.read("SELECT told, body FROM entrance WHERE key = ?", key_of(asked))
        if row is None:
            return None
        url, hops, status, headers = msgspec.json.decode(row[0])
        return Entrance(url, tuple(hops), status, headers, zlib.decompress(row[1]))
