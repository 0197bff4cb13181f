"""The headline, without the site's name, and the element that shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import fold as fold
from newsscraper.extraction.plaintext import one_line, plain, text_of
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
_OTHER_CLASS = re.compile(
    r"site[-_]?(?:title|name|logo|brand)|logo|\bbrand|masthead|widget|sidebar|related|recent|newsletter|comment|modal|popup|"
    r"cookie|consent|menu|navbar|author[-_](?:title|name|bio)|footer|breadcrumb"
)
_HEADINGS = ("h1", "h2", "h3", "div", "p", "span", "header", "strong")
_WORD = re.compile(r"\w+")


def read(doc: Document, structured: Structured) -> tuple[str | None, HtmlElement | None]:
    """Return the headline as the page shows it and the element that shows it.

    What the page shows is believed where its own account for machines (JSON-LD, Open Graph, ``<title>``) says much
    the same; a heading that nothing else bears out (a section's name, a slogan) is not.
    """
    names = site_names(doc, structured)
    witnesses = list(_witnesses(doc, structured, names))
    headings = list(_headings(doc, names))
    best: tuple[float, HtmlElement, str] | None = None
    for position, (element, text, weight) in enumerate(headings):
        support = max((_alike(text, witness) for witness, _ in witnesses), default=0.0)
        # Of equals the first wins; a headline class is worth a little, agreement much.
        rank = support + weight - min(position, 20) * 0.01
        if best is None or rank > best[0] + 1e-9:
            best = (rank, element, text)
    if best is not None:
        rank, element, text = best
        support = max((_alike(text, witness) for witness, _ in witnesses), default=0.0)
        if support >= 0.3 or not witnesses or (element.tag == "h1" and support > 0.15):
            text = _without_site(text, names, only_known=True)
            doc.explain("title", "believed", f"heading <{element.tag}>", text)
            _explain(doc, witnesses, text)
            return text, element
    if witnesses:
        text, rule = witnesses[0]
        doc.explain("title", "believed", rule, text, "no heading bears it out")
        _explain(doc, witnesses[1:], text)
        return text, None
    return None, None


def _explain(doc: Document, witnesses: list[tuple[str, str]], chosen: str) -> None:
    for text, rule in witnesses:
        agrees = fold(text) == fold(chosen)
        doc.explain("title", "kept" if agrees else "set aside", rule, text, "says the same" if agrees else "")


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
    if len(words) <= 2 and len(text) > 12 and not text.isascii():
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


def _witnesses(doc: Document, structured: Structured, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield what the page calls itself for machines, most trusted first, without the site's name."""
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
    seen: set[str] = set()
    found.sort(key=lambda item: (not item[1].startswith("meta og"), not item[1].startswith("json-ld")))
    for told, rule in found:
        text = _without_site(told, names, only_known=rule != "<title>")[:_LONGEST]
        if text and fold(text) not in names and text not in seen:
            seen.add(text)
            yield text, rule


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
    for tag in _HEADINGS[1:]:
        for element in doc.tags(tag):
            label = element.get("class") or ""
            if element.get("itemprop") != "headline" and not (label and _HEADLINE_CLASS.search(label.lower())):
                continue
            if element in seen or count >= 30:
                continue
            count += 1
            text = text_of(element, typographic=True)[:_LONGEST]
            if text and fold(text) not in names and not _OTHER_CLASS.search(label.lower()):
                yield element, text, 0.0 if tag in {"h2", "h3"} else -0.05


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
            if cuts[-1].group().strip() in {"|", "»", "•", "·", "::", "｜"} and len(head) > 2 * len(tail):
                text = head
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
