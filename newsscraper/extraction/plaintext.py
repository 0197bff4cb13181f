"""Text of elements and of attribute values as a reader sees it: one line, no markup, nothing that cannot be printed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from newsscraper.extraction.tree import Element

# Control and format characters that no name or headline holds (joiners that Indic and Arabic script need stay), and
# lone surrogates, which UTF-8 cannot carry.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_TYPOGRAPHIC_SPACE = re.compile(
    r"((?<=[«‹])[\u00a0\u202f](?=\S)|(?<=\S)[\u00a0\u202f](?=[:;!?»›%€$£])|(?<=\d)[\u00a0\u202f](?=\d))|\s+"
)
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,500}|!--[^<>]*--)>")
_NO_LETTER = bytes(code for code in range(128) if not chr(code).isalnum())
_ENTITY = re.compile(r"&(?:#?\w{1,32});")

UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "textarea", "select"})
"""Elements whose text a reader does not see as text."""

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q"}
    | {"s", "samp", "small", "span", "strong", "strike", "sub", "sup", "time", "tt", "u", "var", "wbr", "amp-fit-text"}
)


def one_line(text: str, *, typographic: bool = False) -> str:
    """Return ``text`` with runs of white space as one space, without what cannot be printed.

    Args:
        text: anything.
        typographic: keep the no-break space that French sets before ``:`` and the like, and within numbers.

    >>> one_line(" Bon\\u200bjour,\\n  Zoé ")
    'Bonjour, Zoé'
    """
    if typographic and ("\xa0" in text or "\u202f" in text):
        return _TYPOGRAPHIC_SPACE.sub(lambda space: space.group(1) or " ", _UNPRINTABLE.sub("", text)).strip()
    line = text.strip()
    printable = line.isprintable()  # of all white space only the space is
    if not printable or "  " in line:
        line = " ".join(line.split())
        printable = line.isprintable()
    # What Python calls printable holds two marks that stand for what could not be read.
    if printable and (line.isascii() or ("\ufffd" not in line and "\ufffc" not in line)):
        return line
    return " ".join(_UNPRINTABLE.sub("", text).split())


def plain(text: str) -> str:
    """Return the text of a value that may hold entities or markup, as JSON-LD and ``<meta>`` often do.

    >>> plain("R&amp;D &#8211; <b>Huawei</b>")
    'R&D – Huawei'
    """
    for _ in range(2):  # "&amp;#8211;" is escaped twice
        if "&" not in text or not _ENTITY.search(text):
            break
        text = unescape(text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return one_line(text)


def is_small(element: Element, most: int = 40) -> bool:
    """Tell whether an element holds at most ``most`` others: only of such is it worth asking for the text."""
    return element.end - element.place <= most + 1


def text_of(element: Element, without: frozenset[Element] = frozenset(), *, typographic: bool = False) -> str:
    """Return an element's visible text as one line; blocks and line breaks separate words, inline elements do not.

    Args:
        element: any element.
        without: descendants whose text is left out.
        typographic: as in `one_line`.

    >>> from newsscraper.extraction.parsing import parse
    >>> text_of(parse("<h1><b>H</b>uawei<br>Mate <span>10</span><script>x</script></h1>").root)
    'Huawei Mate 10'
    """
    if not len(element):
        text = element.text
        return one_line(text, typographic=typographic) if text and element.tag not in UNSEEN else ""
    if element in without or (
        element.tag in UNSEEN and not _INLINE.issuperset([child.tag for child in element.iterdescendants()])
    ):
        return ""
    parts: list[str] = []
    _gather(element, parts, without)
    return one_line("".join(parts), typographic=typographic)


def _gather(element: Element, parts: list[str], without: frozenset[Element]) -> None:
    """Add an element's visible text; elements nest no deeper than `DEEPEST`, which is well within Python's depth."""
    text = element.text
    if text:
        parts.append(text)
    for child in element:
        tag = child.tag
        if child in without:
            pass
        elif tag in _INLINE:
            _gather(child, parts, without)
        elif tag not in UNSEEN:
            parts.append(" ")
            _gather(child, parts, without)
            parts.append(" ")
        tail = child.tail
        if tail:
            parts.append(tail)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return letters and digits of ``text`` alone, without case and accents, for comparing.

    >>> fold("L’Équipe – Sport") == fold("l'equipe sport")
    True
    """
    if text.isascii():
        return text.lower().encode().translate(None, _NO_LETTER).decode()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))
