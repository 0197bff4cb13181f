"""The article in the data that a page's scripts would show it from, where the page itself shows hardly any text.

Frameworks put what they show into the page as JSON (``__NEXT_DATA__``, Nuxt, Apollo, states of all kinds) or as
strings within a script. Nothing of that is named alike, so it is told by what it holds: the longest HTML, or the
longest run of paragraphs, and beside it dates and authors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from newsscraper.extraction.body.blocks import weight_of
from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import fold
from newsscraper.extraction.structured import Structured, Thing, parse_json

_SMALLEST_SCRIPT, _LARGEST_SCRIPT = 200, 4_000_000
_MOST_VALUES = 200_000
_DEEPEST = 40
_LEAST_TEXT, _LEAST_TOLD = 300, 100
"""Weight of a text, at least: of any, and of one that stands beside the page's own headline."""
_SHOWN = 600
"""Weight of the paragraphs of a page that shows its text itself, at least."""
_PARAGRAPH = 40
_OWNERS = 4
"""How far above a text its headline, dates and authors may stand."""

_HTML = re.compile(r"<(?:p|h[2-6]|br|div|ul|ol|blockquote)\b[^>]*>|&lt;p\b", re.IGNORECASE)
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.){100,})"|\'((?:[^\'\\\n]|\\.){100,})\'|`((?:[^`\\]|\\.){100,})`')
_ASSIGNED = re.compile(r"(?:=|\()\s*(?=[\[{])")
_PARSED = re.compile(r'JSON\.parse\(\s*("(?:[^"\\]|\\.)*")\s*\)')
_CONTENT = frozenset(
    "text content contents html value body children nodes data paragraph paragraphs attrs attributes model blocks "  # noqa: SIM905
    "items elements richtext document markup raw copy".split()
)
_LEADS = frozenset(("url", "slug", "href", "link", "permalink", "canonicalurl", "path", "uri"))
_PUBLISHED = re.compile(
    r"(?:date_?)?(?:first_?)?publi(?:shed|cation|sh)(?:_?(?:at|on|date|time|datetime|timestamp|utc|gmt))*|"
    r"display_?date|release_?date|pub_?date"
)
_MODIFIED = re.compile(r"(?:date_?|last_?)?(?:modified|updated)(?:_?(?:at|on|date|time|datetime|timestamp|utc|gmt))*")
_AUTHORS = re.compile(r"authors?|by_?lines?|writers?|written_?by|creators?")
_TITLES = frozenset(("headline", "title", "name", "seotitle", "headlines"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def complete(doc: Document, stated: Structured) -> bool:
    """Add to what a page states the text, dates and authors of its scripts' data, where it shows hardly any text.

    Returns:
        Whether a text was found that is longer than the page's own ``articleBody``.
    """
    if _shows_text(doc):
        return False
    best: tuple[int, str, list[dict[str, Any]]] | None = None
    titles = {fold(title) for title in _titles_of(doc, stated) if len(title) >= 10}
    for text, owners in _texts(doc):
        weight = weight_of(text)
        told = any(fold(value) in titles for owner in owners for value in _strings(owner, _TITLES))
        if weight < _LEAST_TEXT and not told:
            continue
        rank = weight * (3 if told else 1)
        if best is None or rank > best[0]:
            best = (rank, text, owners)
    if best is None:
        return False
    _, text, owners = best
    article: Thing = dict(stated.article or {})
    said = article.get("articleBody")
    if isinstance(said, str) and weight_of(said) > weight_of(text):
        return False
    article["articleBody"] = text
    for name, pattern in (("datePublished", _PUBLISHED), ("dateModified", _MODIFIED), ("author", _AUTHORS)):
        if not article.get(name):
            found = next((value for owner in owners for value in _named(owner, pattern)), None)
            if found is not None:
                article[name] = _moment(found) if name != "author" else _people(found)
    stated.article = {name: value for name, value in article.items() if value is not None}
    return True


def _shows_text(doc: Document) -> bool:
    weight = 0
    for paragraph in doc.tags("p"):
        text = doc.text_of(paragraph)
        if len(text) >= _PARAGRAPH:
            weight += weight_of(text)
            if weight >= _SHOWN:
                return True
    # Texts without paragraphs are rare, and dear to look for: all that is not script.
    return sum(len(doc.text_of(element)) for element in doc.tags("div") if not len(element)) >= _SHOWN


def _titles_of(doc: Document, stated: Structured) -> Iterator[str]:
    yield from doc.meta.get("og:title", ())
    yield from (doc.text_of(element) for element in doc.tags("h1"))
    if (headline := stated.text(stated.article, "headline")) is not None:
        yield headline


def _texts(doc: Document) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield long texts in scripts, with the objects that they stand in, the innermost first."""
    for script in doc.tags("script"):
        source = script.text
        if source is None or not _SMALLEST_SCRIPT <= len(source) <= _LARGEST_SCRIPT:
            continue
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind:
            continue
        found = False
        for value in _values(source, is_json="json" in kind):
            for text, owners in _texts_in(value):
                found = True
                yield text, owners
        if not found:
            yield from ((text, []) for text in _literals(source))


def _values(source: str, *, is_json: bool) -> Iterator[Any]:
    """Yield the JSON values of a script: all of it, or what it assigns."""
    if is_json:
        yield from parse_json(source)
        return
    decoder = json.JSONDecoder(strict=False)
    for match in _PARSED.finditer(source):
        try:
            yield json.loads(json.loads(match[1]))
        except (ValueError, RecursionError):
            continue
    position = 0
    while assigned := _ASSIGNED.search(source, position):
        position = assigned.end()
        try:
            value, position = decoder.raw_decode(source, position)
        except (ValueError, RecursionError):
            continue
        yield value


def _literals(source: str) -> Iterator[str]:
    for match in _LITERAL.finditer(source):
        written = next(group for group in match.groups() if group is not None)
        try:
            text = json.loads(f'"{_quoted(written)}"', strict=False)
        except ValueError:
            continue
        if len(_HTML.findall(text)) >= 2 and weight_of(text) >= _LEAST_TEXT:
            yield text


def _quoted(written: str) -> str:
    """Return a script's string as JSON would have it."""
    return re.sub(r"\\(?=[^\"\\/bfnrtu])|(?<!\\)(?=\")", lambda at: "" if at[0] else "\\", written)


def _texts_in(value: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    stack: list[tuple[Any, list[dict[str, Any]]]] = [(value, [])]
    seen = 0
    while stack and seen < _MOST_VALUES:
        item, owners = stack.pop()
        seen += 1
        if isinstance(item, str):
            if len(item) >= _LEAST_TOLD // 3 and weight_of(item) >= _LEAST_TOLD and _is_text(item):
                yield item, owners[: _OWNERS + 1]
        elif isinstance(item, dict) and len(owners) < _DEEPEST:
            stack.extend((inner, [item, *owners]) for inner in item.values() if isinstance(inner, str | dict | list))
        elif isinstance(item, list) and len(owners) < _DEEPEST:
            paragraphs = [_content(inner) for inner in item] if _is_run(item) else []
            prose = [text for text in paragraphs if weight_of(text) >= _PARAGRAPH]
            if len(prose) >= 2 and sum(map(weight_of, prose)) >= _LEAST_TOLD:
                yield "\n".join(text for text in paragraphs if text), owners[: _OWNERS + 1]
            stack.extend((inner, owners) for inner in item if isinstance(inner, str | dict | list))


def _is_text(text: str) -> bool:
    """Whether a string is HTML with paragraphs, or plain text in several."""
    if len(_HTML.findall(text, 0, 20_000)) >= 2:
        return "<script" not in text[:500]
    return text.count("\n") >= 2 and sum(weight_of(line) >= 2 * _PARAGRAPH for line in text.split("\n")) >= 2


def _is_run(items: list[Any]) -> bool:
    """Whether a list may hold the paragraphs of one text, and not several articles."""
    if not 2 <= len(items) <= 2000:
        return False
    objects = [item for item in items if isinstance(item, dict)]
    leading = sum(
        any(isinstance(value, str) and name.lower() in _LEADS for name, value in item.items())
        and any(name.lower() in _TITLES for name in item)
        for item in objects
    )
    return leading * 4 <= len(items)


def _content(item: Any, depth: int = 0) -> str:
    """Return the text of one item of a run: of strings under names that say content."""
    if isinstance(item, str):
        return item.strip() if " " in item.strip() or not item.isascii() else ""
    if depth > 8:
        return ""
    if isinstance(item, list):
        return "".join(_text(inner, depth + 1) for inner in item)
    if isinstance(item, dict):
        return " ".join("".join(_text(item, depth)).split())
    return ""


def _text(item: Any, depth: int) -> str:
    if isinstance(item, str):
        return item
    if depth > 8:
        return ""
    if isinstance(item, list):
        return "".join(_text(inner, depth + 1) for inner in item)
    if isinstance(item, dict):
        named = [(name, value) for name, value in item.items() if name.lower().replace("_", "") in _CONTENT]
        best = ""
        for _, value in named:
            text = _text(value, depth + 1) if isinstance(value, str | list | dict) else ""
            if len(text) > len(best):
                best = text
        return best
    return ""


def _named(owner: dict[str, Any], pattern: re.Pattern[str]) -> Iterator[Any]:
    for name, value in owner.items():
        if value and pattern.fullmatch(_CAMEL.sub("_", name).lower()):
            yield value


def _strings(owner: dict[str, Any], names: frozenset[str]) -> Iterator[str]:
    for name, value in owner.items():
        if name.lower() in names:
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from (inner for inner in value.values() if isinstance(inner, str))


def _moment(value: Any) -> str | None:
    """Return a moment as text; numbers are seconds or milliseconds since 1970."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value > 100_000_000_000 else value
        try:
            return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds > 0 else None
        except (OverflowError, ValueError, OSError):
            return None
    return None


def _people(value: Any) -> Any:
    """Return authors as JSON-LD would have them: strings, and objects with a name."""
    if isinstance(value, list):
        return [person for one in value[:20] if (person := _people(one)) is not None] or None
    if isinstance(value, dict):
        name = next((text for text in _strings(value, frozenset(("name", "fullname", "displayname", "title")))), None)
        return {"@type": "Person", "name": name} if name else None
    return value if isinstance(value, str) else None
