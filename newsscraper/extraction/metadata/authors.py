"""Who wrote it: the page's own account for machines and the byline that readers see, weighed against each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.bylines import (
    byline_text,
    names_of_links,
    names_of_lone_links,
    unmarked_names,
    until_the_date,
)
from newsscraper.extraction.metadata.names import has_lead, is_person, is_review, looks_like_byline_text, people
from newsscraper.extraction.metadata.title import site_names
from newsscraper.extraction.parts import parts_of
from newsscraper.extraction.plaintext import fold, is_small, plain
from newsscraper.extraction.structured import Structured, parse_json, text_value, types_of
from newsscraper.extraction.tree import Element

_BYLINE = re.compile(
    r"author|byline|by-line|by_line|\bvcard\b|writer|contributor|\bautor|auteur|autore\b|autoren|redact(?:or|"
    r"eur)|journalist|"
    r"reporter|posted-by|postedby|written-?by|signature|firma\b|verfasser|forfatter|kirjoittaja|penulis|"
    r"skribent|\bcreator\b"
)
# One of these stands in every label that the pattern matches.
_BYLINE_PARTS = (
    *("author", "autor", "auteur", "by", "writer", "vcard", "contributor", "redact", "journalist", "reporter"),
    *("firma", "signature", "verfasser", "forfatter", "creator", "kirjoittaja", "penulis", "skribent"),
)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|teaser|sidebar|widget|trending|popular|more-|also|next-post|prev|testimonial|"
    r"quote|footer|"
    r"latest|review|fact|edited|editor-?note|caption|credit|image|photo-|bookmark|instagram|tweet|tooltip|menu|"
    r"carousel|slider|swiper|latest-|read-next|loop|archive|listing|grid-item|mini-"
)
_OTHERS = re.compile(
    r"comment|related|recommend|sidebar|trending|popular|read-next|next-post|testimonial|also-like|more-stor|"
    r"latest-|recent|carousel|swiper|teaser|loop-wrapper|post-card|card\b(?<=\bcard).*\bgrid"
)
_NOT_A_NAME = re.compile(
    r"avatar|image|img|photo|thumb|date|time|social|follow|desc|title-?bio|job|role|position|affiliation|"
    r"count|link-?list|"
    r"\bbio\b|-bio\b|biography|description|label|icon|share|email|twitter|button|btn|\bprefix|location|"
    r"organi[sz]ation|company"
)
_SECTION_PATH = re.compile(
    r"/(?:tags?|categor\w+|kategori\w+|topics?|sections?|themen?|rubri\w+)/|[?&]_?category=", re.I
)
_NAMED_ANYWAY = re.compile(r"name|byline|date[-_]?author|author[-_]?date")
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
_LONGEST_BYLINE = 160
"""Characters."""
_LARGEST_BYLINE = 80
"""Elements that a byline holds at most; what holds more is a list of people or a whole page."""
_GAP = 12
"""Elements that may lie between two authors of one byline."""
_MOST_CANDIDATES = 60


def read(doc: Document, structured: Structured, headline: Element | None, languages: Sequence[str] = ()) -> list[str]:
    """Return the authors' names as the site writes them, each once.

    Args:
        doc: the page.
        structured: its JSON-LD and microdata.
        headline: the element that shows the headline; bylines near it count more.
        languages: of the page, likeliest first: what reads as a date in them is no part of a name.
    """
    sites = site_names(doc, structured)
    told, organisations = _told(structured)
    meta = list(_meta(doc))
    near, box = _shown(doc, headline, tuple(languages))
    houses = sites | organisations
    if headline is not None and not any(is_person(name) and fold(name) not in houses for name in (*told, *near, *meta)):
        # A house or an agency, named for programs, hides the person whom readers see named.
        nobody = not (told or near or meta or box)
        found = unmarked_names(doc, headline, languages, alone=nobody)
        if not found and nobody:
            found = names_of_lone_links(doc, headline)
        near = [name for name in found if fold(name) not in houses] or near or (found if nobody else [])
    chosen, rule = _choose(told, near, box, meta, houses)
    kept = _without_organisations([_without_house(name, sites) for name in chosen], organisations, sites)
    written = {fold(name): name for name in (*meta, *near, *told) if not name.isupper()}
    kept = [written.get(fold(name), name) if name.isupper() and " " in name else name for name in kept]
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
        if len(shown) > len(told_people) and {fold(name) for name in told_people} < shown == {fold(n) for n in meta}:
            return near, "byline"  # JSON-LD names the first of several
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


def _without_house(name: str, sites: frozenset[str]) -> str:
    """Return "Zoé Brûlé" of "Le Journal - Zoé Brûlé"."""
    parts = re.split(r"\s+[-–|/]\s+", name)
    persons = [part for part in parts if is_person(part)]
    return persons[0] if len(parts) > 1 and len(persons) == 1 and any(fold(part) in sites for part in parts) else name


def _told(structured: Structured) -> tuple[list[str], set[str]]:
    """Return the names in JSON-LD and microdata, and which of them are said to be organisations (folded)."""
    names: dict[str, None] = {}
    organisations: set[str] = set()
    values: list[Any] = structured.values(structured.article, "author") or structured.values(
        structured.article, "creator"
    )
    if not values and structured.webpage:
        values = structured.values(structured.webpage, "author")
    for value in itertools.chain.from_iterable(_single(value) for value in values[:30]):
        text = text_value(value)
        if not text:
            continue
        kinds = types_of(value) if isinstance(value, dict) else ()
        for name in people(text, one=isinstance(value, dict)):
            names[name] = None
            if kinds and not any("erson" in kind for kind in kinds):
                organisations.add(fold(name))
    return list(names), organisations


def _single(value: Any) -> list[Any]:
    """Return the authors of one value: of an object with several names, of JSON that was written as a text."""
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        several = [item for parsed in parse_json(value) for item in (parsed if isinstance(parsed, list) else [parsed])]
        return several[:30]
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return [{**value, "name": name} for name in value["name"][:30]]
    return [value]


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


def _shown(doc: Document, headline: Element | None, languages: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the names in the byline near the headline, and those in an author's box elsewhere."""
    candidates: list[tuple[int, Element, str]] = []
    around = parts_of(doc, headline).around
    for label, elements in doc.labels_with(_BYLINE_PARTS):
        if not _is_byline(label):
            continue
        candidates += [(element.place, element, label) for element in elements[:4]]
    for anchor, attributes in doc.anchors.items():
        if "rel" in attributes and "author" in attributes["rel"].lower():
            candidates.append((anchor.place, anchor, "rel-author"))
    for address in doc.tags("address"):
        if "author" in (address.get("rel") or "").lower():
            candidates.append((address.place, address, "rel-author"))
    candidates = [item for item in candidates if item[1].tag not in {"meta", "link", "body", "html", "main", "article"}]
    candidates.sort(key=lambda item: item[0])
    place = headline.place if headline is not None else None
    near: list[tuple[int, list[str]]] = []
    box: list[list[str]] = []
    for position, element, label in candidates[: _MOST_CANDIDATES * 4]:
        if (
            _NOT_A_NAME.search(label)
            and not _NAMED_ANYWAY.search(label)
            and not is_person(text := doc.text_of(element))
            and not (len(text) <= _LONGEST_BYLINE and has_lead(text))
        ):
            continue
        is_near = place is None or -_NEAR_BEFORE <= position - place <= _NEAR_AFTER
        if not is_near and len(box) >= _MOST_CANDIDATES:
            continue
        names = _names_in(doc, element, languages)
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


def _names_in(doc: Document, element: Element, languages: tuple[str, ...]) -> list[str]:
    """Return the names that one byline element holds: those of its links to authors, or those in its words."""
    if not is_small(element, _LARGEST_BYLINE) or _is_reviewer(doc, element):
        return []
    if linked := names_of_links(doc, element):
        return linked
    text = doc.text_of(element)
    text = _without_sections(text, doc, element)
    if len(text) > _LONGEST_BYLINE:
        # An author's box: the name, then who that is.
        first = next((piece.strip() for piece in element.itertext() if piece.strip()), "")
        return [first] if is_person(first) and looks_like_byline_text(first) and _has_portrait(element) else []
    if not text or is_review(text):
        return []
    if element.tag == "a" and not looks_like_byline_text(text):
        return []
    named = [
        name
        for name in people(_without_sections(until_the_date(byline_text(element, languages)), doc, element))
        if looks_like_byline_text(name)
    ]
    if has_lead(text) or len(text) <= 60:
        return [
            name
            for name in named
            if name[0].isupper() or not name[0].isascii() or not name[0].isalpha() or len(named) == 1
        ]
    return [name for name in named if is_person(name)][:4]


def _without_sections(text: str, doc: Document, element: Element) -> str:
    for anchor in element.iter("a"):
        if _SECTION_PATH.search(anchor.get("href") or "") and (section := doc.text_of(anchor)):
            text = " ".join(re.sub(rf"(?:\bin\s+)?{re.escape(section)}", " ", text, count=1).split())
    return text


def _has_portrait(element: Element) -> bool:
    return next(element.iter("img"), None) is not None


def _stands_elsewhere(element: Element, around: frozenset[Element]) -> bool:
    """Tell whether an element belongs to a comment, another article's card, a sidebar or a menu."""
    parent = element.getparent()
    for _ in range(12):
        if parent is None or parent in around or parent.tag in {"body", "html"}:
            return False
        if parent.tag in {"aside", "nav", "footer", "blockquote", "figure", "form"} and parent.tag != "footer":
            return True
        label = f"{parent.get('class') or ''} {parent.get('id') or ''}".lower()
        if 1 < len(label) < 200 and _is_of_others(label):
            return True
        parent = parent.getparent()
    return False


@lru_cache(maxsize=8192)
def _is_of_others(label: str) -> bool:
    return _OTHERS.search(label) is not None


@lru_cache(maxsize=8192)
def _is_byline(label: str) -> bool:
    return bool(_BYLINE.search(label)) and ("byline" in label or not _ELSEWHERE.search(label))


def _is_reviewer(doc: Document, element: Element) -> bool:
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
