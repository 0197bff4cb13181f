"""A second way to the text, where the first looks wrong: trafilatura, and the choice between the two by evidence."""

from __future__ import annotations

from newsscraper.extraction.body.blocks import Block, Walk
from newsscraper.extraction.body.container import Choice
from newsscraper.extraction.document import Document
from newsscraper.extraction.parts import parts_of
from newsscraper.extraction.tree import Element

_ENOUGH = 0.8
"""Share of the page's prose that a body has as a rule; with less, the page is split into parts or has much else."""
_WORTHWHILE = 0.2
"""Share of the body's prose that must be there to win, at least: a second reading takes longer than all the rest."""
_LINKED = 0.15
"""Share of what is won that may be links."""
_LARGEST_PAGE = 30_000
_ALIKE = 2


def ask(doc: Document, walk: Walk, choice: Choice, headline: Element | None) -> None:
    """Widen the choice to what trafilatura reads as the text, too, where the choice holds little of the page's prose.

    A container that is named as the body, and is the only one of that name, is believed. Otherwise blocks that
    trafilatura keeps join the body, if it bears out the choice so far and what it adds is prose and not links.
    One of several boxes alike, such as teasers and comments, is no part of it.
    """
    if choice.chosen >= _ENOUGH * choice.total or len(walk.nodes) > _LARGEST_PAGE:
        return
    container = choice.container
    if container.body and not _has_twins(walk, choice):
        return
    outside = [block for block in walk.blocks if choice.cut.get(block.place) == "outside-body" and block.weight > 20]
    if _most_prose(outside) < _WORTHWHILE * choice.chosen:
        return
    told = _text_of(doc)
    if not told:
        return
    ours = [block for block in choice.blocks if block.weight > 20 and block.place not in choice.cut]
    borne_out = sum(" ".join(block.text.split()) in told for block in ours)
    if borne_out < 0.9 * len(ours):
        return
    added = [block for block in outside if " ".join(block.text.split()) in told]
    prose, weight = sum(block.prose for block in added), sum(block.weight for block in added)
    linked = sum(block.linked for block in added)
    if prose < _WORTHWHILE * choice.chosen or linked > _LINKED * weight:
        return
    parts = parts_of(doc, headline)
    added = [block for block in added if (part := parts.other_of(block.node.element)) is None or part.alike < _ALIKE]
    prose = sum(block.prose for block in added)
    for block in added:
        del choice.cut[block.place]
    choice.blocks = sorted([*choice.blocks, *added], key=lambda block: block.place)
    choice.chosen += prose
    choice.widened = True


def _most_prose(blocks: list[Block]) -> float:
    """Return more prose than there is in any of the blocks that are not, together, too much links.

    First go those with few links, then the others while there is room for their links; the last one goes in part.
    """
    prose, room = 1.0, 0.0  # 1 more than there is: sums of fractions are not exact
    others: list[tuple[float, float, int]] = []
    for block in blocks:
        over = block.linked - _LINKED * block.weight
        if over <= 0:
            prose += block.prose
            room -= over
        elif block.prose:
            others.append((over / block.prose, over, block.prose))
    for _, over, gained in sorted(others):
        if over > room:
            return prose + gained * room / over
        prose += gained
        room -= over
    return prose


def _has_twins(walk: Walk, choice: Choice) -> bool:
    own = choice.container
    name = own.element.get("class")
    return any(
        node is not own and node.prose and node.tag == own.tag and node.element.get("class") == name
        for node in walk.nodes
    )


def _text_of(doc: Document) -> str:
    from trafilatura import bare_extraction

    from newsscraper.extraction.parsing import with_lxml

    try:
        found = bare_extraction(with_lxml(doc.source), fast=True, include_comments=False, with_metadata=False)
    except Exception:  # whatever it stumbles over, the first answer stands
        return ""
    text = getattr(found, "text", None) or ""
    return " ".join(text.split())
