"""How far the text can be trusted: the evidence on the page, in a number."""

from __future__ import annotations

import math
import re

from newsscraper.extraction.body import Body
from newsscraper.extraction.structured import Structured, text_value

_WORD = re.compile(r"\w+")
_MANY_WORDS = 100


def evidence(
    body: Body, stated: Structured, *, description: str | None, odds: float, headline: bool
) -> dict[str, float]:
    """Return what speaks for and against the text, each roughly 0…1."""
    kept = body.blocks
    prose = sum(block.prose for block in kept)
    weight = sum(block.weight for block in kept) or 1
    linked = sum(block.linked for block in kept)
    cut_inside = sum(block.prose for block in body.choice.blocks if block.place in body.choice.cut)
    total = body.choice.total or 1
    page_prose = body.walk.root.prose or 1
    container = body.choice.container
    text = body.text.lower()
    return {
        "log-prose": min(1.0, math.log1p(prose) / 10),
        "little": float(prose < 400),
        "share": min(1.0, prose / total),
        "share-page": min(1.0, prose / page_prose),
        "linked": linked / weight,
        "prose": min(1.0, prose / weight),
        "short-blocks": sum(block.weight < 40 for block in kept) / max(1, len(kept)),
        "blocks": min(1.0, len(kept) / 200),
        "cut-inside": min(1.0, cut_inside / max(1, prose)),
        "label": float(container.body or container.tag in ("article", "main")),
        "whole-page": float(container.depth < 2),
        "description": _agreement(description, text),
        "no-description": float(not description),
        "article-body": _agreement(text_value((stated.article or {}).get("articleBody")), text),
        "kind": 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))),
        "headline": float(headline),
        "repeats": 1 - len({block.text for block in kept}) / max(1, len(kept)),
        "prices": min(1.0, sum("$" in block.text and block.weight < 60 for block in kept) / 10),
        "rows": sum(block.kind == "row" for block in kept) / max(1, len(kept)),
        "code": min(1.0, sum(block.kind == "pre" for block in kept) / 10),
    }


def _agreement(witness: str | None, text: str) -> float:
    """Return the share of the witness' words that stand in the text; 0.5 where there is no witness."""
    words = set(_WORD.findall((witness or "").lower()))
    if len(words) < 5:
        return 0.5
    if len(words) > _MANY_WORDS:
        return len(words.intersection(_WORD.findall(text))) / len(words)
    return sum(_holds(text, word) for word in words) / len(words)


def _holds(text: str, word: str) -> bool:
    """Whether a word stands in a text, not as a part of another: quicker than to part a long text into words."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        around = text[at - 1 : at] + text[end : end + 1]
        if not any(char.isalnum() or char == "_" for char in around):
            return True
        at = text.find(word, at + 1)
    return False


# Learnt by logistic regression on pages whose text is known; see docs/extraction.md.
_WEIGHTS: dict[str, float] = {
    "log-prose": -0.17,
    "little": -0.10,
    "share": 0.84,
    "share-page": 2.92,
    "linked": -1.86,
    "prose": -1.78,
    "short-blocks": -0.39,
    "blocks": -1.62,
    "cut-inside": -1.27,
    "label": 0.39,
    "whole-page": -1.33,
    "description": 1.65,
    "no-description": 0.58,
    "article-body": 0.90,
    "kind": 2.09,
    "headline": -0.52,
    "repeats": -1.71,
    "prices": -0.51,
    "rows": -0.74,
    "code": -2.23,
}
_BIAS = -1.99


def measure(body: Body, stated: Structured, *, description: str | None, odds: float, headline: bool) -> float:
    """Return 0…1; 0 where there is no text."""
    if not body.text:
        return 0.0
    found = evidence(body, stated, description=description, odds=odds, headline=headline)
    score = _BIAS + sum(_WEIGHTS.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)
