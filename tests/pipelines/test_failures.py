"""What breaks while a crawl runs: one clear line, an exit code that says so, and the next run puts it right."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.crawlstate.builders import article

from .feeding import SITE, Feeding, feed, records

STORIES = [article(number) for number in range(6)]
ERRORS = (" ERROR: ", " CRITICAL: ", "Traceback")


def errors(crawl: Feeding) -> list[str]:
    """The lines of the log that say what is wrong."""
    return [line for line in crawl.log.splitlines() if any(mark in line for mark in ERRORS)]


def titles(output: Path) -> list[str]:
    return [record["title"] for record in records(output)]


def everything(output: Path) -> list[str]:
    """Run again, with nothing in the way, and return what is on disk."""
    again = feed(output, *STORIES)
    assert errors(again) == []
    return sorted(titles(output))


ALL = [story.title for story in STORIES]


def test_two_runs_on_one_site(tmp_path: Path):
    with Feeding(tmp_path) as first:
        first.deliver(STORIES[0])
        second = Feeding(tmp_path)
        second.end()
        assert second.code == 4
        assert f"process {first.process.pid} holds its state since" in second.log
        first.deliver(STORIES[1])
    assert errors(first) == []
    assert titles(tmp_path) == ALL[:2]


def test_disk_full_while_writing(tmp_path: Path):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    with Feeding(tmp_path, before=limit, LOG_FILE=os.devnull) as crawl:
        crawl.deliver(STORIES[0])
        crawl.tell(article(7, text="long " * 100_000))
    assert crawl.code == 2
    assert titles(tmp_path) == ALL[:1]
    assert everything(tmp_path) == ALL


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("free", [0, 60_000])
def test_a_small_disk_that_fills_up(tmp_path: Path, free: int):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], check=False).returncode:
        pytest.skip("cannot mount here")
    try:
        with Feeding(disk) as crawl:
            crawl.deliver(STORIES[0])
            ballast = disk / "ballast"
            left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
            ballast.write_bytes(b"x" * (left - free))
            crawl.tell(article(7, text=" ".join(f"w{n}" for n in range(30_000))))
        assert crawl.code == 2
        assert len(errors(crawl)) <= 3, errors(crawl)
        assert "the disk is full; make room and run again" in crawl.log or "disk is full" in crawl.log
        assert titles(disk) == ALL[:1]
        ballast.unlink()
        assert everything(disk) == ALL
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.parametrize("what", ["output", "site"])
def test_output_removed_while_crawling(tmp_path: Path, what: str):
    output = tmp_path / "output"
    with Feeding(output) as crawl:
        crawl.deliver(STORIES[0])
        crawl.deliver(STORIES[1])
        shutil.rmtree(output if what == "output" else output / SITE)
        crawl.tell(STORIES[2])
    assert crawl.code == 2
    assert any("it was removed while the crawl was running" in line for line in errors(crawl)), crawl.log
    assert everything(output) == ALL


def test_output_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "output").write_text("a file")
    crawl = Feeding(tmp_path / "output")
    crawl.end()
    assert crawl.code not in (0, None)
    assert "cannot write to" in crawl.log
    assert "Traceback" not in crawl.log


@pytest.mark.parametrize("harm", ["truncated", "garbage", "deleted"])
def test_state_damaged_while_crawling(tmp_path: Path, harm: str):
    with Feeding(tmp_path) as crawl:
        for story in STORIES[:3]:
            crawl.deliver(story)
        crawl.process.send_signal(signal.SIGKILL)
    path = tmp_path / ".state" / f"{SITE}.sqlite"
    for each in (path, path.with_name(path.name + "-wal")):
        if harm == "deleted":
            each.unlink(missing_ok=True)
        else:
            each.write_bytes(each.read_bytes()[:5000] if harm == "truncated" else b"\xff" * 50_000)
    assert everything(tmp_path) == ALL


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_by_a_signal(tmp_path: Path, number: signal.Signals, times: int):
    with Feeding(tmp_path) as crawl:
        crawl.deliver(STORIES[0])
        crawl.tell(STORIES[1])
        for _ in range(times):
            crawl.process.send_signal(number)
    assert crawl.code not in (0, None)
    assert "Traceback" not in crawl.log
    assert set(titles(tmp_path)) <= set(ALL[:2])
    assert ALL[0] in titles(tmp_path)
    assert everything(tmp_path) == ALL


def test_a_torn_line_is_put_aside_and_the_article_delivered_again(tmp_path: Path):
    feed(tmp_path, *STORIES[:3])
    (path,) = (tmp_path / SITE).glob("*.jsonl")
    path.write_bytes(path.read_bytes() + b'{"id": "abc", "ti')
    again = feed(tmp_path, *STORIES)
    assert "ended in a torn line: its 17 bytes were moved to" in again.log
    assert sorted(titles(tmp_path)) == ALL
    assert next((tmp_path / SITE).glob("*.torn")).read_bytes() == b'{"id": "abc", "ti'


def test_killed_between_writing_and_marking(tmp_path: Path):
    feed(tmp_path, *STORIES[:2])
    (path,) = (tmp_path / SITE).glob("*.jsonl")
    with path.open("ab") as stream:
        stream.write(STORIES[2].to_json() + b"\n")
    again = feed(tmp_path, *STORIES)
    assert "took in 1 delivered line(s)" in again.log
    assert sorted(titles(tmp_path)) == ALL
