"""Claims that only look like the date of publication: the date of change under another name, rows of a list."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from newsscraper.dates.claim import Claim
from newsscraper.dates.evidence import EXACT, Evidence

_SAME = timedelta(seconds=61)
_TO_THE_DAY = (*EXACT, "hour", "day")
_FEWEST_ROWS = 3
_SHOWN = ("visible", "time")
_MACHINE = ("json-ld", "meta")


def without_lists(evidence: list[Evidence], set_aside: list[tuple[Claim, str]]) -> list[Evidence]:
    """Return the evidence without the dates of lists: places of one kind that show several days and say no role.

    A page that has no other date keeps them.
    """
    days: defaultdict[str, set[date]] = defaultdict(set)
    for item in evidence:
        if item.role == "unknown" and item.claim.source in _SHOWN and not item.moment.relative:
            days[item.claim.where].add(item.moment.value.date())
    lists = {where for where, shown in days.items() if len(shown) >= _FEWEST_ROWS}
    rows = [item for item in evidence if item.claim.where in lists and item.role == "unknown"]
    kept = [item for item in evidence if item not in rows]
    if all(item.moment.precision not in _TO_THE_DAY for item in kept):
        return evidence
    set_aside.extend((item.claim, "one of a list of dates") for item in rows)
    return kept


def without_parts(
    unlabelled: list[Evidence], changed: list[Evidence], set_aside: list[tuple[Claim, str]]
) -> list[Evidence]:
    """Return unlabelled dates without those that are a part of a labelled one: the date in "Edited on <date>".

    A line that tells both, "3 May, edited on 4 May", keeps the unlabelled one.
    """
    own = {(item.claim, item.moment.value) for item in unlabelled}
    kept = []
    for item in unlabelled:
        wholes = (
            other
            for other in changed
            if other.claim.source == "visible"
            and item.claim.raw in other.claim.raw
            and (other.claim, item.moment.value) not in own
        )
        whole = next(wholes, None)
        if whole is None or item.claim.source != "visible":
            kept.append(item)
        else:
            set_aside.append((item.claim, f"part of {whole.claim.where}: {whole.claim.raw}"))
    return kept


def without_echoes(evidence: list[Evidence], set_aside: list[tuple[Claim, str]]) -> list[Evidence]:
    """Return the evidence without claims of publication that repeat the date of change, or are later than it, where
    another one is earlier.

    Many a system fills every field with the date of the last change. What readers see near the headline tells: where
    it is that date, or where nothing earlier is claimed, both are one, of a page that was never changed.
    """
    changed = [item for item in evidence if item.role == "modified"]
    echoes = [
        item
        for item in evidence
        if item.role == "published"
        and item.claim.source in _MACHINE
        and any(_repeats(item, other) or _is_days_before(other, item) for other in changed)
    ]
    if not echoes:
        return evidence
    # What stands in a doubtful place bears no witness.
    witnesses = [
        item
        for item in evidence
        if item not in echoes
        and item.claim_weight >= 1
        and item.role != "modified"
        and not item.moment.relative
        and (item.moment.precision in EXACT or item.moment.precision == "day")
    ]
    shown = {item.moment.value.date() for item in witnesses if item.claim.source in _SHOWN}
    kept = []
    for item in evidence:
        earlier = None
        if item in echoes and not any(other.agrees(item) for other in witnesses if other.claim.source not in _MACHINE):
            earlier = next((other for other in witnesses if _is_days_before(other, item)), None)
        if earlier is not None and (earlier.claim.source in _MACHINE or len(shown) == 1):
            where = earlier.claim.where or earlier.claim.source
            set_aside.append((item.claim, f"no earlier than a date of change; {where} is earlier: {earlier.claim.raw}"))
        else:
            kept.append(item)
    return kept


def without_late_echoes(evidence: list[Evidence], set_aside: list[tuple[Claim, str]]) -> list[Evidence]:
    """Return the evidence without moments of publication that repeat the moment of change, where another field has an
    earlier one of that day: many a system fills some of its fields with the last change, and never the other way round.

    A visible clock that shows the moment of change as the article's own keeps it. Clocks apart by whole half hours are
    one moment on two zones, and left to those who tell zones apart.
    """
    changed = [item for item in evidence if item.role == "modified" and item.moment.precision in EXACT]
    published = [item for item in evidence if item.role == "published" and item.moment.precision in EXACT]
    echoes = [item for item in published if any(_repeats(item, other) for other in changed)]
    originals = [
        item for item in published if item not in echoes and item.claim.source in _MACHINE and item.claim_weight >= 1
    ]
    shown = [
        item.moment.value.replace(tzinfo=None, second=0)
        for item in evidence
        if item.claim.source == "visible" and item.role != "modified" and item.moment.precision in EXACT
    ]
    kept = []
    for item in evidence:
        earlier = None
        if item in echoes and item.moment.value.replace(tzinfo=None, second=0) not in shown:
            earlier = next((other for other in originals if _is_hours_before(other, item)), None)
        if earlier is None:
            kept.append(item)
        else:
            where = earlier.claim.where or earlier.claim.source
            set_aside.append((item.claim, f"repeats the moment of change; {where} is earlier: {earlier.claim.raw}"))
    return kept


def _is_hours_before(item: Evidence, other: Evidence) -> bool:
    one, two = item.moment.value, other.moment.value
    if one.tzinfo is None or two.tzinfo is None:
        one, two = one.replace(tzinfo=None), two.replace(tzinfo=None)
    gap = two - one
    odd = gap % timedelta(minutes=30)
    return _SAME < gap < timedelta(days=1) and timedelta(seconds=1) < odd < timedelta(minutes=29, seconds=59)


def _repeats(item: Evidence, change: Evidence) -> bool:
    one, two = item.moment, change.moment
    if one.relative or two.relative:
        return False
    if one.precision in EXACT and two.precision in EXACT:
        if one.value.tzinfo is None or two.value.tzinfo is None:
            return abs(one.value.replace(tzinfo=None) - two.value.replace(tzinfo=None)) < _SAME
        return abs(one.value - two.value) < _SAME
    return one.value.date() == two.value.date()


def _is_days_before(item: Evidence, other: Evidence) -> bool:
    """Whether ``item`` is earlier by a day at least, on whatever zones."""
    return not item.agrees(other) and item.span[1] <= other.span[0]
