"""Addresses that are never an article, and those of them that lead a crawler round in circles.

Each verdict is a reason in words; a page that is a trap is not fetched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from newsscraper.address import Address

MAX_URL_LENGTH = 2000

_FILE = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|zip|gz|bz2|rar|7z|tar|exe|dmg|apk|"
    r"mp[34]|m4[av]|mov|avi|webm|ogg|wav|flv|css|js|mjs|json|xml|rss|atom|woff2?|ttf|eot|ics|vcf|epub|torrent)$",
    re.IGNORECASE,
)
_SEGMENTS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "a search",
        frozenset({"search", "recherche", "suche", "buscar", "busqueda", "cerca", "ricerca", "zoeken", "find"}),
    ),
    (
        "a login or an account",
        frozenset(
            {"login", "log-in", "signin", "sign-in", "signup", "sign-up", "register", "logout", "account", "my-account"}
            | {"wp-login.php", "wp-admin", "connexion", "inscription", "anmelden", "subscribe", "abonnement"}
            | {"cart", "checkout", "panier", "password-reset", "oauth"}
        ),
    ),
    (
        "a list by tag",
        frozenset({"tag", "tags", "etiquette", "etiqueta", "schlagwort", "mot-cle", "keyword", "keywords"}),
    ),
    (
        "a list by author",
        frozenset({"author", "authors", "auteur", "auteurs", "autor", "autoren", "autore", "user", "users"}),
    ),
    ("machinery of the site", frozenset({"wp-json", "wp-content", "wp-includes", "xmlrpc.php", "cgi-bin", "cdn-cgi"})),
    ("a feed", frozenset({"feed", "rss", "feeds", "rss.php", "atom"})),
    ("comments", frozenset({"comments", "commentaires", "comment-page", "trackback", "respond"})),
    ("a calendar", frozenset({"calendar", "calendrier", "kalender", "agenda"})),
    ("an embedded view", frozenset({"embed", "oembed"})),
    ("a print view", frozenset({"print", "imprimer", "drucken"})),
    ("an attachment", frozenset({"attachment"})),
)
_LISTS = frozenset(
    {"category", "categories", "categorie", "rubrique", "section", "sections", "topic", "topics", "thema"}
)
_PARAMETERS: dict[str, str] = {
    **dict.fromkeys(("s", "q", "query", "search", "keyword", "keywords"), "a search"),
    **dict.fromkeys(("replytocom", "comment", "cpage", "unapproved"), "a comment reply"),
    **dict.fromkeys(("tag", "tags"), "a list by tag"),
    **dict.fromkeys(("author", "author_name"), "a list by author"),
    **dict.fromkeys(("cat", "category", "category_name", "taxonomy"), "a list by category"),
    **dict.fromkeys(("attachment_id", "attachment"), "an attachment"),
    **dict.fromkeys(("sort", "order", "orderby", "sort_by", "filter", "filters", "facet"), "a faceted list"),
    **dict.fromkeys(("login", "redirect_to", "returnurl", "return_to", "redirect", "logout"), "a login or an account"),
    **dict.fromkeys(("calendar", "ical", "outlook-ical", "tribe-bar-date", "eventdisplay"), "a calendar"),
    **dict.fromkeys(("feed", "withcomments"), "a feed"),
    **dict.fromkeys(("preview", "preview_id", "customize_changeset_uuid"), "a preview"),
    "add-to-cart": "machinery of the site",
    **dict.fromkeys(("paged", "page", "offset", "start", "m"), "a further page of a list"),
}
_PAGED = re.compile(r"/(?:page|seite|pagina)[/-]?(\d+)/?$", re.IGNORECASE)


def trap(address: Address) -> str | None:
    """Return what kind of page it is, where it is one that no article can be; ``None`` where it may be one.

    >>> [trap(Address.of("https://www.example.com" + path)) for path in ("/?s=cloud", "/author/anna/")]
    ['a search', 'a list by author']
    >>> trap(Address.of("https://www.example.com/2026/11/a-new-cloud-region-opens/")) is None
    True
    """
    return _trap(address.text)


@lru_cache(maxsize=16384)  # the menus of a site stand on all its pages
def _trap(url: str) -> str | None:
    if len(url) > MAX_URL_LENGTH:
        return "an endless address"
    parts = urlsplit(url)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    if _FILE.search(parts.path):
        return "a file"
    if _circles(segments):
        return "an address that goes round in circles"
    if reason := _by_segments(segments):
        return reason
    for name, _ in parse_qsl(parts.query, keep_blank_values=True)[:30]:
        if reason := _PARAMETERS.get(name.lower()):
            return reason
    return "an endless address" if parts.query.count("&") > 8 else None


def _by_segments(segments: list[str]) -> str | None:
    # The last segment of a long slug is never one of the words; a first segment such as /feed-the-world/ is not either.
    for reason, words in _SEGMENTS:
        if any(segment in words for segment in (segments[:2] + segments[-2:])):
            return reason
    if any(segment in _LISTS for segment in segments[:2]) and 2 <= len(segments) <= 4:
        return "a list by category"
    if _PAGED.search("/" + "/".join(segments)):
        return "a further page of a list"
    return None


def _circles(segments: list[str]) -> bool:
    """Whether the path repeats itself, as relative links on a page that answers to every address make it do."""
    if len(segments) > 16:
        return True
    return len(segments) >= 4 and max(segments.count(segment) for segment in segments) > 2


def is_list(reason: str) -> bool:
    """Whether a page of this kind lists articles, so that it may be read as a listing where nothing better is known.

    >>> is_list("a list by category"), is_list("a search")
    (True, False)
    """
    return reason in {"a list by category", "a further page of a list"}
