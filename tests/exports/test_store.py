"""Exports from a store: the lines that its manifests name, each once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsscraper.crawlstate import open_state
from newsscraper.store import StoredSite, open_store
from tests.exports.delivering import article, deliver, export
from tests.exports.servers import s3


def commit(store: str, output: Path, site: str, day: str, numbers: range) -> None:
    """Deliver articles and commit them to a store, as a fleet does."""
    deliver(output, site, day, [article(n) for n in numbers])
    open_state(output / ".state", site).close()
    stored = StoredSite(open_store(store), site, output)
    stored.fetch()
    stored.commit()


def ids(file: Path) -> list[int]:
    return [int(json.loads(line)["id"], 16) for line in file.read_text("utf-8").splitlines()]


def test_a_store_is_exported_part_by_part(tmp_path: Path) -> None:
    store, output, file = str(tmp_path / "store"), tmp_path / "work", tmp_path / "all.jsonl"
    commit(store, output, "one.example", "2026-11-21", range(3))
    commit(store, output, "two.example", "2026-11-21", range(10, 12))
    done = export(tmp_path / "none", "--to", "jsonl", file, "--store", store)
    assert done.returncode == 0, done.stderr
    assert ids(file) == [0, 1, 2, 10, 11]
    commit(store, output, "one.example", "2026-11-22", range(3, 5))
    done = export(tmp_path / "none", "one.example", "--to", "jsonl", file, "--store", store)
    assert done.stdout.startswith("2 records of 1 site ")
    assert ids(file) == [0, 1, 2, 10, 11, 3, 4]


def test_parquet_from_an_object_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    with s3("news") as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        commit("s3://news/sites", tmp_path / "work", "one.example", "2026-10-31", range(2))
        commit("s3://news/sites", tmp_path / "work", "one.example", "2026-11-01", range(2, 4))
        done = export(tmp_path, "--to", "parquet", tmp_path / "tables", "--store", "s3://news/sites")
    assert done.returncode == 0, done.stderr
    files = sorted(path.name for path in (tmp_path / "tables" / "one.example").iterdir())
    assert files == ["2026-10.parquet", "2026-11.parquet"]


def test_what_is_no_store_is_one_line(tmp_path: Path) -> None:
    for store, said in (("ftp://x/y", "is not a store"), (str(tmp_path / "none"), "there is no site in")):
        done = export(tmp_path, "--to", "jsonl", tmp_path / "x.jsonl", "--store", store)
        assert done.returncode == 1
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
