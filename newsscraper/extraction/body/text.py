"""The article's text: the element that holds it, its blocks, and the verdict on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsscraper.extraction.body import container, secondopinion, sitememory, verdicts, witness
from newsscraper.extraction.body.blocks import Block, Walk, weight_of
from newsscraper.extraction.boxes import walk_of
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import pagination
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

_HARDLY_ANY = 300


@dataclass(slots=True)
class Body:
    """The text, and what was cut.

    Attributes:
        blocks: what is kept, in reading order.
        removed: how many blocks each rule cut, those outside the article's part of the page not counted.
        is_stated: the page does not show the text, and only states it.
        is_told: the page shows hardly any of the text, and a feed tells it.
    """

    text: str
    blocks: list[Block]
    walk: Walk
    choice: container.Choice
    removed: dict[str, int] = field(default_factory=dict)
    is_stated: bool = False
    is_told: bool = False


def read(  # noqa: PLR0913
    doc: Document,
    *,
    headline: str | None,
    headline_element: Element | None,
    boxes: dict[Element, str],
    within: Sequence[Element] = (),
    stated: Structured,
    authors: Sequence[str] = (),
    language: str | None = None,
    repeated: frozenset[int] = frozenset(),
    told: Sequence[str] = (),
) -> Body:
    """Return the article's text.

    Args:
        doc: the page.
        headline: its title.
        headline_element: the element that shows the title.
        stated: what the page says about itself.
        authors: names of those who wrote it.
        language: what it is written in.
        repeated: hashes of blocks that other pages of the site have, too.
        told: paragraphs of the text as a feed tells it.
        boxes: elements that other readers found to be something else, with the name of the rule that cuts them.
        within: elements that hold the text, where a rule of the site says so; empty: they are looked for.
    """
    walk = walk_of(doc)
    if walk.root.prose < _HARDLY_ANY and doc.tags("noscript"):
        walk = Walk(doc, noscript=True)  # a page that scripts build, with its text for those who run none
    headline_place = _place_behind(headline_element, walk, doc) if headline_element is not None else None
    site = site_of(doc.page.url) if doc.page.url else None
    choice = container.choose(walk, boxes, headline=headline_place, language=language, site=site, within=within)
    if not within:
        secondopinion.ask(doc, walk, choice, headline_element)
    verdicts.judge(
        doc, choice, headline=headline, headline_element=headline_element, authors=authors, language=language
    )
    article_body = (stated.article or {}).get("articleBody") if not within else None
    witness.hear(choice, walk, article_body)
    witness.hear(choice, walk, "\n".join(told))
    sitememory.cut_repeated(choice, repeated)
    kept = [block for block in choice.blocks if block.place not in choice.cut]
    removed: dict[str, int] = {}
    for rule in choice.cut.values():
        if rule != "outside-body":
            removed[rule] = removed.get(rule, 0) + 1
    if doc.steps is not None:
        for block in walk.blocks:
            verdict = choice.cut.get(block.place)
            doc.explain("block", "cut" if verdict else "kept", verdict or "body", block.text)
    # Each part's JSON-LD holds the whole article.
    is_part = pagination.is_part(doc)
    stated_instead = witness.instead(choice, article_body) if not is_part else []
    told_instead = witness.instead(choice, "\n".join(told)) if not is_part and not stated_instead else []
    if instead := stated_instead or told_instead:
        kept = [Block(0, text, "p", walk.root, weight_of(text), prose=weight_of(text)) for text in instead]
    text = "\n\n".join(block.text for block in kept)
    return Body(text, kept, walk, choice, removed, bool(stated_instead), bool(told_instead))


def _place_behind(headline: Element, walk: Walk, doc: Document) -> int | None:
    """Return the place of the first block behind a headline, be it loose text in an element that holds both."""
    start, last = headline.place, headline.end - 1
    for block in walk.blocks:
        opened = block.node.element.place
        # A headline that is no block of its own stands in one with what is around it.
        own = start <= opened <= last or (opened < start and doc.text_of(headline) in block.text)
        if block.end > last and not own:
            return block.place
    return None
