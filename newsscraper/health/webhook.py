"""Tells a web address of findings: one JSON POST when a finding begins, one when it ends."""

from __future__ import annotations

import atexit
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from newsscraper.health.finding import Finding

logger = logging.getLogger(__name__)

TIMEOUT = 10.0
"""Seconds for one POST, and for all that are under way when the process ends."""

_under_way: set[threading.Thread] = set()


def message(site: str, event: str, finding: Finding, at: str) -> dict[str, Any]:
    """Return what is posted.

    Args:
        site: whose finding it is.
        event: ``"begun"`` or ``"ended"``.
        finding: what was found.
        at: end of the run, ISO 8601.

    >>> message("a.example", "begun", Finding("silence", "nothing new for 3 days"), "2026-11-27T10:00:00+00:00")["kind"]
    'silence'
    """
    return {
        "site": site,
        "event": event,
        "kind": finding.kind,
        "sentence": finding.sentence,
        "look_at": finding.look_at,
        "since": finding.since,
        "at": at,
        "text": f"{site}: {'over: ' if event == 'ended' else ''}{finding.text()}",
    }


def tell(url: str, told: dict[str, Any]) -> None:
    """Post a message beside everything else. A webhook that fails or hangs harms nothing; its address is not logged."""
    thread = threading.Thread(target=_post, args=(url, told), name="health-webhook", daemon=True)
    _under_way.add(thread)
    thread.start()


def _post(url: str, told: dict[str, Any]) -> None:
    try:
        request = urllib.request.Request(  # noqa: S310 - settings are checked: http or https
            url, json.dumps(told).encode(), {"Content-Type": "application/json", "User-Agent": "newsscraper"}
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            answer.read(1024)
    except urllib.error.HTTPError as error:
        logger.error("HEALTH_WEBHOOK answered with status %d; the finding is in the run's file", error.code)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        logger.error("HEALTH_WEBHOOK could not be told (%s); the finding is in the run's file", reason)
    finally:
        _under_way.discard(threading.current_thread())


@atexit.register
def _wait() -> None:
    """Let messages that are under way arrive, for a while."""
    end = time.monotonic() + TIMEOUT
    for thread in list(_under_way):
        thread.join(max(0.0, end - time.monotonic()))
