from __future__ import annotations

from pathlib import Path

from newsscraper.crawlstate import blocks

from .builders import opened

CONSENT, PROMOTION = 7, (1 << 64) - 5


def test_what_stands_on_three_pages_is_repeated(tmp_path: Path):
    with opened(tmp_path) as state:
        for page in range(3):
            assert state.repeated_blocks() == frozenset()
            state.count_blocks([CONSENT, 100 + page, CONSENT])
        assert state.repeated_blocks() == {CONSENT}
    with opened(tmp_path) as state:
        assert state.repeated_blocks() == {CONSENT}, "over all runs"


def test_hashes_may_be_unsigned(tmp_path: Path):
    with opened(tmp_path) as state:
        for _ in range(3):
            state.count_blocks([PROMOTION])
        assert PROMOTION in state.repeated_blocks()


def test_a_paragraph_quoted_in_a_few_stories_of_many_is_text(tmp_path: Path):
    with opened(tmp_path) as state:
        for page in range(60):
            state.count_blocks([CONSENT, 1000 + page] + ([500] if page < 4 else []))
        assert state.repeated_blocks() == {CONSENT}


def test_memory_of_blocks_is_bounded(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(blocks, "MOST_BLOCKS", 200)
    monkeypatch.setattr(blocks, "_SAVE_AFTER", 50)
    with opened(tmp_path) as state:
        for page in range(100):
            state.count_blocks([CONSENT, *range(1000 + page * 10, 1010 + page * 10)])
        assert state.repeated_blocks() == {CONSENT}
        state.commit()
        assert state._database.read("SELECT count(*) FROM block")[0] <= 250
