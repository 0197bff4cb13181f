"""Text → moment, with precision and provenance.

>>> from datetime import UTC, datetime
>>> from newsscraper import dates
>>> dates.parse("il y a 2 jours", reference=datetime(2026, 11, 22, tzinfo=UTC)).isoformat()
'2026-11-20'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from newsscraper.dates.claim import Claim

if TYPE_CHECKING:
    from newsscraper.dates.deciding import Decision, Verdict, decide
    from newsscraper.dates.moment import Moment
    from newsscraper.dates.parsing import parse, parse_byline
    from newsscraper.dates.places import zone_of

__all__ = ["Claim", "Decision", "Moment", "Verdict", "decide", "parse", "parse_byline", "zone_of"]

_PARTS = {
    "Decision": "deciding",
    "Verdict": "deciding",
    "decide": "deciding",
    "Moment": "moment",
    "parse": "parsing",
    "parse_byline": "parsing",
    "zone_of": "places",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: whoever only passes claims on must not pay for the words of sixty languages.
    if name in _PARTS:
        value = globals()[name] = getattr(import_module(f"newsscraper.dates.{_PARTS[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
