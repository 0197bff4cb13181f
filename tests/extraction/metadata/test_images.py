# ruff: noqa: E501
from __future__ import annotations

import pytest

from newsscraper.article import Image
from newsscraper.extraction import structured
from newsscraper.extraction.metadata import images, title
from newsscraper.extraction.metadata.credits import credit_of, paragraph_credit, split_credit

from .builders import document, json_ld, page

BASE = "https://www.journal.example"
PROSE = "<p>Une phrase assez longue pour être du texte, et une autre pour faire bonne mesure ici.</p>" * 3


def read(body: str, head: str = "") -> tuple[list[Image], list[str]]:
    doc = document(page(head, f"<main><article><h1>Les ambitions contrariées</h1>{body}{PROSE}</article></main>"))
    found = structured.read(doc)
    pictures, words = images.read(doc, found, title.read(doc, found)[1])
    return pictures, [doc.text_of(element) for element in words]


@pytest.mark.parametrize(
    ("text", "rest", "credit"),
    [
        ("(Crédit photo : Huawei)", "", "Huawei"),
        ("Crédit photo : © Agence Lumière", "", "© Agence Lumière"),
        ("Le siège du groupe (Photo : AFP)", "Le siège du groupe", "AFP"),
        ("Le siège du groupe. © Getty Images", "Le siège du groupe.", "Getty Images"),
        ("The mayor speaks (Photo by Ann Archer/Getty Images)", "The mayor speaks", "Ann Archer/Getty Images"),
        ("Une salle du quai Lamennais © Zoé Brûlé", "Une salle du quai Lamennais", "Zoé Brûlé"),
        ("Der Hirschkäfer Foto © Jörg Meyer", "Der Hirschkäfer", "Jörg Meyer"),
        ("Fotos © Jörg Meyer", "", "Jörg Meyer"),
        ("Nhịp chính của cầu. Ảnh: An Bình", "Nhịp chính của cầu.", "An Bình"),
        ("He left | Credit: Ann Archer", "He left", "Ann Archer"),
        ("Der Minister. Foto: dpa", "Der Minister.", "dpa"),
        ("Das Foto zeigt den Minister.", "Das Foto zeigt den Minister.", None),
        ("Photo de famille au sommet de Lyon", "Photo de famille au sommet de Lyon", None),
        ("Vue : antenne 5g", "Vue : antenne 5g", None),
    ],
)
def test_credits_in_captions(text: str, rest: str, credit: str | None) -> None:
    assert split_credit(text) == (rest, credit)


def test_an_articles_own_sources_are_no_credits() -> None:
    assert paragraph_credit("Source : Insee") == ("Source : Insee", None)
    assert (
        paragraph_credit("Image : un pays qui doute de lui-même et qui ne le cache plus à personne, dit-il.")[1] is None
    )
    assert credit_of("Photo : le ministre quitte la salle. Il était en retard ce jour.") is None


def test_caption_and_credit_of_a_figure() -> None:
    pictures, words = read(
        '<figure class="wp-caption"><img src="/i/a.jpg" width="900" height="600"><figcaption class="wp-caption-text">Le siège '
        "du groupe (Crédit photo : Huawei)</figcaption></figure>"
    )
    assert pictures == [Image(BASE + "/i/a.jpg", caption="Le siège du groupe", credit="Huawei")]
    assert words == ["Le siège du groupe (Crédit photo : Huawei)"]


def test_credit_in_an_element_of_its_own() -> None:
    pictures, _ = read(
        '<figure><img src="/i/a.jpg"><figcaption><span class="caption">Le siège</span> <span class="credit">Zoé Brûlé / AFP</span>'
        "</figcaption></figure>"
    )
    assert pictures == [Image(BASE + "/i/a.jpg", caption="Le siège", credit="Zoé Brûlé / AFP")]


def test_a_credit_in_the_text_is_the_first_pictures() -> None:
    figure = '<figure><img src="/i/a.jpg"><figcaption>Le siège</figcaption></figure>'
    alone, words = read(figure + "<p>(Crédit photo : Huawei)</p>")
    assert alone[0].credit == "Huawei"
    assert words == ["Le siège", "(Crédit photo : Huawei)"]
    ending, words = read(figure + "<p>Le contrat est signé pour trois ans. <em>(Crédit photo : Huawei)</em></p>")
    assert ending[0].credit == "Huawei"
    assert words == ["Le siège"]


def test_one_picture_in_many_sizes_is_one() -> None:
    told = json_ld(
        '{"@type":"NewsArticle","headline":"x","image":{"url":"https://www.journal.example/i/a-1280x720.jpg"}}'
    )
    pictures, _ = read(
        '<img src="/i/a-300x200.jpg" srcset="/i/a-300x200.jpg 300w, /i/a.jpg 1600w"><img src="/i/a-768x512.jpg">', told
    )
    assert [picture.url for picture in pictures] == [BASE + "/i/a.jpg"]


def test_a_picture_told_but_not_shown_comes_first() -> None:
    pictures, _ = read('<img src="/i/b.jpg">', f'<meta property="og:image" content="{BASE}/i/a.jpg">')
    assert [picture.url for picture in pictures] == [BASE + "/i/a.jpg", BASE + "/i/b.jpg"]


def test_what_is_no_picture_of_the_article() -> None:
    pictures, _ = read(
        '<a href="/another/article/"><img src="/i/card.jpg"></a><img class="avatar" src="/i/zoe.jpg"><img src="/i/logo.svg">'
        '<img src="/i/pixel.jpg" width="1" height="1"><div class="related"><img src="/i/other.jpg"></div>'
        '<a href="/i/a-full.jpg"><img src="/i/a.jpg"></a><img src="data:image/gif;base64,R0lGOD" data-src="/i/lazy.jpg">'
        '<amp-img src="/i/amp.jpg"><amp-img fallback src="/i/SD.jpg"></amp-img></amp-img>'
    )
    assert [picture.url for picture in pictures] == [BASE + "/i/a.jpg", BASE + "/i/lazy.jpg", BASE + "/i/amp.jpg"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-box"><div class="wrap"><img src="/i/ada-bell-face.jpg"></div><p>Ada Bell writes on cities.</p></div>',
        '<section class="post__author"><figure><img src="/i/ada-bell-face.jpg"></figure></section>',
        '<div itemprop="author" itemscope itemtype="https://schema.org/Person"><img src="/i/ada-bell-face.jpg"></div>',
        '<a rel="author" href="https://other.example/ada"><img src="/i/ada-bell-face.jpg"></a>',
        '<div class="block-7"><img src="/i/ada-bell-face.jpg" alt="Ada Bell"><p>Ada Bell writes on cities.</p></div>',
        '<div class="c-bio"><picture><img src="/i/ada-bell-face.jpg"></picture></div>',
    ],
)
def test_the_portrait_of_who_wrote_it_is_no_picture_of_the_article(box: str) -> None:
    head = json_ld(
        '{"@type": "NewsArticle", "headline": "Les ambitions", "author": {"@type": "Person", "name": "Ada Bell"}}'
    )
    picture = '<figure><img src="/i/a.jpg"></figure>'
    assert [image.url for image in read(picture + box, head)[0]] == [BASE + "/i/a.jpg"]


def test_a_picture_in_a_body_that_is_named_after_its_author_is_one() -> None:
    pictures, _ = read(f'<div class="author-page">{PROSE * 4}<p><img src="/i/a.jpg"></p></div>')
    assert [image.url for image in pictures] == [BASE + "/i/a.jpg"]


@pytest.mark.parametrize(
    "block",
    [
        '<p><img src="/i/a.jpg"></p><p class="wp-caption-text">Le siège du groupe (Photo : AFP)</p>',
        '<div class="lead"><img src="/i/a.jpg"></div><div class="legende">Le siège du groupe (Photo : AFP)</div>',
        '<div><a href="/i/a-large.jpg"><img src="/i/a.jpg"></a></div><figcaption>Le siège du groupe (Photo : AFP)</figcaption>',
        '<p class="photo-caption">Le siège du groupe (Photo : AFP)</p><p><img src="/i/a.jpg"></p>',
    ],
)
def test_a_caption_that_no_box_holds_with_a_picture_is_the_nearest_ones(block: str) -> None:
    (picture,), words = read(PROSE + block)
    assert picture == Image(BASE + "/i/a.jpg", caption="Le siège du groupe", credit="AFP")
    assert words == ["Le siège du groupe (Photo : AFP)"]


def test_each_loose_caption_is_its_own_pictures() -> None:
    one, two = (f'<p><img src="/i/{n}.jpg"></p><p class="caption">Vue {n}</p>' for n in ("nord", "sud"))
    pictures, _ = read(one + PROSE + two)
    assert [(image.url, image.caption) for image in pictures] == [
        (BASE + "/i/nord.jpg", "Vue nord"),
        (BASE + "/i/sud.jpg", "Vue sud"),
    ]
