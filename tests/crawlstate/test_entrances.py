from __future__ import annotations

from pathlib import Path

from newsscraper.crawlstate import Entrance
from tests.addresses import at

from .builders import HOUR, NOW, SITE, opened

MAP = at(f"https://{SITE}/sitemap.xml")
ANSWER = Entrance(MAP, (at(f"https://{SITE}/map"),), 200, {"Content-Type": ["text/xml"]}, b"<urlset/>" * 1000)


def test_a_run_that_was_killed_has_its_entrances(tmp_path: Path):
    with opened(tmp_path) as state:
        state.keep_entrance(MAP, ANSWER)
        assert state.entrance(MAP) is None, "in the same process, whoever asks again wants it anew"
    with opened(tmp_path) as state:
        assert state.entrance(MAP) == ANSWER
        assert state.entrance(at(f"https://{SITE}/other.xml")) is None
        state.finish_run(NOW, {})
    with opened(tmp_path, now=NOW + HOUR) as state:
        assert state.entrance(MAP) is None
    with opened(tmp_path, now=NOW + 2 * HOUR) as state:
        assert state.run.resumed
        assert state.entrance(MAP) is None


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("newsscraper.crawlstate.entrances.LARGEST", 100)
    with opened(tmp_path) as state:
        state.keep_entrance(MAP, ANSWER)
    with opened(tmp_path) as state:
        assert state.entrance(MAP) is None
