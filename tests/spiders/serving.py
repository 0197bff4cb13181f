"""What the small news sites are made of: stories, pages, sitemaps, feeds, and a server that notes its requests."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOW = datetime.now(UTC).replace(microsecond=0)

WORDS = [
    "server",
    "region",
    "network",
    "cable",
    "harbour",
    "council",
    "budget",
    "engineer",
    "school",
    "battery",
    "market",
    "railway",
    "forest",
    "bridge",
    "museum",
    "doctor",
    "harvest",
    "station",
    "turbine",
    "library",
    "theatre",
    "factory",
    "airport",
    "minister",
    "report",
    "survey",
    "pilot",
    "contract",
    "committee",
    "climate",
    "village",
    "software",
    "printer",
    "camera",
    "hospital",
    "stadium",
    "journal",
    "festival",
    "orchard",
    "reactor",
    "satellite",
    "vaccine",
]
_VERBS = [
    "opens",
    "closes",
    "doubles",
    "halves",
    "tests",
    "builds",
    "sells",
    "buys",
    "plans",
    "drops",
    "praises",
    "rejects",
    "repairs",
    "moves",
    "counts",
]


@dataclass(slots=True)
class Answer:
    """One page as served."""

    body: bytes | str = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """An article of a newsroom."""

    number: int
    published: datetime
    title: str
    paragraphs: list[str]
    category: str
    path: str = ""

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")


def stories(count: int, *, seed: int = 1, step: timedelta = timedelta(hours=31)) -> list[Story]:
    """Return articles, newest first."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        who, what, where = (chance.choice(WORDS) for _ in range(3))
        title = f"{who} {chance.choice(_VERBS)} {what} near {where} {100 + number}"
        paragraphs = [_paragraph(chance, number) for _ in range(chance.randint(5, 8))]
        category = ("Cloud", "Business", "Science")[number % 3]
        made.append(
            Story(5000 - number, NOW - timedelta(hours=5) - number * step, title.capitalize(), paragraphs, category)
        )
    return made


def _paragraph(chance: random.Random, number: int) -> str:
    sentences = []
    for _ in range(chance.randint(3, 5)):
        words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(5, 9)))
        sentences.append(f"The {chance.choice(WORDS)} {chance.choice(_VERBS)} the {words} in case {number}.")
    return " ".join(sentences)


class Site:
    """A newsroom being served.

    Attributes:
        url: its home page.
        asked: path and status of each request, in order; robots.txt and what speaks of rights left out.
        conditional: how many requests carried validators.
        truth: addresses of the public articles.
    """

    def __init__(self, answer: Callable[[str, Site], Answer | None], *, validators: bool = True) -> None:
        self.answer = answer
        self.validators = validators
        self.asked: list[tuple[str, int]] = []
        self.conditional = 0
        self.truth: set[str] = set()
        self.url = ""

    def fetched(self, part: str = "") -> list[str]:
        """Return the paths asked for that hold ``part``."""
        return [path for path, _ in self.asked if part in path]

    def forget(self) -> None:
        """Forget what was asked for."""
        self.asked.clear()
        self.conditional = 0


@contextmanager
def serve(make: Callable[[str], Callable[[str], Answer | None]], *, validators: bool = True) -> Iterator[Site]:
    """Serve a newsroom; ``make`` gets its base address and returns what answers to a path with its query."""
    site = Site(lambda target, _: None, validators=validators)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = route(self.path) or Answer("<html><body><h1>Not found</h1></body></html>", status=404)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            headers = dict(answer.headers)
            status = answer.status
            if site.validators and status == 200:
                headers.setdefault("ETag", f'"{hashlib.sha1(body).hexdigest()[:16]}"')
                if self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
            if self.path not in ("/robots.txt", "/ai.txt", "/.well-known/tdmrep.json"):
                site.asked.append((self.path, status))
                site.conditional += bool(self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since"))
            self.send_response(status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}/"
    route = make(site.url.rstrip("/"))
    site.truth = set(getattr(route, "truth", ()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- pages ---


def article_page(
    story: Story,
    base: str,
    *,
    head: str = "",
    foot: str = "",
    navigation: str = "",
    paragraphs: list[str] | None = None,
    canonical: str | None = None,
    body_class: str = "post-template-default single single-post",
) -> str:
    """Return an article's page."""
    moment = story.published.isoformat()
    text = "".join(f"<p>{p}</p>" for p in (story.paragraphs if paragraphs is None else paragraphs))
    canonical = canonical if canonical is not None else base + story.path
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{story.title} – The Daily Test</title>'
        f'<link rel="canonical" href="{canonical}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{moment}">{head}</head>'
        f'<body class="{body_class}"><header><nav>{navigation}</nav></header><main><article>'
        f'<h1 class="entry-title">{story.title}</h1><time class="entry-date published" datetime="{moment}">'
        f'{story.published:%d %B %Y}</time><div class="entry-content">{text}</div></article></main>{foot}</body></html>'
    )


def listing_page(
    title: str, items: list[Story], base: str, *, head: str = "", foot: str = "", navigation: str = ""
) -> str:
    """Return a page that lists articles."""
    rows = "".join(
        f'<article class="post"><h2 class="entry-title"><a href="{base}{s.path}" rel="bookmark">{s.title}</a></h2>'
        f'<time datetime="{s.published.isoformat()}">{s.published:%d %B %Y}</time>'
        f"<p>{s.paragraphs[0][:90]}…</p></article>"
        for s in items
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body class="blog hfeed"><header><nav>{navigation}</nav></header><main>{rows}</main>{foot}</body></html>'
    )


def text_page(title: str, words: int = 300) -> str:
    """Return a standing page: it reads like an article and is none."""
    chance = random.Random(title)
    text = "".join(f"<p>{_paragraph(chance, 0)}</p>" for _ in range(words // 40))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} – The Daily Test</title></head>'
        '<body class="page-template-default page"><main><article class="page">'
        f"<h1>{title}</h1>{text}</article></main></body></html>"
    )


def sitemap(addresses: list[tuple[str, datetime | None]]) -> Answer:
    """Return a sitemap of pages."""
    rows = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{when.isoformat()}</lastmod>' if when else ''}</url>"
        for url, when in addresses
    )
    body = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return Answer(body, "application/xml")


def sitemap_index(addresses: list[tuple[str, datetime | None]]) -> Answer:
    """Return a sitemap of sitemaps."""
    rows = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{when.isoformat()}</lastmod>' if when else ''}</sitemap>"
        for url, when in addresses
    )
    body = (
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
    )
    return Answer(body, "application/xml")


def rss(items: list[Story], base: str) -> Answer:
    """Return a feed."""
    rows = "".join(
        f"<item><title>{s.title}</title><link>{base}{s.path}</link><pubDate>{format_datetime(s.published)}</pubDate>"
        f"<category>{s.category}</category></item>"
        for s in items
    )
    body = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>{base}/</link>{rows}</channel></rss>'
    )
    return Answer(body, "application/rss+xml; charset=UTF-8")


# --- newsrooms ---
