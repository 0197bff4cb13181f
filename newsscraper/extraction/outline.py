"""The parts of a page drawn as an indented outline: how a person sees why a reader took or left a thing."""

from __future__ import annotations

from newsscraper.extraction import decoding, parsing, structured
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import title
from newsscraper.extraction.page import Page
from newsscraper.extraction.parts import Part, Parts, parts_of
from newsscraper.extraction.tree import Element

_FIRST_WORDS = 60
_INDENT = "  "


def outline(page: Page) -> list[str]:
    """Return the parts of a page in the order in which they stand, a line each.

    A line holds the part's role, the element, the evidence for the role, and the part's first words. What stands
    within a part is indented; parts of the same role within one are not drawn.

    Raises:
        ExtractionError: nothing in the page that could be read.

    >>> shown = "".join(f"<p>It rained on day {day}, and nobody in Brest went out at all.</p>" for day in range(9))
    >>> for line in outline(Page(f"<h1>Rain in Brest</h1><div id=story>{shown}</div><footer>© Post</footer>")):
    ...     print(line.split()[0])
    headline
    text
    foot
    """
    tree = parsing.parse(decoding.to_utf8(page.html, page.headers.get("content-type")))
    doc = Document(tree, page)
    _, headline = title.read(doc, structured.read(doc))
    parts = parts_of(doc, headline)
    lines: list[str] = []
    around: list[Part] = []
    for part in parts.parts:
        while around and not around[-1].element.holds(part.element):
            around.pop()
        if not around or around[-1].role != part.role:
            lines.append(_INDENT * len(around) + _line(part, parts, doc))
            around.append(part)
    tree.release()
    return lines


def _line(part: Part, parts: Parts, doc: Document) -> str:
    shown = " ".join(block.text for block in parts.blocks[part.first : part.last]) or doc.text_of(part.element)
    words = " ".join(shown.split())
    words = words if len(words) <= _FIRST_WORDS else words[: _FIRST_WORDS - 1].rstrip() + "…"
    evidence = f" ({', '.join(part.evidence)})" if part.evidence else ""
    return f"{part.role:10} <{_name_of(part.element)}>{evidence}  {words}".rstrip()


def _name_of(element: Element) -> str:
    """Return an element's tag with what a selector would name it by."""
    label = "." + ".".join((element.get("class") or "").split()[:2])
    return f"{element.tag}#{element.get('id')}" if element.get("id") else element.tag + label.rstrip(".")
