"""Whole pages: which dates are the article's own, where readers and programs find them, and which never win."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsscraper import dates
from newsscraper.dates import Verdict
from newsscraper.extraction import decoding, parsing, structured
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import datelines, title
from newsscraper.extraction.page import Page

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)
BODY = "".join(
    f"<p>Un paragraphe de l'article, numéro {i}, assez long pour compter comme du texte.</p>" for i in range(6)
)


def verdict_of(
    head: str, body: str, *, url: str = "https://example.com/a", languages: tuple[str, ...] = ("fr",)
) -> Verdict:
    page = Page(f"<html><head>{head}</head><body>{body}</body></html>", url=url, fetched_at=FETCHED)
    doc = Document(parsing.parse(decoding.decode(page.html, None)), page)
    told = structured.read(doc)
    _, headline = title.read(doc, told)
    claims = datelines.read(doc, told, headline=headline, languages=languages)
    return dates.decide(claims, fetched_at=FETCHED, languages=languages)


def published(verdict: Verdict) -> str | None:
    return verdict.published.value if verdict.published else None


ARTICLE = f"<article><h1>Un titre</h1>{{}}{BODY}</article>"


@pytest.mark.parametrize(
    ("head", "shown", "value"),
    [
        (
            '<meta property="article:published_time" content="2026-11-20T09:00:00+01:00">',
            "",
            "2026-11-20T09:00:00+01:00",
        ),
        ('<meta name="parsely-pub-date" content="2026-11-20T08:00:00Z">', "", "2026-11-20T08:00:00+00:00"),
        ('<meta itemprop="datePublished" content="2026-11-20T09:00:00+01:00">', "", "2026-11-20T09:00:00+01:00"),
        ("", '<time datetime="2026-11-20T09:00:00+01:00">vendredi</time>', "2026-11-20T09:00:00+01:00"),
        ("", '<span class="posted-on">Publié le 20 novembre 2026 à 9h00</span>', "2026-11-20T09:00"),
        ("", '<abbr class="published" title="2026-11-20T09:00:00+01:00">hier</abbr>', "2026-11-20T09:00:00+01:00"),
        ("", '<span class="date" data-timestamp="1795161600">vendredi</span>', "2026-11-20T08:00:00+00:00"),
        ("", '<span class="post-date">il y a 2 jours</span>', "2026-11-20"),
        ("", "<p>20 novembre 2026</p>", "2026-11-20"),
        ("", '<div class="meta">Mis à jour il y a 2 h</div>', "2026-11-22T09:00:00+00:00"),
        ('<meta name="acme:date-published" content="2026-11-20">', "", "2026-11-20"),
        ('<meta name="acme.firstPublished" content="20/11/2026 09:00">', "", "2026-11-20T09:00"),
        ("", '<div class="date"><b>Nov</b><i>20</i><i>2026</i></div>', "2026-11-20"),
        (
            "",
            '<span class="date-display-single" property="dc:date dc:created" content="2026-11-20T09:00:00+01:00">le 20'
            "</span>",
            "2026-11-20T09:00:00+01:00",
        ),
        ("", '<div class="eventbox"><span>Publié le :</span><h2>20.11.2026</h2></div>', "2026-11-20"),
        ("", '<ul class="sidebar"><li><div>Date</div><div>20.11.2026</div></li></ul>', "2026-11-20"),
        ("", '<div class="widget_info"><b>Source</b><br>Publié le 20.11.2026</div>', "2026-11-20"),
        ("", '<aside class="info"><dl><dt>Date</dt><dd>20.11.2026</dd></dl></aside>', "2026-11-20"),
        (
            "",
            "<p>Paris, le 20 novembre 2026 – Le groupe annonce un accord avec son concurrent de toujours, qui "
            "l'avait pourtant refusé il y a peu de temps encore, et s'en félicite dans un long texte.</p>",
            "2026-11-20",
        ),
    ],
)
def test_finds_the_date(head: str, shown: str, value: str) -> None:
    assert published(verdict_of(head, ARTICLE.format(shown))) == value


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ('<meta name="acme:modified-time" content="2026-11-20">', None),
        ('<meta name="acme:publisher" content="2026-11-20">', None),
        ('<meta name="fb:pages" content="1795161600">', None),
        ('<meta name="event_date" content="2026-11-20">', None),
    ],
)
def test_metas_of_other_names_date_nothing(head: str, value: str | None) -> None:
    assert published(verdict_of(head, ARTICLE.format(""))) == value


def test_the_date_of_publication_is_looked_for_where_readers_are_told_of_a_change_alone() -> None:
    shown = '<p class="date">Mis à jour le 20.11.2026</p><div><span>Publié le :</span> <h3>18.11.2026</h3></div>'
    verdict = verdict_of("", ARTICLE.format(shown))
    assert published(verdict) == "2026-11-18"
    assert verdict.modified is not None
    assert verdict.modified.value == "2026-11-20"


def test_a_label_before_a_date_among_other_stories_says_nothing() -> None:
    other = '<div class="related-stories"><span>Publié le :</span><b>20.11.2026</b></div>'
    assert published(verdict_of("", ARTICLE.format("") + other)) is None


def test_a_layouts_name_on_the_box_around_everything_says_nothing_of_its_dates() -> None:
    filler = "<p>Un paragraphe.</p>" * 60
    shown = f'<div class="two-columns right-sidebar"><p class="date">20 novembre 2026</p>{filler}</div>'
    assert published(verdict_of("", shown)) == "2026-11-20"


def test_todays_date_in_the_masthead_is_not_the_articles() -> None:
    masthead = f'<div class="top"><span class="date">22 novembre 2026</span>{"<a>Rubrique</a>" * 40}</div>'
    article = f"<div><h2>Un titre assez long pour être reconnu</h2><p>ACME<br>20 novembre 2026, 9h00</p>{BODY}</div>"
    title_ = "<title>Un titre assez long pour être reconnu</title>"
    assert published(verdict_of(title_, masthead + article)) == "2026-11-20T09:00"


def test_bloggers_own_box_is_called_a_widget() -> None:
    post = '<h2 class="date-header"><span>20 novembre 2026</span></h2>'
    filler = "<p>Un paragraphe.</p>" * 60
    page = f'<div class="widget Blog" data-version="1" id="Blog1">{post}</div>{filler}'
    assert published(verdict_of("", page)) == "2026-11-20"


def test_json_ld_tells_the_minute_and_the_visible_day_agrees() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un titre",
        "datePublished": "2026-11-20T09:00:12+01:00", "dateModified": "2026-11-21T10:00:00+01:00"}</script>"""
    verdict = verdict_of(head, ARTICLE.format('<span class="date">20 novembre 2026</span>'))
    assert published(verdict) == "2026-11-20T09:00:12+01:00"
    assert verdict.modified is not None
    assert verdict.modified.value == "2026-11-21T10:00:00+01:00"


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.com/2018/09/01/titre.html", "2018-09-01"),
        ("https://example.com/2018/sep/1/titre", "2018-09-01"),
        ("https://example.com/news/20180901-titre", "2018-09-01"),
        ("https://example.com/2018/09/titre", "2018-09"),
        ("https://example.com/titre-20189901", None),
        ("https://example.com/tel/0123456789", None),
    ],
)
def test_a_url_alone_gives_a_bare_day(url: str, value: str | None) -> None:
    assert published(verdict_of("", ARTICLE.format(""), url=url)) == value


@pytest.mark.parametrize(
    "other",
    [
        '<aside><ul class="recent-posts"><li><time datetime="2026-11-19T10:00:00Z">x</time></li></ul></aside>',
        '<div class="comments"><time datetime="2026-11-19T10:00:00Z">19 novembre 2026</time></div>',
        '<div class="event-card"><span class="event-date">19 novembre 2026</span></div>',
        "<footer>© 2014-2026 Exemple</footer>",
        '<blockquote class="twitter-tweet">Bonjour <a>19 novembre 2026</a></blockquote>',
        '<nav><span class="date">19 novembre 2026</span></nav>',
    ],
)
def test_dates_of_other_things_never_win(other: str) -> None:
    assert published(verdict_of("", ARTICLE.format("") + other)) is None
    dated = ARTICLE.format('<time datetime="2026-11-20T09:00:00+01:00">x</time>') + other * 3
    assert published(verdict_of("", dated)) == "2026-11-20T09:00:00+01:00"


def test_a_date_within_prose_is_not_the_articles() -> None:
    prose = "<p>Le 3 mai 2024, le groupe avait annoncé un accord avec son concurrent de toujours, à la surprise de</p>"
    assert published(verdict_of("", ARTICLE.format(prose))) is None


def test_the_label_before_a_date_tells_its_role() -> None:
    shown = "<p>Publié le <time>18 novembre 2026</time> - Mis à jour le <time>20 novembre 2026</time></p>"
    verdict = verdict_of("", ARTICLE.format(shown))
    assert published(verdict) == "2026-11-18"
    assert verdict.modified is not None
    assert verdict.modified.value == "2026-11-20"


@pytest.mark.parametrize(
    ("shown", "first", "changed"),
    [
        ("18 novembre 2026 | 18:03 Mis à jour : 19 novembre 2026 | 09:10", "2026-11-18T18:03", "2026-11-19T09:10"),
        ("18 novembre 2026 à 18:03, mis à jour à 20:10", "2026-11-18T18:03", "2026-11-18T20:10"),
        ("<b>18 novembre 2026</b> <i>Mis à jour : 19 novembre 2026</i>", "2026-11-18", "2026-11-19"),
    ],
)
def test_a_line_that_tells_of_a_change_besides_keeps_its_own_date(shown: str, first: str, changed: str) -> None:
    verdict = verdict_of("", ARTICLE.format(f"<div class=meta>{shown}</div>"))
    assert published(verdict) == first
    assert verdict.modified is not None
    assert verdict.modified.value == changed


def test_unmarked_lines_that_tell_of_a_change_first_do_not_hide_the_publication() -> None:
    lines = "<p>UPDATED: 2:15 p.m. Nov. 18, 2026</p><p>PUBLISHED: Nov. 17, 2026 at 6:30 a.m.</p>"
    verdict = verdict_of("", ARTICLE.format(lines), languages=("en",))
    assert published(verdict) == "2026-11-17T06:30"
    assert verdict.modified is not None
    assert verdict.modified.value == "2026-11-18T14:15"
    spans = "<div class=dates><b>Modifié : 18 novembre 2026</b><b>17 novembre 2026</b></div>"
    assert published(verdict_of("", ARTICLE.format(spans))) == "2026-11-17"


def test_the_days_that_something_lasts_are_no_dateline() -> None:
    assert (
        published(verdict_of("", ARTICLE.format("<p class=when>17 - 19 November 2026</p>"), languages=("en",))) is None
    )


def test_a_short_sentence_that_names_a_day_is_no_dateline() -> None:
    box = "<div class=author><p>Ann joined The Post on 1 May 2020.</p></div>"
    assert published(verdict_of("", ARTICLE.format("") + box, languages=("en",))) is None


def test_an_amp_page_of_wordpress_keeps_what_its_age_allows() -> None:
    page = """<html amp><head><meta name="generator" content="AMP for WP 1.0.77">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un titre",
        "datePublished": "2026-11-22T08:27:53+01:00"}</script></head>"""
    shown = ARTICLE.format('<div class="post-date"><div class="loop-date">3 heures ago</div></div>')
    built = Page(f"{page}<body>{shown}</body></html>", url="https://example.com/a/amp", fetched_at=FETCHED)
    doc = Document(parsing.parse(decoding.decode(built.html, None)), built)
    told = structured.read(doc)
    _, headline = title.read(doc, told)
    claims = datelines.read(doc, told, headline=headline, languages=("fr",))
    verdict = dates.decide(claims, fetched_at=FETCHED, languages=("fr",))
    assert published(verdict) == "2026-11-22T09:27:53+01:00"
    assert verdict.amp_clock_is_gmt is True
