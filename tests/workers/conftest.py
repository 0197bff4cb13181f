from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from newsscraper.extraction.page import Page

READER = "obedient_reader:read"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Import path of a reader that does what its pages say; workers find it on the path that they take over."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    yield READER
    sys.modules.pop("obedient_reader", None)


@pytest.fixture
def sample_page() -> Page:
    """An article as a site serves it."""
    paragraphs = "".join(
        f"<p>La pluie est tombée {number} heures sur Brest, et le port est resté fermé toute la journée.</p>"
        for number in range(2, 12)
    )
    html = (
        "<!doctype html><html lang=fr><head><title>Il pleut sur Brest | Le Port</title>"
        '<meta property="article:published_time" content="2026-11-20T08:00:00+01:00"></head><body>'
        f"<article><h1>Il pleut sur Brest</h1><time>il y a 2 jours</time>{paragraphs}</article>"
        '<a href="/autre.html">Autre article</a></body></html>'
    )
    return Page(
        html.encode(),
        url="https://example.com/2026/11/20/pluie.html",
        fetched_at=datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=1))),
        headers={"content-type": "text/html; charset=utf-8"},
    )
