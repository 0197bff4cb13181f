"""``scrapy extract --spider … --compare``: rules tried on a page, and what they change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands.test_extract import extract
from tests.extraction.test_rules import PAGE

TABLES = """
[gazette]
url = "https://gazette.org/"
timezone = "Europe/Paris"
title = "h2.real"
authors = ["div.nowhere", ".by"]
text = "div.story"
tags = ".nothing"

[plain]
url = "https://plain.org/"

[broken]
url = "https://broken.org/"
title = "h2["
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "sites.toml").write_text(TABLES, "utf-8")
    return str(tmp_path / "page.html"), str(tmp_path / "sites.toml")


def test_a_page_is_read_by_the_rules_that_are_named(files: tuple[str, str]) -> None:
    page, sites = files
    done = extract(page, "--spider", f"{sites}#gazette", "--url", "https://gazette.org/rain", "--explain")
    record, end = json.JSONDecoder().raw_decode(done.stdout)
    assert (record["title"], record["authors"]) == ("Rain over Brest", ["Zoé Brûlé", "Aldo Monti"])
    assert record["extraction"]["warnings"] == ["rule-without-match: tags"]
    explained = done.stdout[end:].partition("The rules of the site\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[:2] for line in explained] == [
        ["believed", "title"],
        ["set", "aside"],
        ["believed", "authors"],
        ["believed", "text"],
    ]


def test_compare_shows_field_by_field_what_the_rules_change(files: tuple[str, str]) -> None:
    page, sites = files
    done = extract(page, "--spider", f"{sites}#gazette", "--url", "https://gazette.org/rain", "--compare")
    assert done.returncode == 0
    assert re.search(r"^title\n  general reader  (?!Rain).+\n  by the rules    Rain over Brest$", done.stdout, re.M)
    assert re.search(r"^text\n  general reader  \d+ characters\n  by the rules    \d+ characters$", done.stdout, re.M)
    assert re.search(r"^    [+-] ", done.stdout, re.M)
    same = next(line for line in done.stdout.splitlines() if line.startswith("the same either way: "))
    assert {"url", "description"} <= {*same.partition(": ")[2].split(", ")}
    assert done.stdout.endswith("warning: rule-without-match: tags\n")


@pytest.mark.parametrize(
    ("spider", "words"),
    [
        ("{sites}#gazete", "no site 'gazete' (did you mean gazette?)"),
        ("{sites}#broken", "sites.toml:15: title: the CSS selector 'h2[' does not parse"),
        ("nowhere.toml#x", "nowhere.toml: it cannot be read: No such file"),
        ("silikon", "there is no spider 'silikon' (did you mean silicon?)"),
        ("{sites}#plain", "--compare needs a site that has rules"),
    ],
)
def test_what_can_be_named_wrongly_is_one_line(files: tuple[str, str], spider: str, words: str) -> None:
    done = extract(files[0], "--spider", spider.format(sites=files[1]), "--compare")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert words in done.stderr
