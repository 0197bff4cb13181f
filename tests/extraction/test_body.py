"""The article's text: what is kept, what is cut and by which rule."""

from __future__ import annotations

import pytest

import newsscraper
from newsscraper.extraction import Page, SiteHints, read_page

PARAGRAPHS = [
    "Rain fell on Brest for the ninth day in a row, and the harbour stayed closed to smaller boats.",
    "The mayor, who had promised dry streets by noon, said that the pumps were running at full capacity.",
    "Fishermen waited in the café on the quay, where the owner had stopped counting the cups he poured.",
    "By evening the wind had turned, and the first trawlers left for the banks west of Ushant.",
]
TEXT = "\n\n".join(PARAGRAPHS)
URL = "https://www.example.com/2026/11/rain-falls-on-brest-again"


def page(body: str, head: str = "") -> str:
    return f"<html lang=en><head><title>Rain falls on Brest again</title>{head}</head><body>{body}</body></html>"


def story(inside: str = "", after: str = "") -> str:
    first, *rest = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return page(
        "<header class=site-header><nav><a href=/>Home</a><a href=/news>News</a></nav></header>"
        f"<main><article><h1>Rain falls on Brest again</h1><div class=entry-content>{first}{inside}{''.join(rest)}</div>"  # noqa: E501
        f"</article>{after}</main><footer><p>© 2026 The Example. All rights reserved.</p></footer>"
    )


def text_of(html: str | bytes, **hints: object) -> str | None:
    article = read_page(Page(html, url=URL, hints=SiteHints(**hints))).article  # type: ignore[arg-type]
    assert article is not None
    return article.text


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        ("<p>Read more: <a href=/old-storm>The storm of last year, and what it left behind</a></p>", "see-also"),
        ("<p><a href=/old-storm>The storm of last year, and what it left behind on the coast</a></p>", "link-only"),
        ("<div class=newsletter-signup><p>Get our morning letter.</p><input></div>", "newsletter"),
        ("<p>Sign up for our newsletter <a href=/nl>here</a></p>", "promotion"),
        ("<figure><img src=a.jpg><figcaption>The quay at Brest</figcaption></figure>", "caption"),
        ("<div><img src=b.jpg><p>The quay at Brest on Monday</p></div>", "caption"),
        ("<p>Advertisement</p>", "interface"),
        ("<div class=related-posts><h3>Related</h3><ul><li><a href=/x>Other</a></ul></div>", "related"),
        ("<p style='display:none'>You should not see this text at all.</p>", "hidden"),
        ("<blockquote class=twitter-tweet><p>So wet!</p></blockquote>", "embed"),
        ("<h2>À lire aussi</h2><ul><li><a href=/a>Une tempête</a><li><a href=/b>Deux tempêtes</a></ul>", "related"),
        ("<div class=cookie-consent>We use cookies to improve your experience.</div>", "consent"),
    ],
)
def test_what_is_no_text_is_cut_and_the_rule_is_named(inside: str, rule: str) -> None:
    reading = read_page(Page(story(inside), url=URL), explain=True)
    assert reading.article is not None
    assert reading.article.text == TEXT
    assert rule in {step.rule for step in reading.steps if step.part == "block" and step.verdict == "cut"}


@pytest.mark.parametrize(
    ("after", "rule"),
    [
        (
            "<section id=comments><h2>3 comments</h2><p>I was there and it was wetter than you say it was.</p></section>",  # noqa: E501
            "",
        ),
        ("<div class=author-bio><p>Ann Morel is a reporter who covers the coast for the paper.</p></div>", ""),
        ("<aside><h3>Popular</h3><p>A long teaser of another story, which is no part of this one.</p></aside>", ""),
        ("<div class=share-bar><a href=#>Facebook</a><a href=#>X</a></div>", ""),
    ],
)
def test_what_stands_beside_the_article_is_cut(after: str, rule: str) -> None:
    assert text_of(story(after=after)) == TEXT


def test_blocks_keep_their_order_and_line_breaks() -> None:
    inside = (
        "<h2>What now</h2><ul><li>Pumps</li><li>Sandbags</li></ul>"
        "<table><tr><th>Day</th><th>Rain</th></tr><tr><td>Monday</td><td>12 mm</td></tr></table>"
        "<pre>level = 3\n  if level: warn()</pre><blockquote><p>We wait.</p><cite>A fisherman</cite></blockquote>"
        "<p>One line<br>and another</p>"
    )
    between = [
        "What now",
        "Pumps",
        "Sandbags",
        "Day | Rain",
        "Monday | 12 mm",
        "level = 3\n  if level: warn()",
        "We wait.",
        "A fisherman",
        "One line\nand another",
    ]
    found = (text_of(story(inside)) or "").split("\n\n")
    assert found[0] == PARAGRAPHS[0]
    assert found[-3:] == PARAGRAPHS[1:]
    assert " ".join(found[1:-3]) == " ".join(between)


def test_two_breaks_are_a_paragraph() -> None:
    html = page("<h1>Rain falls on Brest again</h1><div>" + "<br><br>".join(PARAGRAPHS) + "</div>")
    assert text_of(html) == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "北京今天下了一整天的雨，街道上几乎没有行人，商店也提前关门了。",
        "ฝนตกหนักทั้งวันในกรุงเทพมหานคร ถนนหลายสายถูกน้ำท่วม",
        "هطلت الأمطار طوال اليوم على المدينة، وأغلقت المدارس أبوابها.",
    ],
)
def test_scripts_of_all_kinds(sentence: str) -> None:
    paragraphs = [f"{sentence} {number}" for number in range(6)]
    html = (
        "<title>标题在这里</title><nav><a href=/>主页</a></nav><div><h1>标题在这里</h1>"
        + "".join(f"<p>{p}</p>" for p in paragraphs)
        + "</div>"
        "<div class=sidebar><p>其他新闻</p></div>"
    )
    assert text_of(html.encode()) == "\n\n".join(paragraphs)


def test_a_label_does_not_cut_the_article_it_wraps() -> None:
    html = page(
        "<div class='content-with-sidebar related-widget'><h1>Rain falls on Brest again</h1>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</div>"
    )
    assert text_of(html) == TEXT


def test_teasers_with_more_prose_than_the_article_do_not_win() -> None:
    cards = "".join(f"<div><h3><a href=/s{n}>Story {n}</a></h3><p>{PARAGRAPHS[n % 4]} {n}</p></div>" for n in range(12))
    html = page(
        "<div class=a><h1>Rain falls on Brest again</h1>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + f"</div><div class=b>{cards}</div>"
    )
    assert text_of(html) == TEXT


def test_what_the_site_repeats_is_cut() -> None:
    notice = "The Example is funded by its readers and answers to nobody else."
    html = story(f"<p>{notice}</p>")
    memory = frozenset(read_page(Page(page(f"<p>{notice}</p>"), url=URL)).blocks)
    assert notice in (text_of(html) or "")
    reading = read_page(Page(html, url=URL, hints=SiteHints(repeated=memory)))
    assert reading.article is not None
    assert reading.article.text == TEXT
    assert reading.article.extraction.removed["repeated-on-site"] == 1


def test_the_site_memory_cannot_delete_an_article_nor_a_quotation() -> None:
    html = story("<blockquote>Nobody here remembers such a November.</blockquote>")
    everything = frozenset(read_page(Page(html, url=URL)).blocks)
    assert PARAGRAPHS[0] in (text_of(html, repeated=everything) or "")
    quotation = frozenset(read_page(Page(page("<p>Nobody here remembers such a November.</p>"), url=URL)).blocks)
    assert "Nobody here remembers" in (text_of(html, repeated=quotation) or "")


def test_site_memory_is_bounded() -> None:
    html = page("".join(f"<p>Paragraph number {n} says something of its own.</p>" for n in range(2000)))
    assert len(read_page(Page(html, url=URL)).blocks) == 400


def test_reading_is_deterministic_and_crosses_processes() -> None:
    import pickle

    first = read_page(Page(story(), url=URL), explain=True)
    assert pickle.loads(pickle.dumps(first)) == first == read_page(Page(story(), url=URL), explain=True)


def test_text_for_those_who_run_no_scripts() -> None:
    inside = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    html = page(f"<h1>Rain falls on Brest again</h1><div id=app></div><noscript><div>{inside}</div></noscript>")
    assert text_of(html) == TEXT
    assert "scripts" not in (
        text_of(story("<noscript><p>Please switch scripts on to see it all.</p></noscript>")) or ""
    )


_COUNTED = "".join(
    f"<p>{n} boats were counted by the harbour master, and the owners of most were told by noon.</p>" for n in range(12)
)


def _text_of(body: str) -> str:
    page = f"<html lang=en><body><article><h1>Storm</h1>{body}</article></body></html>"
    return newsscraper.extract(page, url="https://example.com/storm").text or ""


def test_captions_in_the_list_of_a_gallery_are_no_text() -> None:
    slides = "".join(
        f"<li class=slide><img src=/{n}.jpg><div class=caption>Boats number {n} lie in the harbour of Brest after the "
        "storm of Tuesday night, which took three masts and a crane.</div></li>"
        for n in range(3)
    )
    text = _text_of(f"<ul>{slides}</ul><div class=body>{_COUNTED}</div>")
    assert "three masts" not in text
    assert "11 boats were counted" in text


@pytest.mark.parametrize(("name", "shown"), [("faq-1", True), ("x-1", False)])
def test_answers_that_are_folded_away_are_text(name: str, shown: bool) -> None:
    answer = "The harbour will open again when the crane has been lifted out of the water."
    folded = f"<h2>When will it open?</h2><div id={name} aria-hidden=true><p>{answer}</p></div>"
    assert (answer in _text_of(_COUNTED + folded)) is shown
