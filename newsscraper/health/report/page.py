"""The report as one HTML file: data and script inside, nothing from elsewhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from newsscraper.health.report.collecting import SiteReport

_TEMPLATE = Path(__file__).with_name("page.html")


def html(sites: list[SiteReport], now: datetime) -> str:
    """Return the page.

    Args:
        sites: in the order in which they are shown at first.
        now: when the page is made, aware.
    """
    data = msgspec.json.encode({"made": now.isoformat(timespec="minutes"), "sites": [_short(site) for site in sites]})
    # What could end the script element is written so that it cannot.
    safe = data.decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _TEMPLATE.read_text("utf-8").replace("/*DATA*/null", safe)


def _short(site: SiteReport) -> dict[str, object]:
    """Return a site for the page: its days as columns of numbers, which takes a third of the bytes."""
    days = site.days
    told = msgspec.to_builtins(site)
    told["well"] = site.is_well
    told["days"] = {
        "first": days[0].day if days else None,
        **{name: [getattr(day, name) for day in days] for name in ("new", "changed", "undated")},
        "words": [None if day.words is None else round(day.words) for day in days],
        "lag": [None if day.lag_hours is None else round(day.lag_hours, 1) for day in days],
        "confidence": [None if day.confidence is None else round(day.confidence, 2) for day in days],
        "filled": {
            name: [round(day.filled[name], 2) if name in day.filled else None for day in days] for name in site.coverage
        },
    }
    return dict(told)
