"""The language a page is written in: what it declares, unless its words plainly say otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from newsscraper.dates.ordering import told_order
from newsscraper.extraction.document import Document
from newsscraper.extraction.structured import Structured

_REGION = re.compile(r"[a-z]{2,3}[-_](?:[a-z]{4}[-_])?([a-z]{2})\b", re.IGNORECASE)
_CODE = re.compile(r"^([a-z]{2})(?:[-_]|$)", re.IGNORECASE)
_OLD = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
    "mo": "ro",
    "cz": "cs",
    "jp": "ja",
    "kr": "ko",
    "gr": "el",
    "ua": "uk",
}
_NAMES = {
    **{"english": "en", "french": "fr", "français": "fr", "german": "de", "deutsch": "de", "spanish": "es"},
    **{"español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "dutch": "nl", "arabic": "ar"},
    **{"russian": "ru"},
}
_SAMPLE = 2500

# Short words that are frequent in one language and rare in the others.
_COMMON = {
    "en": "the of and to is that for with was his are this from have by not which but they at",
    "fr": "le les des et est une dans que pour qui sur pas au avec du ce sont plus par il cette",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch",
    "es": "el los las que del una por con para su más es como pero lo fue está al sus ha",
    "it": "il di che la per una con del non sono della nel più gli alla dei anche delle ha si",
    "pt": "que do da em para com uma os não por mais dos ao das como foi pelo à são na",
    "nl": "de het een van en dat is op te zijn voor met niet aan er ook die bij maar naar",
    "sv": "och att det som en på är av för med den till inte om ett han var från sig har",
    "no": "og det er som på en av for til at med han ikke var har den om et fra seg",
    "da": "og det er som på en af for til at med han ikke var har den om et fra sig blev",
    "fi": "ja on ei että se oli myös mutta hän kun niin joka kuin ovat tai sen mukaan vuoden",
    "pl": "w i na z się nie do że to jest o jak po przez co od za ale dla są",
    "cs": "se na je že to si ve jsem jako ale by pro jsou byl podle také který však nebo před",
    "sk": "sa na je že to si vo som ako ale by pre sú bol podľa tiež ktorý však alebo pred",
    "hu": "a az és hogy nem is egy meg ez csak de van volt már mint szerint még vagy ki el",
    "ro": "și în de la cu nu este pe care din mai că a o sunt fost pentru au sau după",
    "tr": "ve bir bu da de için ile çok daha olarak gibi olan ise kadar sonra en ne var ancak",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam akan juga adalah ke oleh tersebut karena",
    "vi": "của và là có trong được cho không một người với các đã này những để khi từ đến",
    "hr": "je i u se na da su za od koji što nije ali kao kako bi s biti te iz",
    "sl": "je in se da na so za pa bi ki tudi ne kot po pri bil še iz ni s",
    "ca": "els amb per són més dels aquest aquesta però seva seu també va ha fer on li havia ser des",
    "et": "ja on et ei see oli kui ka ta aga mis oma ning või selle kes siis veel pärast",
    "lt": "ir kad yra su tai į iš bet o kaip buvo ne už apie dėl per po jis bus tik",
    "lv": "un ir ka no ar uz par tas bija kas to arī bet pēc kā vai tiek pie viņš lai",
}  # fmt: skip
_VOTES: dict[str, tuple[str, ...]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _VOTES[_word] = (*_VOTES.get(_word, ()), _language)

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), 0.05, "ja"),
    (re.compile("[\uac00-\ud7af]"), 0.2, "ko"),
    (re.compile("[\u4e00-\u9fff]"), 0.2, "zh"),
    (re.compile("[\u0e00-\u0e7f]"), 0.2, "th"),
    (re.compile("[\u0370-\u03ff]"), 0.3, "el"),
    (re.compile("[\u0590-\u05ff]"), 0.3, "he"),
    (re.compile("[\u0530-\u058f]"), 0.3, "hy"),
    (re.compile("[\u10a0-\u10ff]"), 0.3, "ka"),
    (re.compile("[\u0980-\u09ff]"), 0.3, "bn"),
    (re.compile("[\u0b80-\u0bff]"), 0.3, "ta"),
    (re.compile("[\u0c00-\u0c7f]"), 0.3, "te"),
)
_CYRILLIC, _ARABIC, _DEVANAGARI = (
    re.compile("[\u0400-\u04ff]"),
    re.compile("[\u0600-\u06ff]"),
    re.compile("[\u0900-\u097f]"),
)
_NOT_LATIN = re.compile("[\u0370-\u1cff\u2c00-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_WORDS = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalpha()})
_TYPOGRAPHIC = "’‘“”–—…\xa0"
_SHARED_SCRIPT = {
    "cyrillic": frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"}),
    "arabic": frozenset({"ar", "fa", "ur", "ps", "ku", "sd", "ug"}),
    "devanagari": frozenset({"hi", "mr", "ne", "sa"}),
}


def read(doc: Document, structured: Structured) -> str | None:
    """Return the page's language as ISO 639-1.

    What the page declares is believed, but themes ship with ``lang="en"``: the script, and a clear majority of the
    words of its paragraphs, overrule it.
    """
    declared = _declared(doc, structured)
    sample = _sample(doc)
    written = _by_script(sample, declared) or _by_words(sample, declared)
    return written or declared


def regional(doc: Document, spoken: str | None, texts: Iterable[str] = ()) -> str | None:
    """Return a page's language with the region by which it is written there: "en-GB" where day comes before month.

    Args:
        doc: the page.
        spoken: its language, as `read` tells it.
        texts: short texts of the page; dates in them that can be read in one way only outdo what a theme declares.
    """
    if spoken is None:
        return None
    if spoken == "en" and (order := told_order(texts, doc.page.fetched_at)) is not None:
        return "en-US" if order == "MDY" else "en-GB"
    for value in _declarations(doc):
        match = _REGION.match(value.strip())
        if match and normal_code(value) == spoken:
            return f"{spoken}-{match[1].upper()}"
    return spoken


def normal_code(value: str) -> str | None:
    """Return the ISO 639-1 code that a declaration means.

    >>> normal_code("fr-FR"), normal_code("nb_NO"), normal_code("Deutsch"), normal_code("x-default")
    ('fr', 'no', 'de', None)
    """
    value = value.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    match = _CODE.match(value.split(",")[0].strip())
    if not match:
        return None
    return _OLD.get(match.group(1), match.group(1))


def _declared(doc: Document, structured: Structured) -> str | None:
    told = [
        *_declarations(doc)[:2],
        *structured.texts(structured.article, "inLanguage")[:1],
        *_declarations(doc)[2:],
        *structured.texts(structured.webpage, "inLanguage")[:1],
        doc.page.headers.get("content-language") or "",
    ]
    codes = [code for value in told if (code := normal_code(value))]
    if codes:
        return codes[0]
    return doc.page.hints.languages[0] if doc.page.hints.languages else None


def _declarations(doc: Document) -> list[str]:
    """Return what the page's element and its metas name as its language; the element's two come first."""
    return [
        doc.tree.get("lang") or "",
        doc.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or doc.tree.get("xml:lang") or "",
        *doc.meta.get("og:locale", ())[:1],
        *doc.meta.get("content-language", ())[:1],
        *doc.meta.get("language", ())[:1],
        *doc.meta.get("dc.language", ())[:1],
    ]


def _sample(doc: Document) -> str:
    parts: list[str] = []
    length = 0
    for element in doc.tags("p"):
        text = element.text
        if text and len(text) > 20:
            parts.append(text[:600])
            length += len(text)
            if length > _SAMPLE:
                break
    if length < 200:
        parts += [element.text for element in doc.tags("title", "h1", "h2") if element.text]
        parts += doc.meta.get("og:description", ())[:1]
    return " ".join(parts)[: _SAMPLE + 600]


def _by_script(sample: str, declared: str | None) -> str | None:
    if sample.isascii():
        return None
    letters = len(sample) - sample.count(" ") or 1
    if len(_NOT_LATIN.findall(sample)) < 0.05 * letters:
        return None
    letters = len(_LETTER.findall(sample)) or 1
    for pattern, share, language in _SCRIPTS:
        if len(pattern.findall(sample)) > share * letters:
            return language
    if len(_CYRILLIC.findall(sample)) > 0.3 * letters:
        if declared in _SHARED_SCRIPT["cyrillic"]:
            return declared
        return "uk" if re.search("[ґєії]", sample, re.IGNORECASE) else "ru"
    if len(_ARABIC.findall(sample)) > 0.3 * letters:
        if declared in _SHARED_SCRIPT["arabic"]:
            return declared
        if re.search("[ٹڈڑےں]", sample):
            return "ur"
        return "fa" if re.search("[پچژگی]", sample) else "ar"
    if len(_DEVANAGARI.findall(sample)) > 0.3 * letters:
        return declared if declared in _SHARED_SCRIPT["devanagari"] else "hi"
    return None


def _by_words(sample: str, declared: str | None) -> str | None:
    """Return the language that the sample's words vote for, where the vote is clear and not for the declared one."""
    if declared and declared not in _COMMON:
        return None
    words = _words_of(sample.lower())
    if len(words) < 25:
        return None
    votes: Counter[str] = Counter()
    for word, count in Counter(filter(_VOTES.__contains__, words)).items():
        for language in _VOTES[word]:
            votes[language] += count
    if not votes:
        return None
    (winner, count), *rest = votes.most_common(2)
    second = rest[0][1] if rest else 0
    if declared is None:
        return winner if count >= 0.08 * len(words) and count >= 1.2 * second else None
    return winner if count >= 0.12 * len(words) and count > 2.5 * votes[declared] and count >= 1.2 * second else None


def _words_of(text: str) -> list[str]:
    for mark in _TYPOGRAPHIC:
        text = text.replace(mark, " ")
    # What English is written in beside those is taken apart in a third of the time of a pattern.
    return text.translate(_BETWEEN_WORDS).split() if text.isascii() else _WORD.findall(text)
