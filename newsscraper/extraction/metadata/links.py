"""Where a page leads: canonical address, AMP twin, the parts of a split article, the next page, feeds, links."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Link
from newsscraper.extraction.plaintext import plain
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element
from newsscraper.urls import canonical_url, site_of

_MOST_LINKS = 5000
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
_PLAIN_URL = re.compile(r"https?://[\w.-]+(?::\d{1,5})?/(?!.*/\.)[!-~]{0,2000}$")


@lru_cache(maxsize=4096)
def is_of_comments(label: str) -> bool:
    """Tell whether a label speaks of comments."""
    return _COMMENTS.search(label) is not None


Heads = list[tuple[set[str], str, Element]]
"""The head's links to other pages: what they are, where they lead, the element."""


def heads(doc: Document) -> Heads:
    """Return the head's links that can be read as addresses."""
    return list(_head_links(doc))


def amp_page(heads: Heads) -> str | None:
    """Return the address of the page's AMP twin."""
    return next((url for rel, url, _ in heads if "amphtml" in rel), None)


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


def is_amp_page(doc: Document) -> bool:
    """Whether it is an AMP page."""
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


def canonical(doc: Document, structured: Structured, heads: Heads, *, is_amp: bool) -> str | None:
    """Return the address that the page gives itself, where it is believable."""
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


def feeds(doc: Document, heads: Heads) -> tuple[str, ...]:
    """Return the feeds that the page names, those of comments left out."""
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
        if "/comments/" in path or "oembed" in url or "wp-json" in url or is_of_comments(element.get("title") or ""):
            continue
        if single and own and url.startswith(own + "/"):
            continue
        found[url] = None
    return tuple(found)


def same_site(doc: Document) -> Iterator[Link]:
    """Yield the links to the page's own site, in page order, each address once."""
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
