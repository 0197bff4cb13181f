"""What it brings to read an archive twice: the second time it is known which blocks a host's pages have in common.

    python benchmarks/site_memory.py [--wordpress FOLDER] [SET…]

Pages: a demo newsroom; with FOLDER those of a WordPress with the AMP plugin; of each SET, a folder with ``truth.jsonl``
and ``html/``, the hosts that have three pages or more. A block counts as in a crawl: if it stands on three pages and on
a fifth of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from newsscraper.crawlstate.blocks import FEWEST_PAGES, SHARE
from newsscraper.demo import Newsroom
from newsscraper.extraction import Page, read_page
from newsscraper.extraction.body.sitememory import block_hash
from newsscraper.extraction.page import SiteHints

Case = tuple[Page, str]
"""A page and the text that it should give."""
WORD = re.compile(r"\w+")
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def newsroom(shape: str) -> Iterator[Case]:
    """Yield the articles of a demo newsroom."""
    with Newsroom(articles=200, opened_at=MOMENT, clock=lambda: MOMENT, shape=shape).serve() as site:
        for url, article in site.truth.items():
            with urllib.request.urlopen(url) as answer:
                yield Page(answer.read(), url=url, fetched_at=MOMENT), article.text or ""


def wordpress(folder: Path, kind: str) -> Iterator[Case]:
    """Yield the articles of the WordPress, plain or AMP."""
    posts = json.loads((folder / "truth.json").read_bytes())["posts"]
    texts = {}
    for post in posts:
        texts[post["url"]] = texts[post["amp_url"]] = "\n\n".join(block["text"] for block in post["blocks"])
    for told in json.loads((folder / "manifest.json").read_bytes()):
        if told["kind"] == kind and told["url"] in texts:
            html = gzip.decompress((folder / told["file"]).read_bytes())
            moment = datetime.fromisoformat(told["fetched_at"])
            yield Page(html, url=told["url"], fetched_at=moment), texts[told["url"]]


def common_hosts(folders: list[Path]) -> Iterator[Case]:
    """Yield the pages of hosts that have three or more in sets whose truth holds texts."""
    by_host = defaultdict(list)
    for folder in folders:
        for told in map(json.loads, (folder / "truth.jsonl").read_bytes().splitlines()):
            if told.get("body") and told.get("url"):
                html = gzip.decompress((folder / "html" / f"{told['id']}.html.gz").read_bytes())
                by_host[_host(told["url"])].append((Page(html, url=told["url"], fetched_at=MOMENT), told["body"]))
    for cases in by_host.values():
        if len(cases) >= FEWEST_PAGES:
            yield from cases


def _host(url: str | None) -> str:
    return urlsplit(url or "").netloc.removeprefix("www.")


def compare(name: str, cases: list[Case]) -> None:
    """Read all pages once, then with what their hosts repeat."""
    began = time.process_time()
    first = [read_page(page) for page, _ in cases]
    once = time.process_time() - began
    seen: defaultdict[str, Counter[int]] = defaultdict(Counter)
    pages = Counter(_host(page.url) for page, _ in cases)
    for (page, _), reading in zip(cases, first, strict=True):
        seen[_host(page.url)].update(reading.blocks)
    repeated = {
        host: frozenset(block for block, count in blocks.items() if count >= max(FEWEST_PAGES, SHARE * pages[host]))
        for host, blocks in seen.items()
    }
    second, again = [], 0
    for (page, _), reading in zip(cases, first, strict=True):
        hashes = repeated[_host(page.url)]
        text = (reading.article and reading.article.text) or ""
        if any(block_hash(part) in hashes for part in text.split("\n\n")):
            again += 1
            with_hints = Page(page.html, url=page.url, fetched_at=page.fetched_at, hints=SiteHints(repeated=hashes))
            reading = read_page(with_hints)  # noqa: PLW2901
        second.append(reading)
    for turn, readings in (("once", first), ("twice", second)):
        marks = [
            _scores((reading.article and reading.article.text) or "", truth)
            for reading, (_, truth) in zip(readings, cases, strict=True)
        ]
        precision, recall = (sum(mark[i] for mark in marks) / len(marks) for i in (0, 1))
        exact = sum(mark[2] for mark in marks) / len(marks)
        print(f"| {name}, {len(cases)} pages | {turn} | {precision:.4f} | {recall:.4f} | {exact:.1%} |")
    blocks = sum(map(len, repeated.values()))
    print(f"  {blocks} blocks repeat; {again} pages are read again; {once / len(cases) * 1000:.1f} ms a page")


def _scores(text: str, truth: str) -> tuple[float, float, bool]:
    found, wanted = (Counter(WORD.findall(each.lower())) for each in (text, truth))
    common = (found & wanted).total()
    return common / max(1, found.total()), common / max(1, wanted.total()), found == wanted


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET")
    parser.add_argument("--wordpress", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    print("| pages | read | precision | recall | exact |")
    print("| --- | --- | ---: | ---: | ---: |")
    for shape in ("2018", "2026"):
        compare(f"demo newsroom of {shape}", list(newsroom(shape)))
    if arguments.wordpress:
        for kind in ("article", "article-amp"):
            compare(f"WordPress, {kind}", list(wordpress(arguments.wordpress, kind)))
    if arguments.sets:
        compare("hosts with three pages or more", list(common_hosts(arguments.sets)))


if __name__ == "__main__":
    main()
