"""Sitemaps of every kind that sites have, whole and broken."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from newsscraper.discovery import sitemaps
from tests.addresses import at

URL = at("https://a.example/sitemap.xml")
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urls(body: bytes) -> list[str]:
    return [candidate.url for candidate in sitemaps.read(body, URL).candidates]


def test_pages_with_times_of_change() -> None:
    body = (
        f'<?xml version="1.0"?><urlset {NAMESPACE}><url><loc> https://a.example/a </loc>'
        "<lastmod>2026-11-22T08:27:53+01:00</lastmod></url><url><loc>https://a.example/b</loc></url></urlset>"
    ).encode()
    first, second = sitemaps.read(body, URL).candidates
    assert (first.url, first.modified, first.published) == ("https://a.example/a", "2026-11-22T08:27:53+01:00", None)
    assert first.rank == datetime(2026, 11, 22, 7, 27, 53, tzinfo=UTC)
    assert (second.modified, second.rank) == (None, None)


def test_news_and_pictures() -> None:
    body = (
        f'<urlset {NAMESPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://a.example/a</loc>'
        "<image:image><image:loc>https://a.example/a.jpg</image:loc><image:title>A picture</image:title></image:image>"
        "<news:news><news:publication><news:name>A</news:name><news:language>fr</news:language></news:publication>"
        "<news:publication_date>2026-11-22T06:00:00Z</news:publication_date><news:title>Une nouvelle</news:title>"
        "</news:news></url></urlset>"
    ).encode()
    sitemap = sitemaps.read(body, URL)
    (candidate,) = sitemap.candidates
    assert (candidate.url, candidate.way, candidate.title) == ("https://a.example/a", "news-sitemap", "Une nouvelle")
    assert candidate.published == "2026-11-22T06:00:00Z"
    assert candidate.languages == ("fr",)
    assert sitemap.news_only


def test_a_picture_without_an_address_of_its_own_page_gives_no_page() -> None:
    body = (
        f'<urlset {NAMESPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>'
        "<image:image><image:loc>https://a.example/a.jpg</image:loc></image:image></url></urlset>"
    ).encode()
    assert urls(body) == []


def test_an_index() -> None:
    body = (
        f"<sitemapindex {NAMESPACE}><sitemap><loc>/2026-11.xml.gz</loc><lastmod>2026-11-22</lastmod></sitemap>"
        "<sitemap><loc>https://a.example/2026-10.xml.gz</loc></sitemap></sitemapindex>"
    ).encode()
    children = sitemaps.read(body, URL).children
    assert [child.address.text for child in children] == [
        "https://a.example/2026-11.xml.gz",
        "https://a.example/2026-10.xml.gz",
    ]
    assert children[0].rank == datetime(2026, 11, 22, tzinfo=UTC)


def test_packed_whatever_its_name_and_type_say() -> None:
    body = f"<urlset {NAMESPACE}><url><loc>https://a.example/a</loc></url></urlset>".encode()
    assert urls(gzip.compress(body)) == ["https://a.example/a"]
    assert urls(gzip.compress(gzip.compress(body))) == ["https://a.example/a"]
    assert (
        sitemaps.read(gzip.compress(body)[:20] + b"\xff" * 40, URL).problem == "it is packed, and the packing is broken"
    )


def test_a_list_of_lines() -> None:
    body = b"\xef\xbb\xbfhttps://a.example/a\r\nhttps://a.example/b\n\n# not this\nftp://a.example/c\nrubbish\n"
    assert urls(body) == ["https://a.example/a", "https://a.example/b"]


def test_a_feed_in_the_place_of_a_sitemap() -> None:
    body = b'<?xml version="1.0"?><rss version="2.0"><channel><item><link>https://a.example/a</link></item></channel></rss>'
    assert urls(body) == ["https://a.example/a"]


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><loc>https://a.example/a</loc></url><url><loc>https://a.example/b?x=1&y=2</loc></url>",
        b"<urlset><url><loc>https://a.example/a</loc><url><loc>https://a.example/b?x=1&amp;y=2</loc></url></urlset>",
        b"\n\n  <urlset><url><loc><![CDATA[https://a.example/a]]></loc></url>"
        b"<url><loc>https://a.example/b?x=1&amp;y=2</loc></url></urlset>",
        b'<urlset xmlns="http://www.google.com/schemas/sitemap/0.84"><URL><LOC>https://a.example/a</LOC></URL>'
        b"<url><loc>https://a.example/b?x=1&amp;y=2</loc></url></urlset>",
    ],
)
def test_broken_and_odd_ones_are_read_as_far_as_they_go(body: bytes) -> None:
    found = urls(body)
    assert "https://a.example/a" in found
    assert len(found) >= 1


def test_what_is_no_sitemap_says_so() -> None:
    assert (
        sitemaps.read(b"<!DOCTYPE html><html><body><a href='/a'>A</a></body></html>", URL).problem == "it is a web page"
    )
    assert sitemaps.read(b"  ", URL).problem == "it is empty"
    assert sitemaps.read(b"hello", URL).problem == "it names no page"


def test_entities_are_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<urlset><url><loc>https://a.example/&b;</loc></url></urlset>"
    )
    assert "entities" in (sitemaps.read(bomb, URL).problem or "")
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc></url></urlset>'
    assert "entities" in (sitemaps.read(outside, URL).problem or "")


def test_addresses_that_are_none_are_left_out() -> None:
    body = (
        b"<urlset><url><loc>javascript:alert(1)</loc></url><url><loc>http://[broken</loc></url>"
        b"<url><loc>file:///etc/passwd</loc></url><url><loc></loc></url><url><loc>https://a.example/a</loc></url></urlset>"
    )
    assert urls(body) == ["https://a.example/a"]


def test_bounds_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_PAGES", 10)
    body = b"<urlset>" + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(20)) + b"</urlset>"
    sitemap = sitemaps.read(body, URL)
    assert len(sitemap.candidates) == 10
    assert sitemap.cut
    monkeypatch.setattr(sitemaps, "MAX_SIZE", 1000)
    assert sitemaps.read(gzip.compress(b" " * 100_000), URL).problem == "it is empty"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("wp-sitemap-posts-post-1.xml", "posts"),
        ("wp-sitemap-posts-page-1.xml", "pages"),
        ("wp-sitemap-posts-recipe-1.xml", "anything"),
        ("wp-sitemap-taxonomies-category-1.xml", "lists"),
        ("wp-sitemap-taxonomies-post_tag-3.xml", "lists"),
        ("wp-sitemap-users-1.xml", "lists"),
        ("post-sitemap.xml", "posts"),
        ("post-sitemap12.xml", "posts"),
        ("page-sitemap.xml", "pages"),
        ("category-sitemap.xml", "lists"),
        ("post_tag-sitemap.xml", "lists"),
        ("author-sitemap.xml", "lists"),
        ("sitemap-posts.xml", "posts"),
        ("sitemap-pages.xml", "pages"),
        ("sitemap-tags.xml", "lists"),
        ("news-sitemap.xml", "posts"),
        ("sitemap-news.xml", "posts"),
        ("image-sitemap-1.xml", "lists"),
        ("sitemap.xml", "anything"),
        ("sitemap.xml?page=2", "anything"),
        ("sitemap.xml?yyyy=2026&mm=11&dd=22", "anything"),
        ("sitemap-2026-11.xml", "anything"),
        ("sitemap-1.xml", "anything"),
        ("?sitemap=posts&sitemap-subtype=post&paged=1", "posts"),
        ("?sitemap=posts&sitemap-subtype=page&paged=1", "pages"),
        ("?sitemap=taxonomies&sitemap-subtype=category&paged=1", "lists"),
        ("?sitemap=users&paged=1", "lists"),
    ],
)
def test_the_name_says_what_it_holds(name: str, what: str) -> None:
    assert sitemaps.holds(at("https://a.example/" + name)) == what


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("?a=1&id=77", "?a=1&id=77"),
        ("?a=1&amp;id=77", "?a=1&id=77"),
        ("?a=1&amp;amp;id=77", "?a=1&id=77"),
        ("?a=1&copy=77", "?a=1&copy=77"),
        ("?a=1&#38;id=77", "?a=1&id=77"),
        ("?a=1&#x26;id=77", "?a=1&id=77"),
        ("<![CDATA[https://a.example/story?a=1&id=77]]>", "?a=1&id=77"),
        ("/caf&eacute;", "/café"),
        ("?q=a&nosuchthing;b=2", "?q=a&nosuchthing;b=2"),
        ("?a=1&", "?a=1&"),
    ],
)
def test_an_ampersand_is_one_however_it_is_written(written: str, meant: str) -> None:
    address = written if written.startswith("<!") else f"https://a.example/story{written}"
    pages = "".join(f"<url><loc>{loc}</loc></url>" for loc in (address, "https://a.example/other"))
    body = f'<?xml version="1.0" encoding="utf-8"?><urlset {NAMESPACE}>{pages}</urlset>'.encode()
    assert urls(body) == [f"https://a.example/story{meant}", "https://a.example/other"]
    assert [child.address.text for child in sitemaps.read(index_of(address), URL).children] == [
        f"https://a.example/story{meant}"
    ]


def index_of(address: str) -> bytes:
    return f"<sitemapindex {NAMESPACE}><sitemap><loc>{address}</loc></sitemap></sitemapindex>".encode()
