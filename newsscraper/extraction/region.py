"""Which part of the page is about this article, and which shows other things: cards, comments, sidebars, menus."""

from __future__ import annotations

import re
from functools import lru_cache

from newsscraper.extraction.document import Document
from newsscraper.extraction.tree import Element

# Gathered by their first letters: names one after another take four times as long to look for.
_OTHER = re.compile(
    r"a(?:-lire|djacent|dvert|lso-?like)|breadcrumb|c(?:arousel|omment|onsent|ookie|orrelat)|empfehl|footer-|"
    r"gerelateerd|kirki|l(?:atest|ire-aussi|oop-wrapper)|m(?:enu|odal|ore-?(?:article|post|stor)|ost-?read)|"
    r"n(?:av-links|avbar|ewsfeed|ewsletter|ext-post)|outbrain|p(?:opular|opup|ost-navigation|rev-next|romo)|"
    r"r(?:-pf|ead-?next|ead-more-|ecent|ecommend|elacionad|elated(?<!unrelated)|lp-)|"
    r"s(?:hare|ide-?bar|ign-?up|ite-footer|lick|ocial|ponsor|rp\b(?<!\wsrp)|ubscribe-box|wiper)|"
    r"t(?:aboola|easer|estimonial|icker|rending)|verwandt|widget-area"
)
_OTHER_TAGS = frozenset({"aside", "nav", "form", "dialog", "amp-sidebar", "amp-carousel-x", "menu"})
_STOP_TAGS = frozenset({"body", "html"})


def region_of(doc: Document, headline: Element | None) -> Region:
    """Return the region of the article with that headline; it is looked for once."""
    region: Region | None = doc.memo.get("region")
    if region is None or region.headline is not headline:
        region = doc.memo["region"] = Region(doc, headline)
    return region


class Region:
    """The part of a page that holds its article: the smallest element around the headline with most paragraphs.

    Attributes:
        element: that element.
        headline: the headline that it was looked for around.
        around: everything that holds the headline.
    """

    def __init__(self, doc: Document, headline: Element | None) -> None:
        self._order = doc.order
        self.headline = headline
        # What holds the headline speaks of this article, whatever it is called.
        self.around = frozenset(headline.iterancestors()) if headline is not None else frozenset()
        self._known: dict[Element, bool] = dict.fromkeys(self.around, False)
        self.element = self._find(doc, headline)
        order = self._order
        self._start = order[self.element]
        last = self.element
        while len(last):
            last = last[-1]
        self._end = order.get(last, self._start)

    def _find(self, doc: Document, headline: Element | None) -> Element:
        bodies = doc.tags("body")
        whole = bodies[0] if bodies else doc.tree
        if headline is None:
            articles = [element for element in doc.tags("article") if not self.elsewhere(element)]
            return articles[0] if len(articles) == 1 else whole
        paragraphs = len(doc.tags("p"))
        for element in headline.iterancestors():
            if element.tag in _STOP_TAGS:
                break
            inside = sum(1 for _ in element.iter("p"))
            if (inside * 2 > paragraphs and inside >= 2) or (element.tag == "article" and inside >= 2):
                return element
        return whole

    def holds(self, element: Element) -> bool:
        """Tell whether ``element`` stands in the region and in none of its boxes about other things."""
        place = self._order.get(element, -1)
        return self._start <= place <= self._end and not self.elsewhere(element)

    def elsewhere(self, element: Element) -> bool:
        """Tell whether ``element`` stands in a box about something else, judged by its ancestors' tags and labels."""
        path: list[Element] = []
        current: Element | None = element.getparent()
        answer = False
        while current is not None and current.tag not in _STOP_TAGS:
            if current in self._known:
                answer = self._known[current]
                break
            path.append(current)
            if current.tag in _OTHER_TAGS or _speaks_of_other_things(current):
                answer = True
                break
            current = current.getparent()
        for step in path:
            self._known[step] = answer
        return answer


def _speaks_of_other_things(element: Element) -> bool:
    class_, id_ = element.get("class"), element.get("id")
    return _is_other(f"{class_ or ''} {id_ or ''}") if class_ or id_ else False


@lru_cache(maxsize=16384)
def _is_other(label: str) -> bool:
    label = label.lower()
    if not _OTHER.search(label):
        return False
    # Page builders and themes put whole layouts into classes of the outermost boxes: "has-sidebar", "menu-open".
    return not re.search(
        r"(?:has|no|with|open|right|left|layout)-?(?:right-|left-)?sidebar|site-content|\bhentry\b|"
        r"entry-content|article-?body",
        label,
    )
