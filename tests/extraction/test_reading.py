"""The record alone, for `newsscraper.extract`, and shortcuts that must say what the long way says."""

from __future__ import annotations

import pytest

from newsscraper import extract
from newsscraper.extraction import Page, read_page
from newsscraper.extraction.body import phrases
from newsscraper.extraction.body.suspects import suspicion, suspicion_of_class

URL = "https://www.journal.example/2026/11/pluie.html"
STORY = (
    '<html lang=fr><head><title>Pluie</title><link rel=canonical href="/2026/11/pluie.html">'
    '<link rel=alternate type="application/rss+xml" href="/feed"></head><body><nav><a href="/meteo">Météo</a></nav>'
    "<article><h1>Pluie sur Brest</h1>"
    + "".join(f"<p>La pluie tombe sur Brest pour la {n}e journée, et personne ne s’en étonne.</p>" for n in range(2, 9))
    + "</article></body></html>"
)


def test_the_record_alone_is_the_record_of_a_whole_reading() -> None:
    whole = read_page(Page(STORY, url=URL))
    alone = read_page(Page(STORY, url=URL), record_only=True)
    assert alone.article == whole.article == extract(STORY, url=URL)
    assert (alone.kind, alone.canonical_url) == (whole.kind, whole.canonical_url) == ("article", URL)
    assert whole.links
    assert whole.feeds
    assert whole.blocks
    assert (alone.links, alone.feeds, alone.blocks) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "© Le Quotidien",
        "Tous droits réservés",
        "Alla rättigheter förbehållna",
        "Wszelkie prawa zastrzeżone.",
        "Все права защищены",
        "Tüm hakları saklıdır",
        "جميع الحقوق محفوظة",
        "記事の無断転載を禁じます",
        "版權所有",
        "This story was originally published by the Gazette.",
    ],
)
def test_rights_are_heard_in_any_script(text: str) -> None:
    assert phrases.claims_rights(text)
    assert not phrases.claims_rights("Pluie sur Brest, où la foule était — dit-on — « nombreuse »")


@pytest.mark.parametrize("class_", ["related-links", "article-body", "entry-header", "x7 grid", "is-hidden"])
@pytest.mark.parametrize("tag", ["div", "figure", "nav", "h2"])
def test_a_class_alone_is_judged_as_among_other_attributes(tag: str, class_: str) -> None:
    rule, body = suspicion(tag, [("class", class_), ("data-x", "1")])
    assert suspicion_of_class(tag, class_) == ((rule, body) if rule or body else None)


def test_words_in_code_are_no_parts_of_the_page() -> None:
    code = '<pre><code><span class="comment"># rain</span>\n<span class="nav">go</span>()</code></pre>'
    text = read_page(Page(STORY.replace("</article>", f"{code}</article>"), url=URL)).article
    assert text is not None
    assert "# rain\ngo()" in (text.text or "")
