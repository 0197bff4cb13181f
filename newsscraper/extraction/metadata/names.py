"""Names of people out of bylines: without "By", titles, addresses and handles, each person apart."""

# ruff: noqa: SIM905 - word lists read better as words

from __future__ import annotations

import re
from functools import lru_cache

from newsscraper.dates.folding import has_digit
from newsscraper.extraction.caseless import Caseless
from newsscraper.extraction.plaintext import plain

# How bylines begin, in the languages of the data and those around them. Longer ones first.
_BY = (
    r"(?:(?:this|the)\s+(?:post|article|story|blog)\s+(?:was|is)\s+(?:written|authored|contributed)\s+by"
    r"|(?:article|story|text|words|photos?|posted|written|published|reported|created|contributed|authored|"
    r"blog|post)\s+by"
    r"|by(?:\s+(?:our|the)\s+(?=\w+\s+(?:staff|desk|team)))?"
    r"|(?:publi[ée]e?|r[ée]dig[ée]e?|[ée]crite?|post[ée]e?|propos recueillis)\s+par|par"
    r"|(?:verfasst|geschrieben|ver[öo]ffentlicht|erstellt|ein beitrag|text|artikel|interview)\s+von|von"
    r"|(?:escrito|publicado|redactado|postado|texto)\s+por|por"
    r"|(?:scritto|pubblicato|articolo)\s+da|a\s+cura\s+di|articolo\s+di|di"
    r"|(?:geschreven|gepubliceerd|geplaatst)\s+door|door"
    r"|(?:skrevet|publisert|skriven|publicerad|offentliggjort|tekst|text)\s+(?:av|af)|av|af"
    r"|(?:napisa[łl]a?|opublikowan[ey]|dodan[ey])\s+przez|przez"
    r"|oleh|yazan|haber|contributors?(?=\s*:)"
    r"|auth?or(?:\(s\)|s|es|in|en|zy|i)?|auteurs?|autore|autrice|forfattere?|f[öo]rfattare|kirjoittaja|szerz[őo]|"
    r"penulis|writers?|redactor"
    r"|reporter|editor|t[áa]c gi[ảa]|автор(?:ы|и)?|редактор|журналист|текст|συντ[άα]κτης|작성자|글|文|作者|記者|记者|"
    r"执笔|文責|著者|編集|撰文|بقلم|كتب)"
)
_LEAD = re.compile(
    rf"^\W*(?:(?i:{_BY})(?:\s*[:：/|]\s*|\s+)|(?:By|by|BY|Par|Von|Por)(?=[A-ZÀ-Þ][a-zß-ÿ]+)"
    r"|(?:Written|Posted|Published)\s+by(?=[A-Z]))"
)
# What a name did: "Interview: Zoé Brûlé".
_DEED = re.compile(
    r"^(?:interview|text|words|story|report|bericht|protokoll|recherche|kommentar|gastbeitrag|entrevista|intervista|"
    r"reportage|testo|texto|texte|tekst|recueilli)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
_CJK_LEAD = re.compile(r"^(?:(?:文|글)(?=[:：/／\s])|作者|記者|记者|文責|著者|編集|撰文)[:：/／\s]*")
_CJK_TAIL = re.compile(r"\s*(?:기자|특파원|논설위원|記者|记者)$")
# A reporter within a line: "港口日报记者 王小明 11月24日", "김민수 기자 입력 2026.11.24", "山田太郎記者".
_CJK_REPORTER = re.compile(
    r"(?:作者|撰文|文責|记者|記者)[:：\s]\s*(?P<led>[\u3400-\u9fff]{2,4})(?![\u3400-\u9fff])"
    r"|(?<![\u3400-\u9fff])(?P<tailed>[\u3400-\u9fff]{2,5})記者(?![\u3400-\u9fff])"
    r"|(?<![가-힣])(?P<hangul>[가-힣]{2,4})\s?(?:기자|특파원)(?![가-힣])"
)
_INNER_BY = re.compile(r"(?:^|[\s·•|,—–])(?:by|par|von|por|di|door|przez|av|af)\s+(?=[^\W\d])", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\[?\(?\b[\w.+-]+@[\w-]+\.[\w.]+\b\)?\]?|\[email\s*protected\]|https?://\S+|www\.\S+", re.IGNORECASE
)
_HANDLE = re.compile(r"(?:^|\s)\(?@\w{2,}\)?")
_BRACKETED = re.compile(r"\s*[(\[](?:[^()\[\]]{0,60})[)\]]\s*$")
_TAIL = re.compile(
    r"(?:\s*[|•·∙–—]\s.*|\s+[-]\s.*|\s+(?:on|am|le|el|il|op|em|den)\s+\w*\s?\d.*|\s*[,|]?\s*\d{1,2}[./:]\d.*|"
    r"\s+(?:for|of|from|at|on\s+behalf\s+of|für|pour|para|voor|för|dla)\s+(?:(?:the|die|das|den|le|la|el|o|het)\s+)?"
    r"(?:l['’])?[A-ZÀ-Þ].*"
    r"|\s+(?:in|aus|à|en|em)\s+[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+){0,2}$"
    r"|\s+is\s+an?\s.*|\s*\bin collaborazione con\b.*)$",
    re.DOTALL,
)
_SPLIT = re.compile(
    r"\s*[;•·|\n]\s*|\s*,?\s+(?:and|und|et|y|och|og|oraz|и|та|ja|és|şi|și|with|avec|mit|con|dan|ve)\s+"
    r"|\s+&\s+|\s*[、，]\s*|\s+/\s+|\s*,\s*(?=\S)"
)
# What may follow a name and a comma without being another person.
_CREDENTIAL = re.compile(
    r"^(?:(?:[A-Z]\.?){1,6}(?:[-/][A-Z]{1,6})?(?:\s\d{1,4})?[®™]?|Ph\.?\s?D\.?|M\.?Ed\.?|Ed\.?D\.?|Psy\.?D\.?|"
    r"Pharm\.?D\.?|Dr\.?|Esq\.?|Jr\.?"
    r"|Sr\.?|II|III|IV|R\.?N\.?|M\.?D\.?(?:\s[A-Z]{2,6})*|[A-Z]{2,7}[®™]?(?:[- ][A-Z0-9]{1,6}[®™]?)*|"
    r"B\.?Sc\.?|M\.?Sc\.?|Dipl\.?[\w-]*|MSc|BSc|LLM|RDN?)$"
)
_HOUSE = re.compile(
    r"USA TODAY|AP|AFP|DPA|UPI|EFE|ANSA|APA|SDA|ATS|PTI|ANI|IANS|TASS|CNN|BBC|NPR|PBS|ABC|NBC|CBS|CNBC|MSNBC|ESPN|"
    r"[A-Z]{2,} (?:NEWS|TODAY|PRESS|TIMES|TV|POST)"
)
# "Jana Dorn, ARD-Studio Porto"
_OFFICE = re.compile(r"[A-Z]{2,}-[A-ZÄÖÜ]?[a-zß-ÿ]{3,}")
_ROLE = Caseless(
    r"\b(?:writer|editor|reporter|correspondent|journalist|director|manager|founder|chief|officer|expert|specialist|"
    r"analyst|producer|contributor|columnist|president|professor|staff|head of|lead|desk|consultant|strategist|"
    r"r[ée]dact\w+|journaliste|redakt\w+|periodista|giornalista|korrespond\w+|correspondan\w+|corresponsal|jornalista|"
    r"news|agency|agence|agencia|agenzia|press|media|redazione|redacci[oó]n|redação|redaktion|reuters|afp|dpa|efe|ansa|"
    r"ap|lusa|tass|upi|bloomberg|dietitian|attorney|engineer|developer|marketer|ceo|cto|cfo|team)\b",
)
# Words that begin a role where no comma parts it from the name: "Zoé Brûlé Senior Tech Reporter".
_ROLE_LEAD = frozenset(
    "former senior junior tech technology staff head chief associate assistant contributing managing deputy "
    "lead news sports political "
    "business freelance guest national international political science health features founder co-founder "
    "executive digital "
    "special foreign editorial general principal vice director data content marketing community "
    "published updated posted last".split()
)
_ARTICLES = frozenset({"the", "le", "la", "les", "der", "die", "das", "el", "los", "il", "lo", "de", "het", "o", "os"})
_COLLECTIVE = frozenset(
    {"team", "desk", "staff", "group", "editors", "redaktion", "rédaction", "redazione", "redacción"}
)
_REVIEW = Caseless(
    r"\b(?:(?:medically|clinically|expert|legally|scientifically)\s+)?(?:reviewed|edited|fact[- ]?checked|"
    r"checked|verified|approved|"
    r"translated|photograph\w*|illustrat\w*|relu|revu|v[ée]rifi[ée]|gepr[üu]ft|revisado|revisto|verificato)"
    r"\s*(?:by|par|von|por|da|door)?\s*[:：]?\s+(?=\S)|\b(?:fotos?|bilder|photos?)\s*(?:[:：]|by|von|par)\s|"
    r"\b(?:updated|researched|produced)\s+by\s+(?=\S)|\breviewer\b",
)
_NO_NAME = Caseless(
    r"^(?:(?:(?:article|story|text|words|medically|expert)\s+)?(?:written|posted|published|publi[ée]e?|"
    r"reviewed|edited|updated|created|"
    r"ver[öo]ffentlicht|publicado|pubblicato|gepubliceerd|mis [àa] jour|r[ée]dig[ée]|geschrieben|escrito|"
    r"scritto|last|contributor|reporter|"
    r"writer|editors?|journalist|on|in|at|le|am|el|il|of this article|fact[- ]checked|last (?:updated|"
    r"reviewed))(?:\s+(?:by|par|von|por|da|on|le|am))?\W*"
    r"|(?:about\s+)?the\s+authors?|publisher|(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)|"
    r"(?:mon|diens|mitt|donners|frei|sams|sonn)tag|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"(?:zuletzt|letzte|derni[eè]re|[úu]ltima|ultimo|last)\s+(?:ge[äa]nd|aktuali|updat|actuali|modif|mise|aggiorn|edi).*"
    r"|page\..*|\w+\.\w+\.\w+\.?.*|admin(?:istrator)?|webmaster|wp-?admin|root|user|null|none|undefined|"
    r"unknown|n/?a|author|autor|auteur|guest|by|"
    r"editor|super ?user|default|test|share|follow|print|email|facebook|twitter|linkedin|more|profile|view|subscribe|"
    r"posts?|comments?|website|home|details|contact|about|date|name|redaktion online)$",
)
_NO_BYLINE = Caseless(
    r"\b(?:min(?:ute)?s?\s+read|read more|more (?:articles|posts|stories|by|from)|view all|see all|all posts|"
    r"articles? by|about the|"
    r"fact[- ]checked|reviewed|edited|updated|published|comments?|subscribe|newsletter|follow|profile|bio|voir tous|"
    r"autorenseite|alle (?:beitr|artikel)|ver todos|vedi tutti|share|photograph|illustration|image|getty|powered|"
    r"sponsored|cookies?|copyright|rights reserved|category|posted in|sign up|log ?in|learn more|how we|why you|"
    r"suggest (?:changes|an? edit)|edit this)\b|"
    r"[©{}<>=]|"
    r"https?:|\?$|!$",
)
_DAY_OF_MONTH = re.compile(r"^(?:\d{1,2}\.?\s+)?[^\W\d]{3,9}\.?(?:\s+\d{1,4})?$(?<=\d)|^\d{1,2}\.?\s+[^\W\d]+$")
_ENDS_IN_BY = frozenset(("by", "par", "von", "por", "door"))
_LONGEST_NAME = 80


def people(text: str, *, one: bool = False) -> list[str]:
    """Return the names that a byline or an author value holds, in order, each once.

    Args:
        text: "By Zoé Brûlé and Max Frisch, Reuters", "Zoé Brûlé", "Rebecca Lake, CEPF®".
        one: the value is known to be one person's or organisation's, and is only split where it clearly lists people.

    >>> people("Par Zoé Brûlé et François Grégoire"), people("Rebecca Lake, CEPF®"), people("admin")
    (['Zoé Brûlé', 'François Grégoire'], ['Rebecca Lake, CEPF®'], [])
    """
    text = plain(text)[:600]
    if any(sign in text for sign in "@[:."):  # as all addresses have
        text = _HANDLE.sub(" ", _ADDRESS.sub(" ", text))
    text = text.strip(" \t,;:-–—|•·×✕●")
    text = without_lead(text)
    if not one and (review := _REVIEW.search(text)):
        text = text[: review.start()]
    if one and not _lists_people(text):
        parts = [text]
    else:
        parts = [half for part in _SPLIT.split(text) if part for half in _halves(part)]
        parts = _rejoin(parts)
    names: dict[str, None] = {}
    for part in parts:
        name = _tidy(part, one=one)
        if name and is_name(name):
            names[name] = None
    found = list(names)
    if len(found) > 1 and is_person(found[0]) and "," in text:
        # "Zoé Brûlé, Paris": places, papers and desks stand behind a comma too.
        return [name for name in found if is_person(name)]
    return found


def without_lead(text: str) -> str:
    """Return a byline without its "By" or "Author:", in whichever language.

    >>> without_lead("Written by: Zoé Brûlé"), without_lead("Byron Katie")
    ('Zoé Brûlé', 'Byron Katie')
    """
    for _ in range(3):
        match = _LEAD.match(text) or _DEED.match(text) or (None if text.isascii() else _CJK_LEAD.match(text))
        if not match or match.end() >= len(text):
            break
        text = text[match.end() :].lstrip(" :：-–—")
    return text


def after_by(text: str) -> str | None:
    """Return what follows "by" within a line such as "12 May 2025 by Zoé Brûlé", or ``None``.

    >>> after_by("12/19 — 2025 by Zoé Brûlé · 3 comments"), after_by("Nearby")
    ('Zoé Brûlé · 3 comments', None)
    """
    match = _INNER_BY.search(text)
    return text[match.end() :] if match else None


def reporter_in(text: str) -> str | None:
    """Return the reporter whom a Chinese, Japanese or Korean line names by that word, ``None`` where none is named.

    >>> reporter_in("来源：港口日报 作者：王小明 2026-11-24"), reporter_in("김민수 기자 입력 2026.11.24")
    ('王小明', '김민수')
    """
    found = None if text.isascii() else _CJK_REPORTER.search(text)
    return found[found.lastgroup] if found is not None and found.lastgroup else None


def has_lead(text: str) -> bool:
    """Tell whether a text begins as bylines do."""
    if text.isascii():
        return _LEAD.match(text) is not None
    return bool(_LEAD.match(text) or _CJK_LEAD.match(text) or _CJK_TAIL.search(text))


def is_review(text: str) -> bool:
    """Tell whether a byline begins with who reviewed, edited, translated or illustrated rather than wrote."""
    return _REVIEW.match((text[:60] + " x").lstrip(" \t·•|,:.")) is not None


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a person, a desk or an organisation."""
    if not 2 <= len(text) <= _LONGEST_NAME or _NO_NAME.match(text) or not any(char.isalpha() for char in text):
        return False
    head = text.partition(",")[0]
    if _DAY_OF_MONTH.match(head) or ": " in head or "：" in head or head.rpartition(" ")[2].lower() in _ENDS_IN_BY:
        return False
    return len(head.split()) <= 7 and sum(char.isdigit() for char in head) <= 4


def is_person(text: str) -> bool:
    """Tell whether a text looks like the name of one person: two to five words that begin large, no role in it."""
    return len(text) <= _LONGEST_NAME and _is_person(text)


@lru_cache(maxsize=2048)  # a page's few names are asked about many times over
def _is_person(text: str) -> bool:
    head = text.partition(",")[0]
    words = head.split()
    if _HOUSE.fullmatch(head):
        return False
    if not is_name(text) or _NO_BYLINE.search(text) or has_digit(head):
        return False
    if not head.isascii() and not any(char.islower() or char.isupper() for char in head):
        return len(head) <= 20  # a script without case
    if not 2 <= len(words) <= 5 or _ROLE.search(head):
        return False
    if words[0].lower() in _ARTICLES or words[0].lower() in _ROLE_LEAD or words[-1].lower() in _ROLE_LEAD:
        return False
    return words[0][0].isupper() and words[-1][0].isupper()


def looks_like_byline_text(text: str) -> bool:
    """Tell whether a short text of a byline element holds names rather than a label, a date or a link's words."""
    return bool(text) and not _NO_BYLINE.search(text)


def _lists_people(text: str) -> bool:
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+(?:and|und|et|y|och|og|e|&)\s+", text) if part]
    return len(parts) > 1 and sum(is_person(part) for part in parts) > 1


def _is_credential(text: str) -> bool:
    """Tell whether what follows a name is a degree rather than the house that the person writes for."""
    return bool(_CREDENTIAL.match(text)) and not _HOUSE.fullmatch(text)


def _halves(text: str) -> list[str]:
    """Split "Ada Neri e Marco Polo", but not "Artur da Costa e Silva"."""
    first, between, second = text.partition(" e ")
    return [first, second] if between and is_person(without_lead(first)) and is_person(second) else [text]


def _rejoin(parts: list[str]) -> list[str]:
    """Put credentials back to the name before them; drop roles and places that follow a name."""
    joined: list[str] = []
    for raw in parts:
        part = raw.strip(" ,.")
        if joined and _is_credential(part) and " " in joined[-1]:
            joined[-1] += ", " + raw.strip(" ,")
        elif joined and (_ROLE.search(part) or part[:1].islower() or _OFFICE.match(part)):
            continue
        else:
            joined.append(raw)
    return joined


def _tidy(text: str, *, one: bool) -> str:
    text = without_lead(text.strip())
    text = text if text.isascii() else _CJK_TAIL.sub("", text)
    unmarked = re.sub(r"(?<=[^\W\d])\d[\d,*†‡ ]*$", "", text)
    if is_person(unmarked):
        text = unmarked  # without a footnote's mark
    words = text.split()
    collective = bool(words) and words[-1].lower() in _COLLECTIVE
    for place in range(2, 0 if one or collective else len(words)):
        if words[place].lower().strip(",") in _ROLE_LEAD or _ROLE.fullmatch(words[place].strip(",")):
            if is_person(head := " ".join(words[:place])):
                text = head
            break
    shorter = _TAIL.sub("", text)
    if shorter != text and is_person(shorter):
        text = shorter
    bracketless = _BRACKETED.sub("", text)
    if bracketless and bracketless != text and (is_person(bracketless) or _ROLE.search(text[len(bracketless) :])):
        text = bracketless
    head, comma, tail = text.partition(",")
    if comma and is_person(head) and not _is_credential(tail.strip().partition(",")[0].strip()):
        text = head  # a role or a place behind the name
    if text.count("(") > text.count(")"):
        text = text.rpartition("(")[0]
    text = text.strip(" \t,;:|•·–—/●×").removesuffix(" -")
    if text.endswith(".") and not re.search(r"(?:\b\w|[DJS]r|Ph\.?D|Esq)\.$", text):
        text = text[:-1]
    return text
