"""Categories and tags: the links that the article shows, else what it states for machines. Menus are neither."""

# ruff: noqa: SIM905 - word lists read better as words

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.title import site_names
from newsscraper.extraction.parts import Parts, parts_of
from newsscraper.extraction.plaintext import fold, is_small, plain
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element

_MOST = 60
# Gathered by their first letters: names one after another take several times as long to look for.
_CATEGORY_BOX = re.compile(
    r"a(?:mp-category|mp-wp-tax|rticle-categor|rticlesection)|"
    r"c(?:at-?links|at-label|ategor(?:y-(?:links|label)|ies-links|(?:ia|ie)s?\b))|entry-(?:cat|taxonomies)|"
    r"jeg_meta_category|kategorie|meta-cat(?:\b|egor)|"
    r"post(?:-cat(?:\b|egor)|-info__terms|-taxonomies|_cat\b(?<!\wpost_cat)|ed-in)|rubrique|single-cat|"
    r"t(?:ax-category|axonomy-category|d-category|erm-list-category)"
)
_TAG_BOX = re.compile(
    r"tags-links|tag-links|taglinks|amp-tags?\b|tax-tag|taxonomy-post_tag|entry-tags?\b|post-tags?\b|"
    r"post_tags?\b|td-tags|"
    r"td-post-source-tags|tags-list|tag-list|article-tags?|tagcloud-post|single-tags|meta-tags|post-meta-tags|"
    r"jeg_post_tags|"
    r"\btags\b|keywords|schlagw|etiquetas|etiquettes|mots-cles|story-tags|topics-list|articletags"
)
# One of these stands in every label that the patterns match.
_CATEGORY_PARTS = (
    *("categor", "-cat", "cat-l", "catl", "_cat", "kategorie", "rubrique", "articlesection", "posted-in"),
    *("taxonomies", "info__terms", "wp-tax"),
)
_TAG_PARTS = ("tag", "keywords", "schlagw", "etiquet", "mots-cles", "topics-list")
_NOT_A_BOX = re.compile(
    r"menu|nav\b|widget_categories|widget_tag_cloud|tag-?cloud|cloud|filter|archive|loop-|breadcrumb|select|"
    r"related|recent|footer"
)
# Steps of an address below which a site's categories, or its tags, stand.
_CATEGORY_STEPS = frozenset(
    "category categories categorie categoria categorias categorías categorie-article kategorie kategorien "
    "kategori kategoria "
    "kategorija rubrique rubriques rubrik rubrica rubryka rubric section sections cat thema seccion secciones "
    "sezione sezioni dział "
    "luokka kategoriat topic topics".split()
)
_TAG_STEPS = frozenset(
    "tag tags etiqueta etiquetas etiquette etiquettes mot-cle mots-cles schlagwort schlagworte stichwort "
    "keyword keywords hashtag "
    "trefwoord tagit avainsana etikett etiket label labels tagi".split()
)
_TERM_STEPS = _CATEGORY_STEPS | _TAG_STEPS
_NOISE = re.compile(r"^(?:#|\W+)|[\s,;|/]+$|\s*\(\d+\)$")
_NO_TERM = re.compile(
    r"^(?:home(?:page)?|accueil|startseite|inicio|uncategori[sz]ed|non class[ée](?:e|\(e\))?|allgemein|sin "
    r"categor[ií]a|senza categoria|"
    r"geen categorie|sem categoria|без рубрики|categor(?:y|ies|ie|ies)|tags?|all|more|share|news feed|,|\||/|edit)$",
    re.IGNORECASE,
)


def read(doc: Document, structured: Structured, headline: Element | None) -> tuple[list[str], list[str]]:
    """Return the article's categories and tags as the site names them, each once, in page order."""
    parts = parts_of(doc, headline)
    sites = site_names(doc, structured)
    title = fold(doc.text_of(headline)) if headline is not None else ""
    categories, tags = _shown(doc, parts)
    slugs = _slugs(doc, parts)
    categories = _confirmed(categories, slugs["category"])
    tags = _confirmed(tags, slugs["tag"])
    # A tag may bear a category's name, but not lead where the category does.
    leading = {href for _, href in categories if href}
    tags = [(text, href) for text, href in tags if href not in leading]
    linked = {fold(text) for text, href in tags if href}
    shown_categories = terms((text for text, _ in categories), sites, title)
    shown_tags = terms((text for text, _ in tags), sites, title)
    told_categories = terms(_sections(doc, structured), sites, title)
    told_tags = terms(_keywords(doc, structured), sites, title)
    if {fold(name) for name in shown_categories} < {fold(name) for name in told_categories} and not slugs["category"]:
        final_categories, rule = told_categories, "stated section"
    elif shown_categories:
        final_categories, rule = shown_categories, "category links"
    else:
        final_categories, rule = told_categories or terms(_breadcrumb(structured), sites, title), "stated section"
    for name in final_categories:
        doc.explain("category", "believed", rule, name)
    known = {fold(name) for name in final_categories}
    if shown_tags:
        final_tags, rule = [name for name in shown_tags if fold(name) not in known or fold(name) in linked], "tag links"
    else:
        final_tags, rule = [name for name in told_tags if fold(name) not in known], "stated keywords"
    for name in final_tags:
        doc.explain("tag", "believed", rule, name)
    return final_categories, final_tags


def _shown(doc: Document, parts: Parts) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return (text, address) of the links to categories and to tags; of several ways to tell them the surest."""
    by_rel: tuple[list[Element], list[Element]] = ([], [])
    by_path: tuple[list[Element], list[Element]] = ([], [])
    for anchor, attributes in doc.anchors.items():
        href = attributes.get("href")
        if not href:
            continue
        rel = attributes["rel"].lower().split() if "rel" in attributes else ()
        # Anchors first, then words: a page has hundreds of links and few of them speak of terms.
        steps = href.lower().split("/")[:-1]
        if _TERM_STEPS.isdisjoint(steps) and "tag" not in rel and "category" not in rel:
            continue
        is_category, is_tag = not _CATEGORY_STEPS.isdisjoint(steps), not _TAG_STEPS.isdisjoint(steps)
        if "tag-cloud-link" in attributes.get("class", "") or not parts.concern(anchor):
            continue
        if "category" in rel or ("tag" in rel and is_category):
            by_rel[0].append(anchor)
        elif "tag" in rel:
            by_rel[1].append(anchor)
        elif is_category and _stands_alone(anchor):
            by_path[0].append(anchor)
        elif is_tag and _stands_alone(anchor):
            by_path[1].append(anchor)
    category_boxes = _labelled(doc, _CATEGORY_PARTS, _is_category_box)
    tag_boxes = _labelled(doc, _TAG_PARTS, _is_tag_box)
    categories = by_rel[0] or _in_boxes(doc, parts, category_boxes, _TAG_STEPS) or by_path[0][:6]
    tags = by_rel[1] or _in_boxes(doc, parts, tag_boxes, _CATEGORY_STEPS) or by_path[1]
    return (
        [_pair(doc, anchor) for anchor in categories] or _unlinked(doc, parts, category_boxes),
        [_pair(doc, anchor) for anchor in tags] or _unlinked(doc, parts, tag_boxes),
    )


def _labelled(doc: Document, parts: tuple[str, ...], is_box: Callable[[str], bool]) -> list[Element]:
    return [element for label, elements in doc.labels_with(parts) if is_box(label) for element in elements]


def _unlinked(doc: Document, parts: Parts, boxes: list[Element]) -> list[tuple[str, str]]:
    """Return the names in a box of terms that has no links: each element of its own, or parted by commas."""
    for element in boxes:
        if (
            element.tag not in {"div", "span", "p", "ul", "ol", "li"}
            or not is_small(element)
            or not parts.concern(element)
        ):
            continue
        text = doc.text_of(element)
        before, colon, after = text.partition(":")
        if element.first("a") is not None or len(text) > 150 or len(before) > 30:
            continue
        leaves = [leaf for leaf in element.iter("span", "li", "b", "strong") if not len(leaf) and leaf is not element]
        names = [name for leaf in leaves if (name := doc.text_of(leaf)) and not name.endswith(":")]
        if not names and colon:
            names = re.split(r"\s*[,|/]\s*", after)
        if names:
            return [(name, "") for name in names]
    return []


def _pair(doc: Document, anchor: Element) -> tuple[str, str]:
    return doc.text_of(anchor), anchor.get("href") or ""


def _in_boxes(doc: Document, parts: Parts, boxes: list[Element], other: frozenset[str]) -> list[Element]:
    found: list[Element] = []
    for element in boxes:
        if element.tag in {"body", "html", "article", "main", "meta"} or not parts.concern(element):
            continue
        if not is_small(element, 4 * _MOST):
            continue
        anchors = [element] if element.tag == "a" else list(element.iter("a"))
        words = len(doc.text_of(element)) if len(anchors) < _MOST else 10_000
        linked = sum(len(doc.text_of(anchor)) for anchor in anchors)
        # A box of terms holds little but its links.
        if anchors and words <= 2 * linked + 60:
            found += [
                a for a in anchors if other.isdisjoint((a.get("href") or "").lower().split("/")) and not _is_author(a)
            ]
    return sorted(set(found), key=lambda element: element.place)


@lru_cache(maxsize=8192)
def _is_category_box(label: str) -> bool:
    return bool(_CATEGORY_BOX.search(label)) and not _NOT_A_BOX.search(label)


@lru_cache(maxsize=8192)
def _is_tag_box(label: str) -> bool:
    return bool(_TAG_BOX.search(label)) and not _NOT_A_BOX.search(label)


def _is_author(anchor: Element) -> bool:
    return (
        "author" in (anchor.get("rel") or "")
        or "/author/" in (anchor.get("href") or "")
        or anchor.first("time") is not None
    )


def _stands_alone(anchor: Element) -> bool:
    """Tell whether a link stands among other links or labels rather than within a sentence."""
    parent = anchor.getparent()
    if parent is None:
        return False
    around = (parent.text or "") + "".join(child.tail or "" for child in parent)
    return len(around.strip()) < 30


def _slugs(doc: Document, parts: Parts) -> dict[str, set[str]]:
    """Return the slugs in WordPress' post classes: ``category-mobilite``, ``tag-oled``."""
    found: dict[str, set[str]] = {"category": set(), "tag": set()}
    element: Element | None = parts.region
    candidates = [element] if element is not None else []
    posts = {post for _, elements in doc.labels_with(("hentry",)) for post in elements}
    if posts:
        boxes = doc.tags("article", "div", "main")[:200]
        candidates += [box for box in boxes if box in posts and "hentry" in (box.get("class") or "")][:1]
    for candidate in candidates:
        classes = (candidate.get("class") or "").split()
        if "hentry" not in classes and not any(name.startswith("post-") for name in classes):
            continue
        for name in classes:
            for kind, slugs in found.items():
                if name.startswith(kind + "-"):
                    slugs.add(unquote(name[len(kind) + 1 :]).lower())
    return found


def _confirmed(links: list[tuple[str, str]], slugs: set[str]) -> list[tuple[str, str]]:
    """Keep the links whose address ends in one of the post's own slugs, where any does."""
    if not slugs:
        return links
    sure = [link for link in links if _slug_of(link[1]) in slugs]
    return sure or links


def _slug_of(href: str) -> str:
    try:
        parts = [part for part in urlsplit(href).path.split("/") if part and part != "amp"]
    except ValueError:
        return ""
    return unquote(parts[-1]).lower() if parts else ""


def _sections(doc: Document, structured: Structured) -> Iterator[str]:
    for text in structured.texts(structured.article, "articleSection"):
        yield from re.split(r"\s*[,;]\s+", text) if text.count(",") < 5 else ()
    for value in doc.meta.get("article:section", ()):
        yield plain(value)


def _keywords(doc: Document, structured: Structured) -> Iterator[str]:
    told = structured.texts(structured.article, "keywords")
    if not told:
        for name in ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords"):
            told = [plain(value) for value in doc.meta.get(name, ())]
            if told:
                break
    if len(told) == 1:
        told = re.split(r"\s*[,;|]\s*|、", told[0])
    for text in told:
        # "type:article", "section:Sport" are for machines.
        if not re.match(r"^\w+:\S", text):
            yield text


def _breadcrumb(structured: Structured) -> Iterator[str]:
    for thing in structured.of_type("BreadcrumbList")[:1]:
        items = structured.values(thing, "itemListElement")
        for item in items[1:-1]:
            if isinstance(item, dict):
                yield next(iter(structured.texts(item, "name") or structured.texts(item, "item")), "")


def terms(names: Iterable[str], sites: frozenset[str], title: str = "") -> list[str]:
    """Return names of categories or tags as they are written, each once, without what is none.

    Args:
        names: as found.
        sites: folded names of the site.
        title: the folded headline.

    >>> terms(["#Cloud", "cloud", "Home"], frozenset())
    ['Cloud']
    """
    found: dict[str, str] = {}
    for name in names:
        text = _NOISE.sub("", _NOISE.sub("", name)).strip()
        if not 1 < len(text) <= 80 or _NO_TERM.match(text):
            continue
        key = fold(text)
        if key and key not in sites and key != title:
            found.setdefault(key, text)
        if len(found) >= _MOST:
            break
    return list(found.values())
