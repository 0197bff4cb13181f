"""The end of a crawl on one page, for a person, and the same as JSON in ``<output>/<site>/runs/``, for a program."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy import Spider, signals

from newsscraper import __version__
from newsscraper.crawling.declarations import STATS_KEY
from newsscraper.crawlstate.naming import folder_name
from newsscraper.exits import Exit
from newsscraper.extensions.dropped import SUFFIX, Dropped
from newsscraper.extensions.health import Health
from newsscraper.extensions.sharing import sharing_of
from newsscraper.health.finding import Finding
from newsscraper.health.measures import FORMAT, Measures
from newsscraper.middlewares.reasons import reason
from newsscraper.middlewares.secrets import without_secrets

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

_KEPT_RUNS = 1000
"""Files in ``runs/``; the oldest beyond these go: six weeks of a crawl every hour."""


@dataclass(slots=True)
class RunSummary:
    """What one run did. This is the JSON file, field by field.

    Attributes:
        format: number of this layout.
        spider, site, version: who crawled what.
        started_at, finished_at: ISO 8601, UTC.
        seconds: how long it took.
        finish_reason: Scrapy's word for why it ended: ``finished``, ``shutdown`` (a signal), …
        exit_code: see `Exit`.
        outcome: the exit code in a sentence.
        articles: delivered, by kind: ``new``, ``changed``, ``unchanged``, ``duplicate``; ``moved`` are those of the
            changed ones that stand under new addresses.
        dropped: pages that gave no record, by reason.
        failed: requests that gave no page, by reason.
        requests: requests sent, retries and robots.txt included.
        received_bytes: what the network carried, headers and compressed bodies.
        errors: errors of the program itself, which should be none: in spiders, pipelines and readers.
        first_error: the first of them, and at which address.
        declarations: what is declared of the site and set aside, because the site does not bear it out: ``name``,
            ``value``, ``why``, and three addresses that it ``shows`` instead.
        examples: the first addresses for reasons that are unusual, ``"dropped/no-text"`` say.
        dropped_file: where each page that gave no record and each failed request stands in a line.
        known: articles of this site had been delivered before.
        measures: what the run was like: `newsscraper.health.measures.Measures`.
        findings: what is not as it was on this site: `newsscraper.health.finding.Finding`.
    """

    spider: str
    site: str
    version: str
    started_at: str
    finished_at: str
    seconds: float
    finish_reason: str
    exit_code: int
    outcome: str
    articles: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    received_bytes: int = 0
    errors: int = 0
    first_error: str | None = None
    declarations: list[dict[str, Any]] = field(default_factory=list)
    examples: dict[str, list[str]] = field(default_factory=dict)
    dropped_file: str | None = None
    format: int = FORMAT
    known: bool = True
    measures: Measures = field(default_factory=Measures)
    findings: list[Finding] = field(default_factory=list)

    def text(self) -> str:
        """Return the summary as lines for a person."""
        kinds = ("new", "changed", "unchanged", "duplicate")
        counts = ", ".join(f"{self.articles.get(kind, 0)} {kind}" for kind in kinds)
        lines = [f"{self.site}: {self.outcome}", f"  articles   {counts}"]
        if moved := self.articles.get("moved", 0):
            lines.append(f"  moved      {_moved(moved, self.articles)}")
        for slug, count in _by_count(self.dropped):
            lines += [f"  dropped    {count} {slug.replace('-', ' ')}", *self._examples(f"dropped/{slug}")]
        for slug, count in _by_count(self.failed):
            lines += [f"  failed     {count} {_sentence(slug)}", *self._examples(f"failed/{slug}")]
        for stale in self.declarations:
            lines.append(f"  set aside  {stale['name']} = {stale['value']!r}: {stale['why']}; the site shows:")
            lines += [f"             {address}" for address in stale["shows"]]
        if self.dropped_file:
            lines.append(f"  in full    {self.dropped_file}")
        lines += [f"  finding    {finding.text()}" for finding in self.findings]
        if self.errors:
            lines.append(f"  errors     {self.errors} in the program itself: please report them with the log")
            lines.append(f"             the first: {self.first_error or 'see the log'}")
        lines.append(
            f"  effort     {self.seconds:.1f} s, {self.requests} requests, {self.received_bytes / 1e6:.1f} MB received"
        )
        return "\n".join(lines)

    def _examples(self, reason: str) -> list[str]:
        return [f"             {address}" for address in self.examples.get(reason, ())]


SCHEMA_FILE = Path(__file__).parent.parent / "run.schema.json"
"""The schema of a run's file as shipped; a test keeps it equal to `json_schema`."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a run's file."""
    import msgspec

    (reference,), definitions = msgspec.json.schema_components([RunSummary], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a run of newsscraper",
        **reference,
        "$defs": definitions,
    }


def _moved(count: int, articles: dict[str, int]) -> str:
    """Say how many articles have moved; and that the site has, where most of what was delivered did.

    >>> _moved(12, {"changed": 12, "new": 1})
    'the site has moved: 12 articles under new addresses'
    >>> _moved(1, {"changed": 1, "new": 5})
    '1 article under a new address'
    """
    words = f"{count} articles under new addresses" if count > 1 else "1 article under a new address"
    delivered = articles.get("changed", 0) + articles.get("new", 0)
    return f"the site has moved: {words}" if count * 2 >= delivered else words


def _by_count(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _sentence(slug: str) -> str:
    try:
        return f"{slug.replace('-', ' ')}: {reason(slug).sentence}"
    except KeyError:
        return slug.replace("-", " ")


_A_FEW = 3
"""Pages on which reading may raise in a run that else went well."""
_FINE_ENDS = {"finished", "limit"}
TURN_OVER = "turn-over"
"""Close reason: a fleet gives the place to a site that waits."""
_ENDS = {
    TURN_OVER: "its turn is over; it goes on when the others have had theirs",
    "shutdown": "stopped by a signal before it was done; the next run goes on from there",
    "memusage_exceeded": "stopped because it needed more memory than MEMUSAGE_LIMIT_MB; the next run goes on",
    "closespider_timeout": "stopped after CLOSESPIDER_TIMEOUT seconds; the next run goes on from there",
    "site-locked": "not crawled: another run holds the site. Wait for it, or stop it",
    "state-failed": "stopped because the crawl state could not be used; the next run makes it good",
    "disk-full": "stopped because the disk is full; make room, and run it again",
    "output-failed": "stopped because records could not be written; make room or set OUTPUT_DIR, and run it again",
    "workers-do-not-start": "stopped because no extraction worker starts; the log says why",
    "start_error": "could not start: the log says why",
}
_ASKED_FOR = re.compile("older than since|newer than until|another section|limit")


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how a run ended.

    Attributes:
        finish_reason: why the spider closed.
        articles: articles delivered or looked at, by kind.
        dropped: pages that gave no record, by reason.
        failed: failed requests, by reason.
        pages: answers that were pages or said that a page is unchanged, robots.txt left out.
        known: articles of this site have been delivered before.
        resumed: a run that was cut short is taken up again; that may have been when all was done but the end.
        errors: errors of the program itself.
        unread: pages among them on which a reader raised.
        first_error: the first error in words.
        problem: why the spider says that the site cannot be crawled; empty where it says nothing.
        stale: declarations that were set aside.
        export_failed: a file that Scrapy was to export to (``-o``) is not whole.
    """

    finish_reason: str = "finished"
    articles: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    known: bool = False
    resumed: bool = False
    errors: int = 0
    unread: int = 0
    first_error: str = ""
    problem: str = ""
    stale: int = 0
    export_failed: bool = False


def outcome(facts: Facts) -> tuple[Exit, str]:
    """Return the exit code of a run, and why in a sentence.

    >>> outcome(Facts(articles={"new": 3}, pages=5))
    (<Exit.FINE: 0>, 'done')
    >>> outcome(Facts(articles={"new": 3}, pages=5, failed={"timeout": 1}))[0]
    <Exit.PARTIAL: 2>
    """
    delivered = sum(facts.articles.values())
    if facts.finish_reason == "site-locked":
        return Exit.LOCKED, _ENDS["site-locked"]
    if facts.finish_reason not in _FINE_ENDS:
        words = _ENDS.get(facts.finish_reason, f"stopped early ({facts.finish_reason}); the log says why")
        return (Exit.PARTIAL if delivered or facts.finish_reason == "shutdown" else Exit.NOTHING), words
    if facts.resumed and facts.known and not (delivered or facts.pages or facts.failed or facts.problem):
        return Exit.FINE, "done: the run that was cut short had left nothing to do"
    if facts.unread > _A_FEW or (facts.errors and not delivered):
        what = f"{facts.unread} pages could not be read" if facts.unread else f"{facts.errors} error(s)"
        why = f": {facts.first_error}" if facts.first_error else ""
        return Exit.PARTIAL, f"failed: {what} for a fault of the program itself{why}"
    if not delivered and (facts.problem or not facts.pages):
        return Exit.NOTHING, f"nothing was crawled: {_why_nothing(facts)}"
    asked_for = any(_ASKED_FOR.search(slug.replace("-", " ")) for slug in facts.dropped)
    if not delivered and not facts.known and not asked_for:
        if any(_passing(slug) for slug in facts.failed):
            return Exit.NOTHING, f"nothing was crawled: {_why_nothing(facts)}"
        return Exit.NOTHING, (
            "no article was found. Is it a news site? Try the address of a section page, or declare the site in a "
            "spider (scrapy genspider -t news NAME DOMAIN)"
        )
    if facts.export_failed:  # no later run exports these articles: somebody has to know
        return Exit.USAGE, (
            "done, but the export could not be written, the log says why; the articles are in OUTPUT_DIR all the same"
        )
    if facts.errors:
        return (
            Exit.PARTIAL,
            "done, but some pages could not be had: the program itself failed on them; the next run tries them again",
        )
    if any(_passing(slug) for slug in facts.failed):
        return Exit.PARTIAL, "done, but some pages could not be had this time; the next run tries them again"
    if facts.stale:
        return Exit.PARTIAL, f"done, but {facts.stale} declaration(s) were set aside: the site does not bear them out"
    return Exit.FINE, "done" if facts.articles.get("new") or facts.articles.get("changed") else "done, nothing new"


def _passing(slug: str) -> bool:
    try:
        return reason(slug).passing
    except KeyError:
        return False


_ADVICE = {
    "robots-forbidden": "Ask the site, or leave it",
    "robots-unreachable": "Try again later",
    "no-such-host": "Check the address",
    "connection-refused": "Check the address, or try again later",
    "private-address": "Start on it by its own name, or set ALLOW_PRIVATE_HOSTS",
    "password-in-address": "Give the password with -s HTTPAUTH_USER=… -s HTTPAUTH_PASS=…",
    "not-found": "Check the address",
    "forbidden": "Set CONTACT so that the site can tell who asks, or ask it",
    "tls": "The certificate is wrong, or this machine has no list of authorities (package ca-certificates)",
    "host-given-up": "Try again later",
    "asked-to-come-back-later": "Try again in some hours",
    "rate-limited": "Set DOWNLOAD_DELAY, and try again later",
    "unavailable": "Try again later",
    "server-error": "Try again later",
    "timeout": "Try again later",
    "too-many-redirects": "Give the address that a browser ends at",
    "redirect-loop": "Give the address that a browser ends at",
}


def _why_nothing(facts: Facts) -> str:
    slugs = [slug for slug, _ in _by_count(facts.failed)]
    if not slugs:
        return facts.problem or "the start gave no address to fetch"
    why = facts.problem.rstrip(".") or _sentence(slugs[0]).partition(": ")[2] or slugs[0]
    advice = _ADVICE.get(slugs[0])
    return f"{why}{'' if why.endswith('?') else '.'} {advice}" if advice else why


class Summary:
    """Prints the summary when the crawl ends and writes it to ``<OUTPUT_DIR>/<site>/runs/<UTC time>.json``.

    Attributes:
        run: the summary, once the crawl has ended.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.run: RunSummary | None = None
        self._crawler = crawler
        self._started = datetime.now(UTC)
        self._pages = 0
        self._reason = "finished"
        self._folder = Path(crawler.settings["OUTPUT_DIR"])
        self._site = ""
        self._known = False
        self._first_error: str | None = None
        crawler.signals.connect(self._opened, signal=signals.spider_opened)
        crawler.signals.connect(self._received, signal=signals.response_received)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)
        crawler.signals.connect(self._spider_error, signal=signals.spider_error)
        crawler.signals.connect(self._item_error, signal=signals.item_error)
        crawler.signals.connect(self.finish, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; it is always on."""
        return cls(crawler)

    def _opened(self, spider: Spider) -> None:
        self._started = datetime.now(UTC)
        self._site = str(getattr(spider, "site", None) or spider.name)
        self._folder = self._folder / folder_name(self._site)
        logger.log(
            logging.DEBUG if sharing_of(self._crawler) else logging.INFO,
            "Crawling %s with the spider %s into %s (newsscraper %s, Scrapy %s)",
            without_secrets(str(next(iter(getattr(spider, "start_urls", None) or ()), None) or self._site)),
            spider.name,
            self._folder.absolute(),
            __version__,
            scrapy.__version__,
        )
        # Asked before anything is written: whether an empty run is the ordinary "nothing new" or no news site at all.
        self._known = any(self._folder.glob("*.jsonl*"))

    def _received(self, response: Any, request: Any, spider: Spider) -> None:
        if (200 <= response.status < 300 or response.status == 304) and not request.meta.get("robotstxt"):
            self._pages += 1

    def note_error(self, what: str, where: str | None) -> None:
        """Keep the first error of the program itself, in words, with the address at which it happened."""
        if self._first_error is None:
            self._first_error = f"{' '.join(what.split())[:500]}{f' at {where}' if where else ''}"

    def _spider_error(self, failure: Failure, response: Response | None) -> None:
        self.note_error(_words(failure), response.url if response is not None else None)

    def _item_error(self, item: Any, response: Response | None, failure: Failure) -> None:
        self._crawler.stats.inc_value("newsscraper/errors/pipeline")
        self.note_error(_words(failure), response.url if response is not None else None)

    def _closed(self, spider: Spider, reason: str) -> None:
        self._reason = reason

    def finish(self) -> None:
        """Sum up, print and write, once; nothing where the spider never opened."""
        if self.run is not None or not self._site:
            return
        stats = self._crawler.stats.get_stats()
        unread = int(stats.get("newsscraper/errors/reading", 0))
        first_error = without_secrets(self._first_error) if self._first_error else None
        facts = Facts(
            finish_reason=self._reason,
            articles=_part(stats, "newsscraper/articles/"),
            dropped=_part(stats, "newsscraper/dropped/"),
            failed=_part(stats, "newsscraper/failed/"),
            pages=self._pages,
            known=self._known,
            resumed=bool(stats.get("newsscraper/state/resumed")),
            errors=int(stats.get("spider_exceptions/count", 0))
            + int(stats.get("newsscraper/errors/pipeline", 0))
            + unread,
            unread=unread,
            first_error=first_error or "",
            problem=without_secrets(str(stats.get("newsscraper/problem") or "")),
            stale=len(stats.get(STATS_KEY, ())),
            export_failed=any(key.startswith("feedexport/failed_count/") for key in stats),
        )
        code, words = outcome(facts)
        now = datetime.now(UTC)
        self.run = RunSummary(
            spider=self._crawler.spider.name if self._crawler.spider else "",
            site=without_secrets(self._site),
            version=__version__,
            started_at=self._started.isoformat(timespec="seconds"),
            finished_at=now.isoformat(timespec="seconds"),
            seconds=round(max(0.0, (now - self._started).total_seconds()), 1),
            finish_reason=self._reason,
            exit_code=int(code),
            outcome=words,
            articles=facts.articles,
            dropped=facts.dropped,
            failed=facts.failed,
            requests=int(stats.get("downloader/request_count", 0)),
            received_bytes=int(stats.get("downloader/response_bytes", 0)),
            errors=facts.errors,
            first_error=first_error,
            declarations=list(stats.get(STATS_KEY, ())),
            known=self._known,
        )
        path = _free(self._folder / "runs" / f"{now:%Y-%m-%dT%H%M%S}Z.json")
        if dropped := self._crawler.get_extension(Dropped):
            self.run.examples = dropped.examples
            kept = dropped.finish(path)
            self.run.dropped_file = str(kept) if kept else None
        self._judge(self.run, path.parent)
        if sharing_of(self._crawler) is None:  # a fleet says it in its own way
            # To standard error, not to the log: it is the answer to the command, whatever the log level.
            print(self.run.text(), file=sys.stderr, flush=True)
        try:
            _write(path, self.run)
        except OSError as error:
            logger.error("The summary could not be written: %s", error)

    def _judge(self, run: RunSummary, runs: Path) -> None:
        """Have the run judged by the site's past; what is found decides the exit code where nothing worse does."""
        health = self._crawler.get_extension(Health)
        if health is None:
            return
        run.measures = health.measures(asdict(run))
        run.findings = findings = health.judge(asdict(run), runs)
        code = self._crawler.settings.getint("HEALTH_EXIT_CODE")
        if findings and run.exit_code == Exit.FINE and code:
            run.exit_code, run.outcome = code, f"{run.outcome}, but not as usual: {findings[0].sentence}"


def _words(failure: Failure) -> str:
    return f"{failure.type.__name__ if failure.type else 'error'}: {failure.value}"


def _part(stats: dict[str, Any], prefix: str) -> dict[str, int]:
    """Return the counts under a prefix, without those that only break another one down (``invalid/title``)."""
    counts = {key.removeprefix(prefix): value for key, value in sorted(stats.items()) if key.startswith(prefix)}
    return {slug: int(count) for slug, count in counts.items() if "/" not in slug}


def _free(path: Path) -> Path:
    """Return a name that no file has: a second run within the same second gets one of its own."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _write(path: Path, run: RunSummary) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(run), file, ensure_ascii=False, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
        for old in sorted(path.parent.glob("[0-9]*Z*.json"))[:-_KEPT_RUNS]:
            old.unlink(missing_ok=True)
            old.with_name(old.stem + SUFFIX).unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise
