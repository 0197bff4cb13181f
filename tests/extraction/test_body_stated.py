"""Text that a page states and does not show: articleBody, data of scripts, declarative shadow roots."""

from __future__ import annotations

import json

import pytest

import newsscraper

PARAGRAPHS = [
    "The harbour board voted on Tuesday to rebuild the northern breakwater, ending a dispute of six years.",
    "Fishing crews say that the works will cost them one season, and they want the port to waive its fees.",
    "A traffic study counted four hundred heavy vehicles a day on the ring road, more than anybody had thought.",
]
LONG = [f"{text} So it said on page {page} of the report." for page in (1, 2) for text in PARAGRAPHS]
TEXT = "\n\n".join(PARAGRAPHS)
HEADLINE = "Breakwater to be rebuilt"
URL = "https://www.example.com/2026/11/20/breakwater-to-be-rebuilt"


def extract(body: str, head: str = "") -> newsscraper.Article:
    html = f"<html lang=en><head><title>{HEADLINE}</title>{head}</head><body>{body}</body></html>"
    return newsscraper.extract(html, url=URL)


def ld(article_body: str) -> str:
    thing = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": article_body}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


@pytest.mark.parametrize(
    "article_body",
    [
        "\n".join(PARAGRAPHS),
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in PARAGRAPHS),
        "".join(f"&amp;lt;p&amp;gt;{text}&amp;lt;/p&amp;gt;" for text in PARAGRAPHS),
        "<br/>".join(PARAGRAPHS),
    ],
)
def test_a_page_without_text_has_that_of_its_article_body(article_body: str) -> None:
    article = extract("<div id=root></div>", ld(article_body))
    assert article.text == TEXT
    assert [warning.partition(":")[0] for warning in article.extraction.warnings] == ["text-from-article-body"]


def test_a_short_article_body_is_better_than_nothing() -> None:
    article = extract("<div id=root></div>", ld(f"&lt;p&gt;Smith &amp;amp; Sons bid. {PARAGRAPHS[0]}&lt;/p&gt;"))
    assert article.text == f"Smith & Sons bid. {PARAGRAPHS[0]}"


def test_a_page_that_shows_its_text_is_read_as_it_is_shown() -> None:
    shown = "".join(f"<p>{text}</p>" for text in LONG)
    article = extract(f"<article><h1>{HEADLINE}</h1>{shown}</article>", ld("Another text. " * 80))
    assert article.text == "\n\n".join(LONG)
    assert article.extraction.warnings == []


def next_data(props: object) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": props}})}</script>'


HTML = "".join(f"<p>{text}</p>" for text in LONG)
BLOCKS = [{"type": "paragraph", "children": [{"text": text[:20]}, {"text": text[20:], "bold": True}]} for text in LONG]
TEASERS = [{"title": f"Story {n}", "url": f"/s/{n}", "excerpt": PARAGRAPHS[n % 3]} for n in range(12)]


@pytest.mark.parametrize(
    "script",
    [
        next_data({"article": {"title": HEADLINE, "body": HTML, "publishedAt": "2026-11-20T09:10:00Z"}}),
        next_data(
            {
                "more": TEASERS,
                "story": {"headline": HEADLINE, "content": BLOCKS, "date_published": "2026-11-20T09:10:00Z"},
            }
        ),
        "<script>window.__APOLLO_STATE__ = "
        + json.dumps({"Story:1": {"headline": HEADLINE, "html": HTML, "firstPublished": 1795165800000}})
        + ";window.other = {};</script>",
        "<script>window.__STATE__=JSON.parse("
        + json.dumps(json.dumps({"post": {"title": HEADLINE, "text": "\n".join(LONG), "pubDate": "2026-11-20"}}))
        + ")</script>",
    ],
)
def test_a_page_that_scripts_build_has_the_text_of_their_data(script: str) -> None:
    article = extract(f"<div id=app></div>{script}")
    assert article.text == "\n\n".join(LONG)
    assert (article.date_published or "")[:10] == "2026-11-20"
    assert "text-from-script-data" in {warning.partition(":")[0] for warning in article.extraction.warnings}


def test_a_script_that_is_no_json_has_its_text_in_a_string() -> None:
    html = HTML.replace("<", "\\u003C").replace("/", "\\u002F")
    script = f'<script>window.__NUXT__=(function(a,b){{return {{body:"{html}",at:a,by:b}}}}("2026",null));</script>'
    assert extract(f"<div id=app></div>{script}").text == "\n\n".join(LONG)


def test_authors_of_script_data_are_the_articles() -> None:
    article = extract(
        "<div id=app></div>"
        + next_data({"post": {"title": HEADLINE, "authors": [{"name": "Mara Quill"}], "html": HTML}})
    )
    assert article.authors == ["Mara Quill"]


def test_data_beside_a_text_that_is_shown_is_not_read() -> None:
    shown = "".join(f"<p>{text}</p>" for text in LONG)
    other = next_data({"post": {"title": HEADLINE, "html": "<p>Something else.</p>" * 200}})
    assert extract(f"<article><h1>{HEADLINE}</h1>{shown}</article>{other}").text == "\n\n".join(LONG)


@pytest.mark.parametrize(
    "root",
    [
        "<news-body><template shadowrootmode=open><style>p{}</style>%s</template></news-body>",
        "<x-a><template shadowrootmode='closed'><x-b><template shadowrootmode=open>%s</template></x-b></template>",
        "<x-a><TEMPLATE ShadowRootMode=open><template><p>Never shown.</p></template>%s</TEMPLATE></x-a>",
    ],
)
def test_declarative_shadow_roots_are_shown_and_other_templates_are_not(root: str) -> None:
    shown = "".join(f"<p>{text}</p>" for text in LONG)
    card = "<template id=card><p>The card's text is never shown to anybody who reads the page.</p></template>"
    article = extract(f"<main><h1>{HEADLINE}</h1>{root % shown}{card}</main>")
    assert article.text == "\n\n".join(LONG)
