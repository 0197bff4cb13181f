"""A claim that was read: its moment, its role, and how it stands to other claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from newsscraper.article import DateSource, Precision
from newsscraper.dates.claim import Claim, Role
from newsscraper.dates.labels import changes_alone
from newsscraper.dates.lastresort import read_last
from newsscraper.dates.moment import Moment
from newsscraper.dates.ordering import order_of, told_order
from newsscraper.dates.parsing import find_date, parse_byline

EXACT = ("second", "minute")
_TO_THE_HOUR = (*EXACT, "hour")
_FINENESS: tuple[Precision, ...] = ("second", "minute", "hour", "day", "week", "month", "year")

# Where a page was never fetched at a known moment, texts are read as of then; what counts from it is dropped.
_NEVER = datetime(2100, 1, 1, tzinfo=UTC)
_IN_WORDS = ("visible", "time", "recent-posts")
_MOST_ASKED = 3
"""Texts of a page that dateparser is asked to read, at some milliseconds each."""
_FIRST_YEAR = 1700
_ANYWHERE = timedelta(hours=14)


def finer(precision: Precision) -> int:
    """Return a key by which finer precisions come first; second and minute are alike.

    >>> finer("minute") < finer("day")
    True
    """
    return max(_FINENESS.index(precision), 1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with its moment.

    Attributes:
        claim: as made.
        moment: as read.
        role: the claim's, or what a label in its text says.
        repaired: its clock was mended.
        claim_weight: 1 for a claim that names the date of an article, less for one that may mean another.
    """

    claim: Claim
    moment: Moment
    role: Role
    repaired: bool = False
    claim_weight: float = 1.0

    @property
    def kind(self) -> DateSource:
        """Kind of source; a relative text is its own kind, save in a list of recent posts."""
        if self.moment.relative and self.claim.source not in ("recent-posts", "feed", "sitemap"):
            return "relative"
        return self.claim.source

    @property
    def span(self) -> tuple[datetime, datetime]:
        """First and last moment, aware, that the claim allows; wider where its zone is not known."""
        first, last = self.moment.span
        if first.tzinfo is None:
            return (first - _ANYWHERE).replace(tzinfo=UTC), (last + _ANYWHERE).replace(tzinfo=UTC)
        if self.moment.precision not in _TO_THE_HOUR and self.moment.zone == "unknown":
            return first - _ANYWHERE, last + _ANYWHERE
        return first, last

    def agrees(self, other: Evidence) -> bool:
        """Whether both can be right, wrong zones aside: the same day on their own calendars, or spans that meet."""
        one, two = self.moment, other.moment
        if not one.relative and not two.relative:
            coarse = max(_FINENESS.index(one.precision), _FINENESS.index(two.precision))
            if coarse >= _FINENESS.index("month"):
                same = one.value.year == two.value.year
                return same and (_FINENESS[coarse] == "year" or one.value.month == two.value.month)
            if one.value.date() == two.value.date():
                return True
        first, last = self.span
        return first < other.span[1] and other.span[0] < last


def gather(
    claims: Sequence[Claim],
    fetched_at: datetime | None,
    languages: tuple[str, ...],
    timezone: str | None,
    set_aside: list[tuple[Claim, str]],
) -> list[Evidence]:
    """Read claims; what cannot be read goes to ``set_aside`` with the reason."""
    evidence: list[Evidence] = []
    unread: list[Claim] = []
    order = order_of(languages, timezone)
    if order is None or any(tag.startswith("en") for tag in languages[:1]):
        # English is written in both orders: what can be read in one way only shows it for the rest.
        order = told_order((claim.raw for claim in claims), fetched_at) or order
    for claim in dict.fromkeys(claims):
        reference = claim.read_at or fetched_at
        moments = parse_byline(
            claim.raw, reference=reference or _NEVER, languages=languages, timezone=timezone, order=order
        )
        if not moments and claim.source == "visible":
            inside = find_date(
                claim.raw, reference=reference or _NEVER, languages=languages, timezone=timezone, order=order
            )
            role: Role = "modified" if changes_alone(claim.raw) else "unknown"
            moments = [replace(inside, role=role)] if inside is not None else []
        if reference is None:
            moments = [moment for moment in moments if not moment.relative and moment.value.year < _NEVER.year - 1]
        if not moments:
            unread.append(claim)
        for moment in moments:
            if moment.value.year < _FIRST_YEAR:
                set_aside.append((claim, "no real date: a field left empty"))
                continue
            evidence.append(_evidence(claim, moment))
    if not any(item.role != "modified" and item.moment.precision not in ("month", "year") for item in evidence):
        evidence += _read_last(unread, fetched_at, languages, timezone)
    read = {item.claim for item in evidence}
    set_aside.extend((claim, "not read as a date") for claim in unread if claim not in read)
    return evidence


def _read_last(
    unread: Sequence[Claim], fetched_at: datetime | None, languages: tuple[str, ...], timezone: str | None
) -> Iterator[Evidence]:
    """Yield what dateparser reads of a few texts that readers see, where nothing else dates the page."""
    asked = 0
    for claim in unread:
        reference = claim.read_at or fetched_at
        if reference is None or not languages or claim.source not in _IN_WORDS or asked >= _MOST_ASKED:
            continue
        asked += 1
        moment = read_last(claim.raw, reference=reference, languages=languages, timezone=timezone)
        if moment is not None:
            yield _evidence(claim, moment)


def _evidence(claim: Claim, moment: Moment) -> Evidence:
    unlabelled = moment.role == "unknown" or (claim.role == "modified" and not claim.by_rule)
    role = claim.role if unlabelled else moment.role
    return Evidence(claim, _as_fine_as_meant(moment), role, claim_weight=_weight(claim))


def _as_fine_as_meant(moment: Moment) -> Moment:
    """Return a moment at the stroke of midnight as the day: who knows only the day writes 00:00:00."""
    value = moment.value
    if moment.precision in EXACT and not (value.hour or value.minute or value.second):
        return replace(moment, precision="day")
    return moment


def _weight(claim: Claim) -> float:
    if claim.source == "url" and len(claim.raw) == len("2018-09"):
        return 0.45  # the month of a folder, in which a story may have been begun
    if not claim.where.endswith("?"):
        return 1.0
    return 0.4 if claim.source == "meta" else 0.45
