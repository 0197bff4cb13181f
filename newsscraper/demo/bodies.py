"""HTML of a story's blocks, as the editor saves them and as the AMP plugin rewrites them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from newsscraper.demo.story import Block, Picture, Story
from newsscraper.demo.theme import picture_path

Address = Callable[[int], str]
"""Gives the address of the story with a number."""


def body_html(story: Story, part: int, base: str, address: Address, *, amp: bool) -> str:
    """Return the HTML of one page of a story's text, the picture credit at the end of the last page."""
    lines = [_block(block, base, address, amp=amp) for block in story.parts[part]]
    if story.credit and part == len(story.parts) - 1:
        lines.append(f'<p class="credit"><em>(Crédit photo : {_text(story.credit)})</em></p>')
    return "\n".join(lines)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


def _block(block: Block, base: str, address: Address, *, amp: bool) -> str:
    match block.kind:
        case "paragraph":
            return f"<p>{_linked(block, base, address)}</p>"
        case "heading":
            return f"<h2>{_text(block.text)}</h2>"
        case "list":
            return "<ul>" + "".join(f"<li>{_text(item)}</li>" for (item,) in block.items) + "</ul>"
        case "quote":
            return (
                f'<blockquote class="wp-block-quote"><p>{_text(block.text)}</p>'
                f"<cite>{_text(block.cite)}</cite></blockquote>"
            )
        case "table":
            head, *rows = block.items
            return (
                '<figure class="wp-block-table"><table><thead><tr>'
                + "".join(f"<th>{_text(cell)}</th>" for cell in head)
                + "</tr></thead><tbody>"
                + "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
                + "</tbody></table></figure>"
            )
        case "code":
            return f'<pre class="wp-block-code"><code>{_text(block.text)}</code></pre>'
        case "figure":
            assert block.picture
            return _figure(block.picture, base, amp=amp)
        case "see-also":
            assert block.link
            return (
                f'<p class="lire-aussi"><strong>À lire aussi : <a href="{base}{address(block.link[1])}">'
                f"{_text(block.text)}</a></strong></p>"
            )


def _linked(block: Block, base: str, address: Address) -> str:
    html = _text(block.text)
    if block.link:
        word, number = block.link
        html = html.replace(word, f'<a href="{base}{address(number)}">{word}</a>', 1)
    return html


def _figure(picture: Picture, base: str, *, amp: bool) -> str:
    tag = "amp-img" if amp else "img"
    image = f'<{tag} src="{base}{picture_path(picture.name)}" width="1024" height="576" alt=""' + (
        ' layout="responsive"></amp-img>' if amp else ' class="wp-image" />'
    )
    return (
        f'<figure class="wp-block-image size-large">{image}'
        f'<figcaption class="wp-element-caption">{_text(picture.caption)}</figcaption></figure>'
    )
