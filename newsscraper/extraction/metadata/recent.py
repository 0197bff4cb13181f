"""Lists of other articles that a page shows ("Recent Posts"), as data: recognised by structure first, words second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from newsscraper.article import RecentPost
from newsscraper.extraction.caseless import Caseless
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.cards import HEADINGS, article_link, shown_dates, within
from newsscraper.extraction.metadata.cards import read as read_card
from newsscraper.extraction.parts import Parts, parts_of
from newsscraper.extraction.plaintext import is_small
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of, url_key

_MOST_POSTS = 60
_CONTAINER_TAGS = frozenset({"body", "html", "main"})
_LONGEST_CARD = 700
"""Letters that a card in a list of articles has at most: title, date, excerpt."""
_RECENT = Caseless(
    r"recent|latest|newest|just in|new posts|r[ée]cents?\b|r[ée]centes?\b|derni[eè]re?s?\b|nouveaux articles|"
    r"neue(?:ste|r)?\b|aktuell|"
    r"letzte|recientes?|[úu]ltim[oaie]s?\b|nuov[ie]\b|laatste|nieuwste|recente?\b|senast|seneste|siste\b|"
    r"nyest|nye innlegg|"
    r"viimeisi|uusimm|uudet|ostatnie|najnowsz|последни|свежи|новые|останні|нові|posledn|nejnov|najnov|"
    r"legut[óo]bbi|friss|"
    r"son yaz|son haber|yeni yaz|πρόσφατα|τελευταία|最新|最近|최신|최근|terbaru|terkini|mới nhất|bài viết mới|"
    r"أحدث|آخر|الأخيرة|"
    r"جدیدترین|תגובות|אחרונ|recents|darreres|nedavn|zadnj|naujausi|jaunākie|viimased",
)
_RELATED = Caseless(
    r"related|relacionad|relativ|similai?r|[ää]hnlich|verwandt|correlat|collegat|gerelateerd|relaterad|"
    r"relatert|relaterede|"
    r"aiheesee|powi[ąa]zane|похож|по теме|схож|souvisej|s[úu]vis|kapcsol|benzer|ilgili|σχετικ|関連|관련|相关|"
    r"相關|terkait|liên quan|"
    r"ذات صلة|lire aussi|also like|more from|recommend|empfohl|recomend|consigli|aanbevolen|polecane|popular|"
    r"most read|trending|"
    r"meistgelesen|plus lus|m[áa]s le[ií]d|pi[ùu] letti|mais lid|meest gelezen|\brlp\b|\bsrp\b",
)
_RECENT_LABEL = re.compile(
    r"recent[-_]?(?:posts?|entries|news|articles?)|latest[-_]?(?:posts?|news|articles?|stories)|"
    r"last[-_]?posts?|r-pf|rpwe|"
    r"widget_recent|newest"
)
# One of these stands in every label that the pattern matches.
_RECENT_PARTS = ("rec", "latest", "last", "r-pf", "rpwe", "newest")
_COMMENT = Caseless(r"comment|kommentar|comentario|reacties|коммент")


def read(  # noqa: PLR0912
    doc: Document, headline: Element | None, *, languages: Sequence[str] = (), timezone: str | None = None
) -> tuple[list[RecentPost], list[Element]]:
    """Return the other articles that the page lists as its site's recent ones, and the boxes that list them.

    A list is at least two cards, each with a link to an article of the same site. It counts as recent posts where its
    cards carry dates, or where its heading or label says so; a list headed as related or popular does not.

    Args:
        doc: the page.
        headline: the element that shows the article's headline.
        languages: ISO 639-1 codes for reading dates, likeliest first.
        timezone: IANA name of the site's clock.
    """
    own_site = site_of(doc.base_url) if doc.base_url else None
    lists = _dated_lists(doc, own_site) + _named_lists(doc, own_site)
    parts = parts_of(doc, headline)
    posts: dict[str, RecentPost] = {}
    boxes: list[Element] = []
    seen: list[Element] = []
    chosen: list[tuple[Element, list[Element], bool]] = []
    for container, cards in lists:
        if any(container is other or within(container, other) or within(other, container) for other in seen):
            continue
        if headline is not None and (container is headline or within(headline, container)):
            continue
        if not _are_cards(doc, cards):
            continue
        heading = _heading_of(doc, container)
        words = f"{heading} {_labels_of(container)}"
        if _COMMENT.search(heading) or (_COMMENT.search(_labels_of(container)) and not _RECENT.search(heading)):
            continue
        named = bool(_RECENT.search(heading) or _RECENT_LABEL.search(_labels_of(container)))
        if not named and _RELATED.search(words):
            continue
        seen.append(container)
        chosen.append((container, cards, named))
    if any(named for *_, named in chosen):
        chosen = [item for item in chosen if item[2]]
    own = _key(doc.page.url)
    for container, cards, _ in chosen:
        made = [(card, post) for card in cards[:_MOST_POSTS] if (post := read_card(doc, card, languages, timezone))]
        if len({post.title for _, post in made}) < 2:
            continue  # "Blog", "Blog", "Blog"
        for _, post in made:
            key = _key(post.url) if post.url else None
            if key is None or key == own:
                continue
            known = posts.get(key)
            if known is None:
                posts[key] = post
            elif known.date is None and post.date is not None:
                known.date, known.raw, known.precision = post.date, post.raw, post.precision
        boxes += _boxes(doc, container, cards, parts)
    for post in posts.values():
        doc.explain("recent-post", "kept", "recent-posts", post.title, post.raw or "")
    return list(posts.values())[:_MOST_POSTS], boxes


def _dated_lists(doc: Document, own_site: str | None) -> list[tuple[Element, list[Element]]]:
    """Return containers whose children (cards) each hold one date and a link to the same site."""
    dates = shown_dates(doc)
    if len(dates) < 2 or len(dates) > 2000:
        return []
    counts: dict[Element, int] = {}
    for element in dates:
        current: Element | None = element
        while current is not None:
            counts[current] = counts.get(current, 0) + 1
            current = current.getparent()
    lists: dict[Element, list[Element]] = {}
    for element in dates:
        # The card is the largest element around this date that no other card's date shares.
        card, parent = element, element.getparent()
        while parent is not None and counts[parent] == 1 and parent.tag not in _CONTAINER_TAGS:
            card, parent = parent, parent.getparent()
        if parent is not None:
            lists.setdefault(parent, []).append(card)
    found: list[tuple[Element, list[Element]]] = []
    for container, cards in lists.items():
        if len(cards) < 2:
            continue
        addresses = [(card, article_link(doc, card, own_site)) for card in cards]
        linked = [card for card, address in addresses if address]
        if len({address for _, address in addresses if address}) >= 2:
            found.append((container, linked))
    return found


def _named_lists(doc: Document, own_site: str | None) -> list[tuple[Element, list[Element]]]:
    """Return lists of links below a heading or within a label that says "recent"."""
    places: list[Element] = []
    for label, elements in doc.labels_with(_RECENT_PARTS):
        if _is_recent_label(label):
            places += elements[:4]
    for tag in ("h2", "h3", "h4", "h5", "h6", "h1"):
        for heading in doc.tags(tag)[:80]:
            text = doc.text_of(heading)
            if (
                3 <= len(text) <= 40
                and len(text.split()) <= 4
                and _RECENT.search(text)
                and not _COMMENT.search(text)
                and heading.first("a") is None
            ):
                parent = heading.getparent()
                for _ in range(3):
                    if parent is None or parent.tag in {"body", "html"}:
                        break
                    if len(_cards(doc, parent, own_site)) >= 2:
                        places.append(parent)
                        break
                    parent = parent.getparent()
    found: list[tuple[Element, list[Element]]] = []
    for place in places[:40]:
        if place.tag in {"body", "html"}:
            continue
        cards = _cards(doc, place, own_site)
        if len(cards) >= 2:
            found.append((place, cards))
    return found


@lru_cache(maxsize=8192)
def _is_recent_label(label: str) -> bool:
    return bool(_RECENT_LABEL.search(label)) and not _COMMENT.search(label)


def _cards(doc: Document, place: Element, own_site: str | None) -> list[Element]:
    """Return the repeated children of ``place`` that each lead to another article: those of its fullest list."""
    best: list[Element] = []
    for element in [place, *place.iter("ul", "ol", "div", "section", "nav", "table", "tbody")][:60]:
        children = [child for child in element if child.tag not in HEADINGS]
        if not 2 <= len(children) <= _MOST_POSTS:
            continue
        linked = [child for child in children if article_link(doc, child, own_site) is not None]
        if len(linked) > len(best) and len(linked) * 2 > len(children):
            addresses = {article_link(doc, child, own_site) for child in linked}
            if len(addresses) == len(linked) or len(addresses) >= 3:
                best = linked
    return best


def _heading_of(doc: Document, container: Element) -> str:
    """Return the short heading above a list: within it, before it, or before one of the boxes around it."""
    element = container
    for level in range(4):
        first = next(iter(element), None)
        for place in (element.getprevious(), first if level == 0 or first is not container else None):
            for nearest in (place, place.getprevious() if place is not None and place is not first else None):
                if nearest is None:
                    break
                text = doc.text_of(nearest) if nearest.tag in HEADINGS or is_small(nearest, 8) else ""
                if 2 < len(text) <= 60:
                    return text
        parent = element.getparent()
        if parent is None or parent.tag in {"body", "html", "main"}:
            break
        element = parent
    return ""


def _labels_of(container: Element) -> str:
    labels: list[str] = []
    element: Element | None = container
    for _ in range(4):
        if element is None or element.tag in {"body", "html", "main", "article"}:
            break
        labels.append(f"{element.get('class') or ''} {element.get('id') or ''}")
        element = element.getparent()
    return " ".join(labels).lower()


def _are_cards(doc: Document, cards: list[Element]) -> bool:
    """Tell cards from sections of an article that happen to hold links: cards are short."""
    lengths = sorted(len(doc.text_of(card)) if is_small(card, 200) else _LONGEST_CARD + 1 for card in cards)
    return lengths[len(lengths) // 2] <= _LONGEST_CARD and lengths[0] > 0


def _boxes(doc: Document, container: Element, cards: list[Element], parts: Parts) -> list[Element]:
    """Return what holds a list and nothing else: its box, or its cards where they stand among other things."""
    listed = sum(len(doc.text_of(card)) for card in cards)
    if not is_small(container, 3000) or len(doc.text_of(container)) > 1.5 * listed + 200:
        return cards
    return [_box(doc, container, parts)]


def _box(doc: Document, container: Element, parts: Parts) -> Element:
    """Return the largest element around a list that holds nothing of the article: list, heading and wrapper."""
    box = container
    for _ in range(4):
        parent = box.getparent()
        if parent is None or parent.tag in {"body", "html", "main", "article"} or parent is parts.region:
            break
        others = [child for child in parent if child is not box]
        if any(child.tag not in HEADINGS and (not is_small(child) or len(doc.text_of(child)) > 60) for child in others):
            break
        box = parent
    return box


def _key(url: str | None) -> str | None:
    if not url:
        return None
    try:
        key = url_key(url)
        path = urlsplit("//" + key).path.rstrip("/")
    except ValueError:
        return None
    return key.removesuffix("/amp") if path.endswith("/amp") else key
