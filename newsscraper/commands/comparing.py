"""Two readings side by side, field by field: with a site's rules and without; as delivered and as read today."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from newsscraper.archives.comparing import Comparison
    from newsscraper.article import Article
    from newsscraper.extraction.page import Page

_FOLLOWS = ("extraction", "content_hash", "dates")
"""Fields that differ because others do."""
_LONGEST = 160
_RULES = ("general reader", "by the rules")
_TIMES = ("delivered", "today")


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
        out.writelines(_field(name, one, other, _RULES))
    if same:
        out.write(f"the same either way: {', '.join(same)}\n")
    for warning in ruled.extraction.warnings:
        out.write(f"warning: {warning}\n")


def show(comparison: Comparison, out: TextIO) -> None:
    """Write what today's reader changes: a table of fields, then each article with what differs."""
    lost = [each for each in comparison.differences if each.today is None]
    differ = len(comparison.differences)
    out.write(f"{comparison.compared} records compared: {comparison.compared - differ} the same, {differ} not\n")
    counts = comparison.counts()
    if counts:
        width = max(len(name) for name in counts)
        out.write(f"\n{'field':{width}}  changed    new   gone\n")
        for name, told in counts.items():
            out.write(f"{name:{width}}  {told['changed']:7} {told['new']:6} {told['gone']:6}\n")
    for each in comparison.differences:
        if each.today is not None:
            out.write(f"\n{_name(each.delivered)}\n")
            for name in each.fields:
                out.writelines(_field(name, *each.values(name), _TIMES))
    if lost:
        out.write("\nno article today:\n")
        out.writelines(f"  {_name(each.delivered)}\n" for each in lost)


def _name(record: dict[str, object]) -> str:
    revision = record["revision"]
    return f"{record['url']}" + (f" (revision {revision})" if revision != 1 else "")


def _record(pages: Sequence[Page]) -> Article:
    from newsscraper.extraction import joining, read_page

    readings = [read_page(page, record_only=True) for page in pages]
    return joining.join(readings, hints=pages[0].hints)


def _field(name: str, one: object, other: object, labels: tuple[str, str]) -> Iterator[str]:
    """Yield a field's name and its two values; of what has parts, those that only one has: the first one's with -."""
    yield f"{name}\n"
    unit = "characters" if name == "text" else "entries" if _has_entries(one) or _has_entries(other) else ""
    for label, value in zip(labels, (one, other), strict=True):
        shown = f"{len(value) if isinstance(value, (str, list)) else 0} {unit}" if unit else _short(value)
        yield f"  {label:{max(map(len, labels))}}  {shown}\n"
    for line in difflib.ndiff(_parts(one), _parts(other)) if unit else ():
        if line[0] in "+-":
            yield f"    {line[0]} {_short(line[2:])}\n"


def _has_entries(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _parts(value: object) -> list[str]:
    return value.split("\n\n") if isinstance(value, str) else [str(each) for each in value or ()]  # type: ignore[attr-defined]


def _short(value: object) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    line = "nothing" if value in (None, "", [], {}) else " ".join(shown.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
