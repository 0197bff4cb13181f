"""A whole site that means harm: traps without end, XML and HTML bombs, strings that break files and lines."""

from __future__ import annotations

import asyncio
import json
import re
import zlib
from pathlib import Path

import pytest

from newsscraper.article import Article, validate
from tests.archives.keeping import again, bare, check_sources, delivered

from .crawling import Crawl, crawl
from .server import (
    Answer,
    HostileServer,
    big_header,
    closed_mid_body,
    endless_body,
    endless_redirect,
    fixed,
    not_http,
    page,
    redirect,
    send,
    slow_body,
)

SITES_SECRET = "the-secret-of-another-service"
FACTS = ("bridge", "harvest", "tramway", "library", "river", "market", "orchestra", "bakery", "lighthouse", "museum")


def story(n: int, title: str, extra: str = "") -> bytes:
    """An article like no other: ``n`` picks its words."""
    paragraphs = "".join(
        f"<p>The {FACTS[(n + i) % 10]} of district {n * 31 + i} was {word} in front of {n * 13 + i * 7} guests, "
        f"and the {FACTS[(n * 3 + i) % 10]} will follow in week {i + n}.</p>"
        for i, word in enumerate(("opened", "repaired", "sold", "painted", "measured", "praised", "closed"))
    )
    return page(
        f"<article><h1>{title}</h1><p class=byline>By Ada Bell</p>"
        f"<time datetime=2026-11-{n % 20 + 1:02}T10:00:00Z>x</time>{paragraphs}{extra}</article>",
        title=title,
        head='<meta property="og:type" content="article">',
    )


TITLES = {
    1: "../../../../etc/cron.d/evil",
    2: "line&#x2028;separator&#x2029;and&#x85;next\u2028line",
    3: "surrogate &#xD800; and &#xDFFF; alone",
    4: "nul &#0;\x00 bell \x07 escape \x1b[31m red",
    5: "\u202egnitirw drawkcab\u202c and zero\u200bwidth",
    6: "quotes \" and ' and \\ and {json: true}",
    7: "A" * 200_000,
    8: "CON|NUL:*?<>&lt;script&gt;alert(1)&lt;/script&gt;",
}
BOMBS = {
    11: "<div>" * 50_000 + "deep" + "</div>" * 50_000,
    12: "<b><i><u>" * 20_000,
    13: "".join(f"<p onclick=x{n}>" for n in range(120_000)),
    14: "<table>" * 3_000 + "<tr><td>" * 3_000,
    15: f'<script type="application/ld+json">{"[" * 100_000}</script>',
    16: f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{"x" * 3_000_000}"}}</script>',
    17: "<p>" + "a " * 2_000_000 + "</p>",
    18: f"<p>{'&' * 500_000}{'&amp;' * 200_000}</p>",
    19: f"<p>{'<!--' * 100_000}</p>",
    24: "".join(f"<a href=/l/{n}>Link {n}</a> " for n in range(100_000)),
    25: "".join(
        f"<li><a href=/news/2026/10/an-article-that-is-not-there-{n}>Article {n} of many</a></li>" for n in range(300)
    ),
    20: f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>x</p>",
}


def answers(inner: str) -> dict[int, tuple[Answer, str]]:
    """Hostile answers where articles should be, and the reason that each is counted by."""
    bomb = fixed(packed(b"\0" * 1_000_000, 200), headers=("Content-Encoding: gzip",))
    return {
        41: (endless_redirect, "too-many-redirects"),
        42: (redirect(path_of(42)), "too-many-redirects"),
        43: (redirect(f"{inner}/redirected"), "other-site"),
        44: (redirect("file:///etc/passwd"), "bad-redirect"),
        45: (bomb, "decompression-bomb"),
        46: (endless_body, "too-large"),
        47: (slow_body, "timeout"),
        48: (closed_mid_body, "closed-mid-body"),
        49: (big_header, "headers-too-large"),
        50: (not_http, "bad-response"),
    }


def path_of(n: int) -> str:
    return f"/news/2026/11/story-with-a-long-enough-slug-{n}-{10_000 + n}"


def laughs(depth: int = 10) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return (
        f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l0 "lol">{entities}]>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/a?&l{depth - 1};</loc></url></urlset>'
    ).encode()


def outside(url: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM "{url}/entity">'
        f'<!ENTITY % p SYSTEM "{url}/parameter"> %p;]>'
        "<rss version='2.0'><channel><title>&f;</title><item><title>&f; &h;</title>"
        f"<link>{path_of(1)}?&h;</link></item></channel></rss>"
    ).encode()


def packed(block: bytes, times: int, head: bytes = b"") -> bytes:
    """A head and ``times`` blocks, gzipped."""
    maker = zlib.compressobj(wbits=31)
    return maker.compress(head) + b"".join(maker.compress(block) for _ in range(times)) + maker.flush()


def huge_sitemap() -> bytes:
    """A valid sitemap of a hundred megabytes, that names a million pages of another site."""
    entry = b"<url><loc>http://elsewhere.example/2026/11/22/a-page-with-a-long-address-of-its-own</loc></url>\n"
    return packed(entry * 10_000, 110, b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')


async def endless_sitemaps(writer: asyncio.StreamWriter, path: str) -> None:
    """An index that names ten new indexes, and so do they."""
    number = int(re.sub(r"\D", "", path) or 0)
    entries = "".join(f"<sitemap><loc>/maps/{number * 10 + n}.xml</loc></sitemap>" for n in range(1, 11))
    xml = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'
    await send(writer, xml.encode(), kind="application/xml")


async def endless_calendar(writer: asyncio.StreamWriter, path: str) -> None:
    """A calendar in which every month has a next one, a day view, and nothing else."""
    month = int(path.rpartition("=")[2] or 0) if "=" in path else 0
    links = f"<a href=/calendar?month={month + 1}>next month</a> <a href=/calendar?month={month - 1}>earlier</a>"
    links += "".join(f"<a href=/calendar/{2000 + month}/{month % 12 + 1}/{day}>{day}</a>" for day in range(1, 29))
    await send(writer, page(f"<h1>Month {month}</h1>{links}"))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawl, Path, list[str]]:
    folder = tmp_path_factory.mktemp("site")
    inner = HostileServer({"/*": fixed(SITES_SECRET.encode())}, host="127.0.0.2")
    routes: dict[str, Answer] = {path_of(n): fixed(story(n, title)) for n, title in TITLES.items()}
    routes |= {path_of(n): fixed(story(n, f"A bomb of kind {n}", bomb)) for n, bomb in BOMBS.items()}
    routes |= {path_of(n): fixed(story(n, f"A story like any other, number {n}")) for n in (21, 22, 23)}
    odd = "".join(
        f"<a href='{href}'>x</a>"
        for href in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//[", "tel:1")
    )
    with inner, HostileServer(routes) as site:
        hostile = answers(inner.url)
        site.routes |= {f"{path_of(n)}*": answer for n, (answer, _) in hostile.items()}
        stories = "".join(
            f"<h2><a href={path_of(n)}>Story number {n} of this site</a></h2>"
            for n in (*TITLES, *BOMBS, 21, 22, 23, *hostile)
        )
        site.routes |= {
            "/": fixed(
                page(
                    f"{stories}{odd}<a href=/calendar>Calendar</a><a href={inner.url}/>inner</a>",
                    head='<link rel=alternate type="application/rss+xml" href=/feed>',
                )
            ),
            "/robots.txt": fixed(
                "".join(
                    f"Sitemap: {address}\n"
                    for address in ("/maps/0.xml", "/laughs.xml", "/zeros.xml.gz", "/huge.xml.gz", f"{inner.url}/s.xml")
                ).encode(),
                kind="text/plain",
            ),
            "/maps/*": endless_sitemaps,
            "/laughs.xml": fixed(laughs(), kind="application/xml"),
            "/zeros.xml.gz": fixed(packed(b"\0" * 1_000_000, 400), kind="application/gzip"),
            "/huge.xml.gz": fixed(huge_sitemap(), kind="application/gzip"),
            "/feed": fixed(outside(inner.url), kind="application/rss+xml"),
            "/calendar*": endless_calendar,
        }
        result = crawl(
            folder,
            *("news", "-a", f"url={site.url}/"),
            *("-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=4", "-s", "RETRY_TIMES=0"),
            *("-s", "LOG_LEVEL=INFO", "-s", "EXTRACTION_WORKERS=1", "-s", "EXTRACTION_TIME_LIMIT=5"),
            *("-s", "DOWNLOAD_TIMEOUT=6", "-s", "DOWNLOAD_MAXSIZE=8000000", "-s", "BACKOFF_START=0.1"),
            *("-s", "WARC=1"),
            project=True,
            timeout=240,
        )
        paths = list(site.paths)
        assert inner.seen == []
    return result, folder / "output", paths


def records(output: Path) -> list[Article]:
    return [
        Article.from_json(line) for file in output.glob("*/*.jsonl") for line in file.read_bytes().split(b"\n") if line
    ]


def test_the_crawl_ends_within_memory(crawled: tuple[Crawl, Path, list[str]]) -> None:
    result, _, _ = crawled
    assert result.stats["finish_reason"] == "finished", result.log[-3000:]
    assert result.peak_mb < 500
    assert "Traceback" not in result.log, result.log[-5000:]


def test_ordinary_stories_beside_the_hostile_ones_are_delivered(crawled: tuple[Crawl, Path, list[str]]) -> None:
    titles = {record.title for record in records(crawled[1])}
    assert {f"A story like any other, number {n}" for n in (21, 22, 23)} <= titles


def test_every_line_is_one_valid_record_whatever_is_in_it(crawled: tuple[Crawl, Path, list[str]]) -> None:
    _, output, _ = crawled
    files = list(output.glob("*/*.jsonl"))
    for file in files:
        text = file.read_bytes().decode("utf-8")
        assert text.endswith("\n")
        assert text.count("\n") == len(text.splitlines()), "a consumer that splits at U+2028 or U+0085 sees a torn line"
        for line in text.splitlines():
            assert isinstance(json.loads(line), dict)
    found = records(output)
    for record in found:
        validate(record)
        for text in (record.title or "", record.text or ""):
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", text)
    delivered = {int(record.url.rpartition("-")[2]) - 10_000 for record in found if record.url}
    assert set(TITLES) <= delivered, delivered


def test_what_was_kept_of_it_gives_the_same_lines_again(crawled: tuple[Crawl, Path, list[str]], tmp_path: Path) -> None:
    (folder,) = (path.parent for path in crawled[1].glob("*/warc"))
    assert bare(again(folder, tmp_path)) == bare(delivered(folder))
    check_sources(folder)


def test_nothing_is_written_outside_the_output_folder(crawled: tuple[Crawl, Path, list[str]]) -> None:
    _, output, _ = crawled
    ours = {"hostile_settings.py", "hostile_spiders", "output", "scrapy.cfg", "stats.json", "stats.json.peak"}
    assert {path.name for path in output.parent.iterdir()} <= ours
    assert all(re.fullmatch(r"[\w.@:-]+", path.name) for path in output.rglob("*"))


def test_traps_are_bounded(crawled: tuple[Crawl, Path, list[str]]) -> None:
    _, _, paths = crawled
    assert sum(path.startswith("/maps/") for path in paths) <= 1000
    assert sum(path.startswith("/calendar") for path in paths) <= 100
    assert len(paths) == len(set(paths)), "nothing is fetched twice"


def test_hostile_answers_in_place_of_articles_are_counted_by_reason(crawled: tuple[Crawl, Path, list[str]]) -> None:
    result, _, _ = crawled
    expected: dict[str, int] = {}
    for _, reason in answers("").values():
        expected[reason] = expected.get(reason, 0) + 1
    assert {reason: count for reason, count in result.failed.items() if reason in expected} == expected
    assert result.code == 2


def test_no_entity_is_expanded_and_none_is_fetched(crawled: tuple[Crawl, Path, list[str]]) -> None:
    result, output, paths = crawled
    everything = "".join(file.read_text("utf-8") for file in output.rglob("*.json*")) + result.log
    assert SITES_SECRET not in everything
    assert "root:" not in everything
    assert not any("lollol" in path for path in paths)
