"""What crawls delivered, and what their WARC files give again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from tests.archives.making import archive
from tests.archives.test_reading import lines


def folder_of(output: Path) -> Path:
    """The one site's folder."""
    (found,) = (path for path in output.iterdir() if path.name != ".state")
    return found


def delivered(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


def bare(records: list[dict[str, Any]]) -> list[str]:
    """Lines as they are on disk, save for ``source``."""
    return [json.dumps(record | {"source": None}, ensure_ascii=False) for record in records]


def again(folder: Path, to: Path) -> list[dict[str, Any]]:
    """The records of a site's WARC files, read by today's reader."""
    done = archive(folder / "warc", "--to", to)
    assert done.returncode == 0, done.stdout + done.stderr
    return [record for file in sorted(to.glob("*.jsonl.zst")) for record in lines(file)]


def check_sources(folder: Path) -> None:
    """Every line names a whole record that is there, by file, byte and id."""
    for record in delivered(folder):
        source = record["source"]
        with (folder / "warc" / source["archive"]).open("rb") as stream:
            stream.seek(source["offset"])
            found = next(iter(ArchiveIterator(stream)))
            assert found.rec_headers["WARC-Record-ID"] == f"<urn:uuid:{source['record_id']}>"
            assert found.rec_headers["WARC-Target-URI"] == record["source_url"]
