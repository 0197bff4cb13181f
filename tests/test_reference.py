"""docs/reference is made from the code, is current, and says something of everything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper import settings
from newsscraper.article import FIELD_NAMES
from newsscraper.commandline.listing import OURS
from newsscraper.exits import Exit
from newsscraper.sites.values import KEYS
from scripts import reference

PAGES = reference.pages()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name: str) -> None:
    assert (reference.FOLDER / name).read_text("utf-8") == PAGES[name], "make reference writes it anew"


def test_no_other_page_is_there() -> None:
    assert {path.name for path in reference.FOLDER.glob("*.md")} == PAGES.keys()


def test_every_name_is_there() -> None:
    shown = {name: set(re.findall(r"^(?:\| `?|## )([\w-]+)", text, flags=re.MULTILINE)) for name, text in PAGES.items()}
    assert set(OURS) <= shown["commands.md"]
    assert {name for name in vars(settings) if name.isupper()} <= shown["settings.md"]
    assert set(FIELD_NAMES) <= shown["record.md"]
    assert set(KEYS) <= shown["site-keys.md"]
    assert {str(int(code)) for code in Exit} <= shown["exit-codes.md"]


@pytest.mark.parametrize("name", ["record.md", "site-keys.md", "exit-codes.md", "stats.md", "commands.md"])
def test_everything_has_a_meaning(name: str) -> None:
    assert [line for line in PAGES[name].splitlines() if line.startswith("|") and line.endswith("|  |")] == []


def test_every_setting_of_ours_has_a_meaning() -> None:
    ours = PAGES["settings.md"].partition("## Settings of Scrapy")[0]
    assert [line for line in ours.splitlines() if line.startswith("|") and line.endswith("|  |")] == []


def test_a_crawl_sets_no_other_stats(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "demo", "--crawl", "--articles", "6", "--port", "0"]
    command += ["-s", f"OUTPUT_DIR={tmp_path}", "-s", "LOG_LEVEL=INFO"]
    done = subprocess.run(command, cwd=reference.ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    keys = re.findall(r"'newsscraper/([^']+)':", done.stderr)
    assert {"articles/new", "output/lines"} <= set(keys)
    assert [key for key in keys if not reference.is_declared(key)] == []
