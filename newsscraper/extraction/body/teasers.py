"""Teasers of other stories within the text, told by their shape: a linked headline, a picture, a paragraph at most."""

from __future__ import annotations

from collections.abc import Callable

from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.body.captions import has_picture
from newsscraper.extraction.body.container import Choice

_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "table", "tr", "td", "blockquote"))
_HEADLINE, _SUMMARY, _LABEL = 20, 320, 40
_BLOCKS = 5
_OF_TEXT, _OF_END = 6, 4
"""A text of which teasers are more than this part is a list of things, each with a link: it is no list of teasers."""


def places_of(choice: Choice, leads_home: Callable[[str | None], bool]) -> set[int]:
    """Return the places of blocks of teasers.

    Args:
        choice: the text so far.
        leads_home: whether an address is one of the page's own site.
    """
    kept = [block for block in choice.blocks if block.place not in choice.cut]
    found = _cards(choice, leads_home)
    if sum(block.prose for block in kept if block.place in found) * _OF_TEXT > choice.chosen:
        found = set()
    return found | _at_the_end([block for block in kept if block.place not in found], leads_home)


def _cards(choice: Choice, leads_home: Callable[[str | None], bool]) -> set[int]:
    """Return the places of boxes with a picture, a linked headline and a summary at most."""
    found: set[int] = set()
    open_ = list(choice.container.children)
    while open_:
        node = open_.pop()
        inside = choice.blocks_between(node.first, node.last)
        if len(inside) > _BLOCKS or node.tag in _LINES:
            open_ += node.children
        elif inside and _is_card(inside, leads_home) and (has_picture(node) or all(map(_is_linked, inside))):
            found.update(block.place for block in inside)
    return found


def _is_card(blocks: list[Block], leads_home: Callable[[str | None], bool]) -> bool:
    headlines = [block for block in blocks if _is_headline(block)]
    rest = sum(block.weight for block in blocks) - sum(block.weight for block in headlines)
    return len(headlines) == 1 and rest <= _SUMMARY and leads_home(headlines[0].href)


def _at_the_end(blocks: list[Block], leads_home: Callable[[str | None], bool]) -> set[int]:
    """Return the places of the last blocks, where they are linked headlines with a summary and a label each."""
    whole = sum(block.prose for block in blocks)
    headlines = 0
    start = at = len(blocks)
    while at > 0:
        block = blocks[at - 1]
        if _is_headline(block) and leads_home(block.href):
            headlines += 1
            start = at - 1
        else:
            alone = block.prose > 0 and not (at > 1 and _is_headline(blocks[at - 2]))
            if alone or block.kind not in ("p", "li", "heading") or block.weight > _SUMMARY:
                break
        at -= 1
    prose = sum(block.prose for block in blocks[start:])
    linked = sum(block.linked for block in blocks[start:])
    if headlines < 2 or prose * _OF_END > whole or linked > 2 * whole:
        return set()
    if start and blocks[start - 1].kind == "heading":
        start -= 1
    return {block.place for block in blocks[start:]}


def _is_headline(block: Block) -> bool:
    """Whether a line is a linked headline: a heading, or of some length."""
    return _is_linked(block) and (block.weight >= _LABEL or (block.kind == "heading" and block.weight >= _HEADLINE))


def _is_linked(block: Block) -> bool:
    return block.links > 0 and block.linked * 10 >= 8 * block.weight
