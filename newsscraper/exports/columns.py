"""The Arrow schema of a record, made from the record's own types: it is the same whatever the lines hold.

Beside each date stand columns that a table can compute with. A bare day is no midnight: its moment is null.

| field of the record | columns |
| --- | --- |
| `date_published` | as written; `published_on` (day), `published_at` (moment in UTC, where it is known) |
| `date_modified` | as written; `modified_on`, `modified_at` |
| `dates.published.precision`, `.zone` | in the struct `dates`, as in the record |
| `fetched_at`, `first_seen_at` | moments in UTC |
| `extraction.removed` | a list of `name` and `count` |
| `extra` | JSON text |
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from newsscraper.article import Article, IsoDate, IsoMoment
from newsscraper.exports import ExportFailed

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

DAYS = {"date_published": "published", "date_modified": "modified"}
"""Dates of the record that get columns of their own, and what those columns begin with."""


def arrow() -> Any:
    """Return pyarrow, which is an extra.

    Raises:
        ExportFailed: it is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise ExportFailed("Parquet needs pyarrow: pip install 'newsscraper[export]'") from error
    return pyarrow


def schema(*, stories: bool = False) -> pa.Schema:
    """Return the Arrow schema of a record; with ``stories`` there is a column ``story_id``.

    Raises:
        ExportFailed: pyarrow is not installed.
    """
    pa = arrow()
    columns = []
    for name, hint in get_type_hints(Article, include_extras=True).items():
        columns.append(pa.field(name, _type(hint)))
        if prefix := DAYS.get(name):
            columns.append(pa.field(f"{prefix}_on", pa.date32()))
            columns.append(pa.field(f"{prefix}_at", pa.timestamp("us", tz="UTC")))
    if stories:
        columns.append(pa.field("story_id", pa.string()))
    return pa.schema(columns)


def _type(hint: Any) -> Any:
    """Return the Arrow type of a field's type."""
    pa = arrow()
    origin = get_origin(hint)
    if hint == IsoMoment:
        return pa.timestamp("us", tz="UTC")
    if origin is typing.Annotated:
        return _type(get_args(hint)[0])
    if origin in (types.UnionType, typing.Union):
        (one,) = (each for each in get_args(hint) if each is not types.NoneType)
        return _type(one)
    if origin is Literal:
        return pa.string()
    if origin is list:
        return pa.list_(_type(get_args(hint)[0]))
    if origin is dict:
        value = get_args(hint)[1]
        if value is not int:
            return pa.string()
        # Not Arrow's map, which not every reader knows (Hugging Face's datasets does not).
        return pa.list_(pa.struct([pa.field("name", pa.string()), pa.field("count", pa.int64())]))
    if is_dataclass(hint):
        told = get_type_hints(hint, include_extras=True)
        return pa.struct([pa.field(each.name, _type(told[each.name])) for each in fields(hint)])
    return {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}[hint]


def row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as a row of the schema.

    >>> row({"date_published": "2026-11-22", "fetched_at": "2026-11-22T08:00:00+01:00"})["published_on"]
    datetime.date(2026, 11, 22)
    """
    made = dict(record)
    for name, prefix in DAYS.items():
        made[f"{prefix}_on"], made[f"{prefix}_at"] = day_and_moment(record.get(name))
    for name in _MOMENTS:
        made[name] = _moment(record.get(name))
    for name in _MAPS:
        if record.get(name) is not None:
            made[name] = msgspec.json.encode(record[name]).decode()
    if extraction := record.get("extraction"):
        removed = [{"name": name, "count": count} for name, count in extraction.get("removed", {}).items()]
        made["extraction"] = {**extraction, "removed": removed}
    return made


def day_and_moment(told: str | None) -> tuple[date | None, datetime | None]:
    """Return the day of a date, as it is on the site's own clock, and its moment in UTC, each where it is known.

    >>> day_and_moment("2026-11-22T00:30:00+01:00")
    (datetime.date(2026, 11, 22), datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.timezone.utc))
    >>> day_and_moment("2026-11")
    (None, None)
    """
    if not told or len(told) < 10:
        return None, None
    return date.fromisoformat(told[:10]), _moment(told) if len(told) > 10 else None


def _moment(told: str | None) -> datetime | None:
    if not told:
        return None
    moment = datetime.fromisoformat(told)
    return moment.astimezone(UTC) if moment.tzinfo else None


def _named(wanted: Any) -> tuple[str, ...]:
    hints = get_type_hints(Article, include_extras=True)
    return tuple(name for name, hint in hints.items() if wanted(hint))


def _is_open_map(hint: Any) -> bool:
    """Whether a field holds values of any kind by name, which no column type fits."""
    return get_origin(hint) is dict and get_args(hint)[1] is not int


_MOMENTS = _named(lambda hint: IsoMoment in (hint, *get_args(hint)))
_MAPS = _named(_is_open_map)
_DATES = _named(lambda hint: IsoDate in (hint, *get_args(hint)))
assert set(DAYS) <= set(_DATES)
