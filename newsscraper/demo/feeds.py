"""The newsroom's feeds, sitemaps and robots.txt."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from newsscraper.demo.bodies import content_html
from newsscraper.demo.story import Story
from newsscraper.demo.theme import MOTTO, PAGES, SECTIONS, SITE_NAME, author_path, tag_path
from newsscraper.demo.view import View

ROBOTS = """User-agent: *
Disallow: /wp-admin/
Allow: /wp-admin/admin-ajax.php
Disallow: /brouillons/

Sitemap: {base}/wp-sitemap.xml
"""
SITEMAPS = (
    "/wp-sitemap-posts-post-1.xml",
    "/wp-sitemap-posts-post-2.xml.gz",
    "/wp-sitemap-posts-page-1.xml",
    "/wp-sitemap-taxonomies-category-1.xml",
    "/wp-sitemap-taxonomies-post_tag-1.xml",
    "/wp-sitemap-users-1.xml",
)


def rss(stories: Sequence[Story], view: View, path: str, title: str = SITE_NAME) -> str:
    """Return the feed of the newest stories, each with its whole text."""
    base = view.base
    built = max((story.modified for story in stories), default=datetime.now(UTC))
    items = "\n".join(_item(story, view) for story in stories)
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{escape(title)}</title>
<atom:link href="{base}{path}" rel="self" type="application/rss+xml" />
<link>{base}</link>
<description>{escape(MOTTO)}</description>
<lastBuildDate>{_rfc822(built)}</lastBuildDate>
<language>fr-FR</language>
{items}
</channel>
</rss>
"""


def comments_rss(view: View) -> str:
    """Return a feed of comments, which lists no article."""
    return rss((), view, "/comments/feed", f"Commentaires pour {SITE_NAME}")


def sitemap_index(base: str) -> str:
    """Return the list of sitemaps."""
    entries = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in SITEMAPS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>\n'
    )


def sitemap(path: str, view: View) -> bytes:
    """Return one of `SITEMAPS`: half of the stories without dates, as WordPress writes them, half with, gzipped."""
    stories, base = view.stories, view.base
    half = (len(stories) + 1) // 2
    if path == SITEMAPS[0]:
        return _urlset([(base + story.path, None) for story in reversed(stories[half:])])
    if path == SITEMAPS[1]:
        return gzip.compress(_urlset([(base + story.path, story.modified) for story in stories[:half]]), mtime=0)
    if path == SITEMAPS[2]:
        return _urlset([(f"{base}/{name}", None) for name in PAGES])
    if path == SITEMAPS[3]:
        return _urlset([(view.section_url(name), None) for name in SECTIONS])
    if path == SITEMAPS[4]:
        return _urlset(
            [(base + tag_path(name), None) for name in sorted({tag for story in stories for tag in story.tags})]
        )
    return _urlset([(base + author_path(name), None) for name in sorted({story.author for story in stories})])


def _urlset(entries: list[tuple[str, datetime | None]]) -> bytes:
    urls = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{moment.isoformat()}</lastmod>' if moment else ''}</url>"
        for url, moment in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'
    ).encode()


def _item(story: Story, view: View) -> str:
    base = view.base
    title = f"Protégé : {story.title}" if story.password else story.title
    categories = "".join(f"<category><![CDATA[{name}]]></category>" for name in (*story.categories, *story.tags))
    return (
        f"<item><title>{escape(title)}</title><link>{base}{story.path}</link>"
        f"<comments>{base}{story.path}#respond</comments>"
        f"<dc:creator><![CDATA[{story.author}]]></dc:creator><pubDate>{_rfc822(story.published)}</pubDate>{categories}"
        f'<guid isPermaLink="false">{base}/?p={story.number}</guid>'
        f"<description><![CDATA[{story.excerpt}]]></description>"
        f"<content:encoded><![CDATA[{content_html(story, 0, view, amp=False)}{_closing_line(story, base)}]]>"
        "</content:encoded></item>"
    )


def _closing_line(story: Story, base: str) -> str:
    """Return what a plugin puts below each text of the feed, in English whatever the site is written in."""
    link = f'<a href="{base}{story.path}">{escape(story.title)}</a>'
    return f'<p>The post {link} appeared first on <a href="{base}">{escape(SITE_NAME)}</a>.</p>\n'


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))
