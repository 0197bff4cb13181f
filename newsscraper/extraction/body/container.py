"""Which element holds the article's text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from newsscraper.extraction.body import belonging
from newsscraper.extraction.body.blocks import Block, Node, Walk
from newsscraper.extraction.body.boxes import cut_boxes, has_body
from newsscraper.extraction.body.leading import leads_home
from newsscraper.extraction.otherstories import headline_level, holds_headline, stories_behind
from newsscraper.extraction.tree import Element

_FEW_TEASERS, _SEVERAL, _BRIEF = 3000, 3, 100
_PARTS_OF_TEXT = frozenset(("ul", "ol", "dl", "blockquote"))
_STRUCTURE = frozenset(
    "body div section article main td tr tbody table form center header ul ol li dl dd details fieldset figure "  # noqa: SIM905
    "aside blockquote footer label".split()
)


@dataclass(slots=True)
class Choice:
    """What was chosen.

    Attributes:
        container: the element that holds the article's text.
        blocks: the blocks in it that no label cuts, in order.
        cut: blocks that are not text of the article, with the rule that cut each.
        total: weight of all prose of the page but comments and the like.
        chosen: weight of the prose in ``blocks``.
        widened: a second opinion added to the blocks.
        declared: a rule of the site chose.
    """

    container: Node
    blocks: list[Block]
    cut: dict[int, str] = field(default_factory=dict)
    total: int = 0
    chosen: int = 0
    widened: bool = False
    declared: bool = False

    def blocks_between(self, first: int, last: int) -> list[Block]:
        """Return the blocks of this choice from place ``first`` on, ``last`` left out."""
        low = bisect_left(self.blocks, first, key=lambda block: block.place)
        high = bisect_left(self.blocks, last, key=lambda block: block.place)
        return self.blocks[low:high]


def choose(  # noqa: PLR0913
    walk: Walk,
    boxes: dict[Element, str] | None = None,
    *,
    headline: int | None = None,
    language: str | None = None,
    site: str | None = None,
    within: Sequence[Element] = (),
) -> Choice:
    """Return the body of a page.

    Args:
        walk: the page's blocks.
        boxes: elements that readers of metadata found to be something else, with the rule's name.
        headline: place of the first block after the headline.
        language: what the page is written in, as far as is known.
        site: host of the page's site, where its address is known.
        within: elements that hold the text, where a rule of the site says so.
    """
    told = [node for node in walk.nodes if node.element in within]
    cut = cut_boxes(walk, boxes or {}, headline, told)
    if told:
        _weigh(walk, cut)
        return _as_told(walk, cut, told)
    for other in stories_behind(walk, headline, site):
        for place in range(other.first, other.last):
            cut.setdefault(place, "outside-body")
    _weigh(walk, cut)
    container = _descend(walk, headline, site)
    container = _body_that_outweighs(container, walk, cut, headline, site) or container
    inside = belonging.places(container, walk, cut, headline=headline, language=language)
    blocks = []
    for block in walk.blocks:
        if block.place in inside:
            if block.place not in cut:
                blocks.append(block)
        else:
            cut.setdefault(block.place, "outside-body")
    return Choice(container, blocks, cut, walk.root.left, container.left)


def _as_told(walk: Walk, cut: dict[int, str], told: list[Node]) -> Choice:
    """Return what a rule of the site says is the text."""
    inside = {place for node in told for place in range(node.first, node.last)}
    for block in walk.blocks:
        if block.place not in inside:
            cut.setdefault(block.place, "outside-body")
    blocks = [block for block in walk.blocks if block.place not in cut]
    return Choice(told[0], blocks, cut, walk.root.left, sum(node.left for node in told), declared=True)


def _weigh(walk: Walk, cut: dict[int, str]) -> None:
    """Note in each node the weight of the prose within it that is not cut."""
    for node in walk.nodes:
        node.left = 0
    for block in walk.blocks:
        if block.prose and block.place not in cut:
            block.node.left += block.prose
    for node in reversed(walk.nodes):  # what an element holds comes after it
        if node.left and node.parent is not None:
            node.parent.left += node.left


def _descend(walk: Walk, headline: int | None, site: str | None) -> Node:
    node = walk.root
    while True:
        total = node.left
        best, most, teased = None, 0, 0
        # A list of teasers may hold more prose than the few sentences of a brief.
        beside_headline = headline is not None and any(
            child.left >= _BRIEF and child.first < headline <= child.last for child in node.children
        )
        for child in node.children:
            weight = child.left
            # The article stands with its headline; a list of teasers may hold more prose than a short article.
            if headline is not None and child.first < headline <= child.last and weight * 10 > total:
                weight *= 8 if weight >= 1500 else 4
            elif beside_headline and most < weight < _FEW_TEASERS and _are_summaries(child, walk, site):
                teased += weight
                continue
            if weight > most and child.tag in _STRUCTURE:
                best, most = child, weight
        if best is None or total == 0:
            return node
        total = max(total - teased, best.left)
        if best.left < 0.65 * total and not has_body(best):
            best = _body_after(headline, node) or best
        share = best.left / total
        if share < 0.8:
            alike = sum(
                child.left
                for child in node.children
                if child is not best
                and child.tag == best.tag
                and child.element.get("class") == best.element.get("class")
            )
            enough = 0.4 if has_body(best) else 0.55 if best.tag in ("article", "main") else 0.65
            if headline is not None and best.first < headline <= best.last:
                apart = _others_are_teasers(walk, node, best, site) or _others_are_articles(node, best)
                enough = 0.15 if apart else min(enough, 0.3)
            if share < enough or (alike > 0.1 * total and not has_body(best)) or _is_part_of_text(walk, best):
                return node
        elif (share < 0.97 and node.body and not has_body(best)) or _is_part_of_text(walk, best):
            return node
        node = best


def _are_summaries(node: Node, walk: Walk, site: str | None) -> bool:
    """Whether nearly all prose of an element stands below linked headlines of the site's own, several of them."""
    below = [
        block.prose
        for above, block in pairwise(walk.blocks[node.first : node.last])
        if block.prose
        and above.kind == "heading"
        and above.linked * 10 >= 8 * above.weight
        and leads_home(above.href, site)
    ]
    return len(below) >= _SEVERAL and sum(below) * 10 >= 9 * node.left


def _body_that_outweighs(
    container: Node, walk: Walk, cut: dict[int, str], headline: int | None, site: str | None
) -> Node | None:
    """Return an element named as the body, behind the headline, that holds four times as much text as the choice.

    A body of short lines, such as results or steps, has hardly any running text: a standfirst seems to be more.
    """
    if headline is None:
        return None
    best, most = None, 4 * _unlinked(container, walk, cut)
    level = headline_level(walk, headline) or 1
    for node in walk.nodes:
        if not node.body or node.first < headline or container.first < node.last <= container.last:
            continue
        inside = node.first < container.last and container.first < node.last
        weight = 0 if inside else _unlinked(node, walk, cut)
        if weight > most and not holds_headline(node, walk, level, site):  # else it is a story of its own
            best, most = node, weight
    return best


def _unlinked(node: Node, walk: Walk, cut: dict[int, str]) -> int:
    blocks = walk.blocks[node.first : node.last]
    return sum(block.weight - block.linked for block in blocks if block.place not in cut)


def _body_after(headline: int | None, node: Node) -> Node | None:
    """Return the first child after the headline that is named as the body and holds a third of the element's prose."""
    if headline is None:
        return None
    return next(
        (child for child in node.children if headline < child.last and child.left * 3 > node.left and has_body(child)),
        None,
    )


def _is_part_of_text(walk: Walk, node: Node) -> bool:
    """Whether an element is a list, a quote or a table of data, and not a wrapper of one thing: never all of a text."""
    if any(child.left * 10 >= 8 * node.left for child in node.children):
        return False
    return node.tag in _PARTS_OF_TEXT or (
        node.tag in ("table", "tbody") and walk.blocks[node.first].kind == walk.blocks[node.last - 1].kind == "row"
    )


def _others_are_teasers(walk: Walk, node: Node, chosen: Node, site: str | None) -> bool:
    """Whether several paragraphs stand beside a list of other stories: three headings or more that lead elsewhere."""
    if sum(block.prose > 0 for block in walk.blocks[chosen.first : chosen.last]) < 3:
        return False
    beside = (
        walk.blocks[place] for child in node.children if child is not chosen for place in range(child.first, child.last)
    )
    return (
        sum(
            block.kind == "heading"
            and block.linked * 10 >= 8 * block.weight
            and not (block.href or "#").startswith("#")
            and leads_home(block.href, site)
            for block in beside
        )
        >= 3
    )


def _others_are_articles(node: Node, chosen: Node) -> bool:
    """Whether all prose beside an ``<article>`` stands in further articles: several posts on one page."""
    others = [child for child in node.children if child is not chosen and child.left]
    return chosen.tag == "article" and all(other.tag == "article" for other in others)
