"""Loads the compiled readers, where there are, before any doctest is collected: pytest loads modules by their files."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator

import pytest

importlib.import_module("newsscraper.extraction.tree")


@pytest.fixture(autouse=True)
def _no_project_is_named() -> Iterator[None]:
    """Forget the project that Scrapy names in the environment: a command that a test starts elsewhere would take it."""
    os.environ.pop("SCRAPY_SETTINGS_MODULE", None)
    yield
    os.environ.pop("SCRAPY_SETTINGS_MODULE", None)
