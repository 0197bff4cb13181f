"""Fixtures that several parts' tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from newsscraper.demo import Newsroom, Site
from tests.rendering.needs import WHY_NOT

# The same examples in every run, and no limit of time for each: a busy machine fails no test.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")


@pytest.fixture
def newsroom() -> Iterator[Site]:
    """A demo newsroom of twenty articles on the air, for this test alone."""
    with Newsroom(articles=20, seed=1).serve() as site:
        yield site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines which tests could not be run for want of a browser."""
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if "no browser" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests need a browser and were skipped: {WHY_NOT}")
