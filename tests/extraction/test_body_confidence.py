"""Confidence: what the page says for and against the text that was found."""

from __future__ import annotations

import pytest

from newsscraper import extract

URL = "https://paper.example.com/news/2026/11/how-the-rain-came-to-brest"
STORY = "".join(
    f"<p>Paragraph {n} of the story tells at some length what came of the rain in the harbour town of Brest, whose "
    f"people have seen {n + 2} floods in living memory and have built their walls a little higher each time.</p>"
    for n in range(8)
)
LINKED = STORY.replace("harbour", "<a href=/h>harbour</a>").replace("walls", "<a href=/w>walls</a>")
HEAD = "<title>How the rain came to Brest</title>"


def confidence(body: str, head: str = "") -> float:
    html = f"{HEAD}{head}<body><div><h1>How the rain came to Brest</h1></div>{body}"
    return extract(html, url=URL).extraction.confidence


def test_a_plain_story_is_trusted() -> None:
    assert confidence(f"<article>{STORY}</article>") > 0.7


def test_no_text_is_not_trusted_at_all() -> None:
    assert extract("<html><body><img src=a.png></body></html>", url=URL).extraction.confidence == 0.0


@pytest.mark.parametrize(
    "worse",
    [
        "<article><p>The harbour bridge is closed until Friday, the city of Brest says to all.</p></article>",
        f"<article>{STORY}<pre>{'a = measure(rain)  # once an hour' * 60}</pre></article>",
        f"<article>{LINKED}</article>",
    ],
    ids=["hardly any text", "much code", "many links"],
)
def test_what_speaks_against_a_text_lowers_it(worse: str) -> None:
    assert confidence(worse) < confidence(f"<article>{STORY}</article>")


def test_a_description_that_the_text_does_not_bear_out_lowers_it() -> None:
    fits = '<meta name="description" content="What came of the rain in the harbour town whose people built walls.">'
    other = (
        '<meta name="description" content="Compare twelve insurers, their prices, excess, claims and ratings here.">'
    )
    assert confidence(f"<article>{STORY}</article>", other) < confidence(f"<article>{STORY}</article>", fits)
