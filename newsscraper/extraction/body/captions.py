"""What stands with a picture and tells of it: told by where it stands, what it ends with, and how it is set."""

from __future__ import annotations

from newsscraper.extraction.body.blocks import Block, Node
from newsscraper.extraction.body.container import Choice
from newsscraper.extraction.metadata.credits import may_end_in_credit, split_credit

_CAPTION, _WITH_CREDIT = 400, 280
_LEVELS = 3
_SLANTED, _BOLD = frozenset(("em", "i")), frozenset(("b", "strong"))
_LOOSE = frozenset(("div", "span"))
_OF_TEXT = 6


def places_of(choice: Choice, blocks: list[Block]) -> list[int]:
    """Return the places of captions among the blocks that are kept."""
    found: list[Block] = []
    sure: list[Block] = []
    # The text's own lines are paragraphs, and not what stands in an element of no meaning.
    in_paragraphs = sum(block.prose for block in blocks if block.node.tag in _LOOSE) * _OF_TEXT < choice.chosen
    for block in blocks:
        if block.kind != "p" or block.weight > _CAPTION:
            continue
        told = block.weight <= _WITH_CREDIT and (
            _is_signed(block)
            or (block is not blocks[-1] and _is_slanted(block))
            or (in_paragraphs and _fills_loose_element(block.node))
        )
        if told and _is_below_picture(block.node):
            sure.append(block)
        elif _stands_alone_with_picture(block, choice):
            found.append(block)
    # A text whose every paragraph stands with a picture has no captions but sections.
    prose = sum(block.prose for block in found)
    if prose * _OF_TEXT < choice.chosen or (len(found) == 1 and found[0] is blocks[0]):
        sure += found
    return [block.place for block in sure]


def _is_signed(block: Block) -> bool:
    return may_end_in_credit(block.text) and split_credit(block.text)[1] is not None


def _is_slanted(block: Block) -> bool:
    """Whether a paragraph is all in italics."""
    if block.emphasised * 10 < 9 * block.weight:
        return False
    tags = {element.tag for element in block.node.element.iter("*")}
    return not tags.isdisjoint(_SLANTED) and tags.isdisjoint(_BOLD)


def _fills_loose_element(node: Node) -> bool:
    return node.tag in _LOOSE and not node.media and node.last == node.first + 1


def _is_below_picture(node: Node) -> bool:
    """Whether a picture stands in a block's element, or in the element before it with nothing else."""
    if node.media:
        return True
    above = node.element.getprevious()
    if node.parent is None or above is None:
        return False
    return any(
        child.element is above and child.first == child.last and has_picture(child) for child in node.parent.children
    )


def _stands_alone_with_picture(block: Block, choice: Choice) -> bool:
    """Whether a block is, with one more at most, all the text in a box that holds a picture."""
    # Words loose in a box with a picture are as alone as those in a paragraph of their own.
    node: Node | None = block.node.parent if block.node.tag == "p" else block.node
    for _ in range(_LEVELS):
        if node is None or node is choice.container or node.last - node.first > 2:
            return False
        beside = choice.blocks_between(node.first, node.last)
        if any(other.kind == "heading" or other.weight > _CAPTION for other in beside):
            return False
        if node.media or any(child.media and child.first == child.last for child in node.children):
            return True
        node = node.parent
    return False


def has_picture(node: Node) -> bool:
    """Whether a picture or film stands in an element."""
    return node.media or any(map(has_picture, node.children))
