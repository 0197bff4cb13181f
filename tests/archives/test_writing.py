"""The WARC file of a day: it ends with what was delivered, whatever a kill, a full disk or another machine left."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsscraper.archives.found import Found, Wanted
from newsscraper.archives.kept import Exchange, KeptPage, Plan, PlannedPage, Story
from newsscraper.archives.warc import read
from newsscraper.archives.writing import Revisit, WarcFolder
from newsscraper.article import Article, Source
from newsscraper.dates.claim import Claim
from newsscraper.extraction.page import Page, SiteHints, Told
from tests.archives.making import environ, page
from tests.spiders import serving
from tests.spiders.crawling import QUICK
from tests.spiders.test_feed_texts import Blog

DAY, MOMENT = "2026-11-21", datetime(2026, 11, 21, 10, tzinfo=UTC)
URL = "https://www.example.com/2026/11/harbour-story-{}.html"


def exchange(number: int) -> Exchange:
    told = ((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip"), (b"Transfer-Encoding", b"chunked"))
    asked = ((b"Host", b"www.example.com"), (b"Authorization", b"Basic c2VjcmV0"), (b"Cookie", b"id=1"))
    body = gzip.compress(page(number), mtime=0)
    return Exchange("GET", f"/2026/11/harbour-story-{number}.html", asked, b"", 200, told, body, "192.0.2.1")


def story(*numbers: int) -> tuple[Story, Article]:
    """An article of so many pages."""
    hints = SiteHints(languages=("en",), timezone="Europe/Paris", repeated=frozenset({7}))
    claim = Claim("published", "2 days ago", "feed", read_at=MOMENT)
    kept = [
        KeptPage(Page(b"", URL.format(each), MOMENT, claims=(claim,), hints=hints), exchange(each)) for each in numbers
    ]
    article = Article(id=f"{numbers[0]:016x}", url=URL.format(numbers[0]), title="Story", text="It rains.", revision=2)
    return Story(tuple(kept), hints, Article(title="Story", text="It rains.").to_dict()), article


def write(folder: Path, stories: Sequence[tuple[Story, Article]], delivered: Sequence[Source] = ()) -> list[Source]:
    """Write articles as one run, and close."""
    warc = WarcFolder(folder)
    try:
        return warc.append(DAY, stories, [], delivered)
    finally:
        warc.close()


def found(folder: Path) -> list[Found]:
    with (folder / f"{DAY}.warc.gz").open("rb") as stream:
        return [each for each in read(stream, Wanted()) if isinstance(each, Found)]


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    sources = write(tmp_path, [story(1), story(2, 3)])
    one, two = found(tmp_path)
    assert [(each.offset, each.record_id) for each in (one, two)] == [(s.offset, s.record_id) for s in sources]
    assert one.page.html == page(1)
    assert (one.page.claims, one.page.hints) == (story(1)[0].pages[0].page.claims, story(1)[0].hints)
    assert (two.page.html, [each.html for each in two.others]) == (page(2), [page(3)])
    assert two.plan is not None
    assert two.plan.set == {"id": f"{2:016x}", "url": URL.format(2), "revision": 2}
    raw = gzip.decompress((tmp_path / f"{DAY}.warc.gz").read_bytes()).lower()
    assert not [word for word in (b"authorization", b"cookie:", b"transfer-encoding") if word in raw]


@pytest.mark.parametrize("torn", [True, False])
def test_what_was_not_delivered_is_moved_aside(tmp_path: Path, torn: bool) -> None:
    first = write(tmp_path, [story(1), story(2, 3)])
    path = tmp_path / f"{DAY}.warc.gz"
    size = path.stat().st_size
    write(tmp_path, [story(4, 5)], first)  # killed before its line was written
    if torn:
        path.write_bytes(path.read_bytes()[:-20])
    lost = path.stat().st_size - size
    warc = WarcFolder(tmp_path)
    third = warc.append(DAY, [story(4, 5)], [], first)
    assert [f"its {lost} bytes were moved to {path.name}.{size}.torn" in note for note in warc.notes] == [True]
    warc.close()
    assert third[0].offset is not None
    assert third[0].offset > size
    assert [each.page.html for each in found(tmp_path)] == [page(1), page(2), page(4)]
    assert (tmp_path / f"{path.name}.{size}.torn").stat().st_size == lost


def test_lines_of_another_machine_cut_nothing(tmp_path: Path) -> None:
    first = write(tmp_path, [story(1)])
    elsewhere = Source(archive=f"{DAY}.warc.gz", offset=5000, record_id="00000000-0000-0000-0000-000000000000")
    write(tmp_path, [story(2)], [*first, elsewhere])
    assert [each.page.html for each in found(tmp_path)] == [page(1), page(2)]


def test_a_batch_is_taken_back(tmp_path: Path) -> None:
    warc = WarcFolder(tmp_path)
    first = warc.append(DAY, [story(1)], [], [])
    warc.append(DAY, [story(2)], [], [])
    warc.take_back()
    third = warc.append(DAY, [story(3)], [], [])
    warc.close()
    assert [(each.offset, each.record_id) for each in found(tmp_path)] == [
        (s.offset, s.record_id) for s in first + third
    ]


def test_a_page_that_is_unchanged_is_a_revisit(tmp_path: Path) -> None:
    warc = WarcFolder(tmp_path)
    same = Revisit(URL.format(1), MOMENT + timedelta(days=1), exchange(1), MOMENT)
    warc.append(DAY, [story(1)], [same, replace(same, exchange=replace(exchange(1), status=304, body=b""))], [])
    warc.close()
    with (tmp_path / f"{DAY}.warc.gz").open("rb") as stream:
        told = []
        digests = set()
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.content_stream().read()
            if record.rec_type == "revisit":
                headers = record.rec_headers
                told.append((headers["WARC-Profile"].rpartition("/")[2], headers["WARC-Refers-To-Date"]))
                assert headers["WARC-Refers-To-Target-URI"] == URL.format(1)
            if record.rec_type in ("response", "revisit"):
                digests.add(record.rec_headers["WARC-Payload-Digest"])
    before = "2026-11-21T10:00:00Z"
    assert told == [("identical-payload-digest", before), ("server-not-modified", before)]
    assert len(digests - {None}) == 1


def test_a_plan_with_halves_of_letters_can_be_read(tmp_path: Path) -> None:
    told = Told("a\ud800", "<p>It rains.</p>")
    plan = Plan.from_json(Plan("1", (PlannedPage("r", None, None, {}, told=told),)).to_json())
    assert plan is not None
    assert plan.pages[0].told == replace(told, title="a?")


def test_without_room_for_lines_nothing_is_kept(tmp_path: Path) -> None:
    with serving.serve(Blog) as site:
        folder = tmp_path / "output" / site.url.removeprefix("http://").rstrip("/").replace(":", "_")
        for days in range(2):  # where the lines should go a folder is in the way, be it midnight meanwhile
            (folder / f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}.jsonl").mkdir(parents=True)
        settings = {**QUICK, "BACKOFF_START": "0.01", "WARC": "True", "OUTPUT_DIR": tmp_path / "output"}
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={site.url}"]
        command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        done = subprocess.run(command, env=environ(), capture_output=True, text=True, timeout=120, check=False)
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    for path in (folder / "warc").iterdir():
        with path.open("rb") as stream:
            assert Counter(record.rec_type for record in ArchiveIterator(stream)).total() == 0
