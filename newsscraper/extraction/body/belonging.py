"""What beside the element that holds most of an article's text belongs to the text."""

from __future__ import annotations

from newsscraper.extraction.body import phrases
from newsscraper.extraction.body.blocks import Node, Walk
from newsscraper.extraction.otherstories import classes

_FAR = 3
_A_PART = 15
_LEAD_BLOCKS = 3
_SHORT_LEAD, _LONG_LEAD, _LONGEST_LEAD = 80, 300, 1200
_LINKED = 0.15
_FEWEST_POINTS, _MOST_POINTS, _POINT = 2, 8, 25


def places(container: Node, walk: Walk, cut: dict[int, str], *, headline: int | None, language: str | None) -> set[int]:
    """Return the places of blocks that stand in the container or in what belongs to it.

    Args:
        container: the element that holds most of the text.
        walk: the page's blocks; each node's prose that is not cut is noted in it.
        cut: places that labels cut.
        headline: place of the first block after the headline.
        language: what the page is written in, as far as is known.
    """
    parts = [
        container,
        *_beside(container, walk, cut, headline),
        *_twins(container, walk, cut, headline),
        *_named(container, walk, cut, headline),
        *_points(container, walk, cut, headline),
    ]
    inside = {place for part in parts for place in range(part.first, part.last)}
    return inside | _lead(container, walk, cut, headline, language) | _loose(container, walk, headline)


def _beside(container: Node, walk: Walk, cut: dict[int, str], headline: int | None) -> list[Node]:
    """Return what stands outside the container and yet belongs to the text: between the headline and it."""
    found: list[Node] = []
    if headline is None or headline > container.last:
        return found
    whole = container.left
    inner, node = container, container.parent
    while node is not None:
        for child in node.children:
            weight = child.left
            if child is inner or not weight:
                continue
            if (
                headline <= child.first
                and child.last <= container.first
                and weight < 2 * whole
                and _linked_share(walk, child, cut) < 0.3
            ):
                found.append(child)
        if node.first < headline:
            break
        inner, node = node, node.parent
    return found


def _points(container: Node, walk: Walk, cut: dict[int, str], headline: int | None) -> list[Node]:
    """Return lists between headline and container that say in short what the text says: lines without a link."""
    found: list[Node] = []
    if headline is None:
        return found
    for node in walk.nodes:
        if node.tag not in ("ul", "ol") or not headline <= node.first < node.last <= container.first:
            continue
        items = walk.blocks[node.first : node.last]
        if _FEWEST_POINTS <= len(items) <= _MOST_POINTS and not any(
            item.links or item.weight < _POINT or item.place in cut for item in items
        ):
            found.append(node)
    return found


def _loose(container: Node, walk: Walk, headline: int | None) -> set[int]:
    """Return the places of prose between headline and container that stands loose in an element around both."""
    around: set[Node] = set()
    node = container.parent
    while node is not None:
        around.add(node)
        node = node.parent
    return {
        block.place
        for block in walk.blocks[headline if headline is not None else container.first : container.first]
        if block.node in around and block.prose and not block.links
    }


def _twins(container: Node, walk: Walk, cut: dict[int, str], headline: int | None) -> list[Node]:
    """Return further parts of a body that is split: siblings of the container's tag and class that are prose.

    What holds its headline is whole, and what looks like it is another story. Where the container fills an element
    named as body, each part stands in one of that name.
    """
    name = classes(container)
    if container.parent is None or not name or container.tag == "article":
        return []
    story = _story_of(container)
    if headline is not None and container.first < headline <= container.last:
        return []
    wrapper = _body_around(container)
    alike = [
        node
        for node in walk.nodes
        if node.tag == container.tag
        and node is not container
        and node.left
        and classes(node) == name
        and _story_of(node) is story
        and (wrapper is None or _around_like(wrapper, node) is not None)
        and not (headline is not None and node.first < headline <= node.last)
        and _linked_share(walk, node, cut) < 0.15
        and not any(walk.blocks[place].heading_level == 1 for place in range(node.first, node.last))
    ]
    found = [node for node in alike if node.parent is container.parent]
    # Parts may be wrapped one by one: those count that are, together, nearly all of an element not far above.
    up: Node | None = container.parent
    for _ in range(_FAR):
        up = up.parent if up is not None else None
        if up is None or up is walk.root or not alike:
            break
        within = [node for node in alike if up.first <= node.first and node.last <= up.last]
        more, own = sum(node.left for node in within), container.left
        if (own + more) * 5 < up.left * 4:
            break
        if more * 100 >= own * _A_PART:
            found = within
    # With a wrapper come the headings in it.
    return [_around_like(wrapper, node) or node for node in found] if wrapper is not None else found


def _body_around(container: Node) -> Node | None:
    """Return the element named as body that the container alone fills: page builders wrap all that they show alike."""
    up = container.parent
    while up is not None and up.left == container.left:
        if up.body:
            return up
        up = up.parent
    return None


def _around_like(wrapper: Node, node: Node) -> Node | None:
    """Return the element around a node that has the tag and the classes of a wrapper."""
    up = node.parent
    while up is not None and not (up.tag == wrapper.tag and classes(up) == classes(wrapper)):
        up = up.parent
    return up


def _lead(container: Node, walk: Walk, cut: dict[int, str], headline: int | None, language: str | None) -> set[int]:
    """Return the places of a lead that stands in one box with the headline, above the container.

    A line under an English headline is a part of it, as a rule; elsewhere, and where it is long, the text begins there.
    """
    inner, node = container, container.parent
    while node is not None and headline is not None and node.first >= headline:
        inner, node = node, node.parent
    if node is None or headline is None or inner.first < headline:
        return set()
    box = next((child for child in node.children if child.first < headline < child.last <= container.first), None)
    english = language in (None, "en")
    found = [
        block
        for block in walk.blocks[headline : container.first]
        if block.place not in cut
        and block.linked * 10 < 3 * block.weight
        and (
            (box is not None and block.place < box.last and block.prose)
            # Many set the lead as a heading; a heading of the text is shorter.
            or (not english and block.kind == "heading" and block.heading_level > 1 and block.weight >= _SHORT_LEAD)
        )
    ]
    whole = sum(block.weight for block in found)
    if len(found) > _LEAD_BLOCKS or not (_LONG_LEAD if english else _SHORT_LEAD) <= whole <= _LONGEST_LEAD:
        return set()
    return {block.place for block in found if block.kind in ("p", "li", "heading")}


def _linked_share(walk: Walk, node: Node, cut: dict[int, str]) -> float:
    weight = linked = 0
    for place in range(node.first, node.last):
        if place not in cut:
            weight += walk.blocks[place].weight
            linked += walk.blocks[place].linked
    return linked / weight if weight else 0.0


def _named(container: Node, walk: Walk, cut: dict[int, str], headline: int | None) -> list[Node]:
    """Return further elements that are named as body and free of links, beside the container or what is around it.

    What holds the headline, or is behind the element that does, is not looked at, nor is what asks for something.
    """
    found: list[Node] = []
    if headline is None:
        return found
    story = _story_of(container)
    inner, node = container, container.parent
    while node is not None:
        for child in node.children:
            if child is inner or not child.left or child.first < headline or child.rule is not None:
                continue
            if not child.body or _linked_share(walk, child, cut) >= _LINKED or _story_of(child) is not story:
                continue
            blocks = walk.blocks[child.first : child.last]
            if not any(block.heading_level == 1 or phrases.asks(block.text) for block in blocks):
                found.append(child)
        if node.first < headline:
            break
        inner, node = node, node.parent
    return found


def _story_of(node: Node) -> Node | None:
    """Return the ``<article>`` that an element stands in."""
    up: Node | None = node
    while up is not None and up.tag != "article":
        up = up.parent
    return up
