"""Every page that gave no record and every request that failed, one line each: ``runs/<moment>.dropped.jsonl``."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec
from scrapy import Request, Spider, signals

from newsscraper.address import Address
from newsscraper.crawlstate.naming import folder_name
from newsscraper.extensions.state import site_of_spider
from newsscraper.middlewares.reasons import Reason, request_failed
from newsscraper.middlewares.secrets import without_secrets

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

SUFFIX = ".dropped.jsonl"
MAX_LINES = 20_000
"""Lines for one run; the summary counts the rest."""
_EXAMPLES = 3
_UNDER_WAY = f".under-way{SUFFIX}"


class Drop(msgspec.Struct):
    """One line of the file.

    Attributes:
        address: what was named or asked for.
        reason: the name under which the summary counts it.
        what: ``"dropped"``, a page that gave no record, or ``"failed"``, a request that gave no page.
        way: how the address was found: ``"sitemap"``, ``"feed"``, ``"listing"``, ``"link"``, …
        source: the page, sitemap or feed that named it.
        detail: by which rule, where there is more to say than the reason.
        at: when, ISO 8601, UTC.
    """

    address: str
    reason: str
    what: str = "dropped"
    way: str | None = None
    source: str | None = None
    detail: str | None = None
    at: str = ""


class Dropped:
    """Scrapy extension that writes down what a run has not delivered, and why.

    Others get it with ``crawler.get_extension(Dropped)`` and call `note`. Lines go to disk as the crawl goes on: a run
    that is killed and taken up again goes on with its file. `finish` gives the file the name of the run.

    Attributes:
        examples: the first addresses of each reason that is not the ordinary life of a site.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.examples: dict[str, list[str]] = {}
        self._crawler = crawler
        self._folder: Path | None = None
        self._file: IO[bytes] | None = None
        self._lines = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.request_failed, signal=request_failed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Choose the folder; it is made with the first line."""
        folder = Path(self._crawler.settings["OUTPUT_DIR"], folder_name(site_of_spider(spider)))
        self._folder = folder.absolute() / "runs"

    def request_failed(self, request: Request, reason: Reason) -> None:
        """Note a request that finally failed."""
        candidate = request.cb_kwargs.get("candidate")
        self.note(
            request.url,
            reason.slug,
            what="failed",
            way=getattr(candidate, "way", None),
            source=str(source) if (source := getattr(candidate, "source", None)) else None,
            unusual=True,
        )

    def note(  # noqa: PLR0913
        self,
        address: str,
        reason: str,
        *,
        what: str = "dropped",
        way: str | None = None,
        source: str | None = None,
        detail: str | None = None,
        unusual: bool = False,
    ) -> None:
        """Write a line; the arguments are those of `Drop`. ``unusual``: the summary names the first such addresses."""
        address = without_secrets(address)
        if unusual and len(found := self.examples.setdefault(f"{what}/{reason}", [])) < _EXAMPLES:
            found.append(address)
        if self._lines >= MAX_LINES or self._folder is None:
            return
        drop = Drop(address, reason, what, way, source, detail, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        try:
            if self._file is None:
                self._file = self._open(self._folder)
            self._file.write(msgspec.json.encode(drop) + b"\n")
            self._lines += 1
        except (OSError, UnicodeEncodeError) as error:
            self._lines = MAX_LINES  # no room, no permission: the counts are left
            logger.error("What is dropped cannot be written down: %s", error)

    def _open(self, folder: Path) -> IO[bytes]:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _UNDER_WAY
        if self._goes_on(path):
            self._lines = path.read_bytes().count(b"\n")
        else:
            path.unlink(missing_ok=True)
        return path.open("ab", buffering=0)

    def _goes_on(self, path: Path) -> bool:
        """Whether the killed run that is taken up again has left a file."""
        return path.exists() and bool(self._crawler.stats.get_value("newsscraper/state/resumed"))

    def finish(self, run: Path) -> Path | None:
        """Give the file its name, beside that of the run; return it, ``None`` where nothing was dropped."""
        path = run.parent / _UNDER_WAY
        if self._file is None and not self._goes_on(path):
            return None
        self._lines = MAX_LINES
        try:
            if self._file is not None:
                self._file.close()
            return path.replace(run.with_name(run.stem + SUFFIX))
        except OSError as error:
            logger.error("What was dropped could not be kept: %s", error)
            return None


def last_drop(runs: Path, address: Address) -> tuple[Drop, Path] | None:
    """Return the last line that the runs of a site wrote of an address, and its file; ``None`` where none did.

    Args:
        runs: the site's folder ``runs``.
        address: whichever way it is written.
    """
    mark = address.parts.path.encode()
    for file in sorted(runs.glob(f"*{SUFFIX}"), key=_moment, reverse=True):
        with suppress(OSError):
            for line in reversed(file.read_bytes().splitlines()):
                if mark in line and (drop := _drop_of(line)) is not None and Address.of(drop.address) == address:
                    return drop, file
    return None


def _moment(file: Path) -> str:
    return "9" if file.name == _UNDER_WAY else file.name


def _drop_of(line: bytes) -> Drop | None:
    try:
        return msgspec.json.decode(line, type=Drop)
    except msgspec.MsgspecError:  # torn
        return None
