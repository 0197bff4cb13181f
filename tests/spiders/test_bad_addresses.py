"""Addresses that cannot be one, wherever a site writes them, cost nothing: all its articles come."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import Job, crawl_all
from tests.spiders.serving import Answer

BAD = (
    "http://[::1",
    "http://a b:x/",
    "http://a.example:port/",
    "https://[fe80::1%25]x/",
    "http://",
    "//[/x",
    "http:\\\\x",
)


class Broken:
    """A newsroom that writes addresses that are none into one kind of place; its stories are found in another."""

    def __init__(self, base: str, place: str) -> None:
        self.base, self.place = base, place
        self.stories = serving.stories(5, seed=12)
        for story in self.stories:
            story.path = f"/{story.published:%Y/%m}/{story.slug}"
        self.truth = {base + story.path for story in self.stories}

    def bad(self, place: str, pattern: str) -> str:
        return "".join(pattern.format(escape(address)) for address in BAD) if place == self.place else ""

    def __call__(self, target: str) -> Answer | None:
        if target == "/robots.txt":
            named = "sitemap" in self.place or self.place == "robots"
            lines = self.bad("robots", "Sitemap: {}\n") + (f"Sitemap: {self.base}/index.xml\n" if named else "")
            return Answer(lines, "text/plain")
        if target == "/index.xml":
            child = f"<sitemap><loc>{self.base}/posts.xml</loc></sitemap>"
            return Answer(
                f"<sitemapindex>{self.bad('sitemaps', '<sitemap><loc>{}</loc></sitemap>')}{child}</sitemapindex>"
            )
        if target == "/posts.xml":
            rows = "".join(f"<url><loc>{self.base}{story.path}</loc></url>" for story in self.stories)
            return Answer(f"<urlset>{self.bad('sitemap', '<url><loc>{}</loc></url>')}{rows}</urlset>", "text/xml")
        if target == "/feed":
            feed = serving.rss(self.stories, self.base)
            items = self.bad("feed", "<item><title>Bad</title><link>{0}</link><guid>{0}</guid></item>")
            feed.body = str(feed.body).replace("</link><item>", f"</link>{items}<item>", 1)
            return feed
        if target == "/":
            head = self.bad(
                "head", '<link rel="alternate" type="application/rss+xml" href="{0}"><link rel="next" href="{0}">'
            )
            head += '<link rel="alternate" type="application/rss+xml" href="/feed">'
            links = self.bad("links", '<a href="{}">A story that nobody can read</a>')
            listed = self.stories if self.place != "feed" else []
            return Answer(serving.listing_page("News", listed, self.base, head=head, foot=links))
        story = next((story for story in self.stories if story.path == target), None)
        if story is None:
            return None
        if self.place == "redirect" and story is self.stories[0]:
            return Answer(status=302, headers={"Location": BAD[0]})
        if self.place == "refresh" and story is self.stories[0]:
            return Answer(
                f'<meta http-equiv="refresh" content="0; url={BAD[0]}">' + serving.article_page(story, self.base)
            )
        head = self.bad(
            "article",
            '<link rel="amphtml" href="{0}"><link rel="next" href="{0}"><meta property="og:url" content="{0}">',
        )
        canonical = BAD[0] if self.place == "article" else None
        return Answer(
            serving.article_page(
                story, self.base, head=head, canonical=canonical, foot=self.bad("article", '<a href="{}">2</a>')
            )
        )


PLACES = ("links", "head", "feed", "robots", "sitemaps", "sitemap", "article", "refresh", "redirect")


@pytest.mark.parametrize("placed", [PLACES], ids=["all"])
def test_what_is_no_address_stops_nothing(tmp_path: Path, placed: tuple[str, ...]) -> None:
    from contextlib import ExitStack

    with ExitStack() as stack:
        sites = {p: stack.enter_context(serving.serve(lambda base, p=p: Broken(base, p))) for p in placed}
        jobs = [Job(tmp_path / place, {"url": site.url}) for place, site in sites.items()]
        for (place, site), result in zip(sites.items(), crawl_all(jobs), strict=True):
            missing = site.truth - set(result.urls)
            assert len(missing) == (1 if place == "redirect" else 0), (place, missing)
            assert result.code == 0, (place, result.summary["outcome"])
            assert "Traceback" not in result.log, place
