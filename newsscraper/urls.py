"""Names for pages: the canonical form of a URL, the site it belongs to, the id of the article behind it."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from newsscraper.suffixes import registrable

# Parameters that say where a reader came from or how the page is shown, never which article it is.
_TRACKING = re.compile(
    r"^(utm_.*|mtm_.*|pk_.*|at_(medium|campaign|link.*|custom.*|format|bbc.*|ptr.*)|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|"
    r"igshid|mc_[ce]id|_ga|_gl|_hs(enc|mi)|ncid|ocid|cmpid|smid|xtor|spm|wt_mc|ref_src|ref_url|__twitter_impression|"
    r"amp|outputType|print|replytocom|share|nb|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|oscsid|zenid)$",
    re.IGNORECASE,
)
_SESSION = re.compile(r";(?:jsession|phpsess|sess(?:ion)?)_?(?:id)?=[^/?#;]*|(?<=/)\(S\(\w+\)\)/", re.IGNORECASE)
# Names that others use for a story's number: a session where the value is one.
_SESSION_NAME = re.compile(r"^(?:s|sess(?:ion)?_?)id$", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"(?=.*\d)(?=.*[a-z])[\w,-]{8,}|\d{12,}|[\w,-]{20,}", re.IGNORECASE)


# Addresses that are canonical as they stand: most of a sitemap, and 20 µs each to find that out the long way.
_CANONICAL = re.compile(r"https?://[a-z0-9.-]+(:\d+)?/[A-Za-z0-9/_.~-]*")


@lru_cache(maxsize=4096)
def canonical_url(url: str) -> str:
    """Return the form of ``url`` by which two addresses of one page are compared.

    Fragment, session, tracking and view parameters go, parameters are sorted, host is lower case, no path is ``/``.
    Scheme, ``www.`` and trailing slash stay: whether they matter is the site's own affair (`rel=canonical`, redirects).

    >>> canonical_url("HTTPS://Example.com?utm_source=x&b=2&a=1#top")
    'https://example.com/?a=1&b=2'
    >>> canonical_url("https://example.com/a.do;jsessionid=8A2F?id=1&PHPSESSID=f3")
    'https://example.com/a.do?id=1'
    >>> canonical_url("https://example.com/a?sid=9f86d081884c7d65"), canonical_url("https://example.com/a?sid=4711")
    ('https://example.com/a', 'https://example.com/a?sid=4711')
    """
    if _CANONICAL.fullmatch(url):
        return url
    url = _SESSION.sub("", url)
    parts = urlsplit(url)
    if parts.query:
        drop = [pair.partition("=")[0] for pair in parts.query.split("&") if says_nothing(pair)]
        if drop:
            url = url_query_cleaner(url, drop, remove=True, unique=False)
    return canonicalize_url(url)


_OWN_PORTS = {"http": 80, "https": 443}


def says_nothing(pair: str) -> bool:
    """Whether a parameter never says which page it is.

    >>> says_nothing("utm_source=x"), says_nothing("id=7")
    (True, False)
    """
    name = pair.partition("=")[0]
    if _TRACKING.match(name):
        return True
    return bool(_SESSION_NAME.match(name) and _SESSION_VALUE.fullmatch(pair[len(name) + 1 :]))


@lru_cache(maxsize=4096)
def site_of(url: str) -> str | None:
    """Return the registrable host of ``url``, or the host itself for addresses and local names.

    A port that is not the scheme's own is part of the name: another server listens there.

    >>> site_of("https://www.bbc.co.uk/news"), site_of("https://www.bbc.co.uk:443/news"), site_of("http://[::1]:80/")
    ('bbc.co.uk', 'bbc.co.uk', '::1')
    >>> site_of("http://127.0.0.1:8000/a"), site_of("http://[::1]:8000/")
    ('127.0.0.1:8000', '[::1]:8000')
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    site = _site_of_host(host)
    if port is None or port == _OWN_PORTS.get(parts.scheme):
        return site
    return f"[{site}]:{port}" if ":" in site else f"{site}:{port}"


@lru_cache(maxsize=4096)
def _site_of_host(host: str) -> str:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return registrable(host)
    return host


def article_id(url: str) -> str:
    """Return the id of the article whose canonical URL is ``url``: 16 hex digits.

    ``http``/``https``, ``www.`` and a trailing slash do not change it.

    >>> article_id("https://www.example.com/a/") == article_id("http://example.com/a")
    True
    """
    return hashlib.blake2b(url_key(url).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """Return what two addresses of one page have in common: no scheme, no ``www.``, no trailing slash.

    >>> url_key("https://www.example.com/a/?utm_source=x")
    'example.com/a'
    """
    key = canonical_url(url).partition("://")[2]
    path, question, query = key.partition("?")
    return path.removeprefix("www.").rstrip("/") + question + query
