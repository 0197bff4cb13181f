"""``scrapy export --archives``: what ``scrapy archive`` wrote becomes tables."""

from __future__ import annotations

import json
from pathlib import Path

import pandas

from tests.archives.making import archive, warc
from tests.exports.delivering import export


def titles(file: Path) -> list[str]:
    return [json.loads(line)["title"] for line in file.read_text("utf-8").splitlines()]


def test_a_warc_becomes_a_table(tmp_path: Path) -> None:
    records, tables = tmp_path / "records", tmp_path / "tables"
    archive(warc(tmp_path / "one.warc.gz", 3), "--to", records)
    done = export(tmp_path, "--archives", records, "--to", "parquet", tables)
    assert done.stdout == f"3 records of 1 archive added to {tables}\n", done.stderr
    archive(warc(tmp_path / "two.warc.gz", 2, first=3), "--to", records)
    assert export(tmp_path, "--archives", records, "--to", "parquet", tables).stdout.startswith(
        "2 records of 2 archives "
    )
    table = pandas.read_parquet(tables)
    assert sorted(table.title) == [f"Harbour story number {number}" for number in range(5)]
    assert set(table.site) == {"example.com"}


def test_an_archive_that_was_read_again_is_not_mixed_with_what_it_was(tmp_path: Path) -> None:
    records, file = tmp_path / "records", tmp_path / "all.jsonl"
    archive(warc(tmp_path / "one.warc.gz", 2), "--to", records)
    export(tmp_path, "--archives", records, "--to", "jsonl", file)
    assert titles(file) == ["Harbour story number 0", "Harbour story number 1"]
    archive(warc(tmp_path / "one.warc.gz", 3), "--to", records)
    done = export(tmp_path, "--archives", records, "--to", "jsonl", file)
    assert done.returncode == 1
    assert "the archive one was read again after its export" in done.stderr
    assert len(titles(file)) == 2


def test_what_has_no_records_is_one_line(tmp_path: Path) -> None:
    records = tmp_path / "records"
    archive(warc(tmp_path / "one.warc.gz", 1), "--to", records)
    for said, arguments in (
        ("there is no record of an archive in", ("--archives", tmp_path / "none")),
        ("there is no archive 'two' in", ("two", "--archives", records)),
        ("one at a time", ("--archives", records, "--store", records)),
    ):
        done = export(tmp_path, *arguments, "--to", "jsonl", tmp_path / "all.jsonl")
        assert done.returncode in (1, 3)
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
