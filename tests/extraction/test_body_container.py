"""Which part of a page holds the article's text: split bodies, leads, other stories beside it."""

from __future__ import annotations

import pytest

import newsscraper

SENTENCES = [
    f"On day {number} of the storm the harbour master of Brest counted {number + 3} boats that had come loose at night."
    for number in range(2, 14)
]
TEXT = "\n\n".join(SENTENCES)
STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
HEADLINE = "Storm over Brest, again"


def text_of(body: str, language: str = "en") -> str:
    html = f"<html lang={language}><head><title>{HEADLINE}</title></head><body>{body}</body></html>"
    return newsscraper.extract(html, url="https://www.example.com/storm-over-brest-again").text or ""


LEAD = (
    "Neun Tage Regen in Folge haben den Hafen von Brest lahmgelegt. Die Fischer warten im Café am Kai, und der "
    "Bürgermeister verspricht trockene Straßen bis Mittag."
)


def test_a_lead_that_stands_with_the_headline_begins_the_text() -> None:
    told = [
        f"In der {n}. Nacht des Sturms zählte der Hafenmeister {n + 3} Boote, die sich losgerissen hatten."
        for n in range(9)
    ]
    story = "".join(f"<p>{sentence}</p>" for sentence in told)
    page = (
        f"<article><header><h1>{HEADLINE}</h1><p class=lead>{LEAD}</p></header><div class=body>{story}</div></article>"
    )
    assert text_of(page, "de") == "\n\n".join([LEAD, *told])


def test_a_line_under_an_english_headline_is_a_part_of_it() -> None:
    page = (
        f"<article><header><h1>{HEADLINE}</h1><p>The mayor promises dry streets by noon, and nobody on the quay "
        f"believes a word of it.</p></header><div class=body>{STORY}</div></article>"
    )
    assert text_of(page) == TEXT


def test_a_body_in_two_parts_of_one_class_is_one_text() -> None:
    parts = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:2])
    rest = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[2:])
    page = (
        f"<main><h1>{HEADLINE}</h1><div class=wrap><div class='rich-text x'>{parts}</div>"
        f"<div class=box><p>Buy our map</p></div><div class='rich-text x'>{rest}</div></div></main>"
    )
    assert text_of(page) == TEXT


def test_a_long_list_is_not_all_of_a_text() -> None:
    items = "".join(f"<li>{sentence}</li>" for sentence in SENTENCES)
    before, after = "The boats, night by night, as they were counted.", "All of them were found by the end of the week."
    page = f"<main><h1>{HEADLINE}</h1><div><p>{before}</p><ul>{items}</ul><p>{after}</p></div></main>"
    assert text_of(page) == f"{before}\n\n{TEXT}\n\n{after}"


def test_what_is_named_as_the_body_wins_over_a_longer_list_of_stories() -> None:
    cards = "".join(
        f"<div class=card><h3>Story {number}</h3><p>A summary of another story, number {number}, that is long enough "
        f"to look like a paragraph of this one, were it not in a card of its own.</p></div>"
        for number in range(12)
    )
    page = (
        f"<div id=content><h1>{HEADLINE}</h1><div class=wrapper><div class=article-body>{STORY}</div></div>"
        f"<div class=river>{cards}</div></div>"
    )
    assert text_of(page) == TEXT


def test_a_sidebar_with_more_prose_than_the_article_is_none() -> None:
    short = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:2])
    about = "".join(f"<p>We have reported on the coast since {year}, from the ports.</p>" for year in range(1950, 1975))
    article = f"<article><h1>{HEADLINE}</h1><div class=entry-content>{short}</div></article>"
    page = f"<main>{article}</main><aside>{about}</aside>"
    assert text_of(page) == "\n\n".join(SENTENCES[:2])


def test_of_several_posts_on_a_page_the_first_with_its_headline_is_read() -> None:
    others = "".join(
        f"<article class=post id=post-{n}><h2>Calm of week {n}</h2><p>In week {n} nothing was to be told of the sea"
        f", which lay as flat as a plate for {n} days and then for {n} more of them.</p></article>"
        for n in range(3, 30)
    )
    page = f"<div class=feed><article class=post><h1>{HEADLINE}</h1>{STORY}</article>{others}</div>"
    assert text_of(page) == TEXT


def test_a_part_that_is_shown_twice_is_read_once() -> None:
    part = f"<h2>The first night</h2><ul><li>Pumps</li><li>Sandbags</li></ul>{STORY}"
    page = f"<main><h1>{HEADLINE}</h1><div>{part}<div class=small-screens>{part}</div></div></main>"
    assert text_of(page) == f"The first night\n\nPumps\n\nSandbags\n\n{TEXT}"


def test_coloured_words_of_code_are_code() -> None:
    code = "<pre><code><span class=hljs-comment># pump</span>\n<span class=hidden>run</span>()</code></pre>"
    assert "# pump\nrun()" in text_of(f"<main><h1>{HEADLINE}</h1><div>{STORY}{code}</div></main>")


def test_an_accordion_is_text_though_its_class_hides_it() -> None:
    answer = "The harbour will open again when the crane has been lifted out of the water."
    page = f"<h2>When?</h2><div class='accordion-panel accordion-panel-hidden'><p>{answer}</p></div>"
    assert answer in text_of(f"<main><h1>{HEADLINE}</h1><div>{STORY}{page}</div></main>")


def test_the_last_paragraph_with_an_end_mark_is_text() -> None:
    last = "The storm is over, says the harbour master, and he has said so before."
    page = f"<main><h1>{HEADLINE}</h1><div>{STORY}<p class=endmark>{last}</p></div></main>"
    assert text_of(page).endswith(last)


def test_a_lead_set_as_a_heading_begins_the_text() -> None:
    told = [f"En la noche {n} de la tormenta el capitán del puerto contó {n + 3} barcos a la deriva." for n in range(9)]
    story = "".join(f"<p>{sentence}</p>" for sentence in told)
    lead = "La lluvia no cesa en el puerto desde hace nueve días y los pescadores esperan en el café del muelle"
    page = f"<article><h1>{HEADLINE}</h1><h2 class=deck>{lead}</h2><div class=body>{story}</div></article>"
    assert text_of(page, "es") == "\n\n".join([lead, *told])


def test_paragraphs_that_are_wrapped_one_by_one_are_one_text() -> None:
    long, *rest = [" ".join(SENTENCES[:9]), *SENTENCES[9:]]
    wrapped = "".join(f"<div class=p><div class='field item'><p>{text}</p></div></div>" for text in [long, *rest])
    page = f"<main><h1>{HEADLINE}</h1><div class=x>{wrapped}</div></main>"
    assert text_of(page) == "\n\n".join([long, *rest])


def test_a_question_on_a_button_that_opens_its_answer_is_text() -> None:
    question, answer = "When will the harbour open again?", "When the crane has been lifted out of the water, they say."
    folded = f"<div><button aria-expanded=false>{question}</button><div><p>{answer}</p></div></div>"
    text = text_of(f"<main><h1>{HEADLINE}</h1><div>{STORY}{folded}<button>Show more</button></div></main>")
    assert text == f"{TEXT}\n\n{question}\n\n{answer}"


def test_a_brief_is_the_text_beside_a_column_of_teasers() -> None:
    teasers = "".join(
        f"<div><h3><a href=/news/{n}>Another story number {n} about the town</a></h3>"
        f"<p>Some words that tell what the story number {n} is about, and why one should read it.</p></div>"
        for n in range(8)
    )
    brief = "The city council voted on Tuesday to close the old harbour bridge to cars from March, after a long debate."
    html = (
        f"<html lang=en><title>Harbour bridge to close</title><body><article><h1>Harbour bridge to close</h1>"
        f"<p>{brief}</p>"
        f"</article><aside><h2>Latest</h2>{teasers}</aside></body></html>"
    )
    assert newsscraper.extract(html, url="https://www.example.com/news/harbour-bridge-to-close").text == brief


def test_spans_as_long_as_paragraphs_are_paragraphs() -> None:
    lines = [
        f"On day {n} the harbour master of Brest counted {n} boats that had come loose in the storm." for n in range(4)
    ]
    story = "".join(f"<span>{line}</span>" for line in lines)
    html = f"<html lang=en><title>Boats adrift</title><body><h1>Boats adrift</h1><div>{story}</div></body></html>"
    assert newsscraper.extract(html, url="https://www.example.com/news/boats-adrift").text == "\n\n".join(lines)


def test_what_a_page_builder_wraps_like_the_text_is_no_part_of_a_named_body() -> None:
    def widget(name: str, inside: str) -> str:
        return f"<div class='widget {name}'><div class=widget-container>{inside}</div></div>"

    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = (
        f"<main><section>{widget('heading', f'<h1>{HEADLINE}</h1>')}</section>"
        f"<section>{widget('post-content', text)}</section>"
        f"<section>{widget('text-editor', '<p>Call us now, or fill out this form, and we answer within a day.</p>')}"
        f"{widget('quote', f'<p>{SENTENCES[0]} So says a client of ours.</p>')}</section></main>"
    )
    assert text_of(page) == TEXT


def test_a_named_body_in_several_wrappers_of_one_name_is_whole() -> None:
    item = "<div class=item><div class=article-text><h2>%s</h2><div class=field><p>%s</p></div></div></div>"
    items = item % ("", SENTENCES[0]) + item % ("At sea", SENTENCES[1])
    assert text_of(f"<main><h1>{HEADLINE}</h1><div class=items>{items}</div></main>").split("\n\n") == [
        SENTENCES[0],
        "At sea",
        SENTENCES[1],
    ]


def test_stories_that_a_page_loads_behind_its_own_are_no_text_however_long() -> None:
    def block(headline: str, text: str) -> str:
        return f"<div class=scrollblock><article class=entry-main-content>{headline}<div>{text}</div></article></div>"

    own = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:4])
    other = "".join(f"<p>{sentence} In the other story.</p>" for sentence in SENTENCES)
    expected = "\n\n".join(SENTENCES[:4])
    for headline in ("<h1>Two roofs gone in Landerneau</h1>", "<h1><a href=/roofs>Two roofs gone</a></h1>"):
        pages = block(f"<h1>{HEADLINE}</h1>", own) + block(headline, other) + block(headline, 3 * other)
        assert text_of(f"<main>{pages}</main>") == expected
    linked = block("<h2 class=entry-title><a href=/news/two-roofs>Two roofs gone in Landerneau</a></h2>", 3 * other)
    assert text_of(f"<main>{block(f'<h2 class=entry-title>{HEADLINE}</h2>', own)}{linked}</main>") == expected


@pytest.mark.parametrize(
    "behind",
    [
        "<div class=infinite><div class=item>{}</div><div class=item>{}</div></div>",
        "<section>{}</section><aside></aside>{}",
    ],
)
def test_articles_behind_the_pages_own_are_no_text_wherever_they_stand(behind: str) -> None:
    other = "".join(f"<p>{sentence} In the other story.</p>" for sentence in SENTENCES)
    story = f"<article><h1>Two roofs gone in Landerneau</h1><div class=body>{3 * other}</div></article>"
    own = f"<article><h1>{HEADLINE}</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p></article>"
    page = f"<main><div class=wrap>{own}</div>{behind.format(story, story)}</main>"
    assert text_of(page) == "\n\n".join(SENTENCES[:3])


def test_the_first_of_boxes_may_have_a_class_of_its_own() -> None:
    other = "".join(f"<p>{sentence} In the other story.</p>" for sentence in SENTENCES)
    own = f"<h1>{HEADLINE}</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>"
    behind = f"<h1>Two roofs gone</h1><p>24 November 2026, 8 p.m.</p>{3 * other}"
    page = f"<main><div class='story open'>{own}</div><div class=story>{behind}</div></main>"
    assert text_of(page) == "\n\n".join(SENTENCES[:3])


def test_parts_of_one_story_that_look_alike_stay_together() -> None:
    half = len(SENTENCES) // 2
    first, second = (
        "".join(f"<p>{sentence}</p>" for sentence in half_of) for half_of in (SENTENCES[:half], SENTENCES[half:])
    )
    page = f"<main><section class=part><h2>{HEADLINE}</h2>{first}</section><section class=part><h2>By day</h2>{second}"
    assert text_of(f"{page}</section></main>") == TEXT.replace(
        "\n\n" + SENTENCES[half], f"\n\nBy day\n\n{SENTENCES[half]}"
    )


def test_pictures_dates_and_names_of_stories_behind_are_theirs() -> None:
    def block(headline: str, author: str, day: int, text: str) -> str:
        return (
            f"<div class=scroll><h1>{headline}</h1><p>By {author}, November {day}, 2026</p>"
            f"<figure><img src=/img/{day}.jpg width=760></figure>{text}</div>"
        )

    own = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:3])
    other = "".join(f"<p>{sentence} In the other story.</p>" for sentence in SENTENCES)
    blocks = block(HEADLINE, "Ann Morel", 20, own) + block("Two roofs gone", "Zoé Brûlé", 24, 3 * other)
    html = f"<html lang=en><title>{HEADLINE}</title><main>{blocks}</main></html>"
    record = newsscraper.extract(html, url="https://www.example.com/storm-over-brest-again")
    assert [image.url.rpartition("/")[2] for image in record.images] == ["20.jpg"]
    assert record.authors == ["Ann Morel"]
    assert (record.date_published or "")[:10] == "2026-11-20"
    assert record.text == "\n\n".join(SENTENCES[:3])
