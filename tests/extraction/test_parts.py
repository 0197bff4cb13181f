"""Whose a part of a page is: told by structure, with hashes for classes or none at all, in every script."""

from __future__ import annotations

import pytest

from newsscraper.extraction import parsing
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Page
from newsscraper.extraction.parts import Parts, parts_of
from newsscraper.extraction.tree import Element

URL = "https://www.example.com/2026/11/lock.html"
ENGLISH = "The water board of Aldermere will rebuild the old lock, which a winter of floods had torn from its hinges."
JAPANESE = "古水郷の水利組合は、冬の洪水で壊れた古い水門を建て直すことを決めた。工事は来年の春まで続く見込みである。"


def parts(body: str) -> tuple[Parts, Document]:
    doc = Document(parsing.parse(f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"), Page("", url=URL))
    headlines = doc.tags("h1")
    return parts_of(doc, headlines[0] if headlines else None), doc


def marked(doc: Document) -> Element:
    return next(element for element in doc.elements if element.get("data-here") is not None)


def role(box: str, *, where: str = "below", sentence: str = ENGLISH) -> str:
    """Return the role of the part that holds what ``data-here`` marks, in a page without a telling class."""
    at = dict.fromkeys(("above", "inside", "below", "beside"), "") | {where: box}
    text = f"<p>{sentence}</p>" * 2 + at["inside"] + f"<p>{sentence}</p>" * 3
    found, doc = parts(
        f'<div class="a1"><a href="/">Example</a></div>{at["above"]}<div class="b2"><h1>Old lock</h1>{text}</div>'
        f'{at["below"]}<div class="c3">{at["beside"]}</div>'
    )
    return found.part_of(marked(doc)).role


STORY = '<a href="/other/{0}.html">Bakers of the harbour town strike again {0}</a>'
RAIL = "".join(f'<div class="x{n}">{STORY.format(n)} <i data-here>{n + 3} min ago</i></div>' for n in range(3))
CARD = f"<div><h3>{STORY.format(7)}</h3><p>{ENGLISH}</p><span data-here>2 hours ago</span></div>"
TALK = "".join(f"<div><b>Ann {n}</b> <span data-here>{n + 2} hours ago</span><p>Well said.</p></div>" for n in range(2))


@pytest.mark.parametrize("sentence", [ENGLISH, JAPANESE], ids=["english", "japanese"])
@pytest.mark.parametrize(
    ("box", "where", "expected"),
    [
        (RAIL, "beside", "teaser"),
        (RAIL, "above", "teaser"),
        (CARD, "below", "teaser"),
        (CARD, "inside", "teaser"),
        (TALK, "below", "comment"),
        ("<ul>" + '<li><a data-here href="/x/">World</a></li>' * 4 + "</ul>", "above", "navigation"),
        ("<form><p data-here>News by mail</p><button>Send</button></form>", "inside", "prompt"),
        ("<footer><p data-here>© 2026 Example</p></footer>", "below", "foot"),
        ("<p><b data-here>A line of the text itself</b></p>", "inside", "text"),
    ],
)
def test_parts_are_told_by_structure_in_every_script(box: str, where: str, expected: str, sentence: str) -> None:
    assert role(box, where=where, sentence=sentence) == expected


@pytest.mark.parametrize("line", ["<p data-here>5 days ago</p>", "<ul><li>Jo Lohr</li><li data-here>1 May</li></ul>"])
def test_what_stands_between_headline_and_text_is_the_headline_block(line: str) -> None:
    found, doc = parts(f"<div><h1>Old lock</h1>{line}<p>{ENGLISH}</p><p>{ENGLISH}</p></div>")
    assert found.part_of(marked(doc)).role == "headline"
    assert found.owns(marked(doc))


def test_a_text_in_sections_alike_is_no_list_of_teasers() -> None:
    sections = f'<section><h2>A part</h2><p>{ENGLISH} In <a href="/2019/">2019</a> it stood.</p></section>' * 3
    found, doc = parts(f"<article><h1>Old lock</h1>{sections}</article>")
    assert all(found.owns(section) for section in doc.tags("section"))
    assert not [part for part in found.parts if part.role not in ("headline", "text")]


def test_a_label_alone_does_not_make_the_page_a_sidebar_or_a_form() -> None:
    found, doc = parts(
        f'<form class="with-sidebar related"><h1>Old lock</h1><p data-here>{ENGLISH}</p><p>{ENGLISH}</p></form>'
    )
    assert found.part_of(marked(doc)).role == "text"


def test_a_part_tells_what_it_was_told_by() -> None:
    found, doc = parts(f"<main><h1>Old lock</h1><p>{ENGLISH}</p><p>{ENGLISH}</p></main>{CARD}{CARD}")
    card = found.part_of(marked(doc))
    assert (card.alike, card.leads_elsewhere, card.headings) == (1, 1, 1)
    assert card.evidence == ("1 alike", "leads to 1")
    assert 0 < card.link_share < 1


def test_one_letter_of_chinese_weighs_as_much_as_three_of_latin() -> None:
    english, _ = parts(f"<main><h1>Old lock</h1><p>{ENGLISH}</p></main>")
    japanese, _ = parts(f"<main><h1>水門</h1><p>{JAPANESE}</p></main>")
    assert english.text is not None
    assert english.text.prose == len(ENGLISH)
    assert japanese.text is not None
    assert 2 * len(JAPANESE) < japanese.text.prose <= 3 * len(JAPANESE)


def test_a_page_without_any_text_has_parts_too() -> None:
    found, doc = parts("<h1>Old lock</h1>")
    assert found.text is None
    assert found.owns(doc.tags("h1")[0])


def test_moments_of_publication_and_change_side_by_side_are_no_comments() -> None:
    times = "".join(
        f'<time class="{name}" datetime="2026-11-{day}T09:00:00+01:00" data-here>{day} novembre 2026 à 9 h</time>'
        for day, name in ((26, "entry-date published"), (27, "updated"))
    )
    found, doc = parts(f"<main><h1>Old lock</h1><p>{ENGLISH}</p><footer><span>Publié le {times}</span></footer></main>")
    assert found.part_of(marked(doc)).role != "comment"
