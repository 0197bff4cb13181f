"""Sections by name: what the menu says comes first, and a number in an address is no part of a name."""

from __future__ import annotations

import pytest

from newsscraper.discovery import sections
from newsscraper.extraction.page import Link
from tests.addresses import at

HOME = at("https://www.example.com/")
DECLARED = {"cloud": "/cloud-1370", "data-ia": "/data-ia-1372", "green-it": "/green-it-1374"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cloud-2471", "Cloud"),
        ("thematique/cloud-2471/", "Le nuage"),
        ("Thematique/2471-nuage", "Cloud"),
        ("cloud", "Cloud"),
        ("category/cloud", "Nuage"),
    ],
)
def test_the_menu_says_where_a_section_is_now(path: str, text: str) -> None:
    found = sections.find(DECLARED, [Link(f"{HOME}{path}", text, in_menu=True)], HOME)
    assert found["cloud"] == at(f"{HOME}{path}")


def test_a_declared_section_stands_where_the_menu_names_none() -> None:
    links = [Link(f"{HOME}cloud-2471", "Cloud", in_menu=True), Link(f"{HOME}green-it-9", "Green IT")]
    found = sections.find(DECLARED, links, HOME)
    assert found["dataia"] == at(f"{HOME}data-ia-1372")
    assert found["greenit"] == at(f"{HOME}green-it-1374"), "a link in a text is no section"


def test_articles_and_other_sites_are_no_sections() -> None:
    links = [
        Link("https://other.example/cloud", "Cloud", in_menu=True),
        Link(f"{HOME}a/b/c/cloud", "Cloud", in_menu=True),
        Link(HOME.text, "Cloud", in_menu=True),
    ]
    assert sections.find({}, links, HOME) == {}


def test_an_article_is_in_a_section_by_its_category_or_its_address() -> None:
    assert sections.holds(["data-ia"], categories=["Data & IA"], address=at(f"{HOME}x"))
    assert sections.holds(["data-ia"], categories=["Analyses"], address=at(f"{HOME}data-ia-1372/x-1"))
    assert sections.holds(["data-ia-1372"], categories=[], address=at(f"{HOME}data-ia-999/x-1"))
    assert not sections.holds(["data-ia"], categories=["Cloud"], address=at(f"{HOME}cloud-1370/x-1"))


def test_articles_below_a_section_tell_where_it_is() -> None:
    paths = ("cloud-2471/a-1", "cloud-2471/b-2", "2026/11/c", "2026/11/d", "x/d")
    found = sections.find(DECLARED, [Link(f"{HOME}{path}", "An article") for path in paths], HOME)
    assert found["cloud"].text == f"{HOME}cloud-2471"
    assert found["dataia"].text == f"{HOME}data-ia-1372"
    assert not {"x", "11", "2026"} & set(found)
