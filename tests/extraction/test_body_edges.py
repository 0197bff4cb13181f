"""Lines that sites add by template around a text, and what ``articleBody`` bears witness of."""

from __future__ import annotations

import json

import pytest

from newsscraper.extraction import Page, read_page

SENTENCES = [
    f"On day {number} of the storm the harbour master of Brest counted {number + 3} boats that had come loose at night."
    for number in range(2, 14)
]
TEXT = "\n\n".join(SENTENCES)
STORY = [f"<p>{sentence}</p>" for sentence in SENTENCES]
HEADLINE = "Storm over Brest, again: boats adrift"
URL = "https://www.example.com/storm-over-brest-again"


def read(inside: str, *, author: str | None = None, article_body: str | None = None) -> tuple[str, set[str]]:
    stated = {"@type": "NewsArticle", "headline": HEADLINE}
    if author:
        stated["author"] = author
    if article_body:
        stated["articleBody"] = article_body
    html = (
        f"<html lang=en><head><title>{HEADLINE}</title><script type=application/ld+json>{json.dumps(stated)}</script>"
        f"</head><body><main><h1>{HEADLINE}</h1><div>{inside}</div></main></body></html>"
    )
    reading = read_page(Page(html, url=URL), explain=True)
    assert reading.article is not None
    rules = {step.rule for step in reading.steps if step.part == "block" and step.verdict == "cut"}
    return reading.article.text or "", rules


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("The post Storm over Brest appeared first on The Example.", "first-appeared"),
        ("Der Beitrag Sturm über Brest erschien zuerst auf Das Beispiel.", "first-appeared"),
        ("La entrada Tormenta en Brest se publicó primero en El Ejemplo.", "first-appeared"),
        ("This entry was posted on Monday and filed under Weather.", "byline"),
        ("Dieser Beitrag wurde am Montag unter Wetter veröffentlicht.", "byline"),
        ("05/10/2026 - Publicado por: Ana Souza - Categoria: Tempo", "byline"),
        ("(Visited 1,902 times, 364 visits today)", "interface"),
        ("Read our comment policy before posting.", "comments"),
        ("ATENÇÃO: comentários ofensivos não serão aprovados.", "comments"),
        ("If you are already a subscriber, you can log in here.", "paywall"),
        ("Déjà abonné ? Connectez-vous pour lire la suite", "paywall"),
        ("Exclusivo para assinantes do jornal", "paywall"),
        (
            "Some of what we tell of here is tied to an affiliate disclosure, as the law of the land asks, and so it "
            "is said here, too.",
            "disclosure",
        ),
        ("Weitere Themen:", "heading-without-text"),
        ("Getty Images / Zoé Brûlé", "photo-credit"),
        ("Ann Morel, Brest", "author-biography"),
        ("Ann is a reporter who covers the coast.", "author-biography"),
    ],
)
def test_a_line_after_the_text_is_cut_by_a_named_rule(line: str, rule: str) -> None:
    text, rules = read("".join(STORY) + f"<p>{line}</p>", author="Ann Morel")
    assert text == TEXT
    assert rule in rules


@pytest.mark.parametrize(
    "line",
    [
        "An dieser Stelle finden Sie einen externen Inhalt. Ich bin einverstanden, dass mir Inhalte angezeigt werden.",
        "Ce contenu est bloqué car vous n'avez pas accepté les cookies.",
        "To view this content, please accept cookies in the settings.",
        "Om deze inhoud te tonen, moet u cookies accepteren.",
        "Este contenido está bloqueado hasta que acepte las cookies.",
        "Aby zobaczyć treści zewnętrzne, wyraź zgodę na pliki cookies.",
    ],
)
def test_what_asks_for_consent_to_a_post_is_no_text(line: str) -> None:
    text, rules = read("".join(STORY[:5]) + f"<div><p>{line}</p></div>" + "".join(STORY[5:]))
    assert text == TEXT
    assert "embed" in rules


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayors who accept cookies from voters are no longer a thing, he said, with some regret in his voice.",
        "He was already a member of the rowing club when the first storm came.",
        "The link to the Ligue 1 affiliate was cut years ago.",
    ],
)
def test_a_paragraph_in_the_middle_that_uses_such_words_is_text(sentence: str) -> None:
    text, _ = read("".join(STORY[:3]) + f"<p>{sentence}</p>" + "".join(STORY[3:]))
    assert sentence in text


def test_a_label_and_a_linked_headline_lead_elsewhere_in_any_language() -> None:
    link = "<a href=/old>Njia mpya ya reli itafunguliwa mwaka ujao, asema waziri</a>"
    text, rules = read("".join(STORY[:3]) + f"<p>TAZAMA: {link}</p>" + "".join(STORY[3:]))
    assert text == TEXT
    assert "see-also" in rules


def test_a_link_under_every_section_is_a_button() -> None:
    inside = "".join(
        f"<h2>Night {n}</h2>{STORY[n]}<p><a href=https://shop.example/{n}>Book now</a></p>" for n in range(5)
    )
    text, rules = read(inside)
    assert "Book now" not in text
    assert "interface" in rules


@pytest.mark.parametrize("tag", ["p", "h6"])
@pytest.mark.parametrize(
    "line",
    [
        "The Coast Team | 5 min read",
        "Le service Mer · 12 minutes de lecture",
        "Redaktion Küste – 3 Min. Lesezeit",
        "Redakcja | 4 min czytania",
        "Наш отдел | 7 мин. на чтение",
    ],
)
def test_how_long_the_text_takes_to_read_is_none_of_it(line: str, tag: str) -> None:
    text, rules = read(f"<{tag}>{line}</{tag}>{''.join(STORY)}")
    assert text == TEXT
    assert "byline" in rules


def test_the_title_with_its_section_is_the_title() -> None:
    text, rules = read(f"<h2>Weather {HEADLINE}</h2>" + "".join(STORY))
    assert text == TEXT
    assert "title" in rules


def test_the_witness_takes_back_what_stands_apart_and_ends_the_text() -> None:
    aside = "The crane that fell into the dock will be lifted next week, if the wind allows it and the insurers agree."
    told = " ".join([*SENTENCES, aside])
    page = "".join(STORY)
    ring = "<p>Ring the newsroom, any time, with what you have seen.</p>"
    html = f"{page}</div><section><div><p>{aside}</p></div>{ring}</section><div>"
    text, rules = read(html, article_body=told)
    assert text == f"{TEXT}\n\n{aside}"
    late, rules = read(page + "<p>Ring the newsroom, any time, with what you have seen of it.</p>", article_body=TEXT)
    assert late == TEXT
    assert "after-article-body" in rules


def test_the_witness_is_not_heard_where_it_is_a_teaser() -> None:
    text, rules = read("".join(STORY), article_body=" ".join(SENTENCES[:6]))
    assert text == TEXT
    assert "after-article-body" not in rules


def test_a_page_that_shows_no_text_gives_that_of_its_data() -> None:
    text, _ = read("<p>One moment, please.</p>", article_body="\n\n".join(SENTENCES))
    assert text == TEXT


def test_a_part_of_a_split_article_keeps_to_itself() -> None:
    numbers = "".join(f' <a href="{URL}/{number}/">{number}</a>' for number in (2, 3, 4, 5))
    pages = f'<div class="page-links">Pages: <span>1</span>{numbers}</div>'
    text, _ = read(STORY[0] + STORY[1] + pages, article_body="\n\n".join(SENTENCES))
    assert text == "\n\n".join(SENTENCES[:2])


def test_a_piece_of_the_title_above_the_text_is_the_title() -> None:
    above = "<section><h2>Storm over Brest</h2></section>"
    html = f"<html lang=en><body><main><h1>Boats: Storm over Brest</h1>{above}{''.join(STORY)}</main></body></html>"
    article = read_page(Page(html, url=URL)).article
    assert (article.title, article.text) == ("Boats: Storm over Brest", TEXT)


def test_a_long_box_above_the_headline_is_none_of_the_text() -> None:
    box = "".join(
        f"<p>The port was built in {1800 + number} and has {number} docks for ships.</p>" for number in range(6)
    )
    html = f"<html lang=en><body><main><div>{box}<h1>{HEADLINE}</h1>{''.join(STORY)}</div></main></body></html>"
    article = read_page(Page(html, url=URL)).article
    assert article.text == TEXT


def test_an_update_at_the_end_is_text() -> None:
    update = "Mise à jour : le calendrier prévoit une première phase à Brest jusqu’au 7 février 2027, puis une seconde."
    text, _ = read("".join(STORY) + f"<p>{update}</p>")
    assert text == f"{TEXT}\n\n{update}"
    text, rules = read("".join(STORY) + "<p>Mis à jour le 7 février 2027 à 10:30</p>")
    assert text == TEXT
    assert "byline" in rules


@pytest.mark.parametrize(
    "heading",
    ["Empfohlene Beiträge", "Articles récents", "Notas relacionadas", "Może cię zainteresować", "Benzer haberler",
     "Похожие статьи", "مقالات ذات صلة", "相关文章", "次の記事", "Có thể bạn quan tâm", "संबंधित खबरें"],
)  # fmt: skip
def test_a_heading_that_opens_other_stories_ends_the_text(heading: str) -> None:
    teasers = "".join(f"<h4><a href=/{n}>Story number {n} of the week</a></h4><p>In short, {n}.</p>" for n in range(3))
    text, _ = read("".join(STORY) + f"<h3>{heading}</h3>{teasers}")
    assert text == TEXT


@pytest.mark.parametrize(
    "line",
    ["Schreibe einen Kommentar", "Deja tu comentario", "Lascia una risposta", "Zostaw komentarz",
     "Legg igjen en kommentar", "Добавить комментарий", "اترك تعليقا",
     "コメントを残す", "댓글 남기기", "发表评论", "Để lại bình luận"],
)  # fmt: skip
def test_a_line_that_opens_the_comments_ends_the_text(line: str) -> None:
    text, rules = read("".join(STORY) + f"<p>{line}</p><p>Nobody here, yet.</p>")
    assert text == TEXT
    assert "after-end" in rules


def test_a_sign_that_leads_within_the_page_is_no_text() -> None:
    heading = "<h2>The pumps<a class=anchor aria-hidden=true href=#pumps>#</a></h2>"
    note = "<ol><li id=fn1>As of Monday, by the harbour's own count of the boats. <a href=#ref1>↩︎</a></li></ol>"
    text, _ = read(STORY[0] + heading + "".join(STORY[1:]) + note)
    assert "The pumps\n" in (text or "")
    assert (text or "").endswith("count of the boats.")


def test_the_authors_name_alone_above_the_text_is_no_text() -> None:
    byline = "<div><a href=/@ann>Ann Morel</a><button>Follow</button><span>5 min read</span></div>"
    text, rules = read(byline + "".join(STORY), author="Ann Morel")
    assert text == TEXT
    assert "byline" in rules


@pytest.mark.parametrize(
    "line",
    ["Le 17/11/2026 à 06:30 | Mis à jour le 18/11/2026 à 14:15 | Temps de lecture : 3 min | 4 commentaires",
     "17.11.2026, 06:30 Uhr • Lesezeit: 3 Min. • Aktualisiert: 18.11.2026, 14:15 Uhr"],
)  # fmt: skip
def test_a_line_of_dates_above_the_text_is_no_text(line: str) -> None:
    text, rules = read(f"<div>{line}</div>" + "".join(STORY))
    assert text == TEXT
    assert "byline" in rules
