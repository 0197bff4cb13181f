from __future__ import annotations

import pytest

from newsscraper.extraction import structured
from newsscraper.extraction.metadata import authors, title
from newsscraper.extraction.metadata.names import people

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
        ("文／山田太郎", ["山田太郎"]),
        ("文章关键词：大桥", []),
        ("Von Jana Dorn, ARD-Studio Porto", ["Jana Dorn"]),
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
        ('{"@type":"Person","name":["Zoé Brûlé","Max Frisch"]}', ["Zoé Brûlé", "Max Frisch"]),
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Written byZoe Archer", ["Zoe Archer"]),
        ("This post was written by Danielle Archer, Head of Marketing", ["Danielle Archer"]),
        ("Author(s): John A. Baker, David C. Frost", ["John A. Baker", "David C. Frost"]),
        ("Contributors: Ann Archer", ["Ann Archer"]),
        ("Interview: Max Frisch", ["Max Frisch"]),
        ("Редактор: Анна Иванова", ["Анна Иванова"]),
        ("Ann Archer on behalf of the Vision Team", ["Ann Archer"]),
        ("Ann Archer and Nicholas Frost, USA TODAY", ["Ann Archer", "Nicholas Frost"]),
        ("Welle am Morgen (www.journal.example)", ["Welle am Morgen"]),
        ("Sat, 20 Dec, 2025", []),
        ("The Author", []),
        ("Zuletzt geändert", []),
        ("publisher", []),
        ("Genre: Historical", []),
        ("Última Hora", ["Última Hora"]),
        ("Studio7", ["Studio7"]),
    ],
)
def test_bylines_in_other_words(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            '<p>By <a href="/author/ann">Ann Archer</a>. Reviewed by <a href="/author/bob">Bob Baker</a></p>',
            ["Ann Archer"],
        ),
        ('<div class="byline">Updated by <a href="/author/bob">Bob Baker</a></div>', []),
        ('<div class="byline"><a href="/tag/personal-finance">Personal Finance</a></div>', []),
        ('<div class="byline">Ann Archer in <a href="/category/money">Personal Finance</a></div>', ["Ann Archer"]),
        (
            '<p>Written by: <a href="/authors/ann">Ann Archer</a> <a href="/authors/bob">Bob Baker</a></p>',
            ["Ann Archer", "Bob Baker"],
        ),
        ('<p><a href="/blog/authors/ann">Ann Archer</a></p>', ["Ann Archer"]),
        ('<p><a href="/team/meet-us">Meet Us</a></p>', []),
        ('<p>Dec 26, 2025 • Ann Archer in <a href="/money">Personal Finance</a></p>', ["Ann Archer"]),
        ('<div class="publish-author-date">Dec. 19, 2025 · Ann Archer</div>', ["Ann Archer"]),
    ],
)  # fmt: skip
def test_names_in_markup_of_many_kinds(byline: str, names: list[str]) -> None:
    assert read("", byline) == names


def test_what_a_reader_may_do_is_no_author() -> None:
    line = "<span>July 21, 2024</span> · 3 min · {}<a href=https://code.example/x>Suggest Changes</a>"
    assert read("", f"<div class=post-meta>{line.format('Zoé Brûlé | ')}</div>") == ["Zoé Brûlé"]
    assert read("", f"<div class=post-meta>{line.format('')}</div>") == []


def test_an_authors_box_below_the_text_names_the_author() -> None:
    box = (
        '<div class="blog-author-box"><img src="/ann.jpg" alt=""><div>Ann Archer</div>'
        f"<p>{'She has written about the trade for twenty years. ' * 5}</p></div>"
    )
    assert read("", f"{PROSE * 40}{box}") == ["Ann Archer"]


def test_the_one_link_behind_a_by_far_below_names_the_author() -> None:
    filler = "<p><b>Some</b> <i>words</i> <b>more</b> <i>of</i> <b>the</b> <i>text</i> and so on.</p>" * 30
    one = '<p><span>by</span> <a href="/articles/authors/ann">Ann Archer</a></p>'
    assert read("", filler + one) == ["Ann Archer"]
    assert read("", filler + one + one.replace("Ann Archer", "Bob Baker")) == []


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ('"{ \\"@type\\": \\"Person\\", \\"name\\": \\"Ann Archer\\" }"', ["Ann Archer"]),
        ('{"@type":"Person","name":"Le Journal - Ann Archer"}', ["Ann Archer"]),
        ('{"@type":"Person","name":"Ann Archer, AFP"}', ["Ann Archer"]),
    ],
)
def test_authors_of_odd_json_ld(value: str, names: list[str]) -> None:
    head = '<meta property="og:site_name" content="Le Journal">'
    assert read(head + json_ld(f'{{"@type":"NewsArticle","author":{value}}}'), "") == names


def test_the_first_of_several_in_json_ld_is_not_the_only_one() -> None:
    head = json_ld('{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Archer"}}')
    head += '<meta name="author" content="Ann Archer, Bob Baker">'
    assert read(head, '<p class="byline">By Ann Archer and Bob Baker</p>') == ["Ann Archer", "Bob Baker"]


def test_a_name_in_capitals_is_written_as_it_is_elsewhere() -> None:
    head = json_ld('{"@type":"NewsArticle","author":{"@type":"Person","name":"ANN ARCHER"}}')
    assert read(head, '<p class="byline">By Ann Archer</p>') == ["Ann Archer"]


@pytest.mark.parametrize(
    ("byline", "names", "language"),
    [
        ('<div class="byline">By Ann Archer<br><time>Tue 3 Nov 2026 at 7pm</time></div>', ["Ann Archer"], "en"),
        ('<div class="byline">By Ann Archer 2 hours ago</div>', ["Ann Archer"], "en"),
        ('<p class="author">Von Max Frisch vor 3 Stunden</p>', ["Max Frisch"], "de"),
        ('<span class="author">Lucía Ibáñez hace 2 días</span>', ["Lucía Ibáñez"], "es"),
        ('<p class="byline">Par Zoé Brûlé<span> lundi</span></p>', ["Zoé Brûlé"], "fr"),
        ('<p class="byline">Ann Archer yesterday</p>', ["Ann Archer"], "en"),
        ('<p class="byline">Anna Kowalska, wczoraj o 12:30</p>', ["Anna Kowalska"], "pl"),
        ('<p class="byline">By Robinson Friday</p>', ["Robinson Friday"], "en"),
        ('<p class="byline">By Augusta May</p>', ["Augusta May"], "en"),
    ],
)
def test_a_date_behind_a_name_is_no_part_of_it(byline: str, names: list[str], language: str) -> None:
    doc = document(page("", f"<article><h1>The ambitions of a maker</h1>{byline}{PROSE}</article>", lang=language))
    found = structured.read(doc)
    assert authors.read(doc, found, title.read(doc, found)[1], (language,)) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<div class="byline"><b>Ann Archer</b><i>Chief Editor</i><time>3 Nov 2026</time></div>', ["Ann Archer"]),
        ('<div class="author"><span>By</span><span>Ann Archer</span><span>12 Nov 2026</span></div>', ["Ann Archer"]),
        ('<p class="byline"><span>Ann Archer</span><span>Science</span><span>5 min read</span></p>', ["Ann Archer"]),
        ('<p class="byline">By <b>A</b>nn Archer</p>', ["Ann Archer"]),
        ('<p class="byline">By Ann Archer<sup>1</sup> and Bob Baker<sup>2</sup></p>', ["Ann Archer", "Bob Baker"]),
    ],
)
def test_words_of_neighbouring_elements_are_not_glued(byline: str, names: list[str]) -> None:
    assert read("", byline) == names


@pytest.mark.parametrize(
    "byline",
    [
        "<div><em>by Ann Archer</em><div>3 November 2026</div></div>",
        "<ul><li>Written by Ann Archer</li><li>3 November 2026</li></ul>",
        '<div><span>Von <a href="/autoren/archer/">Ann Archer</a></span></div>',
    ],
)
@pytest.mark.parametrize("house", ['{"@type":"Organization","name":"Channel North"}', '{"name":"The Journal"}'])
def test_a_person_whom_readers_see_is_not_hidden_by_the_house(byline: str, house: str) -> None:
    head = '<meta property="og:site_name" content="The Journal">'
    head += json_ld(f'{{"@type":"NewsArticle","headline":"The ambitions of a maker","author":{house}}}')
    assert read(head, byline) == ["Ann Archer"]


def test_a_section_beside_a_date_does_not_replace_the_house() -> None:
    head = json_ld('{"@type":"NewsArticle","author":{"@type":"Organization","name":"Channel North"}}')
    assert read(head, "<div><span>Personal Finance</span> <span>3 November 2026</span></div>") == ["Channel North"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Archer (aar)", ["Ann Archer"]),
        ("Von Max Frisch (dpa)", ["Max Frisch"]),
        ("Ann Archer in New Aldermere", ["Ann Archer"]),
        ("By Ann Archer and Bob Baker of the Aldermere Gazette", ["Ann Archer", "Bob Baker"]),
        ("Von Max Frisch und Ada Neri für die Rundschau", ["Max Frisch", "Ada Neri"]),
        ("By Ann Archer, Carl Carter and Bob Baker, from The Herald", ["Ann Archer", "Carl Carter", "Bob Baker"]),
        ("This story was written by Ann Archer", ["Ann Archer"]),
        ("The article was contributed by Ann Archer", ["Ann Archer"]),
        ("Contributed by Ann Archer", ["Ann Archer"]),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(text: str, names: list[str]) -> None:
    assert people(text) == names


def test_a_house_behind_a_bar_is_no_part_of_one_persons_name() -> None:
    assert people("Ann Archer | Channel North", one=True) == ["Ann Archer"]


@pytest.mark.parametrize(
    "line",
    [
        "<div>Zoé Brûlé · 2 days ago</div>",
        "<p>Zoé Brûlé | 24 November 2026</p>",
        "<div>24/11/2026 – Zoé Brûlé – 4 min read</div>",
        "<div>Politics · Zoé Brûlé · <time>Nov 24, 2026</time></div>",
        "<span>2026年11月24日</span><span>Zoé Brûlé / 24 Nov 2026</span>",
    ],
)
def test_a_name_on_one_line_with_a_date_is_the_author(line: str) -> None:
    assert read("", line) == ["Zoé Brûlé"]


@pytest.mark.parametrize(
    ("line", "menu"),
    [
        ("<div>New York, 24 November 2026</div>", ""),
        (
            "<div>Climate Change · 24 November 2026</div>",
            "<nav><a href=/a>World</a><a href=/b>Climate Change</a></nav>",
        ),
        ("<div>World News Desk Live Blog · 2 days ago</div>", ""),
        ("<div>Zoé Brûlé · Max Frisch · 24 November 2026</div>", ""),
    ],
)
def test_a_place_or_a_section_on_one_line_with_a_date_is_no_author(line: str, menu: str) -> None:
    doc = document(page("", f"{menu}<article><h1>The ambitions of a maker</h1>{line}{PROSE}</article>", lang="en"))
    found = structured.read(doc)
    assert authors.read(doc, found, title.read(doc, found)[1]) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<div>来源：港口日报 作者：王小明 2026-11-24 10:15</div>", "王小明"),
        ("<div>港口日报记者 王小明 2026年11月24日10:15</div>", "王小明"),
        ("<div>2026年11月24日 10:15 山田太郎記者</div>", "山田太郎"),
        ("<div>김민수 기자 입력 2026.11.24 10:15</div>", "김민수"),
    ],
)
def test_a_reporter_within_a_line_is_the_author(line: str, name: str) -> None:
    assert read("", line) == [name]
