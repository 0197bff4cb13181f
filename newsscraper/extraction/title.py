"""The headline, without the site's name, and the element that shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import fold, one_line, plain, text_of
from newsscraper.extraction.structured import Structured
from newsscraper.urls import site_of

_LONGEST = 400
# What stands between a headline and the name of its site, spaces around it; a colon only behind a leading name.
_SEPARATOR = re.compile(r"\s+(?:[|¦｜·•∙»«›‹~⁞/]|::|[-–—―])\s+|\s*[|¦｜]\s*|\s+»\s*|(?<=\S)\s?[—–]\s+|\s*\uff0d\s*")
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
    """What the page calls itself in one place or several."""

    text: str
    rule: str
    sources: int = 0


def read(doc: Document, structured: Structured) -> tuple[str | None, HtmlElement | None]:
    """Return the headline as the page shows it and the element that shows it.

    What the page shows is believed where its own account for machines (JSON-LD, Open Graph, ``<title>``) says much
    the same; a heading that nothing else bears out (a section's name, a slogan) is not.
    """
    names = site_names(doc, structured)
    witnesses = _witnesses(doc, structured, names)
    headings = list(_headings(doc, names))
    best: tuple[float, float, HtmlElement, str] | None = None
    for position, (element, text, weight) in enumerate(headings):
        support = max((_alike(text, witness.text) for witness in witnesses), default=0.0)
        # Of equals the first wins; a headline class is worth a little, agreement much.
        rank = support + weight - min(position, 20) * 0.01
        if best is None or rank > best[0] + 1e-9:
            best = (rank, support, element, text)
    if best is not None:
        _, support, element, text = best
        # Many first-rank headings are the text's own: one of them needs more to pass for the headline.
        needed = 0.6 if element.tag == "h1" and len(doc.tags("h1")) > 3 else 0.15 if element.tag == "h1" else 0.3
        if support > needed or not witnesses:
            text = _without_site(text, names, only_known=True)
            inner = _inner(text, witnesses)
            doc.explain("title", "believed", f"heading <{element.tag}>", inner or text)
            _explain(doc, witnesses, inner or text)
            return inner or text, element
    if witnesses:
        doc.explain("title", "believed", witnesses[0].rule, witnesses[0].text, "no heading bears it out")
        _explain(doc, witnesses[1:], witnesses[0].text)
        return witnesses[0].text, None
    return None, None


def _inner(heading: str, witnesses: list[_Witness]) -> str | None:
    """Return the headline within a heading that also holds a kicker, a label or a date, or shouts it in capitals."""
    for witness in witnesses:
        if heading.isupper() and not witness.text.isupper() and _alike(heading, witness.text) > 0.85:
            return witness.text
        place = heading.find(witness.text)
        if place < 0 or len(witness.text) < 12 or len(witness.text) == len(heading):
            continue
        before, after = heading[:place].strip(), heading[place + len(witness.text) :].strip()
        if after and not _DATED.match(after):
            continue
        if witness.sources > 1 and len(before) < len(witness.text) and not after:
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
        names += [site, site.partition(".")[0], "www." + site]
    folded = {fold(plain(name)) for name in names if len(name) < 100}
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
        if element.getparent() is not None and element.getparent().tag in {"head", "html", "body"}:
            found.append((plain(element.text or ""), "<title>"))
            break
    # Open Graph carries no site's name by design, <title> does: it comes last, yet what it cuts from itself, all cut.
    found.sort(key=lambda item: (not item[1].startswith("meta og"), not item[1].startswith("json-ld")))
    witnesses: dict[str, _Witness] = {}
    for told, rule in found:
        text = _without_site(told[: 3 * _LONGEST], names, only_known=rule != "<title>")[:_LONGEST]
        key = fold(text)
        if key and key not in names:
            witnesses.setdefault(key, _Witness(text, rule)).sources += rule != "meta twitter:title"
    return list(witnesses.values())


def _headings(doc: Document, names: frozenset[str]) -> Iterator[tuple[HtmlElement, str, float]]:
    seen: set[HtmlElement] = set()
    for element in doc.tags("h1"):
        seen.add(element)
        text = text_of(element, typographic=True)[:_LONGEST]
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


def _label(element: HtmlElement | None) -> str:
    if element is None:
        return ""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


def _without_site(text: str, names: frozenset[str], *, only_known: bool) -> str:
    """Cut the site's name from either end; of ``<title>`` also a last part that no name is known for."""
    text = one_line(text, typographic=True)
    for _ in range(3):
        cuts = list(_SEPARATOR.finditer(text))
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
    if not only_known:
        cuts = list(_SEPARATOR.finditer(text))
        if cuts:
            head, tail = text[: cuts[-1].start()], text[cuts[-1].end() :]
            strong = cuts[-1].group().strip() in {"|", "»", "•", "·", "::", "｜"}
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
