"""One record out of several pages of one article, its parts and its AMP twin: the better source of each field wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from newsscraper import dates
from newsscraper.article import Article, Dates, Image, RecentPost, Rights
from newsscraper.dates.claim import Claim
from newsscraper.extraction.metadata.images import identity
from newsscraper.extraction.page import Reading, SiteHints
from newsscraper.extraction.plaintext import fold
from newsscraper.extraction.rules.declared import WITHOUT_MATCH
from newsscraper.urls import article_id, canonical_url, site_of

_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")
_TELLING = 30
"""Letters from which a paragraph that comes twice is taken for the same one."""


def join(readings: Sequence[Reading], *, hints: SiteHints | None = None) -> Article:
    """Return the one record of an article that several pages show.

    The plain pages are believed before their AMP twins, which repeat the first part where a later one is asked for
    and whose JSON-LD clock may be wrong; a twin fills what the plain page lacks. All pages' claims of a date are
    decided again together. The parts' texts are put in order, and what a part repeats of those before it is left out.
    Where a rule of the site gave a field on some of the pages, the others are not asked for it.

    Args:
        readings: the pages read, in any order; those without a record are passed over.
        hints: what is known of the site, for its dates.

    Raises:
        ValueError: none of the readings holds a record.

    >>> one = Reading("article", article=Article(url="https://a.b/x.html", title="Bonjour", text="Un."))
    >>> two = Reading("article", article=Article(url="https://a.b/x.html/2", text="Deux."), page_number=2)
    >>> print(join([two, one]).text)
    Un.
    <BLANKLINE>
    Deux.
    """
    usable = [reading for reading in readings if reading.article is not None]
    if not usable:
        raise ValueError("no record among the pages to join")
    plain = sorted((reading for reading in usable if not reading.is_amp), key=lambda reading: reading.page_number)
    amp = sorted((reading for reading in usable if reading.is_amp), key=lambda reading: reading.page_number)
    ranked = plain + amp
    records = _records(ranked)
    joined = deepcopy(records[0])
    _name(joined, ranked)
    joined.text = _text(_told(plain, "text", ranked), _told(amp, "text", ranked))
    joined.title = _first(record.title for record in _records(_told(ranked, "title")))
    joined.description = _description(_records(_told(ranked, "description")))
    joined.language = _first(record.language for record in records)
    for name in ("authors", "categories", "tags"):
        setattr(joined, name, _fullest([getattr(record, name) for record in _records(_told(ranked, name))]))
    joined.images = _images(records)
    joined.recent_posts = max((record.recent_posts for record in records), key=_wealth)
    free = [record.is_accessible_for_free for record in records]
    joined.is_accessible_for_free = False if False in free else _first(free)
    joined.rights = _rights([record.rights for record in records])
    _evidence(joined, records, {rule for reading in ranked for rule in reading.ruled})
    _dates(joined, ranked, hints)
    return joined


def _records(readings: Sequence[Reading]) -> list[Article]:
    return [reading.article for reading in readings if reading.article is not None]


def _told(readings: Sequence[Reading], rule: str, among: Sequence[Reading] | None = None) -> Sequence[Reading]:
    """Return those of the readings on whose page a rule of the site gave the field; all where it did on none."""
    if not any(rule in reading.ruled for reading in among or readings):
        return readings
    return [reading for reading in readings if rule in reading.ruled]


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _name(joined: Article, ranked: Sequence[Reading]) -> None:
    """Name the record by its first part: each part of a split article is its own canonical address."""
    first = ranked[0]
    record = first.article
    url = record.url if record is not None else None
    if first.page_number > 1 and first.pages:
        url = first.pages[0]
    if first.is_amp and first.canonical_url and first.page_number == 1:
        url = first.canonical_url
    if url:
        try:
            joined.url = canonical_url(url)
        except ValueError:
            joined.url = url
        joined.id = article_id(joined.url)
        joined.site = site_of(joined.url) or joined.site


def _text(plain: Sequence[Reading], amp: Sequence[Reading]) -> str | None:
    """Return the text of the plain parts; of the AMP ones where these have more of them or say much more."""
    candidates = [_parts(plain), _parts(amp)]
    (one, parts), (other, more) = candidates
    named = max((len(reading.pages) for reading in (*plain, *amp)), default=0)
    if one and (parts >= named or parts >= more) and len(one) * 2 > len(other):
        return one
    return max(one, other, key=len) or None


def _parts(readings: Sequence[Reading]) -> tuple[str, int]:
    """Return the joined text of the parts in order, and how many parts gave something of their own."""
    paragraphs: list[str] = []
    seen: set[str] = set()
    count = 0
    for reading in readings:
        own = [part for part in ((reading.article and reading.article.text) or "").split("\n\n") if part.strip()]
        new = _unrepeated(own, seen)
        count += bool(new)
        paragraphs += new
        seen.update(_folded(part) for part in own)
    return "\n\n".join(paragraphs), count


def _unrepeated(own: list[str], seen: set[str]) -> list[str]:
    """Drop what a part repeats at its start and its end; what it repeats in between it may well quote."""
    start, end = 0, len(own)
    while start < end and _folded(own[start]) in seen:
        start += 1
    while end > start and len(own[end - 1]) >= _TELLING and _folded(own[end - 1]) in seen:
        end -= 1
    return own[start:end]


def _folded(text: str) -> str:
    return fold(text)


def _description(records: Sequence[Article]) -> str | None:
    told = [record.description for record in records if record.description]
    return _first(text for text in told if not _CUT.search(text)) or max(told, key=len, default=None)


def _fullest(lists: Sequence[list[str]]) -> list[str]:
    """Return the first list that is not empty, or a later one that holds all of it and more."""
    best: list[str] = []
    for names in lists:
        if {fold(name) for name in names} > {fold(name) for name in best}:
            best = names
    return best


def _images(records: Sequence[Article]) -> list[Image]:
    found: dict[str, Image] = {}
    for record in records:
        for image in record.images:
            known = found.setdefault(identity(image.url), deepcopy(image))
            known.caption = known.caption or image.caption
            known.credit = known.credit or image.credit
    images = list(found.values())
    if len({image.credit for image in images if image.credit}) == 1 and len(records) > 1:
        _credit_once(images, records)
    return images


def _credit_once(images: list[Image], records: Sequence[Article]) -> None:
    """Leave one credit with one picture where two pages of the same article gave it to different ones."""
    most = max(sum(image.credit is not None for image in record.images) for record in records)
    for image in [image for image in images if image.credit is not None][most:]:
        image.credit = None


def _wealth(posts: list[RecentPost]) -> tuple[int, int, int]:
    return (sum(post.date is not None or post.raw is not None for post in posts), len(posts),
            sum(post.excerpt is not None for post in posts))  # fmt: skip


def _rights(told: Sequence[Rights]) -> Rights:
    """Return what all pages' rights say together: what one of them forbids is forbidden."""
    joined = deepcopy(told[0])
    for rights in told[1:]:
        for name in ("robots_ai", "archive", "ai"):
            mine, other = getattr(joined, name), getattr(rights, name)
            setattr(joined, name, False if False in (mine, other) else _first((mine, other)))
        reserved = (joined.tdm_reserved, rights.tdm_reserved)
        joined.tdm_reserved = True if True in reserved else _first(reserved)
        joined.tdm_policy = joined.tdm_policy or rights.tdm_policy
        joined.evidence += [line for line in rights.evidence if line not in joined.evidence]
    return joined


def _evidence(joined: Article, records: Sequence[Article], ruled: set[str]) -> None:
    joined.extraction.confidence = max(record.extraction.confidence for record in records)
    joined.extraction.warnings = list(dict.fromkeys(
        warning for record in records for warning in record.extraction.warnings
        if not (warning.startswith(WITHOUT_MATCH) and warning.removeprefix(WITHOUT_MATCH) in ruled)
    ))  # fmt: skip
    removed: dict[str, int] = {}
    for record in records:
        for rule, count in record.extraction.removed.items():
            removed[rule] = removed.get(rule, 0) + count
    joined.extraction.removed = removed


def _dates(joined: Article, ranked: Sequence[Reading], hints: SiteHints | None) -> None:
    claims: dict[Claim, None] = {}
    for reading in ranked:
        claims.update(dict.fromkeys(reading.claims))
    if not claims:
        for name in ("published", "modified"):
            source = next((r.article for r in ranked if r.article and getattr(r.article, f"date_{name}")), None)
            if source is not None:
                setattr(joined, f"date_{name}", getattr(source, f"date_{name}"))
                setattr(joined.dates, name, getattr(source.dates, name))
        return
    fetched = [datetime.fromisoformat(r.article.fetched_at) for r in ranked if r.article and r.article.fetched_at]
    verdict = dates.decide(
        tuple(claims),
        fetched_at=max(fetched, default=None),
        languages=ranked[0].languages or (hints.languages if hints else ()),
        timezone=hints.timezone if hints else None,
        amp_clock_is_gmt=hints.amp_clock_is_gmt if hints else False,
    )
    joined.dates = Dates()
    for name, decision in (("published", verdict.published), ("modified", verdict.modified)):
        setattr(joined, f"date_{name}", decision.value if decision else None)
        setattr(joined.dates, name, decision.evidence if decision else None)
