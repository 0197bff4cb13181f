"""Bylines that nothing in the markup names: short texts near the headline that begin as bylines do or hold a date."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsscraper.dates.bylines import is_alone
from newsscraper.dates.folding import has_digit
from newsscraper.dates.lines import before_moment, find_moments, is_weekday
from newsscraper.extraction.caseless import Caseless
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.names import (
    after_by,
    has_lead,
    is_person,
    is_review,
    looks_like_byline_text,
    people,
    reporter_in,
    without_lead,
)
from newsscraper.extraction.parts import Parts, parts_of
from newsscraper.extraction.plaintext import UNSEEN, is_small
from newsscraper.extraction.tree import Element

_FAR = 90
"""Elements from the headline within which a byline is looked for."""
_CLOSE = 22
"""Elements from the headline within which a byline needs no other sign."""
_LONGEST_NAME, _LONGEST_NAMES = 60, 80
_MOST_SIGNS = 5
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_BAR = re.compile(r"\s*[|•·]\s*")
_SIGNS = re.compile(r"\s*[|•·⋅]\s*|\s+[/–—-]\s+")
"""What parts a name from a date on one line; a comma parts places from it, too."""
_BOXES = frozenset(("time", "div", "p", "li", "dd", "dt", "td", "section"))
_BYLINE_TAGS = frozenset(
    {"p", "span", "div", "a", "h2", "h3", "h4", "h5", "h6", "em", "strong", "small", "li", "address"}
)
_AUTHOR_PATH = Caseless(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|autori|writers?|people|person|profiles?|journalists?|by|"
    r"contributors?|staff|team|"
    r"columnists?|redakt\w+|journalistes?|periodistas?|firmas?|reporters?|users?|members?|bio|signature|"
    r"experts?|penulis|avtor)/",
)
_PLAIN_PATH = Caseless(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|autori|writers?|journalists?|contributors?|columnists?|redakteur\w*|"
    r"journalistes?|periodistas?|reporters?|penulis|avtor)/[^/?#]",
)
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\b[^\W\d]{3,}\.?\s+\d{1,2},?\s+\d{4}|"
    r"\b\d{1,2}\.?\s+[^\W\d]{3,}\.?,?\s+\d{4}"
)
_DATE_FIRST = re.compile(rf"^\W*(?:{_DATE.pattern})\s*[|•·⋅–—-]\s*(?=[^\W\d])")
_FILED = re.compile(r"\d\s*[|•·⋅]\s*([^|•·⋅\d]{4,40}?)\s+(?:in|dans|en|em)\s+[^|•·⋅]{3,40}$")
# As Hugo's themes write it: "July 21, 2026 · 3 min · Zoé Brûlé".
_TIMED = re.compile(r"\d\s*(?:min\w*|words)(?:\s+read)?\s*[|•·⋅]\s*([^|•·⋅\d]{4,40}?)\s*(?:[|•·⋅]|$)")


def unmarked_names(doc: Document, headline: Element, languages: Sequence[str] = (), *, alone: bool = True) -> list[str]:
    """Return the names of a short text near the headline, whatever it stands in: "12 May by …", "… · 12 May".

    Args:
        doc: the page.
        headline: the element that shows the headline.
        languages: of the page, likeliest first.
        alone: nobody else is named: then a bare name beside a date is enough.
    """
    spoken = tuple(languages)
    inside = _around(doc, headline)
    if not alone:  # who is named within the text wrote something else
        parts = parts_of(doc, headline)
        inside = [item for item in inside if parts.place_of(item[1]) <= parts.text_first + 1]
    for distance, element in inside:
        text = doc.text_of(element)
        if not 5 < len(text) <= 140:
            continue
        dated = distance <= _CLOSE and _is_dated(text, spoken)
        leads = has_lead(text) and len(text) <= 90
        named = text if leads else after_by(text) if dated else None
        if distance <= _CLOSE and (dated or len(text) <= _LONGEST_NAME) and (reporter := reporter_in(text)):
            return [reporter]
        if named is None and distance <= _CLOSE:
            filed = _FILED.search(text) or (_TIMED.search(text) if dated else None)
            if filed and is_person(filed[1]):
                return [filed[1]]  # "26 May · Zoé Brûlé in Politics"
        if named is None or is_review(text):
            continue
        if linked := names_of_links(doc, element):
            return linked
        names = people(until_the_date(byline_text(element, spoken) if leads else before_moment(named, spoken)))
        persons = [name for name in names if is_person(name) and looks_like_byline_text(name)]
        if persons:
            return persons
        if names and distance <= _CLOSE and len(text) <= 40 and looks_like_byline_text(names[0]):
            return names[:1]
    return _bare_names(doc, headline, inside, spoken, lone=alone)


def _bare_names(
    doc: Document, headline: Element, inside: list[tuple[int, Element]], languages: tuple[str, ...], *, lone: bool
) -> list[str]:
    """Return the names that stand alone where the page tells more of them, or beside a date where it names nobody.

    A section is written as names are: "Personal Finance".
    """
    parts = parts_of(doc, headline)
    title = doc.text_of(headline).casefold()
    for distance, element in inside:
        if distance > _CLOSE or len(element) > 1 or element.tag in _HEADINGS or _leads_to_a_section(element):
            continue
        text = doc.text_of(element)
        alone = _name_beside_a_date(text, languages) if lone and len(text) <= _LONGEST_NAMES else None
        text = alone or text
        names = [name for name in people(text) if 5 <= len(name) <= 40] if len(text) <= _LONGEST_NAMES else []
        if not names or not all(is_person(name) and len(name.split()) <= 3 for name in names):
            continue
        if len("".join(names)) + 6 * len(names) < len(text) or any(name.casefold() in title for name in names):
            continue
        beside = alone or (lone and element.tag != "p" and _beside_a_date(doc, element, text, languages))
        if (beside and not _names_a_section(doc, parts, names[0])) or _is_borne_out(parts, names[0]):
            return names
    return []


def _name_beside_a_date(text: str, languages: tuple[str, ...]) -> str | None:
    """Return the one person of a line of a name, a date and little else, parted by signs: "Zoé Brûlé · 2 days ago"."""
    pieces = _SIGNS.split(text)
    if not 2 <= len(pieces) <= _MOST_SIGNS or not _is_dated(text, languages):
        return None
    rest = [piece for piece in pieces if not has_digit(piece) and not is_alone(piece, languages)]
    persons = [piece for piece in rest if is_person(piece) and looks_like_byline_text(piece)]
    many = len(rest) > 2 or any(" " in piece for piece in rest if piece not in persons)
    return persons[0] if len(persons) == 1 and not many and _is_cased(persons[0]) else None


def _is_cased(name: str) -> bool:
    """Whether a name is in a script with capitals, by which it looks like a person's."""
    return any(map(str.isupper, name))


def _names_a_section(doc: Document, parts: Parts, name: str) -> bool:
    """Whether a link of another part of the page, such as its menu, has a name as its words and leads to no author."""
    folded = name.casefold()
    return any(
        len(words := doc.text_of(anchor)) == len(name)
        and words.casefold() == folded
        and not leads_to_an_author(anchor)
        and parts.other_of(anchor) is not None
        for anchor in doc.anchors
    )


def _is_borne_out(parts: Parts, name: str) -> bool:
    """Whether a line below the text leads to that name with a "by", or begins to tell who that is."""
    for block in parts.blocks[max(parts.text_last - 4, 0) :]:
        if name not in block.text[: len(name) + 40]:
            continue
        lone = has_lead(block.text) and without_lead(block.text).startswith(name)
        if lone or (block.text.startswith(f"{name} ") and block.prose):
            return True
    return False


def byline_text(element: Element, languages: tuple[str, ...] = ()) -> str:
    """Return the words of a byline without its dates; what a style sheet alone sets apart is parted by a bar.

    >>> from newsscraper.extraction.parsing import parse
    >>> byline_text(parse("<p><b>Ann Archer</b><i>Reporter</i><time>20 Nov 2026</time></p>").root)
    'Ann Archer | Reporter'
    """
    runs: list[_Run] = []
    _gather(element, element, runs)
    line, last = "", None
    for run in runs:
        shown = " ".join(run.text.split())
        if last is not None and (run.box is not last.box or _are_apart(last, run)):
            # "By" and the name behind it are one, however far a style sheet sets them apart.
            line += " " if without_lead(f"{line.strip()} X") == "X" else " | "
        elif last is not None and (last.text[-1:].isspace() or run.text[:1].isspace()):
            line += " "
        last = run
        if run.element.tag != "time" and not is_weekday(shown) and not is_alone(shown, languages):
            line += shown
    segments = (segment.strip() for segment in _BAR.split(line))
    kept = (before_moment(segment, languages).strip() for segment in segments if not is_alone(segment, languages))
    return " | ".join(segment for segment in kept if segment)


@dataclass(slots=True)
class _Run:
    """Words of one element, with the box that they stand in: a block, a date, a line behind a break."""

    element: Element
    text: str
    box: Element


def _are_apart(last: _Run, run: _Run) -> bool:
    """Whether two runs stand in neighbouring elements with no space between: a style sheet sets them apart."""
    glued = not last.text[-1:].isspace() and not run.text[:1].isspace()
    one, two = last.element, run.element
    return glued and one is not two and one not in two.iterancestors() and two not in one.iterancestors()


def _gather(element: Element, box: Element, runs: list[_Run]) -> None:
    if element.tag in UNSEEN or element.tag == "sup":  # the mark of a footnote
        return
    if element.text and element.text.strip():
        runs.append(_Run(element, element.text, box))
    for child in element:
        _gather(child, child if child.tag in _BOXES else box, runs)
        if child.tag == "br":
            box = child
        if child.tail and child.tail.strip():
            runs.append(_Run(element, child.tail, box))


def names_of_links(doc: Document, element: Element) -> list[str]:
    """Return the names in an element's links to authors' own pages, in order, each once."""
    linked: dict[str, None] = {}
    for anchor in [element] if element.tag == "a" else element.iter("a"):
        if leads_to_an_author(anchor) and not is_review(_words_before(doc, anchor)):
            text = doc.text_of(anchor)
            if looks_like_byline_text(text) and len(text) <= 80:
                linked.update(dict.fromkeys(people(text)))
    return list(linked)


def leads_to_an_author(anchor: Element) -> bool:
    """Tell whether a link leads to an author's own page."""
    return "author" in (anchor.get("rel") or "").lower() or bool(_AUTHOR_PATH.search(anchor.get("href") or ""))


def names_of_lone_links(doc: Document, headline: Element) -> list[str]:
    """Return the names in links to authors' pages near the headline; else in the one such link after a "by"."""
    start = headline.place
    near: dict[str, None] = {}
    led: set[tuple[str, ...]] = set()
    for anchor, attributes in doc.anchors.items():
        if not _PLAIN_PATH.search(attributes.get("href", "")) or len(text := doc.text_of(anchor)) > _LONGEST_NAME:
            continue
        before = _words_before(doc, anchor)
        if is_review(before):
            continue
        names = [name for name in people(text) if is_person(name) and looks_like_byline_text(name)]
        if -_CLOSE <= anchor.place - start <= _FAR:
            near.update(dict.fromkeys(names))
        elif names and has_lead(f"{before} {text}"):
            led.add(tuple(names))
    return list(near)[:4] or (list(led.pop()) if len(led) == 1 else [])


def _words_before(doc: Document, anchor: Element) -> str:
    """Return the few words before a link, in its parent or just before that."""
    for element in (anchor, anchor.getparent()):
        if element is None:
            break
        before = element.getprevious()
        parent = element.getparent()
        if before is not None:
            words = (before.tail or "").strip() or (doc.text_of(before) if is_small(before, 6) else "")
        else:
            words = (parent.text if parent is not None else "") or ""
        if words.strip():
            return words.strip()[-40:]
    return ""


def _around(doc: Document, headline: Element) -> list[tuple[int, Element]]:
    """Return the small elements of the headline's block and those just above the headline, nearest first."""
    start = headline.place
    found = [
        (abs(child.place - start), child)
        for child in doc.elements[max(start - 9, 0) : start + _FAR]
        if child.tag in _BYLINE_TAGS and child is not headline and is_small(child, 16)
    ]
    parts = parts_of(doc, headline)
    return [item for item in sorted(found, key=lambda item: item[0])[:80] if parts.other_of(item[1]) is None]


def _leads_to_a_section(element: Element) -> bool:
    links = [element, *element.iter("a")] if element.tag != "a" else [element]
    return any("/category/" in (link.get("href") or "") or "tag" in (link.get("rel") or "") for link in links)


def _is_dated(text: str, languages: tuple[str, ...]) -> bool:
    return _DATE.search(text) is not None or bool(find_moments((text,), languages))


def _beside_a_date(doc: Document, element: Element, name: str, languages: tuple[str, ...]) -> bool:
    for parent in itertools.islice(element.iterancestors(), 3):
        if not is_small(parent, 30) or len(text := doc.text_of(parent)) > 120:
            return False
        rest = text.replace(name, " ", 1).strip(" ·|,–—-")
        if len(rest) < 60 and _is_dated(rest, languages):
            return True
    return False


def until_the_date(text: str) -> str:
    """Cut a byline where its date or its reading time begins."""
    text = _DATE_FIRST.sub("", text, count=1)
    return re.split(
        r"\s*[|•·]\s*|\s+(?=\d{1,2}[.:/]\d)|\s+(?=\d+\s+(?:min|articles?|posts?))|\s*,?\s+(?=(?:published|"
        r"updated|last updated|posted on|stand|zuletzt|aktualisiert|actualizado|aggiornato|bijgewerkt|view in|"
        r"publi[ée]e? le|mis à jour|am|le|on|el)\b[\s:])|\s+(?=(?:jan|feb|f[ée]v|m[aä]r|apr|avr|ma[iy]|jun|"
        r"juin|jul|juil|aug|ao[uû]t|"
        r"sep|o[ck]t|nov|de[czs]|d[ée]c)[a-zéû]*\.?\s+\d)|\s+(?=\d{1,2}\.?\s+\w+\s+\d{4})",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
