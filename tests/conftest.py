"""Fixtures that several parts' tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsscraper.demo import Newsroom, Site


@pytest.fixture
def newsroom() -> Iterator[Site]:
    """A demo newsroom of twenty articles on the air, for this test alone."""
    with Newsroom(articles=20, seed=1).serve() as site:
        yield site
