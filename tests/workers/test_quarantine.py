from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsscraper.extraction.page import Page
from newsscraper.workers import PageSetAside, quarantine
from newsscraper.workers.quarantine import Quarantine

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WHY = PageSetAside("time-limit", "not read within 20 s")


def test_a_page_is_kept_as_it_came_with_what_it_did(tmp_path: Path) -> None:
    page = Page(b"\xff\x00<p>", url="https://example.com/a", fetched_at=NOW, headers={"content-type": "text/html"})
    kept = Quarantine(tmp_path / "example.com" / "quarantine").keep(page, WHY, NOW)
    assert gzip.decompress(kept.read_bytes()) == page.html
    note = json.loads(kept.with_name(kept.name.replace(".html.gz", ".json")).read_text())
    assert note["url"] == "https://example.com/a"
    assert (note["reason"], note["detail"]) == ("time-limit", "not read within 20 s")
    assert note["set_aside_at"] == "2026-11-22T09:00:00+00:00"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/../../etc/passwd",
        "https://example.com/" + "x" * 5000,
        "https://example.com/\x00\n",
        "https://example.com/\ud800",
        "../../../up",
        None,
    ],
)
def test_no_address_leads_out_of_the_folder(tmp_path: Path, url: str | None) -> None:
    folder = tmp_path / "quarantine"
    kept = Quarantine(folder).keep(Page("<p>\ud800", url=url), WHY, NOW)
    assert kept.parent == folder
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        path.name for path in folder.iterdir()
    )


def test_the_oldest_pages_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MAX_PAGES", 3)
    folder = Quarantine(tmp_path)
    kept = []
    for number in range(6):
        kept.append(folder.keep(Page(b"<p>", url=f"https://example.com/{number}"), WHY, NOW))
        os.utime(kept[-1], (number, number))
    assert {path.name for path in tmp_path.glob("*.html.gz")} == {path.name for path in kept[3:]}
    assert len(list(tmp_path.glob("*.json"))) == 3


def test_large_pages_make_room_too_but_the_newest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MAX_BYTES", 10_000)
    folder = Quarantine(tmp_path)
    for number in range(3):
        kept = folder.keep(Page(os.urandom(20_000), url=f"https://example.com/{number}"), WHY, NOW)
    assert [path.name for path in tmp_path.glob("*.html.gz")] == [kept.name]
