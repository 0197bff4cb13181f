"""One page, read: the order in which the parts of extraction run, and how their answers become the record."""

from __future__ import annotations

import gc
from datetime import UTC

from newsscraper import __version__
from newsscraper.article import Article, Dates, Extraction
from newsscraper.dates.deciding import decide
from newsscraper.dates.places import zone_of
from newsscraper.extraction import confidence, decoding, feedtext, kind, parsing, scriptdata, structure, structured
from newsscraper.extraction.body import doubt, sitememory
from newsscraper.extraction.body.text import read as read_body
from newsscraper.extraction.boxes import walk_of
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import (
    authors,
    datelines,
    description,
    images,
    language,
    links,
    pagination,
    paywall,
    recent,
    rights,
    taxonomy,
    title,
)
from newsscraper.extraction.page import ExtractionError, Page, Reading
from newsscraper.extraction.rules.answers import Answers
from newsscraper.extraction.rules.applying import apply as apply_rules
from newsscraper.extraction.template import template_of
from newsscraper.urls import article_id, canonical_url, site_of

_LINE = 160
"""Characters of a block that may be a line with a date."""


def read_page(page: Page, *, explain: bool = False, record_only: bool = False, with_structure: bool = False) -> Reading:
    """Read one page; with ``record_only`` what a crawl needs beside the record is left out.

    Raises:
        ExtractionError: the page holds nothing that a record could be made of.
    """
    # A page makes tens of thousands of objects that live till it is read: collecting in between only walks them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(page, explain=explain, record_only=record_only, with_structure=with_structure)
    except RecursionError as error:
        raise ExtractionError("the page is nested too deeply") from error
    finally:
        if collecting:
            gc.enable()


def _read(page: Page, *, explain: bool, record_only: bool, with_structure: bool) -> Reading:
    html = decoding.to_utf8(page.html, page.headers.get("content-type"))
    found = apply_rules(html, page.hints.rules)
    tree = parsing.parse(found.html)
    doc = Document(tree, page, explain=explain)
    stated = structured.read(doc)
    from_scripts = scriptdata.complete(doc, stated)
    declared = Answers(doc, stated, found)
    headline, headline_element = declared.title(*title.read(doc, stated))
    spoken = language.read(doc, stated)
    regional = language.regional(doc, spoken, (block.text for block in walk_of(doc).blocks if block.weight <= _LINE))
    languages = tuple(dict.fromkeys(([regional] if regional else []) + list(page.hints.languages)))
    # Links lead on even from what is no part of the article.
    whole = Document(parsing.parse(html), page) if found.removed and not record_only else doc
    heads, is_amp = links.heads(whole), links.is_amp_page(whole)
    canonical = links.canonical(whole, stated, heads, is_amp=is_amp)
    pages, page_number = ((), 1) if record_only else pagination.parts(whole, canonical)
    clock = page.hints.timezone or zone_of(page.url, languages)
    posts, post_boxes = recent.read(doc, headline_element, languages=languages, timezone=clock)
    pictures, captions = images.read(doc, stated, headline_element)
    categories, tags = declared.terms(taxonomy.read(doc, stated, headline_element))
    names = declared.authors(authors.read(doc, stated, headline_element, languages))
    claims = (
        *declared.dates(languages, clock, page.fetched_at),
        *datelines.read(doc, stated, headline=headline_element, languages=languages, others=post_boxes),
        *page.claims,
    )
    moments = decide(
        claims,
        fetched_at=page.fetched_at,
        languages=languages,
        timezone=clock,
        amp_clock_is_gmt=page.hints.amp_clock_is_gmt,
    )
    for name, decision in (("published", moments.published), ("modified", moments.modified)):
        if decision:
            by = "" if decision.moment.reader == "own" else f", read by {decision.moment.reader}"
            reason = f"{name} {decision.value}{by}"
            doc.explain("date", "believed", decision.evidence.source, decision.evidence.raw, reason)
    for claim, why in moments.set_aside:
        doc.explain("date", "set aside", claim.source, claim.raw, why)
    summary = declared.description(description.read(doc, stated, headline))
    body = read_body(
        doc,
        headline=headline,
        headline_element=headline_element,
        stated=stated,
        authors=names,
        language=spoken,
        repeated=page.hints.repeated,
        told=feedtext.paragraphs(page, headline),
        within=declared.containers(),
        boxes={**dict.fromkeys(captions, "caption"), **dict.fromkeys(post_boxes, "recent-posts")},
    )
    verdict = kind.judge(
        doc,
        stated,
        body,
        dated=moments.published is not None and any(c.source in ("json-ld", "meta") for c in claims),
        authors=len(names),
        headline=headline,
    )
    free = paywall.read(doc, stated)
    warnings = [*moments.warnings, *declared.warnings]
    warnings += doubt.warnings_of(body, from_scripts=from_scripts, accessible_for_free=free)
    if verdict.kind != "article":
        warnings.insert(0, f"not-an-article: {verdict.reason}")
    extraction = Extraction(
        version=__version__,
        confidence=confidence.measure(body, stated, description=summary, odds=verdict.odds),
        warnings=warnings,
        removed={**body.removed, **declared.removed},
    )
    own = canonical or (canonical_url(page.url) if page.url else None)
    article = Article(
        id=article_id(own) if own else None,
        url=own,
        source_url=page.url,
        site=site_of(own) if own else None,
        title=headline,
        description=summary,
        text=body.text or None,
        authors=names,
        categories=categories,
        tags=tags,
        language=spoken,
        date_published=moments.published.value if moments.published else None,
        date_modified=moments.modified.value if moments.modified else None,
        dates=Dates(
            moments.published.evidence if moments.published else None,
            moments.modified.evidence if moments.modified else None,
        ),
        images=pictures,
        recent_posts=posts,
        is_accessible_for_free=free,
        rights=rights.read(doc),
        fetched_at=page.fetched_at.astimezone(UTC).isoformat(timespec="seconds") if page.fetched_at else None,
        extraction=extraction,
    )
    reading = Reading(
        kind=verdict.kind,
        reason=verdict.reason,
        article=article,
        canonical_url=canonical,
        amp_url=links.amp_page(heads),
        is_amp=is_amp,
        pages=pages,
        page_number=page_number,
        next_url=None if record_only else pagination.next_page(whole, heads),
        feeds=() if record_only else links.feeds(whole, heads),
        links=() if record_only else tuple(links.same_site(whole)),
        blocks=() if record_only else sitememory.hashes(body.walk.blocks),
        claims=claims,
        languages=languages,
        needs_javascript=not body.text and len(html) > 2000 and bool(doc.tags("script")),
        ruled=tuple(declared.ruled),
        steps=doc.steps or [],
        structure=structure.blocks_of(body, doc) if with_structure else (),
        odds=verdict.odds,
        template="" if record_only else template_of(headline_element, body.choice.container.element),
    )
    body.walk.release()
    tree.release()
    return reading
