"""The tree of a page, as all readers know it: the one place that says what an element is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

__all__ = ["DEEPEST", "Element", "Tree"]

DEEPEST = 256
"""Levels that elements nest; what is deeper stands on the last level, one after another."""


class Element:
    """An element of a page. Readers change nothing in it.

    Attributes:
        tag: name in lower case.
        text: text before the first child; ``None`` where there is none.
        tail: text between the element's end and what follows it in its parent; ``None`` where there is none.
        attrib: attributes by lower-case name, in the order in which they are written.
        parent: element that holds this one; ``None`` at the root.
        children: elements in it, in order.
        place: number of the element in the page, from 0 at the root, in document order.
        end: place of the first element behind it and all that it holds.

    >>> from newsscraper.extraction.parsing import parse
    >>> body = parse("<p class=lead>Rain in <b>Brest</b> all day</p><p>Sun").root[1]
    >>> [(child.tag, child.text, child.get("class")) for child in body]
    [('p', 'Rain in ', 'lead'), ('p', 'Sun', None)]
    >>> body[0][0].tail, [element.tag for element in body.iterdescendants()]
    (' all day', ['p', 'b', 'p'])
    """

    __slots__ = ("_elements", "attrib", "children", "end", "parent", "place", "tag", "tail", "text")

    def __init__(
        self,
        tag: str,
        attrib: dict[str, str],
        parent: Element | None,
        elements: list[Element],
    ) -> None:
        self.tag = tag
        self.text: str | None = None
        self.tail: str | None = None
        self.attrib = attrib
        self.parent = parent
        self.children: list[Element] = []
        self.place = len(elements)
        self.end = self.place + 1
        self._elements = elements

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attrib}>"

    def __len__(self) -> int:
        return len(self.children)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    def __reversed__(self) -> Iterator[Element]:
        return reversed(self.children)

    def __getitem__(self, place: int) -> Element:
        return self.children[place]

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the value of an attribute."""
        return self.attrib.get(name, default)

    def items(self) -> list[tuple[str, str]]:
        """Return the attributes with their values."""
        return list(self.attrib.items())

    def getparent(self) -> Element | None:
        """Return the element that holds this one; ``None`` at the root."""
        return self.parent

    def getnext(self) -> Element | None:
        """Return the next child of the parent."""
        parent = self.parent
        return self._elements[self.end] if parent is not None and self.end < parent.end else None

    def getprevious(self) -> Element | None:
        """Return the child of the parent before this one."""
        before = self._number()
        return self.parent.children[before - 1] if before and self.parent is not None else None

    def iter(self, *tags: str) -> Iterator[Element]:
        """Yield the element and all that it holds in document order: those of these tags, all where none is named."""
        found = self._elements[self.place : self.end]
        return iter(found) if not tags or "*" in tags else iter([inner for inner in found if inner.tag in tags])

    def iterdescendants(self, *tags: str) -> Iterator[Element]:
        """Yield all that the element holds, as `iter` does, without itself."""
        found = self._elements[self.place + 1 : self.end]
        return iter(found) if not tags or "*" in tags else iter([inner for inner in found if inner.tag in tags])

    def iterchildren(self, *tags: str) -> Iterator[Element]:
        """Yield the children of these tags, all where none is named."""
        return iter([child for child in self.children if not tags or child.tag in tags])

    def iterancestors(self, *tags: str) -> Iterator[Element]:
        """Yield the elements that hold this one, the innermost first."""
        found: list[Element] = []
        parent = self.parent
        while parent is not None:
            if not tags or parent.tag in tags:
                found.append(parent)
            parent = parent.parent
        return iter(found)

    def itertext(self) -> Iterator[str]:
        """Yield the pieces of text in the element, in document order."""
        pieces: list[str] = [self.text] if self.text else []
        open_: list[Element] = []
        for inner in self._elements[self.place + 1 : self.end]:
            while open_ and open_[-1].end <= inner.place:
                tail = open_.pop().tail
                if tail:
                    pieces.append(tail)
            if inner.text:
                pieces.append(inner.text)
            open_.append(inner)
        while open_:
            tail = open_.pop().tail
            if tail:
                pieces.append(tail)
        return iter(pieces)

    def first(self, *tags: str) -> Element | None:
        """Return the first element of these tags that the element holds."""
        for inner in self._elements[self.place + 1 : self.end]:
            if inner.tag in tags:
                return inner
        return None

    def holds(self, other: Element) -> bool:
        """Tell whether another element of the page stands in this one; an element does not hold itself."""
        return self.place < other.place < self.end

    def release(self) -> None:
        """Let go of the elements around: they hold each other."""
        self.parent = None
        self.children = []

    def _number(self) -> int:
        """Which child of its parent it is, from 0."""
        return bisect_left(self.parent.children, self.place, key=_place) if self.parent is not None else 0


def _place(element: Element) -> int:
    return element.place


class Tree:
    """A page's elements.

    Attributes:
        root: the element that holds all others: ``<html>``.
        elements: all of them, in document order.
        source: the page in UTF-8 as it was parsed, for whoever needs another parser's tree of it.
    """

    __slots__ = ("elements", "root", "source")

    def __init__(self, root: Element, elements: list[Element], source: bytes) -> None:
        self.root = root
        self.elements = elements
        self.source = source

    def release(self) -> None:
        """Take the tree apart once all is read, so that its memory is free at once."""
        for element in self.elements:
            element.release()
        self.elements.clear()
