"""``scrapy demo``: the demo newsroom on loopback, to look at or to crawl."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsscraper.checks import unwritable, wrong_settings
from newsscraper.commandline.program import tell
from newsscraper.crawlstate.naming import folder_name
from newsscraper.durable import replace_whole
from newsscraper.urls import site_of

if TYPE_CHECKING:
    from newsscraper.demo import Site
    from newsscraper.demo.comparison import Comparison

DEFAULT_PORT = 8470
SHAPES = ("2018", "2024", "2026")
"""Names of `newsscraper.demo.shapes.SHAPES`, which is not imported by every command of Scrapy's."""
_HIGHEST_PORT = 65535
_SOMETHING_CRAWLED = (0, 2)  # exit codes of ``scrapy crawl``: fine, partial
# The newsroom bears more than a stranger's server should be asked for.
_PACE = {"AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "LOG_LEVEL": "WARNING"}


class Command(ScrapyCommand):
    """Show the demo newsroom until Ctrl-C, or crawl it and compare what came of it with what was published."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Say what may follow the command's name."""
        return "[options]"

    def short_desc(self) -> str:
        """Say in a line what the command does."""
        return "Serve a small newsroom of invented French articles on loopback, or crawl it"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port to listen on (default: %(default)s)")
        parser.add_argument("--articles", type=int, default=200, help="number of articles (default: %(default)s)")
        parser.add_argument("--seed", type=int, default=1, help="seed of the random generator (default: %(default)s)")
        parser.add_argument(
            "--shape",
            choices=SHAPES,
            default=SHAPES[-1],
            help="addresses look as the site's did in this year (default: %(default)s)",
        )
        parser.add_argument(
            "--moved",
            action="store_true",
            help="the addresses were different before: half of the old ones redirect, half are gone",
        )
        parser.add_argument(
            "--crawl", action="store_true", help="crawl it, compare the records with what was published, and stop"
        )
        parser.add_argument("--render", action="store_true", help="with --crawl: render the pages in a browser")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve, and crawl where asked to. Exit code 1: the records are not what was published."""
        if args:
            raise UsageError(f"this command takes options only, not {args[0]!r}")
        if opts.articles < 1:
            raise UsageError("--articles must be 1 or more")
        if not 0 <= opts.port <= _HIGHEST_PORT:
            raise UsageError(f"--port must be from 0 to {_HIGHEST_PORT}")
        if opts.moved and opts.shape == SHAPES[0]:
            raise UsageError(f"--moved needs an earlier shape, and there is none before {opts.shape}")
        if opts.render and not opts.crawl:
            raise UsageError("--render is only used with --crawl")
        assert self.settings is not None
        if wrong := wrong_settings(self.settings):
            tell("demo", wrong)
            self.exitcode = 3
            return
        output = Path(self.settings["OUTPUT_DIR"])
        if opts.crawl and (why := unwritable(output / ".state")):
            tell("demo", f"{why}. Choose another folder with -s OUTPUT_DIR=…")
            self.exitcode = 3
            return
        opened_at, output = _opening(output, opts) if opts.crawl else (None, output)
        from newsscraper.demo import Newsroom  # here, since every command of Scrapy's imports this module

        newsroom = Newsroom(
            articles=opts.articles, seed=opts.seed, opened_at=opened_at, shape=opts.shape, moved=opts.moved
        )
        try:
            with newsroom.serve(opts.port) as site:
                self.exitcode = _crawl(site, output, opts) if opts.crawl else _wait(site)
        except OSError as error:
            tell("demo", f"cannot use port {opts.port}: {error.strerror}. Choose another one with --port")
            self.exitcode = 3


def _opening(output: Path, opts: argparse.Namespace) -> tuple[datetime, Path]:
    """Return when this newsroom opened, and the folder for its records.

    It opened now, or at the first crawl whose records lie in ``output``: a second crawl meets the same articles with
    the same dates, as it would on any site. Another newsroom at the same address is another site, though its name is
    the same: what was crawled of it stays apart, in a folder of its own.
    """
    port, which = f"{opts.port}-", f"{opts.articles}-{opts.seed}"
    openings = _openings(output)
    first = next((name for name in openings if name.startswith(port)), port + which)
    folder = output if first == port + which else output / f"newsroom-{which}"
    if port + which not in openings:
        openings[port + which] = datetime.now(UTC).replace(microsecond=0)
        told = {name: moment.isoformat() for name, moment in openings.items()}
        replace_whole(output / ".state" / "demo.json", json.dumps(told).encode())
    return openings[port + which], folder


def _openings(output: Path) -> dict[str, datetime]:
    """Return when each newsroom opened whose records lie in ``output``; none where that file is damaged."""
    try:
        told = json.loads((output / ".state" / "demo.json").read_bytes())
        return {name: datetime.fromisoformat(moment) for name, moment in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _wait(site: Site) -> int:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print(f"{len(site.truth)} articles at {site.url}/ until Ctrl-C", flush=True)
    stop.wait()
    return 0


def _crawl(site: Site, output: Path, opts: argparse.Namespace) -> int:
    settings = {**_PACE, "OUTPUT_DIR": output}
    command = [sys.executable, "-m", "scrapy", "crawl", "news"]
    if opts.render:
        table = output / ".state" / "demo.toml"
        replace_whole(table, f'[demo]\nurl = "{site.url}/"\nrender = "always"\n'.encode())
        command += ["-a", f"site={table}#demo"]
    else:
        command += ["-a", f"url={site.url}/"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    for given in opts.set:
        if not given.startswith("OUTPUT_DIR="):
            command += ["-s", given]
    code = subprocess.run(command, check=False).returncode  # noqa: S603
    if code not in _SOMETHING_CRAWLED:
        return code
    folder = output / folder_name(site_of(site.url) or "")
    truth = site.truth
    from newsscraper.demo.comparison import compare, records_under

    published_here = [record for record in records_under(folder) if (record.url or "").startswith(f"{site.url}/")]
    result = compare(truth, published_here)
    print(_report(result, len(truth), folder), flush=True)
    return code or int(not result.is_perfect)


def _report(result: Comparison, published: int, folder: Path) -> str:
    lines = [f"{len(result.equal)} of the newsroom's {published} articles are in {folder}, each as it was published"]
    lines += [f"  not as published: {', '.join(fields)}: {url}" for url, fields in list(result.different.items())[:20]]
    lines += [f"  not delivered: {url}" for url in result.missing[:20]]
    lines += [f"  delivered, but no article: {url}" for url in result.surplus[:20]]
    lines += [f"  not seen to repeat each other: {one} {other}" for one, other in result.duplicates]
    return "\n".join(lines)
