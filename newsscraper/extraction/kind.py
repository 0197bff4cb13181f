"""Whether a page is an article, a listing of others, or something else."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from newsscraper.extraction.body import Body
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Kind
from newsscraper.extraction.structured import Structured, types_of

_ARTICLE = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "  # noqa: SIM905
    "ReviewNewsArticle AdvertiserContentArticle LiveBlogPosting TechArticle Report ScholarlyArticle SatiricalArticle "
    "MedicalScholarlyArticle AskPublicNewsArticle".split()
)
_LISTING = frozenset("CollectionPage SearchResultsPage ItemList ProfilePage Blog MediaGallery ImageGallery".split())  # noqa: SIM905
_OTHER = frozenset(
    "Product ProductGroup Offer AggregateOffer Service Course Event LocalBusiness SoftwareApplication "  # noqa: SIM905
    "WebApplication QAPage "
    "Question DiscussionForumPosting JobPosting RealEstateListing Hotel Restaurant FinancialProduct ContactPage "
    "AboutPage "
    "MedicalClinic Dentist Store APIReference Dataset EducationalOccupationalProgram".split()
)
_LISTING_PATH = re.compile(
    r"/(?:category|categories|categorie|kategorie|categoria|tag|tags|topic|topics|thema|themen|rubrique|section|"
    r"author|auteur|autor|authors|search|"
    r"suche|recherche|archive|archives|page/\d+|blog/?$|news/?$|articles/?$|latest|feed)(?:/|$)",
    re.IGNORECASE,
)
_OTHER_PATH = re.compile(
    r"/(?:products?|shop|store|cart|services?|solutions?|pricing|features?|forums?|threads?|viewtopic|questions|"
    r"t/|docs?|documentation|reference|api|manual|"
    r"help|support|faq|about|contact|courses?|program(?:me)?s?|degrees?|locations?|careers?|jobs?|collections?|"
    r"dp/|p/|item|listing|wiki|discussions?|"
    r"issues|pull|packages?|terms|privacy|legal|portfolio|team|events?|apps?|browse|c/|r/|topic/|discuss|"
    r"community)(?:/|$|\.)",
    re.IGNORECASE,
)
_ARTICLE_PATH = re.compile(
    r"/(?:(?:19|20)\d\d/(?:0?[1-9]|1[0-2])|(?:19|20)\d\d-\d\d-\d\d|article|articles|news|blog|blogs|story|stories|"
    r"post|posts|magazine|opinion|insights|"
    r"actualites?|actualidad|noticias?|nachrichten|politik|politics|sport|sports|world|press-release|learn|"
    r"guides?|resources|advice|tips)/",
    re.IGNORECASE,
)
_PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?[$€£¥₹]|\bUSD\b|\bEUR\b")
_SHOP = re.compile(
    r"add to (?:cart|bag|basket)|in den warenkorb|ajouter au panier|añadir al carrito|aggiungi al carrello|"
    r"buy now|out of stock|in stock|sku\b|free shipping|checkout"
)
_ASKS = re.compile(
    r"get (?:a |your )?(?:free )?quote|contact us|request (?:a |an )?(?:demo|quote|info)|book (?:a|now|an)|"
    r"schedule (?:a|an|your)|call (?:us|now)|get started|apply now|enroll|"
    r"sign up|start (?:your )?free|free (?:trial|consultation)|our (?:services|team|clients|solutions)|why choose|"
    r"testimonials?|what we (?:do|offer)|learn more"
)
_FORUM = re.compile(
    r"\b(?:repl(?:y|ies)|posts?:|joined:?|quote|thread|forum|upvote|member since|reputation|asked|answers?|views|"
    r"solved|moderator|reply to)\b"
)
_DOCS = re.compile(
    r"\b(?:parameters?|syntax|returns?|api|install(?:ation)?|version|deprecated|example|usage|reference|"
    r"documentation|edit (?:this|on)|on this page)\b"
)


_ARTICLE_CLASS = re.compile(
    r"\b(?:single|single-post|postid-\d+|type-post|post-template\S*|article\S*|story\S*|blog-?post\S*|"
    r"node-type-(?:article|blog|news|story)|news-?detail\S*)\b",
    re.IGNORECASE,
)
# What WordPress writes on the body of a single post, and of nothing else.
_POST_CLASS = re.compile(r"\bsingle-post\b")
_PAGE_CLASS = re.compile(
    r"\b(?:page-id-\d+|page-template\S*|home|archive|category|tax-\S+|page-node-type-(?:page|landing\S*)|"
    r"template-(?:collection|product|index|list)\S*)\b",
    re.IGNORECASE,
)
_OTHER_CLASS = re.compile(
    r"\b(?:product\S*|woocommerce|shop|forum\S*|topic\S*|thread\S*|docs?-\S+|documentation|wiki\S*|mediawiki|"
    r"question-page|rst-content|collection\S*)\b",
    re.IGNORECASE,
)
_OTHER_SOFTWARE = re.compile(
    r"discourse|phpbb|xenforo|vbulletin|invision|mybb|flarum|sphinx|docusaurus|mdbook|mkdocs|vitepress|gitbook|"
    r"docfx|mediawiki|javadoc|rustdoc|hugo-book|antora|nodebb|vanilla|read the docs",
    re.IGNORECASE,
)
_OTHER_HOST = re.compile(
    r"^(?:docs?|documentation|forums?|community|communities|shop|store|developers?|dev|help|support|wiki|api|"
    r"answers|boards|discuss|man|learn|app|cloud)\d*\.",
    re.IGNORECASE,
)
_BLOG_HOST = re.compile(
    r"^(?:blogs?|news|magazine|insights?)\.|blog|news|times|post|journal|tribune|daily|magazine|gazette", re.IGNORECASE
)
_TELLING_TITLE = re.compile(
    r"\bhow\b|\bwhy\b|\bwhat\b|\bwhen\b|\bbest\b|\btips\b|\bguide\b|\bways\b|\bvs\.?\b|\b20[12]\d\b|\btop \d|"
    r"^\d+ |\bthings\b|\bsteps\b|\bsays?\b|\breview\b",
    re.IGNORECASE,
)


def features(  # noqa: PLR0913
    doc: Document, stated: Structured, body: Body, *, dated: bool, authors: int, headline: str | None
) -> dict[str, float]:
    """Return what speaks for and against an article, each roughly 0…1."""
    blocks, kept = body.walk.blocks, body.blocks
    types = {kind for thing in stated.things for kind in types_of(thing)}
    own = set(types_of(stated.article)) if stated.article else set()
    og = " ".join(doc.meta.get("og:type", ())).lower()
    meta = doc.meta
    parts = urlsplit(doc.page.url or "")
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    slug = max(segments, key=len) if segments else ""
    slug_words = len(re.findall(r"[^\W\d_]+", slug))
    prose = [block for block in kept if block.prose]
    chosen = sum(block.prose for block in prose)
    long = sum(block.weight >= 150 for block in prose)
    weight = sum(block.weight for block in kept) or 1
    linked = sum(block.linked for block in kept)
    page_weight = sum(block.weight for block in blocks) or 1
    page_linked = sum(block.linked for block in blocks)
    body_class = f"{body.walk.root.element.get('class') or ''} {body.walk.root.element.get('id') or ''}"
    link_headings = sum(b.kind == "heading" and b.linked * 10 > 8 * b.weight and b.weight > 20 for b in blocks)
    links = sum(block.links for block in blocks)
    return {
        "ld-article": float(bool(own & _ARTICLE)),
        "ld-listing": float(bool(types & _LISTING) and not own & _ARTICLE),
        "ld-other": float(bool(types & _OTHER)),
        "ld-faq": float("FAQPage" in types),
        "og-article": float("article" in og),
        "og-product": float("product" in og or "profile" in og or "business" in og),
        "og-website": float("website" in og),
        "published": float(bool(dated or "article:published_time" in meta)),
        "authors": float(authors > 0),
        "headline": float(headline is not None),
        "headline-words": min(1.0, len((headline or "").split()) / 10),
        "headline-tells": float(bool(_TELLING_TITLE.search(headline or ""))),
        "class-article": float(bool(_ARTICLE_CLASS.search(body_class))),
        "class-page": float(bool(_PAGE_CLASS.search(body_class))),
        "class-other": float(bool(_OTHER_CLASS.search(body_class))),
        "software-other": float(bool(_OTHER_SOFTWARE.search(" ".join(meta.get("generator", ()))))),
        "host-other": float(bool(_OTHER_HOST.search(parts.netloc))),
        "host-blog": float(bool(_BLOG_HOST.search(parts.netloc))),
        "meta-article": float(
            any(
                name.startswith(
                    ("article:section", "article:tag", "article:author", "parsely-", "sailthru.", "news_keywords")
                )
                for name in meta
            )
        ),
        "reading-time": float("twitter:label1" in meta or "twitter:label2" in meta),
        "little": float(chosen < 500),
        "much": float(chosen > 2500),
        "best-block": min(1.0, max((block.weight for block in prose), default=0) / 600),
        "log-prose": math.log1p(chosen) / 10,
        "log-long": math.log1p(long) / 4,
        "share": min(1.0, chosen / max(1, body.choice.total)),
        "prose-share-page": min(1.0, chosen / page_weight),
        "mean-paragraph": min(1.0, chosen / max(1, len(prose)) / 400),
        "linked": linked / weight,
        "page-linked": page_linked / page_weight,
        "link-headings": min(1.0, link_headings / 20),
        "link-headings-ratio": min(1.0, link_headings / max(1, long + 1) / 3),
        "headings": min(1.0, sum(b.kind == "heading" for b in kept) / max(1, len(kept))),
        "items": sum(b.kind == "li" for b in kept) / max(1, len(kept)),
        "rows": sum(b.kind == "row" for b in kept) / max(1, len(kept)),
        "code": min(1.0, sum(b.kind == "pre" for b in kept) / 10),
        "articles": min(1.0, max(0, len(doc.tags("article")) - 1) / 10),
        "one-article": float(len(doc.tags("article")) == 1),
        "root": float(bool(parts.netloc) and not segments and not parts.query),
        "slug": min(1.0, slug_words / 6),
        "depth": min(1.0, len(segments) / 4),
        "listing-path": float(bool(_LISTING_PATH.search(path))),
        "other-path": float(bool(_OTHER_PATH.search(path))),
        "article-path": float(bool(_ARTICLE_PATH.search(path))),
        "number": float(bool(re.search(r"\d{4,}", path))),
        "links": min(1.0, math.log1p(links) / 7),
        "time": min(1.0, len(doc.tags("time")) / 10),
        "forms": min(1.0, len(doc.tags("input")) / 20),
        "questions": min(1.0, sum(b.text.endswith("?") and b.kind == "heading" for b in kept) / 8),
    }


# Learnt by logistic regression on articles and other pages of the open web; see docs/extraction.md.
_WEIGHTS: dict[str, float] = {
    "ld-article": 0.87,
    "ld-listing": 0.28,
    "ld-other": -1.28,
    "ld-faq": 0.08,
    "og-article": 0.77,
    "og-product": -0.73,
    "og-website": 0.30,
    "published": 0.51,
    "authors": 0.81,
    "headline-words": 0.71,
    "headline-tells": 1.27,
    "class-article": 0.89,
    "class-page": -0.58,
    "class-other": -0.92,
    "software-other": -0.81,
    "host-other": -2.24,
    "host-blog": 0.52,
    "meta-article": 0.39,
    "reading-time": 0.14,
    "little": -1.60,
    "much": 0.37,
    "best-block": 0.42,
    "log-prose": 0.59,
    "log-long": 0.16,
    "share": -0.53,
    "prose-share-page": 0.95,
    "mean-paragraph": 0.68,
    "linked": -1.23,
    "page-linked": 0.10,
    "link-headings": 0.61,
    "link-headings-ratio": -0.72,
    "headings": -0.56,
    "items": -0.18,
    "rows": 0.40,
    "code": -0.98,
    "articles": -0.57,
    "one-article": 1.23,
    "root": -0.39,
    "slug": 1.78,
    "depth": 0.66,
    "listing-path": -1.03,
    "other-path": -1.72,
    "article-path": 2.52,
    "number": -0.39,
    "links": 0.98,
    "time": -0.99,
    "forms": -0.23,
    "questions": 0.54,
    "prices": 0.11,
    "shop": -0.07,
    "asks": -1.14,
    "forum": -1.06,
    "docs": -0.32,
}
_BIAS = -4.56


_DOUBT = 3.5


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """What kind of page it is, why, and how far the evidence leans to an article (log odds)."""

    kind: Kind
    reason: str
    odds: float


def word_features(body: Body) -> dict[str, float]:
    """Return what short lines say: prices, calls, replies. Dear, and needed only where the rest leaves a doubt."""
    short = "\n".join(block.text for block in body.walk.blocks if block.weight < 60)
    lower = short.lower()  # patterns of small letters take a third of the time of those that ignore case
    return {
        "prices": min(1.0, len(_PRICE.findall(short)) / 12),
        "shop": min(1.0, len(_SHOP.findall(lower)) / 3),
        "asks": min(1.0, len(_ASKS.findall(lower)) / 8),
        "forum": min(1.0, len(_FORUM.findall(lower)) / 12),
        "docs": min(1.0, len(_DOCS.findall(lower)) / 12),
    }


def judge(  # noqa: PLR0913
    doc: Document, stated: Structured, body: Body, *, dated: bool, authors: int, headline: str | None
) -> KindVerdict:
    """Tell an article from a listing and from everything else."""
    found = features(doc, stated, body, dated=dated, authors=authors, headline=headline)
    odds = _BIAS + sum(_WEIGHTS.get(name, 0.0) * value for name, value in found.items())
    if abs(odds) < _DOUBT:
        words = word_features(body)
        found |= words
        odds += sum(_WEIGHTS.get(name, 0.0) * value for name, value in words.items())
    for_article = found["ld-article"] or found["published"]
    leads_on = found["link-headings"] >= 0.3 and found["link-headings-ratio"] >= 0.5
    if (found["root"] and not found["ld-article"]) or (leads_on and not found["ld-article"] and odds < 6):
        odds = min(odds, -1.0)
    if _is_post(body, found):
        odds = max(odds, 0.5)
    if _is_plain_story(found):
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
        or (found["listing-path"] and not for_article)
        or found["linked"] > 0.5
        or (found["page-linked"] > 0.55 and found["little"])
    ):
        verdict = KindVerdict("listing", "a listing: it mostly leads to other pages", odds)
    else:
        strongest = sorted((_WEIGHTS.get(name, 0.0) * value, name) for name, value in found.items())[:2]
        why = ", ".join(_WORDS.get(name, name) for weight, name in strongest if weight < -0.2)
        verdict = KindVerdict("other", "no article" + (f": {why}" if why else ": hardly any prose"), odds)
    doc.explain("kind", "believed", verdict.kind, verdict.reason, f"log odds of an article {odds:.1f}")
    return verdict


def _is_post(body: Body, found: dict[str, float]) -> bool:
    """Whether WordPress itself says that a page is a post, be it a news flash: it has a headline, and is no list."""
    classes = body.walk.root.element.get("class") or ""
    whole = not found["little"] or not found["articles"] or found["authors"]
    return bool(_POST_CLASS.search(classes) and found["headline"] and found["linked"] < 0.5 and whole)


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
    "little": "hardly any prose",
    "linked": "much of the text is links",
    "ld-other": "it describes itself as a product, service or question",
    "asks": "it asks for orders and calls",
    "forum": "it looks like a forum",
    "code": "much code",
    "class-other": "it is laid out as a product, forum or documentation",
    "software-other": "it is made by forum or documentation software",
    "link-headings-ratio": "its headings lead elsewhere",
    "articles": "it shows several articles",
    "og-product": "it describes itself as a product or profile",
    "docs": "it looks like documentation",
    "time": "it shows many dates",
    "class-page": "it is laid out as a page, not a post",
}
