from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import zstandard

from newsscraper.crawlstate import PageMemory, StateFailed, open_state
from newsscraper.discovery.candidate import Candidate
from tests.addresses import at

from .builders import NOW, SITE, article, opened, write_lines


def deliver(output: Path, *articles, state) -> None:
    """What the writer does: lines, then the state."""
    path = write_lines(output, *articles)
    lines = path.read_bytes().count(b"\n")
    state.delivered(articles, NOW, day_file=path.name, end=path.stat().st_size, lines=lines)


def database(output: Path) -> Path:
    return output / ".state" / f"{SITE}.sqlite"


def test_lines_written_before_a_kill_are_taken_in(tmp_path: Path, caplog):
    with opened(tmp_path) as state:
        state.enqueue([Candidate(at(article(n).url), "sitemap") for n in (1, 2, 3)], kind="article")
        deliver(tmp_path, article(1), state=state)
    write_lines(tmp_path, article(2), tail=b'{"id": "torn')
    with opened(tmp_path) as state:
        assert "took in 1 delivered line" in caplog.text
        assert state.article(article(2).id).revision == 1
        assert state.article(article(3).id) is None
        assert [each.url for _, each in state.pending()] == [article(3).url], "what is on disk is not fetched again"
        assert state.near_duplicate(article(9, text=article(2).text)) == article(2).id
        assert state.page(at(article(2).url)).article_id == article(2).id, "nor in the next run"
    caplog.clear()
    with opened(tmp_path):
        assert "took in" not in caplog.text


def test_a_later_revision_on_disk_counts(tmp_path: Path):
    with opened(tmp_path) as state:
        deliver(tmp_path, article(1), state=state)
    write_lines(tmp_path, article(1, title="Changed", revision=2, changed=["title"]))
    with opened(tmp_path) as state:
        assert state.article(article(1).id).revision == 2


@pytest.mark.parametrize("harm", ["deleted", "truncated", "garbage", "garbage-in-the-middle", "other layout", "empty"])
def test_a_harmed_state_is_built_anew_from_the_lines(tmp_path: Path, caplog, harm: str):
    stories = [article(n) for n in range(60)]
    with opened(tmp_path) as state:
        deliver(tmp_path, *stories, state=state)
        state.learn("amp", True)
    path = database(tmp_path)
    data = path.read_bytes()
    match harm:
        case "deleted":
            path.unlink()
        case "truncated":
            path.write_bytes(data[: len(data) // 2])
        case "garbage":
            path.write_bytes(b"not a database " * 5000)
        case "garbage-in-the-middle":
            path.write_bytes(data[:8192] + b"\xff" * (len(data) - 12288) + data[-4096:])
        case "other layout":
            path.write_bytes(data[:60] + (99).to_bytes(4, "big") + data[64:])
        case "empty":
            path.write_bytes(b"")
    with opened(tmp_path) as state:
        assert state.articles_known() == 60
        assert state.article(stories[7].id).content_hash == stories[7].content_hash
        assert state.near_duplicate(article(99, text=stories[7].text)) == stories[7].id
    if harm not in ("deleted", "empty"):
        assert "is damaged" in caplog.text
        assert path.with_name(path.name + ".damaged-1").exists()


def test_packed_files_are_read_too(tmp_path: Path):
    path = write_lines(tmp_path, *(article(n) for n in range(5)), day="2026-11-20")
    packed = path.with_name(path.name + ".zst")
    packed.write_bytes(zstandard.compress(path.read_bytes()))
    path.unlink()
    write_lines(tmp_path, article(5))
    with opened(tmp_path) as state:
        assert state.articles_known() == 6
        assert state.read_up_to("2026-11-20.jsonl")[1] == 5


def test_a_file_packed_after_it_was_read_is_not_read_again(tmp_path: Path, caplog):
    with opened(tmp_path) as state:
        deliver(tmp_path, article(1), article(2), state=state)
    path = tmp_path / SITE / "2026-11-22.jsonl"
    path.with_name(path.name + ".zst").write_bytes(zstandard.compress(path.read_bytes()))
    path.unlink()
    with opened(tmp_path) as state:
        assert state.articles_known() == 2
    assert "took in" not in caplog.text


def test_a_day_file_taken_away_stays_delivered(tmp_path: Path, caplog):
    with opened(tmp_path) as state:
        deliver(tmp_path, article(1), state=state)
    (tmp_path / SITE / "2026-11-22.jsonl").unlink()
    (tmp_path / SITE / "manifest.json").write_text("{}")
    with opened(tmp_path) as state:
        assert state.article(article(1).id) is not None
        assert "count as delivered" in caplog.text
    caplog.clear()
    with opened(tmp_path):
        assert "gone" not in caplog.text, "said once"


def test_a_folder_taken_away_is_crawled_afresh(tmp_path: Path, caplog):
    with opened(tmp_path) as state:
        deliver(tmp_path, article(1), state=state)
        state.remember(at(article(1).url), PageMemory(etag="1", article_id=article(1).id))
    shutil.rmtree(tmp_path / SITE)
    with opened(tmp_path) as state:
        assert state.article(article(1).id) is None
        assert state.page(at(article(1).url)) is None
        assert state.run is not None
        assert not state.run.resumed
    assert "starting afresh" in caplog.text
    assert database(tmp_path).with_name(f"{SITE}.sqlite.orphaned-1").exists()


def test_a_line_that_is_no_record_is_passed_over(tmp_path: Path, caplog):
    path = write_lines(tmp_path, article(1))
    with path.open("ab") as stream:
        stream.write(b'{"id": 5}\nnot json\n')
    write_lines(tmp_path, article(2))
    with opened(tmp_path) as state:
        assert state.articles_known() == 2
        assert "line 2 is no record" in caplog.text
        assert "line 3 is no record" in caplog.text


def test_a_state_file_that_cannot_be_opened_is_said_with_its_name(tmp_path: Path):
    database(tmp_path).mkdir(parents=True)
    with pytest.raises(StateFailed, match=f"{database(tmp_path)} cannot be used: unable to open database file"):
        open_state(tmp_path / ".state", SITE)
    database(tmp_path).rmdir()
    open_state(tmp_path / ".state", SITE).close()
