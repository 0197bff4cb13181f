from __future__ import annotations

import pytest

from newsscraper.article import Image
from newsscraper.crawlstate.fingerprint import changed_fields, fingerprint, merged
from newsscraper.digest import content_hash

from .builders import article, dated


def changes(before: dict, after: dict) -> list[str]:
    return changed_fields(fingerprint(article(**before)), fingerprint(article(**after)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"title": "Été à Brest"}, {"title": "ÉTÉ, à Brest !"}),
        ({"text": "One two.\n\nThree."}, {"text": "one two\n\n« three »"}),
        ({"tags": ["Rain", "Brest"]}, {"tags": ["brest", "rain"]}),
        ({"tags": ["rain"], "description": "Wet.", "is_accessible_for_free": True}, {}),
        (
            {"images": [Image(url="https://cdn.example/a/rain-1024x683.jpg?sig=1")]},
            {"images": [Image(url="https://x.example/rain.webp")]},
        ),
        (
            {"images": [Image(url="https://x.example/a.jpg"), Image(url="https://x.example/b.jpg")]},
            {"images": [Image(url="https://x.example/a.jpg")]},
        ),
        (dated("2026-11-22T09:00:00+01:00", "second"), dated("2026-11-22T08:00:00Z", "second")),
        (dated("2026-11-22T09:00:00+01:00", "second"), dated("2026-11-22", "day")),
        (dated("2026-11-22T23:30:00+01:00", "second"), dated("2026-11-22", "day")),
        (dated("2026-11-22T09:27:53+01:00", "second"), dated("2026-11-22T09:00:00+01:00", "hour", "relative")),
        (
            dated("2026-11-22T09:00:00+01:00", "hour", "relative"),
            dated("2026-11-22T10:00:00+01:00", "hour", "relative"),
        ),
        (dated("2026-11-21", "day", "relative"), dated("2026-11-22", "day", "relative")),
        (dated("2026-11-22T09:00:00+01:00", "second"), {}),
        ({"date_modified": "2026-11-22T09:00:00Z"}, {"date_modified": "2026-11-22T11:00:00Z"}),
        ({"recent_posts": [], "language": "fr"}, {"language": "en"}),
    ],
    ids=range(15),
)
def test_no_change(before: dict, after: dict):
    assert changes(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ({"title": "Rain"}, {"title": "More rain"}, ["title"]),
        ({"text": "Rain fell."}, {"text": "Rain fell. More is coming."}, ["text"]),
        ({}, {"description": "Wet."}, ["description"]),
        ({"tags": ["rain"]}, {"tags": ["rain", "brest"]}, ["tags"]),
        (
            {"authors": ["A. B."], "categories": ["Sea"]},
            {"authors": ["C. D."], "categories": ["Port"]},
            ["authors", "categories"],
        ),
        (
            {"images": [Image(url="https://x.example/a.jpg")]},
            {"images": [Image(url="https://x.example/c.jpg")]},
            ["images"],
        ),
        ({"is_accessible_for_free": True}, {"is_accessible_for_free": False}, ["is_accessible_for_free"]),
        (dated("2026-11-22", "day"), dated("2026-11-22T09:00:00+01:00", "second"), ["date_published"]),
        (dated("2026-11-22T09:00:00+01:00", "second"), dated("2026-11-20", "day"), ["date_published"]),
        (
            dated("2026-11-22T09:00:00+01:00", "second"),
            dated("2026-11-22T09:00:05+01:00", "second"),
            ["date_published"],
        ),
        (
            {"title": "Rain", "date_modified": "2026-11-22T09:00:00Z"},
            {"title": "Hail", "date_modified": "2026-11-22T11:00:00Z"},
            ["title", "date_modified"],
        ),
    ],
    ids=range(11),
)
def test_change(before: dict, after: dict, fields: list[str]):
    assert changes(before, after) == fields


def test_a_worse_source_in_between_makes_no_revision():
    best = article(tags=["rain"], **dated("2026-11-22T09:00:00+01:00", "second"))
    poor = article(**dated("2026-11-22", "day"))
    known = fingerprint(best)
    for seen in (poor, best, poor, best):
        assert changed_fields(known, fingerprint(seen)) == []
        known = merged(known, fingerprint(seen))


def test_the_content_hash_is_of_the_words():
    assert content_hash(article(title="Rain", text="It rained.")) == content_hash(
        article(title="RAIN", text="it  rained")
    )
    assert content_hash(article(title="Rain", text="It rained.")) != content_hash(
        article(title="Rain it", text="rained")
    )
