"""Why a request gave no page: one short name for the statistics and one sentence for a person, for every cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request gave no page.

    Attributes:
        slug: name under which it is counted: ``newsscraper/failed/<slug>``.
        sentence: what happened, for a person.
        passing: the next run may well get the page: an article may be missing until then.
    """

    slug: str
    sentence: str
    passing: bool = False


_REASONS = {
    reason.slug: reason
    for reason in (
        # refused by us
        Reason("private-address", "the address is on a loopback, private or link-local network"),
        Reason("not-http", "the address is neither http nor https"),
        Reason("bad-address", "the address cannot be read"),
        Reason("password-in-address", "the address holds a password; HTTPAUTH_USER and HTTPAUTH_PASS take it"),
        Reason("robots-forbidden", "robots.txt forbids it"),
        Reason("robots-unreachable", "robots.txt could not be read, so nothing of that host is fetched", passing=True),
        Reason("host-given-up", "the host failed too often in a row and is left alone for this run", passing=True),
        Reason("asked-to-come-back-later", "the host asked to come back later than this run waits", passing=True),
        Reason("stopped", "the crawl was stopped before its turn", passing=True),
        Reason("rights-reserved", "the site reserves the use of its pages"),
        Reason("other-site", "the address belongs to another site"),
        # this machine
        Reason("site-locked", "another run is crawling the site"),
        Reason("state-failed", "the crawl state cannot be used", passing=True),
        Reason("output-failed", "records cannot be written", passing=True),
        # the network
        Reason("no-such-host", "the host's name does not resolve", passing=True),
        Reason("connection-refused", "the host refuses connections", passing=True),
        Reason("connection-lost", "the connection broke", passing=True),
        Reason("timeout", "the answer took too long", passing=True),
        Reason("closed-mid-body", "the connection closed in the middle of the page", passing=True),
        Reason("tls", "the secure connection could not be made (certificate or protocol)", passing=True),
        Reason("proxy", "the proxy refused", passing=True),
        # the answer
        Reason("too-large", "the body is larger than DOWNLOAD_MAXSIZE"),
        Reason("decompression-bomb", "the body grows beyond DOWNLOAD_MAXSIZE when decompressed"),
        Reason("bad-compression", "the body cannot be decompressed"),
        Reason("headers-too-large", "the response headers are too large"),
        Reason("bad-response", "the answer is no HTTP"),
        Reason("too-many-redirects", "it redirects on and on"),
        Reason("redirect-loop", "it redirects in a circle"),
        Reason("rate-limited", "the host says: too many requests (429)", passing=True),
        Reason("unavailable", "the host is overloaded or down (502, 503, 504)", passing=True),
        Reason("server-error", "the host failed (5xx)", passing=True),
        Reason("not-found", "the page does not exist (404, 410)"),
        Reason("forbidden", "the host forbids it (401, 403, 451)"),
        Reason("client-error", "the host rejects the request (4xx)"),
        Reason("bad-redirect", "a redirect leads nowhere"),
        Reason("error", "an unexpected error", passing=True),
    )
}


def reason(slug: str) -> Reason:
    """Return the reason of that name.

    Raises:
        KeyError: there is none.

    >>> reason("timeout").sentence
    'the answer took too long'
    """
    return _REASONS[slug]


class Refused(IgnoreRequest):
    """A request that is not sent, or whose answer is not used, for a reason that has a name.

    >>> str(Refused("not-http", "file:///etc/passwd"))
    'the address is neither http nor https: file:///etc/passwd'
    """

    def __init__(self, slug: str, detail: str = "") -> None:
        self.reason = reason(slug)
        super().__init__(f"{self.reason.sentence}: {detail}" if detail else self.reason.sentence)


_BY_STATUS = {
    401: "forbidden",
    403: "forbidden",
    404: "not-found",
    410: "not-found",
    429: "rate-limited",
    451: "forbidden",
    502: "unavailable",
    503: "unavailable",
    504: "unavailable",
    522: "unavailable",
    524: "unavailable",
}

_BY_CLASS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "no-such-host"),
    (DownloadConnectionRefusedError, "connection-refused"),
    (DownloadTimeoutError, "timeout"),
    (ResponseDataLossError, "closed-mid-body"),
    (UnsupportedURLSchemeError, "not-http"),
    (NotSupported, "not-http"),
    (DownloadCancelledError, "too-large"),
)


def reason_for_status(status: int) -> Reason:
    """Return why an HTTP status is no page.

    >>> reason_for_status(404).slug, reason_for_status(500).slug, reason_for_status(302).slug
    ('not-found', 'server-error', 'bad-redirect')
    """
    if slug := _BY_STATUS.get(status):
        return _REASONS[slug]
    return _REASONS["server-error" if status >= 500 else "client-error" if status >= 400 else "bad-redirect"]


_BY_WORDING: tuple[tuple[str, str], ...] = (
    # What Scrapy's own middlewares say only as text.
    ("robots.txt", "robots-forbidden"),
    ("redirections", "too-many-redirects"),
    ("decompression", "decompression-bomb"),
    ("offsite", "other-site"),
    # What libraries below Scrapy say, with classes that would have to be imported only for their names.
    ("ssl", "tls"),
    ("verificationerror", "tls"),
    ("certificate", "tls"),
    ("tunnel", "proxy"),
    ("gzip", "bad-compression"),
    ("zlib", "bad-compression"),
    ("brotli", "bad-compression"),
    ("zstd", "bad-compression"),
    ("parseerror", "bad-response"),
    ("badresponse", "bad-response"),
    ("connect", "connection-lost"),
    ("responsefailed", "connection-lost"),
    ("downloadfailed", "connection-lost"),
    ("hostname", "bad-address"),
)


def reason_for_exception(exception: BaseException) -> Reason:
    """Return the reason behind an exception that a download ended with.

    >>> reason_for_exception(DownloadTimeoutError()).slug
    'timeout'
    """
    # Twisted wraps what ended a connection in a list of failures, Scrapy wraps that in an exception of its own.
    wrapped = [failure.value for failure in getattr(exception.__cause__, "reasons", None) or ()]
    for error in (exception, *wrapped):
        if isinstance(error, Refused):
            return error.reason
    slug = next((slug for class_, slug in _BY_CLASS if isinstance(exception, class_)), "")
    if not slug:
        words = " ".join(f"{type(error).__module__} {type(error).__name__} {error}" for error in (exception, *wrapped))
        slug = next((slug for word, slug in _BY_WORDING if word in words.lower()), "error")
    return _REASONS[slug]


PROBE = "probe"
"""Meta key of a request for something that need not be there (a guessed feed): its failure is nobody's loss."""


request_failed = object()
"""Scrapy signal: a request has finally failed. Receivers get ``request`` and ``reason``."""


def count_failure(crawler: Crawler, request: Request, cause: Reason) -> None:
    """Count a request that finally failed, once, and tell whoever listens; not one that only probed."""
    if not request.meta.get(PROBE):
        crawler.stats.inc_value(f"newsscraper/failed/{cause.slug}")
        crawler.signals.send_catch_log(request_failed, request=request, reason=cause)
