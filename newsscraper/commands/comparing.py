"""What a site's rules change on a page: the record by the rules beside the general reader's, field by field."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from newsscraper.article import Article
    from newsscraper.extraction.page import Page

_FOLLOWS = ("extraction", "content_hash", "dates")
"""Fields that differ because others do."""
_LONGEST = 160


def compare(pages: Sequence[Page], out: TextIO) -> None:
    """Write what the rules change.

    Args:
        pages: the parts of one article, with the site's hints.
        out: where to.

    Raises:
        ExtractionError: no record can be made.
    """
    from newsscraper.article import FIELD_NAMES
    from newsscraper.extraction.rules import Rules

    ruled = _record(pages)
    general = _record([replace(page, hints=replace(page.hints, rules=Rules())) for page in pages])
    same = []
    for name in FIELD_NAMES:
        one, other = getattr(general, name), getattr(ruled, name)
        if name in _FOLLOWS:
            continue
        if one == other:
            same += [name] if one else []
            continue
        out.write(f"{name}\n")
        out.writelines(_paragraphs(one or "", other or "") if name == "text" else _values(one, other))
    if same:
        out.write(f"the same either way: {', '.join(same)}\n")
    for warning in ruled.extraction.warnings:
        out.write(f"warning: {warning}\n")


def _record(pages: Sequence[Page]) -> Article:
    from newsscraper.extraction import joining, read_page

    readings = [read_page(page, record_only=True) for page in pages]
    return joining.join(readings, hints=pages[0].hints)


def _values(general: object, ruled: object) -> Iterator[str]:
    yield f"  general reader  {_short(general)}\n"
    yield f"  by the rules    {_short(ruled)}\n"


def _paragraphs(general: str, ruled: str) -> Iterator[str]:
    """Yield the paragraphs that only one of the two has, those of the general reader with a minus."""
    yield f"  general reader  {len(general)} characters\n  by the rules    {len(ruled)} characters\n"
    for line in difflib.ndiff(general.split("\n\n"), ruled.split("\n\n")):
        if line[0] in "+-":
            yield f"    {line[0]} {_short(line[2:])}\n"


def _short(value: object) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    line = " ".join(shown.split()) if value else "nothing"
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
