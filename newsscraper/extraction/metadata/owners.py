"""Whose a date is: the article's own, or another story's, a comment's, an event's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsscraper.extraction.document import Document
from newsscraper.extraction.parts import Part, Parts
from newsscraper.extraction.tree import Element

_WHOSE = {
    "teaser": "another story's",
    "comment": "a comment's",
    "navigation": "the navigation's",
    "prompt": "a form's or a prompt's",
    "foot": "the page's foot's",
}
# Labels of boxes within the article whose dates are of other things than its publication. As elsewhere, what must not
# stand before a word is looked up behind its first letter.
_OTHER_MOMENT = re.compile(
    r"event-(?:date|time|start|card|list)|calendar-(?:day|month)|copyright|weather|countdown|"
    r"live-?blog-?(?:post|entry)|tweet|upcoming|birth|expires|deadline|leserbrief"
)
_QUOTES = frozenset(("blockquote",))


class Owners:
    """Tells of each element of a page whose a date in it is."""

    def __init__(self, doc: Document, parts: Parts, others: Sequence[Element] = ()) -> None:
        """Take the page's parts, and boxes that another reader found to list other articles."""
        self.parts = parts
        self._listed = frozenset(others)
        self._stop = frozenset((*parts.around, parts.region, *parts.region.iterancestors(), *doc.tags("body")))

    def other_of(self, element: Element) -> str | None:
        """Return whose a date in ``element`` is where it is not the article's, in words; ``None`` where it may be."""
        part = self.parts.other_of(element)
        if part is not None:
            return told(part)
        for box in self._boxes_around(element):
            if box in self._listed:
                return "another story's: listed as a recent post"
            if box.tag in _QUOTES:
                return "a quote's"
        return "one of several boxes alike, each with a moment" if self.parts.repeat(element) else None

    def other_by_label(self, element: Element) -> str | None:
        """Return whose a date is by the labels around it, which yield to words that say it was published."""
        if any(_is_of_another_moment(label_of(box)) for box in self._boxes_around(element)):
            return "another thing's, by its label"
        return None

    def _boxes_around(self, element: Element) -> Iterator[Element]:
        current: Element | None = element
        while current is not None and current not in self._stop:
            yield current
            current = current.getparent()


def told(part: Part) -> str:
    """Return whose things in a part are, and by what evidence."""
    return f"{_WHOSE[part.role]}: {', '.join(part.evidence)}"


def label_of(element: Element) -> str:
    """Return class, id and itemprop of an element in one lower-case string."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


@lru_cache(maxsize=16384)  # a site's pages share their labels
def _is_of_another_moment(label: str) -> bool:
    return len(label) > 3 and _OTHER_MOMENT.search(label) is not None
