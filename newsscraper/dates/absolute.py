"""Dates of the calendar in words and numbers: "9 janvier 2018 à 14h28", "09/01/2018", "2018年1月9日", "۱۹ دی ۱۳۹۶"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from newsscraper.dates.calendars import HIJRI_MONTHS, PERSIAN_MONTHS, from_buddhist, from_hijri, from_persian
from newsscraper.dates.clocks import MARK, cut_clock, in_half
from newsscraper.dates.folding import fold
from newsscraper.dates.forms import Clock, DayBack, Stamp
from newsscraper.dates.ordering import Order
from newsscraper.dates.vocabulary import Languages, meaning, tables, tongues

_LONGEST = 120
_MOST_TOKENS = 30
_TOKEN = re.compile(r"\d+|\x00|[^\W\d_](?:[^\d\s.,;:/|()\[\]<>!?\"'…،、。・«»–—\x00-]|'(?=\w))*|[^\w\s]")

# Words that stand in dates beside numbers, months and days of the week; where they stand decides nothing.
_FILLERS = frozenset(
    """
    a á al am ar as at az aux ba boj ch cu d da das datum date dated de dei del della den der des di dia día dies do dos du dydd
    e een el els em en et fecha filed first h hod hodin hs hrs i il in klo kl klokka klokken klo. l la las le les lo los m na
    o ob of on op os ora ore ob. of. the this to tot u uhr um uur v vo w y z ze о об у в во на от од г год года году годот година
    р року рік жылы жылдын ж ел оны он оны. сары с ст th st nd rd er ère ª º ° n t ren rena urteko urtea ko eko an ean a. ta' ta ja
    gada gads m. d. metu men dienos dnia den dne r roku rok god godine godina leta ur uri úr ev eve napjan ngay thang nam thg
    tarihinde tarihi tarihli saat saatte pukul jam tanggal hari pada petsa noong ika ng tarehe mwaka
    στισ στα τησ του τη και ωρα ώρα το την
    年 月 日 号 號 년 월 일 วันที่ วัน ที่ เดือน ปี พ ศ ค น เวลา เมื่อ ថ្ងៃទី ទី ថ្ងៃ ខែ ឆ្នាំ ម៉ោង ວັນທີ
    في ال ه هـ م الساعة ساعت ساعه روز در تاریخ سال بتاریخ بروز
    ב ה של בשעה ביום יום שעה
    को के की बजे दिनांक तारीख को. को, তারিখ রোজ
    ში წლის წელი
    թ թվականի ժամը
    feira segunda terca quarta quinta sexta kell lúc luc vào vao luc. alle dell nel
    """.split()
)

_MARKED = re.compile(r"(\d{2,4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?(?:日|号|號|일)?(?!\d)")
_MARKED_MONTH = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]$")
_MARKED_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?(?:日|号|號|일)")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年")
_ERA_START = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_VIETNAMESE_MONTH = re.compile(r"\b(?:thang|thg)\.?\s?(\d{1,2})\b")
_YEAR_ALONE = re.compile(r"(\d{4})(?:\s?(?:г|год|р|рік|年|년))?\.?")
_NUMERIC = re.compile(r"(\d{1,4})(\s?[./-]\s?)(\d{1,2})(\s?[./-]\s?)(\d{1,4})(?!\d)")

_HIJRI = {fold(name): number for name, number in HIJRI_MONTHS.items()}
_PERSIAN = {fold(name): number for name, number in PERSIAN_MONTHS.items()}
_BUDDHIST_LANGUAGES = frozenset(("th", "lo", "km"))
_PERSIAN_LANGUAGES = frozenset(("fa", "ps", "ckb", "uz"))
_HIJRI_LANGUAGES = frozenset(("ar", "ur", "fa", "ps"))


def read_date(text: str, languages: Languages, order: Order) -> Stamp | DayBack | None:
    """Read folded ``text`` as a date, with or without a clock; ``None`` where anything in it is left over.

    >>> read_date("9 janvier 2018", (), None)
    Stamp(year=2018, month=1, day=9, clock=None)
    >>> read_date("01/09/2018", (), None) is None
    True
    """
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        return None
    year_alone = _YEAR_ALONE.fullmatch(text)
    if year_alone:
        return _year(int(year_alone[1]), languages)
    clock, rest, settled = cut_clock(text)
    if not rest:
        return None
    found = _read_day(rest, clock, settled, languages, order)
    if found is None and clock is None:
        clock, rest, settled = cut_clock(text, after_date=True)
        if clock is not None and rest:
            found = _read_day(rest, clock, settled, languages, order)
    return found


def _year(year: int, languages: Languages) -> Stamp | None:
    if 2400 <= year <= 2700 and not _BUDDHIST_LANGUAGES.isdisjoint(languages):
        year = from_buddhist(year)
    return Stamp(year) if 1900 <= year <= 2100 else None


def _read_day(text: str, clock: Clock | None, settled: bool, languages: Languages, order: Order) -> Stamp | DayBack | None:
    if clock is not None and not settled:
        clock, text = in_half(clock, text, languages)
    text = _without_marks(text)
    words: list[str] = []
    numbers: list[int] = []
    tokens: list[str] = _TOKEN.findall(text)
    if len(tokens) > _MOST_TOKENS:
        return None
    month: int | None = None
    kind = "gregorian"
    weekday: int | None = None
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.isdigit():
            numbers.append(place)
            place += 1
            continue
        if token[0].isalpha():
            named, taken, calendar = _month(tokens, place, languages)
            if named is not None:
                if taken == 1 and token in tables()["weekdays"] and _another_month(tokens, place + 1, languages):
                    # "mar. 9 mars 2018": the first is the day of the week.
                    words.append(token)
                elif month is not None:
                    return None
                else:
                    month, kind = named, calendar
                place += taken
                continue
            words.append(token)
        elif token not in _PUNCTUATION:
            return None
        place += 1
    days: int | None = None
    plain = True
    for word in words:
        if word in _FILLERS:
            plain = plain and word in _ARTICLES
            continue
        found = meaning("weekdays", word, languages)
        if found is not None or word in tables()["weekdays"]:
            weekday = int(found) if found is not None else None
            continue
        back = meaning("days", word, languages)
        if back is not None and days is None:
            days = int(back)
            continue
        if word not in _words_of_phrases():
            return None
        joined = " ".join(words)
        for phrase in _phrases(joined):
            if meaning("days", phrase, languages) is not None:
                return _day_back(phrase, joined, numbers, clock, languages)
            if phrase in tables()["weekdays"]:
                joined = joined.replace(phrase, "").strip()
                if all(w in _FILLERS for w in joined.split()):
                    break
        else:
            return None
    if days is not None:
        return DayBack(days, clock) if not numbers and month is None else None
    if month is not None and len(numbers) == 1 and len(tokens[numbers[0]]) < 3:
        # A day and a month alone bear no more words than an article: "3 saat ago" is no August.
        if (not plain and clock is None) or ("ago" in tokens and not _is_spoken("ago", languages)):
            return None
    return (
        _with_month(tokens, numbers, month, kind, languages, clock)
        if month is not None
        else _numeric(text, tokens, numbers, languages, order, weekday, clock)
    )


_ARTICLES = frozenset("le the of th st nd rd de di d del den der el il am on o i a em an al er".split())
_PUNCTUATION = frozenset(".,;:/|()[]-–—'’、,،·•\x00@")


@cache
def _words_of_phrases() -> frozenset[str]:
    """Return the words that stand in names of days of several words ("Dydd Mawrth", "i dag")."""
    return frozenset(word for name in ("days", "weekdays") for phrase in tables()[name] if " " in phrase for word in phrase.split(" "))


@cache
def _starts_of_months() -> frozenset[str]:
    """Return the words with which names of months of several words begin."""
    names = (*tables()["months"], *_HIJRI, *_PERSIAN)
    return frozenset(name.split(" ", 1)[0] for name in names if " " in name)


def _phrases(joined: str) -> list[str]:
    parts = joined.split(" ")
    return [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(len(parts), i, -1)]


def _day_back(phrase: str, joined: str, numbers: list[int], clock: Clock | None, languages: Languages) -> DayBack | None:
    left = joined.replace(phrase, "").split()
    if numbers or any(word not in _FILLERS for word in left):
        return None
    return DayBack(int(meaning("days", phrase, languages) or 0), clock)


def _without_marks(text: str) -> str:
    """Write dates whose numbers carry their role ("2018年1月9日", "ngày 9 tháng 1 năm 2018") as year-month-day."""
    if text.isascii() and "(" not in text and "th" not in text:
        return text
    text = _BASQUE.sub(" ", text)
    if "." in text:
        for name, number in _dotted_months():
            if name in text:
                text = text.replace(name, f" {_ENGLISH[number - 1]} ")
                break
    text = _MONGOLIAN_MONTH.sub(lambda m: f" {_ENGLISH[int(m[1]) - 1]} " if 1 <= int(m[1]) <= 12 else m[0], text)
    text = text.replace("сарын", "сар")
    era = _ERA.search(text)
    if era:
        year = _ERA_START[era[1]] + (1 if era[2] == "元" else int(era[2]))
        text = f"{text[: era.start()]}{year}年{text[era.end() :]}"
    text = _MARKED.sub(lambda m: f"{m[1] if len(m[1]) == 4 else '20' + m[1]}-{m[2]}-{m[3]} " if len(m[1]) != 3 else m[0], text)
    text = _VIETNAMESE_MONTH.sub(lambda m: f" {_ENGLISH[int(m[1]) - 1]} " if 1 <= int(m[1]) <= 12 else m[0], text)
    text = _MARKED_MONTH.sub(lambda m: f"{_ENGLISH[int(m[2]) - 1]} {m[1]}" if 1 <= int(m[2]) <= 12 else m[0], text)
    return _MARKED_DAY.sub(lambda m: f"{_ENGLISH[int(m[1]) - 1]} {m[2]} " if 1 <= int(m[1]) <= 12 else m[0], text)


_BASQUE = re.compile(r"\((?:e?ko|a|e|an|ean)(?:\)|$)")
_MONGOLIAN_MONTH = re.compile(r"(\d{1,2})\s?-?\s?р\s?сар(?:ын)?")


@cache
def _dotted_months() -> tuple[tuple[str, int], ...]:
    """Return the names of months that hold dots ("ธ.ค."), which would otherwise fall apart into letters."""
    found = [(name, int(next(iter(numbers)))) for name, numbers in tables()["months"].items() if "." in name]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


_ENGLISH = "january february march april may june july august september october november december".split()


def _month(tokens: list[str], place: int, languages: Languages) -> tuple[int | None, int, str]:
    """Return the month that begins at ``place``, how many tokens it takes, and the calendar it belongs to."""
    for taken in (3, 2, 1) if tokens[place] in _starts_of_months() else (1,):
        phrase = " ".join(tokens[place : place + taken])
        if taken > 1 and (len(tokens) < place + taken or not all(t[0].isalpha() for t in tokens[place : place + taken])):
            continue
        if phrase in _HIJRI:
            return _HIJRI[phrase], taken, "hijri"
        if phrase in _PERSIAN:
            return _PERSIAN[phrase], taken, "persian"
        found = meaning("months", phrase, languages)
        if found is None and phrase[0] == "ב":
            # Hebrew "in": ‏בדצמ׳
            found = meaning("months", phrase[1:], languages)
        elif found is None and phrase.endswith("aren"):
            # Basque "of": abenduaren
            found = meaning("months", phrase[:-3], languages)
        if found is not None and (len(phrase) > 2 or not phrase.isascii() or _is_spoken(phrase, languages)):
            return int(found), taken, "gregorian"
    return None, 0, ""


def _is_spoken(month: str, languages: Languages) -> bool:
    """Whether a name of two letters, which says little, is one of the site's languages."""
    return not (tongues("months", month) or frozenset()).isdisjoint(languages)


def _another_month(tokens: list[str], start: int, languages: Languages) -> bool:
    return any(tokens[i][0].isalpha() and _month(tokens, i, languages)[0] is not None for i in range(start, len(tokens)))


def _with_month(
    tokens: list[str], numbers: list[int], month: int, kind: str, languages: Languages, clock: Clock | None
) -> Stamp | None:
    values = [(tokens[i], i) for i in numbers]
    if any(len(text) == 3 or len(text) > 4 for text, _ in values) or not 1 <= len(values) <= 2:
        return None
    years = [text for text, _ in values if len(text) == 4]
    others = [text for text, _ in values if len(text) < 4]
    if len(years) > 1:
        return None
    if len(values) == 1:
        if years:
            if clock is not None:
                return None
            return _stamp(kind, int(years[0]), month, None, languages, None)
        day = int(others[0])
        return Stamp(None, month, day, clock) if 1 <= day <= 31 and kind == "gregorian" else None
    if years:
        return _stamp(kind, int(years[0]), month, int(others[0]), languages, clock)
    (first, _), (second, second_at) = values
    # Two short numbers: the day before the year, as every language but those that begin with the year does.
    apostrophe = tokens[second_at - 1] == "'"
    if len(second) != 2 or kind != "gregorian" or (not apostrophe and languages[:1] in _YEAR_FIRST):
        return None
    return _stamp(kind, _full_year(int(second)), month, int(first), languages, clock)


# Languages of which the year comes first so firmly that 01/09/2018 may be either.
_YEAR_FIRST = (("hu",), ("ja",), ("ko",), ("zh",), ("mn",))


def _full_year(short: int) -> int:
    return 2000 + short if short < 70 else 1900 + short


def _numeric(
    text: str, tokens: list[str], numbers: list[int], languages: Languages, order: Order, weekday: int | None, clock: Clock | None
) -> Stamp | None:
    if len(numbers) != 3:
        return None
    match = _NUMERIC.search(text)
    if not match or match[2].strip() != match[4].strip() or any(len(match[i]) == 3 for i in (1, 5)):
        return None
    first, second, third = int(match[1]), int(match[3]), int(match[5])
    if len(match[1]) == 4:
        return _stamp("gregorian", first, second, third, languages, clock) if len(match[5]) <= 2 else None
    if len(match[5]) == 4:
        year = third
    elif len(match[1]) <= 2 and len(match[5]) == 2 and _looks_short(match, order):
        if order == "YMD":
            return _stamp("gregorian", _full_year(first), second, third, languages, clock)
        year = _full_year(third)
    else:
        return None
    readings = []
    for day, month in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            readings.append((day, month))
    if len(set(readings)) > 1:
        if order == "DMY" or (order == "YMD" and languages[:1] not in _YEAR_FIRST):
            readings = [(first, second)]
        elif order == "MDY":
            readings = [(second, first)]
        elif weekday is not None:
            readings = [r for r in readings if _falls_on(year, r[1], r[0], weekday)]
    if len(set(readings)) != 1:
        return None
    day, month = readings[0]
    return _stamp("gregorian", year, month, day, languages, clock)


def _looks_short(match: re.Match[str], order: Order) -> bool:
    """Whether three short numbers look like a date at all, rather than a version or a score."""
    if order is None:
        return False
    return match[2] == match[4] and (len(match[1]) == 2 or order != "YMD")


def _falls_on(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def _stamp(kind: str, year: int, month: int, day: int | None, languages: Languages, clock: Clock | None) -> Stamp | None:
    """Return the Gregorian stamp of a date in the calendar that its words and the size of its year tell."""
    spoken = set(languages)
    if kind == "gregorian" and 1200 <= year <= 1500:
        kind = "persian" if year < 1422 and (spoken & _PERSIAN_LANGUAGES or not spoken) else "hijri"
        if kind == "hijri" and not spoken & _HIJRI_LANGUAGES:
            return None
    if kind in ("persian", "hijri"):
        if day is None:
            return None
        found = (from_persian if kind == "persian" else from_hijri)(year, month, day)
        return Stamp(found.year, found.month, found.day, clock) if found else None
    if 2400 <= year <= 2700 and (spoken & _BUDDHIST_LANGUAGES or not spoken):
        year = from_buddhist(year)
    if not 1700 <= year <= 2200:
        return None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return Stamp(year, month, day, clock)
