"""Where a page leads: canonical address, AMP twin, the parts of a split article, the next page, feeds, links."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Link
from newsscraper.extraction.plaintext import plain
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element
from newsscraper.urls import canonical_url, site_of, url_key

_MOST_LINKS = 5000
_MOST_PAGE_LINKS = 300
_LONGEST_URL = 2048
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_COMMENTS = re.compile(
    r"comment|kommentar|coment[aá]rio|commenti|reacties|komentar|коммент|yorum|評論|评论|コメント|댓글", re.IGNORECASE
)
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|mainmenu|submenu|breadcrumbs?|masthead|topbar|footer|sitemap|"
    r"offcanvas|m-ctr)"
    r"(?:$|[\s_-])"
)
# One of these stands in every label that the pattern matches.
_NAVIGATION_PARTS = ("nav", "menu", "breadcrumb", "masthead", "topbar", "footer", "sitemap", "offcanvas", "m-ctr")
# The end of an address that names a page number: "/2", "/page/2", "?page=2", "-2.html", ",2.html", "?start=20".
_PAGED = re.compile(
    r"/(?:page|seite|pagina|p|strona|stranica|sayfa|side|sida)[/-]?\d+/?(?:\?|$)|/\d{1,3}/?(?:\?[^/]*)?$"
    r"|[?&](?:page|paged|pg|p|pagina|seite|start|offset|from|currentpage|pageno|pagenum)=\d+|"
    r"[-_,]\d{1,3}\.html?$|/P\d+/?$",
    re.IGNORECASE,
)
_PART_SUFFIX = re.compile(r"/(\d{1,2})/?$")
_PART_QUERY = re.compile(r"(?:^|&)(?:page|seite|pagina|pg|p)=(\d{1,2})(?:$|&)", re.IGNORECASE)
_PART_FILE = re.compile(r"[-_,.](\d{1,2})(\.(?:html?|php|aspx?|shtml))$", re.IGNORECASE)
_PART_BOX = re.compile(
    r"page-?links|page-?numbers|link-?pages|post-?pagination|pagelink|post-page-numbers|article-?pagination|"
    r"multi-?page|pagination|pager|paging|pages\b|paginator|post-pages",
    re.IGNORECASE,
)
_PLAIN_URL = re.compile(r"https?://[\w.-]+(?::\d{1,5})?/(?!.*/\.)[!-~]{0,2000}$")
_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses a page names; the fields are those of `newsscraper.extraction.page.Reading`."""

    canonical_url: str | None = None
    amp_url: str | None = None
    is_amp: bool = False
    pages: tuple[str, ...] = ()
    page_number: int = 1
    next_url: str | None = None
    feeds: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def read(doc: Document, structured: Structured, *, own_only: bool = False) -> Links:
    """Read the addresses of a page; those that cannot be read as addresses are left out.

    Args:
        doc: the page.
        structured: its JSON-LD and microdata.
        own_only: nothing but the page's own addresses: canonical, AMP.
    """
    heads = list(_head_links(doc))
    is_amp = _is_amp(doc)
    canonical = _canonical(doc, structured, heads, is_amp=is_amp)
    amp = next((url for rel, url, _ in heads if "amphtml" in rel), None)
    if own_only:
        return Links(canonical_url=canonical, amp_url=amp, is_amp=is_amp)
    pages, number = _parts(doc, canonical)
    return Links(
        canonical_url=canonical,
        amp_url=amp,
        is_amp=is_amp,
        pages=pages,
        page_number=number,
        next_url=_next(doc, heads),
        feeds=_feeds(doc, heads),
        links=tuple(_links(doc)),
    )


def absolute(doc: Document, href: str | None) -> str | None:
    """Return ``href`` as an absolute http(s) address without fragment, or ``None`` where it is none.

    Where the page's own address is not known, only an address that is absolute already can be told.
    """
    if not href:
        return None
    href = href.strip()
    if len(href) > _LONGEST_URL:
        return None
    if _PLAIN_URL.match(href):
        return href.partition("#")[0]
    href = re.sub(r"[\t\n\r]", "", href).replace(" ", "%20")
    try:
        joined = urljoin(doc.base_url, href) if doc.base_url else href
        parts = urlsplit(joined)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
    except ValueError:
        return None
    return joined.partition("#")[0]


def _is_amp(doc: Document) -> bool:
    root = doc.tree
    if root.tag != "html":
        return False
    return any(name in root.attrib for name in ("amp", "⚡", "amp4ads")) or (root.get("data-ampdevmode") is not None)


def _head_links(doc: Document) -> Iterator[tuple[set[str], str, Element]]:
    for element in doc.tags("link"):
        rel = element.get("rel")
        if rel:
            rels = set(rel.lower().split())
            if rels & {"canonical", "amphtml", "next", "alternate"}:
                url = absolute(doc, element.get("href"))
                if url:
                    yield rels, url, element


def _canonical(
    doc: Document, structured: Structured, heads: list[tuple[set[str], str, Element]], *, is_amp: bool
) -> str | None:
    told = [url for rel, url, _ in heads if "canonical" in rel]
    told += [url for value in doc.meta.get("og:url", ()) if (url := absolute(doc, value))]
    for key in ("mainEntityOfPage", "url"):
        for value in structured.values(structured.article, key):
            text = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(text, str) and (url := absolute(doc, plain(text))):
                told.append(url)
    own = doc.page.url
    for url in told:
        if _believable(url, own, is_amp=is_amp):
            return _canonical_form(url)
    return None


def _canonical_form(url: str) -> str | None:
    try:
        return canonical_url(url)
    except ValueError:
        return None


def _believable(url: str, own: str | None, *, is_amp: bool) -> bool:
    try:
        parts = urlsplit(url)
        if not own:
            return True
        mine = urlsplit(own)
    except ValueError:
        return False
    if site_of(url) != site_of(own) and not is_amp:
        return False  # another site's address: a page must not pass for another site's article
    # A template that names the home page on every page says nothing of this one.
    return not (parts.path.strip("/") == "" and not parts.query and mine.path.strip("/") not in {"", "amp"})


def _feeds(doc: Document, heads: list[tuple[set[str], str, Element]]) -> tuple[str, ...]:
    own = (doc.page.url or "").partition("?")[0].rstrip("/")
    found: dict[str, None] = {}
    for rel, url, element in heads:
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in rel or kind not in _FEED_TYPES | {"application/json", "text/xml", "application/xml"}:
            continue
        if kind not in _FEED_TYPES and "feed" not in url.lower():
            continue
        path = urlsplit(url).path
        single = "post" in (doc.tags("body")[0].get("class") or "").split() if doc.tags("body") else False
        if "/comments/" in path or "oembed" in url or "wp-json" in url or _COMMENTS.search(element.get("title") or ""):
            continue
        if single and own and url.startswith(own + "/"):
            continue
        found[url] = None
    return tuple(found)


def _next(doc: Document, heads: list[tuple[set[str], str, Element]]) -> str | None:
    for rel, url, element in heads:
        # With a title it is WordPress' older way to name the next article.
        if "next" in rel and not element.get("title"):
            return url
    by_class = doc.has_label("next")  # few pages have one
    for attributes in doc.anchors.values():
        if not (
            ("rel" in attributes and "next" in attributes["rel"].lower())
            or (by_class and "class" in attributes and "next" in attributes["class"].lower())
            or ("aria-label" in attributes and "next" in attributes["aria-label"].lower())
        ):
            continue
        target = absolute(doc, attributes.get("href"))
        if target and _PAGED.search(target) and site_of(target) == site_of(doc.page.url or target):
            return target
    return None


def _links(doc: Document) -> Iterator[Link]:
    base = doc.base_url
    if not base:
        return
    try:
        parts = urlsplit(base)
    except ValueError:
        return
    origin = f"{parts.scheme}://{parts.netloc}"
    own_site = site_of(doc.page.url or base)
    hosts: dict[str, bool] = {parts.netloc: site_of(base) == own_site}
    found: dict[str, tuple[str, bool, bool, bool]] = {}
    stands = _navigation_boxes(doc)
    for anchor, attributes in doc.anchors.items():
        href = attributes.get("href")
        if not href or href[0] == "#" or len(found) >= _MOST_LINKS:
            continue
        url = _quickly_resolved(href, origin, hosts)
        if url is None:
            if href.strip()[:11].lower().startswith(("javascript:", "mailto:", "tel:", "data:")):
                continue
            url = absolute(doc, href)
            if url is None:
                continue
        host = url.split("/", 3)[2]
        same = hosts.get(host)
        if same is None:
            # Most other hosts are other sites': seen without asking the list of public suffixes.
            same = hosts[host] = (own_site is None or own_site in host.lower()) and site_of(url) == own_site
        if not same:
            continue
        text = doc.text_of(anchor)[:300]
        navigation = in_menu = _in_navigation(anchor, stands)
        nofollow = "rel" in attributes and "nofollow" in attributes["rel"].lower()
        if url in found:
            known, was_navigation, was_nofollow, was_in_menu = found[url]
            text = text if len(text) > len(known) else known
            navigation, nofollow = navigation and was_navigation, nofollow and was_nofollow
            in_menu = in_menu or was_in_menu
        found[url] = (text, navigation, nofollow, in_menu)
    for url, (text, navigation, nofollow, in_menu) in found.items():
        yield Link(url, text, navigation, nofollow, in_menu)


def _quickly_resolved(href: str, origin: str, hosts: Container[str]) -> str | None:
    """Return what `absolute` does, for the two plain shapes that nearly all links have; else ``None``."""
    if len(href) > 2000 or "/." in href[8:] or " " in href or not (href.isascii() and href.isprintable()):
        return None
    if href[0] == "/":
        return origin + href.partition("#")[0] if href[1:2] not in ("/", ".") and "/." not in href[:9] else None
    if href.startswith(("https://", "http://")):
        parts = href.split("/", 3)
        if len(parts) == 4 and parts[2] in hosts:
            return href.partition("#")[0]
    return None


@lru_cache(maxsize=16384)
def _is_navigation(label: str) -> bool:
    if "menu-item" in label or "navbar" in label or "breadcrumb" in label:  # as parts of longer names, too
        return True
    return _NAVIGATION.search(label) is not None


def _navigation_boxes(doc: Document) -> dict[Element, bool]:
    """Return the elements that tell whether the links in them are navigation, unless one further in says otherwise."""
    stands: dict[Element, bool] = {}
    for label, elements in doc.labels_with(_NAVIGATION_PARTS):
        if not _is_navigation(label):
            continue
        if label.endswith("  "):  # a class alone
            stands |= dict.fromkeys(elements, True)
        else:
            classes = ((element, (element.get("class") or "").lower()) for element in elements)
            stands |= {element: True for element, class_ in classes if _is_navigation(class_)}
    stands |= dict.fromkeys(doc.tags("main", "article", "body", "html"), False)
    stands |= dict.fromkeys(doc.tags("nav", "menu"), True)
    stands |= {element: True for element, role in doc.roles.items() if role == "navigation"}
    stands |= {
        element: not any(parent.tag == "article" for parent in element.iterancestors())
        for element in doc.tags("footer")
    }
    return stands


def _in_navigation(element: Element, stands: dict[Element, bool]) -> bool:
    path: list[Element] = []
    current: Element | None = element
    while current is not None and current not in stands:
        path.append(current)
        current = current.getparent()
    answer = current is not None and stands[current]
    for step in path:
        stands[step] = answer
    return answer


def is_part(doc: Document) -> bool:
    """Whether a page's own pagination says that it is one part of several of an article."""
    return bool(_parts(doc, None)[0])


def _parts(doc: Document, canonical: str | None) -> tuple[tuple[str, ...], int]:
    """Return the parts of a split article that the page's own pagination names, and which of them it is.

    A part's address is that of the first part and a number; the numbers are what its pagination shows. The canonical
    address does not help: WordPress makes each part its own canonical.
    """
    own = doc.page.url or canonical
    if not own:
        return (), 1
    try:
        bases = {base: number for url in (own, canonical) if url for base, number in _bases(url)}
    except ValueError:
        return (), 1
    named: dict[int, str] = {}
    shared: set[str] = set()  # what the addresses of this page and of those that it names have in common
    looked_at = 0
    for anchor, attributes in doc.anchors.items():
        href = attributes.get("href")
        if not href or "#" in href or "replytocom" in href:
            continue
        children = len(anchor)
        if not children and ((told := anchor.text) is None or told.rstrip()[-1:].isalpha()):
            continue  # as nearly all: words, of which no more need be known
        text = doc.text_of(anchor) if children < 4 else ""
        match = _NUMBER.search(text) if text and len(text) <= 16 and text[-1].isdigit() else None
        if match is None or looked_at > _MOST_PAGE_LINKS or not _in_part_box(anchor):
            continue
        looked_at += 1
        url = absolute(doc, href)
        if url is None:
            continue
        number = int(match.group(1))
        try:
            parts = {base for base, told in _bases(url) if base in bases and told == number}
            if parts:
                named.setdefault(number, url)
                shared |= parts
        except ValueError:
            continue
    mine = next((number for base, number in _bases(own) if number > 1 and base in shared and number not in named), 1)
    if not named or (set(named) == {1} and mine == 1):
        return (), 1
    if mine == 1 and 1 in named and url_key(named[1]) != url_key(own):
        return (), 1
    named[mine] = own
    return tuple(named[number] for number in sorted(named)), mine


def _bases(url: str) -> list[tuple[str, int]]:
    """Return each way to read an address as part N of something: what the parts have in common, and N."""
    key = url_key(url)
    path, _, query = key.partition("?")
    if path.endswith("/amp"):
        path = path[:-4]
    found = [(path + ("?" + query if query else ""), 1)]
    if (match := _PART_SUFFIX.search(path)) and not path[: match.start()].endswith("/page"):
        found.append((path[: match.start()] + ("?" + query if query else ""), int(match.group(1))))
    if match := _PART_QUERY.search(query):
        rest = (query[: match.start()] + "&" + query[match.end() :]).strip("&")
        found.append((path + ("?" + rest if rest else ""), int(match.group(1))))
    if match := _PART_FILE.search(path):
        found.append((path[: match.start()] + match.group(2) + ("?" + query if query else ""), int(match.group(1))))
    return found


def _in_part_box(anchor: Element) -> bool:
    """Tell whether a link stands in a pagination that is the article's own, not its comments' or a list's."""
    hit = False
    element: Element | None = anchor
    for _ in range(6):
        if element is None:
            break
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _COMMENTS.search(label):
            return False
        hit = hit or bool(_PART_BOX.search(label))
        element = element.getparent()
    return hit
