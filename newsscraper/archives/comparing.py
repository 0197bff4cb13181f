"""What a crawl delivered beside what today's reader makes of the same pages, field by field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsscraper.archives import ArchiveFailed
from newsscraper.archives.kept import FOLLOWS, flat
from newsscraper.archives.writing import ENDING, FOLDER
from newsscraper.crawlstate.dayfiles import open_lines

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is another one today.

    Attributes:
        delivered: as it was delivered.
        today: as it is read today; ``None``: no article is read from these pages.
        fields: names of the fields that differ.
    """

    delivered: Record
    today: Record | None
    fields: tuple[str, ...]

    def values(self, name: str) -> tuple[Any, Any]:
        """Return a field as it was delivered and as it is today."""
        return flat(self.delivered)[name], flat(self.today or {}).get(name)


@dataclass(slots=True)
class Comparison:
    """All that differs between some records and today's.

    Attributes:
        compared: records.
        differences: those that differ.
    """

    compared: int = 0
    differences: list[Difference] = field(default_factory=list)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return for each field how many records have another value, one where there was none, and none any more."""
        found: dict[str, Counter[str]] = {}
        for difference in self.differences:
            for name in difference.fields:
                one, other = difference.values(name)
                what = "changed" if _says(one) and _says(other) else "new" if _says(other) else "gone"
                found.setdefault(name, Counter())[what] += 1
        ranked = sorted(found.items(), key=lambda item: -item[1].total())
        return {name: {what: counts[what] for what in ("changed", "new", "gone")} for name, counts in ranked}

    def add(self, delivered: Iterable[Record], today: Iterable[Record]) -> None:
        """Compare records with today's, each with the one of its article and revision."""
        read = {_key(record): record for record in today}
        for record in delivered:
            self.compared += 1
            other = read.get(_key(record))
            names = () if other is None else tuple(_differ(flat(record), flat(other)))
            if other is None or names:
                self.differences.append(Difference(record, other, names))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain dicts and lists, for JSON."""
        changed = [
            {
                "id": each.delivered["id"],
                "url": each.delivered["url"],
                "revision": each.delivered["revision"],
                "fields": {
                    name: dict(zip(("delivered", "today"), each.values(name), strict=True)) for name in each.fields
                },
            }
            for each in self.differences
            if each.today is not None
        ]
        lost = [each.delivered["url"] for each in self.differences if each.today is None]
        return {"compared": self.compared, "fields": self.counts(), "changed": changed, "no_article_today": lost}


def delivered_from(archive: str) -> Iterator[Record]:
    """Yield the records that a crawl delivered and whose pages are in a WARC file, in the order of their lines.

    Raises:
        ArchiveFailed: no lines of a crawl are beside it.
    """
    path = lines_beside(archive)
    with open_lines(path) as stream:
        for line in stream:
            record = json.loads(line)
            if (record.get("source") or {}).get("archive") == Path(archive).name:
                yield record


def lines_beside(archive: str) -> Path:
    """Return the day file whose articles a WARC file holds.

    Raises:
        ArchiveFailed: there is none.
    """
    path = Path(archive).absolute()
    day = path.name.removesuffix(ENDING)
    for name in (f"{day}.jsonl", f"{day}.jsonl.zst"):
        if path.parent.name == FOLDER and (found := path.parent.parent / name).exists():
            return found
    raise ArchiveFailed(
        f"--compare needs the lines that a crawl delivered, and there are none for {archive}; "
        "name a site's folder of WARC files, such as output/example.com/warc"
    )


def _key(record: Record) -> tuple[str, int]:
    return record["id"], record["revision"]


def _differ(one: Record, other: Record) -> Iterator[str]:
    return (name for name in one if name not in FOLLOWS and one[name] != other.get(name))


def _says(value: object) -> bool:
    return value not in (None, "", [], {})
