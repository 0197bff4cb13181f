"""What WARC files cost a crawl, and whether what is in them gives the same records again.

``python benchmarks/warc.py FOLDER`` serves the saved pages in FOLDER on loopback. First it crawls them in turn with
and without ``WARC``, and says what that costs a page. Then it reads the WARC file with ``scrapy archive``, and the same
pages as saved files and out of a WARC file that has the answers alone, and counts the records that differ. Only figures
of one run can be compared.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import zstandard
from crawl import newsscraper, served
from measuring import Cost, measure
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from newsscraper.archives.kept import Exchange, KeptPage, Story
from newsscraper.archives.writing import WarcFolder
from newsscraper.article import Article
from newsscraper.extraction.page import Page, SiteHints

HERE = Path(__file__).resolve().parent
LIMIT = 3600.0


def crawled(origin: str, articles: int, work: Path, *settings: str) -> Cost:
    """Crawl the site; say what it cost."""
    work.mkdir(parents=True)
    command, count = newsscraper(origin, articles, work, *settings)
    cost = measure(command, cwd=HERE.parent, log=work / "log.txt", output=work, timeout=LIMIT)
    if cost.status:
        raise SystemExit(f"the crawl ended with status {cost.status}: see {work / 'log.txt'}")
    print(
        f"{work.name}: {count()} articles, {cost.cpu_seconds:.1f} s of processor time, {cost.seconds:.1f} s", flush=True
    )
    return cost


def compare_costs(folder: Path, articles: int, rounds: int, work: Path, *options: str) -> Path:
    """Crawl with and without in turn; return the folder of a crawl with."""
    differences = []
    for number in range(rounds):
        with served(folder, articles, *options) as site:
            one = crawled(site.origin, articles, work / f"{number}-without")
            other = crawled(site.origin, articles, work / f"{number}-with", "WARC=True")
        differences.append(1000 * (other.cpu_seconds - one.cpu_seconds) / articles)
        ratio, peaks = other.cpu_seconds / one.cpu_seconds, [each.peak_bytes / 1e6 for each in (one, other)]
        print(
            f"round {number + 1}: {differences[-1]:+.1f} ms a page, {ratio:.3f} of the time without; "
            f"memory {peaks[0]:.0f} and {peaks[1]:.0f} MB",
            flush=True,
        )
    print(f"median of {rounds} rounds: {statistics.median(differences):+.1f} ms of processor time a page", flush=True)
    (site_folder,) = (each for each in (work / f"{rounds - 1}-with" / "output").iterdir() if each.name != ".state")
    return site_folder


def write_again(path: Path, work: Path, times: int = 5) -> None:
    """Write the answers of a WARC file again, and say what that alone takes."""
    articles = []
    with path.open("rb") as stream:
        for record in (record for record in ArchiveIterator(stream) if record.rec_type == "response"):
            told = tuple((name.encode(), value.encode()) for name, value in record.http_headers.headers)
            exchange = Exchange("GET", "/story", ((b"Host", b"127.0.0.1"),), b"", 200, told, record.raw_stream.read())
            page = Page(
                b"", record.rec_headers["WARC-Target-URI"], datetime.fromisoformat(record.rec_headers["WARC-Date"])
            )
            article = Article(id="1", url=page.url, title="Story")
            articles.append((Story((KeptPage(page, exchange),), SiteHints(), Article().to_dict()), article))
    spent = []
    for number in range(times):
        (work / f"again-{number}").mkdir()
        warc = WarcFolder(work / f"again-{number}")
        before = time.process_time()
        for each in articles:
            warc.append("2026-11-27", [each], [], ())
        spent.append(1000 * (time.process_time() - before) / len(articles))
        warc.close()
    print(f"writing alone: {min(spent):.1f} ms of processor time a page, the least of {times} times", flush=True)


def compare_records(folder: Path, work: Path) -> None:
    """Read what a crawl kept, in three ways, and count what differs from its lines."""
    live = [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.open("rb")]
    again = work / "again"
    archive(folder / "warc", again)
    told("the crawl's lines", live, "its WARC file", read(again))
    saved, others = work / "saved", work / "others.warc.gz"
    split(next((folder / "warc").iterdir()), saved, others)
    archive(saved, work / "pages")
    archive(others, work / "pages")
    told("saved pages", read(work / "pages", "saved"), "a WARC file of them", read(work / "pages", "others"))


def archive(path: Path, to: Path) -> None:
    """Run ``scrapy archive``."""
    command = [sys.executable, "-m", "scrapy", "archive", str(path), "--to", str(to)]
    print(
        subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=True).stdout, end="", flush=True
    )


def read(folder: Path, name: str = "*") -> list[dict[str, Any]]:
    """Return the records that were written to a folder."""
    found = []
    for file in sorted(folder.glob(f"{name}.jsonl.zst")):
        with zstandard.ZstdDecompressor().stream_reader(file.open("rb"), closefd=True) as stream:
            found += [json.loads(line) for line in io.TextIOWrapper(stream, "utf-8")]
    return found


def told(one_name: str, one: list[dict[str, Any]], other_name: str, other: list[dict[str, Any]]) -> None:
    """Say how many records are not the same, byte for byte save ``source``.

    A saved page that does not name its address has none, and cannot be told apart: it is left out.
    """
    left, right = lines(one), lines(other)
    both = left.keys() & right.keys()
    differ = sum(left[key] != right[key] for key in both)
    print(f"{one_name}: {len(one)}; {other_name}: {len(other)}; compared: {len(both)}; {differ} differ", flush=True)


def lines(records: list[dict[str, Any]]) -> dict[tuple[str, ...], str]:
    """Return the lines of records without ``source``, by address, revision and moment."""
    return {
        (record["source_url"] or "", str(record["revision"]), record["fetched_at"]): json.dumps(
            record | {"source": None}
        )
        for record in records
    }


def split(path: Path, saved: Path, others: Path) -> None:
    """Write the answers of a WARC file as saved pages, and alone into another WARC file."""
    saved.mkdir()
    with others.open("wb") as stream, path.open("rb") as own:
        writer = WARCWriter(stream, gzip=True)
        responses = (record for record in ArchiveIterator(own) if record.rec_type == "response")
        for number, record in enumerate(responses):
            date = record.rec_headers["WARC-Date"]
            body = record.content_stream().read()
            record.http_headers.remove_header("Content-Encoding")
            headers = {"WARC-Date": date}
            writer.write_record(
                writer.create_warc_record(
                    record.rec_headers["WARC-Target-URI"],
                    "response",
                    io.BytesIO(body),
                    http_headers=record.http_headers,
                    warc_headers_dict=headers,
                )
            )
            page = saved / f"{number:05}.html.gz"
            page.write_bytes(gzip.compress(body))
            moment = datetime.fromisoformat(date).timestamp()
            os.utime(page, (moment, moment))


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="saved pages: *.html or *.html.gz in it or below")
    parser.add_argument("--articles", type=int, default=200, help="how many to crawl (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="crawls of each kind (default: %(default)s)")
    parser.add_argument("--packed", action="store_true", help="the site sends its pages packed, as most do")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="warc-benchmark-") as place:
        work = Path(place)
        options = ["--packed"] if arguments.packed else []
        folder = compare_costs(arguments.folder.resolve(), arguments.articles, arguments.rounds, work, *options)
        size = sum(file.stat().st_size for file in (folder / "warc").iterdir())
        print(f"WARC file: {size / arguments.articles / 1024:.0f} KiB a page", flush=True)
        write_again(next((folder / "warc").iterdir()), work)
        compare_records(folder, work)


if __name__ == "__main__":
    main()
