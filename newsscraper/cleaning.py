"""Text that cannot break a line: what a hostile or broken page puts into strings is replaced before it is a record."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import Any, TypeVar

from newsscraper.article import DEEPEST, Article

_T = TypeVar("_T")

# Control characters but tab and newline, and halves of surrogate pairs.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|\x85|\u2028|\x0b|\x0c")
_PARAGRAPH = "\u2029"
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Whatever one of the patterns above would replace, in one look."""
_NOT_IN_URL = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# JSON allows these as they are, but `str.splitlines` breaks lines at them. Cleaning leaves none; should one come from
# elsewhere, it is escaped.
_ESCAPES = {"\x85": b"\\u0085", "\u2028": b"\\u2028", "\u2029": b"\\u2029"}
_SEPARATORS = [(separator.encode(), escape) for separator, escape in _ESCAPES.items()]

_URLS = ("url", "source_url", "tdm_policy")


def clean(article: Article) -> None:
    """Replace in all strings of a record what no JSONL reader should meet, in place; what is left empty is ``None``.

    Line separators become newlines in ``text`` and spaces elsewhere, other control characters and lone surrogates
    U+FFFD; in addresses they are percent-escaped. A list loses entries that are left empty, save in ``extra``.

    >>> article = Article(title="a\\x00b", text="one\\u2028two", tags=["", "x"])
    >>> clean(article)
    >>> article.title, article.text, article.tags
    ('a\ufffdb', 'one\\ntwo', ['x'])
    """
    text = None if article.text is None else clean_text(article.text).strip() or None
    extra = _clean_json(article.extra)
    article.text, article.extra = None, {}
    _clean_fields(article)
    article.text, article.extra = text, extra


def clean_text(text: str) -> str:
    """Return a string without control characters, line separators and lone surrogates."""
    if text.isprintable() or not _SUSPECT.search(text):
        return text
    text = _BREAKS.sub("\n", text).replace(_PARAGRAPH, "\n\n")
    return _UNFIT.sub("\ufffd", text)


def to_line(article: Article) -> bytes:
    """Return the record as one line of JSON with its newline: one line for every reader, `str.splitlines` included."""
    line = article.to_json()
    for separator, escape in _SEPARATORS:
        if separator in line:
            line = line.replace(separator, escape)
    return line + b"\n"


def _clean_fields(record: Any) -> None:
    for name in _names(record.__class__):
        value = getattr(record, name)
        if value is None or value == [] or isinstance(value, (bool, int, float)):
            continue
        cleaned = _clean_url(value) if name in _URLS and isinstance(value, str) else _clean_value(value)
        if cleaned is not value:
            setattr(record, name, cleaned)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        if value.isprintable() and value == value.strip() and "  " not in value:  # nearly all: no other space prints
            return value or None
        return " ".join(clean_text(value).split()) or None
    if isinstance(value, list):
        return [cleaned for each in value if (cleaned := _clean_value(each)) is not None]
    if isinstance(value, dict):
        return {clean_text(key): each for key, each in value.items()}
    if dataclasses.is_dataclass(value):
        _clean_fields(value)
    return value


def _clean_json(value: Any, depth: int = 0) -> Any:
    """Return a site's own value with its texts cleaned; what is no JSON stays as it is, for validation to name."""
    if isinstance(value, str):
        return clean_text(value)
    if depth > DEEPEST:
        return value
    if isinstance(value, list):
        return [_clean_json(each, depth + 1) for each in value]
    if isinstance(value, dict):
        names = {key: clean_text(key) if isinstance(key, str) else key for key in value}
        return {names[key]: _clean_json(each, depth + 1) for key, each in value.items()}
    return value


def _clean_url(url: str) -> str | None:
    return _NOT_IN_URL.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode("utf-8", "replace")), url) or None
