from __future__ import annotations

from pathlib import Path

from newsscraper.pipelines.revise import revise
from tests.crawlstate.builders import NOW, article, dated, opened

FINE = dated("2026-11-22T09:00:00+01:00", "second")


def test_a_new_revision_keeps_the_finer_date(tmp_path: Path):
    with opened(tmp_path) as state:
        first = article(1, **FINE)
        assert revise(first, state) == "new"
        state.delivered([first], NOW)
        for again in (article(1, title="Other", **dated("2026-11-22", "day")), article(1, title="Third")):
            assert revise(again, state) == "changed"
            assert again.changed == ["title"]
            assert again.date_published == "2026-11-22T09:00:00+01:00"
            assert again.dates.published == FINE["dates"].published
            state.delivered([again], NOW)
        assert again.revision == 3


def test_first_seen_is_that_of_the_first_whatever_the_clock_does(tmp_path: Path):
    with opened(tmp_path) as state:
        first = article(1)
        revise(first, state)
        state.delivered([first], NOW)
        back = article(1, title="Other", fetched_at="2025-01-01T00:00:00+00:00")
        revise(back, state)
        assert back.first_seen_at == first.first_seen_at == NOW.isoformat()


def test_two_readings_of_one_article_before_either_is_on_disk(tmp_path: Path):
    with opened(tmp_path) as state:
        first, same, changed = article(1), article(1), article(1, title="Other")
        assert [revise(each, state) for each in (first, same, changed)] == ["new", "unchanged", "changed"]
        assert changed.revision == 2
        state.delivered([first, changed], NOW)
        assert state.article(first.id).revision == 2
        assert revise(article(1, title="Other"), state) == "unchanged"
