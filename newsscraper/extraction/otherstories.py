"""Whole stories that a page loads behind its own, as a reader scrolls: told by the headlines that they hold."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

from newsscraper.dates.parsing import parse_byline
from newsscraper.extraction.body.blocks import Node, Walk
from newsscraper.extraction.body.leading import leads_home

_MARKED = frozenset(("article", "time"))
_LINE, _NEAR = 100, 6
_LATE = datetime(2100, 1, 1, tzinfo=UTC)  # whether a line is a date does not hang on when it was read
_LEAST = 200
"""Weight of the prose that stands with a page's own headline at least: a headline may stand alone above its text."""


def stories_behind(walk: Walk, headline: int | None, site: str | None) -> list[Node]:
    """Return the elements that hold other stories, however long: those like the page's own, and further articles.

    Each holds a headline of the same rank as the page's, which is the highest or leads to its story, and says that it
    is an article or when it appeared.

    Args:
        walk: the page's blocks.
        headline: place of the first block behind the headline.
        site: host of the page's site, where its address is known.
    """
    level = headline_level(walk, headline)
    if headline is None or not level:
        return []
    found: list[Node] = []
    node: Node | None = walk.root
    article: Node | None = None
    while node is not None:
        own = next((child for child in node.children if child.first < headline <= child.last), None)
        if own is not None and sum(block.prose for block in walk.blocks[headline : own.last]) >= _LEAST:
            article = article or (own if own.tag == "article" else None)
            others = [child for child in node.children if child is not own and child.prose and _are_alike(own, child)]
            if all(holds_headline(other, walk, level, site) and _is_dated(other, walk) for other in others):
                found += others
        node = own
    if article is not None:
        end = article.last
        found += [
            other
            for other in walk.nodes
            if other.tag == "article" and other.first >= end and holds_headline(other, walk, level, site)
        ]
    return found


def _is_dated(node: Node, walk: Walk) -> bool:
    """Whether an element is marked as an article, or shows when it appeared: a part of a text has a heading alone."""
    if any(element.tag in _MARKED for element in node.element.iter("*")):
        return True
    shown = (block.text for block in walk.blocks[node.first : node.last] if block.weight < _LINE)
    return any(any(map(str.isdigit, text)) and parse_byline(text, reference=_LATE) for text in islice(shown, _NEAR))


def _are_alike(one: Node, other: Node) -> bool:
    """Whether two elements have the same tag and classes, but for one that says which is the first, or is open."""
    names, others = classes(one), classes(other)
    return one.tag == other.tag and bool(names & others) and len(names ^ others) <= 1


def headline_level(walk: Walk, headline: int | None) -> int:
    """Return the level of the page's headline, 1 to 6; 0 where no block shows it as a heading."""
    return walk.blocks[headline - 1].heading_level if headline else 0


def holds_headline(node: Node, walk: Walk, level: int, site: str | None) -> bool:
    """Whether an element holds a heading of a level that is the first or leads to a page of the site."""
    return any(
        block.heading_level == level
        and (level == 1 or (block.linked * 10 >= 8 * block.weight and leads_home(block.href, site)))
        for block in walk.blocks[node.first : node.last]
    )


def classes(node: Node) -> frozenset[str]:
    """Return an element's classes; their order says nothing."""
    return frozenset((node.element.get("class") or "").split())
