"""The tree of a page: its elements, what is never made, and pages that would make a parser work without end."""

from __future__ import annotations

import pytest

from newsscraper.extraction import ExtractionError, Page, read_page
from newsscraper.extraction.building import MOST
from newsscraper.extraction.guarding import is_safe
from newsscraper.extraction.parsing import parse
from newsscraper.extraction.tree import DEEPEST, Element

PAGE = """<!DOCTYPE html><!-- before --><html lang=fr><head><title>Pluie</title></head><body class>
<h1 id=top>La <b>pluie</b> à <i>Brest</i></h1>un<!-- comment -->deux
<ul><li>a<li>b<li>c</ul><custom-box data-x=1><p>trois</custom-box></body></html>"""
DEEP = "<div>" * 20_000 + "<p>bas"


def elements(html: str) -> list[Element]:
    return parse(html).elements


@pytest.mark.parametrize("html", [PAGE, DEEP, "<div>" * 400 + "bas<b>x</b>y"], ids=["page", "by lxml", "deep"])
def test_each_element_knows_its_place(html: str) -> None:
    tree = parse(html)
    assert tree.root is tree.elements[0]
    for place, element in enumerate(tree.elements):
        assert element.place == place
        assert list(element.iter()) == tree.elements[place : element.end]
        assert [child.getparent() for child in element] == [element] * len(element)
        assert element.end == (element[-1].end if len(element) else place + 1)
        assert len(list(element.iterancestors())) < DEEPEST
        for before, after in zip(element.children, element.children[1:], strict=False):
            assert before.getnext() is after
            assert after.getprevious() is before


def test_readers_walk_in_every_direction() -> None:
    items = [element for element in elements(PAGE) if element.tag == "li"]
    first, second, third = items
    assert first.getprevious() is None
    assert third.getnext() is None
    assert [element.tag for element in third.iterancestors()] == ["ul", "body", "html"]
    assert [element.tag for element in third.iterancestors("body")] == ["body"]
    assert first.getparent() is second.getparent()
    body = next(third.iterancestors("body"))
    assert body.holds(third)
    assert not third.holds(third)
    assert body.first("i", "p") is next(body.iter("i"))
    assert body.first("table") is None
    assert list(body.iterchildren("h1", "ul")) == [body[0], body[1]]


def test_text_stands_where_the_page_has_it() -> None:
    heading = next(element for element in elements(PAGE) if element.tag == "h1")
    assert list(heading.itertext()) == ["La ", "pluie", " à ", "Brest"]
    assert heading.tail == "undeux\n"  # the comment between is gone
    assert heading[0].tail == " à "
    body = heading.getparent()
    assert body is not None
    assert body.items() == [("class", "")]
    assert heading.get("class") is None


def test_scripts_are_not_made_but_for_data() -> None:
    scripts = [
        *(
            '<script type="application/ld+json">{"a": 1}</script>',
            '<script id=__NEXT_DATA__ type="application/json">{}</script>',
        ),
        *("<script>window.__NUXT__={a:1}</script>", "<script>window.state = {a:1}</script>"),
        *("<script>alert(1)</script>", "<script src=x.js>window.state = {}</script>", "<style>p{}</style>"),
        "<svg><path d=M0/><title>icon</title></svg>",
    ]
    tree = elements("<body>" + "".join(scripts))
    assert [bool(element.text) for element in tree[3:]] == [True] * 4 + [False] * 4
    assert "path" not in {element.tag for element in tree}


def shown(html: str) -> list[str]:
    return [text.strip() for text in parse(html).root.itertext() if text.strip()]


def test_shadow_trees_are_shown_and_templates_are_not() -> None:
    assert shown("<x-a><template shadowrootmode=open><p>in</p></template></x-a><template><p>not</p></template>") == [
        "in"
    ]
    nested = "<x-b><template shadowrootmode=closed><b>deep</b></template></x-b>"
    slots = f"<h2><slot name=t>no title</slot></h2><div>by <slot name=by>nobody</slot></div><slot></slot>{nested}"
    host = f"<x-a>light<template shadowrootmode=open>{slots}</template><i slot=t>Title</i></x-a>end"
    assert shown(host) == ["Title", "by", "nobody", "light", "deep", "end"]


def test_a_head_ends_at_no_counter_for_readers_without_scripts() -> None:
    tree = parse("<html><head><noscript><img src=count.gif></noscript><title>Rain</title></head><body><p>It rained.")
    assert [element.tag for element in tree.elements] == ["html", "head", "title", "body", "p"]


BOMBS = {
    "unclosed, each reopened in each block": "".join(f"<p><b id={number}>x" for number in range(20_000)),
    "few unclosed, many blocks": "".join(f"<p><b id={number}>x" for number in range(299)) + "<p>x" * 9_000,
    "closed in cells alone": "".join(f"<b id={n}><table><td></b></table>" for n in range(3_000)) + "<p>x" * 3_000,
    "nested and closed": "<div>" * 300_000 + "</div>" * 300_000,
    "end tags of nothing between": "<div></x>" * 200_000,
    "attributes of the root": "".join(f"<html a{number}=1>" for number in range(20_000)),
    "links in links": "<a href=x><div>" * 30_000,
    "shadow trees in shadow trees": "<template shadowrootmode=open>" * 5_000,
    "shadow trees side by side": "<template shadowrootmode=open><p>x</template>" * 30_000,
    "counters that never end": "<head>" + "<noscript>" * 100_000 + "<body>x",
    "comments in a text": "a<!---->" * 200_000,
}


@pytest.mark.parametrize("html", BOMBS.values(), ids=BOMBS.keys())
def test_no_page_makes_more_than_its_length_explains(html: str) -> None:
    try:
        tree = parse(html)
        read_page(Page(html, url="https://news.example/rain"))
    except ExtractionError:
        return
    assert len(tree.elements) <= html.count("<") + 3


def test_pages_of_very_many_elements_are_cut_off() -> None:
    tree = parse("<p>x" * (MOST + 1_000))
    assert len(tree.elements) == MOST
    assert tree.root.end == MOST


def test_formatting_that_is_closed_is_no_danger() -> None:
    assert is_safe(b"<p><b>rain</b> <i>and</i> <strong>wind</strong>" * 3_000)
    assert is_safe(b"<table><tr><td><b>rain</b><td><font color=red>wind</font></table>" * 900)
