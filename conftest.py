"""Loads the compiled readers, where there are, before any doctest is collected: pytest loads modules by their files."""

from __future__ import annotations

import importlib

importlib.import_module("newsscraper.extraction.tree")
