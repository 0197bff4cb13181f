"""Which page stands at which address of the newsroom."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from functools import cache
from urllib.parse import parse_qs, urlsplit

from newsscraper.demo import amp, feeds, plain
from newsscraper.demo.server import Response
from newsscraper.demo.story import Story, slug
from newsscraper.demo.theme import PAGES, SECTIONS, SITE_NAME
from newsscraper.demo.view import Listing, View

PAGE_SIZE = 10
_LIST = re.compile(r"^(?P<path>.*?)(?P<amp>/amp)?(?:/page/(?P<page>\d+))?$")
_TERM = re.compile(r"^/(?P<kind>tag|author)/(?P<name>[a-z0-9-]+)$")
_XML = "application/xml; charset=UTF-8"
_RSS = "application/rss+xml; charset=UTF-8"


def answer(target: str, view: View, gone: frozenset[int]) -> Response:
    """Return the answer to a GET of ``target``, a path with its query; ``gone`` are numbers of withdrawn stories."""
    parts = urlsplit(target)
    path = parts.path.rstrip("/")
    query = parse_qs(parts.query, keep_blank_values=True)
    if "p" in query and not path:
        for story in view.stories:
            if str(story.number) in query["p"]:
                return Response(b"", status=301, headers={"Location": view.base + story.path})
    found = _article(path, "amp" in query, view, gone) or _other(path, view) or _list(path, view) or _moved(path, view)
    return found or Response(plain.missing_page(view).encode(), status=404)


def _article(path: str, wants_amp: bool, view: View, gone: frozenset[int]) -> Response | None:
    match = view.shape.article_form.match(path)
    if not match:
        return None
    number = int(match["number"])
    if number in gone:
        return Response("Cet article a été retiré.\n".encode(), "text/plain; charset=UTF-8", 410)
    story = next((story for story in view.stories if story.number == number), None)
    if story is None:
        return None
    rest = match["rest"] or ""
    if match["path"] != story.path:
        return Response(b"", status=301, headers={"Location": view.base + story.path + rest})
    if rest == "/feed":
        return Response(feeds.comments_rss(view).encode(), _RSS)
    # The plugin's "/amp/2" repeats the first page; the second one's twin is "/2?amp=1".
    as_amp = rest.startswith("/amp") or wants_amp
    part = int(rest[1:]) - 1 if rest[1:].isdigit() else 0
    if part >= len(story.parts) or not re.fullmatch(r"(/amp(/\d+)?|/[1-9]\d*)?", rest):
        return None
    html = amp.amp_article(story, part, view) if as_amp else plain.article_page(story, part, view)
    tag = f'W/"{story.number}-{story.revision}{"-amp" if as_amp else ""}"'
    return Response(html.encode(), etag=tag, last_modified=story.modified)


def _other(path: str, view: View) -> Response | None:
    if path.startswith("/wp-content/uploads/") and path.endswith(".png"):
        return Response(_picture(), "image/png")
    if path[1:] in PAGES:
        return Response(plain.text_page(path[1:], view).encode())
    if path in feeds.SITEMAPS:
        kind = "application/x-gzip" if path.endswith(".gz") else _XML
        return _dated(Response(feeds.sitemap(path, view), kind), view)
    for section in SECTIONS:
        if path == view.shape.feed(section):
            stories = [story for story in view.stories if section in story.categories][:PAGE_SIZE]
            title = f"Archives des {section} - {SITE_NAME}"
            return _dated(Response(feeds.rss(stories, view, path, title).encode(), _RSS), view)
    match path:
        case "/robots.txt":
            return Response(feeds.ROBOTS.format(base=view.base).encode(), "text/plain; charset=utf-8")
        case "/feed":
            return _dated(Response(feeds.rss(view.stories[:PAGE_SIZE], view, path).encode(), _RSS), view)
        case "/comments/feed":
            return Response(feeds.comments_rss(view).encode(), _RSS)
        case "/wp-sitemap.xml" | "/sitemap.xml":
            return Response(feeds.sitemap_index(view.base).encode(), _XML)
    return None


def _list(path: str, view: View) -> Response | None:
    match = _LIST.match(path)
    if not match:
        return None
    title, shown = _listed(match["path"], view)
    page = int(match["page"] or 1)
    pages = max(-(-len(shown) // PAGE_SIZE), 1)
    if not shown or not 1 <= page <= pages:
        return None
    on_page = shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    listing = Listing(title, match["path"], on_page, page, pages)
    html = amp.amp_list(listing, view) if match["amp"] else plain.list_page(listing, view)
    return _dated(Response(html.encode()), view)


def _listed(path: str, view: View) -> tuple[str | None, Sequence[Story]]:
    """Return the title of the list at a path and what it lists; nothing where there is no list."""
    if not path:
        return None, view.stories
    for section in SECTIONS:
        if path == view.shape.section(section):
            return section, [story for story in view.stories if section in story.categories]
    title: str | None = None
    shown = []
    if match := _TERM.match(path):
        for story in view.stories:
            for one in story.tags if match["kind"] == "tag" else (story.author,):
                if slug(one) == match["name"]:
                    title = one
                    shown.append(story)
    return title, shown


def _moved(path: str, view: View) -> Response | None:
    """Lead from an address that a story had before the newsroom moved: half of them are remembered."""
    for shape in view.left:
        if not (match := shape.article_form.match(path)):
            continue
        for story in view.stories:
            if story.number == int(match["number"]) and story.number % 2:
                now_at = view.base + story.path + (match["rest"] or "")
                return Response(b"", status=301, headers={"Location": now_at})
    return None


def _dated(response: Response, view: View) -> Response:
    """Give a list the validators of what it may show: it changes when any story does."""
    stories = view.stories
    response.last_modified = max(story.modified for story in stories)
    what = (view.shape.name, len(stories), sum(story.revision for story in stories), stories[0].number)
    response.etag = f'W/"{"-".join(map(str, what))}"'
    return response


@cache
def _picture() -> bytes:
    """Return a grey PNG: what every picture of the newsroom shows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x99" * 16) * 9
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 9, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
