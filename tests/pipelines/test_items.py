"""Items of other spiders: what counts as an article, and what passes by."""

from __future__ import annotations

import pytest
from scrapy import Field, Item
from scrapy.utils.test import get_crawler

from newsscraper.article import Article, ArticleError
from newsscraper.pipelines.validate import Validate


class _Story(Item):
    url = Field()
    title = Field()
    text = Field()


FIELDS = {"url": "https://www.example.com/a", "title": "Pluie", "text": "Il pleut sur Brest."}


@pytest.mark.parametrize("item", [FIELDS, _Story(FIELDS)], ids=["dict", "scrapy-item"])
def test_an_item_with_the_fields_of_an_article_becomes_one(item: object) -> None:
    article = Validate(get_crawler()).process_item(item)
    assert isinstance(article, Article)
    assert (article.title, article.site) == ("Pluie", "example.com")
    assert article.id
    assert article.content_hash


def test_an_item_that_is_no_article_passes_untouched() -> None:
    item = {"sku": 7}
    assert Validate(get_crawler()).process_item(item) is item


def test_a_field_that_the_record_does_not_have_is_named() -> None:
    with pytest.raises(ArticleError, match=r"unknown field - at `\$\.headline`"):
        Article.from_dict(FIELDS | {"headline": "Pluie"})
