"""Addresses: traps, shapes, twins, days in them."""

from __future__ import annotations

import pytest

from newsscraper.discovery import traps, twins
from newsscraper.discovery.shapes import Shapes
from newsscraper.shape import speaks_of_article
from tests.addresses import at

HOST = "https://www.a.example"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/?s=cloud", "a search"),
        ("/recherche/cloud", "a search"),
        ("/tag/cloud/", "a list by tag"),
        ("/news/tag/cloud", "a list by tag"),
        ("/author/anna/page/2/", "a list by author"),
        ("/category/cloud/", "a list by category"),
        ("/page/12/", "a further page of a list"),
        ("/a-story/?replytocom=7", "a comment reply"),
        ("/wp-login.php?redirect_to=/", "a login or an account"),
        ("/wp-json/wp/v2/posts", "machinery of the site"),
        ("/a-story/feed/", "a feed"),
        ("/?attachment_id=7", "an attachment"),
        ("/wp-content/uploads/2026/11/a.jpg", "a file"),
        ("/shop?sort=asc&filter=red", "a faceted list"),
        ("/calendar/2026/11", "a calendar"),
        ("/a/b/a/b/a/b/a", "an address that goes round in circles"),
        ("/" + "a" * 3000, "an endless address"),
        ("/x?" + "&".join(f"p{n}=1" for n in range(12)), "an endless address"),
    ],
)
def test_traps_have_names(path: str, reason: str) -> None:
    assert traps.trap(at(HOST + path)) == reason


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/22/search-engines-lose-ground-in-europe/",
        "/les-ambitions-contrariees-de-huawei-aux-etats-unis-194868.html",
        "/cloud/a-region-opens",
        "/?p=123",
        "/index.php?id=7&article=9",
        "/modules.php?name=News&file=article&sid=4711",
        "/hello-world/",
        "/news/2026/tag-heuer-opens-a-shop",
        "/feed-the-world-again/",
    ],
)
def test_articles_are_no_traps(path: str) -> None:
    assert traps.trap(at(HOST + path)) is None


@pytest.mark.parametrize(
    ("path", "expected", "speaks"),
    [
        ("/2026/11/22/cloud-region-opens-in-lille/", "/Y/N/N/slug", True),
        ("/2026/11/22/region/", "/Y/N/N/word", True),
        ("/cloud-region-opens-404477.html", "/slug-N.html", True),
        ("/news/world-europe-68412345", "/word/slug-N", True),
        ("/story/9f86d081884c7d65", "/word/id", True),
        ("/cloud/region-opens-in-lille-for-all", "/word/slug", True),
        ("/about/", "/word", False),
        ("/category/cloud/", "/word/word", False),
        ("/2026/11/", "/Y/N", False),
        ("/2026/11/22/", "/Y/N/N", False),
        ("/?p=12", "/?p", False),
    ],
)
def test_shapes(path: str, expected: str, speaks: bool) -> None:
    assert at(HOST + path).shape == expected
    assert speaks_of_article(expected) is speaks


def test_shapes_are_learnt_and_kept() -> None:
    shapes = Shapes()
    short = [at(f"{HOST}/news/{n}") for n in range(1, 6)]
    assert shapes.likelihood(short[0]) < 0.5
    for url in short[:2]:
        shapes.page_was_read(url, is_article=True)
    assert shapes.likelihood(short[3]) > 0.5
    for n in range(6):
        shapes.page_was_read(at(f"{HOST}/shop/{n}/a-very-long-name-of-a-product"), is_article=False)
    assert shapes.likelihood(at(f"{HOST}/shop/9/another-very-long-name-of-it")) < 0.3
    again = Shapes(shapes.to_json())
    assert again.likelihood(short[3]) == shapes.likelihood(short[3])


def test_shapes_from_a_damaged_memory_are_as_good_as_none() -> None:
    for damaged in (None, [], "x", {"/word": "x"}, {"/word": [1, 2]}, {"/word": [1, "2", 3]}):
        assert Shapes(damaged).to_json() == {}


@pytest.mark.parametrize(
    ("plain", "amp"),
    [
        ("/x.html", "/x.html/amp"),
        ("/x/", "/x/amp/"),
        ("/x.html", "/x.amp.html"),
        ("/x", "/x?amp=1"),
        ("/x?a=1", "/x?a=1&amp"),
        ("/x", "/x?outputType=amp"),
        ("/2026/x", "/amp/2026/x"),
        ("/x", "/m/x"),
    ],
)
def test_twins_lead_to_one_address(plain: str, amp: str) -> None:
    pattern = twins.pattern(at(HOST + plain), at(HOST + amp))
    assert twins.plain_of(at(HOST + amp), pattern) == at(HOST + plain)
    assert twins.is_amp(at(HOST + amp), pattern)
    assert not twins.is_amp(at(HOST + plain), pattern)


def test_a_page_named_amp_is_no_twin() -> None:
    for address in (HOST + "/amp", HOST + "/amp/", HOST + "/guitar-amp", HOST + "/vamp"):
        assert not twins.is_amp(at(address))
