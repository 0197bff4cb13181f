"""Whether a page is an article, a listing of others, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsscraper.extraction.body.text import Body
from newsscraper.extraction.document import Document
from newsscraper.extraction.kindevidence import features, word_features
from newsscraper.extraction.page import Kind
from newsscraper.extraction.structured import Structured

# What WordPress writes on the body of a single post, and of nothing else.
_POST_CLASS = re.compile(r"\bsingle-post\b")

# Learnt by logistic regression on articles and other pages of the open web, both kinds worth the same in sum, each
# weight held to the side that its name speaks for; see docs/extraction.md.
_WEIGHTS: dict[str, float] = {
    "host-other": -1.51,
    "other-path": -1.29,
    "forum-labels": -1.12,
    "little": -0.91,
    "linked": -0.60,
    "inline-code": -0.95,
    "testimonials": -0.78,
    "time": -0.76,
    "software-other": -0.61,
    "forum": -0.71,
    "ld-other": -0.71,
    "asks": -0.75,
    "class-other": -0.66,
    "we": -0.54,
    "listing-path": -0.48,
    "ld-local": -0.57,
    "og-product": -0.38,
    "team": -0.46,
    "class-page": -0.51,
    "articles": -0.51,
    "ld-offer": -0.43,
    "short-path": -0.40,
    "much": 0.46,
    "in-article": 0.46,
    "post-labels": 0.52,
    "log-prose": 0.33,
    "long-paragraphs": 0.71,
    "og-article": 0.65,
    "prose-share-page": 0.50,
    "wordpress-post": 0.70,
    "one-article": 0.57,
    "class-blog": 0.69,
    "headline-words": 0.78,
    "headline-tells": 0.99,
    "ld-article": 1.05,
    "institution": 1.08,
    "marks-of-a-post": 1.23,
    "slug": 1.19,
    "article-path": 1.74,
}
_BIAS = -3.06
_DOUBT = 2.0
"""Log odds of an article that words could turn: the sum of what they weigh."""


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """What kind of page it is, why, and how far the evidence leans to an article (log odds)."""

    kind: Kind
    reason: str
    odds: float


def judge(  # noqa: PLR0913
    doc: Document, stated: Structured, body: Body, *, dated: bool, authors: int, headline: str | None
) -> KindVerdict:
    """Tell an article from a listing and from everything else."""
    found = features(doc, stated, body, dated=dated, authors=authors, headline=headline)
    odds = _BIAS + sum(_WEIGHTS.get(name, 0.0) * value for name, value in found.items())
    if 0 < odds < _DOUBT:  # words only speak against
        words = word_features(body)
        found |= words
        odds += sum(_WEIGHTS[name] * value for name, value in words.items())
    for_article = found["ld-article"] or found["published"]
    leads_on = found["link-headings"] >= 0.3 and found["link-headings-ratio"] >= 0.5
    if (found["root"] and not found["ld-article"]) or (leads_on and not for_article and odds < _DOUBT):
        odds = min(odds, -1.0)
    if _is_post(body, found) or _is_news(found) or _is_plain_story(found):
        odds = max(odds, 0.5)
    if not body.text:
        odds = min(odds, -2.0)
    if found["little"] and any("post-password-form" in label for label in doc.labels):
        verdict = KindVerdict("other", "no article: behind a password", min(odds, -2.0))
    elif odds > 0:
        verdict = KindVerdict("article", "", odds)
    elif (
        leads_on
        or found["ld-listing"]
        or (found["root"] and found["page-linked"] > 0.3)
        or (found["listing-path"] and not for_article and found["page-linked"] > 0.3)
        or found["linked"] > 0.5
        or (found["page-linked"] > 0.55 and found["little"])
    ):
        verdict = KindVerdict("listing", "a listing: it mostly leads to other pages", odds)
    else:
        strongest = sorted((_WEIGHTS.get(name, 0.0) * value, name) for name, value in found.items())[:2]
        why = ", ".join(_WORDS.get(name, name) for weight, name in strongest if weight < -0.2)
        verdict = KindVerdict(
            "other", "no article" + (f": {why}" if why else ": too little on it speaks for one"), odds
        )
    doc.explain("kind", "believed", verdict.kind, verdict.reason, f"log odds of an article {odds:.1f}")
    return verdict


def _is_post(body: Body, found: dict[str, float]) -> bool:
    """Whether WordPress itself says that a page is a post, be it a news flash: it has a headline, and is no list."""
    classes = body.walk.root.element.get("class") or ""
    whole = not found["little"] or not found["articles"] or found["authors"]
    return bool(_POST_CLASS.search(classes) and found["headline"] and found["linked"] < 0.5 and whole)


def _is_news(found: dict[str, float]) -> bool:
    """Whether a page says that it is one piece of news, and nothing speaks of another kind, be it ever so short."""
    return bool(found["ld-news"] and found["headline"] and found["linked"] < 0.5 and not found["root"])


def _is_plain_story(found: dict[str, float]) -> bool:
    """Whether a page is a headline and prose and hardly anything else, with nothing that speaks of another kind."""
    against = (
        "ld-other",
        "ld-listing",
        "og-product",
        "host-other",
        "other-path",
        "listing-path",
        "root",
        "software-other",
    )
    return (
        found["prose-share-page"] >= 0.7
        and found["headline"] > 0
        and found["linked"] < 0.2
        and found["mean-paragraph"] >= 0.15
        and not any(found[name] for name in against)
        and not found["code"]
    )


_WORDS = {
    "host-other": "a host for documentation, forums or shops",
    "other-path": "an address of a product, service, forum or documentation",
    "listing-path": "an address of a listing",
    "short-path": "a short address",
    "little": "hardly any prose",
    "linked": "much of the text is links",
    "ld-other": "it describes itself as a product, service or question",
    "ld-offer": "it makes an offer",
    "ld-local": "it describes itself as a business",
    "og-product": "it describes itself as a product or profile",
    "asks": "it asks for orders and calls",
    "we": "it speaks of itself",
    "forum": "it looks like a forum",
    "forum-labels": "it is built as a forum",
    "testimonials": "it shows testimonials",
    "team": "it shows a team",
    "inline-code": "much code",
    "class-other": "it is laid out as a product, forum or documentation",
    "class-page": "it is laid out as a page, not a post",
    "software-other": "it is made by forum or documentation software",
    "articles": "it shows several articles",
    "time": "it shows many dates",
}
