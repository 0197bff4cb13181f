"""Feeds: RSS 0.9 to 2.0, RDF, Atom, JSON Feed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newsscraper.address import Address
from newsscraper.discovery import moments
from newsscraper.discovery.candidate import Candidate, Entry
from newsscraper.discovery.dublincore import with_publication_dates

MAX_SIZE = 16 * 1024 * 1024
MAX_ENTRIES = 2000
FEWEST_LETTERS, MOST_LETTERS = 600, 300_000
"""Of a text that is kept: shorter ones are summaries."""
_CHANGED = re.compile(rb"<(?:atom|a10|dcterms):(?:updated|modified)\b")


@dataclass(slots=True)
class Feed:
    """What one feed says.

    Attributes:
        candidates: entries, in the order of the feed.
        next_page: address of the feed's next page (RFC 5005, JSON Feed).
        comments: the feed is one of comments.
        problem: why nothing could be read, in words; ``None`` where it is a feed, if an empty one.
    """

    candidates: list[Candidate] = field(default_factory=list)
    next_page: Address | None = None
    comments: bool = False
    problem: str | None = None


def read(body: bytes, address: Address, *, read_at: datetime | None = None) -> Feed:
    """Read a feed of any kind.

    Args:
        body: as received.
        address: where it was fetched, for relative addresses.
        read_at: aware moment of fetching.

    >>> body = b'<rss><channel><item><title>A</title><link>/a</link></item></channel></rss>'
    >>> feed = read(body, Address.of("https://a.example/feed"))
    >>> feed.candidates[0].url, feed.candidates[0].title
    ('https://a.example/a', 'A')
    """
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if len(body) > MAX_SIZE:
        return Feed(problem="it is larger than any feed")
    if b"<!entity" in body[:65536].lower():
        return Feed(problem="it declares entities, which no feed needs")
    if head.startswith(b"{"):
        return _json(body, address, read_at)
    if head[:256].lower().startswith((b"<!doctype html", b"<html")):
        return Feed(problem="it is a web page")
    return _xml(body, address, read_at)


def _xml(body: bytes, address: Address, read_at: datetime | None) -> Feed:
    import feedparser  # type: ignore[import-untyped]

    # A stream, because feedparser opens a string that looks like an address or a file's name.
    parsed: Any = feedparser.parse(
        io.BytesIO(with_publication_dates(body)),
        response_headers={"content-location": address.text},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version") and not parsed.get("entries"):
        return Feed(problem="it is no feed")
    about = parsed.get("feed", {})
    feed = Feed(comments=_is_comments(address, about.get("link"), about.get("title")))
    for link in about.get("links", ()):
        if link.get("rel") == "next" and link.get("href"):
            feed.next_page = address.join(link["href"])
    base = Address.of(about.get("link")) or address
    # RSS knows no change: what feedparser calls "updated" is its dc:date, that of publication, as a rule the only one.
    dublin = str(parsed.get("version", "")).startswith("rss") and not _CHANGED.search(body)
    for entry in parsed.get("entries", ())[:MAX_ENTRIES]:
        found = _entry_address(entry, base)
        if found is None:
            continue
        published, modified = _date(entry, "published"), _date(entry, "updated")
        if dublin:
            published, modified = published or modified, None
        tags = [tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")]
        feed.candidates.append(
            Candidate(
                found,
                "feed",
                title=_words(entry.get("title")),
                section=_words(tags[0]) if tags else None,
                published=published,
                modified=modified if modified != published else None,
                read_at=read_at,
                rank=moments.rank(published, modified),
                entry=_told(entry),
            )
        )
    return feed


def _told(entry: Any) -> Entry | None:
    """Return what an entry of RSS or Atom tells of its article."""
    texts = [content.get("value") for content in entry.get("content", ()) if "html" in (content.get("type") or "html")]
    names = [author.get("name") for author in entry.get("authors", ())]
    terms = [tag.get("term") for tag in entry.get("tags", ())]
    return _entry(texts, names, terms)


def _told_in_json(item: dict[str, Any]) -> Entry | None:
    """Return what an item of a JSON feed tells of its article."""
    people = item.get("authors")
    names = [each.get("name") for each in people if isinstance(each, dict)] if isinstance(people, list) else []
    terms = item.get("tags")
    return _entry([item.get("content_html")], names, terms if isinstance(terms, list) else [])


def _entry(texts: Sequence[object], names: Sequence[object], terms: Sequence[object]) -> Entry | None:
    longest = max((text for text in texts if isinstance(text, str)), key=len, default="")
    if not FEWEST_LETTERS <= len(longest) <= MOST_LETTERS:
        return None
    return Entry(longest, tuple(filter(None, map(_words, names))), tuple(filter(None, map(_words, terms))))


def _date(entry: Any, name: str) -> str | None:
    # feedparser's dictionary answers "updated" with "published" where only that is there; `in` tells the truth.
    value = dict.get(entry, name)
    return value.strip() if isinstance(value, str) and value.strip() else None


def _entry_address(entry: Any, base: Address) -> Address | None:
    link = base.join(_told_link(entry))
    own = Address.of(entry.get("id"))
    # A link to another site counts clicks, or is what the article is about; the site's own address is in the id then.
    if own is not None and (link is None or own.site == base.site != link.site):
        return own
    return link


def _told_link(entry: Any) -> str | None:
    # FeedBurner and its like put their own address into <link>; the article's own is kept beside it.
    for name in ("feedburner_origlink", "pheedo_origlink"):
        if entry.get(name):
            return str(entry[name])
    for link in entry.get("links", ()):
        if link.get("rel") == "alternate" and link.get("href") and "html" in (link.get("type") or "text/html"):
            return str(link["href"])
    return str(entry["link"]) if entry.get("link") else None


def _json(body: bytes, address: Address, read_at: datetime | None) -> Feed:
    try:
        parsed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return Feed(problem="it is broken JSON")
    items = parsed.get("items") if isinstance(parsed, dict) else None
    if not isinstance(items, list) or not str(parsed.get("version", "")).startswith("http"):
        return Feed(problem="it is JSON, but no feed")
    feed = Feed(next_page=address.join(parsed.get("next_url")))
    for item in items[:MAX_ENTRIES]:
        if not isinstance(item, dict):
            continue
        found = address.join(item.get("url")) or Address.of(item.get("id"))
        if found is None:
            continue
        published, modified = _words(item.get("date_published")), _words(item.get("date_modified"))
        tags = item.get("tags")
        feed.candidates.append(
            Candidate(
                found,
                "feed",
                title=_words(item.get("title")),
                section=_words(tags[0]) if isinstance(tags, list) and tags else None,
                published=published,
                modified=modified,
                read_at=read_at,
                rank=moments.rank(published, modified),
                entry=_told_in_json(item),
            )
        )
    return feed


def _is_comments(address: Address, link: str | None, title: str | None) -> bool:
    path = address.parts.path.lower()
    return "/comments/" in path or (title or "").lower().startswith(
        ("comments on", "comments for", "commentaires sur", "commentaires pour")
    )


def _words(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value.split()) or None
