"""A site's past for the tests of health: the files of runs on ordinary days."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsscraper.health.measures import FILLED


def ordinary(at: datetime, *, new: int = 5, **changed: Any) -> dict[str, Any]:
    """Return the file of an ordinary run; ``changed`` replaces parts of its measures."""
    measures = {
        "records": new,
        "filled": dict.fromkeys(FILLED, new),
        "date_precisions": {"minute": new},
        "words": {"count": new, "values": [300.0 + 40 * i for i in range(new)]},
        "confidence": {"count": new, "values": [0.6 + 0.05 * i for i in range(new)]},
        "lag_hours": {"count": new, "values": [0.5] * new},
        "statuses": {"200": 12},
        "memory_mb": 150,
    }
    return {
        "format": 2,
        "site": "a.example",
        "known": True,
        "finished_at": at.isoformat(timespec="seconds"),
        "seconds": 20.0,
        "finish_reason": "finished",
        "exit_code": 0,
        "outcome": "done",
        "articles": {"new": new},
        "dropped": {},
        "failed": {},
        "requests": 12,
        "received_bytes": 100_000,
        "measures": measures | changed,
        "findings": [],
    }


def live(runs: Path, *, days: int = 20, a_day: int = 2, new: int = 5, **changed: Any) -> None:
    """Write the files of ordinary days up to an hour ago."""
    runs.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    for number in range(days * a_day, 0, -1):
        at = now - timedelta(days=number / a_day)
        told = ordinary(at, new=new, **changed)
        (runs / f"{at:%Y-%m-%dT%H%M%S}Z.json").write_text(json.dumps(told), "utf-8")
