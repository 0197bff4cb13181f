"""What two records are compared by: hashes of their words, and a sketch of their text.

Working it out takes as long as fetching a page. So a worker does that beside the crawl and hands it over as a `Digest`;
`keep` makes it known, and whoever asks for it soon after gets it for nothing. Of words for which nothing was kept it is
worked out when asked for: a record that was changed on its way is never compared by what it said before.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from newsscraper.article import Article

NUMBERS = 120
"""Numbers of a signature."""

_SEED = 42
_FEWEST_WORDS = 20
_KEPT = 128
_WORD = re.compile(r"[^\W_]+")
_PLAIN = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""What the letters of ASCII are folded to: many times faster than by pattern."""
_TYPOGRAPHIC = "’‘“”«»–—…\xa0"
"""Most lines of English that are not ASCII have these alone, and none of them is part of a word."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese. Characters count as words."""
_SAMPLE = 400

_pack = struct.Struct(f"<{NUMBERS}I")

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Digest:
    """What a worker works out of a page and its record, so that the crawl need not.

    Attributes:
        body_hash: of the page's bytes, see `body_hash`.
        content_hash: of the record's ``title`` and ``text``, see `content_hash`.
        words: of ``title``, ``description`` and ``text`` where they are there, by field, see `words_hash`.
        signature: of the record's ``text``, see `signature`.
    """

    body_hash: str
    content_hash: str | None = None
    words: dict[str, str] | None = None
    signature: bytes | None = None


class _Latest(dict[_K, _V]):
    """A dict that forgets what came first."""

    def keep(self, key: _K, value: _V) -> _V:
        if len(self) >= _KEPT:
            del self[next(iter(self))]
        self[key] = value
        return value


_contents: _Latest[tuple[str | None, str | None], str] = _Latest()
_words: _Latest[str, str] = _Latest()
_signatures: _Latest[str, bytes | None] = _Latest()


def digest(html: bytes | str, article: Article | None) -> Digest:
    """Work out all that the crawl will ask for of a page and its record.

    >>> article = Article(title="Rain", text="It rains.")
    >>> digest(b"<p>", article).words == {"title": words_hash("rain"), "text": words_hash("it rains")}
    True
    """
    told = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
    if article is None:
        return Digest(body_hash(told))
    words = {name: words_hash(value) for name in ("title", "description", "text") if (value := getattr(article, name))}
    return Digest(body_hash(told), content_hash(article), words, signature(article.text or ""))


def keep(article: Article, known: Digest) -> None:
    """Take over what was worked out elsewhere of this very record."""
    if known.content_hash is None or known.words is None:
        return
    _contents.keep((article.title, article.text), known.content_hash)
    _signatures.keep(article.text or "", known.signature)
    for name, value in known.words.items():
        _words.keep(getattr(article, name), value)


def body_hash(body: bytes) -> str:
    """Return the hash of a body, to see that it did not change.

    >>> body_hash(b"a") == body_hash(b"a")
    True
    """
    return hashlib.sha256(body).hexdigest()[:32]


@lru_cache(maxsize=64)  # the same text is asked for twice or three times
def fold(text: str) -> str:
    """Return the words of a text: compatibility forms, case, space and punctuation folded.

    >>> fold("L’« Été »,  enfin !")
    'l été enfin'
    """
    if not text.isascii():
        for mark in _TYPOGRAPHIC:
            text = text.replace(mark, " ")
    return " ".join(words for line in text.split("\n") if (words := _fold_line(line)))


def _fold_line(line: str) -> str:
    if line.isascii():
        return " ".join(line.translate(_PLAIN).split())
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", line).casefold()))


def short_hash(text: str) -> str:
    """Return 16 hex digits that stand for a text as it is."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def words_hash(text: str) -> str:
    """Return the hash of a text's words: 16 hex digits, the same for the same words."""
    known = _words.get(text)
    return known if known is not None else _words.keep(text, short_hash(fold(text)))


def content_hash(article: Article) -> str:
    """Return the hash of ``title`` and ``text``: 16 hex digits, the same for the same words.

    >>> content_hash(Article(title="Été", text="Chaud.")) == content_hash(Article(title="été ", text="chaud"))
    True
    """
    known = _contents.get((article.title, article.text))
    if known is not None:
        return known
    value = short_hash(fold(article.title or "") + "\n" + fold(article.text or ""))
    return _contents.keep((article.title, article.text), value)


def signature(text: str) -> bytes | None:
    """Return the MinHash signature of a text, ``None`` for texts too short to compare.

    >>> signature("Too short.") is None
    True
    """
    return _signatures[text] if text in _signatures else _signatures.keep(text, _sketch(text))


def _sketch(text: str) -> bytes | None:
    from rensa import RMinHash  # type: ignore[import-untyped]  # imported by whoever compares, not by who extracts

    folded = fold(text)
    words = folded.split()
    sample = folded[:_SAMPLE]
    if 2 * len(_UNSPACED.findall(sample)) > len(sample):
        words = list(folded.replace(" ", ""))
    if len(words) < _FEWEST_WORDS:
        return None
    sketch = RMinHash(num_perm=NUMBERS, seed=_SEED)
    sketch.update([" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)])
    return _pack.pack(*sketch.digest())


def numbers(sketch: bytes) -> tuple[int, ...]:
    """Return the numbers of a signature."""
    return _pack.unpack(sketch)
