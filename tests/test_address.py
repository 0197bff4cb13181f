"""What is let in as an address, and when two of them are one page's."""

from __future__ import annotations

import random

import pytest
from scrapy import Request

from newsscraper.address import MAX_LENGTH, Address
from tests.addresses import at

HOME = "https://www.a.example/"


@pytest.mark.parametrize(
    "text",
    [
        "http://[::1",
        "http://a b:x/",
        "http://a.example:port/",
        "http://a.example:99999/",
        "http://",
        "http:///a",
        "https://[::1]extra/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:desk@a.example",
        "http://a.example/\ud800",
        "http://a.example/" + "a" * MAX_LENGTH,
        None,
        7,
        {"@id": HOME},
    ],
)
def test_what_is_no_address_never_enters(text: object) -> None:
    assert Address.of(text, HOME) is None


@pytest.mark.parametrize("text", ["", "  ", "/a", "a", "//"])
def test_a_relative_address_needs_a_base(text: str) -> None:
    assert Address.of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/a#top", "https://www.a.example/a"),
        (" \n/a b\t", "https://www.a.example/a%20b"),
        ("//b.example/x", "https://b.example/x"),
        ("?id=7", "https://www.a.example/?id=7"),
        ("HTTPS://A.example/x", "https://A.example/x"),
        ("https://münchen.example/ä", "https://münchen.example/ä"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_what_is_written_is_made_whole(text: str, expected: str) -> None:
    assert at(Address.of(text, HOME).text).text == expected


@pytest.mark.parametrize(
    "text", ["http://a.example/story", "https://a.example/story/", "https://www.a.example/story?utm_source=x#comments"]
)
def test_addresses_of_one_page_are_equal(text: str) -> None:
    assert at(text) == at("https://www.a.example/story")
    assert len({at(text), at("https://www.a.example/story")}) == 1


def test_addresses_of_two_pages_differ() -> None:
    pages = {at(HOME + path) for path in ("story", "story?id=1", "story?id=2", "Story", "stories", "")}
    assert len(pages) == 6


def test_nothing_that_a_page_writes_raises() -> None:
    pieces = [*"http://[]:@?#&=%;/\\ .a1ä\u2028\x00\ud800é中\t\n<>\"'{}|^`~!$()*+,-_", "https://", "www.", "%zz"]
    pieces += ["xn--", "[::1]", "..", "//", ";jsessionid=", "?PHPSESSID=1", "?page=2"]
    chance = random.Random(8)
    made = 0
    for number in range(4000):
        start = "http://" if number % 2 else ""
        address = Address.of(start + "".join(chance.choices(pieces, k=chance.randint(0, 12))), HOME)
        if address is not None:
            made += 1
            assert at(address.text) == at(address.canonical.text) == address
            assert address.host
            assert address.site
            assert address.shape.startswith("/")
            Request(address.text)
    assert made > 500
