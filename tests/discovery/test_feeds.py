"""Feeds of every version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsscraper.discovery import feeds
from tests.addresses import at

URL = at("https://a.example/feed")


def test_rss_2() -> None:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        "<title>T</title><link>https://a.example</link><item><title>L&#8217;été &amp; l'hiver</title><link>/a</link>"
        "<pubDate>Sun, 22 Nov 2026 08:27:53 +0000</pubDate><category>Cloud</category></item></channel></rss>"
    ).encode()
    feed = feeds.read(body, URL)
    (candidate,) = feed.candidates
    assert candidate.url == "https://a.example/a"
    assert candidate.title == "L’été & l'hiver"
    assert candidate.published == "Sun, 22 Nov 2026 08:27:53 +0000"
    assert candidate.section == "Cloud"
    assert candidate.modified is None
    assert candidate.rank is not None
    assert candidate.rank.isoformat() == "2026-11-22T08:27:53+00:00"


def test_rss_0_91_and_rdf() -> None:
    old = b'<rss version="0.91"><channel><item><title>A</title><link>https://a.example/a</link></item></channel></rss>'
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>'
        b'<item rdf:about="https://a.example/a"><title>A</title><link>https://a.example/a</link>'
        b"<dc:date>2026-11-22T08:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert [c.url for c in feeds.read(old, URL).candidates] == ["https://a.example/a"]
    (candidate,) = feeds.read(rdf, URL).candidates
    assert candidate.url == "https://a.example/a"
    assert candidate.rank is not None


def test_atom_with_its_next_page() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link rel="next" href="/feed?page=2"/>'
        b'<entry><title>A</title><link rel="replies" href="/a/comments"/>'
        b'<link rel="alternate" type="text/html" href="/a"/>'
        b"<id>urn:1</id><published>2026-11-21T08:00:00Z</published><updated>2026-11-22T08:00:00Z</updated></entry></feed>"
    )
    feed = feeds.read(body, URL)
    (candidate,) = feed.candidates
    assert (candidate.url, candidate.published, candidate.modified) == (
        "https://a.example/a",
        "2026-11-21T08:00:00Z",
        "2026-11-22T08:00:00Z",
    )
    assert str(feed.next_page) == "https://a.example/feed?page=2"


def test_json_feed() -> None:
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "next_url": "https://a.example/feed.json?page=2",
            "items": [
                {
                    "id": "1",
                    "url": "/a",
                    "title": "A",
                    "date_published": "2026-11-22T08:00:00+01:00",
                    "tags": ["Cloud"],
                },
                {"id": "https://a.example/b"},
                {"id": "3"},
                "rubbish",
            ],
        }
    ).encode()
    feed = feeds.read(body, URL)
    assert [c.url for c in feed.candidates] == ["https://a.example/a", "https://a.example/b"]
    assert feed.candidates[0].section == "Cloud"
    assert str(feed.next_page) == "https://a.example/feed.json?page=2"


def test_the_articles_own_address_is_preferred_to_a_counters() -> None:
    body = (
        b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>A</title>'
        b"<link>https://feeds.example/~r/1</link><feedburner:origLink>https://a.example/a</feedburner:origLink></item>"
        b"</channel></rss>"
    )
    assert [c.url for c in feeds.read(body, URL).candidates] == ["https://a.example/a"]


def test_an_address_of_the_site_itself_is_preferred_to_another_sites() -> None:
    def item(link: str, guid: str) -> str:
        return f"<item><title>A</title><link>{link}</link><guid>{guid}</guid></item>"

    items = item("https://clicks.example/rss/CBMi1?oc=5", "https://a.example/a")
    items += item("https://a.example/b", "https://a.example/?p=2")
    items += item("https://clicks.example/3", "https://elsewhere.example/3")
    body = f'<rss version="2.0"><channel><link>https://a.example/</link>{items}</channel></rss>'.encode()
    assert [c.url for c in feeds.read(body, at("https://feeds.example/a")).candidates] == [
        "https://a.example/a",
        "https://a.example/b",
        "https://clicks.example/3",
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<!doctype html><html></html>", "it is a web page"),
        (b'{"a": 1}', "it is JSON, but no feed"),
        (b"{broken", "it is broken JSON"),
        (b"nothing at all", "it is no feed"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"></rss>', "it declares entities, which no feed needs"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, problem: str) -> None:
    assert feeds.read(body, URL).problem == problem


def test_a_feed_of_comments_is_known_as_such() -> None:
    body = b'<rss version="2.0"><channel><title>Comments for A</title><link>https://a.example</link></channel></rss>'
    assert feeds.read(body, at("https://a.example/comments/feed/")).comments


def test_a_body_that_reads_like_a_file_name_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text('<rss version="2.0"><channel><item><link>https://a.example/secret</link></item></channel></rss>')
    assert feeds.read(str(secret).encode(), URL).candidates == []


DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def dates_of(body: str) -> list[tuple[str | None, str | None]]:
    return [(c.published, c.modified) for c in feeds.read(body.encode(), URL).candidates]


def test_the_date_of_a_feed_that_has_no_other_is_that_of_publication() -> None:
    entry = "<item{}><title>A</title><link>https://a.example/{}</link>{}</item>"
    rss1 = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{DUBLIN_CORE} xmlns:dcterms="http://purl.org/dc/terms/">'
        + entry.format(' rdf:about="https://a.example/1"', 1, "<dc:date>2026-11-10T09:00:00+09:00</dc:date>")
        + entry.format("", 2, "<dcterms:modified>2026-11-13</dcterms:modified><dc:date> 2026-11-11 </dc:date>")
        + entry.format("", 3, "<dcterms:modified>2026-11-13</dcterms:modified>")
        + "</rdf:RDF>"
    )
    assert dates_of(rss1) == [("2026-11-10T09:00:00+09:00", None), ("2026-11-11", "2026-11-13"), (None, "2026-11-13")]
    other_prefix = rss1.replace("dc:date", "dublin:date").replace("xmlns:dc=", "xmlns:dublin=")
    assert dates_of(other_prefix) == dates_of(rss1)
    rss2 = (
        f'<rss version="2.0" {DUBLIN_CORE}><channel>'
        + entry.format("", 1, "<dc:date>2026-11-10T09:00:00Z</dc:date>")
        + entry.format("", 2, "<pubDate>Tue, 10 Nov 2026 09:00:00 GMT</pubDate><dc:date>2026-01-01</dc:date>")
        + "</channel></rss>"
    )
    assert dates_of(rss2) == [("2026-11-10T09:00:00Z", None), ("Tue, 10 Nov 2026 09:00:00 GMT", None)]


def test_a_date_of_change_stays_one() -> None:
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {DUBLIN_CORE}><entry><title>A</title>'
        '<link href="https://a.example/1"/><published>2026-11-10T09:00:00Z</published>'
        "<updated>2026-11-12T09:00:00Z</updated></entry></feed>"
    )
    assert dates_of(atom) == [("2026-11-10T09:00:00Z", "2026-11-12T09:00:00Z")]
