"""Which boxes of a page are no text of its article: a label makes one suspect, what it holds decides."""

from __future__ import annotations

import re

from newsscraper.extraction.body import edgelines, phrases
from newsscraper.extraction.body.blocks import Block, Node, Walk
from newsscraper.extraction.tree import Element

# How much of the page's prose a suspect part must hold to be believed against its label. A page may have far more
# text in its comments than in its article, and an article may be wrapped in a "content-with-ads".
_PROTECTED_FROM = {
    "consent": 0.6,
    "comments": 0.85,
    "hidden": 0.35,
    "dialog": 0.85,  # closed, too, until a reader asks for it
    "popup": 0.4,
    "related": 0.45,
    "recent-posts": 0.5,
    "author-biography": 0.5,
    "figure": 0.3,
    "header": 0.0,
    "byline": 0.15,
    "form": 0.15,
    "details": 0.0,
}
_PROTECTED_FROM_ELSE = 0.25
_WEAK_PARTS = 0.5
_TEASERS = 1500
_FRAMES = frozenset(("figure", "caption"))
_FIRST = frozenset(("consent", "comments", "recent-posts", "dialog"))
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote"))
# Labels of boxes alone: a paragraph, a heading, an item or a quote is no box.
_RULES_OF_BOXES = frozenset(("paywall", "popup", "sidebar", "navigation", "header", "related", "recent-posts"))
# Labels that are given to boxes of the text as well: a box with a shadow, a card, a widget, a list with links.
_WEAK = frozenset(("advert", "sidebar", "related", "share", "navigation", "tags", "popup", "newsletter", "header"))
_OWN_PROSE, _OWN_PARAGRAPH, _OWN_LINKED = 280, 100, 0.1
_NEAR = 2
_ANSWERS = re.compile(r"(?i)accordion|faq")  # folded away until a reader opens it: text of the page all the same
_CONTROLS = frozenset(("form", "input", "textarea", "select"))


def cut_boxes(walk: Walk, known: dict[Element, str], headline: int | None, told: list[Node]) -> dict[int, str]:  # noqa: PLR0912
    """Return the places of blocks that stand in boxes of something else, with the rule that cuts each.

    Args:
        walk: the page's blocks. What is left of each node's prose is noted in it.
        known: elements that readers of metadata found to be something else, with the rule's name.
        headline: place of the first block after the headline.
        told: nodes that hold the text where a rule of the site says so, which outranks labels around them.
    """
    cut: dict[int, str] = {}
    ruled: list[tuple[str, Node]] = []
    suspects: list[tuple[str, Node]] = []
    for node in walk.nodes:
        node.left = node.prose
        if node.rule is not None and node.prose and not _inside_same(node):
            ruled.append((node.rule, node))
        rule = known.get(node.element) or node.rule
        around = any(node.first <= one.first and one.last <= node.last for one in told)
        if rule is not None and node.first != node.last and node is not walk.root and not around:
            suspects.append((rule, node))
    for first in (True, False):
        total = walk.root.left or 1
        by_rule: dict[str, int] = {}
        for rule, node in ruled:
            by_rule[rule] = by_rule.get(rule, 0) + node.left
        for rule, node in suspects:
            is_known = node.element in known
            if (rule in _FIRST or is_known) != first:
                continue
            if node.first in cut and node.last - 1 in cut:
                continue
            if not is_known and _is_text(rule, node, walk, headline):
                continue
            share = node.left / total
            # Six teasers hold more prose than a news flash: that does not make them the article where another part,
            # between them and the headline, is labelled as it.
            flash = is_known and rule == "recent-posts" and node.left < _TEASERS and not has_body(node)
            beside = rule == "sidebar" and node.tag == "aside"
            least = node.prose if rule == "hidden" else 1
            flash = (
                (flash or beside or rule == "hidden")
                and not node.body
                and _has_body_before(node, walk, headline, least)
            )
            if (
                not flash
                and share >= _PROTECTED_FROM.get(rule, _PROTECTED_FROM_ELSE)
                and (share > 0 or rule in ("header", "details"))
            ):
                continue
            if (
                not flash
                and share >= 0.03
                and (node.body or (by_rule.get(rule, 0) > _WEAK_PARTS * total and rule not in _FIRST))
            ):
                continue
            if share >= 0.2 and has_body(node):
                continue
            removed = 0
            for place in range(node.first, node.last):
                if rule in _FRAMES and _is_framed(walk.blocks[place], node):
                    continue  # a frame holds tables and code, too; only its own words are a caption
                if place not in cut:
                    cut[place] = rule
                    removed += walk.blocks[place].prose
            up: Node | None = node if removed else None
            while up is not None:
                up.left -= removed
                up = up.parent
    return cut


def has_body(node: Node | None) -> bool:
    """Whether the element, or one that holds most of its prose, is labelled as the body."""
    total = node.left if node is not None else 0
    while node is not None:
        if node.body or node.tag == "article":
            return True
        node = next((child for child in node.children if child.left * 10 >= total * 7), None)
    return False


def _is_text(rule: str, node: Node, walk: Walk, headline: int | None) -> bool:
    """Whether what a suspect element holds is text of the article, whatever it is called."""
    if rule == "hidden":
        return _is_folded(node)
    block = walk.blocks[node.first]
    if rule == "button":
        return node.last == node.first + 1 and _is_question(block.text)
    if node.tag in _LINES and not node.children and node.last == node.first + 1:
        return rule in _RULES_OF_BOXES and _is_line_of_text(block, rule)
    if rule == "paywall":
        return _holds_text(node, walk, headline, least=1) and not _asks_to_pay(node, walk)
    return rule in _WEAK and _holds_text(node, walk, headline, least=_OWN_PROSE)


def _is_folded(node: Node) -> bool:
    """Whether an element is hidden until a reader opens it by the heading or button above it."""
    element = node.element
    if _ANSWERS.search(element.get("class") or ""):
        return True
    if element.get("aria-labelledby") and element.get("role") in ("region", "tabpanel"):
        return True
    above = element.getprevious()
    return above is not None and any(
        inner.tag == "button" or inner.get("aria-expanded") is not None for inner in above.iter("*")
    )


def _is_question(text: str) -> bool:
    """Whether a button's words are a question that it opens the answer to."""
    return len(text) >= 15 and " " in text and text[-1] in "?？؟"


def _is_line_of_text(block: Block, rule: str) -> bool:
    """Whether a paragraph, heading, item or quote is running text or a heading, and neither leads away nor asks."""
    if block.linked * 10 > 3 * block.weight or phrases.asks(block.text):
        return False
    if block.kind == "heading":
        return rule == "paywall"  # a heading may well be that of what its label names
    return block.prose > 0


def _asks_to_pay(node: Node, walk: Walk) -> bool:
    return any(edgelines.is_of_paywall(block.text) for block in walk.blocks[node.first : node.last])


def _holds_text(node: Node, walk: Walk, headline: int | None, *, least: int) -> bool:
    """Whether a box between the article's own paragraphs holds prose that leads nowhere and asks for nothing."""
    if node.prose < least or (headline is not None and node.first < headline):
        return False
    if not _stands_in_text(node, walk):
        return False
    weight = linked = paragraphs = headings = 0
    for block in walk.blocks[node.first : node.last]:
        weight += block.weight
        linked += block.linked
        paragraphs += block.prose > 0
        headings += block.kind == "heading" and block.linked * 10 > 8 * block.weight
        if phrases.asks(block.text):
            return False
    if (
        linked > _OWN_LINKED * weight
        or node.prose < min(least, _OWN_PARAGRAPH) * paragraphs
        or headings * 4 > paragraphs
    ):
        return False
    return not any(inner.tag in _CONTROLS for inner in node.element.iter("*"))


def _stands_in_text(node: Node, walk: Walk) -> bool:
    """Whether prose of the article stands before a box and behind it, in one element with it."""
    up = node.parent
    for _ in range(_NEAR):
        if up is None:
            break
        before = sum(block.prose for block in walk.blocks[up.first : node.first])
        behind = sum(block.prose for block in walk.blocks[node.last : up.last])
        if before and behind and before + behind >= node.prose:
            return True
        up = up.parent
    return False


def _is_framed(block: Block, frame: Node) -> bool:
    """Whether a block is a table's row, code, a quote or an item of a list that stands in the frame."""
    if block.kind != "li":
        return block.kind in ("row", "pre", "quote")
    node: Node | None = block.node
    while node is not None and node is not frame:
        if node.tag == "li":
            return True
        node = node.parent
    return False


def _has_body_before(node: Node, walk: Walk, headline: int | None, least: int) -> bool:
    """Whether an element labelled as the article's body, with so much prose, stands between the headline and a node."""
    return headline is not None and any(
        other.body and other.prose >= least and headline <= other.first < other.last <= node.first
        for other in walk.nodes
    )


def _inside_same(node: Node) -> bool:
    up = node.parent
    while up is not None:
        if up.rule == node.rule:
            return True
        up = up.parent
    return False
