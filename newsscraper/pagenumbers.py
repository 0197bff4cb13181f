"""How addresses number the parts of one thing: what the parts have in common, and which one an address is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsscraper.urls import url_key

_COMMENTS = re.compile(r"comment|kommentar|coment|komentar|reacties|reactions|yorum", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|shtml|jsp|cfm|do)$", re.IGNORECASE)
# What stands behind an article's own address: "/2", "-2", ",2"; "/page/2", "/seite-2", "/p2", "-p2".
_TAIL = re.compile(r"(?P<stem>.+)[/_,.-](?P<number>\d{1,2})")
_WORDED_TAIL = re.compile(r"(?P<stem>.+)[/_,.-](?P<word>[^\W\d_]{1,12})[/_.=-]?(?P<number>\d{1,2})")
_LETTERS = re.compile(r"[^\W\d_]+")
_HEADLINE = 4
"""Words of a folder's name from which on it is a story's."""
_INDEX = re.compile(r"/index$", re.IGNORECASE)
# Parameters that count pages wherever they stand; in a pagination, any does.
_PAGE_NAME = re.compile(
    r"p|pg|pn|n|part|teil|partie|parte|seite|sivu|side|sida|sayfa|oldal|str|strona|stranica|pagina\w*|\w*page\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One way to read an address as part of something.

    Attributes:
        stem: what the addresses of all parts have in common.
        number: what the address says; ``None``: nothing, as that of a first part.
        counts: the form says by itself that pages are counted, also outside a pagination.
    """

    stem: str
    number: int | None = None
    counts: bool = True


def places(url: str) -> list[Place]:
    """Return each way to read an address as that of a part.

    >>> [(place.stem, place.number) for place in places("https://a.example/story/page/2")]
    [('a.example/story/page/2', None), ('a.example/story/page', 2), ('a.example/story', 2)]
    """
    path, _, query = url_key(url).partition("?")
    path = path.removesuffix("/amp")
    behind = f"?{query}" if query else ""
    extension = match[0] if (match := _EXTENSION.search(path)) else ""
    bare = path.removesuffix(extension)
    found = [Place(path + behind)]
    if extension and (match := _INDEX.search(bare)):
        found.append(Place(bare[: match.start()] + behind))
    for pattern in (_TAIL, _WORDED_TAIL):
        match = pattern.fullmatch(bare)
        if match is None or (pattern is _WORDED_TAIL and _COMMENTS.search(match["word"])):
            continue
        stem, number = match["stem"], int(match["number"])
        found += [Place(each + behind, number) for each in dict.fromkeys((stem + extension, stem))]
    pairs = query.split("&") if query else []
    for pair in pairs:
        name, _, value = pair.partition("=")
        if len(value) <= 2 and value.isdecimal() and not _COMMENTS.search(name) and name.lower() != "cpage":
            rest = "&".join(other for other in pairs if other is not pair)
            counts = bool(_PAGE_NAME.fullmatch(name))
            found.append(Place(path + (f"?{rest}" if rest else ""), int(value), counts))
    return found


def follows(one: str, other: str) -> bool:
    """Whether the second address may be that of the part behind the first: it counts on, or continues the story's.

    >>> follows("https://a.example/story.html", "https://a.example/story-2.html")
    True
    >>> follows("https://a.example/story", "https://a.example/story/the-costs")
    True
    >>> follows("https://a.example/mill-opens-in-dray-again/costs", "https://a.example/mill-opens-in-dray-again/plans")
    True
    >>> follows("https://a.example/2026/11/story", "https://a.example/2026/11/another-story")
    False
    """
    first, second = url_key(one), url_key(other)
    if first == second:
        return False
    mine = {place.stem: place.number for place in reversed(places(one))}
    for place in places(other):
        if place.number is not None and place.stem in mine:
            number = mine[place.stem]
            if place.number == (number or 1) + 1 or (number is None and place.number == 1):
                return True
    stem = _EXTENSION.sub("", first.partition("?")[0])
    path = second.partition("?")[0]
    if "/" in stem and path.startswith((first + "/", stem + "/", stem + "-", stem + "_")):
        return True
    folder, other_folder = stem.rpartition("/")[0], path.rpartition("/")[0]
    # The folder is the story's own: a section has a shorter name.
    return folder == other_folder and "/" in folder and len(_LETTERS.findall(folder.rpartition("/")[2])) >= _HEADLINE
