"""Boxes that a site sets between the paragraphs of a text: calls, teasers in words, and the author's lines above it.

Told by what they hold: lines, none of them running text of any length, and something to follow or to press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsscraper.extraction.body.blocks import Block, Node, ends_sentence
from newsscraper.extraction.body.container import Choice

_LINES = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "table", "tr", "td", "blockquote", "pre")
)
_CONTROLS = frozenset(("form", "input", "textarea", "select"))
_LINE, _WHOLE, _NAME = 160, 500, 60
_SERIES = 3
_OF_TEXT = 8
"""What is more than this part of the text is a part of it."""


def places_of(choice: Choice, leads_home: Callable[[str | None], bool], *, above: bool) -> set[int]:
    """Return the places of blocks that stand in boxes with something to follow or to press, and no running text.

    Args:
        choice: the text so far.
        leads_home: whether an address is one of the page's own site.
        above: look at the boxes above the first paragraph, and at no others.
    """
    found: set[int] = set()
    series: dict[object, set[str]] = {}
    boxes = list(_boxes(choice))
    for node, inside in boxes:
        for looks in _looks(node, inside):
            series.setdefault(looks, set()).add(inside[0].text)
    first = _first_paragraph(choice)
    for node, inside in boxes:
        if (node.first < first) != above:
            continue
        # Several of one kind are the items of a list: products, steps, advantages. A call may stand there again.
        if any(len(series[looks]) >= _SERIES for looks in _looks(node, inside)):
            continue
        if sum(block.prose for block in inside) * _OF_TEXT < choice.chosen and _is_call(node, inside, leads_home):
            found.update(block.place for block in inside)
    return found


def beside_bylines(choice: Choice) -> set[int]:
    """Return the places of lines above the text in one box with a byline: an office, a paper, a place."""
    found: set[int] = set()
    first = _first_paragraph(choice)
    for node, inside in _boxes(choice):
        if inside[-1].place >= first:
            continue
        tells = any(choice.cut.get(place) == "byline" for place in range(node.first, node.last))
        if tells and all(
            block.kind == "p" and block.weight <= _NAME and not ends_sentence(block.text) for block in inside
        ):
            found.update(block.place for block in inside)
    return found


def _first_paragraph(choice: Choice) -> int:
    return next((block.place for block in choice.blocks if block.prose and block.place not in choice.cut), 0)


def _boxes(choice: Choice) -> Iterator[tuple[Node, list[Block]]]:
    """Yield the outermost boxes between the paragraphs of a text that hold a few short lines."""
    whole = choice.container
    # What belongs to the text may stand beside its container.
    while whole.parent is not None and choice.blocks and whole.first > choice.blocks[0].place:
        whole = whole.parent
    open_ = list(whole.children)
    while open_:
        node = open_.pop()
        if node.tag in _LINES:
            continue
        inside = [block for block in choice.blocks_between(node.first, node.last) if block.place not in choice.cut]
        if not inside:
            continue
        if all(block.weight <= _LINE for block in inside) and sum(block.weight for block in inside) <= _WHOLE:
            yield node, inside
        else:
            open_ += node.children


def _looks(node: Node, inside: list[Block]) -> list[object]:
    """Return how a box looks: its tag and classes without numbers, and what it holds line by line."""
    classes = "".join(char for char in node.element.get("class") or "" if not char.isdigit())
    held = tuple((block.kind, _is_link(block)) for block in inside)
    return [held, (node.tag, classes)] if classes else [held]


def _is_call(node: Node, inside: list[Block], leads_home: Callable[[str | None], bool]) -> bool:
    if any(block.kind in ("row", "pre", "quote") or (block.kind == "li" and not _is_link(block)) for block in inside):
        return False
    if len(inside) > 1 and any(_is_link(block) and leads_home(block.href) for block in inside):
        return True
    return any(inner.tag in _CONTROLS for inner in node.element.iter("*"))


def _is_link(block: Block) -> bool:
    """Whether a line is a link in words to another page, and no heading."""
    return (
        block.linked * 10 >= 8 * block.weight
        and block.kind != "heading"
        and any(map(str.isalpha, block.text))
        and not (block.href or "#").startswith("#")
    )
