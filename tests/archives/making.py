"""WARC files for the tests, written with warcio: what is read here was not written by what reads it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

MOMENT = "2026-11-21T10:00:00Z"


def page(number: int, **replaced: str) -> bytes:
    """A page with an article of its own for each number."""
    told = {"title": f"Harbour story number {number}", "kind": "article"} | replaced
    body = "".join(
        f"<p>Part {i} of story {number}: the harbour board voted to rebuild pier {number * 7 + i}, which the storm of"
        f" January had damaged, and asked the town for {number + i} million to pay for the stones.</p>"
        for i in range(6)
    )
    return (
        f'<html lang="en"><head><title>{told["title"]}</title><meta property="og:type" content="{told["kind"]}">'
        f'<meta property="article:published_time" content="2026-11-20T08:{number % 60:02}:00+00:00"></head>'
        f"<body><article><h1>{told['title']}</h1>{body}</article></body></html>"
    ).encode()


def response(writer: WARCWriter, url: str, body: bytes, **more: Any) -> None:
    """Write one response record."""
    headers = [("Content-Type", more.pop("kind", "text/html; charset=utf-8")), *more.pop("headers", ())]
    answer = StatusAndHeaders(more.pop("status", "200 OK"), headers, protocol="HTTP/1.1")
    told = {"WARC-Date": MOMENT} | more.pop("warc", {})
    writer.write_record(
        writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=answer, warc_headers_dict=told
        )
    )


def warc(path: Path, count: int, *, first: int = 0) -> Path:
    """Write a WARC file of so many articles, packed as its name says."""
    packed = path.name.endswith(".gz")
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    for number in range(first, first + count):
        response(writer, f"https://www.example.com/2026/11/harbour-story-{number}.html", page(number))
    data = buffer.getvalue()
    path.write_bytes(zstandard.ZstdCompressor().compress(data) if path.name.endswith(".zst") else data)
    return path


def archive(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy archive``."""
    command = [sys.executable, "-m", "scrapy", "archive", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environ(**environment))


def environ(**more: str) -> dict[str, str]:
    """The environment of a command: it imports this checkout wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **more}
