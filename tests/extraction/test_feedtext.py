"""What a feed tells of a text: it bears the page's out, stands in for it, and its closing line is none of it."""

from __future__ import annotations

import pytest

from newsscraper.extraction import Page, read_page
from newsscraper.extraction.feedtext import as_page
from newsscraper.extraction.page import Told
from newsscraper.workers.wire import pack_page, unpack_hints, unpack_page

URL = "https://www.example.com/cloud-1370/a-region-opens-229351"
TITLE = "A region opens in Lille"
_STARTS = (
    *("On Monday", "Two days later", "In the end", "For now", "By spring", "At last", "As planned", "Under the roof"),
    *("Behind the station", "In the evening", "On the canal", "Without a word", "To the north", "Once more"),
)
PARAGRAPHS = [
    f"{start} the operator opened a second hall in Lille, {number} racks wide, and the town council voted for the line "
    f"that feeds it after {number} hours of debate in a crowded room."
    for number, start in enumerate(_STARTS, 11)
]
CLOSINGS = {
    "english": "The post {post} appeared first on {home}.",
    "french": "L’article {post} est apparu en premier sur {home}.",
    "german": "Der Beitrag {post} erschien zuerst auf {home}.",
    "japanese": "投稿 {post} は {home} に最初に表示されました。",
    "arabic": "ظهرت المقالة {post} أولاً على {home}.",
    "greek": "Το άρθρο {post} εμφανίστηκε πρώτα στο {home}.",
    "home first": "{home}: {post}",
}


def _closing(form: str, site: str = "https://www.example.com", url: str = URL) -> str:
    return form.format(post=f'<a href="{url}">{TITLE}</a>', home=f'<a href="{site}">The Example</a>')


def _feed(closing: str = "") -> Told:
    return Told(TITLE, "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + closing, ("Ada Lovell",), ("Cloud",))


def _page(body: str, told: Told | None = None) -> Page:
    html = (
        f'<html lang="en"><head><title>{TITLE} - The Example</title></head><body><nav><a href="/">Home</a></nav><main>'
        f"<h1>{TITLE}</h1>{body}</main></body></html>"
    )
    return Page(html, url=URL, told=told)


def _text(page: Page) -> list[str]:
    article = read_page(page).article
    assert article is not None
    return (article.text or "").split("\n\n")


@pytest.mark.parametrize("language", CLOSINGS)
@pytest.mark.parametrize("markup", ["<p>{}</p>", "{}", "<p><em>{}</em></p>"])
def test_a_closing_line_is_told_by_its_links_in_any_language(language: str, markup: str) -> None:
    line = markup.format(_closing(CLOSINGS[language]))
    assert _text(Page(as_page(_feed(line), URL), url=URL)) == PARAGRAPHS
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + line
    copied_to = Page(_page(body).html, url="https://elsewhere.example/copy/77")
    assert _text(copied_to) == PARAGRAPHS


@pytest.mark.parametrize("site", ["https://example.com/", "https://www.example.com/cloud-1370", "https://example.com"])
def test_home_may_be_written_in_several_ways(site: str) -> None:
    assert _text(Page(as_page(_feed(f"<p>{_closing(CLOSINGS['french'], site)}</p>"), URL), url=URL)) == PARAGRAPHS


def test_a_closing_line_without_links_is_told_by_its_words() -> None:
    line = f"<p>L’article {TITLE} est apparu en premier sur The Example.</p>"
    assert _text(Page(as_page(_feed(line), URL), url=URL)) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        '<p>The council, which <a href="/council-5">has voted before</a>, will meet again in March, and '
        '<a href="https://www.example.com/">The Example</a> will be there to report what it says of the line.</p>',
        '<p>It was <a href="https://www.example.com/other-12">another story</a> that <a href="https://other.example/">'
        "Other</a> told.</p>",
    ],
)
def test_a_last_paragraph_with_two_links_is_text(line: str) -> None:
    assert len(_text(Page(as_page(_feed(line), URL), url=URL))) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize("place", [2, len(PARAGRAPHS)], ids=["between", "after"])
def test_what_the_feed_does_not_tell_between_paragraphs_and_after_the_end_is_no_text(place: int) -> None:
    box = "<p>Our readers were also glad of the tour of the works in June.</p>"
    shown = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body = "".join([*shown[:place], box, *shown[place:]])
    assert len(_text(_page(body))) == len(PARAGRAPHS) + 1
    assert _text(_page(body, _feed(f"<p>{_closing(CLOSINGS['french'])}</p>"))) == PARAGRAPHS


def test_a_page_that_shows_a_teaser_has_the_text_of_the_feed() -> None:
    told = _feed(f"<p>{_closing(CLOSINGS['french'])}</p>")
    reading = read_page(_page(f"<p>{PARAGRAPHS[0][:80]}…</p>", told))
    assert reading.article is not None
    assert (reading.article.text or "").split("\n\n") == PARAGRAPHS
    assert [warning for warning in reading.article.extraction.warnings if warning.startswith("from-feed:")]


def test_a_feed_that_tells_of_something_else_is_not_heard() -> None:
    other = Told("Rain in Brest", _feed().text)
    assert _text(_page(f"<p>{PARAGRAPHS[0]}</p>", other)) == PARAGRAPHS[:1]


def test_a_summary_is_no_text() -> None:
    told = Told(TITLE, "<p>" + PARAGRAPHS[0] + "</p>")
    assert _text(_page("<p>A region opens in Lille, and the town is glad of it.</p>", told)) != PARAGRAPHS[:1]


def test_a_page_made_of_a_feed_gives_its_record() -> None:
    article = read_page(Page(as_page(_feed(), URL, language="en"), url=URL)).article
    assert article is not None
    assert (article.title, article.url, article.language) == (TITLE, URL, "en")
    assert (article.authors, article.categories) == (["Ada Lovell"], ["Cloud"])


def test_what_a_feed_tells_crosses_to_a_worker() -> None:
    page = _page("<p>x</p>", _feed())
    packed = pack_page(page)
    assert unpack_page(packed.head, unpack_hints(packed.hints), packed.body) == page
