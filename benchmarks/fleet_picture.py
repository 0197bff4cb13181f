"""Draws when a fleet looks at its sites, beside when these publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_WIDTH, _HEIGHT, _LEFT, _BETWEEN = 720, 150, 50, 40
_BIN = 900
"""Seconds."""


def draw(runs: Sequence[float], published: Sequence[float], file: Path) -> None:
    """Write a picture of a day in UTC: runs a minute, and articles a minute.

    Args:
        runs: when each of a day began, in seconds since the epoch.
        published: when the articles of 28 days came out, in seconds since the epoch.
        file: where, an SVG.
    """
    above = _curve(runs, 1, "runs a minute", 30, "#1f77b4")
    below = _curve(published, 28, "articles a minute", 30 + _HEIGHT + _BETWEEN, "#ff7f0e")
    foot = 30 + 2 * _HEIGHT + _BETWEEN
    hours = "".join(
        f'<text x="{_LEFT + hour * _WIDTH / 24:.0f}" y="{foot + 18}" text-anchor="middle">{hour}</text>'
        for hour in range(0, 25, 3)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 20} {foot + 40}" '
        f'font-family="sans-serif" font-size="12">\n{above}\n{below}\n{hours}\n'
        f'<text x="{_LEFT + _WIDTH / 2:.0f}" y="{foot + 34}" text-anchor="middle">hour of the day, UTC</text>\n</svg>\n'
    )


def _curve(moments: Sequence[float], days: int, title: str, top: int, colour: str) -> str:
    bins = Counter(int(moment % 86_400 // _BIN) for moment in moments)
    rates = [bins[number] / (_BIN / 60) / days for number in range(86_400 // _BIN)]
    most = max(rates)
    points = [
        f"{_LEFT + (number + 0.5) * _WIDTH / len(rates):.1f},{top + _HEIGHT * (1 - rate / most):.1f}"
        for number, rate in enumerate(rates)
    ]
    foot = top + _HEIGHT
    return (
        f'<path d="M{_LEFT},{foot} H{_LEFT + _WIDTH} M{_LEFT},{top} V{foot}" stroke="#999" fill="none"/>'
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<text x="{_LEFT}" y="{top - 8}">{title}</text>'
        f'<text x="{_LEFT - 6}" y="{top + 4}" text-anchor="end">{most:.0f}</text>'
        f'<text x="{_LEFT - 6}" y="{foot + 4}" text-anchor="end">0</text>'
    )
