"""What a page in the browser may load: its scripts and what they ask for, and nothing that only people look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from newsscraper.urls import site_of

MAX_REQUESTS = 60
"""Requests of one page."""

_SCRIPTED = frozenset({"script", "fetch", "xhr"})
_SENT_ALONG = ("accept", "accept-language", "content-type", "origin", "referer", "x-requested-with")
_TOLD = ("content-type", "access-control-allow-origin", "access-control-allow-credentials")
# Nothing in an address tells a tracker from a site's own script on another host; these are on most news sites.
_TRACKERS = frozenset(
    "adnxs.com adsrvr.org amazon-adsystem.com at-internet.com casalemedia.com chartbeat.com chartbeat.net clarity.ms "  # noqa: SIM905
    "criteo.com criteo.net demdex.net doubleclick.net facebook.com facebook.net google-analytics.com "
    "googlesyndication.com googletagmanager.com googletagservices.com hotjar.com mxpnl.com newrelic.com nr-data.net "
    "omtrdc.net outbrain.com parsely.com permutive.com piano.io pubmatic.com quantserve.com rubiconproject.com "
    "scorecardresearch.com segment.com segment.io sentry.io taboola.com teads.tv tiqcdn.com xiti.com".split()
)


class Judgement(Enum):
    """What becomes of a request."""

    LOAD = "it is fetched"
    EMPTY = "it is answered with nothing, for scripts that wait for it"
    REFUSE = "it fails"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks for.

    Attributes:
        url: address, absolute.
        kind: ``script``, ``fetch``, ``xhr``, ``stylesheet``, ``image``, ``document``, …
        method: of HTTP.
        headers: by lower-case name.
        body: what is sent.
    """

    url: str
    kind: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def sent_along(self) -> dict[str, str]:
        """Return the headers that the site needs in order to answer; none tells who asks."""
        return {name: value for name, value in self.headers.items() if name in _SENT_ALONG}


@dataclass(frozen=True, slots=True)
class Told:
    """What it is answered.

    Attributes:
        status: of HTTP.
        headers: those that a browser needs of it, by lower-case name.
        body: unpacked.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @staticmethod
    def needed(headers: Mapping[str, str]) -> dict[str, str]:
        """Return those of a response's headers that a browser needs."""
        return {name.lower(): value for name, value in headers.items() if name.lower() in _TOLD}


def judge(asked: Asked, page: str) -> Judgement:
    """Say what becomes of a request of a page.

    Args:
        asked: the request.
        page: address of the page.

    >>> page = "https://www.example.com/a"
    >>> [judge(Asked(url, kind), page).name for url, kind in (
    ...     ("https://cdn.example.net/app.js", "script"), ("https://www.example.com/a.css", "stylesheet"),
    ...     ("https://www.example.com/a.jpg", "image"), ("https://www.googletagmanager.com/gtm.js", "script"))]
    ['LOAD', 'EMPTY', 'REFUSE', 'REFUSE']
    """
    if urlsplit(asked.url).scheme not in ("http", "https"):
        return Judgement.REFUSE
    if asked.kind == "stylesheet":
        return Judgement.EMPTY
    site = site_of(asked.url)
    if asked.kind not in _SCRIPTED or site in _TRACKERS:
        return Judgement.REFUSE
    if asked.method not in ("GET", "HEAD") and (asked.kind == "script" or site != site_of(page)):
        return Judgement.REFUSE
    return Judgement.LOAD
