"""The newsroom's server: what a crawler may rely on, and what tests may change while it runs."""

import gzip
import http.client
import socket
import time
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener, urlopen

import pytest

from newsscraper.demo import Newsroom, Site


class _NoRedirect(HTTPErrorProcessor):
    def http_response(self, request, response):  # type: ignore[no-untyped-def]
        return response


def _get(url: str, **headers: str) -> http.client.HTTPResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response: http.client.HTTPResponse = build_opener(_NoRedirect).open(Request(url, headers=named), timeout=10)
    return response


@pytest.mark.parametrize("suffix", ["", "/amp"])
def test_unchanged_article_answers_304(newsroom: Site, suffix: str) -> None:
    url = next(iter(newsroom.truth)) + suffix
    first = _get(url)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert etag
    assert modified
    assert _get(url, If_None_Match=etag).status == 304
    assert _get(url, If_Modified_Since=modified).status == 304
    assert _get(url, If_None_Match='W/"other"', If_Modified_Since=modified).status == 200
    newsroom.revise(next(iter(newsroom.truth)))
    assert _get(url, If_None_Match=etag).status == 200


def test_lists_and_feeds_change_when_something_is_published(newsroom: Site) -> None:
    for path in ("/", "/feed", "/cloud-1370", "/thematique/cloud-1370/feed", "/wp-sitemap-posts-post-2.xml.gz"):
        etag = _get(newsroom.url + path).headers["ETag"]
        assert _get(newsroom.url + path, If_None_Match=etag).status == 304
        newsroom.publish()
        assert _get(newsroom.url + path, If_None_Match=etag).status == 200


def test_gzip_only_where_asked_for(newsroom: Site) -> None:
    plain = _get(newsroom.url + "/")
    packed = _get(newsroom.url + "/", Accept_Encoding="gzip")
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.read()) == plain.read()


def test_head_has_no_body(newsroom: Site) -> None:
    parts = urlsplit(newsroom.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    for _ in range(2):  # a body where none belongs would be taken for the second answer
        connection.request("HEAD", "/")
        response = connection.getresponse()
        assert response.status == 200
        assert int(response.headers["Content-Length"]) > 1000
        assert response.read() == b""
    connection.close()


def test_short_links_and_old_titles_lead_to_the_article(newsroom: Site) -> None:
    story = newsroom.stories[0]
    for path in (f"/?p={story.number}", f"/cloud-1370/ancien-titre-{story.number}"):
        response = _get(newsroom.url + path)
        assert (response.status, response.headers["Location"]) == (301, newsroom.url + story.path)


@pytest.mark.parametrize(
    "path",
    [
        "/rien",
        "/page/99",
        "/rien-1370",
        "/x-1.html",
        "/cloud-1370/x-1",
        "/thematique/rien-1/feed",
        "/wp-json/wp/v2/posts",
    ],
)
def test_no_page_answers_404(newsroom: Site, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(newsroom.url + path, timeout=10)


def test_published_revised_and_withdrawn(newsroom: Site) -> None:
    new = newsroom.publish()
    assert new.url
    assert next(iter(newsroom.truth.values())) == new
    assert (new.title or "").encode() in _get(newsroom.url + "/").read()
    revised = newsroom.revise(new.url)
    assert revised.text
    assert revised.text.startswith(new.text or "-")
    assert revised.text != new.text
    assert newsroom.truth[new.url] == revised
    newsroom.withdraw(new.url)
    assert new.url not in newsroom.truth
    assert _get(new.url).status == 410
    with pytest.raises(KeyError):
        newsroom.withdraw(new.url)


def test_requests_are_logged_in_order(newsroom: Site) -> None:
    _get(newsroom.url + "/feed", User_Agent="essai/1")
    _get(newsroom.url + "/rien?a=1")
    assert [(r.method, r.path, r.status) for r in newsroom.requests] == [
        ("GET", "/feed", 200),
        ("GET", "/rien?a=1", 404),
    ]
    assert newsroom.requests[0].headers["user-agent"] == "essai/1"


def test_latency_is_waited_for(newsroom: Site) -> None:
    newsroom.latency = 0.3
    begun = time.monotonic()
    _get(newsroom.url + "/robots.txt")
    assert time.monotonic() - begun >= 0.3


def test_closes_its_port_at_once() -> None:
    with Newsroom(articles=1).serve() as site:
        address = urlsplit(site.url)
        idle = socket.create_connection((address.hostname, address.port), timeout=10)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((address.hostname, address.port), timeout=10)
    idle.close()


def test_taken_port_is_an_error() -> None:
    with Newsroom(articles=1).serve() as site:
        port = urlsplit(site.url).port
        with pytest.raises(OSError, match="in use"), Newsroom(articles=1).serve(port or 0):
            pass


def test_date_header_is_the_newsrooms_clock() -> None:
    moment = datetime.fromisoformat("2024-06-30T09:30:00+00:00")
    with Newsroom(articles=1, clock=lambda: moment).serve() as site:
        assert _get(site.url + "/").headers["Date"] == "Sun, 30 Jun 2024 09:30:00 GMT"
        story = site.stories[0]
        assert timedelta() <= moment - story.published < timedelta(minutes=60)


def _answers(site: Site, paths: list[str]) -> list[tuple[int, str | None]]:
    return [(answer.status, answer.headers["Location"]) for answer in (_get(site.url + path) for path in paths)]


def test_a_newsroom_that_moves_remembers_half_of_its_old_addresses(newsroom: Site) -> None:
    now_at = {story.number: newsroom.url + story.path for story in newsroom.stories}
    known: dict[int, list[str]] = {number: [] for number in now_at}
    for shape in ("2018", "2024", "2026"):
        for story in newsroom.stories:
            known[story.number].append(story.path)
        newsroom.move(shape)
        now_at = {story.number: newsroom.url + story.path for story in newsroom.stories}
        for story in newsroom.stories:
            old = [path for path in known[story.number] if path != story.path]
            remembered = (301, now_at[story.number]) if story.number % 2 else (404, None)
            assert _answers(newsroom, old) == [remembered] * len(old)
            assert _get(newsroom.url + story.path).status == 200
    assert _get(f"{newsroom.url}/feed").status == 200


def test_a_newsroom_can_have_moved_before_it_opens() -> None:
    opened_at = datetime(2026, 5, 1, tzinfo=UTC)
    old = Newsroom(articles=4, opened_at=opened_at, shape="2018").stories
    with Newsroom(articles=4, opened_at=opened_at, moved=True).serve() as site:
        for before, story in zip(old, site.stories, strict=True):
            (answer,) = _answers(site, [f"{before.path}/amp"])
            assert answer == ((301, f"{site.url}{story.path}/amp") if story.number % 2 else (404, None))


def test_a_shape_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there are 2018, 2024, 2026"):
        Newsroom(articles=1, shape="1999")
