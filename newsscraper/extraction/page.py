"""What goes into extraction and what comes out: plain picklable data, so that it can cross to a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsscraper.article import Article
from newsscraper.dates.claim import Claim
from newsscraper.digest import Digest
from newsscraper.extraction.rules.declared import Rules

Kind = Literal["article", "listing", "other"]

HEADERS = (
    "content-type",
    "x-robots-tag",
    "tdm-reservation",
    "tdm-policy",
    "link",
    "content-language",
    "last-modified",
)
"""Headers of an answer that go along with its page, in lower case."""


class ExtractionError(ValueError):
    """A page from which no record can be made; the message says why in words a person understands."""


MAX_BLOCKS = 400
"""Hashes of blocks that a page gives at most: what the memory of a site grows by."""


@dataclass(frozen=True, slots=True)
class SiteHints:
    """What is known of a site before its page is read: declared by a spider or learnt by the crawl.

    Attributes:
        languages: ISO 639-1 codes, likeliest first.
        timezone: IANA name of the zone for times without an offset.
        repeated: hashes of blocks (`Reading.blocks`) seen on several of the site's pages: not article text.
        amp_clock_is_gmt: the site's AMP pages print the GMT clock with the local offset.
        rules: selectors that are declared for its pages.
    """

    languages: tuple[str, ...] = ()
    timezone: str | None = None
    repeated: frozenset[int] = frozenset()
    amp_clock_is_gmt: bool = False
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed tells of an article beside its dates.

    Attributes:
        title: headline.
        text: HTML, the whole text or its beginning.
        authors: names.
        categories: names; many feeds do not tell categories from tags.
    """

    title: str
    text: str
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as fetched.

    Attributes:
        html: the body; bytes are decoded by BOM, declared charset, detection.
        url: address it was fetched from.
        fetched_at: aware moment of fetching, against which relative dates count.
        headers: response headers by lower-case name, those of `HEADERS`.
        claims: dates told from outside the page: sitemap, feed, other pages' recent posts.
        hints: what is known about the site.
        told: what a feed tells of the article: a witness of its text.
    """

    html: bytes | str
    url: str | None = None
    fetched_at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    hints: SiteHints = SiteHints()
    told: Told | None = None


@dataclass(slots=True)  # not frozen: a page has hundreds, and each would take ten times as long to make
class Link:
    """A link to the same site, absolute and without fragment, in page order, each URL once.

    Attributes:
        url: absolute address.
        text: words of the link (the longest, where several links go to one address).
        in_navigation: stands in a menu, header, footer or breadcrumb, and nowhere else.
        nofollow: the page asks not to follow it.
        in_menu: stands in a menu, header, footer or breadcrumb, be it elsewhere, too.
    """

    url: str
    text: str = ""
    in_navigation: bool = False
    nofollow: bool = False
    in_menu: bool = False


BlockType = Literal["paragraph", "heading", "list-item", "quote", "row", "code"]


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link within a block of text.

    Attributes:
        start, end: which characters of the block's text are linked, ``end`` left out.
        url: absolute address where the page's own is known, with its fragment.
    """

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A piece of an article's text, with what the page makes of it.

    Attributes:
        kind: what it is.
        text: as in ``Article.text``: the blocks' texts with an empty line between are that text.
        level: of a heading 1 to 6; of a list's item 1 in a list, 2 in a list within one, and so on; else 0.
        ordered: the list counts its items.
        cells: of a table's row.
        is_header: the row's cells are the names of columns.
        links: in order of their place.
    """

    kind: BlockType
    text: str
    level: int = 0
    ordered: bool = False
    cells: tuple[str, ...] = ()
    is_header: bool = False
    links: tuple[TextLink, ...] = ()


@dataclass(frozen=True, slots=True)
class StructuredArticle:
    """A record and, beside it, its text in blocks.

    Attributes:
        article: the record, the same as without structure.
        blocks: the text's blocks in reading order.
    """

    article: Article
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision, for ``--explain``.

    Attributes:
        part: ``"block"``, ``"title"``, ``"author"``, ``"date"``, ``"category"``, ``"tag"``, ``"image"``, ``"kind"``,
            ``"recent-post"``, ``"rule"``.
        verdict: ``"kept"``, ``"cut"``, ``"believed"`` or ``"set aside"``.
        rule: name of the rule that decided: ``"consent"``, ``"recent-posts"``, ``"author-biography"``, ``"json-ld"``.
        text: what it decided on.
        reason: more words, where the rule's name does not say it all.
    """

    part: str
    verdict: str
    rule: str
    text: str
    reason: str = ""


@dataclass(slots=True)
class Reading:
    """All that one page gives.

    Attributes:
        kind: whether the page is an article; ``listing`` where it mostly leads to others.
        reason: why ``kind`` is not ``article``, in words.
        odds: how far the evidence leans to an article: log odds, over 0 for one.
        template: the same for pages of one site whose headline and text stand in the same place; empty: no headline.
        article: the record, made for every page that has any text, whatever ``kind`` says.
        canonical_url: from ``rel=canonical``, ``og:url`` or JSON-LD, where it is believable.
        amp_url: from ``rel=amphtml``.
        is_amp: the page is an AMP page.
        pages: addresses of the parts of a split article that this page names, in order, itself included; empty where
            the article is whole.
        page_number: which part this page is, from 1.
        next_url: ``rel=next`` or the pagination's next page of a listing.
        feeds: addresses from ``rel=alternate`` of type RSS, Atom or JSON Feed, comments' feeds left out.
        links: links to the same site.
        blocks: hashes of the page's text blocks before pruning, each once: what the site memory counts.
        claims: all claims of a date that the page makes of its article, and those told from outside.
        languages: tags that its dates were read by, likeliest first: with the region where the page tells one.
        needs_javascript: the page holds no text without running scripts.
        steps: decisions, only where asked for.
        ruled: rules of the site whose word counts on this page.
        structure: the text's blocks, only where asked for.
        digest: what the record is compared by, where it was read for a crawl.
    """

    kind: Kind
    reason: str = ""
    article: Article | None = None
    canonical_url: str | None = None
    amp_url: str | None = None
    is_amp: bool = False
    pages: tuple[str, ...] = ()
    page_number: int = 1
    next_url: str | None = None
    feeds: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    blocks: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()
    languages: tuple[str, ...] = ()
    needs_javascript: bool = False
    steps: list[Step] = field(default_factory=list)
    ruled: tuple[str, ...] = ()
    structure: tuple[TextBlock, ...] = ()
    digest: Digest | None = None
    odds: float = 0.0
    template: str = ""
