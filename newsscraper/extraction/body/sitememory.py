"""What a site repeats: hashes of a page's blocks, and the verdict on blocks that other pages have, too."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.body.container import Choice
from newsscraper.extraction.page import MAX_BLOCKS

_LEAST = 12
_PASSAGE = 400


def block_hash(text: str) -> int:
    """Return 63 bits that stand for a block's text, whatever its case and space.

    >>> block_hash("Tous droits réservés.") == block_hash("tous droits  réservés.")
    True
    """
    folded = text.casefold()
    if "\n" in folded or "  " in f" {folded} ":  # else a block's text has single spaces
        folded = " ".join(folded.split())
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def hashes(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Return the hashes of a page's blocks, each once, in page order."""
    found: dict[int, None] = {}
    for block in blocks:
        if block.weight >= _LEAST:
            found[block_hash(block.text)] = None
            if len(found) >= MAX_BLOCKS:
                break
    return tuple(found)


def cut_repeated(choice: Choice, repeated: frozenset[int]) -> None:
    """Cut what other pages of the site have, too, unless the article quotes it or it is most of what there is.

    A quotation, a passage of several paragraphs between the article's own, and text that makes more than a third of
    the article stay: a memory of blocks must not be able to delete an article. So do a heading over the article's own
    text and a table's row beside its own rows: "Conclusion" and "City | Price" stand on many pages.
    """
    if not repeated:
        return
    kept = [block for block in choice.blocks if block.place not in choice.cut]
    known = [block.weight >= _LEAST and block_hash(block.text) in repeated for block in kept]
    prose = sum(block.prose for block in kept)
    if sum(block.prose for block, is_known in zip(kept, known, strict=True) if is_known) * 3 > prose:
        return
    start = 0
    while start < len(kept):
        end = start
        while end < len(kept) and known[end]:
            end += 1
        run = kept[start:end]
        own_on_both_sides = start > 0 and end < len(kept)
        passage = len(run) > 1 and own_on_both_sides and sum(block.prose for block in run) >= _PASSAGE
        if end < len(kept) and run and _leads_into(run[-1], kept[end]):
            run.pop()
        if start > 0 and run and run[0].kind == kept[start - 1].kind == "row":
            run.pop(0)
        for block in run:
            if not passage and not _is_quotation(block):
                choice.cut[block.place] = "repeated-on-site"
        start = max(end, start + 1)


def _leads_into(block: Block, own: Block) -> bool:
    """Whether a repeated block belongs to the article's own one after it."""
    return (block.kind == "heading" and own.prose > 0) or block.kind == own.kind == "row"


def _is_quotation(block: Block) -> bool:
    return block.kind == "quote" or block.text[0] in '«„“"「『' or block.text[0] == "”"
