"""What a page's ``articleBody`` bears out: a witness of the text where it is neither a teaser nor of something else.

It holds captions, links to other stories and agencies' lines as often as not, and no line breaks: so it is not the
text. But a paragraph that it holds belongs to the text, and where it holds all paragraphs, those after its end do not.
"""

from __future__ import annotations

import re
from typing import Any

from newsscraper.extraction.body.blocks import Block, Walk, weight_of
from newsscraper.extraction.body.container import Choice
from newsscraper.extraction.body.statedtext import paragraphs_of
from newsscraper.extraction.plaintext import plain

_NOT_A_LETTER = re.compile(r"[\W_]+")
_LONG_ENOUGH = 600
_LEAST = 60
_BORNE_OUT = 0.9
_ALL = 0.97
_ASIDE = 250
_TAIL = 40


def hear(choice: Choice, walk: Walk, stated: Any) -> None:
    """Take back paragraphs that ``articleBody`` holds, and cut what stands after its end or between its paragraphs."""
    if not isinstance(stated, str) or weight_of(stated) < _LONG_ENOUGH:
        return
    told = _letters(plain(stated))
    kept = [block for block in choice.blocks if block.place not in choice.cut]
    paragraphs = [block for block in kept if block.kind == "p" and block.weight >= _LEAST]
    unknown = [block for block in paragraphs if _letters(block.text) not in told]
    missing = set(map(id, unknown))
    weight = sum(block.weight for block in paragraphs)
    doubted = sum(block.weight for block in unknown)
    if not weight or doubted > (1 - _BORNE_OUT) * weight:
        return
    last = max((block for block in paragraphs if id(block) not in missing), key=_place)
    if told[-_TAIL:] in _letters(last.text):
        after = [block for block in kept if block.place > last.place]
        if sum(block.weight for block in after) <= (1 - _BORNE_OUT) * weight:
            for block in after:
                choice.cut[block.place] = "after-article-body"
    if doubted <= (1 - _ALL) * weight:
        first = min(block.place for block in paragraphs if id(block) not in missing)
        for block in unknown:
            if first < block.place < last.place and block.weight < _ASIDE:
                choice.cut[block.place] = "not-in-article-body"
    text = _letters("".join(block.text for block in kept))
    added = [
        block
        for block in walk.blocks
        if choice.cut.get(block.place) == "outside-body"
        and block.prose
        and block.weight >= _LEAST
        and (letters := _letters(block.text)) in told
        and letters not in text
    ]
    for block in added:
        del choice.cut[block.place]
    if added:
        choice.blocks = sorted({*choice.blocks, *added}, key=_place)


def instead(choice: Choice, stated: Any) -> list[str]:
    """Return the paragraphs of ``articleBody`` where the page itself shows hardly any text; else none."""
    if not isinstance(stated, str) or len(stated) < _LEAST:
        return []
    shown = sum(block.weight for block in choice.blocks if block.place not in choice.cut)
    if shown * 4 > weight_of(stated):
        return []
    told = paragraphs_of(stated)
    return told if shown * 4 <= sum(map(weight_of, told)) else []


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub("", text).casefold()


def _place(block: Block) -> int:
    return block.place
