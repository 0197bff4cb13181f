"""Scrapy's commands that look at a page: they leave no state, record or summary behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import ROOT
from tests.spiders.test_incremental import Desk


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("fetch",), "<html"),
        (("fetch", "--spider", "silicon"), "<html"),
        (("shell", "-c", "response.status"), "200"),
        (("parse", "--spider", "silicon"), "Scraped Items"),
    ],
    ids=" ".join,
)
def test_nothing_is_left(tmp_path: Path, words: tuple[str, ...], shown: str) -> None:
    output = tmp_path / "output"
    with serving.serve(Desk) as site:
        command = [sys.executable, "-m", "scrapy", words[0], site.url, *words[1:], "-s", f"OUTPUT_DIR={output}"]
        done = subprocess.run(
            [*command, "-s", "ALLOW_PRIVATE_HOSTS=1"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout, done.stderr
    assert not output.exists()
