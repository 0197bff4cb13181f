"""Teasers of other stories within the text, told by their shape: a linked headline, a picture, a paragraph at most."""

from __future__ import annotations

from collections.abc import Callable

from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.body.captions import has_picture
from newsscraper.extraction.body.container import Choice

_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "table", "tr", "td", "blockquote"))
_KINDS = frozenset(("p", "li", "heading"))
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
    """Return the places of boxes with a linked headline and a summary at most: with a picture, or several alike."""
    found: set[int] = set()
    open_ = [choice.container]
    while open_:
        row: list[list[Block]] = []  # boxes side by side that a picture would make cards
        for node in open_.pop().children:
            inside = choice.blocks_between(node.first, node.last)
            if inside and node.tag not in _LINES and _is_card(inside, leads_home):
                row.append(inside)
                if len(row) > 1 or has_picture(node) or all(map(_is_linked, inside)):
                    found.update(block.place for each in row[-2:] for block in each)
            elif inside:
                row = []
                listed = node.tag in ("ul", "ol")  # whose items are often the text's own, with a link each
                if (listed or node.tag not in _LINES) and _are_cards(inside, leads_home, headings=listed):
                    found.update(block.place for block in inside)
                else:
                    open_.append(node)
    return found


def _are_cards(blocks: list[Block], leads_home: Callable[[str | None], bool], *, headings: bool) -> bool:
    """Whether blocks are cards and nothing else, where no box of its own holds each of them."""
    starts = [at for at, block in enumerate(blocks) if _is_headline(block)]
    if headings and any(blocks[at].kind != "heading" for at in starts):
        return False
    if len(starts) < 2 or starts[0] > 1 or any(block.kind not in _KINDS for block in blocks):
        return False
    ends = [*starts[1:], len(blocks)]
    return all(_is_card(blocks[at:end], leads_home) for at, end in zip(starts, ends, strict=True))


def _is_card(blocks: list[Block], leads_home: Callable[[str | None], bool]) -> bool:
    if len(blocks) > _BLOCKS:
        return False
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
            if alone or block.kind not in _KINDS or block.weight > _SUMMARY:
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
