"""How often the monitors are wrong: sites that live through 90 days, untouched and with one fault each.

    python -m benchmarks.health --sites 60 --days 90
    python -m benchmarks.health --faults --each 40

Sites publish between three articles a week and three thousand a day, with weekends, growth, holidays, busy days, and
articles that come in batches alike (an agency's without authors). Nothing here is a crawl: a site's runs are drawn as
the measures that a crawl would write down.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsscraper.health.judging import judge
from newsscraper.health.learnt import Learnt
from newsscraper.health.measures import FILLED, Distribution
from newsscraper.health.monitors import Bounds
from newsscraper.health.run import Counts, Run

START = datetime(2026, 6, 1, tzinfo=UTC)
FEED, SITEMAP = "https://a.example/feed", "https://a.example/sitemap.xml"


@dataclass
class Newsroom:
    """A site that publishes.

    Attributes:
        rng: its own chance.
        a_day: articles on an ordinary weekday.
        runs_a_day: crawls.
        weekend: share of an ordinary day's articles on Saturday and Sunday.
        growth: by how much its articles grow in 90 days.
        holidays: days from the start on which next to nothing comes.
        missing: share of articles that lack each field.
        batches: share of articles that come in batches alike.
        words: median of the texts.
        vague: share of dates that are days.
        lag: hours from publication to the next crawl, on the whole.
    """

    rng: random.Random
    a_day: float
    runs_a_day: int
    weekend: float
    growth: float
    holidays: frozenset[int]
    missing: dict[str, float]
    batches: float
    words: float
    vague: float
    lag: float
    waiting: float = 0.0

    @classmethod
    def drawn(cls, seed: int) -> Newsroom:
        """Return a site of some kind."""
        rng = random.Random(seed)
        a_day = rng.choice([3 / 7, 1, 3, 8, 20, 60, 200, 800, 3000])
        first = rng.randrange(20, 80)
        return cls(
            rng=rng,
            a_day=a_day,
            runs_a_day=rng.choice([1, 2, 4, 8, 24]) if a_day < 500 else rng.choice([8, 24]),
            weekend=rng.choice([0.0, 0.2, 0.6, 1.0]),
            growth=rng.choice([-0.3, 0.0, 0.0, 0.5, 1.0]),
            holidays=frozenset(range(first, first + rng.choice([0, 2, 5]))),
            missing={
                name: rng.choice([0.0, 0.0, 0.01, 0.05, *([] if name == "date_published" else [0.2])])
                for name in FILLED
            },
            batches=rng.choice([0.0, 0.1, 0.3]),
            words=rng.choice([150, 400, 900]),
            vague=rng.choice([0.0, 0.02, 0.2, 1.0]),
            lag=rng.choice([0.2, 1.0, 4.0]),
        )

    def runs(self, days: int) -> Iterator[Run]:
        """Yield the runs of so many days, the first of which brings the past."""
        yield Run(START, first=True, counts=Counts(runs=1, records=300, new=300, judged=320, no_article=20))
        step = timedelta(days=1) / self.runs_a_day
        at = START
        for number in range(days * self.runs_a_day):
            at = START + step * (number + 1) + timedelta(minutes=self.rng.uniform(-5, 5))
            yield self._run(at)

    def _run(self, at: datetime) -> Run:
        day = (at - START).days
        rate = self.a_day * (1 + self.growth * day / 90) / self.runs_a_day
        rate *= self.weekend if at.weekday() >= 5 else 1.0
        rate *= 0.05 if day in self.holidays else 1.0
        rate *= self.rng.lognormvariate(0, 0.5) * (3 if self.rng.random() < 0.01 else 1)
        hour = at.hour
        rate *= 0.2 if self.runs_a_day >= 8 and (hour < 6 or hour > 22) else 1.0
        new = _poisson(self.rng, rate)
        changed = _poisson(self.rng, new * 0.1)
        records = new + changed
        filled = {}
        batch = round(records * self.batches * self.rng.random()) if self.rng.random() < 0.5 else 0
        for name, share in self.missing.items():
            lacking = sum(self.rng.random() < share for _ in range(records - batch))
            lacking += batch if batch and self.rng.random() < share * 2 else 0
            filled[name] = records - min(records, lacking)
        dated = filled["date_published"]
        no_article = _poisson(self.rng, 0.05 * new + 0.02)
        requests = 5 + records + no_article + _poisson(self.rng, 3)
        counts = Counts(
            runs=1,
            records=records,
            new=new,
            changed=changed,
            duplicates=_poisson(self.rng, new * 0.03),
            small_changes=sum(self.rng.random() < 0.3 for _ in range(changed)),
            filled=filled,
            vague=sum(self.rng.random() < self.vague for _ in range(dated)),
            dated=dated,
            words=Distribution.of(self.words * self.rng.lognormvariate(0, 0.6) for _ in range(records)),
            confidence=Distribution.of(min(1.0, max(0.0, self.rng.gauss(0.7, 0.12))) for _ in range(records)),
            lag_hours=Distribution.of(self.rng.expovariate(1 / self.lag) for _ in range(new)),
            no_article=no_article,
            judged=no_article + new,
            forbidden=self.rng.random() < 0.01,
            refused=_poisson(self.rng, 0.02 * records),
            answers=requests,
            most_requests=requests,
            most_seconds=requests * self.rng.lognormvariate(0, 0.4),
            most_memory=round(180 * self.rng.lognormvariate(0, 0.1)),
        )
        body = f"{self.rng.getrandbits(32):08x}" if new else "00000000"
        statuses = {FEED: f"200 {body}", SITEMAP: f"200 {body}"}
        if self.rng.random() < 0.01:
            statuses[FEED] = "timeout"
        return Run(at, counts=counts, entrances=statuses)


def _poisson(rng: random.Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    product, count, bound = rng.random(), 0, 2.718281828459045**-mean
    while product > bound:
        product *= rng.random()
        count += 1
    return count


def _lacking(name: str) -> Callable[[Run], None]:
    def broken(run: Run) -> None:
        run.counts.filled[name] = 0
        if name == "date_published":
            run.counts.dated = run.counts.vague = 0
            run.counts.lag_hours = Distribution()

    return broken


def _short(run: Run) -> None:
    run.counts.words = Distribution(run.counts.words.count, [25.0 for _ in run.counts.words.values])


def _doubtful(run: Run) -> None:
    run.counts.confidence = Distribution(run.counts.confidence.count, [0.1 for _ in run.counts.confidence.values])


def _midnight(run: Run) -> None:
    run.counts.vague = run.counts.dated


def _late(run: Run) -> None:
    run.counts.lag_hours = Distribution(run.counts.lag_hours.count, [200.0 for _ in run.counts.lag_hours.values])


def _no_article(run: Run) -> None:
    run.counts.no_article += run.counts.new
    run.counts.new = run.counts.records = run.counts.changed = 0
    run.counts.filled = dict.fromkeys(FILLED, 0)
    run.counts.words = run.counts.confidence = run.counts.lag_hours = Distribution()
    run.counts.dated = run.counts.vague = run.counts.small_changes = run.counts.duplicates = 0


def _flood(run: Run) -> None:
    run.counts.new = run.counts.judged = 40_000


def _twice(run: Run) -> None:
    run.counts.duplicates = run.counts.new


def _revisions(run: Run) -> None:
    run.counts.changed += 30 + 3 * run.counts.new
    run.counts.small_changes = run.counts.changed


def _refused(run: Run) -> None:
    run.counts.refused = run.counts.answers
    _no_article(run)


def _gone(run: Run) -> None:
    run.entrances[SITEMAP] = "404"


def _forbidden(run: Run) -> None:
    run.counts.forbidden = 3
    run.entrances.clear()
    _no_article(run)


FAULTS: dict[str, tuple[Callable[[Run], None], str]] = {
    "dates gone": (_lacking("date_published"), "no-date"),
    "authors gone": (_lacking("authors"), "no-authors"),
    "texts cut": (_short, "short-text"),
    "text in doubt": (_doubtful, "low-confidence"),
    "times gone": (_midnight, "midnight"),
    "found late": (_late, "late"),
    "no articles": (_no_article, "no-article"),
    "flood": (_flood, "flood"),
    "duplicates": (_twice, "duplicates"),
    "empty revisions": (_revisions, "small-changes"),
    "refused": (_refused, "refused"),
    "entrance gone": (_gone, "entrance-gone"),
    "robots forbids": (_forbidden, "robots"),
}
"""Kinds of faults: what each does to a run, and what is to be found."""


def untouched(sites: int, days: int) -> None:
    """Print the false alarms of sites without a fault."""
    alarms: Counter[str] = Counter()
    worst: Counter[int] = Counter()
    runs, began = 0, time.process_time()
    for seed in range(sites):
        learnt = Learnt()
        for run in Newsroom.drawn(seed).runs(days):
            runs += 1
            for finding in judge(run, learnt, Bounds()).begun:
                alarms[finding.kind] += 1
                worst[seed] += 1
    months = sites * days / 30
    print(f"{sites} sites, {days} days, {runs} runs: {sum(alarms.values())} false alarms, "
          f"{sum(alarms.values()) / months:.3f} a site in a month; most on one site {max(worst.values(), default=0)}; "
          f"{(time.process_time() - began) / runs * 1000:.2f} ms a run")  # fmt: skip
    for kind, count in alarms.most_common():
        print(f"  {kind}: {count}")


def faulty(each: int, days: int) -> None:
    """Print for each kind of fault on how many sites it was found within two runs that could show it."""
    for name, (broken, kind) in FAULTS.items():
        found = told = 0
        for seed in range(each):
            room, learnt = Newsroom.drawn(1000 + seed), Learnt()
            shown = 0
            for run in room.runs(days):
                day = (run.at - START).days
                if day < days - 30 or _is_blind(room, kind):
                    judge(run, learnt, Bounds())
                    continue
                could_show = run.counts.new > 0 or kind in ("entrance-gone", "robots", "small-changes", "flood")
                broken(run)
                judgement = judge(run, learnt, Bounds())
                shown += could_show
                if kind in {finding.kind for finding in judgement.findings}:
                    found += 1
                    told += 1
                    break
                if shown >= 2:
                    told += 1
                    break
        print(f"{name}: found on {found} of {told} sites within two runs ({found / max(1, told):.0%})")


def _is_blind(room: Newsroom, kind: str) -> bool:
    """Whether a site was always as the fault makes it."""
    return kind == "midnight" and room.vague == 1.0


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--faults", action="store_true", help="inject faults")
    parser.add_argument("--each", type=int, default=40, help="sites for each kind of fault")
    arguments = parser.parse_args()
    if arguments.faults:
        faulty(arguments.each, arguments.days)
    else:
        untouched(arguments.sites, arguments.days)


if __name__ == "__main__":
    main()
