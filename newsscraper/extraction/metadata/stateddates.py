"""What a page states for machines about when it was published and changed: JSON-LD, meta elements, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newsscraper.dates.claim import Claim, Role
from newsscraper.extraction.document import Document
from newsscraper.extraction.structured import Structured, Thing, types_of

_PUBLISHED_META = """
    article:published_time article:published og:article:published_time og:published_time datepublished dc.date.issued
    dcterms.issued dcterms.date dc.date dc.date.created dcterms.created parsely-pub-date sailthru.date pubdate
    publishdate publish_date publish-date published_date publication_date published-date publication-date
    date.published cxenseparse_recs_publishtime cxenseparse_publishtime mediator_published_time article.published
    article_date_original originalpublicationdate displaydate ptime published bt:pubdate rnews:datepublished
    citation_publication_date citation_online_date shareaholic:article_published_time date_published
    article:publish_time article-publish-date dateposted vr:published_time article:post_date date created datecreated
    article.created dc.date.publication dc.date.available eprints.date last_published search_date article:pubdate
    pub_date pdate date-creation-yyyymmdd timestamp article:create_at og:pubdate article_date contentdate release_date
    og:release_date og:regdate pubtime publishtime apub:time datetime content_create_date content_published_date
    dc:date dc:created dcterms:created firstpublishtime iptc.pubdate itemprop:datepublished cxenseparse:publishtime
    cxenseparse:recs:publishtime published_time publisheddate published_at citation_date og:publish_date dc.created
    article:first_published_time article-published_time date:published_time dc:date.created date-pub
    publishedat published-time publish-time publication_time
"""
_MODIFIED_META = """
    article:modified_time article:modified og:article:modified_time og:updated_time og:modified_time
    article:updated_time datemodified dc.date.modified dcterms.modified dc.modified last-modified lastmod modified
    updated_time lastmodified article:updated date_modified dateupdated utime moddate modificationdate revised
    dc:modified last_modified last-updated shareaholic:article_modified_time article.updated bt:moddate
    article_date_updated parsely-modified-date modified_time date-revision-yyyymmdd update_date updated
    modified-time modified-date last_updated_date lastmodifieddate lastpublisheddate dc:date.modified
"""
_META: dict[str, Role] = dict.fromkeys(_PUBLISHED_META.split(), "published")
_META |= dict.fromkeys(_MODIFIED_META.split(), "modified")
# Names that date the page, the site's software or an event as often as the article.
_VAGUE_META = frozenset(
    [
        "created",
        "date",
        "datetime",
        "dc.date",
        "dc.created",
        "dc.date.created",
        "dc:date.created",
        "dc:date",
        "dcterms.created",
        "dcterms.date",
        "last_published",
        "og:updated_time",
        "published",
        "revised",
        "search_date",
        "timestamp",
    ]
)

# What the names of a site's own metas end in, signs left out.
_PUBLISHED_NAME = re.compile(
    r"(?:publish(?:ed|ing)?|publication|pub|posted|post|issued?|releas(?:e|ed)|creat(?:ed|ion)|article)"
    r"(?:at|on|date|time|datetime|timestamp)$|(?<!up)date(?:published|pub|posted|created|available|issued)$|"
    r"uploaded$|firstpublished$"
)
_MODIFIED_NAME = re.compile(
    r"(?:last|modified|modification|updated?|revised|changed)(?:at|on|date|time|datetime|timestamp)$|"
    r"lastpublished|date(?:update|updated|modified)$|lastmod|lastupdate"
)
_STARTS_YEAR = re.compile(r"(?:19|20)\d\d\W?\d\d?\W?\d|\d\d?[./ -]\d\d?[./ -]20\d\d")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_URL_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_HALF = re.compile(r"/((?:19|20)\d\d)/?(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=/)")
_URL_NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?=/)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(?!\d{1,2}/)")
_URL_DAY_FIRST = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(20\d\d)(?!\d)")

_AMP_FOR_WP = re.compile(r"^amp for wp\b", re.IGNORECASE)
_WORDPRESS_AMP = re.compile(r"amp for wp|ampforwp|amp plugin|amp-wp|accelerated mobile pages", re.IGNORECASE)


def read(doc: Document, structured: Structured) -> list[Claim]:
    """Return the claims of a page's JSON-LD, microdata, meta elements and address."""
    from_amp = is_wordpress_amp(doc)
    return [
        *_of_structured(structured, from_amp, by_plugin=from_amp and _is_amp_for_wp(doc)),
        *_of_meta(doc),
        *_of_url(doc.page.url),
    ]


def is_wordpress_amp(doc: Document) -> bool:
    """Whether the page was made by one of WordPress' AMP plugins, whose JSON-LD may print the wrong clock."""
    root = doc.tags("html")
    if not root or not any(name in root[0].attrib for name in ("amp", "⚡", "âš¡")):
        return False
    if any(_WORDPRESS_AMP.search(text) for text in doc.meta.get("generator", ())):
        return True
    return any("amp-wp" in label or "ampforwp" in label or "amp-post" in label for label in doc.labels) or any(
        "/wp-content/" in (image.get("src") or "") for image in doc.tags("amp-img")
    )


def _is_amp_for_wp(doc: Document) -> bool:
    return any(_AMP_FOR_WP.search(text) for text in doc.meta.get("generator", ()))


def _of_structured(structured: Structured, from_amp: bool, *, by_plugin: bool) -> Iterator[Claim]:
    thing = structured.article
    if thing is not None:
        # SEO plugins name their objects, and their clocks are right; the AMP plugin's own object has no name.
        own = by_plugin and "@id" not in thing and isinstance(thing.get("mainEntityOfPage"), str)
        for claim in _of_thing(thing, structured, from_amp, ""):
            yield replace(claim, by_amp_for_wp=own)
        if structured.text(thing, "datePublished"):
            return
    if structured.webpage is not None:
        yield from _of_thing(structured.webpage, structured, from_amp, "?")


def _of_thing(thing: Thing, structured: Structured, from_amp: bool, doubt: str) -> Iterator[Claim]:
    kind = next(iter(types_of(thing)), "Thing")
    keys: tuple[tuple[str, Role], ...] = (("datePublished", "published"), ("dateModified", "modified"))
    for key, role in keys:
        for text in structured.texts(thing, key)[:2]:
            yield Claim(role, text, "json-ld", f"{kind}.{key}{doubt}", from_amp=from_amp)
    if not thing.get("datePublished"):
        for key in ("dateCreated", "uploadDate"):
            for text in structured.texts(thing, key)[:1]:
                yield Claim("published", text, "json-ld", f"{kind}.{key}?", from_amp=from_amp)


def _of_meta(doc: Document) -> Iterator[Claim]:
    for name, contents in doc.meta.items():
        role, vague = _META.get(name), name in _VAGUE_META
        if role is None:
            contents = [content for content in contents if _STARTS_YEAR.match(content)]  # noqa: PLW2901
            role, vague = _role_of_meta(name) if contents else None, True
        if role is not None:
            for content in contents[:2]:
                yield Claim(role, content, "meta", f"meta {name}{'?' if vague else ''}")


@lru_cache(maxsize=8192)
def _role_of_meta(name: str) -> Role | None:
    """Return what a meta of a name that no standard knows dates: "acme:publish-date", "w-modified-time"."""
    squeezed = re.sub(r"[\W_]", "", name)
    if _MODIFIED_NAME.search(squeezed):
        return "modified"
    return "published" if _PUBLISHED_NAME.search(squeezed) else None


def _of_url(url: str | None) -> Iterator[Claim]:
    if not url:
        return
    try:
        path = unquote(urlsplit(url).path) + "/"
    except ValueError:
        return
    for pattern, parts in ((_URL_DAY, (1, 3, 4)), (_URL_HALF, (1, 2, 3)), (_URL_PACKED, (1, 2, 3))):
        match = pattern.search(path)
        if match:
            year, month, day = (int(match[part]) for part in parts)
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield Claim("published", f"{year:04}-{month:02}-{day:02}", "url", "url")
                return
    match = _URL_DAY_FIRST.search(path)
    if match:
        yield Claim("published", match[0], "url", "url")
        return
    match = _URL_NAMED.search(path.lower())
    if match:
        yield Claim("published", f"{match[3]} {match[2]} {match[1]}", "url", "url")
        return
    match = _URL_MONTH.search(path)
    if match:
        yield Claim("published", f"{match[1]}-{int(match[2]):02}", "url", "url")
