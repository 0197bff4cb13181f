"""Short lines that no text begins or ends with, told by their shape: who wrote it, for whom, where it stood."""

from __future__ import annotations

from collections.abc import Iterable

from newsscraper.extraction.body.blocks import Block

_ENDS = ".!?…。！？।؟۔။"
_CLOSING = "\"'”’“‘»«›」』】）)]*"
_SHORT, _BRACKETED, _PARAGRAPH = 60, 30, 80
_MOST = 4
_PUNCTUATED = 0.8


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, be it quoted or in brackets.

    >>> is_sentence("He said: “We wait.”"), is_sentence("(dpa)"), is_sentence("Ann Morel")
    (True, False, False)
    """
    text = text.rstrip(_CLOSING)
    return text != "" and text[-1] in _ENDS


def places_of(blocks: list[Block]) -> list[int]:
    """Return the places of lines before the first paragraph and behind the last one that are no sentences.

    Only of a text whose paragraphs end in full stops: verses, tables and scripts without such signs are left alone.
    """
    paragraphs = [block for block in blocks if block.kind == "p" and block.weight >= _PARAGRAPH]
    sentences = sum(is_sentence(block.text) for block in paragraphs)
    if len(paragraphs) < 2 or sentences < _PUNCTUATED * len(paragraphs):
        return []
    return _run(blocks) + _run(reversed(blocks))


def _run(blocks: Iterable[Block]) -> list[int]:
    found: list[int] = []
    for block in blocks:
        if not _is_stray(block):
            break
        found.append(block.place)
    return found if len(found) <= _MOST else []


def _is_stray(block: Block) -> bool:
    """Whether a line is neither a sentence, nor leads into what follows, nor tells a fact with a number."""
    text = block.text
    if block.kind != "p" or block.weight >= (_BRACKETED if text[0] in "([（" else _SHORT) or is_sentence(text):
        return False
    _, colon, fact = text.replace("：", ":").partition(":")
    return text[-1] not in ":,;、，" and not (colon and any(map(str.isdigit, fact)))
