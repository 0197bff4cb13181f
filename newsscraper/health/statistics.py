"""How unlikely a count is, given what a site's days were like: without a library, for a few thousand numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma


def spread(pairs: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Return the share that counts have had, and how much their days differ beyond chance.

    Args:
        pairs: for each day how many of how many.

    Returns:
        the share, drawn a little towards one half so that it is never 0 or 1, and the intraclass correlation: 0 where
        days differ by chance alone, towards 1 where each day is all or nothing.

    >>> share, rho = spread([(0, 10)] * 20)
    >>> round(share, 4), rho
    (0.0025, 0.0)
    """
    hits, total = sum(hit for hit, _ in pairs), sum(size for _, size in pairs)
    share = (hits + 0.5) / (total + 1)
    days = [(hit, size) for hit, size in pairs if size > 1]
    pairs_within = sum(size * (size - 1) for _, size in days)
    if not pairs_within:
        return share, 0.0
    # Pearson's correlation between two records of one day, over all pairs of records.
    together = sum(hit * (hit - 1) for hit, _ in days) / pairs_within
    base = sum(hit for hit, _ in days) / sum(size for _, size in days)
    chance = base * (1 - base)
    return share, min(0.9, max(0.0, (together - base * base) / chance)) if chance > 0 else 0.0


def tail(hits: int, size: int, share: float, rho: float) -> float:
    """Return the probability of so many hits or more among ``size``: a beta-binomial's tail, a binomial's for rho 0.

    >>> round(tail(2, 2, 0.1, 0.0), 6), round(tail(2, 2, 0.1, 0.5), 6)
    (0.01, 0.055)
    """
    if hits <= 0:
        return 1.0
    rho = max(rho, 1e-6)
    a, b = share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho
    base = lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(a + b + size)
    return min(
        1.0,
        sum(
            exp(base + lgamma(size + 1) - lgamma(k + 1) - lgamma(size - k + 1) + lgamma(k + a) + lgamma(size - k + b))
            for k in range(hits, size + 1)
        ),
    )
