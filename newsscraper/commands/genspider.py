"""``scrapy genspider``: Scrapy's own, with this project's template ``news`` beside Scrapy's."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from scrapy.commands import genspider
from scrapy.exceptions import UsageError

TEMPLATES = Path(__file__).parents[1] / "templates" / "spiders"


class Command(genspider.Command):
    """Make a spider from a template: ``scrapy genspider -t news NAME DOMAIN`` makes one for a news site."""

    def short_desc(self) -> str:
        """Say in a line what the command does."""
        return "Generate new spider using pre-defined templates; -t news makes one for a news site"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the spider.

        Raises:
            UsageError: the name or the domain would make a module that is no Python; no command of Scrapy's, no crawl
                of any other site runs beside one.
        """
        for name in args[:1]:
            if not name or not genspider.sanitize_module_name(name).isidentifier():
                raise UsageError(f"{name!r} is no name for a spider; letters, digits, - and _ make one")
        for address in args[1:2]:
            if not address or re.search(r"[\s\"'\\<>]", address):
                raise UsageError(f"{address!r} is no domain; give one like www.example.com")
        super().run(args, opts)

    def _find_template(self, template: str) -> Path | None:
        own = TEMPLATES / (template if template.endswith(".tmpl") else f"{template}.tmpl")
        return own if own.exists() else super()._find_template(template)

    def _list_templates(self) -> None:
        super()._list_templates()
        for file in sorted(TEMPLATES.glob("*.tmpl")):
            print(f"  {file.stem}")
