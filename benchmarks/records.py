"""All that given pages give, kept in a file; two such files side by side: what does a change of the readers change?

    python benchmarks/records.py dump FOLDER BEFORE.jsonl [--sets NAME,NAME] [--sample N]
    python benchmarks/records.py compare BEFORE.jsonl AFTER.jsonl [--field NAME] [--show N]

FOLDER holds sets: folders with ``truth.jsonl`` and ``html/<id>.html.gz``, with ``manifest.json`` and the files that it
names, or with a folder for each page that holds ``case.json`` and ``input.html``. To compare with another commit,
``git worktree add`` it elsewhere and run `dump` from the top of each tree. A dump imports the package from the folder
in which it is started.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path.cwd()))

from newsscraper.extraction import ExtractionError, Page, read_page

FETCHED = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""When pages of which nobody noted it count as fetched."""


@dataclass(frozen=True)
class Given:
    """One page of a set."""

    set: str
    id: str
    page: Page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    dump = commands.add_parser("dump", help="read all pages and keep what they give")
    dump.add_argument("folder", type=Path)
    dump.add_argument("to", type=Path)
    dump.add_argument("--sets", help="names of the sets, by comma; all where left out")
    dump.add_argument("--sample", type=int, help="pages of each set, evenly spread")
    compare = commands.add_parser("compare", help="show what differs between two files, field by field")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--field", help="show the differences of this field alone: text, date_published, links …")
    compare.add_argument("--show", type=int, default=10, help="differences to show of each field (10)")
    options = parser.parse_args()
    if options.command == "dump":
        _dump(options.folder, options.to, options.sets, options.sample)
    else:
        sys.exit(_compare(options.before, options.after, options.field, options.show))


def pages(folder: Path, sets: str | None = None, sample: int | None = None) -> Iterator[Given]:
    """Yield the pages of all sets in a folder, in order of their names."""
    for one in [folder, *sorted(folder.iterdir())]:
        if one.is_dir() and (not sets or one.name in sets.split(",")):
            of_set = list(_files(one))
            if sample:
                of_set = of_set[:: max(1, len(of_set) // sample)][:sample]
            for id_, file, page in of_set:
                html = file.read_bytes()
                yield Given(one.name, id_, replace(page, html=gzip.decompress(html) if file.suffix == ".gz" else html))


def _files(folder: Path) -> Iterator[tuple[str, Path, Page]]:
    if (folder / "truth.jsonl").exists():
        for line in (folder / "truth.jsonl").read_text("utf-8").strip().split("\n"):
            truth = json.loads(line)
            yield truth["id"], folder / "html" / f"{truth['id']}.html.gz", Page(b"", truth.get("url"), FETCHED)
    elif (folder / "manifest.json").exists():
        for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
            if "html" in entry["headers"].get("content-type", ""):
                fetched = datetime.fromisoformat(entry["fetched_at"])
                yield entry["file"], folder / entry["file"], Page(b"", entry["url"], fetched, entry["headers"])
    else:
        for file in sorted(folder.glob("*/case.json")):
            case = json.loads(file.read_text("utf-8"))
            if (html := file.with_name("input.html")).exists():
                yield file.parent.name, html, Page(b"", case["url"], datetime.fromisoformat(case["fetched_at"]))


def _dump(folder: Path, to: Path, sets: str | None, sample: int | None) -> None:
    count, start = 0, time.process_time()
    with to.open("w", encoding="utf-8") as file:
        for given in pages(folder, sets, sample):
            try:
                answer = asdict(read_page(given.page))
                answer |= answer.pop("article") or {}
            except ExtractionError as error:
                answer = {"error": str(error)}
            line = {"page": f"{given.set} {given.id}"} | answer
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True, default=str) + "\n")
            count += 1
    if not count:
        sys.exit(f"no set of pages in {folder}")
    print(f"{count} pages in {time.process_time() - start:.1f} seconds of processor time → {to}")


def _compare(before: Path, after: Path, field: str | None, show: int) -> int:
    old, new = _read(before), _read(after)
    differing: dict[str, list[tuple[str, Any, Any]]] = {}
    same = 0
    for key in old.keys() & new.keys():
        one, other = _flat(old[key]), _flat(new[key])
        names = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
        same += not names
        for name in names:
            differing.setdefault(name, []).append((key, one.get(name), other.get(name)))
    alone = len(old.keys() ^ new.keys())
    print(f"{same} of {len(old.keys() & new.keys())} pages give the same; {alone} stand in one file only")
    counts = Counter({name: len(changes) for name, changes in differing.items()})
    for name, number in counts.most_common():
        print(f"{number:6}  {name}")
    for name in [field] if field else list(differing):
        for key, was, now in sorted(differing.get(name, []), key=lambda change: change[0])[:show]:
            print(f"\n{name}  {key}")
            for line in _difference(was, now):
                print(f"    {line}")
    return int(bool(differing or alone))


def _read(file: Path) -> dict[str, dict[str, Any]]:
    lines = (json.loads(line) for line in file.read_text("utf-8").split("\n") if line)
    return {line["page"]: line for line in lines}


def _flat(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with the parts of ``dates``, ``extraction`` and the like as fields of their own."""
    flat: dict[str, Any] = {}
    for name, value in answer.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{part}": inner for part, inner in value.items()}
        else:
            flat[name] = value
    return flat


def _difference(was: Any, now: Any) -> Iterator[str]:
    for line in difflib.unified_diff(_lines(was), _lines(now), lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            yield line if len(line) <= 240 else line[:240] + "…"


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split("\n\n")
    if isinstance(value, list):
        return [json.dumps(entry, ensure_ascii=False) for entry in value]
    return [json.dumps(value, ensure_ascii=False)]


if __name__ == "__main__":
    main()
