"""``scrapy genspider``: Scrapy's own, with this project's template ``news`` beside Scrapy's."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from scrapy.commands import genspider
from scrapy.exceptions import UsageError

from newsscraper.commandline.program import did_you_mean

TEMPLATES = Path(__file__).parents[1] / "templates" / "spiders"


class Command(genspider.Command):
    """Make a spider from a template: ``scrapy genspider -t news NAME DOMAIN`` makes one for a news site."""

    def short_desc(self) -> str:
        """Say in a line what the command does."""
        return "Make a spider from a template; -t news makes one for a news site"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the spider.

        Raises:
            UsageError: the name or the domain would make a module that is no Python; no command of Scrapy's, no crawl
                of any other site runs beside one.
        """
        if len(args) != 2 and not (opts.list or opts.dump):
            raise UsageError("name the spider and its site, as in: scrapy genspider -t news example www.example.com")
        known = [file.stem for folder in (TEMPLATES, Path(self.templates_dir)) for file in folder.glob("*.tmpl")]
        if opts.template.removesuffix(".tmpl") not in known and not Path(opts.template).exists():
            raise UsageError(f"there is no template {opts.template!r}{did_you_mean(opts.template, known)}")
        for name in args[:1]:
            if not name or not genspider.sanitize_module_name(name).isidentifier():
                raise UsageError(f"{name!r} cannot be the name of a spider; use letters, digits, - and _")
        for address in args[1:2]:
            if not address or re.search(r"[\s\"'\\<>]", address):
                raise UsageError(f"{address!r} is not a domain; give one like www.example.com")
        super().run(args, opts)

    def _find_template(self, template: str) -> Path | None:
        own = TEMPLATES / (template if template.endswith(".tmpl") else f"{template}.tmpl")
        return own if own.exists() else super()._find_template(template)

    def _list_templates(self) -> None:
        super()._list_templates()
        for file in sorted(TEMPLATES.glob("*.tmpl")):
            print(f"  {file.stem}")
