"""A site's own fields: what they may hold, and when their change is one."""

from __future__ import annotations

import math
from typing import Any

import pytest

from newsscraper.article import Article, ArticleError, Source, validate
from newsscraper.cleaning import clean, to_line
from newsscraper.crawlstate.fingerprint import changed_fields, fingerprint


def test_json_values_come_back_as_they_were() -> None:
    extra = {"price": 3.5, "sold": None, "parts": [{"name": "Été", "n": 1}], "free": True, "": ""}
    article = Article(title="Rain", extra=extra, source=Source("a.warc.gz", 12, "<urn:uuid:1>"))
    clean(article)
    validate(article)
    again = Article.from_json(to_line(article))
    assert (again.extra, again.source) == (extra, article.source)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"a": {1}}, r"Expected a JSON value, got `set` - at `\$\.extra\.a`"),
        ({"a": [object()]}, r"got `object` - at `\$\.extra\.a\[\.\.\.\]`"),
        ({1: "a"}, r"Expected names that are `str`, got `int` - at `\$\.extra`"),
        ({"a": math.nan}, r"Expected a finite number, got nan"),
        ([], r"Expected `object`, got `array` - at `\$\.extra`"),
    ],
)
def test_what_is_no_json_is_named(extra: Any, words: str) -> None:
    with pytest.raises(ArticleError, match=words):
        validate(Article(title="Rain", extra=extra))


def test_a_value_that_holds_itself_is_named() -> None:
    extra: dict[str, Any] = {}
    extra["again"] = extra
    article = Article(title="Rain", extra=extra)
    clean(article)
    with pytest.raises(ArticleError, match="Nested too deeply"):
        validate(article)


def test_texts_in_it_cannot_break_a_line() -> None:
    article = Article(title="Rain", extra={"a\u2028b": ["c\x00d", "e\nf"]})
    clean(article)
    assert article.extra == {"a\nb": ["c\ufffdd", "e\nf"]}
    assert len(to_line(article).decode().splitlines()) == 1


def test_its_change_counts_where_the_spider_says_so_and_is_named_beside_others() -> None:
    one = fingerprint(Article(title="Rain", extra={"a": 1, "b": 2}))
    two = fingerprint(Article(title="Rain", extra={"b": 2, "a": 3}))
    other = fingerprint(Article(title="Snow", extra={"b": 2, "a": 3}))
    assert changed_fields(one, two) == []
    assert changed_fields(one, two, extra_counts=True) == ["extra"]
    assert changed_fields(one, other) == ["title", "extra"]
    assert changed_fields(one, fingerprint(Article(title="Rain", extra={"b": 2, "a": 1})), extra_counts=True) == []
    assert changed_fields(one, fingerprint(Article(title="Rain")), extra_counts=True) == []
