from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsscraper.crawlstate import PageMemory
from tests.addresses import at

from .builders import HOUR, NOW, SITE, article, dated, opened

URL = at(f"https://{SITE}/story-1.html")


def memory(**fields) -> PageMemory:
    return PageMemory(
        **({"etag": '"1"', "body_hash": "aa", "kind": "article", "fetched_at": NOW, "status": 200} | fields)
    )


def test_a_listing_is_remembered_at_once_and_over_runs(tmp_path: Path):
    with opened(tmp_path) as state:
        state.remember(at(f"https://{SITE}/feed"), memory(kind="feed", last_modified="Sun, 22 Nov 2026 08:00:00 GMT"))
    with opened(tmp_path) as state:
        known = state.page(at(f"http://www.{SITE}/feed/"))
        assert known == memory(kind="feed", last_modified="Sun, 22 Nov 2026 08:00:00 GMT", looks=1)
        assert state.page(at(f"https://{SITE}/other")) is None


def test_no_validator_is_on_disk_before_its_article(tmp_path: Path):
    story = article()
    with opened(tmp_path) as state:
        state.remember(URL, memory(article_id=story.id))
        state.expect(story)
        state.commit()
        assert state.page(URL) is None
        state.delivered([story], NOW)
        assert state.page(URL).etag == '"1"'


@pytest.mark.parametrize("verdict", ["unchanged", "refused"])
def test_other_verdicts_let_the_memory_through_too(tmp_path: Path, verdict: str):
    story = article()
    with opened(tmp_path) as state:
        state.delivered([story], NOW)
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        state.remember(URL, memory(article_id=story.id, body_hash="new"))
        assert state.page(URL).body_hash is None
        state.unchanged(story) if verdict == "unchanged" else state.refused(story, "invalid")
        assert state.page(URL).body_hash == "new"


def test_remembering_after_the_verdict_works_as_well(tmp_path: Path):
    story = article()
    with opened(tmp_path) as state:
        state.delivered([story], NOW)
        state.remember(URL, memory(article_id=story.id, body_hash="new"))
        assert state.page(URL).body_hash == "new"


def test_a_changed_page_keeps_its_old_validators_until_the_revision_is_on_disk(tmp_path: Path):
    story = article()
    with opened(tmp_path) as state:
        state.remember(URL, memory(article_id=story.id))
        state.delivered([story], NOW)
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        state.remember(URL, memory(article_id=story.id, etag='"2"', body_hash="bb"))
        assert state.page(URL).etag == '"1"'
    with opened(tmp_path) as state:
        assert state.page(URL).etag == '"1"', "killed before the revision was written"


def test_not_modified_counts_as_a_look_at_once(tmp_path: Path):
    story = article(**dated(NOW.isoformat(), "second"))
    with opened(tmp_path) as state:
        state.delivered([story], NOW)
        state.remember(URL, memory(article_id=story.id))
        state.finish_run(NOW, {})
    with opened(tmp_path, now=NOW + 2 * HOUR) as state:
        state.remember(URL, memory(article_id=story.id, fetched_at=NOW + 2 * HOUR, status=304))
        known = state.page(URL)
        assert (known.looks, known.next_look_at) == (3, NOW + 6 * HOUR)  # the first look is noted with the article


@pytest.mark.parametrize(
    ("age", "next_age"),
    [(0, 1), (0.5, 1), (1, 6), (5.9, 6), (6, 24), (30, 72), (100, 168), (168, None), (10_000, None)],
)
def test_an_article_is_looked_at_again_at_growing_ages(tmp_path: Path, age: float, next_age: float | None):
    published = NOW - age * HOUR
    story = article(**dated(published.isoformat(), "second"))
    with opened(tmp_path) as state:
        state.remember(URL, memory(article_id=story.id))
        state.delivered([story], NOW)
        expected = None if next_age is None else published + next_age * HOUR
        assert state.page(URL).next_look_at == expected
        assert state.due(NOW + timedelta(days=9), 10) == ([URL] if expected else [])
        assert state.due(NOW, 10) == []


def test_an_article_without_a_date_or_gone_is_not_due(tmp_path: Path):
    undated, gone = article(1), article(2, **dated(NOW.isoformat(), "second"))
    with opened(tmp_path) as state:
        state.delivered([undated, gone], NOW)
        state.remember(at(gone.url), memory(article_id=gone.id, status=410))
        assert state.due(NOW + timedelta(days=9), 10) == []


def test_due_gives_the_latest_first_and_no_more_than_asked(tmp_path: Path):
    stories = [article(n, **dated((NOW - n * HOUR / 10).isoformat(), "second")) for n in range(5)]
    with opened(tmp_path) as state:
        state.delivered(stories, NOW)
        assert state.due(NOW + HOUR, 2) == [at(stories[0].url), at(stories[1].url)]


def test_a_bare_day_counts_from_the_first_look_on_that_day(tmp_path: Path):
    story = article(**dated("2026-11-22", "day"))
    with opened(tmp_path) as state:
        state.delivered([story], NOW)
        assert state.page(URL).next_look_at == NOW + HOUR
