"""The commands of docs/output.md, run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from newsscraper.pipelines.manifest import write_manifest
from tests.crawlstate.builders import article, write_lines

GUIDE = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf-8")
COMMANDS = [
    block.replace("example.com", "paper.example")
    for block in re.findall(r"^```python\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
]


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    write_lines(output, article(1), article(2, duplicate_of=article(1).id), day="2026-11-21")
    write_lines(output, article(1, title="Changed", revision=2, changed=["title"]))
    write_manifest(output / "paper.example", "paper.example")
    return tmp_path


def run(command: str, folder: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def command(mark: str) -> str:
    (found,) = (each for each in COMMANDS if mark in each)
    return found


def test_all_of_it(crawled: Path):
    assert run(command('article["date_published"]'), crawled) == ["None Story 1", "None Story 2", "None Changed"]


def test_following(crawled: Path):
    follow = command("mark.write_text")
    assert len(run(follow, crawled)) == 3
    assert run(follow, crawled) == []
    path = write_lines(crawled / "output", article(3), tail=b'{"url": "half')
    assert run(follow, crawled) == [article(3).url]
    path.write_bytes(path.read_bytes()[: -len(b'{"url": "half')])
    write_lines(crawled / "output", article(4))
    write_lines(crawled / "output", article(5), day="2026-11-23")
    assert run(follow, crawled) == [article(4).url, article(5).url]


def test_the_latest_revision(crawled: Path):
    assert run(command("of them changed"), crawled) == ["2 articles, 1 of them changed"]


def test_without_near_duplicates(crawled: Path):
    assert run(command('article["duplicate_of"] is None'), crawled) == ["Story 1", "Changed"]


def test_checking(crawled: Path):
    check = command("DAMAGED")
    assert run(check, crawled) == ["2026-11-21.jsonl 2 as it should be", "2026-11-22.jsonl 1 as it should be"]
    path = crawled / "output" / "paper.example" / "2026-11-21.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Story", b"Storm", 1))
    assert run(check, crawled)[0] == "2026-11-21.jsonl 2 DAMAGED"


def test_packed_and_plain(crawled: Path):
    path = crawled / "output" / "paper.example" / "2026-11-21.jsonl"
    path.with_name(path.name + ".zst").write_bytes(zstandard.compress(path.read_bytes()))
    path.unlink()
    assert run(command("ZstdDecompressor"), crawled) == [article(1).url, article(2).url, article(1).url]


def test_every_command_of_the_guide_is_tested():
    assert len(COMMANDS) == 7
