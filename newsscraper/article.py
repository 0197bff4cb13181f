"""The record: what one article is, as a Scrapy item, a JSONL line and a JSON Schema.

Field order is the order of the fields in the JSONL line. What is absent is ``None`` or an empty list, never ``""``.

>>> article = Article(title="Bonjour")
>>> article.to_json().startswith(b'{"id":null,"url":null')
True
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]
"""A string that says something: absent is ``None``, never ``""``."""

IsoDate = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$",
        description="ISO 8601: a moment with its offset, or as much of a day as is known (2024, 2024-06, 2024-06-28).",
    ),
]
IsoMoment = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$",
        description="ISO 8601 moment with its offset.",
    ),
]
DateSource = Literal["json-ld", "meta", "time", "visible", "relative", "sitemap", "feed", "url", "recent-posts"]
Precision = Literal["second", "minute", "hour", "day", "week", "month", "year"]
DEEPEST = 20
"""How deep lists and tables in ``extra`` may stand in one another."""
Zone = Literal["explicit", "site", "repaired", "unknown"]
"""How an offset was decided: written with the date, the site's zone, repaired from a wrong one, or not known."""


@dataclass(slots=True)
class DateEvidence:
    """What was believed about one date, and why."""

    raw: Text
    """The date as it is written on the page."""
    source: DateSource
    """Where it was found."""
    precision: Precision
    """The smallest unit that is known."""
    zone: Zone
    """How the offset was decided."""


@dataclass(slots=True)
class Dates:
    """Evidence for ``date_published`` and ``date_modified``."""

    published: DateEvidence | None = None
    modified: DateEvidence | None = None


@dataclass(slots=True)
class Image:
    """A picture of the article, with what the page says about it."""

    url: Text
    """Address of the picture."""
    caption: Text | None = None
    """Text below the picture, without the credit."""
    credit: Text | None = None
    """Who made the picture, or who owns it."""


@dataclass(slots=True)
class RecentPost:
    """What the page lists of another article; ``raw`` is the date as shown ("2 jours ago")."""

    title: Text
    """Headline of the other article."""
    url: Text | None = None
    """Its address."""
    excerpt: Text | None = None
    """Its teaser."""
    date: IsoDate | None = None
    """When it was published."""
    raw: Text | None = None
    """Its date, as the page shows it."""
    precision: Precision | None = None
    """The smallest unit that is known of the date."""


@dataclass(slots=True)
class Rights:
    """What the site allows, with the evidence for each answer. ``None``: the site says nothing."""

    robots_ai: bool | None = None
    """Whether robots.txt lets AI agents fetch the page."""
    archive: bool | None = None
    """False where ``noarchive`` is asked for (meta robots, X-Robots-Tag)."""
    ai: bool | None = None
    """False where ``noai``/``noimageai`` or ai.txt opts out of use by AI."""
    tdm_reserved: bool | None = None
    """Whether text and data mining is reserved (TDM Reservation Protocol)."""
    tdm_policy: Text | None = None
    """Address of the TDM policy, where one is named."""
    evidence: list[Text] = field(default_factory=list)
    """What was read, each as ``"where: what"``."""


@dataclass(slots=True)
class Extraction:
    """How the record was made and how far it can be trusted."""

    version: Text
    """Version of newsscraper that made the record."""
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    """0…1: how well the evidence on the page agrees with the text."""
    warnings: list[Text] = field(default_factory=list)
    """Each starts with a slug and may go on after a colon: ``"not-an-article: a listing"``."""
    removed: dict[str, int] = field(default_factory=dict)
    """Blocks cut, counted by the name of the rule: ``{"consent": 2, "recent-posts": 6}``."""


@dataclass(slots=True)
class Source:
    """Where the bytes are kept that the record was made of."""

    archive: Text
    """File name of the archive: a WARC file, or a folder of saved pages."""
    offset: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Byte at which the record begins in a WARC file; packed files are counted packed."""
    record_id: Text | None = None
    """The WARC record's own name (a UUID), or the file of a saved page."""


@dataclass(slots=True, kw_only=True)
class Article:
    """One article. The Scrapy item, the JSONL line and the JSON Schema are all this class."""

    id: Text | None = None
    """Stable: hash of ``url`` (`newsscraper.urls.article_id`)."""
    url: Text | None = None
    """Canonical URL."""
    source_url: Text | None = None
    """URL that was fetched."""
    site: Text | None = None
    """Registrable host, e.g. ``silicon.fr``."""
    title: Text | None = None
    """Headline, without the name of the site."""
    description: Text | None = None
    """Summary, as the page gives it."""
    text: Text | None = None
    """Body as plain text, paragraphs split by one blank line."""
    authors: list[Text] = field(default_factory=list)
    """Names of the authors, each once, as the site writes them."""
    categories: list[Text] = field(default_factory=list)
    """Names of the sections that the article is in."""
    tags: list[Text] = field(default_factory=list)
    """Keywords that the site gives the article."""
    language: Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$", description="ISO 639-1.")] | None = None
    """Language of the text."""
    date_published: IsoDate | None = None
    """When the article was published: never in the future."""
    date_modified: IsoDate | None = None
    """When the article was last changed."""
    dates: Dates = field(default_factory=Dates)
    images: list[Image] = field(default_factory=list)
    recent_posts: list[RecentPost] = field(default_factory=list)
    is_accessible_for_free: bool | None = None
    """False where the text is behind a paywall."""
    rights: Rights = field(default_factory=Rights)
    fetched_at: IsoMoment | None = None
    """When the page was fetched."""
    first_seen_at: IsoMoment | None = None
    """When a crawl first delivered the article."""
    revision: Annotated[int, msgspec.Meta(ge=1)] = 1
    """1 is new; each change of the article is a new line with the next number."""
    changed: list[Text] = field(default_factory=list)
    """Names of the fields that changed since the revision before."""
    content_hash: Text | None = None
    """Hash of ``title`` and ``text``, case, space and punctuation folded."""
    duplicate_of: Text | None = None
    """``id`` of the near-duplicate that this article repeats."""
    extraction: Extraction = field(default_factory=lambda: Extraction(version=_version()))
    source: Source | None = None
    """Where the bytes are kept, where they are."""
    extra: dict[str, Any] = field(default_factory=dict)
    """A site's own fields, given by its ``refine`` hook: JSON values by name."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts and lists, in field order."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def to_json(self) -> bytes:
        """Return the record as one line of UTF-8 JSON, without the newline.

        Raises:
            UnicodeEncodeError: a field holds a lone surrogate.
        """
        return msgspec.json.encode(self)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Article:
        """Make a record of plain dicts and lists, as another spider's item may hold them.

        Raises:
            ArticleError: a field is unknown or does not fit; the message names it.

        >>> Article.from_dict({"title": "Bonjour", "authors": ["Zoé Brûlé"]}).authors
        ['Zoé Brûlé']
        """
        if unknown := fields.keys() - set(FIELD_NAMES):
            raise ArticleError(f"unknown field - at `$.{min(unknown)}`")
        try:
            return msgspec.convert(fields, cls)
        except msgspec.ValidationError as error:
            raise ArticleError(str(error)) from error

    @classmethod
    def from_json(cls, line: bytes | str) -> Article:
        """Read a JSONL line back.

        Raises:
            ArticleError: the line is not a valid record; the message names the field.
        """
        try:
            return msgspec.json.decode(line, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ArticleError(str(error)) from error


class ArticleError(ValueError):
    """A record that is not valid; the message names the field."""


def validate(article: Article) -> None:
    """Check a record against its own types and patterns.

    Raises:
        ArticleError: a value does not fit; the message names the field.

    >>> validate(Article(title="Bonjour"))
    >>> validate(Article(title=""))
    Traceback (most recent call last):
    newsscraper.article.ArticleError: Expected `str` of length >= 1 - at `$.title`
    """
    _check_json(article.extra, "$.extra")
    try:
        msgspec.convert(msgspec.to_builtins(article), Article)
    except msgspec.ValidationError as error:
        raise ArticleError(str(error)) from error


def _check_json(value: object, place: str, depth: int = 0) -> None:
    """Check that a value is JSON as it stands: nothing is turned into something else on its way to disk."""
    if depth > DEEPEST:
        raise ArticleError(f"Nested too deeply - at `{place}`")
    if isinstance(value, dict):
        for name, each in value.items():
            if not isinstance(name, str):
                raise ArticleError(f"Expected names that are `str`, got `{type(name).__name__}` - at `{place}`")
            _check_json(each, f"{place}.{name}", depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check_json(each, f"{place}[...]", depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ArticleError(f"Expected a finite number, got {value} - at `{place}`")
    elif value is not None and not isinstance(value, (str, bool, int, float)):
        raise ArticleError(f"Expected a JSON value, got `{type(value).__name__}` - at `{place}`")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a JSONL line; every field is required and no other is allowed."""
    (reference,), definitions = msgspec.json.schema_components([Article], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        for property_ in definition["properties"].values():
            property_.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newsscraper article",
        **reference,
        "$defs": definitions,
    }


SCHEMA_FILE = Path(__file__).with_name("article.schema.json")
"""The generated schema as shipped; a test keeps it equal to `json_schema`."""

FIELD_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Article))


def _version() -> str:
    from newsscraper import __version__

    return __version__
