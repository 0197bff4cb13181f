"""The end of a run on one page: which exit code, which words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsscraper.extensions import summary
from newsscraper.extensions.summary import Exit, Facts, RunSummary, outcome
from newsscraper.middlewares.reasons import _REASONS


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        (Facts(articles={"new": 2}, pages=4), Exit.FINE, "done"),
        (Facts(articles={"unchanged": 2}, pages=4, known=True), Exit.FINE, "done, nothing new"),
        (Facts(pages=1, known=True), Exit.FINE, "done, nothing new"),
        (Facts(resumed=True, known=True), Exit.FINE, "left nothing to do"),
        (Facts(resumed=True, known=True, failed={"refused": 1}), Exit.NOTHING, "nothing was crawled"),
        (Facts(resumed=True), Exit.NOTHING, "nothing was crawled"),
        (Facts(pages=3, dropped={"older-than-since": 9}), Exit.FINE, "done, nothing new"),
        (Facts(articles={"new": 2}, pages=4, failed={"not-found": 5}), Exit.FINE, "done"),
        (Facts(articles={"new": 2}, pages=4, failed={"timeout": 1}), Exit.PARTIAL, "the next run tries them again"),
        (Facts(articles={"new": 2}, pages=4, errors=1), Exit.PARTIAL, "some pages could not be had"),
        (Facts(articles={"new": 2}, pages=4, finish_reason="shutdown"), Exit.PARTIAL, "stopped by a signal"),
        (Facts(finish_reason="shutdown"), Exit.PARTIAL, "stopped by a signal"),
        (Facts(articles={"new": 2}, pages=4, finish_reason="output-failed"), Exit.PARTIAL, "could not be written"),
        (Facts(finish_reason="output-failed"), Exit.NOTHING, "could not be written"),
        (Facts(finish_reason="disk-full", articles={"new": 1}), Exit.PARTIAL, "the disk is full; make room"),
        (Facts(articles={"new": 1}, export_failed=True), Exit.USAGE, "the export could not be written"),
        (Facts(finish_reason="site-locked"), Exit.LOCKED, "another run holds the site"),
        (Facts(finish_reason="something-new", articles={"new": 1}), Exit.PARTIAL, "stopped early (something-new)"),
        (Facts(failed={"connection-refused": 1}), Exit.NOTHING, "the host refuses connections. Check the address"),
        (Facts(failed={"robots-forbidden": 1}), Exit.NOTHING, "robots.txt forbids it. Ask the site, or leave it"),
        (Facts(pages=3, dropped={"not-an-article": 9}), Exit.NOTHING, "Is it a news site?"),
        (
            Facts(pages=3, problem="example.com shows its articles by JavaScript only"),
            Exit.NOTHING,
            "by JavaScript only",
        ),
        (Facts(pages=3, problem="odd", articles={"new": 1}), Exit.FINE, "done"),
    ],
)
def test_outcomes(facts: Facts, code: Exit, words: str) -> None:
    assert outcome(facts)[0] is code
    assert words in outcome(facts)[1]


def run(**changes: object) -> RunSummary:
    given: dict[str, object] = {
        "spider": "news",
        "site": "example.com",
        "version": "1",
        "started_at": "2026-11-22T10:00:00+00:00",
        "finished_at": "2026-11-22T10:01:00+00:00",
        "seconds": 60.0,
        "finish_reason": "finished",
        "exit_code": 0,
        "outcome": "done",
    }
    return RunSummary(**{**given, **changes})  # type: ignore[arg-type]


def test_the_page_for_a_person() -> None:
    text = run(
        articles={"new": 2, "changed": 1},
        dropped={"a-list-by-tag": 3},
        failed={"timeout": 4},
        requests=9,
        received_bytes=1_500_000,
    ).text()
    assert text.splitlines() == [
        "example.com: done",
        "  articles   2 new, 1 changed, 0 unchanged, 0 duplicate",
        "  dropped    3 a list by tag",
        "  failed     4 timeout: the answer took too long",
        "  effort     60.0 s, 9 requests, 1.5 MB received",
    ]


def test_files_are_whole_each_its_own_and_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "_KEPT_RUNS", 3)
    for second in (1, 1, 2, 3):
        summary._write(summary._free(tmp_path / f"2026-11-22T10000{second}Z.json"), run())
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["2026-11-22T100001Z.json", "2026-11-22T100002Z.json", "2026-11-22T100003Z.json"]
    assert json.loads((tmp_path / names[0]).read_text())["site"] == "example.com"


def test_every_reason_is_in_the_documentation() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "politeness.md").read_text()
    ours = {"stopped", "site-locked", "state-failed", "output-failed", "error", "rights-reserved"}
    assert [slug for slug in _REASONS if f"`{slug}`" not in text and slug not in ours] == []
