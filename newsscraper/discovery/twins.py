"""Second addresses of one article: AMP and print views, learnt per site from pairs that pages name."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from newsscraper.address import Address

_AMP_PARAMETERS = frozenset({"amp", "outputtype", "amp_js_v", "usqp"})
_SUFFIXES = (re.compile(r"(?<=[^/])/amp/?$"), re.compile(r"\.amp(?=\.html?$)"), re.compile(r"(?<=[^/])\.amp$"))


def pattern(plain: Address, amp: Address) -> str | None:
    """Return how ``amp`` is made from ``plain``, as a pattern to keep, or ``None`` where no simple rule fits.

    >>> pattern(Address.of("https://a.example/x.html"), Address.of("https://a.example/x.html/amp"))
    'suffix:/amp'
    >>> pattern(Address.of("https://www.a.example/x"), Address.of("https://amp.a.example/x"))
    'host:amp.a.example>www.a.example'
    >>> pattern(Address.of("https://a.example/x"), Address.of("https://a.example/x?amp=1"))
    'query:amp=1'
    """
    one, two = plain.parts, amp.parts
    if one.netloc != two.netloc:
        same = one.path.rstrip("/") == two.path.rstrip("/") and one.query == two.query
        return f"host:{two.netloc}>{one.netloc}" if same else None
    if one.path.rstrip("/") == two.path.rstrip("/") and two.query and one.query != two.query:
        own = set(parse_qsl(one.query, keep_blank_values=True))
        added = [pair for pair in parse_qsl(two.query, keep_blank_values=True) if pair not in own]
        return f"query:{added[0][0]}={added[0][1]}" if len(added) == 1 else None
    if one.query == two.query:
        stem = one.path.rstrip("/")
        if two.path.startswith(stem) and two.path != one.path:
            return f"suffix:{two.path[len(stem) :]}" if stem else None
        if two.path.endswith(one.path) and len(two.path) > len(one.path):
            return f"prefix:{two.path[: -len(one.path)]}"
    return None


def plain_of(address: Address, learnt: str | None = None) -> Address:
    """Return the plain address behind an AMP one; any other address as it is.

    Args:
        address: of either.
        learnt: the site's own pattern, from `pattern`.

    >>> print(plain_of(Address.of("https://a.example/x.html/amp/")), plain_of(Address.of("https://a.example/x?amp=1")))
    https://a.example/x.html https://a.example/x
    >>> print(plain_of(Address.of("https://a.example/m/x"), "prefix:/m"))
    https://a.example/x
    >>> print(plain_of(Address.of("https://amp.a.example/x"), "host:amp.a.example>www.a.example"))
    https://www.a.example/x
    """
    parts = address.parts
    host, path, query = parts.netloc, parts.path, parts.query
    if query:
        kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0].lower() not in _AMP_PARAMETERS]
        if len(kept) != len(parse_qsl(query, keep_blank_values=True)):
            query = urlencode(kept)
    for suffix in _SUFFIXES:
        path = suffix.sub("", path)
    if learnt:
        kind, _, value = learnt.partition(":")
        if kind == "host" and host == value.partition(">")[0]:
            host = value.partition(">")[2]
        elif kind == "prefix" and path.startswith(value + "/"):
            path = path[len(value) :]
        elif kind == "suffix" and value and path.endswith(value) and len(path) > len(value):
            path = path[: -len(value)]
    if (host, path, query) == (parts.netloc, parts.path, parts.query):
        return address
    return Address.of(urlunsplit((parts.scheme, host, path, query, ""))) or address


def is_amp(address: Address, learnt: str | None = None) -> bool:
    """Whether an address is, by its form, the AMP view of another one.

    >>> is_amp(Address.of("https://a.example/x/amp")), is_amp(Address.of("https://a.example/amp"))
    (True, False)
    """
    return plain_of(address, learnt) is not address
