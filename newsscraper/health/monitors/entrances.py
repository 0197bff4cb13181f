"""The ways into a site: feeds and sitemaps that are gone or frozen, robots.txt that forbids."""

from __future__ import annotations

from collections.abc import Iterator

from newsscraper.health.finding import Finding
from newsscraper.health.learnt import Entrance, Learnt
from newsscraper.health.monitors import Bounds
from newsscraper.health.run import Run

_KNOWN = 3
"""Runs in which an entrance could be read before its end is told."""

_GONE = ("404", "410", "moved")
"""What tells at once that an entrance is gone. Anything else may pass, and is told when it comes `_TIMES` in a row."""

_TIMES = 3

_FROZEN = 10
"""New articles that an entrance does not show before that is told."""


def watch(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    """Yield entrances that are gone or frozen, and a robots.txt that began to forbid."""
    gone = [(address, came) for address, came in run.entrances.items() if _is_gone(came, learnt.entrances.get(address))]
    if gone:
        told = ", ".join(f"{address} ({came.partition(' ')[0]})" for address, came in gone[:3])
        more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
        yield Finding("entrance-gone", f"{_number(len(gone))} cannot be read any more: {told}{more}", [gone[0][0]])
    yield from _frozen(run, learnt)
    read = any(_is_good(came) for came in run.entrances.values())
    if run.counts.forbidden and not read and learnt.last_new is not None:
        words = f"robots.txt forbids what it allowed: {run.counts.forbidden} of the addresses that were to be read"
        yield Finding("robots", words, ["the site's robots.txt"])


def _is_good(came: str) -> bool:
    status = came.partition(" ")[0]
    return status.startswith("2") or status == "304"


def _is_gone(came: str, known: Entrance | None) -> bool:
    status = came.partition(" ")[0]
    if known is None or known.good < _KNOWN or _is_good(came):
        return False
    return status in _GONE or known.bad >= _TIMES - 1


def _frozen(run: Run, learnt: Learnt) -> Iterator[Finding]:
    for address, came in run.entrances.items():
        known = learnt.entrances.get(address)
        status, _, body = came.partition(" ")
        if known is None or known.good < _KNOWN or not _is_good(came):
            continue
        unseen = known.new + run.counts.new
        same = status == "304" or not body or body == known.body
        if same and run.complete and unseen > max(_FROZEN, 3 * known.most_new):
            words = f"{address} has stayed as it is while {unseen} new articles came another way"
            yield Finding("entrance-frozen", words, [address])
            return


def _number(count: int) -> str:
    return "an entrance" if count == 1 else f"{count} entrances"
