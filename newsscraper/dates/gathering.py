"""Makes vocabulary.json: the words by which 90 languages say when, from CLDR, dateparser, words.toml and labels.toml.

Run ``python -m newsscraper.dates.gathering`` after a change of either. The result is shipped, so that reading a
date costs no load of Babel or dateparser.
"""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsscraper.dates.folding import fold
from newsscraper.dates.marks import MONTHS

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
WORDS_FILE = Path(__file__).with_name("words.toml")
LABELS_FILE = Path(__file__).with_name("labels.toml")
VOCABULARY_FILE = Path(__file__).with_name("vocabulary.json")

_PLURALS = {"zero", "one", "two", "few", "many", "other"}
_COUNTS = {"one": 1, "two": 2}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_WORDS = {"0 day ago": 0, "1 day ago": -1, "2 day ago": -2}
_LAST = {"1 week ago": "week", "1 month ago": "month", "1 year ago": "year"}

# Locales of CLDR beside the plain one of a language.
_LOCALES = {
    "ar": ("ar", "ar_TN", "ar_MA", "ar_IQ", "ar_MR"),
    "bn": ("bn", "bn_IN"),
    "de": ("de", "de_AT"),
    "fa": ("fa", "fa_AF"),
    "fr": ("fr", "fr_CA"),
    "pt": ("pt", "pt_PT"),
    "sr": ("sr", "sr_Latn"),
    "uz": ("uz", "uz_Cyrl"),
    "zh": ("zh", "zh_Hant"),
}

# Languages of which CLDR alone tells how ages are said.
_BY_CLDR = "ak bew ce dsb ee fur hsb kab kok mai om os pcm qu sah sc scn szl ti vec wo yi".split()  # noqa: SIM905
# Months and weekdays are worth having in more languages than those whose ages of posts are known.
_MORE = [*_BY_CLDR, *"bo dz ha ig rm rw so to xh yo".split()]  # noqa: SIM905

Table = dict[str, dict[str, set[str]]]


class _Gatherer:
    def __init__(self) -> None:
        self.tables: dict[str, Table] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))

    def add(self, table: str, word: str, meaning: object, language: str) -> None:
        word = fold(word).strip(" .")
        if word:
            self.tables[table][word][str(meaning)].add(language)

    def own(self, language: str, words: dict[str, str]) -> None:
        for unit in UNITS:
            for word in _split(words.get(unit, "")):
                self.add("units", word, unit, language)
        for table in ("before", "after", "now"):
            for word in _split(words.get(table, "")):
                self.add(table, word, "", language)
        for word in _split(words.get("one", "")):
            self.add("numbers", word, 1, language)
        for pair in _split(words.get("numbers", "")):
            number, word = pair.split(" ", 1)
            self.add("numbers", word, number, language)
        for entry in filter(None, words.get("ages", "").split(";")):
            meaning, _, spans = entry.partition(":")
            for word in _split(spans):
                self.add("spans", word, meaning.strip(), language)

    def cldr(self, language: str, locale: str, *, ages: bool) -> None:
        from babel import Locale
        from babel.localedata import exists

        if not exists(locale):
            return
        data: Any = Locale.parse(locale)._data
        for source, table in (("months", "months"), ("days", "weekdays")):
            for context in data[source].values():
                for number, name in (pair for width in context if width != "narrow" for pair in context[width].items()):
                    self.add(table, name, number, language)
        for context in data["day_periods"].values():
            for names in context.values():
                for period in ("am", "pm"):
                    self.add(period, names.get(period, ""), "", language)
        letters = re.sub(r"'[^']*'", "", data["date_formats"]["short"].pattern)
        order = "".join(dict.fromkeys(re.sub("[^dMy]", "", letters))).upper()
        if order in ("DMY", "MDY", "YMD"):
            self.tables["orders"][language].setdefault(order, {language})
        if ages:
            self._cldr_ages(language, data)

    def _cldr_ages(self, language: str, data: Any) -> None:
        for unit in UNITS:
            for plural, pattern in _unit_patterns(data["unit_patterns"].get(f"duration-{unit}", {})):
                before, number, after = pattern.partition("{0}")
                word = (before or after).strip()
                if number and "/" not in pattern:
                    self.add("units", word, unit, language)
                elif plural in _COUNTS and not number:
                    self.add("spans", pattern, f"{unit} {_COUNTS[plural]}", language)
            for width in ("", "-short", "-narrow"):
                past = data["date_fields"].get(unit + width, {}).get("past", {})
                for plural, pattern in past.items():
                    self._past(language, unit, plural, pattern)

    def _past(self, language: str, unit: str, plural: str, pattern: str) -> None:
        before, number, after = (fold(part).strip(" .-()") for part in pattern.partition("{0}"))
        if not number:
            if plural in _COUNTS:
                self.add("aged", pattern, f"{unit} {_COUNTS[plural]}", language)
        elif not before:
            if len(after) > 1 or not after.isascii():
                self.add("framed", after, unit, language)
        elif before.strip("-") and unit not in self.tables["units"].get(before, {}) and not before.endswith(" יום"):
            self.add("before", before, "", language)
            self.add("units", after, unit, language)

    def dateparser(self, language: str, *, ages: bool) -> None:
        try:
            module = importlib.import_module(f"dateparser.data.date_translation_data.{language}")
        except ModuleNotFoundError:
            return
        info: dict[str, Any] = module.info
        if info.get("date_order"):
            self.tables["orders"][language] = {info["date_order"]: {language}}
        for table, names in (("months", MONTHS), ("weekdays", _WEEKDAYS)):
            for number, name in enumerate(names):
                for word in info.get(name, ()):
                    if table == "months" or len(fold(word)) > 2 or not fold(word).isascii():
                        self.add(table, word, number + (table == "months"), language)
        for period in ("am", "pm"):
            for word in info.get(period, ()):
                self.add(period, word, "", language)
        for phrase, words in info.get("relative-type", {}).items():
            self._dateparser_phrase(phrase, words, language, ages)
        if ages:
            self._dateparser_units(language, info)

    def _dateparser_phrase(self, phrase: str, words: list[str], language: str, ages: bool) -> None:
        for word in words:
            if phrase in _DAY_WORDS:
                self.add("days", word, _DAY_WORDS[phrase], language)
            elif phrase in _LAST and ages:
                self.add("last", word, _LAST[phrase], language)
            elif phrase == "0 second ago" and ages:
                self.add("now", word, "", language)

    def _dateparser_units(self, language: str, info: dict[str, Any]) -> None:
        """Take what contradicts nobody: the lists are long, and hold abbreviations that no site prints."""
        for unit in UNITS:
            for word in info.get(unit, ()):
                if len(word) > 1 and set(self.tables["units"].get(fold(word).strip(" ."), {unit: ""})) == {unit}:
                    self.add("units", word, unit, language)

    def clean(self) -> None:
        """Drop what would turn an ordinary word into a date."""
        for word in [w for w in self.tables["months"] if re.fullmatch(r"\d*", w)]:
            del self.tables["months"][word]
        for word in [w for w in self.tables["weekdays"] if re.fullmatch(r"\d*", w)]:
            del self.tables["weekdays"][word]
        for word in [w for w in self.tables["units"] if re.search(r"[\d(){}]", w)]:
            if word not in ("7 хоног", "7 хоногийн"):
                del self.tables["units"][word]


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _unit_patterns(data: Any) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, str):
            if key in _PLURALS:
                yield key, value
        elif hasattr(value, "items"):
            yield from _unit_patterns(value)


def gather() -> dict[str, Any]:
    """Return the vocabulary: by table and folded word, each meaning with its languages."""
    own: dict[str, dict[str, str]] = tomllib.loads(WORDS_FILE.read_text("utf-8"))
    gatherer = _Gatherer()
    for language, words in own.items():
        gatherer.own(language, words)
    for language in (*own, *_MORE):
        for locale in _LOCALES.get(language, (language,)):
            gatherer.cldr(language, locale, ages=language in own or language in _BY_CLDR)
    for language in (*own, *_MORE):
        gatherer.dateparser(language, ages=language in own or language in _BY_CLDR)
    gatherer.clean()
    labels: dict[str, str] = tomllib.loads(LABELS_FILE.read_text("utf-8"))
    for role, phrases in labels.items():
        for phrase in _split(phrases.replace("\n", " ")):
            table = {"other": "others", "fillers": "fillers"}.get(role, "labels")
            gatherer.add(table, phrase.strip(" :"), role, "")
    return {
        table: {
            word: {meaning: " ".join(sorted(languages)) for meaning, languages in sorted(meanings.items())}
            for word, meanings in sorted(words.items())
        }
        for table, words in sorted(gatherer.tables.items())
    }


if __name__ == "__main__":
    VOCABULARY_FILE.write_text(
        json.dumps(gather(), ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8"
    )
