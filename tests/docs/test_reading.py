"""docs/reading.md: each program counts the same articles, days and moments, whatever dates look like."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawlstate.builders import article, write_lines

from .pages import CHECKOUT, blocks, commands

PAGE = CHECKOUT / "docs" / "reading.md"
COUNTS = ["7", "5", "3"]
"""Articles; those with a day; those with a moment."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Records with dates of every kind. In the first file no date is known: a type that is inferred is wrong."""
    output = tmp_path / "output"
    write_lines(output, article(1, date_published=None), day="2026-11-20")
    write_lines(
        output,
        article(1, date_published="2026-11-21T23:30:00-05:00", revision=2, changed=["date_published"]),
        article(2, date_published="2026-11-22T09:05:00+01:00"),
        article(3, date_published="2026-11-22T09:05Z"),
        article(4, date_published="2026-11-22T09:05"),
        article(5, date_published="2026-11-22"),
        article(6, date_published="2026-11"),
        article(7, date_published=None),
        day="2026-11-22",
    )
    return tmp_path


@pytest.mark.parametrize("number", range(3), ids=["pandas", "polars", "duckdb"])
def test_python_counts(folder: Path, number: int) -> None:
    code = blocks(PAGE, "python")[number].text
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == COUNTS


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_jq_counts(folder: Path) -> None:
    (block,) = blocks(PAGE, "bash")
    printed = []
    for command in commands(block):
        line = command.text.replace("example.com", "paper.example")
        done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        printed.append(done.stdout)
    dated, of_a_day, _, counts = printed
    assert len(dated.splitlines()) == 8
    assert len(of_a_day.splitlines()) == 4
    assert re.findall(r"\d+", counts) == COUNTS
