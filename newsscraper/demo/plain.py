"""The newsroom's plain pages: a WordPress theme's articles, lists and pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from newsscraper.demo import vocabulary as words
from newsscraper.demo.bodies import content_html
from newsscraper.demo.story import Comment, Story
from newsscraper.demo.theme import (
    MOTTO,
    PAGES,
    SECTIONS,
    SITE_NAME,
    author_path,
    long_date,
    picture_path,
    shown_title,
    tag_path,
)
from newsscraper.demo.view import Listing, View, fill


@dataclass(frozen=True, slots=True)
class _Head:
    """What differs from page to page outside of its main part."""

    title: str
    classes: str
    tags: str = ""
    name_tag: str = "p"


def article_page(story: Story, part: int, view: View) -> str:
    """Return one page of an article."""
    link = view.base + story.path
    title = shown_title(story)
    tags = "\n".join(
        (
            f'<link rel="amphtml" href="{link}/amp" />',
            f'<link rel="canonical" href="{link}{f"/{part + 1}" if part else ""}" />',
            f"<link rel='shortlink' href='{view.base}/?p={story.number}' />",
            f'<meta name="description" content="{escape(story.excerpt)}" />',
            '<link rel="alternate" type="application/json+oembed" '
            f'href="{view.base}/wp-json/oembed/1.0/embed?url={link}" />',
            f'<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} &raquo; {escape(title)} Flux des '
            f'commentaires" href="{link}/feed" />',
        )
    )
    main = fill(
        "plain-article",
        number=story.number,
        classes=_classes(story, view),
        title=title,
        thumbnail=_thumbnail(story, view.base),
        content=content_html(story, part, view, amp=False),
        posted_on=_posted_on(story),
        taxonomies=_taxonomies(story, view),
        author=story.author,
        biography=words.AUTHORS[story.author],
        author_url=view.base + author_path(story.author),
        comments=_comments(story, view.base),
        neighbours=_neighbours(story, view),
    )
    classes = f"single single-post postid-{story.number} single-format-standard"
    return _page(_Head(f"{title} &#8211; {SITE_NAME}", classes, tags), main, view)


def list_page(listing: Listing, view: View) -> str:
    """Return a list of stories: the home page, or a section's, a tag's or an author's."""
    page = f"/page/{listing.number}" if listing.number > 1 else ""
    tags = f'<link rel="amphtml" href="{view.base}{listing.path}/amp{page}" />'
    shown_page = f" &#8211; Page {listing.number}" if page else ""
    if listing.title:
        title = escape(listing.title, quote=False)
        if listing.title in SECTIONS:
            tags += (
                f'\n<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} &raquo; Flux de la catégorie '
                f'{title}" href="{view.base}{view.shape.feed(listing.title)}" />'
            )
        head = _Head(f"{title}{shown_page} &#8211; {SITE_NAME}", "archive hfeed", tags)
        heading = f'<header class="page-header"><h1 class="page-title">{title}</h1></header>\n'
    else:
        head = _Head(f"{SITE_NAME}{shown_page} &#8211; {MOTTO}", "home blog hfeed", tags, name_tag="h1")
        heading = ""
    entries = "\n".join(_entry(story, view) for story in listing.stories)
    return _page(head, heading + entries + _pagination(listing, view.base), view)


def text_page(name: str, view: View) -> str:
    """Return one of the pages that the footer leads to."""
    title, text = PAGES[name]
    head = _Head(f"{title} &#8211; {SITE_NAME}", "page", f'<link rel="canonical" href="{view.base}/{name}" />')
    main = (
        f'<article class="page type-page"><header class="entry-header"><h1 class="entry-title">{title}</h1></header>\n'
        f'<div class="entry-content"><p>{text}</p></div></article>'
    )
    return _page(head, main, view)


def missing_page(view: View) -> str:
    """Return what is shown where there is no page."""
    head = _Head(f"Page non trouvée &#8211; {SITE_NAME}", "error404", "<meta name='robots' content='noindex' />")
    main = '<h1 class="page-title">Rien ici</h1><p>Il semble que rien n’ait été trouvé à cette adresse.</p>'
    return _page(head, main, view)


def _page(head: _Head, main: str, view: View) -> str:
    base = view.base
    return fill(
        "plain-page",
        base=base,
        site_name=SITE_NAME,
        motto=MOTTO,
        title=head.title,
        head=head.tags,
        classes=head.classes,
        name_tag=head.name_tag,
        menu="\n".join(
            f'<li class="menu-item"><a href="{view.section_url(name)}">{escape(name, quote=False)}</a></li>'
            for name in SECTIONS
        ),
        main=main,
        latest="\n".join(
            f'<li><a class="wp-block-latest-posts__post-title" href="{base}{story.path}">{shown_title(story)}</a></li>'
            for story in view.stories[:5]
        ),
        footer="\n".join(
            f'<li class="menu-item"><a href="{base}/{name}"><span>{title}</span></a></li>'
            for name, (title, _) in PAGES.items()
        ),
    )


def _classes(story: Story, view: View) -> str:
    names = [f"category-{view.shape.section(name).rpartition('/')[2]}" for name in story.categories]
    names += [tag_path(name)[1:].replace("/", "-") for name in story.tags]
    return f"post-{story.number} post type-post status-publish format-standard hentry {' '.join(names)} entry"


def _thumbnail(story: Story, base: str) -> str:
    if not story.picture or story.password:
        return ""
    source = base + picture_path(story.picture.name)
    small = base + picture_path(f"{story.picture.name}-300x169")
    return (
        f'<figure class="post-thumbnail"><img width="1200" height="675" src="{source}" '
        'class="attachment-post-thumbnail size-post-thumbnail wp-post-image" alt="" decoding="async" '
        f'srcset="{source} 1200w, {small} 300w" />'
        f'<figcaption class="wp-caption-text">{escape(story.picture.caption, quote=False)}</figcaption></figure>\n'
    )


def _posted_on(story: Story) -> str:
    published, modified = story.published, story.modified
    classes = "entry-date published updated" if modified == published else "entry-date published"
    times = f'<time class="{classes}" datetime="{published.isoformat()}">{long_date(published)}</time>'
    if modified != published:
        times += f'<time class="updated" datetime="{modified.isoformat()}">{long_date(modified)}</time>'
    return f'<span class="posted-on">Publié le {times}</span>'


def _taxonomies(story: Story, view: View) -> str:
    categories = ", ".join(
        f'<a href="{view.section_url(name)}" rel="category tag">{escape(name, quote=False)}</a>'
        for name in story.categories
    )
    tags = ", ".join(
        f'<a href="{view.base}{tag_path(name)}" rel="tag">{escape(name, quote=False)}</a>' for name in story.tags
    )
    html = f'<span class="cat-links">Classé dans {categories} </span>'
    if tags:
        html += f'<span class="tags-links">Étiqueté {tags}</span>'
    return f'<div class="post-taxonomies">{html}</div>'


def _comments(story: Story, base: str) -> str:
    if story.password:
        return ""
    shown = ""
    if story.comments:
        count = len(story.comments)
        title = "Un commentaire" if count == 1 else f"{count} commentaires"
        items = "\n".join(
            _comment(comment, f"{base}{story.path}?replytocom={number}#respond")
            for number, comment in enumerate(story.comments, start=1)
        )
        shown = f'<h2 class="comments-title">{title}</h2>\n<ol class="comment-list">{items}</ol>\n'
    return fill("plain-comments", base=base, shown=shown)


def _comment(comment: Comment, reply_url: str) -> str:
    return (
        '<li class="comment"><article class="comment-body"><footer class="comment-meta">'
        f'<b class="fn">{comment.author}</b> <span class="says">dit&nbsp;:</span> '
        f'<time datetime="{comment.at.isoformat()}">{long_date(comment.at)}</time></footer>'
        f'<div class="comment-content"><p>{escape(comment.text, quote=False)}</p></div>'
        f'<div class="reply"><a rel="nofollow" href="{reply_url}">Répondre</a></div></article></li>'
    )


def _neighbours(story: Story, view: View) -> str:
    before, after = view.neighbours(story)
    links = ""
    for other, side, rel, words_ in (
        (before, "previous", "prev", "Article précédent"),
        (after, "next", "next", "Article suivant"),
    ):
        if other:
            links += (
                f'<div class="nav-{side}"><a href="{view.base}{other.path}" rel="{rel}">'
                f'<p class="meta-nav">{words_}</p>'
                f'<p class="post-title">{shown_title(other)}</p></a></div>'
            )
    return links


def _entry(story: Story, view: View) -> str:
    return (
        f'<article id="post-{story.number}" class="{_classes(story, view)}">\n<header class="entry-header">'
        '<h2 class="entry-title default-max-width">'
        f'<a href="{view.base}{story.path}">{shown_title(story)}</a></h2></header>\n'
        f'<div class="entry-content"><p>{escape(story.excerpt, quote=False)}</p></div>\n'
        '<footer class="entry-footer default-max-width">'
        f"{_posted_on(story)}{_taxonomies(story, view)}</footer></article>"
    )


def _pagination(listing: Listing, base: str) -> str:
    if listing.pages == 1:
        return ""
    path, number, last = base + listing.path, listing.number, listing.pages
    links = []
    if number > 1:
        before = f"{path}/page/{number - 1}" if number > 2 else path or "/"
        links.append(f'<a class="prev page-numbers" href="{before}"><span>Articles plus récents</span></a>')
    links.append(f'<span aria-current="page" class="page-numbers current">Page {number}</span>')
    if number < last - 1:
        links.append('<span class="page-numbers dots">&hellip;</span>')
    if number < last:
        links.append(f'<a class="page-numbers" href="{path}/page/{last}">Page {last}</a>')
        links.append(
            f'<a class="next page-numbers" href="{path}/page/{number + 1}"><span>Articles plus anciens</span></a>'
        )
    return (
        '\n<nav class="navigation pagination" aria-label="Posts"><h2 class="screen-reader-text">Posts navigation</h2>'
        f'<div class="nav-links">{" ".join(links)}</div></nav>'
    )
