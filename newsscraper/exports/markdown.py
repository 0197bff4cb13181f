"""Markdown: a file an article, with its fields as YAML on top."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsscraper.durable import replace_whole
from newsscraper.exports import ExportFailed, marks
from newsscraper.exports.choosing import Choice, batches, new_lines
from newsscraper.exports.lines import Line, Mark, Site
from newsscraper.extraction.page import TextBlock

MARK = ".newsscraper.mark"
_BATCH = 500
_SLUG = 60


class MarkdownFolder:
    """A folder of Markdown files, ``<site>/<day>-<title>-<id>.md``. A new revision replaces the file of its article.

    Args:
        place: the folder.
        choice: which lines.

    Raises:
        ExportFailed: the folder cannot be used, or was made with other options.
    """

    def __init__(self, place: str, choice: Choice) -> None:
        self._folder = Path(place)
        self._choice = choice
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
        count = 0
        try:
            for batch in batches(new_lines(sites, self._marks), _BATCH):
                for line in filter(self._choice.takes, batch):
                    self._write(line)
                    count += 1
                self._marks |= {line.site: Mark(line.file, line.end) for line in batch}
                replace_whole(self._folder / MARK, marks.encode(self._options, self._marks))
        except OSError as error:
            raise ExportFailed(f"cannot write to {self._folder}: {error.strerror or error}") from error
        return count

    def _write(self, line: Line) -> None:
        record = self._choice.record(line)
        folder = self._folder / line.site
        folder.mkdir(exist_ok=True)
        path = folder / file_name(record)
        for old in folder.glob(f"*-{record['id']}.md"):
            if old != path:
                old.unlink()
        replace_whole(path, document(record).encode("utf-8", "replace"))


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


def markdown_of(blocks: Sequence[TextBlock]) -> str:
    """Return an article's blocks as Markdown.

    >>> from newsscraper.extraction.page import TextLink
    >>> link = TextLink(3, 8, "https://a.example/brest")
    >>> print(markdown_of([TextBlock("heading", "Rain", level=2), TextBlock("paragraph", "In Brest.", links=(link,))]))
    ## Rain
    <BLANKLINE>
    In [Brest](https://a.example/brest).
    """
    parts: list[str] = []
    before: TextBlock | None = None
    number = 0
    for block in blocks:
        alike = before is not None and before.kind == block.kind and block.kind in ("list-item", "row", "quote")
        number = number + 1 if alike else 1
        text = _block(block, number, is_first=not alike)
        gap = "\n>\n" if alike and block.kind == "quote" else "\n" if alike else "\n\n"
        parts += [gap if parts else "", text]
        before = block
    return "".join(parts)


def _block(block: TextBlock, number: int, *, is_first: bool) -> str:
    if block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
        return f"{fence}\n{block.text}\n{fence}"
    text = _linked(block)
    if block.kind == "heading":
        return f"{'#' * min(6, max(2, block.level))} {' '.join(text.split())}"
    if block.kind == "list-item":
        mark = f"{number}." if block.ordered else "-"
        indent = "   " * (max(1, block.level) - 1)
        return f"{indent}{mark} " + text.replace("\n", f"\n{indent}  ")
    if block.kind == "quote":
        return "> " + text.replace("\n", "\n> ")
    if block.kind == "row":
        return _row(block, is_first=is_first)
    return text.replace("\n", "  \n")


def _row(block: TextBlock, *, is_first: bool) -> str:
    """Return a row of a table. Markdown asks for a head: where the page has none, it is empty."""
    cells = [escaped(" ".join(cell.split())).replace("|", "\\|") for cell in block.cells or (block.text,)]
    row = f"| {' | '.join(cells)} |"
    if not is_first:
        return row
    rule = f"|{' --- |' * len(cells)}"
    return f"{row}\n{rule}" if block.is_header else f"|{'  |' * len(cells)}\n{rule}\n{row}"


def _linked(block: TextBlock) -> str:
    """Return a block's text with its links."""
    parts, at = [], 0
    for link in block.links:
        parts.append(escaped(block.text[at : link.start]))
        target = re.sub(r"[\s()<>]", lambda match: f"%{ord(match[0]):02X}", link.url)
        parts.append(f"[{escaped(block.text[link.start : link.end])}]({target})")
        at = link.end
    return "".join([*parts, escaped(block.text[at:])])


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
