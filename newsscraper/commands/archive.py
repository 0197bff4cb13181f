"""``scrapy archive``: pages that are there already – WARC files, saved pages, lists of archives – → records."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from scrapy.commands import ScrapyCommand

from newsscraper.checks import unwritable, wrong_settings
from newsscraper.commandline.program import tell

if TYPE_CHECKING:
    from newsscraper.archives.order import Order
    from newsscraper.archives.output import Counts
    from newsscraper.archives.places import Archive
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
            "Read the pages in archives and write their records to DIR. Each archive gets a file NAME.jsonl.zst with "
            "its records and a file NAME.json with a summary. PATH is a WARC file (.warc, .warc.gz, .warc.zst), a "
            "saved page (.html), a folder of either, a glob pattern, a list of archives such as Common Crawl's "
            "warc.paths, or an address (https://, s3://). If it was stopped or killed, run it again: archives that are "
            "done are skipped. With --ray, the machines of a Ray cluster read the archives. DIR must then be a store "
            "(s3://…) or a folder that all machines share. With --compare, PATH is a folder of WARC files that a crawl "
            "wrote (setting WARC). Exit codes: 0 fine, 1 no archive could be read, 2 some archives could not be read "
            "completely, 3 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        own = parser.add_argument_group(title="Archive")
        own.add_argument("--to", metavar="DIR", help="folder or store (s3://, gs://, az://) for the records")
        own.add_argument(
            "--hosts", metavar="FILE", help="only pages of the hosts and domains in this file, one on each line"
        )
        own.add_argument("--since", metavar="DAY", help="only pages fetched on this day or later")
        own.add_argument("--until", metavar="DAY", help="only pages fetched before this day")
        own.add_argument("--limit", metavar="N", type=int, help="stop after N articles")
        own.add_argument(
            "--compare",
            action="store_true",
            help="read the WARC files of a crawl again and show what differs from the records that the crawl delivered",
        )
        own.add_argument("--json", action="store_true", help="with --compare: print the differences as JSON")
        own.add_argument(
            "--workers",
            metavar="N",
            type=int,
            help="number of processes that read pages (default: one for each core; with --ray, one for each task)",
        )
        own.add_argument(
            "--ray",
            metavar="ADDRESS",
            help="run on the Ray cluster at HOST:PORT; auto: use the cluster on this machine, or start one",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the archives."""
        from newsscraper.archives import ArchiveFailed
        from newsscraper.raycluster import ClusterUnusable
        from newsscraper.workers import WorkersBroken

        try:
            archives = self._archives(args, opts)
            order = self._order(opts)
            if opts.compare:
                self._check_comparable(archives)
            self._read(archives, order, opts.ray, sys.stderr if opts.json else sys.stdout)
            if opts.compare:
                self._compare(archives, order, as_json=opts.json)
        except (_WrongUsage, ArchiveFailed, ClusterUnusable) as error:
            self._leave(_USAGE, str(error))
        except BrokenPipeError:
            sys.stderr.close()  # whoever read our output has gone; nothing is wrong
        except WorkersBroken as error:
            self._leave(_NOTHING, f"the pages cannot be read: {error}")
        except KeyboardInterrupt:
            self._leave(_PARTIAL, "stopped; run it again to go on")

    def _read(self, archives: list[Archive], order: Order, cluster: str | None, out: TextIO) -> None:
        outcomes = set()

        def told(archive: Archive, outcome: Counts | str | None) -> None:
            if isinstance(outcome, str):
                outcomes.add(_NOTHING)
            else:
                outcomes.add(_PARTIAL if outcome and outcome.problem else _FINE)
            print(_line(archive, outcome), file=out, flush=True)

        if cluster is None:
            from newsscraper.archives.running import read_archives

            asyncio.run(read_archives(archives, order, told))
        else:
            from newsscraper.archives.cluster import read_on_cluster
            from newsscraper.raycluster import connect

            ray = connect(cluster)
            try:
                read_on_cluster(ray, archives, order, told)
            finally:
                ray.shutdown()
        self.exitcode = outcomes.pop() if len(outcomes) == 1 else _PARTIAL

    def _check_comparable(self, archives: list[Archive]) -> None:
        from newsscraper.archives.comparing import lines_beside

        for archive in archives:
            lines_beside(archive.place)

    def _compare(self, archives: list[Archive], order: Order, *, as_json: bool) -> None:
        from newsscraper.archives.comparing import Comparison, delivered_from
        from newsscraper.archives.output import Output
        from newsscraper.commands.comparing import show
        from newsscraper.store import open_store

        comparison, place = Comparison(), open_store(order.to)
        for archive in archives:
            output = Output(place, archive.name, archive.place, archive.size(), order.options)
            if output.is_done():  # else it was said why not
                comparison.add(delivered_from(archive.place), output.records())
        if as_json:
            print(json.dumps(comparison.to_dict(), indent=1, ensure_ascii=False))
        else:
            show(comparison, sys.stdout)

    def _archives(self, args: list[str], opts: argparse.Namespace) -> list[Archive]:
        from newsscraper.archives.places import archives_at

        if not args or not opts.to:
            raise _WrongUsage(
                "name the archives and the folder for the records, as in: scrapy archive pages.warc.gz --to records/"
            )
        if opts.ray == "":
            raise _WrongUsage("--ray needs an address: auto, or HOST:PORT of the cluster's head")
        if opts.ray and opts.limit is not None:
            raise _WrongUsage("--limit cannot be used with --ray: the archives are read at the same time")
        return archives_at(args)

    def _order(self, opts: argparse.Namespace) -> Order:
        from newsscraper.archives.found import Wanted
        from newsscraper.archives.order import Order

        assert self.settings is not None
        to = opts.to if "://" in opts.to else str(Path(opts.to).absolute())
        if wrong := wrong_settings(self.settings) or _unusable(to):
            raise _WrongUsage(wrong)
        for name, least in (("limit", 1), ("workers", 0)):
            if (given := getattr(opts, name)) is not None and given < least:
                raise _WrongUsage(f"--{name} is {given}; it must be {least} or more")
        if opts.json and not opts.compare:
            raise _WrongUsage("--json is only used with --compare")
        if opts.compare and (opts.limit or opts.hosts or opts.since or opts.until):
            raise _WrongUsage("--compare reads whole archives; leave out --limit, --hosts, --since and --until")
        hosts = _hosts(opts.hosts) if opts.hosts else None
        since, until = _day("since", opts.since), _day("until", opts.until)
        options = {"hosts": sorted(hosts) if hosts else None, "since": opts.since, "until": opts.until}
        workers = opts.workers if opts.workers is not None else self.settings["EXTRACTION_WORKERS"]
        return Order(
            to,
            Wanted(hosts, since, until),
            options,
            self._hints(),
            opts.limit,
            workers=None if workers is None else int(workers),
            time_limit=self.settings.getfloat("EXTRACTION_TIME_LIMIT"),
            memory_limit=self.settings.getint("EXTRACTION_MEMORY_LIMIT"),
            afresh=opts.compare,
        )

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
        tell("archive", message)


def _unusable(to: str) -> str:
    """Say why nothing can be written there, or nothing where it can."""
    from newsscraper.store import StoreFailed, StoreUnusable, open_store
    from newsscraper.store.opening import check_store

    if "://" not in to and (why := unwritable(Path(to))):
        return why
    try:
        place = open_store(to)
        if "://" in to:
            check_store(place)
        place.names("")  # what killed runs left half done goes
    except (StoreUnusable, StoreFailed) as why_not:
        return str(why_not)
    return ""


def _line(archive: Archive, outcome: Counts | str | None) -> str:
    name = archive.place.removeprefix(f"{Path.cwd()}/")
    if outcome is None:
        return f"{name}: done before"
    if isinstance(outcome, str):
        return f"{name}: {outcome}"
    passed = ", ".join(f"{count} {reason}" for reason, count in outcome.passed.most_common())
    line = f"{name}: {outcome.articles} articles of {outcome.records} records"
    return line + (f" ({passed})" if passed else "") + (f"; {outcome.problem}" if outcome.problem else "")


def _hosts(file: str) -> set[str]:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _WrongUsage(f"--hosts {file}: {getattr(error, 'strerror', None) or 'it is not a text file'}") from error
    hosts = {line.partition("#")[0].strip().lower().removeprefix("www.") for line in lines} - {""}
    if not hosts:
        raise _WrongUsage(f"--hosts {file}: there is no host in the file; write one on each line")
    return hosts


def _day(name: str, told: str | None) -> datetime | None:
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise _WrongUsage(f"--{name} {told!r} is not a day; write it like 2026-11-01") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
