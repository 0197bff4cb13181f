"""A day file that has become shorter than the state says: a power cut on a disk that lied, a backup put back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsscraper.crawlstate import PageMemory
from newsscraper.discovery.candidate import Candidate
from tests.addresses import at

from .builders import NOW, article, opened, write_lines

DAY = "2026-11-22"


def deliver(output: Path, *articles, state, day: str = DAY) -> Path:
    """What the writer does: lines, then the state."""
    path = write_lines(output, *articles, day=day)
    lines = path.read_bytes().count(b"\n")
    state.delivered(articles, NOW, day_file=path.name, end=path.stat().st_size, lines=lines)
    return path


@pytest.mark.parametrize("harm", ["whole lines", "a torn line", "as long as it was, but not written"])
def test_what_is_lost_is_to_be_delivered_again_and_nothing_else(tmp_path: Path, caplog, harm: str):
    stories = [article(number) for number in range(5)]
    with opened(tmp_path) as state:
        for batch in (stories[:1], stories[1:4], stories[4:]):
            path = deliver(tmp_path, *batch, state=state)
        for each in stories:
            state.remember(at(each.url), PageMemory(etag="1", article_id=each.id, body_hash="2", fetched_at=NOW))
    whole = path.read_bytes()
    kept = b"".join(whole.splitlines(keepends=True)[:3])
    tail = {"whole lines": b"", "a torn line": whole[len(kept) : len(kept) + 40]}.get(
        harm, bytes(len(whole) - len(kept))
    )
    path.write_bytes(kept + tail)
    with opened(tmp_path) as state:
        assert f"lost its last {len(whole) - len(kept)} bytes, 2 line(s)" in caplog.text
        assert "2 article(s) are delivered again" in caplog.text
        assert [state.article(each.id) is None for each in stories] == [False] * 3 + [True] * 2
        assert set(state.due(datetime.now(UTC), 10)) == {at(each.url) for each in stories[3:]}
        assert state.page(at(stories[4].url)).etag is None, "else the server says that nothing has changed"
        assert state.page(at(stories[0].url)).etag == "1"
        assert state.near_duplicate(article(9, text=stories[4].text)) is None
        assert state.near_duplicate(article(9, text=stories[0].text)) == stories[0].id
    caplog.clear()
    with opened(tmp_path):
        assert "lost" not in caplog.text, "said once"


def test_a_lost_revision_is_delivered_again_under_its_number(tmp_path: Path):
    changed = article(1, title="Changed", revision=2, changed=["title"])
    with opened(tmp_path) as state:
        deliver(tmp_path, article(1), state=state, day="2026-11-21")
        path = deliver(tmp_path, article(2), changed, state=state)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    with opened(tmp_path) as state:
        assert state.article(changed.id).revision == 1
        assert state.article(article(2).id).revision == 1


def test_in_a_run_that_is_taken_up_again_they_wait_once_more(tmp_path: Path):
    stories = [article(number) for number in range(3)]
    with opened(tmp_path) as state:
        state.enqueue([Candidate(at(each.url), "sitemap") for each in stories], kind="article")
        path = deliver(tmp_path, *stories, state=state)
        assert not list(state.pending())
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:1]))
    with opened(tmp_path) as state:
        assert state.run.resumed
        assert [each.url for _, each in state.pending()] == [each.url for each in stories[1:]]
