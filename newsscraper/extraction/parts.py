"""The parts of a page, found once: headline block, main text, teasers, comments, navigation, prompts, foot.

Every reader asks these parts whose a thing is. They are told by structure: what an element holds (running text, links,
linked headlines), where it stands, and how many of its neighbours look the same. A label (class and id words) only tips
the balance, so a page whose classes are hashes has the same parts.
"""

from __future__ import annotations

from newsscraper.extraction.body.blocks import Block, Node
from newsscraper.extraction.boxes import Box, Boxes, Role, is_running
from newsscraper.extraction.document import Document
from newsscraper.extraction.otherstories import stories_behind
from newsscraper.extraction.roles import Judge
from newsscraper.extraction.runs import Run
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

_SOLID, _SOLID_WITH_HEADLINE = 0.65, 0.3
"""Share of the text that an element must hold for the rest to be left out."""
_LITTLE_MORE = 1.25
_LONG_LINE, _STRAGGLER = 120, 6
_NEAR_BEFORE, _NEAR_BEHIND = 8, 28
"""Blocks before the headline and behind the text within which its topics stand."""
_HEADED = frozenset(("article", "main"))
_STOP = frozenset(("body", "html"))


def parts_of(doc: Document, headline: Element | None) -> Parts:
    """Return the parts of a page whose headline is ``headline``; they are looked for once."""
    known: Parts | None = doc.memo.get("parts")
    if known is None or known.headline is not headline:
        known = doc.memo["parts"] = Parts(doc, headline)
    return known


class Part:
    """A part of a page.

    Attributes:
        element: the outermost element of it; of a headline block and a text that stand loose among other elements, the
            element that holds them.
        role: what it is.
        evidence: why, in short words.
        first, last: its blocks, as a half-open range of their places.
        prose: running text in it, in characters as of Latin script: one of Chinese or Thai counts as three.
        link_share: how much of its text is linked, from 0 to 1.
        headings: number of headings.
        leads_elsewhere: number of linked headlines of other pages.
        alike: number of neighbours of the same shape.
        depth: how many parts it stands in.
    """

    prose: int = 0
    link_share: float = 0.0
    headings: int = 0
    leads_elsewhere: int = 0
    alike: int = 0
    depth: int = 0

    def __init__(self, element: Element, role: Role, evidence: tuple[str, ...], first: int, last: int) -> None:
        self.element = element
        self.role = role
        self.evidence = evidence
        self.first = first
        self.last = last


class Parts:
    """The parts of one page.

    Attributes:
        headline: the element that shows the headline.
        parts: all parts in document order, those within a part behind it.
        blocks: the page's blocks of text, in order.
        headline_block: place of the first block behind the headline; ``None`` without one.
        text_first, text_last: places of the main text's first running block and of the block behind its last.
        region: the smallest element that holds the headline and the main text.
        setting: the widest element around it that holds hardly any other running text.
        text: the part that holds the main text; ``None`` where the page has no running text.
        around: all elements that hold the headline.
    """

    def __init__(self, doc: Document, headline: Element | None) -> None:
        self.headline = headline
        self.around: frozenset[Element] = frozenset(headline.iterancestors()) if headline is not None else frozenset()
        self._all = Boxes(doc)
        self._boxes = self._all.by_element
        self._root = self._all.root
        self.blocks = self._all.walk.blocks
        self.headline_block = self._block_after(headline)
        Judge(self._all, headline, self.around, self.headline_block or 0).judge()
        for node in stories_behind(
            self._all.walk, self.headline_block, site_of(doc.page.url) if doc.page.url else None
        ):
            box = self._boxes[node.element]
            box.role, box.evidence = "teaser", ["a story with a headline of its own"]
        self._text_box = self._find_text()
        self.text_first, self.text_last = self._text_range()
        self.region: Element = self._find_region()
        self.setting: Element = self._find_setting()
        self.parts: list[Part] = []
        self._by_element: dict[Element, Part] = {}
        self._rest = self._name()
        self.text = next((part for part in self.parts if part.role == "text"), None)

    def _block_after(self, headline: Element | None) -> int | None:
        """Return the place of the first block behind the headline's own."""
        if headline is None:
            return None
        box = self._boxes.get(headline)
        if box is not None and box.node.last > box.node.first:
            return box.node.last
        place = 0
        for block in self.blocks:
            if block.node.element.place > headline.place:
                return block.place
            place = block.place + 1
        return place

    # Where the text is

    def _find_text(self) -> Box | None:
        """Return the smallest element that holds most of the running text that is of nothing else."""
        self._weigh_what_is_left()
        if not self._root.left:
            return None
        at, box = self.headline_block, self._root
        while True:
            best = self._heaviest(box)
            if best is None:
                return box
            holds = at is not None and best.node.first < at <= best.node.last
            if best.left < (_SOLID_WITH_HEADLINE if holds else _SOLID) * box.left:
                return box
            if best.node.last - best.node.first <= 1 and not holds:
                return box
            box = best

    def _weigh_what_is_left(self) -> None:
        for block in self.blocks:
            if block.prose and not self._is_of_others(block.node):
                self._boxes[block.node.element].left += block.weight
        for node in reversed(self._all.walk.nodes):
            if node.parent is not None:
                self._boxes[node.parent.element].left += self._boxes[node.element].left

    def _heaviest(self, box: Box) -> Box | None:
        """Return the element within a box that holds most of its text; the text stands with its headline."""
        at = self.headline_block
        best: Box | None = None
        most = 0
        for child in box.node.children:
            inner = self._boxes[child.element]
            worth = inner.left
            if at is not None and child.first < at <= child.last and worth * 10 > box.left:
                worth *= 4
            if worth > most:
                best, most = inner, worth
        return best

    def _is_of_others(self, node: Node) -> bool:
        up: Node | None = node
        while up is not None:
            if self._boxes[up.element].role is not None:
                return True
            up = up.parent
        return False

    def _text_range(self) -> tuple[int, int]:
        """Return the places of the text's first running block and of the one behind its last."""
        box = self._text_box
        if box is None:
            at = self.headline_block or 0
            return at, at
        places = [
            block.place
            for block in self.blocks[box.node.first : box.node.last]
            if is_running(block) and not self._is_of_others(block.node)
        ]
        headline = self.headline_block
        places = [place for place in places if headline is None or place >= headline] or places
        places = self._without_stragglers(places)
        return (places[0], places[-1] + 1) if places else (box.node.first, box.node.last)

    def _without_stragglers(self, places: list[int]) -> list[int]:
        """Drop short sentences at the end that stand in other boxes than the text: a lone comment, a note."""
        weights: dict[Element | None, int] = {}
        for place in places:
            parent = self.blocks[place].node.element.getparent()
            weights[parent] = weights.get(parent, 0) + self.blocks[place].weight
        whole = sum(weights.values())
        while len(places) > 1:
            block = self.blocks[places[-1]]
            if block.weight >= _LONG_LINE or weights[block.node.element.getparent()] * _STRAGGLER >= whole:
                break
            places = places[:-1]
        return places

    def _find_region(self) -> Element:
        """Return the smallest element that holds both the headline and the text."""
        text = self._text_box
        if self.headline is None:
            return self._root.node.element
        for element in self.headline.iterancestors():
            box = self._boxes.get(element)
            if box is None:
                continue
            if text is not None:
                if box.node.first <= self.text_first and self.text_last <= box.node.last:
                    return element
            elif element.tag in _HEADED or element.tag in _STOP:
                return element
        return self._root.node.element

    def _find_setting(self) -> Element:
        node = self._boxes[self.region].node
        own = self._boxes[self.region].left
        while node.parent is not None and node.parent.tag not in _STOP:
            if self._boxes[node.parent.element].left > _LITTLE_MORE * own:
                break
            node = node.parent
        return node.element

    # The parts by name

    def _name(self) -> Part:
        """Make the parts, and return the one for what is left of the article."""
        region = self._boxes[self.region].node
        at = self.headline_block
        start = at - 1 if at else self.text_first
        if at is not None:
            block = Part(self._headline_box(), "headline", ("holds the headline",), start, self.text_first)
            self.parts.append(self._measured(block))
        if self._text_box is not None:
            element = self._text_box.node.element
            text = Part(element, "text", ("most running text",), self.text_first, self.text_last)
            self.parts.append(self._measured(text))
        within: dict[Element, Part | None] = {}
        for node in self._all.walk.nodes:
            outer = within[node.parent.element] if node.parent is not None else None
            box = self._boxes[node.element]
            if box.role is not None and (outer is None or outer.role != box.role or box.alike):
                part = Part(node.element, box.role, tuple(box.evidence), node.first, node.last)
                part.depth = outer.depth + 1 if outer is not None else 0
                self.parts.append(self._measured(part))
                self._by_element[node.element] = outer = part
            within[node.element] = outer
        self.parts.sort(key=lambda part: (part.element.place, part.depth))
        return self._measured(Part(region.element, "other", ("the rest",), region.first, region.last))

    def _measured(self, part: Part) -> Part:
        box = self._boxes.get(part.element)
        if box is not None:
            part.prose, part.link_share, part.headings = box.prose, round(box.link_share, 2), box.headings
            part.leads_elsewhere, part.alike = box.leads, box.alike
        return part

    def _headline_box(self) -> Element:
        """Return the outermost element that holds the headline and none of the text."""
        assert self.headline is not None
        found = self.headline
        for element in self.headline.iterancestors():
            if element is self.region or element.tag in _STOP:
                break
            box = self._boxes.get(element)
            if box is not None and box.node.first <= self.text_first < box.node.last:
                break
            found = element
        return found

    # What readers ask

    def part_of(self, element: Element) -> Part:
        """Return the innermost part that holds ``element``."""
        other = self.other_of(element)
        if other is not None:
            return other
        place = self.place_of(element)
        for part in self.parts:
            if part.role in ("headline", "text") and part.first <= place < part.last:
                return part
        return self._rest

    def other_of(self, element: Element) -> Part | None:
        """Return the innermost part about something else that holds ``element``, ``None`` where none does."""
        current: Element | None = element
        while current is not None:
            part = self._by_element.get(current)
            if part is not None:
                return part
            current = current.getparent()
        return None

    def place_of(self, element: Element) -> int:
        """Return the place of the first block that begins in or behind ``element``."""
        box = self._boxes.get(element)
        if box is not None:
            return box.node.first
        current: Element | None = element
        while current is not None and current not in self._boxes:
            current = current.getparent()
        if current is None:
            return 0
        node, at = self._boxes[current].node, element.place
        return next((child.first for child in node.children if child.element.place > at), node.last)

    def owns(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the article's own parts: in the element that holds headline and text, and
        in no part about something else.
        """
        return self.holds(element) and self.other_of(element) is None

    def holds(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the element that holds headline and text."""
        return element is self.region or self.region.holds(element)

    def surround(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the widest element around the article that holds little other text."""
        return element is self.setting or self.setting.holds(element)

    def concern(self, element: Element) -> bool:
        """Tell whether ``element`` concerns the article: it stands around it, not far from headline or text, and in no
        part of something else.

        A list of links is a part of its own by its structure, and may be of the article's topics or pictures all the
        same: it concerns the article where neither tag nor label says that it leads through the site.
        """
        part = self.other_of(element)
        listed = part is not None and part.role == "navigation" and part.evidence[0].endswith("links")
        if not (part is None or listed) or not self.surround(element):
            return False
        place = self.place_of(element)
        if self.text_first <= place < self.text_last:
            return True
        first = self.headline_block if self.headline_block is not None else self.text_first
        behind = _NEAR_BEHIND // 4 if listed else _NEAR_BEHIND
        near = first - _NEAR_BEFORE <= place <= self.text_last + behind
        return near and (self.holds(element) or not self._is_aside(element))

    def _is_aside(self, element: Element) -> bool:
        """Whether an element stands in a column beside the article, by its label."""
        current: Element | None = element
        while current is not None and current is not self.setting and current not in self.around:
            box = self._boxes.get(current)
            if box is not None and box.node.rule == "sidebar":
                return True
            current = current.getparent()
        return False

    def is_behind_lead(self, element: Element) -> bool:
        """Tell whether ``element`` stands behind the first running block of the text."""
        return self.place_of(element) > self.text_first + 1

    def repeat(self, element: Element) -> bool:
        """Tell whether ``element`` stands in one of several boxes alike that each show a moment and some words.

        Such are posts of a live report, answers, comments.
        """
        current: Element | None = element
        while current is not None and current not in self.around and current is not self.region:
            box = self._boxes.get(current)
            if box is not None and box.dated_from >= 0:
                return True
            current = current.getparent()
        return False

    def lines_of(self, element: Element) -> list[list[Run]]:
        """Return the lines of a block element, each as runs of text."""
        return self._all.lines_of(element)

    def box_beside(self, node: Node) -> Node:
        """Return the outermost element around ``node``, or itself, that holds neither the headline nor the text."""
        found = node
        while found.parent is not None and not self._holds_own(found.parent):
            found = found.parent
        return found

    def _holds_own(self, node: Node) -> bool:
        text = self._text_box
        if node.element in self.around or node.element is self.headline or node is self._root.node:
            return True
        return text is not None and node.first <= self.text_first < node.last

    def leads_to_headline(self, block: Block) -> bool:
        """Tell whether the box of a block stands in one box with the headline, or just before it."""
        if self.headline is None:
            return False
        box = self.box_beside(block.node)
        if self.region.tag not in _STOP and self.holds(block.node.element):
            return True
        return box.last == (self.headline_block or 0) - 1
