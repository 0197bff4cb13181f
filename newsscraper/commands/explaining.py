"""A reading's decisions for a person: a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from newsscraper.extraction.page import Reading, Step

_PARTS = ("kind", "rule", "title", "author", "date", "category", "tag", "image", "recent-post", "block")
_HEADINGS = {
    "kind": "Is it an article",
    "rule": "The rules of the site",
    "title": "Title",
    "author": "Authors",
    "date": "Dates",
    "category": "Categories",
    "tag": "Tags",
    "image": "Images",
    "recent-post": "Recent posts",
    "block": "Text, block by block",
}
_COLOURS = {"kept": "green", "believed": "green", "cut": "red", "set aside": "yellow"}
_LONGEST = 200


def explain(reading: Reading, out: TextIO) -> None:
    """Write a reading's decisions, part by part, in the order in which they were taken.

    Args:
        reading: read with ``explain=True``.
        out: where to; colours and tables where it is a terminal.
    """
    if out.isatty():
        _table(reading, out)
        return
    for heading, steps in _by_part(reading.steps):
        out.write(f"\n{heading}\n")
        for step in steps:
            reason = f"  [{step.reason}]" if step.reason else ""
            out.write(f"  {step.verdict:9}  {step.rule:24}  {_short(step.text)}{reason}\n")


def _table(reading: Reading, out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out)
    for heading, steps in _by_part(reading.steps):
        table = Table(title=heading, title_justify="left", box=None, pad_edge=False, expand=True)
        for name, ratio in (("", None), ("rule", None), ("text", 3), ("why", 1)):
            table.add_column(name, ratio=ratio, no_wrap=ratio is None)
        for step in steps:
            table.add_row(
                Text(step.verdict, style=_COLOURS.get(step.verdict, "")),
                Text(step.rule),
                Text(_short(step.text)),
                Text(step.reason, style="dim"),
            )
        console.print()
        console.print(table)


def _by_part(steps: Iterable[Step]) -> Iterator[tuple[str, list[Step]]]:
    known = {part: place for place, part in enumerate(_PARTS)}
    ordered = sorted(steps, key=lambda step: known.get(step.part, len(known)))
    for part, group in groupby(ordered, key=lambda step: step.part):
        yield _HEADINGS.get(part, part), list(group)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
