"""A parser's tree → our own, in one pass without recursion."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsscraper.extraction.tree import DEEPEST, Element, Tree

# What these hold is drawn or run, and not read.
_EMPTY = frozenset(("script", "style", "svg"))
# Data that a script carries for the page: where it is set, at the script's beginning.
_STATE = re.compile(r"__[A-Za-z]|\b(?:window|self|globalThis)\s*[.\[]['\"\w\]]+\s*=\s*(?:[{\[(]|JSON\.parse)")
_STATE_WORDS = ("__", "window", "self", "globalThis")
_STATE_BEGINS = 300
MOST = 300_000
"""Elements of a page that are made; a news page has a hundredth of them. What follows is cut off."""
# Numbers of lexbor's own tags, which are the same for every page; those of names that it does not know are not.
_KNOWN_TAGS = 1000
_names: dict[int, str] = {}


def from_lexbor(parsed: LexborHTMLParser, source: bytes) -> Tree | None:  # noqa: PLR0912, PLR0915
    """Return the tree of what lexbor parsed; ``None`` where there is no element.

    One loop with its state in local names, for it runs once for each node of each page.
    """
    found = parsed.root
    if found is None:
        return None
    elements: list[Element] = []
    node: LexborNode = found
    parent: Element | None = None
    last: Element | None = None  # the last child of `parent` so far
    open_: list[LexborNode] = []
    flattened = 0  # how many of the innermost open nodes are deeper than elements nest
    gathered = ""
    while True:
        number = node.tag_id
        tag = _names.get(number)
        if tag is None:
            tag = node.tag or ""
            if number < _KNOWN_TAGS:
                _names[number] = tag
        if tag == "-text":
            text = node.text_content
            if text:
                gathered += text
        elif tag[:1] != "-" and tag:
            if gathered:
                if last is not None:
                    last.tail = gathered
                elif parent is not None:
                    parent.text = gathered
                gathered = ""
            attributes: dict[str, str | None] = node.attributes
            for value in attributes.values():
                if value is None:
                    attributes = {name: value or "" for name, value in attributes.items()}
                    break
            element = Element(tag, attributes, parent, elements)  # type: ignore[arg-type]
            elements.append(element)
            if parent is not None:
                parent.children.append(element)
            last = element
            child = node.first_child
            if child is not None:
                if tag not in _EMPTY:
                    open_.append(node)
                    node = child
                    if flattened or len(open_) >= DEEPEST:
                        flattened += 1
                    else:
                        parent, last = element, None
                    continue
                if tag == "script":
                    content = child.text_content
                    if content and _is_data(element.attrib, content):
                        element.text = content
        following = node.next if open_ and len(elements) < MOST else None
        while following is None:
            if gathered:
                if last is not None:
                    last.tail = gathered
                elif parent is not None:
                    parent.text = gathered
                gathered = ""
            if not open_ or len(elements) >= MOST:
                return _done(elements, parent, source)
            node = open_.pop()
            if flattened:
                flattened -= 1
            elif parent is not None:
                parent.end = len(elements)
                last, parent = parent, parent.parent
            following = node.next if open_ else None
        node = following


def _done(elements: list[Element], open_: Element | None, source: bytes) -> Tree | None:
    """Close what is open, and return the tree."""
    while open_ is not None:
        open_.end = len(elements)
        open_ = open_.parent
    return Tree(elements[0], elements, source) if elements else None


def _is_data(attributes: dict[str, str], script: str | None) -> bool:
    """Tell whether a script is data and no program."""
    if not script:
        return False
    if "json" in attributes.get("type", "").lower():
        return True
    if "src" in attributes:
        return False
    begins = script[:_STATE_BEGINS]
    return any(word in begins for word in _STATE_WORDS) and _STATE.search(begins) is not None


def from_lxml(root: HtmlElement, source: bytes) -> Tree:
    """Return the tree of what lxml parsed; its parser lets elements nest `DEEPEST` deep."""
    elements: list[Element] = []
    open_: list[tuple[HtmlElement, Element]] = []
    for node in islice(root.iter("*"), MOST):
        around = node.getparent()
        while open_ and open_[-1][0] is not around:
            open_.pop()[1].end = len(elements)
        parent = open_[-1][1] if open_ else None
        tag = str(node.tag)
        element = Element(tag, {str(name): str(value) for name, value in node.items()}, parent, elements)
        if tag not in _EMPTY or (tag == "script" and _is_data(element.attrib, node.text)):
            element.text = node.text
        element.tail = node.tail
        elements.append(element)
        if parent is not None:
            parent.children.append(element)
        open_.append((node, element))
    for _, element in open_:
        element.end = len(elements)
    return Tree(elements[0], elements, source)
