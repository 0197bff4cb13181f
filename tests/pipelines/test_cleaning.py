from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from newsscraper.article import Article, DateEvidence, Dates, Image, RecentPost, validate
from newsscraper.cleaning import clean, to_line

HOSTILE = st.text(
    st.one_of(
        st.characters(),  # surrogates included
        st.sampled_from("\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r\n\ud800\udfff\ufffe\ufeff\u202e"),
    ),
    max_size=30,
)


@given(HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=3))
def test_every_record_is_one_valid_line_for_any_reader(title: str, text: str, names: list[str]):
    article = Article(
        title=title,
        text=text,
        tags=names,
        url="https://x.example/" + title,
        images=[Image(url="https://x.example/" + text, caption=title)],
        recent_posts=[RecentPost(title=title or "t", raw=text)] if title.strip() else [],
    )
    clean(article)
    line = to_line(article)
    assert line.endswith(b"\n")
    assert len(line.decode("utf-8").splitlines()) == 1
    assert len(line.splitlines()) == 1
    read = json.loads(line)
    assert read["tags"] == article.tags
    assert all(tag.strip() for tag in read["tags"])
    assert not any(ord(char) < 32 and char not in "\n\t" for char in read["text"] or "")
    if all(post.title for post in article.recent_posts):
        validate(article)


def test_what_each_kind_of_string_becomes():
    article = Article(
        url="https://x.example/a b\n\u2028é\ud800",
        title=" One\u2028two\x00three\nfour ",
        text="\nFirst.\u2029Second\x85line\r\nthird\tcell\x1b.\n",
        description=" \x0b ",
        authors=["\n", "A.\n B."],
        dates=Dates(published=DateEvidence(raw="22\x00", source="meta", precision="day", zone="unknown")),
    )
    clean(article)
    assert article.url == "https://x.example/a%20b%0A%E2%80%A8é%3F"
    assert article.title == "One two\ufffdthree four"
    assert article.text == "First.\n\nSecond\nline\nthird\tcell\ufffd."
    assert article.description is None
    assert article.authors == ["A. B."]
    assert article.dates.published.raw == "22\ufffd"


def test_separators_are_escaped_wherever_they_come_from():
    line = to_line(Article(title="one\u2028two\u2029three\x85four"))
    assert b"one\\u2028two\\u2029three\\u0085four" in line
    assert json.loads(line)["title"] == "one\u2028two\u2029three\x85four"
