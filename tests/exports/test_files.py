"""JSONL, CSV and Markdown: exactly once, whatever is killed; readable by others."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper.exports.choosing import Choice
from newsscraper.exports.lines import sites_in
from newsscraper.exports.textfiles import TextFile, jsonl
from tests.exports.delivering import article, deliver, environment, export

# Exports, and dies before or after the n-th call that makes something durable or puts it in place.
_DYING = """
import os, sys
from newsscraper.exports import textfiles, parquetfiles, sqlite
from pathlib import Path
left = int(sys.argv.pop(1))

def dying(call):
    def step(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        done = call(*args, **kwargs)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        return done
    return step

os.fsync = dying(os.fsync)
Path.replace = dying(Path.replace)
from scrapy.cmdline import execute
execute(["scrapy", "export", *sys.argv[1:]])
"""


def export_and_die(output: Path, step: int, *arguments: object) -> bool:
    """Export in a process that kills itself at a step; tell whether it got there."""
    command = [sys.executable, "-c", _DYING, str(step), *map(str, arguments), "-s", f"OUTPUT_DIR={output}"]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False, env=environment())
    return done.returncode == -9


def revisions(lines: list[dict[str, object]]) -> list[tuple[object, object]]:
    return sorted((line["id"], line["revision"]) for line in lines)


def test_jsonl_grows_by_what_is_new(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "all.jsonl"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(5)])
    done = export(output, "--to", "jsonl", file)
    assert (done.returncode, done.stdout) == (0, f"5 records of 1 site added to {file}\n"), done.stderr
    assert file.read_bytes() == (output / "one.example" / "2026-11-21.jsonl").read_bytes()

    assert export(output, "--to", "jsonl", file).stdout == f"0 records of 1 site added to {file}\n"

    deliver(output, "one.example", "2026-11-22", [article(1, revision=2)])
    deliver(output, "two.example", "2026-11-22", [article(9)])
    assert export(output, "--to", "jsonl", file).stdout == f"2 records of 2 sites added to {file}\n"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert revisions(lines) == sorted([(f"{n:016x}", 1) for n in (0, 1, 2, 3, 4, 9)] + [(f"{1:016x}", 2)])


def test_latest_holds_each_article_once(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "latest.jsonl"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(3)])
    export(output, "--to", "jsonl", file, "--latest")
    deliver(output, "one.example", "2026-11-22", [article(1, revision=2, title="Changed")])
    export(output, "--to", "jsonl", file, "--latest")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert revisions(lines) == [(f"{0:016x}", 1), (f"{1:016x}", 2), (f"{2:016x}", 1)]


def test_since_takes_what_was_published_since(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "since.jsonl"
    told = {1: "2026-11-19T23:59:59+00:00", 2: "2026-11-20", 3: "2026-11", 4: "2026-10", 5: None}
    deliver(output, "one.example", "2026-11-21", [article(n, date_published=date) for n, date in told.items()])
    export(output, "--to", "jsonl", file, "--since", "2026-11-20")
    taken = [int(json.loads(line)["id"], 16) for line in file.read_text("utf-8").splitlines()]
    assert taken == [2, 3, 5]


def test_csv_is_read_back_by_a_csv_reader(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "all.csv"
    awkward = article(1, title='A "quoted", long;\nheadline', authors=["Zoé Brûlé", "Bo"])
    deliver(output, "one.example", "2026-11-21", [awkward])
    export(output, "--to", "csv", file)
    with file.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["title"] == awkward.title
    assert row["authors"] == "Zoé Brûlé; Bo"
    assert row["date_modified"] == ""
    assert json.loads(row["dates"])["published"]["precision"] == "day"


@pytest.mark.parametrize("options", [("jsonl",), ("jsonl", "--latest")], ids=" ".join)
def test_killed_at_any_step_and_run_again(tmp_path: Path, options: tuple[str, ...]) -> None:
    format_, *more = options
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(4)])
    file = tmp_path / "all.jsonl"
    assert export(output, "--to", format_, file, *more).returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.glob("*all.jsonl*")}
    deliver(output, "one.example", "2026-11-22", [article(2, revision=2), article(7)])
    wanted = [(f"{n:016x}", 1) for n in (0, 1, 2, 3, 7)] + [(f"{2:016x}", 2)]
    if more:
        wanted.remove((f"{2:016x}", 1))
    step, deaths = 1, 0
    while True:
        for path in tmp_path.glob("*all.jsonl*"):
            path.unlink()
        for path, data in before.items():
            path.write_bytes(data)
        died = export_and_die(output, step, "--to", format_, file, *more)
        TextFile(str(file), Choice(latest=bool(more)), jsonl).add(sites_in(output, []))
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert revisions(lines) == sorted(wanted), step
        if not died:
            break
        deaths += 1
        step += 1
    assert deaths >= 4


def test_markdown_is_a_file_an_article(tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "notes"
    deliver(output, "one.example", "2026-11-21", [article(1, date_published="2026-11-20", title="Été: *la* fibre")])
    assert export(output, "--to", "markdown", folder).returncode == 0
    (path,) = (folder / "one.example").iterdir()
    assert path.name == f"2026-11-20-ete-la-fibre-{1:016x}.md"
    said = path.read_text("utf-8")
    assert said.startswith(f'---\nid: "{1:016x}"\nurl: "https://one.example/story-1.html"\n')
    assert "\n# Été: \\*la\\* fibre\n" in said
    deliver(output, "one.example", "2026-11-22", [article(1, revision=2, date_published="2026-11-20", title="Renamed")])
    export(output, "--to", "markdown", folder)
    assert [path.name for path in (folder / "one.example").iterdir()] == [f"2026-11-20-renamed-{1:016x}.md"]


def test_wrong_usage_is_one_line(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "all.jsonl"
    deliver(output, "one.example", "2026-11-21", [article(1)])
    assert export(output, "--to", "jsonl", file).returncode == 0
    for code, said, arguments in (
        (3, "name a format and a destination", ()),
        (3, "there is no format 'excel'", ("--to", "excel", "x")),
        (3, "is not a day", ("--to", "jsonl", "x", "--since", "yesterday")),
        (1, "there is no site 'tow.example'", ("tow.example", "--to", "jsonl", "x")),
        (1, "was made without --latest", ("--to", "jsonl", file, "--latest")),
        (1, "is a folder", ("--to", "jsonl", tmp_path)),
        (1, "was not made by this export", ("--to", "csv", output / "one.example" / "2026-11-21.jsonl")),
    ):
        done = export(output, *arguments)
        assert done.returncode == code, arguments
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_shorter_destination_is_not_written_on(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "all.jsonl"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(3)])
    export(output, "--to", "jsonl", file)
    file.write_bytes(file.read_bytes()[: random.Random(1).randrange(200, 900)])
    done = export(output, "--to", "jsonl", file)
    assert done.returncode == 1
    assert "is shorter than it was" in done.stderr
