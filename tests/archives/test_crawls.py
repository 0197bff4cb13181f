"""WARC files that crawls write: live = saved page = WARC; readable by others; killed at any moment and run again."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from newsscraper.demo import Newsroom, Site
from newsscraper.demo.many import Many, serve
from tests.archives.keeping import again, bare, check_sources, delivered, folder_of
from tests.archives.making import archive, environ, warc
from tests.archives.test_reading import lines
from tests.fleet.running import fleet, write_table
from tests.rendering.needs import needs_browser
from tests.rendering.test_crawl import Kept
from tests.spiders import serving
from tests.spiders.crawling import QUICK, crawl
from tests.spiders.test_feed_texts import Blog
from tests.spiders.test_own_rules import SPIDER, Tangle, runspider

WARC = {"WARC": "True"}


def check_by_others(path: Path) -> Counter[str]:
    """Both libraries read the file to its end and find every digest right; the kinds of its records."""
    with path.open("rb") as stream:
        kinds = Counter(record.rec_type for record in read_through(ArchiveIterator(stream, check_digests="raise")))
    with path.open("rb") as stream:
        fast = [record.verify_block_digest() for record in FastIterator(stream, parse_http=False)]
    assert fast == [True] * kinds.total()
    return kinds


def read_through(records: ArchiveIterator) -> Any:
    for record in records:
        record.content_stream().read()
        yield record


@pytest.fixture(scope="module")
def twice_crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    """The site's folder after two crawls of a newsroom that changed meanwhile; lines after the first; old articles."""
    output = tmp_path_factory.mktemp("newsroom") / "output"
    with Newsroom(articles=30, seed=3).serve() as site:
        first = crawl(output, site.url, settings=WARC)
        assert first.code == 0, first.log[-3000:]
        known = len(first.records)
        site.revise(first.urls[3])
        site.revise(first.urls[4])
        site.publish()
        # All of them are asked for again.
        (output.parent / "urls.txt").write_text("\n".join(first.urls))
        second = crawl(output, settings=WARC, url=site.url, urls=output.parent / "urls.txt")
        assert second.code == 0, second.log[-3000:]
        third = crawl(output, site.url, settings=WARC)
    assert [record["revision"] for record in third.records].count(2) == 2
    assert len(third.records) == known + 3
    return folder_of(output), known, known - 2


def test_what_was_fetched_gives_the_lines_again(twice_crawled: tuple[Path, int, int], tmp_path: Path) -> None:
    folder, *_ = twice_crawled
    assert bare(again(folder, tmp_path / "again")) == bare(delivered(folder))
    check_sources(folder)


def test_others_read_it_and_the_answers_are_as_they_came(twice_crawled: tuple[Path, int, int]) -> None:
    folder, known, same = twice_crawled
    (path,) = (folder / "warc").iterdir()
    kinds = check_by_others(path)
    assert kinds["metadata"] == known + 3
    assert kinds["request"] == kinds["response"] > known + 3  # one article has three parts
    assert kinds["revisit"] >= same
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            raw = record.raw_stream.read()
            if record.rec_type == "response":
                assert record.http_headers["Content-Encoding"] == "gzip"
                assert gzip.decompress(raw).startswith(b"<!")
            elif record.rec_type == "revisit":
                assert not raw  # or a replay tool shows the empty answer in the place of the page
                assert record.rec_headers["WARC-Refers-To-Date"] < record.rec_headers["WARC-Date"]
                assert record.rec_headers["WARC-Profile"].endswith("/server-not-modified")
            elif record.rec_type == "metadata":  # or a replay tool shows it in the place of the page
                assert record.rec_headers["WARC-Target-URI"] is None
            elif record.rec_type == "request":
                assert record.http_headers["User-Agent"].startswith("newsscraper/")


def test_compare_says_which_fields_changed(twice_crawled: tuple[Path, int, int], tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(twice_crawled[0], folder)
    same = archive(folder / "warc", "--to", tmp_path / "again", "--compare")
    records = delivered(folder)
    assert f"{len(records)} records compared: {len(records)} the same, 0 not" in same.stdout, same.stderr
    # As an earlier reader might have read them.
    records[0] |= {"title": "Weather", "authors": []}
    records[1]["text"] += "\n\nSubscribe to our newsletter."
    records[2]["date_modified"] = "2020-01-01"
    (path,) = folder.glob("*.jsonl")
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    changed = archive(folder / "warc", "--to", tmp_path / "again", "--compare")
    assert changed.returncode == 0, changed.stderr
    said = changed.stdout
    assert f"{len(records)} records compared: {len(records) - 3} the same, 3 not" in said
    table = {line.split()[0]: line.split()[1:] for line in said.splitlines() if len(line.split()) == 4}
    assert (table["title"], table["authors"], table["text"]) == (["1", "0", "0"], ["0", "1", "0"], ["1", "0", "0"])
    assert f"\n{records[0]['url']}\ntitle\n  delivered  Weather\n" in said
    assert "    - Subscribe to our newsletter.\n" in said
    told = json.loads(archive(folder / "warc", "--to", tmp_path / "again", "--compare", "--json").stdout)
    assert (told["compared"], told["fields"]["authors"]) == (len(records), {"changed": 0, "new": 1, "gone": 0})
    assert [each["url"] for each in told["changed"]] == [record["url"] for record in records[:3]]
    assert told["changed"][0]["fields"]["title"]["delivered"] == "Weather"
    other = archive(tmp_path, "--to", tmp_path / "other", "--compare", "--limit", "3")
    assert (other.returncode, "leave out --limit" in other.stderr) == (3, True)
    foreign = archive(warc(tmp_path / "foreign.warc.gz", 1), "--to", tmp_path / "other", "--compare")
    assert (foreign.returncode, "the lines that a crawl delivered" in foreign.stderr) == (3, True)


def test_what_feeds_tell_and_what_a_spider_adds_comes_again(tmp_path: Path) -> None:
    with serving.serve(Blog) as site:
        done = crawl(tmp_path / "output", site.url, settings={"BACKOFF_START": "0.01"} | WARC)
    told = [record for record in done.records if "from-feed" in record["extraction"]["warnings"]]
    assert len(told) >= 3
    blog = folder_of(tmp_path / "output")
    assert bare(again(blog, tmp_path / "blog")) == bare(delivered(blog))
    check_sources(blog)
    (tmp_path / "tangle").mkdir()
    with serving.serve(Tangle) as site:
        said, records = runspider(tmp_path / "tangle", SPIDER, site.url, "-s", "WARC=True")
    assert records, said
    assert records[0]["extra"]["shares"] >= 0
    tangle = folder_of(tmp_path / "tangle" / "output")
    assert bare(again(tangle, tmp_path / "again")) == bare(records)


@needs_browser
def test_what_a_browser_rendered_comes_again(tmp_path: Path) -> None:
    make = Kept()
    with serving.serve(make) as site:
        (tmp_path / "sites.toml").write_text(f'[app]\nurl = "{site.url}"\nrender = "needed"\n', "utf-8")
        done = crawl(tmp_path / "output", site=f"{tmp_path / 'sites.toml'}#app", settings=WARC)
    assert done.records, done.log[-3000:]
    folder = folder_of(tmp_path / "output")
    assert bare(again(folder, tmp_path / "again")) == bare(delivered(folder))
    check_sources(folder)
    (path,) = (folder / "warc").iterdir()
    assert check_by_others(path)["resource"] == len(done.records)


READER = """
import os
import scrapy
from newsscraper.addon import read

class Reader(scrapy.Spider):
    name = "reader"
    custom_settings = {"ADDONS": {"newsscraper.addon.NewsAddon": 500}, "WARC": True, "OUTPUT_DIR": "output"}

    async def start(self):
        for url in os.environ["URLS"].split():
            yield scrapy.Request(url)

    async def parse(self, response):
        yield await read(response)
"""


def test_live_is_saved_page_is_warc(tmp_path: Path) -> None:
    """One page, three ways: fetched by another project's spider, saved as a file, in a WARC file of somebody else."""
    (tmp_path / "reader.py").write_text(READER)
    with Newsroom(articles=25, seed=5).serve() as site:
        urls = " ".join(site.url + story.path for story in site.stories if not story.password)
        command = [sys.executable, "-m", "scrapy", "runspider", "reader.py"]
        options = {"cwd": tmp_path, "env": environ(URLS=urls), "capture_output": True, "text": True, "timeout": 300}
        done = subprocess.run(command, **options, check=False)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    folder = folder_of(tmp_path / "output")
    live = [record | {"duplicate_of": None} for record in delivered(folder)]  # which is said of two pages, not of one
    assert len(live) == 25
    check_sources(folder)
    (tmp_path / "saved").mkdir()
    with (tmp_path / "others.warc.gz").open("wb") as stream, next((folder / "warc").iterdir()).open("rb") as own:
        writer = WARCWriter(stream, gzip=True)
        for number, record in enumerate(record for record in ArchiveIterator(own) if record.rec_type == "response"):
            url, date = record.rec_headers["WARC-Target-URI"], record.rec_headers["WARC-Date"]
            raw = record.raw_stream.read()
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    io.BytesIO(raw),
                    http_headers=record.http_headers,
                    warc_headers_dict={"WARC-Date": date},
                )
            )
            page = tmp_path / "saved" / f"{number:03}.html"
            page.write_bytes(gzip.decompress(raw))
            moment = datetime.fromisoformat(date).timestamp()
            os.utime(page, (moment, moment))
    for path in (tmp_path / "saved", tmp_path / "others.warc.gz"):
        assert archive(path, "--to", tmp_path / "records").returncode == 0
    assert bare(lines(tmp_path / "records" / "saved.jsonl.zst")) == bare(live)
    assert bare(lines(tmp_path / "records" / "others.jsonl.zst")) == bare(live)
    own_again = [record | {"duplicate_of": None} for record in again(folder, tmp_path / "again")]
    assert bare(own_again) == bare(live)


def start(output: Path, site: Site) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={site.url}"]
    command += [
        part for name, value in {**QUICK, **WARC, "OUTPUT_DIR": output}.items() for part in ("-s", f"{name}={value}")
    ]
    return subprocess.Popen(command, env=environ(), stderr=subprocess.PIPE, text=True)


def test_killed_and_run_again(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Newsroom(articles=40, seed=7).serve() as site:
        for least in (3, 12, 25):
            process = start(output, site)
            assert process.stderr is not None
            while process.poll() is None and len(read_now(output)) < least:
                pass
            process.kill()
            process.communicate()
            check_sources(folder_of(output))
        folder = folder_of(output)
        (path,) = (each for each in (folder / "warc").iterdir() if each.name.endswith(".warc.gz"))
        whole = path.read_bytes()
        path.write_bytes(whole + whole[: len(whole) // 3])  # as a kill amid writing leaves it
        done = crawl(output, site.url, settings=WARC)
    assert done.code == 0, done.log[-3000:]
    assert "were moved to" in done.log
    records = delivered(folder)
    assert len({record["url"] for record in records}) == len(records) == 40
    assert bare(again(folder, tmp_path / "again")) == bare(records)
    check_sources(folder)
    check_by_others(path)


def test_a_fleet_keeps_each_sites_pages_apart(tmp_path: Path) -> None:
    with serve(Many(5), 3) as many:
        table = write_table(tmp_path / "sites.toml", [many.url(number) for number in range(3)])
        done = fleet(table, "--once", output=tmp_path / "output", WARC="True")
    assert done.returncode == 0, done.stderr
    folders = [path.parent for path in (tmp_path / "output").glob("*/warc")]
    assert len(folders) == 3
    for folder in folders:
        assert bare(again(folder, tmp_path / folder.name)) == bare(delivered(folder))
        check_sources(folder)


def read_now(output: Path) -> list[bytes]:
    return [line for file in output.glob("*/*.jsonl") for line in file.read_bytes().splitlines(keepends=True)]
