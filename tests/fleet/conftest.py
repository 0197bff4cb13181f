"""Newsrooms that fleets are tried on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsscraper.demo.many import Many, serve
from tests.store.servers import environment, s3_environment, s3_server

SITES = 6


@pytest.fixture
def many() -> Iterator[Many]:
    """Six newsrooms of eight articles, each at an address of its own."""
    with serve(Many(8), SITES) as newsrooms:
        yield newsrooms


@pytest.fixture
def s3() -> Iterator[None]:
    """A server that speaks S3, with its variables set."""
    with s3_server() as endpoint, environment(s3_environment(endpoint)):
        yield
