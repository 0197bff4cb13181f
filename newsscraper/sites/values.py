"""What each key of a site may say: a spider's attributes and a table's keys are checked by the same words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsscraper.extraction.rules import FIELDS
from newsscraper.extraction.rules.selectors import check as check_selector

RENDER = ("never", "needed", "always")
_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h|d|w)")


def web_address(text: str) -> str:
    """Return ``text`` as a web address; a bare host gets ``https://``.

    Raises:
        ValueError: it is none.

    >>> web_address("www.example.com")
    'https://www.example.com/'
    """
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    if (
        not host
        or parts.scheme not in ("http", "https")
        or re.search(r"\s", address)
        or not re.search(r"[.:]|^localhost$", host)
    ):
        raise ValueError(f"{text!r} is not a web address; give one like https://www.example.com/")
    return address if parts.path else address + "/"


def nearest(word: str, words: Iterable[str], least: float = 0.6) -> str | None:
    """Return the one of ``words`` that ``word`` may have been meant for; ``least`` of 1: they are the same.

    >>> nearest("athors", FIELDS)
    'authors'
    """
    return next(iter(difflib.get_close_matches(word.lower(), list(words), 1, least)), None)


def check(key: str, value: object) -> Any:
    """Return what a key says, in the form that `newsscraper.sites.site.Site` holds it.

    Args:
        key: one of `KEYS`.
        value: as written: texts, lists of texts, tables.

    Raises:
        ValueError: it cannot be that; the message begins with the key and says what would do.

    >>> check("every", "30min")
    1800.0
    >>> check("timezone", "Paris")
    Traceback (most recent call last):
    ValueError: timezone = 'Paris' is not a time zone; give one like "Europe/Paris"
    """
    return _CHECKS[key](key, value)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key} = {value!r} must be a text in quotes")
    if not value.strip():
        raise ValueError(f"{key} is empty; leave it out or give it a value")
    return value.strip()


def _texts(key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(key, value),)
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{key} = {value!r} must be a text or a list of texts")
    return tuple(_text(key, one) for one in value)


def _url(key: str, value: object) -> str:
    return web_address(_text(key, value))


def _host(key: str, value: object) -> str:
    host = _text(key, value)
    if re.search(r"[\s/@]", host):
        raise ValueError(f"{key} = {value!r} is not a host; give one like example.com")
    return host.lower()


def _language(key: str, value: object) -> str:
    if not re.fullmatch(r"[a-z]{2}", _text(key, value)):
        raise ValueError(f'{key} = {value!r} is not a language; give the two letters of ISO 639-1, like "fr"')
    return _text(key, value)


def _timezone(key: str, value: object) -> str:
    name = _text(key, value)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ValueError(f'{key} = {value!r} is not a time zone; give one like "Europe/Paris"') from None
    return name


def _pattern(key: str, value: object) -> re.Pattern[str]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        return value
    text = _text(key, value)
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{key} = {text!r} is not a regular expression: {error}") from None


def _patterns(key: str, value: object) -> tuple[re.Pattern[str], ...]:
    if isinstance(value, (str, re.Pattern)):
        return (_pattern(key, value),)
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"{key} = {value!r} must be a regular expression or a list of them")
    return tuple(_pattern(key, one) for one in value)


def _place(key: str, text: str) -> str:
    try:
        wrong = bool(re.search(r"\s", text)) or urlsplit(text).scheme not in ("", "http", "https")
    except ValueError:
        wrong = True
    if wrong:
        raise ValueError(f'{key} = {text!r} is not an address; give one like "/feed" or "https://www.example.com/feed"')
    return text


def _places(key: str, value: object) -> tuple[str, ...]:
    return tuple(_place(key, text) for text in _texts(key, value))


def _sections(key: str, value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        raise ValueError(f'{key} = {value!r} must give each section\'s name its address, like {{cloud = "/cloud"}}')
    return {_text(key, name): _place(key, _text(key, place)) for name, place in value.items()}


def _render(key: str, value: object) -> str:
    if value not in RENDER:
        raise ValueError(f"{key} = {value!r} can be {', '.join(RENDER)}")
    return str(value)


def _every(key: str, value: object) -> float | None:
    if value is None or value == "auto":
        return None
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not (seconds := float(found[1]) * _SECONDS[found[2]]):
        raise ValueError(f'{key} = {value!r} is not a length of time; give one like "30min", "2h", "1d", or "auto"')
    return seconds


def _truth(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{key} = {value!r} must be true or false")
    return value


def _selectors(key: str, value: object) -> tuple[str, ...]:
    selectors = _texts(key, value)
    for selector in selectors:
        try:
            check_selector(selector, elements=key in ("text", "remove"))
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None
    return selectors


_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "start_url": _url,
    "site": _host,
    "language": _language,
    "timezone": _timezone,
    "article_url": _pattern,
    "exclude": _patterns,
    "sections": _sections,
    "feeds": _places,
    "sitemaps": _places,
    "render": _render,
    **dict.fromkeys(FIELDS, _selectors),
    "revise_on_extra": _truth,
    "every": _every,
    "health_off": _texts,
    "spider": _text,
}

KEYS: tuple[str, ...] = tuple(_CHECKS)
"""Keys of a site, in the order in which they are described."""
