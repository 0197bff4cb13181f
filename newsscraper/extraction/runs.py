"""The lines of a block element as runs of text, each with the element that it stands in."""

from __future__ import annotations

from collections.abc import Container

from newsscraper.extraction.body.suspects import UNREAD
from newsscraper.extraction.tree import Element

Run = tuple[Element, str]


def lines_of(element: Element, blocks: Container[Element]) -> list[list[Run]]:
    """Return the lines that stand in an element and in no block element within it.

    Args:
        element: a block element.
        blocks: all block elements of the page.
    """
    lines: list[list[Run]] = [[]]
    _gather(element, blocks, lines, 0)
    return [line for line in lines if line]


def _gather(element: Element, blocks: Container[Element], lines: list[list[Run]], depth: int) -> None:
    _add(element, element.text, lines)
    for child in element:
        if child.tag == "br" or child in blocks:
            lines.append([])
        elif child.tag not in UNREAD and depth < _DEEPEST:
            _gather(child, blocks, lines, depth + 1)
        _add(element, child.tail, lines)


_DEEPEST = 30


def _add(element: Element, text: str | None, lines: list[list[Run]]) -> None:
    if text and text.strip():
        lines[-1].append((element, text))
