"""Numeric dates whose order the page itself tells, updates beside publications, and other calendars in ISO's form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newsscraper
from newsscraper import dates
from newsscraper.address import Address
from newsscraper.discovery import feeds

TEXT = "".join(
    f"<p>The harbour board voted on Tuesday to rebuild breakwater number {n}, ending a long dispute.</p>"
    for n in range(6)
)
FETCHED = datetime(2023, 7, 18, 15, 0, tzinfo=UTC)


def both(line: str, *, html: str = "<html lang=en>", head: str = "", after: str = "") -> tuple[str | None, str | None]:
    body = f"<body><h1>Rain</h1>{line}{TEXT}{after}</body>"
    page = f"<!DOCTYPE html>{html}<head><title>Rain</title>{head}</head>{body}</html>"
    article = newsscraper.extract(page, url="https://www.example.com/news/rain", fetched_at=FETCHED)
    return article.date_published, article.date_modified


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p>Posted 02/03/2023 - Last updated 02/27/2023</p>", ("2023-02-03", "2023-02-27")),
        ("<p>Published 05.06.2023 | Updated 28.06.2023</p>", ("2023-06-05", "2023-06-28")),
        (
            "<div class=date>Created: 04/05/2023</div><div class=date>Modified: 04/30/2023</div>",
            ("2023-04-05", "2023-04-30"),
        ),
        ("<p>Published 11/07/2023</p>", ("2023-07-11", None)),
        ("<p>Published 05/06/2023</p>", (None, None)),
        ("<p>Published Tuesday, 06/06/2023 | Updated Monday, 03/07/2023</p>", ("2023-06-06", "2023-07-03")),
    ],
    ids=["month first", "day first", "two lines", "one reading is to come", "nothing tells", "weekday"],
)
def test_dates_of_one_notation_show_its_order(line: str, expected: tuple[str | None, str | None]) -> None:
    assert both(line) == expected


def test_the_dates_of_other_stories_show_the_order_too() -> None:
    rail = "".join(
        f"<li><a href=/s/{n}>A story about the weather of the coast {n}</a> 1/{n}/2023</li>" for n in (14, 23, 30)
    )
    assert both("<p>Published 05/06/2023</p>", after=f"<ul>{rail}</ul>") == ("2023-05-06", None)


@pytest.mark.parametrize(
    ("published", "modified", "expected"),
    [
        ("03/04/2023 08:15", "03/28/2023 09:00", ("2023-03-04T08:15", "2023-03-28T09:00")),
        ("Wed, 05/03/2023 - 07:05", "Wed, 05/17/2023 - 10:00", ("2023-05-03T07:05", "2023-05-17T10:00")),
        ("01.02.2023 10:00", "13.02.2023 11:00", ("2023-02-01T10:00", "2023-02-13T11:00")),
    ],
)
def test_metas_of_one_notation_show_its_order(published: str, modified: str, expected: tuple[str, str]) -> None:
    head = (
        f'<meta property="article:published_time" content="{published}">'
        f'<meta property="article:modified_time" content="{modified}">'
    )
    assert both("", head=head) == expected


@pytest.mark.parametrize(
    ("html", "head", "expected"),
    [
        ("<html lang=en-AU>", "", "2023-05-06"),
        ("<html lang=en-US>", "", "2023-06-05"),
        ("<html lang=en>", '<meta property="og:locale" content="en_NZ">', "2023-05-06"),
        ("<html lang=en>", '<meta http-equiv="content-language" content="en-PH">', "2023-06-05"),
        ("<html lang=fr-CA>", '<meta property="og:locale" content="en_GB">', "2023-05-06"),
        ("<html lang=en>", "", None),
    ],
)
def test_the_region_of_the_language_tells_the_order(html: str, head: str, expected: str | None) -> None:
    # Its words are English: what is declared for another language says nothing.
    assert both("<p>Published 06/05/2023</p>", html=html, head=head)[0] == expected


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (
            '<time itemprop="dateModified" datetime="2023-07-12T18:05:00+02:00">12.07.2023, 09:30 | Aktualisiert:'
            " 12.07.2023, 18:05</time>",
            ("2023-07-12T09:30", "2023-07-12T18:05"),
        ),
        (
            '<time class="updated" datetime="2023-07-11">Publié le 10/07/2023, mis à jour le 11/07/2023</time>',
            ("2023-07-10", "2023-07-11"),
        ),
        (
            '<time datetime="2023-07-13T08:00:00-04:00">Updated July 13, 2023 8:00 a.m. | Published July 12, 2023'
            " 6:00 a.m.</time>",
            ("2023-07-12T06:00", "2023-07-13T08:00"),
        ),
    ],
)
def test_one_element_that_shows_two_moments(element: str, expected: tuple[str, str]) -> None:
    published, modified = both(element, html="<html>")
    assert published is not None
    assert modified is not None
    assert (published[: len(expected[0])], modified[: len(expected[1])]) == expected


def test_words_that_are_read_in_another_order_do_not_beat_their_own_attribute() -> None:
    element = '<time datetime="2023-03-11T09:10:00+00:00">11/03/2023</time>'
    assert both(element, html="<html lang=en-US>")[0] == "2023-03-11T09:10:00+00:00"


@pytest.mark.parametrize(
    ("text", "languages", "expected"),
    [
        ("1402-11-30", ("fa",), "2024-02-19"),
        ("۱۴۰۰-۰۱-۰۱ ۰۸:۳۰", ("fa",), "2021-03-21T08:30"),
        ("1445-09-01", ("ar",), "2024-03-11"),
        ("2566-01-31T10:00", ("th",), "2023-01-31T10:00"),
        ("1403-07-12", ("en",), None),
        ("2567-10-05", ("fr",), None),
        ("2024-10-05", ("th",), "2024-10-05"),
    ],
)
def test_other_calendars_with_hyphens(text: str, languages: tuple[str, ...], expected: str | None) -> None:
    moment = dates.parse(text, reference=datetime(2026, 11, 22, tzinfo=UTC), languages=languages)
    assert (moment.isoformat() if moment else None) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<dc:date>2023-07-10T09:00:00Z</dc:date>", ("2023-07-10T09:00:00Z", None)),
        (
            "<pubDate>Mon, 10 Jul 2023 09:00:00 GMT</pubDate><dc:date>2023-07-10T09:00:00Z</dc:date>",
            ("Mon, 10 Jul 2023 09:00:00 GMT", None),
        ),
        (
            "<pubDate>Mon, 10 Jul 2023 09:00:00 GMT</pubDate><atom:updated>2023-07-11T09:00:00Z</atom:updated>",
            ("Mon, 10 Jul 2023 09:00:00 GMT", "2023-07-11T09:00:00Z"),
        ),
    ],
)
def test_the_dublin_core_date_of_a_feed_is_of_publication(item: str, expected: tuple[str, str | None]) -> None:
    address = Address.of("https://a.example/feed")
    assert address is not None
    feed = feeds.read(
        b'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        b"<item><title>A</title><link>/a</link>" + item.encode() + b"</item></channel></rss>",
        address,
    )
    candidate = feed.candidates[0]
    assert (candidate.published, candidate.modified) == expected


def test_a_moment_of_fetching_without_a_zone_is_refused_on_every_page() -> None:
    for page in ("<h1>Rain</h1><p>5 days ago</p>", "<p>It rained.</p>", ""):
        with pytest.raises(ValueError, match="fetched_at must be aware"):
            newsscraper.extract(page, fetched_at=datetime(2026, 11, 22, 11, 53))
