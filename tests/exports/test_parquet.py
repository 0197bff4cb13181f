"""Parquet: one schema for all files; read by pyarrow, pandas, Polars, DuckDB and Hugging Face's datasets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsscraper.exports.choosing import Choice
from newsscraper.exports.columns import schema
from newsscraper.exports.lines import sites_in
from newsscraper.exports.parquet import Parquet
from tests.exports.delivering import article, deliver, export
from tests.exports.test_files import export_and_die

pq = pytest.importorskip("pyarrow.parquet")


def ids(folder: Path) -> list[tuple[str, int]]:
    found = []
    for path in sorted(folder.rglob("*.parquet")):
        table = pq.read_table(path, columns=["id", "revision"])
        found += list(zip(table["id"].to_pylist(), table["revision"].to_pylist(), strict=True))
    return sorted(found)


def test_files_that_differ_in_what_is_null_have_one_schema(tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "tables"
    deliver(output, "one.example", "2026-10-31", [article(3), article(6)])  # hardly anything is filled
    deliver(output, "one.example", "2026-11-01", [article(1), article(2)])
    assert export(output, "--to", "parquet", folder).returncode == 0
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))
    assert files == ["one.example/2026-10.parquet", "one.example/2026-11.parquet"]
    schemas = [pq.read_schema(folder / name).remove_metadata() for name in files]
    assert schemas[0] == schemas[1] == schema()


def test_a_bare_day_is_no_midnight(tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "tables"
    dates = ["2026-11-20", "2026-11-20T00:30:00+01:00", "2026-11", None]
    deliver(output, "one.example", "2026-11-21", [article(n, date_published=told) for n, told in enumerate(dates)])
    export(output, "--to", "parquet", folder)
    table = pq.read_table(folder / "one.example" / "2026-11.parquet")
    assert table["date_published"].to_pylist() == dates
    assert table["published_on"].to_pylist() == [date(2026, 11, 20), date(2026, 11, 20), None, None]
    assert table["published_at"].to_pylist() == [None, datetime(2026, 11, 19, 23, 30, tzinfo=UTC), None, None]


@pytest.mark.parametrize("options", [(), ("--latest",)], ids=["all", "latest"])
def test_killed_at_any_step_and_run_again(tmp_path: Path, options: tuple[str, ...]) -> None:
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-10-30", [article(n) for n in range(3)])
    deliver(output, "one.example", "2026-11-01", [article(n) for n in range(3, 6)])
    deliver(output, "one.example", "2026-11-02", [article(0, revision=2)])
    wanted = [(f"{n:016x}", 1) for n in range(1 if options else 0, 6)] + [(f"{0:016x}", 2)]
    step = 1
    while True:
        folder = tmp_path / f"tables-{step}"
        died = export_and_die(output, step, "--to", "parquet", folder, *options)
        Parquet(str(folder), Choice(latest=bool(options))).add(sites_in(output, []))
        assert ids(folder) == sorted(wanted)
        if not died:
            break
        step += 1
    assert step > 6


def test_others_read_it(tmp_path: Path) -> None:
    import duckdb
    import pandas
    import polars
    from datasets import load_dataset

    output, folder = tmp_path / "output", tmp_path / "tables"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(1, 4)])
    deliver(output, "two.example", "2026-11-21", [article(n) for n in range(6, 9)])
    export(output, "--to", "parquet", folder)
    every = f"{folder}/**/*.parquet"
    assert len(pandas.read_parquet(folder)) == 6
    assert polars.scan_parquet(every).filter(polars.col("published_on") == date(2026, 11, 20)).collect().height == 4
    query = f"SELECT count(DISTINCT id) FROM '{every}' WHERE len(authors) = 2"
    assert duckdb.sql(query).fetchall() == [(4,)]
    loaded = load_dataset("parquet", data_files=every, cache_dir=str(tmp_path / "cache"), split="train")
    assert sorted(loaded["id"]) == [f"{n:016x}" for n in (1, 2, 3, 6, 7, 8)]


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "tables"
    deliver(output, "one.example", "2026-11-21", [article(1)])
    (folder / "one.example").mkdir(parents=True)
    (folder / "one.example" / "2026-11.parquet").write_bytes(b"something else")
    done = export(output, "--to", "parquet", folder)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert (folder / "one.example" / "2026-11.parquet").read_bytes() == b"something else"
