"""A session in every link of a site is no part of its addresses, whatever it is called; what only looks like one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import escape
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.spiders import serving
from tests.spiders.crawling import Crawled, Job, crawl_all
from tests.spiders.serving import Answer


class Desk:
    """A newsroom that writes something into each of its links; a page asked for with it goes on with it.

    Args:
        carried: what the links of the answer of that number carry, as name and value.
        needed: a page is only there with it.
        redirects: a page asked for without it sends its reader to the address with it.
    """

    def __init__(
        self, base: str, carried: Callable[[int], tuple[str, str]], *, needed: bool = False, redirects: bool = False
    ) -> None:
        self.base, self.carried, self.needed, self.redirects = base, carried, needed, redirects
        self.stories = serving.stories(12, seed=21)
        self.answers = 0
        more = "&{}={}".format(*carried(0)) if needed else ""
        for story in self.stories:
            story.path = f"/read?id={story.number}{more}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        path, query = urlsplit(target).path, dict(parse_qsl(urlsplit(target).query))
        name, fresh = self.carried(self.answers)
        self.answers += 1
        if path not in ("/", "/list", "/read") or (self.needed and path != "/" and name not in query):
            return None
        if self.redirects and name not in query:
            sign = "&" if "?" in target else "?"
            return Answer(status=302, headers={"Location": f"{target}{sign}{name}={fresh}"})
        value = query.get(name, fresh)

        def link(path: str, words: str) -> str:
            sign = "&" if "?" in path else "?"
            return f'<a href="{escape(f"{path}{sign}{name}={value}")}">{words}</a>'

        menu = link("/list", "Local") + link("/", "Home") + link("/list?part=2", "More")
        if path == "/read":
            story = next((s for s in self.stories if str(s.number) == query.get("id")), None)
            return Answer(serving.article_page(story, self.base, navigation=menu, canonical="")) if story else None
        shown = self.stories[:5] if path == "/" else self.stories[6:] if "part" in query else self.stories[:9]
        rows = "".join(f"<h2>{link(f'/read?id={s.number}', s.title)}</h2>" for s in shown)
        return Answer(f"<html><head><title>News</title></head><body><nav>{menu}</nav>{rows}</body></html>")


DESKS: dict[str, Callable[[str], Desk]] = {
    "sid": lambda base: Desk(base, lambda n: ("sid", f"{n * 7919:032x}")),
    "sid, short": lambda base: Desk(base, lambda n: ("sid", f"{n * 37 % 1000}")),
    "a name of its own, the same each time": lambda base: Desk(base, lambda n: ("visit", "k3j9x81f0a")),
    "a name of its own, another each time": lambda base: Desk(base, lambda n: ("w", f"{n + 100}")),
    "redirects": lambda base: Desk(base, lambda n: ("osCsid", f"{n * 7919:026x}"), redirects=True),
    "redirects, a name of its own": lambda base: Desk(base, lambda n: ("trail", f"x{n:07d}"), redirects=True),
    "a language, which is none": lambda base: Desk(base, lambda n: ("lang", "en"), needed=True),
}

Crawls = dict[str, tuple[serving.Site, Crawled, Crawled, list[tuple[str, int]]]]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawls]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving.serve(make, validators=False)) for name, make in DESKS.items()}
        jobs = [Job(tmp_path_factory.mktemp("output"), {"url": site.url}) for site in sites.values()]
        first = crawl_all(jobs)
        asked = [list(site.asked) for site in sites.values()]
        second = crawl_all(jobs)
        yield {
            name: (site, one, two, paths)
            for (name, site), one, two, paths in zip(sites.items(), first, second, asked, strict=True)
        }


@pytest.mark.parametrize("name", DESKS)
def test_every_article_comes_once(crawls: Crawls, name: str) -> None:
    site, first, second, asked = crawls[name]
    assert sorted(first.urls) == sorted(site.truth)
    assert sorted(second.urls) == sorted(site.truth)
    assert len(asked) < 60, "sessions lead nobody round in circles"
