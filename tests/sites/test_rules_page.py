"""docs/rules.md: its spider and its table declare the same site, and its table of keys names every key."""

from __future__ import annotations

import re
from pathlib import Path

import newsscraper
from newsscraper.sites.table import read
from newsscraper.sites.values import KEYS
from newsscraper.spiders.news import NewsSpider

PAGE = (Path(newsscraper.__file__).parents[1] / "docs" / "rules.md").read_text("utf-8")


def _block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    return str(found)


def test_the_spider_and_the_table_are_one_site(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(_block("toml"), "utf-8")
    (site,) = read(tmp_path / "sites.toml")
    made: dict[str, type[NewsSpider]] = {}
    exec(_block("python"), made)
    declared = made["ExampleSpider"]().declared()
    for name in ("start_url", "name", "exclude", "rules", "render"):
        assert getattr(declared, name) == getattr(site, name), name


def test_every_key_is_described_once() -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE.partition("## The keys")[2].partition("## Selectors")[0], re.M)
    described = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(described) == sorted(["url", *KEYS])
