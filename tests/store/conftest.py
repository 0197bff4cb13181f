"""Stores to test against: a folder, and a server that speaks S3."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsscraper.store import Place, open_store

from .servers import environment, s3_environment, s3_server

_numbers = itertools.count()


@pytest.fixture(scope="session")
def s3() -> Iterator[None]:
    """A server that speaks S3, with its variables set."""
    with s3_server() as endpoint, environment(s3_environment(endpoint)):
        yield


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty store of each kind."""
    if request.param == "folder":
        return open_store(str(tmp_path / "store"))
    request.getfixturevalue("s3")
    return open_store(f"s3://bucket/news{next(_numbers)}")
