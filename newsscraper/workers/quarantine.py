"""A folder of pages that were set aside, for study: the page as it came, and what it did."""

from __future__ import annotations

import gzip
import hashlib
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from newsscraper import __version__
from newsscraper.extraction.page import Page
from newsscraper.urls import article_id
from newsscraper.workers.failure import PageSetAside

MAX_PAGES = 200
MAX_BYTES = 64 * 1024 * 1024


def set_down(page: Page, why: PageSetAside, now: datetime) -> tuple[str, bytes, bytes]:
    """Return a name for a page that was set aside, the page packed with gzip, and what it did, as JSON."""
    html = page.html.encode("utf-8", "surrogatepass") if isinstance(page.html, str) else page.html
    name = hashlib.blake2b(html, digest_size=8).hexdigest()
    if page.url:
        with suppress(ValueError):  # an address that cannot be parsed
            name = article_id(page.url)
    note = {
        "url": page.url,
        "reason": why.reason,
        "detail": why.detail,
        "set_aside_at": now.isoformat(timespec="seconds"),
        "fetched_at": page.fetched_at.isoformat() if page.fetched_at else None,
        "headers": dict(page.headers),
        "bytes": len(html),
        "version": __version__,
    }
    # ASCII, so that a URL or header that is no valid Unicode can be written down too.
    return name, gzip.compress(html, compresslevel=1, mtime=0), json.dumps(note, indent=2).encode("ascii") + b"\n"


class Quarantine:
    """Keeps the latest pages that were set aside: ``<id>.html.gz`` with ``<id>.json`` beside it.

    The folder is made with the first page. It holds `MAX_PAGES` pages and `MAX_BYTES` bytes at most; the oldest go.

    Args:
        folder: where to keep them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, page: Page, why: PageSetAside, now: datetime) -> Path:
        """Write a page down and return where; a page kept before under its URL is replaced.

        Raises:
            OSError: it cannot be written.
        """
        name, packed, note = set_down(page, why, now)
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.folder / f"{name}.html.gz"
        kept.write_bytes(packed)
        kept.with_name(f"{name}.json").write_bytes(note)
        self._prune(kept)
        return kept

    def _prune(self, newest: Path) -> None:
        found = [(path.stat(), path) for path in self.folder.glob("*.html.gz")]
        found.sort(key=lambda entry: (entry[1] == newest, entry[0].st_mtime_ns), reverse=True)
        size = 0
        for number, (status, path) in enumerate(found, start=1):
            size += status.st_size
            if path != newest and (number > MAX_PAGES or size > MAX_BYTES):
                path.unlink(missing_ok=True)
                path.with_name(path.name.removesuffix(".html.gz") + ".json").unlink(missing_ok=True)
