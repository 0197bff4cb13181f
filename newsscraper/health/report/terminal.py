"""The report in short, for a terminal."""

from __future__ import annotations

from newsscraper.health.report.collecting import SiteReport

_BARS = "▁▂▃▄▅▆▇█"


def text(sites: list[SiteReport]) -> str:
    """Return the sites as lines: those that need somebody with their sentences, then all of them in a table.

    >>> print(text([SiteReport("a.example", last_run="2026-11-27T10:00:00+00:00", outcome="done", new_a_day=3.0)]))
    1 site, all are well
    <BLANKLINE>
    site       last run           new/day  undated  lag h  confidence  30 days
    a.example  2026-11-27 10:00       3.0        –      –           –
    """
    ill = [site for site in sites if not site.is_well]
    count = "1 site" if len(sites) == 1 else f"{len(sites)} sites"
    lines = [f"{count}, all are well" if not ill else f"{count}, {len(ill)} of them need somebody", ""]
    for site in ill:
        lines.append(f"{site.name}: {site.outcome or 'never run'}")
        for finding in site.findings:
            lines.append(f"    since {(finding.since or '')[:16].replace('T', ' ')}: {finding.text()}")
    if ill:
        lines.append("")
    width = max([4, *(len(site.name) for site in sites)])
    lines.append(f"{'site':{width}}  {'last run':17}  new/day  undated  lag h  confidence  30 days")
    lines += [
        (
            f"{site.name:{width}}  {(site.last_run or 'never')[:16].replace('T', ' '):17}  {site.new_a_day:7.1f}"
            f"  {_share(site.undated):>7}  {_number(site.lag_hours, 1):>5}  {_number(site.confidence, 2):>10}"
            f"  {sparkline([day.new for day in site.days[-30:]])}"
        ).rstrip()
        for site in sites
    ]
    return "\n".join(lines)


def sparkline(values: list[int]) -> str:
    """Return numbers as a line of bars.

    >>> sparkline([0, 1, 4])
    '▁▃█'
    """
    most = max(values, default=0)
    return "".join(_BARS[round(value / most * 7) if most else 0] for value in values)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
