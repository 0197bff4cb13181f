"""``scrapy genspider``: Scrapy's own, with this project's template ``news`` beside Scrapy's."""

from __future__ import annotations

from pathlib import Path

from scrapy.commands import genspider

TEMPLATES = Path(__file__).parents[1] / "templates" / "spiders"


class Command(genspider.Command):
    """Make a spider from a template: ``scrapy genspider -t news NAME DOMAIN`` makes one for a news site."""

    def short_desc(self) -> str:
        """Say in a line what the command does."""
        return "Generate new spider using pre-defined templates; -t news makes one for a news site"

    def _find_template(self, template: str) -> Path | None:
        own = TEMPLATES / (template if template.endswith(".tmpl") else f"{template}.tmpl")
        return own if own.exists() else super()._find_template(template)

    def _list_templates(self) -> None:
        super()._list_templates()
        for file in sorted(TEMPLATES.glob("*.tmpl")):
            print(f"  {file.stem}")
