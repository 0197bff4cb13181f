"""Whether a second way to the text is worth asking: how much prose it could win at most."""

from __future__ import annotations

import random
from itertools import combinations

from newsscraper.extraction import Page, read_page
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


def test_teasers_do_not_join_a_short_text() -> None:
    text = [
        "市议会周二投票决定，从三月起旧港大桥将禁止汽车通行，此前围绕安全与费用的争论已持续两年。",
        "工程师去年秋天在十二根桥墩中的四根上发现裂缝，并表示大桥最多还能供自行车和公交车通行十年。",
        "“我们别无选择，”交通委员会主席玛丽亚·延森说，“每等一个月，维修费用就更高。”",
        "东岸的店主担心失去顾客，希望渡轮白天每十分钟一班。",
    ]
    teasers = "".join(
        f"<div class=card><a href=/news/{n}><img src=/{n}.jpg><h3>Another story number {n} about the town</h3></a>"
        f"<p>Some words that tell what the story number {n} is about, and why one should read it.</p></div>"
        for n in range(6)
    )
    html = (
        "<html lang=zh><title>旧港大桥将禁止汽车通行</title><body><div class=main><h1>旧港大桥将禁止汽车通行</h1>"
        f"<div class=story>{''.join(f'<p>{line}</p>' for line in text)}</div></div>{teasers}</body></html>"
    )
    article = read_page(Page(html, url="https://www.example.com/news/harbour-bridge")).article
    assert article is not None
    assert article.text == "\n\n".join(text)
