"""Short lines that a site sets into, above and below a text, told by their shape."""

from __future__ import annotations

import pytest

import newsscraper

SENTENCES = [
    f"On day {number} of the storm the harbour master of Brest counted {number + 3} boats that had come loose at night."
    for number in range(2, 12)
]
TEXT = "\n\n".join(SENTENCES)
HEADLINE = "Storm over Brest, again: boats adrift"


def text_of(*parts: str) -> str:
    html = (
        f"<html lang=en><head><title>{HEADLINE}</title><meta property=og:type content=article></head>"
        f"<body><main><article><h1>{HEADLINE}</h1><div>{''.join(parts)}</div></article></main></body></html>"
    )
    return newsscraper.extract(html, url="https://www.example.com/news/storm-over-brest-again").text or ""


STORY = [f"<p>{sentence}</p>" for sentence in SENTENCES]


@pytest.mark.parametrize("line", ["Zoé Brûlé", "Brest office", "(dpa)", "Market watch", "With wire reports"])
def test_line_that_is_no_sentence_is_no_end_of_a_text(line: str) -> None:
    assert text_of(*STORY, f"<p>{line}</p>") == TEXT
    assert text_of(f"<p>{line}</p>", *STORY) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "On behalf of Kolar &amp; Sons | Apr 21, 2026 | Storms",
        "Hafen • 21.04.2026 • Brest",
        "港 ｜ 2026年4月21日 ｜ 編集部",
    ],
)
def test_a_row_of_facts_with_a_date_above_the_text_is_a_byline(line: str) -> None:
    assert text_of(f"<p>{line}</p>", *STORY) == TEXT


def test_a_row_without_a_date_that_begins_a_text_stays() -> None:
    line = "Two masts | 21 metres | built in 1902 | for sale again"
    assert text_of(f"<p>{line}.</p>", *STORY) == f"{line}.\n\n{TEXT}"


@pytest.mark.parametrize("line", ["She had never seen such a night.", "Deaths: 12 in Brest", "He said: “We wait.”"])
def test_line_that_says_something_stays_at_the_end(line: str) -> None:
    assert text_of(*STORY, f"<p>{line}</p>") == f"{TEXT}\n\n{line}"


def test_lines_of_a_text_without_full_stops_stay() -> None:
    verses = [
        f"The {number} boats are out at sea and the night is long and the wind is up and the land is far"
        for number in range(12)
    ]
    assert text_of(*(f"<p>{verse}</p>" for verse in [*verses, "And nobody comes home"])).endswith(
        "And nobody comes home"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Story continues below advertisement",
        "La suite après la publicité",
        "Artikel wird nach der Anzeige fortgesetzt",
        "Loading the player",
        "[gallery ids=1,2,3]",
        "Продолжение после рекламы",
    ],
)
def test_placeholder_is_no_text(line: str) -> None:
    assert text_of(*STORY[:4], f"<p>{line}</p>", *STORY[4:]) == TEXT


@pytest.mark.parametrize(
    "caption",
    [
        "<div><img src=a.jpg></div><p><em>The harbour in the morning after the storm</em></p>",
        "<p><img src=a.jpg></p><p>The harbour in the morning. Photo: Zoé Brûlé/Reuters</p>",
        "<p><img src=a.jpg>The harbour in the morning (Foto: Zoé Brûlé)</p>",
        "<div class=x1><img src=a.jpg width=600><span>The harbour in the morning (Zoé Brûlé/Reuters)</span></div>",
    ],
)
def test_line_with_a_picture_is_its_caption(caption: str) -> None:
    assert text_of(*STORY[:4], caption, *STORY[4:]) == TEXT


def test_emphasised_paragraph_without_a_picture_stays() -> None:
    line = "The harbour will be closed until Friday, said the harbour master."
    assert line in text_of(*STORY[:4], f"<p><em>{line}</em></p>", *STORY[4:])


@pytest.mark.parametrize(
    "line",
    [
        "Already a subscriber? Log in to read on.",
        "This content is hosted by a third-party provider that uses cookies.",
        "Déjà abonné ? Connectez-vous pour lire la suite",
    ],
)
@pytest.mark.parametrize("tag", ["div", "p"])
def test_line_that_asks_takes_no_text_with_it_that_stands_loose_beside_it(line: str, tag: str) -> None:
    before = "The storm was the third one in as many weeks, and the worst of all so far in Brest."
    loose = "<br><br>".join([*SENTENCES[:6], line, *SENTENCES[6:]])
    assert text_of(f"<p>{before}</p>", f"<{tag}>{loose}</{tag}>") == f"{before}\n\n{TEXT}"


def test_numbered_heading_of_a_network_stays() -> None:
    assert "3. Google" in text_of(*STORY[:4], "<h2>3. Google</h2>", *STORY[4:])


@pytest.mark.parametrize("mark", ["<a href=#s2>#s2</a>", "<a href=#s2>¶</a>", " <a class=anchor href=#s2> # </a>"])
def test_link_of_a_heading_to_itself_is_no_text(mark: str) -> None:
    text = text_of(*STORY[:4], f"<h2 id=s2>What the divers found{mark}</h2>", *STORY[4:])
    assert "What the divers found" in text.split("\n")
