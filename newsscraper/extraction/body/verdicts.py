"""Verdicts on the blocks of the body, one after another: named rules, each with its reason.

A rule looks at structure first: how much of the block is link, where it stands, how long it is. Words come second
(`phrases`) and never cut a paragraph of prose by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import UTC, datetime
from itertools import accumulate, takewhile

from newsscraper.dates.parsing import parse_byline, parse_own
from newsscraper.extraction.body import (
    captions,
    closing,
    edgelines,
    inserts,
    phrases,
    placeholders,
    straylines,
    teasers,
)
from newsscraper.extraction.body.blocks import Block, Node, ends_sentence, weight_of
from newsscraper.extraction.body.container import Choice
from newsscraper.extraction.body.leading import leads_home
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.credits import is_agency_credit, may_end_in_credit, paragraph_credit
from newsscraper.extraction.metadata.names import reporter_in
from newsscraper.extraction.plaintext import fold
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

_SHORT = 60
_BUTTON, _LABEL, _HEADLINE = 15, 25, 35
_BOX, _BLOCKS_OF_BOX = 500, 6
_PARAGRAPH = 300
_PASSAGE = 4
_BUTTONS = 3
_ITEMS = 3
_LAST = 4  # blocks among which the line that closes a copy is the last one, but for what its page adds
_BEFORE_NAME = 40
_TOP = 3  # blocks that may hold a piece of the title
_LATE = datetime(2100, 1, 1, tzinfo=UTC)  # whether a line is a date does not hang on when it was read
_CELLS = frozenset(("td", "th", "caption"))
_ROW_OF_FACTS = 160
_BETWEEN_PARTS = re.compile(r"\s+[|｜·•∙‧]\s+")  # "Ana Kolar | Apr 21, 2026 | Harbours"
_ANNOUNCEMENT = 80
_OTHER_STORIES = frozenset(("see-also", "related", "teaser"))
_MOMENT_FIRST = "0123456789 ./:|–—-,"


def judge(  # noqa: PLR0913
    doc: Document,
    choice: Choice,
    *,
    headline: str | None,
    headline_element: Element | None,
    authors: Sequence[str] = (),
    language: str | None = None,
) -> None:
    """Add to ``choice.cut`` the blocks that are not text of the article."""
    verdicts = _Verdicts(choice, site_of(doc.page.url) if doc.page.url else None)
    verdicts.headline(doc, headline, headline_element)
    verdicts.again()
    verdicts.teasers()
    verdicts.lists_of_links()
    verdicts.captions()
    verdicts.inserts(above=False)
    verdicts.closing_line(doc, headline)
    verdicts.one_by_one()
    verdicts.boxes_that_ask()
    verdicts.leading_lines(authors, (language,) if language else (), {doc.text_of(time) for time in doc.tags("time")})
    verdicts.beside_bylines()
    verdicts.inserts(above=True)
    verdicts.biographies(authors)
    verdicts.ending()
    if verdicts.stray_lines():
        verdicts.last_lines()


class _Verdicts:
    def __init__(self, choice: Choice, site: str | None) -> None:
        self._site = site
        self._choice = choice
        self._cut = choice.cut
        self._prose = choice.chosen
        paragraphs = [block for block in self._blocks if block.kind == "p" and block.weight > _SHORT]
        self._whole: list[Block] = []
        self._of_links = sum(map(_is_link, paragraphs)) * 2 > len(paragraphs)

    @property
    def _blocks(self) -> list[Block]:
        return [block for block in self._choice.blocks if block.place not in self._cut]

    def headline(self, doc: Document, headline: str | None, element: Element | None) -> None:
        """Cut the title, and what stands before it: menus, the section's name, notices."""
        blocks = self._blocks
        if element is not None:
            start = element.place
            before = [block for block in blocks if block.end <= start]
            # A box that stands above an <h1> may be long; what else bears a headline is less sure to be the page's.
            share = 2.5 if element.tag == "h1" else 5
            if sum(block.prose for block in before) * share < self._prose:
                for block in before:
                    self._cut[block.place] = "before-headline"
        if headline:
            folded = fold(headline)
            kicker, colon, rest = headline.partition(": ")
            pieces = {fold(kicker), fold(rest)} if colon else set()
            shortest, longest = len(headline) * 0.7 - 5, len(headline) * 1.4 + 20
            for index, block in enumerate(blocks):
                same = shortest < len(block.text) < longest and fold(block.text) == folded
                own = block.node.element is element and block.kind == "heading"
                if not same and index < _TOP and block.weight <= len(headline):
                    same = fold(block.text) in pieces  # "Climate" and "Drilling on" of "Climate: Drilling on"
                if same or own or (index == 0 and _is_title_with_more(block, folded)):
                    self._cut[block.place] = "title"

    def again(self) -> None:
        """Cut a paragraph that stands there a second time, and a block that repeats the whole article."""
        first: dict[str, int] = {}
        again: dict[str, int] = {}
        blocks = self._blocks
        run: list[Block] = []
        before = -1
        for index, block in enumerate(blocks):
            place = first.setdefault(block.text, index)
            if place == index:
                run = []
                continue
            # A page that shows a part twice, for small and large screens, repeats its headings and items in order.
            again[block.text] = again.get(block.text, 1) + 1
            run = [*run, block] if run and place == before + 1 else [block]
            before = place
            if len(run) >= _PASSAGE and sum(one.prose for one in run if one.kind == "p") >= 2 * _PARAGRAPH:
                for one in run:
                    self._cut[one.place] = "repeated"
            elif block.weight >= 50 and block.kind in ("p", "quote"):
                self._cut[block.place] = "repeated"
        for block in blocks:
            # "Book now", "Check the price": a link that stands under every section is a button.
            if block.kind == "p" and block.weight < 40 and again.get(block.text, 1) >= _BUTTONS and _is_link(block):
                self._cut[block.place] = "interface"
        for block in blocks:
            if block.weight * 3 > self._prose and block.weight > 400 and len(blocks) > 4:
                others = [other for other in blocks if other is not block and other.weight > 60]
                if len(others) >= 3 and sum(other.text in block.text for other in others) * 2 > len(others):
                    self._cut[block.place] = "repeated"

    def one_by_one(self) -> None:
        """Cut what a block's own words and links give away."""
        blocks = self._whole = self._blocks
        count = len(blocks)
        for index, block in enumerate(blocks):
            if block.kind in ("pre", "row"):
                continue
            rule = self._rule_of(block, index, count)
            if rule:
                self._cut[block.place] = rule
            elif block.kind == "p" and may_end_in_credit(block.text):
                text, credit = paragraph_credit(block.text)
                if credit:
                    if text:
                        block.text = text
                    else:
                        self._cut[block.place] = "photo-credit"

    def boxes_that_ask(self) -> None:
        """Cut the rest of a small box of which a line asks for something: its heading, and what is offered."""
        for block in self._choice.blocks:
            rule = self._cut.get(block.place)
            if rule not in ("promotion", "embed", "paywall"):
                continue
            node = block.node
            if not self._is_small(node):
                continue  # the line stands loose among the article's own
            while node.parent not in (None, self._choice.container) and self._is_small(node.parent):
                node = node.parent
            for other in self._choice.blocks_between(node.first, node.last):
                self._cut.setdefault(other.place, rule)

    def _is_small(self, node: Node | None) -> bool:
        if node is None or node.last - node.first > _BLOCKS_OF_BOX or node.tag in ("ul", "ol", "dl"):
            return False
        inside = self._choice.blocks_between(node.first, node.last)
        kept = [block.weight for block in inside if block.place not in self._cut]
        return sum(block.weight for block in inside) <= _BOX and max(kept, default=0) <= _BOX / 3

    def _rule_of(self, block: Block, index: int, count: int) -> str | None:  # noqa: PLR0912
        text, weight = block.text, block.weight
        linked = block.linked / weight if weight else 0.0
        if weight <= _SHORT:
            plain = phrases.bare(text).casefold()
            if not plain or plain in phrases.INTERFACE or phrases.COUNTER.match(plain):
                return "interface"
            if block.kind != "heading" and phrases.NETWORKS.match(plain):
                return "share"
            if block.kind == "p" and is_agency_credit(text):
                return "photo-credit"
            if block.kind == "p" and (rule := placeholders.rule_of(block)):
                return rule
        # The cheap question first: most paragraphs have no link and do not stand at an edge.
        if weight <= _PARAGRAPH:
            if (
                block.links
                and linked > (0.25 if weight < 200 else 0.4)
                and phrases.SEE_ALSO.opening(phrases.bare(text))
            ):
                return "see-also"
            if linked > 0.4 and _leads_elsewhere(block) and self._leads_home(block.href):
                return "see-also"
            if linked > 0.2 and _is_set_off_with_link(block) and self._leads_home(block.href):
                return "see-also"
            if (linked > 0.3 or weight < 150) and (":" in text or "：" in text) and phrases.TAGS.match(text):
                return "tags"
            if (index > count * 0.7 or index < 2) and phrases.claims_rights(text):
                return "copyright"
            if block.kind == "p" and (rule := self._set_apart(block, index, count, linked)):
                return rule
        if block.kind == "p" and (rule := edgelines.rule_of(block, index=index, count=count)):
            return rule
        if block.kind == "p" and linked > 0.85 and weight > 15 and self._leads_home(block.href):
            # A text may be made of such paragraphs, or have one that names places, each with its link.
            names = block.links >= _BUTTONS and index < count * 0.8
            return None if names or (self._of_links and weight > _SHORT) else "link-only"
        return None

    def _set_apart(self, block: Block, index: int, count: int, linked: float) -> str | None:
        """Return the rule for a paragraph that asks for something, or names a source or a mailbox at the end.

        A paragraph of the text may well tell of a newsletter: one that asks shows two signs of four, or is all
        emphasis.
        """
        signs = (block.weight <= 120) + (index >= 0.9 * count) + (linked > 0.1)
        shown = signs > 1 or block.emphasised * 10 > 9 * block.weight or (signs == 1 and self._is_boxed(index))
        if shown and phrases.asks(block.text):
            return "promotion"
        if index < 0.8 * count and index < count - 2:
            return None
        if block.weight <= 80 and phrases.SOURCE.match(block.text):
            return "source"
        if block.weight <= 200 and phrases.CONTACT.search(block.text):
            return "contact"
        return None

    def _is_boxed(self, index: int) -> bool:
        """Whether a block stands in an element unlike those of the blocks before and behind it, which are alike."""
        if not 0 < index < len(self._whole) - 1:
            return False
        before, own, behind = (_looks(self._whole[at]) for at in (index - 1, index, index + 1))
        return before == behind != own

    def _leads_home(self, href: str | None) -> bool:
        return leads_home(href, self._site)

    def closing_line(self, doc: Document, headline: str | None) -> None:
        """Cut the line that says where the article first stood."""
        for block in self._blocks[-_LAST:]:
            if closing.is_closing(block, doc, headline):
                self._cut[block.place] = "first-appeared"

    def captions(self) -> None:
        """Cut what tells of a picture."""
        for place in captions.places_of(self._choice, self._blocks):
            self._cut[place] = "caption"

    def leading_lines(self, authors: Sequence[str], languages: Sequence[str], times: Container[str]) -> None:
        """Cut lines on who and when that stand before the first paragraph; ``times`` are what ``<time>`` shows."""
        told = 0
        for block in self._blocks[:8]:
            told += block.prose
            if told >= 320 and block.place > self._choice.blocks[0].place + 2:
                break
            if block.weight >= 160 or block.kind in ("row", "pre"):
                if block.prose and block.place > self._choice.blocks[0].place + 2:
                    break
                continue
            text = block.text
            ends = ends_sentence(text)
            lines = text.split("\n") if block.weight < 120 else (text,)
            if (
                text in times
                or text in authors
                or (block.weight < _SHORT and reporter_in(text) in authors)
                or any(" " in one and text.endswith(one) and len(text) <= len(one) + _BEFORE_NAME for one in authors)
                or (not ends and block.kind == "p" and _is_dateline(text, languages))
                or (any(map(phrases.BYLINE.match, lines)) and (block.weight < 120 or not ends))
            ) or (
                block.weight < _SHORT
                and not ends
                and (
                    (block.kind not in ("heading", "li") and phrases.MOMENT.search(text))
                    or phrases.READING_TIME.search(text)
                )
            ):
                self._cut[block.place] = "byline"

    def stray_lines(self) -> bool:
        """Cut short lines at the edges that are no sentences; return whether there were any."""
        places = straylines.places_of(self._blocks)
        for place in places:
            self._cut[place] = "stray-line"
        return bool(places)

    def teasers(self) -> None:
        """Cut teasers of other stories."""
        for place in teasers.places_of(self._choice, self._leads_home):
            self._cut[place] = "teaser"

    def inserts(self, *, above: bool) -> None:
        """Cut boxes between the paragraphs that have something to follow or to press, and no running text.

        Args:
            above: those above the first paragraph, once bylines are known.
        """
        for place in inserts.places_of(self._choice, self._leads_home, above=above):
            self._cut[place] = "insert"

    def beside_bylines(self) -> None:
        """Cut what stands above the text in one box with a byline."""
        for place in inserts.beside_bylines(self._choice):
            self._cut[place] = "byline"

    def lists_of_links(self) -> None:
        """Cut runs of links with the line that opens them."""
        blocks = self._blocks
        # Prose from each place on: to sum it up for each block would take a long page minutes.
        prose_from = [*accumulate((block.prose for block in reversed(blocks)), initial=0)][::-1]
        index = 0
        while index < len(blocks):
            block = blocks[index]
            opens = block.weight < 80 and _opens_list(block.text)
            start = index + 1 if opens else index
            end = start
            while end < len(blocks) and _is_link(blocks[end]):
                if blocks[end].kind == "heading" and not (opens and self._leads_home(blocks[end].href)):
                    break  # of the text, with what it tells of
                end += 1
            if opens:
                titled = block.kind == "heading" or block.emphasised * 10 >= 8 * block.weight
                if titled:
                    end = max(end, _end_of_teasers(blocks, start))
                if titled or block.weight < 50:
                    while end < len(blocks) and _is_teaser(blocks[end], titled=titled):
                        end += 1
            run = end - start
            last_prose = prose_from[end] * 8 < self._prose
            if opens and run:
                for one in blocks[index:end]:
                    self._cut[one.place] = "related"
            elif (
                run >= 2
                and not self._of_links
                and (last_prose or (run >= 4 and blocks[start].kind == "p"))
                and _are_headlines(blocks[start:end])
            ):
                first = start
                while first and blocks[first - 1].kind == "heading" and first > start - 2:
                    first -= 1
                for one in blocks[first:end]:
                    self._cut[one.place] = "link-list"
            index = max(end, index + 1)

    def biographies(self, authors: Sequence[str]) -> None:
        """Cut what tells of the author: at the end or the start, beginning with the name, or below it."""
        names = [name for name in authors if len(name) > 4]
        blocks = self._blocks
        firsts = [name.partition(" ")[0] + " " for name in names if " " in name]
        for index, block in enumerate(blocks):
            if 2 <= index < len(blocks) - 6 or block.weight > 900 or block.kind not in ("p", "li", "heading"):
                continue
            head = block.text[:160].lstrip("([*–—- ")
            if block.weight < _SHORT and index > 2 and any(_is_signed(block.text, name) for name in names):
                below = blocks[index:]
                if sum(one.prose for one in below) * 8 < self._prose:
                    for one in below:
                        self._cut[one.place] = "author-biography"
                    return
            if not any(head.startswith((name, f"About {name}")) for name in names):
                edge = index < 1 or index >= len(blocks) - 3
                if not (edge and any(map(head.startswith, firsts))):
                    continue
            if block.kind != "heading" and phrases.BIOGRAPHY.search(head):
                self._cut[block.place] = "author-biography"

    def ending(self) -> None:
        """Cut what follows a line that ends the article, then headings with nothing under them."""
        blocks = self._blocks
        total = sum(block.prose for block in blocks) or 1
        left = total
        for index, block in enumerate(blocks):
            left -= block.prose
            if block.weight < 80 and left * 8 < total and index > 1:
                ends = _ends_article(block.text)
                also = (
                    block.kind == "heading"
                    and phrases.SEE_ALSO.opening(phrases.bare(block.text))
                    and left * 10 < total
                    and _leads_away(blocks[index + 1 :])
                )
                if ends or also:
                    for later in blocks[index:]:
                        self._cut[later.place] = "after-end"
                    break
        self.announcements()
        self.last_lines()

    def announcements(self) -> None:
        """Cut short lines with a colon of which all that they announce is cut: links to other stories."""
        behind: Block | None = None
        for block in reversed(self._choice.blocks):
            rule = self._cut.get(behind.place) if behind is not None else None
            if rule in _OTHER_STORIES and block.weight <= _ANNOUNCEMENT and block.text[-1:] in (":", "："):
                self._cut.setdefault(block.place, "heading-without-text")
            behind = block

    def last_lines(self) -> None:
        """Cut the lines with which no text ends: links alone, headings without text, the moment of posting."""
        last = self._blocks
        if _are_items(last):
            return
        for block in reversed(last):
            rule = _rule_of_last(block)
            if rule is None:
                break
            self._cut[block.place] = rule


def _leads_away(blocks: Sequence[Block]) -> bool:
    """Whether what follows a heading is links and calls, and no running text that happens to have such a heading."""
    prose = sum(block.prose for block in blocks if not phrases.asks(block.text))
    return prose < _PARAGRAPH or sum(block.linked for block in blocks) * 5 > sum(block.weight for block in blocks)


def _are_items(blocks: Sequence[Block]) -> bool:
    """Whether a text ends in a run of headings of one rank: items of a list, which need nothing under them."""
    run = list(takewhile(lambda block: block.kind == "heading" and not block.links, reversed(blocks)))
    return len(run) >= _ITEMS and len({block.heading_level for block in run}) == 1


def _is_dateline(text: str, languages: Sequence[str]) -> bool:
    """Whether a line tells when the article appeared, with whatever else a byline holds, and nothing more."""
    if not any(map(str.isdigit, text)):
        return False
    moments = parse_byline(text, reference=_LATE, languages=languages)
    if any(moment.precision in ("second", "minute") or moment.role != "unknown" for moment in moments):
        return True
    parts = [part.strip() for part in _BETWEEN_PARTS.split(text)] if len(text) < _ROW_OF_FACTS else []
    return len(parts) > 1 and any(
        len(part) < _BUTTON * 2
        and any(map(str.isdigit, part))
        and parse_own(part, reference=_LATE, languages=languages)
        for part in parts
    )


def _is_set_off_with_link(block: Block) -> bool:
    """Whether a line is all emphasis, and what stands behind its colon is a link: "Earlier: the tunnel is full"."""
    if block.links != 1 or block.kind != "p" or block.emphasised * 10 < 9 * block.weight:
        return False
    before, _, behind = block.text.replace("：", ":").rpartition(":")
    return bool(before) and abs(weight_of(behind.strip()) - block.linked) <= 1


def _looks(block: Block) -> tuple[str | None, ...]:
    node = block.node
    return node.tag, node.element.get("class"), node.parent.tag if node.parent is not None else None


def _rule_of_last(block: Block) -> str | None:
    """Return the rule for a block with which no text ends: it leads into what is gone, or says when it was posted."""
    text = block.text
    if block.kind == "p" and block.weight < _SHORT and block.node.tag in _CELLS and not block.prose:
        return "heading-without-text"
    if (block.kind == "heading" and block.weight < 160) or (block.weight < 40 and _is_link(block)):
        return "heading-without-text"
    if block.kind != "p" or block.weight >= 140:
        return None
    if (block.weight <= 30 and text[-1] in ":：") or (block.weight < 50 and _opens_list(text)):
        return "heading-without-text"
    tells = block.weight >= 80 and text[-1] in ".!?…。！？।؟"  # "Update: the bridge will open in March after all."
    if not tells and phrases.BYLINE.match(text.lstrip(_MOMENT_FIRST)) and phrases.MOMENT.search(text):
        return "byline" if ". " not in text else None
    return None


def _is_title_with_more(block: Block, folded: str) -> bool:
    """Whether a line is the title with its section's name before it, or the site's after it."""
    if len(folded) < 25 or not len(folded) < block.weight < len(folded) * 1.6 + 30 or block.text[-1] in ".!?…":
        return False
    text = fold(block.text)
    if block.kind == "heading":
        return len(text) <= len(folded) + 25 and (text.startswith(folded) or text.endswith(folded))
    return "|" in block.text and text.startswith(folded) and len(text) <= len(folded) + 25


def _is_signed(text: str, name: str) -> bool:
    """Whether a line is an author's name, with or without what they are: "Ann Morel, Brest"."""
    text = text.lstrip("—–- ")
    return (
        " " in name
        and text.startswith(name)
        and (text == name or (text[len(name)] in ",|–(" and text[-1] not in ".!?"))
    )


def _leads_elsewhere(block: Block) -> bool:
    """Whether a line is a short label and a linked headline, in whatever language: "MIRA: El túnel está lleno"."""
    if block.links != 1 or block.kind not in ("p", "heading", "quote"):
        return False
    if block.weight == len(block.text):
        label = block.text[: block.weight - block.linked]
    else:  # letters that weigh more than one
        label = block.text.replace("：", ":").partition(":")[0]
    headline = block.text[len(label) :].strip(" :：|")
    bare = phrases.bare(label)
    return (
        0 < len(bare) <= _LABEL
        and bare.count(" ") <= 3
        and weight_of(headline) >= (_BUTTON if bare.isupper() else _LABEL)
        and (headline.count(" ") >= 3 or weight_of(headline) >= _HEADLINE)
        and (bare.isupper() or label.rstrip()[-1] in ":：|>»›→▶")
        and block.text[-1] not in ".。:!！"
        and block.linked >= 0.9 * weight_of(headline)
    )


def _are_headlines(blocks: list[Block]) -> bool:
    return sum(block.weight for block in blocks) >= 35 * len(blocks)


def _is_teaser(block: Block, *, titled: bool) -> bool:
    """Whether a list item leads to another page; without a title over the list its links must be a good part of it."""
    return block.kind == "li" and block.links > 0 and block.weight < 200 and (titled or block.linked * 4 > block.weight)


def _end_of_teasers(blocks: Sequence[Block], start: int) -> int:
    """Return where a run of linked headlines ends that have a summary each; ``start`` where there are not two."""
    end = start
    while end + 1 < len(blocks) and _is_link(blocks[end]) and _is_summary(blocks[end + 1]):
        end += 2
    return end if end - start > 2 else start


def _is_summary(block: Block) -> bool:
    return block.kind == "p" and block.weight < _PARAGRAPH and not _is_link(block)


def _opens_list(text: str) -> bool:
    plain = phrases.bare(text)
    return phrases.SEE_ALSO.opening(plain) > 0 or _is_ending(plain)


def _ends_article(text: str) -> bool:
    """Whether a line is nothing but a phrase that opens something else: "Comments (12)", "About the author"."""
    return _is_ending(phrases.bare(text))


def _is_ending(plain: str) -> bool:
    length = phrases.END.opening(plain)
    return length > 0 and not any(char.isalpha() for char in plain[length:])


def _is_link(block: Block) -> bool:
    return block.links > 0 and block.linked * 10 >= 8 * block.weight and block.kind not in ("row", "pre")
