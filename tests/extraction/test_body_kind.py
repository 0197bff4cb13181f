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
