"""What on a page speaks for an article, a listing or something else: its markup, its words, its address."""

from __future__ import annotations

import math
import re
from urllib.parse import unquote, urlsplit

from newsscraper.extraction.body.blocks import words_in
from newsscraper.extraction.body.text import Body
from newsscraper.extraction.document import Document
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
_OFFER = frozenset({"Offer", "AggregateOffer", "AggregateRating", "Product"})
_LOCAL = frozenset(
    {"LocalBusiness", "ProfessionalService", "LegalService", "HomeAndConstructionBusiness", "Place", "PostalAddress"}
)
_LETTERS = re.compile(r"[^\W\d_]+")
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
    r"post|posts|magazine|opinion|insights|news-and-events|newsroom|press(?:e|a)?|press-?release\w*|presse\w*|"
    r"actualites?|actualidad|actualitat|aktuell\w*|nyheter|nyheder|nieuws|uutiset|noti[cz]i[ae]s?|nachrichten|haber|"
    r"berita|novosti|politi[ckq]\w*|econom[iy]\w*|economie|wirtschaft|sociedad|societe|lokales|regional\w*|mundo|"
    r"monde|world|deportes|esportes?|sports?|cultur[ae]l?|kultur|international|internacional|"
    r"learn|guides?|resources|advice|tips)/",
    re.IGNORECASE,
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
    r"answers|boards|discuss|man|learn|app|cloud)\d*\.[^.]+\.",
    re.IGNORECASE,
)
_TELLING_TITLE = re.compile(
    r"\bhow\b|\bwhy\b|\bwhat\b|\bwhen\b|\bbest\b|\btips\b|\bguide\b|\bways\b|\bvs\.?\b|\b20[12]\d\b|\btop \d|"
    r"^\d+ |\bthings\b|\bsteps\b|\bsays?\b|\breview\b",
    re.IGNORECASE,
)
# Universities and authorities: they publish to inform, and rarely say so in markup.
_INSTITUTION = re.compile(r"\.(?:edu|gov|mil|int)$|\.(?:gov|gob|gouv|edu|ac|gc|admin|bund)\.\w\w$")
_BLOG_CLASS = re.compile(r"blog|post|article")
_WE = re.compile(r"\b(?:we|our|us|wir|unser\w*|nous|notre|nuestr\w+|nosotros|nostr\w+|noss\w+|onze|nasz\w*)\b")
_POST_LABELS = (
    *("entry-content", "post-content", "article-body", "article-content", "post-body", "entry-title", "post-title"),
    *("article__body", "story-body", "blog-content", "single-post"),
)
_FORUM_LABELS = ("thread", "topic", "forum")


def features(  # noqa: PLR0913
    doc: Document, stated: Structured, body: Body, *, dated: bool, authors: int, headline: str | None
) -> dict[str, float]:
    """Return what speaks for and against an article, each roughly 0…1."""
    return (
        _of_statements(doc, stated, dated=dated, authors=authors, headline=headline)
        | _of_markup(doc, body, dated=dated, authors=authors)
        | _of_text(body)
        | _of_address(doc)
    )


def word_features(body: Body) -> dict[str, float]:
    """Return what the words say: calls to order, a forum's buttons, "we". Dear; each only ever speaks against."""
    # Patterns of small letters take a third of the time of those that ignore case.
    short = "\n".join(block.text for block in body.walk.blocks if block.weight < 60).lower()
    return {
        "asks": min(1.0, len(_ASKS.findall(short)) / 8),
        "forum": min(1.0, len(_FORUM.findall(short)) / 12),
        "we": min(1.0, 40 * len(_WE.findall(body.text.lower())) / (words_in(body.text) or 1)),
    }


def _of_statements(
    doc: Document, stated: Structured, *, dated: bool, authors: int, headline: str | None
) -> dict[str, float]:
    """What the page says of itself, and its headline."""
    types = {kind for thing in stated.things for kind in types_of(thing)}
    own = set(types_of(stated.article)) if stated.article else set()
    og = " ".join(doc.meta.get("og:type", ())).lower()
    return {
        "ld-article": float(bool(own & _ARTICLE)),
        "ld-news": float(any(kind.endswith("NewsArticle") for kind in own)),
        "ld-listing": float(bool(types & _LISTING) and not own & _ARTICLE),
        "ld-other": float(bool(types & _OTHER)),
        "ld-offer": float(bool(types & _OFFER)),
        "ld-local": float(bool(types & _LOCAL)),
        "og-article": float("article" in og),
        "og-product": float("product" in og or "profile" in og or "business" in og),
        "published": float(dated or "article:published_time" in doc.meta),
        "authors": float(authors > 0),
        "headline": float(headline is not None),
        "headline-words": min(1.0, words_in(headline or "") / 10),
        "headline-tells": float(bool(_TELLING_TITLE.search(headline or ""))),
        "software-other": float(bool(_OTHER_SOFTWARE.search(" ".join(doc.meta.get("generator", ()))))),
    }


def _of_markup(doc: Document, body: Body, *, dated: bool, authors: int) -> dict[str, float]:
    """How the page is built: what its parts are called, and what its links lead to."""
    root = body.walk.root.element
    body_class = f"{root.get('class') or ''} {root.get('id') or ''}".lower()
    articles = doc.tags("article")
    container = body.choice.container.element
    rel_author, rel_tag = False, False
    for attributes in doc.anchors.values():
        if rel := attributes.get("rel"):
            rel_author = rel_author or "author" in rel
            rel_tag = rel_tag or "tag" in rel.split()
    marks = (
        doc.has_label("byline", "author"),
        doc.has_label("related", "read-next", "more-stories", "recommended"),
        doc.has_label("share", "addtoany"),
        authors > 0,
        dated or "article:published_time" in doc.meta,
        rel_author,
        rel_tag,
        "author-biography" in body.removed,
    )
    return {
        "class-page": float(bool(_PAGE_CLASS.search(body_class))),
        "class-other": float(bool(_OTHER_CLASS.search(body_class))),
        "class-blog": float(bool(_BLOG_CLASS.search(body_class))),
        "wordpress-post": float(any("/wp/v2/posts/" in (link.get("href") or "") for link in doc.tags("link"))),
        "post-labels": float(doc.has_label(*_POST_LABELS)),
        "forum-labels": min(1.0, sum(len(found) for _, found in doc.labels_with(_FORUM_LABELS)) / 20),
        "testimonials": float(doc.has_label("testimonial")),
        "team": float(doc.has_label("team")),
        "marks-of-a-post": min(1.0, sum(marks) / 5),
        "articles": min(1.0, max(0, len(articles) - 1) / 10),
        "one-article": float(len(articles) == 1),
        "in-article": float(
            container.tag == "article" or any(element.tag == "article" for element in container.iterancestors())
        ),
        "time": min(1.0, len(doc.tags("time")) / 10),
        "inline-code": min(1.0, len(doc.tags("code")) / 40),
    }


def _of_text(body: Body) -> dict[str, float]:
    """How much prose there is, of what kind, and how much of the page is links."""
    blocks, kept = body.walk.blocks, body.blocks
    prose = [block for block in kept if block.prose]
    chosen = sum(block.prose for block in prose)
    long = sum(block.weight >= 150 for block in prose)
    page_weight = sum(block.weight for block in blocks) or 1
    link_headings = sum(b.kind == "heading" and b.linked * 10 > 8 * b.weight and b.weight > 20 for b in blocks)
    return {
        "little": float(chosen < 500),
        "much": float(chosen > 2500),
        "log-prose": math.log1p(chosen) / 10,
        "long-paragraphs": min(1.0, sum(b.kind == "p" and b.weight >= 200 for b in kept) / 10),
        "mean-paragraph": min(1.0, chosen / max(1, len(prose)) / 400),
        "prose-share-page": min(1.0, chosen / page_weight),
        "linked": sum(block.linked for block in kept) / (sum(block.weight for block in kept) or 1),
        "page-linked": sum(block.linked for block in blocks) / page_weight,
        "link-headings": min(1.0, link_headings / 20),
        "link-headings-ratio": min(1.0, link_headings / max(1, long + 1) / 3),
        "code": min(1.0, sum(b.kind == "pre" for b in kept) / 10),
    }


def _of_address(doc: Document) -> dict[str, float]:
    parts = urlsplit(doc.page.url or "")
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    words = [len(_LETTERS.findall(segment)) for segment in segments]
    slug = max(segments, key=len) if segments else ""
    return {
        "root": float(bool(parts.netloc) and not segments and not parts.query),
        "short-path": float(
            bool(parts.netloc) and len(segments) <= 1 and not parts.query and max(words, default=0) <= 3
        ),
        "slug": min(1.0, len(_LETTERS.findall(slug)) / 6) if parts.netloc else 1.0,  # unknown is nothing against it
        "listing-path": float(bool(_LISTING_PATH.search(path))),
        "other-path": float(bool(_OTHER_PATH.search(path))),
        "article-path": float(bool(_ARTICLE_PATH.search(path))),
        "host-other": float(bool(_OTHER_HOST.search(parts.netloc))),
        "institution": float(bool(_INSTITUTION.search(parts.hostname or ""))),
    }
