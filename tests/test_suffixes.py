"""The registrable part of a host's name is the one that tldextract finds, for every suffix of its list."""

from __future__ import annotations

import idna
import pytest
from tldextract import TLDExtract

from newsscraper.suffixes import _rules, registrable

PEER = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


def by_peer(host: str) -> str:
    return PEER(host).top_domain_under_public_suffix or host


def test_every_suffix_of_the_list() -> None:
    names = [rule.lstrip("!*.") for rule in _rules()]
    assert len(names) > 5000
    for name in names:
        for host in (name, f"example.{name}", f"www.news.example.{name}"):
            assert registrable(host) == by_peer(host)


def test_suffixes_in_other_scripts_as_addresses_write_them() -> None:
    names = [rule for rule in _rules() if not rule.isascii() and rule[0] not in "!*"]
    assert len(names) > 50
    for name in names:
        host = "www.example." + ".".join(idna.encode(label).decode() for label in name.split("."))
        assert registrable(host) == by_peer(host)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "intranet.local",
        "a.b.c.d.kawasaki.jp",
        "city.kawasaki.jp",
        "x.city.kawasaki.jp",
        "me.github.io",
        "xn--zz--",
        "xn--a.example.com",
        "a..com",
        "example。co。uk",
        "news.example.xn--p1ai",
        "under_score.example.co.za",
    ],
)
def test_strange_names(host: str) -> None:
    assert registrable(host) == by_peer(host)


@pytest.mark.parametrize(("host", "expected"), [("www.example.com.", "example.com"), ("com.", "com."), (".", ".")])
def test_names_that_end_in_a_dot(host: str, expected: str) -> None:
    assert registrable(host) == expected
