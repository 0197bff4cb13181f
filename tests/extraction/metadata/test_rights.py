from __future__ import annotations

import pytest

from newsscraper.article import Rights
from newsscraper.extraction import structured
from newsscraper.extraction.metadata import paywall, rights

from .builders import document, json_ld, page


def test_a_page_that_says_nothing() -> None:
    assert (
        rights.read(document(page('<meta name="robots" content="index, follow, max-image-preview:large">'))) == Rights()
    )


def test_directives_of_page_and_header() -> None:
    found = rights.read(
        document(
            page('<meta name="robots" content="noarchive, NOAI">'),
            headers={"x-robots-tag": "noimageai, otherbot: noarchive, unavailable_after: 25 Jun 2030 15:00:00 PST"},
        )
    )
    assert (found.archive, found.ai) == (False, False)
    assert found.evidence == ["meta robots: noarchive", "meta robots: noai", "header X-Robots-Tag: noimageai"]


def test_what_is_told_another_agent_is_not_told_us() -> None:
    assert rights.read(document(page(), headers={"x-robots-tag": "otherbot: noarchive, noai"})).archive is None


@pytest.mark.parametrize(
    ("headers", "head", "reserved"),
    [
        ({"tdm-reservation": "1"}, "", True),
        ({"tdm-reservation": "0"}, "", False),
        ({}, '<meta name="tdm-reservation" content="1">', True),
        ({"tdm-reservation": "0"}, '<meta name="tdm-reservation" content="1">', True),
        ({"tdm-reservation": "yes"}, "", None),
    ],
)
def test_text_and_data_mining(headers: dict[str, str], head: str, reserved: bool | None) -> None:
    assert rights.read(document(page(head), headers=headers)).tdm_reserved is reserved


def test_policy_is_an_address() -> None:
    found = rights.read(document(page('<meta name="tdm-policy" content="/tdm.json">')))
    assert found.tdm_policy == "https://www.journal.example/tdm.json"
    assert found.evidence == ["meta tdm-policy: /tdm.json"]


@pytest.mark.parametrize(
    ("head", "free"),
    [
        ("", None),
        (json_ld('{"@type":"NewsArticle","headline":"x","isAccessibleForFree":true}'), True),
        (json_ld('{"@type":"NewsArticle","headline":"x","isAccessibleForFree":"False"}'), False),
        (json_ld('{"@type":"NewsArticle","headline":"x","isAccessibleForFree":"http://schema.org/True"}'), True),
        (
            json_ld(
                '{"@type":"NewsArticle","headline":"x","isAccessibleForFree":true,"hasPart":'
                '[{"@type":"WebPageElement","isAccessibleForFree":"false","cssSelector":".paid"}]}'
            ),
            False,
        ),
        (json_ld('{"@type":"NewsArticle","headline":"x","isAccessibleForFree":{"odd":[1]}}'), None),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="free">', True),
    ],
)
def test_paywall(head: str, free: bool | None) -> None:
    doc = document(page(head))
    assert paywall.read(doc, structured.read(doc)) is free


def test_a_posts_password() -> None:
    doc = document(
        page("", '<form class="post-password-form" action="/wp-login.php"><input name="post_password"></form>')
    )
    assert paywall.read(doc, structured.read(doc)) is False
