"""More new articles between two runs than the home page shows: the lists further back are read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.spiders import serving
from tests.spiders.crawling import crawl

PAGE = 6
MENU = '<a href="/latest">Latest</a><a href="/contact">Contact</a>'


class Stream:
    """A newsroom whose home page shows its newest six articles; a list of all of them goes further back."""

    def __init__(self, base: str, *, behind: str = "/latest", feed: int = 0) -> None:
        self.base, self.behind, self.feed = base, behind, feed
        self.stories = serving.stories(20, seed=63)
        self.more = serving.stories(14, seed=64, step=timedelta(minutes=3))
        for story in self.stories + self.more:
            story.path = f"/story/{story.slug}"
        self.broken = ""

    @property
    def truth(self) -> set[str]:
        return {self.base + story.path for story in self.stories}

    def publish(self) -> None:
        self.stories = self.more + self.stories

    def __call__(self, target: str) -> serving.Answer | None:
        parts = urlsplit(target)
        if target == self.broken:
            return serving.Answer("<html><body>down</body></html>", status=503)
        if parts.path == "/feed.xml" and self.feed:
            return serving.rss(self.stories[: self.feed], self.base)
        if parts.path == "/contact":
            return serving.Answer(serving.text_page("Contact"))
        if parts.path in ("/", self.behind):
            page = int(parse_qs(parts.query).get("page", ["1"])[0]) if parts.path == self.behind else 1
            items = self.stories[(page - 1) * PAGE : page * PAGE]
            more = f'<a rel="next" href="{self.behind}?page={page + 1}">Older</a>' if parts.path == self.behind else ""
            return serving.Answer(serving.listing_page("News", items, self.base, navigation=MENU, foot=more))
        story = next((story for story in self.stories if story.path == parts.path), None)
        return serving.Answer(serving.article_page(story, self.base, navigation=MENU)) if story else None


ROOMS: dict[str, Callable[[str], Stream]] = {
    "the home page has further pages": lambda base: Stream(base, behind="/"),
    "so does a list that begins like the home page": Stream,
    "a feed names a part of what is new": lambda base: Stream(base, feed=10),
}


@pytest.mark.parametrize("name", ROOMS)
def test_all_of_them_are_found(name: str, tmp_path: Path) -> None:
    made: list[Stream] = []
    with serving.serve(lambda base: made.append(ROOMS[name](base)) or made[0]) as site:
        (room,) = made
        crawl(tmp_path, site.url)
        room.publish()
        site.forget()
        second = crawl(tmp_path, site.url)
        assert sorted(second.urls) == sorted(room.truth)
        assert len(site.asked) <= len(room.more) + 10


def test_a_run_that_had_to_look_again_does_not_forget_the_lists(tmp_path: Path) -> None:
    made: list[Stream] = []
    with serving.serve(lambda base: made.append(Stream(base)) or made[0]) as site:
        (room,) = made
        room.broken = room.stories[0].path
        crawl(tmp_path, site.url, settings={"BACKOFF_START": "0.01"})
        room.broken = ""
        crawl(tmp_path, site.url)  # goes round once more, for the article that could not be had, and finds no other
        room.more, late = room.more[8:], room.more[:8]
        room.publish()
        shown = room.stories[:2]  # still on the home page after the next eight
        room.stories = late[:4] + shown[:1] + late[4:] + shown[1:] + room.stories[2:]
        third = crawl(tmp_path, site.url)
        assert sorted(third.urls) == sorted(room.truth)
