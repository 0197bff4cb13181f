"""Words by which languages say when, loaded on first use, and what a word means where languages disagree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec

Languages = tuple[str, ...]
Meanings = dict[str, str]
"""Meaning → the languages in which a word has it, separated by spaces."""

_FILE = Path(__file__).with_name("vocabulary.json")

_SAME = {
    "no": ("nb", "nn"),
    "nb": ("nb", "nn"),
    "tl": ("fil",),
    "iw": ("he",),
    "in": ("id",),
    "sh": ("sr", "hr", "bs"),
    "cnr": ("sr", "bs", "hr"),
    "me": ("sr", "bs", "hr"),
    "hr": ("hr", "bs"),
    "bs": ("bs", "hr", "sr"),
    "sr": ("sr", "bs"),
    "ji": ("yi",),
    "ku": ("ku", "ckb"),
    "yue": ("zh",),
    "zh": ("zh",),
}

# Codes of three letters, which some systems write where there is one of two; of dialects, the language they are of.
_THREE_LETTERS = """
afr af amh am ara ar arb ar ary ar arz ar acm ar apc ar aze az azj az azb az bel be ben bn bos bs bul bg cat ca ces cs
cze cs cmn zh cym cy dan da deu de ger de ell el gre el eng en epo eo est et eus eu fas fa per fa prs fa pes fa haz fa
fin fi fra fr fre fr gle ga glg gl gsw de guj gu hau ha heb he hin hi hrv hr hun hu hye hy ibo ig ind id isl is ita it
jav jv jpn ja kan kn kat ka kaz kk khm km kir ky kmr ku kor ko lao lo lav lv lit lt ltz lb mal ml mar mr mkd mk mlg mg
mlt mt mon mn msa ms mya my nep ne nld nl dut nl nno nn nob nb nor no oci oc ori or ory or pan pa pol pl por pt pus ps
ron ro rum ro rus ru sin si slk sk slo sk slv sl snd sd som so spa es sqi sq alb sq srp sr swa sw swh sw swe sv tam ta
tat tt tel te tgk tg tgl fil tha th tuk tk tur tr uig ug ukr uk urd ur uzb uz vie vi xho xh yid yi yor yo zho zh chi zh
zul zu
"""


@lru_cache(maxsize=1)
def _two_letters() -> dict[str, str]:
    codes = iter(_THREE_LETTERS.split())
    return dict(zip(codes, codes, strict=True))


@lru_cache(maxsize=1)
def tables() -> dict[str, dict[str, Meanings]]:
    """Return the vocabulary: table → folded word → meanings."""
    return msgspec.json.decode(_FILE.read_bytes(), type=dict[str, dict[str, Meanings]])


@lru_cache(maxsize=256)
def known_as(languages: Sequence[str]) -> Languages:
    """Return the vocabulary's names for language tags, each once, likeliest first.

    >>> known_as(("fr-FR", "no", "bel"))
    ('fr', 'nb', 'nn', 'be')
    """
    names: dict[str, None] = {}
    for tag in languages:
        base = tag.replace("_", "-").split("-", 1)[0].lower()
        base = _two_letters().get(base, base)
        names.update(dict.fromkeys(_SAME.get(base, (base,))))
    return tuple(names)


def meaning(table: str, word: str, languages: Languages, hint: frozenset[str] = frozenset()) -> str | None:
    """Return what ``word`` means, or ``None`` where it means nothing or several things.

    The site's languages decide first, each before the next; then English, in which frames and themes are often left;
    then all languages together. ``hint``: languages of the words around it, asked where a word means several things.
    """
    meanings = tables()[table].get(word)
    if not meanings:
        return None
    if len(meanings) == 1 and (not languages or len(word) > 1):
        return next(iter(meanings))
    split = [(sense, tongues.split(" ")) for sense, tongues in meanings.items()]
    for group in (*((language,) for language in languages), ("en",) if languages else ()):
        found = {sense for sense, tongues in split if any(t in group for t in tongues)}
        if len(found) == 1:
            return found.pop()
    if hint:
        found = {sense for sense, tongues in split if not hint.isdisjoint(tongues)}
        if len(found) == 1:
            return found.pop()
    if len(word) == 1:
        return None
    for sense, spoken in split:
        if not languages and "en" in spoken:
            return sense
    if len(word) < 4 and word.isascii() and _spoken_here().isdisjoint(languages):
        # "mn", "sn": what short words mean elsewhere is anybody's guess.
        return None
    found = {sense for sense, tongues in split if not FEWER_SITES.issuperset(tongues)} or set(meanings)
    return found.pop() if len(found) == 1 else None


FEWER_SITES = frozenset(
    "ak as ast bew br ce dsb dz ee fo fur fy gd ha hsb ig jv kab kok lb mai mg mt oc om "  # noqa: SIM905
    "or os pcm qu rm rw sah sc scn sd so su szl tg ti tk to tt ug vec wo xh yi yo zu".split()
)
"""Languages whose words yield to those of languages with many sites, where nothing else tells which is meant."""


@cache
def _spoken_here() -> frozenset[str]:
    """Return the languages of which the vocabulary knows how ages are said."""
    return frozenset(tongue for meanings in _tongues("units").values() for tongue in meanings)


def tongues(table: str, word: str) -> frozenset[str] | None:
    """Return the languages in which ``word`` stands in ``table``, ``None`` where it does not."""
    return _tongues(table).get(word)


@cache
def _tongues(table: str) -> dict[str, frozenset[str]]:
    kept: dict[str, frozenset[str]] = {}  # thousands of words share a few hundred sets
    found = {}
    for word, meanings in tables()[table].items():
        spoken = " ".join(meanings.values())
        if spoken not in kept:
            kept[spoken] = frozenset(spoken.split(" "))
        found[word] = kept[spoken]
    return found


def may_begin(table: str, text: str) -> bool:
    """Whether a phrase of a table can stand at the beginning of ``text``, told in passing by its first letters."""
    return text[:2] in _edges(table)[0] or text[:1] in _edges(table)[0]


def may_end(table: str, text: str) -> bool:
    """Whether a phrase of a table can stand at the end of ``text``, told in passing by its last letters."""
    return text[-2:] in _edges(table)[1] or text[-1:] in _edges(table)[1]


@cache
def _edges(table: str) -> tuple[frozenset[str], frozenset[str]]:
    phrases = tables()[table]
    return frozenset(phrase[:2] for phrase in phrases), frozenset(phrase[-2:] for phrase in phrases)
