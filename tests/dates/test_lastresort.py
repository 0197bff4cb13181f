"""dateparser, asked where ours reads nothing: declared languages only, words only, only what the text bears out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsscraper import dates
from newsscraper.dates import Claim
from newsscraper.dates.lastresort import read_last
from newsscraper.extraction.page import Page
from newsscraper.extraction.reading import read_page

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "languages", "expected"),
    [
        ("2018 Ndira 9", ("sn",), "2018-01-09"),
        ("3 diwrnod yn ôl", ("cy",), "2026-11-19"),
        ("3 jándora árat", ("se",), "2026-11-19"),
        ("2018 Ndira 9", (), None),
        ("2018 Ndira 9", ("fr",), None),
        ("01/09/2018", ("en",), None),
        ("17 - 19 November 2026", ("en",), None),
        ("3 May", ("en",), None),
        ("4 min read", ("en",), None),
        ("ministers met on 3 May 2018", ("en",), None),
        ("3 people were there 5 days ago", ("en",), None),
        ("version 2.3 of 12 May 2018", ("en",), None),
    ],
)
def test_reads_what_the_text_bears_out_and_nothing_else(
    text: str, languages: tuple[str, ...], expected: str | None
) -> None:
    moment = read_last(text, reference=FETCHED, languages=languages)
    assert (moment.isoformat() if moment else None) == expected


def test_a_moment_says_who_read_it() -> None:
    ours = dates.parse("9 January 2018", reference=FETCHED, languages=("en",))
    last = dates.parse("2018 Ndira 9", reference=FETCHED, languages=("sn",))
    assert ours is not None
    assert last is not None
    assert (ours.reader, last.reader) == ("own", "dateparser")


def test_an_age_counts_on_the_sites_clock() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    moment = read_last("3 diwrnod yn ôl", reference=late, languages=("cy",), timezone="Asia/Tokyo")
    assert moment is not None
    assert (moment.isoformat(), moment.relative) == ("2026-11-20", True)


def test_it_is_asked_only_where_nothing_else_dates_the_page() -> None:
    shown = Claim("unknown", "2018 Ndira 9", "visible", "p below the headline")
    alone = dates.decide([shown], fetched_at=FETCHED, languages=("sn",))
    assert alone.published is not None
    assert alone.published.value == "2018-01-09"
    beside = dates.decide([shown, Claim("published", "2018-02-01", "json-ld")], fetched_at=FETCHED, languages=("sn",))
    assert beside.published is not None
    assert beside.published.value == "2018-02-01"
    assert (shown, "not read as a date") in beside.set_aside


def test_a_page_is_dated_by_it_and_explains_so() -> None:
    text = "<p>Àjọ omi ti ìlú náà yóò tún ìdènà omi àtijọ́ kọ́ lẹ́yìn òtútù tí ó kún fún omi ní ọdún tó kọjá.</p>" * 4
    page = f'<html lang="sn"><body><h1>Ìdènà omi tuntun</h1><p>2018 Ndira 9</p>{text}</body></html>'
    reading = read_page(Page(page, url="https://www.example.com/a", fetched_at=FETCHED), explain=True)
    assert reading.article is not None
    assert reading.article.date_published == "2018-01-09"
    reasons = [step.reason for step in reading.steps if step.part == "date" and step.verdict == "believed"]
    assert reasons == ["published 2018-01-09, read by dateparser"]
