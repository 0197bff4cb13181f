# ruff: noqa: E501
from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsscraper.extraction import structured
from newsscraper.extraction.metadata import authors, paywall, taxonomy, title
from newsscraper.extraction.structured import parse_json

from .builders import URL, document, json_ld, page


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ('{"@type":"NewsArticle","headline":"A",}', "A"),
        ('{"@type":"NewsArticle","headline":"A\nB"}', "A B"),
        ('/* made by x */ {"@type":"NewsArticle", // the best\n"headline":"A"}', "A"),
        ('<!-- {"@type":"NewsArticle","headline":"A"} -->', "A"),
        ('//<![CDATA[\n{"@type":"NewsArticle","headline":"A"}\n//]]>', "A"),
        ('{"@type":"WebSite","name":"S"}{"@type":"NewsArticle","headline":"A"}', "A"),
        ('{"@type":"NewsArticle","headline":"A","x":undefined,"y":NaN}', "A"),
        ('{"@type":"NewsArticle","headline":"R&amp;D &#8211; <b>A</b>"}', "R&D – A"),
        ('{"@type":"NewsArticle","headline":"C\\\'est A"}', "C\\'est A"),
        ('{"@type":"NewsArticle","headline":"https://x.y // no comment"}', "https://x.y // no comment"),
        ('{"@type":"NewsArticle","headline":"A","description":"he said "no" to it"}', "A"),
        ('{"@type":"NewsArticle","headline":"A","articleBody":"cut off in the mid', "A"),
        ('[[{"@type":["Thing","http://schema.org/NewsArticle"],"headline":"A"}]]', "A"),
        ('{"@graph":[{"@type":"WebPage","name":"P"},{"@type":"Article","headline":"A"}]}', "A"),
        ('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"A"}}', "A"),
    ],
)
def test_json_ld_as_sites_print_it(text: str, headline: str) -> None:
    found = structured.read(document(page(json_ld(text))))
    assert found.text(found.article, "headline") == headline


def test_the_article_is_the_one_of_this_page() -> None:
    others = [
        {"@type": "NewsArticle", "url": f"https://www.journal.example/{n}", "headline": f"Other {n}"} for n in "abc"
    ]
    mine = {"@type": "NewsArticle", "mainEntityOfPage": {"@id": URL}, "headline": "Mine"}
    found = structured.read(document(page(json_ld(json.dumps([*others, mine, *others])))))
    assert found.text(found.article, "headline") == "Mine"


def test_articles_that_a_list_names_are_not_the_pages() -> None:
    items = [{"@type": "ListItem", "item": {"@type": "NewsArticle", "url": f"/{n}", "headline": f"{n}"}} for n in "abc"]
    found = structured.read(document(page(json_ld(json.dumps({"@type": "ItemList", "itemListElement": items})))))
    assert found.article is None
    assert len(found.of_type("NewsArticle")) == 3


def test_pointers_are_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "A", "author": {"@id": "#zoe"}, "isPartOf": {"@id": URL}},
            {"@type": "Person", "@id": "#zoe", "name": "Zoé Brûlé"},
            {"@type": "WebPage", "@id": URL, "name": "A - Le Journal"},
        ]
    }
    doc = document(page(json_ld(json.dumps(graph))))
    found = structured.read(doc)
    assert found.texts(found.article, "author") == ["Zoé Brûlé"]
    assert authors.read(doc, found, None) == ["Zoé Brûlé"]


def test_microdata() -> None:
    doc = document(
        page(
            body='<div itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="datePublished" content="2024-06-28">'
            '<h1 itemprop="headline">A headline of some length</h1><span itemprop="author" itemscope '
            'itemtype="http://schema.org/Person"><a href="/zoe" itemprop="url"><b itemprop="name">Zoé Brûlé</b></a></span>'
            '<div itemscope itemtype="http://schema.org/Comment"><i itemprop="author">Jean</i></div></div>'
        )
    )
    found = structured.read(doc)
    assert found.text(found.article, "datePublished") == "2024-06-28"
    assert found.texts(found.article, "author") == ["Zoé Brûlé"]


def test_five_megabytes_take_no_seconds() -> None:
    body = json.dumps({"@type": "NewsArticle", "headline": "A", "articleBody": "word " * 1_000_000})
    broken = body[:-1] + ",}"
    nested = '{"a":' * 200_000 + "1" + "}" * 200_000
    began = time.process_time()
    for text in (body, broken, body[:-2], nested, "[" * 300_000, '"' * 500_000, "\\" * 300_000, ",}" * 300_000):
        structured.read(document(page(json_ld(text))))
    assert time.process_time() - began < 20


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(
        st.sampled_from(["@type", "@id", "@graph", "@list", "@value", "name", "headline", "author", "url", "image", "keywords",
                         "articleSection", "isAccessibleForFree", "hasPart", "mainEntityOfPage", "publisher", "itemListElement"]),
        children, max_size=6),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(json_values, st.sampled_from(["NewsArticle", "Article", None, 5, [], ["Article", None]]))
def test_no_value_is_too_odd(value: object, kind: object) -> None:
    if isinstance(value, dict):
        value["@type"] = kind
    text = json.dumps(value).replace("</", "<\\/")
    doc = document(page(json_ld(text), "<h1>A title</h1>"))
    found = structured.read(doc)
    told, headline = title.read(doc, found)
    names = authors.read(doc, found, headline)
    categories, tags = taxonomy.read(doc, found, headline)
    paywall.read(doc, found)
    for line in [told or "x", *names, *categories, *tags]:
        assert line == line.strip()
        line.encode()


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_parsing_never_raises(text: str) -> None:
    assert isinstance(parse_json(text), list)
