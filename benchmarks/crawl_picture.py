"""Draws how speed and memory of a crawl go as it grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from measuring import Sample

mpl.use("Agg")

import matplotlib.pyplot as plt

_PARTS = 40


def draw(crawls: Mapping[int, Sequence[Sample]], file: Path) -> None:
    """Write a picture: articles/s and memory over the articles delivered so far, a line for each size of crawl.

    Args:
        crawls: samples of each crawl by its number of articles.
        file: where; its suffix says the kind of picture.
    """
    figure, (speed, memory) = plt.subplots(2, 1, figsize=(8, 6), sharex=True, layout="constrained")
    for articles, samples in sorted(crawls.items(), reverse=True):
        rates = _rates(samples)
        label = f"{articles:,} articles"
        speed.plot([count for count, _ in rates], [rate for _, rate in rates], label=label)
        memory.plot([s.lines for s in samples], [s.memory / 1e6 for s in samples], label=label)
    speed.set_ylabel("articles/s")
    memory.set_ylabel("memory of all processes, MB")
    memory.set_xlabel("articles delivered so far")
    speed.legend(frameon=False)
    for axes in (speed, memory):
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110)


def _rates(samples: Sequence[Sample]) -> list[tuple[int, float]]:
    """Return pairs of articles so far and articles/s, each over a fortieth of the crawl."""
    crawl = [sample for sample in samples if sample.lines]
    step = max(1, len(crawl) // _PARTS)
    pairs = [(crawl[place], crawl[place + step]) for place in range(0, len(crawl) - step, step)]
    return [(end.lines, (end.lines - start.lines) / (end.seconds - start.seconds)) for start, end in pairs]
