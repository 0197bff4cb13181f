"""What each block element of a page holds, and how many of its neighbours look the same: sums over its blocks."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from newsscraper.dates.folding import has_digit
from newsscraper.dates.lines import find_moments
from newsscraper.extraction.body.blocks import Block, Node, Walk
from newsscraper.extraction.caseless import Caseless
from newsscraper.extraction.document import Document
from newsscraper.extraction.runs import Run, lines_of
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

Role = Literal["headline", "text", "teaser", "comment", "navigation", "prompt", "foot", "other"]

_LONG_LINK, _MANY_WORDS = 28, 5
"""Of a link that is a headline: characters as of Latin script, or words."""
_SHORT_HEADING, _WORDS_OF_NAME = 18, 3
"""Below which a linked heading may be an author's name."""
_HEADING_LINKED, _LINE_LINKED = 0.6, 0.4
_SHORT_LINE, _LONG_LINE = 60, 120
_SHORTEST_COMMENT, _SHORTEST_SAYING, _FEWEST_LETTERS = 16, 8, 3
_FIRST_BLOCKS, _NAME_LEVEL = 4, 4
"""Blocks in which a comment shows who wrote it and when; the rank of headings that may be a name."""
_SENTENCE_ENDS = '.!?…:;。！？।؟”"»)'
# No comments: rows of text and of tables, and <time>, a moment alone, such as those of publication and change.
_ROWS = frozenset(("p", "dt", "dd", "tr", "td", "th", "time"))
# Where links of a byline lead: persons and topics are no other stories.
_ABOUT = re.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|autori|writers?|people|persons?|profiles?|journalists?|by|contributors?|"
    r"staff|team|users?|members?|tags?|topics?|categor\w+|kategori\w+|rubri\w+|sections?|themen?|temas?|sujets?)/|"
    r"^(?:mailto|tel|javascript):"
)
_COPYRIGHT = Caseless(r"©|\(c\)\s|copyright|all rights reserved")
_NUMERIC_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d\d?[./-]\d\d?)(?!\d)")


def walk_of(doc: Document) -> Walk:
    """Return the page's blocks, put together once for all readers."""
    walk: Walk | None = doc.memo.get("walk")
    if walk is None:
        walk = doc.memo["walk"] = Walk(doc)
    return walk


def is_running(block: Block) -> bool:
    """Tell whether a block is running text rather than a line beside it: a byline is as long as a short paragraph."""
    return block.prose > 0 and (block.weight >= _LONG_LINE or block.text[-1] in _SENTENCE_ENDS)


class Box:
    """What one block element holds, sums over all within it.

    Attributes:
        node: the element, with its first and last block.
        weight, linked, prose: all text, linked text, running text, in characters as of Latin script.
        links, headings: how many.
        leads: linked headlines of other pages.
        copyright: a short line with ``©`` stands in it.
        alike: neighbours of its shape.
        alike_leading: how many of its shape, itself included, lead to other pages.
        dated_from: first block of the neighbours of its shape where each shows a moment and leads nowhere, else -1.
        left: running text that is of no other story, comment or prompt.
        role, evidence: what it was judged to be, and why.
    """

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

    def __init__(self, node: Node) -> None:
        self.node = node
        self.evidence: list[str] = []

    @property
    def link_share(self) -> float:
        """How much of its text is linked, from 0 to 1."""
        return self.linked / self.weight if self.weight else 0.0


class Boxes:
    """The block elements of one page.

    Attributes:
        walk: the page's blocks.
        by_element: what each block element holds.
        root: the box of the whole page.
    """

    def __init__(self, doc: Document) -> None:
        self.walk = walk_of(doc)
        self.by_element: dict[Element, Box] = {node.element: Box(node) for node in self.walk.nodes}
        self.root = self.by_element[self.walk.root.element]
        self._own_path = _path_of(doc.page.url) + "/"
        self._host = site_of(doc.page.url) if doc.page.url else None
        self._dated: dict[Element, bool] = {}
        self._moments: dict[int, bool] = {}
        self._tops = [block.place for block in self.walk.blocks if block.heading_level == 1]
        self._weigh()
        self._compare()

    def lines_of(self, element: Element) -> list[list[Run]]:
        """Return the lines of an element, each as runs of text."""
        return lines_of(element, self.by_element)

    def shows_moment(self, box: Box) -> bool:
        """Tell whether one of an element's first lines is, or holds, a moment beside a name."""
        known = self._dated.get(box.node.element)
        if known is None:
            known = self._dated[box.node.element] = self._find_moment(box.node)
        return known

    def _find_moment(self, node: Node) -> bool:
        blocks = self.walk.blocks
        for place in range(node.first, min(node.last, node.first + _FIRST_BLOCKS)):
            block = blocks[place]
            if block.kind == "heading" and block.heading_level < _NAME_LEVEL:
                return False
            # Asked for each of the boxes that a block stands in.
            known = self._moments.get(place)
            if known is None:
                known = self._moments[place] = self._is_moment(block)
            if known:
                return True
        return False

    def _is_moment(self, block: Block) -> bool:
        """Whether a block is short and shows a date or an age."""
        if block.weight > 2 * _SHORT_LINE or not has_digit(block.text):
            return False
        if _NUMERIC_DATE.search(block.text):
            return True
        lines = self.lines_of(block.node.element)
        return any(find_moments(tuple(text for _, text in line), ()) for line in lines)

    def has_top_heading(self, node: Node) -> bool:
        """Tell whether a heading of the first rank stands in an element."""
        return any(node.first <= place < node.last for place in self._tops)

    def _says_more(self, box: Box) -> bool:
        """Whether an element holds words beside its moments: a pair of dates is no pair of comments."""
        for block in self.walk.blocks[box.node.first : min(box.node.last, box.node.first + 2 * _FIRST_BLOCKS)]:
            if block.weight < _SHORTEST_SAYING or sum(map(str.isalpha, block.text)) < _FEWEST_LETTERS:
                continue
            whole = " ".join(block.text.split())
            if not any(text == whole for _, text in find_moments((whole,), ())):
                return True
        return False

    def _weigh(self) -> None:
        for block in self.walk.blocks:
            box = self.by_element[block.node.element]
            box.weight += block.weight
            box.linked += block.linked
            box.prose += block.prose
            box.links += block.links
            box.headings += block.kind == "heading"
            if block.linked:
                box.leads += self._leads_elsewhere(block)
            box.copyright = box.copyright or (block.weight < 200 and _claims_rights(block.text))
        for node in reversed(self.walk.nodes):  # what an element holds comes after it
            if node.parent is not None:
                box, up = self.by_element[node.element], self.by_element[node.parent.element]
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
        if not href or href[0] == "#":
            return False
        share, words = block.linked / block.weight, len(block.text.split())
        if block.kind == "heading":
            long = block.weight >= _SHORT_HEADING or words > _WORDS_OF_NAME
            told = long and share >= _HEADING_LINKED
        else:
            long = block.linked >= _LONG_LINK or (words >= _MANY_WORDS and share >= _HEADING_LINKED)
            told = long and share >= _LINE_LINKED and block.links <= 2 and not block.prose
        if not told:
            return False
        if "//" in href[:9] and self._host and self._host not in href.split("/", 3)[2]:
            return False  # what a text recommends elsewhere; other sites' own teasers are told by their label
        # Nor does a link to this page, to its section, or to the blog that it is in.
        return not _ABOUT.search(href) and not self._own_path.startswith(_path_of(href).rstrip("/") + "/")

    def _compare(self) -> None:
        """Count for each element the neighbours of its shape: of its tag and class, or of its tag and children's."""
        for node in self.walk.nodes:
            if len(node.children) < 2:
                continue
            if len({child.tag for child in node.children}) == len(node.children):
                continue
            groups: dict[str, list[Box]] = {}
            for child in node.children:
                class_ = child.element.attrib.get("class", "")
                inside = " ".join(sorted({inner.tag for inner in child.children})) if child.children else ""
                box = self.by_element[child.element]
                groups.setdefault(f"{child.tag}.{class_}" if class_ else f"{child.tag} {inside}", []).append(box)
                if class_:  # hashes may differ from item to item
                    groups.setdefault(f"{child.tag}… {inside}", []).append(box)
            for group in groups.values():
                if len(group) < 2:
                    continue
                leading = sum(box.leads > 0 for box in group)
                said = all(box.weight >= _SHORTEST_COMMENT for box in group)
                dated = (
                    said
                    and not leading
                    and group[0].node.tag not in _ROWS
                    and all(map(self.shows_moment, group))
                    and all(map(self._says_more, group))
                )
                for box in group:
                    box.alike = max(box.alike, len(group) - 1)
                    box.alike_leading = max(box.alike_leading, leading)
                    if dated:
                        box.dated_from = group[0].node.first


def _claims_rights(text: str) -> bool:
    if text.isascii():
        text = text.lower()
        if "(c)" not in text and "copyright" not in text and "all rights" not in text:
            return False
    return _COPYRIGHT.search(text) is not None


def _path_of(url: str | None) -> str:
    """Return what tells pages of one site apart: path and query, without what marks a part or a twin of a page."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")
