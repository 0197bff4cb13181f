"""Parts of a split article: which addresses its pagination names, which part a page is, what comes next."""

from __future__ import annotations

import re
from collections import defaultdict

from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.links import Heads, absolute, is_of_comments
from newsscraper.extraction.tree import Element
from newsscraper.pagenumbers import follows, places
from newsscraper.urls import site_of

_MOST_PAGE_LINKS = 300
# The end of an address that names a page number: "/2", "/page/2", "?page=2", "-2.html", ",2.html", "?start=20".
_PAGED = re.compile(
    r"/(?:page|seite|pagina|p|strona|stranica|sayfa|side|sida)[/-]?\d+/?(?:\?|$)|/\d{1,3}/?(?:\?[^/]*)?$"
    r"|[?&](?:page|paged|pg|p|pagina|seite|start|offset|from|currentpage|pageno|pagenum)=\d+|"
    r"[-_,]\d{1,3}\.html?$|/P\d+/?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"page-?links|page-?numbers|link-?pages|post-?pagination|pagelink|post-page-numbers|article-?pagination|"
    r"multi-?page|pagination|pager|paging|pages\b|paginator|post-pages",
    re.IGNORECASE,
)
# Stands in each of them.
_PART = re.compile("[pP][aA][gG]")
_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})$")
_DIGITS = re.compile(r"\d+")


def next_page(doc: Document, heads: Heads) -> str | None:
    """Return the next page of a list, or the part behind this one of an article."""
    for rel, url, element in heads:
        # With a title it is WordPress' older way to name the next article.
        if "next" in rel and not element.get("title"):
            return url
    own = doc.page.url
    by_class = doc.has_label("next")  # few pages have one
    for attributes in doc.anchors.values():
        told = "rel" in attributes and "next" in attributes["rel"].lower()
        if not (
            told
            or (by_class and "class" in attributes and "next" in attributes["class"].lower())
            or ("aria-label" in attributes and "next" in attributes["aria-label"].lower())
        ):
            continue
        target = absolute(doc, attributes.get("href"))
        if target is None or site_of(target) != site_of(own or target):
            continue
        if _PAGED.search(target) or (told and own and follows(own, target)):
            return target
    return None


def is_part(doc: Document) -> bool:
    """Whether a page's own pagination says that it is one part of several of an article."""
    return bool(parts(doc, None)[0])


def parts(doc: Document, canonical: str | None) -> tuple[tuple[str, ...], int]:
    """Return the parts of a split article that the page's own pagination names, and which of them it is.

    A part's address is that of the first part and a number, counted from 1 or from 0; the numbers are what the
    pagination shows. The canonical address does not help: WordPress makes each part its own canonical.
    """
    if "pagination" not in doc.memo:
        try:
            doc.memo["pagination"] = _parts(doc, canonical)
        except ValueError:  # the page's own address cannot be read
            doc.memo["pagination"] = ((), 1)
    found: tuple[tuple[str, ...], int] = doc.memo["pagination"]
    return found


def _parts(doc: Document, canonical: str | None) -> tuple[tuple[str, ...], int]:
    own = doc.page.url or canonical
    if not own:
        return (), 1
    mine = {place.stem: place.number for url in (canonical, own) if url for place in reversed(places(url))}
    named: defaultdict[str, dict[int, tuple[str, int | None]]] = defaultdict(dict)
    for shown, url, labelled in _numbered_links(doc):
        for place in places(url):
            if place.stem in mine and (labelled or place.counts):
                named[place.stem].setdefault(shown, (url, place.number))
    for stem in sorted(named, key=lambda stem: (-len(named[stem]), -len(stem))):
        found, number = _counted(named[stem], mine[stem], own)
        if found:
            return found, number
    return (), 1


def _counted(named: dict[int, tuple[str, int | None]], own_number: int | None, own: str) -> tuple[tuple[str, ...], int]:
    """Return the parts in order where what links show and what their addresses say is one count; else nothing."""
    later = {shown: told for shown, (_, told) in named.items() if shown > 1}
    first = 0 if later and all(told == shown - 1 for shown, told in later.items()) else 1
    kept = {
        shown: url
        for shown, (url, told) in named.items()
        if told == shown - 1 + first or (shown == 1 and told in (None, 0, 1))
    }
    mine = 1 if own_number is None else own_number + 1 - first
    numbers = {*kept, mine}
    if not any(shown > 1 for shown in numbers) or not kept or not numbers & {1, 2}:
        return (), 1
    kept[mine] = own
    return tuple(kept[number] for number in sorted(kept)), mine


def _numbered_links(doc: Document) -> list[tuple[int, str, bool]]:
    """Return the links that show a number: the number, the address, and whether a pagination says it is one."""
    found: list[tuple[int, str, bool]] = []
    for anchor, attributes in doc.anchors.items():
        href = attributes.get("href")
        if not href or "#" in href or "replytocom" in href:
            continue
        children = len(anchor)
        if not children and ((told := anchor.text) is None or told.rstrip()[-1:].isalpha()):
            continue  # as nearly all: words, of which no more need be known
        text = doc.text_of(anchor) if children < 4 else ""
        match = _NUMBER.search(text) if text and len(text) <= 16 and text[-1].isdigit() else None
        if match is None:
            continue
        labelled = _is_labelled(anchor)
        if labelled is None or not (labelled or _counts(doc, anchor)):
            continue
        if (url := absolute(doc, href)) is not None:
            found.append((int(match[1]), url, labelled))
        if len(found) > _MOST_PAGE_LINKS:
            break
    return found


def _counts(doc: Document, anchor: Element) -> bool:
    """Whether a link's surroundings are numbers and little else, as "1 2 3" or "Page 1 of 2"."""
    element = anchor.getparent()
    for _ in range(3):
        if element is None:
            break
        text = doc.text_of(element)[:300]
        numbers = len(_DIGITS.findall(text))
        if numbers >= 2:
            return sum(letter.isalpha() for letter in text) <= 6 * numbers + 8
        element = element.getparent()
    return False


def _is_labelled(anchor: Element) -> bool | None:
    """Whether a link stands in what is called a pagination; ``None`` where it is that of comments."""
    hit = False
    element: Element | None = anchor
    for _ in range(6):
        if element is None:
            break
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if is_of_comments(label):
            return None
        hit = hit or (_PART.search(label) is not None and _LABELLED.search(label) is not None)
        element = element.getparent()
    return hit
