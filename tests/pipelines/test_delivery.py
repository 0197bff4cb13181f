"""Validate → revise → write, in whole crawls."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import jsonschema

from newsscraper.article import json_schema
from newsscraper.crawlstate.dayfiles import open_lines
from tests.crawlstate.builders import article

from .feeding import SITE, Feeding, feed, records


def test_new_then_nothing_then_a_revision(tmp_path: Path):
    first = feed(tmp_path, article(1), article(2), article(3))
    assert first.code is not None
    before = records(tmp_path)
    assert [record["title"] for record in before] == ["Story 1", "Story 2", "Story 3"]
    for record in before:
        jsonschema.validate(record, json_schema())
        assert (record["revision"], record["changed"]) == (1, [])
    data = (tmp_path / SITE / "manifest.json").read_bytes()

    feed(tmp_path, article(1, fetched_at="2026-11-23T12:00:00+00:00"), article(2), article(3))
    assert records(tmp_path) == before
    assert json.loads(data)["files"] == json.loads((tmp_path / SITE / "manifest.json").read_bytes())["files"]

    feed(tmp_path, article(1), article(2, title="Corrected", tags=["new"], fetched_at="2026-11-24T12:00:00+00:00"))
    (revision,) = records(tmp_path)[3:]
    assert (revision["id"], revision["revision"], revision["changed"]) == (before[1]["id"], 2, ["title", "tags"])
    assert revision["first_seen_at"] == before[1]["first_seen_at"]
    assert revision["content_hash"] != before[1]["content_hash"]


def test_one_article_told_twice_in_a_run_is_one_line(tmp_path: Path):
    with Feeding(tmp_path) as crawl:
        crawl.tell(article(1))
        crawl.tell(article(1))
        crawl.deliver(article(2, text=article(1).text), "delivered")
    assert crawl.code is not None
    assert [(record["title"], record["duplicate_of"]) for record in records(tmp_path)] == [
        ("Story 1", None),
        ("Story 2", article(1).id),
    ]


def test_what_is_no_record_is_dropped_with_its_reason(tmp_path: Path):
    with Feeding(tmp_path) as crawl:
        crawl.deliver(article(1, text=None), "invalid")
        crawl.deliver(article(2, title="\n "), "invalid")
        crawl.deliver(article(3, text="One\u2028two\x00\x85."), "delivered")
    assert "invalid record: no text: https://paper.example/story-1.html" in crawl.log
    assert "1 no text" in crawl.log
    assert "1 no title" in crawl.log
    assert [record["text"] for record in records(tmp_path)] == ["One\ntwo\ufffd\n."]


def test_finished_days_are_packed_where_asked_for(tmp_path: Path):
    with Feeding(tmp_path) as crawl:
        crawl.deliver(article(1))
        crawl.deliver(article(2))
    (plain,) = (tmp_path / SITE).glob("*.jsonl")
    content = plain.read_bytes()
    old = plain.rename(plain.with_name("2026-01-01.jsonl"))
    again = feed(tmp_path, article(1), article(3), OUTPUT_ZSTD=True)
    assert "count as delivered" in again.log
    packed = old.with_name(old.name + ".zst")
    assert not old.exists()
    with open_lines(packed) as stream:
        assert stream.read() == content
    manifest = json.loads((tmp_path / SITE / "manifest.json").read_bytes())
    assert [(file["name"], file["lines"]) for file in manifest["files"]] == [(packed.name, 2), (plain.name, 1)]
    assert manifest["files"][0]["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["files"][0]["first_id"] == article(1).id
    assert manifest["lines"] == 3
    shutil.rmtree(tmp_path / ".state")
    feed(tmp_path, article(1), article(2), article(3), article(4))
    assert [record["title"] for record in records(tmp_path)] == ["Story 3", "Story 4"]
