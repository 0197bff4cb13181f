"""Who wrote it: the page's own account for machines and the byline that readers see, weighed against each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml.html import HtmlElement

from newsscraper.extraction.document import Document
from newsscraper.extraction.names import after_by, has_lead, is_person, is_review, looks_like_byline_text, people
from newsscraper.extraction.plaintext import fold, is_small, plain
from newsscraper.extraction.region import region_of
from newsscraper.extraction.structured import Structured, text_value, types_of
from newsscraper.extraction.title import site_names

_BYLINE = re.compile(
    r"author|byline|by-line|by_line|\bvcard\b|writer|contributor|\bautor|auteur|autore\b|autoren|redact(?:or|"
    r"eur)|journalist|"
    r"reporter|posted-by|postedby|written-?by|signature|firma\b|verfasser|forfatter|kirjoittaja|penulis|"
    r"skribent|\bcreator\b"
)
# One of these stands in every label that the pattern matches.
_BYLINE_PARTS = (
    *("aut", "byline", "writ", "vcard", "by_line", "by-line", "contrib", "redact", "journal", "report", "posted"),
    *("firma", "signa", "verfass", "forfat", "creator", "kirjo", "penul", "skrib"),
)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|teaser|sidebar|widget|trending|popular|more-|also|next-post|prev|testimonial|"
    r"quote|footer|"
    r"latest|review|fact|edited|editor-?note|caption|credit|image|photo-|bookmark|instagram|tweet|tooltip|menu|"
    r"carousel|slider|swiper|latest-|read-next|loop|archive|listing|grid-item|mini-"
)
_NOT_A_NAME = re.compile(
    r"avatar|image|img|photo|thumb|date|time|social|follow|desc|title-?bio|job|role|position|affiliation|"
    r"count|link-?list|"
    r"\bbio\b|-bio\b|biography|description|label|icon|share|email|twitter|button|btn|\bprefix|location|"
    r"organi[sz]ation|company"
)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|autori|writers?|people|person|profiles?|journalists?|by|"
    r"contributors?|staff|team|"
    r"columnists?|redakt\w+|journalistes?|periodistas?|firmas?|reporters?|users?|members?|bio|signature|"
    r"experts?|penulis|avtor)/",
    re.IGNORECASE,
)
_META = (
    *(
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "creator",
    ),
    *(
        "citation_author",
        "dc.contributor.author",
        "cxenseparse_author",
        "article.author",
        "og:article:author",
        "authors",
    ),
    *("shareaholic:article_author_name", "content-author", "article:author_name", "vr:author", "mediator_author"),
)
_NEAR_BEFORE, _NEAR_AFTER = 60, 90
_CLOSE = 22
"""Elements from the headline within which a byline needs no other sign."""
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\b[^\W\d]{3,}\.?\s+\d{1,2},?\s+\d{4}|"
    r"\b\d{1,2}\.?\s+[^\W\d]{3,}\.?,?\s+\d{4}"
)
_LARGEST_BYLINE = 80
"""Elements that a byline holds at most; what holds more is a list of people or a whole page."""
_GAP = 12
"""Elements that may lie between two authors of one byline."""
_MOST_CANDIDATES = 60


def read(doc: Document, structured: Structured, headline: HtmlElement | None) -> list[str]:
    """Return the authors' names as the site writes them, each once.

    Args:
        doc: the page.
        structured: its JSON-LD and microdata.
        headline: the element that shows the headline; bylines near it count more.
    """
    sites = site_names(doc, structured)
    told, organisations = _told(structured)
    meta = list(_meta(doc))
    near, box = _shown(doc, headline)
    if headline is not None and not (told or near or meta or box):
        near = _loose_byline(doc, headline)
    chosen, rule = _choose(told, near, box, meta, sites | organisations)
    kept = _without_organisations(chosen, organisations, sites)
    for name in kept:
        doc.explain("author", "believed", rule, name)
    for source, names in (("json-ld", told), ("byline", near), ("author box", box), ("meta", meta)):
        for name in names:
            if source != rule or name not in kept:
                agrees = name in kept
                doc.explain(
                    "author", "kept" if agrees else "set aside", source, name, "says the same" if agrees else ""
                )
    return kept


def _choose(
    told: list[str], near: list[str], box: list[str], meta: list[str], houses: frozenset[str]
) -> tuple[list[str], str]:
    if told:
        told_people = [name for name in told if is_person(name) and fold(name) not in houses]
        near_people = [name for name in near if is_person(name) and fold(name) not in houses]
        shown = {fold(name) for name in near_people}
        if shown and shown.isdisjoint(map(fold, told)) and not shown.isdisjoint(map(fold, meta)):
            return near, "byline"  # two against one
        if not told_people and near_people:
            return near, "byline"  # JSON-LD names the house or an account, the byline a person
        others = [name for name in box + meta if is_person(name)]
        if not told_people and not near and others and all(fold(name) in houses for name in told):
            return others[:1], "author box"
        return told, "json-ld"
    stated = [name for name in meta if is_person(name)]
    if near and any(is_person(name) for name in near):
        # What the meta names within a longer byline is the name.
        return [next((name for name in stated if name in shown), shown) for shown in near], "byline"
    if stated or any(name[0].isupper() and fold(name) not in houses for name in meta):
        return meta, "meta"
    if any(is_person(name) for name in box):
        return box, "author box"
    if near:
        return near, "byline"
    return (meta, "meta") if meta else (box, "author box")


def _without_organisations(names: list[str], organisations: set[str], sites: frozenset[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    persons = [name for key, name in found.items() if key not in organisations and key not in sites]
    if persons and any(is_person(name) for name in persons):
        return persons
    return list(found.values())


def _told(structured: Structured) -> tuple[list[str], set[str]]:
    """Return the names in JSON-LD and microdata, and which of them are said to be organisations (folded)."""
    names: dict[str, None] = {}
    organisations: set[str] = set()
    values: list[Any] = structured.values(structured.article, "author") or structured.values(
        structured.article, "creator"
    )
    if not values and structured.webpage:
        values = structured.values(structured.webpage, "author")
    for value in values[:30]:
        text = text_value(value)
        if not text:
            continue
        kinds = types_of(value) if isinstance(value, dict) else ()
        for name in people(text, one=isinstance(value, dict)):
            names[name] = None
            if kinds and not any("erson" in kind for kind in kinds):
                organisations.add(fold(name))
    return list(names), organisations


def _meta(doc: Document) -> Iterator[str]:
    for key in _META:
        names = [
            name
            for value in doc.meta.get(key, ())[:20]
            if not value.startswith(("http://", "https://", "//", "/", "@")) and not value.isdigit()
            for name in people(_upright(plain(value)) if key.startswith(("citation", "dc")) else plain(value), one=True)
        ]
        if names:
            yield from dict.fromkeys(names)
            return
    labels = doc.meta.get("twitter:label1", [""])[0].casefold()
    if "by" in labels.split() or fold(labels) in {
        "ecritpar",
        "verfasstvon",
        "escritopor",
        "scrittoda",
        "geschrevendoor",
    }:
        yield from people(doc.meta.get("twitter:data1", [""])[0])


def _upright(name: str) -> str:
    """Turn "Brûlé, Zoé" of bibliographic meta round."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _shown(doc: Document, headline: HtmlElement | None) -> tuple[list[str], list[str]]:
    """Return the names in the byline near the headline, and those in an author's box elsewhere."""
    candidates: list[tuple[int, HtmlElement, str]] = []
    order = doc.order
    around = region_of(doc, headline).around
    for label, elements in doc.labels_with(_BYLINE_PARTS):
        if not _is_byline(label):
            continue
        candidates += [(order[element], element, label) for element in elements[:4]]
    for anchor in doc.tags("a", "address"):
        if "author" in (anchor.get("rel") or "").lower():
            candidates.append((order[anchor], anchor, "rel-author"))
    candidates = [item for item in candidates if item[1].tag not in {"meta", "link", "body", "html", "main", "article"}]
    candidates.sort(key=lambda item: item[0])
    place = order.get(headline) if headline is not None else None
    near: list[tuple[int, list[str]]] = []
    box: list[list[str]] = []
    for position, element, label in candidates[: _MOST_CANDIDATES * 4]:
        if _NOT_A_NAME.search(label) and not re.search(r"name|byline", label) and not is_person(doc.text_of(element)):
            continue
        is_near = place is None or -_NEAR_BEFORE <= position - place <= _NEAR_AFTER
        if not is_near and len(box) >= _MOST_CANDIDATES:
            continue
        names = _names_in(doc, element)
        if not names or _stands_elsewhere(element, around):
            continue
        if is_near and place is not None:
            near.append((position, names))
        else:
            box.append(names)
    best = _nearest(near)
    return best, box[0] if box else []


def _nearest(near: list[tuple[int, list[str]]]) -> list[str]:
    """Return the names of the byline: those of its first element, and of its neighbours that continue it."""
    if not near:
        return []
    persons = [(position, people_) for position, names in near if (people_ := [n for n in names if is_person(n)])]
    if not persons:
        return near[0][1]
    last = persons[0][0]
    names: list[str] = []
    for position, more in persons:
        if position - last > _GAP:
            break
        names += [name for name in more if name not in names]
        last = position
    # "Zoé Brûlé" of a link and "Zoé Brûlé Senior Reporter" of its parent are one.
    return [name for name in names if not any(name != other and other in name for other in names)]


def _names_in(doc: Document, element: HtmlElement) -> list[str]:
    """Return the names that one byline element holds: those of its links to authors, or those in its words."""
    if not is_small(element, _LARGEST_BYLINE) or _is_reviewer(doc, element):
        return []
    linked: dict[str, None] = {}
    for anchor in [element] if element.tag == "a" else element.iter("a"):
        if _AUTHOR_PATH.search(anchor.get("href") or "") or "author" in (anchor.get("rel") or "").lower():
            text = doc.text_of(anchor)
            if looks_like_byline_text(text) and len(text) <= 80:
                linked.update(dict.fromkeys(people(text)))
    if linked:
        return list(linked)
    text = doc.text_of(element)
    if not text or len(text) > 160 or is_review(text):
        return []
    if element.tag == "a" and not looks_like_byline_text(text):
        return []
    named = [name for name in people(_first_sentence(text)) if looks_like_byline_text(name)]
    if has_lead(text) or len(text) <= 60:
        return [
            name
            for name in named
            if name[0].isupper() or not name[0].isascii() or not name[0].isalpha() or len(named) == 1
        ]
    return [name for name in named if is_person(name)][:4]


def _first_sentence(text: str) -> str:
    """Cut a byline where its date or its reading time begins."""
    return re.split(
        r"\s*[|•·]\s*|\s+(?=\d{1,2}[.:/]\d)|\s+(?=\d+\s+(?:min|articles?|posts?))|\s*,?\s+(?=(?:published|"
        r"updated|last updated|posted on|"
        r"publi[ée]e? le|mis à jour|am|le|on|el)\b[\s:])|\s+(?=(?:jan|feb|f[ée]v|m[aä]r|apr|avr|ma[iy]|jun|"
        r"juin|jul|juil|aug|ao[uû]t|"
        r"sep|o[ck]t|nov|de[czs]|d[ée]c)[a-zéû]*\.?\s+\d)|\s+(?=\d{1,2}\.?\s+\w+\s+\d{4})",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]


def _stands_elsewhere(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Tell whether an element belongs to a comment, another article's card, a sidebar or a menu."""
    parent = element
    for _ in range(12):
        parent = parent.getparent()
        if parent is None or parent in around or parent.tag in {"body", "html"}:
            return False
        if parent.tag in {"aside", "nav", "footer", "blockquote", "figure", "form"} and parent.tag != "footer":
            return True
        label = f"{parent.get('class') or ''} {parent.get('id') or ''}".lower()
        if len(label) < 200 and re.search(
            r"comment|related|recommend|sidebar|trending|popular|read-next|next-post|testimonial|also-like|more-stor|"
            r"latest-|recent|carousel|swiper|teaser|loop-wrapper|post-card|\bcard\b.*\bgrid",
            label,
        ):
            return True
    return False


@lru_cache(maxsize=8192)
def _is_byline(label: str) -> bool:
    return bool(_BYLINE.search(label)) and ("byline" in label or not _ELSEWHERE.search(label))


def _is_reviewer(doc: Document, element: HtmlElement) -> bool:
    """Tell whether the words before a name, or around it, say that it reviewed or edited rather than wrote."""
    for _ in range(2):
        parent = element.getparent()
        if parent is None:
            return False
        before = element.getprevious()
        words = parent.text or ""
        if before is not None:
            words = before.tail or (doc.text_of(before) if is_small(before, 6) else "")
        if len(words) < 60 and words.strip() and is_review(words):
            return True
        if not is_small(parent, 20) or len(around := doc.text_of(parent)) > 120:
            return False
        if is_review(around):
            return True
        element = parent
    return False


def _loose_byline(doc: Document, headline: HtmlElement) -> list[str]:
    """Return the names of a short text near the headline, whatever it stands in: "12 May by …", "… · 12 May"."""
    inside = _around(doc, headline)
    for distance, element in inside:
        text = doc.text_of(element)
        if not 5 < len(text) <= 140:
            continue
        leads = has_lead(text) and len(text) <= 90
        named = text if leads else after_by(text) if distance <= _CLOSE and _DATE.search(text) else None
        if named is None or is_review(text):
            continue
        names = people(_first_sentence(named))
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


def _around(doc: Document, headline: HtmlElement) -> list[tuple[int, HtmlElement]]:
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
        if order.get(last, start) - start > _NEAR_AFTER:
            break
    found = [
        (abs(order[child] - start), child)
        for child in top.iter(
            "p", "span", "div", "a", "h2", "h3", "h4", "h5", "h6", "em", "strong", "small", "li", "address"
        )
        if -10 < order[child] - start <= _NEAR_AFTER and child is not headline and is_small(child, 16)
    ]
    return sorted(found, key=lambda item: item[0])[:80]


def _beside_a_date(doc: Document, element: HtmlElement, name: str) -> bool:
    if "/category/" in (element.get("href") or "") or "tag" in (element.get("rel") or ""):
        return False
    for parent in itertools.islice(element.iterancestors(), 3):
        if not is_small(parent, 30) or len(text := doc.text_of(parent)) > 120:
            return False
        rest = text.replace(name, " ", 1)
        if _DATE.search(rest) and len(rest) < 60:
            return True
    return False
