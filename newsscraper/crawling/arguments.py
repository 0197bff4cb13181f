"""What ``scrapy crawl … -a name=value`` may say, checked before anything is fetched."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapy.exceptions import UsageError

from newsscraper.sites import values as sites

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("url", "since", "until", "limit", "sections", "urls", "site")
MAX_URLS = 1_000_000

_LENGTH = {"week": timedelta(days=7), "month": timedelta(days=31), "year": timedelta(days=366)}


@dataclass(frozen=True, slots=True)
class Arguments:
    """Checked arguments.

    Attributes:
        url: home of the site.
        since: articles published before it are left out.
        until: articles published at it or later are left out.
        limit: deliver so many articles at most.
        sections: names of the sections to keep to, as given.
        urls: the articles to fetch; empty: discover them.
    """

    url: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    sections: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


def check(given: Mapping[str, object], *, spider: str, now: datetime, timezone: str | None = None) -> Arguments:
    """Check the arguments of a crawl.

    Args:
        given: name → text, as Scrapy hands them in.
        spider: the spider's name, for messages.
        now: aware moment against which "2 days ago" counts.
        timezone: IANA name of the clock that bare days are on; UTC where not given.

    Raises:
        UsageError: an argument is unknown or cannot be read; the message says which and what would do.

    >>> given = {"limit": "5", "sections": "cloud, business"}
    >>> check(given, spider="news", now=datetime(2026, 11, 22, tzinfo=UTC)).sections
    ('cloud', 'business')
    """
    for name in given:
        if name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1)
            raise UsageError(
                f"unknown argument -a {name}=…{f' (did you mean {near[0]}?)' if near else ''}; "
                f"{spider} knows {', '.join(NAMES)}",
                print_help=False,
            )
    texts = {name: str(value).strip() for name, value in given.items() if value is not None}
    for name, text in texts.items():
        if not text:
            raise UsageError(f"-a {name}= is empty; leave it out or give it a value", print_help=False)
    since = _moment("since", texts["since"], now, timezone) if "since" in texts else None
    until = _moment("until", texts["until"], now, timezone, end=True) if "until" in texts else None
    if since and until and since >= until:
        raise UsageError(f"-a since={texts['since']} is not before -a until={texts['until']}", print_help=False)
    return Arguments(
        url=web_address("url", texts["url"]) if "url" in texts else None,
        since=since,
        until=until,
        limit=_limit(texts["limit"]) if "limit" in texts else None,
        sections=tuple(part.strip() for part in texts.get("sections", "").split(",") if part.strip()),
        urls=_urls(texts["urls"]) if "urls" in texts else (),
    )


def web_address(name: str, text: str) -> str:
    """Return ``text`` as a web address; a bare host gets ``https://``.

    Raises:
        UsageError: it is none.

    >>> web_address("url", "www.example.com")
    'https://www.example.com/'
    """
    try:
        return sites.web_address(text)
    except ValueError:
        raise UsageError(
            f"-a {name}={text} is not a web address; give one like https://www.example.com/", print_help=False
        ) from None


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise UsageError(f"-a limit={text} is not a number of articles; give a whole number from 1", print_help=False)
    return int(text)


def _moment(name: str, text: str, now: datetime, timezone: str | None, *, end: bool = False) -> datetime:
    from newsscraper.dates import parse

    try:
        zone = ZoneInfo(timezone) if timezone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    try:
        if day:
            found = datetime(*map(int, day.groups()), tzinfo=zone)  # type: ignore[arg-type,misc]
            return found + timedelta(days=1) if end else found
        moment = parse(text, reference=now, languages=("en",), timezone=timezone)
    except ValueError:
        moment = None
    if moment is None:
        raise UsageError(
            f'-a {name}={text} is not a date; give a day like 2026-11-01 or an age like "2 days ago"', print_help=False
        )
    value: datetime = moment.value
    value = value if value.tzinfo else value.replace(tzinfo=zone)
    if end and moment.precision in ("day", *_LENGTH):
        value += _LENGTH.get(moment.precision, timedelta(days=1))
    return value


def _urls(name: str) -> tuple[str, ...]:
    path = Path(name)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not a text file"
        raise UsageError(f"-a urls={name} cannot be read: {reason}", print_help=False) from error
    found: dict[str, None] = {}
    for number, line in enumerate(lines[:MAX_URLS], 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        try:
            found[web_address("urls", address)] = None
        except UsageError:
            raise UsageError(
                f"-a urls={name}, line {number}: {address[:80]} is not a web address", print_help=False
            ) from None
    if not found:
        raise UsageError(f"-a urls={name} names no address; write one on each line", print_help=False)
    return tuple(found)
