"""What the state of a site knows of one address, asked from outside: read only, also while a crawl writes it."""

from __future__ import annotations

import contextlib
import difflib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec

from newsscraper.address import Address
from newsscraper.crawlstate import candidates
from newsscraper.crawlstate.database import VERSION, StateFailed, key_of
from newsscraper.crawlstate.memory import to_moment
from newsscraper.discovery.candidate import Candidate

_MOST_COMPARED = 20_000
"""Addresses that are compared for the nearest ones."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The article that an address gave, as it was delivered last.

    Attributes:
        id: the article's id.
        url: its canonical address.
        revision: of the last line.
        first_seen_at: as in the record.
        duplicate_of: as in the record.
        day_file: name of the file that has the line, where that is known.
    """

    id: str
    url: str | None
    revision: int
    first_seen_at: str | None
    duplicate_of: str | None
    day_file: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the state knows of an address; ``None`` and ``False`` where it knows nothing of that kind.

    Attributes:
        named: how the address was found the last time, and by whom.
        fetched_at: aware moment of the last look.
        status: HTTP status of the last look.
        looks: how often it was looked at.
        kind: what it is: ``"article"``, ``"listing"``, ``"sitemap"``, ``"feed"``, ``"other"``.
        outcome: what became of it in the last run that dealt with it: ``"delivered"``, ``"unchanged"``, ``"failed"``, a
            reason as the summary counts it.
        waits: a run that was not finished has yet to fetch it.
        kept: it could not be had, and the next run tries it again.
        next_look_at: aware moment from which a run looks at it again of its own accord.
        article: what it gave.
    """

    named: Candidate | None = None
    fetched_at: datetime | None = None
    status: int | None = None
    looks: int = 0
    kind: str | None = None
    outcome: str | None = None
    waits: bool = False
    kept: bool = False
    next_look_at: datetime | None = None
    article: Delivered | None = None


def what_is_known(state_file: Path, address: Address) -> Known | None:
    """Return what a state file knows of an address; ``None`` where it knows nothing.

    Raises:
        StateFailed: the file cannot be read, or was written by another version.
    """
    key = key_of(address)
    with _reading(state_file) as connection:
        page = connection.execute(
            "SELECT named, fetched_at, status, looks, kind, outcome, next_look_at, article_id FROM page WHERE key = ?",
            (key,),
        ).fetchone()
        found = connection.execute("SELECT kind, candidate, outcome FROM frontier WHERE key = ?", (key,)).fetchone()
        kept = _kept(connection, address)
        article = connection.execute(
            "SELECT id, url, revision, first_seen_at, duplicate_of, day_file FROM article WHERE id IN (?, ?)",
            (page[7] if page else None, address.article_id),
        ).fetchone()
        unfinished = connection.execute("SELECT finished_at IS NULL FROM run ORDER BY number DESC LIMIT 1").fetchone()
    if not (page or found or kept or article):
        return None
    named = _candidate(found[1]) if found and found[0] != "settled" else None
    then, fetched_at, status, looks, kind, outcome, next_look_at, _ = page or (None,) * 8
    return Known(
        named or kept or (_candidate(then) if then else None),
        fetched_at=to_moment(fetched_at),
        status=status,
        looks=looks or 0,
        kind=kind,
        outcome=(found[2] if found else None) or outcome,
        waits=bool(found and found[2] is None and unfinished and unfinished[0]),
        kept=kept is not None,
        next_look_at=to_moment(next_look_at),
        article=Delivered(*article) if article else None,
    )


def nearest(state_file: Path, address: Address, count: int = 5) -> list[str]:
    """Return the known addresses that look most like an address, the likeliest first.

    Raises:
        StateFailed: as `what_is_known`.
    """
    with _reading(state_file) as connection:
        rows = connection.execute("SELECT url FROM page ORDER BY fetched_at DESC LIMIT ?", (_MOST_COMPARED,))
        urls = [row[0] for row in rows]
    path, slug = address.parts.path, address.parts.path.rstrip("/").rpartition("/")[2]
    alike = [url for url in urls if len(slug) > 5 and slug in url]
    by_path: dict[str, str] = {}
    for url in urls:
        if (other := Address.of(url)) is not None:
            by_path.setdefault(other.parts.path, url)
    alike += [by_path[each] for each in difflib.get_close_matches(path, by_path, count, 0.6)]
    return list(dict.fromkeys(alike))[:count]


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5)) as connection:
            if (version := connection.execute("PRAGMA user_version").fetchone()[0]) != VERSION:
                raise StateFailed(
                    f"{path} is of layout {version}, not {VERSION}: the next crawl of the site leads it on"
                )
            yield connection
    except sqlite3.Error as error:
        raise StateFailed(f"{path} cannot be read: {error}") from error


def _kept(connection: sqlite3.Connection, address: Address) -> Candidate | None:
    row = connection.execute("SELECT value FROM habit WHERE name = 'retry'").fetchone()
    for text in msgspec.json.decode(row[0]) if row else ():
        if (candidate := _candidate(text)) is not None and candidate.address == address:
            return candidate
    return None


def _candidate(kept: bytes | str) -> Candidate | None:
    try:
        return candidates.decode(kept.encode() if isinstance(kept, str) else kept)
    except (ValueError, msgspec.MsgspecError):  # as earlier versions kept them
        return None
