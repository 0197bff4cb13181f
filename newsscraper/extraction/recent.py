"""Lists of other articles that a page shows ("Recent Posts"), as data: recognised by structure first, words second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newsscraper import dates
from newsscraper.article import RecentPost
from newsscraper.extraction.document import Document
from newsscraper.extraction.links import absolute
from newsscraper.extraction.plaintext import is_small
from newsscraper.extraction.region import Region, region_of
from newsscraper.urls import site_of, url_key

_MOST_POSTS = 60
_DATE_TAGS = ("time", "div", "span", "p", "small", "li", "em", "i", "abbr", "td", "h6")
_CONTAINER_TAGS = frozenset({"body", "html", "main"})
# A text that can be a date or an age: short, with a digit, or one of the few words for very recent days.
_DATE_LIKE = re.compile(
    r"\d{1,4}\s*[./\-年년]\s*\d{1,2}|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|d['’]\s*)?[^\W\d]{3,}|"
    r"[^\W\d]{3,}\.?\s+\d{1,2}\b|"
    r"\d+\s*[^\W\d]{1,10}|\b(?:hace|il y a|vor|há|fa|ago|yesterday|hier|gestern|ayer|ieri|ontem|gisteren|"
    r"today|heute|hoy|oggi|hoje)\b",
    re.IGNORECASE,
)
_LONGEST_DATE = 48
_SHORTEST_TITLE = 8
"""Letters that a headline has at least, in an alphabet."""
_LONGEST_CARD = 700
"""Letters that a card in a list of articles has at most: title, date, excerpt."""
_LENGTH_LABEL = re.compile(r"read|duration|length|minutes|listen|watch")
_NUMERIC = re.compile(r"^\W*\d{1,4}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{1,4})?\b")
_NUMERIC_WHOLE = re.compile(r"^\W*\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}\b")
_BARE_AGE = re.compile(r"^\d+\s*[a-zA-Z]+\.?$")
_DATE_LABEL = re.compile(r"date|time|posted|published")
_LATE = datetime(2100, 1, 1, tzinfo=UTC)  # whether a text is a date does not hang on when it was read
_DIGIT = re.compile(r"\d")
_RECENT = re.compile(
    r"recent|latest|newest|just in|new posts|r[ée]cents?\b|r[ée]centes?\b|derni[eè]re?s?\b|nouveaux articles|"
    r"neue(?:ste|r)?\b|aktuell|"
    r"letzte|recientes?|[úu]ltim[oaie]s?\b|nuov[ie]\b|laatste|nieuwste|recente?\b|senast|seneste|siste\b|"
    r"nyest|nye innlegg|"
    r"viimeisi|uusimm|uudet|ostatnie|najnowsz|последни|свежи|новые|останні|нові|posledn|nejnov|najnov|"
    r"legut[óo]bbi|friss|"
    r"son yaz|son haber|yeni yaz|πρόσφατα|τελευταία|最新|最近|최신|최근|terbaru|terkini|mới nhất|bài viết mới|"
    r"أحدث|آخر|الأخيرة|"
    r"جدیدترین|תגובות|אחרונ|recents|darreres|nedavn|zadnj|naujausi|jaunākie|viimased",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"related|relacionad|relativ|similai?r|[ää]hnlich|verwandt|correlat|collegat|gerelateerd|relaterad|"
    r"relatert|relaterede|"
    r"aiheesee|powi[ąa]zane|похож|по теме|схож|souvisej|s[úu]vis|kapcsol|benzer|ilgili|σχετικ|関連|관련|相关|"
    r"相關|terkait|liên quan|"
    r"ذات صلة|lire aussi|also like|more from|recommend|empfohl|recomend|consigli|aanbevolen|polecane|popular|"
    r"most read|trending|"
    r"meistgelesen|plus lus|m[áa]s le[ií]d|pi[ùu] letti|mais lid|meest gelezen|\brlp\b|\bsrp\b",
    re.IGNORECASE,
)
_RECENT_LABEL = re.compile(
    r"recent[-_]?(?:posts?|entries|news|articles?)|latest[-_]?(?:posts?|news|articles?|stories)|"
    r"last[-_]?posts?|r-pf|rpwe|"
    r"widget_recent|newest"
)
_COMMENT = re.compile(r"comment|kommentar|comentario|reacties|коммент", re.IGNORECASE)
_TITLE_LABEL = re.compile(r"title|titel|titre|titulo|titolo|headline|heading|entry-name")
_EXCERPT_LABEL = re.compile(
    r"excerpt|summary|desc|teaser|intro|chapo|snippet|abstract|lead|standfirst|content|extract|text"
)
_SIDE_LABEL = re.compile(
    r"categor|cat-|\btag|author|byline|meta|date|time|comment|share|read-?more|views?\b|badge|label"
)
_SIDE_PATH = re.compile(
    r"/(?:category|categorie|kategorie|categoria|rubrique|tag|tags|author|auteur|autor|section)/", re.IGNORECASE
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def read(  # noqa: PLR0912
    doc: Document, headline: HtmlElement | None, *, languages: Sequence[str] = (), timezone: str | None = None
) -> tuple[list[RecentPost], list[HtmlElement]]:
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
    region = region_of(doc, headline)
    posts: dict[str, RecentPost] = {}
    boxes: list[HtmlElement] = []
    seen: list[HtmlElement] = []
    chosen: list[tuple[HtmlElement, list[HtmlElement], bool]] = []
    for container, cards in lists:
        if any(container is other or _within(container, other) or _within(other, container) for other in seen):
            continue
        if headline is not None and (container is headline or _within(headline, container)):
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
        made = [(card, post) for card in cards[:_MOST_POSTS] if (post := _post(doc, card, languages, timezone))]
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
        boxes += _boxes(doc, container, cards, region)
    for post in posts.values():
        doc.explain("recent-post", "kept", "recent-posts", post.title, post.raw or "")
    return list(posts.values())[:_MOST_POSTS], boxes


def _dated_lists(doc: Document, own_site: str | None) -> list[tuple[HtmlElement, list[HtmlElement]]]:
    """Return containers whose children (cards) each hold one date and a link to the same site."""
    dates = _shown_dates(doc)
    if len(dates) < 2 or len(dates) > 2000:
        return []
    counts: dict[HtmlElement, int] = {}
    for element in dates:
        current: HtmlElement | None = element
        while current is not None:
            counts[current] = counts.get(current, 0) + 1
            current = current.getparent()
    lists: dict[HtmlElement, list[HtmlElement]] = {}
    for element in dates:
        # The card is the largest element around this date that no other card's date shares.
        card, parent = element, element.getparent()
        while parent is not None and counts[parent] == 1 and parent.tag not in _CONTAINER_TAGS:
            card, parent = parent, parent.getparent()
        if parent is not None:
            lists.setdefault(parent, []).append(card)
    found: list[tuple[HtmlElement, list[HtmlElement]]] = []
    for container, cards in lists.items():
        if len(cards) < 2:
            continue
        addresses = [(card, _article_link(doc, card, own_site)) for card in cards]
        linked = [card for card, address in addresses if address]
        if len({address for _, address in addresses if address}) >= 2:
            found.append((container, linked))
    return found


def _shown_dates(doc: Document) -> list[HtmlElement]:
    """Return the elements that show a date and nothing else. Nearly all are ruled out by a look at their own words."""
    found: list[HtmlElement] = list(doc.tags("time"))
    for tag in _DATE_TAGS[1:]:
        for element in doc.tags(tag):
            text = element.text
            if text is None:
                if 0 < len(element) <= 2 and _shown_date(element):
                    found.append(element)
            elif len(text) <= 4 * _LONGEST_DATE and (_DIGIT.search(text) or len(element)) and _shown_date(element):
                found.append(element)
    return found


def _shown_date(element: HtmlElement) -> bool:
    """Tell whether an element's own words are a date or an age and nothing else; icons beside them do not count."""
    if element.tag == "time":
        return True
    text: str = element.text or ""
    children = len(element)
    if children:
        if children > 2 or len(text) > 4 * _LONGEST_DATE:
            return False
        tails = "".join([child.tail or "" for child in element])
        text += tails
        if not _DIGIT.search(text) or any(len(child) or (child.text and child.text.strip()) for child in element):
            return False
    elif not 3 <= len(text) <= 4 * _LONGEST_DATE or not _DIGIT.search(text):
        return False
    text = text.strip()
    if len(text) > _LONGEST_DATE or len(text.split()) > 9 or not _DATE_LIKE.search(text):
        return False
    label = (element.get("class") or "").lower()
    labelled = bool(_DATE_LABEL.search(label)) and not _LENGTH_LABEL.search(label)
    return _reads_as_date(text, labelled=labelled)


@lru_cache(maxsize=4096)
def _reads_as_date(text: str, *, labelled: bool) -> bool:
    """Tell a date from a short title with a number in it ("Silexia équipe 780 agents"), a price, or a reading time.

    Where the markup says that it is a date, what cannot be read is one in a language that is not known; where it does
    not, "6 min" alone may as well be how long a film is.
    """
    if not any(character.isalpha() for character in text):
        return bool(_NUMERIC.search(text)) if labelled else bool(_NUMERIC_WHOLE.search(text))
    if labelled:
        return True
    moment = dates.parse(text, reference=_LATE)
    return moment is not None and not (moment.relative and _BARE_AGE.match(text))


def _named_lists(doc: Document, own_site: str | None) -> list[tuple[HtmlElement, list[HtmlElement]]]:
    """Return lists of links below a heading or within a label that says "recent"."""
    places: list[HtmlElement] = []
    for label, elements in doc.labels.items():
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
                and heading.find(".//a") is None
            ):
                parent = heading.getparent()
                for _ in range(3):
                    if parent is None or parent.tag in {"body", "html"}:
                        break
                    if len(_cards(doc, parent, own_site)) >= 2:
                        places.append(parent)
                        break
                    parent = parent.getparent()
    found: list[tuple[HtmlElement, list[HtmlElement]]] = []
    for place in places[:40]:
        if place.tag in {"body", "html"}:
            continue
        cards = _cards(doc, place, own_site)
        if len(cards) >= 2:
            found.append((place, cards))
    return found


@lru_cache(maxsize=8192)
def _is_recent_label(label: str) -> bool:
    hint = (
        "rec" in label
        or "latest" in label
        or "last" in label
        or "r-pf" in label
        or "rpwe" in label
        or "newest" in label
    )
    return hint and bool(_RECENT_LABEL.search(label)) and not _COMMENT.search(label)


def _cards(doc: Document, place: HtmlElement, own_site: str | None) -> list[HtmlElement]:
    """Return the repeated children of ``place`` that each lead to another article: those of its fullest list."""
    best: list[HtmlElement] = []
    for element in [place, *place.iter("ul", "ol", "div", "section", "nav", "table", "tbody")][:60]:
        children = [child for child in element if isinstance(child.tag, str) and child.tag not in _HEADINGS]
        if not 2 <= len(children) <= _MOST_POSTS:
            continue
        linked = [child for child in children if _article_link(doc, child, own_site) is not None]
        if len(linked) > len(best) and len(linked) * 2 > len(children):
            addresses = {_article_link(doc, child, own_site) for child in linked}
            if len(addresses) == len(linked) or len(addresses) >= 3:
                best = linked
    return best


def _article_link(doc: Document, card: HtmlElement, own_site: str | None) -> str | None:
    anchor = _title_link(doc, card, own_site)
    return anchor.get("href") if anchor is not None else None


def _title_link(doc: Document, card: HtmlElement, own_site: str | None) -> HtmlElement | None:
    """Return the link to the card's article: the one of its heading, else the one with the most words."""
    best: HtmlElement | None = None
    best_rank = 0
    anchors = [card] if card.tag == "a" else list(card.iter("a"))[:12]
    for anchor in anchors:
        href = anchor.get("href")
        if not href or href.startswith(("#", "javascript:", "mailto:")) or "#comment" in href or "replytocom" in href:
            continue
        if (
            "tag" in (anchor.get("rel") or "").split()
            or "author" in (anchor.get("rel") or "")
            or _SIDE_PATH.search(href)
        ):
            continue
        if own_site and href.startswith(("http://", "https://", "//")):
            url = absolute(doc, href)
            if url is None or site_of(url) != own_site:
                continue
        length = len(doc.text_of(anchor))
        rank = length
        parent = anchor.getparent()
        if parent is not None and (
            parent.tag in _HEADINGS or anchor.find(".//h2") is not None or anchor.find(".//h3") is not None
        ):
            rank += 1000
        if _TITLE_LABEL.search(
            f"{anchor.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}".lower()
        ):
            rank += 500
        if length >= 4 and rank > best_rank:
            best, best_rank = anchor, rank
    return best


def _post(doc: Document, card: HtmlElement, languages: Sequence[str], timezone: str | None) -> RecentPost | None:
    own_site = site_of(doc.base_url) if doc.base_url else None
    anchor = _title_link(doc, card, own_site)
    if anchor is None:
        return None
    title_element = anchor
    if len(anchor):  # the whole card may be one link
        inner = next((child for child in anchor.iter() if child.tag in _HEADINGS), None)
        if inner is None:
            inner = next(
                (
                    child
                    for child in anchor.iter()
                    if child is not anchor
                    and isinstance(child.tag, str)
                    and _TITLE_LABEL.search((child.get("class") or "").lower())
                ),
                None,
            )
        title_element = inner if inner is not None else anchor
    title = doc.text_of(title_element)
    if len(title) < _SHORTEST_TITLE and title.isascii():
        return None
    url = absolute(doc, anchor.get("href"))
    if not title or (url is None and doc.base_url):
        return None
    post = RecentPost(title=title, url=url)
    date = next(
        (
            element
            for element in card.iter(*_DATE_TAGS)
            if element is not title_element
            and _shown_date(element)
            and not _within(title_element, element)
            and doc.text_of(element) != title
        ),
        None,
    )
    if date is not None:
        _set_date(doc, post, date, languages, timezone)
    post.excerpt = _excerpt(doc, card, title_element, date, title)
    return post


def _set_date(
    doc: Document, post: RecentPost, element: HtmlElement, languages: Sequence[str], timezone: str | None
) -> None:
    shown = doc.text_of(element)
    machine = element.get("datetime") or ""
    inner = element.find(".//time")
    if inner is not None and not machine:
        machine = inner.get("datetime") or ""
    post.raw = shown or machine or None
    reference = doc.page.fetched_at
    if reference is None:
        return
    for text in (machine, shown):
        if not text:
            continue
        moment = dates.parse(text, reference=reference, languages=tuple(languages), timezone=timezone)
        if moment is not None and _has_been(moment, reference):
            post.date, post.precision = moment.isoformat(), moment.precision
            return


def _has_been(moment: dates.Moment, reference: datetime) -> bool:
    """Tell whether a moment lies before the page was fetched, on whatever clock it may have been written."""
    value = moment.value
    if value.tzinfo is None:
        return value <= reference.replace(tzinfo=None) + timedelta(hours=14)
    return value <= reference + timedelta(minutes=10)


def _excerpt(
    doc: Document, card: HtmlElement, title: HtmlElement, date: HtmlElement | None, title_text: str
) -> str | None:
    """Return a card's words that are neither title nor date nor label: the paragraph labelled so, else the longest."""
    best = ""
    for element in card.iter("p", "div", "span", "dd", "blockquote"):
        if element is title or element is date or _within(element, title) or _within(title, element):
            continue
        if date is not None and (_within(date, element) or _within(element, date)):
            continue
        label = (element.get("class") or "").lower()
        if _SIDE_LABEL.search(label) and not _EXCERPT_LABEL.search(label):
            continue
        text = doc.text_of(element)
        if len(text) < 20 or text == title_text or len(text) > 1500:
            continue
        if element.tag == "p" or _EXCERPT_LABEL.search(label):
            return text
        linked = sum(len(doc.text_of(anchor)) for anchor in element.iter("a"))
        if len(text) > len(best) and linked < len(text) / 2:
            best = text
    return best if len(best) >= 40 else None


def _heading_of(doc: Document, container: HtmlElement) -> str:
    """Return the short heading above a list: within it, before it, or before one of the boxes around it."""
    element = container
    for level in range(4):
        first = next((child for child in element if isinstance(child.tag, str)), None)
        for place in (element.getprevious(), first if level == 0 or first is not container else None):
            for nearest in (place, place.getprevious() if place is not None and place is not first else None):
                if nearest is None:
                    break
                text = doc.text_of(nearest) if nearest.tag in _HEADINGS or is_small(nearest, 8) else ""
                if 2 < len(text) <= 60:
                    return text
        parent = element.getparent()
        if parent is None or parent.tag in {"body", "html", "main"}:
            break
        element = parent
    return ""


def _labels_of(container: HtmlElement) -> str:
    labels: list[str] = []
    element: HtmlElement | None = container
    for _ in range(4):
        if element is None or element.tag in {"body", "html", "main", "article"}:
            break
        labels.append(f"{element.get('class') or ''} {element.get('id') or ''}")
        element = element.getparent()
    return " ".join(labels).lower()


def _are_cards(doc: Document, cards: list[HtmlElement]) -> bool:
    """Tell cards from sections of an article that happen to hold links: cards are short."""
    lengths = sorted(len(doc.text_of(card)) if is_small(card, 200) else _LONGEST_CARD + 1 for card in cards)
    return lengths[len(lengths) // 2] <= _LONGEST_CARD and lengths[0] > 0


def _boxes(doc: Document, container: HtmlElement, cards: list[HtmlElement], region: Region) -> list[HtmlElement]:
    """Return what holds a list and nothing else: its box, or its cards where they stand among other things."""
    listed = sum(len(doc.text_of(card)) for card in cards)
    if not is_small(container, 3000) or len(doc.text_of(container)) > 1.5 * listed + 200:
        return cards
    return [_box(doc, container, region)]


def _box(doc: Document, container: HtmlElement, region: Region) -> HtmlElement:
    """Return the largest element around a list that holds nothing of the article: list, heading and wrapper."""
    box = container
    for _ in range(4):
        parent = box.getparent()
        if parent is None or parent.tag in {"body", "html", "main", "article"} or parent is region.element:
            break
        others = [child for child in parent if isinstance(child.tag, str) and child is not box]
        if any(
            child.tag not in _HEADINGS and (not is_small(child) or len(doc.text_of(child)) > 60) for child in others
        ):
            break
        box = parent
    return box


def _within(element: HtmlElement, other: HtmlElement) -> bool:
    return any(parent is other for parent in element.iterancestors())


def _key(url: str | None) -> str | None:
    if not url:
        return None
    try:
        key = url_key(url)
        path = urlsplit("//" + key).path.rstrip("/")
    except ValueError:
        return None
    return key.removesuffix("/amp") if path.endswith("/amp") else key
