"""A page in UTF-8 → its tree: parsed once, whatever was sent."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from selectolax.lexbor import LexborHTMLParser

from newsscraper.extraction import building, guarding, shadow
from newsscraper.extraction.page import ExtractionError
from newsscraper.extraction.tree import Tree

_CONTROL_80_9F = re.compile(rb"\xc2[\x80-\x9f]")
_XML_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")
_NEVER_IN_TEXT = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_EACH_NEVER = tuple(bytes((code,)) for code in _NEVER_IN_TEXT)  # to look for one byte is many times as fast
# What a script or a comment says of such tags is none.
_NOSCRIPT = re.compile(
    rb"<script\b[^<]*+(?:<(?!/script)[^<]*+)*+|<!--[^-]*+(?:-(?!->)[^-]*+)*+|<(/?)noscript\b[^>]{0,100}>?",
    re.IGNORECASE,
)
_WITHOUT_EVENTS = 1
"""No option of a list is copied into what shows the chosen one: a page could have it copied without end."""
# Control characters 80–9F stand in no page's text: they are UTF-8 that was taken for Latin-1 and encoded once more.
_TWICE_ENCODED = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")


def _decode_again(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def parse(html: bytes | str) -> Tree:
    """Return the tree of a page, without comments and processing instructions.

    Args:
        html: the page as text or in UTF-8.

    Raises:
        ExtractionError: no element and no text in it.
    """
    data = guarding.without_long_lists(html.encode("utf-8", "replace") if isinstance(html, str) else html)
    if declaration := _XML_DECLARATION.match(data):
        data = data[declaration.end() :]
    if b"\xc2" in data and _CONTROL_80_9F.search(data):
        data = _TWICE_ENCODED.sub(_decode_again, data.decode("utf-8")).encode("utf-8")
    if any(code in data for code in _EACH_NEVER):
        data = data.translate(None, _NEVER_IN_TEXT)
    data = _without_noscript_in_head(data)
    if not guarding.is_safe(data):
        return building.from_lxml(with_lxml(data), data)
    parsed = LexborHTMLParser(data, options=_WITHOUT_EVENTS)
    if any(spelling in data for spelling in shadow.SPELLINGS):
        shadow.show(parsed)
    tree = building.from_lexbor(parsed, data)
    if tree is None or _is_empty(tree):
        raise ExtractionError("the page cannot be parsed as HTML: there is no element in it")
    return tree


def _without_noscript_in_head(data: bytes) -> bytes:
    """Return a page without what its head holds for readers without scripts: styles, and counters that are no content.

    A picture there would end the head, and stand in the body as if the page showed it.
    """
    body = data.find(b"<body")
    if body < 0 or data.find(b"<noscript", 0, body) < 0:
        return data
    kept: list[bytes] = []
    start: int | None = 0  # of what is kept; none within a <noscript>
    for tag in _NOSCRIPT.finditer(data, 0, body):
        if tag[1] is None:
            continue
        if start is None and tag[1]:
            start = tag.end()
        elif start is not None and not tag[1]:
            kept.append(data[start : tag.start()])
            start = None
    return b"".join(kept) + (data[start:] if start is not None else data[body:])


def _is_empty(tree: Tree) -> bool:
    """Tell whether a tree holds what the parser adds to an empty page, and nothing else."""
    return len(tree.elements) <= 3 and not any(
        element.text or element.tail or element.attrib for element in tree.elements
    )


def with_lxml(data: bytes) -> HtmlElement:
    """Return lxml's tree of a page.

    Raises:
        ExtractionError: no element in it.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    # One class for all elements: lxml.html's own parser asks Python for the class of each, which halves a walk's speed.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        return document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError) as error:
        raise ExtractionError(f"the page cannot be parsed as HTML: {error}") from error
