"""``scrapy genspider``: what would break every command of the project is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.crawling import ROOT


def genspider(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Make a spider in a copy of the project."""
    if not (folder / "scrapy.cfg").exists():
        shutil.copy(ROOT / "scrapy.cfg", folder)
        shutil.copytree(ROOT / "newsscraper", folder / "newsscraper")
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "genspider", "-t", "news", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "domain", "words"),
    [
        ("my spider", "www.example.com", "'my spider' cannot be the name of a spider"),
        ("../marsh", "www.example.com", "'../marsh' cannot be the name of a spider"),
        ("marsh", 'www.example.com"', "is not a domain; give one like www.example.com"),
    ],
)
def test_what_makes_no_python_is_refused(tmp_path: Path, name: str, domain: str, words: str) -> None:
    refused = genspider(tmp_path, name, domain)
    assert refused.returncode == 3
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
    made = sorted(path.name for path in (tmp_path / "newsscraper" / "spiders").glob("*.py"))
    assert made == sorted(path.name for path in (ROOT / "newsscraper" / "spiders").glob("*.py"))


def test_a_name_of_any_script_makes_a_spider(tmp_path: Path) -> None:
    made = genspider(tmp_path, "2-été", "https://www.example.com/actualités/")
    assert made.returncode == 0, made.stderr
    compile((tmp_path / "newsscraper" / "spiders" / "a2_été.py").read_text("utf-8"), "a2_été.py", "exec")
