"""What a page's readers find in the markup of themes and plugins that run many news sites."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsscraper.article import Article
from newsscraper.extraction import read_page
from newsscraper.extraction.page import Page

from .themes import THEMES, Theme

FETCHED = datetime(2024, 6, 30, 12, 0, tzinfo=UTC)


@pytest.fixture(params=THEMES, ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest) -> Theme:
    found: Theme = request.param
    return found


@pytest.fixture
def article(theme: Theme) -> Article:
    reading = read_page(Page(html=theme.html, url=theme.url, fetched_at=FETCHED))
    assert reading.article is not None
    return reading.article


def test_title(theme: Theme, article: Article) -> None:
    assert article.title == theme.title


def test_authors(theme: Theme, article: Article) -> None:
    assert article.authors == theme.authors


def test_categories_and_tags(theme: Theme, article: Article) -> None:
    assert article.categories == theme.categories
    assert article.tags == theme.tags


def test_language(theme: Theme, article: Article) -> None:
    assert article.language == theme.language


def test_recent_posts(theme: Theme, article: Article) -> None:
    found = [(post.title, post.url, post.excerpt, post.raw, post.date) for post in article.recent_posts]
    want = [
        (title, "https://www.journal.example" + path, excerpt, raw, day)
        for title, path, excerpt, raw, day in theme.recent
    ]
    assert [(*post[:4], post[4] and post[4][:10]) for post in found] == want
