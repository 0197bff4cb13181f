from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsscraper.pipelines.dayfile import DayFile, OutputFailed

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def opened(output: Path) -> DayFile:
    return DayFile(output / "x.example", output)


def test_lines_are_appended_and_counted(tmp_path: Path):
    file = opened(tmp_path)
    assert file.append([b"one\n", b"two\n"], NOON) == ("2026-11-22.jsonl", 8, 2)
    assert file.append([b"three\n"], NOON) == ("2026-11-22.jsonl", 14, 3)
    assert (tmp_path / "x.example" / "2026-11-22.jsonl").read_bytes() == b"one\ntwo\nthree\n"


def test_each_day_has_its_file_and_the_clock_may_step_back(tmp_path: Path):
    file = opened(tmp_path)
    file.append([b"one\n"], NOON)
    assert file.append([b"two\n"], NOON + DAY).name == "2026-11-23.jsonl"
    assert file.append([b"three\n"], NOON).name == "2026-11-23.jsonl", "readers are past the older file"
    file.close()
    again = opened(tmp_path)
    for line in (b"four\n", b"five\n"):
        assert again.append([line], NOON - DAY).name == "2026-11-23.jsonl"
    assert again.notes == [
        "the clock says that it is 2026-11-21, but 2026-11-23.jsonl has been begun: lines go on there"
    ]


def test_the_day_is_that_of_utc(tmp_path: Path):
    evening = datetime.fromisoformat("2026-11-22T23:30:00-05:00")
    assert opened(tmp_path).append([b"one\n"], evening).name == "2026-11-23.jsonl"


@pytest.mark.parametrize("torn", [b'{"id": "half', b"x" * 200_000])
@pytest.mark.parametrize("whole", [b"", b"one\ntwo\n"])
def test_a_torn_tail_is_moved_aside(tmp_path: Path, whole: bytes, torn: bytes):
    path = tmp_path / "x.example" / "2026-11-22.jsonl"
    path.parent.mkdir()
    path.write_bytes(whole + torn)
    file = opened(tmp_path)
    file.append([b"three\n"], NOON)
    assert path.read_bytes() == whole + b"three\n"
    aside = path.with_name(f"2026-11-22.{len(whole)}.torn")
    assert aside.read_bytes() == torn
    assert aside.name in file.notes[0]


@pytest.mark.parametrize("harm", ["removed", "folder removed", "replaced", "changed"])
def test_a_file_that_is_taken_away_is_noticed_before_a_line_is_lost(tmp_path: Path, harm: str):
    file = opened(tmp_path)
    file.append([b"one\n"], NOON)
    path = tmp_path / "x.example" / "2026-11-22.jsonl"
    match harm:
        case "removed":
            path.unlink()
        case "folder removed":
            shutil.rmtree(path.parent)
        case "replaced":
            path.rename(path.with_suffix(".old"))
            path.write_bytes(b"one\n")
        case "changed":
            path.write_bytes(b"one\nforeign\n")
    with pytest.raises(OutputFailed, match=r"while the crawl was running|somebody else changed it"):
        file.append([b"two\n"], NOON)


def test_a_full_disk_leaves_no_part_of_a_batch(tmp_path: Path):
    code = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from newsscraper.pipelines.dayfile import DayFile, OutputFailed
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
file = DayFile(Path(sys.argv[1]) / "x.example", Path(sys.argv[1]))
now = datetime(2026, 11, 22, tzinfo=UTC)
file.append([b"a" * 899 + b"\\n"], now)
try:
    file.append([b"b" * 49 + b"\\n", b"c" * 99 + b"\\n"], now)
except OutputFailed as failure:
    print(failure)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(file.append([b"d\\n"], now))
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "the file may not grow any more" in done.stdout
    assert "end=902, lines=2" in done.stdout
    assert (tmp_path / "x.example" / "2026-11-22.jsonl").read_bytes() == b"a" * 899 + b"\n" + b"d\n"


@pytest.mark.parametrize("what", ["folder", "file"])
def test_links_that_lead_elsewhere_are_refused(tmp_path: Path, what: str):
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (output / "x.example").mkdir(parents=True)
    if what == "folder":
        (output / "x.example").rmdir()
        (output / "x.example").symlink_to(elsewhere)
    else:
        (output / "x.example" / "2026-11-22.jsonl").symlink_to(elsewhere / "passwd")
    with pytest.raises(OutputFailed, match="remove that link"):
        opened(output).append([b"one\n"], NOON)
    assert list(elsewhere.iterdir()) == []


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "disk")
    assert opened(tmp_path / "output").append([b"one\n"], NOON).lines == 1


def test_what_is_in_the_way_is_said(tmp_path: Path):
    (tmp_path / "x.example").write_text("a file")
    with pytest.raises(OutputFailed, match="a file is in the way") as caught:
        opened(tmp_path)
    assert caught.value.reason == "output-failed"


def test_a_full_disk_has_a_reason_of_its_own():
    assert OutputFailed(Path("x"), OSError(28, "No space left on device")).reason == "disk-full"
    assert "make room" in str(OutputFailed(Path("x"), OSError(28, "No space left on device")))


def test_a_packed_day_is_not_written_again(tmp_path: Path):
    (tmp_path / "x.example").mkdir()
    (tmp_path / "x.example" / "2026-11-22.jsonl.zst").write_bytes(b"")
    file = opened(tmp_path)
    assert file.name == ""
    assert file.append([b"one\n"], NOON).name == "2026-11-23.jsonl"
    assert os.listdir(tmp_path / "x.example").count("2026-11-22.jsonl") == 0  # noqa: PTH208
