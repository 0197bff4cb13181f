"""``scrapy archive``: WARC files of all kinds, saved pages, lists; killed and run again."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from warcio.warcwriter import WARCWriter

import newsscraper
from tests.archives.making import MOMENT, archive, environ, page, response, warc

FETCHED = datetime(2026, 11, 21, 10, tzinfo=UTC)


def lines(path: Path) -> list[dict[str, Any]]:
    data = zstandard.ZstdDecompressor().stream_reader(path.open("rb"), closefd=True).read()
    return [json.loads(line) for line in data.splitlines()]


def note(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


@pytest.mark.parametrize("ending", [".warc", ".warc.gz", ".warc.zst"])
def test_records_are_those_of_extract(tmp_path: Path, ending: str) -> None:
    path = warc(tmp_path / f"pages{ending}", 3)
    done = archive(path, "--to", tmp_path / "records")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{path}: 3 articles of 3 records\n"
    found = lines(tmp_path / "records" / "pages.jsonl.zst")
    for number, line in enumerate(found):
        wanted = newsscraper.extract(page(number), url=line["source_url"], fetched_at=FETCHED).to_dict()
        differs = {name for name in wanted if wanted[name] != line[name]}
        assert differs == {"content_hash", "first_seen_at", "source"}
        assert line["source"]["archive"] == path.name
    told = note(tmp_path / "records" / "pages.json")
    assert told["sha256"] == hashlib.sha256((tmp_path / "records" / "pages.jsonl.zst").read_bytes()).hexdigest()
    assert (told["articles"], told["whole"], told["passed"]) == (3, True, {})


def test_source_names_the_record(tmp_path: Path) -> None:
    path = warc(tmp_path / "pages.warc.gz", 3)
    archive(path, "--to", tmp_path / "records")
    source = lines(tmp_path / "records" / "pages.jsonl.zst")[1]["source"]
    with path.open("rb") as stream:
        stream.seek(source["offset"])
        record = gzip.GzipFile(fileobj=stream).read(2000).decode()
    assert f"WARC-Record-ID: <urn:uuid:{source['record_id']}>" in record
    assert "harbour-story-1.html" in record


def test_what_is_no_article_is_counted_by_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "mixed.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("mixed.warc.gz", {"software": "tests"}))
        url = "https://www.example.com/2026/11/story-{}.html"
        chunked = (
            b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page(1)[:300], page(1)[300:])) + b"0\r\n\r\n"
        )
        response(writer, url.format(1), chunked, headers=[("Transfer-Encoding", "chunked")])
        response(writer, url.format(2), gzip.compress(page(2)), headers=[("Content-Encoding", "gzip")])
        response(writer, url.format(3), brotli.compress(page(3)), headers=[("Content-Encoding", "br")])
        response(
            writer, url.format(4), page(4), headers=[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
        )
        response(writer, url.format(5), page(5), warc={"WARC-Truncated": "length"})
        response(writer, url.format(6), page(6), status="404 Not Found")
        response(writer, url.format(7), b"\x89PNG", kind="image/png")
        response(writer, url.format(8), b"<html><body><ul><li><a href=/a>One</a></ul></body></html>")
        response(writer, url.format(9), b"\x1f\x8bbroken", headers=[("Content-Encoding", "gzip")])
        writer.write_record(
            writer.create_revisit_record(url.format(10), "sha1:A", url.format(1), MOMENT, warc_headers_dict={})
        )
    done = archive(path, "--to", tmp_path / "records")
    assert done.returncode == 0, done.stderr
    found = lines(tmp_path / "records" / "mixed.jsonl.zst")
    assert [line["title"][-1] for line in found] == ["1", "2", "3", "4"]
    assert all("Part 5" in line["text"] for line in found)
    passed = note(tmp_path / "records" / "mixed.json")["passed"]
    for reason in ("truncated", "status 404", "other content than a page", "a body that cannot be decoded"):
        assert passed.pop(reason) == 1, reason
    assert passed.pop("the same as an earlier record (revisit)") == 1
    assert sum(passed.values()) == 1  # the page that holds a list alone


def test_hosts_and_days_are_asked_before_a_page_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "hosts.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, host in enumerate(("www.one.com", "two.com", "notone.com")):
            response(writer, f"https://{host}/story", page(number))
        response(writer, "https://one.com/old", page(9), warc={"WARC-Date": "2026-01-01T00:00:00Z"})
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("one.com  # the paper\n\n")
    done = archive(path, "--to", tmp_path / "records", "--hosts", hosts, "--since", "2026-11-01")
    assert done.returncode == 0, done.stderr
    assert [line["site"] for line in lines(tmp_path / "records" / "hosts.jsonl.zst")] == ["one.com"]
    passed = note(tmp_path / "records" / "hosts.json")["passed"]
    assert passed == {"a host that was not asked for": 2, "fetched before --since": 1}
    other = archive(path, "--to", tmp_path / "records")
    assert other.returncode == 1
    assert "made with other options" in other.stdout


def test_saved_pages_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "more").mkdir(parents=True)
    told = page(1).replace(b"</head>", b'<link rel="canonical" href="https://www.example.com/one"></head>')
    (folder / "one.html").write_bytes(told)
    (folder / "more" / "two.html.gz").write_bytes(gzip.compress(page(2)))
    (folder / "notes.txt").write_text("no page")
    for path in folder.rglob("*.*"):
        os.utime(path, (FETCHED.timestamp(), FETCHED.timestamp()))
    done = archive(folder, "--to", tmp_path / "records")
    assert done.returncode == 0, done.stderr
    two, one = lines(tmp_path / "records" / "saved.jsonl.zst")
    assert (one["url"], one["source"]["record_id"]) == ("https://www.example.com/one", "one.html")
    assert (two["title"], two["source"]["record_id"]) == ("Harbour story number 2", "more/two.html.gz")
    assert one["fetched_at"] == "2026-11-21T10:00:00+00:00"


def test_a_list_of_archives_and_what_is_done_is_left_out(tmp_path: Path) -> None:
    for number in range(2):
        warc(tmp_path / f"part-{number}.warc.gz", 2, first=number * 2)
    (tmp_path / "warc.paths").write_text("part-0.warc.gz\npart-1.warc.gz\n")
    first = archive(tmp_path / "warc.paths", "--to", tmp_path / "records")
    assert first.returncode == 0, first.stderr
    assert len(lines(tmp_path / "records" / "part-1.jsonl.zst")) == 2
    again = archive(tmp_path / "*.warc.gz", "--to", tmp_path / "records")
    assert [line.rpartition(": ")[2] for line in again.stdout.splitlines()] == ["done before"] * 2
    warc(tmp_path / "part-0.warc.gz", 3)
    third = archive(tmp_path, "--to", tmp_path / "records")
    assert third.stdout.splitlines()[0].endswith(": 3 articles of 3 records")


def test_limit_leaves_the_rest_for_a_later_run(tmp_path: Path) -> None:
    path = warc(tmp_path / "pages.warc.gz", 5)
    assert archive(path, "--to", tmp_path / "records", "--limit", 2).returncode == 0
    assert len(lines(tmp_path / "records" / "pages.jsonl.zst")) == 2
    archive(path, "--to", tmp_path / "records")
    assert len(lines(tmp_path / "records" / "pages.jsonl.zst")) == 5


def test_a_damaged_archive_gives_what_can_be_read(tmp_path: Path) -> None:
    whole = warc(tmp_path / "whole.warc.gz", 6).read_bytes()
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(whole[:-300])
    text = tmp_path / "text.warc"
    text.write_text("This is no archive.\n" * 100)
    done = archive(cut, text, "--to", tmp_path / "records")
    assert done.returncode == 2
    assert len(lines(tmp_path / "records" / "cut.jsonl.zst")) >= 3
    assert note(tmp_path / "records" / "cut.json")["problem"]
    assert not (tmp_path / "records" / "text.json").exists()
    assert "Traceback" not in done.stdout + done.stderr


class _Flaky(BaseHTTPRequestHandler):
    """Serves one file by range, and breaks the connection at every other request."""

    data = b""
    asked = 0

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.data)))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()

    def do_GET(self) -> None:
        start, end = self.headers["Range"].removeprefix("bytes=").split("-")
        piece = self.data[int(start) : int(end) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(piece)))
        self.send_header("Content-Range", f"bytes {start}-{int(start) + len(piece) - 1}/{len(self.data)}")
        self.end_headers()
        type(self).asked += 1
        if self.asked % 2:
            self.wfile.write(piece[: len(piece) // 2])
            self.close_connection = True
        else:
            self.wfile.write(piece)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_an_archive_at_an_address_goes_on_where_the_connection_breaks(tmp_path: Path) -> None:
    _Flaky.data = warc(tmp_path / "far.warc.gz", 4).read_bytes()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Flaky)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        done = archive(f"http://127.0.0.1:{server.server_port}/far.warc.gz", "--to", tmp_path / "records")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert done.returncode == 0, done.stdout
    assert len(lines(tmp_path / "records" / "far.jsonl.zst")) == 4
    assert _Flaky.asked >= 2


def test_killed_and_run_again(tmp_path: Path) -> None:
    paths = [warc(tmp_path / f"part-{number}.warc.gz", 8, first=8 * number) for number in range(3)]
    folder = tmp_path / "records"
    command = [sys.executable, "-m", "scrapy", "archive", *map(str, paths), "--to", str(folder)]
    for kept in range(3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ(), start_new_session=True)
        assert process.stdout is not None
        for _ in range(kept + 1):  # it says each archive when it is done
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True, env=environ())
    assert len(done.stdout.splitlines()) == 3
    titles = [line["title"] for number in range(3) for line in lines(folder / f"part-{number}.jsonl.zst")]
    assert sorted(titles) == sorted(f"Harbour story number {number}" for number in range(24))
    assert {path.name for path in folder.iterdir() if path.name.startswith(".")} <= {".lock"}


def test_a_poison_page_is_set_aside_and_the_archive_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "poison.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        response(writer, "https://www.example.com/1", page(1))
        # Sentences that are all alike and all different: reading them takes longer than the limit below.
        slow = b"<html><body><article><h1>Slow</h1>" + b"<p>word, and another word.</p>" * 200_000 + b"</article>"
        response(writer, "https://www.example.com/slow", slow)
        response(writer, "https://www.example.com/2", page(2))
    done = archive(path, "--to", tmp_path / "records", "-s", "EXTRACTION_TIME_LIMIT=0.3")
    assert done.returncode == 0, done.stderr
    told = note(tmp_path / "records" / "poison.json")
    if "set aside: time-limit" in told["passed"]:
        assert list((tmp_path / "records" / "quarantine").glob("*.html.gz"))


def test_wrong_usage_is_one_line(tmp_path: Path) -> None:
    path = warc(tmp_path / "pages.warc.gz", 1)
    for said, arguments in (
        ("name the archives and the folder", (path,)),
        ("there is nothing at", (tmp_path / "none.warc.gz", "--to", tmp_path / "r")),
        ("is not a WARC file", (Path(__file__), "--to", tmp_path / "r")),
        ("is not a day", (path, "--to", tmp_path / "r", "--since", "soon")),
        ("--limit is 0; it must be 1 or more", (path, "--to", tmp_path / "r", "--limit", 0)),
        ("--hosts", (path, "--to", tmp_path / "r", "--hosts", tmp_path / "none.txt")),
    ):
        done = archive(*arguments)
        assert done.returncode == 3, arguments
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_memory_of_an_archive_is_not_kept(tmp_path: Path) -> None:
    """Pages under way are bounded, however many the archive holds: the reader waits for the writer."""
    import asyncio
    from itertools import count

    from newsscraper.archives.found import Found, Wanted
    from newsscraper.archives.order import Work
    from newsscraper.archives.output import Counts
    from newsscraper.archives.reading import _read
    from newsscraper.extraction.page import Page
    from newsscraper.store import open_store
    from newsscraper.workers import WorkerPool

    taken = count()

    class Endless:
        place = name = "endless"
        kind = "pages"

        def read(self, wanted: Wanted) -> Any:
            for number in taken:
                yield Found(Page(page(number), url=f"https://www.example.com/{number}", fetched_at=FETCHED))

    async def run() -> int:
        work = Work(WorkerPool(0, time_limit=20, memory_limit=0), open_store(str(tmp_path)), Wanted(), {}, {}, limit=3)
        counts = Counts()
        await _read(Endless(), work, counts, io.BytesIO())  # type: ignore[arg-type]
        return counts.articles

    assert asyncio.run(run()) == 3
    assert next(taken) <= 64
