"""Whether a second way to the text is worth asking: how much prose it could win at most."""

from __future__ import annotations

import random
from itertools import combinations

from newsscraper.extraction.body import secondopinion
from newsscraper.extraction.body.blocks import Block, Node
from newsscraper.extraction.parsing import parse


def test_no_choice_of_blocks_holds_more_prose_than_was_foretold() -> None:
    chance = random.Random(5)
    node = Node(parse("<p>").root, "p", None, 0)
    for _ in range(200):
        blocks = []
        for place in range(chance.randrange(7)):
            weight = chance.randrange(21, 400)
            linked = chance.choice((0, chance.randrange(weight + 1), weight * 3 // 20))
            prose = weight - linked if linked * 2 < weight else 0
            blocks.append(Block(place, "", "p", node, weight, linked, prose=prose))
        most = 0
        for size in range(len(blocks) + 1):
            for chosen in combinations(blocks, size):
                linked, weight = sum(b.linked for b in chosen), sum(b.weight for b in chosen)
                if not linked > secondopinion._LINKED * weight:
                    most = max(most, sum(b.prose for b in chosen))
        assert most <= secondopinion._most_prose(blocks) <= sum(b.prose for b in blocks) + 1
