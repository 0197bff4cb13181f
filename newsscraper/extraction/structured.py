"""What the page says about itself for machines: JSON-LD and microdata, repaired, flattened, entities unescaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import msgspec

from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import plain, text_of
from newsscraper.extraction.tree import Element
from newsscraper.urls import url_key

Thing = dict[str, Any]

_MOST_BYTES = 8 * 1024 * 1024
_MOST_THINGS = 20_000
_DEEPEST = 60

# Types of schema.org that are one article, and those that are one only where nothing better is on the page.
_ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "AdvertiserContentArticle", "AnalysisNewsArticle", "AskPublicNewsArticle",
        "BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle", "SatiricalArticle",
        "ScholarlyArticle", "MedicalScholarlyArticle", "TechArticle", "APIReference", "BlogPosting", "LiveBlogPosting",
        "Report", "SocialMediaPosting", "DiscussionForumPosting",
    }
)  # fmt: skip
_SECOND_TYPES = frozenset({"Review", "Recipe", "HowTo", "CreativeWork", "VideoObject", "PodcastEpisode", "ClaimReview"})
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "MedicalWebPage", "AboutPage", "FAQPage", "QAPage", "ArticlePage"})
# Keys below which things describe the page itself rather than something it mentions.
_OWN_KEYS = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "isPartOf", "@list", "@set"})

_TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'  # a string is left as it is
    r"|/\*.*?\*/|//[^\n]*|<!--|-->"  # comments go
    r"|,(?=\s*[}\]])"  # a comma before a closing bracket goes
    r"|\b(?:undefined|NaN|-?Infinity)\b",
    re.DOTALL,
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_WRAPPER = re.compile(r"^\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]>|-->)(?:\s*\*/)?;?\s*$")
_SALVAGE = re.compile(
    r'"(@type|headline|name|datePublished|dateModified|dateCreated|articleSection|description|inLanguage|url)"'
    r'\s*:\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
)
_SALVAGE_AUTHOR = re.compile(r'"author"\s*:\s*[\[{\s]*[^{}\[\]]{0,300}?"name"\s*:\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"')


@dataclass(slots=True)
class Structured:
    """Everything the page states in JSON-LD and microdata.

    Attributes:
        things: all objects, flattened: those nested in others too, in document order.
        article: the object that describes this page's article.
        webpage: the object that describes this page.
    """

    things: list[Thing] = field(default_factory=list)
    article: Thing | None = None
    webpage: Thing | None = None
    _by_id: dict[str, Thing] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """Return the object that ``{"@id": …}`` points to, or ``value`` itself."""
        if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str):
            return self._by_id.get(value["@id"], value)
        return value

    def values(self, thing: Thing | None, key: str) -> list[Any]:
        """Return the values of ``key`` as a flat list, pointers resolved."""
        if not thing:
            return []
        flat: list[Any] = []
        stack = [thing.get(key)]
        while stack and len(flat) < 1000:
            value = self.resolve(stack.pop())
            if isinstance(value, list):
                stack.extend(reversed(value))
            elif isinstance(value, dict) and "@list" in value:
                stack.append(value["@list"])
            elif value is not None:
                flat.append(value)
        return flat

    def texts(self, thing: Thing | None, key: str) -> list[str]:
        """Return the values of ``key`` as texts: strings, and the names of objects."""
        return [text for value in self.values(thing, key) if (text := text_value(value))]

    def text(self, thing: Thing | None, key: str) -> str | None:
        """Return the first text under ``key``."""
        return next(iter(self.texts(thing, key)), None)

    def of_type(self, *names: str) -> list[Thing]:
        """Return the things of one of these types."""
        return [thing for thing in self.things if any(name in names for name in types_of(thing))]


def text_value(value: Any) -> str | None:
    """Return what a JSON-LD value says in words: a string, a number, or an object's ``name`` or ``@value``.

    >>> text_value({"@type": "Person", "name": "Zo&eacute;"}), text_value("null"), text_value([])
    ('Zoé', None, None)
    """
    for _ in range(4):
        if isinstance(value, dict):
            value = next((value[key] for key in ("@value", "name", "headline", "caption") if value.get(key)), None)
        elif isinstance(value, list):
            value = next((item for item in value if item), None)
        else:
            break
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return None
    text = plain(value)
    return text if text and text.lower() not in {"null", "none", "undefined", "false", "n/a"} else None


def types_of(thing: Thing) -> tuple[str, ...]:
    """Return the bare names of a thing's types: ``"https://schema.org/NewsArticle"`` is ``NewsArticle``."""
    kinds = thing.get("@type")
    if isinstance(kinds, str):
        return (_bare(kinds),)
    if isinstance(kinds, list):
        return tuple(_bare(kind) for kind in kinds if isinstance(kind, str))
    return ()


def read(doc: Document) -> Structured:
    """Read all JSON-LD and microdata of a page; what cannot be read is left out, never raised."""
    found = Structured()
    own: list[Thing] = []
    for value in _json_ld(doc):
        _flatten(value, found.things, own)
    for thing in _microdata(doc):
        _flatten(thing, found.things, own)
    for thing in found.things:
        identity = thing.get("@id")
        if isinstance(identity, str) and len(thing) > len(found._by_id.get(identity, ())):
            found._by_id[identity] = thing
    found.webpage = next((thing for thing in own if not _PAGE_TYPES.isdisjoint(types_of(thing))), None)
    found.article = _of_this_page(doc, found, own)
    return found


@lru_cache(maxsize=256)
def _bare(kind: str) -> str:
    return re.split(r"[/#:]", kind.strip())[-1]


def _json_ld(doc: Document) -> Iterator[Any]:
    for script in doc.tags("script"):
        kind = script.get("type")
        if kind and "ld+json" in kind.lower() and script.text:
            yield from parse_json(script.text)


def parse_json(text: str) -> list[Any]:
    """Parse JSON as pages carry it: with comments, trailing commas, raw newlines, entities, several values in a row.

    Returns:
        The values; where nothing can be parsed, one object of the plain fields that are still readable; else none.

    >>> parse_json('{"a": [1, 2,],} // end')
    [{'a': [1, 2]}]
    """
    text = text[:_MOST_BYTES].strip().strip("\ufeff;")
    if not text:
        return []
    try:
        return [msgspec.json.decode(text)]
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        pass
    text = _WRAPPER.sub("", text).strip()
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = text.replace("&quot;", '"')
    for candidate in (text, _TOKEN.sub(_repair, text)):
        for attempt in (candidate, _BAD_ESCAPE.sub(r"\\\\", candidate)):
            values = _concatenated(attempt)
            if values:
                return values
    return _salvage(text)


def _repair(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == '"':
        return found
    return "null" if found[0] in "uNI-" and found != "-->" else ""


_decoder = json.JSONDecoder(strict=False)


def _concatenated(text: str) -> list[Any]:
    values: list[Any] = []
    position, end = 0, len(text)
    while position < end and len(values) < 200:
        try:
            value, position = _decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            # The first value broken: the text as a whole is to be repaired. A later one: keep what there is.
            return values
        values.append(value)
        while position < end and text[position] in " \t\r\n,;":
            position += 1
    return values


def _salvage(text: str) -> list[Any]:
    thing: Thing = {}
    for key, value in _SALVAGE.findall(text[:200_000]):
        thing.setdefault(key, value.replace('\\"', '"').replace("\\/", "/"))
    authors = [{"@type": "Person", "name": name} for name in _SALVAGE_AUTHOR.findall(text[:200_000])]
    if authors:
        thing["author"] = authors
    return [thing] if len(thing) > 1 else []


def _flatten(value: Any, things: list[Thing], own: list[Thing]) -> None:
    stack: list[tuple[Any, bool, int]] = [(value, True, 0)]
    while stack and len(things) < _MOST_THINGS:
        item, is_own, depth = stack.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(item, list):
            stack.extend((child, is_own, depth + 1) for child in reversed(item) if isinstance(child, dict | list))
        elif isinstance(item, dict):
            if "@type" in item or "@id" in item:
                things.append(item)
                if is_own:
                    own.append(item)
            elif depth == 0 and "headline" in item:
                item["@type"] = "Article"
                things.append(item)
                own.append(item)
            stack.extend(
                (child, is_own and key in _OWN_KEYS, depth + 1)
                for key, child in reversed(item.items())
                if isinstance(child, dict | list)
            )


def _of_this_page(doc: Document, found: Structured, own: list[Thing]) -> Thing | None:
    """Choose among the article-like things: the one whose address is this page's, then the fullest, then the first."""
    candidates: list[tuple[Thing, bool]] = []
    for thing in found.things:
        kinds = types_of(thing)
        first = not _ARTICLE_TYPES.isdisjoint(kinds) or any(kind.endswith("NewsArticle") for kind in kinds)
        if first or not _SECOND_TYPES.isdisjoint(kinds):
            candidates.append((thing, first))
    if not candidates:
        return None
    addresses = {key for url in _addresses_of_page(doc) if (key := _key(url))}
    best: Thing | None = None
    best_rank: tuple[bool, bool, bool, int] | None = None
    is_own = {id(thing) for thing in own}
    for thing, first in candidates:
        mine = id(thing) in is_own
        same = bool(addresses) and any(_key(url) in addresses for url in _addresses_of_thing(thing, doc.base_url or ""))
        if not mine and not (same and first):
            continue
        keys = sum(
            1
            for key in ("headline", "datePublished", "author", "articleBody", "dateModified", "image")
            if thing.get(key)
        )
        if not keys:
            continue
        rank = (first, same, mine, keys)
        if best_rank is None or rank > best_rank:
            best, best_rank = thing, rank
    return best


def _addresses_of_page(doc: Document) -> Iterator[str]:
    if doc.page.url:
        yield doc.page.url
    for link in doc.tags("link"):
        href = link.get("href")
        if href and (link.get("rel") or "").lower() == "canonical":
            yield _join(doc.base_url, href)
    yield from (_join(doc.base_url, url) for url in doc.meta.get("og:url", ())[:2])


def _addresses_of_thing(thing: Thing, base: str) -> Iterator[str]:
    for key in ("mainEntityOfPage", "url", "@id"):
        value = thing.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value and not value.startswith("#"):
            yield _join(base, value.partition("#")[0])


def _key(url: str) -> str | None:
    try:
        return url_key(url)
    except ValueError:
        return None


def _join(base: str | None, url: str) -> str:
    try:
        return urljoin(base or "", url.strip())
    except ValueError:
        return url


def _microdata(doc: Document) -> Iterator[Thing]:
    """Yield the page's outermost items that describe an article or the page, with their properties."""
    scopes = doc.scopes
    if len(scopes) > 2000:
        return
    nested: set[Element] = set()
    for scope in scopes:
        kind = _bare(scope.get("itemtype") or "")
        if scope in nested or kind not in _ARTICLE_TYPES | _SECOND_TYPES:
            continue
        thing: Thing = {"@type": kind}
        if scope.get("itemid"):
            thing["@id"] = scope.get("itemid")
        _properties(scope, thing, nested)
        yield thing


def _properties(scope: Element, thing: Thing, nested: set[Element]) -> None:
    stack: list[tuple[Element, Thing, int]] = [(child, thing, 0) for child in reversed(scope.children)]
    while stack:
        element, owner, depth = stack.pop()
        name = element.get("itemprop")
        is_scope = element.get("itemscope") is not None
        inner = owner
        if is_scope:
            nested.add(element)
            inner = {"@type": _bare(element.get("itemtype") or "Thing")}
            if not name:
                continue  # an item of its own inside another, such as a comment
        if name:
            value: Any = inner if is_scope else _property_value(element, name)
            for key in name.split():
                _add(owner, key, value)
        if depth < _DEEPEST:
            stack.extend((child, inner, depth + 1) for child in reversed(element.children))


def _property_value(element: Element, name: str) -> str | None:
    value: str | None = element.get("content")
    tag = element.tag
    if value is not None:
        return value
    if tag in {"a", "link", "area"} and name not in {"author", "name", "headline", "articleSection", "keywords"}:
        value = element.get("href")
    elif tag in {"img", "audio", "video", "source", "iframe", "embed", "amp-img"}:
        value = element.get("src")
    elif tag in {"time", "data", "meter"} and (element.get("datetime") or element.get("value")):
        value = element.get("datetime") or element.get("value")
    elif name not in {"articleBody", "text", "reviewBody"}:  # the whole body: whoever needs it reads the tree
        value = text_of(element)
    return value


def _add(owner: Thing, key: str, value: Any) -> None:
    if value is None or value == "":
        return
    if key not in owner:
        owner[key] = value
    elif isinstance(owner[key], list):
        if len(owner[key]) < 200:
            owner[key].append(value)
    else:
        owner[key] = [owner[key], value]
