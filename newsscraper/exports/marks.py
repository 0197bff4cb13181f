"""How far a destination has read, kept in a small file beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newsscraper.exports import ExportFailed
from newsscraper.exports.lines import Mark

VERSION = 1


def encode(options: Mapping[str, Any], marks: Mapping[str, Mark], **more: Any) -> bytes:
    """Return a mark as JSON: the options of the export, and for each site the file and the bytes read of it."""
    read = {site: [mark.file, mark.end] for site, mark in sorted(marks.items())}
    return json.dumps({"version": VERSION, "options": dict(options), "read": read, **more}).encode()


def decode(data: bytes, options: Mapping[str, Any], place: str) -> tuple[dict[str, Mark], dict[str, Any]]:
    """Return the marks of a destination and what else was kept with them.

    Raises:
        ExportFailed: it is no mark, or the destination was made with other options.
    """
    try:
        found = json.loads(data)
        marks = {str(site): Mark(str(file), int(end)) for site, (file, end) in found["read"].items()}
        made_with, version = dict(found["options"]), found["version"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportFailed(f"the mark of {place} cannot be read; export to another place") from error
    if version != VERSION:
        raise ExportFailed(f"{place} was made by another version of newsscraper; export to another place")
    check_options(made_with, options, place)
    return marks, found


def check_options(made_with: Mapping[str, Any], options: Mapping[str, Any], place: str) -> None:
    """Refuse a destination that was made with other options.

    Raises:
        ExportFailed: an option differs.
    """
    for name, value in options.items():
        if made_with.get(name) != value:
            was, now = (_said(name, each) for each in (made_with.get(name), value))
            raise ExportFailed(
                f"{place} was made {was}, and this export is {now}; use the same options, or another place"
            )


def _said(name: str, value: Any) -> str:
    if value in (None, False):
        return f"without --{name}"
    return f"with --{name}" if value is True else f"with --{name} {value}"
