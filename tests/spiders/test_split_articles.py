"""A split article is one record with all its parts, however these are addressed and named; two stories stay two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import Crawled, Job, crawl, crawl_all
from tests.spiders.serving import Answer, Story

Address = Callable[[str, int], str]
PAGES = 3


def numbers(desk: Desk, story: Story, part: int) -> str:
    """Return a pagination of numbers."""
    links = (f"<b>{n}</b>" if n == part else f'<a href="{desk.at(story, n)}">{n}</a>' for n in range(1, PAGES + 1))
    return f"<p>{' '.join(links)}</p>"


def next_link(desk: Desk, story: Story, part: int) -> str:
    """Return a link to the next part that says so in markup alone."""
    return f'<a rel="next" href="{desk.at(story, part + 1)}">What it costs</a>' if part < PAGES else ""


def nothing(desk: Desk, story: Story, part: int) -> str:
    """Return no pagination."""
    return ""


class Desk:
    """A newsroom whose stories stand on three pages each.

    Args:
        address: address of the part of that number of a story, from its slug.
        named: how a page names the other parts.
        titled: headline of a part, from the story's and its number.
        twins: AMP pages, which name the parts.
    """

    def __init__(
        self,
        base: str,
        address: Address,
        *,
        named: Callable[[Desk, Story, int], str] = numbers,
        titled: str = "{title}",
        twins: bool = False,
    ) -> None:
        self.base, self.address, self.named, self.titled, self.twins = base, address, named, titled, twins
        self.stories = serving.stories(3, seed=41)
        for story in self.stories:
            story.paragraphs = (story.paragraphs * 2)[:6]
            story.paragraphs = [f"{paragraph} On line {n} of it." for n, paragraph in enumerate(story.paragraphs)]
            story.path = self.at(story, 1)
        self.down: set[str] = set()
        self.truth = {base + story.path for story in self.stories}

    def at(self, story: Story, part: int) -> str:
        return self.address(story.slug, part)

    def __call__(self, target: str) -> Answer | None:
        if target in self.down:
            return Answer("<h1>Too busy</h1>", status=503)
        if target == "/":
            return Answer(serving.listing_page("News", self.stories, self.base))
        for story in self.stories:
            for part in range(1, PAGES + 1):
                if target == self.at(story, part):
                    return Answer(self.page(story, part, self.named(self, story, part)))
                if self.twins and target == self.at(story, part).rstrip("/") + "/amp":
                    links = numbers(self, story, part).replace('/">', '/amp">')
                    return Answer(self.page(story, part, links).replace("<html", "<html amp", 1))
        return None

    def page(self, story: Story, part: int, foot: str) -> str:
        head = f'<link rel="amphtml" href="{self.at(story, part).rstrip("/")}/amp">' if self.twins else ""
        titled = self.titled if part > 1 else "{title}"
        page = serving.article_page(
            story,
            self.base,
            paragraphs=story.paragraphs[2 * part - 2 : 2 * part],
            canonical=self.base + self.at(story, part),
            head=head,
        )
        title = f'<h1 class="entry-title">{story.title}</h1>'
        return page.replace(title, f"<h1>{titled.format(title=story.title, part=part)}</h1>").replace(
            "</article>", f"{foot}</article>"
        )


def forms() -> dict[str, Callable[[str], Desk]]:
    """Return newsrooms by the form of their addresses."""
    addresses: dict[str, Address] = {
        "/page/2/": lambda slug, n: f"/news/{slug}/" + (f"page/{n}/" if n > 1 else ""),
        "/seite-2": lambda slug, n: f"/news/{slug}" + (f"/seite-{n}" if n > 1 else ""),
        "/p2/": lambda slug, n: f"/{slug}/" + (f"p{n}/" if n > 1 else ""),
        "-p2.html": lambda slug, n: f"/news/{slug}" + (f"-p{n}.html" if n > 1 else ".html"),
        ",teil2.htm": lambda slug, n: f"/news/{slug}" + (f",teil{n}.htm" if n > 1 else ".htm"),
        "?pageNumber=2": lambda slug, n: f"/news/{slug}" + (f"?pageNumber={n}" if n > 1 else ""),
        "?page=1, from 0": lambda slug, n: f"/news/{slug}" + (f"?page={n - 1}" if n > 1 else ""),
        "/1, from 0": lambda slug, n: f"/news/{slug}" + (f"/{n - 1}" if n > 1 else ""),
    }
    desks = {name: lambda base, address=address: Desk(base, address) for name, address in addresses.items()}
    named = "/words, by rel=next alone"
    words = ["", "/what-it-costs", "/who-pays-for-it"]
    return {
        **desks,
        "/seite-2, by rel=next alone": lambda base: Desk(base, addresses["/seite-2"], named=next_link),
        "-p2.html, by rel=next alone, counted in the headline": lambda base: Desk(
            base, addresses["-p2.html"], named=next_link, titled="{title} (Teil {part} von 3)"
        ),
        named: lambda base: Desk(base, lambda slug, n: f"/news/{slug}{words[n - 1]}", named=next_link),
        "only the AMP pages name them": lambda base: Desk(
            base, lambda slug, n: f"/{slug}/" + (f"{n}/" if n > 1 else ""), named=nothing, twins=True
        ),
    }


DESKS = forms()


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[serving.Site, Crawled]]]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving.serve(make)) for name, make in DESKS.items()}
        jobs = [Job(tmp_path_factory.mktemp("output"), {"url": site.url}) for site in sites.values()]
        yield dict(zip(sites, zip(sites.values(), crawl_all(jobs), strict=True), strict=True))


@pytest.mark.parametrize("name", DESKS)
def test_all_parts_are_one_record(crawls: dict[str, tuple[serving.Site, Crawled]], name: str) -> None:
    site, result = crawls[name]
    assert sorted(result.urls) == sorted(site.truth)
    desk = DESKS[name](site.url.rstrip("/"))
    records = {record["url"]: record for record in result.records}
    for story in desk.stories:
        record = records[desk.base + story.path]
        assert record["text"] == "\n\n".join(story.paragraphs)
        assert record["title"] == story.title
    asked = site.fetched()
    assert len(asked) == len(set(asked)), "nothing is fetched twice"


class Neighbours:
    """A newsroom whose stories name the next story as WordPress themes and numbered archives do."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = serving.stories(6, seed=42)
        for number, story in enumerate(self.stories):
            story.path = f"/story/{number + 1}" if number < 3 else f"/news/{story.slug}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        if target == "/":
            return Answer(serving.listing_page("News", self.stories, self.base))
        found = next((n for n, story in enumerate(self.stories) if story.path == target), None)
        if found is None:
            return None
        behind = self.stories[(found + 1) % len(self.stories)].path
        link = f'<nav class="post-navigation"><a rel="next" href="{behind}">Next story</a></nav>'
        head = f'<link rel="next" href="{behind}">'
        return Answer(serving.article_page(self.stories[found], self.base, head=head, foot=link))


def test_the_next_story_is_no_part(tmp_path: Path) -> None:
    with serving.serve(Neighbours) as site:
        result = crawl(tmp_path, site.url)
        assert sorted(result.urls) == sorted(site.truth)
        texts = {record["url"]: record["text"] for record in result.records}
        for story in Neighbours(site.url.rstrip("/")).stories:
            assert texts[site.url.rstrip("/") + story.path] == "\n\n".join(story.paragraphs)


def test_a_part_that_fails_once_comes_with_the_next_run(tmp_path: Path) -> None:
    desks: list[Desk] = []

    def make(base: str) -> Desk:
        desks.append(DESKS["/seite-2"](base))
        return desks[-1]

    with serving.serve(make) as site:
        (desk,) = desks
        lost = desk.stories[1]
        desk.down = {desk.at(lost, 2)}
        first = crawl(tmp_path, site.url)
        assert first.code == 2
        (record,) = (record for record in first.records if record["url"] == desk.base + lost.path)
        assert [warning for warning in record["extraction"]["warnings"] if warning.startswith("incomplete")]
        desk.down = set()
        second = crawl(tmp_path, site.url)
        (whole,) = (r for r in second.records if r["url"] == desk.base + lost.path and r["revision"] == 2)
        assert whole["text"] == "\n\n".join(lost.paragraphs)
        assert len(second.records) == 4
        assert second.code == 0
