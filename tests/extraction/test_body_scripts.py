"""Articles in scripts without spaces: as short as they are, they say as much as longer ones in Latin letters."""

from __future__ import annotations

import json

import pytest

import newsscraper

STORIES = {
    "ja": (
        "港湾局が防波堤の再建を決定",
        "港湾局は火曜日、北側の防波堤を再建することを投票で決めた。六年にわたる論争に終止符が打たれた。",
        "新しい設計では堤の高さを二メートル上げ、市民に開放される遊歩道を設ける。漁業者は一漁期を失うと話している。",
        "市長は記者団に対し、資金は二〇一九年の洪水後に設けられた基金から出ると述べた。",
    ),
    "th": (
        "ท่าเรือจะสร้างเขื่อนกันคลื่นใหม่",
        "คณะกรรมการท่าเรือลงมติเมื่อวันอังคารให้สร้างเขื่อนกันคลื่นทางเหนือขึ้นใหม่ ยุติข้อพิพาทที่ยืดเยื้อมานานหกปี",
        "แบบใหม่จะยกสันเขื่อนให้สูงขึ้นสองเมตร ชาวประมงกล่าวว่าจะเสียรายได้อย่างน้อยหนึ่งฤดูกาล",
        "นายกเทศมนตรีบอกผู้สื่อข่าวว่าเงินจะมาจากกองทุนภูมิภาค",
    ),
    "zh-TW": (
        "港務局決定重建防波堤",
        "港務局週二投票決定重建北部防波堤，結束了持續六年的爭議。",
        "工程師早在二〇一七年就對裂縫提出過警告，當時一場冬季風暴把海水推過了外牆。漁民表示，工程將使他們損失一個漁季。",
        "市長告訴記者，資金將來自地區基金。兩家承包商已經投標，預計月底前作出決定。",
    ),
    "ko": (
        "항만국, 방파제 재건 결정",
        "항만국은 화요일 북쪽 방파제를 재건하기로 투표로 결정해 육 년간의 논란을 끝냈다.",
        "새 설계는 방파제 높이를 이 미터 올리고 산책로를 더한다. 어민들은 적어도 한 철을 잃게 된다고 말했다.",
        "시장은 자금이 지역 기금에서 나올 것이라고 기자들에게 밝혔다.",
    ),
}


@pytest.mark.parametrize("language", STORIES)
def test_a_short_story_is_an_article(language: str) -> None:
    title, *paragraphs = STORIES[language]
    html = (
        f"<html lang={language}><head><title>{title} | Example</title><meta name=description content='{paragraphs[0]}'>"
        "</head><body><header><a href=/>Example</a><nav><a href=/a>A</a> <a href=/b>B</a></nav></header>"
        f"<div id=article><h1>{title}</h1><div class=info><span>Example</span> <span>2026-11-20 08:05</span></div>"
        f"<div class=content>{''.join(f'<p>{text}</p>' for text in paragraphs)}</div></div>"
        "<footer><p>© 2026 Example. All rights reserved.</p></footer></body></html>"
    )
    article = newsscraper.extract(html, url="https://www.example.com/2026/1120/c12345.html")
    assert article.text == "\n\n".join(paragraphs)
    assert article.extraction.warnings == []
    assert article.extraction.confidence > 0.5


@pytest.mark.parametrize(
    "script",
    [
        '<script id=__NEXT_DATA__ type="application/json">{"props": {"story": {"title": %s, "body": %s}}}</script>',
        '<script>window.__SHOP__ = {cart: 1}; window.__DATA__ = {"story": {"headline": %s, "blocks": %s}}</script>',
    ],
)
@pytest.mark.parametrize("language", STORIES)
def test_a_short_story_in_the_data_of_scripts_is_its_text(language: str, script: str) -> None:
    title, *paragraphs = STORIES[language]
    blocks = [{"type": "p", "html": text} for text in paragraphs]
    data = script % (json.dumps(title, ensure_ascii=False), json.dumps(blocks, ensure_ascii=False))
    head = f"<head><title>{title} | Example</title></head>"
    html = f"<html lang={language}>{head}<body><h1>{title}</h1>{data}</body></html>"
    article = newsscraper.extract(html, url="https://www.example.com/2026/1120/c12345.html")
    assert article.text == "\n\n".join(paragraphs)
