"""The page's tree as blocks of text: one walk, and everything after it is arithmetic on a few hundred blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from lxml.html import HtmlElement

from newsscraper.extraction.labels import judge_label

BlockKind = Literal["p", "heading", "li", "quote", "row", "pre", "caption"]

# Never text of an article, whatever they hold.
_SKIPPED = frozenset(
    "script style template noscript iframe svg math canvas video audio object embed map applet input select textarea "  # noqa: SIM905
    "option datalist progress meter link meta img picture source track area base title frame frameset noframes "
    "amp-analytics amp-ad amp-auto-ads amp-iframe amp-img amp-video amp-youtube amp-twitter amp-instagram amp-facebook "
    "amp-social-share amp-sidebar amp-consent amp-user-notification amp-lightbox amp-state amp-animation amp-pixel "
    "amp-sticky-ad amp-embed amp-list amp-live-list amp-story amp-brightcove amp-dailymotion amp-vimeo amp-web-push "
    "amp-web-push-widget amp-geo amp-access amp-subscriptions amp-next-page amp-form amp-recaptcha-input "
    "amp-audio rp rt".split()
)
_MEDIA = frozenset(("img", "amp-img", "picture", "video", "amp-video", "iframe", "amp-iframe"))
_BLOCK = frozenset(
    "html body div p section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote "  # noqa: SIM905
    "q-block pre "
    "table thead tbody tfoot tr td th caption figure figcaption address hr form fieldset legend details summary center "
    "hgroup dialog menu dir search marquee listing xmp plaintext amp-carousel amp-accordion amp-selector label "
    "button".split()
)
_NOT_IN_CELLS = (_SKIPPED | _BLOCK) - {"p", "div", "img", "amp-img", "picture", "source"}
_RULE_OF_TAG = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "dialog": "popup",
    "figcaption": "caption",
    "caption": "caption",
    "form": "form",
    "fieldset": "form",
    "label": "form",
    "menu": "navigation",
    "address": "byline",
    "header": "header",
    "details": "details",
    "amp-carousel": "caption",
    "figure": "figure",
    "button": "button",
}
_RULE_OF_ROLE = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "navigation",
    "dialog": "popup",
    "alertdialog": "popup",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "share",
    "tablist": "navigation",
    "tooltip": "popup",
    "status": "popup",
    "button": "share",
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Folded away until a reader opens it: answers of a FAQ, parts of an accordion. Text of the page all the same.
_FOLDED = re.compile(r"(?i)accordion|faq|collaps|toggle|expand")
_HIDDEN_STYLE = re.compile(r"(?i)(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)")
_SPACE = re.compile(
    r"[ \t\r\f\v\xa0\u200b\ufeff\u2028\u2029]*\n[ \t\r\f\v\xa0\u200b\ufeff]*|[ \t\r\f\v\xa0\u200b\ufeff]+"
)
_WIDE = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BREAK = "\x01"  # stands for <br> while a block's text is put together; control characters never come from the page
MAX_BLOCKS = 20_000


@dataclass(slots=True, eq=False)
class Node:
    """A block element, as far as choosing the body needs it.

    Attributes:
        rule: name of the rule that this element's tag, label or role makes it suspect under.
        first, last: blocks within it, as a half-open range of their places.
        prose: weight of the running text within it.
        media: whether a picture or a film stands in it, in no other block element.
    """

    element: HtmlElement
    tag: str
    parent: Node | None
    depth: int
    rule: str | None = None
    body: bool = False
    first: int = 0
    last: int = 0
    prose: int = 0
    media: bool = False
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
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
    """

    place: int
    text: str
    kind: BlockKind
    node: Node
    weight: int
    linked: int = 0
    links: int = 0
    href: str | None = None
    emphasised: int = 0
    prose: int = 0
    heading_level: int = 0


class Walk:
    """Walks a tree once. Elements nest at most as deep as the parser lets them (256), so recursion is safe."""

    def __init__(self, tree: HtmlElement, *, noscript: bool = False) -> None:
        self._skipped = _SKIPPED - {"noscript"} if noscript else _SKIPPED
        self.blocks: list[Block] = []
        self.nodes: list[Node] = []
        self._parts: list[str] = []
        self._linked = self._links = self._emphasised = 0
        self._href: str | None = None
        self._last_href: str | None = None
        root, head = tree.find("body"), tree.find("head")
        # The parser leaves what it does not know (<article>) in the head, where no <body> was written.
        if root is None or (head is not None and any(child.tag in _BLOCK for child in head)):
            root = tree
        self.root = Node(root, "body", None, 0)
        self.nodes.append(self.root)
        self._content(root, self.root, False, False, None)
        self._flush(self.root)
        self.root.last = len(self.blocks)

    def release(self) -> None:
        """Take the nodes apart once all is read: parents and children hold each other, and the tree with them."""
        for node in self.nodes:
            node.children.clear()

    def _content(self, element: HtmlElement, node: Node, linked: bool, emphasised: bool, pre: str | None) -> None:
        plain = not linked and not emphasised and pre is None
        text = element.text
        if text:
            if plain:
                self._parts.append(text)
            else:
                self._add(text, linked, emphasised, pre)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._parts.append(_BREAK)
            elif tag not in self._skipped:
                self._child(child, tag, node, linked, emphasised, pre)
            elif tag in _MEDIA:
                node.media = True
            tail = child.tail
            if tail:
                if plain:
                    self._parts.append(tail)
                else:
                    self._add(tail, linked, emphasised, pre)

    def _child(self, child: HtmlElement, tag: str, node: Node, linked: bool, emphasised: bool, pre: str | None) -> None:  # noqa: PLR0912, PLR0913, PLR0917
        rule = _RULE_OF_TAG.get(tag)
        body = False
        href = None
        if tag == "a":
            href = child.get("href")
        elif pre is None and (attributes := child.items()):  # words in code are coloured by labels
            rule, body = _labelled(tag, rule, attributes)
        if rule == "button" and node.tag in _HEADINGS:
            rule = None  # a question that opens its answer
        if tag in _BLOCK:
            if self._parts:
                self._flush(node)
            inner = Node(child, tag, node, node.depth + 1, rule, body, len(self.blocks))
            node.children.append(inner)
            self.nodes.append(inner)
            if tag == "pre" or tag == "listing" or tag == "xmp":  # noqa: PLR1714
                pre = "pre"
            if tag == "tr" and self._row(child, inner):
                pass
            elif len(self.blocks) < MAX_BLOCKS:
                self._content(child, inner, linked, emphasised, pre)
                if self._parts:
                    self._flush(inner)
            inner.last = len(self.blocks)
        elif rule is not None and tag != "a" and rule not in ("advert", "sidebar", "footer", "header", "caption"):
            # An inline part that a rule names (hidden words, a share count) is a block of its own.
            if rule == "hidden" and not len(child):
                return
            self._flush(node)
            inner = Node(child, tag, node, node.depth + 1, rule, body, len(self.blocks))
            node.children.append(inner)
            self.nodes.append(inner)
            self._content(child, inner, linked, emphasised, pre)
            self._flush(inner)
            inner.last = len(self.blocks)
        else:
            if href is not None:
                self._href = self._href or href
                self._links += 1
                linked = True
            elif tag in ("b", "strong", "em", "i", "u"):
                emphasised = True
            self._content(child, node, linked, emphasised, pre)

    def _row(self, row: HtmlElement, node: Node) -> bool:
        """Take a table row as one block, where its cells are short: a row of data, not of layout."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) < 2:
            return False
        texts = []
        for cell in cells:
            inside = {inner.tag for inner in cell.iter("*") if inner is not cell}
            if not inside.isdisjoint(_NOT_IN_CELLS):
                return False
            text = " ".join("".join(cell.itertext()).split())
            if len(text) > 500:
                return False
            texts.append(text)
        text = " | ".join(t for t in texts)
        if not text.strip(" |"):
            return True
        links = [" ".join("".join(a.itertext()).split()) for cell in cells for a in cell.iter("a")]
        self._links, self._linked = len(links), sum(map(weight_of, links))
        self._parts = [text]
        self._flush(node, "row")
        return True

    def _add(self, text: str, linked: bool, emphasised: bool, pre: str | None) -> None:
        self._parts.append(
            text if pre is None else text.replace("\r\n", "\n").replace("\n", _BREAK).replace(" ", "\x02")
        )
        if linked:
            self._linked += weight_of(text.strip())
        if emphasised:
            self._emphasised += weight_of(text.strip())

    def _flush(self, node: Node, kind: BlockKind | None = None) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts = []
        linked, links, emphasised = self._linked, self._links, self._emphasised
        self._linked = self._links = self._emphasised = 0
        self._last_href, self._href = self._href, None
        text = " ".join(text.split())
        if not text:
            return
        if _BREAK not in text:
            self._append(text, node, kind, linked, links, emphasised)
            return
        if "\x02" in text:
            text = "\n".join(
                line.rstrip() for line in text.replace("\x02", " ").replace(_BREAK, "\n").split("\n")
            ).strip("\n")
            if text.strip():
                self._append(text, node, "pre", linked, links, emphasised)
            return
        parts = [part for part in re.split(r"(?:\s*\x01){2,}\s*", text) if part.strip("\x01 ")]
        whole = sum(len(part) for part in parts) or 1
        for part in parts:
            clean = "\n".join(line for raw in part.split(_BREAK) if (line := raw.strip()))
            share = len(part) / whole
            self._append(
                clean, node, kind, int(linked * share), links if share > 0.5 else min(links, 1), int(emphasised * share)
            )

    def _append(self, text: str, node: Node, kind: BlockKind | None, linked: int, links: int, emphasised: int) -> None:  # noqa: PLR0913, PLR0917
        weight = weight_of(text)
        level = 0
        if kind is None:
            kind, level = _kind_of(node)
        block = Block(
            len(self.blocks),
            text,
            kind,
            node,
            weight,
            min(linked, weight),
            links,
            self._last_href,
            emphasised,
            0,
            level,
        )
        if kind != "heading" and weight >= 40 and block.linked * 2 < weight:
            block.prose = (weight - block.linked) if kind in ("p", "quote") or weight >= 100 else weight // 3
        elif kind == "p" and weight >= 20 and not links and text[-1] in '.!?…。！？।؟”"':
            block.prose = weight // 2
        self.blocks.append(block)
        if block.prose:
            up: Node | None = node
            while up is not None:
                up.prose += block.prose
                up = up.parent


def _labelled(tag: str, rule: str | None, attributes: list[tuple[str, str]]) -> tuple[str | None, bool]:  # noqa: PLR0912
    """Return the rule that an element is suspect under by its tag and attributes, and whether it is named as the body."""  # noqa: E501
    label = role = None
    body = hidden = False
    by_property: str | None = None
    for name, value in attributes:
        if name == "class":
            label = f"{label} {value}" if label else value
        elif name == "id":
            if tag not in _HEADINGS:  # a heading's id is made of its words
                label = f"{label} {value}" if label else value
        elif name == "style":
            hidden = hidden or ("n" in value and _HIDDEN_STYLE.search(value) is not None)
        elif name == "role":
            role = value
        elif name == "hidden":
            hidden = True
        elif name == "aria-hidden":
            hidden = hidden or (value == "true" and tag not in ("span", "i"))
        elif name == "itemprop":
            if value == "articleBody":
                body = True
            elif value in ("author", "datePublished", "dateModified", "keywords", "publisher"):
                by_property = "byline"
    if label:
        by_label, named = judge_label(label)
        if rule is None or rule in ("figure", "header"):
            rule = by_label or rule
        body = body or (named and rule != "hidden")
    if rule is None and role is not None:
        rule = _RULE_OF_ROLE.get(role)
    if hidden and not (label and _FOLDED.search(label)):
        return "hidden", body
    return rule or by_property, body


def weight_of(text: str) -> int:
    """Length of a text, comparable over scripts.

    >>> weight_of("rain"), weight_of("降雨")
    (4, 4)
    """
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _kind_of(node: Node) -> tuple[BlockKind, int]:
    up: Node | None = node
    steps = 0
    while up is not None and steps < 6:
        tag = up.tag
        if tag in _HEADINGS:
            return "heading", int(tag[1])
        if tag == "li" or tag == "dd" or tag == "dt":  # noqa: PLR1714
            return "li", 0
        if tag == "blockquote":
            return "quote", 0
        if tag == "pre":
            return "pre", 0
        if tag == "figcaption":
            return "caption", 0
        if tag in ("article", "main", "section", "body"):
            break
        up = up.parent
        steps += 1
    return "p", 0
