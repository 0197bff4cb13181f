"""`decide`: what a page, its twin, a feed and a sitemap claim about when, weighed against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from newsscraper.article import DateEvidence, Precision
from newsscraper.dates.ampclock import mend_amp_clock
from newsscraper.dates.claim import Claim, Role
from newsscraper.dates.echoes import without_echoes, without_late_echoes, without_lists, without_parts
from newsscraper.dates.evidence import EXACT, Evidence, finer, gather
from newsscraper.dates.moment import Moment, truncate
from newsscraper.dates.ruled import only_ruled
from newsscraper.dates.wallclock import settle_zone

# How much one kind of source counts when sources disagree about the day. Several claims of one kind count once.
_WEIGHTS = {
    "json-ld": 3.0,
    "meta": 2.8,
    "time": 2.6,
    "visible": 2.5,
    "feed": 3.0,
    "sitemap": 2.9,
    "relative": 2.2,
    "recent-posts": 1.6,
    "url": 2.0,
}
_SKEW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Decision:
    """One date as it goes into the record.

    Attributes:
        value: ISO 8601, no finer than it is known.
        moment: the same as a moment.
        evidence: what was believed.
    """

    value: str
    moment: Moment
    evidence: DateEvidence


@dataclass(slots=True)
class Verdict:
    """What was decided about a page's dates.

    Attributes:
        published: when it was first published, where that is known.
        modified: when it was last changed; never before ``published``.
        warnings: what a reader of the record should know, each with a slug before the colon.
        set_aside: claims that were not believed, and why.
        amp_clock_is_gmt: what was learnt of the AMP pages of the site: whether their JSON-LD prints the GMT clock
            with the local offset. ``None``: nothing.
    """

    published: Decision | None = None
    modified: Decision | None = None
    warnings: list[str] = field(default_factory=list)
    set_aside: list[tuple[Claim, str]] = field(default_factory=list)
    amp_clock_is_gmt: bool | None = None


def decide(
    claims: Sequence[Claim],
    *,
    fetched_at: datetime | None,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    amp_clock_is_gmt: bool = False,
) -> Verdict:
    """Weigh claims of dates and return what to believe.

    Args:
        claims: of one article, from all its pages and from outside.
        fetched_at: aware moment of fetching; ``None``: relative claims say nothing, and nothing is in the future.
        languages: of the site, likeliest first.
        timezone: IANA name of the site's clock.
        amp_clock_is_gmt: the site's AMP pages are known to print the GMT clock with the local offset.

    Raises:
        ValueError: ``fetched_at`` is naive, or there is no zone of that name.

    >>> shown = Claim("unknown", "9 janvier 2018", "visible")
    >>> claims = [Claim("published", "2018-01-09T14:28:00+01:00", "json-ld"), shown]
    >>> decide(claims, fetched_at=None).published.value
    '2018-01-09T14:28:00+01:00'
    """
    verdict = Verdict()
    evidence = gather(claims, fetched_at, tuple(languages), timezone, verdict.set_aside)
    evidence = [item for item in evidence if _is_possible(item, fetched_at, verdict)]
    evidence = only_ruled(evidence, verdict.set_aside)
    evidence, verdict.amp_clock_is_gmt = mend_amp_clock(
        evidence, timezone, amp_clock_is_gmt, verdict.warnings, verdict.set_aside
    )
    evidence = without_lists(evidence, verdict.set_aside)
    evidence = without_late_echoes(without_echoes(evidence, verdict.set_aside), verdict.set_aside)
    published = [item for item in evidence if item.role == "published"]
    unlabelled = [item for item in evidence if item.role == "unknown"]
    modified = [item for item in evidence if item.role == "modified"]
    unlabelled = without_parts(unlabelled, modified, verdict.set_aside)
    if all(item.claim_weight < 1 for item in published):
        # What may date the page, its software or an event speaks no louder than what readers see.
        published, unlabelled = [*published, *unlabelled], []
    chosen = _choose(published, unlabelled, evidence, timezone, verdict)
    if chosen is None:
        chosen = _choose(unlabelled, [], evidence, timezone, verdict)
    if chosen is None:
        # A page that only says "Stand: 03.05.2024" is dated by that; a sitemap's or the machine's own word is not, nor
        # is the last edit that a wiki's foot tells.
        standing = [item for item in modified if item.claim.source == "visible" and _is_dateline(item.claim)]
        chosen = _choose(standing, [], evidence, timezone, verdict)
        modified = [item for item in modified if item not in standing]
    if chosen is not None:
        verdict.published = _decision(chosen)
    changed = _choose_modified(modified, chosen, evidence, timezone, verdict)
    if changed is not None:
        verdict.modified = _decision(changed)
    return verdict


def _is_dateline(claim: Claim) -> bool:
    return not claim.where.endswith(("?", "at the foot of the text")) or claim.where.endswith("unmarked?")


def _is_possible(item: Evidence, fetched_at: datetime | None, verdict: Verdict) -> bool:
    first, last = item.span
    if first <= datetime(1970, 1, 1, tzinfo=UTC) <= last and item.moment.value.year <= 1970:
        verdict.set_aside.append((item.claim, "no real date: a field left empty"))
        return False
    if fetched_at is not None and first > fetched_at + _SKEW:
        verdict.set_aside.append((item.claim, "later than the page was fetched"))
        return False
    return True


def _choose(
    candidates: list[Evidence],
    witnesses: list[Evidence],
    everything: list[Evidence],
    timezone: str | None,
    verdict: Verdict,
) -> Evidence | None:
    """Return the best of the candidates: the day on which most kinds of source agree, the finest claim of that day."""
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda item: (-_support(item, candidates, witnesses), _rank(item)))
    leader = ranked[0]
    agreeing = [item for item in candidates if item.agrees(leader)]
    for item in candidates:
        if item not in agreeing:
            verdict.set_aside.append(
                (item.claim, f"disagrees with {leader.claim.where or leader.claim.source}: {leader.claim.raw}")
            )
    # An unlabelled claim of the same day may know the time of day that the labelled ones leave out.
    finest = min(finer(item.moment.precision) for item in agreeing)
    agreeing += [item for item in witnesses if item.agrees(leader) and finer(item.moment.precision) < finest]
    seen = [item for item in witnesses if item.agrees(leader) and item not in agreeing]
    return settle_zone(sorted(agreeing, key=_rank), seen, everything, timezone)


def _support(item: Evidence, candidates: list[Evidence], witnesses: list[Evidence]) -> float:
    kinds: dict[str, float] = {}
    for other in candidates:
        if other.agrees(item):
            kinds[other.kind] = max(kinds.get(other.kind, 0.0), _WEIGHTS[other.kind] * other.claim_weight)
    for other in witnesses:
        if other.agrees(item):
            kinds.setdefault(other.kind, _WEIGHTS[other.kind] * 0.6)
    return sum(kinds.values())


def _rank(item: Evidence) -> tuple[int, float]:
    return finer(item.moment.precision), -_WEIGHTS[item.kind] * item.claim_weight


def _choose_modified(
    candidates: list[Evidence],
    published: Evidence | None,
    everything: list[Evidence],
    timezone: str | None,
    verdict: Verdict,
) -> Evidence | None:
    allowed = []
    for item in candidates:
        if published is not None and item.span[1] <= published.span[0]:
            verdict.set_aside.append((item.claim, "modified before it was published"))
        else:
            allowed.append(item)
    own = [item for item in allowed if item.kind not in ("sitemap", "feed")]
    chosen = _choose(own or allowed, [], everything, timezone, verdict)
    if chosen is None or published is None:
        return chosen
    first, later = published.moment, chosen.moment
    if later.precision not in EXACT and first.precision in EXACT and later.value.date() <= first.value.date():
        # The same day, the hour unknown: it says no more than the date of publication, and could fall before it.
        return None
    if later.value.tzinfo is None or first.value.tzinfo is None or later.value >= first.value:
        return chosen
    if later.precision not in EXACT or first.precision not in EXACT:
        return chosen
    if first.value - later.value > timedelta(minutes=1):
        verdict.set_aside.append((chosen.claim, "modified before it was published"))
        return None
    return replace(chosen, moment=replace(later, value=first.value))


def _decision(item: Evidence) -> Decision:
    moment = item.moment
    value = truncate(moment.value, moment.precision)
    moment = replace(moment, value=value)
    zone = "repaired" if item.repaired else moment.zone
    precision: Precision = moment.precision
    return Decision(
        value=moment.isoformat(),
        moment=moment,
        evidence=DateEvidence(
            raw=item.claim.raw.strip()[:200] or "-", source=item.kind, precision=precision, zone=zone
        ),
    )


__all__ = ["Decision", "Role", "Verdict", "decide"]
