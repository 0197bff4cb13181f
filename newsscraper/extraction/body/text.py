"""The article's text: the element that holds it, its blocks, and the verdict on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsscraper.extraction.body import container, secondopinion, sitememory, verdicts, witness
from newsscraper.extraction.body.blocks import Block, Walk
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import links
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element

_HARDLY_ANY = 300


@dataclass(slots=True)
class Body:
    """The text, and what was cut.

    Attributes:
        blocks: what is kept, in reading order.
        removed: how many blocks each rule cut, those outside the article's part of the page not counted.
    """

    text: str
    blocks: list[Block]
    walk: Walk
    choice: container.Choice
    removed: dict[str, int] = field(default_factory=dict)


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
        boxes: elements that other readers found to be something else, with the name of the rule that cuts them.
        within: elements that hold the text, where a rule of the site says so; empty: they are looked for.
    """
    walk = Walk(doc)
    if walk.root.prose < _HARDLY_ANY and doc.tags("noscript"):
        walk = Walk(doc, noscript=True)  # a page that scripts build, with its text for those who run none
    headline_place = None
    if headline_element is not None:
        order = doc.order
        start = order[headline_element]
        headline_place = next((b.place for b in walk.blocks if order[b.node.element] > start), None)
    choice = container.choose(walk, boxes, headline=headline_place, language=language, within=within)
    if not within:
        secondopinion.ask(doc, walk, choice)
    verdicts.judge(
        doc, choice, headline=headline, headline_element=headline_element, authors=authors, language=language
    )
    article_body = (stated.article or {}).get("articleBody") if not within else None
    witness.hear(choice, walk, article_body)
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
    paragraphs = witness.instead(choice, article_body)
    if not paragraphs or links.is_part(doc):  # each part's JSON-LD holds the whole article
        paragraphs = [block.text for block in kept]
    return Body("\n\n".join(paragraphs), kept, walk, choice, removed)
