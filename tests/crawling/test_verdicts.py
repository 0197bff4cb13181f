"""What became of a candidate, as a table: what was asked, what came, what the site has taught → verdict and reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from newsscraper.article import Article, DateEvidence, Dates
from newsscraper.crawling import verdicts
from newsscraper.crawling.arguments import Arguments
from newsscraper.crawling.fetching import Answer
from newsscraper.crawling.pages import ReadPage, Unreadable
from newsscraper.crawling.verdicts import Outcome, Standing, Taught, Verdict
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Tally
from newsscraper.extraction.page import Page, Reading
from newsscraper.middlewares.reasons import reason
from tests.addresses import at

HOST = "https://paper.example"
STORY = f"{HOST}/news/a-mill-opens-again-in-dray"
SHORT = f"{HOST}/vallee/dray"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PROSE = "The mill by the river has opened again after eleven years of repairs. " * 8


def asked(url: str = STORY, way: Any = "listing", **more: Any) -> Candidate:
    return Candidate(at(url), way, **more)


def came(url: str = STORY, **more: Any) -> Answer:
    more.setdefault("response", HtmlResponse(url, body=b"<p>x</p>"))
    return Answer(at(url), status=200, **more)


def page(url: str = STORY, *, body: bytes = b"<p>x</p>", date: str | None = "2026-11-20", **more: Any) -> ReadPage:
    """Return a page that reads like an article, but for what is said."""
    canonical, parts = more.pop("canonical", None), more.pop("parts", ())
    evidence = DateEvidence(date, more.pop("source", "meta"), "day", "explicit") if date else None
    words = {"title": "A mill opens again", "text": PROSE, "authors": [], **more.pop("article", {})}
    article = Article(date_published=date, dates=Dates(published=evidence), **words)
    reading = Reading(**{"kind": "article", "article": article, "odds": 1.0, "template": "t", **more})
    return ReadPage(
        at(url),
        HtmlResponse(url, body=body),
        reading,
        Page(body, url, NOW),
        canonical=at(canonical) if canonical else None,
        parts=tuple(map(at, parts)),
    )


@pytest.mark.parametrize(
    ("slug", "outcome"),
    [
        ("timeout", Outcome.AGAIN),
        ("unavailable", Outcome.AGAIN),
        ("not-found", Outcome.NEVER),
        ("stopped", Outcome.LEFT),
    ],
)
def test_a_request_that_failed(slug: str, outcome: Outcome) -> None:
    cause = reason(slug)
    expected = Verdict(outcome, cause.sentence, failed=True)
    assert verdicts.of_failure(cause) == expected
    assert verdicts.of_answer(asked(), came(response=None, reason=cause), Taught()) == expected


@pytest.mark.parametrize(
    ("candidate", "answer", "taught", "outcome", "words"),
    [
        (asked(), came(), Taught(), None, ""),
        (asked(), came(response=None, unchanged=True), Taught(), Outcome.UNCHANGED, "unchanged"),
        (asked(), came(), Taught(same_body=True), Outcome.UNCHANGED, "unchanged"),
        (asked(), came(f"{HOST}/"), Taught(), Outcome.NO_ARTICLE, "the home page"),
        (asked(), came(f"{HOST}/login?next=/x"), Taught(), Outcome.NO_ARTICLE, "a login or an account"),
        (asked(), came(f"{HOST}/local"), Taught(came=Standing(kind="listing")), Outcome.NO_ARTICLE, "a listing"),
        (asked(), came(f"{HOST}/gone"), Taught(came=Standing(kind="other")), Outcome.NO_ARTICLE, "no article"),
        (asked(), came(f"{HOST}/gone"), Taught(), None, ""),
        (asked(), came(f"{HOST}/agenda/2026/11/a-mill-opens-again"), Taught(), None, ""),
        (
            asked(),
            came(f"{STORY}-2"),
            Taught(came=Standing(taken=True)),
            Outcome.OTHER_ADDRESS,
            "another address of an article",
        ),
        (asked(), came(f"{STORY}-2", response=None), Taught(), Outcome.OTHER_ADDRESS, "another address of an article"),
    ],
)
def test_an_answer(candidate: Candidate, answer: Answer, taught: Taught, outcome: Outcome | None, words: str) -> None:
    verdict = verdicts.of_answer(candidate, answer, taught)
    assert (verdict and verdict.outcome, verdict.reason if verdict else "") == (outcome, words)


@pytest.mark.parametrize(("again", "outcome"), [(True, Outcome.AGAIN), (False, Outcome.NO_ARTICLE)])
def test_a_page_that_cannot_be_read(again: bool, outcome: Outcome) -> None:
    assert verdicts.of_unreadable(Unreadable("no web page", again=again)) == Verdict(
        outcome, "no web page", failed=again
    )


POSTS = at(f"{HOST}/post-sitemap.xml")
MAP = at(f"{HOST}/sitemap.xml")
PASSWORD = b'<form action="/wp-login.php?action=postpass"><input name="post_password">'
OTHER = {"kind": "other", "odds": -1.0}
ALIKE = Taught(likes=2)
PRIOR = Taught(asked=Standing(tally=Tally(vouched=6, articles=9)))


@pytest.mark.parametrize(
    ("candidate", "read", "taught", "outcome", "words"),
    [
        (asked(), page(), Taught(), Outcome.ARTICLE, ""),
        # what is none, whatever others say
        (asked(way="feed"), page(article={"text": None}), Taught(), Outcome.NO_ARTICLE, "no text"),
        (asked(way="feed"), page(article={"title": None}), Taught(), Outcome.NO_ARTICLE, "no text"),
        (
            asked(way="feed"),
            page(body=PASSWORD, article={"text": "Closed."}),
            Taught(),
            Outcome.NO_ARTICLE,
            "behind a password",
        ),
        (asked(way="feed"), page(needs_javascript=True), Taught(), Outcome.NO_ARTICLE, "no text without JavaScript"),
        # dates
        (asked(SHORT), page(SHORT, date=None), Taught(), Outcome.NO_ARTICLE, "nothing dates it"),
        (asked(SHORT, "feed"), page(SHORT, date=None), Taught(), Outcome.ARTICLE, ""),
        (asked(SHORT, "urls"), page(SHORT, date=None), Taught(), Outcome.ARTICLE, ""),
        (asked(), page(date=None), Taught(), Outcome.ARTICLE, ""),
        (asked(SHORT), page(SHORT, date=None), Taught(asked=Standing(tally=Tally(vouched=1))), Outcome.ARTICLE, ""),
        # others' word
        (asked(SHORT), page(SHORT, kind="listing"), Taught(), Outcome.NO_ARTICLE, "a listing"),
        (asked(SHORT, "feed"), page(SHORT, **OTHER), Taught(), Outcome.ARTICLE, ""),
        (asked(SHORT, "sitemap", source=POSTS), page(SHORT, **OTHER), Taught(), Outcome.ARTICLE, ""),
        (asked(SHORT, "sitemap", source=MAP), page(SHORT, kind="listing"), Taught(), Outcome.NO_ARTICLE, "a listing"),
        (asked(SHORT), page(SHORT, **OTHER), Taught(declared=re.compile("vallee")), Outcome.ARTICLE, ""),
        (asked(SHORT), page(SHORT, **OTHER), PRIOR, Outcome.ARTICLE, ""),
        (asked(SHORT, "urls"), page(SHORT, **OTHER, date=None), Taught(), Outcome.NO_ARTICLE, "no article"),
        (asked(SHORT, "urls"), page(SHORT, **OTHER), Taught(asked=Standing(kind="article")), Outcome.ARTICLE, ""),
        # pages of one template
        (asked(SHORT), page(SHORT, **OTHER), Taught(), Outcome.WAITS, "no article"),
        (asked(SHORT), page(SHORT, **OTHER), Taught(likes=1), Outcome.WAITS, "no article"),
        (asked(SHORT), page(SHORT, **OTHER), ALIKE, Outcome.ARTICLE, ""),
        (asked(SHORT), page(SHORT, **OTHER, date=None, article={"authors": ["Jo Marsh"]}), ALIKE, Outcome.ARTICLE, ""),
        (asked(SHORT), page(SHORT, **OTHER, date=None), ALIKE, Outcome.NO_ARTICLE, "no article"),
        (
            asked(SHORT),
            page(SHORT, **OTHER, article={"text": "Closed today."}),
            ALIKE,
            Outcome.NO_ARTICLE,
            "no article",
        ),
        (asked(SHORT), page(SHORT, kind="other", odds=-4.0), ALIKE, Outcome.NO_ARTICLE, "no article"),
        (asked(SHORT), page(SHORT, kind="listing"), ALIKE, Outcome.NO_ARTICLE, "a listing"),
        # words in the address
        (asked(f"{HOST}/agenda/2026/11/a-mill"), page(source="url"), Taught(), Outcome.NO_ARTICLE, "no article"),
        (asked(f"{HOST}/agenda/2026/11/a-mill"), page(), Taught(), Outcome.ARTICLE, ""),
        (asked(f"{HOST}/agenda/2026/11/a-mill", "feed"), page(source="feed"), Taught(), Outcome.ARTICLE, ""),
        # led astray: what its feed says is not said of the page that came
        (asked(way="feed"), page(f"{HOST}/gone", **OTHER), Taught(), Outcome.NO_ARTICLE, "no article"),
        (asked(way="feed"), page(f"{HOST}/gone", date=None), Taught(), Outcome.NO_ARTICLE, "nothing dates it"),
        (asked(way="feed"), page(f"{STORY}-now", **OTHER), Taught(), Outcome.ARTICLE, ""),
        # the page that the site shows for what is not there
        (
            asked(way="feed"),
            page(**OTHER),
            Taught(title_of_nothing="A mill opens again"),
            Outcome.NO_ARTICLE,
            "the site's answer for pages that do not exist",
        ),
        (asked(way="feed"), page(), Taught(title_of_nothing="A mill opens again"), Outcome.ARTICLE, ""),
    ],
)
def test_whether_a_page_is_an_article(
    candidate: Candidate, read: ReadPage, taught: Taught, outcome: Outcome, words: str
) -> None:
    verdict = verdicts.of_page(candidate, read, taught)
    assert (verdict.outcome, verdict.reason) == (outcome, words)


OWN, PLAIN, NEXT = f"{STORY}?from=home", STORY, f"{STORY}/2"


@pytest.mark.parametrize(
    ("read", "taught", "outcome", "address"),
    [
        (page(OWN), Taught(), Outcome.ARTICLE, OWN),
        (page(OWN, canonical=PLAIN), Taught(), Outcome.ARTICLE, PLAIN),
        (page(OWN, canonical=PLAIN), Taught(canonical=Standing(taken=True)), Outcome.OTHER_ADDRESS, None),
        (page(OWN, canonical=PLAIN), Taught(lying=True), Outcome.ARTICLE, OWN),
        (page(OWN, canonical=f"{HOST}/local"), Taught(canonical=Standing(kind="listing")), Outcome.ARTICLE, OWN),
        (page(OWN, canonical=f"{HOST}/?s=mill"), Taught(), Outcome.ARTICLE, OWN),
        (page(OWN, canonical=PLAIN), Taught(declared=re.compile("from=home")), Outcome.ARTICLE, OWN),
        (page(OWN, canonical=PLAIN, is_amp=True), Taught(canonical=Standing(new=True)), Outcome.OTHER_ADDRESS, PLAIN),
        (page(OWN, canonical=PLAIN, is_amp=True), Taught(), Outcome.ARTICLE, PLAIN),
        (page(NEXT, parts=(PLAIN, NEXT), page_number=2), Taught(), Outcome.OTHER_ADDRESS, PLAIN),
        (page(PLAIN, parts=(PLAIN, NEXT)), Taught(), Outcome.ARTICLE, PLAIN),
    ],
)
def test_under_which_address(read: ReadPage, taught: Taught, outcome: Outcome, address: str | None) -> None:
    verdict = verdicts.of_page(asked(read.address.text, "feed"), read, taught)
    assert (verdict.outcome, verdict.address and verdict.address.text) == (outcome, address)


SINCE, UNTIL = datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("arguments", "article", "words"),
    [
        (Arguments(), Article(date_published="2026-11-01"), None),
        (Arguments(since=SINCE), Article(date_published="2026-11-09"), "older than since"),
        (Arguments(since=SINCE), Article(date_published="2026-11-10"), None),
        (Arguments(until=UNTIL), Article(date_published="2026-11-21T08:00:00+00:00"), "newer than until"),
        (Arguments(since=SINCE, until=UNTIL), Article(), None),
        (Arguments(sections=("cloud",)), Article(url=STORY, categories=["Business"]), "another section"),
        (Arguments(sections=("cloud",)), Article(url=STORY, categories=["Cloud"]), None),
    ],
)
def test_whether_an_article_is_wanted(arguments: Arguments, article: Article, words: str | None) -> None:
    verdict = verdicts.of_article(asked(), article, arguments)
    assert (verdict.reason if verdict else None) == words
    assert verdict is None or verdict.outcome is Outcome.NOT_WANTED
    assert verdicts.of_article(asked(way="urls"), article, arguments) is None, "what is asked for by name is wanted"


def test_a_verdict_changes_nothing() -> None:
    candidate, read, taught = asked(SHORT), page(SHORT, **OTHER), Taught(likes=1)
    before = replace(candidate), repr(read.reading), repr(taught)
    verdicts.of_page(candidate, read, taught)
    assert (candidate, repr(read.reading), repr(taught)) == before
