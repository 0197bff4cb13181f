"""One archive → one output: its pages go to the workers, and their records come out in the order of the pages."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from newsscraper.archives.found import Found, Passed
from newsscraper.archives.kept import Plan, with_set
from newsscraper.archives.order import Work
from newsscraper.archives.output import Counts, Output
from newsscraper.archives.places import Archive
from newsscraper.archives.warc import Damaged
from newsscraper.article import Article, ArticleError, Source
from newsscraper.cleaning import clean, to_line
from newsscraper.completing import complete
from newsscraper.digest import keep
from newsscraper.extraction import joining
from newsscraper.extraction.page import ExtractionError, Page, Reading
from newsscraper.store import Place
from newsscraper.store.place import Changed
from newsscraper.urls import article_id, site_of
from newsscraper.workers import PageSetAside
from newsscraper.workers.quarantine import set_down

_AT_ONCE = 16
"""Records that are taken from an archive in one go, in a thread."""
_PER_WORKER = 4
"""Pages that are under way for each worker: enough that none waits, few enough that memory stays flat."""
_SET_ASIDE = "set aside: "
_MOST_SET_ASIDE = 20
"""Pages that are kept of those that an archive has set aside."""


async def read_archive(archive: Archive, work: Work) -> Counts | None:
    """Read an archive and write its output; return what became of it, ``None`` where it was done before.

    Raises:
        ArchiveFailed: it cannot be read at all, or its output cannot be written.
        WorkersBroken: no page can be read.
    """
    size = await asyncio.to_thread(archive.size)
    output = Output(work.place, archive.name, archive.place, size, work.options)
    if not work.afresh and await asyncio.to_thread(output.is_done):
        return None
    before = work.pool.seconds
    counts = Counts()
    with output.lines() as lines:
        whole = await _read(archive, work, counts, lines)
        counts.seconds = work.pool.seconds - before
        await asyncio.to_thread(output.finish, lines, counts, whole=whole)
    return counts


async def _read(archive: Archive, work: Work, counts: Counts, lines: Any) -> bool:
    """Read pages and write lines until the archive or the limit ends; tell whether the archive did."""
    waiting: deque[asyncio.Task[tuple[bytes | None, str]]] = deque()
    found = archive.read(work.wanted)

    async def write(fewer_than: int) -> bool:
        """Write what is done, in order; tell whether the limit lets more through."""
        while waiting and (len(waiting) >= fewer_than or waiting[0].done()):
            line, why = await waiting.popleft()
            if line is None:
                counts.passed[why] += 1
                continue
            lines.write(line)
            counts.articles += 1
            if work.limit is not None:
                work.limit -= 1
                if work.limit <= 0:
                    return False
        return True

    try:
        while batch := await _take(found, counts):
            for each in batch:
                counts.records += 1
                if isinstance(each, Passed):
                    counts.passed[each.reason] += 1
                    continue
                waiting.append(asyncio.create_task(_line(each, archive, work, counts)))
                if not await write(fewer_than=max(1, work.pool.size) * _PER_WORKER):
                    return False
        return await write(fewer_than=1)
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _take(found: Iterator[Found | Passed], counts: Counts) -> list[Found | Passed]:
    """Take some records, in a thread: an archive may be slow."""

    def take() -> list[Found | Passed]:
        batch: list[Found | Passed] = []
        try:
            for each in islice(found, _AT_ONCE):
                batch.append(each)
        except Damaged as error:
            counts.problem = str(error)
        return batch

    return await asyncio.to_thread(take)


async def _line(found: Found, archive: Archive, work: Work, counts: Counts) -> tuple[bytes | None, str]:
    """Return the line of a page, or why it gives none."""
    source = Source(archive=archive.place.rpartition("/")[2], offset=found.offset, record_id=found.record_id)
    try:
        if found.plan is not None:
            return await _read_again(found, found.plan, source, work)
        return await _read_page(found.page, source, work)
    except ExtractionError:
        return None, "nothing to read in the page"
    except _SetAside as error:
        if sum(count for why, count in counts.passed.items() if why.startswith(_SET_ASIDE)) < _MOST_SET_ASIDE:
            await asyncio.to_thread(_keep, error.page, error.why, work.place)
        return None, f"{_SET_ASIDE}{error.why.reason}"


async def _read_page(page: Page, source: Source, work: Work) -> tuple[bytes | None, str]:
    """Return the line of a page of which nothing else is known, or why it gives none."""
    site = site_of(page.url) if page.url else None
    if site and (hints := work.hints.get(site)):
        page = replace(page, hints=hints)
    reading = await _read_safely(page, work)
    if page.url is None and reading.canonical_url:
        # Links of a saved page count from the address that only the page tells.
        page = replace(page, url=reading.canonical_url)
        if why := work.wanted.refuses(page.url, page.fetched_at):
            return None, why
        reading = await _read_safely(page, work)
    elif page.url is None and work.wanted.hosts is not None:
        return None, "a page that does not name its address"
    if why := no_article(reading):
        return None, why
    assert reading.article is not None
    reading.article.first_seen_at = reading.article.fetched_at
    return finished(reading.article, source)


async def _read_again(found: Found, plan: Plan, source: Source, work: Work) -> tuple[bytes | None, str]:
    """Return the line of an article that a crawl delivered, read from the same pages; or why it gives none."""
    readings = [await _read_safely(page, work) for page in (found.page, *found.others)]
    article = readings[0].article
    if len(readings) > 1:
        article = joining.join(readings, hints=plan.hints)
    if article is None:
        return None, "no text"
    clean(article)
    try:
        article = with_set(article, plan.set)
    except ArticleError:
        return None, "no valid record"
    return finished(article, source, name=plan.set.get("id"))


async def _read_safely(page: Page, work: Work) -> Reading:
    """Read a page; one that was set aside is named, for it is to be kept."""
    try:
        reading = await work.pool.read(page)
    except PageSetAside as error:
        raise _SetAside(page, error) from error
    if reading.digest is not None and reading.article is not None:
        keep(reading.article, reading.digest)
    return reading


class _SetAside(Exception):
    def __init__(self, page: Page, why: PageSetAside) -> None:
        super().__init__(str(why))
        self.page, self.why = page, why


def _keep(page: Page, why: PageSetAside, place: Place) -> None:
    name, packed, note = set_down(page, why, datetime.now(UTC))
    for ending, data in ((".html.gz", packed), (".json", note)):
        with suppress(Changed):  # an earlier run has kept it
            place.create(f"quarantine/{name}{ending}", data)


def no_article(reading: Reading) -> str | None:
    """Return why a page is no article, in words; ``None`` where it is one."""
    article = reading.article
    if article is None or not article.text:
        return "no text without JavaScript" if reading.needs_javascript else "no text"
    if reading.kind != "article":
        return "a listing" if reading.kind == "listing" else "no article"
    return None if article.title else "no title"


def finished(article: Article, source: Source, *, name: str | None = None) -> tuple[bytes | None, str]:
    """Return the line of a record as a crawl would deliver it, or why it is none; ``name`` is its id, if it has one."""
    try:
        complete(article, id_at=lambda url: name or article_id(url), needed=("title", "text"))
        article.source = source
        return to_line(article), ""
    except (ArticleError, UnicodeEncodeError):
        return None, "no valid record"
