"""What block elements are that are not the article's: teasers, comments, navigation, prompts, the page's foot."""

from __future__ import annotations

from newsscraper.extraction.boxes import Box, Boxes, Role, is_running
from newsscraper.extraction.tree import Element

_TEASER_PROSE = 320
"""Prose that a teaser holds at most, in characters as of Latin script."""
_MOST_OF_PAGE, _ALMOST_ALL = 0.5, 0.85
_FEWEST_LINKS, _LINKED, _HALF_LINKED, _TEASER_LINKED, _LIST_LINKED = 3, 0.7, 0.4, 0.13, 0.25
_FEW_BLOCKS = 12
"""Behind the foot of a page."""
_NAVIGATION = frozenset(("nav", "menu"))
_PROMPTS = frozenset(("form", "dialog"))
_HEADED = frozenset(("article", "main"))
_TEASERS = frozenset(("aside", "article", "ul", "ol", "menu"))
# Labels that tip: the rule's name in `body.labels` and the role that it speaks for.
_TIPS: dict[str, Role] = {
    "comments": "comment",
    "related": "teaser",
    "recent-posts": "teaser",
    "navigation": "navigation",
    "breadcrumb": "navigation",
    "newsletter": "prompt",
    "form": "prompt",
    "popup": "prompt",
    "dialog": "prompt",
    "consent": "prompt",
    "advert": "prompt",
    "footer": "foot",
    "embed": "comment",
}


class Judge:
    """Tells of each box of a page whether it is of something else than the article."""

    def __init__(self, boxes: Boxes, headline: Element | None, around: frozenset[Element], below: int) -> None:
        """Take the boxes, the headline, what holds it, and the place of the first block below it."""
        self._boxes = boxes
        self._own = around | {headline} if headline is not None else around
        self._below = below

    def judge(self) -> None:
        """Note role and evidence in each box that is of something else."""
        whole = self._boxes.root.prose or 1
        for node in self._boxes.walk.nodes:
            element = node.element
            if element in self._own or node is self._boxes.walk.root:
                continue
            box = self._boxes.by_element[element]
            if node.first == node.last:  # pictures alone
                box.role, box.evidence = _TIPS.get(node.rule or ""), ["label"]
                continue
            role, evidence = self._role_of(box)
            if role is None:
                continue
            share = box.prose / whole
            most = (share >= _MOST_OF_PAGE and box.prose >= 300) or (share >= _ALMOST_ALL and box.prose >= 80)
            if most and not (role == "comment" and "label" in evidence):
                continue  # nearly all running text of the page is no teaser and no form, whatever it looks like
            box.role, box.evidence = role, evidence

    def _role_of(self, box: Box) -> tuple[Role | None, list[str]]:
        """Return what the structure of an element, tipped by its tag and label, says that it is."""
        node = box.node
        tip = _TIPS.get(node.rule or "")
        if node.tag in _NAVIGATION or (tip == "navigation" and not box.prose and self._is_menu(box, 0.5)):
            return "navigation", [f"<{node.tag}>" if node.tag in _NAVIGATION else "label"]
        if tip == "comment":
            return "comment", ["label"]
        if node.tag in _PROMPTS or (tip == "prompt" and box.prose < _TEASER_PROSE):
            return "prompt", [f"<{node.tag}>" if node.tag in _PROMPTS else "label"]
        if (teaser := self._teaser_evidence(box, tip)) is not None:
            return "teaser", teaser
        if (comment := self._comment_evidence(box)) is not None:
            return "comment", comment
        if box.links >= _FEWEST_LINKS and not box.prose and self._is_menu(box, _LINKED):
            return "navigation", [f"{box.links} links"]
        if (
            (node.tag == "footer" or tip == "foot" or box.copyright)
            and box.prose < _TEASER_PROSE
            and self._is_foot(box)
        ):
            return "foot", ["©" if box.copyright else f"<{node.tag}>" if node.tag == "footer" else "label"]
        return None, []

    def _is_menu(self, box: Box, share: float) -> bool:
        """Whether an element is links for the most part, and no byline with links to its author and its topics."""
        if box.link_share < share:
            return False
        return not self._boxes.has_top_heading(box.node) and not self._boxes.shows_moment(box)

    def _teaser_evidence(self, box: Box, tip: Role | None) -> list[str] | None:
        if not box.leads:
            if tip == "teaser" and box.prose < _TEASER_PROSE:
                return ["label"]
            return None
        if box.prose > _TEASER_PROSE * box.leads:
            return None
        if tip == "teaser":
            return ["label", f"leads to {box.leads}"]
        if box.prose and box.link_share < _TEASER_LINKED:
            return None
        if box.alike >= 1 and box.alike_leading * 5 >= 3 * (box.alike + 1):
            return [f"{box.alike} alike", f"leads to {box.leads}"]
        if box.leads >= 2 and box.link_share >= _LIST_LINKED:
            return [f"leads to {box.leads}"]
        if box.node.tag in _TEASERS or box.headings or box.link_share >= _HALF_LINKED:
            return [f"leads to {box.leads}", f"<{box.node.tag}>"]
        return None

    def _comment_evidence(self, box: Box) -> list[str] | None:
        """Tell comments by structure: boxes alike that each show a moment and some words, below the headline."""
        if box.dated_from >= 0 and self._text_begins(box.dated_from):
            return [f"{box.alike} alike", "each with a moment"]
        return None

    def _text_begins(self, before: int) -> bool:
        """Whether running text stands between the headline and a block's place."""
        return any(is_running(block) for block in self._boxes.walk.blocks[self._below : before])

    def _is_foot(self, box: Box) -> bool:
        """Whether an element is the page's foot, not an article's: it ends the page and holds no article's text."""
        if self._boxes.root.node.last - box.node.last > _FEW_BLOCKS:
            return False
        up = box.node.parent
        while up is not None and up.tag not in _HEADED:
            up = up.parent
        return up is None or box.copyright
