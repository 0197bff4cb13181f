"""Markdown: a file an article, with its fields as YAML on top."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsscraper.durable import replace_whole
from newsscraper.exports import ExportFailed, marks
from newsscraper.exports.choosing import Choice, new_lines
from newsscraper.exports.lines import Line, Mark, Site

MARK = ".newsscraper.mark"
_BATCH = 500
_SLUG = 60

Body = Callable[[dict[str, Any]], str | None]
"""Gives the body of a record in Markdown, where the page itself is kept; ``None``: only its text is known."""


class MarkdownFolder:
    """A folder of Markdown files, ``<site>/<day>-<title>-<id>.md``. A new revision replaces the file of its article.

    Args:
        place: the folder.
        choice: which lines.
        body: gives a body with its structure.

    Raises:
        ExportFailed: the folder cannot be used, or was made with other options.
    """

    def __init__(self, place: str, choice: Choice, body: Body | None = None) -> None:
        self._folder = Path(place)
        self._choice = choice
        self._body = body
        self._options = {name: value for name, value in choice.options().items() if name != "latest"}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            data = (self._folder / MARK).read_bytes() if (self._folder / MARK).exists() else None
        except OSError as error:
            raise ExportFailed(f"{place} cannot be used: {error.strerror or error}") from error
        self._marks = marks.decode(data, self._options, place)[0] if data else {}

    def add(self, sites: list[Site]) -> int:
        """Write what is new; return how many files were written.

        A file written twice is the same file, so the mark may lag behind.

        Raises:
            ExportFailed: a file cannot be written.
        """
        count, since = 0, 0
        try:
            for line in new_lines(sites, self._marks):
                if self._choice.takes(line):
                    self._write(line)
                    count += 1
                self._marks[line.site] = Mark(line.file, line.end)
                since += 1
                if since == _BATCH:
                    since = 0
                    self._settle()
            if since:
                self._settle()
        except OSError as error:
            raise ExportFailed(f"cannot write to {self._folder}: {error.strerror or error}") from error
        return count

    def _settle(self) -> None:
        replace_whole(self._folder / MARK, marks.encode(self._options, self._marks))

    def _write(self, line: Line) -> None:
        record = self._choice.record(line)
        folder = self._folder / line.site
        folder.mkdir(exist_ok=True)
        path = folder / file_name(record)
        for old in folder.glob(f"*-{record['id']}.md"):
            if old != path:
                old.unlink()
        body = self._body(record) if self._body else None
        replace_whole(path, document(record, body).encode("utf-8", "replace"))


def file_name(record: dict[str, Any]) -> str:
    """Return the name of an article's file: its day, words of its title, its id.

    >>> file_name({"id": "a1b2", "date_published": "2026-11-22T08:00:00+01:00", "title": "Été : la fibre à Gap"})
    '2026-11-22-ete-la-fibre-a-gap-a1b2.md'
    """
    plain = unicodedata.normalize("NFKD", record.get("title") or "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    slug = re.sub(r"[^\w]+", "-", plain).strip("-_")[:_SLUG].strip("-_")
    day = (record.get("date_published") or "")[:10]
    return "-".join(part for part in (day, slug, str(record["id"])) if part) + ".md"


def document(record: dict[str, Any], body: str | None = None) -> str:
    """Return an article as Markdown: YAML with title, authors, dates with evidence, rights, address; then the body.

    Without ``body`` the record's text is used, with what Markdown would take for a sign written so that it is none.

    >>> print(document({"id": "a1", "title": "Rain: again", "authors": ["Ann"], "text": "It rains.\\n\\n# 1 in Brest"}))
    ---
    id: "a1"
    title: "Rain: again"
    authors: ["Ann"]
    ---
    <BLANKLINE>
    # Rain: again
    <BLANKLINE>
    It rains.
    <BLANKLINE>
    \\# 1 in Brest
    <BLANKLINE>
    """
    head = "\n".join(f"{name}: {_yaml(record[name])}" for name in _HEAD if record.get(name) not in (None, [], {}))
    title = f"# {escaped(' '.join(record['title'].split()))}\n\n" if record.get("title") else ""
    if body is None:
        body = "\n\n".join(escaped(part) for part in (record.get("text") or "").split("\n\n"))
    return f"---\n{head}\n---\n\n{title}{body}\n"


_HEAD = (
    "id",
    "url",
    "site",
    "title",
    "description",
    "authors",
    "categories",
    "tags",
    "language",
    "date_published",
    "date_modified",
    "dates",
    "rights",
    "is_accessible_for_free",
    "first_seen_at",
    "fetched_at",
    "revision",
    "duplicate_of",
    "story_id",
    "extra",
)

_SIGNS = re.compile(r"([\\`*_\[\]<>])|^(\s*)([#>+-]|\d+(?=[.)]\s)|=+$|~~~)", re.MULTILINE)


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows the same text.

    >>> escaped("1. a *star*")
    '1\\\\. a \\\\*star\\\\*'
    """

    def sign(match: re.Match[str]) -> str:
        if match[1]:
            return f"\\{match[1]}"
        space, mark = match[2], match[3]
        return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"

    return _SIGNS.sub(sign, text)


def _yaml(value: Any) -> str:
    """Return a value as YAML, of which JSON is a part."""
    return json.dumps(value, ensure_ascii=False)
