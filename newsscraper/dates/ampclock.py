"""The AMP plugin's clock: JSON-LD that prints the GMT time of day with the local offset, and how it is found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsscraper.dates.claim import Claim
from newsscraper.dates.evidence import EXACT, Evidence
from newsscraper.dates.moment import truncate
from newsscraper.dates.zones import site_zone

_SAME = timedelta(seconds=61)


def mend_amp_clock(
    evidence: list[Evidence], timezone: str | None, known: bool, warnings: list[str], set_aside: list[tuple[Claim, str]]
) -> tuple[list[Evidence], bool | None]:
    """Mend claims of an AMP page's JSON-LD where a better claim shows its clock to be GMT.

    Where nothing tells, the plugin AMP for WP is taken by its habit; of other claims the day is kept. Only claims
    marked ``from_amp`` are looked at, which readers set on pages of the plugins that do this.

    Returns:
        the evidence, and whether the clock is GMT (``None``: not learnt).
    """
    suspects = [item for item in evidence if _is_suspect(item)]
    if not suspects:
        return evidence, None
    others = [item for item in evidence if not _is_suspect(item) and not _is_same_page_day(item)]
    told: bool | None = None
    for suspect in suspects:
        answer = _told_by(suspect, others)
        if answer is not None:
            told = answer
            if suspect.role == "published":
                break
    gmt = known if told is None else told
    mended: list[Evidence] = []
    for item in evidence:
        if item not in suspects:
            mended.append(item)
        elif gmt or (told is None and item.claim.by_amp_for_wp):
            mended.append(_mended(item, timezone))
        elif told is None:
            mended.append(_coarser(item, timezone))
        else:
            mended.append(item)
    if gmt:
        warnings.append("amp-clock: the AMP page's JSON-LD prints the GMT clock with the local offset; repaired")
    elif told is None and all(item.claim.by_amp_for_wp for item in suspects):
        warnings.append("amp-clock-assumed: AMP for WP prints the GMT clock with the local offset; repaired by habit")
    elif told is None:
        warnings.append("amp-clock-unknown: the AMP page's JSON-LD may print the GMT clock; only the day is kept")
    return mended, told


def _is_suspect(item: Evidence) -> bool:
    return (
        item.claim.from_amp
        and item.claim.source == "json-ld"
        and item.moment.zone == "explicit"
        and item.moment.precision in EXACT
        and bool(item.moment.value.utcoffset())
    )


def _is_same_page_day(item: Evidence) -> bool:
    return not item.moment.relative and item.moment.precision not in EXACT


def _as_gmt(item: Evidence) -> datetime:
    return item.moment.value.replace(tzinfo=UTC)


def _told_by(suspect: Evidence, others: list[Evidence]) -> bool | None:
    """Return whether the suspect's clock is GMT by the first better claim that can tell."""
    written, shifted = suspect.moment.value, _as_gmt(suspect)
    for other in sorted(others, key=lambda item: item.moment.relative):
        if other.moment.value.tzinfo is None:
            continue
        if other.moment.relative:
            if other.role == "modified" or suspect.role == "modified" or other.moment.about is None:
                continue
            # The plugin rounds to the nearest unit; a page from a cache is a little older than it says.
            about, half = other.moment.about, (other.span[1] - other.moment.about) / 2
            as_written, as_shifted = abs(written - about) <= half, abs(shifted - about) <= half
        elif {other.role, suspect.role} in ({"published", "modified"}, {"modified", "unknown"}):
            continue
        else:
            as_written = abs(other.moment.value - written) < _SAME
            as_shifted = abs(other.moment.value - shifted) < _SAME
        if as_written != as_shifted:
            return as_shifted
    return None


def _mended(item: Evidence, timezone: str | None) -> Evidence:
    zone = site_zone(timezone) if timezone else item.moment.value.tzinfo
    return replace(item, moment=replace(item.moment, value=_as_gmt(item).astimezone(zone)), repaired=True)


def _coarser(item: Evidence, timezone: str | None) -> Evidence:
    """Return what is left where the clock is either: the day, by the clock that the plugins are known to print."""
    moment = _mended(item, timezone).moment
    return replace(item, moment=replace(moment, value=truncate(moment.value, "day"), precision="day"))
