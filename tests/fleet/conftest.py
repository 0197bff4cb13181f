"""Newsrooms that fleets are tried on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsscraper.demo.many import Many, serve

SITES = 6


@pytest.fixture
def many() -> Iterator[Many]:
    """Six newsrooms of eight articles, each at an address of its own."""
    with serve(Many(8), SITES) as newsrooms:
        yield newsrooms
