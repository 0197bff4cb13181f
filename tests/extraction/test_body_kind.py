"""Articles, listings and everything else."""

from __future__ import annotations

import pytest

from newsscraper import extract
from newsscraper.extraction import Page, read_page

PROSE = "".join(
    f"<p>Paragraph {n} of the story tells at some length what came of the rain in the harbour town.</p>"
    for n in range(8)
)


def test_an_article() -> None:
    html = f"<title>How the rain came to Brest</title><article><h1>How the rain came to Brest</h1>{PROSE}</article>"
    reading = read_page(Page(html, url="https://example.com/news/2026/11/how-the-rain-came-to-brest"))
    assert (reading.kind, reading.reason) == ("article", "")


@pytest.mark.parametrize(
    "url", ["https://example.com/", "https://example.com/politics", "https://example.com/category/sport/"]
)
def test_home_pages_and_sections_are_listings(url: str) -> None:
    cards = "".join(
        f"<article><h2><a href=/news/story-number-{n}-of-the-day>Story number {n} of the day, told in full</a></h2>"
        f"<p>A teaser of story {n} that says in two lines what it is about and why to read it.</p></article>"
        for n in range(20)
    )
    html = f"<title>The Example</title><h1>The Example</h1>{cards}"
    assert read_page(Page(html, url=url)).kind == "listing"
    assert any(warning.startswith("not-an-article: ") for warning in extract(html, url=url).extraction.warnings)


def test_a_product_is_no_article() -> None:
    html = (
        '<script type="application/ld+json">{"@type":"Product","name":"Umbrella","offers":{"@type":"Offer","price":"9"}}</script>'  # noqa: E501
        "<title>Umbrella</title><body class='product'><h1>Umbrella</h1><p>A good umbrella.</p><button>Add to cart</button><p>$9</p>"  # noqa: E501
    )
    assert read_page(Page(html, url="https://shop.example.com/products/umbrella")).kind == "other"


FLASH = "<p>The harbour bridge is closed until Friday, the city says. Buses go by the old road meanwhile.</p>"
PLAIN = "".join(
    f"<p>Paragraph {n} says at some length, in words that sell nothing and praise none, what is known of the rain.</p>"
    for n in range(8)
)


@pytest.mark.parametrize("kind", ["NewsArticle", "ReportageNewsArticle"])
def test_a_flash_that_says_it_is_news_is_an_article(kind: str) -> None:
    told = f'<script type="application/ld+json">{{"@type":"{kind}","headline":"Bridge closed"}}</script>'
    html = f"<title>Bridge closed</title>{told}<h1>Bridge closed</h1>{FLASH}"
    assert read_page(Page(html, url="https://paper.example.com/a/7351")).kind == "article"


def test_a_story_among_links_to_others_is_an_article() -> None:
    told = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge closed"}</script>'
    teasers = "".join(
        f"<h3><a href=/n/{n}>Another story, number {n}, that is told elsewhere</a></h3>" for n in range(25)
    )
    html = f"<title>Bridge closed</title>{told}<article><h1>Bridge closed</h1>{FLASH}</article><div>{teasers}</div>"
    assert read_page(Page(html, url="https://paper.example.com/news/bridge-closed-until-friday")).kind == "article"


def test_an_article_without_an_address_is_one() -> None:
    html = f"<title>How the rain came to Brest</title><article><h1>How the rain came to Brest</h1>{PROSE}</article>"
    assert read_page(Page(html)).kind == "article"


@pytest.mark.parametrize(
    ("url", "markup", "reason"),
    [
        ("https://www.example.com/services/roofs", '<div class="testimonial">“Splendid!” says Ann.</div>', "service"),
        ("https://forum.example.com/t/rain/512", '<div class="thread topic-list">12 replies</div>' * 30, "forum"),
    ],
)  # fmt: skip
def test_services_and_forums_are_none_however_much_they_say(url: str, markup: str, reason: str) -> None:
    reading = read_page(Page(f"<title>Rain</title><body><h1>Rain</h1><div>{PLAIN}</div>{markup}", url=url))
    assert reading.kind == "other"
    assert reason in reading.reason


@pytest.mark.parametrize(("host", "kind"), [("dev.example", "article"), ("dev.maker.example", "other")])
def test_a_host_for_developers_is_known_by_its_first_part_alone(host: str, kind: str) -> None:
    html = f"<title>Rain and its gauges</title><body><h1>Rain and its gauges</h1><div>{PLAIN}</div><pre>x = 1</pre>"
    assert read_page(Page(html, url=f"https://{host}/measuring-rain-with-gauges-made-at-home")).kind == kind
