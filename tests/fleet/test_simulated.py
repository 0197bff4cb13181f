"""Who is run when, in simulated time: due times, turns, back-off, hosts."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from newsscraper.exits import Exit
from newsscraper.fleet.fleet import Fleet
from newsscraper.fleet.past import Past
from newsscraper.sites.site import Site

from .simulation import START, Answer, SimulatedSites, run_for, sites

HOUR, DAY = 3600.0, 86_400.0


def test_every_hour_is_every_hour_and_no_minute_has_more_than_its_share() -> None:
    simulated = SimulatedSites()
    run_for(10 * HOUR, sites(600, HOUR), simulated)
    begun = Counter(int(began // 60) for spans in simulated.spans.values() for began, _ in spans[2:])
    assert {len(spans) for spans in simulated.spans.values()} <= {10, 11}
    assert max(begun.values()) <= 30, "ten a minute on the average"
    for spans in simulated.spans.values():
        assert all(abs(two - one - HOUR) < 1 for (one, _), (two, _) in pairwise(spans[1:]))


def test_a_site_is_run_as_often_as_it_publishes_and_when_it_publishes() -> None:
    def published(site: str, since: float) -> list[float]:
        if site == "site0.example":  # one an hour from 8 to 20 h, on weekdays
            moments = [START - 6 * HOUR - day * DAY + hour * HOUR + 60 for day in range(28) for hour in range(8, 20)]
            return [moment for moment in moments if since < moment and (moment // DAY + 3) % 7 < 5]
        return [START - 20 * DAY, START - 8 * DAY]

    simulated = SimulatedSites(lambda site, moment: Answer(new=1), published)
    run_for(7 * DAY, sites(2), simulated)
    busy, quiet = simulated.spans["site0.example"], simulated.spans["site1.example"]
    by_day = Counter(int((began - START + 6 * HOUR) // DAY) for began, _ in busy)
    assert 6 <= by_day[2] <= 30
    assert by_day[5] <= by_day[2] / 3, "Saturday"
    hours = Counter(int(began % DAY // HOUR) for began, _ in busy)
    assert sum(hours[hour] for hour in range(8, 20)) > 3 * sum(hours[hour] for hour in range(8))
    assert 6 <= len(quiet) <= 8, "once a day at least"


def test_no_site_is_looked_at_more_often_than_every_ten_minutes() -> None:
    simulated = SimulatedSites(
        lambda site, moment: Answer(new=50), lambda site, since: [START - 30.0 * number for number in range(50_000)]
    )
    run_for(6 * HOUR, sites(1), simulated)
    gaps = [two - one for (one, _), (two, _) in pairwise(simulated.spans["site0.example"])]
    assert 500 < min(gaps[1:]) <= max(gaps[1:]) < 700


def test_a_site_that_fails_backs_off_and_is_broken_after_a_week() -> None:
    simulated = SimulatedSites(lambda site, moment: Answer(code=Exit.NOTHING))
    run_for(12 * DAY, sites(1, HOUR), simulated)
    began = [span[0] - START for span in simulated.spans["site0.example"]]
    gaps = [two - one for one, two in pairwise(began)]
    assert all(two > one * 1.3 for one, two in pairwise(gaps[:3])), "it backs off"
    in_a_week = [moment for moment in began if moment < 7 * DAY]
    assert 28 <= len(in_a_week) <= 40, "six hours at most"
    after = [gap for moment, gap in zip(began[1:], gaps, strict=True) if moment > 8.5 * DAY]
    assert all(gap > 0.85 * DAY for gap in after)
    assert simulated.pasts[-1].is_broken(START + 12 * DAY)
    assert not simulated.pasts[3].is_broken(START + 2 * DAY)


def test_a_site_that_is_back_is_run_as_before() -> None:
    simulated = SimulatedSites(
        lambda site, moment: Answer(code=Exit.NOTHING if moment < START + 5 * HOUR else Exit.FINE)
    )
    run_for(3 * DAY, sites(1, HOUR), simulated)
    late = [span[0] for span in simulated.spans["site0.example"] if span[0] > START + DAY]
    assert len(late) in (47, 48, 49)
    assert simulated.pasts[-1].failures == 0


def test_turns_let_everybody_in_beside_sites_that_never_end() -> None:
    huge = {f"site{number}.example" for number in range(10)}
    simulated = SimulatedSites(lambda site, moment: Answer(seconds=30 * HOUR if site in huge else 5.0))
    run_for(6 * HOUR, sites(200, HOUR), simulated, at_once=10, turn=300.0)
    small = [spans for site, spans in simulated.spans.items() if site not in huge]
    assert len(small) == 190
    assert min(map(len, small)) >= 5
    for spans in small:
        assert all(two - one < HOUR + 300 + 60 for (one, _), (two, _) in pairwise(spans[1:]))
    worked = [sum(end - began for began, end in simulated.spans[site]) for site in huge]
    assert min(worked) > 0.6 * max(worked), "they take turns among themselves, too"


@pytest.mark.parametrize(("readers", "most"), [(2, 6), (20, 21), (1000, 64)])
def test_no_more_sites_are_begun_than_their_pages_can_be_read(readers: int, most: int) -> None:
    simulated = SimulatedSites(lambda site, moment: Answer(seconds=60.0), readers=readers)
    run_for(HOUR, sites(200, HOUR), simulated)
    assert simulated.most == most


def test_busy_readers_keep_nobody_waiting_for_ever() -> None:
    huge = {f"site{number}.example" for number in range(10)}
    simulated = SimulatedSites(lambda site, moment: Answer(seconds=30 * HOUR if site in huge else 5.0), readers=0)
    run_for(6 * HOUR, sites(100, HOUR), simulated, turn=300.0)
    assert min(len(spans) for site, spans in simulated.spans.items() if site not in huge) >= 4


def test_huge_sites_are_left_alone_while_nobody_waits() -> None:
    simulated = SimulatedSites(lambda site, moment: Answer(seconds=2 * HOUR))
    run_for(4 * HOUR, sites(3, DAY), simulated, at_once=3)
    assert [len(spans) for spans in simulated.spans.values()] == [1, 1, 1]


def test_two_sites_of_one_host_are_never_run_at_once() -> None:
    one = Site("https://www.host.example/a/", "a.example", every=600.0)
    two = Site("https://host.example/b/", "b.example", every=600.0)
    simulated = SimulatedSites(lambda site, moment: Answer(seconds=400.0))
    run_for(12 * HOUR, [one, two, *sites(1, 600.0)], simulated, turn=100.0)
    spans = sorted(simulated.spans["a.example"] + simulated.spans["b.example"])
    assert all(end <= began for (_, end), (began, _) in pairwise(spans))
    assert len(simulated.spans["a.example"]) > 20
    assert len(simulated.spans["b.example"]) > 20


def test_what_was_running_when_all_was_killed_is_due_at_the_next_start() -> None:
    pasts = {"site0.example": Past("site0.example", due=START - HOUR, started=START - 3 * HOUR, runs=3, exit_code=0)}
    simulated = SimulatedSites()
    run_for(60.0, sites(1, 2 * HOUR), simulated, pasts=pasts)
    assert simulated.spans["site0.example"][0][0] == START


def test_a_table_that_is_read_again_adds_takes_away_and_hastens() -> None:
    async def meanwhile(fleet: Fleet) -> None:
        await asyncio.sleep(HOUR)
        fleet.take([*sites(1, 600.0), *sites(3)[2:]], {})

    simulated = SimulatedSites()
    run_for(3 * HOUR, sites(2, DAY), simulated, meanwhile=meanwhile)
    assert len(simulated.spans["site0.example"]) >= 10
    assert all(began <= START + HOUR for began, _ in simulated.spans["site1.example"])
    assert simulated.spans["site2.example"][0][0] == START + HOUR


def test_all_runs_are_ended_at_the_end() -> None:
    simulated = SimulatedSites(lambda site, moment: Answer(seconds=HOUR))
    fleet = run_for(60.0, sites(100), simulated, at_once=10)
    assert fleet.running == []
    assert len(simulated.spans) == 10
    assert all(past.unfinished for past in simulated.pasts)
