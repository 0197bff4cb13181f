"""The records of a WARC file → pages. FastWARC reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from newsscraper.archives import ArchiveFailed
from newsscraper.archives.found import Found, Passed, Wanted
from newsscraper.archives.kept import Plan
from newsscraper.archives.payload import MAX_BYTES, Broken, TooLarge, decode
from newsscraper.extraction.page import HEADERS, Page

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord


class Damaged(ArchiveFailed):
    """The archive cannot be read further; what came before stands."""


def read(stream: IO[bytes], wanted: Wanted) -> Iterator[Found | Passed]:
    """Yield the pages of a WARC file, plain or packed with gzip or zstd, in its order.

    Raises:
        ArchiveFailed: FastWARC is not installed, or it is no WARC file.
        Damaged: it cannot be read to its end.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ArchiveFailed("WARC files need FastWARC: pip install 'newsscraper[archive]'") from error
    records = 0
    story: _Story | None = None
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
            records += 1
            if record.record_type == WarcRecordType.metadata and (plan := _plan(record)):
                yield from story.missing() if story else ()
                story = _Story(plan)
            elif not record.record_type & (WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource):
                continue
            elif story is not None and (name := _name(record)) in story.waiting:
                yield from story.took(name, _found(record, wanted))
            else:
                yield _found(record, wanted)
        yield from story.missing() if story else ()
    except (OSError, ValueError) as error:
        if not records:
            raise ArchiveFailed("it is no WARC file, or its beginning is damaged") from error
        raise Damaged(f"it is damaged after record {records}: {' '.join(str(error).split())}") from error
    if not records:
        raise ArchiveFailed("it holds no WARC record")


class _Story:
    """The pages of an article that a crawl delivered, as they come."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pages: dict[str, Found] = {}
        self.waiting = {each.record for each in plan.pages}
        self._given_up = False

    def took(self, name: str, found: Found | Passed) -> Iterator[Found | Passed]:
        """Take the next page; yield the article when it is whole, or once why there is none."""
        self.waiting.discard(name)
        if self._given_up:
            return
        if isinstance(found, Passed):
            self._given_up = True
            yield found
            return
        self._pages[name] = found
        if not self.waiting:
            first, *others = (each.page(self._pages[each.record].page.html) for each in self._plan.pages)
            place = self._pages[self._plan.pages[0].record]
            yield Found(first, place.offset, place.record_id, self._plan, tuple(others))

    def missing(self) -> Iterator[Passed]:
        """Yield that pages of it are not there, where they are not."""
        if self.waiting and not self._given_up:
            yield Passed("an article whose pages are not all there")


def _plan(record: WarcRecord) -> Plan | None:
    if (record.headers.get("Content-Type") or "") != "application/json" or record.content_length > MAX_BYTES:
        return None
    return Plan.from_json(record.reader.read())


def _name(record: WarcRecord) -> str:
    return (record.record_id or "").strip("<>").removeprefix("urn:uuid:")


class _Place(NamedTuple):
    """Where a page stands and where it was from."""

    url: str
    moment: datetime | None
    offset: int
    record_id: str


def _found(record: WarcRecord, wanted: Wanted) -> Found | Passed:
    from fastwarc.warc import WarcRecordType

    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    place = _Place(url, _moment(record), record.stream_pos, _name(record))
    if record.headers.get("Content-Length") is None:
        raise Damaged("it ends within a record")
    if not url.startswith(("http://", "https://")):
        return Passed("no page of the web")
    if why := wanted.refuses(url, place.moment):
        return Passed(why)
    if record.record_type == WarcRecordType.revisit:
        return Passed("the same as an earlier record (revisit)")
    if record.headers.get("WARC-Truncated"):
        return Passed("truncated")
    if record.content_length > 2 * MAX_BYTES:
        return Passed("too large")
    if record.record_type == WarcRecordType.resource:
        told = {"content-type": record.headers.get("Content-Type") or ""}
        return _page(record.reader.read(), told, place)
    return _response(record, place)


def _response(record: WarcRecord, place: _Place) -> Found | Passed:
    length, block = record.content_length, record.reader.read()
    if len(block) < length:
        raise Damaged("it ends within a record")
    record.set_bytes_content(block)
    try:
        record.parse_http()
    except (OSError, ValueError):
        return Passed("no answer that can be read")
    answer = record.http_headers
    if answer is None:
        return Passed("no answer that can be read")
    if (status := answer.status_code or 0) != 200:
        return Passed(f"status {status}")
    told: dict[str, str] = {}
    for key, value in answer:
        low = key.lower()
        told[low] = f"{told[low]}, {value}" if low in told and low in HEADERS else value
    try:
        body = decode(
            record.reader.read(), transfer=told.get("transfer-encoding", ""), content=told.get("content-encoding", "")
        )
    except TooLarge:
        return Passed("too large")
    except Broken:
        return Passed("a body that cannot be decoded")
    return _page(body, told, place)


def _page(body: bytes, told: dict[str, str], place: _Place) -> Found | Passed:
    kind = told.get("content-type", "").lower()
    if not ("html" in kind or (not kind and b"<" in body[:512])):
        return Passed("other content than a page")
    if not body.strip():
        return Passed("empty")
    headers = {key: value for key, value in told.items() if key in HEADERS and value}
    page = Page(body, url=place.url, fetched_at=place.moment, headers=headers)
    return Found(page, place.offset, place.record_id or None)


def _moment(record: Any) -> datetime | None:
    told: datetime | None = record.record_date
    if told is None:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
