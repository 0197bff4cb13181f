"""A table's row as one line of text, where the table holds data and not the page's layout."""

from __future__ import annotations

from newsscraper.extraction.body.inline import sign_of_raised
from newsscraper.extraction.body.suspects import HEADINGS, UNREAD
from newsscraper.extraction.tree import Element

_LONGEST_CELL = 500
_LAYOUT = frozenset(
    "table article section main nav aside header footer figure form fieldset h1 h2 blockquote pre iframe video audio "  # noqa: SIM905
    "input select textarea object embed amp-video amp-iframe amp-list amp-carousel".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u "  # noqa: SIM905
    "var wbr".split()
)


def row_of(row: Element) -> tuple[str, list[str]] | None:
    """Return a row as one text, and the texts of its links; ``None`` where its cells are parts of a layout.

    Cells may hold lists and paragraphs. What is too long to read in a line, or has a heading that leads elsewhere, is
    layout.

    >>> from newsscraper.extraction.parsing import parse
    >>> table = parse("<table><td>Monday<td><ul><li>10 to 12</li><li>14 to 18</li></ul></table>").root
    >>> row_of(next(table.iter("tr")))
    ('Monday | 10 to 12 14 to 18', [])
    """
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return None
    texts: list[str] = []
    links: list[str] = []
    for cell in cells:
        for inner in cell.iter("*"):
            tag = inner.tag
            if tag in _LAYOUT or (tag in HEADINGS and next(inner.iter("a"), None) is not None):
                return None
        text = _line(cell)
        if len(text) > _LONGEST_CELL:
            return None
        texts.append(text)
        links += [_line(link) for link in cell.iter("a")]
    return " | ".join(texts), links


def cells_of(row: Element) -> list[str]:
    """Return the texts of a row's cells."""
    return [_line(cell) for cell in row if cell.tag in ("td", "th")]


def _line(element: Element) -> str:
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        tag = child.tag
        if tag not in UNREAD:
            if tag in _INLINE:
                if tag in ("sup", "sub") and parts:
                    parts.append(sign_of_raised(parts[-1], child))
                _gather(child, parts)
            else:
                parts.append(" ")
                _gather(child, parts)
                parts.append(" ")
        if child.tail:
            parts.append(child.tail)
