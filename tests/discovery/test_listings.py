"""What a page's links are taken for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from newsscraper.address import Address
from newsscraper.discovery import listings
from newsscraper.discovery.shapes import Shapes

HOME = "https://www.example.com/"


@dataclass
class Link:
    url: str
    text: str = ""
    in_navigation: bool = False
    nofollow: bool = False


def read(*paths: str) -> tuple[set[str], set[str]]:
    """Return the paths of a page's articles and of its further listings."""
    address = Address.of(HOME)
    assert address is not None
    listing = listings.read([Link(HOME + path) for path in paths], address, shapes=Shapes())
    articles = {candidate.address.text for candidate in listing.candidates if candidate.way == "listing"}
    return {url.removeprefix(HOME) for url in articles}, {each.text.removeprefix(HOME) for each in listing.sections}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("cloud-1370/", ["cloud-1370/a-region-opens-in-lille-510185"]),
        (
            "people-and-their-machines-1371",
            ["people-and-their-machines-1371/a-lake-dries-up", "people-and-their-machines-1371/a-robot-learns-to-knit"],
        ),
    ],
)
def test_a_page_with_headlines_below_it_is_a_section(above: str, below: list[str]) -> None:
    articles, sections = read(above, *below)
    assert sections == {above}
    assert articles == set(below)


@pytest.mark.parametrize("part", ["2", "amp", "comments", "pictures-of-the-lake-in-may"])
def test_an_article_with_one_page_below_it_stays_one(part: str) -> None:
    article = "a-lake-dries-up-in-nantes-510185"
    assert article in read(article, f"{article}/{part}")[0]
