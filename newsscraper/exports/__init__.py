"""Delivered lines → tables and files that other programs read: Parquet, CSV, JSONL, SQLite, PostgreSQL, Markdown.

Each destination knows how far it has read, in a mark that is written in the same step as the rows. So an export can be
killed at any moment and run again: every line is there once.
"""

from __future__ import annotations


class ExportFailed(Exception):
    """The export cannot go on; the message says why and what to do, in one line."""
