"""``scrapy doctor``: is all there that a crawl needs?"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsscraper.commandline.program import as_called, tell
from newsscraper.exits import Exit


class Command(ScrapyCommand):
    """Say what is there and what is not."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[--json]"

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Check the installation: versions, extras, browser, output folder, clock, limits"

    def long_desc(self) -> str:
        """Return what the command does, at length."""
        return (
            "Check what is installed and how this machine is set up, without the network. Each line begins with OK, "
            "WARNING (it works, with a drawback), MISSING (optional, and not there) or ERROR (it prevents a crawl), "
            "and says what to do. Exit codes: 0 a crawl can run, 1 something prevents a crawl, 3 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, and tell."""
        from newsscraper.commandline.installation import ERROR, examine

        if args:
            tell("doctor", f"this command takes options only, not {args[0]!r}; see scrapy doctor -h")
            self.exitcode = int(Exit.USAGE)
            return
        assert self.settings is not None
        findings = list(examine(self.settings))
        errors = sum(finding.state == ERROR for finding in findings)
        self.exitcode = int(Exit.NOTHING if errors else Exit.FINE)
        if opts.json:
            print(json.dumps([asdict(finding) for finding in findings], indent=1, ensure_ascii=False))
            return
        for finding in findings:
            print(f"{finding.state:<8} {finding.name:<14} {as_called(finding.text)}")
        print(
            f"\n{errors or 'Nothing'} of this prevents a crawl." if errors != 1 else "\nOne of these prevents a crawl."
        )
