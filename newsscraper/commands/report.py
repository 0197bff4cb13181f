"""``scrapy report``: is each crawl well? As a page, in the terminal, as JSON or for Prometheus."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsscraper.commandline.program import tell

if TYPE_CHECKING:
    from newsscraper.health.report.collecting import SiteReport

_NOTHING, _USAGE = 1, 3


class Command(ScrapyCommand):
    """Report on the health of all sites."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[--terminal | --json | --prometheus FILE]"

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Report on the health of all sites: a page, the terminal, JSON, Prometheus"

    def long_desc(self) -> str:
        """Return what the command does, at length."""
        return (
            "Write OUTPUT_DIR/report.html. It shows which sites need attention and why, all sites in a table, and the "
            "last 90 days of each site. The page is one file and needs no network. Exit codes: 0 fine, 1 no site was "
            "crawled yet, 3 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        own = parser.add_argument_group(title="Report").add_mutually_exclusive_group()
        own.add_argument("--terminal", action="store_true", help="print a short report")
        own.add_argument("--json", action="store_true", help="print the report as JSON")
        own.add_argument("--prometheus", metavar="FILE", help="write metrics in Prometheus' text format")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the report."""
        if args:
            self._leave(_USAGE, f"this command takes options only, not {args[0]!r}; see scrapy report -h")
            return
        assert self.settings is not None
        output, now = Path(self.settings["OUTPUT_DIR"]), datetime.now(UTC)
        sites = _sites(output, now)
        if not sites:
            self._leave(_NOTHING, f"no site was crawled into {output} yet; scrapy crawl news -a url=… crawls one")
            return
        try:
            self._write(sites, opts, output, now)
        except BrokenPipeError:
            sys.stderr.close()  # whoever read our output has gone; nothing is wrong
        except OSError as error:
            self._leave(_USAGE, f"cannot write {error.filename}: {error.strerror or error}")

    def _write(self, sites: list[SiteReport], opts: argparse.Namespace, output: Path, now: datetime) -> None:
        from newsscraper.durable import replace_whole

        if opts.terminal:
            from newsscraper.health.report import terminal

            print(terminal.text(sites))
        elif opts.json:
            import msgspec

            print(msgspec.json.format(msgspec.json.encode(sites), indent=1).decode())
        elif opts.prometheus:
            from newsscraper.health.report import prometheus

            path = Path(opts.prometheus)
            replace_whole(path, prometheus.text(sites).encode())
            path.chmod(0o644)  # node_exporter runs as somebody else
        else:
            from newsscraper.health.report import page

            replace_whole(output / "report.html", page.html(sites, now).encode())
            print(f"{output / 'report.html'}: {len(sites)} site{'s' * (len(sites) != 1)}")

    def _leave(self, code: int, message: str) -> None:
        self.exitcode = code
        tell("report", message)


def _sites(output: Path, now: datetime) -> list[SiteReport]:
    """Return the sites, with the times at which a fleet runs them next, where one does."""
    from newsscraper.crawlstate.naming import folder_name
    from newsscraper.health.report.collecting import collect

    sites = collect(output, now)
    if (output / ".state" / "fleet.sqlite").exists():
        from newsscraper.fleet.ledger import Ledger

        due = {folder_name(past.site): past.due for past in Ledger(output / ".state").all_pasts()}
        for site in sites:
            if due.get(site.name):
                site.due = datetime.fromtimestamp(due[site.name], UTC).isoformat(timespec="minutes")
    return sites
