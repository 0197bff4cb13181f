"""A word in an address never decides alone: what is named as an article, or is like articles, is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.spiders import serving
from tests.spiders.crawling import Crawled, Job, crawl_all
from tests.spiders.serving import Answer, Story

Path = Callable[[Story], str]
MENU = '<a href="/about/">About us</a><a href="/contact/">Contact</a><a href="/jobs/">Jobs</a>'


def plain_page(story: Story, base: str) -> str:
    """Return an article that says nowhere that it is one: a headline, a byline, a few paragraphs, much beside them."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs[:3])
    beside = "".join(f'<li><a href="/s{number}/">Section number {number}</a></li>' for number in range(14))
    return (
        f"<!doctype html><html lang=en><title>{story.title}</title><div id=top><ul>{beside}</ul>{MENU}</div>"
        f"<div class=page><h1>{story.title}</h1><div>Jo Marsh {story.published:%d %B %Y}</div>{text}</div>"
        f"<div id=foot><ul>{beside}</ul></div></html>"
    )


def standing_page(title: str) -> str:
    """Return a page of the same template that is no article: nobody wrote it, on no day."""
    return serving.text_page(title).replace('class="page-template-default page"', "").replace("<article", "<div")


def article_page(story: Story, base: str) -> str:
    return serving.article_page(story, base, navigation=MENU)


def asked(target: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what a target asks for: the order of its parameters is nothing."""
    parts = urlsplit(target)
    return parts.path, sorted(parse_qsl(parts.query))


class Desk:
    """A newsroom whose stories have addresses of one form, named by its home page, a feed or a news sitemap."""

    def __init__(
        self, base: str, path: Path, *, named_by: str = "home", page: Callable[[Story, str], str] = article_page
    ) -> None:
        self.base, self.named_by, self.page = base, named_by, page
        self.stories = serving.stories(9, seed=33, step=timedelta(hours=20))
        for story in self.stories:
            story.path = path(story)
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        if target == "/robots.txt":
            return Answer(f"Sitemap: {self.base}/map.xml" if self.named_by == "news sitemap" else "", "text/plain")
        if target == "/map.xml" and self.named_by == "news sitemap":
            news = "<news:news><news:title>{}</news:title></news:news>"
            rows = "".join(
                f"<url><loc>{self.base}{s.path.replace('&', '&amp;')}</loc>{news.format(s.title)}</url>"
                for s in self.stories
            )
            space = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
            return Answer(f"<urlset {space}>{rows}</urlset>", "application/xml")
        if target == "/feed" and self.named_by == "feed":
            feed = serving.rss(self.stories, "")
            feed.body = str(feed.body).replace("<link>/", f"<link>{self.base}/").replace("&", "&amp;")
            return feed
        if target == "/":
            shown = self.stories if self.named_by == "home" else []
            rows = "".join(f'<h2><a href="{s.path.replace("&", "&amp;")}">{s.title}</a></h2>' for s in shown)
            feed = '<link rel="alternate" type="application/rss+xml" href="/feed">' if self.named_by == "feed" else ""
            return Answer(f"<html><head><title>News</title>{feed}</head><body><nav>{MENU}</nav>{rows}</body></html>")
        if urlsplit(target).path in ("/about/", "/contact/", "/jobs/"):
            return Answer(standing_page(target.strip("/").title()))
        story = next((story for story in self.stories if asked(story.path) == asked(target)), None)
        return Answer(self.page(story, self.base)) if story else None


def day(story: Story) -> str:
    return f"{story.published:%Y/%m}"


DESKS: dict[str, Callable[[str], Desk]] = {
    "a news sitemap names a calendar": lambda b: Desk(b, lambda s: f"/kalender/{s.slug[:12]}", named_by="news sitemap"),
    "a news sitemap names searches": lambda b: Desk(b, lambda s: f"/find?query={s.number}", named_by="news sitemap"),
    "a feed names lists by tag": lambda b: Desk(b, lambda s: f"/mot-cle/{s.slug}/", named_by="feed"),
    "a feed names users": lambda b: Desk(b, lambda s: f"/users/marsh/{s.number}", named_by="feed"),
    "a feed names a search, plain pages": lambda b: Desk(
        b, lambda s: f"/suche/{s.slug}", named_by="feed", page=plain_page
    ),
    "links into a calendar": lambda b: Desk(b, lambda s: f"/calendrier/{day(s)}/{s.slug}/"),
    "links into a topic": lambda b: Desk(b, lambda s: f"/thema/energie/{s.slug}"),
    "links into a category": lambda b: Desk(b, lambda s: f"/rubrique/{s.category.lower()}/{s.slug}-{s.number}.html"),
    "links to authors": lambda b: Desk(b, lambda s: f"/auteur/jo-marsh/{day(s)}/{s.slug}"),
    "links with a category and a number": lambda b: Desk(b, lambda s: f"/read.asp?cat=regional&storyid={s.number}"),
    "links with a kind of page": lambda b: Desk(b, lambda s: f"/index.php?page=story&nr={s.number}"),
    "links with a path in a parameter": lambda b: Desk(b, lambda s: f"/?q=regional/{s.slug}"),
    "plain pages in a folder of any name": lambda b: Desk(b, lambda s: f"/quux/{s.slug}", page=plain_page),
    "plain pages by number": lambda b: Desk(b, lambda s: f"/ober-und-unterland/{s.number}", page=plain_page),
    "plain pages at the root": lambda b: Desk(b, lambda s: f"/{s.slug}.htm", page=plain_page),
}


class Shop:
    """A newsroom with a calendar, tags, searches and plain pages that are no articles, though their addresses go on."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = serving.stories(6, seed=34)
        for story in self.stories:
            story.path = f"/news/{story.slug}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        events = "".join(
            f'<a href="/calendar/2026/11/concert-of-the-week-in-the-hall-{n}/">Concert {n}</a>' for n in range(40)
        )
        tags = "".join(f'<a href="/tag/all-about-the-harbour-{n}x/">All about {n}</a>' for n in range(40))
        found = "".join(f'<a href="/search?q=boats&id={n}">Boats {n}</a>' for n in range(40))
        if target == "/":
            return Answer(
                serving.listing_page("News", self.stories, self.base, foot=events + tags + found, navigation=MENU)
            )
        story = next((story for story in self.stories if story.path == target), None)
        if story is not None:
            return Answer(article_page(story, self.base))
        if target in ("/about/", "/contact/", "/jobs/"):
            return Answer(standing_page(target.strip("/").title()))
        if target.startswith(("/calendar/", "/tag/", "/search")):
            return Answer(f"<title>{target}</title><h1>{target}</h1><p>Tickets at the door.</p>{events}{tags}{found}")
        return None


@dataclass(slots=True)
class Crawls:
    """A newsroom and two crawls of it."""

    site: serving.Site
    first: Crawled
    second: Crawled


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Crawls]]:
    with ExitStack() as stack:
        makes = {**DESKS, "shop": Shop}
        sites = {name: stack.enter_context(serving.serve(make, validators=False)) for name, make in makes.items()}
        jobs = [Job(tmp_path_factory.mktemp("output"), {"url": site.url}) for site in sites.values()]
        first, second = crawl_all(jobs), crawl_all(jobs)
        yield {name: Crawls(*each) for name, *each in zip(sites, sites.values(), first, second, strict=True)}


@pytest.mark.parametrize("name", DESKS)
def test_every_article_comes_once_and_nothing_else(crawls: dict[str, Crawls], name: str) -> None:
    crawl = crawls[name]
    truth = sorted(map(asked, crawl.site.truth))
    assert sorted(map(asked, crawl.first.urls)) == truth, crawl.first.summary["dropped"]
    assert crawl.first.code == 0
    assert sorted(map(asked, crawl.second.urls)) == truth, "nor in the next run"


def test_what_only_goes_on_as_stories_do_is_tried_a_few_times(crawls: dict[str, Crawls]) -> None:
    crawl = crawls["shop"]
    assert sorted(crawl.first.urls) == sorted(crawl.site.truth)
    for part in ("/calendar/", "/search"):
        assert len(crawl.site.fetched(part)) <= 12, "three, and those under way meanwhile, each time"
    assert not crawl.site.fetched("/tag/")
    assert {"a-calendar", "a-search", "a-list-by-tag"} <= set(crawl.first.summary["dropped"])
