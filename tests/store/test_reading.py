"""The commands of docs/store.md read and follow a store."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper.store import open_store
from tests.crawlstate.builders import article, write_lines

from .test_site import SITE, stored

PAGE = Path(__file__).parents[2] / "docs" / "store.md"
COMMANDS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def command(*words: str) -> str:
    """The one command of the page that has all these words."""
    (found,) = (each for each in COMMANDS if all(word in each for word in words))
    return str(found)


def run(code: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill(url: str, machine: Path, *numbers: int) -> None:
    site = stored(open_store(url), machine)
    for number in numbers:
        write_lines(machine, article(number))
        site.commit()


def test_every_command_of_the_page_is_tried_here() -> None:
    assert len(COMMANDS) == 5


@pytest.mark.parametrize("words", [("sha256",), ("duckdb",), ("pandas",)], ids=lambda words: words[0])
def test_a_folder_is_read(words: tuple[str, ...], tmp_path: Path) -> None:
    fill(str(tmp_path / "store"), tmp_path / "machine", 1, 2)
    (tmp_path / "store" / SITE).rename(tmp_path / "store" / "example.com")
    said = run(command(*words), tmp_path)
    assert article(2).url in said or "2 lines" in said


def test_a_bucket_is_read(s3: None, tmp_path: Path) -> None:
    fill("s3://bucket/news", tmp_path / "machine", 1, 2)
    said = run(command("from_url").replace('news")', 'news", client_options={"allow_http": True})'), tmp_path)
    assert said.split() == [article(1).url, article(2).url]


def test_a_store_is_followed(tmp_path: Path) -> None:
    follow = command("parts-read.json")
    folder = tmp_path / "store" / "example.com"
    for numbers in ((1, 2), (3,)):
        fill(str(tmp_path / "store"), tmp_path / "machine", *numbers)
        folder.with_name(SITE).rename(folder)
        assert run(follow, tmp_path).split() == [article(number).url for number in numbers]
        assert run(follow, tmp_path) == ""
        folder.rename(folder.with_name(SITE))
