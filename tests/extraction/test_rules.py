"""A site's own rules on its pages: what they find outranks the general reader, is cleaned, and is missed aloud."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsscraper.article import Article
from newsscraper.extraction import read_page
from newsscraper.extraction.joining import join
from newsscraper.extraction.page import Page, Reading, SiteHints
from newsscraper.extraction.rules import FIELDS, Rules

STORY = "".join(
    f"<p>Paragraph {number} tells of the rain that fell on the harbour of Brest all day, and of the boats in it.</p>"
    for number in range(6)
)
PAGE = f"""<html lang=en><head>
<title>Harbour flooded - The Gazette</title>
<meta property=og:site_name content="The Gazette"><meta property=article:section content=World>
<meta name=author content="Max Frisch"><meta property=article:published_time content=2026-10-01T10:00:00+02:00>
<meta name=description content="The general summary of the story.">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2026-10-01T10:00:00+02:00"}}</script>
</head><body><h1>Gazette of the week</h1>
<div class=top><h2 class=real>Rain over Brest | The Gazette</h2><div class=by>By <a href=/a>Zoé Brûlé</a> and
<a href=/b>Aldo Monti</a></div><span class=when>Published 3 May 2026, 14:30 · Updated 4 May 2026</span>
<p class=lead>What the rain did.</p></div>
<ul class=topics><li>Weather</li><li>Harbours</li></ul><p class=rubric>Local news</p>
<div class=widget><div class=story>{STORY}<div class=promo><a href=/offer>Subscribe to the weather letter</a> and
never be wet again, whatever the clouds say this week or the next.</div>
<div class=cookie-notice><p>We use cookies to improve your experience. By continuing you accept our use of
cookies. <a href=/p>Privacy</a></p></div>
</div><div class=story>A second container goes on with the story of the rain that fell on the boats.</div></div>
<div class=other>{STORY.replace("Paragraph", "Another")}</div></body></html>"""

ALL = Rules(
    text=("div.none", "//div[@class='story']"),
    remove=(".promo",),
    title=("h2.real",),
    authors=("div.by",),
    published=(".when",),
    modified=(".when",),
    description=("p.lead::text",),
    categories=(".rubric",),
    tags=("ul.topics",),
)
FETCHED = datetime(2026, 11, 22, tzinfo=UTC)


def read(rules: Rules, html: str = PAGE, *, explain: bool = False, **hints: object) -> Reading:
    known = SiteHints(languages=("en",), timezone="Europe/Paris", rules=rules)
    return read_page(Page(html, url="https://gazette.org/rain", fetched_at=FETCHED, hints=known), explain=explain)


def record(rules: Rules, html: str = PAGE) -> Article:
    article = read(rules, html).article
    assert article is not None
    return article


def test_each_rule_outranks_the_general_reader() -> None:
    general, ruled = record(Rules()), record(ALL)
    assert (ruled.title, ruled.authors) == ("Rain over Brest", ["Zoé Brûlé", "Aldo Monti"])
    assert (ruled.date_published, ruled.date_modified) == ("2026-05-03T14:30:00+02:00", "2026-05-04")
    assert ruled.description == "What the rain did."
    assert (ruled.categories, ruled.tags) == (["Local news"], ["Weather", "Harbours"])
    text = ruled.text or ""
    assert text.startswith("Paragraph 0")
    assert text.endswith("fell on the boats.")
    assert "weather letter" not in text
    assert "cookies" not in text
    assert "Another" not in text
    assert ruled.extraction.removed["site-rule"] == 1
    assert not [warning for warning in ruled.extraction.warnings if warning.startswith("rule-")]
    assert general.date_published != ruled.date_published
    assert general.text != ruled.text


@pytest.mark.parametrize("rule", [name for name in FIELDS if name != "remove"])
def test_a_rule_without_match_leaves_the_general_readers_word_and_a_warning(rule: str) -> None:
    general, ruled = record(Rules()), record(Rules(**{rule: ("div.nowhere", "//nowhere")}))
    assert f"rule-without-match: {rule}" in ruled.extraction.warnings
    ruled.extraction = general.extraction
    assert ruled == general


def test_what_cannot_be_read_as_what_it_should_be_is_no_match() -> None:
    ruled = record(Rules(published=(".lead",), authors=("ul.topics li:first-child::attr(class)",)))
    assert {"rule-without-match: authors", "rule-without-match: published"} <= {*ruled.extraction.warnings}
    assert ruled.date_published == "2026-10-01T10:00:00+02:00"


def test_links_lead_on_from_what_is_removed() -> None:
    assert "https://gazette.org/offer" in {link.url for link in read(ALL).links}


def test_a_mark_that_the_page_bears_itself_means_nothing() -> None:
    page = PAGE.replace("<div class=other>", '<div class=other data-newsscraper-text="">')
    assert record(Rules(text=("div.story",)), page).text == record(Rules(text=("div.story",))).text
    assert record(Rules(title=("h2.real",)), page).text == record(Rules(title=("h2.real",))).text


def test_machines_words_in_an_element_are_read_before_its_text() -> None:
    page = PAGE.replace("<span class=when>", "<span class=when><time datetime='2026-05-02T08:00:00Z'>2 May</time>")
    assert record(Rules(published=(".when",)), page).date_published == "2026-05-02T10:00:00+02:00"
    meta = record(Rules(published=("meta[property='article:published_time']",)))
    assert meta.dates.published is not None
    assert meta.dates.published.source == "meta"


def test_every_rule_is_explained() -> None:
    steps = {step.rule: step for step in read(ALL, explain=True).steps if step.part == "rule"}
    assert steps.keys() == set(FIELDS)
    assert steps["authors"].text == "Zoé Brûlé, Aldo Monti"
    missed = [step for step in read(Rules(tags=(".no",)), explain=True).steps if step.part == "rule"]
    assert [(step.rule, step.verdict) for step in missed] == [("tags", "set aside")]


def test_a_page_where_the_rule_matched_outranks_a_twin_where_it_did_not() -> None:
    twin = f"""<html amp lang=en><head><link rel=canonical href=https://gazette.org/rain><meta name=author
    content="Zoé Brûlé, Aldo Monti, Max Frisch"><meta property=article:published_time content=2026-10-01T10:00:00Z>
    </head><body><h1>Rain over Brest</h1>{STORY}</body></html>"""
    one, two = read(ALL), read(ALL, twin)
    assert two.is_amp
    joined = join([two, one], hints=SiteHints(languages=("en",), timezone="Europe/Paris"))
    alone = one.article
    assert alone is not None
    for name in ("title", "text", "authors", "tags", "date_published", "date_modified", "description"):
        assert getattr(joined, name) == getattr(alone, name), name
    assert not [warning for warning in joined.extraction.warnings if warning.startswith("rule-")]
