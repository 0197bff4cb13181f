"""What a crawl fetched for its articles → WARC files, one a day, one gzip member a record.

The file is the delivered lines' own: it ends with the last article that has a line. What a killed run left behind that,
torn or whole, is moved aside when the file is opened, for the next run fetches those articles again.

Records: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import base64
import errno
import hashlib
import uuid
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO

from newsscraper import __version__
from newsscraper.archives.kept import Exchange, Headers, KeptPage, Plan, PlannedPage, Story, set_by_others
from newsscraper.article import Article, Source
from newsscraper.durable import GrowingFile

FOLDER = "warc"
"""Where a site's WARC files are, in its folder."""
ENDING = ".warc.gz"

_LEVEL = 2
"""Of gzip: a body that came unpacked takes 15 % more room than at 6, and 40 % of the time."""
_SECRET = (b"authorization", b"proxy-authorization", b"cookie")
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_STEP = 1 << 16
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that was asked for again and is the same.

    Attributes:
        url: of the page.
        moment: when it was asked for.
        exchange: the answer; its body is not written.
        before: when it was fetched whole, where that is known.
    """

    url: str
    moment: datetime
    exchange: Exchange
    before: datetime | None = None


class WarcFolder:
    """Appends what was fetched to ``folder/YYYY-MM-DD.warc.gz``.

    Args:
        folder: made with the first file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: list[str] = []
        """What was put right, as sentences for the log."""
        self._file: GrowingFile | None = None
        self._before = 0

    def append(
        self,
        day: str,
        articles: Sequence[tuple[Story, Article]],
        revisits: Sequence[Revisit],
        delivered: Iterable[Source],
    ) -> list[Source]:
        """Write all that belongs to some articles, durable; return for each where its first page is.

        Args:
            day: ``2026-11-27``.
            articles: what is being delivered, as it will stand on its line but for ``source``.
            revisits: pages that are the same as before.
            delivered: sources of the lines of that day, oldest first; asked where the file has to be opened.

        Raises:
            OSError: nothing of it is in the file.
        """
        file = self._opened(day, delivered)
        self._before = file.end
        data = bytearray(b"" if file.end else _member(_warcinfo(file.path.name)))
        sources = []
        for story, article in articles:
            members, first, record_id = _group(story, article)
            sources.append(Source(archive=file.path.name, offset=file.end + len(data) + first, record_id=record_id))
            data += members
        for revisit in revisits:
            data += _member(_revisit(revisit))
        file.write(bytes(data))
        return sources

    def take_back(self) -> None:
        """Take the last batch out again: its lines could not be written.

        Raises:
            OSError: that cannot be done; the next start does it.
        """
        if self._file is not None:
            self._file.cut(self._before)

    def close(self) -> None:
        """Close the file; harmless if done twice."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self, day: str, delivered: Iterable[Source]) -> GrowingFile:
        path = self.folder / f"{day}{ENDING}"
        if self._file is not None and self._file.path == path:
            return self._file
        self.close()
        self.folder.mkdir(exist_ok=True)
        if self.folder.is_symlink():
            raise OSError(errno.ELOOP, "it is a symbolic link")
        file = GrowingFile(path)
        try:
            self._repair(file, delivered)
        except BaseException:
            file.close()
            raise
        self._file = file
        return file

    def _repair(self, file: GrowingFile, delivered: Iterable[Source]) -> None:
        """Move aside what no delivered line vouches for."""
        if not file.end:
            return
        with file.path.open("rb") as stream:
            end = _end_of_delivered(stream, [each for each in delivered if each.archive == file.path.name])
        if end == file.end:
            return
        rest = file.path.with_name(f"{file.path.name}.{end}.torn")
        size = file.end - end
        file.cut(end, aside=rest)
        self.notes.append(f"{file.path} ended in what was never delivered: its {size} bytes were moved to {rest.name}")


# --- records ---


def _group(story: Story, article: Article) -> tuple[bytes, int, str]:
    """Return the records of an article, packed; where its first page begins in them; and that record's id."""
    ids = [str(uuid.uuid4()) for _ in story.pages]
    pages = tuple(PlannedPage.of(kept.page, name) for kept, name in zip(story.pages, ids, strict=True))
    plan = Plan(__version__, pages, story.hints, set_by_others(story.as_read, article))
    moment = pages[0].fetched_at or datetime.now(UTC)
    # Without an address: replay tools show whatever bears a page's address as that page.
    told = [("WARC-Refers-To", f"<urn:uuid:{ids[0]}>")]
    members = bytearray(_member(_record("metadata", moment, plan.to_json(), "application/json", told)))
    first = 0
    for kept, name in zip(story.pages, ids, strict=True):
        request, page = _page(kept, name, moment)
        members += _member(request) if request else b""
        first = first or len(members)
        # What came packed gains nothing by being packed again.
        members += _member(page, 0 if kept.exchange and kept.exchange.is_packed else _LEVEL)
    return bytes(members), first, ids[0]


def _page(kept: KeptPage, name: str, moment: datetime) -> tuple[bytes, bytes]:
    """Return the records of a page: the request, where there was one, and the answer."""
    page, exchange = kept.page, kept.exchange
    moment = page.fetched_at or moment
    told = [("WARC-Target-URI", _uri(page.url or ""))]
    if exchange is None:
        html = page.html if isinstance(page.html, bytes) else page.html.encode("utf-8", "surrogatepass")
        kind = page.headers.get("content-type") or "text/html; charset=utf-8"
        return b"", _record("resource", moment, html, kind, told, name=name)
    if exchange.ip:
        told.append(("WARC-IP-Address", exchange.ip))
    asked = _http(f"{exchange.method} {exchange.target} HTTP/1.1", exchange.asked, exchange.sent)
    answer = _answer(exchange, exchange.body)
    beside = [*told, ("WARC-Concurrent-To", f"<urn:uuid:{name}>")]
    request = _record("request", moment, asked, "application/http; msgtype=request", beside)
    told.append(("WARC-Payload-Digest", _digest(exchange.body)))
    return request, _record("response", moment, answer, "application/http; msgtype=response", told, name=name)


def _revisit(revisit: Revisit) -> bytes:
    exchange, url = revisit.exchange, _uri(revisit.url)
    same = exchange.status != HTTPStatus.NOT_MODIFIED
    told = [
        ("WARC-Target-URI", url),
        ("WARC-Refers-To-Target-URI", url),
        ("WARC-Profile", _PROFILE + ("identical-payload-digest" if same else "server-not-modified")),
    ]
    if revisit.before is not None:
        told.append(("WARC-Refers-To-Date", _date(revisit.before)))
    if same:
        told.append(("WARC-Payload-Digest", _digest(exchange.body)))
    # A replay tool shows the page as it was before, with the headers of this record: with those of a 304 it shows none.
    block = _answer(exchange, b"") if same else b""
    return _record("revisit", revisit.moment, block, "application/http; msgtype=response", told)


def _warcinfo(name: str) -> bytes:
    told = f"software: newsscraper/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _record("warcinfo", datetime.now(UTC), told, "application/warc-fields", [("WARC-Filename", name)])


def _record(  # noqa: PLR0913
    kind: str, moment: datetime, block: bytes, content_type: str, told: list[tuple[str, str]], *, name: str = ""
) -> bytes:
    head = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{name or uuid.uuid4()}>"),
        ("WARC-Date", _date(moment)),
        *told,
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Type", " ".join(content_type.split())),
        ("Content-Length", str(len(block))),
    ]
    lines = "".join(f"{name}: {value}\r\n" for name, value in head)
    return b"WARC/1.1\r\n" + lines.encode("utf-8", "replace") + b"\r\n" + block + b"\r\n\r\n"


def _answer(exchange: Exchange, body: bytes) -> bytes:
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = "Unknown"
    # Its chunks were joined on the way in.
    told = tuple(pair for pair in exchange.told if pair[0].lower() != b"transfer-encoding")
    return _http(f"HTTP/1.1 {exchange.status} {phrase}", told, body)


def _http(first: str, headers: Headers, body: bytes) -> bytes:
    lines = [first.encode("ascii", "replace")]
    lines += [name + b": " + b" ".join(value.splitlines()) for name, value in headers if name.lower() not in _SECRET]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _uri(url: str) -> str:
    return "".join(url.partition("#")[0].split())


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _member(record: bytes, level: int = _LEVEL) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(record) + packer.flush()


# --- where what was delivered ends ---


def _end_of_delivered(stream: IO[bytes], delivered: Sequence[Source]) -> int:
    """Return where a file ends for which every article before is delivered: the torn and the orphaned come after."""
    end = 0
    for source in reversed(delivered):
        # Lines that were written on another machine may name a file of this name that is not here.
        head, after = _look(stream, source.offset or 0)
        if after is not None and source.record_id and source.record_id.encode() in head:
            end = after
            break
    while True:
        head, after = _look(stream, end)
        if after is None or b"\r\nWARC-Type: metadata\r\n" in head:
            return end
        end = after


def _look(stream: IO[bytes], offset: int) -> tuple[bytes, int | None]:
    """Return the head of a member and where it ends; ``None`` where it does not, or none begins there."""
    stream.seek(offset)
    unpacker = zlib.decompressobj(31)
    head, read = b"", 0
    try:
        while not unpacker.eof:
            piece = stream.read(_STEP)
            if not piece:
                return head, None
            read += len(piece)
            head += unpacker.decompress(piece)[: _HEAD - len(head)]
    except zlib.error:
        return head, None
    return head, offset + read - len(unpacker.unused_data)
