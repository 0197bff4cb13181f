from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscraper.crawlstate.naming import folder_name


@given(st.text())
def test_a_name_is_always_one_safe_path_part(site: str):
    name = folder_name(site)
    assert name.isascii()
    assert 0 < len(name) <= 80
    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith((".", "-"))
    assert ".." not in name


@pytest.mark.parametrize("site", ["silicon.fr", "bbc.co.uk", "127.0.0.1", "localhost"])
def test_plain_hosts_keep_their_name(site: str):
    assert folder_name(site) == site


def test_two_sites_never_share_a_name():
    sites = ["a/b", "a:b", "a b", "..", ".", "/", "", "::1", "[::1]", "x" * 300, "x" * 301, ".state", "a..b", "日本.jp"]
    assert len({folder_name(site) for site in sites}) == len(sites)
