"""Which of the old one-byte encodings a page in Latin letters is in, where neither server nor page says so rightly.

General detectors weigh how odd a text looks, and a French "à" that became a Slovak "ŕ" is not odd to them. But few
languages share their letters beyond ASCII: the encoding that gives nothing but letters of one language is the page's.
"""

from __future__ import annotations

import re
from collections import Counter

_LETTERS = {
    "cp1252": {
        "fr": "àâæçèéêëîïôœùûüÿ",
        "de": "äöüßé",
        "es": "áéíñóúüª\xba",
        "pt": "àáâãçéêíóôõúüª\xba",
        "it": "àèéìíîòóùú\xba",
        "sv": "åäöéà",
        "da": "æøåéäö",
        "fi": "äöåšž",
        "nl": "éëïöüèáóäç",
        "ca": "àçèéíïòóúüª\xba",
        "is": "áðéíóúýþæö",
    },
    "cp1250": {
        "cs": "áčďéěíňóřšťúůýž",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "pl": "ąćęłńóśźż",
        "hu": "áéíóöőúüű",
        "hr": "čćđšž",
        "ro": "ăâîşţ",
    },
    "iso8859-2": {
        "cs": "áčďéěíňóřšťúůýž",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "pl": "ąćęłńóśźż",
        "hr": "čćđšž",
        "ro": "ăâîşţ",
    },
    "cp1254": {"tr": "âçğıîöşüû"},
    "cp1257": {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž"},
}
# Those that have a letter of some language in their place elsewhere ("±" is the Polish "ą") are none of these.
_MARKS = frozenset("‘’“”‚„«»‹›–—…•·€£§©°®™†‡¿¡×÷")
_KIN = {"nb": "da", "nn": "da", "no": "da", "sl": "hr", "bs": "hr", "sr": "hr", "gl": "pt", "oc": "fr", "eu": "es"}
_OTHER_SCRIPTS = frozenset(("ja", "zh", "ko", "ru", "uk", "be", "bg", "mk", "el", "he", "iw", "ar", "fa", "ur", "th"))
_LANGUAGE = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?\s*([a-z]{2})\b", re.IGNORECASE)
# Of the letters of a text in Latin script, so many at most stand beyond ASCII, and so many of these side by
# side ("ção"); in other scripts nearly all do.
_MOST_BEYOND_ASCII, _MOST_TOGETHER = 0.35, 0.8
_TOLD = 0.1
"""What the page's own word for its language weighs: templates and translations lie."""
_NOTICED = 0.02
"""By so little another encoding is not better: a foreign name does it."""


def is_latin(sample: bytes, page: bytes) -> bool:
    """Whether text in an unknown encoding is in Latin letters, which ASCII has most of.

    Args:
        sample: text of the page.
        page: the start of the page, with its ``<html>``.

    >>> is_latin("Le café à la crème".encode("cp1252"), b""), is_latin("Кофе с молоком".encode("cp1251"), b"")
    (True, False)
    """
    if _language(page) in _OTHER_SCRIPTS:
        return False
    beyond = re.findall(rb"[\xa1-\xff]+", sample)
    number, together = sum(map(len, beyond)), sum(len(run) for run in beyond if len(run) > 1)
    plain = len(re.findall(rb"[A-Za-z]", sample))
    return number <= _MOST_BEYOND_ASCII * (number + plain) and together <= _MOST_TOGETHER * number


def encoding_of(sample: bytes, page: bytes) -> str:
    """Return the name of the encoding whose letters make up the sample; that of Western Europe where nothing tells.

    Args:
        sample: text in Latin letters.
        page: the start of the page, with its ``<html>``.

    >>> [encoding_of(text, b"") for text in ("où elle prévoit déjà".encode("cp1252"), "źródło, sześć".encode("cp1250"))]
    ['cp1252', 'cp1250']
    """
    told = _language(page)
    best, best_score = "cp1252", 0.0
    for encoding, languages in _LETTERS.items():
        beyond = Counter(char for char in sample.decode(encoding, "replace").lower() if ord(char) > 0x7F)
        number = beyond.total() - beyond["\xa0"]
        marks = sum(count for char, count in beyond.items() if char in _MARKS)
        for language, own in languages.items():
            letters = sum(count for char, count in beyond.items() if char in own)
            score = ((marks + letters) / number if number else 1.0) + _TOLD * (language == told)
            if score > best_score + _NOTICED:
                best, best_score = encoding, score
    return best


def _language(page: bytes) -> str:
    match = _LANGUAGE.search(page[:4096])
    told = match[1].decode("ascii").lower() if match else ""
    return _KIN.get(told, told)
