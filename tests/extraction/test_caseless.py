"""Patterns without regard to case find what `re.IGNORECASE` finds, in ASCII and beyond."""

import re

import pytest

from newsscraper.extraction.caseless import Caseless

PATTERN = r"\b(?:siste|kjøp|[úu]ltim[oa]s?\b|\d+ min|\w{2}x$)"


@pytest.mark.parametrize(
    "text",
    [
        "SISTE NYTT",
        "Siste",
        "ſiste",
        "KJØP",
        "Kjøp",
        "ÚLTIMAS",
        "Ultimo",
        "ultimoR",
        "9 MIN",
        "AbX",
        "İx",
        "",
        "Resiste",
    ],
)
def test_finds_what_a_pattern_that_ignores_case_finds(text: str) -> None:
    caseless, ignoring = Caseless(PATTERN), re.compile(PATTERN, re.IGNORECASE)
    for way in ("search", "match", "fullmatch"):
        found, expected = getattr(caseless, way)(text), getattr(ignoring, way)(text)
        assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize("pattern", ["Siste", "[A-Z]", "yazı"])
def test_takes_no_pattern_that_lower_case_would_change(pattern: str) -> None:
    with pytest.raises(ValueError, match="not in lower case"):
        Caseless(pattern)
