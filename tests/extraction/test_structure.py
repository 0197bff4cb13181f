"""The text in blocks: kinds, levels, links; and nothing of it changes the text."""

from __future__ import annotations

from newsscraper.extraction import TextLink, extract

URL = "https://www.example.com/2026/11/nine-boats-adrift"
SENTENCE = "The harbour master counted nine boats that had come loose at night, and nobody could say how."
PAGE = f"""<html lang=en><head><title>Nine boats adrift</title></head><body><article><h1>Nine boats adrift</h1>
<p>{SENTENCE} <a href="/boats?by=night#top">All nine</a> were <a href="https://other.example/found">found</a>.</p>
<h2>By night</h2><p>Once: {SENTENCE}</p><h3>By day</h3>
<ul><li>The <a href="/marie">Marie</a></li><li>The Ys<ol><li>her boat</li></ol></li></ul>
<blockquote><p>It was dark.</p></blockquote>
<table><tr><th>Boat</th><th>Hour</th></tr><tr><td>Marie</td><td><a href=/nine>nine | ten</a></td></tr></table>
<pre>find  boats</pre><p>Twice: {SENTENCE}<br><br>Thrice: {SENTENCE}
<a href="javascript:void(0)">Not</a> <a href="/end">here</a>.</p>
</article></body></html>"""


def test_blocks_have_their_kinds_and_levels() -> None:
    found = extract(PAGE, url=URL, structure=True)
    kinds = [(block.kind, block.level) for block in found.blocks]
    assert kinds == [
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 3),
        ("list-item", 1),
        ("list-item", 1),
        ("list-item", 2),
        ("quote", 0),
        ("row", 0),
        ("row", 0),
        ("code", 0),
        ("paragraph", 0),
        ("paragraph", 0),
    ]
    assert [block.ordered for block in found.blocks if block.kind == "list-item"] == [False, False, True]
    rows = [block for block in found.blocks if block.kind == "row"]
    assert [(row.cells, row.is_header) for row in rows] == [(("Boat", "Hour"), True), (("Marie", "nine | ten"), False)]


def test_links_stand_where_the_page_has_them() -> None:
    found = extract(PAGE, url=URL, structure=True)
    linked = [(block.text[link.start : link.end], link.url) for block in found.blocks for link in block.links]
    assert linked == [
        ("All nine", "https://www.example.com/boats?by=night#top"),
        ("found", "https://other.example/found"),
        ("Marie", "https://www.example.com/marie"),
        ("nine | ten", "https://www.example.com/nine"),
        ("here", "https://www.example.com/end"),
    ]
    assert found.blocks[0].links[0] == TextLink(94, 102, "https://www.example.com/boats?by=night#top")


def test_the_text_is_the_same_with_and_without_structure() -> None:
    found = extract(PAGE, url=URL, structure=True)
    assert found.article == extract(PAGE, url=URL)
    assert found.article.text == "\n\n".join(block.text for block in found.blocks)


def test_a_text_that_is_only_stated_is_paragraphs() -> None:
    stated = '{"@type": "NewsArticle", "articleBody": "' + "\\n".join(f"{n}. {SENTENCE}" for n in range(3)) + '"}'
    found = extract(f'<script type="application/ld+json">{stated}</script><div></div>', url=URL, structure=True)
    assert [block.kind for block in found.blocks] == ["paragraph"] * 3
