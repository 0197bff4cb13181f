"""Dates and ages that a page's markup names: ``<time>``, microdata, attributes, classes that speak of a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsscraper.dates.claim import Claim, Role
from newsscraper.dates.folding import fold, has_digit
from newsscraper.dates.labels import labels
from newsscraper.dates.lines import days_of, has_age
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.owners import Owners, label_of
from newsscraper.extraction.plaintext import is_small, text_of
from newsscraper.extraction.tree import Element

# A pattern of which each alternative begins with a letter is looked for several times faster: what must not stand
# before a word is looked up behind its first letter.
_DATE_LABEL = re.compile(
    r"date|t(?<![a-z]t)ime(?!line|r\b)|timestamp|posted|pub-|pub_|created|modified|byline|"
    r"entry-meta|post-meta|post-info|article-meta|meta(?:data)?\b|postmeta|datum|fecha|d(?<=\bd)ata\b|"
    r"s(?<![a-z]s)tand\b|creation|issued|ago\b|when\b|calendar|info\b|details|veröff|publi|entry-info|"
    r"article__info|submitted|kicker"
)
# One of these stands in every label that the pattern matches.
_DATE_PARTS = (
    "dat", "time", "pub", "posted", "creat", "modified", "byline", "meta", "fecha", "stand", "issued", "ago", "when",
    "calendar", "info", "details", "veröff", "submitted", "kicker",
)  # fmt: skip
_MODIFIED_LABEL = re.compile(r"modif|updat|edited|aktualis|lastmod|revised")
_PUBLISHED_LABEL = re.compile(r"publish|pubdate|datepublished|posted-on|entry-date|created|issued|datecreated")
_GLUED = re.compile(r"\d(?:19|20)\d\d(?!\d)|(?:19|20)\d\d[^\W\d]|[^\W\d]\d{1,2}\D|\d{4}\d")
# Where words without a number ("hier", "just now") may be a date.
_MAY_BE_DAY = re.compile(r"date|time|ago|publi|posted|stamp|fecha")
_ITEMPROPS: dict[str, Role] = {
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "dateupdated": "modified",
}
# RDFa, as Drupal writes it: <span property="dc:date" content="2019-02-08T00:00:00+01:00">.
_PROPERTIES: dict[str, Role] = {
    "datepublished": "published",
    "datecreated": "published",
    "date": "published",
    "created": "published",
    "issued": "published",
    "datemodified": "modified",
    "modified": "modified",
}
_DATA_ATTRIBUTES = (
    "data-timestamp", "data-time", "data-datetime", "data-date", "data-published", "data-publish-date", "data-epoch",
    "data-utc", "data-published-at", "data-datepublished", "data-timeago", "data-created", "data-unix",
    "data-livestamp", "data-pubdate",
)  # fmt: skip
_LONGEST_BYLINE = 160
_LARGEST_BYLINE = 23
"""Elements that a byline holds at most."""
_BEFORE, _AFTER = 60, 80
_MASTHEAD = 25
_MOST_SHOWN = 40


def read(doc: Document, headline: Element | None, owners: Owners, languages: Sequence[str]) -> Iterator[Claim]:
    """Yield the dates marked as such near the headline, and those marked as the article's own anywhere."""
    place = headline.place if headline is not None else -1
    end = headline.end - 1 if headline is not None else -1
    region = owners.parts.region
    first, until = region.place, region.end - 1
    count = 0
    seen: set[Element] = set()
    candidates: list[tuple[int, Element, str]] = []
    for element in doc.tags("time"):
        candidates.append((element.place, element, label_of(element)))
    for label, elements in doc.labels_with(_DATE_PARTS):
        if _speaks_of_date(label):
            candidates += [
                (element.place, element, label) for element in elements[:30] if element.tag not in _NOT_SHOWN
            ]
    candidates.sort(key=lambda item: item[0])
    for at, element, label in candidates:
        if element in seen or count >= _MOST_SHOWN:
            continue
        seen.add(element)
        near = place >= 0 and place - _BEFORE <= at <= end + _AFTER
        own = (element.get("itemprop") or "").lower() in _ITEMPROPS
        if not near and not own and not first <= at <= until:
            continue
        # Far above the headline, a masthead shows today's date.
        far = at < place - _MASTHEAD and not first <= at <= until
        owner = owners.other_of(element) or owners.other_by_label(element)
        for claim in _of_element(element, label, near and not far, tuple(languages)):
            count += 1
            if owner is None and has_age(claim.raw, tuple(languages)) and owners.parts.is_behind_lead(element):
                continue  # at the foot of the text its box tells whose it is: see `placeddates`
            if owner is None:
                yield claim
            else:
                doc.explain("date", "set aside", claim.source, claim.raw, owner)


@lru_cache(maxsize=65536)  # a site's pages share their labels
def _speaks_of_date(label: str) -> bool:
    return _DATE_LABEL.search(label) is not None


_NOT_SHOWN = frozenset(
    "body html meta link script style main svg input form img head template noscript select".split()  # noqa: SIM905
)


def _of_element(element: Element, label: str, near: bool, languages: tuple[str, ...]) -> Iterator[Claim]:
    itemprop = (element.get("itemprop") or "").lower()
    rdfa = _role_of_property(element)
    role = _ITEMPROPS.get(itemprop) or rdfa or _role_before(element) or _role_of(element, label)
    doubt = "" if near or itemprop else "?"
    where = f"{element.tag}.{(element.get('class') or itemprop or element.get('id') or '').split(' ')[0]}{doubt}"
    machine = element.get("datetime") or (element.get("content") if itemprop or rdfa else None)
    text = _short_text(element)
    shown = days_of(text, languages) if text else ()
    if machine and has_digit(machine):
        yield Claim(role, machine.strip(), "time", where)
        # One element that shows both moments has room for one in its attribute.
        stated = days_of(machine, languages)
        if len(shown) == 1 and len(stated) == 1 and abs((shown[0] - stated[0]).days) > 1:
            return  # its words are read in the wrong order; a day more or less is another zone
    else:
        for name in _DATA_ATTRIBUTES:
            value = element.get(name)
            if value and has_digit(value) and len(value) < 40:
                yield Claim(role, value.strip(), "time", f"{where}[{name}]")
        title = element.get("title")
        if title and element.tag in ("abbr", "span", "a", "time") and has_digit(title) and len(title) < 60:
            yield Claim(role, title.strip(), "visible", f"{where}[title]")
    if text and (has_digit(text) or (len(text) < 30 and _MAY_BE_DAY.search(label or element.tag))):
        yield Claim("unknown" if len(shown) > 1 else role, text, "visible", where)


def _role_of_property(element: Element) -> Role | None:
    """Return what an element's RDFa says that it dates; several properties stand in one attribute."""
    for name in (element.get("property") or "").lower().split():
        role = _PROPERTIES.get(name.rpartition(":")[2])
        if role is not None and name.partition(":")[0] in ("dc", "dcterms", "schema", "rnews"):
            return role
    return None


def _short_text(element: Element) -> str:
    """Return the words of an element where they are few, else nothing; long elements are not walked through."""
    if not is_small(element, _LARGEST_BYLINE):
        return ""
    text = text_of(element)
    if len(element) and _GLUED.search(text):
        # Parts of a date in boxes of their own, which stand apart on the screen alone.
        text = " ".join(" ".join(element.itertext()).split())
    return text if len(text) <= _LONGEST_BYLINE else ""


def _role_before(element: Element) -> Role | None:
    """Return what the words just before an element say that it dates: "Last updated: <time>"."""
    previous = element.getprevious()
    parent = element.getparent()
    before = (previous.tail or previous.text) if previous is not None else parent.text if parent is not None else None
    if not before or len(before) > 200 or not before.strip():
        return None
    words = fold(before[-60:]).rstrip(" :.–—-|")
    role: Role | None = None
    for _, end, label in labels().find(words):
        if end == len(words):
            role = label
    return role


def _role_of(element: Element, label: str) -> Role:
    modified, published = bool(_MODIFIED_LABEL.search(label)), bool(_PUBLISHED_LABEL.search(label))
    if modified and published:
        return "published"
    if modified:
        # "updated" alone is what hAtom calls any date of a post; beside one that is published only, it is the change.
        alone = "updated" in label.split() and "modif" not in label and not _follows_published(element)
        return "unknown" if alone else "modified"
    if published or element.get("pubdate") is not None:
        return "published"
    return "unknown"


def _follows_published(element: Element) -> bool:
    """Whether the date before this one is of publication alone, as WordPress' themes print a pair of them."""
    before = element.getprevious()
    if before is None or before.tag != element.tag:
        return False
    labels = label_of(before).split()
    return "published" in labels and "updated" not in labels
