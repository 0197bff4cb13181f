"""Claims weighed against each other: which day, which minute, on which clock; what is set aside, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsscraper.dates import Claim, Verdict, decide

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)


def published(verdict: Verdict) -> str | None:
    return verdict.published.value if verdict.published else None


def modified(verdict: Verdict) -> str | None:
    return verdict.modified.value if verdict.modified else None


def reasons(verdict: Verdict) -> dict[str, str]:
    return {claim.raw: why for claim, why in verdict.set_aside}


def test_nothing_claimed_is_nothing_decided() -> None:
    verdict = decide([], fetched_at=FETCHED)
    assert (verdict.published, verdict.modified, verdict.warnings) == (None, None, [])


def test_published_and_modified_keep_their_roles_and_evidence() -> None:
    verdict = decide(
        [
            Claim("modified", "2026-11-21T10:00:00+01:00", "json-ld"),
            Claim("published", "2026-11-20T09:00:00+01:00", "json-ld"),
        ],
        fetched_at=FETCHED,
    )
    assert (published(verdict), modified(verdict)) == ("2026-11-20T09:00:00+01:00", "2026-11-21T10:00:00+01:00")
    assert verdict.published is not None
    evidence = verdict.published.evidence
    assert (evidence.raw, evidence.source, evidence.precision, evidence.zone) == (
        "2026-11-20T09:00:00+01:00",
        "json-ld",
        "second",
        "explicit",
    )


def test_the_future_is_set_aside_save_a_small_skew() -> None:
    soon = (FETCHED + timedelta(minutes=5)).isoformat()
    late = (FETCHED + timedelta(hours=2)).isoformat()
    assert published(decide([Claim("published", soon, "json-ld")], fetched_at=FETCHED)) is not None
    verdict = decide([Claim("published", late, "json-ld")], fetched_at=FETCHED)
    assert published(verdict) is None
    assert reasons(verdict)[late] == "later than the page was fetched"


def test_modified_before_published_is_resolved() -> None:
    verdict = decide(
        [
            Claim("published", "2026-11-20T09:00:00+01:00", "json-ld"),
            Claim("modified", "2026-11-18T10:00:00+01:00", "json-ld"),
        ],
        fetched_at=FETCHED,
    )
    assert (published(verdict), modified(verdict)) == ("2026-11-20T09:00:00+01:00", None)
    assert "modified before" in reasons(verdict)["2026-11-18T10:00:00+01:00"]


@pytest.mark.parametrize("raw", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00", "0", "", "null", "Invalid date"])
def test_fields_left_empty_are_no_dates(raw: str) -> None:
    assert published(decide([Claim("published", raw, "json-ld")], fetched_at=FETCHED)) is None


def test_a_zone_written_by_one_source_is_believed_over_the_same_clock_called_utc() -> None:
    verdict = decide(
        [
            Claim("published", "2026-05-03T15:47:00Z", "json-ld"),
            Claim("published", "2026-05-03T15:47:00+02:00", "meta"),
        ],
        fetched_at=FETCHED,
    )
    assert published(verdict) == "2026-05-03T15:47:00+02:00"


def test_utc_is_shown_on_the_clock_that_readers_see() -> None:
    verdict = decide(
        [
            Claim("published", "2026-11-09T01:49:09Z", "json-ld"),
            Claim("unknown", "PUBLISHED: November 8, 2026 at 5:49 p.m.", "visible"),
        ],
        fetched_at=FETCHED,
        languages=("en",),
    )
    assert published(verdict) == "2026-11-08T17:49:09-08:00"


def test_a_local_clock_called_utc_is_repaired_where_the_zone_is_known() -> None:
    verdict = decide(
        [
            Claim("published", "2026-05-03T15:47:00Z", "json-ld"),
            Claim("unknown", "03.05.2026, 15:47 Uhr", "visible"),
        ],
        fetched_at=FETCHED,
        languages=("de",),
        timezone="Europe/Berlin",
    )
    assert published(verdict) == "2026-05-03T15:47:00+02:00"
    assert verdict.published is not None
    assert verdict.published.evidence.zone == "repaired"


def test_a_bare_clock_takes_the_sites_zone_or_the_pages_other_offset_or_none() -> None:
    bare = Claim("published", "2026-05-03 15:47:00", "json-ld")
    assert published(decide([bare], fetched_at=FETCHED, timezone="Europe/Paris")) == "2026-05-03T15:47:00+02:00"
    other = Claim("modified", "2026-05-04T10:00:00+02:00", "meta")
    assert published(decide([bare, other], fetched_at=FETCHED)) == "2026-05-03T15:47:00+02:00"
    alone = decide([bare], fetched_at=FETCHED)
    assert published(alone) == "2026-05-03T15:47:00"
    assert alone.published is not None
    assert alone.published.evidence.zone == "unknown"


def test_midnight_is_a_day() -> None:
    day = decide([Claim("published", "2026-05-03T00:00:00+02:00", "json-ld")], fetched_at=FETCHED)
    assert published(day) == "2026-05-03"
    local = decide(
        [Claim("published", "2026-11-04T23:00:00Z", "meta"), Claim("unknown", "5. November 2026", "visible")],
        fetched_at=FETCHED,
        languages=("de",),
    )
    assert published(local) == "2026-11-05"


def test_the_majority_of_sources_decides_the_day() -> None:
    verdict = decide(
        [
            Claim("published", "2026-11-20T09:00:00+01:00", "json-ld"),
            Claim("published", "2026-10-01", "meta"),
            Claim("unknown", "1 October 2026", "visible"),
            Claim("published", "2026-10-01", "url"),
        ],
        fetched_at=FETCHED,
        languages=("en",),
    )
    assert published(verdict) == "2026-10-01"
    assert "disagrees" in reasons(verdict)["2026-11-20T09:00:00+01:00"]


def test_a_url_gives_no_more_than_its_day() -> None:
    verdict = decide([Claim("published", "2018-09-01", "url")], fetched_at=FETCHED)
    assert published(verdict) == "2018-09-01"


def test_a_vague_meta_date_yields_to_what_readers_see() -> None:
    verdict = decide(
        [
            Claim("published", "2021-12-20", "meta", "meta date?"),
            Claim("unknown", "27.01.2022", "visible", "span.date"),
        ],
        fetched_at=FETCHED,
        languages=("de",),
    )
    assert published(verdict) == "2022-01-27"


def test_a_relative_claim_is_an_interval_of_its_own_reading() -> None:
    verdict = decide(
        [Claim("unknown", "2 jours ago", "recent-posts", read_at=datetime(2026, 11, 12, 8, 0, tzinfo=UTC))],
        fetched_at=FETCHED,
        languages=("fr",),
    )
    assert published(verdict) == "2026-11-10"
    assert published(decide([Claim("unknown", "2 jours ago", "visible")], fetched_at=None)) is None


# The AMP plugin prints the GMT clock with the local offset: this post went out at 09:27:53 in Paris.
AMP = Claim("published", "2026-11-22T08:27:53+01:00", "json-ld", from_amp=True)
RIGHT = "2026-11-22T09:27:53+01:00"


@pytest.mark.parametrize(
    "better",
    [
        Claim("published", RIGHT, "time"),
        Claim("published", "Sun, 22 Nov 2026 08:27:53 GMT", "feed"),
        Claim("published", "2026-11-22T08:27:53Z", "sitemap"),
        Claim("unknown", "3 heures ago", "visible"),
    ],
)
def test_the_amp_clock_is_found_out_by_a_better_claim(better: Claim) -> None:
    verdict = decide([AMP, better], fetched_at=FETCHED, languages=("fr",), timezone="Europe/Paris")
    assert verdict.published is not None
    assert datetime.fromisoformat(verdict.published.value) == datetime.fromisoformat(RIGHT)
    assert verdict.amp_clock_is_gmt is True
    assert any(warning.startswith("amp-clock:") for warning in verdict.warnings)


def test_the_amp_clock_that_is_right_is_left_alone() -> None:
    right = Claim("published", RIGHT, "json-ld", from_amp=True)
    verdict = decide([right, Claim("published", "2026-11-22T08:27:53Z", "feed")], fetched_at=FETCHED)
    assert verdict.amp_clock_is_gmt is False
    assert published(verdict) == RIGHT


def test_the_amp_clock_that_nothing_tells_keeps_only_its_day_and_says_so() -> None:
    verdict = decide([AMP], fetched_at=FETCHED)
    assert published(verdict) == "2026-11-22"
    assert verdict.amp_clock_is_gmt is None
    assert verdict.warnings[0].startswith("amp-clock-unknown:")


def test_amp_for_wp_is_taken_by_its_habit_where_nothing_tells() -> None:
    verdict = decide([replace(AMP, by_amp_for_wp=True)], fetched_at=FETCHED, timezone="Europe/Paris")
    assert published(verdict) == RIGHT
    assert verdict.amp_clock_is_gmt is None
    assert verdict.warnings[0].startswith("amp-clock-assumed:")


def test_amp_for_wp_whose_clock_a_feed_confirms_is_left_alone() -> None:
    right = replace(AMP, raw=RIGHT, by_amp_for_wp=True)
    assert published(decide([right, Claim("published", "2026-11-22T08:27:53Z", "feed")], fetched_at=FETCHED)) == RIGHT


def test_a_known_habit_mends_the_amp_clock_in_summer_too() -> None:
    summer = Claim("published", "2026-07-14T10:00:00+02:00", "json-ld", from_amp=True)
    verdict = decide([summer], fetched_at=FETCHED, amp_clock_is_gmt=True)
    assert published(verdict) == "2026-07-14T12:00:00+02:00"
    assert verdict.published is not None
    assert verdict.published.evidence.zone == "repaired"


def test_a_modified_date_is_mended_with_the_published_one() -> None:
    verdict = decide(
        [
            AMP,
            Claim("modified", "2026-11-22T09:00:00+01:00", "json-ld", from_amp=True),
            Claim("published", RIGHT, "time"),
        ],
        fetched_at=FETCHED,
    )
    assert (published(verdict), modified(verdict)) == (RIGHT, "2026-11-22T10:00:00+01:00")


def test_a_naive_moment_of_fetching_is_an_error() -> None:
    with pytest.raises(ValueError, match="aware"):
        decide([Claim("published", "2026-11-20", "url")], fetched_at=datetime(2026, 11, 22))


CHANGE = "2026-11-20T09:00:00+01:00"


def changed_everywhere(*others: Claim) -> Verdict:
    """Decide about a page whose machine fields all give the date of the last change."""
    filled = [Claim("published", CHANGE, "json-ld"), Claim("modified", CHANGE, "json-ld")]
    return decide([*filled, *others], fetched_at=FETCHED, languages=("fr",))


def test_the_date_of_change_under_the_name_of_publication_gives_way_to_what_readers_see() -> None:
    verdict = changed_everywhere(Claim("unknown", "9 mai 2026", "visible", "span.date"))
    assert (published(verdict), modified(verdict)) == ("2026-05-09", CHANGE)
    assert reasons(verdict)[CHANGE] == "no earlier than a date of change; span.date is earlier: 9 mai 2026"


@pytest.mark.parametrize(
    "others",
    [
        [],
        [Claim("unknown", "20 novembre 2026", "visible", "span.date")],
        [Claim("unknown", "9 mai 2026", "visible", "span.date?")],
        [Claim("unknown", "9 mai 2026", "visible", "p.meta"), Claim("unknown", "3 mars 2026", "visible", "p.info")],
        [Claim("published", "2026-05-09", "meta"), Claim("unknown", "20 novembre 2026", "visible", "span.date")],
    ],
    ids=["nothing else", "readers see it too", "a doubtful place", "places disagree", "readers decide"],
)
def test_a_page_that_was_never_changed_keeps_its_date(others: list[Claim]) -> None:
    assert published(changed_everywhere(*others)) == CHANGE


def test_of_two_dates_of_publication_the_one_after_a_change_is_set_aside() -> None:
    verdict = decide(
        [
            Claim("published", "2026-11-20T09:00:00Z", "meta", "meta published-time"),
            Claim("published", "2026-05-09", "meta", "meta published-date"),
            Claim("modified", "2026-07-01T10:00:00Z", "meta", "meta modified-time"),
        ],
        fetched_at=FETCHED,
    )
    assert published(verdict) == "2026-05-09"


def test_the_rows_of_a_list_do_not_date_a_page_that_has_a_date() -> None:
    rows = [Claim("unknown", f"{day} novembre 2026", "visible", "a.more") for day in (8, 5, 3)]
    verdict = decide(
        [*rows, Claim("unknown", "10.11.2026", "visible", "em unmarked?")], fetched_at=FETCHED, languages=("fr",)
    )
    assert published(verdict) == "2026-11-10"
    assert published(decide(rows, fetched_at=FETCHED, languages=("fr",))) == "2026-11-08"


def test_the_last_edit_in_a_wikis_foot_is_no_publication() -> None:
    foot = [
        Claim("unknown", "page revision: 8, last edited: 17 Jun 2018 15:15", "visible", "div.page-info?"),
        Claim("modified", "17 Jun 2018 15:15", "visible", "span.odate?"),
        Claim("unknown", "17 Jun 2018 15:15", "visible", "span unmarked?"),
    ]
    verdict = decide(foot, fetched_at=FETCHED, languages=("en",))
    assert (published(verdict), modified(verdict)) == (None, "2018-06-17T15:15")
    standing = Claim("unknown", "Stand: 17.06.2018", "visible", "span unmarked?")
    assert published(decide([standing], fetched_at=FETCHED, languages=("de",))) == "2018-06-17"


def test_a_local_clock_that_one_field_calls_utc_takes_the_offset_of_the_pages_other_dates() -> None:
    verdict = decide(
        [
            Claim("published", "2026-11-08T21:34:30", "json-ld"),
            Claim("published", "2026-11-08T21:34:30Z", "meta"),
            Claim("modified", "2026-11-08T22:04:55-05:00", "json-ld"),
        ],
        fetched_at=FETCHED,
    )
    assert published(verdict) == "2026-11-08T21:34:30-05:00"
    assert verdict.published is not None
    assert verdict.published.evidence.zone == "repaired"


def test_utc_is_put_on_the_offset_of_the_pages_other_dates() -> None:
    claims = [
        Claim("published", "2026-11-08T21:34:30Z", "json-ld"),
        Claim("modified", "2026-11-08T20:04:55-05:00", "meta"),
    ]
    assert published(decide(claims, fetched_at=FETCHED)) == "2026-11-08T16:34:30-05:00"


def test_an_evening_in_america_stays_on_the_day_that_readers_see() -> None:
    instant = Claim("published", "2026-11-09T02:18:11Z", "json-ld")
    shown = Claim("unknown", "November 8, 2026", "visible", "div.byline")
    assert published(decide([instant, shown], fetched_at=FETCHED)) == "2026-11-08T21:18:11-05:00"
    assert published(decide([instant], fetched_at=FETCHED)) == "2026-11-09T02:18:11+00:00"
    late = Claim("published", "2026-11-09T06:18:11Z", "json-ld")
    assert published(decide([late, shown], fetched_at=FETCHED)) == "2026-11-08T23:18:11-07:00"


def test_a_field_that_repeats_the_moment_of_change_gives_way_to_an_earlier_one() -> None:
    filled = [Claim("published", CHANGE, "meta"), Claim("modified", CHANGE, "json-ld")]
    first = Claim("published", "2026-11-20T08:41:30+01:00", "json-ld")
    assert published(decide([*filled, first], fetched_at=FETCHED)) == "2026-11-20T08:41:30+01:00"
    shown = Claim("unknown", "20 novembre 2026 à 9h00", "visible", "span.date")
    assert published(decide([*filled, first, shown], fetched_at=FETCHED, languages=("fr",))) == CHANGE


def test_clocks_apart_by_whole_hours_are_one_moment_on_two_zones() -> None:
    claims = [
        Claim("published", "2026-11-20T13:15:00+01:00", "json-ld"),
        Claim("modified", "2026-11-20T13:15:00+01:00", "json-ld"),
        Claim("published", "2026-11-20T12:15:00+01:00", "meta"),
    ]
    assert published(decide(claims, fetched_at=FETCHED)) == "2026-11-20T13:15:00+01:00"


def test_a_gmt_clock_with_the_local_offset_is_put_right_by_the_clock_that_readers_see() -> None:
    claims = [
        Claim("published", "2026-11-19T06:34:31+03:00", "meta"),
        Claim("unknown", "19.11.2026 09:34", "visible", "div.date"),
    ]
    verdict = decide(claims, fetched_at=FETCHED, languages=("ru",))
    assert published(verdict) == "2026-11-19T09:34:31+03:00"
    assert verdict.published is not None
    assert verdict.published.evidence.zone == "repaired"
    both = [*claims, Claim("unknown", "19.11.2026 06:34", "visible", "div.info")]
    assert published(decide(both, fetched_at=FETCHED, languages=("ru",))) == "2026-11-19T06:34:31+03:00"


@pytest.mark.parametrize("text", ["2026-11-20T00:00", "2026-11-20T00:00:00Z", "2026-11-20 00:00"])
def test_midnight_is_a_day_however_it_is_written(text: str) -> None:
    assert published(decide([Claim("published", text, "json-ld")], fetched_at=FETCHED)) == "2026-11-20"
