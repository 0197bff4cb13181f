"""Exports of many records: seconds and memory of each format, and stories among a million articles.

    python -m benchmarks.exports --records 100000
    python -m benchmarks.exports --stories 1000000
    python -m benchmarks.exports --copies 4000

Records are made up: texts of 100 to 900 words, a tenth of them copies of others in a few words.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from newsscraper.article import Article
from newsscraper.exports.lines import Line, Mark, Site
from newsscraper.exports.stories import Stories
from tests.exports.test_stories import precision_and_recall

WORDS = [f"w{number:x}" for number in range(20000)]


def texts(count: int, seed: int) -> Iterator[str]:
    """Yield texts; every tenth is an earlier one with a few words changed."""
    rng = random.Random(seed)
    kept: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            words = rng.choice(kept).split()
            words[rng.randrange(len(words))] = rng.choice(WORDS)
            yield " ".join(words)
            continue
        text = " ".join(rng.choices(WORDS, k=rng.randint(100, 900)))
        if len(kept) < 2000:
            kept.append(text)
        yield text


def deliver(output: Path, count: int) -> int:
    """Write records of ten sites and two months; return their bytes."""
    size = 0
    streams = {}
    for number, text in enumerate(texts(count, seed=1)):
        site, day = f"site-{number % 10}.example", f"2026-{10 + number % 2}-{number % 28 + 1:02}"
        if (site, day) not in streams:
            (output / site).mkdir(parents=True, exist_ok=True)
            streams[site, day] = (output / site / f"{day}.jsonl").open("wb")
        url = f"https://{site}/{number}.html"
        article = Article(
            id=f"{number:016x}", url=url, site=site, title=f"Story {number}", text=text, authors=["Ann Lee"]
        )
        article.fetched_at = article.first_seen_at = f"{day}T10:00:00+00:00"
        size += streams[site, day].write(article.to_json() + b"\n")
    for stream in streams.values():
        stream.close()
    return size


def exported(output: Path, format_: str, place: Path) -> str:
    """Export in a process of its own; say seconds, and the largest memory of any process so far."""
    command = [sys.executable, "-m", "scrapy", "export", "--to", format_, str(place), "-s", f"OUTPUT_DIR={output}"]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    clock, spent = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
    return f"{cpu:.1f} CPU s, {clock:.1f} s by the clock, {spent.ru_maxrss / 1024:.0f} MB at most so far"


def tell_stories(path: Path, articles: int) -> None:
    """Take in lines as an export does, and say now and then what it has cost."""

    def read(mark: Mark) -> Iterator[Line]:
        end = 0
        for number, text in enumerate(texts(articles, seed=2)):
            if number % 100_000 == 0:
                say(number)
            data = msgspec.json.encode({"id": f"{number:016x}", "text": text}) + b"\n"
            end += len(data)
            yield Line("all", "all", end, data, "")

    def say(count: int) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        clock = time.perf_counter() - began
        print(f"{count} articles: {time.process_time():.0f} CPU s, {clock:.0f} s, {memory:.0f} MB", flush=True)

    began = time.perf_counter()
    stories = Stories(path)
    say(stories.take_in([Site("all", read)]))
    stories.close()
    print(f"file: {path.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--stories", type=int, default=0, help="articles whose stories are told, in place of exports")
    parser.add_argument(
        "--copies", type=int, default=0, help="articles, half of them with a copy: precision and recall"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if arguments.copies:
            precision, recall, copies = precision_and_recall(place / "stories.sqlite", arguments.copies)
            print(f"{arguments.copies} articles and {copies} copies: precision {precision:.4f}, recall {recall:.4f}")
            return
        if arguments.stories:
            tell_stories(place / "stories.sqlite", arguments.stories)
            return
        size = deliver(place / "output", arguments.records)
        print(f"{arguments.records} records, {size / 1e6:.0f} MB")
        for format_, name in (("parquet", "tables"), ("jsonl", "all.jsonl"), ("csv", "all.csv"), ("sqlite", "news.db")):
            print(f"{format_}: {exported(place / 'output', format_, place / name)}", flush=True)


if __name__ == "__main__":
    main()
