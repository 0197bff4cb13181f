"""What makes a new revision: which fields count, and when two values of one field are the same.

A page is read more than once, from its AMP and its plain form, on a good and on a bad day. What differs only because
the source was worse must not become a revision, or records would flip back and forth. So:

- A value that is missing now and was there before is no change.
- Words (title, description, text) are compared without case, space and punctuation, lists of names as sets of these.
- Pictures are compared by file name, without size suffix and query; a picture that is gone is no change, a new one is.
- A date that is vaguer than the known one and agrees with it is no change, and the known one stays in the record. A
  finer one is a change, a different one is.
- ``date_modified`` alone is no change: it says that something changed, and nothing did. It is named beside others. So
  it is with ``extra``, unless the spider says that its own fields count.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from newsscraper.article import FIELD_NAMES, Article, DateEvidence
from newsscraper.digest import fold, short_hash, words_hash

_SIZE = re.compile(r"([-_](\d{2,5}x\d{2,5}|scaled|e\d{10,}|\d{2,4}w))+$")
_WORDS = ("title", "description", "text")
_NAMES = ("authors", "categories", "tags")
_QUIET = ("date_modified", "extra")
"""Fields that are named in ``changed`` but make no revision by themselves."""

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_FINENESS = tuple(_UNITS)


def fingerprint(article: Article) -> dict[str, Any]:
    """Return what is remembered of an article's fields to see later whether one changed; absent fields are left out."""
    found: dict[str, Any] = {}
    for name in _WORDS:
        if value := getattr(article, name):
            found[name] = words_hash(value)
    for name in _NAMES:
        if values := {fold(value) for value in getattr(article, name)} - {""}:
            found[name] = sorted(short_hash(value)[:8] for value in values)
    if pictures := {_picture(image.url) for image in article.images}:
        found["images"] = sorted(short_hash(picture)[:8] for picture in pictures)
    for name, evidence in (("date_published", article.dates.published), ("date_modified", article.dates.modified)):
        if value := getattr(article, name):
            known = (evidence.precision, evidence.source, evidence.zone, evidence.raw) if evidence else ()
            found[name] = [value, *known]
    if article.is_accessible_for_free is not None:
        found["is_accessible_for_free"] = article.is_accessible_for_free
    if article.extra:
        found["extra"] = short_hash(msgspec.json.encode(article.extra, order="deterministic").decode())
    return found


def changed_fields(before: dict[str, Any], after: dict[str, Any], *, extra_counts: bool = False) -> list[str]:
    """Return the names of the fields whose change readers care about, in record order; empty: no new revision.

    Args:
        before: `fingerprint` of what was delivered.
        after: `fingerprint` of what is there now.
        extra_counts: a change of ``extra`` makes a new revision.

    >>> old, new = Article(title="Rain", tags=["weather"]), Article(title="Heavy rain")
    >>> changed_fields(fingerprint(old), fingerprint(new))
    ['title']
    >>> changed_fields(fingerprint(old), fingerprint(Article(title="RAIN!")))
    []
    """
    names = [name for name in FIELD_NAMES if name in after and _differs(name, before.get(name), after[name])]
    return names if any(name not in _QUIET or (name == "extra" and extra_counts) for name in names) else []


def merged(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what to remember after another look: the new value of what changed, else what was known."""
    return before | {name: value for name, value in after.items() if _differs(name, before.get(name), value)}


def keep_finer_date(article: Article, before: dict[str, Any]) -> None:
    """Give a record back the date of publication that was known, where this reading has none or a vaguer one of it.

    >>> from newsscraper.article import Dates
    >>> evidence = DateEvidence(raw="2026-11-22T09:00:00Z", source="meta", precision="second", zone="explicit")
    >>> known = fingerprint(Article(date_published="2026-11-22T09:00:00Z", dates=Dates(published=evidence)))
    >>> article = Article(date_published="2026-11-22")
    >>> keep_finer_date(article, known)
    >>> article.date_published, article.dates.published.source
    ('2026-11-22T09:00:00Z', 'meta')
    """
    known, now = before.get("date_published"), fingerprint(article).get("date_published")
    if known and (now is None or (_unit(now) > _unit(known) and not _date_differs(known, now))):
        article.date_published = known[0]
        article.dates.published = None
        if len(known) > 1:
            precision, source, zone, raw = known[1:]
            article.dates.published = DateEvidence(raw=raw, source=source, precision=precision, zone=zone)


def is_same_date(one: Any, other: Any) -> bool:
    """Whether two dates of publication agree, be one of them vaguer; both as a `fingerprint` holds them.

    >>> is_same_date(["2026-11-22"], ["2026-11-22T09:00:00Z"]), is_same_date(["2026-11-22"], ["2026-11-23"])
    (True, False)
    """
    return not (_date_differs(one, other) and _date_differs(other, one))


def is_exact(date: Any) -> bool:
    """Whether a date, as a `fingerprint` holds it, is a moment: a clock is known, and it is no midnight.

    >>> is_exact(["2026-11-22T09:00:00Z"]), is_exact(["2026-11-22"]), is_exact(["2026-11-22T00:00:00+01:00"])
    (True, False, False)
    """
    clock = str(date[0]).partition("T")[2]
    return bool(clock) and not clock.startswith("00:00:00") and _unit(date) <= _UNITS["minute"]


def _differs(name: str, before: Any, after: Any) -> bool:
    if before == after:
        return False
    if before is None:
        return True
    if name == "images":
        return not set(after) <= set(before)
    if name in ("date_published", "date_modified"):
        return _date_differs(before, after)
    return True


def _date_differs(before: list[Any], after: list[Any]) -> bool:
    one, other = _moment(before), _moment(after)
    if one is None or other is None:
        return bool(before[0] != after[0])
    coarse_before, coarse_after = _unit(before), _unit(after)
    if (one.tzinfo is None) != (other.tzinfo is None):  # one of the two zones is unknown: the clocks are compared
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    if coarse_after < coarse_before:
        return True
    # A vaguer date stands for its whole unit; one counted back from "2 days ago" is off by up to one at either end.
    vague = coarse_after > coarse_before or _is_counted_back(before) or _is_counted_back(after)
    return abs(one - other) > (coarse_after if vague else timedelta())


def _is_counted_back(date: list[Any]) -> bool:
    return len(date) > 1 and date[2] in ("relative", "recent-posts")


def _unit(date: list[Any]) -> timedelta:
    if len(date) > 1 and date[1] in _UNITS:
        return _UNITS[date[1]]
    return _UNITS["second" if "T" in date[0] else _FINENESS[{10: 3, 7: 5, 4: 6}.get(len(date[0]), 0)]]


def _moment(date: list[Any]) -> datetime | None:
    value = date[0]
    try:
        moment = datetime.fromisoformat(value + {4: "-01-01", 7: "-01"}.get(len(value), ""))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _picture(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return url
    stem, _, _extension = unquote(path).rstrip("/").rpartition("/")[2].rpartition(".")
    return _SIZE.sub("", stem) or path or url
