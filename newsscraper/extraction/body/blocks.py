"""The page's tree as blocks of text: one walk, and everything after it is arithmetic on a few hundred blocks."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Literal

from newsscraper.extraction.body.inline import are_apart, is_paragraph, sign_of_raised
from newsscraper.extraction.body.preformatted import paragraphs_of
from newsscraper.extraction.body.rows import row_of
from newsscraper.extraction.body.suspects import HEADINGS, RULE_OF_TAG, UNREAD
from newsscraper.extraction.document import Document
from newsscraper.extraction.tree import Element

BlockKind = Literal["p", "heading", "li", "quote", "row", "pre", "caption"]

_MEDIA = frozenset(("img", "amp-img", "picture", "video", "amp-video", "iframe", "amp-iframe"))
_BLOCK = frozenset(
    "html body div p section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote "  # noqa: SIM905
    "q-block pre "
    "table thead tbody tfoot tr td th caption figure figcaption address hr form fieldset legend details summary center "
    "hgroup dialog menu dir search marquee listing xmp plaintext amp-carousel amp-accordion amp-selector label "
    "button".split()
)
# Inline elements that these rules name are no blocks of their own.
_NOT_INLINE = frozenset(("advert", "sidebar", "footer", "header", "caption"))
_EMPHASIS = frozenset(("b", "strong", "em", "i", "u"))
_RAISED = frozenset(("sup", "sub"))
_PREFORMATTED = frozenset(("pre", "listing", "xmp"))
# What nobody sees, and control characters that a reference may name.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u206f\ufeff\ufff9-\ufffc]")
# Letters of which one says as much as three, or two, Latin ones.
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_WIDEST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Stand for <br> and for a blank of preformatted text while a block is put together: no page's text holds half a
# surrogate pair.
_BREAK, _BLANK = chr(0xD801), chr(0xD802)
_BREAKS = re.compile(f"(?:\\s*{_BREAK}){{2,}}\\s*")
# How text is set: where it leads, emphasised, preformatted.
_Style = tuple[str | None, bool, bool]
_PLAIN: _Style = (None, False, False)
# Closes what is open at the document's end.
_END: tuple[Element | None, ...] = (None,)
MAX_BLOCKS = 20_000
_PARAGRAPH: tuple[BlockKind, int] = ("p", 0)
# What an element makes of a block in it; the nearest of these counts.
_KIND_OF_TAG: dict[str, tuple[BlockKind, int]] = {
    **{tag: ("heading", int(tag[1])) for tag in HEADINGS},
    **dict.fromkeys(("li", "dd", "dt"), ("li", 0)),
    "blockquote": ("quote", 0),
    "pre": ("pre", 0),
    "figcaption": ("caption", 0),
    **dict.fromkeys(("article", "main", "section", "body"), _PARAGRAPH),
}
_FAR = 6
_ENDS = ".!?…。！？।؟"
_ENDS_QUOTED = _ENDS + '”»"」'


class Node:
    """A block element, as far as choosing the body needs it.

    Attributes:
        rule: name of the rule that this element's tag, label or role makes it suspect under.
        first, last: blocks within it, as a half-open range of their places.
        prose: weight of the running text within it.
        left: what of that is not cut, as far as is known.
        media: whether a picture or a film stands in it, in no other block element.
    """

    last: int = 0
    prose: int = 0
    left: int = 0
    media: bool = False

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        element: Element,
        tag: str,
        parent: Node | None,
        depth: int,
        rule: str | None = None,
        body: bool = False,
        first: int = 0,
    ) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth = depth
        self.rule = rule
        self.body = body
        self.first = first
        self.children: list[Node] = []


class Block:
    """A run of text with no block border in it.

    Attributes:
        text: spaces collapsed; line breaks only where ``<br>`` or ``<pre>`` has them.
        weight: length, a letter of Chinese, Japanese, Korean and Thai counted as two.
        linked: weight of what is linked.
        links: number of links.
        href: address of the first link.
        bold: weight of what is bold.
        prose: weight as running text: 0 for headings, labels and link lists.
        end: place in the document of the first element that begins behind it.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        place: int,
        text: str,
        kind: BlockKind,
        node: Node,
        weight: int,
        linked: int = 0,
        links: int = 0,
        href: str | None = None,
        emphasised: int = 0,
        prose: int = 0,
        heading_level: int = 0,
        end: int = 0,
    ) -> None:
        self.place = place
        self.text = text
        self.kind = kind
        self.node = node
        self.weight = weight
        self.linked = linked
        self.links = links
        self.href = href
        self.emphasised = emphasised
        self.prose = prose
        self.heading_level = heading_level
        self.end = end


class Walk:
    """A page's blocks, from one pass over its elements in their order."""

    def __init__(self, doc: Document, *, noscript: bool = False) -> None:
        self.blocks: list[Block] = []
        self.nodes: list[Node] = []
        root = next(doc.tree.iterchildren("body"), None)
        head = next(doc.tree.iterchildren("head"), None)
        # The parser leaves what it does not know (<article>) in the head, where no <body> was written.
        if root is None or (head is not None and any(child.tag in _BLOCK for child in head)):
            root = doc.tree
        self.root = Node(root, "body", None, 0)
        self.nodes.append(self.root)
        self._read(doc, UNREAD - {"noscript"} if noscript else UNREAD)
        self.root.last = len(self.blocks)
        for node in reversed(self.nodes):  # what is inside comes later
            if node.prose and node.parent is not None:
                node.parent.prose += node.prose

    def release(self) -> None:
        """Take the nodes apart once all is read: parents and children hold each other, and the tree with them."""
        for node in self.nodes:
            node.children.clear()

    def _read(self, doc: Document, skipped: frozenset[str]) -> None:  # noqa: PLR0912, PLR0915
        """Fill `blocks` and `nodes`.

        One loop with its state in local names, for it runs once for each element of each page: a method for each step
        takes half as long again. ``current`` and the names that are set with it belong to the innermost open element,
        ``stack`` holds those of the elements around it.
        """
        blocks, nodes, node = self.blocks, self.nodes, self.root
        current: Element = node.element
        closes = False  # whether `node` ends where `current` ends
        style = _PLAIN
        stack: list[tuple[Element, Node, bool, _Style]] = []
        # What is known of the block that is being put together.
        parts: list[str] = [current.text] if current.text else []
        linked_weight = links = emphasised_weight = 0
        href: str | None = None

        anchors, suspects = doc.anchors, doc.suspects
        rows = iter(doc.elements[current.place + 1 :])
        for element in chain(rows, _END):
            parent = element.parent if element is not None else None
            place = element.place if element is not None else len(doc.elements)
            while current is not parent and stack:
                if closes:
                    if parts:
                        text = "".join(parts).strip()
                        if text:
                            self._add(text, node, None, linked_weight, links, emphasised_weight, href, place)
                        parts, linked_weight, links, emphasised_weight, href = [], 0, 0, 0, None
                    node.last = len(blocks)
                tail = current.tail
                current, node, closes, style = stack.pop()
                if tail:
                    if style is not _PLAIN:
                        linked, emphasised, preformatted = style
                        weight = weight_of(tail.strip())
                        if linked is not None:
                            linked_weight += weight
                            if weight and not links:  # the link began in a block around this one
                                href, links = linked, 1
                        emphasised_weight += weight if emphasised else 0
                        tail = _preformatted(tail) if preformatted else tail
                    parts.append(tail)
            if element is None or current is not parent:
                break  # the root is closed
            tag = element.tag

            stack.append((current, node, closes, style))
            current, closes = element, False
            whole = False  # nothing in it is looked at
            if tag == "a":
                address = anchors[element].get("href")
                if address is not None and address[:1] == "#" and _is_mark(element):
                    whole = True  # the sign behind a heading that leads to it, or from a footnote back to the text
                elif address is not None:
                    href = href or address
                    links += 1
                    style = address, style[1], style[2]
            elif tag == "br":
                parts.append(_BREAK)
                whole = True
            elif tag in skipped:
                if tag in _MEDIA:
                    node.media = True
                whole = True
            else:
                rule, body = RULE_OF_TAG.get(tag), False
                if element in suspects and not style[2]:  # words in code are coloured by labels
                    rule, body = suspects[element]
                if rule == "button" and node.tag in HEADINGS:
                    rule = None  # a question that opens its answer
                if tag in _BLOCK or (rule is not None and rule not in _NOT_INLINE):
                    # An inline part that a rule names (hidden words, a share count) is a block of its own, too.
                    if rule == "hidden" and tag not in _BLOCK and not len(element):
                        continue
                    if parts:
                        text = "".join(parts).strip()
                        if text:
                            self._add(text, node, None, linked_weight, links, emphasised_weight, href, place)
                        parts, linked_weight, links, emphasised_weight, href = [], 0, 0, 0, None
                    inner = Node(element, tag, node, node.depth + 1, rule, body, len(blocks))
                    node.children.append(inner)
                    nodes.append(inner)
                    node, closes = inner, True
                    if tag in _PREFORMATTED:
                        style = style[0], style[1], True
                    if tag == "tr" and (row := row_of(element)) is not None:
                        shown, linked_texts = row
                        if shown.strip(" |"):
                            linked_weight, links = sum(map(weight_of, linked_texts)), len(linked_texts)
                            self._add(shown.strip(), node, "row", linked_weight, links, 0, None, element.end)
                            parts, linked_weight, links, emphasised_weight, href = [], 0, 0, 0, None
                        whole = True
                    elif len(blocks) >= MAX_BLOCKS and tag in _BLOCK:
                        whole = True
                else:
                    if tag in _EMPHASIS:
                        style = style[0], True, style[2]
                    if parts and tag == "span" and parts[-1][-1:] in _ENDS_QUOTED and is_paragraph(element):
                        parts.append(2 * _BREAK)
                    elif parts and parts[-1][-1:].isalnum() and not style[2]:
                        if tag in _RAISED:
                            parts.append(sign_of_raised(parts[-1], element))
                        elif are_apart(parts[-1], element):
                            parts.append(" ")
            if whole:
                inside = element.end - element.place - 1
                if inside:
                    next(islice(rows, inside, inside), None)
                continue
            head = element.text
            if head:
                if style is not _PLAIN:
                    linked, emphasised, preformatted = style
                    weight = weight_of(head.strip())
                    if linked is not None:
                        linked_weight += weight
                        if weight and not links:
                            href, links = linked, 1
                    emphasised_weight += weight if emphasised else 0
                    head = _preformatted(head) if preformatted else head
                parts.append(head)
        if parts:
            text = "".join(parts).strip()
            self._add(text, self.root, None, linked_weight, links, emphasised_weight, href, len(doc.elements))

    def _add(  # noqa: PLR0913, PLR0917
        self,
        text: str,
        node: Node,
        kind: BlockKind | None,
        linked: int,
        links: int,
        emphasised: int,
        href: str | None,
        end: int,
    ) -> None:
        """Add what was put together as a block, or as several where empty lines part it."""
        if not text.isprintable() or "  " in text:
            text = " ".join(text.split())
            if not text.isprintable():
                text = " ".join(_UNSEEN.sub("", text).split())
        if not text:
            return
        if _BLANK in text or (_BREAK in text and _kind_of(node)[0] == "pre"):
            text = "\n".join(line.rstrip() for line in text.replace(_BLANK, " ").split(_BREAK)).strip("\n")
            if not text.strip():
                return
            story = paragraphs_of(text, node.element)
            for paragraph in story:
                self._append(paragraph, node, "p", 0, 0, 0, None, end)
            if not story:
                self._append(text, node, "pre", linked, links, emphasised, href, end)
            return
        if _BREAK not in text:
            self._append(text, node, kind, linked, links, emphasised, href, end)
            return
        pieces = [piece for piece in _BREAKS.split(text) if piece.strip(f"{_BREAK} ")]
        whole = sum(len(piece) for piece in pieces) or 1
        for piece in pieces:
            clean = "\n".join(line for raw in piece.split(_BREAK) if (line := raw.strip()))
            share = len(piece) / whole
            many = links if share > 0.5 else min(links, 1)
            self._append(clean, node, kind, int(linked * share), many, int(emphasised * share), href, end)

    def _append(  # noqa: PLR0913, PLR0917
        self,
        text: str,
        node: Node,
        kind: BlockKind | None,
        linked: int,
        links: int,
        emphasised: int,
        href: str | None,
        end: int,
    ) -> None:
        weight = weight_of(text)
        linked = min(linked, weight)
        level = prose = 0
        if kind is None:
            kind, level = _kind_of(node)
        if kind != "heading" and weight >= 40 and linked * 2 < weight:
            prose = (weight - linked) if kind in ("p", "quote") or weight >= 100 else weight // 3
        elif kind == "p" and weight >= 20 and not links and (text[-1] in '”"' or ends_sentence(text)):
            prose = weight // 2
        place = len(self.blocks)
        self.blocks.append(Block(place, text, kind, node, weight, linked, links, href, emphasised, prose, level, end))
        node.prose += prose


def _is_mark(element: Element) -> bool:
    """Tell whether a link shows a sign or its own address alone, out of brackets: "#", "¶", "↩", "#section-2"."""
    text = (element.text or "").strip()
    sign = text == element.get("href") or not any(map(str.isalnum, text))
    return sign and not len(element) and (element.tail or "")[:1] != "]"


def _preformatted(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", _BREAK).replace("\t", 4 * _BLANK).replace(" ", _BLANK)


def weight_of(text: str) -> int:
    """Length of a text, comparable over scripts: what a letter says, in letters of Latin script.

    >>> weight_of("rain"), weight_of("降雨"), weight_of("비가")
    (4, 6, 4)
    """
    if text.isascii():
        return len(text)
    wide = len(_WIDE.findall(text))
    return len(text) + wide + len(_WIDEST.findall(text)) if wide else len(text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, and not in an abbreviation.

    >>> ends_sentence("It rained."), ends_sentence("Nov. 24, 9:30 a.m."), ends_sentence("24 ноября 2026 г.")
    (True, False, False)
    """
    if text[-1] not in _ENDS:
        return False
    last = text[:-1].rpartition(" ")[2]
    return len(last) != 1 and "." not in last


def words_in(text: str) -> int:
    """Number of words, comparable over scripts: those of scripts without spaces are counted by what they say.

    >>> words_in("It rained all day."), words_in("雨下了一整天。")
    (4, 3)
    """
    return (
        len(text.split()) if text.isascii() or not _WIDE.search(text) else max(len(text.split()), weight_of(text) // 6)
    )


def _kind_of(node: Node) -> tuple[BlockKind, int]:
    up: Node | None = node
    for _ in range(_FAR):
        if up is None:
            break
        found = _KIND_OF_TAG.get(up.tag)
        if found is not None:
            return found
        up = up.parent
    return _PARAGRAPH
