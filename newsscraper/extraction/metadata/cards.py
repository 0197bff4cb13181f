"""One card of a list of articles: title, address, date and excerpt; and what on a page is a date and nothing else."""

# ruff: noqa: SIM905 - word lists read better as words

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from newsscraper.article import RecentPost
from newsscraper.dates.folding import has_digit
from newsscraper.dates.moment import Moment
from newsscraper.dates.parsing import parse_own
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.links import absolute
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

_DATE_TAGS = ("time", "div", "span", "p", "small", "li", "em", "i", "abbr", "td", "h6")
# A text that can be a date or an age: short, with a digit, or one of the few words for very recent days.
_DATE_LIKE = re.compile(
    r"\d{1,4}\s*[./\-年년]\s*\d{1,2}|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|d['’]\s*)?[^\W\d]{3,}|"
    r"[^\W\d]{3,}\.?\s+\d{1,2}\b|"
    r"\d+\s*[^\W\d]{1,10}|\b(?:hace|il y a|vor|há|fa|ago|yesterday|hier|gestern|ayer|ieri|ontem|gisteren|"
    r"today|heute|hoy|oggi|hoje)\b",
    re.IGNORECASE,
)
_LONGEST_DATE = 48
_SHORTEST_TITLE = 8
"""Letters that a headline has at least, in an alphabet."""
_LENGTH_LABEL = re.compile(r"read|duration|length|minutes|listen|watch")
_NUMERIC = re.compile(r"^\W*\d{1,4}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{1,4})?\b")
_NUMERIC_WHOLE = re.compile(r"^\W*\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}\b")
_BARE_AGE = re.compile(r"^\d+\s*[a-zA-Z]+\.?$")
_DATE_LABEL = re.compile(r"date|time|posted|published")
_LATE = datetime(2100, 1, 1, tzinfo=UTC)  # whether a text is a date does not hang on when it was read
# One of these stands in an age without a number: "une semaine ago", "il y a une heure", "hier", "منذ يومين".
_AGE_WORDS = frozenset(
    "ago il hace há fa vor geleden sedan siden temu назад тому πριν önce منذ قبل לפני पहले "
    "yesterday today hier gestern heute ayer hoy ieri oggi ontem hoje gisteren vandaag igår eilen wczoraj dzisiaj "
    "včera вчера вчора сегодня сьогодні χθες dün bugün أمس اليوم אתמול היום".split()
)
_LONGEST_AGE = 32
_TITLE_LABEL = re.compile(r"title|titel|titre|titulo|titolo|headline|heading|entry-name")
_EXCERPT_LABEL = re.compile(
    r"excerpt|summary|desc|teaser|intro|chapo|snippet|abstract|lead|standfirst|content|extract|text"
)
_SIDE_LABEL = re.compile(
    r"categor|cat-|\btag|author|byline|meta|date|time|comment|share|read-?more|views?\b|badge|label"
)
_SIDE_PATH = re.compile(
    r"/(?:category|categorie|kategorie|categoria|rubrique|tag|tags|author|auteur|autor|section)/", re.IGNORECASE
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def read(doc: Document, card: Element, languages: Sequence[str], timezone: str | None) -> RecentPost | None:
    """Return the article that a card leads to, or ``None`` where it leads to none.

    Args:
        doc: the page.
        card: one of several alike.
        languages: ISO 639-1 codes for reading the date, likeliest first.
        timezone: IANA name of the site's clock.
    """
    own_site = site_of(doc.base_url) if doc.base_url else None
    anchor = _title_link(doc, card, own_site)
    if anchor is None:
        return None
    title_element = anchor
    if len(anchor):  # the whole card may be one link
        inner = next((child for child in anchor.iter() if child.tag in HEADINGS), None)
        if inner is None:
            inner = next(
                (
                    child
                    for child in anchor.iter()
                    if child is not anchor and _TITLE_LABEL.search((child.get("class") or "").lower())
                ),
                None,
            )
        title_element = inner if inner is not None else anchor
    title = doc.text_of(title_element)
    if len(title) < _SHORTEST_TITLE and title.isascii():
        return None
    url = absolute(doc, anchor.get("href"))
    if not title or (url is None and doc.base_url):
        return None
    post = RecentPost(title=title, url=url)
    date = next(
        (
            element
            for element in card.iter(*_DATE_TAGS)
            if element is not title_element
            and _shown_date(element)
            and not within(title_element, element)
            and doc.text_of(element) != title
        ),
        None,
    )
    if date is not None:
        _set_date(doc, post, date, languages, timezone)
    post.excerpt = _excerpt(doc, card, title_element, date, title)
    return post


def article_link(doc: Document, card: Element, own_site: str | None) -> str | None:
    """Return the address, as written, of the article that a card leads to."""
    anchor = _title_link(doc, card, own_site)
    return anchor.get("href") if anchor is not None else None


def _title_link(doc: Document, card: Element, own_site: str | None) -> Element | None:
    """Return the link to the card's article, which is looked for once: a card may be in several lists."""
    known: dict[Element, Element | None] = doc.memo.setdefault("title-links", {})
    if card not in known:
        known[card] = _find_title_link(doc, card, own_site)
    return known[card]


def _find_title_link(doc: Document, card: Element, own_site: str | None) -> Element | None:
    """Return the link of a card's heading, else the one with the most words."""
    best: Element | None = None
    best_rank = 0
    anchors = [card] if card.tag == "a" else list(card.iter("a"))[:12]
    for anchor in anchors:
        href = anchor.get("href")
        if not href or href.startswith(("#", "javascript:", "mailto:")) or "#comment" in href or "replytocom" in href:
            continue
        if (
            "tag" in (anchor.get("rel") or "").split()
            or "author" in (anchor.get("rel") or "")
            or _SIDE_PATH.search(href)
        ):
            continue
        if own_site and href.startswith(("http://", "https://", "//")):
            url = absolute(doc, href)
            if url is None or site_of(url) != own_site:
                continue
        length = len(doc.text_of(anchor))
        rank = length
        parent = anchor.getparent()
        if parent is not None and (parent.tag in HEADINGS or anchor.first("h2", "h3") is not None):
            rank += 1000
        if _TITLE_LABEL.search(
            f"{anchor.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}".lower()
        ):
            rank += 500
        if length >= 4 and rank > best_rank:
            best, best_rank = anchor, rank
    return best


def _set_date(
    doc: Document, post: RecentPost, element: Element, languages: Sequence[str], timezone: str | None
) -> None:
    shown = doc.text_of(element)
    machine = element.get("datetime") or ""
    inner = element.first("time")
    if inner is not None and not machine:
        machine = inner.get("datetime") or ""
    post.raw = shown or machine or None
    reference = doc.page.fetched_at
    if reference is None:
        return
    for text in (machine, shown):
        if not text:
            continue
        moment = parse_own(text, reference=reference, languages=tuple(languages), timezone=timezone)
        if moment is not None and _has_been(moment, reference):
            post.date, post.precision = moment.isoformat(), moment.precision
            return


def _has_been(moment: Moment, reference: datetime) -> bool:
    """Tell whether a moment lies before the page was fetched, on whatever clock it may have been written."""
    value = moment.value
    if value.tzinfo is None:
        return value <= reference.replace(tzinfo=None) + timedelta(hours=14)
    return value <= reference + timedelta(minutes=10)


def _excerpt(doc: Document, card: Element, title: Element, date: Element | None, title_text: str) -> str | None:
    """Return a card's words that are neither title nor date nor label: the paragraph labelled so, else the longest."""
    best = ""
    for element in card.iter("p", "div", "span", "dd", "blockquote"):
        if element is title or element is date or within(element, title) or within(title, element):
            continue
        if date is not None and (within(date, element) or within(element, date)):
            continue
        label = (element.get("class") or "").lower()
        if _SIDE_LABEL.search(label) and not _EXCERPT_LABEL.search(label):
            continue
        text = doc.text_of(element)
        if len(text) < 20 or text == title_text or len(text) > 1500:
            continue
        if element.tag == "p" or _EXCERPT_LABEL.search(label):
            return text
        linked = sum(len(doc.text_of(anchor)) for anchor in element.iter("a"))
        if len(text) > len(best) and linked < len(text) / 2:
            best = text
    return best if len(best) >= 40 else None


def shown_dates(doc: Document) -> list[Element]:
    """Return the elements that show a date and nothing else. Nearly all are ruled out by a look at their own words."""
    found: list[Element] = list(doc.tags("time"))
    for tag in _DATE_TAGS[1:]:
        for element in doc.tags(tag):
            children = element.children
            if len(children) > 2:
                continue
            own = element.text or ""
            if len(own) > 4 * _LONGEST_DATE:
                continue
            for child in children:
                own += child.tail or ""
            if len(own) <= 2 or own.isspace() or (element.parent is not None and element.parent.tag == "time"):
                continue
            if _may_be_date(own) and _is_date_text(element, own):
                found.append(element)
    return found


def _shown_date(element: Element) -> bool:
    """Tell whether an element's own words are a date or an age and nothing else; icons beside them do not count."""
    if element.tag == "time":
        return True
    own: str = element.text or ""
    if len(element) > 2 or len(own) > 4 * _LONGEST_DATE:
        return False
    own += "".join([child.tail or "" for child in element])
    return _may_be_date(own) and _is_date_text(element, own)


def _may_be_date(own: str) -> bool:
    """Tell whether a text has a number, or is an age in words for all that one word of it says."""
    if has_digit(own):
        return True
    return len(own) <= _LONGEST_AGE and not _AGE_WORDS.isdisjoint(own.lower().split())


def _is_date_text(element: Element, own: str) -> bool:
    """Tell whether an element's own words, which may be a date, are one and all that it says."""
    text = own.strip()
    numbered = has_digit(text)
    if len(text) > _LONGEST_DATE or len(text.split()) > 9 or (numbered and not _DATE_LIKE.search(text)):
        return False
    if any(len(child) or (child.text and child.text.strip()) for child in element):
        return False
    label = (element.get("class") or "").lower()
    labelled = numbered and bool(_DATE_LABEL.search(label)) and not _LENGTH_LABEL.search(label)
    return _reads_as_date(text, labelled=labelled)


@lru_cache(maxsize=4096)
def _reads_as_date(text: str, *, labelled: bool) -> bool:
    """Tell a date from a short title with a number in it ("Silexia équipe 780 agents"), a price, or a reading time.

    Where the markup says that it is a date, what cannot be read is one in a language that is not known; where it does
    not, "6 min" alone may as well be how long a film is.
    """
    if not any(character.isalpha() for character in text):
        return bool(_NUMERIC.search(text)) if labelled else bool(_NUMERIC_WHOLE.search(text))
    if labelled:
        return True
    moment = parse_own(text, reference=_LATE)
    return moment is not None and not (moment.relative and _BARE_AGE.match(text))


def within(element: Element, other: Element) -> bool:
    """Tell whether an element stands in another."""
    return other.holds(element)
