"""An article's text as blocks: what each is, and where its links lead. Read only where somebody asks for it."""

from __future__ import annotations

from bisect import bisect_left
from urllib.parse import urljoin

from newsscraper.extraction.body.blocks import Block, Node
from newsscraper.extraction.body.rows import cells_of
from newsscraper.extraction.body.text import Body
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import BlockType, TextBlock, TextLink
from newsscraper.extraction.plaintext import one_line
from newsscraper.extraction.tree import Element

_TYPES: dict[str, BlockType] = {
    "heading": "heading",
    "li": "list-item",
    "quote": "quote",
    "row": "row",
    "pre": "code",
}


def blocks_of(body: Body, doc: Document) -> tuple[TextBlock, ...]:
    """Return the blocks of a text; their texts, with an empty line between each two, are the text."""
    if body.is_stated:
        return tuple(TextBlock("paragraph", block.text) for block in body.blocks)
    links = _Links(body, doc)
    return tuple(_block(block, links) for block in body.blocks)


def _block(block: Block, links: _Links) -> TextBlock:
    kind = _TYPES.get(block.kind, "paragraph")
    level, ordered = block.heading_level, False
    cells: tuple[str, ...] = ()
    is_header = False
    if kind == "list-item":
        level, ordered = _place_in_lists(block.node)
    elif kind == "row":
        cells = tuple(cells_of(block.node.element))
        is_header = all(cell.tag == "th" for cell in block.node.element if cell.tag in ("td", "th"))
    return TextBlock(kind, block.text, level, ordered, cells, is_header, links.of(block) if block.links else ())


def _place_in_lists(node: Node) -> tuple[int, bool]:
    """Return how deep in lists an item stands, and whether the innermost one counts."""
    tags: list[str] = []
    up: Node | None = node
    while up is not None:
        if up.tag in ("ul", "ol", "dl", "menu", "dir"):
            tags.append(up.tag)
        up = up.parent
    return max(1, len(tags)), tags[:1] == ["ol"]


class _Links:
    """The page's links by place, to be looked up for a block."""

    def __init__(self, body: Body, doc: Document) -> None:
        self._base = doc.base_url
        self._blocks = body.walk.blocks
        self._anchors: list[tuple[Element, str]] = [
            (element, href) for element, attributes in doc.anchors.items() if (href := attributes.get("href"))
        ]
        self._places = [element.place for element, _ in self._anchors]

    def of(self, block: Block) -> tuple[TextLink, ...]:
        """Return a block's links: those between the block before it and its end whose words stand in it, in order."""
        before = block.place - 1
        while before >= 0 and self._blocks[before].end == block.end:  # pieces of one text, parted by empty lines
            before -= 1
        first = self._blocks[before].end if before >= 0 else 0
        found: list[TextLink] = []
        position = 0
        for at in range(bisect_left(self._places, first), bisect_left(self._places, block.end)):
            element, href = self._anchors[at]
            words = one_line("".join(element.itertext()))
            start = block.text.find(words, position) if words else -1
            url = self._address(href)
            if start >= 0 and url is not None:
                position = start + len(words)
                found.append(TextLink(start, position, url))
        return tuple(found)

    def _address(self, href: str) -> str | None:
        try:
            url = urljoin(self._base or "", href.strip())
        except ValueError:
            return None
        scheme = url.partition(":")[0].lower() if ":" in url.split("/", 1)[0] else ""
        return url if scheme in ("", "http", "https", "mailto") and not href.startswith("#") else None
