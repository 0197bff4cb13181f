from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from newsscraper.discovery.candidate import Candidate
from tests.addresses import at

from .builders import HOUR, NOW, SITE, article, opened


def candidate(name: str, hours_old: float | None = None) -> Candidate:
    rank = None if hours_old is None else NOW - hours_old * HOUR
    return Candidate(at(f"https://{SITE}/{name}"), "sitemap", title=name, rank=rank)


def names(pending) -> list[str]:
    return [each.title for _, each in pending]


def test_what_is_found_twice_in_a_run_is_new_once(tmp_path: Path):
    with opened(tmp_path) as state:
        assert state.enqueue([candidate("a"), candidate("b")], kind="article") == [candidate("a"), candidate("b")]
        variants = [candidate("a/"), Candidate(at(f"http://www.{SITE}/b?utm_source=x"), "feed"), candidate("c")]
        assert state.enqueue(variants, kind="article") == [candidate("c")]


def test_pending_is_newest_first_then_undated_then_what_came_meanwhile(tmp_path: Path):
    with opened(tmp_path) as state:
        state.enqueue(
            [candidate("undated"), candidate("old", 9), candidate("new", 1), candidate("done", 2)], kind="article"
        )
        state.settle(at(f"https://{SITE}/done"), "failed")
        pending = state.pending()
        kind, first = next(pending)
        assert (kind, first) == ("article", candidate("new", 1))
        state.enqueue([candidate("late", 0)], kind="listing")
        assert names(pending) == ["old", "undated", "late"]


def test_pending_leaves_out_what_was_settled_while_it_was_read(tmp_path: Path):
    with opened(tmp_path) as state:
        state.enqueue([candidate("a", 1), candidate("b", 2)], kind="article")
        pending = state.pending()
        next(pending)
        state.settle(at(f"https://{SITE}/b"), "failed")
        assert names(pending) == []


def test_a_killed_run_is_taken_up_again_with_its_frontier(tmp_path: Path):
    with opened(tmp_path) as state:
        state.enqueue([candidate("a", 1), candidate("b", 2), candidate("c", 3)], kind="article")
        state.settle(at(f"https://{SITE}/a"), "not-an-article")
    with opened(tmp_path, now=NOW + HOUR) as state:
        assert state.run is not None
        assert state.run.resumed
        assert (state.run.number, state.run.started_at) == (1, NOW)
        assert names(state.pending()) == ["b", "c"]
        assert state.outcome(at(f"https://{SITE}/a")) == "not-an-article"
        assert state.enqueue([candidate("a"), candidate("b")], kind="article") == []


def test_a_finished_run_leaves_nothing_to_the_next(tmp_path: Path):
    with opened(tmp_path) as state:
        state.enqueue([candidate("a")], kind="article")
        assert state.outcomes() == {"pending": 1}
        state.finish_run(NOW + HOUR, {"reason": "finished"})
    with opened(tmp_path, now=NOW + 2 * HOUR) as state:
        assert state.run is not None
        assert (state.run.number, state.run.resumed) == (2, False)
        assert names(state.pending()) == []
        assert state.last_run() == (NOW, NOW + HOUR)


def test_an_unfinished_run_of_last_week_is_given_up(tmp_path: Path):
    with opened(tmp_path) as state:
        state.enqueue([candidate("a")], kind="article")
    with opened(tmp_path, now=NOW + timedelta(days=8)) as state:
        assert state.run is not None
        assert not state.run.resumed
        assert names(state.pending()) == []


def test_the_ways_to_an_article_are_settled_when_it_is_on_disk_and_not_before(tmp_path: Path):
    story = article()
    with opened(tmp_path) as state:
        state.enqueue([candidate("short-link"), candidate("twin/amp")], kind="article")
        state.settle_with(story, at(f"https://{SITE}/short-link"), at(f"https://{SITE}/twin/amp"))
        state.expect(story)
        assert names(state.pending()) == [], "it is on its way to disk: not to be fetched again"
        assert state.outcome(at(f"https://{SITE}/short-link")) is None
        state.delivered([story], NOW)
        assert {state.outcome(at(f"https://{SITE}/{each}")) for each in ("short-link", "twin/amp", "story-1.html")} == {
            "delivered"
        }
        # Said too late: the article is on disk already.
        state.settle_with(story, at(f"https://{SITE}/redirected"))
        assert state.outcome(at(f"https://{SITE}/redirected")) == "delivered"


def test_a_kill_between_reading_and_writing_leaves_the_ways_open(tmp_path: Path):
    story = article()
    with opened(tmp_path) as state:
        state.enqueue([candidate("short-link")], kind="article")
        state.settle_with(story, at(f"https://{SITE}/short-link"))
        state.expect(story)
    with opened(tmp_path) as state:
        assert names(state.pending()) == ["short-link"]
        assert state.article(story.id) is None


def test_fifty_thousand_urls_are_found_once(tmp_path: Path):
    with opened(tmp_path) as state:
        everything = [candidate(f"2026/{n}.html", n % 1000) for n in range(50_000)]
        assert len(state.enqueue(everything, kind="article")) == 50_000
        assert state.enqueue(everything, kind="article") == []
        ranks = [each.rank for _, each in state.pending()]
        assert len(ranks) == 50_000
        assert ranks == sorted(ranks, reverse=True)
