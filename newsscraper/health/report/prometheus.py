"""The report as Prometheus' text format, for node_exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from newsscraper.health.report.collecting import SiteReport

Sample = tuple[dict[str, str], float]


def text(sites: list[SiteReport]) -> str:
    """Return all metrics; each site is a label.

    >>> 'newsscraper_healthy{site="a.example"} 1' in text([SiteReport("a.example")])
    True
    """
    lines: list[str] = []
    for name, kind, words, samples in _metrics(sites):
        lines += [f"# HELP newsscraper_{name} {words}", f"# TYPE newsscraper_{name} {kind}"]
        for labels, value in samples:
            told = ",".join(f'{label}="{_escaped(each)}"' for label, each in labels.items())
            lines.append(f"newsscraper_{name}{{{told}}} {value:.10g}")
    return "\n".join(lines) + "\n"


def _metrics(sites: list[SiteReport]) -> Iterator[tuple[str, str, str, list[Sample]]]:
    yield "healthy", "gauge", "1 where the last run went well and found nothing", _of(sites, lambda s: s.is_well)
    yield "last_run_timestamp_seconds", "gauge", "End of the last run", _of(sites, lambda s: _moment(s.last_run))
    yield (
        "last_success_timestamp_seconds",
        "gauge",
        "End of the last run that went well, findings or not",
        _of(sites, lambda s: _moment(s.last_success)),
    )
    yield "last_run_exit_code", "gauge", "Exit code of the last run", _of(sites, lambda s: s.exit_code)
    yield "findings", "gauge", "Findings of the last run, 1 for each", _many(sites, _findings)
    yield (
        "articles",
        "gauge",
        "Articles of the last 90 days by kind",
        _many(sites, lambda s: [({"kind": kind}, count) for kind, count in s.articles.items()]),
    )
    yield "new_articles_per_day", "gauge", "New articles a day over the last 7 days", _of(sites, lambda s: s.new_a_day)
    yield (
        "coverage_ratio",
        "gauge",
        "Share of the records of the last 30 days in which a field is filled",
        _many(sites, lambda s: [({"field": name}, share) for name, share in s.coverage.items()]),
    )
    yield (
        "lag_hours",
        "gauge",
        "Median hours from publication to delivery over the last 7 days",
        _of(sites, lambda s: s.lag_hours),
    )
    yield "confidence_ratio", "gauge", "Median confidence over the last 7 days", _of(sites, lambda s: s.confidence)
    for name, words in (("failures", "Failed requests"), ("drops", "Pages that gave no record")):
        which = "failed" if name == "failures" else "dropped"
        yield (
            name,
            "gauge",
            f"{words} of the last 30 days by reason",
            _many(sites, lambda s, which=which: [({"reason": r}, n) for r, n in getattr(s, which).items()]),
        )


def _findings(site: SiteReport) -> Iterable[Sample]:
    return [({"kind": finding.kind}, 1.0) for finding in site.findings]


def _of(sites: list[SiteReport], value: object) -> list[Sample]:
    assert callable(value)
    told = ((site.name, value(site)) for site in sites)
    return [({"site": name}, float(number)) for name, number in told if number is not None]


def _many(sites: list[SiteReport], samples: object) -> list[Sample]:
    assert callable(samples)
    return [({"site": site.name, **labels}, float(value)) for site in sites for labels, value in samples(site)]


def _moment(told: str | None) -> float | None:
    return datetime.fromisoformat(told).timestamp() if told else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
