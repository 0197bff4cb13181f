"""``scrapy fetch``: Scrapy's own, which leaves nothing behind."""

from __future__ import annotations

import argparse

from scrapy.commands import fetch

from newsscraper.commands.looking import crawl_nothing


class Command(fetch.Command):
    """Scrapy's command; it is no crawl, and writes no state, record or summary."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options."""
        super().process_options(args, opts)
        assert self.settings is not None
        crawl_nothing(self.settings)
