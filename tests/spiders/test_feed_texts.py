"""Feeds with whole texts: the record where a page cannot be had, and no way round what is gone, locked or forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime
from html import escape

import pytest

from tests.spiders import serving
from tests.spiders.crawling import Crawled, crawl

QUICK = {"BACKOFF_START": "0.01"}
PAGES = {0: 200, 1: 503, 2: 403, 3: 404, 4: 200, 5: 200, 6: 503}


class Blog:
    """A blog whose pages answer in many ways, and whose feed tells all texts, but for one that is cut off."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = serving.stories(len(PAGES), seed=31)
        for number, story in enumerate(self.stories):
            story.path = f"/{'private' if number == 5 else 'story'}/{story.slug}"
        self.up = False

    def __call__(self, target: str) -> serving.Answer | None:
        if target == "/robots.txt":
            return serving.Answer("User-agent: *\nDisallow: /private/\n", "text/plain")
        if target == "/":
            head = f'<link rel="alternate" type="application/rss+xml" href="{self.base}/feed">'
            return serving.Answer(serving.listing_page("News", self.stories[:1], self.base, head=head))
        if target == "/feed":
            return serving.Answer(self._feed(), "application/rss+xml; charset=UTF-8")
        number = next((number for number, story in enumerate(self.stories) if story.path == target), None)
        if number is None:
            return None
        if number == 4:
            return serving.Answer('<html><body><div id="app"></div><script src="/main.js"></script></body></html>')
        status = 200 if self.up else PAGES[number]
        page = (
            serving.article_page(self.stories[number], self.base) if status == 200 else "<html><body>no</body></html>"
        )
        return serving.Answer(page, status=status)

    def text(self, number: int) -> list[str]:
        return self.stories[number].paragraphs

    def _feed(self) -> str:
        items = ""
        for number, story in enumerate(self.stories):
            link, paragraphs = f"{self.base}{story.path}", self.text(number)
            told = "".join(f"<p>{text}</p>" for text in paragraphs)
            told = told[: len(told) // 2] + " [&#8230;]</p>" if number == 6 else told
            home = f'<a href="{self.base}">X</a>'
            told += f'<p>L’article <a href="{link}">{story.title}</a> est apparu en premier sur {home}.</p>'
            items += (
                f"<item><title>{story.title}</title><link>{link}</link><dc:creator>Ada Lovell</dc:creator>"
                f"<pubDate>{format_datetime(story.published)}</pubDate><category>{story.category}</category>"
                f"<content:encoded>{escape(told)}</content:encoded></item>"
            )
        return (
            '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>{self.base}/</link>{items}'
            "</channel></rss>"
        )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Blog, Crawled, Crawled]]:
    blogs: list[Blog] = []
    output = tmp_path_factory.mktemp("output")
    with serving.serve(lambda base: blogs.append(Blog(base)) or blogs[0]) as site:
        first = crawl(output, site.url, settings=QUICK)
        blogs[0].up = True
        yield blogs[0], first, crawl(output, site.url, settings=QUICK)


def _record(blog: Blog, run: Crawled, number: int) -> list[dict[str, object]]:
    return [record for record in run.records if record["url"] == blog.base + blog.stories[number].path]


@pytest.mark.parametrize("number", [1, 2, 4], ids=["down", "forbidden", "scripted"])
def test_where_the_page_cannot_be_had_the_feed_gives_the_record(
    crawled: tuple[Blog, Crawled, Crawled], number: int
) -> None:
    blog, first, _ = crawled
    (record,) = _record(blog, first, number)
    assert record["title"] == blog.stories[number].title
    assert str(record["text"]).split("\n\n") == blog.text(number)
    assert record["extraction"]["warnings"] == ["from-feed"]  # type: ignore[index]
    assert record["authors"] == ["Ada Lovell"]
    assert record["categories"] == [blog.stories[number].category]
    assert str(record["date_published"])[:10] == blog.stories[number].published.date().isoformat()


@pytest.mark.parametrize("number", [3, 5, 6], ids=["gone", "forbidden by robots.txt", "cut off"])
def test_a_feed_is_no_way_to_what_is_not_there_for_us(crawled: tuple[Blog, Crawled, Crawled], number: int) -> None:
    blog, first, _ = crawled
    assert _record(blog, first, number) == []


def test_a_page_that_can_be_had_is_the_record(crawled: tuple[Blog, Crawled, Crawled]) -> None:
    blog, first, _ = crawled
    (record,) = _record(blog, first, 0)
    assert "from-feed" not in record["extraction"]["warnings"]  # type: ignore[operator]
    assert str(record["text"]).split("\n\n") == blog.text(0)
    assert first.code == 2


def test_the_next_run_tries_the_page_of_what_was_down(crawled: tuple[Blog, Crawled, Crawled]) -> None:
    blog, _, second = crawled
    assert len(_record(blog, second, 6)) == 1
    assert len({record["id"] for record in second.records}) == 5
    assert not [record for record in second.records[4:] if record["extraction"]["warnings"] == ["from-feed"]]
