"""The headline, without the site's name, and the element that shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import fold, is_small, one_line, plain, text_of
from newsscraper.extraction.structured import Structured, types_of
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

_LONGEST = 400
_QUOTES = re.compile(r"[\"'*“”„‟‘’‚«»‹›`´]")
_DASHES = re.compile("[-–—]+")
_MOST_PIECES = 12
_SHORTEST_PART = 6
_HOME_LINKS, _LONGEST_HOME = 5, 60
"""Links to the home page that are asked for the site's name, and the letters that it has at most."""
_LONGEST_NAME = 3
"""Words that a site's name has at most."""
_KICKER_ABOVE = 8
"""Elements above a headline in which its kicker may stand."""
_SOURCES = {
    "json-ld headline": "json-ld",
    "json-ld name": "json-ld",
    "meta og:title": "og",
    "meta twitter:title": "twitter",
}
# What stands between a headline and the name of its site, spaces around it; a colon only behind a leading name.
_SEPARATOR = re.compile(
    r"\s+(?:[|¦｜ㅣ│丨·•∙»«›‹~⁞/]|::|[-–—―])\s+|\s*[|¦｜ㅣ│]\s*|\s+»\s*|(?<=\S)\s?[—–]\s+|\s*\uff0d\s*"
)
# One of these stands in each of them.
_SIGN = re.compile(r"[|¦｜ㅣ│丨·•∙»«›‹~⁞/:–—―\uff0d-]")
# In scripts without spaces a site's or section's name follows without any, too: "…-新华网", "…_新浪网".
_UNSPACED_TAIL = re.compile(
    "(?<=[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff1f”』」）》’\"'…])[-_–—]{1,2}(?=[^-_–—|]{2,12}$)"
)
_SECTION_TAIL = re.compile(r"\s*[-–—|/<>·]\s*([^-–—|/<>·]{1,24})$")
_HEADLINE_CLASS = re.compile(
    r"\b(?:entry|post|article|story|news|content|single|amp-post|amp-wp|td-post|artikel|noticia|titre|titulo|page)"
    r"[-_]{0,2}(?:main[-_]?)?(?:title|headline|heading|titel|titre|titulo|titolo)\b"
    r"|(?:^|[\s_-])headline(?:$|[\s_-])|wp-block-post-title|articletitle|articleheadline|posttitle|entrytitle"
)
_TITLE_PARTS = ("tit", "headl", "heading")  # one of these stands in every label that the pattern matches
_OTHER_CLASS = re.compile(
    r"site[-_]?(?:title|name|logo|brand)|logo|\bbrand|masthead|widget|sidebar|related|recent|newsletter|"
    r"comment|modal|popup|"
    r"cookie|consent|menu|navbar|author[-_](?:title|name|bio)|footer|breadcrumb"
)
_HEADINGS = frozenset({"h2", "h3", "div", "p", "span", "header", "strong"})
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w+")
# What a heading may hold besides the headline: a date, "Posted on May 5", a label with a colon.
_DATED = re.compile(
    r"^\W*(?:(?:posted|published|updated|publi[ée]|veröffentlicht|publicado)\b.*|"
    r"[^\W\d]{0,9}\.?\s?\d[\d\s./,:-]*(?:[^\W\d]{0,9}\.?\s?\d{4})?)\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\w{2,12}\s?:$")


@dataclass(slots=True)
class _Witness:
    """What the page calls itself in one place or several.

    Attributes:
        text: the headline, without the site's name.
        rule: the first place that says so.
        sources: the kinds of place that say so; Twitter's card repeats Open Graph and counts for nothing beside it.
    """

    text: str
    rule: str
    sources: set[str] = field(default_factory=set)

    @property
    def weight(self) -> int:
        return len(self.sources - {"twitter"}) or 1


def read(doc: Document, structured: Structured) -> tuple[str | None, Element | None]:
    """Return the headline as the page shows it and the element that shows it.

    What the page shows is believed where its own account for machines (JSON-LD, Open Graph, ``<title>``) says much
    the same; a heading that nothing else bears out (a section's name, a slogan) is not.
    """
    names = site_names(doc, structured) | _names_of_home(doc)
    witnesses = _witnesses(doc, structured, names)
    headings = list(_headings(doc, names))
    best: tuple[float, float, Element, str] | None = None
    for position, (element, text, weight) in enumerate(headings):
        support = max((_alike(text, witness.text) for witness in witnesses), default=0.0)
        # Of equals the first wins; a headline class is worth a little, agreement much.
        rank = support + weight - min(position, 20) * 0.01
        if best is None or rank > best[0] + 1e-9:
            best = (rank, support, element, text)
    if best is not None:
        _, support, element, text = best
        if support > _needed(doc, element, witnesses) or not witnesses or _is_fuller(doc, element, text, witnesses):
            text = without_site(text, names, only_known=True)
            chosen = _part_of(element, text, witnesses) or text
            chosen = _with_kicker(doc, element, chosen, witnesses) or chosen
            outvoted = _outvoting(chosen, witnesses) if _is_news(structured) else None
            if outvoted is not None:
                doc.explain("title", "set aside", f"heading <{element.tag}>", chosen, "the page calls itself otherwise")
                doc.explain("title", "believed", outvoted.rule, outvoted.text, "stated twice")
                chosen = outvoted.text
            else:
                doc.explain("title", "believed", f"heading <{element.tag}>", chosen)
            _explain(doc, witnesses, chosen)
            return chosen, element
    if witnesses:
        chosen = _head_of(witnesses)
        doc.explain("title", "believed", witnesses[0].rule, chosen, "no heading bears it out")
        _explain(doc, witnesses[1:], chosen)
        return chosen, None
    return None, None


def _needed(doc: Document, element: Element, witnesses: list[_Witness]) -> float:
    """Return how much a heading must have in common with what the page calls itself elsewhere."""
    if element.tag != "h1":
        return 0.3
    if len(doc.tags("h1")) > 3:
        return 0.6  # many first-rank headings are the text's own: one of them needs more to pass for the headline
    most = max((witness.weight for witness in witnesses), default=1)
    return {1: 0.15, 2: 0.25}.get(most, 0.36)


def _is_fuller(doc: Document, element: Element, text: str, witnesses: list[_Witness]) -> bool:
    """Tell whether a lone first heading is the headline where ``<title>``, the only witness, names a section.

    A section is named as a link of the page names it, or in a word or two.
    """
    if element.tag != "h1" or len(doc.tags("h1")) > 1 or any(witness.rule != "<title>" for witness in witnesses):
        return False
    told = witnesses[0].text
    few = len(_words(told)) <= _LONGEST_NAME
    if len(_words(text)) <= max(len(_words(told)), _LONGEST_NAME):
        return False
    return few or any(fold(doc.text_of(anchor)) == fold(told) for anchor in doc.anchors)


def _with_kicker(doc: Document, element: Element, heading: str, witnesses: list[_Witness]) -> str | None:
    """Return kicker and headline where JSON-LD and Open Graph both hold them as the page shows them, one above the
    other.
    """
    shown = fold(heading)
    for witness in witnesses:
        stated = fold(witness.text)
        kicker = stated.removesuffix(shown)
        if {"json-ld", "og"} <= witness.sources and kicker and kicker != stated:
            above = doc.elements[max(element.place - _KICKER_ABOVE, 0) : element.place]
            if any(is_small(other, 3) and fold(text_of(other)) == kicker for other in above):
                return witness.text
    return None


def _part_of(element: Element, heading: str, witnesses: list[_Witness]) -> str | None:
    """Return the headline within a heading that also holds a kicker, a label or a date, or shouts it in capitals."""
    pieces = [piece for piece in (one_line(text, typographic=True) for text in element.itertext()) if piece]
    many = 1 < len(pieces) <= _MOST_PIECES
    for witness in witnesses:
        if fold(heading) == fold(witness.text):
            # Between the pieces of a heading the signs are lost: "Kicker" above "Headline" is "Kicker: Headline".
            lost = many and _unquoted(heading) != _unquoted(witness.text)
            return witness.text if lost or (heading.isupper() and not witness.text.isupper()) else None
        if many and _is_run(witness.text, pieces):
            return witness.text
    if many:
        heads = (head for witness in witnesses if witness.rule != "<title>" for head in _heads(witness.text))
        if part := next((head for head in heads if _is_run(head, pieces)), None):
            return part
    return _inner(heading, witnesses)


def _unquoted(text: str) -> str:
    return _DASHES.sub("-", _QUOTES.sub("", text)).casefold()


def _is_news(structured: Structured) -> bool:
    return bool(structured.article) and any(kind.endswith("NewsArticle") for kind in types_of(structured.article or {}))


def _is_run(text: str, pieces: list[str]) -> bool:
    """Tell whether a text is some of a heading's pieces, from the first on or to the last."""
    wanted = fold(text)
    if len(wanted) < _SHORTEST_PART:
        return False
    folded = [fold(piece) for piece in pieces]
    return any(wanted in ("".join(folded[:place]), "".join(folded[place:])) for place in range(1, len(folded)))


def _outvoting(heading: str, witnesses: list[_Witness]) -> _Witness | None:
    """Return what JSON-LD and Open Graph both call a news article, where nothing but the heading says otherwise.

    News desks write both for readers; elsewhere both are written for search engines. A heading that is all but a
    kicker of theirs, or theirs with a subtitle, says the same.
    """
    folded = fold(heading)
    if any(fold(witness.text) == folded for witness in witnesses):
        return None
    for witness in witnesses:
        stated = fold(witness.text)
        if {"json-ld", "og"} <= witness.sources and not (stated in folded or folded in stated):
            return witness
    return None


def _heads(text: str) -> list[str]:
    """Return a text up to each of its separators, the longest first."""
    return [text[: cut.start()] for cut in reversed(_cuts(text))]


def _cuts(text: str) -> list[re.Match[str]]:
    return list(_SEPARATOR.finditer(text)) if _SIGN.search(text) else []


def _head_of(witnesses: list[_Witness]) -> str:
    """Return the first account, up to a separator where another account ends there."""
    first = witnesses[0].text
    others = {fold(witness.text) for witness in witnesses[1:]}
    return next((head for head in _heads(first) if len(fold(head)) >= _SHORTEST_PART and fold(head) in others), first)


def _inner(heading: str, witnesses: list[_Witness]) -> str | None:
    """Return the headline within a heading's words, where they also hold a kicker, a label or a date."""
    for witness in witnesses:
        if heading.isupper() and not witness.text.isupper() and _alike(heading, witness.text) > 0.85:
            return witness.text
        place = heading.find(witness.text)
        if place < 0 or len(witness.text) < 12 or len(witness.text) == len(heading):
            continue
        before, after = heading[:place].strip(), heading[place + len(witness.text) :].strip()
        if after and not _DATED.match(after):
            continue
        if witness.weight > 1 and len(before) < len(witness.text) and not after:
            return witness.text
        if (not before or _DATED.match(before) or _LABEL.match(before)) and (before or after):
            return witness.text
    return None


def _explain(doc: Document, witnesses: list[_Witness], chosen: str) -> None:
    for witness in witnesses:
        agrees = fold(witness.text) == fold(chosen)
        verdict, reason = ("kept", "says the same") if agrees else ("set aside", "")
        doc.explain("title", verdict, witness.rule, witness.text, reason)


def site_names(doc: Document, structured: Structured) -> frozenset[str]:
    """Return the folded names by which the page calls its own site."""
    if "site names" not in doc.memo:
        doc.memo["site names"] = _site_names(doc, structured)
    names: frozenset[str] = doc.memo["site names"]
    return names


def _names_of_home(doc: Document) -> frozenset[str]:
    """Return the folded words of the first links to the home page, which are the site's name or its logo's.

    They do for titles only: on a site of one person they are the author's name, too.
    """
    url = doc.page.url
    home = {"/"}
    if url and "://" in url:
        origin = "/".join(url.split("/", 3)[:3])
        home |= {origin, origin + "/"}
    found: set[str] = set()
    for anchor in islice((anchor for anchor in doc.anchors if anchor.get("href") in home), _HOME_LINKS):
        pictures = (image.get("alt") or "" for image in anchor.iter("img"))
        found |= {fold(plain(name)) for name in (doc.text_of(anchor), *pictures) if len(name) < _LONGEST_HOME}
    return frozenset(name for name in found if len(name) > 1)


def _site_names(doc: Document, structured: Structured) -> frozenset[str]:
    names = [
        *doc.meta.get("og:site_name", ()),
        *doc.meta.get("application-name", ()),
        *doc.meta.get("apple-mobile-web-app-title", ()),
        *doc.meta.get("al:ios:app_name", ()),
        *doc.meta.get("twitter:app:name:iphone", ()),
        *(handle.lstrip("@") for handle in doc.meta.get("twitter:site", ())),
        *structured.texts(structured.article, "publisher"),
        *structured.texts(structured.article, "sourceOrganization"),
    ]
    for thing in structured.of_type("WebSite", "Organization", "NewsMediaOrganization")[:20]:
        for key in ("name", "alternateName"):
            names.extend(structured.texts(thing, key))
    url = doc.page.url
    site = site_of(url) if url else None
    if site:
        host = site.partition(":")[0]
        names += [host, host.partition(".")[0], "www." + host]
    folded = {fold(plain(name)) for name in names if len(name) < 100}
    headline = structured.text(structured.article, "headline")
    if headline and len(headline.split()) > _LONGEST_NAME:
        folded.discard(fold(headline))  # a page that names itself, not its site
    return frozenset(name for name in folded if len(name) > 1)


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[str, ...]:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if _UNSPACED.search(text):
        # Scripts without spaces: two characters do for a word.
        joined = "".join(words)
        return tuple(joined[i : i + 2] for i in range(len(joined) - 1))
    return tuple(words)


def _alike(one: str, other: str) -> float:
    """Return how far two headlines say the same: 1 for the same letters, else the share of common words."""
    if fold(one) == fold(other):
        return 1.0
    first, second = set(_words(one)), set(_words(other))
    if not first or not second:
        return 0.0
    common = len(first & second)
    return 0.95 * (0.5 * common / min(len(first), len(second)) + 0.5 * common / max(len(first), len(second)))


def _witnesses(doc: Document, structured: Structured, names: frozenset[str]) -> list[_Witness]:
    """Return what the page calls itself for machines, most trusted first, without the site's name."""
    found: list[tuple[str, str]] = []
    for key in ("headline", "name"):
        text = structured.text(structured.article, key)
        if text:
            found.append((text, f"json-ld {key}"))
            break
    for name in ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title"):
        found += [(plain(text), f"meta {name}") for text in doc.meta.get(name, ())[:1]]
    for element in doc.tags("title"):
        parent = element.getparent()
        if parent is not None and parent.tag in {"head", "html", "body"}:
            found.append((plain(element.text or ""), "<title>"))
            break
    # Open Graph carries no site's name by design, <title> does: it comes last, yet what it cuts from itself, all cut.
    found.sort(key=lambda item: (not item[1].startswith("meta og"), not item[1].startswith("json-ld")))
    witnesses: dict[str, _Witness] = {}
    for told, rule in found:
        whole = told[: 3 * _LONGEST]
        text = without_site(whole, names, only_known=rule != "<title>")[:_LONGEST]
        if len(text) < len(whole):
            text = _without_section(doc, structured, text)
        key = fold(text)
        if key and key not in names:
            witnesses.setdefault(key, _Witness(text, rule)).sources.add(_SOURCES.get(rule, rule))
    for witness in witnesses.values():
        for head in _heads(witness.text):
            if len(key := fold(head)) >= _SHORTEST_PART and key in witnesses:
                witnesses[key].sources |= witness.sources  # the same, with more behind it
    return list(witnesses.values())


def _without_section(doc: Document, structured: Structured, text: str) -> str:
    """Cut the section that stands between a headline and the site's name, where the page has a link of that name."""
    tail = _SECTION_TAIL.search(text)
    if tail is None or tail.start() < _SHORTEST_PART:
        return text
    section = fold(tail[1])
    named = (*doc.meta.get("article:section", ()), *structured.texts(structured.article, "articleSection"))
    told = any(fold(name) == section for name in named)
    if told or any(fold(doc.text_of(anchor)) == section for anchor in doc.anchors):
        return text[: tail.start()].rstrip()
    return text


def _headings(doc: Document, names: frozenset[str]) -> Iterator[tuple[Element, str, float]]:
    seen: set[Element] = set()
    for written in doc.tags("h1"):
        seen.add(written)
        element, below = written, written.getnext()
        text = text_of(element, typographic=True)[:_LONGEST]
        if not text and not len(element) and below is not None and below.tag == "p":
            # A paragraph cannot stand within a heading: the parser has put it behind.
            element, text = below, text_of(below, typographic=True)[:_LONGEST]
        if not text or "{{" in text or fold(text) in names:
            continue
        label = _label(element)
        weight = 0.1
        if _HEADLINE_CLASS.search(label):
            weight += 0.1
        if _OTHER_CLASS.search(label) or _OTHER_CLASS.search(_label(element.getparent())):
            weight -= 0.3
        yield element, text, weight
    count = 0
    for label, elements in doc.labels_with(_TITLE_PARTS):
        if not _is_headline_label(label):
            continue
        for element in elements[:10]:
            if element in seen or element.tag not in _HEADINGS or count >= 30:
                continue
            count += 1
            text = text_of(element, typographic=True)[:_LONGEST]
            if text and fold(text) not in names:
                yield element, text, 0.0 if element.tag in {"h2", "h3"} else -0.05


@lru_cache(maxsize=8192)
def _is_headline_label(label: str) -> bool:
    return bool(_HEADLINE_CLASS.search(label)) and not _OTHER_CLASS.search(label)


def _label(element: Element | None) -> str:
    if element is None:
        return ""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


def without_site(text: str, names: frozenset[str], *, only_known: bool = True) -> str:
    """Cut the site's name from either end of a headline.

    Args:
        text: the headline.
        names: folded names of the site.
        only_known: leave a last part alone that is none of them; the one in ``<title>`` is cut all the same.

    >>> without_site("Rain over Brest - The Gazette", frozenset({"thegazette"}))
    'Rain over Brest'
    """
    text = one_line(text, typographic=True)
    for _ in range(3):
        cuts = _cuts(text)
        if not cuts:
            break
        head, tail = text[: cuts[0].start()], text[cuts[-1].end() :]
        if _is_site(tail, names):
            text = text[: cuts[-1].start()]
        elif _is_site(head, names):
            text = text[cuts[0].end() :]
        else:
            break
    colon = text.find(": ")
    if colon > 0 and fold(text[:colon]) in names and len(text) - colon > 15:
        text = text[colon + 2 :]
    while cut := _UNSPACED_TAIL.search(text):
        if cut.start() < _SHORTEST_PART or (only_known and not _is_site(text[cut.end() :], names)):
            break
        text = text[: cut.start()]
    if not only_known:
        cuts = _cuts(text)
        if cuts:
            head, tail = text[: cuts[-1].start()], text[cuts[-1].end() :]
            strong = cuts[-1].group().strip() in {"|", "»", "•", "·", "::", "｜", "ㅣ", "│"}
            if strong and len(head) > 2 * len(tail):
                text = head
                if "|" in text and len(first := text.split("|")[0]) > len(text) / 2:
                    text = first
    return text.strip()


def _is_site(part: str, names: frozenset[str]) -> bool:
    folded = fold(part)
    if not folded:
        return True
    if folded in names:
        return True
    # "Actu – Le Quotidien du Silicium": a name with a word or two around it.
    return any(
        len(name) > 4
        and (name in folded or folded in name)
        and len(part) < 60
        and min(len(name), len(folded)) / max(len(name), len(folded)) > 0.4
        for name in names
    )
