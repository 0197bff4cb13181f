"""Scores of extracted text against truth, as the authors of the public sets define them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class PageScore:
    """One page's text: precision, recall and F1; 1.0 for nothing found where nothing is."""

    precision: float
    recall: float
    f1: float


def words(found: str, truth: str) -> PageScore:
    """Bags of lower-case words (WCXB)."""
    return _score(*_overlap(Counter(_WORD.findall(found.lower())), Counter(_WORD.findall(truth.lower()))))


def shingle_counts(found: str, truth: str) -> tuple[float, float, float]:
    """True positives, false positives, false negatives of 4-grams, as shares of their sum (Zyte)."""
    true, predicted, actual = _overlap(_shingles(found), _shingles(truth))
    total = predicted + actual - true
    return (true / total, (predicted - true) / total, (actual - true) / total) if total else (0.0, 0.0, 0.0)


def shingles(found: str, truth: str) -> PageScore:
    """One page by 4-grams of words, case kept (Zyte)."""
    return _score(*_overlap(_shingles(found), _shingles(truth)))


def shingles_of_set(counts: Sequence[tuple[float, float, float]]) -> PageScore:
    """A set's score as Zyte's benchmark has it: mean precision, mean recall, F1 of the two means."""
    precision = fmean([tp / (tp + fp) if tp + fp else (0.0 if fn else 1.0) for tp, fp, fn in counts])
    recall = fmean([tp / (tp + fn) if tp + fn else 1.0 for tp, fp, fn in counts])
    return PageScore(precision, recall, 2 * precision * recall / ((precision + recall) or 1.0))


def snippets(found: str, wanted: Iterable[str], unwanted: Iterable[str]) -> tuple[int, int, int, int]:
    """Wanted snippets found and missing, unwanted leaked and avoided; soft hyphens, which nobody sees, do not count."""
    found = found.replace("\xad", "")
    has = [snippet.replace("\xad", "") in found for snippet in wanted]
    leaks = [snippet.replace("\xad", "") in found for snippet in unwanted]
    return sum(has), len(has) - sum(has), sum(leaks), len(leaks) - sum(leaks)


def same_title(found: str | None, truth: str) -> bool:
    """Equal but for case, space and the kind of quotes and dashes."""
    return _plain(found or "") == _plain(truth)


def same_authors(found: Iterable[str], truth: Iterable[str]) -> bool:
    """Equal as sets, but for case and space."""
    return {_plain(name) for name in found} == {_plain(name) for name in truth}


def record_of(found: dict[str, Any], truth: dict[str, Any]) -> dict[str, bool]:
    """Which of title, authors and day are right, where the truth knows them."""
    right = {}
    if truth.get("title"):
        right["title"] = same_title(found.get("title"), truth["title"])
    if truth.get("authors"):
        right["authors"] = same_authors(found.get("authors") or (), truth["authors"])
    if isinstance(truth.get("date_published"), str):  # one truth of the sets says NaN
        right["day"] = (found.get("date") or "")[:10] == truth["date_published"][:10]
    return right


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _WORD.findall(text)
    if 0 < len(tokens) < 4:
        return Counter([tuple(tokens)])
    return Counter(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def _overlap(found: Counter[Any], truth: Counter[Any]) -> tuple[int, int, int]:
    return sum((found & truth).values()), sum(found.values()), sum(truth.values())


def _score(true: int, predicted: int, actual: int) -> PageScore:
    if not predicted and not actual:
        return PageScore(1.0, 1.0, 1.0)
    precision = true / predicted if predicted else 0.0
    recall = true / actual if actual else 0.0
    return PageScore(precision, recall, 2 * precision * recall / ((precision + recall) or 1.0))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("‘’“”–—‐‑…", "''\"\"----."))
    return " ".join(text.casefold().split())
