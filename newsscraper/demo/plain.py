"""The newsroom's plain pages: a WordPress theme's articles, lists and pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from newsscraper.demo import vocabulary as words
from newsscraper.demo.bodies import Address, body_html
from newsscraper.demo.story import Story
from newsscraper.demo.theme import (
    MOTTO,
    PAGES,
    SECTIONS,
    SITE_NAME,
    author_path,
    category_path,
    long_date,
    picture_path,
    shown_title,
    tag_path,
)

_BIOGRAPHIES = dict(words.AUTHORS)


def article_page(
    story: Story,
    part: int,
    base: str,
    address: Address,
    neighbours: tuple[Story | None, Story | None],
    recent: Sequence[Story],
) -> str:
    """Return one page of an article; ``neighbours`` are the story before and the story after it."""
    link = base + story.path
    head = (
        f'<link rel="amphtml" href="{link}/amp" />\n'
        f'<link rel="canonical" href="{link}{f"/{part + 1}" if part else ""}" />\n'
        f"<link rel='shortlink' href='{base}/?p={story.number}' />\n"
        f'<meta name="description" content="{escape(story.excerpt)}" />\n'
        f'<link rel="alternate" type="application/json+oembed" href="{base}/wp-json/oembed/1.0/embed?url={link}" />\n'
        f'<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} &raquo; {shown_title(story)} Flux des '
        f'commentaires" href="{link}/feed" />'
    )
    return _page(
        f"{shown_title(story)} &#8211; {SITE_NAME}",
        head,
        f"single single-post postid-{story.number} single-format-standard",
        f'<article id="post-{story.number}" class="{_classes(story)}">\n'
        f'<header class="entry-header alignwide">\n<h1 class="entry-title">{shown_title(story)}</h1>\n'
        f"{_thumbnail(story, base)}</header>\n"
        f'<div class="entry-content">\n{_content(story, part, base, address)}</div>\n'
        f'<footer class="entry-footer default-max-width">\n<div class="posted-by">{_posted_on(story)}</div>'
        f"{_taxonomies(story, base)}</footer>\n{_biography(story, base)}</article>\n"
        f"{_comments(story, base)}{_neighbours(neighbours, base)}",
        base,
        recent,
    )


def list_page(
    title: str | None, path: str, stories: Sequence[Story], number: int, pages: int, base: str, recent: Sequence[Story]
) -> str:
    """Return a list of stories: the home page where ``title`` is None, else a section, a tag or an author."""
    heading = (
        f'<header class="page-header"><h1 class="page-title">{escape(title, quote=False)}</h1></header>\n'
        if title
        else ""
    )
    entries = "\n".join(_entry(story, base) for story in stories)
    shown = f" &#8211; Page {number}" if number > 1 else ""
    head = f'<link rel="amphtml" href="{base}{path}/amp{f"/page/{number}" if number > 1 else ""}" />'
    return _page(
        f"{escape(title or SITE_NAME, quote=False)}{shown} &#8211; {SITE_NAME if title else MOTTO}",
        head,
        "archive category hfeed" if title else "home blog hfeed",
        heading + entries + _pagination(path, number, pages, base),
        base,
        recent,
        is_home=title is None,
    )


def text_page(name: str, base: str, recent: Sequence[Story]) -> str:
    """Return one of the pages that the footer leads to."""
    title, text = PAGES[name]
    return _page(
        f"{title} &#8211; {SITE_NAME}",
        f'<link rel="canonical" href="{base}/{name}" />',
        "page",
        f'<article class="page type-page"><header class="entry-header"><h1 class="entry-title">{title}</h1></header>\n'
        f'<div class="entry-content"><p>{text}</p></div></article>',
        base,
        recent,
    )


def missing_page(base: str, recent: Sequence[Story]) -> str:
    """Return what is shown where there is no page."""
    return _page(
        f"Page non trouvée &#8211; {SITE_NAME}",
        "<meta name='robots' content='noindex' />",
        "error404",
        '<h1 class="page-title">Rien ici</h1><p>Il semble que rien n’ait été trouvé à cette adresse.</p>',
        base,
        recent,
    )


def _page(
    title: str, head: str, classes: str, main: str, base: str, recent: Sequence[Story], *, is_home: bool = False
) -> str:
    name_tag = "h1" if is_home else "p"
    menu = "\n".join(
        f'<li class="menu-item menu-item-type-taxonomy"><a href="{base}{category_path(section)}">{escape(section)}</a></li>'
        for section in SECTIONS
    )
    footer = "\n".join(
        f'<li class="menu-item"><a href="{base}/{name}"><span>{PAGES[name][0]}</span></a></li>' for name in PAGES
    )
    latest = "\n".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{base}{story.path}">{shown_title(story)}</a></li>'
        for story in recent[:5]
    )
    return f"""<!doctype html>
<html lang="fr-FR">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{title}</title>
<meta name='robots' content='max-image-preview:large' />
<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} &raquo; Flux" href="{base}/feed" />
<link rel="alternate" type="application/rss+xml" title="{SITE_NAME} &raquo; Flux des commentaires" href="{base}/comments/feed" />
{head}
<meta name="generator" content="WordPress 6.1" />
</head>
<body class="{classes} wp-embed-responsive">
<div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">Aller au contenu</a>
<header id="masthead" class="site-header">
<div class="site-branding"><{name_tag} class="site-title"><a href="{base}/">{SITE_NAME}</a></{name_tag}>
<p class="site-description">{MOTTO}</p></div>
<nav id="site-navigation" class="primary-navigation" aria-label="Menu principal">
<ul id="primary-menu-list" class="menu-wrapper">{menu}</ul></nav>
</header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
{main}
</main></div></div>
<aside class="widget-area">
<section class="widget widget_block widget_search"><form role="search" method="get" action="{base}/">
<label for="s">Recherche</label><input type="search" id="s" name="s" value="" /><button type="submit">Recherche</button></form></section>
<section class="widget widget_block"><div class="wp-block-group"><h2>Articles récents</h2>
<ul class="wp-block-latest-posts__list wp-block-latest-posts">{latest}</ul></div></section>
</aside>
<footer id="colophon" class="site-footer">
<nav aria-label="Menu secondaire" class="footer-navigation"><ul class="footer-navigation-wrapper">{footer}</ul></nav>
<div class="site-info"><div class="site-name"><a href="{base}/">{SITE_NAME}</a></div>
<div class="powered-by">Fièrement propulsé par une graine aléatoire.</div></div>
</footer>
</div>
</body>
</html>
"""


def _classes(story: Story) -> str:
    kinds = [category_path(name).replace("/category/", "category-") for name in story.categories]
    kinds += [tag_path(name).replace("/tag/", "tag-") for name in story.tags]
    return f"post-{story.number} post type-post status-publish format-standard hentry {' '.join(kinds)} entry"


def _thumbnail(story: Story, base: str) -> str:
    if not story.picture or story.password:
        return ""
    source = base + picture_path(story.picture.name)
    return (
        f'<figure class="post-thumbnail"><img width="1200" height="675" src="{source}" '
        'class="attachment-post-thumbnail size-post-thumbnail wp-post-image" alt="" decoding="async" '
        f'srcset="{source} 1200w, {base}{picture_path(story.picture.name + "-300x169")} 300w" />'
        f'<figcaption class="wp-caption-text">{escape(story.picture.caption, quote=False)}</figcaption></figure>\n'
    )


def _content(story: Story, part: int, base: str, address: Address) -> str:
    if story.password:
        return (
            f'<form action="{base}/wp-login.php?action=postpass" class="post-password-form" method="post">\n'
            "<p>Cette publication est protégée par un mot de passe. Pour la voir, veuillez saisir votre mot de passe "
            f'ci-dessous :</p>\n<p><label for="pwbox-{story.number}">Mot de passe : <input name="post_password" '
            f'id="pwbox-{story.number}" type="password" size="20" /></label> <input type="submit" value="Valider" /></p></form>\n'
        )
    return body_html(story, part, base, address, amp=False) + "\n" + page_links(story, part, base)


def page_links(story: Story, part: int, base: str) -> str:
    """Return the links between the pages of a split article."""
    if len(story.parts) == 1:
        return ""
    links = []
    for other in range(len(story.parts)):
        if other == part:
            links.append(f'<span class="post-page-numbers current" aria-current="page">Page {other + 1}</span>')
        else:
            suffix = f"/{other + 1}" if other else ""
            links.append(f'<a href="{base}{story.path}{suffix}" class="post-page-numbers">Page {other + 1}</a>')
    return f'<nav class="page-links" aria-label="Page"> {" ".join(links)}</nav>\n'


def _posted_on(story: Story) -> str:
    if story.modified == story.published:
        times = (
            f'<time class="entry-date published updated" datetime="{story.published.isoformat()}">'
            f"{long_date(story.published)}</time>"
        )
    else:
        times = (
            f'<time class="entry-date published" datetime="{story.published.isoformat()}">{long_date(story.published)}</time>'
            f'<time class="updated" datetime="{story.modified.isoformat()}">{long_date(story.modified)}</time>'
        )
    return f'<span class="posted-on">Publié le {times}</span>'


def _taxonomies(story: Story, base: str) -> str:
    categories = ", ".join(
        f'<a href="{base}{category_path(name)}" rel="category tag">{escape(name, quote=False)}</a>'
        for name in story.categories
    )
    html = f'<div class="post-taxonomies"><span class="cat-links">Classé dans {categories} </span>'
    if story.tags:
        tags = ", ".join(
            f'<a href="{base}{tag_path(name)}" rel="tag">{escape(name, quote=False)}</a>' for name in story.tags
        )
        html += f'<span class="tags-links">Étiqueté {tags}</span>'
    return html + "</div>"


def _biography(story: Story, base: str) -> str:
    return f"""<div class="author-bio show-avatars"><div class="author-bio-content">
<h2 class="author-title">Par {story.author}</h2>
<p class="author-description">Journaliste, {story.author} {_BIOGRAPHIES[story.author]}</p>
<a class="author-link" href="{base}{author_path(story.author)}" rel="author">Voir tous les articles de {story.author}.</a>
</div></div>
"""


def _comments(story: Story, base: str) -> str:
    if story.password:
        return ""
    shown = ""
    if story.comments:
        count = len(story.comments)
        items = "\n".join(
            f'<li class="comment"><article class="comment-body"><footer class="comment-meta"><b class="fn">{comment.author}</b> '
            f'<span class="says">dit&nbsp;:</span> <time datetime="{comment.at.isoformat()}">{long_date(comment.at)}</time></footer>'
            f'<div class="comment-content"><p>{escape(comment.text, quote=False)}</p></div>'
            f'<div class="reply"><a rel="nofollow" href="{base}{story.path}?replytocom={index}#respond">Répondre</a></div></article></li>'
            for index, comment in enumerate(story.comments, start=story.number)
        )
        title = "Un commentaire" if count == 1 else f"{count} commentaires"
        shown = f'<h2 class="comments-title">{title}</h2>\n<ol class="comment-list">{items}</ol>\n'
    return f"""<div id="comments" class="comments-area default-max-width">
{shown}<div id="respond" class="comment-respond"><h2 id="reply-title" class="comment-reply-title">Laisser un commentaire</h2>
<form action="{base}/wp-comments-post.php" method="post" id="commentform" class="comment-form">
<p class="comment-notes">Votre adresse de messagerie ne sera pas publiée.</p>
<p><label for="comment">Commentaire</label> <textarea id="comment" name="comment"></textarea></p>
<p class="form-submit"><input type="submit" value="Laisser un commentaire" /></p></form></div>
</div>
"""


def _neighbours(neighbours: tuple[Story | None, Story | None], base: str) -> str:
    links = ""
    for story, side, word, rel in zip(
        neighbours, ("previous", "next"), ("Article précédent", "Article suivant"), ("prev", "next"), strict=True
    ):
        if story:
            links += (
                f'<div class="nav-{side}"><a href="{base}{story.path}" rel="{rel}"><p class="meta-nav">{word}</p>'
                f'<p class="post-title">{shown_title(story)}</p></a></div>'
            )
    return (
        '<nav class="navigation post-navigation" aria-label="Posts"><h2 class="screen-reader-text">Post navigation</h2>'
        f'<div class="nav-links">{links}</div></nav>\n'
    )


def _entry(story: Story, base: str) -> str:
    return (
        f'<article id="post-{story.number}" class="{_classes(story)}">\n<header class="entry-header">'
        f'<h2 class="entry-title default-max-width"><a href="{base}{story.path}">{shown_title(story)}</a></h2></header>\n'
        f'<div class="entry-content"><p>{escape(story.excerpt, quote=False)}</p></div>\n'
        f'<footer class="entry-footer default-max-width">{_posted_on(story)}{_taxonomies(story, base)}</footer></article>'
    )


def _pagination(path: str, number: int, pages: int, base: str) -> str:
    if pages == 1:
        return ""
    links = []
    if number > 1:
        before = f"{path}/page/{number - 1}" if number > 2 else path or "/"
        links.append(f'<a class="prev page-numbers" href="{base}{before}"><span>Articles plus récents</span></a>')
    links.append(f'<span aria-current="page" class="page-numbers current">Page {number}</span>')
    if number < pages - 1:
        links.append('<span class="page-numbers dots">&hellip;</span>')
    if number < pages:
        links.append(f'<a class="page-numbers" href="{base}{path}/page/{pages}">Page {pages}</a>')
        links.append(
            f'<a class="next page-numbers" href="{base}{path}/page/{number + 1}"><span>Articles plus anciens</span></a>'
        )
    return (
        '\n<nav class="navigation pagination" aria-label="Posts"><h2 class="screen-reader-text">Posts navigation</h2>'
        f'<div class="nav-links">{" ".join(links)}</div></nav>'
    )
