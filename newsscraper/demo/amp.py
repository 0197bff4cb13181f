"""The newsroom's AMP pages, in the markup of WordPress's AMP plugin, with that plugin's habits.

Among them: JSON-LD dates that are the GMT clock with the local offset, an article body in the JSON-LD that glues
captions and credits in, "Recent Posts" whose ages end in an untranslated "ago", and random ids in every answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from newsscraper.demo import vocabulary as words
from newsscraper.demo.bodies import Address, body_html
from newsscraper.demo.plain import page_links
from newsscraper.demo.story import Story
from newsscraper.demo.theme import (
    CONSENT,
    PAGES,
    SECTIONS,
    SITE_NAME,
    age,
    category_path,
    excerpt_words,
    long_date,
    picture_path,
    shown_title,
)

_BIOGRAPHIES = dict(words.AUTHORS)
_SHARES = (("s_tw", "twitter"), ("s_em", "email"), ("s_lk", "linkedin"), ("s_wp", "whatsapp"))
RECENT_SHOWN = 6


def amp_article(
    story: Story,
    part: int,
    base: str,
    address: Address,
    neighbours: tuple[Story | None, Story | None],
    recent: Sequence[Story],
    now: datetime,
) -> str:
    """Return the AMP twin of one page of an article; ``recent`` are the newest stories, ``now`` what ages count from."""
    link = base + story.path
    others = [other for other in recent if other.number != story.number][:RECENT_SHOWN]
    body = _protected(story, base) if story.password else body_html(story, part, base, address, amp=True)
    main = f"""<div class="sp sgl"><div class="cntr">
<div class="amp-wp-content breadcrumb"><ul id="breadcrumbs" class="breadcrumbs"><li class="item-home"><a class="bread-link bread-home" href="{base}/amp" title="Homepage">Homepage</a></li><li class="item-cat"><a class="bread-cat" href="{base}{category_path(story.categories[0])}/amp">{escape(story.categories[0])}</a></li></ul></div>
<div class="amp-category"> <span>Categories: </span> {"".join(_category(name, base) for name in story.categories)} </div>
<h1 class="amp-post-title">{shown_title(story)}</h1> </div>
{_featured(story, base)}<div class="sp-cnt"> <div class="cntr"> <div class="sp-rl"> <div class="sp-rt">
<div class="cntn-wrp artl-cnt">{body}{page_links(story, part, base)}</div>
<div class="amp-author"> <div class="author-details"><span class="author-name">{story.author}</span><p>Journaliste, {story.author} {_BIOGRAPHIES[story.author]}</p> </div> </div>
<div id="pagination">{_neighbours(neighbours, base)}<div class="clearfix"></div> </div>
<div class="cmts"> {_comments(story, base)} </div>
</div> <div class="sp-lt"> <div class="ss-ic"> <span class="shr-txt">Share</span> <ul>{_shares(story, base)}</ul> </div> </div> </div> </div> </div>
<div class="r-pf"> <div class="cntr"> <h3>Recent Posts</h3> <div class='loop-wrapper'>{"".join(_loop_entry(other, base, now) for other in others)}</div> </div> </div> </div>"""
    head = f'<link rel="canonical" href="{link}" />\n<title>{shown_title(story)} | {SITE_NAME}</title>'
    return _page(
        head,
        excerpt_words(story.excerpt, 15),
        f"single-post {story.number} post-id-{story.number} amp-single post",
        main,
        link,
        base,
        [_news_article(story, base)],
    )


def amp_list(
    title: str | None, path: str, stories: Sequence[Story], number: int, pages: int, base: str, now: datetime
) -> str:
    """Return the AMP twin of a list."""
    more = f"{base}{path}/amp/page/{number + 1}"
    head = f'<link rel="canonical" href="{base}{path or "/"}" />\n<title>{escape(title or SITE_NAME)} | {SITE_NAME}</title>'
    show_more = ""
    if number < pages:
        head = f'<link rel="next" href="{more}" />\n{head}'
        show_more = f'<div class="loop-pagination"><div class="right"><a href="{more}">Show more Posts</a></div></div>'
    heading = f'<div class="arch-tlt"><h1 class="amp-archive-title">{escape(title)}</h1></div>' if title else ""
    main = (
        f'<div class="archive"><div class="cntr"><div class="arch-dsgn">{heading}<div class="loop-wrapper">'
        + "".join(_loop_entry(story, base, now) for story in stories)
        + f"</div>{show_more}</div></div></div>"
    )
    return _page(head, f"Articles de {SITE_NAME}.", "archives_body amp-archive", main, f"{base}{path or '/'}", base, [])


def gmt_with_local_offset(moment: datetime) -> str:
    """Write a moment as the plugin does: what a clock in Greenwich shows, with the newsroom's own offset.

    >>> gmt_with_local_offset(datetime.fromisoformat("2026-07-14T10:00:00+02:00"))
    '2026-07-14T08:00:00+02:00'
    """
    offset = moment.utcoffset() or timedelta()
    return (moment - offset).replace(tzinfo=moment.tzinfo).isoformat()[:19] + moment.isoformat()[19:]


def _page(
    head: str, description: str, classes: str, main: str, link: str, base: str, data: list[dict[str, object]]
) -> str:
    ids = random.SystemRandom()
    menu = "\n".join(
        f'<li class="menu-item menu-item-type-taxonomy"><a href="{base}{category_path(name)}" class="dropdown-toggle">'
        f"{escape(name)}</a></li>"
        for name in SECTIONS
    )
    footer = "\n".join(
        f'<li class="menu-item"><a href="{base}/{name}"><span>{PAGES[name][0]}</span></a></li>' for name in PAGES
    )
    navigation: dict[str, object] = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "SiteNavigationElement", "name": name, "url": base + category_path(name)} for name in SECTIONS
        ],
    }
    scripts = "\n".join(f'<script type="application/ld+json">{_json(item)}</script>' for item in [navigation, *data])
    other_version = f'<a class="view-non-amp" href="{link}" title="View Non-AMP Version">View Non-AMP Version</a>'
    return f"""<!doctype html> <html amp lang="fr-FR"> <head> <meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="description" content="{description}"/>
{head}
<meta name="generator" content="AMP for WP 1.1" /> </head>
<body class="body {classes}"> <div id="backtotop"></div>
<div class="consent-top"><p>Pour gérer vos consentements : <button on="tap:ampforwpConsent.prompt">Cliquez ici</button></p></div>
<header class="header h_m h_m_1"> <div class="hamb-mnu"> <aside class="m-ctr"> <div class="m-scrl"> <nav class="m-menu"> <ul class="amp-menu">{menu}</ul> </nav>
<form role="search" method="get" class="amp-search" action="{base}"> <label for="search-text-{ids.randint(10, 99)}">Type your search query and hit enter: </label> <input type="text" name="s" /> </form>
<div class="cp-rgt"> <span>All Rights Reserved</span>{other_version} </div> </div> </aside> </div>
<div class="logo"> <div class="amp-logo"> <a href="{base}/amp" title="{SITE_NAME}"><amp-img src="{base}{picture_path("logo")}" width="190" height="36" alt="{SITE_NAME}"></amp-img></a> </div> </div> </header>
<div class="content-wrapper"> {main} </div>
<footer class="footer"> <div class="f-w-f2"> <div class="cntr"> <div class="f-menu"> <nav> <ul class="menu">{footer}</ul> </nav> </div>
<div class="rr"> <span>All Rights Reserved</span>{other_version}
<amp-consent id="ampforwpConsent" layout="nodisplay"> <div class="gdpr" id="gdpr_c"> <div class="gdpr_w"> <div class="gdpr_x" role="button" tabindex="0">X</div>
<div class="gdpr-l"> <div class="gdpr_t"> <h3>Pour gérer vos consentements :</h3> <p>{CONSENT}</p> </div> <div class="gdpr_fmi"> <a class="gdpr_fmi pri_page_link" href="{base}/politique-de-confidentialite">Politique de confidentialité</a> </div> </div>
<div id="gdpr_yn" class="gdpr_yn"> <form class="acp" action-xhr="{base}/wp-admin/admin-ajax.php?verify_nonce={ids.getrandbits(40):010x}" method="post"> <button type="submit" class="btn gdpr_y">Accepter</button> <button type="submit" class="btn gdpr_n">Refuser</button> </form> </div> </div> </div>
<div id="post-consent-ui"> <a href="#" class="btn">Gérer mes consentements</a> </div> </amp-consent> </div> </div> </div> </footer>
{scripts}
</body> </html>
"""


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False).replace("/", "\\/")


def _category(name: str, base: str) -> str:
    text = escape(name)
    return f'<span class="amp-cat"><a href="{base}{category_path(name)}/amp" title="{text}">{text}</a></span>'


def _featured(story: Story, base: str) -> str:
    if not story.picture or story.password:
        return ""
    source = base + picture_path(story.picture.name)
    return (
        f'<div class="sf-img"> <figure class="amp-featured-image"> <amp-img data-hero src="{source}" width="1200" height="675" '
        f'layout="responsive" alt=""></amp-img> <p class="wp-caption-text">\n {escape(story.picture.caption, quote=False)} </p> '
        "</figure> </div>\n"
    )


def _protected(story: Story, base: str) -> str:
    return (
        f'<form action-xhr="{base}/wp-login.php?action=postpass" class="post-password-form" method="post"> <p>Cette publication '
        "est protégée par un mot de passe. Pour la voir, veuillez saisir votre mot de passe ci-dessous :</p> "
        '<input name="post_password" type="password" /> <input type="submit" value="Valider" /></form>'
    )


def _neighbours(neighbours: tuple[Story | None, Story | None], base: str) -> str:
    before, after = neighbours
    html = ""
    if after:
        html += f'<div class="next"> <a href="{base}{after.path}/amp"><span>Next </span> {shown_title(after)} &raquo;</a> </div>'
    if before:
        html += f'<div class="prev"> <a href="{base}{before.path}/amp"><span>Previous</span> &laquo; {shown_title(before)}</a> </div>'
    return html


def _comments(story: Story, base: str) -> str:
    shown = "".join(
        f'<li class="comment"><article class="comment-body"><footer class="comment-meta"><b class="fn">{comment.author}</b> '
        f'<time datetime="{comment.at.isoformat()}">{long_date(comment.at)}</time></footer>'
        f'<div class="comment-content"><p>{escape(comment.text, quote=False)}</p></div></article></li>'
        for comment in story.comments
    )
    if shown:
        shown = f'<div class="amp-comments-wrapper"><h3><span>View Comments ({len(story.comments)})</span></h3><ul>{shown}</ul></div>'
    return (
        f'<div class="amp-comments">{shown}<div class="amp-comment-button"> <a href="{base}{story.path}#commentform" '
        'title="Leave a Comment" rel="nofollow">Leave a Comment</a> </div> </div>'
    )


def _shares(story: Story, base: str) -> str:
    return "".join(
        f'<li> <a class="{name}" target="_blank" href="https://{kind}.example/share?url={base}/?p={story.number}" '
        f'aria-label="{kind} share"> </a> </li>'
        for name, kind in _SHARES
    )


def _loop_entry(story: Story, base: str, now: datetime) -> str:
    title = shown_title(story)
    image = ""
    if story.picture:
        image = (
            f'<div class="fsp-img"> <div class="loop-img image-container"><a href="{base}{story.path}/amp"><amp-img '
            f'src="{base}{picture_path(story.picture.name + "-346x188")}" width="346" height="188" alt=""></amp-img></a></div> </div>'
        )
    categories = "".join(
        f'<li><a href="{base}{category_path(name)}/amp">{escape(name)}</a></li>' for name in story.categories
    )
    return (
        f'<div class="fsp"> {image}<div class="fsp-cnt"> <ul class="loop-category">{categories}</ul> '
        f"<h2 class='loop-title'><a href=\"{base}{story.path}/amp\">{title}</a></h2> "
        f'<p class="loop-excerpt">{excerpt_words(story.excerpt, 15)}</p> '
        f'<div class="pt-dt"> <div class="loop-date">{age(now - story.published)}</div> </div> </div> </div>'
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
        "description": excerpt_words(story.excerpt, 15),
    }
    if story.picture and not story.password:
        data["image"] = {
            "@type": "ImageObject",
            "url": base + picture_path(story.picture.name),
            "width": 1200,
            "height": 675,
        }
    if not story.password:
        data["articleBody"] = _glued(story)
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
