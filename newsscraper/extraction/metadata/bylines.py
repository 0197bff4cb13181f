"""Bylines that nothing in the markup names: short texts near the headline that begin as bylines do or hold a date."""

from __future__ import annotations

import itertools
import re

from newsscraper.extraction.caseless import Caseless
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.names import (
    after_by,
    has_lead,
    is_person,
    is_review,
    looks_like_byline_text,
    people,
)
from newsscraper.extraction.plaintext import is_small
from newsscraper.extraction.tree import Element

_FAR = 90
"""Elements from the headline within which a byline is looked for."""
_CLOSE = 22
"""Elements from the headline within which a byline needs no other sign."""
_LONGEST_NAME = 60
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


def unmarked_names(doc: Document, headline: Element) -> list[str]:
    """Return the names of a short text near the headline, whatever it stands in: "12 May by …", "… · 12 May"."""
    inside = _around(doc, headline)
    for distance, element in inside:
        text = doc.text_of(element)
        if not 5 < len(text) <= 140:
            continue
        leads = has_lead(text) and len(text) <= 90
        named = text if leads else after_by(text) if distance <= _CLOSE and _DATE.search(text) else None
        if named is None and distance <= _CLOSE:
            filed = _FILED.search(text) or (_TIMED.search(text) if _DATE.search(text) else None)
            if filed and is_person(filed[1]):
                return [filed[1]]  # "26 May · Zoé Brûlé in Politics"
        if named is None or is_review(text):
            continue
        if linked := names_of_links(doc, element):
            return linked
        names = people(until_the_date(named))
        persons = [name for name in names if is_person(name) and looks_like_byline_text(name)]
        if persons:
            return persons
        if names and distance <= _CLOSE and len(text) <= 40 and looks_like_byline_text(names[0]):
            return names[:1]
    for distance, element in inside:
        # A bare name beside a date.
        if distance > _CLOSE or len(element) > 1 or element.tag in {"p", "h2", "h3", "h4", "h5", "h6"}:
            continue
        text = doc.text_of(element)
        if 5 <= len(text) <= 40 and is_person(text) and len(text.split()) <= 3 and _beside_a_date(doc, element, text):
            return [text]
    return []


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
    start = doc.order[headline]
    near: dict[str, None] = {}
    led: set[tuple[str, ...]] = set()
    for anchor, attributes in doc.anchors.items():
        if not _PLAIN_PATH.search(attributes.get("href", "")) or len(text := doc.text_of(anchor)) > _LONGEST_NAME:
            continue
        before = _words_before(doc, anchor)
        if is_review(before):
            continue
        names = [name for name in people(text) if is_person(name) and looks_like_byline_text(name)]
        if -_CLOSE <= doc.order[anchor] - start <= _FAR:
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
    """Return the small elements after (and just before) the headline, nearest first."""
    order = doc.order
    start = order[headline]
    top = headline
    for element in headline.iterancestors():
        if element.tag in {"body", "html"}:
            break
        top = element
        last = element
        while len(last):
            last = last[-1]
        if order.get(last, start) - start > _FAR:
            break
    last = top
    while len(last):
        last = last[-1]
    first, until = max(order[top], start - 9), min(order.get(last, start), start + _FAR)
    found = [
        (abs(order[child] - start), child)
        for child in itertools.islice(order, first, until + 1)
        if child.tag in _BYLINE_TAGS and child is not headline and is_small(child, 16)
    ]
    return sorted(found, key=lambda item: item[0])[:80]


def _beside_a_date(doc: Document, element: Element, name: str) -> bool:
    if "/category/" in (element.get("href") or "") or "tag" in (element.get("rel") or ""):
        return False
    for parent in itertools.islice(element.iterancestors(), 3):
        if not is_small(parent, 30) or len(text := doc.text_of(parent)) > 120:
            return False
        rest = text.replace(name, " ", 1)
        if _DATE.search(rest) and len(rest) < 60:
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
