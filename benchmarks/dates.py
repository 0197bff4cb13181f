"""Score dates against pages whose truth is known: right, wrong and none, by day and by minute.

    python benchmarks/dates.py FOLDER [--part tune|held|all] [--limit N] [--show]

FOLDER holds ``truth.jsonl`` with ``date_published`` (a set of dated pages), or ``manifest.json`` and ``truth.json``
(pages of one WordPress site with their AMP twins).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from newsscraper import dates
from newsscraper.extraction import decoding, parsing, structured
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import datelines, language, title
from newsscraper.extraction.page import Page


def claims_of(page: Page) -> tuple[list[dates.Claim], tuple[str, ...], float]:
    """Return a page's claims, its languages, and the seconds that gathering and deciding took."""
    doc = Document(parsing.parse(decoding.decode(page.html, page.headers.get("content-type"))), page)
    told = structured.read(doc)
    _, headline = title.read(doc, told)
    languages = language.read(doc, told)
    spoken = (languages,) if isinstance(languages, str) else tuple(languages or ())
    started = time.perf_counter()
    claims = datelines.read(doc, told, headline=headline, languages=spoken)
    return claims, spoken, time.perf_counter() - started


def pages(folder: Path, part: str, limit: int | None) -> Iterator[tuple[dict[str, str], bytes]]:
    """Yield the pages of a set with their truths: two thirds for tuning, a third held back, by hash of the id."""
    count = 0
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        held = hashlib.md5(truth["id"].encode()).digest()[0] % 3 == 0
        if not isinstance(truth.get("date_published"), str) or (part != "all" and held != (part == "held")):
            continue
        yield truth, gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())
        count += 1
        if count == limit:
            return


def by_day(folder: Path, part: str, limit: int | None, show: bool) -> None:
    """Print right, wrong and none by day over a set of dated pages."""
    counts: Counter[str] = Counter()
    seconds = 0.0
    for truth, html in pages(folder, part, limit):
        page = Page(html, url=truth["url"])
        try:
            claims, languages, taken = claims_of(page)
        except ValueError as error:
            counts["failed"] += 1
            print(truth["id"], error)
            continue
        started = time.perf_counter()
        zone = dates.zone_of(page.url, languages)
        verdict = dates.decide(claims, fetched_at=None, languages=languages, timezone=zone)
        seconds += taken + time.perf_counter() - started
        value = verdict.published.value if verdict.published else None
        day = value[:10] if value and len(value) >= 10 else None
        answer = "none" if day is None else "right" if day == truth["date_published"][:10] else "wrong"
        counts[answer] += 1
        if show and answer != "right":
            print(f"{answer:5} {truth['date_published'][:10]} {value} {truth['id']} {truth['url']}")
            for claim in claims:
                print(f"        {claim.role:10}{claim.source:9}{claim.where[:40]:42}{claim.raw[:90]!r}")
    total = sum(counts.values())
    print(
        {key: f"{count} ({count / total:.1%})" for key, count in counts.items()},
        f"{seconds / total * 1e3:.2f} ms a page",
    )


def by_minute(folder: Path) -> None:
    """Print how often the exact minute comes out on a WordPress site's plain pages, AMP pages, and both together."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    posts = {post["url"]: post for post in truth["posts"]}
    counts: dict[str, Counter[str]] = {}
    gathered: dict[str, list[dates.Claim]] = {}
    for entry in manifest:
        if entry["kind"] not in ("article", "article-amp"):
            continue
        url = entry["url"].removesuffix("/amp")
        html = gzip.decompress((folder / entry["file"]).read_bytes())
        page = Page(html, url=entry["url"], fetched_at=datetime.fromisoformat(entry["fetched_at"]))
        claims, languages, _ = claims_of(page)
        gathered.setdefault(url, []).extend(claims)
        runs = [(entry["kind"], claims)]
        if entry["kind"] == "article-amp":
            runs.append(("both", gathered[url]))
        for kind, together in runs:
            verdict = dates.decide(together, fetched_at=page.fetched_at, languages=languages)
            for role in ("published", "modified"):
                decision = getattr(verdict, role)
                counts.setdefault(f"{kind} {role}", Counter())[_compare(decision, posts[url].get(role))] += 1
    for kind, answers in sorted(counts.items()):
        print(f"{kind:24}", dict(answers))


def _compare(decision: dates.Decision | None, truth: str | None) -> str:
    if decision is None or truth is None:
        return "none"
    right = datetime.fromisoformat(truth)
    value = decision.moment.value
    if decision.moment.precision in ("second", "minute"):
        return "minute" if value.tzinfo and abs((value - right).total_seconds()) < 60 else "WRONG"
    if decision.moment.precision == "hour":
        return "hour" if decision.moment.span[0] <= right <= decision.moment.span[1] else "WRONG"
    return "day" if value.date() == right.date() else "WRONG"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tune", "held", "all"), default="tune")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if (arguments.folder / "manifest.json").exists():
        by_minute(arguments.folder)
    else:
        by_day(arguments.folder, arguments.part, arguments.limit, arguments.show)
