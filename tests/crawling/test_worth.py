"""Whether a candidate is worth fetching, as a table: its address, its dates, what the site has taught → reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from newsscraper.crawling.worth import Around, why_left_out
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Tally
from tests.addresses import at

HOST = "https://paper.example"
SLUG = "a-mill-opens-again-in-dray"
POSTS, MAP = at(f"{HOST}/post-sitemap.xml"), at(f"{HOST}/map.xml")
SINCE, UNTIL = datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
NONE = Around(tally=Tally(others=5), source_others=5)
TRIED = Around(doubtful=Tally(others=3))
LIKED = Around(doubtful=Tally(articles=9, others=1))
A_LIST, NO_LIKES = "a list by category", "an address like those of pages that are no articles"


@pytest.mark.parametrize(
    ("path", "way", "around", "words"),
    [
        (f"/news/{SLUG}", "listing", Around(), None),
        (f"/news/{SLUG}", "feed", Around(on_site=False), "another site"),
        (f"/news/{SLUG}", "listing", Around(on_known_host=False), "another host of the site"),
        (f"/news/{SLUG}", "feed", Around(on_known_host=False), None),
        ("/", "feed", Around(), "the home page"),
        (f"/news/{SLUG}", "sitemap", Around(standing_page=True), "a standing page of the site"),
        (f"/news/{SLUG}/photos", "link", Around(below_article=True), "a page below an article"),
        (f"/news/{SLUG}", "link", Around(declared=re.compile(r"\d+$")), "not the address of an article"),
        (f"/news/{SLUG}", "listing", NONE, NO_LIKES),
        (f"/news/{SLUG}", "sitemap", NONE, "from a sitemap of pages that are no articles"),
        (f"/news/{SLUG}", "feed", NONE, None),
        # a word speaks against it
        ("/agenda/2026/11", "link", Around(), "a calendar"),
        (f"/agenda/{SLUG}", "link", Around(), "a calendar"),
        (f"/agenda/2026/11/{SLUG}", "link", Around(), None),
        (f"/agenda/2026/11/{SLUG}", "link", TRIED, "a calendar"),
        ("/agenda/dray", "link", LIKED, None),
        ("/agenda/dray", "feed", Around(), None),
        ("/agenda/dray", "news-sitemap", TRIED, None),
        (f"/rubrique/energie/{SLUG}.html", "listing", Around(), None),
        (f"/rubrique/{SLUG}", "listing", Around(), A_LIST),
        ("/?categorie=x&category=energie&nr=77", "listing", Around(), None),
        ("/?category=energie&year=2026", "listing", Around(), A_LIST),
        ("/?category=energie&page=3", "listing", Around(), A_LIST),
        ("/index.php?page=story&nr=77", "listing", Around(), None),
        ("/index.php?page=7", "listing", Around(), "a further page of a list"),
        (f"/?q=regional/{SLUG}", "link", Around(), None),
        ("/?q=mill+opens+again+in+dray", "link", Around(), "a search"),
        (f"/login?redirect=/news/{SLUG}", "link", Around(), "a login or an account"),
        ("/agenda/dray", "link", Around(declared=re.compile("dray")), None),
        # no word but the whole form
        ("/files/dray.pdf", "feed", Around(), "a file"),
        ("/a/b/a/b/a/b/a", "feed", Around(), "an address that goes round in circles"),
        ("/wp-json/wp/v2/posts", "feed", Around(), "machinery of the site"),
    ],
)
def test_why_it_is_left_out(path: str, way: Any, around: Around, words: str | None) -> None:
    assert why_left_out(Candidate(at(HOST + path), way, source=MAP), around) == words


@pytest.mark.parametrize(
    "more", [{"source": POSTS, "way": "sitemap"}, {"way": "listing", "dated_by": "feed"}, {"way": "urls"}]
)
def test_what_is_named_as_an_article_is_looked_at(more: dict[str, Any]) -> None:
    assert why_left_out(Candidate(at(f"{HOST}/tag/dray"), **more), TRIED) is None


@pytest.mark.parametrize(
    ("path", "published", "modified", "words"),
    [
        ("/x", "2026-11-09", None, "older than since"),
        ("/x", "2026-11-22", None, "newer than until"),
        ("/x", "2026-11-12", None, None),
        ("/x", None, "2026-11-09", "older than since"),
        ("/x", None, "2026-11-22", None),
        ("/2026/11/08/x", None, None, "older than since"),
        ("/2026/11/09/x", None, None, None),
    ],
)
def test_bounds_in_time(path: str, published: str | None, modified: str | None, words: str | None) -> None:
    candidate = Candidate(at(HOST + path), "feed", published=published, modified=modified)
    assert why_left_out(candidate, Around(), since=SINCE, until=UNTIL) == words
    assert why_left_out(candidate, Around()) is None
