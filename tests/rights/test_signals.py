"""What a site's files say of one page: robots.txt, tdmrep.json, ai.txt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscraper.article import Rights
from newsscraper.rights import SiteSignals, add_site_rights, read_ai_txt, read_robots_rights, read_tdmrep, verdict
from newsscraper.rights.paths import matches
from newsscraper.rights.tdmrep import is_tdmrep

URL = "https://example.com/news/a-story.html"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", None),
        ("User-agent: *\nDisallow: /", None),
        ("User-agent: GPTBot\nDisallow: /", False),
        ("User-agent: gptbot\nDisallow: /news/", False),
        ("User-agent: GPTBot\nDisallow: /archive/", True),
        ("User-agent: GPTBot\nAllow: /\n\nUser-agent: CCBot\nDisallow: /", False),
        ("User-agent: Google-Extended\nUser-agent: ClaudeBot\nDisallow: /", False),
        ("User-agent: Googlebot\nDisallow: /", None),
        ("# User-agent: GPTBot\nUser-agent: *\nDisallow: /x", None),
        ("user-AGENT :  PerplexityBot # them\nDISALLOW: /", False),
    ],
)
def test_robots_rules_for_ai_agents(text: str, allowed: bool | None) -> None:
    robots_ai, ai, evidence = read_robots_rights(text, URL)
    assert robots_ai is allowed
    assert ai is None
    assert bool(evidence) is (allowed is not None)


@pytest.mark.parametrize(
    ("line", "ai"),
    [
        ("Content-Signal: search=yes, ai-train=no", False),
        ("Content-Signal: search=yes, ai-train=yes, ai-input=yes", True),
        ("Content-Signal: ai-train=yes, ai-input=no", False),
        ("Content-Signal: search=no", None),
        ("Content-Usage: train-ai=n", False),
        ("Content-Usage: / train-ai=n", False),
        ("Content-Usage: /pictures/ train-ai=n", None),
    ],
)
def test_preferences_in_robots_txt(line: str, ai: bool | None) -> None:
    assert read_robots_rights(f"User-agent: *\n{line}\nAllow: /", URL)[1] is ai


@pytest.mark.parametrize(
    ("rules", "reserved", "policy"),
    [
        ('[{"location": "/", "tdm-reservation": 1}]', True, None),
        ('[{"location": "/", "tdm-reservation": 0}]', False, None),
        ('{"location": "/", "tdm-reservation": "1"}', True, None),
        ('[{"location": "*", "tdm-reservation": 1, "tdm-policy": "/p.json"}]', True, "https://example.com/p.json"),
        ('[{"location": "/sport/*", "tdm-reservation": 1}]', None, None),
        ('[{"location": "/", "tdm-reservation": 0}, {"location": "/news/", "tdm-reservation": 1}]', True, None),
        ('[{"location": "/news/", "tdm-reservation": 1}, {"location": "/news/a*", "tdm-reservation": 0}]', False, None),
        ('[{"location": "/*.html$", "tdm-reservation": 1}]', True, None),
        ('[{"location": "/*.htm$", "tdm-reservation": 1}]', None, None),
        ('[{"location": 5, "tdm-reservation": 1}, "x", null]', None, None),
        ("[[[[", None, None),
        ("<html>Not found</html>", None, None),
        ("[" * 100_000, None, None),
    ],
)
def test_tdmrep(rules: str, reserved: bool | None, policy: str | None) -> None:
    answer = read_tdmrep(rules, URL)
    assert answer.reserved is reserved
    assert answer.policy == policy
    assert bool(answer.evidence) is (reserved is not None)


def test_a_page_is_no_tdmrep() -> None:
    assert not is_tdmrep("<html>Not found</html>")
    assert not is_tdmrep('"text"')
    assert is_tdmrep("[]")


@pytest.mark.parametrize(
    ("text", "ai"),
    [
        ("", None),
        ("User-Agent: *\nDisallow: /", False),
        ("User-Agent: *\nDisallow: *.jpg\nDisallow: *.txt\nAllow: *.mp3", False),
        ("User-Agent: *\nDisallow: *.jpg\nAllow: /", True),
        ("User-Agent: *\nDisallow: *.jpg", None),
        ("User-Agent: Somebot\nDisallow: /", None),
        ("# Our product in three sentences\nDisallow nothing", None),
    ],
)
def test_ai_txt(text: str, ai: bool | None) -> None:
    answer, evidence = read_ai_txt(text, URL)
    assert answer is ai
    assert bool(evidence) is (ai is not None)


def test_the_pages_word_stands_and_an_opt_out_anywhere_is_one() -> None:
    page = Rights(tdm_reserved=False, ai=False, evidence=["meta robots: noai"])
    signals = SiteSignals(
        robots="User-agent: CCBot\nDisallow: /",
        tdmrep='[{"location": "/", "tdm-reservation": 1}]',
        ai_txt="User-Agent: *\nAllow: /",
    )
    add_site_rights(page, signals, URL)
    assert (page.tdm_reserved, page.ai, page.robots_ai) == (False, False, False)
    assert page.evidence == [
        "meta robots: noai",
        "robots.txt: disallows ccbot",
        "tdmrep.json: / tdm-reservation 1",
        "ai.txt: Allow: /",
    ]
    add_site_rights(page, signals, URL)
    assert len(page.evidence) == 4


@pytest.mark.parametrize(
    ("rights", "label", "skip", "strict"),
    [
        (Rights(), True, True, True),
        (Rights(tdm_reserved=False, ai=True, robots_ai=True), True, True, True),
        (Rights(tdm_reserved=True), True, False, False),
        (Rights(ai=False), True, False, False),
        (Rights(robots_ai=False), True, False, False),
        (Rights(archive=False), True, True, False),
    ],
)
def test_policies(rights: Rights, label: bool, skip: bool, strict: bool) -> None:
    assert (verdict(rights, "label") is None) is label
    assert (verdict(rights, "skip") is None) is skip
    assert (verdict(rights, "strict") is None) is strict


def test_a_malicious_pattern_takes_no_time() -> None:
    started = time.process_time()
    assert not matches("/" + "a*" * 5000 + "b$", "https://example.com/" + "a" * 100_000)
    assert time.process_time() - started < 1


@given(st.text(max_size=200), st.text(max_size=60))
def test_nothing_that_a_site_writes_breaks_the_readers(text: str, path: str) -> None:
    url = f"https://example.com/{path}"
    for answer in (read_robots_rights(text, url)[2], [read_tdmrep(text, url).evidence], [read_ai_txt(text, url)[1]]):
        assert all("\n" not in line for line in answer)
    read_robots_rights(f"User-agent: GPTBot\nDisallow: {path}", url)
    read_tdmrep(f'[{{"location": "/{path!r}", "tdm-reservation": 1}}]', url)
