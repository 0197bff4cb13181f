"""The newsroom's feeds, sitemaps and robots.txt."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from newsscraper.demo.story import Story
from newsscraper.demo.theme import MOTTO, PAGES, SECTIONS, SITE_NAME, author_path, category_path, tag_path

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


def rss(stories: Sequence[Story], base: str, path: str, title: str = SITE_NAME) -> str:
    """Return the feed of the newest stories."""
    built = max((story.modified for story in stories), default=datetime.now(UTC))
    items = "\n".join(_item(story, base) for story in stories)
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
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


def comments_rss(base: str) -> str:
    """Return a feed of comments, which lists no article."""
    return rss((), base, "/comments/feed", f"Commentaires pour {SITE_NAME}")


def sitemap_index(base: str) -> str:
    """Return the list of sitemaps."""
    entries = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in SITEMAPS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>\n'
    )


def sitemap(path: str, stories: Sequence[Story], base: str) -> bytes:
    """Return one of `SITEMAPS`: half of the stories without dates, as WordPress writes them, half with, gzipped."""
    half = (len(stories) + 1) // 2
    if path == SITEMAPS[0]:
        return _urlset([(base + story.path, None) for story in reversed(stories[half:])])
    if path == SITEMAPS[1]:
        return gzip.compress(_urlset([(base + story.path, story.modified) for story in stories[:half]]), mtime=0)
    if path == SITEMAPS[2]:
        return _urlset([(f"{base}/{name}", None) for name in PAGES])
    if path == SITEMAPS[3]:
        return _urlset([(base + category_path(name), None) for name in SECTIONS])
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


def _item(story: Story, base: str) -> str:
    title = f"Protégé : {story.title}" if story.password else story.title
    categories = "".join(f"<category><![CDATA[{name}]]></category>" for name in (*story.categories, *story.tags))
    return (
        f"<item><title>{escape(title)}</title><link>{base}{story.path}</link>"
        f"<comments>{base}{story.path}#respond</comments>"
        f"<dc:creator><![CDATA[{story.author}]]></dc:creator><pubDate>{_rfc822(story.published)}</pubDate>{categories}"
        f'<guid isPermaLink="false">{base}/?p={story.number}</guid>'
        f"<description><![CDATA[{story.excerpt}]]></description></item>"
    )


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))
