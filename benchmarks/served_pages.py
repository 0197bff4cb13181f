"""A folder of saved pages as a news site on loopback, as large as wanted: the crawl benchmark's other side.

Every saved page is served under as many addresses as it takes. So that no two articles are the same, and few nearly so,
every sixth word of a page's longer texts is another one under each address, and the page's own address (canonical link,
JSON-LD) is that of the copy. Menus and other short texts stay, as on a site of one publisher. Links that a page has to
its own site lead to other articles of this one.

Run as ``python served_pages.py FOLDER ARTICLES``; it prints its port and serves until it is ended.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import re
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

PER_SITEMAP = 10_000
_NEWEST = datetime(2026, 6, 30, tzinfo=UTC)
_OWN_LINK = re.compile(rb"""(?i)(\bhref\s*=\s*["']?)/(?!/)[^"'\s>]*""")
_UNSEEN = re.compile(rb"(?is)<(script|style|noscript|svg|template)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>")
_SYLLABLES = ("ba", "ne", "ri", "to", "lu", "ma", "se", "vi", "do", "fa", "ge", "pi", "ko", "zu", "ha", "ty")
_WORDS = [
    (a + b + c).encode() for a in _SYLLABLES for b in reversed(_SYLLABLES) for c in _SYLLABLES[:: 1 if a < b else -1]
]
_EVERY = 6
_MOST_SLOTS = len(_WORDS) // 2


def slug_of(url: str | None, name: str) -> str:
    """Return the last part of an address in plain letters, or the page's name where it has none."""
    last = re.sub(r"[^a-z0-9]+", "-", urlsplit(url or "").path.rstrip("/").rpartition("/")[2].lower()).strip("-")
    return re.sub(r"-html?$", "", last)[:60].strip("-") or f"page-{name}"


class SavedPage:
    """One saved page, cut at the places that differ from copy to copy."""

    def __init__(self, html: bytes, url: str | None) -> None:
        self.pieces: list[bytes] = []
        self.addresses: list[int] = []
        start = 0
        for place, end, is_address in self._slots(html, url):
            if place < start:
                continue
            self.pieces += [html[start:place], html[place:end]]
            if is_address:
                self.addresses.append(len(self.pieces) - 1)
            start = end
        self.pieces.append(html[start:])

    @staticmethod
    def _slots(html: bytes, url: str | None) -> list[tuple[int, int, bool]]:
        slots: list[tuple[int, int, bool]] = []
        place = 0
        for unseen in [*_UNSEEN.finditer(html), None]:
            end = unseen.start() if unseen else len(html)
            words = list(re.finditer(rb"(?<![&A-Za-z])[A-Za-z]{4,}+(?![;=])", html[place:end]))
            if len(words) >= _EVERY:
                slots += [(place + w.start(), place + w.end(), False) for w in words[_EVERY // 2 :: _EVERY]]
            if unseen:
                place = unseen.end()
        slots = slots[:_MOST_SLOTS]
        if url:
            for form in {url, url.rstrip("/"), url.replace("/", "\\/")}:
                # Whole, and not the start of a longer address, that of its AMP twin say.
                whole = re.escape(form.encode()) + rb"(?![\w/.?&-])"
                slots += [(m.start(), m.end(), True) for m in re.finditer(whole, html)]
        return sorted(slots, key=lambda slot: (slot[0], -slot[1]))

    def copy(self, number: int, address: bytes) -> bytes:
        """Return the page as copy ``number``, which is served at ``address``."""
        pieces = self.pieces.copy()
        if number:
            count = len(pieces) // 2
            start = number * 131 % (len(_WORDS) - count)
            pieces[1::2] = islice(_WORDS, start, start + count)
        for place in self.addresses:
            pieces[place] = address
        return b"".join(pieces)


class Site:
    """The site: which article stands at which address."""

    def __init__(self, slugs: list[str], articles: int) -> None:
        self.slugs = slugs
        self.pages: list[SavedPage] = []
        self.articles = articles
        self.origin = ""

    @classmethod
    def load(cls, folder: Path, articles: int) -> Site:
        """Read a folder: pages named ``*.html`` or ``*.html.gz`` in it or below, addresses from its ``truth.jsonl``."""
        truth = folder / "truth.jsonl"
        lines = truth.read_bytes().split(b"\n") if truth.exists() else ()
        urls = {entry["id"]: entry.get("url") for entry in map(json.loads, filter(None, lines))}
        files = {
            path.name.removesuffix(".gz").removesuffix(".html"): path
            for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
        }
        if not files:
            raise SystemExit(f"no *.html or *.html.gz in {folder}")
        site = cls([slug_of(urls.get(name), name) for name in files], articles)
        for name, path in files.items():
            html = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            site.pages.append(SavedPage(_OWN_LINK.sub(site.lead_on, html), urls.get(name)))
        return site

    def lead_on(self, link: re.Match[bytes]) -> bytes:
        """Return a page's link to its own site as one to some article of this site, the same for the same link."""
        return link[1] + self.path(zlib.crc32(link[0]) % self.articles).encode()

    def path(self, number: int) -> str:
        """Return the address of an article on the site."""
        day = _NEWEST - timedelta(hours=number % 8000)
        return f"/{day:%Y/%m/%d}/{self.slugs[number % len(self.slugs)]}-{number}.html"

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return status, content type and body for a path."""
        if article := re.search(r"-(\d+)\.html$", path):
            number = int(article[1])
            if number < self.articles and path == self.path(number):
                copy, page = divmod(number, len(self.slugs))
                return 200, "text/html", self.pages[page].copy(copy, (self.origin + path).encode())
        if path == "/robots.txt":
            return 200, "text/plain", f"User-agent: *\nAllow: /\n\nSitemap: {self.origin}/sitemap.xml\n".encode()
        if path == "/":
            return 200, "text/html", b"<!doctype html><title>Saved pages</title><p>See the sitemap.</p>"
        if path == "/sitemap.xml":
            return 200, "application/xml", self._sitemap_index()
        if part := re.fullmatch(r"/sitemap-(\d+)\.xml", path):
            return 200, "application/xml", self._sitemap(int(part[1]))
        return 404, "text/plain", b"not here\n"

    def _sitemap_index(self) -> bytes:
        parts = range((self.articles + PER_SITEMAP - 1) // PER_SITEMAP)
        entries = "".join(f"<sitemap><loc>{self.origin}/sitemap-{part}.xml</loc></sitemap>\n" for part in parts)
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>'.encode()

    def _sitemap(self, part: int) -> bytes:
        numbers = range(part * PER_SITEMAP, min((part + 1) * PER_SITEMAP, self.articles))
        entries = "".join(
            f"<url><loc>{self.origin}{self.path(n)}</loc>"
            f"<lastmod>{_NEWEST - timedelta(hours=n % 8000):%Y-%m-%d}</lastmod></url>\n"
            for n in numbers
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>'.encode()


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as much of it as crawlers speak to a site like this."""

    def __init__(self, site: Site, packed: bool) -> None:
        self.site = site
        self.packed = packed
        self.received = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received and self.transport:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            method, target = head.split(b" ", 2)[:2]
            path = urlsplit(target.decode("latin-1")).path
            status, kind, body = self.site.answer(path)
            coding = ""
            if self.packed and b"gzip" in head:
                coding, body = "Content-Encoding: gzip\r\n", gzip.compress(body, 5)
            now = format_datetime(datetime.now(UTC), usegmt=True)
            lines = (
                f"HTTP/1.1 {status} {'OK' if status == 200 else 'Not Found'}\r\nDate: {now}\r\n"
                f"Content-Type: {kind}\r\n{coding}Content-Length: {len(body)}\r\n\r\n"
            )
            self.transport.write(lines.encode() + (b"" if method == b"HEAD" else body))


async def serve(site: Site, packed: bool) -> None:
    """Serve the site on a free port; print the port."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(site, packed), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    site.origin = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int)
    parser.add_argument("--packed", action="store_true", help="send pages packed with gzip, as most sites do")
    arguments = parser.parse_args()
    asyncio.run(serve(Site.load(arguments.folder, arguments.articles), arguments.packed))


if __name__ == "__main__":
    main()
