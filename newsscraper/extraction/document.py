"""A page parsed once: the tree, and an index of it by tag, so that nobody walks the whole tree again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from newsscraper.extraction.indexing import Index
from newsscraper.extraction.page import Page, Step
from newsscraper.extraction.plaintext import text_of
from newsscraper.extraction.tree import Element, Tree


class Document:
    """The one tree of a page, shared by all readers of it.

    Readers of metadata and dates run before the tree is pruned and change nothing in it.

    Attributes:
        tree: root element.
        elements: all elements, in document order.
        source: the page in UTF-8, as it was parsed.
        page: the page it was parsed from.
        steps: decisions taken, for ``--explain``; ``None`` where nobody asked.
        memo: what one reader found and others need again, by its name.
        labels: elements by their label: class, id and itemprop in one lower-case string, each list in document order.
            A page has far fewer labels than elements: a pattern is matched against each label once.
        anchors: the attributes of each ``<a>``, in document order: several readers look at all links of a page.
        roles: ``role`` of each element that has one, in document order.
        suspects: `body.suspects.suspicion` of the elements whose tag and attributes say anything at all.
        scopes: elements with an ``itemtype``: microdata's things, in document order.
        meta: contents of ``<meta>`` by lower-case name, property or itemprop, in document order, empty ones left out.
        base_url: what relative links count from: ``<base href>`` or the page's URL.
    """

    def __init__(self, tree: Tree, page: Page, *, explain: bool = False) -> None:
        self.tree = tree.root
        self.elements = tree.elements
        self.source = tree.source
        self.page = page
        self.steps: list[Step] | None = [] if explain else None
        self.memo: dict[str, Any] = {}
        self._texts: dict[Element, str] = {}
        index = Index(tree.elements)
        self._by_tag, self.labels = index.by_tag, index.by_label
        self.anchors, self.roles = index.anchors, index.roles
        self.suspects, self.scopes = index.suspects, index.scopes
        self.meta = self._meta()
        self.base_url = self._base_url()
        self._names = self._names_of_labels()

    def _names_of_labels(self) -> tuple[str, dict[str, list[int]], list[tuple[str, list[Element]]]]:
        """Return all names that labels are made of, a line each; the places of the labels with each; the labels.

        Names recur in label after label: their text is half as long as that of the labels.
        """
        labels = list(self.labels.items())
        places: dict[str, list[int]] = {}
        for place, (label, _) in enumerate(labels):
            for name in label.split():
                known = places.get(name)
                if known is None:
                    places[name] = [place]
                else:
                    known.append(place)
        return "\n".join(["", *places, ""]), places, labels

    def labels_with(self, parts: Iterable[str]) -> list[tuple[str, list[Element]]]:
        """Return the labels that hold one of ``parts``, with their elements, in the order of `labels`.

        To look for a part in all labels at once takes a hundredth of the time of looking into each.

        Args:
            parts: parts of names, without white space.
        """
        text, places, labels = self._names
        found: set[int] = set()
        for part in parts:
            at = text.find(part)
            while at >= 0:
                end = text.index("\n", at)
                found.update(places[text[text.rindex("\n", 0, at) + 1 : end]])
                at = text.find(part, end)
        return [labels[place] for place in sorted(found)]

    def has_label(self, *parts: str) -> bool:
        """Tell whether a label on the page holds one of ``parts``, which are without white space."""
        text = self._names[0]
        return any(part in text for part in parts)

    def tags(self, *names: str) -> list[Element]:
        """Return the elements of these tags: in document order for one tag, tag after tag for several."""
        by_tag = self._by_tag
        if len(names) == 1:
            return by_tag.get(names[0], [])
        return [element for name in names for element in by_tag.get(name, ())]

    def text_of(self, element: Element) -> str:
        """Return an element's visible text as one line; each element's is worked out once."""
        text = self._texts.get(element)
        if text is None:
            text = self._texts[element] = text_of(element)
        return text

    def _meta(self) -> dict[str, list[str]]:
        """Return `meta`."""
        found: dict[str, list[str]] = defaultdict(list)
        for element in self.tags("meta"):
            content = (element.get("content") or "").strip()
            if content:
                for attribute in ("property", "name", "itemprop", "http-equiv"):
                    name = element.get(attribute)
                    if name:
                        found[name.strip().lower()].append(content)
        return found

    def _base_url(self) -> str | None:
        """Return `base_url`."""
        for element in self.tags("base"):
            href = element.get("href")
            if href:
                try:
                    return urljoin(self.page.url or "", href) or None
                except ValueError:
                    break
        return self.page.url

    def explain(self, part: str, verdict: str, rule: str, text: str, reason: str = "") -> None:
        """Note a decision where somebody asked for decisions."""
        if self.steps is not None:
            self.steps.append(Step(part, verdict, rule, text, reason))
