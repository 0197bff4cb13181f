"""Small news sites of many kinds; each knows its own articles."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from html import escape
from urllib.parse import parse_qs, urlsplit

from tests.spiders.serving import (
    NOW,
    WORDS,
    Answer,
    Story,
    article_page,
    listing_page,
    rss,
    sitemap,
    sitemap_index,
    stories,
    text_page,
)


class WordPress:
    """A WordPress site with AMP twins, taxonomies, pages, a protected post, a split one, shortlinks, attachments."""

    def __init__(
        self,
        base: str,
        *,
        count: int = 24,
        sitemaps: bool = True,
        permalinks: str = "/{slug}/",
        protected_in_sitemap: bool = True,
        amp_only_text: bool = False,
        page_size: int = 10,
        split: int = 2,
    ) -> None:
        self.base = base
        self.sitemaps = sitemaps
        self.protected_in_sitemap = protected_in_sitemap
        self.amp_only_text = amp_only_text
        self.page_size = page_size
        self.stories = stories(count)
        for story in self.stories:
            story.path = permalinks.format(slug=story.slug, number=story.number, day=story.published)
        self.protected = stories(1, seed=99)[0]
        self.protected.title, self.protected.number = "Protected: the secret harbour plan of 2026", 7777
        self.protected.path = permalinks.format(slug="the-secret-harbour-plan-of-2026", number=7777, day=NOW)
        self.split = self.stories[split]
        self.truth = {base + story.path for story in self.stories}
        self.by_path = {story.path.rstrip("/"): story for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        path = parts.path.rstrip("/")
        if "p" in query and not path:
            story = next((s for s in self.stories if str(s.number) in query["p"]), None)
            return Answer(status=301, headers={"Location": self.base + story.path}) if story else None
        return self._article(parts.path, path, query) or self._machine(path) or self._list(path)

    def _head(self) -> str:
        return (
            f'<link rel="alternate" type="application/rss+xml" title="Feed" href="{self.base}/feed/">'
            f'<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="{self.base}/comments/feed/">'
            '<meta name="generator" content="WordPress 6.8">'
            f'<link rel="https://api.w.org/" href="{self.base}/wp-json/">'
        )

    def _navigation(self) -> str:
        names = ("cloud", "business", "science")
        lists = "".join(f'<a href="{self.base}/category/{n}/">{n.title()}</a>' for n in names)
        return f'<a href="{self.base}/">Home</a>{lists}<a href="{self.base}/about/">About</a>'

    def _foot(self) -> str:
        tags = "".join(f'<a href="{self.base}/tag/{w}/">{w}</a>' for w in WORDS[:12])
        return (
            f'<aside>{tags}<a href="{self.base}/author/anna/">Anna</a><a href="{self.base}/?s=x">Search</a>'
            f'<a href="{self.base}/wp-login.php">Log in</a><a href="{self.base}/2026/11/">November</a></aside>'
            f'<footer><a href="{self.base}/privacy-policy/">Privacy policy</a></footer>'
        )

    def _article(self, raw: str, path: str, query: dict[str, list[str]]) -> Answer | None:
        if path == self.protected.path.rstrip("/"):
            form = f'<form action="{self.base}/wp-login.php?action=postpass" method="post">'
            form += "<p>This content is password protected.</p>"
            form += '<label>Password: <input name="post_password" type="password"></label><input type="submit"></form>'
            page = article_page(self.protected, self.base, paragraphs=[], foot=form, head=self._head())
            return Answer(page.replace('<div class="entry-content"></div>', f'<div class="entry-content">{form}</div>'))
        amp = path.endswith("/amp")
        stem, part = path.removesuffix("/amp"), 0
        if stem not in self.by_path and stem.rsplit("/", 1)[-1].isdigit():
            stem, _, number = stem.rpartition("/")
            part = int(number) - 1
        story = self.by_path.get(stem)
        if story is None:
            return None
        if raw.endswith("/") != story.path.endswith("/") and not amp and not part:
            return Answer(status=301, headers={"Location": self.base + story.path})
        if amp:
            page = article_page(story, self.base).replace("<html ", "<html amp ")
            return Answer(page)
        paragraphs, pages = story.paragraphs, ""
        if story is self.split:
            if part > 1:
                return None
            half = len(paragraphs) // 2
            paragraphs = paragraphs[half:] if part else paragraphs[:half]
            first, second = self.base + story.path, self.base + story.path.rstrip("/") + "/2/"
            link = (
                f'<a href="{first}" class="post-page-numbers">1</a>'
                if part
                else f'<a href="{second}" class="post-page-numbers">2</a>'
            )
            here = f'<span class="post-page-numbers current" aria-current="page">{part + 1}</span>'
            pages = f'<div class="page-links">Pages: {here + link if not part else link + here}</div>'
        elif part:
            return None
        head = self._head() + f'<link rel="amphtml" href="{self.base}{story.path.rstrip("/")}/amp/">'
        head += f'<link rel="shortlink" href="{self.base}/?p={story.number}">'
        place = self.stories.index(story)
        links = "".join(f'<a href="{self.base}{s.path}">{s.title}</a>' for s in self.stories[place + 1 : place + 2])
        extra = f'<p><a href="{self.base}{story.path.rstrip("/")}/photo/"><img src="{self.base}/p.jpg" alt=""></a></p>'
        teaser = [p[:80] for p in paragraphs[:1]] if self.amp_only_text else paragraphs
        page = article_page(
            story,
            self.base,
            head=head,
            paragraphs=teaser,
            navigation=self._navigation(),
            canonical=self.base + story.path if not part else self.base + story.path.rstrip("/") + "/2/",
            foot=f'{pages}<nav class="post-navigation">{links}</nav>{self._foot()}',
        )
        if part or pages:
            page = page.replace("</div></article>", f"{pages}</div></article>", 1)
        return Answer(page.replace("</div></article>", extra + "</div></article>", 1))

    def _machine(self, path: str) -> Answer | None:
        base = self.base
        match path:
            case "/robots.txt":
                named = f"Sitemap: {base}/wp-sitemap.xml\n" if self.sitemaps else ""
                return Answer(f"User-agent: *\nDisallow: /wp-admin/\n{named}", "text/plain")
            case "/feed":
                return rss(self.stories[:10], base)
            case "/comments/feed":
                return rss([], base)
            case "/about" | "/privacy-policy" | "/sample-page":
                return Answer(text_page(path.strip("/").replace("-", " ").title()))
        if not self.sitemaps:
            return None
        match path:
            case "/wp-sitemap.xml":
                names = ("posts-post-1", "posts-page-1", "taxonomies-category-1", "taxonomies-post_tag-1", "users-1")
                return sitemap_index([(f"{base}/wp-sitemap-{name}.xml", None) for name in names])
            case "/wp-sitemap-posts-post-1.xml":
                posts = [*reversed(self.stories), *([self.protected] if self.protected_in_sitemap else [])]
                return sitemap([(base + story.path, None) for story in posts])
            case "/wp-sitemap-posts-page-1.xml":
                return sitemap([(f"{base}/{name}/", None) for name in ("about", "privacy-policy", "sample-page")])
            case "/wp-sitemap-taxonomies-category-1.xml":
                return sitemap([(f"{base}/category/{name}/", None) for name in ("cloud", "business", "science")])
        return None

    def _list(self, path: str) -> Answer | None:
        stem, _, number = path.partition("/page/")
        page = int(number) if number.isdigit() else 1
        if stem.startswith("/category/"):
            shown = [s for s in self.stories if s.category.lower() == stem.removeprefix("/category/")]
        elif stem.startswith(("/tag/", "/author/")) or stem in ("/2026/11", "/2026"):
            shown = self.stories[::2]
        elif not stem:
            shown = self.stories
        else:
            return None
        last = -(-len(shown) // self.page_size)
        if not shown or page > last:
            return None
        numbers = "".join(
            f'<a class="page-numbers" href="{self.base}{stem}/page/{n}/">{n}</a>'
            for n in range(1, last + 1)
            if n != page
        )
        following = (
            f'<a class="next page-numbers" href="{self.base}{stem}/page/{page + 1}/">Next</a>' if page < last else ""
        )
        foot = f'<nav class="pagination">{numbers}{following}</nav>{self._foot()}'
        start = (page - 1) * self.page_size
        items = shown[start : start + self.page_size]
        if page == 1 and not stem:
            items = [self.protected, *items]
        return Answer(
            listing_page(
                "The Daily Test", items, self.base, head=self._head(), foot=foot, navigation=self._navigation()
            )
        )


class FeedBlog:
    """A static blog with a feed of its latest posts, a home page that lists all, and neither robots.txt nor sitemap."""

    def __init__(self, base: str, *, count: int = 12, kind: str = "atom") -> None:
        self.base, self.kind = base, kind
        self.stories = stories(count, seed=2)
        for story in self.stories:
            story.path = f"/posts/{story.published:%Y-%m-%d}-{story.slug}.html"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        path = urlsplit(target).path
        story = next((s for s in self.stories if s.path == path), None)
        menu = '<a href="/about.html">About</a><a href="/">Home</a>'
        if story is not None:
            return Answer(article_page(story, self.base, navigation=menu))
        if path == "/":
            return Answer(listing_page("A blog", self.stories, self.base, navigation=menu))
        if path == "/about.html":
            return Answer(text_page("About this blog"))
        if path == "/sitemap.xml" and self.kind == "json":
            # As site generators make it, and never made again since: sections, tags, a standing page, two articles.
            names = ["/", "/posts/", "/tags/cloud/", "/about.html", *(s.path for s in self.stories[-2:])]
            return sitemap([(self.base + name, None) for name in names])
        if path == "/posts/":
            return Answer(listing_page("Posts", self.stories, self.base, navigation=menu))
        if path == "/feed.xml":
            return self._atom() if self.kind == "atom" else None
        if path == "/feed.json" and self.kind == "json":
            return self._json()
        return None

    def _atom(self) -> Answer:
        entries = "".join(
            f'<entry><title>{s.title}</title><link rel="alternate" type="text/html" href="{s.path}"/>'
            f"<id>tag:{s.number}</id><published>{s.published.isoformat()}</published>"
            f"<updated>{s.published.isoformat()}</updated></entry>"
            for s in self.stories[:5]
        )
        head = f'<title>B</title><link href="{self.base}/"/>'
        body = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'
        return Answer(body, "application/atom+xml")

    def _json(self) -> Answer:
        import json

        items = [
            {
                "id": str(s.number),
                "url": self.base + s.path,
                "title": s.title,
                "date_published": s.published.isoformat(),
            }
            for s in self.stories[:5]
        ]
        return Answer(
            json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}), "application/feed+json"
        )


class Sections:
    """A newsroom with sections, paginated by ``?page=``, and nothing else: no sitemap, no feed.

    With ``widgets`` each article has links to itself with something asked for, and names no address as its own. With
    ``more`` the further pages of a section stand below it, behind a plain link.
    """

    def __init__(
        self, base: str, *, count: int = 36, sidebar: bool = True, widgets: bool = False, more: bool = False
    ) -> None:
        self.base, self.sidebar, self.widgets, self.more = base, sidebar, widgets, more
        self.stories = stories(count, seed=3)
        for story in self.stories:
            story.path = f"/{story.category.lower()}/{story.slug}-{story.number}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        parts = urlsplit(target)
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        story = next((s for s in self.stories if s.path == parts.path), None)
        menu = "".join(f'<a href="/{name}">{name.title()}</a>' for name in ("cloud", "business", "science", "contact"))
        if story is not None and self.widgets:
            foot = '<div><a href="?view=signup">Join our readers</a> <a href="?681beb97_page=2">More reviews</a></div>'
            return Answer(article_page(story, self.base, navigation=menu, foot=foot, canonical=""))
        if story is not None:
            return Answer(article_page(story, self.base, navigation=menu))
        if parts.path == "/contact":
            return Answer(text_page("Contact"))
        if parts.path == "/":
            return Answer(listing_page("News", self.stories[:6], self.base, navigation=menu))
        section = parts.path.removesuffix("/more")
        shown = [s for s in self.stories if "/" + s.category.lower() == section]
        items = shown[(page - 1) * 5 : page * 5]
        if not items:
            return Answer(listing_page("News", [], self.base, navigation=menu)) if shown else None
        more = f'<a rel="next" href="{parts.path}?page={page + 1}">Next page</a>' if page * 5 < len(shown) else ""
        if self.more and more:
            more = f'<a href="{section}/more?page={page + 1}">More stories</a>'
        return Answer(listing_page("News", items, self.base, navigation=menu, foot=f'<div class="pager">{more}</div>'))


class DatedSitemaps:
    """A newsroom whose sitemaps are packed, one a month, with times of change; and a news sitemap."""

    def __init__(self, base: str, *, count: int = 20) -> None:
        self.base = base
        self.stories = stories(count, seed=4, step=timedelta(days=9))
        for story in self.stories:
            story.path = f"/{story.published:%Y/%m/%d}/{story.slug}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        path = urlsplit(target).path
        months: dict[str, list[Story]] = {}
        for story in self.stories:
            months.setdefault(f"{story.published:%Y-%m}", []).append(story)
        if path == "/robots.txt":
            return Answer(f"User-agent: *\nSitemap: {self.base}/sitemaps/index.xml.gz\n", "text/plain")
        if path == "/sitemaps/index.xml.gz":
            children = [
                (f"{self.base}/sitemaps/{m}.xml.gz", max(s.published for s in group)) for m, group in months.items()
            ]
            index = sitemap_index(children)
            return Answer(gzip.compress(str(index.body).encode(), mtime=0), "application/x-gzip")
        for month, group in months.items():
            if path == f"/sitemaps/{month}.xml.gz":
                page = sitemap([(self.base + story.path, story.published) for story in group])
                # Named .gz, said to be packed, and plain in one month of two.
                plain = int(month[-2:]) % 2 == 0
                body = str(page.body).encode()
                return Answer(body if plain else gzip.compress(body, mtime=0), "application/octet-stream")
        story = next((s for s in self.stories if s.path == path.rstrip("/")), None)
        if story is not None:
            return Answer(article_page(story, self.base))
        return Answer(listing_page("News", self.stories[:8], self.base)) if path == "/" else None


class Traps:
    """A listing newsroom full of traps: an endless calendar, facets, sessions, searches, links that go in circles."""

    def __init__(self, base: str, *, count: int = 15) -> None:
        self.base = base
        self.stories = stories(count, seed=5)
        for story in self.stories:
            story.path = f"/{story.published:%Y/%m}/{story.slug}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        parts = urlsplit(target)
        path = parts.path.rstrip("/")
        story = next((s for s in self.stories if s.path == path), None)
        day = (
            int(parts.path.rsplit("/", 1)[-1] or 1)
            if path.startswith("/archive/") and path.rsplit("/", 1)[-1].isdigit()
            else 0
        )
        traps = (
            f'<a href="/archive/{2030 + day}/{day + 1}">Next day</a><a href="/calendar/{day + 1}">Calendar</a>'
            '<a href="?sort=asc">Up</a><a href="?sort=desc&filter=a">Down</a><a href="/search?q=news">Search</a>'
            '<a href="/login?redirect_to=/">Log in</a><a href="more/more/more/more/">More</a>'
            f'<a href="/?PHPSESSID={day}abc">Session</a><a href="javascript:void(0)">x</a>'
            '<a href="mailto:a@b.example">y</a>'
        )
        traps += "".join(f'<a href="/tag/{w}">{w}</a>' for w in WORDS) + f'<a href="{path}/deeper/deeper">Deeper</a>'
        if story is not None:
            links = "".join(f'<a href="{self.base}{story.path}?replytocom={n}#respond">Reply</a>' for n in range(20))
            own = self.base + story.path
            share = f'<a href="{own}?share=x&utm_source=y">Share</a><a href="{own}/print">Print</a>'
            return Answer(article_page(story, self.base, foot=links + share + traps))
        if path in ("", "/page/2") or (path.startswith("/page/") and path.rsplit("/", 1)[-1].isdigit()):
            page = int(path.rsplit("/", 1)[-1]) if path else 1
            # Behind the last page the first one is shown again, for ever.
            items = self.stories[(page - 1) * 5 : page * 5] or self.stories[:5]
            following = f'<a class="next" href="/page/{page + 1}">Older</a>'
            return Answer(listing_page("News", items, self.base, foot=following + traps))
        # Whatever is asked for, there is an answer.
        return Answer(listing_page("Everything", self.stories[:2], self.base, foot=traps))


class Variants:
    """A newsroom in which one article has many addresses."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = stories(8, seed=6)
        for story in self.stories:
            story.path = f"/news/{story.slug}-{story.number}.html"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        parts = urlsplit(target)
        path = parts.path
        if path == "/":
            links = ""
            for n, s in enumerate(self.stories):
                address = (
                    s.path + "?utm_source=home",
                    f"/go/{s.number}-{s.slug}",
                    s.path.removesuffix(".html") + ".amp.html",
                    f"/mobile{s.path}",
                    s.path,
                )[n % 5]
                links += f'<h2><a href="{address}">{s.title}</a></h2><p>{s.paragraphs[0][:60]}</p>'
                links += f'<a href="{s.path}#comments">Comments</a><a href="{s.path}?amp=1">AMP</a>'
            return Answer(f"<html><head><title>News</title></head><body><main>{links}</main></body></html>")
        if path.startswith("/go/"):
            story = next((s for s in self.stories if path == f"/go/{s.number}-{s.slug}"), None)
            return Answer(status=302, headers={"Location": story.path}) if story else None
        plain = path.removeprefix("/mobile").replace(".amp.html", ".html")
        story = next((s for s in self.stories if s.path == plain), None)
        return Answer(article_page(story, self.base)) if story else None


class OldPages:
    """A newsroom whose pages send readers on themselves: the first one to the home page, old addresses to new ones."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = stories(14, seed=49)
        for story in self.stories:
            story.path = f"/news/{story.slug}.html"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        story = next((s for s in self.stories if target in (s.path, f"/old/{s.number}.html")), None)
        if story is not None:
            return Answer(article_page(story, self.base)) if target == story.path else self._refresh(story.path)
        if target == "/":
            return self._refresh("home.html")
        if target in ("/home.html", "/all.html"):
            shown = self.stories[:5] if target == "/home.html" else self.stories
            rows = "".join(f'<h2><a href="/old/{s.number}.html">{s.title}</a></h2>' for s in shown)
            # The page loads itself anew, as home pages do.
            head = '<title>News</title><meta http-equiv="refresh" content="3; url=#top">'
            return Answer(f'<html><head>{head}</head><body>{rows}<nav><a href="all.html">All</a></nav></body></html>')
        return None

    def _refresh(self, path: str) -> Answer:
        return Answer(f"<html><head><meta http-equiv='Refresh' content='0;URL={path}'></head><body>Moved</body></html>")


class Sessions:
    """A newsroom that gives each of its answers a session, which all links of the page carry; articles have numbers."""

    def __init__(self, base: str, *, link: str = "{path};jsessionid={session}?{query}") -> None:
        self.base, self.link = base, link
        self.stories = stories(14, seed=83)
        self.answers = 0
        for story in self.stories:
            story.path = f"/read.do?sid={story.number}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        self.answers += 1
        parts = urlsplit(re.sub(r";jsessionid=\w+", "", target))
        number = parse_qs(parts.query).get("sid", [""])[0]
        story = next((s for s in self.stories if parts.path == "/read.do" and str(s.number) == number), None)
        menu = f'<a href="{self._address("/list.do", "section=local")}">Local</a>'
        if story is not None:
            return Answer(article_page(story, self.base, navigation=menu, canonical=""))
        shown = {"/": self.stories[:6], "/list.do": self.stories}.get(parts.path)
        if shown is None:
            return None
        rows = "".join(f'<h2><a href="{self._address(*s.path.split("?"))}">{s.title}</a></h2>' for s in shown)
        return Answer(f"<html><head><title>News</title></head><body><nav>{menu}</nav>{rows}</body></html>")

    def _address(self, path: str, query: str) -> str:
        return escape(self.link.format(path=path, query=query, session=f"{self.answers:032x}"))


class MovedSitemap:
    """A newsroom whose robots.txt names a sitemap that is gone; the one that it has stands at the usual place."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = stories(20, seed=81)
        for story in self.stories:
            story.path = f"/news/{story.slug}-{story.number}"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        if target == "/robots.txt":
            return Answer(f"Sitemap: {self.base}/old/sitemap.xml", "text/plain")
        if target == "/sitemap_index.xml":
            return sitemap([(self.base + story.path, story.published) for story in self.stories])
        if target == "/":
            return Answer(listing_page("News", self.stories[:5], self.base))
        story = next((s for s in self.stories if s.path == target), None)
        return Answer(article_page(story, self.base)) if story else None


class Gone:
    """A newsroom whose sitemap and feed still name what is gone or locked.

    It says so with a page and 200, or sends its readers to its home page, a section, a page for all that is gone, a
    login, a choice of cookies.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = stories(14, seed=61)
        self.gone = stories(12, seed=62)
        for story in self.stories + self.gone:
            story.path = f"/{story.published:%Y/%m/%d}/{story.slug}/"
        self.truth = {base + story.path for story in self.stories}

    def __call__(self, target: str) -> Answer | None:
        path = urlsplit(target).path
        menu = '<a href="/cloud/">Cloud</a><a href="/business/">Business</a>'
        story = next((s for s in self.stories if s.path == path), None)
        if story is not None:
            return Answer(article_page(story, self.base, navigation=menu))
        gone = next((n for n, s in enumerate(self.gone) if s.path == path), None)
        sent = ("", "/", "/cloud/", "/gone", f"/login?next={path}", f"/privacy-choices?back={path}")
        if gone is not None and sent[gone % len(sent)]:
            return Answer(status=302, headers={"Location": sent[gone % len(sent)]})
        if path == "/":
            feed = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
            listed = self.stories[:4] + self.gone[:6]
            return Answer(listing_page("News", listed, self.base, navigation=menu, head=feed))
        if path in ("/cloud/", "/business/"):
            shown = [s for s in self.stories if s.category.lower() == path.strip("/")]
            return Answer(listing_page("News", shown, self.base, navigation=menu))
        if path == "/robots.txt":
            return Answer(f"Sitemap: {self.base}/post-sitemap.xml", "text/plain")
        if path == "/post-sitemap.xml":
            return sitemap([(self.base + s.path, s.published) for s in self.stories + self.gone])
        if path == "/feed/":
            return rss(self.stories[:4] + self.gone[:6], self.base)
        if path == "/login":
            form = "<form method=post><input name=user><input type=password name=word></form>"
            return Answer(f"<title>Log in</title><h1>Log in</h1><p>Subscribers read all our stories.</p>{form}")
        if path == "/privacy-choices":
            words = (
                "We and our 143 partners store and read information on your device. You can change your mind any time."
            )
            return Answer(f"<title>Your privacy</title><h1>Your privacy</h1><p>{words}</p><button>Accept</button>")
        words = "The page that you asked for does not exist any more or was moved. Please check the address."
        rows = "".join(f'<h3><a href="{s.path}">{s.title}</a></h3><p>{s.paragraphs[0]}</p>' for s in self.stories[:4])
        return Answer(f"<title>Page not found</title><h1>Page not found</h1><p>{words}</p><h2>Most read</h2>{rows}")


def javascript_only(base: str) -> Callable[[str], Answer | None]:
    """A site of one empty page and a script."""
    shell = (
        "<!doctype html><html><head><title>News</title></head><body><noscript>You need to enable JavaScript to run "
        'this app.</noscript><div id="root"></div><script src="/static/js/main.3f2a.js"></script></body></html>'
    )

    def answer(target: str) -> Answer | None:
        if target == "/robots.txt" or target.startswith("/static"):
            return None
        return Answer(shell)

    return answer


def forbidden(base: str) -> Callable[[str], Answer | None]:
    """A site that wants no robots."""

    def answer(target: str) -> Answer | None:
        return (
            Answer("User-agent: *\nDisallow: /\n", "text/plain")
            if target == "/robots.txt"
            else Answer(text_page("Home"))
        )

    return answer


def no_news(base: str) -> Callable[[str], Answer | None]:
    """A site of one page that is no news site."""

    def answer(target: str) -> Answer | None:
        return Answer(text_page("Our bakery")) if target == "/" else None

    return answer
