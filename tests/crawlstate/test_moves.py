"""An article that has moved keeps its id; that it has is told by title, publication and text."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from newsscraper.article import Article
from newsscraper.crawlstate import SiteState
from newsscraper.digest import content_hash
from newsscraper.pipelines.revise import revise
from newsscraper.urls import article_id
from tests.crawlstate.builders import NOW, SITE, article, dated, opened, write_lines

OLD = f"https://{SITE}/story-1.html"
NEW = f"https://{SITE}/cloud-1370/story-1"
NEWER = f"https://{SITE}/archive/story-1"
MOMENT = dated("2024-03-05T09:12:33+01:00", "second")


def _first(**fields: Any) -> Article:
    return article(1, url=OLD, **(MOMENT | fields))


def _again(url: str = NEW, **fields: Any) -> Article:
    return article(1, url=url, **(MOMENT | fields))


def _deliver(state: SiteState, *articles: Article) -> None:
    for each in articles:
        revise(each, state)
    state.delivered(articles, NOW)


def _move(state: SiteState, found: Article, moved_id: str) -> str:
    """Do what a crawl does when it has found where an article is now."""
    state.moved(moved_id, found.url or "")
    found.id = state.id_at(found.url or "")
    return revise(found, state)


def _suspects(output: Path, first: Article, again: Article) -> list[bool]:
    with opened(output) as state:
        _deliver(state, first)
        state.finish_run(NOW, {})
    with opened(output) as state:
        return [suspect.is_sure for suspect in state.suspects(again)]


def _edited(text: str, share: float) -> str:
    words = text.split()
    kept = round(len(words) * share)
    return " ".join([*words[:kept], *(f"other{number}" for number in range(len(words) - kept))])


@pytest.mark.parametrize(
    ("again", "verdict"),
    [
        ({}, [True]),
        (dated("2024-03-05T08:12:33+00:00", "second"), [True]),
        (dated("2024-03-05", "day"), [True]),
        (dated("2024-03", "month"), [True]),
        ({"categories": ["Data & IA"], "authors": ["Zoé"]}, [True]),
        ({"text": _edited(_first().text or "", 0.95)}, [True]),
        ({"title": "Story 1, with another headline"}, [False]),
        ({"text": _edited(_first().text or "", 0.3)}, [False]),
        (dated("2024-03-05T09:12:34+01:00", "second"), []),
        (dated("2024-03-08", "day"), []),
        ({"date_published": None}, [False]),
        ({"date_published": None, "title": "Another story"}, []),
    ],
    ids=str,
)
def test_title_publication_and_text_tell_whether_a_page_is_an_article_that_moved(
    tmp_path: Path, again: dict[str, Any], verdict: list[bool]
) -> None:
    assert _suspects(tmp_path, _first(), _again(**again)) == verdict


def test_a_column_of_one_title_and_day_is_another_article_every_time(tmp_path: Path) -> None:
    day = dated("2024-03-05", "day")
    assert _suspects(tmp_path, _first(**day), _again(text=_edited(_first().text or "", 0.9), **day)) == [False]


def test_a_short_text_must_be_the_same_to_the_word(tmp_path: Path) -> None:
    assert _suspects(tmp_path, _first(text="It rains."), _again(text="It rains!")) == [True]
    assert _suspects(tmp_path / "other", _first(text="It rains."), _again(text="It snows.")) == [False]


def test_an_article_that_this_run_saw_at_its_address_has_not_moved(tmp_path: Path) -> None:
    with opened(tmp_path) as state:
        _deliver(state, _first())
        assert state.suspects(_again()) == []
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        assert revise(_first(), state) == "unchanged"
        assert state.suspects(_again()) == []


def test_of_two_copies_that_move_each_keeps_its_id(tmp_path: Path) -> None:
    copy = dataclasses.replace(_first(), id=article_id(f"https://{SITE}/copy"), url=f"https://{SITE}/copy")
    with opened(tmp_path) as state:
        _deliver(state, _first(), copy)
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        kept = []
        for url in (NEW, NEWER):
            found = _again(url)
            known = state.suspects(found)[0].memory.id
            _move(state, found, known)
            kept.append(found)
        state.delivered(kept, NOW)
    assert [found.id for found in kept] == [_first().id, copy.id]
    assert [found.duplicate_of for found in kept] == [None, _first().id]


def test_an_article_keeps_its_id_over_two_moves_with_a_line_for_each(tmp_path: Path) -> None:
    first = _first()
    with opened(tmp_path) as state:
        _deliver(state, first)
        state.finish_run(NOW, {})
    for revision, url in enumerate((NEW, NEWER), start=2):
        with opened(tmp_path) as state:
            found = _again(url, categories=[f"Section {revision}"])
            assert _move(state, found, state.suspects(found)[0].memory.id) == "changed"
            state.delivered([found], NOW)
            assert (found.id, found.revision, found.first_seen_at) == (first.id, revision, first.first_seen_at)
            assert found.changed == ["url", "categories"]
            state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        for url in (OLD, NEW, NEWER):
            again = _again(url, categories=["Section 3"])
            again.id = state.id_at(url)
            assert again.id == first.id
            assert revise(again, state) == "unchanged"


def test_a_former_address_that_still_answers_is_no_move_back(tmp_path: Path) -> None:
    with opened(tmp_path) as state:
        _deliver(state, _first())
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        found = _again()
        _move(state, found, found.id and state.suspects(found)[0].memory.id)
        state.delivered([found], NOW)
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        old = _first(title="Story 1, corrected")
        old.id = state.id_at(OLD)
        assert revise(old, state) == "changed"
        assert (old.url, old.changed, old.revision) == (NEW, ["title"], 3)


def test_the_state_is_rebuilt_from_the_lines_moves_and_all(tmp_path: Path) -> None:
    moved = _again(id=article_id(OLD), revision=2, changed=["url"])
    write_lines(tmp_path, _first(), moved)
    with opened(tmp_path) as state:
        assert (state.id_at(OLD), state.id_at(NEW)) == (article_id(OLD), article_id(OLD))
        memory = state.article(article_id(OLD))
        assert memory is not None
        assert (memory.url, memory.revision) == (NEW, 2)
        assert state.articles_known() == 1


def test_a_move_whose_line_is_not_written_is_forgotten(tmp_path: Path) -> None:
    with opened(tmp_path) as state:
        _deliver(state, _first())
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        state.moved(article_id(OLD), NEW)
        assert state.id_at(NEW) == article_id(OLD)
        found = _again()
        found.id = state.id_at(NEW)
        state.refused(found, "invalid")
        assert state.id_at(NEW) == article_id(NEW)


def test_near_duplicates_keep_pointing_at_the_same_id(tmp_path: Path) -> None:
    copy = article(1, url=f"https://{SITE}/copy-2.html", **dated("2024-05-01T10:00:00+02:00", "second"))
    copy.title = "Story 1 again"
    copy.content_hash = content_hash(copy)
    with opened(tmp_path) as state:
        _deliver(state, _first(), copy)
        assert copy.duplicate_of == article_id(OLD)
        state.finish_run(NOW, {})
    with opened(tmp_path) as state:
        for found, known in ((_again(), article_id(OLD)), (dataclasses.replace(copy, url=NEWER), copy.id)):
            _move(state, found, known or "")
            state.delivered([found], NOW)
            assert found.duplicate_of == (article_id(OLD) if known == copy.id else None)
