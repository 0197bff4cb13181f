"""Boxes that sites set between the paragraphs of a text and above it."""

from __future__ import annotations

import pytest

from newsscraper.extraction import Page, read_page

SENTENCES = [
    f"On day {number} of the storm the harbour master of Brest counted {number + 3} boats that had come loose at night."
    for number in range(2, 12)
]
HEADLINE = "Storm over Brest, again: boats adrift"
URL = "https://www.example.com/news/storm-over-brest-again"


def text_with(box: str, *, above: str = "", language: str = "en") -> str:
    story = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    story.insert(4, box)
    html = (
        f"<html lang={language}><head><title>{HEADLINE}</title><meta property=og:type content=article></head>"
        f"<body><main><article><h1>{HEADLINE}</h1>{above}<div>{''.join(story)}</div></article></main></body></html>"
    )
    article = read_page(Page(html, url=URL)).article
    assert article is not None
    return article.text or ""


@pytest.mark.parametrize(
    "box",
    [
        "<div class=x1><p>Каждое утро</p><p>Главное за день в вашей почте</p><a href=/letters>Подписаться</a></div>",
        "<section><div>Tu cuenta se usa en otro dispositivo</div><a href=/account>Añadir a alguien</a></section>",
        "<div><ul><li><a href=/news/a1><p>Why the harbour matters</p></a></li>"
        "<li><a href=/news/a2><p>Ferry company asks for more money</p></a></li></ul></div>",
        "<div class=k9><h4>毎朝のまとめ</h4><form><input name=mail></form><p>登録は無料です。</p></div>",
        "<aside class=z><p>Three months for a pound</p><p><a href=/offer>See what you get</a></p></aside>",
    ],
)
def test_box_with_something_to_follow_or_to_press_is_no_text(box: str) -> None:
    assert text_with(box) == "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    ("box", "line"),
    [
        # A list with links in it is a list.
        (
            "<div><ul><li>Ropes, <a href=/t/ropes>long ones</a></li><li>Lamps</li><li>Two anchors</li></ul></div>",
            "Two anchors",
        ),
        # Links within the page lead through the text.
        (
            "<div><p><a href=#one>The first night</a></p><p><a href=#two>The second night</a></p></div>",
            "The first night",
        ),
        # Several boxes of one kind are the items of a list.
        (
            "".join(
                f"<div class=item><h3>Boat {n}</h3><p>Built in {n}</p><p><a href=/boats/{n}>The log</a></p></div>"
                for n in (1931, 1947, 1962)
            ),
            "Built in 1947",
        ),
        (
            "<div><p>The <a href=/t/prefect>prefect</a> spoke at noon.</p><p>Nobody was hurt.</p></div>",
            "Nobody was hurt.",
        ),
        ("<div><p>3 <a href=https://elsewhere.org/a>The report of the coast guard</a></p></div>", "coast guard"),
    ],
)
def test_box_of_the_text_stays(box: str, line: str) -> None:
    assert line in text_with(box)


@pytest.mark.parametrize(
    "byline",
    [
        "<div><time datetime=2026-11-24T09:30:00Z>24 November 2026</time><span>Jane Doe</span>"
        "<p>Harbour reporter</p></div>",
        "<div class=gx_by><a rel=author href=/staff/jd>Jane Doe</a><div>Brest Herald</div>"
        "<div>Nov. 24, 2026, 9:30 a.m.</div></div>",
        "<header><p>Par <a rel=author href=/a/jd>Jeanne Duval</a></p><p>Bureau de Brest</p>"
        "<p>24 novembre 2026 à 10h30</p></header>",
    ],
)
def test_lines_beside_a_byline_are_no_text(byline: str) -> None:
    assert text_with("", above=byline) == "\n\n".join(SENTENCES)


def test_quote_that_no_paragraph_has_stays() -> None:
    assert "never seen a night like it" in text_with(
        "<blockquote><p>We have never seen a night like it.</p></blockquote>"
    )


def test_lines_beside_a_byline_outside_the_text_are_no_text() -> None:
    byline = (
        "<div><a rel=author href=/staff/jd>Jane Doe</a><div>Brest Herald</div>"
        "<div>Nov. 24, 2026, 9:30 a.m. Updated Nov. 24, 2026, 11:00 a.m. ET</div></div>"
    )
    assert text_with("", above=byline) == "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    "line",
    [
        "The Daily Briefing tells you all that you need to know. Sign up <a href=/letters>here</a>.",
        "Täglich das Wichtigste: Abonnieren Sie <a href=/brief>unseren Newsletter</a>.",
        "Retrouvez nos enquêtes : <a href=/lettre>inscrivez-vous à la newsletter</a>.",
    ],
)
def test_line_that_asks_in_a_box_of_its_own_is_no_text(line: str) -> None:
    assert text_with(f"<div class=promo-7><p>{line}</p></div>") == "\n\n".join(SENTENCES)
    assert "briefing" in text_with("<p>The minister spoke of it at his weekly briefing, and nobody signed up.</p>")


def test_points_above_the_text_belong_to_it() -> None:
    points = [
        "Boats came loose at night in Brest",
        "The harbour master counted them all",
        "The storm is to last for days",
    ]
    listed = f"<div class=k1><h2>In short</h2><ul>{''.join(f'<li>{point}</li>' for point in points)}</ul></div>"
    assert text_with("", above=listed) == "\n\n".join([*points, *SENTENCES])
    linked = "".join(f"<li><a href=/{n}>{point}</a></li>" for n, point in enumerate(points))
    assert text_with("", above=f"<div class=k1><ul>{linked}</ul></div>") == "\n\n".join(SENTENCES)
