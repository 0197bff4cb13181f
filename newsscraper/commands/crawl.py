"""``scrapy crawl``: Scrapy's own, with exit codes for a scheduler and one clear line where something is wrong."""

from __future__ import annotations

import argparse
import atexit
import gc
import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from newsscraper.checks import says_why, unwritable, unwritable_file, wrong_settings
from newsscraper.commandline.program import did_you_mean, tell
from newsscraper.exits import Exit
from newsscraper.middlewares.secrets import hide_secrets_in_logs

if TYPE_CHECKING:
    import asyncio

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Command(crawl.Command):
    """Run a spider and exit with 0 fine, 1 nothing crawled, 2 partial, 3 usage, 4 another run holds the site."""

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Crawl a site and write its new and changed articles as JSONL"

    def long_desc(self) -> str:
        """Say what the exit codes mean, for ``scrapy crawl -h``."""
        return (
            "Crawl a site with a spider, and write its new and changed articles to OUTPUT_DIR. The spider news crawls "
            "any site: scrapy crawl news -a url=https://www.example.com/. Other arguments: -a limit=20, -a since=DAY, "
            "-a until=DAY, -a sections=NAME,NAME, -a urls=FILE, -a site=SITES.toml#NAME. Exit codes: 0 fine; 1 nothing "
            "could be crawled; 2 partial: some pages failed or the run was stopped; 3 wrong usage; 4 another run is "
            "crawling the site; 5 fine, but something about the site has changed (docs/monitoring.md)."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; wrong ones end the command with a line and code 3."""
        _fill_standard_streams()
        hide_secrets_in_logs()
        assert self.settings is not None
        try:
            super().process_options(args, opts)
            # Before Scrapy sets up its log by them.
            wrong = wrong_settings(self.settings) or unwritable_file(self.settings)
        except UsageError as error:
            wrong = str(error) or "wrong usage"
        except OSError as error:  # --pidfile
            wrong = says_why(error)
        if wrong:
            self._leave(Exit.USAGE, wrong)
            sys.exit(Exit.USAGE)
        # Scrapyd hands its own names (_job, _version) to every spider as arguments.
        opts.spargs = {name: value for name, value in opts.spargs.items() if not name.startswith("_")}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and set the exit code."""
        wrong = self._wrong_usage(args)
        if wrong:
            self._leave(Exit.USAGE, wrong)
            return
        assert self.crawler_process is not None
        # For each old name that it keeps, Scrapy looks through the whole stack and all modules. Both are small here.
        import scrapy.core.downloader.contextfactory  # noqa: F401

        crawler = self._create_crawler(args[0])
        if wrong := wrong_settings(crawler.settings):  # the spider's own
            self._leave(Exit.USAGE, wrong)
            return
        # Scrapy makes a log record of every article, in words, and leaves it to the handler to drop it by level.
        logging.getLogger("scrapy").setLevel(crawler.settings["LOG_LEVEL"])
        crawler.signals.connect(_leave_modules_alone, signal=signals.engine_started)
        task: asyncio.Task[None] = self.crawler_process.crawl(crawler, **opts.spargs)  # type: ignore[assignment]
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # asyncio need not print it too
        self.crawler_process.start()
        self._judge(crawler, task)
        atexit.register(gc.freeze)  # nothing is left to be told, and the process gives all back at once

    def _wrong_usage(self, args: list[str]) -> str:
        assert self.settings is not None
        assert self.crawler_process is not None
        if not args:
            return "name a spider. " + self._spiders()
        if len(args) > 1:
            return f"give one spider, not {len(args)} ({' '.join(args)}). Arguments of the spider: -a NAME=VALUE"
        names = self.crawler_process.spider_loader.list()
        if args[0] not in names:
            if re.search(r"[.:/]", args[0]):
                return f"{args[0]!r} is not the name of a spider. To crawl a site: scrapy crawl news -a url={args[0]}"
            return f"there is no spider {args[0]!r}{did_you_mean(args[0], names) or f'. {self._spiders()}'}"
        why = unwritable(Path(self.settings["OUTPUT_DIR"]))
        return f"{why}. Make it writable, or choose another folder with -s OUTPUT_DIR=…" if why else ""

    def _spiders(self) -> str:
        assert self.crawler_process is not None
        names = sorted(self.crawler_process.spider_loader.list())
        return f"The spiders are: {', '.join(names)}" if names else "There is none; scrapy genspider makes one"

    def _judge(self, crawler: Crawler, task: asyncio.Task[None]) -> None:
        from newsscraper.crawlstate import StateFailed, StateLocked
        from newsscraper.extensions.summary import Summary

        error = None if task.cancelled() or not task.done() else task.exception()
        if isinstance(error, StateLocked):
            self._leave(Exit.LOCKED, str(error))
        elif isinstance(error, StateFailed):
            self._leave(Exit.NOTHING, str(error))
        elif isinstance(error, UsageError):
            self._leave(Exit.USAGE, str(error) or "wrong usage")
        elif isinstance(error, OSError):
            self._leave(Exit.USAGE, f"{says_why(error)}. Free it, or choose another with -s OUTPUT_DIR=…")
        elif error is not None:
            logger.error("The crawl could not start", exc_info=error)
            self._leave(Exit.NOTHING, f"the crawl could not start: {type(error).__name__}: {error}")
        else:
            summary = crawler.get_extension(Summary)
            if summary is not None and task.done():
                summary.finish()  # a spider that was closed before the engine ran sent no last signal
            if summary is not None and summary.run is not None:
                self.exitcode = summary.run.exit_code
            else:  # ended by force before the spider was closed
                self._leave(Exit.PARTIAL, "stopped by force; the next run continues where this one stopped")

    def _leave(self, code: Exit, message: str) -> None:
        self.exitcode = int(code)
        tell("crawl", message)


def _fill_standard_streams() -> None:
    """Open what the caller has closed (``2>&-``), lest a day file gets that number and what is printed goes into it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


def _leave_modules_alone() -> None:
    """Keep the garbage collector from walking all that was loaded for the crawl again and again.

    A page gives some thousand objects, nearly all without cycles.
    """
    gc.freeze()
    gc.set_threshold(5000, 10, 10)


def _end_soon() -> None:
    """Have nobody look through all that was loaded for garbage at the end, where nothing ran that may leave any."""
    if "twisted.internet.reactor" not in sys.modules:
        gc.freeze()


# Scrapy's command line alone imports this module, with those of all commands. What it has loaded by now stays.
gc.freeze()
atexit.register(_end_soon)
