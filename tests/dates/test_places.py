"""Dates and ages that nothing marks: the place tells whose they are, in any element, with hashes for classes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newsscraper
from newsscraper.extraction.page import Page
from newsscraper.extraction.reading import read_page

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)
TEXT = "".join(
    f"<p>The water board of Aldermere will rebuild lock number {n}, which a winter of floods had torn down.</p>"
    for n in range(5)
)
STORY = '<a href="/n/{0}.html">Bakers of the harbour town go on strike again, number {0}</a>'
RAIL = "".join(f'<div class="k{n}">{STORY.format(n)} <span class="date">{n + 2} min ago</span></div>' for n in range(3))
CARDS = "".join(f"<article><h3>{STORY.format(n)}</h3><span>{n + 2} hours ago</span></article>" for n in range(3))
TALK = "".join(f"<div><b>Ann {n}</b> <i>{n + 2} hours ago</i><p>Well said, and true.</p></div>" for n in range(3))


def page(below: str = "", *, above: str = "", foot: str = "", inside: str = "", after: str = "") -> str:
    return (
        f'<html lang="en"><body><div><a href="/">Example</a></div><div class="x9">{above}<h1>Old lock, new gates</h1>'
        f"{below}{TEXT}{inside}{TEXT}{foot}</div>{after}<footer>© 2026 Example</footer></body></html>"
    )


def published(html: str) -> str | None:
    return newsscraper.extract(html, url="https://www.example.com/lock.html", fetched_at=FETCHED).date_published


OWN = [
    ("below", "<p>Published 5 days ago</p>"),
    ("below", '<div class="f3a"><small>5 days ago</small></div>'),
    ("below", "<ul><li>Owen Brack</li><li>5 days ago</li><li>4 min read</li></ul>"),
    ("below", "<p><span>Posted</span><span>5 days ago</span></p>"),
    ("below", '<p><a href="/author/7">Owen Brack</a> · 5 days ago · 4 min read</p>'),
    ("below", "<dl><dt>Published</dt><dd>5 days ago</dd></dl>"),
    ("below", "<p><b>Owen Brack</b><br>5 days ago</p>"),
    ("below", '<span class="age">5 days ago</span>'),
    ("below", "<p>By Owen Brack, 5 days ago, Aldermere</p>"),
    ("above", "<p>Region | 5 days ago</p>"),
    ("foot", "<p><em>Posted 5 days ago</em></p>"),
]


@pytest.mark.parametrize(("place", "line"), OWN)
@pytest.mark.parametrize("when", ["5 days ago", "17 November 2026"])
@pytest.mark.parametrize("other", [RAIL, CARDS, TALK], ids=["rail", "cards", "comments"])
def test_the_place_tells_that_a_date_is_the_articles(place: str, line: str, when: str, other: str) -> None:
    assert published(page(**{place: line.replace("5 days ago", when)}, after=other)) == "2026-11-17"


@pytest.mark.parametrize(
    "other",
    [
        {"after": RAIL},
        {"after": CARDS},
        {"after": TALK},
        {"foot": TALK},
        {"foot": "<h3>1 comment</h3><div><b>Ann</b> <i>2 hours ago</i><p>Well said, and true.</p></div>"},
        {"inside": f"<div>{STORY.format(1)}<br>2 hours ago</div>"},
        {"above": f"<div>{STORY.format(1)} <i>2 min ago</i></div>"},
        {"inside": "<form><p>Our letter: 2 hours ago</p><button>Send</button></form>"},
        {"inside": "<p>The mayor resigned 2 days ago, and nobody in the town hall knows who comes next to it.</p>"},
        {"below": "<p>4 min read</p>"},
        {"below": "<dl><dt>Last comment:</dt><dd>2 hours ago</dd></dl>"},
        {"after": "<div><b>14°</b> <i>2 min ago</i></div>"},
        {"below": TALK},
        {
            "inside": "".join(
                f"<div class=e{n}><b>{n + 2} min ago</b><p>The water rose again.</p></div>" for n in range(3)
            )
        },
        {"foot": "<div><h4>Replies</h4><ul><li><b>Ann</b><time>2 hours ago</time><div>So true.</div></li></ul></div>"},
    ],
)
def test_an_age_of_another_thing_or_of_nobody_for_sure_is_no_date(other: dict[str, str]) -> None:
    assert published(page(**other)) is None


def test_the_articles_own_line_wins_over_a_finer_age_of_the_same_class() -> None:
    own = '<div><span class="date">5 days ago</span></div>'
    assert published(page(own, after=f'<div class="strip">{RAIL}</div>')) == "2026-11-17"


def test_a_date_of_publication_beats_a_download_called_publication() -> None:
    shown = '<div class="elementor-widget teaser-head">Datum: | 17.11.2026</div>'
    download = '<a class="Publication" href="/report.pdf">Report of 3 May 2019, 2 MB</a>'
    html = page(shown, foot=f"<p>{download}</p>").replace('lang="en"', 'lang="de"')
    assert published(html) == "2026-11-17"


def test_an_update_beside_the_publication_keeps_its_role() -> None:
    html = page("<div><b>Updated</b> <i>2 hours ago</i></div><div><b>Published</b> <i>5 days ago</i></div>")
    article = newsscraper.extract(html, url="https://www.example.com/lock.html", fetched_at=FETCHED)
    assert article.date_published == "2026-11-17"
    assert article.date_modified == "2026-11-22T09:00:00+00:00"


def test_explain_tells_whose_each_moment_was_taken_to_be() -> None:
    html = page("<p>5 days ago</p>", after=RAIL + TALK)
    reading = read_page(Page(html, url="https://www.example.com/lock.html", fetched_at=FETCHED), explain=True)
    told = {step.text: step.reason for step in reading.steps if step.part == "date" and step.verdict == "set aside"}
    assert told["2 min ago"].startswith("another story's: ")
    assert told["3 hours ago"].startswith("a comment's: ")
