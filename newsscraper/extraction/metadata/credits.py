"""Photo credits in words: "Crédit photo : Huawei", "© AFP", "Photo by Zoé Brûlé / Reuters"."""

from __future__ import annotations

import re

from newsscraper.extraction.plaintext import one_line

# "photo" in the languages of the data and those around them; a credit names it and, after a colon or "by", who made it.
_PICTURE = (
    r"(?:photos?|photograph(?:y|ie|s)?|photographie|image|images|picture|pictures|pic|illustrations?|fotos?|"
    r"fotografie|fotograf[ií]a|"
    r"bild(?:er)?|imagen|imagem|immagine|zdj[ęe]cie|fot|foto(?:graf)?|kuva|billede|obr[aá]zek|kép|фото|"
    r"изображение|φωτογραφ[ίι]α|ảnh|"
    r"фотография|görsel|fotoğraf|visuel|visuels|capture|cover|header|featured\s+image|titelbild|beitragsbild|"
    r"사진|写真|照片|图片?|圖|फोटो|تصوير|صورة|"
    r"aufmacherbild|écran|video)"
)
_WORD = (
    r"(?:cr[ée]dits?|credits?|courtesy(?:\s+of)?|source|sources|quelle|bildquelle|bildnachweis|fuente|fonte|"
    r"bron|kilde|k[äa]lla|źródło|"
    r"copyright|droits|cr[ée]ditos?|crediti|beeld|rechte|bildrechte|bildcredit|fotocredit|фото|источник|"
    r"forrás|kaynak|lähde|来源|來源|提供|출처|제공)"
)
_LABEL = (
    rf"(?:{_WORD}s?\s*(?:de\s+(?:la\s+|l['’])?|of\s+|d['’]|der\s+)?\W?{_PICTURE}|{_PICTURE}\s*[-/]?\s*{_WORD}|"
    rf"{_PICTURE}(?:\s+(?:by|par|von|"
    rf"de|di|por|door|av|af))?|{_WORD})"
)
# Without a colon only "crédit photo", "photo by": a caption may well begin with "Photo".
_STATED = re.compile(
    rf"^\W*(?:{_LABEL}\s*[:：=]|fot\.|{_WORD}\s+(?:de\s+|of\s+)?{_PICTURE}\b\s*[-–—]?|{_PICTURE}\s+{_WORD}\b\s*[-–—]?"
    rf"|(?:photo(?:graph)?s?|image|illustration)\s+(?:by|courtesy(?:\s+of)?)\b|(?:{_PICTURE}\s)?\s*©|\(c\)\s|"
    rf"copyright\b)\s*(?P<who>\S.*)$",
    re.IGNORECASE,
)
_BRACKETED_TAIL = re.compile(
    rf"\s*[(\[]\s*(?P<whole>(?:{_LABEL}\s*[:：]|{_WORD}\s+{_PICTURE}\b|{_PICTURE}\s+{_WORD}\b|(?:photo|image|"
    rf"illustration)s?\s+by\b|©|\(c\)\s)"
    rf"\s*[^()\[\]]{{1,150}})[)\]]\s*\.?\s*$",
    re.IGNORECASE,
)
_BARE_TAIL = re.compile(
    rf"(?:^|[.!?…»\"”|]\s+|\s+[-–—|/]\s*|\s+(?=©)|\s+(?={_PICTURE}\s*©))(?P<whole>(?:{_PICTURE}\s*©|{_WORD}\s+{_PICTURE}\s*[:：]|"
    rf"{_PICTURE}\s+{_WORD}\s*[:：]|{_PICTURE}\s*[:：=]|fot\.|{_WORD}\s*[:：]"
    rf"|(?:photo|image|illustration)s?\s+(?:by|courtesy(?:\s+of)?)\s|©|\(c\)\s|(?-i:[A-Z][\w./ "
    rf"-]{{2,30}}/\s?(?:Getty|AFP|Reuters|AP|EPA|dpa|Shutterstock)))"
    rf"\s*[^.!?:]{{0,120}}\.?)$",
    re.IGNORECASE,
)
_AGENCY_ONLY = re.compile(
    r"^[©\s]*(?:[\w.'’ -]{2,40}\s*[/|,–-]\s*)?(?:Getty(?: Images)?|AFP(?: PHOTO)?|Reuters|AP(?: Photo)?|EPA|"
    r"EFE|ANSA|dpa|Keystone|"
    r"Shutterstock(?:\.com)?|i?Stock(?:photo)?|Adobe ?Stock|Unsplash|Pexels|Pixabay|Wikimedia Commons|Imago|"
    r"Belga|Alamy|NurPhoto)"
    r"(?:\s*[/|,–-]\s*[\w.'’ -]{2,40})*$",
    re.IGNORECASE,
)
_SIGNS = (":", "©", "hoto", "：", "=", "ot. ")
_HINTS = (
    *("photo", "©", "(c)", "foto", "bild", "imag", "pictur", "illustr", "zdj", "kuva", "billed", "фото", "copyright"),
    *("credit", "crédit", "immagin", "obr", "kép", "görsel", "visuel", "φωτ", "fot.", "ảnh"),
    *("사진", "写真", "图", "圖", "फोटो", "تصوير", "صورة"),
)
_SURE = re.compile(
    rf"^\W*(?:{_WORD}s?\s*(?:de\s+(?:la\s+|l['’])?|of\s+|d['’])?\W?{_PICTURE}\s*[:：–-]|"
    rf"{_PICTURE}\s*[-/]?\s*{_WORD}\s*[:：]|{_PICTURE}\s*[:：=]|fot\.\s"
    rf"|(?:photo|image|illustration)s?\s+(?:by|courtesy(?:\s+of)?)\b|(?:bildquelle|bildnachweis|fotocredit|"
    rf"bildrechte)\s*[:：]|©|\(c\)\s)",
    re.IGNORECASE,
)
_SURE_TAIL = re.compile(
    rf"(?:[.!?…»\"”]\s+|\s[-–—|]\s)(?P<whole>(?:{_WORD}\s+(?:de\s+)?{_PICTURE}|{_PICTURE}\s+{_WORD}|"
    rf"bildquelle|bildnachweis)\s*[:：]\s*[^.!?:]{{2,100}}\.?)$",
    re.IGNORECASE,
)
_EDGES = " \t\n()[]{}|/–—-·•,;:*"


def credit_of(text: str) -> str | None:
    """Return who is credited where a text is a photo credit and nothing else.

    >>> credit_of("(Crédit photo : Huawei)"), credit_of("© AFP"), credit_of("Photo de famille au sommet")
    ('Huawei', 'AFP', None)
    """
    text = one_line(text)
    if not 2 < len(text) <= 200:
        return None
    bare = text.strip("()[] *")
    match = _STATED.match(bare)
    if match:
        who = _tidy(match.group("who"))
        # A sentence is a caption: "Photo: the minister left the building. He was late."
        return who if who and len(who) <= 120 and not re.search(r"[.!?]\s+\w+\s+\w+\s+\w+", who) else None
    return _tidy(bare) if _AGENCY_ONLY.match(bare) else None


def split_credit(text: str) -> tuple[str, str | None]:
    """Cut a credit off the end of a text: a caption's, or that of the article's last paragraph.

    Returns:
        The text without it, and who is credited; the text as it was and ``None`` where there is none.

    >>> split_credit("L’accord est signé. (Crédit photo : Huawei)")
    ('L’accord est signé.', 'Huawei')
    >>> split_credit("Vue : antenne 5g")
    ('Vue : antenne 5g', None)
    """
    if whole := credit_of(text):
        return "", whole
    for pattern in (_BRACKETED_TAIL, _BARE_TAIL):
        match = pattern.search(text[-260:]) if len(text) > 260 else pattern.search(text)
        if match:
            who = credit_of(match.group("whole")) or _tidy(match.group("whole"))
            if who:
                cut = max(0, len(text) - 260) + match.start("whole")
                return text[:cut].rstrip(" \t\n([|/–—-"), who
    return text, None


def is_agency_credit(text: str) -> bool:
    """Tell whether a line is a picture's agency and who took it for it, and nothing else.

    >>> is_agency_credit("Getty Images / Zoé Brûlé"), is_agency_credit("AFP"), is_agency_credit("Paris / AFP 2018.")
    (True, False, False)
    """
    return len(text) <= 80 and ("/" in text or "|" in text) and _AGENCY_ONLY.match(text.strip("()[] ")) is not None


def may_end_in_credit(text: str) -> bool:
    """Tell whether it is worth looking for a credit at the end of a text."""
    tail = text[-200:]
    if not (any(sign in tail for sign in _SIGNS) or tail.rstrip().endswith((")", "]"))):
        return False
    tail = tail.lower()
    return any(hint in tail for hint in _HINTS)


def paragraph_credit(text: str) -> tuple[str, str | None]:
    """Cut a photo credit off the end of a paragraph of an article, or off a paragraph that is nothing else.

    Stricter than `split_credit`, which is for captions: the credit must name a picture or stand behind ``©`` in
    brackets, for "Source : Insee" is the article's own.

    Returns:
        The paragraph without the credit, and who is credited; the paragraph as it was and ``None`` where there is none.

    >>> paragraph_credit("L’accord est signé. (Crédit photo : Huawei)"), paragraph_credit("Source : Insee")
    (('L’accord est signé.', 'Huawei'), ('Source : Insee', None))
    """
    tail = text[-200:]
    if not may_end_in_credit(text):
        return text, None
    if _SURE.match(text) and (who := credit_of(text)) and len(who.split()) <= 9:
        return "", who
    if _AGENCY_ONLY.match(text.strip("()[] ")) and "©" in text:
        return "", credit_of(text)
    match = _BRACKETED_TAIL.search(tail) or _SURE_TAIL.search(tail)
    if match and (who := credit_of(match.group("whole"))) and (_SURE.match(match.group("whole")) or "©" in tail):
        return text[: len(text) - len(tail) + match.start("whole")].rstrip(" \t\n(["), who
    return text, None


def _tidy(who: str) -> str:
    who = one_line(who).strip(_EDGES)
    who = re.sub(r"^(?:copyright|by|par|von|por|courtesy of)\s*", "", who, flags=re.IGNORECASE)
    return who.rstrip(".").strip(_EDGES) if not re.search(r"\b(?:Inc|Ltd|Co|S\.A|etc)\.$", who) else who
