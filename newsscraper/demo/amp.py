"""The newsroom's AMP pages, in the markup of WordPress's AMP plugin, with that plugin's habits.

Among them: JSON-LD dates that are the GMT clock with the local offset, an article body in the JSON-LD that glues
captions and credits in, "Recent Posts" whose ages end in an untranslated "ago", and random ids in every answer.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from newsscraper.demo import vocabulary as words
from newsscraper.demo.bodies import content_html
from newsscraper.demo.story import Story
from newsscraper.demo.theme import (
    CONSENT,
    PAGES,
    SECTIONS,
    SITE_NAME,
    age,
    excerpt_words,
    long_date,
    picture_path,
    shown_title,
)
from newsscraper.demo.view import Listing, View, fill

_SHARES = (("s_tw", "twitter"), ("s_em", "email"), ("s_lk", "linkedin"), ("s_wp", "whatsapp"))
_RECENT = 6
_EXCERPT_WORDS = 15


def amp_article(story: Story, part: int, view: View) -> str:
    """Return the AMP twin of one page of an article."""
    base, link = view.base, view.base + story.path
    recent = [other for other in view.stories if other.number != story.number][:_RECENT]
    main = fill(
        "amp-article",
        base=base,
        url=link,
        section=escape(story.categories[0]),
        section_url=view.section_url(story.categories[0]),
        categories="".join(_category(name, view) for name in story.categories),
        title=shown_title(story),
        featured=_featured(story, base),
        content=content_html(story, part, view, amp=True),
        author=story.author,
        biography=words.AUTHORS[story.author],
        neighbours=_neighbours(story, view),
        comments=_comments(story),
        shares=_shares(story, base),
        recent="".join(_loop_entry(other, view) for other in recent),
    )
    head = f'<link rel="canonical" href="{link}" />\n<title>{shown_title(story)} | {SITE_NAME}</title>'
    head += f'\n<meta name="description" content="{excerpt_words(story.excerpt, _EXCERPT_WORDS)}"/>'
    classes = f"single-post {story.number} post-id-{story.number} amp-single post"
    return _page(_Head(link, head, classes), main, view, _news_article(story, base))


def amp_list(listing: Listing, view: View) -> str:
    """Return the AMP twin of a list."""
    link = f"{view.base}{listing.path or '/'}"
    title = escape(listing.title or SITE_NAME)
    head = f'<link rel="canonical" href="{link}" />\n<title>{title} | {SITE_NAME}</title>'
    show_more = ""
    if listing.number < listing.pages:
        more = f"{view.base}{listing.path}/amp/page/{listing.number + 1}"
        head = f'<link rel="next" href="{more}" />\n{head}'
        show_more = f'<div class="loop-pagination"><div class="right"><a href="{more}">Show more Posts</a></div></div>'
    heading = f'<div class="arch-tlt"><h1 class="amp-archive-title">{title}</h1></div>' if listing.title else ""
    entries = "".join(_loop_entry(story, view) for story in listing.stories)
    main = (
        f'<div class="archive"><div class="cntr"><div class="arch-dsgn">{heading}'
        f'<div class="loop-wrapper">{entries}</div>{show_more}</div></div></div>'
    )
    return _page(_Head(link, head, "archives_body amp-archive"), main, view)


def gmt_with_local_offset(moment: datetime) -> str:
    """Write a moment as the plugin does: what a clock in Greenwich shows, with the newsroom's own offset.

    >>> gmt_with_local_offset(datetime.fromisoformat("2026-07-14T10:00:00+02:00"))
    '2026-07-14T08:00:00+02:00'
    """
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - offset).isoformat() + moment.isoformat()[-6:]


@dataclass(frozen=True, slots=True)
class _Head:
    """What differs from page to page outside of its main part."""

    link: str
    tags: str
    classes: str


def _page(head: _Head, main: str, view: View, *data: dict[str, object]) -> str:
    base = view.base
    ids = random.SystemRandom()
    navigation: dict[str, object] = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "SiteNavigationElement", "name": name, "url": view.section_url(name)} for name in SECTIONS
        ],
    }
    return fill(
        "amp-page",
        base=base,
        site_name=SITE_NAME,
        head=head.tags,
        classes=head.classes,
        menu="\n".join(
            f'<li class="menu-item"><a class="dropdown-toggle" href="{view.section_url(name)}">{escape(name)}</a></li>'
            for name in SECTIONS
        ),
        random_id=ids.randint(10, 99),
        random_nonce=f"{ids.getrandbits(40):010x}",
        other_version=(
            f'<a class="view-non-amp" href="{head.link}" title="View Non-AMP Version">View Non-AMP Version</a>'
        ),
        logo=base + picture_path("logo"),
        main=main,
        footer="\n".join(
            f'<li class="menu-item"><a href="{base}/{name}"><span>{title}</span></a></li>'
            for name, (title, _) in PAGES.items()
        ),
        consent=CONSENT,
        scripts="\n".join(f'<script type="application/ld+json">{_json(item)}</script>' for item in (navigation, *data)),
    )


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False).replace("/", "\\/")


def _category(name: str, view: View) -> str:
    text = escape(name)
    return f'<span class="amp-cat"><a href="{view.section_url(name)}/amp" title="{text}">{text}</a></span>'


def _featured(story: Story, base: str) -> str:
    if not story.picture or story.password:
        return ""
    source = base + picture_path(story.picture.name)
    return (
        f'<div class="sf-img"> <figure class="amp-featured-image"> <amp-img data-hero src="{source}" width="1200" '
        'height="675" layout="responsive" alt=""></amp-img> <p class="wp-caption-text">\n '
        f"{escape(story.picture.caption, quote=False)} </p> </figure> </div>\n"
    )


def _neighbours(story: Story, view: View) -> str:
    before, after = view.neighbours(story)
    html = ""
    if after:
        html += (
            f'<div class="next"> <a href="{view.base}{after.path}/amp"><span>Next </span> '
            f"{shown_title(after)} &raquo;</a> </div>"
        )
    if before:
        html += (
            f'<div class="prev"> <a href="{view.base}{before.path}/amp"><span>Previous</span> '
            f"&laquo; {shown_title(before)}</a> </div>"
        )
    return html


def _comments(story: Story) -> str:
    if not story.comments or story.password:
        return ""
    items = "".join(
        '<li class="comment"><article class="comment-body"><footer class="comment-meta">'
        f'<b class="fn">{comment.author}</b> '
        f'<time datetime="{comment.at.isoformat()}">{long_date(comment.at)}</time></footer>'
        f'<div class="comment-content"><p>{escape(comment.text, quote=False)}</p></div></article></li>'
        for comment in story.comments
    )
    count = len(story.comments)
    return f'<div class="amp-comments-wrapper"><h3><span>View Comments ({count})</span></h3><ul>{items}</ul></div>'


def _shares(story: Story, base: str) -> str:
    return "".join(
        f'<li> <a class="{name}" target="_blank" href="https://{kind}.example/share?url={base}/?p={story.number}" '
        f'aria-label="{kind} share"> </a> </li>'
        for name, kind in _SHARES
    )


def _loop_entry(story: Story, view: View) -> str:
    link = f"{view.base}{story.path}/amp"
    image = ""
    if story.picture:
        source = view.base + picture_path(f"{story.picture.name}-346x188")
        image = (
            f'<div class="fsp-img"> <div class="loop-img image-container"><a href="{link}"><amp-img src="{source}" '
            'width="346" height="188" alt=""></amp-img></a></div> </div>'
        )
    categories = "".join(
        f'<li><a href="{view.section_url(name)}/amp">{escape(name)}</a></li>' for name in story.categories
    )
    return (
        f'<div class="fsp"> {image}<div class="fsp-cnt"> <ul class="loop-category">{categories}</ul> '
        f"<h2 class='loop-title'><a href=\"{link}\">{shown_title(story)}</a></h2> "
        f'<p class="loop-excerpt">{excerpt_words(story.excerpt, _EXCERPT_WORDS)}</p> '
        f'<div class="pt-dt"> <div class="loop-date">{age(view.now - story.published)}</div> </div> </div> </div>'
    )


def _news_article(story: Story, base: str) -> dict[str, object]:
    data: dict[str, object] = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": base + story.path,
        "publisher": {"@type": "Organization", "name": SITE_NAME},
        "headline": story.title,
        "author": {"@type": "Person", "name": story.author},
        "datePublished": gmt_with_local_offset(story.published),
        "dateModified": gmt_with_local_offset(story.modified),
        "description": excerpt_words(story.excerpt, _EXCERPT_WORDS),
    }
    if not story.password:
        data["articleBody"] = _glued(story)
        if story.picture:
            source = base + picture_path(story.picture.name)
            data["image"] = {"@type": "ImageObject", "url": source, "width": 1200, "height": 675}
    return data


def _glued(story: Story) -> str:
    """Return the whole article in one string, as the plugin does: captions, credits and "À lire aussi" glued in."""
    pieces = []
    for part in story.parts:
        for block in part:
            if block.picture:
                pieces.append(block.picture.caption)
            elif block.kind == "see-also":
                pieces.append(f"À lire aussi : {block.text}")
            else:
                pieces += [line.replace(" | ", "") for line in block.lines()]
    if story.credit:
        pieces.append(f"(Crédit photo : {story.credit})")
    return " ".join(pieces)
