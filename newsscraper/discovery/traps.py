"""Addresses that are never an article, and those of them that lead a crawler round in circles.

Each verdict is a reason in words. Most are told by a word of the address, which can be wrong: where the rest of it is
that of a story, or others vouch for it, the page is looked at; see `newsscraper.discovery.shapes.why_trapped`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from newsscraper.address import Address
from newsscraper.shape import shape, speaks_of_article

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
_PAGE_PARAMETERS = frozenset({"paged", "page", "offset", "start", "m"})
_CERTAIN = frozenset({"a file", "an address that goes round in circles", "an endless address", "machinery of the site"})
# What is asked of a page, whichever page it is.
_DEEDS = frozenset({"a login or an account", "a comment reply", "a preview", "a feed", "an attachment", "a calendar"})
# Parameters whose numbers count or date, and name no story.
_COUNTS = frozenset(
    {
        "y",
        "year",
        "month",
        "day",
        "date",
        "limit",
        "size",
        "count",
        "perpage",
        "per_page",
        "pagesize",
        "p_p_id",
        "width",
    }
)
_LISTS_OF_ARTICLES = frozenset({"a list by category", "a further page of a list"})


@dataclass(frozen=True, slots=True)
class _Trap:
    """Why an address is one.

    Attributes:
        reason: in words.
        word: the part of the address that says so; empty: its whole form does.
        outweighed: what stands beside the word speaks of a story.
    """

    reason: str
    word: str = ""
    outweighed: bool = False


def trap(address: Address) -> str | None:
    """Return what kind of page it is, where it is one that no article can be; ``None`` where it may be one.

    >>> [trap(Address.of("https://www.example.com" + path)) for path in ("/?s=cloud", "/author/anna/")]
    ['a search', 'a list by author']
    >>> trap(Address.of("https://www.example.com/2026/11/a-new-cloud-region-opens/")) is None
    True
    """
    found = _trap(address.text)
    return found.reason if found is not None else None


def is_certain(reason: str) -> bool:
    """Whether no article can stand at such an address, whatever vouches for it.

    >>> is_certain("a file"), is_certain("a calendar")
    (True, False)
    """
    return reason in _CERTAIN


def may_be_story(address: Address) -> bool:
    """Whether an address that a word makes a trap goes on as those of stories do: it is worth a look or two.

    >>> paths = ("/agenda/2026/11/mill-reopens-after-years/", "/agenda/2026/11/", "/?cat=5&id=77", "/tag/cloud/")
    >>> [may_be_story(Address.of("https://www.example.com" + path)) for path in paths]
    [True, False, True, False]
    """
    found = _trap(address.text)
    return found is None or found.outweighed


def family(address: Address) -> str:
    """Return the same text for traps of one shape by one word, which are mostly of one kind; empty for other addresses.

    >>> family(Address.of("https://www.example.com/agenda/2026/11/mill-reopens-after-years/"))
    'agenda:/word/Y/N/slug'
    """
    found = _trap(address.text)
    return f"{found.word}:{address.shape}" if found is not None else ""


@lru_cache(maxsize=16384)  # the menus of a site stand on all its pages
def _trap(url: str) -> _Trap | None:
    if len(url) > MAX_URL_LENGTH:
        return _Trap("an endless address")
    parts = urlsplit(url)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    if _FILE.search(parts.path):
        return _Trap("a file")
    if _circles(segments):
        return _Trap("an address that goes round in circles")
    if found := _by_segments(segments):
        return found
    pairs = parse_qsl(parts.query, keep_blank_values=True)[:30]
    for name, value in pairs:
        reason = _PARAMETERS.get(name.lower())
        if reason is None or (name.lower() in _PAGE_PARAMETERS and value and not value.isdigit()):
            continue  # ?page=article&id=77 asks for a kind of page
        outweighed = reason not in _DEEDS and any(_names_story(*pair) for pair in pairs)
        return _Trap(reason, name.lower(), outweighed)
    return _Trap("an endless address") if parts.query.count("&") > 8 else None


def _by_segments(segments: list[str]) -> _Trap | None:
    # The last segment of a long slug is never one of the words; a first segment such as /feed-the-world/ is not either.
    for reason, words in _SEGMENTS:
        for segment in segments[:2] + segments[-2:]:
            if segment in words:
                return _Trap(reason, segment, _goes_on_as_story(segments, segment))
    if 2 <= len(segments) <= 4 and (word := next((s for s in segments[:2] if s in _LISTS), None)):
        return _Trap("a list by category", word, _goes_on_as_story(segments, word))
    if _PAGED.search("/" + "/".join(segments)):
        return _Trap("a further page of a list", "page")
    return None


def _goes_on_as_story(segments: list[str], word: str) -> bool:
    """Whether two parts or more stand behind a word, the last of them one of a story: a list has a name and no more."""
    behind = segments[segments.index(word) + 1 :]
    return len(behind) >= 2 and speaks_of_article(shape("http://h/" + "/".join(behind)))


def _names_story(name: str, value: str) -> bool:
    """Whether a parameter says which story is asked for: by its number, its slug, its path."""
    name = name.lower()
    if value.isdigit():
        year = len(value) == 4 and value[:2] in ("19", "20")
        return name not in _PARAMETERS and name not in _COUNTS and not year
    if " " in value or "+" in value or "://" in value:
        return False
    last = value.rstrip("/").rsplit("/", 1)[-1]
    return speaks_of_article(shape("http://h/x/" + last)) and ("/" in value or name not in _PARAMETERS or "-" in last)


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
    return reason in _LISTS_OF_ARTICLES
