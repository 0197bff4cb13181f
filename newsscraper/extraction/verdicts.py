"""Verdicts on the blocks of the body, one after another: named rules, each with its reason."""

from __future__ import annotations

from lxml.html import HtmlElement

from newsscraper.extraction.blocks import Block, Walk
from newsscraper.extraction.container import Choice
from newsscraper.extraction.document import Document
from newsscraper.extraction.title import fold


def judge(
    doc: Document, walk: Walk, choice: Choice, *, headline: str | None, headline_element: HtmlElement | None
) -> None:
    """Add to ``choice.cut`` the blocks that are not text of the article."""
    blocks = [block for block in choice.blocks if block.place not in choice.cut]
    _headline(doc, blocks, choice, headline, headline_element)


def _headline(
    doc: Document, blocks: list[Block], choice: Choice, headline: str | None, element: HtmlElement | None
) -> None:
    """Cut the title, and what stands before it: menus, the section's name, notices."""
    if element is not None:
        start = doc.order[element]
        before = [block for block in blocks if doc.order[block.node.element] < start]
        if sum(block.prose for block in before) * 5 < choice.chosen:
            for block in before:
                choice.cut[block.place] = "before-headline"
    if headline:
        folded = fold(headline)
        for block in blocks:
            if len(block.text) < 2 * len(headline) + 20 and fold(block.text) == folded:
                choice.cut[block.place] = "title"
