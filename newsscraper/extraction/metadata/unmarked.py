"""Dates in text that no markup names: a line below the headline, a last line under the article. A last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain

from newsscraper.dates.claim import Claim
from newsscraper.dates.folding import fold
from newsscraper.dates.labels import labels
from newsscraper.dates.parsing import find_date, parse_byline
from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import text_of
from newsscraper.extraction.region import Region
from newsscraper.extraction.tree import Element

# As in `datelines`, what must not stand before a word is looked up behind its first letter.
ELSEWHERE_LABEL = re.compile(
    r"c(?<![a-z]c)omments?(?![a-z])|commentlist|e(?<!pre)vent|calendar-(?:day|month)|copyright|weather|"
    r"widget(?! blog blog)|"
    r"sidebar|site-footer|page-footer|related|recent|popular|teaser-|teasers|archive|n(?<![a-z]n)ext(?![a-z])|"
    r"p(?<![a-z]p)rev(?:ious)?(?![a-z])|leserbrief|countdown|live-?blog-?(?:post|entry)|tweet|embed|ticker|"
    r"upcoming|reply|kommentar|respond|birth|expires|deadline|most-?read|trending|recommend|carousel|slider|"
    r"swiper|newsletter|p(?<![a-z]p)romo(?![a-z])|advert|cookie|consent|outbrain|taboola|card-list|read-?next|"
    r"also-?like|navigation|breadcrumb|copyleft|m(?<![a-z]m)enu"
)
"""Labels of boxes and lines whose dates are of other things."""

OTHERS_LABEL = re.compile(
    r"(?<![a-z])comments?(?![a-z])|commentlist|related|recent|popular|teaser(?!_*-?text)|archive|(?<![a-z])next(?![a-z])|"
    r"(?<![a-z])prev|kommentar|respond|reply|recommend|most-?read|carousel|slider|swiper|card|list-item|tweet|embed|"
    r"event-(?:date|time|start|card|list)|birth|deadline|(?<![a-z])menu"
)
"""Labels of boxes that list comments, other stories or events."""


@lru_cache(maxsize=16384)  # a site's pages share their labels
def speaks_of_other_things(label: str) -> bool:
    """Tell whether a label (class, id and itemprop in lower case) is one of `ELSEWHERE_LABEL`."""
    return ELSEWHERE_LABEL.search(label) is not None


_MOST_INSIDE = 6
_PAIR = 2
_YEARISH = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d\b|[年년]")
# All that is yearish has one of these; to look for one character alone takes a tenth of the time.
_YEAR_MARK = re.compile(r"[\d年년]")
_LABEL = re.compile(
    r"publi|veröffentlich|erschienen|posted|datum|\bdate\b|\bstand\b|updated|written on|"
    r"created|erstellt|mis en ligne|paru le|fecha|data:|"
    r"geplaatst|dodano|опубл|wurde am|vom\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\W*(?:publi|veröffentlicht|erschienen|posted|mis en ligne|paru le|gepubliceerd|geplaatst|opublik|опубл|"
    r"pubblicato|pressemitteilung vom|pressemeldung vom|meldung vom|nachricht vom|press release)",
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
_SHORT, _LONGEST = 48, 140
_LONGEST_TEXT = 4000
_BEFORE, _AFTER, _MOST_CHUNKS = 40, 60, 400
_NEVER = datetime(2100, 1, 1, tzinfo=UTC)
_SILENT = frozenset({"script", "style", "noscript", "template", "option", "select", "textarea", "title", "svg", "head"})


def read(
    doc: Document, headline: Element | None, region: Region, around: Surroundings, languages: Sequence[str]
) -> list[Claim]:
    """Return the date nearest the headline, or else the one date of the region's short lines, as a claim in doubt."""
    elements = list(doc.order)
    near: list[Element] = []
    if headline is not None:
        place = doc.order[headline]
        near = _numbered(elements[max(place - _BEFORE, 0) : place + _AFTER])
    found: list[Claim] = []
    for claim in chain(_labelled(near, around, languages), _dated(near, around, languages)):
        found.append(claim)
        # Above "Published: …" may stand "Updated: …".
        if len(found) == _PAIR or not tells_a_change(claim.raw, languages):
            break
    if found:
        return found
    if headline is not None:
        shown = text_of(headline)
        if names_a_day(shown, languages):
            return [Claim("unknown", shown, "visible", "headline?")]
    start = doc.order[region.element]
    inside = _numbered(elements[start : last_inside(region.element, doc.order) + 1])
    for claim in _labelled(inside, around, languages):
        return [claim]
    claims = list(_dated(inside, around, languages))
    labelled = [claim for claim in claims if _LABEL.search(claim.raw)]
    if labelled:
        return labelled[:1]
    days = {_day(claim.raw, languages) for claim in claims}
    if len(days) == 1:
        return claims[:1]
    for title in (*doc.meta.get("og:title", ()), *(element.text or "" for element in doc.tags("title"))):
        if names_a_day(title, languages):
            return [Claim("unknown", title[:_LONGEST], "visible", "title?")]
    return []


def names_a_day(text: str, languages: Sequence[str]) -> bool:
    """Whether a text names one day, alone or beside other words."""
    return _day(text, languages) is not None


def tells_a_change(text: str, languages: Sequence[str]) -> bool:
    """Whether a text names a day, and only as the day of a change: "Zuletzt geändert am: 15.10.2021"."""
    moments = parse_byline(text, reference=_NEVER, languages=languages)
    return bool(moments) and all(moment.role == "modified" for moment in moments)


def _day(text: str, languages: Sequence[str]) -> str | None:
    for moment in parse_byline(text, reference=_NEVER, languages=languages):
        if moment.relative:
            return text
        if moment.precision not in ("month", "year", "week"):
            return moment.value.date().isoformat()
    if len(text) > _LONGEST or not _is_yearish(text):
        return None
    found = find_date(text, reference=_NEVER, languages=languages)
    return found.value.date().isoformat() if found is not None else None


def _numbered(elements: Sequence[Element]) -> list[Element]:
    """Return the elements that show a number, or have one behind them: those where it is worth looking for a date."""
    return [
        element
        for element in elements
        if element.tag not in _SILENT
        and (
            ((text := element.text) and _YEAR_MARK.search(text)) or ((tail := element.tail) and _YEAR_MARK.search(tail))
        )
    ]


def _dated(elements: Sequence[Element], around: Surroundings, languages: Sequence[str]) -> Iterator[Claim]:
    count = 0
    for element in elements:
        for text in (element.text, element.tail):
            if not text or len(text) > _LONGEST_TEXT or not _is_yearish(text[: 4 * _LONGEST]):
                continue
            text = " ".join(text.split())  # noqa: PLW2901
            if len(text) > _LONGEST or not _is_line(text):
                opening = _DATELINE.match(text)
                if opening is None:
                    continue
                text = opening[0]  # noqa: PLW2901
            if "©" in text:
                continue
            count += 1
            if count > _MOST_CHUNKS:
                return
            if not names_a_day(text, languages):
                continue
            # What says that it was published is of the article, whatever its box is called.
            if not around.elsewhere(element) or (_PUBLISHED.match(text) and not around.lists_others(element)):
                yield Claim("unknown", text, "visible", f"{element.tag} unmarked?")


def _labelled(elements: Sequence[Element], around: Surroundings, languages: Sequence[str]) -> Iterator[Claim]:
    """Yield the dates of publication that a label of their own stands before: "Erschienen am:" | "13.10.2021"."""
    for element in elements:
        text = element.text
        if not text or len(text) > _SHORT or not _is_yearish(text):
            continue
        words = fold(_text_before(element)).strip(" :")
        found = labels().at(words, 0) if words else None
        if found is None or found[0] != len(words) or found[1] != "published":
            continue
        if names_a_day(text, languages) and not around.lists_others(element):
            yield Claim("published", " ".join(text.split()), "visible", f"{element.tag} unmarked?")


def _text_before(element: Element) -> str:
    """Return the short text that readers see before an element, in its box or in the one before."""
    for current in (element, element.getparent()):
        if current is None:
            break
        previous = current.getprevious()
        parent = current.getparent()
        text: str | None = previous.tail if previous is not None else parent.text if parent is not None else None
        if text and text.strip():
            return text[-_SHORT:]
        if previous is not None:
            few = sum(1 for _ in previous.iter("*")) <= _MOST_INSIDE
            shown = text_of(previous) if few else ""
            return shown if len(shown) <= _SHORT else ""
    return ""


def _is_yearish(text: str) -> bool:
    """Whether a text holds what may be a year, or a date in numbers."""
    return _YEAR_MARK.search(text) is not None and _YEARISH.search(text) is not None


def _is_line(text: str) -> bool:
    """Whether a text is a line of its own rather than the beginning of a sentence that names some day."""
    short = len(text) <= _SHORT and not (text[-1] == "." and _SENTENCE.match(text))
    return short or _LABEL.search(text) is not None or _STARTS_DATED.match(text) is not None


class Surroundings:
    """Tells whether an element is about another thing than the article: by what stands between it and the headline's
    own ancestors, which hold the article whatever their labels say.
    """

    def __init__(self, doc: Document, headline: Element | None, region: Region, others: Sequence[Element] = ()) -> None:
        self._known: dict[Element, bool] = dict.fromkeys(others, True)
        self._order = doc.order
        holders = [region.element, *region.element.iterancestors(), *doc.tags("body")]
        if headline is not None:
            holders += headline.iterancestors()
        for element in holders:
            self._known[element] = False

    def elsewhere(self, element: Element) -> bool:
        """Whether ``element`` stands in a box about something else."""
        path: list[Element] = []
        current = element.getparent()
        answer = False
        while current is not None:
            if current in self._known:
                answer = self._known[current]
                break
            path.append(current)
            label = label_of(current)
            if len(label) > 3 and speaks_of_other_things(label) and not self._holds_most(current):
                answer = True
                break
            if current.tag in _OTHER_TAGS and not self._is_dateline(current):
                answer = True
                break
            current = current.getparent()
        for step in path:
            self._known[step] = answer
        return answer

    def lists_others(self, element: Element) -> bool:
        """Whether ``element`` stands among comments or other stories, whatever else its boxes are called."""
        return any(
            box.tag in ("nav", "blockquote", "form") or OTHERS_LABEL.search(label_of(box)) is not None
            for box in element.iterancestors()
            if self._known.get(box) is not False and not self._holds_most(box)
        )

    def _holds_most(self, element: Element) -> bool:
        """Whether a box holds most of the page: its label ("single-right-sidebar") then speaks of the layout."""
        everything = len(self._order)
        return everything > 50 and (last_inside(element, self._order) - self._order[element]) * 2 > everything

    def _is_dateline(self, element: Element) -> bool:
        """Whether a box set aside is no more than a dateline: short, with no heading and no other story's link."""
        if element.tag != "aside" or last_inside(element, self._order) - self._order[element] > _LARGEST_DATELINE:
            return False
        if len(text_of(element)) > 3 * _LONGEST or next(element.iter("h1", "h2", "h3", "h4"), None) is not None:
            return False
        return all(len(text_of(link)) < _LONGEST_NAME for link in element.iter("a"))


def last_inside(element: Element, order: dict[Element, int]) -> int:
    """Return the place of the last element inside ``element``, itself where it is empty."""
    while len(element):
        element = element[-1]
    return order.get(element, -1)


_LARGEST_DATELINE, _LONGEST_NAME = 60, 40
_OTHER_TAGS = frozenset({"aside", "nav", "blockquote", "form", "dialog", "menu", "amp-sidebar"})


def label_of(element: Element) -> str:
    """Return class, id and itemprop of an element in one lower-case string."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()
