"""Sitemaps, feeds and listings as this run got them: a run that is killed and taken up again reads them from here."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import msgspec

from newsscraper.address import Address
from newsscraper.crawlstate.database import Database, key_of

LARGEST = 64 * 1024 * 1024
"""Bytes of one body up to which it is kept; a larger one is fetched again."""

_LEVEL = 1  # speed: a body is read back after a kill only


@dataclass(frozen=True, slots=True)
class Entrance:
    """An answer of the server.

    Attributes:
        address: what answered in the end, behind redirects.
        hops: addresses that redirected to it.
        status: HTTP status.
        headers: values by name.
        body: decoded of any Content-Encoding.
    """

    address: Address
    hops: tuple[Address, ...]
    status: int
    headers: dict[str, list[str]]
    body: bytes


class Entrances:
    """The answers of the current run, by the address that was asked for; emptied when a run begins or ends."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, asked: Address, entrance: Entrance) -> None:
        """Keep an answer."""
        if len(entrance.body) <= LARGEST:
            told = msgspec.json.encode(
                (entrance.address.text, [hop.text for hop in entrance.hops], entrance.status, entrance.headers)
            )
            body = zlib.compress(entrance.body, _LEVEL)
            self._database.write("INSERT OR REPLACE INTO entrance VALUES (?, ?, ?)", key_of(asked), told, body)

    def get(self, asked: Address) -> Entrance | None:
        """Return what was kept for an address."""
        row = self._database.read("SELECT told, body FROM entrance WHERE key = ?", key_of(asked))
        if row is None:
            return None
        text, hops, status, headers = msgspec.json.decode(row[0])
        address = Address.of(text) or asked
        return Entrance(
            address, tuple(hop for each in hops if (hop := Address.of(each))), status, headers, zlib.decompress(row[1])
        )
