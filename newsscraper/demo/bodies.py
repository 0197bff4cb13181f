"""HTML of a story's text, as the editor saves it and as the AMP plugin rewrites it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from newsscraper.demo.story import Block, Picture, Story
from newsscraper.demo.theme import picture_path
from newsscraper.demo.view import View, fill


def content_html(story: Story, part: int, view: View, *, amp: bool) -> str:
    """Return the text of one page of a story, with what WordPress itself puts into it.

    That is the credit of the picture at the end of the last page, the links between the pages of a split article,
    and instead of it all a form where the story is behind a password.
    """
    if story.password:
        return fill("password-form", base=view.base, number=story.number)
    lines = [_block(block, view, amp=amp) for block in story.parts[part]]
    if story.credit and part == len(story.parts) - 1:
        lines.append(f'<p class="credit"><em>(Crédit photo : {_text(story.credit)})</em></p>')
    return "\n".join(lines) + "\n" + _page_links(story, part, view.base)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


def _block(block: Block, view: View, *, amp: bool) -> str:
    if block.picture:
        return _figure(block.picture, view.base, amp=amp)
    return _WRITERS[block.kind](block, view)


def _paragraph(block: Block, view: View) -> str:
    html = _text(block.text)
    if block.link:
        word, number = block.link
        html = html.replace(word, f'<a href="{view.url_of(number)}">{word}</a>', 1)
    return f"<p>{html}</p>"


def _heading(block: Block, _: View) -> str:
    return f"<h2>{_text(block.text)}</h2>"


def _list(block: Block, _: View) -> str:
    return "<ul>" + "".join(f"<li>{_text(item)}</li>" for (item,) in block.items) + "</ul>"


def _quote(block: Block, _: View) -> str:
    return f'<blockquote class="wp-block-quote"><p>{_text(block.text)}</p><cite>{_text(block.cite)}</cite></blockquote>'


def _table(block: Block, _: View) -> str:
    head, *rows = (
        "".join(f"<{cell_tag}>{_text(cell)}</{cell_tag}>" for cell in cells)
        for cell_tag, cells in zip(["th"] + ["td"] * len(block.items), block.items, strict=False)
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<figure class="wp-block-table">{table}</figure>'


def _code(block: Block, _: View) -> str:
    return f'<pre class="wp-block-code"><code>{_text(block.text)}</code></pre>'


def _see_also(block: Block, view: View) -> str:
    number = block.link[1] if block.link else 0
    link = f'<a href="{view.url_of(number)}">{_text(block.text)}</a>'
    return f'<p class="lire-aussi"><strong>À lire aussi : {link}</strong></p>'


_WRITERS: dict[str, Callable[[Block, View], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "table": _table,
    "code": _code,
    "see-also": _see_also,
}


def _figure(picture: Picture, base: str, *, amp: bool) -> str:
    source = f'src="{base}{picture_path(picture.name)}" width="1024" height="576" alt=""'
    image = f'<amp-img {source} layout="responsive"></amp-img>' if amp else f'<img {source} class="wp-image" />'
    return (
        f'<figure class="wp-block-image size-large">{image}'
        f'<figcaption class="wp-element-caption">{_text(picture.caption)}</figcaption></figure>'
    )


def _page_links(story: Story, part: int, base: str) -> str:
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
