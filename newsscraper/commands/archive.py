"""``scrapy archive``: pages that are there already – WARC files, saved pages, lists of archives – → records."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsscraper.commands.checks import unwritable, wrong_settings

if TYPE_CHECKING:
    from newsscraper.archives.output import Counts
    from newsscraper.archives.places import Archive
    from newsscraper.archives.reading import Work
    from newsscraper.extraction.page import SiteHints

_FINE, _NOTHING, _PARTIAL, _USAGE = 0, 1, 2, 3


class _WrongUsage(Exception):
    """The command was called wrongly; the message says how."""


class Command(ScrapyCommand):
    """Read archives."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is called."""
        return "PATH… --to DIR [options]"

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Turn archives into records: WARC files, saved pages, lists of archives"

    def long_desc(self) -> str:
        """Return what the command does, at length."""
        return (
            "Read the pages of archives and write their records to DIR: NAME.jsonl.zst for each archive, and NAME.json "
            "with what became of it. PATH is a WARC file (.warc, .warc.gz, .warc.zst), a saved page (.html), a folder "
            "of either, a glob, a list of archives such as Common Crawl's warc.paths, or an address (https://, s3://). "
            "Run it again after it was stopped or killed: archives that are done are left out. Exit codes: 0 fine, "
            "1 no archive could be read, 2 some could not be read whole, 3 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        own = parser.add_argument_group(title="Archive")
        own.add_argument("--to", metavar="DIR", help="folder for the records")
        own.add_argument("--hosts", metavar="FILE", help="only pages of these hosts and domains, one a line")
        own.add_argument("--since", metavar="DAY", help="only pages fetched on this day or later")
        own.add_argument("--until", metavar="DAY", help="only pages fetched before this day")
        own.add_argument("--limit", metavar="N", type=int, help="stop after so many articles")
        own.add_argument("--workers", metavar="N", type=int, help="processes that read pages (default: one per core)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the archives."""
        from newsscraper.archives import ArchiveFailed
        from newsscraper.workers import WorkersBroken

        try:
            archives = self._archives(args, opts)
            work = self._work(opts)
        except (_WrongUsage, ArchiveFailed) as error:
            self._leave(_USAGE, str(error))
            return
        try:
            asyncio.run(self._read(archives, work))
        except WorkersBroken as error:
            self._leave(_NOTHING, f"no page can be read: {error}")
        except KeyboardInterrupt:
            self._leave(_PARTIAL, "stopped; run it again to go on")

    async def _read(self, archives: list[Archive], work: Work) -> None:
        from newsscraper.archives.running import read_archives

        outcomes: list[bool] = []

        def told(archive: Archive, outcome: Counts | str | None) -> None:
            outcomes.append(not isinstance(outcome, str))
            print(_line(archive, outcome), flush=True)

        well = await read_archives(archives, work, told)
        self.exitcode = _FINE if well else _PARTIAL if any(outcomes) else _NOTHING

    def _archives(self, args: list[str], opts: argparse.Namespace) -> list[Archive]:
        from newsscraper.archives.places import archives_at

        if strange := [arg for arg in args if arg.startswith("-")]:
            raise _WrongUsage(f"unknown option {strange[0]}; scrapy archive -h lists them")
        if not args or not opts.to:
            raise _WrongUsage("which archives, and where to? As in: scrapy archive pages.warc.gz --to records/")
        return archives_at(args)

    def _work(self, opts: argparse.Namespace) -> Work:
        from newsscraper.archives.found import Wanted
        from newsscraper.archives.reading import Work
        from newsscraper.workers import WorkerPool

        assert self.settings is not None
        if wrong := wrong_settings(self.settings) or unwritable(Path(opts.to)):
            raise _WrongUsage(wrong)
        for name, least in (("limit", 1), ("workers", 0)):
            if (given := getattr(opts, name)) is not None and given < least:
                raise _WrongUsage(f"--{name} {given} is too small; {least} or more")
        hosts = _hosts(opts.hosts) if opts.hosts else None
        since, until = _day("since", opts.since), _day("until", opts.until)
        options = {"hosts": sorted(hosts) if hosts else None, "since": opts.since, "until": opts.until}
        size = opts.workers if opts.workers is not None else self.settings["EXTRACTION_WORKERS"]
        pool = WorkerPool(
            None if size is None else int(size),
            time_limit=self.settings.getfloat("EXTRACTION_TIME_LIMIT"),
            memory_limit=self.settings.getint("EXTRACTION_MEMORY_LIMIT"),
        )
        return Work(pool, Path(opts.to), Wanted(hosts, since, until), options, self._hints(), opts.limit)

    def _hints(self) -> dict[str, SiteHints]:
        """Return what the project's spiders declare of their sites."""
        from scrapy.spiderloader import get_spider_loader

        from newsscraper.extraction.page import SiteHints

        assert self.settings is not None
        hints = {}
        loader = get_spider_loader(self.settings)
        for name in loader.list():
            spider = loader.load(name)
            if site := getattr(spider, "site", None):
                language, timezone = getattr(spider, "language", None), getattr(spider, "timezone", None)
                hints[site] = SiteHints(languages=(language,) if language else (), timezone=timezone)
        return hints

    def _leave(self, code: int, message: str) -> None:
        self.exitcode = code
        print("scrapy archive: " + " ".join(message.split()), file=sys.stderr, flush=True)


def _line(archive: Archive, outcome: Counts | str | None) -> str:
    if outcome is None:
        return f"{archive.place}: done before"
    if isinstance(outcome, str):
        return f"{archive.place}: {outcome}"
    passed = ", ".join(f"{count} {reason}" for reason, count in outcome.passed.most_common())
    line = f"{archive.place}: {outcome.articles} articles of {outcome.records} records"
    return line + (f" ({passed})" if passed else "") + (f"; {outcome.problem}" if outcome.problem else "")


def _hosts(file: str) -> set[str]:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _WrongUsage(f"--hosts {file}: {getattr(error, 'strerror', None) or 'it is no text'}") from error
    hosts = {line.partition("#")[0].strip().lower().removeprefix("www.") for line in lines} - {""}
    if not hosts:
        raise _WrongUsage(f"--hosts {file} names no host")
    return hosts


def _day(name: str, told: str | None) -> datetime | None:
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise _WrongUsage(f"--{name} {told!r} is no day, such as 2026-11-01") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
