"""``scrapy fleet``: many sites from one table, as a service or once, in one process or on a Ray cluster."""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from newsscraper.checks import says_why, unwritable, unwritable_file, wrong_settings
from newsscraper.commandline.program import did_you_mean, tell
from newsscraper.exits import Exit
from newsscraper.middlewares.secrets import hide_secrets_in_logs

if TYPE_CHECKING:  # what runs a fleet is loaded where one runs: every command of Scrapy's imports this module
    from newsscraper.fleet.table import Table
    from newsscraper.sites.site import Site
    from newsscraper.store import Place

_ACTIONS = ("check", "status")
_GRACE = 30.0


class Command(ScrapyCommand):
    """Run the sites of a table when they are due, check the table, or tell how its sites are."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {}

    def syntax(self) -> str:
        """Say what may follow the command's name."""
        return "[options] SITES.toml | check SITES.toml | status SITES.toml"

    def short_desc(self) -> str:
        """Say in a line what the command does."""
        return "Crawl many sites from one table, each when it is due"

    def long_desc(self) -> str:
        """Say what the exit codes mean, for ``scrapy fleet -h``."""
        return (
            "Crawl the sites in a table, each when it is due, until it is told to stop. A text file with one address "
            "on each line will do instead of a table. fleet check SITES.toml lists all mistakes in the table. fleet "
            "status SITES.toml shows when each site ran last and when it is due. Exit codes: 0 fine; 1 nothing could "
            "be crawled; 2 partial, or stopped; 3 wrong usage; 4 another fleet is running the table."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--once", action="store_true", help="crawl the sites that are due, then stop (for cron)")
        parser.add_argument(
            "--grace",
            type=float,
            default=_GRACE,
            metavar="SECONDS",
            help="how long crawls may take to end when the fleet is told to stop (default: %(default)g)",
        )
        parser.add_argument("--store", metavar="URL", help="commit to a folder, file://, s3://, gs:// or az://")
        parser.add_argument(
            "--ray",
            metavar="ADDRESS",
            help="run on the Ray cluster at HOST:PORT; auto: use the cluster on this machine, or start one",
        )
        parser.add_argument("--json", action="store_true", help="with status: print JSON")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; wrong ones end the command with a line and code 3."""
        assert self.settings is not None
        hide_secrets_in_logs()
        try:
            super().process_options(args, opts)
            wrong = wrong_settings(self.settings) or unwritable_file(self.settings)
        except UsageError as error:
            wrong = str(error) or "wrong usage"
        except OSError as error:
            wrong = says_why(error)
        if wrong:
            self._end(Exit.USAGE, wrong)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what is asked, and set the exit code."""
        from newsscraper.fleet.table import Table
        from newsscraper.sites.table import TableError

        action = args.pop(0) if args and args[0] in _ACTIONS else "run"
        self._check_usage(action, args, opts)
        try:
            table = Table(args[0], self._read)
        except TableError as error:
            for mistake in error.mistakes:
                print(mistake, file=sys.stderr)
            count = len(error.mistakes)
            self._end(Exit.USAGE, f"{count} mistake{'s' if count > 1 else ''} in {args[0]}; nothing was run")
        if action == "check":
            print(f"{table.path}: {len(table.sites):,} site{'s' if len(table.sites) > 1 else ''}, nothing wrong")
        elif action == "status":
            self._tell_status(table, as_json=opts.json)
        else:
            self._run_fleet(table, opts)

    def _check_usage(self, action: str, args: list[str], opts: argparse.Namespace) -> None:
        wrong = ""
        if len(args) != 1:
            near = did_you_mean(args[0], _ACTIONS) if len(args) == 2 else ""
            call = f"scrapy fleet {'' if action == 'run' else action + ' '}SITES.toml"
            wrong = f"there is no action {args[0]!r}{near}" if near else f"name one table of sites, as in: {call}"
        elif not math.isfinite(opts.grace) or opts.grace < 0:
            wrong = "--grace must be a number of seconds, 0 or more"
        elif action != "run" and (opts.once or opts.ray):
            wrong = f"--once and --ray cannot be used with {action}"
        elif opts.json and action != "status":
            wrong = "--json is only used with scrapy fleet status"
        elif opts.ray == "":
            wrong = "--ray needs an address: auto, or HOST:PORT of the cluster's head"
        elif opts.ray is not None and not opts.store:
            wrong = "--ray needs --store: a store, or a folder that all machines of the cluster share"
        if wrong:
            self._end(Exit.USAGE, wrong)

    def _read(self, table: str) -> list[Site]:
        from newsscraper.sites.table import read
        from newsscraper.spiders.declarations import lookup

        assert self.settings is not None
        return read(table, spiders=lookup(get_spider_loader(self.settings)))

    # --- status ---

    def _tell_status(self, table: Table, *, as_json: bool) -> None:
        from newsscraper.fleet import status
        from newsscraper.fleet.ledger import FILE, Ledger
        from newsscraper.fleet.locking import is_running

        names = [site.name for site in table.sites]
        states = self._output() / ".state"
        pasts, running = {}, {}
        if (states / FILE).exists():
            ledger = Ledger(states)
            pasts = ledger.pasts(names)
            running = ledger.running() if is_running(self._output(), table.path) else {}
            ledger.close()
        else:
            from newsscraper.fleet.past import Past

            pasts = {name: Past(name) for name in names}
        tell = status.as_json if as_json else status.as_text
        print(tell(table.sites, pasts, running, time.time()))

    # --- running ---

    def _run_fleet(self, table: Table, opts: argparse.Namespace) -> None:
        from newsscraper.crawlstate import StateLocked
        from newsscraper.fleet.disk import network_file_system
        from newsscraper.fleet.locking import lock_table
        from newsscraper.fleet.logs import set_up_logs

        assert self.settings is not None
        output = self._output()
        if why := unwritable(output):
            self._end(Exit.USAGE, f"{why}. Make it writable, or choose another folder with -s OUTPUT_DIR=…")
        if kind := network_file_system(output):
            self._end(
                Exit.USAGE,
                f"{output} lies on a network file system ({kind}), where crawl state breaks. Choose a folder on this "
                "machine's disk with -s OUTPUT_DIR=…, and give the shared one as --store",
            )
        place = self._open_store(opts.store) if opts.store else None
        set_up_logs(self.settings)
        try:
            with lock_table(output, table.path):
                self.exitcode = int(self._serve(table, place, opts))
        except StateLocked as locked:
            self._end(Exit.LOCKED, str(locked))
        except OSError as error:
            self._end(Exit.USAGE, f"{says_why(error)}. Free it, or choose another with -s OUTPUT_DIR=…")

    def _serve(self, table: Table, place: Place | None, opts: argparse.Namespace) -> Exit:
        assert self.settings is not None
        if opts.ray:
            return self._serve_on_cluster(table, opts)
        from newsscraper.fleet.service import Service

        return Service(self.settings, table, place=place, once=opts.once, grace=opts.grace).run()

    def _serve_on_cluster(self, table: Table, opts: argparse.Namespace) -> Exit:
        from newsscraper.fleet.cluster.driver import Driver
        from newsscraper.raycluster import ClusterUnusable

        assert self.settings is not None
        store = opts.store if "://" in opts.store else str(Path(opts.store).absolute())
        try:
            return Driver(self.settings, table, address=opts.ray, store=store, once=opts.once, grace=opts.grace).run()
        except ClusterUnusable as why:
            self._end(Exit.USAGE, str(why))

    def _open_store(self, url: str) -> Place:
        from newsscraper.store import StoreUnusable, open_store
        from newsscraper.store.opening import check_store

        try:
            place = open_store(url)
            check_store(place)
        except StoreUnusable as why:
            self._end(Exit.USAGE, str(why))
        return place

    def _output(self) -> Path:
        assert self.settings is not None
        return Path(self.settings["OUTPUT_DIR"]).absolute()

    def _end(self, code: Exit, message: str) -> NoReturn:
        tell("fleet", message)
        sys.exit(int(code))
