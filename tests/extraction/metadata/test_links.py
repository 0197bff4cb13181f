# ruff: noqa: E501
from __future__ import annotations

import pytest

from newsscraper.extraction import Page, read_page
from newsscraper.extraction.page import Reading

from .builders import URL, json_ld, page

BASE = "https://www.journal.example"


def read(head: str = "", body: str = "", *, url: str = URL, html_attributes: str = "") -> Reading:
    html = page(head, body).replace('<html lang="fr">', f'<html lang="fr"{html_attributes}>')
    return read_page(Page(html, url=url))


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        (f'<link rel="canonical" href="{URL}?utm_source=x#top">', URL),
        ('<link rel="canonical" href="/2024/06/les-ambitions/">', URL),
        (f'<meta property="og:url" content="{URL}">', URL),
        (json_ld(f'{{"@type":"Article","headline":"x","mainEntityOfPage":{{"@id":"{URL}"}}}}'), URL),
        ('<link rel="canonical" href="https://elsewhere.example/stolen/">', None),
        (f'<link rel="canonical" href="{BASE}/">', None),
        ('<link rel="canonical" href="http://[bad">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
    ],
)
def test_canonical(head: str, canonical: str | None) -> None:
    assert read(head).canonical_url == canonical


def test_amp_twin() -> None:
    assert read(f'<link rel="amphtml" href="{URL}amp/">').amp_url == URL + "amp/"
    twin = read(f'<link rel="canonical" href="{URL}">', url=URL + "amp/", html_attributes=" ⚡")
    assert twin.is_amp
    assert twin.canonical_url == URL


@pytest.mark.parametrize(
    ("own", "body", "pages", "number"),
    [
        (
            "/a.html/2",
            '<nav class="page-links"><a href="/a.html" class="post-page-numbers">Page 1</a> <span class="post-page-numbers '
            'current">Page 2</span> <a href="/a.html/3" class="post-page-numbers">Page 3</a></nav>',
            ["/a.html", "/a.html/2", "/a.html/3"],
            2,
        ),
        (
            "/a/",
            '<div class="page-links">Pages: <span>1</span> <a href="/a/2/"><span>2</span></a></div>',
            ["/a/", "/a/2/"],
            1,
        ),
        (
            "/a/?page=2",
            '<div class="pagination"><a href="/a/">1</a><b>2</b><a href="/a/?page=3">3</a></div>',
            ["/a/", "/a/?page=2", "/a/?page=3"],
            2,
        ),
        (
            "/s/12-a.html",
            '<div class="pagination"><b>1</b><a href="/s/12-a-2.html">2</a></div>',
            ["/s/12-a.html", "/s/12-a-2.html"],
            1,
        ),
        *(
            (
                own,
                f'<nav class="page-links"><span>Page 1</span> <a href="{own}/2">Page 2</a></nav>',
                [own, f"{own}/2"],
                1,
            )
            for own in (
                "/un-titre-59.html",
                "/Thematique/cloud-1370/Breves/Un-titre--59.htm",
                "/cloud-1370/un-titre-59",
            )
        ),
        (
            "/un-titre-59.html/2",
            '<nav class="page-links"><a href="/un-titre-59.html">Page 1</a> <span>Page 2</span></nav>',
            ["/un-titre-59.html", "/un-titre-59.html/2"],
            2,
        ),
        # forms of addresses, with and without the name of a pagination
        *(
            (
                own,
                f'<div class="{label}"><b>1</b> <a href="{two}">2</a> <a href="{three}">3</a></div>',
                [own, two, three],
                1,
            )
            for label in ("pagination", "", "x1")
            for own, two, three in (
                ("/a-story/", "/a-story/page/2/", "/a-story/page/3/"),
                ("/a-story", "/a-story/seite-2", "/a-story/seite-3"),
                ("/a-story/", "/a-story/p2/", "/a-story/p3/"),
                ("/a-story", "/a-story/strana/2", "/a-story/strana/3"),
                ("/a-story.html", "/a-story-p2.html", "/a-story-p3.html"),
                ("/a-story.html", "/a-story_2.html", "/a-story_3.html"),
                ("/a-story.php", "/a-story,teil3.php".replace("3", "2"), "/a-story,teil3.php"),
                ("/a-story/index.html", "/a-story/2.html", "/a-story/3.html"),
                ("/a-story", "/a-story?pageNumber=2", "/a-story?pageNumber=3"),
                ("/read?id=71", "/read?id=71&part=2", "/read?id=71&part=3"),
                ("/a-story", "/a-story?page=1", "/a-story?page=2"),
                ("/a-story", "/a-story/1", "/a-story/2"),
            )
        ),
        (
            "/a-story?page=1",
            '<p><a href="/a-story">1</a> <b>2</b> <a href="/a-story?page=2">3</a></p>',
            ["/a-story", "/a-story?page=1", "/a-story?page=2"],
            2,
        ),
        (
            "/a-story-p2.html",
            '<p><a href="/a-story.html">1</a> <b>2</b></p>',
            ["/a-story.html", "/a-story-p2.html"],
            2,
        ),
        # numbers that count something else
        ("/a-story", '<p><a href="/a-story?rate=1">1</a> <a href="/a-story?rate=2">2</a></p>', [], 1),
        ("/news/12", '<p><a href="/news/13">13</a> <a href="/news/14">14</a></p>', [], 1),
        ("/read?id=12", '<p><b>12</b> <a href="/read?id=13">13</a></p>', [], 1),
        ("/2026/11/a-story", '<p><a href="/2026/11/1">1</a> <a href="/2026/11/2">2</a></p>', [], 1),
        ("/a/", '<div class="comments-pagination"><a href="/a/?page=2">2</a></div>', [], 1),
        ("/a/", '<div class="pagination"><a href="/b/2/">2</a></div>', [], 1),
        ("/a/", '<div class="pagination"><a href="/a/comment-page-2/#comments">2</a></div>', [], 1),
        ("/a/", '<p>See <a href="/a/2/">2</a></p>', [], 1),
    ],
)
def test_parts_of_a_split_article(own: str, body: str, pages: list[str], number: int) -> None:
    found = read(f'<link rel="canonical" href="{own}">', body, url=BASE + own)
    assert list(found.pages) == [BASE + path for path in pages]
    assert found.page_number == number


def test_a_neighbour_is_no_next_page() -> None:
    assert read("<link rel='next' title='Another article' href='/2024/07/another/'>").next_url is None
    assert read("", '<a rel="next" href="/2024/07/another/">Another article</a>').next_url is None
    assert read("", f'<a rel="next" href="{URL}the-costs">The costs</a>').next_url == f"{URL}the-costs"
    assert (
        read("", '<a class="next page-numbers" href="/page/3/">Next</a>', url=BASE + "/page/2/").next_url
        == BASE + "/page/3/"
    )
    assert read('<link rel="next" href="/news?page=2">', url=BASE + "/news").next_url == BASE + "/news?page=2"


def test_feeds_without_those_of_comments() -> None:
    head = "".join(
        f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'
        for kind, title, href in (
            ("application/rss+xml", "Le Journal &raquo; Flux", "/feed"),
            ("application/rss+xml", "Le Journal &raquo; Flux des commentaires", "/comments/feed"),
            ("application/atom+xml", "Kommentare zu diesem Beitrag", "/2024/06/les-ambitions/feed/"),
            ("application/json", "", "/wp-json/wp/v2/posts/4"),
            ("application/feed+json", "JSON", "/feed.json"),
        )
    )
    assert read(head).feeds == (BASE + "/feed", BASE + "/feed.json")


def test_links_once_each_with_their_words_and_place() -> None:
    base = "https://www.journal.com"
    body = (
        '<nav><a href="/sports">Sports</a></nav><main><a href="/a"><img src="x"></a><a href="/a#top">A longer name</a>'
        '<a href="https://m.journal.com/b" rel="nofollow">B</a><a href="https://else.com/">Else</a>'
        '<a href="mailto:x@y.z">mail</a><a href="c/d">D</a><a href="//www.journal.com/e">E</a></main>'
        '<footer><a href="/legal">Legal</a></footer>'
    )
    found = {link.url: link for link in read("", body, url=base + "/x/").links}
    assert list(found) == [
        base + "/sports", base + "/a", "https://m.journal.com/b", base + "/x/c/d", base + "/e", base + "/legal",
    ]  # fmt: skip
    assert found[base + "/a"].text == "A longer name"
    assert found["https://m.journal.com/b"].nofollow
    assert [link.in_navigation for link in found.values()] == [True, False, False, False, False, True]


def test_base_href_counts() -> None:
    assert read('<base href="/deep/">', '<a href="x">X</a>').links[0].url == BASE + "/deep/x"
    assert read('<base href="http://[bad">', '<a href="/x">X</a>').links[0].url == BASE + "/x"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a/b#part", f"{BASE}/a/b"),
        (f"{BASE}/a?b=c#part", f"{BASE}/a?b=c"),
        ("//www.journal.example/a", f"{BASE}/a"),
        ("/a/../b", f"{BASE}/b"),
        (f"{BASE}/a/./b", f"{BASE}/a/./b"),
        ("/été et hiver", f"{BASE}/été%20et%20hiver"),
        ("  /a ", f"{BASE}/a"),
        ("/" + "a" * 2100, None),
        ("https://[bad/a", None),
        ("https://other.example/a", None),
        ("javascript:void(0)", None),
    ],
)
def test_each_shape_of_address(href: str, url: str | None) -> None:
    assert [link.url for link in read(body=f'<a href="{href}">Ailleurs</a>').links] == ([url] if url else [])


def test_a_link_is_navigation_by_what_stands_nearest_around_it() -> None:
    body = (
        '<div class="menu-top"><a href="/1">1</a><main><a href="/2">2</a><nav><a href="/3">3</a></nav></main></div>'
        '<article><footer><a href="/4">4</a></footer></article><footer class="menu"><a href="/5">5</a></footer>'
        '<div role="navigation" class="x" id="menu"><a href="/6">6</a></div><div id="menu"><a href="/7">7</a></div>'
    )
    places = {link.url.rpartition("/")[2]: link.in_navigation for link in read(body=body).links}
    assert places == {"1": True, "2": False, "3": True, "4": False, "5": True, "6": True, "7": False}
