# ruff: noqa: E501
from __future__ import annotations

import pytest

from newsscraper.article import RecentPost
from newsscraper.extraction import structured
from newsscraper.extraction.metadata import recent, title

from .builders import URL, document, page

PROSE = "<p>Une phrase assez longue pour être du texte, et une autre pour faire bonne mesure ici.</p>" * 3


def read(lists: str, *, url: str | None = URL) -> tuple[list[RecentPost], list[str]]:
    doc = document(page("", f"<article><h1>Les ambitions contrariées</h1>{PROSE}</article>{lists}"), url=url)
    headline = title.read(doc, structured.read(doc))[1]
    posts, boxes = recent.read(doc, headline, languages=["fr"])
    return posts, [str(box.get("id")) for box in boxes]


def card(name: str, date: str) -> str:
    return f'<div><h3><a href="/{name}/">Un titre {name}</a></h3><span>{date}</span></div>'


def test_cards_with_dates_need_no_words() -> None:
    posts, boxes = read(
        f'<div id="box"><div id="list">{card("a", "il y a 2 jours")}{card("b", "25 juin 2024")}</div></div>'
    )
    assert [(post.title, post.raw, post.date, post.precision) for post in posts] == [
        ("Un titre a", "il y a 2 jours", "2024-06-28", "day"),
        ("Un titre b", "25 juin 2024", "2024-06-25", "day"),
    ]
    assert boxes == ["box"]


@pytest.mark.parametrize(
    "heading",
    ["Recent Posts", "Articles récents", "Derniers articles", "Neueste Beiträge", "Entradas recientes", "Ultime notizie",
     "Recente berichten", "Últimas notícias", "Ostatnie wpisy", "Последние записи", "最近の投稿", "أحدث المقالات"],
)  # fmt: skip
def test_lists_without_dates_need_a_heading(heading: str) -> None:
    links = '<ul><li><a href="/a/">Un titre a</a></li><li><a href="/b/">Un titre b</a></li></ul>'
    assert [post.title for post in read(f"<section><h2>{heading}</h2>{links}</section>")[0]] == [
        "Un titre a",
        "Un titre b",
    ]
    assert read(f"<section><h2>Liens</h2>{links}</section>") == ([], [])


@pytest.mark.parametrize(
    "heading", ["Related Post", "À lire aussi", "Ähnliche Beiträge", "Artículos relacionados", "Most read"]
)
def test_related_and_popular_articles_are_not_recent_ones(heading: str) -> None:
    assert (
        read(f"<section><h2>{heading}</h2><div>{card('a', '2 juin 2024')}{card('b', '3 juin 2024')}</div></section>")[0]
        == []
    )


def test_comments_are_no_posts() -> None:
    comments = "".join(
        f'<li class="comment"><a href="{URL}#comment-{n}"><time datetime="2024-06-2{n}">2{n} juin 2024</time></a><p>Bravo.</p></li>'
        for n in (1, 2, 3)
    )
    assert read(f'<div id="comments"><h2>Commentaires récents</h2><ol>{comments}</ol></div>') == ([], [])


def test_the_page_itself_and_repetitions_are_left_out() -> None:
    own = f'<div><h3><a href="{URL}amp">Les ambitions contrariées</a></h3><span>28 juin 2024</span></div>'
    posts, _ = read(
        f"<div>{own}{card('a', '27 juin 2024')}{card('b', '26 juin 2024')}{card('a', '27 juin 2024')}</div>"
    )
    assert [post.title for post in posts] == ["Un titre a", "Un titre b"]


def test_another_sites_cards_are_not_this_sites() -> None:
    cards = "".join(
        f'<div><h3><a href="https://else.com/{n}">Un titre {n}</a></h3><span>2 juin 2024</span></div>' for n in "ab"
    )
    assert read(f"<div>{cards}</div>")[0] == []


def test_a_machines_date_is_finer_than_the_one_shown() -> None:
    cards = "".join(
        f'<li><a href="/{n}/">Un titre {n}</a> <time datetime="2024-06-28T0{n}:30:00+02:00">28 juin</time></li>'
        for n in (7, 8)
    )
    post = read(f"<ul>{cards}</ul>")[0][0]
    assert (post.raw, post.date, post.precision) == ("28 juin", "2024-06-28T07:30:00+02:00", "second")


@pytest.mark.parametrize("shown", ["{}", "<time><span>{}</span></time>"])
@pytest.mark.parametrize("age", ["une semaine ago", "il y a une semaine"])
def test_an_age_told_in_words_is_one(age: str, shown: str) -> None:
    posts, _ = read(f"<div>{card('a', shown.format('2 jours ago'))}{card('b', shown.format(age))}</div>")
    assert [(post.raw, post.date is not None) for post in posts] == [("2 jours ago", True), (age, True)]


def test_a_date_in_the_future_is_shown_and_not_believed() -> None:
    posts, _ = read(f"<div>{card('a', '28 juin 2034')}{card('b', '26 juin 2024')}</div>")
    assert [(post.raw, post.date) for post in posts] == [("28 juin 2034", None), ("26 juin 2024", "2024-06-26")]


def test_title_excerpt_and_category_are_told_apart() -> None:
    cards = "".join(
        f'<article><a href="/{n}/"><img src="/{n}.jpg"></a><a href="/category/cloud/" rel="category tag">Cloud</a>'
        f'<h2><a href="/{n}/">Un titre {n}</a></h2><p class="excerpt">Le début de ce que dit l’article {n}…</p>'
        f'<a href="/author/zoe/">Zoé Brûlé</a> <time>2{n} juin 2024</time></article>'
        for n in (5, 6)
    )
    posts, _ = read(f"<div>{cards}</div>")
    assert [(post.title, post.excerpt) for post in posts] == [
        ("Un titre 5", "Le début de ce que dit l’article 5…"),
        ("Un titre 6", "Le début de ce que dit l’article 6…"),
    ]
