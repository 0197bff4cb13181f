"""Ages of posts, as sites print them: real strings per language, mixed frames, round trips through CLDR, refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel import Locale
from babel.dates import format_timedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from newsscraper import dates
from newsscraper.dates.vocabulary import tables

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)

# language, text, unit, count
SHOWN = [
    ("ckb", "پێش ٥ ڕۆژ", "day", 5),
    ("ckb", "٣ کاتژمێر لەمەوبەر", "hour", 3),
    ("ckb", "ڕۆژێک لەمەوپێش", "day", 1),
    ("jv", "5 dina kepungkur", "day", 5),
    ("jv", "2 minggu sing kepungkur", "week", 2),
    ("su", "5 poé katukang", "day", 5),
    ("su", "3 jam kaliwat", "hour", 3),
    ("my", "လွန်ခဲ့တဲ့ ၅ ရက်", "day", 5),
    ("my", "၃ နာရီ အကြာက", "hour", 3),
    ("hu", "5 nap telt el a bejegyzés óta", "day", 5),
    ("hu", "a közzététel óta 3 hét telt el", "week", 3),
    ("ja", "投稿から5日が経過しました", "day", 5),
    ("ko", "게시된 지 5일 지남", "day", 5),
    ("en", "5 days since posted", "day", 5),
    ("ar", "منذ 2 يومين", "day", 2),
    ("ar", "2 ساعتين ago", "hour", 2),
    ("he", "לפני 2 יומיים", "day", 2),
    ("ta", "5 மணித்தியாலங்களிற்கு முன்னர்", "hour", 5),
    ("ta", "2 கிழமைகளுக்கு முன்", "week", 2),
    ("ti", "ቅድሚ 3 ደቒቕ", "minute", 3),
    ("sah", "3 күн ынараа өттүгэр", "day", 3),
    ("ko", "한 시간 전", "hour", 1),
    ("ko", "하루 전", "day", 1),
    ("hr", "prije sat vremena", "hour", 1),
    ("ja", "1年以上前", "year", 1),
    ("el", "πριν από περίπου 1 ώρα", "hour", 1),
    ("fr", "2&nbsp;jours&nbsp;ago", "day", 2),
    ("af", "2 dae gelede", "day", 2),
    ("am", "ከ2 ቀናት በፊት", "day", 2),
    ("ar", "منذ 3 أيام", "day", 3),
    ("ar", "منذ يومين", "day", 2),
    ("ar", "قبل ساعتين", "hour", 2),
    ("ar", "منذ ساعة واحدة", "hour", 1),
    ("az", "3 gün əvvəl", "day", 3),
    ("be", "5 гадзін таму", "hour", 5),
    ("bg", "преди един час", "hour", 1),
    ("bg", "преди 2 години", "year", 2),
    ("bn", "৩ দিন আগে", "day", 3),
    ("bs", "prije 3 sedmice", "week", 3),
    ("ca", "fa 2 dies", "day", 2),
    ("cs", "před 2 dny", "day", 2),
    ("cs", "před rokem", "year", 1),
    ("cs", "5 dní ago", "day", 5),
    ("cy", "2 ddiwrnod yn ôl", "day", 2),
    ("da", "for 3 timer siden", "hour", 3),
    ("de", "vor 3 Tagen", "day", 3),
    ("de", "vor einer Woche", "week", 1),
    ("de", "vor 2 Std.", "hour", 2),
    ("el", "πριν από 2 ημέρες", "day", 2),
    ("el", "2 ώρες πριν", "hour", 2),
    ("en", "an hour ago", "hour", 1),
    ("en", "about 2 years ago", "year", 2),
    ("eo", "antaŭ 2 tagoj", "day", 2),
    ("es", "hace 5 horas", "hour", 5),
    ("es", "hace una semana", "week", 1),
    ("et", "2 päeva tagasi", "day", 2),
    ("eu", "duela 2 egun", "day", 2),
    ("fa", "۲ روز پیش", "day", 2),
    ("fi", "2 päivää sitten", "day", 2),
    ("fil", "2 araw ang nakalipas", "day", 2),
    ("fr", "il y a 2 jours", "day", 2),
    ("fr", "il y a une semaine", "week", 1),
    ("ga", "2 lá ó shin", "day", 2),
    ("gl", "hai 2 días", "day", 2),
    ("gu", "2 દિવસ પહેલાં", "day", 2),
    ("he", "לפני יומיים", "day", 2),
    ("he", "לפני שעה", "hour", 1),
    ("he", "לפני 3 שעות", "hour", 3),
    ("hi", "२ दिन पहले", "day", 2),
    ("hr", "prije 2 sata", "hour", 2),
    ("hu", "2 napja", "day", 2),
    ("hu", "3 órával ezelőtt", "hour", 3),
    ("hy", "2 օր առաջ", "day", 2),
    ("id", "2 hari yang lalu", "day", 2),
    ("is", "fyrir 2 dögum", "day", 2),
    ("it", "5 giorni fa", "day", 5),
    ("it", "un'ora fa", "hour", 1),
    ("ja", "3日前", "day", 3),
    ("ja", "5 分前", "minute", 5),
    ("ka", "2 დღის წინ", "day", 2),
    ("kk", "2 күн бұрын", "day", 2),
    ("km", "2 ថ្ងៃ មុន", "day", 2),
    ("kn", "2 ದಿನಗಳ ಹಿಂದೆ", "day", 2),
    ("ko", "3시간 전", "hour", 3),
    ("ku", "2 roj berê", "day", 2),
    ("ky", "2 күн мурун", "day", 2),
    ("lo", "2 ມື້ກ່ອນ", "day", 2),
    ("lt", "prieš 2 dienas", "day", 2),
    ("lv", "pirms 2 dienām", "day", 2),
    ("mk", "пред 2 дена", "day", 2),
    ("ml", "2 ദിവസം മുമ്പ്", "day", 2),
    ("mn", "2 өдрийн өмнө", "day", 2),
    ("mn", "3 долоо хоногийн өмнө", "week", 3),
    ("mr", "2 दिवसांपूर्वी", "day", 2),
    ("ms", "2 hari lalu", "day", 2),
    ("my", "ပြီးခဲ့သည့် 2 ရက်", "day", 2),
    ("nb", "for 2 uker siden", "week", 2),
    ("ne", "२ दिन अघि", "day", 2),
    ("nl", "2 dagen geleden", "day", 2),
    ("nn", "for 2 veker sidan", "week", 2),
    ("pa", "2 ਦਿਨ ਪਹਿਲਾਂ", "day", 2),
    ("pl", "5 miesięcy temu", "month", 5),
    ("pl", "rok temu", "year", 1),
    ("ps", "2 ورځې وړاندې", "day", 2),
    ("pt", "há 2 semanas", "week", 2),
    ("pt", "2 dias atrás", "day", 2),
    ("ro", "acum 20 de zile", "day", 20),
    ("ru", "2 нед. назад", "week", 2),
    ("ru", "год назад", "year", 1),
    ("si", "දින 2කට පෙර", "day", 2),
    ("sk", "pred 2 týždňami", "week", 2),
    ("sl", "pred 2 dnevoma", "day", 2),
    ("sq", "2 ditë më parë", "day", 2),
    ("sr", "пре 2 године", "year", 2),
    ("sr", "pre 3 dana", "day", 3),
    ("sv", "för 3 timmar sedan", "hour", 3),
    ("sw", "siku 2 zilizopita", "day", 2),
    ("ta", "2 நாட்களுக்கு முன்", "day", 2),
    ("te", "2 రోజుల క్రితం", "day", 2),
    ("th", "3 วันที่ผ่านมา", "day", 3),
    ("tr", "2 saat önce", "hour", 2),
    ("uk", "2 години тому", "hour", 2),
    ("ur", "2 گھنٹے پہلے", "hour", 2),
    ("uz", "2 kun oldin", "day", 2),
    ("vi", "3 tuần trước", "week", 3),
    ("zh", "3天前", "day", 3),
    ("zh", "三天前", "day", 3),
    ("zh", "2 個月前", "month", 2),
]

# The span in the site's language, the frame in another or untranslated.
MIXED = [
    ("fr", "2 jours ago", "day", 2),
    ("de", "3 Tagen ago", "day", 3),
    ("it", "5 giorni ago", "day", 5),
    ("es", "2 días ago", "day", 2),
    ("bg", "един ден ago", "day", 1),
    ("ru", "один день ago", "day", 1),
    ("zh", "3 天 ago", "day", 3),
    ("fr", "il y a 2 days", "day", 2),
    ("pl", "2 tygodnie ago", "week", 2),
    ("he", "יומיים ago", "day", 2),
    ("sw", "siku 2 ago", "day", 2),
    ("ja", "3 時間 ago", "hour", 3),
    ("fr", "une semaine ago", "week", 1),
]

SHORT = [
    ("fr", "5 min", "minute", 5),
    ("fr", "3 h", "hour", 3),
    ("fr", "2 j", "day", 2),
    ("en", "5m ago", "minute", 5),
    ("en", "2w ago", "week", 2),
    ("de", "3 Std.", "hour", 3),
]

NOT_AGES = [
    "2 jours de congés",
    "il y a 2 jours, le groupe a annoncé",
    "Comme annoncé il y a 2 jours par le groupe, rien ne change.",
    "dans 2 jours",
    "in 3 days",
    "5 min read",
    "2018 год",
    "3 % de plus",
    "24/7",
    "12 mois sur 24",
    "les 3 jours",
    "2 jours 2 jours",
    "9999999 days ago",
    "vor 3 Toren",
    "5 m",
    "3 fois par semaine",
    "2 jours après",
    "ago",
    "il y a",
    "jours",
    "2 ago",
    "il y a 2",
    "vor Tagen schon 3",
    "3 minutes de lecture",
    "100 years of solitude",
    "7 days a week",
    "1st day",
    "2 + 2 days",
]

UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


def check(text: str, languages: tuple[str, ...], unit: str, count: int) -> None:
    moment = dates.parse(text, reference=FETCHED, languages=languages)
    assert moment is not None
    assert (moment.precision, moment.relative) == (unit, True)
    if unit in UNITS:
        # "The day before yesterday" counts in whole days, and knows no time of day.
        assert moment.about in (FETCHED - count * UNITS[unit], None)
        assert moment.about is not None or unit == "day"
        assert moment.value.date() == (FETCHED - count * UNITS[unit]).date()
    else:
        months = FETCHED.year * 12 + FETCHED.month - 1 - count * (12 if unit == "year" else 1)
        assert moment.value.year == months // 12
        assert unit == "year" or moment.value.month == months % 12 + 1


@pytest.mark.parametrize(("language", "text", "unit", "count"), SHOWN + MIXED + SHORT)
def test_reads_the_age_of_a_post(language: str, text: str, unit: str, count: int) -> None:
    check(text, (language,), unit, count)


@pytest.mark.parametrize(("language", "text", "unit", "count"), SHOWN + MIXED)
def test_without_a_language_reads_the_same_or_nothing(language: str, text: str, unit: str, count: int) -> None:
    if dates.parse(text, reference=FETCHED) is not None:
        check(text, (), unit, count)


def test_reads_nearly_all_without_a_language() -> None:
    read = [dates.parse(text, reference=FETCHED) is not None for _, text, _, _ in SHOWN + MIXED]
    assert sum(read) / len(read) > 0.98


@pytest.mark.parametrize("text", NOT_AGES)
@pytest.mark.parametrize("languages", [(), ("fr",), ("en",), ("de",)])
def test_refuses_what_is_no_age(text: str, languages: tuple[str, ...]) -> None:
    moment = dates.parse(text, reference=FETCHED, languages=languages)
    if text == "2018 год":
        assert moment is not None
        assert (moment.isoformat(), moment.relative) == ("2018", False)
    else:
        assert moment is None


def test_what_two_languages_mean_differently_is_nothing_without_one() -> None:
    assert dates.parse("2 години ago", reference=FETCHED) is None
    assert dates.parse("2 години ago", reference=FETCHED, languages=("bg",)).precision == "year"  # type: ignore[union-attr]
    assert dates.parse("2 години ago", reference=FETCHED, languages=("uk",)).precision == "hour"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2 jours ago", "2026-11-20", "day"),
        ("3 hours ago", "2026-11-22T08:00:00+00:00", "hour"),
        ("5 min ago", "2026-11-22T11:48:00+00:00", "minute"),
        ("2 months ago", "2026-09", "month"),
        ("2 years ago", "2024", "year"),
        ("1 h 30 min ago", "2026-11-22T10:23:00+00:00", "minute"),
        ("just now", "2026-11-22T11:53:00+00:00", "minute"),
        ("à l'instant", "2026-11-22T11:53:00+00:00", "minute"),
    ],
)
def test_is_never_finer_than_the_text(text: str, value: str, precision: str) -> None:
    moment = dates.parse(text, reference=FETCHED)
    assert moment is not None
    assert (moment.isoformat(), moment.precision) == (value, precision)


def test_counts_days_on_the_clock_of_the_site() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert dates.parse("1 jour ago", reference=late).isoformat() == "2026-11-21"  # type: ignore[union-attr]
    tokyo = dates.parse("1 day ago", reference=late, timezone="Asia/Tokyo")
    assert tokyo is not None
    assert (tokyo.isoformat(), tokyo.zone) == ("2026-11-22", "site")


_LANGUAGES = sorted({language for _, language, *_ in [("", *row) for row in SHOWN]} - {"ku", "uz", "ps", "fil"})


@settings(deadline=None)
@given(
    language=st.sampled_from(_LANGUAGES),
    unit=st.sampled_from(["second", "minute", "hour", "day", "week", "month", "year"]),
    count=st.integers(min_value=1, max_value=23),
    width=st.sampled_from(["long", "short"]),
    framed=st.sampled_from(["cldr", "english"]),
)
def test_reads_back_what_cldr_writes(language: str, unit: str, count: int, width: str, framed: str) -> None:
    if framed == "cldr":
        locale = Locale.parse(language)
        fields = locale._data["date_fields"][unit]
        pattern = fields["past"].get(locale.plural_form(count), fields["past"]["other"])
        text = pattern.replace("{0}", str(count))
    else:
        seconds = {
            "second": 1,
            "minute": 60,
            "hour": 3600,
            "day": 86400,
            "week": 604800,
            "month": 2629800,
            "year": 31557600,
        }
        delta = timedelta(seconds=count * seconds[unit])
        text = format_timedelta(delta, granularity=unit, threshold=10_000, format=width, locale=language) + " ago"  # type: ignore[arg-type]
    moment = dates.parse(text, reference=FETCHED, languages=(language,))
    if moment is not None:
        assert moment.precision in (unit, "minute" if unit == "second" else unit)
        if unit in UNITS and moment.about is not None and any(c.isdigit() for c in text):
            assert moment.about == FETCHED - count * UNITS[unit]
    else:
        # One letter that says several things is nothing.
        assert width == "short" or framed == "cldr" or len(text.split()[1]) == 1, text


NATIVE_DIGITS = {
    "ar": "٠١٢٣٤٥٦٧٨٩",
    "fa": "۰۱۲۳۴۵۶۷۸۹",
    "mr": "०१२३४५६७८९",
    "ne": "०१२३४५६७८९",
    "bn": "০১২৩৪৫৬৭৮৯",
    "my": "၀၁၂၃၄၅၆၇၈၉",
}
CLDR = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id is it ja ka kk "
    "km kn ko ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn pa pl ps pt ro ru sd si sk sl so sq sr sv sw ta te th tr "
    "uk ur uz vi zh"
)


@pytest.mark.parametrize("language", CLDR.split())
def test_reads_every_age_that_cldr_writes(language: str) -> None:
    locale = Locale.parse(language)
    digits = str.maketrans("0123456789", NATIVE_DIGITS.get(language, "0123456789"))
    for unit in ("second", "minute", "hour", "day", "week", "month", "year"):
        for count in (1, 2, 3, 5, 11, 21):
            patterns = locale._data["date_fields"][unit]["past"]
            text = patterns.get(locale.plural_form(count), patterns["other"]).replace("{0}", str(count))
            for written in (text, text.translate(digits), text.upper() + ".", "\u200f" + text.replace(" ", "\u00a0")):
                check(written, (language,), unit, count)


@pytest.mark.parametrize(
    "text",
    [
        "time ago",
        "years ago",
        "hour on",
        "day a",
        "one day",
        "a year",
        "2 sat",
        "3 mes",
        "4 il",
        "18 ans",
        "5 let",
        "2 jours on",
        "on jours",
        "Sun 5",
        "21 Sat monday",
        "2 m ago",
        "2 j ago",
        "3 mn ago",
    ],
)
def test_without_a_language_short_words_say_nothing(text: str) -> None:
    assert dates.parse(text, reference=FETCHED) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "vor weniger als einer Minute"),
        ("nl", "minder dan een minuut geleden"),
        ("ru", "меньше минуты назад"),
        ("tr", "birkaç saniye önce"),
        ("ko", "방금 전"),
        ("eu", "duela segundo batzuk"),
    ],
)
def test_reads_what_was_a_moment_ago(language: str, text: str) -> None:
    moment = dates.parse(text, reference=FETCHED, languages=(language,))
    assert moment is not None
    assert moment.isoformat() == "2026-11-22T11:53:00+00:00"


@settings(deadline=None)
@given(st.text(max_size=80))
def test_never_fails_on_any_text(text: str) -> None:
    dates.parse(text, reference=FETCHED)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"0123456789 .,:/-|", "ago", "il", "y", "a", "jours", "mai", "vor", "Uhr", "h", "2018", "日", "前", "pm"]
        ),
        max_size=25,
    )
)
def test_never_fails_on_any_mix_of_its_own_words(parts: list[str]) -> None:
    moment = dates.parse(" ".join(parts), reference=FETCHED, languages=("fr",))
    assert moment is None or moment.value.year >= 1


def test_the_vocabulary_holds_every_word_of_its_source() -> None:
    import tomllib

    from newsscraper.dates.folding import fold
    from newsscraper.dates.gathering import UNITS as ALL_UNITS
    from newsscraper.dates.gathering import WORDS_FILE

    for language, words in tomllib.loads(WORDS_FILE.read_text("utf-8")).items():
        for unit in ALL_UNITS:
            for word in filter(None, (fold(part).strip(" .") for part in words.get(unit, "").split(","))):
                assert word[0].isdigit() or language in tables()["units"][word][unit].split(), (language, word)
