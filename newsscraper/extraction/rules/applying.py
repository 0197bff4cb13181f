"""Rules on a page: what each selector finds, and the page without what they remove, with what holds its text marked.

They work on a tree of their own, made where a site has rules: what selectors need, no other reader does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from newsscraper.article import DateSource
from newsscraper.extraction import guarding, parsing
from newsscraper.extraction.page import ExtractionError
from newsscraper.extraction.plaintext import plain, text_of
from newsscraper.extraction.rules.declared import FIELDS, Rules
from newsscraper.extraction.rules.selectors import find

if TYPE_CHECKING:
    from parsel import Selector

MARK = "data-newsscraper-text"
"""Attribute of the elements that hold the text."""
_MOST = 200
_LISTED = ("li", "a")


class Value(NamedTuple):
    """One text that a selector found.

    Attributes:
        text: as a reader sees it, or an attribute's value.
        source: where a date in it would stand.
    """

    text: str
    source: DateSource


class Match(NamedTuple):
    """What one selector found."""

    selector: str
    values: list[Value]


@dataclass(slots=True)
class Found:
    """What a site's rules found on a page.

    Attributes:
        html: the page as the readers are to see it, UTF-8.
        matches: what the selectors of each rule found, in order; those without a match are left out.
        removed: how many elements were removed.
        marked: elements that hold the text are marked.
    """

    html: bytes
    matches: dict[str, list[Match]] = field(default_factory=dict)
    removed: int = 0
    marked: bool = False


def apply(html: bytes, rules: Rules) -> Found:
    """Apply a site's rules to a page.

    Args:
        html: the page in UTF-8.
        rules: selectors that parse (`newsscraper.extraction.rules.selectors.check`).

    >>> page = b"<h1>Rain</h1><p class=by>By Zo\\xc3\\xa9</p><aside>Buy</aside><div>It rains.</div>"
    >>> found = apply(page, Rules(authors=(".by",), remove=("aside",), text=("div",)))
    >>> found.matches["authors"][0].values[0].text, found.removed, b"Buy" in found.html, found.marked
    ('By Zoé', 1, False, True)
    """
    tree = _tree(html) if rules else None
    if tree is None:
        return Found(html)
    found = Found(html)
    for rule in FIELDS:
        if rule not in ("text", "remove"):
            matches = [Match(selector, _values(find(tree, selector), rule)) for selector in getattr(rules, rule)]
            found.matches[rule] = [match for match in matches if match.values]
    containers: list[Any] = next(filter(None, (_elements(tree, selector) for selector in rules.text)), [])
    surplus = {element for selector in rules.remove for element in _elements(tree, selector)}
    if MARK.encode() in html.lower():  # the page's own, which means nothing
        for element in tree.root.iter():
            found.marked |= element.attrib.pop(MARK, None) is not None
    containers = [one for one in containers if not surplus.intersection((one, *one.iterancestors()))]
    outermost = [one for one in containers if not set(containers).intersection(one.iterancestors())]
    for element in outermost:
        element.set(MARK, "")
    for element in surplus:
        parent = element.getparent()
        if parent is not None and not _is_scaffold(element):
            element.drop_tree()
            found.removed += 1
    if outermost or found.removed or found.marked:
        found.html = _written(tree.root)
    found.marked = bool(outermost)
    return found


def _is_scaffold(element: Any) -> bool:
    return element.tag in ("html", "head", "body")


def _tree(html: bytes) -> Selector | None:
    from parsel import Selector

    try:
        return Selector(root=parsing.with_lxml(guarding.without_long_lists(html.replace(b"\0", b""))), type="html")
    except ExtractionError:
        return None  # the readers say what is wrong with it


def _written(root: Any) -> bytes:
    from lxml.html import tostring

    written: bytes = tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return written


def _elements(tree: Selector, selector: str) -> list[Any]:
    return [one.root for one in find(tree, selector)[:_MOST] if not isinstance(one.root, (str, bool, float))]


def _values(found: Any, rule: str) -> list[Value]:
    values: list[Value] = []
    for one in found[:_MOST]:
        if isinstance(one.root, str):
            values.append(Value(plain(one.root), "visible"))
        elif rule in ("published", "modified"):
            values += _dates(one.root)
        elif one.root.tag == "meta":
            values.append(Value(plain(one.root.get("content") or ""), "meta"))
        else:
            values += [Value(text, "visible") for text in _texts(one.root, listed=rule not in ("title", "description"))]
    return [value for value in values if value.text]


def _texts(element: Any, *, listed: bool) -> list[str]:
    """Return an element's words; of a list, or of several links, each one's."""
    for tag in _LISTED if listed else ():
        inside = list(element.iter(tag))
        if len(inside) > 1:
            return [_words(one) for one in inside]
    return [_words(element, typographic=not listed)]


def _words(element: Any, *, typographic: bool = False) -> str:
    """Return an element's text as the readers see it: from a tree of theirs."""
    from lxml.html import tostring

    try:
        tree = parsing.parse(tostring(element, encoding="utf-8", with_tail=False))
    except ExtractionError:
        return ""
    return text_of(tree.root, typographic=typographic)


def _dates(element: Any) -> list[Value]:
    """Return what an element says of a date, the machine's words first: those that cannot be read are passed over."""
    told = [Value(one.get("datetime"), "time") for one in element.iter("time", "ins", "del") if one.get("datetime")]
    if content := element.get("content"):
        told.insert(0, Value(plain(content), "meta"))
    return [*told[:1], Value(_words(element), "visible")]
