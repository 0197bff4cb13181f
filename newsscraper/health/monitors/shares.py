"""Shares of a run's records that are worse than they were: without a date, with a short text, refused, …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from newsscraper.health.counted import SHARES, Count
from newsscraper.health.finding import Finding
from newsscraper.health.learnt import Day, Learnt
from newsscraper.health.measures import Distribution, merged
from newsscraper.health.monitors import Bounds
from newsscraper.health.run import Counts, Run
from newsscraper.health.statistics import spread, tail

_TOGETHER = timedelta(days=7)
"""Runs that are older are not judged together with the one that ends."""

Pair = tuple[int, int]
"""How many of how many."""

_FALSE_ALARMS = 0.08
"""False alarms of one share in a month that are accepted, were all else by chance."""

_MOST_LIKELY, _LEAST_LIKELY = 4e-3, 1e-7


@dataclass(frozen=True, slots=True)
class Share:
    """A share that is watched.

    Attributes:
        kind: of the finding.
        words: what is said of them: ``"have no date"``.
        things: what they are.
        look_at: which examples of the run show it.
        advice: a command that shows more of one example.
    """

    kind: str
    words: str
    things: str = "new articles"
    look_at: str = ""
    advice: str = "scrapy extract {} --explain"


WATCHED = (
    Share("no-date", "have no date", look_at="no date_published"),
    Share("no-authors", "have no author", look_at="no authors"),
    Share("no-categories", "have no category"),
    Share("no-images", "have no picture"),
    Share("no-language", "have no language"),
    Share("no-description", "have no description"),
    Share("midnight", "have no time of the day, or midnight", things="dates"),
    Share("no-article", "were no article", things="pages fetched as articles", look_at="no-article"),
    Share("duplicates", "say what another one says"),
    Share("small-changes", "are changes of next to nothing", things="delivered lines"),
    Share("refused", "were refusals (403, 429, …)", things="answers"),
    Share("rule-without-match", "were missed by a site's rule"),
)


def watch(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    """Yield the shares that are worse than they were."""
    for share in WATCHED:
        yield from _judged(share, SHARES[share.kind], learnt.shares.get(share.kind, []), run, learnt, bounds)
    yield from _distributions(run, learnt, bounds)


def _distributions(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    """Yield where more values than usual are in the worst twentieth of what was usual."""
    past = learnt.past()
    for kind, name, words, worst_below in (
        ("short-text", "words", "have under {:.0f} words", True),
        ("low-confidence", "confidence", "were read with a confidence under {:.2f}", True),
        ("late", "lag_hours", "were found more than {:.1f} hours after their publication", False),
    ):
        usual = merged([getattr(day, name) for day in past])
        bound = usual.quantile(0.05 if worst_below else 0.95)
        if bound is None or usual.count < bounds.records:
            continue
        # Well beyond what was the worst twentieth: a run that began an hour later is no finding.
        bound = bound * 0.75 if worst_below else max(bound * 2, bound + 6)

        def count(counts: Counts | Day, name: str = name, bound: float = bound, b: bool = worst_below) -> Pair:
            told: Distribution = getattr(counts, name)
            under = told.below(bound)
            return (under if b else told.count - under), told.count

        share = Share(kind, words.format(bound), look_at="short text" if kind == "short-text" else "")
        yield from _judged(share, count, [count(day) for day in past], run, learnt, bounds)


def _judged(  # noqa: PLR0913, PLR0917
    share: Share, count: Count, past: list[Pair], run: Run, learnt: Learnt, bounds: Bounds
) -> Iterator[Finding]:
    if sum(size for _, size in past) < bounds.records or len(learnt.days) < bounds.days:
        return
    hits, size = count(run.counts)
    is_open = share.kind in learnt.open
    usual, rho = spread(past)
    # Half of what was good must be lost: what breaks breaks nearly all, and a site's own days differ by less.
    least = usual + max(bounds.share, (1 - usual) / 2)
    if not size:
        if is_open:  # nothing that would show whether it is over
            yield learnt.open[share.kind]
        return
    if is_open:
        if hits / size >= usual + bounds.share / 2:
            yield _finding(share, hits, size, past, run)
        return
    for hits_, size_ in _together((hits, size), count, run, learnt.recent):
        if hits_ < 2 or hits / size < least or hits_ / size_ < least:
            continue
        if tail(hits_, size_, usual, rho) < _level(learnt):
            yield _finding(share, hits_, size_, past, run)
            return


def _together(alone: Pair, count: Count, run: Run, recent: Sequence[Run]) -> Iterator[Pair]:
    """Yield the counts of this run, of it and the one before, and so on: a small site shows little in one run."""
    yield alone
    hits, size = alone
    for each in reversed(recent[-2:]):
        if run.at - each.at > _TOGETHER:
            return
        more, of = count(each.counts)
        hits, size = hits + more, size + of
        yield hits, size


def _level(learnt: Learnt) -> float:
    """Return from which probability on a count is told: so that chance alone tells next to nothing in a month."""
    past = learnt.past()
    looks = 30 * sum(min(day.runs, day.records) for day in past) / max(1, len(past))
    return min(_MOST_LIKELY, max(_LEAST_LIKELY, _FALSE_ALARMS / max(1.0, looks)))


def _finding(share: Share, hits: int, size: int, past: list[Pair], run: Run) -> Finding:
    before, total = sum(hit for hit, _ in past), sum(each for _, each in past)
    addresses = run.examples.get(share.look_at, [])[:2] if share.look_at else []
    look_at = [share.advice.format(address) for address in addresses]
    sentence = f"{hits} of {size} {share.things} {share.words}; of the {total} before, {before}"
    return Finding(share.kind, sentence, look_at)
