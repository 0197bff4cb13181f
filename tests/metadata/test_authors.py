from __future__ import annotations

import pytest

from newsscraper.extraction import authors, structured, title
from newsscraper.extraction.names import people

from .builders import document, json_ld, page

PROSE = "<p>A sentence that is long enough to be text, and another one to fill the paragraph up.</p>" * 3


def read(head: str, body: str) -> list[str]:
    doc = document(page(head, f"<article><h1>The ambitions of a maker</h1>{body}{PROSE}</article>", lang="en"))
    found = structured.read(doc)
    return authors.read(doc, found, title.read(doc, found)[1])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Zoé Brûlé", ["Zoé Brûlé"]),
        ("By: Zoé Brûlé and Max Frisch", ["Zoé Brûlé", "Max Frisch"]),
        ("Par Zoé Brûlé, François Grégoire et Max Frisch", ["Zoé Brûlé", "François Grégoire", "Max Frisch"]),
        ("Publié par Zoé Brûlé", ["Zoé Brûlé"]),
        ("Von Max Frisch, Berlin", ["Max Frisch"]),
        ("Ein Beitrag von Max Frisch und Ada Neri", ["Max Frisch", "Ada Neri"]),
        ("Por Lucía Ibáñez y Ana de la Cruz", ["Lucía Ibáñez", "Ana de la Cruz"]),
        ("di Ada Neri e Marco Polo", ["Ada Neri", "Marco Polo"]),
        ("Door Jan de Vries", ["Jan de Vries"]),
        ("Автор: Анна Иванова", ["Анна Иванова"]),
        ("記者：山田太郎", ["山田太郎"]),
        ("홍길동 기자", ["홍길동"]),
        ("Zoé Brûlé, senior technology reporter", ["Zoé Brûlé"]),
        ("Zoé Brûlé (zoe@journal.example)", ["Zoé Brûlé"]),
        ("Zoé Brûlé @zoebrule", ["Zoé Brûlé"]),
        ("Rebecca Lake, CEPF®", ["Rebecca Lake, CEPF®"]),
        ("Vanessa Mendez, MD, and Jillian Kubala, MS, RD", ["Vanessa Mendez, MD", "Jillian Kubala, MS, RD"]),
        ("Byron Katie", ["Byron Katie"]),
        ("Written by Ann Archer | Edited by Bob Baker", ["Ann Archer"]),
        ("Reuters", ["Reuters"]),
        ("admin", []),
        ("12 January 2024", []),
        ("Written by", []),
        ("https://www.facebook.com/journal", []),
    ],
)
def test_bylines_in_words(text: str, names: list[str]) -> None:
    assert people(text) == names


def test_one_persons_name_is_not_split() -> None:
    assert people("Maria & Katerina", one=True) == ["Maria & Katerina"]
    assert people("Zoé Brûlé, Max Frisch", one=True) == ["Zoé Brûlé", "Max Frisch"]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ('"Zoé Brûlé"', ["Zoé Brûlé"]),
        ('{"@type":"Person","name":"Zo&eacute; Br&ucirc;l&eacute;"}', ["Zoé Brûlé"]),
        (
            '[{"@type":"Person","name":"Zoé Brûlé"},{"name":"Max Frisch"},{"name":"Zoé Brûlé"}]',
            ["Zoé Brûlé", "Max Frisch"],
        ),
        ('[{"@type":"Organization","name":"AFP"},{"@type":"Person","name":"Zoé Brûlé"}]', ["Zoé Brûlé"]),
        ('{"@type":"Organization","name":"The Paper"}', ["The Paper"]),
        ('{"@type":"Person","name":["Zoé Brûlé","Max Frisch"]}', ["Zoé Brûlé"]),
        ('[null, 5, {"name": null}, {"name": "null"}]', []),
    ],
)
def test_authors_of_json_ld(value: str, names: list[str]) -> None:
    assert (
        read(json_ld(f'{{"@type":"NewsArticle","headline":"The ambitions of a maker","author":{value}}}'), "") == names
    )


def test_a_person_in_the_byline_before_the_house_in_json_ld() -> None:
    told = json_ld('{"@type":"NewsArticle","headline":"x","author":{"@type":"Organization","name":"The Paper"}}')
    assert read(told, '<p class="byline">By <a href="/author/ann">Ann Archer</a></p>') == ["Ann Archer"]


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="byline">By Ann Archer</div>',
        '<div class="byline">By <a href="/people/ann">Ann Archer</a> | June 28, 2024</div>',
        '<span class="author vcard"><a class="url fn n" href="/author/ann">Ann Archer</a></span>',
        '<a rel="author" href="/x">Ann Archer</a>',
        '<div><span>June 28, 2024</span> by Ann Archer</div>',
        '<p>By Ann Archer</p>',
        '<div class="article__author-name">Ann Archer</div><div class="article__author-title">Senior Reporter</div>',
        '<div class="author">Ann Archer</div><div class="author">Reviewed by Bob Baker</div>',
        '<div class="post-meta"><span>Ann Archer</span> <span>June 28, 2024</span></div>',
    ],
)  # fmt: skip
def test_bylines_in_markup(byline: str) -> None:
    assert read("", byline) == ["Ann Archer"]


def test_the_author_of_another_card_is_not_this_ones() -> None:
    cards = '<div class="related"><div class="card"><h3>Other</h3><span class="author">Bob Baker</span></div></div>'
    comments = '<div id="comments"><div class="comment"><span class="comment-author">Carl Carter</span></div></div>'
    assert read("", cards + comments) == []


def test_a_link_to_a_network_is_no_name() -> None:
    assert read('<meta property="article:author" content="https://www.facebook.com/paper">', "") == []
    assert read(
        '<meta name="author" content="Ann Archer"><meta property="article:author" content="https://f.b/x">', ""
    ) == ["Ann Archer"]
