"""What a page says about when its article was published and changed, as claims for `newsscraper.dates.decide`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newsscraper.dates.claim import Claim, Role
from newsscraper.dates.folding import fold
from newsscraper.dates.labels import labels
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import unmarked
from newsscraper.extraction.plaintext import is_small, text_of
from newsscraper.extraction.region import Region, region_of
from newsscraper.extraction.structured import Structured, Thing, types_of
from newsscraper.extraction.tree import Element

_PUBLISHED_META = """
    article:published_time article:published og:article:published_time og:published_time datepublished dc.date.issued
    dcterms.issued dcterms.date dc.date dc.date.created dcterms.created parsely-pub-date sailthru.date pubdate
    publishdate publish_date publish-date published_date publication_date published-date publication-date
    date.published cxenseparse_recs_publishtime cxenseparse_publishtime mediator_published_time article.published
    article_date_original originalpublicationdate displaydate ptime published bt:pubdate rnews:datepublished
    citation_publication_date citation_online_date shareaholic:article_published_time date_published
    article:publish_time article-publish-date dateposted vr:published_time article:post_date date created datecreated
    article.created dc.date.publication dc.date.available eprints.date last_published search_date article:pubdate
    pub_date pdate date-creation-yyyymmdd timestamp article:create_at og:pubdate article_date contentdate release_date
    og:release_date og:regdate pubtime publishtime apub:time datetime content_create_date content_published_date
    dc:date dc:created dcterms:created firstpublishtime iptc.pubdate itemprop:datepublished cxenseparse:publishtime
    cxenseparse:recs:publishtime published_time publisheddate published_at citation_date og:publish_date dc.created
    article:first_published_time article-published_time date:published_time dc:date.created date-pub
    publishedat published-time publish-time publication_time
"""
_MODIFIED_META = """
    article:modified_time article:modified og:article:modified_time og:updated_time og:modified_time
    article:updated_time datemodified dc.date.modified dcterms.modified dc.modified last-modified lastmod modified
    updated_time lastmodified article:updated date_modified dateupdated utime moddate modificationdate revised
    dc:modified last_modified last-updated shareaholic:article_modified_time article.updated bt:moddate
    article_date_updated parsely-modified-date modified_time date-revision-yyyymmdd update_date updated
    modified-time modified-date last_updated_date lastmodifieddate lastpublisheddate dc:date.modified
"""
_META: dict[str, Role] = dict.fromkeys(_PUBLISHED_META.split(), "published")
_META |= dict.fromkeys(_MODIFIED_META.split(), "modified")
# Names that date the page, the site's software or an event as often as the article.
_VAGUE_META = frozenset(
    [
        "created",
        "date",
        "datetime",
        "dc.date",
        "dc.created",
        "dc.date.created",
        "dc:date.created",
        "dc:date",
        "dcterms.created",
        "dcterms.date",
        "last_published",
        "og:updated_time",
        "published",
        "revised",
        "search_date",
        "timestamp",
    ]
)

# What the names of a site's own metas end in, signs left out.
_PUBLISHED_NAME = re.compile(
    r"(?:publish(?:ed|ing)?|publication|pub|posted|post|issued?|releas(?:e|ed)|creat(?:ed|ion)|article)"
    r"(?:at|on|date|time|datetime|timestamp)$|(?<!up)date(?:published|pub|posted|created|available|issued)$|"
    r"uploaded$|firstpublished$"
)
_MODIFIED_NAME = re.compile(
    r"(?:last|modified|modification|updated?|revised|changed)(?:at|on|date|time|datetime|timestamp)$|"
    r"lastpublished|date(?:update|updated|modified)$|lastmod|lastupdate"
)
_STARTS_YEAR = re.compile(r"(?:19|20)\d\d\W?\d\d?\W?\d|\d\d?[./ -]\d\d?[./ -]20\d\d")
# A pattern of which each alternative begins with a letter is looked for several times faster: what must not stand
# before a word is looked up behind its first letter.
_DATE_LABEL = re.compile(
    r"date|t(?<![a-z]t)ime(?!line|r\b)|timestamp|posted|pub-|pub_|created|modified|byline|"
    r"entry-meta|post-meta|post-info|article-meta|meta(?:data)?\b|postmeta|datum|fecha|d(?<=\bd)ata\b|"
    r"s(?<![a-z]s)tand\b|creation|issued|ago\b|when\b|calendar|info\b|details|veröff|publi|entry-info|"
    r"article__info|submitted|kicker"
)
# One of these stands in every label that the pattern matches.
_DATE_PARTS = (
    "dat", "time", "pub", "posted", "creat", "modified", "byline", "meta", "fecha", "stand", "issued", "ago", "when",
    "calendar", "info", "details", "veröff", "submitted", "kicker",
)  # fmt: skip
_MODIFIED_LABEL = re.compile(r"modif|updat|edited|aktualis|lastmod|revised")
_PUBLISHED_LABEL = re.compile(r"publish|pubdate|datepublished|posted-on|entry-date|created|issued|datecreated")
_GLUED = re.compile(r"\d(?:19|20)\d\d(?!\d)|(?:19|20)\d\d[^\W\d]|[^\W\d]\d{1,2}\D|\d{4}\d")
_HAS_DIGIT = re.compile(r"\d")
# Where words without a number ("hier", "just now") may be a date.
_MAY_BE_DAY = re.compile(r"date|time|ago|publi|posted|stamp|fecha")
_ITEMPROPS: dict[str, Role] = {
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "dateupdated": "modified",
}
# RDFa, as Drupal writes it: <span property="dc:date" content="2019-02-08T00:00:00+01:00">.
_PROPERTIES: dict[str, Role] = {
    "datepublished": "published",
    "datecreated": "published",
    "date": "published",
    "created": "published",
    "issued": "published",
    "datemodified": "modified",
    "modified": "modified",
}
_DATA_ATTRIBUTES = (
    "data-timestamp", "data-time", "data-datetime", "data-date", "data-published", "data-publish-date", "data-epoch",
    "data-utc", "data-published-at", "data-datepublished", "data-timeago", "data-created", "data-unix",
    "data-livestamp", "data-pubdate",
)  # fmt: skip
_LONGEST_BYLINE = 160
_LARGEST_BYLINE = 23
"""Elements that a byline holds at most."""
_BEFORE, _AFTER = 60, 80
_MASTHEAD = 25
_MANY = 3
_SHORTEST_TITLE = 12
_MOST_SHOWN = 40

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_URL_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_HALF = re.compile(r"/((?:19|20)\d\d)/?(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=/)")
_URL_NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?=/)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(?!\d{1,2}/)")
_URL_DAY_FIRST = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(20\d\d)(?!\d)")

_AMP_FOR_WP = re.compile(r"^amp for wp\b", re.IGNORECASE)
_WORDPRESS_AMP = re.compile(r"amp for wp|ampforwp|amp plugin|amp-wp|accelerated mobile pages", re.IGNORECASE)


def read(
    doc: Document,
    structured: Structured,
    *,
    headline: Element | None,
    languages: Sequence[str] = (),
    others: Sequence[Element] = (),
) -> list[Claim]:
    """Return what the page claims about the dates of its own article; dates of other things are left out.

    Args:
        doc: the page.
        structured: its JSON-LD and microdata.
        headline: the element that shows the headline; what stands near it is believed most.
        languages: ISO 639-1 codes of the page, likeliest first.
        others: boxes that list other articles, whose ages are not this one's.
    """
    from_amp = is_wordpress_amp(doc)
    headline = headline if headline is not None else _heading_like_title(doc)
    region = region_of(doc, headline)
    around = unmarked.Surroundings(doc, headline, region, others)
    claims = [
        *_from_structured(structured, from_amp, by_plugin=from_amp and _is_amp_for_wp(doc)),
        *_from_meta(doc),
        *_shown(doc, headline, region, around),
        *_from_url(doc.page.url),
    ]
    if not _have_full(claims, languages):
        claims += unmarked.read(doc, headline, region, around, languages)
    return list(dict.fromkeys(claims))


def _heading_like_title(doc: Document) -> Element | None:
    """Return the heading that says what the page calls itself, where no headline was made out."""
    titles = [*doc.meta.get("og:title", ()), *(element.text or "" for element in doc.tags("title"))]
    told = {fold(title) for title in titles}
    for heading in doc.tags("h1", "h2", "h3", "h4"):
        shown = fold(text_of(heading))
        if len(shown) > _SHORTEST_TITLE and any(title.startswith(shown) for title in told):
            return heading
    return None


def _rows_of_lists(claims: Sequence[Claim]) -> set[str]:
    """Return the places that show many dates, of which none need be the article's."""
    shown = Counter(claim.where for claim in claims if claim.source == "visible" and claim.role == "unknown")
    return {where for where, count in shown.items() if count >= _MANY}


def _have_full(claims: Sequence[Claim], languages: Sequence[str]) -> bool:
    """Whether some claim gives the day of publication, so that nobody need look for one in unmarked text."""
    if any(_is_full(claim, languages) for claim in claims if claim.source != "visible"):
        return True
    rows = _rows_of_lists(claims)
    full = [claim for claim in claims if claim.source == "visible" and _is_full(claim, languages)]
    changes = [claim.raw for claim in claims if claim.source == "visible" and _tells_a_change(claim, languages)]
    return any(claim.where not in rows and not any(claim.raw in text for text in changes) for claim in full)


def _tells_a_change(claim: Claim, languages: Sequence[str]) -> bool:
    return _HAS_DIGIT.search(claim.raw) is not None and unmarked.tells_a_change(claim.raw, languages)


def _is_full(claim: Claim, languages: Sequence[str]) -> bool:
    """Whether a claim gives a day, of publication for all it says."""
    if claim.role == "modified" or claim.where.endswith("?") or not _HAS_DIGIT.search(claim.raw):
        return False
    return unmarked.names_a_day(claim.raw, languages)


def is_wordpress_amp(doc: Document) -> bool:
    """Whether the page was made by one of WordPress' AMP plugins, whose JSON-LD may print the wrong clock."""
    root = doc.tags("html")
    if not root or not any(name in root[0].attrib for name in ("amp", "⚡", "âš¡")):
        return False
    if any(_WORDPRESS_AMP.search(text) for text in doc.meta.get("generator", ())):
        return True
    return any("amp-wp" in label or "ampforwp" in label or "amp-post" in label for label in doc.labels) or any(
        "/wp-content/" in (image.get("src") or "") for image in doc.tags("amp-img")
    )


def _is_amp_for_wp(doc: Document) -> bool:
    return any(_AMP_FOR_WP.search(text) for text in doc.meta.get("generator", ()))


def _from_structured(structured: Structured, from_amp: bool, *, by_plugin: bool) -> Iterator[Claim]:
    thing = structured.article
    if thing is not None:
        # SEO plugins name their objects, and their clocks are right; the AMP plugin's own object has no name.
        own = by_plugin and "@id" not in thing and isinstance(thing.get("mainEntityOfPage"), str)
        for claim in _of_thing(thing, structured, from_amp, ""):
            yield replace(claim, by_amp_for_wp=own)
        if structured.text(thing, "datePublished"):
            return
    if structured.webpage is not None:
        yield from _of_thing(structured.webpage, structured, from_amp, "?")


def _of_thing(thing: Thing, structured: Structured, from_amp: bool, doubt: str) -> Iterator[Claim]:
    kind = next(iter(types_of(thing)), "Thing")
    keys: tuple[tuple[str, Role], ...] = (("datePublished", "published"), ("dateModified", "modified"))
    for key, role in keys:
        for text in structured.texts(thing, key)[:2]:
            yield Claim(role, text, "json-ld", f"{kind}.{key}{doubt}", from_amp=from_amp)
    if not thing.get("datePublished"):
        for key in ("dateCreated", "uploadDate"):
            for text in structured.texts(thing, key)[:1]:
                yield Claim("published", text, "json-ld", f"{kind}.{key}?", from_amp=from_amp)


def _from_meta(doc: Document) -> Iterator[Claim]:
    for name, contents in doc.meta.items():
        role, vague = _META.get(name), name in _VAGUE_META
        if role is None:
            contents = [content for content in contents if _STARTS_YEAR.match(content)]  # noqa: PLW2901
            role, vague = _role_of_meta(name) if contents else None, True
        if role is not None:
            for content in contents[:2]:
                yield Claim(role, content, "meta", f"meta {name}{'?' if vague else ''}")


@lru_cache(maxsize=8192)
def _role_of_meta(name: str) -> Role | None:
    """Return what a meta of a name that no standard knows dates: "acme:publish-date", "w-modified-time"."""
    squeezed = re.sub(r"[\W_]", "", name)
    if _MODIFIED_NAME.search(squeezed):
        return "modified"
    return "published" if _PUBLISHED_NAME.search(squeezed) else None


def _shown(doc: Document, headline: Element | None, region: Region, around: unmarked.Surroundings) -> Iterator[Claim]:
    """Yield the dates that readers see near the headline, and those marked as the article's own anywhere."""
    order = doc.order
    place = order.get(headline, -1) if headline is not None else -1
    end = unmarked.last_inside(headline, order) if headline is not None else -1
    first, until = order[region.element], unmarked.last_inside(region.element, order)
    count = 0
    seen: set[Element] = set()
    candidates: list[tuple[int, Element, str]] = []
    for element in doc.tags("time"):
        candidates.append((order[element], element, unmarked.label_of(element)))
    for label, elements in doc.labels_with(_DATE_PARTS):
        if _speaks_of_date(label):
            candidates += [
                (order[element], element, label) for element in elements[:30] if element.tag not in _NOT_SHOWN
            ]
    candidates.sort(key=lambda item: item[0])
    for at, element, label in candidates:
        if element in seen or count >= _MOST_SHOWN:
            continue
        seen.add(element)
        near = place >= 0 and place - _BEFORE <= at <= end + _AFTER
        own = (element.get("itemprop") or "").lower() in _ITEMPROPS
        if not near and not own and not first <= at <= until:
            continue
        if unmarked.speaks_of_other_things(label) or around.elsewhere(element):
            continue
        # Far above the headline, a masthead shows today's date.
        far = at < place - _MASTHEAD and not first <= at <= until
        for claim in _of_element(element, label, near and not far):
            count += 1
            yield claim


@lru_cache(maxsize=65536)  # a site's pages share their labels
def _speaks_of_date(label: str) -> bool:
    return _DATE_LABEL.search(label) is not None


_NOT_SHOWN = frozenset(
    {
        "body",
        "html",
        "meta",
        "link",
        "script",
        "style",
        "main",
        "svg",
        "input",
        "form",
        "img",
        "head",
        "template",
        "noscript",
        "select",
    }
)


def _of_element(element: Element, label: str, near: bool) -> Iterator[Claim]:
    itemprop = (element.get("itemprop") or "").lower()
    rdfa = _role_of_property(element)
    role = _ITEMPROPS.get(itemprop) or rdfa or _role_before(element) or _role_of(element, label)
    doubt = "" if near or itemprop else "?"
    where = f"{element.tag}.{(element.get('class') or itemprop or element.get('id') or '').split(' ')[0]}{doubt}"
    machine = element.get("datetime") or (element.get("content") if itemprop or rdfa else None)
    text = _short_text(element)
    if machine and _HAS_DIGIT.search(machine):
        yield Claim(role, machine.strip(), "time", where)
    else:
        for name in _DATA_ATTRIBUTES:
            value = element.get(name)
            if value and _HAS_DIGIT.search(value) and len(value) < 40:
                yield Claim(role, value.strip(), "time", f"{where}[{name}]")
        title = element.get("title")
        if title and element.tag in ("abbr", "span", "a", "time") and _HAS_DIGIT.search(title) and len(title) < 60:
            yield Claim(role, title.strip(), "visible", f"{where}[title]")
    if text and (_HAS_DIGIT.search(text) or (len(text) < 30 and _MAY_BE_DAY.search(label or element.tag))):
        yield Claim(role, text, "visible", where)


def _role_of_property(element: Element) -> Role | None:
    """Return what an element's RDFa says that it dates; several properties stand in one attribute."""
    for name in (element.get("property") or "").lower().split():
        role = _PROPERTIES.get(name.rpartition(":")[2])
        if role is not None and name.partition(":")[0] in ("dc", "dcterms", "schema", "rnews"):
            return role
    return None


def _short_text(element: Element) -> str:
    """Return the words of an element where they are few, else nothing; long elements are not walked through."""
    if not is_small(element, _LARGEST_BYLINE):
        return ""
    text = text_of(element)
    if len(element) and _GLUED.search(text):
        # Parts of a date in boxes of their own, which stand apart on the screen alone.
        text = " ".join(" ".join(element.itertext()).split())
    return text if len(text) <= _LONGEST_BYLINE else ""


def _role_before(element: Element) -> Role | None:
    """Return what the words just before an element say that it dates: "Last updated: <time>"."""
    previous = element.getprevious()
    parent = element.getparent()
    before = (previous.tail or previous.text) if previous is not None else parent.text if parent is not None else None
    if not before or len(before) > 200 or not before.strip():
        return None
    words = fold(before[-60:]).rstrip(" :.–—-|")
    role: Role | None = None
    for _, end, label in labels().find(words):
        if end == len(words):
            role = label
    return role


def _role_of(element: Element, label: str) -> Role:
    modified, published = bool(_MODIFIED_LABEL.search(label)), bool(_PUBLISHED_LABEL.search(label))
    if modified and published:
        return "published"
    if modified:
        # "updated" alone is what hAtom calls any date of a post; beside one that is published only, it is the change.
        alone = "updated" in label.split() and "modif" not in label and not _follows_published(element)
        return "unknown" if alone else "modified"
    if published or element.get("pubdate") is not None:
        return "published"
    return "unknown"


def _follows_published(element: Element) -> bool:
    """Whether the date before this one is of publication alone, as WordPress' themes print a pair of them."""
    before = element.getprevious()
    if before is None or before.tag != element.tag:
        return False
    labels = unmarked.label_of(before).split()
    return "published" in labels and "updated" not in labels


def _from_url(url: str | None) -> Iterator[Claim]:
    if not url:
        return
    try:
        path = unquote(urlsplit(url).path) + "/"
    except ValueError:
        return
    for pattern, parts in ((_URL_DAY, (1, 3, 4)), (_URL_HALF, (1, 2, 3)), (_URL_PACKED, (1, 2, 3))):
        match = pattern.search(path)
        if match:
            year, month, day = (int(match[part]) for part in parts)
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield Claim("published", f"{year:04}-{month:02}-{day:02}", "url", "url")
                return
    match = _URL_DAY_FIRST.search(path)
    if match:
        yield Claim("published", match[0], "url", "url")
        return
    match = _URL_NAMED.search(path.lower())
    if match:
        yield Claim("published", f"{match[3]} {match[2]} {match[1]}", "url", "url")
        return
    match = _URL_MONTH.search(path)
    if match:
        yield Claim("published", f"{match[1]}-{int(match[2]):02}", "url", "url")
