"""Extractors side by side: how exact their text and record are, and how long they take.

    python benchmarks/extraction.py FOLDER [--peers] [--sample N] [--save NEW.json] [--compare OLD.json]

FOLDER holds the sets, each a folder with ``truth.jsonl`` and ``html/<id>.html.gz``; or it is one set.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import scores
import systems

EXACT, BAD = 0.99, 0.8


@dataclass(frozen=True)
class Case:
    """A page of a set and what is known of it."""

    set: str
    id: str
    file: Path
    truth: dict[str, Any]

    @property
    def aside(self) -> bool:
        """Whether the page belongs to the third that nothing was tuned on."""
        return hashlib.sha256(self.id.encode()).digest()[1] % 3 == 0


def main() -> None:
    options = _arguments()
    cases = list(_cases(options.folder, options.sets, options.part))
    if options.sample:
        kept: list[Case] = []
        for name in dict.fromkeys(case.set for case in cases):
            of_set = [case for case in cases if case.set == name]
            kept += of_set[:: max(1, len(of_set) // options.sample)][: options.sample]
        cases = kept
    if not cases:
        sys.exit(f"no set (a folder with truth.jsonl and html/) in {options.folder}")
    chosen = systems.OURS_AND_TRAFILATURA | (systems.PEERS if options.peers else {})
    if options.systems:
        chosen = {name: chosen[name] for name in options.systems.split(",")}
    names = [name for name in chosen if _there(name)]
    logging.disable(logging.CRITICAL)
    results = _run(cases, names, options.processes)
    for name in dict.fromkeys(case.set for case in cases):
        _print_table(name, [case for case in cases if case.set == name], names, results)
    if {"wcxb-articles", "wcxb-other-pages"} <= {case.set for case in cases} and "newsscraper" in names:
        _print_kind(cases, results)
    if options.save:
        options.save.write_text(json.dumps({f"{s} {i} {n}": r for (s, i, n), r in results.items()}, indent=0))
    if options.compare:
        _print_comparison(json.loads(options.compare.read_text()), results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", help="names of the sets, by comma; all where left out")
    parser.add_argument("--part", choices=("tuned", "aside"), help="two thirds that rules were tuned on, or the rest")
    parser.add_argument("--sample", type=int, help="pages of each set, evenly spread")
    parser.add_argument("--peers", action="store_true", help="newspaper4k, readability-lxml and resiliparse, too")
    parser.add_argument("--systems", help="names of the systems, by comma")
    parser.add_argument("--processes", type=int, default=1, help="more than one blurs the times")
    parser.add_argument("--save", type=Path, help="write the scores of each page")
    parser.add_argument(
        "--compare", type=Path, help="show page by page what was won and lost since that file was saved"
    )
    return parser.parse_args()


def _cases(folder: Path, sets: str | None, part: str | None) -> Iterator[Case]:
    folders = [folder] if (folder / "truth.jsonl").exists() else sorted(p.parent for p in folder.glob("*/truth.jsonl"))
    for one in folders:
        if sets and one.name not in sets.split(","):
            continue
        for line in (one / "truth.jsonl").read_text().strip().split("\n"):
            truth = json.loads(line)
            case = Case(one.name, truth["id"], one / "html" / f"{truth['id']}.html.gz", truth)
            if part is None or case.aside == (part == "aside"):
                yield case


def _there(name: str) -> bool:
    try:
        (systems.OURS_AND_TRAFILATURA | systems.PEERS)[name]()
    except ImportError as error:
        print(f"{name} left out: {error}", file=sys.stderr)
        return False
    return True


def _run(cases: list[Case], names: list[str], processes: int) -> dict[tuple[str, str, str], dict[str, Any]]:
    if processes == 1:
        pages = [_run_case(case, names) for case in cases]
    else:
        with ProcessPoolExecutor(processes) as pool:
            pages = list(pool.map(_run_case, cases, [names] * len(cases), chunksize=8))
    return {(case.set, case.id, name): page[name] for case, page in zip(cases, pages, strict=True) for name in names}


_loaded: dict[str, systems.System] = {}


def _run_case(case: Case, names: list[str]) -> dict[str, dict[str, Any]]:
    html = gzip.decompress(case.file.read_bytes())
    answers = {}
    for name in names:
        if name not in _loaded:
            _loaded[name] = (systems.OURS_AND_TRAFILATURA | systems.PEERS)[name]()
            _call(_loaded[name], html, None)  # imports and tables are loaded once, not a page's time
        start = time.thread_time()
        found = _call(_loaded[name], html, case.truth.get("url"))
        ms = round((time.thread_time() - start) * 1000, 2)
        answers[name] = _judge(found, case) | {"ms": ms}
    return answers


def _call(system: systems.System, html: bytes, url: str | None) -> dict[str, Any]:
    try:
        return system(html, url)
    except Exception as error:  # a peer's failure is its answer
        return {"error": f"{type(error).__name__}: {error}"}


def _judge(found: dict[str, Any], case: Case) -> dict[str, Any]:
    text, truth = found.get("text") or "", case.truth
    answer: dict[str, Any] = {key: found[key] for key in ("kind", "confidence", "error") if key in found}
    if truth.get("body"):
        if case.set.startswith("zyte"):
            answer["counts"] = scores.shingle_counts(text, truth["body"])
            page = scores.shingles(text, truth["body"])
        else:
            page = scores.words(text, truth["body"])
        answer |= {"precision": page.precision, "recall": page.recall, "f1": page.f1}
        answer["words_f1"] = scores.words(text, truth["body"]).f1
    if "with" in truth or "without" in truth:
        answer["snippets"] = scores.snippets(text, truth.get("with") or (), truth.get("without") or ())
    return answer | scores.record_of(found, truth)


def _print_table(name: str, cases: list[Case], names: list[str], results: dict[Any, dict[str, Any]]) -> None:
    print(f"\n### {name}: {len(cases)} pages\n")
    print(
        "| system | precision | recall | F1 | exact | bad | snippets P / R / F1 | title | authors | day | mean ms | median | p99 | max |"  # noqa: E501
    )
    print("| --- |" + " --- |" * 13)
    for system in names:
        pages = [results[case.set, case.id, system] for case in cases]
        print("| " + " | ".join([system, *_row(pages)]) + " |")


def _row(pages: list[dict[str, Any]]) -> list[str]:
    row = ["–"] * 9
    scored = [page for page in pages if "f1" in page]
    if scored:
        counts = [tuple(page["counts"]) for page in scored if "counts" in page]
        if counts:
            total = scores.shingles_of_set(counts)
            means = [total.precision, total.recall, total.f1]
        else:
            means = [fmean(page[key] for page in scored) for key in ("precision", "recall", "f1")]
        row[:3] = [f"{mean:.4f}" for mean in means]
        row[3] = f"{fmean(page['f1'] >= EXACT for page in scored):.1%}"
        row[4] = f"{fmean(page['f1'] < BAD for page in scored):.1%}"
    if any("snippets" in page for page in pages):
        found, missing, leaked, _ = (
            sum(n) for n in zip(*(p["snippets"] for p in pages if "snippets" in p), strict=True)
        )
        precision, recall = found / ((found + leaked) or 1), found / ((found + missing) or 1)
        row[5] = f"{precision:.3f} / {recall:.3f} / {2 * precision * recall / ((precision + recall) or 1):.4f}"
    for place, key in enumerate(("title", "authors", "day"), start=6):
        if known := [page[key] for page in pages if key in page]:
            row[place] = f"{fmean(known):.3f}"
    times = [page["ms"] for page in pages]
    p99 = quantiles(times, n=100)[98] if len(times) > 1 else times[0]
    return [*row, f"{fmean(times):.1f}", f"{median(times):.1f}", f"{p99:.0f}", f"{max(times):.0f}"]


def _print_kind(cases: list[Case], results: dict[Any, dict[str, Any]]) -> None:
    kinds = {
        name: [results[c.set, c.id, "newsscraper"].get("kind") == "article" for c in cases if c.set == name]
        for name in ("wcxb-articles", "wcxb-other-pages")
    }
    yes, no = fmean(kinds["wcxb-articles"]), 1 - fmean(kinds["wcxb-other-pages"])
    print(
        f"\nIs it an article? articles said to be: {yes:.3f}, others said not to be: {no:.3f}, balanced: {(yes + no) / 2:.3f}"  # noqa: E501
    )
    pages = sorted(
        (p for c in cases if "f1" in (p := results[c.set, c.id, "newsscraper"])), key=lambda p: p.get("confidence", 0.0)
    )
    bad = sum(page["f1"] < BAD for page in pages)
    in_tenth = sum(page["f1"] < BAD for page in pages[: len(pages) // 10])
    print(f"Confidence: the worst tenth by it holds {in_tenth} of {bad} bad pages")


def _print_comparison(old: dict[str, dict[str, Any]], new: dict[tuple[str, str, str], dict[str, Any]]) -> None:
    changes = []
    for (set_, id_, system), page in new.items():
        before = old.get(f"{set_} {id_} {system}", {})
        if "f1" in page and "f1" in before and abs(page["f1"] - before["f1"]) > 0.0005:
            changes.append((page["f1"] - before["f1"], before["f1"], page["f1"], set_, id_, system))
        if "snippets" in page and "snippets" in before and list(page["snippets"]) != list(before["snippets"]):
            good = [s[0] + s[3] for s in (before["snippets"], page["snippets"])]
            changes.append(((good[1] - good[0]) / 10, good[0], good[1], set_, id_, system))
    changes.sort()
    won, lost = [c for c in changes if c[0] > 0], [c for c in changes if c[0] < 0]
    print(f"\n{len(won)} pages won ({sum(c[0] for c in won):+.3f}), {len(lost)} lost ({sum(c[0] for c in lost):+.3f})")
    for gain, before_f1, after_f1, set_, id_, system in changes:
        print(f"{gain:+.4f}  {before_f1:.4f} → {after_f1:.4f}  {set_} {id_} {system}")


if __name__ == "__main__":
    main()
