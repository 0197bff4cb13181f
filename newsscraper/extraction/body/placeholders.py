"""Short lines in a text that stand for what a page shows in their place: an advertisement, a film, a post elsewhere."""

from __future__ import annotations

import re

from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.body.straylines import is_sentence

_ADVERT = re.compile(
    r"advert|publicit|publicid|pubblicit|\banzeige|\bwerbung|advertentie|reklam|annons\b|annonse|\biklan\b|quảng cáo|"
    r"реклам|إعلان|פרסומת|विज्ञापन|広告|광고|广告|廣告|โฆษณา|"
    # "Story continues below", in place of what scripts put there
    r"\bcontinues? (?:below|after|reading|with)\b|\bscroll (?:to|down)\b|\bla suite (?:après|ci-dessous)|fortgesetzt|"
    r"\b(?:continúa|sigue|siga leyendo) (?:abajo|debajo)|\bgaat verder\b|ciąg dalszy|dalsza część|"
    r"^продолжение (?:ниже|после)|haberin devamı"
)
_ELSEWHERE = re.compile(r"\b(?:instagram|facebook|twitter|tiktok|youtube|telegram|whatsapp|google news)\b|^play video")
_PLAYER = re.compile(
    r"video player|^loading\b|\bjavascript\b.{0,20}\b(?:to (?:view|watch|see)|enabled)|"
    r"\b(?:your|ihr|dein|votre|tu|su|il tuo) (?:browser|navigat|navegador)"
)
_SHORTCODE = re.compile(r"\[/?[\w-]+(?:[ :=][^\[\]]*)?\]")
_MOST_WORDS = 9


def rule_of(block: Block) -> str | None:
    """Return the rule that cuts a short paragraph, or ``None``.

    Args:
        block: a paragraph of 60 characters at most.
    """
    text = block.text
    if text[0] == "[" and text[-1] == "]" and not _SHORTCODE.sub("", text).strip():
        return "shortcode"
    lower = text.lower()
    if _PLAYER.search(lower):
        return "embed"
    if is_sentence(text) or text[-1] in ":：" or text.count(" ") >= _MOST_WORDS:
        return None
    if _ADVERT.search(lower):
        return "advert"
    return "embed" if not block.emphasised and _ELSEWHERE.search(lower) else None
