"""Count what dateparser adds as the reader of last resort: texts of its own languages that ours leaves unread.

    python benchmarks/last_resort.py [--show]

The texts are made from CLDR (dates in words, ages) in every language that dateparser knows; the truth is what they were
made of. Printed are, by kind, how many ours reads, how many dateparser adds, and how many of those are wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta
from dateparser.data.languages_info import language_order

from newsscraper.dates import Moment
from newsscraper.dates.lastresort import read_last
from newsscraper.dates.parsing import parse_own

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)
DAYS = (
    date(2026, 1, 9),
    date(2025, 3, 21),
    date(2025, 5, 30),
    date(2025, 8, 2),
    date(2024, 10, 17),
    date(2024, 12, 28),
)
UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def texts(language: str) -> Iterator[tuple[str, str, datetime]]:
    """Yield kind, text and moment of dates and ages in a language."""
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return
    for day in DAYS:
        for style in ("long", "full"):
            yield "date", format_date(day, style, locale=language), datetime(day.year, day.month, day.day, tzinfo=UTC)
    for unit, span in UNITS.items():
        for count in (2, 3, 5, 8):
            since = count * span
            kept = format_timedelta(-since, granularity=unit, threshold=1000, locale=language, add_direction=True)
            if not kept.startswith("-"):  # where CLDR knows no words, it writes "-2 d"
                yield "age", kept, FETCHED - since


def is_right(moment: Moment, truth: datetime) -> bool:
    """Return whether a moment is the truth, as exactly as it is known."""
    value = (moment.about or moment.value).replace(tzinfo=UTC)
    apart = abs(value - truth)
    return apart < timedelta(minutes=1) if moment.relative else value.date() == truth.date()


def main() -> None:
    """Read all texts with ours, and with dateparser where ours reads nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="name the languages in which dateparser adds something")
    arguments = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    added: Counter[str] = Counter()
    for language in language_order:
        for kind, text, truth in texts(language):
            ours = parse_own(text, reference=FETCHED, languages=(language,))
            last = read_last(text, reference=FETCHED, languages=(language,)) if ours is None else None
            answer = "ours" if ours is not None else "left unread" if last is None else "dateparser adds"
            if last is not None:
                added[language] += 1
                answer = answer if is_right(last, truth) else "dateparser wrong"
                if arguments.show and answer != "dateparser adds":
                    print(language, repr(text), truth, last.isoformat())
            counts[kind, answer] += 1
    for (kind, answer), count in sorted(counts.items()):
        print(f"{kind:6}{answer:18}{count:6}")
    if arguments.show:
        print(dict(added))


if __name__ == "__main__":
    main()
