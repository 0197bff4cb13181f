"""The parts of a page, found once: headline block, main text, teasers, comments, navigation, prompts, foot.

Every reader asks these parts whose a thing is. They are told by structure: what an element holds (running text, links,
linked headlines), where it stands, and how many of its neighbours look the same. A label (class and id words) only tips
the balance, so a page whose classes are hashes has the same parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from newsscraper.dates.lines import find_moments
from newsscraper.extraction.body.blocks import Block, Node, Walk
from newsscraper.extraction.document import Document
from newsscraper.extraction.runs import Run, lines_of
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

Role = Literal["headline", "text", "teaser", "comment", "navigation", "prompt", "foot", "other"]

_OTHERS: frozenset[Role] = frozenset(("teaser", "comment", "navigation", "prompt", "foot"))
_LONG_LINK, _MANY_WORDS = 28, 5
"""Of a link that is a headline: characters as of Latin script, or words."""
_SHORT_HEADING, _WORDS_OF_NAME = 18, 3
"""Below which a linked heading may be an author's name."""
_TEASER_PROSE = 320
"""Prose that a teaser holds at most, in characters as of Latin script."""
_MOST_OF_PAGE, _ALMOST_ALL = 0.5, 0.85
_SOLID = 0.65
_FEWEST_LINKS, _LINKED, _HALF_LINKED, _TEASER_LINKED = 3, 0.7, 0.4, 0.13
_SHORT_LINE, _LONG_LINE, _STRAGGLER = 60, 120, 6
_SENTENCE_ENDS = '.!?…:;。！？।؟”"»)'
_NEAR_BEFORE, _NEAR_BEHIND = 8, 28
"""Blocks before the headline and behind the text within which its topics stand."""
_FEW_BLOCKS = 12
"""Of a box beside the headline that can be a part of its block."""
_FIRST_BLOCKS, _NAME_LEVEL = 4, 4
"""Blocks in which a comment shows who wrote it and when; the rank of headings that may be a name."""
_SHORTEST_COMMENT = 16
_ROWS = frozenset(("p", "dt", "dd", "tr", "td", "th"))
_NAVIGATION = frozenset(("nav", "menu"))
_PROMPTS = frozenset(("form", "dialog"))
_HEADED = frozenset(("article", "main"))
_LISTS = frozenset(("ul", "ol", "menu"))
_STOP = frozenset(("body", "html"))
# Labels that tip: the rule's name in `body.labels` and the role that it speaks for.
_TIPS: dict[str, Role] = {
    "comments": "comment",
    "related": "teaser",
    "recent-posts": "teaser",
    "navigation": "navigation",
    "breadcrumb": "navigation",
    "newsletter": "prompt",
    "form": "prompt",
    "popup": "prompt",
    "consent": "prompt",
    "advert": "prompt",
    "footer": "foot",
    "embed": "comment",
}
# Where links of a byline lead: persons and topics are no other stories.
_ABOUT = re.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|autori|writers?|people|persons?|profiles?|journalists?|by|contributors?|"
    r"staff|team|users?|members?|tags?|topics?|categor\w+|kategori\w+|rubri\w+|sections?|themen?|temas?|sujets?)/|"
    r"^(?:mailto|tel|javascript):"
)
_COPYRIGHT = re.compile(r"©|\(c\)\s|copyright|all rights reserved", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_NUMERIC_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d\d?[./-]\d\d?)(?!\d)")


def parts_of(doc: Document, headline: Element | None) -> Parts:
    """Return the parts of a page whose headline is ``headline``; they are looked for once."""
    known: Parts | None = doc.memo.get("parts")
    if known is None or known.headline is not headline:
        known = doc.memo["parts"] = Parts(doc, headline)
    return known


def walk_of(doc: Document) -> Walk:
    """Return the page's blocks, put together once for all readers."""
    walk: Walk | None = doc.memo.get("walk")
    if walk is None:
        walk = doc.memo["walk"] = Walk(doc)
    return walk


@dataclass(slots=True, eq=False)
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

    element: Element
    role: Role
    evidence: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    prose: int = 0
    link_share: float = 0.0
    headings: int = 0
    leads_elsewhere: int = 0
    alike: int = 0
    depth: int = 0


@dataclass(slots=True, eq=False)
class _Box:
    """What one block element holds, sums over all within it."""

    node: Node
    weight: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    headings: int = 0
    leads: int = 0
    copyright: bool = False
    alike: int = 0
    alike_leading: int = 0
    dated_from: int = -1
    left: int = 0
    role: Role | None = None
    evidence: list[str] = field(default_factory=list)

    @property
    def link_share(self) -> float:
        return self.linked / self.weight if self.weight else 0.0


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
        self._order = doc.order
        self._walk = walk_of(doc)
        self._own_path = _path_of(doc.page.url)
        self._host = site_of(doc.page.url) if doc.page.url else None
        self._boxes: dict[Element, _Box] = {node.element: _Box(node) for node in self._walk.nodes}
        self.blocks = self._walk.blocks
        self._root = self._boxes[self._walk.root.element]
        self.headline_block = self._block_after(headline)
        self._weigh()
        self._compare()
        self._judge()
        self._text_box = self._find_text()
        self.text_first, self.text_last = self._text_range()
        self.region: Element = self._find_region()
        self.setting: Element = self._find_setting()
        self.parts: list[Part] = []
        self._by_element: dict[Element, Part] = {}
        self._name()
        self.text = next((part for part in self.parts if part.role == "text"), None)
        self._known: dict[Element, Part] = {}

    # What each element holds

    def _block_after(self, headline: Element | None) -> int | None:
        """Return the place of the first block behind the headline's own."""
        if headline is None:
            return None
        box = self._boxes.get(headline)
        if box is not None and box.node.last > box.node.first:
            return box.node.last
        order, start = self._order, self._order[headline]
        place = 0
        for block in self._walk.blocks:
            if order[block.node.element] > start:
                return block.place
            place = block.place + 1
        return place

    def _weigh(self) -> None:
        for block in self._walk.blocks:
            box = self._boxes[block.node.element]
            box.weight += block.weight
            box.linked += block.linked
            box.prose += block.prose
            box.links += block.links
            box.headings += block.kind == "heading"
            box.leads += self._leads_elsewhere(block)
            box.copyright = box.copyright or (block.weight < 200 and _COPYRIGHT.search(block.text) is not None)
        for node in reversed(self._walk.nodes):  # what an element holds comes after it
            if node.parent is not None:
                box, up = self._boxes[node.element], self._boxes[node.parent.element]
                up.weight += box.weight
                up.linked += box.linked
                up.prose += box.prose
                up.links += box.links
                up.headings += box.headings
                up.leads += box.leads
                up.copyright = up.copyright or box.copyright

    def _leads_elsewhere(self, block: Block) -> bool:
        """Whether a block is, or begins with, the linked headline of another page."""
        href = block.href
        if href and "//" in href[:9] and self._host and not _is_of(href, self._host):
            return False  # what a text recommends elsewhere; other sites' own teasers are told by their label
        if not href or not block.linked or href[0] == "#" or _ABOUT.search(href):
            return False
        if f"{self._own_path}/".startswith(f"{_path_of(href).rstrip('/')}/"):
            return False  # to this page, its section, the blog that it is in
        share = block.linked / (block.weight or 1)
        if block.kind == "heading":
            return share >= 0.6 and (block.weight >= _SHORT_HEADING or len(block.text.split()) > _WORDS_OF_NAME)
        if share < _HALF_LINKED or block.links > 2 or block.prose:
            return False
        words = len(block.text.split())
        return block.linked >= _LONG_LINK or (words >= _MANY_WORDS and share >= 0.6)

    def _compare(self) -> None:
        """Count for each element the neighbours of its shape: of its tag and class, or of its tag and children's."""
        for node in self._walk.nodes:
            if len(node.children) < 2:
                continue
            groups: dict[tuple[str, ...], list[_Box]] = {}
            for child in node.children:
                class_ = child.element.get("class") or ""
                shape = tuple(sorted({inner.tag for inner in child.children}))
                groups.setdefault((child.tag, class_, *(() if class_ else shape)), []).append(
                    self._boxes[child.element]
                )
                if class_:  # hashes may differ from item to item
                    groups.setdefault((child.tag, "", *shape, "…"), []).append(self._boxes[child.element])
            for group in groups.values():
                if len(group) < 2:
                    continue
                leading = sum(box.leads > 0 for box in group)
                said = all(box.weight >= _SHORTEST_COMMENT for box in group)
                tag = group[0].node.tag  # <time>: a moment alone, such as those of publication and change
                dated = said and not leading and tag not in (*_ROWS, "time") and all(map(self._shows_moment, group))
                for box in group:
                    box.alike = max(box.alike, len(group) - 1)
                    box.alike_leading = max(box.alike_leading, leading)
                    if dated:
                        box.dated_from = group[0].node.first

    def _shows_moment(self, box: _Box) -> bool:
        """Whether one of an element's first lines is, or holds, a moment beside a name."""
        for block in self._walk.blocks[box.node.first : min(box.node.last, box.node.first + _FIRST_BLOCKS)]:
            if block.kind == "heading" and block.heading_level < _NAME_LEVEL:
                return False
            if block.weight > 2 * _SHORT_LINE or not _HAS_DIGIT.search(block.text):
                continue
            if _NUMERIC_DATE.search(block.text):
                return True
            for line in lines_of(block.node.element, self._boxes):
                if find_moments(tuple(text for _, text in line), ()):
                    return True
        return False

    # Which elements are of other things

    def _judge(self) -> None:
        """Tell for each element that does not hold the headline whether it is of something else."""
        whole = self._root.prose or 1
        for node in self._walk.nodes:
            box = self._boxes[node.element]
            if node.element in self.around or node.element is self.headline or node is self._walk.root:
                continue
            if node.first == node.last:  # pictures alone
                box.role, box.evidence = _TIPS.get(node.rule or ""), ["label"]
                continue
            role, evidence = self._role_of(box)
            if role is None:
                continue
            share = box.prose / whole
            most = (share >= _MOST_OF_PAGE and box.prose >= 300) or (share >= _ALMOST_ALL and box.prose >= 80)
            if most and not (role == "comment" and "label" in evidence):
                continue  # nearly all running text of the page is no teaser and no form, whatever it looks like
            box.role, box.evidence = role, evidence

    def _role_of(self, box: _Box) -> tuple[Role | None, list[str]]:
        """Return what the structure of an element, tipped by its tag and label, says that it is."""
        node = box.node
        tip = _TIPS.get(node.rule or "")
        if node.tag in _NAVIGATION or (tip == "navigation" and not box.prose and self._is_menu(box, 0.5)):
            return "navigation", [f"<{node.tag}>" if node.tag in _NAVIGATION else "label"]
        if tip == "comment":
            return "comment", ["label"]
        if node.tag in _PROMPTS or (tip == "prompt" and box.prose < _TEASER_PROSE):
            return "prompt", [f"<{node.tag}>" if node.tag in _PROMPTS else "label"]
        if (teaser := self._teaser_evidence(box, tip)) is not None:
            return "teaser", teaser
        if (comment := self._comment_evidence(box)) is not None:
            return "comment", comment
        if box.links >= _FEWEST_LINKS and not box.prose and self._is_menu(box, _LINKED):
            return "navigation", [f"{box.links} links"]
        if (
            (node.tag == "footer" or tip == "foot" or box.copyright)
            and box.prose < _TEASER_PROSE
            and self._is_foot(box)
        ):
            return "foot", ["©" if box.copyright else f"<{node.tag}>" if node.tag == "footer" else "label"]
        return None, []

    def _is_menu(self, box: _Box, share: float) -> bool:
        """Whether an element is links for the most part, and no byline with links to its author and its topics."""
        blocks = self.blocks[box.node.first : box.node.last]
        if any(block.heading_level == 1 for block in blocks):
            return False
        return box.link_share >= share and not self._shows_moment(box)

    def _teaser_evidence(self, box: _Box, tip: Role | None) -> list[str] | None:
        if not box.leads:
            if tip == "teaser" and box.prose < _TEASER_PROSE:
                return ["label"]
            return None
        if box.prose > _TEASER_PROSE * box.leads:
            return None
        if tip == "teaser":
            return ["label", f"leads to {box.leads}"]
        if box.prose and box.link_share < _TEASER_LINKED:
            return None
        if box.alike >= 1 and box.alike_leading * 5 >= 3 * (box.alike + 1):
            return [f"{box.alike} alike", f"leads to {box.leads}"]
        if box.leads >= 2 and box.link_share >= 0.25:
            return [f"leads to {box.leads}"]
        if (
            box.node.tag in ("aside", "article")
            or box.node.tag in _LISTS
            or box.headings
            or box.link_share >= _HALF_LINKED
        ):
            return [f"leads to {box.leads}", f"<{box.node.tag}>"]
        return None

    def _comment_evidence(self, box: _Box) -> list[str] | None:
        """Tell comments by structure: boxes alike that each show a moment and some words, below the headline."""
        if box.dated_from >= 0 and self._text_begins(box.dated_from):
            return [f"{box.alike} alike", "each with a moment"]
        return None

    def _text_begins(self, before: int) -> bool:
        """Whether running text stands between the headline and a block's place."""
        return any(_is_running(block) for block in self.blocks[self.headline_block or 0 : before])

    def _is_foot(self, box: _Box) -> bool:
        """Whether an element is the page's foot, not an article's: it ends the page and holds no article's text."""
        if self._root.node.last - box.node.last > _FEW_BLOCKS:
            return False
        up = box.node.parent
        while up is not None and up.tag not in _HEADED:
            up = up.parent
        return up is None or box.copyright

    # Where the text is

    def _find_text(self) -> _Box | None:
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
            if best.left < (0.3 if holds else _SOLID) * box.left:
                return box
            if best.node.last - best.node.first <= 1 and not holds:
                return box
            box = best

    def _weigh_what_is_left(self) -> None:
        for block in self._walk.blocks:
            if block.prose and not self._is_of_others(block.node):
                self._boxes[block.node.element].left += block.weight
        for node in reversed(self._walk.nodes):
            if node.parent is not None:
                self._boxes[node.parent.element].left += self._boxes[node.element].left

    def _heaviest(self, box: _Box) -> _Box | None:
        """Return the element within a box that holds most of its text; the text stands with its headline."""
        at = self.headline_block
        best: _Box | None = None
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
            for block in self._walk.blocks[box.node.first : box.node.last]
            if _is_running(block) and not self._is_of_others(block.node)
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
            if self._boxes[node.parent.element].left > 1.25 * own:
                break
            node = node.parent
        return node.element

    # The parts by name

    def _name(self) -> None:
        region = self._boxes[self.region].node
        at = self.headline_block
        start = at - 1 if at else self.text_first
        if at is not None:
            self._add(Part(self._headline_box(), "headline", ("holds the headline",), start, self.text_first))
        if self._text_box is not None:
            self._add(
                Part(self._text_box.node.element, "text", ("most running text",), self.text_first, self.text_last)
            )
        for node in self._walk.nodes:
            box = self._boxes[node.element]
            if box.role is not None:
                part = Part(node.element, box.role, tuple(box.evidence), node.first, node.last)
                part.depth = sum(1 for up in node.element.iterancestors() if up in self._by_element)
                self._add(part)
        self.parts.sort(key=lambda part: (self._order[part.element], part.depth))
        whole = Part(region.element, "other", ("the rest",), region.first, region.last)
        self._rest = self._measured(whole)

    def _add(self, part: Part) -> None:
        self.parts.append(self._measured(part))
        if part.role in _OTHERS:
            self._by_element[part.element] = part

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
        node, order = self._boxes[current].node, self._order
        at = order[element]
        return next((child.first for child in node.children if order[child.element] > at), node.last)

    def owns(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the article's own parts: in the element that holds headline and text, and
        in no part about something else.
        """
        return self.holds(element) and self.other_of(element) is None

    def holds(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the element that holds headline and text."""
        return element is self.region or any(up is self.region for up in element.iterancestors())

    def surround(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the widest element around the article that holds little other text."""
        return element is self.setting or any(up is self.setting for up in element.iterancestors())

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

    def lines_of(self, element: Element) -> list[list[Run]]:
        """Return the lines of a block element, each as runs of text."""
        return lines_of(element, self._boxes)

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


def _is_running(block: Block) -> bool:
    """Whether a block is running text rather than a line beside it: a byline is as long as a short paragraph."""
    return block.prose > 0 and (block.weight >= _LONG_LINE or block.text[-1] in _SENTENCE_ENDS)


def _is_of(href: str, host: str) -> bool:
    return host in href.split("/", 3)[2]


def _path_of(url: str | None) -> str:
    """Return what tells pages of one site apart: path and query, without what marks a part or a twin of a page."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")
