"""Parameters that say who reads and never what is read: a session's, on every link of a page, whatever it is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from urllib.parse import urlunsplit

from newsscraper.address import Address
from newsscraper.urls import says_nothing

FEWEST_LINKS = 4
SHARE = 0.8
"""Share of a page's links that carry a parameter with one and the same value, from which on it may be a session's."""
_MOST_LINKS = 1000

_NAME = re.compile(r"(?:^|[a-z_.-])s(?:ess(?:ion)?)?[_-]?(?:id|key|token)$|sess(?:ion)?", re.IGNORECASE)
_TOKEN = re.compile(
    # letters and digits mixed, a long number, letters that are no word
    r"(?=.*\d)(?=.*[A-Za-z])[\w.~,-]{8,}|\d{9,}|[A-Za-z_-]{20,}",
    re.ASCII,
)


def constant(links: Iterable[str]) -> dict[str, str]:
    """Return the parameters that nearly all links of a page carry with one and the same value.

    Args:
        links: addresses of the page's links to its own site, each once.

    >>> constant(f"https://a.example/read?id={n}&visit=81f3a0c7" for n in range(9))
    {'visit': '81f3a0c7'}
    >>> constant(f"https://a.example/read?id={n}" for n in range(9))
    {}
    """
    seen = list(links)[:_MOST_LINKS]
    queries = [query for link in seen if (query := link.partition("#")[0].partition("?")[2])]
    if len(queries) < max(FEWEST_LINKS, SHARE * len(seen) / 2):
        return {}
    counted: Counter[str] = Counter()
    for query in queries:
        counted.update({pair for pair in query.split("&") if not says_nothing(pair)})
    told = (pair for pair, count in counted.items() if count >= SHARE * len(queries))
    return {name: value for name, sign, value in (pair.partition("=") for pair in told) if value}


def is_told_by_looks(name: str, value: str) -> bool:
    """Whether a parameter on every link looks like a session's, by its name or its value.

    Where it does not (``lang=en``), it is one if another fetch of the same page shows another value.

    >>> is_told_by_looks("visit", "81f3a0c7"), is_told_by_looks("sid", "7"), is_told_by_looks("lang", "en")
    (True, True, False)
    """
    return bool(_NAME.search(name) or _TOKEN.fullmatch(value))


def without(address: Address, names: Collection[str]) -> Address:
    """Return the address without these parameters.

    >>> print(without(Address.of("https://a.example/read?id=7&visit=81f3a0c7"), {"visit"}))
    https://a.example/read?id=7
    """
    parts = address.parts
    if not names or not parts.query:
        return address
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if pair.partition("=")[0] not in names]
    if len(kept) == len(pairs):
        return address
    return Address.of(urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(kept), ""))) or address
