"""An index of a page's elements by tag, label and role, so that nobody walks the whole tree again."""

from __future__ import annotations

from collections import defaultdict

from newsscraper.extraction.body.suspects import UNREAD, suspicion, suspicion_of_class
from newsscraper.extraction.tree import Element


class Index:
    """What one walk over the elements notes: see `document.Document`, whose parts these are.

    Args:
        elements: all elements of the page, in document order.
    """

    __slots__ = ("anchors", "by_label", "by_tag", "roles", "scopes", "suspects")

    def __init__(self, elements: list[Element]) -> None:  # noqa: PLR0912 - one loop, without calls
        by_tag: defaultdict[str, list[Element]] = defaultdict(list)
        by_label: defaultdict[str, list[Element]] = defaultdict(list)
        anchors: dict[Element, dict[str, str]] = {}
        suspects: dict[Element, tuple[str | None, bool]] = {}
        self.scopes: list[Element] = []
        self.roles: dict[Element, str] = {}
        by_class: dict[str, list[Element]] = {}
        for element in elements:
            tag, attributes = element.tag, element.attrib
            by_tag[tag].append(element)
            if tag == "a":
                anchors[element] = attributes
            if not attributes:
                continue
            if len(attributes) == 1 and "class" in attributes:
                # As most have it: what a class says is worked out once for all elements that have it alone.
                class_ = attributes["class"]
                if not class_:
                    continue
                alike = by_class.get(class_)
                if alike is None:
                    alike = by_class[class_] = by_label[f"{class_}  ".lower()]
                alike.append(element)
                if tag != "a" and tag not in UNREAD:
                    verdict = suspicion_of_class(tag, class_)
                    if verdict is not None:
                        suspects[element] = verdict
                continue
            class_ = id_ = property_ = ""
            for name, value in attributes.items():
                if name == "class":
                    class_ = value
                elif name == "id":
                    id_ = value
                elif name == "role":
                    self.roles[element] = value
                elif name == "itemprop":
                    property_ = value
                elif name == "itemtype" and value:
                    self.scopes.append(element)
            if class_ or id_ or property_:
                by_label[f"{class_} {id_} {property_}".lower()].append(element)
            if tag != "a" and tag not in UNREAD:
                rule, body = suspicion(tag, list(attributes.items()))
                if rule is not None or body:
                    suspects[element] = (rule, body)
        self.by_tag, self.by_label, self.anchors, self.suspects = by_tag, by_label, anchors, suspects
