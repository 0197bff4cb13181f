"""Dates and ages that nothing marks: every short text that reads as a moment, decided by where it stands.

A line between the headline and the text is the article's, and so is one just above the headline or at the foot of the
text, if its box holds nothing else. What stands with other stories' headlines, among comments, in a menu or a form is
theirs; what may be anybody's is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsscraper.dates.bylines import is_alone
from newsscraper.dates.claim import Claim, Role
from newsscraper.dates.folding import fold
from newsscraper.dates.labels import changes_alone, labels
from newsscraper.dates.lines import day_or_age, find_moments, is_yearish, names_a_day
from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.owners import Owners
from newsscraper.extraction.parts import Parts
from newsscraper.extraction.plaintext import text_of
from newsscraper.extraction.tree import Element

_MOST_BELOW = 60
"""Blocks between headline and text that are looked into."""
_MOST_ABOVE, _MOST_AT_FOOT, _MOST_UNREAD = 4, 8, 6
_NUMBER_AND_WORDS = re.compile(r"[^\W\d_]\D*\d|\d\D*[^\W\d_]")
_FEW = 3
"""Blocks of a box above the headline or at the foot of the text that is a dateline and no more."""
_SHORT, _LONGEST = 60, 160
_LONGEST_LEAD = 600
_SENTENCE_END = re.compile(r"[.!?。！？।؟]['\"»”’)]?$")
_LABEL = re.compile(
    r"publi|veröffentlich|erschienen|posted|datum|\bdate\b|\bstand\b|updated|written on|"
    r"created|erstellt|mis en ligne|paru le|fecha|data:|"
    r"geplaatst|dodano|опубл|wurde am|vom\b",
    re.IGNORECASE,
)
# "22/11/2020 - 04:30 - Fonte: …": a date set apart from what follows, as a sentence never does.
_STARTS_DATED = re.compile(r"\W*(?:[^\W\d]+,?\s)?\d{1,2}[./ -][^,]{3,25}?(?:\s[-–—|•/·]\s|\d\suhr)", re.IGNORECASE)
# "Berlin, 28.10.2021 – Der Verband …", "01.02.2022 „Der Markt …": an agency's dateline before the first sentence.
_DATELINE = re.compile(
    r"\W{0,3}(?:[^\W\d][^\d,.;:!?]{1,40}[,:]?\s(?:den\s|le\s)?)?"
    r"(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\d{1,2}\.?\s[^\W\d]{3,12}\.?\s(?:19|20)\d\d)"
    r"(?=\s?[–—|:(]|\s-\s|\s[„“\"«]|\.\s)"
)
# "She joined the paper on 1 May 2020."
_SENTENCE = re.compile(r"\W*[^\W\d]+ [^\W\dA-Z]{3,} ")
_SHORT_LINE, _MOST_LINES = 48, 400
_TITLED = frozenset(("dt", "th"))
_VALUES = frozenset(("dd", "td"))


def read(parts: Parts, owners: Owners, languages: Sequence[str]) -> list[Claim]:
    """Return the moments that stand in the article's own places, the nearest to the headline; as a rule one."""
    found: list[Claim] = []
    reader = _Reader(parts, owners, tuple(languages))
    for claim in reader.claims():
        found.append(claim)
        # Above "Published: …" may stand "Updated: …".
        if claim.role != "modified":
            break
    return found


def unread(parts: Parts, owners: Owners, languages: Sequence[str]) -> Iterator[Claim]:
    """Yield the short lines below the headline with a number and words that ours leaves unread, for dateparser."""
    first = parts.headline_block if parts.headline_block is not None else parts.text_first
    for block in parts.blocks[first : min(parts.text_first + 1, first + _MOST_UNREAD)]:
        element = block.node.element
        lines = block.text.split("\n") if block.weight <= _LONGEST and parts.owns(element) else []
        for line in lines:
            worth = _NUMBER_AND_WORDS.search(line) and len(line) <= _SHORT and owners.other_by_label(element) is None
            if worth and not find_moments((line,), tuple(languages)):
                yield Claim("unknown", line, "visible", f"{element.tag} below the headline")


def explain_others(doc: Document, parts: Parts, owners: Owners, languages: Sequence[str]) -> None:
    """Note of each moment on the page that is not the article's whose it is taken to be."""
    for text, owner in _Reader(parts, owners, tuple(languages)).of_others():
        doc.explain("date", "set aside", "visible", text, owner)


class _Reader:
    def __init__(self, parts: Parts, owners: Owners, languages: tuple[str, ...]) -> None:
        self._parts = parts
        self._owners = owners
        self._languages = languages
        self._blocks = parts.blocks
        self._seen: set[Element] = set()

    def claims(self) -> Iterator[Claim]:
        """Yield the moments of the article's own places, the most telling place first."""
        parts, blocks = self._parts, self._blocks
        headline = parts.headline_block if parts.headline_block is not None else parts.text_first
        # A line that ends as sentences do passes for the first of the text.
        below = blocks[headline : min(parts.text_first + 1, headline + _MOST_BELOW)]
        yield from self._in(below, "below the headline")
        own = headline - 1
        above = [block for block in blocks[max(own - _MOST_ABOVE, 0) : own] if self._is_above(block)]
        yield from self._in(above[::-1], "above the headline")
        yield from self._in(self._behind_the_lead(), "below the lead")
        foot = [block for block in blocks[parts.text_last :][:_MOST_AT_FOOT] if self._is_line(block)]
        last = [block for block in blocks[parts.text_first : parts.text_last] if not block.prose][-_FEW:]
        yield from self._in([*foot, *(block for block in last if self._ends_text(block))], "at the foot of the text")

    def _in(self, blocks: Sequence[Block], place: str) -> Iterator[Claim]:
        for block in blocks:
            element = block.node.element
            if element in self._seen or block.weight > _LONGEST or self._owners.other_of(element) is not None:
                continue
            self._seen.add(element)
            if not self._parts.holds(element):
                continue
            for role, text in self._moments(element):
                told = self._role_before(block) if role == "unknown" else role
                if told == "published" or (told is not None and self._owners.other_by_label(element) is None):
                    yield Claim(told, text, "visible", f"{element.tag} {place}")

    def _moments(self, element: Element) -> Iterator[tuple[Role, str]]:
        for line in self._parts.lines_of(element):
            yield from find_moments(tuple(text for _, text in line), self._languages)

    def _role_before(self, block: Block) -> Role | None:
        """Return what the label in the box before says that a moment dates; ``None``: not the article."""
        previous = self._blocks[block.place - 1] if block.place else None
        if previous is None or previous.weight > _SHORT or previous.kind == "heading":
            return "unknown"
        words = fold(previous.text).strip(" :.–—-|")
        found = labels().at(words, 0) if words else None
        if found is not None and found[0] == len(words):
            return found[1] or "unknown"
        titled = block.node.tag in _VALUES and previous.node.tag in _TITLED
        return None if titled or previous.text.rstrip().endswith((":", "：")) else "unknown"

    def _is_above(self, block: Block) -> bool:
        """Whether a block stands in the box of the headline and above it, with nothing else."""
        return self._is_line(block) and self._parts.leads_to_headline(block)

    def _is_line(self, block: Block) -> bool:
        """Whether a block and its box, up to what holds the article, are no more than a few short lines."""
        box = self._parts.box_beside(block.node)
        if box.last - box.first > _FEW:
            return False
        return all(
            other.weight <= _SHORT and not _SENTENCE_END.search(other.text)
            for other in self._blocks[box.first : box.last]
        )

    def _behind_the_lead(self) -> list[Block]:
        """Return the blocks between the first running block, where that is short enough for a lead, and the next."""
        parts = self._parts
        found: list[Block] = []
        for block in self._blocks[parts.text_first : parts.text_last]:
            if block.place == parts.text_first:
                if block.weight > _LONGEST_LEAD:
                    return []
            elif block.prose:
                break
            else:
                found.append(block)
        return [block for block in found if self._is_line(block)]

    def _ends_text(self, block: Block) -> bool:
        """Whether no running text of the article stands behind a block."""
        behind = self._blocks[block.place + 1 : self._parts.text_last]
        return self._is_line(block) and not any(other.prose for other in behind)

    def of_others(self) -> Iterator[tuple[str, str]]:
        """Yield each moment of the page that is not the article's, with whose it is taken to be."""
        for block in self._blocks:
            element = block.node.element
            if element in self._seen or block.weight > _LONGEST:
                continue
            self._seen.add(element)
            owner = self._owners.other_of(element) or self._owners.other_by_label(element)
            if owner is None and not self._parts.holds(element):
                owner = "nobody's for sure: outside the article"
            if owner is not None:
                for _, text in self._moments(element):
                    yield text, owner


def anywhere(
    doc: Document, headline: Element | None, parts: Parts, owners: Owners, languages: Sequence[str]
) -> list[Claim]:
    """Return the one date of the article's short lines as a claim in doubt: a last resort, and for no age."""
    if headline is not None and names_a_day(shown := text_of(headline), languages):
        return [Claim("unknown", shown, "visible", "headline?")]
    claims = list(_loose(parts, owners, languages))
    labelled = [claim for claim in claims if claim.role != "unknown" or _LABEL.search(claim.raw)]
    if labelled:
        return labelled[:1]
    alone = [claim for claim in claims if is_alone(claim.raw, tuple(languages))]
    for group in (claims, alone):
        if len({day_or_age(claim.raw, languages) for claim in group}) == 1:
            return group[:1]
    for title in (*doc.meta.get("og:title", ()), *(element.text or "" for element in doc.tags("title"))):
        if names_a_day(title, languages):
            return [Claim("unknown", title[:_LONGEST], "visible", "title?")]
    return []


def _loose(parts: Parts, owners: Owners, languages: Sequence[str]) -> Iterator[Claim]:
    count = 0
    last = parts.text_last + _MOST_AT_FOOT if parts.headline is not None else 0
    for block in parts.blocks:
        if not is_yearish(block.text[: 4 * _LONGEST]):
            continue
        element = block.node.element
        if owners.other_of(element) is not None:
            continue
        own = parts.surround(element) and owners.other_by_label(element) is None
        for line in _lines(parts, block):
            if not own and not _says_published(line, tuple(languages)):
                continue
            text = line
            if len(text) > _LONGEST or not _is_dateline(text):
                opening = _DATELINE.match(text)
                if opening is None:
                    continue
                text = opening[0]
            count += 1
            if count > _MOST_LINES:
                return
            if "©" in text or (changes_alone(text) and not _tells_own_change(parts, block, text, last)):
                continue
            if names_a_day(text, languages):
                yield Claim("unknown", text, "visible", f"{element.tag} unmarked?")


def _tells_own_change(parts: Parts, block: Block, text: str, last: int) -> bool:
    """Whether a line begins with the word for a change and stands with the article: a wiki's foot tells of its page."""
    begins = labels().at(fold(text).lstrip(" :·|–—-"), 0) is not None
    return begins and block.place <= last and parts.holds(block.node.element)


def _lines(parts: Parts, block: Block) -> list[str]:
    """Return a block's lines; of a longer block the runs of text between its links."""
    if block.weight <= _LONGEST:
        return block.text.split("\n")
    runs = (run for line in parts.lines_of(block.node.element) for _, run in line)
    return [block.text, *(" ".join(run.split()) for run in runs if len(run) <= _LONGEST and is_yearish(run))]


def _says_published(line: str, languages: tuple[str, ...]) -> bool:
    """Whether a line says itself that its date is of publication: the article's, wherever it stands."""
    return len(line) <= _LONGEST and any(role == "published" for role, _ in find_moments((line,), languages))


def _is_dateline(text: str) -> bool:
    """Whether a text is a line of its own rather than the beginning of a sentence that names some day."""
    short = len(text) <= _SHORT_LINE and not (text[-1:] == "." and _SENTENCE.match(text))
    return short or _LABEL.search(text) is not None or _STARTS_DATED.match(text) is not None
