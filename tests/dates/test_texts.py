"""Dates of the calendar and bylines as pages print them: order, zone, precision, labels; and what is none of that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from newsscraper import dates

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)

# text, languages, timezone, ISO value, precision, zone
READ = [
    ("2018-01-09T14:28:00Z", "", None, "2018-01-09T14:28:00+00:00", "second", "explicit"),
    ("2018-01-09T14:28:00.000000Z", "", None, "2018-01-09T14:28:00+00:00", "second", "explicit"),
    ("2018-01-09T14:28+01:00", "", None, "2018-01-09T14:28:00+01:00", "minute", "explicit"),
    ("2018-01-09T14:28:00+0100", "", None, "2018-01-09T14:28:00+01:00", "second", "explicit"),
    ("2018-01-09 14:28:00", "", "Europe/Paris", "2018-01-09T14:28:00+01:00", "second", "site"),
    ("2018-01-09 14:28:00", "", None, "2018-01-09T14:28:00", "second", "unknown"),
    ("2018-01-09T24:00", "", None, "2018-01-10T00:00", "minute", "unknown"),
    ("20180109T142800", "", None, "2018-01-09T14:28:00", "second", "unknown"),
    ("20180109", "", None, "2018-01-09", "day", "unknown"),
    ("2018-W02-2", "", None, "2018-01-09", "day", "unknown"),
    ("2018-009", "", None, "2018-01-09", "day", "unknown"),
    ("2018-01", "", None, "2018-01", "month", "unknown"),
    ("2018", "", None, "2018", "year", "unknown"),
    ("1515507000", "", None, "2018-01-09T14:10:00+00:00", "second", "explicit"),
    ("1515507000000", "", None, "2018-01-09T14:10:00+00:00", "second", "explicit"),
    ("Tue, 09 Jan 2018 14:28:00 +0100", "", None, "2018-01-09T14:28:00+01:00", "second", "explicit"),
    ("Tue Jan  9 14:28:00 2018", "", None, "2018-01-09T14:28:00", "second", "unknown"),
    ("Tue Jan 09 2018 14:28:00 GMT+0100 (CET)", "", None, "2018-01-09T14:28:00+01:00", "second", "explicit"),
    ("January 9, 2018 at 3:45 pm EST", "en", None, "2018-01-09T15:45:00-05:00", "minute", "explicit"),
    ("May 3, 2024, 3:47 p.m. ET", "en", None, "2024-05-03T15:47:00-04:00", "minute", "explicit"),
    ("Fri 3 May 2024 15.47 BST", "en", None, "2024-05-03T15:47:00+01:00", "minute", "explicit"),
    ("May 03, 2024 15:47 IST", "en", "Asia/Kolkata", "2024-05-03T15:47:00+05:30", "minute", "explicit"),
    ("Jumat, 03 Mei 2024 15:47 WIB", "id", None, "2024-05-03T15:47:00+07:00", "minute", "explicit"),
    ("01/09/2018", "fr", None, "2018-09-01", "day", "unknown"),
    ("01/09/2018", "en-US", None, "2018-01-09", "day", "unknown"),
    ("01/09/2018", "en-GB", None, "2018-09-01", "day", "unknown"),
    ("01/09/2018", "en", "America/New_York", "2018-01-09", "day", "site"),
    ("01/09/2018", "en", "Europe/London", "2018-09-01", "day", "site"),
    ("13/09/2018", "", None, "2018-09-13", "day", "unknown"),
    ("Tue 01/09/2018", "", None, "2018-01-09", "day", "unknown"),
    ("09.01.18", "de", None, "2018-01-09", "day", "unknown"),
    ("9 janvier 2018 - 14:28", "fr", "Europe/Paris", "2018-01-09T14:28:00+01:00", "minute", "site"),
    ("mar. 9 mars 2018", "fr", None, "2018-03-09", "day", "unknown"),
    ("Jeudi 9 août 2018 à 8 h 15", "fr", None, "2018-08-09T08:15", "minute", "unknown"),
    ("janvier 2018", "fr", None, "2018-01", "month", "unknown"),
    ("4th May 2024", "en", None, "2024-05-04", "day", "unknown"),
    ("9. Januar 2018, 18:05 Uhr", "de", None, "2018-01-09T18:05", "minute", "unknown"),
    ("9.1.2018 klo 14.28", "fi", None, "2018-01-09T14:28", "minute", "unknown"),
    ("9. jan. 2018 kl. 14.28", "da", None, "2018-01-09T14:28", "minute", "unknown"),
    ("9 января 2018 г., 14:28", "ru", None, "2018-01-09T14:28", "minute", "unknown"),
    ("2018 m. sausio 9 d.", "lt", None, "2018-01-09", "day", "unknown"),
    ("2018. gada 9. janvāris", "lv", None, "2018-01-09", "day", "unknown"),
    ("2018(e)ko urtarrilaren 9a", "eu", None, "2018-01-09", "day", "unknown"),
    ("Ngày 9 tháng 1 năm 2018", "vi", None, "2018-01-09", "day", "unknown"),
    ("2018年1月9日 14時28分", "ja", None, "2018-01-09T14:28", "minute", "unknown"),
    ("令和6年5月3日", "ja", None, "2024-05-03", "day", "unknown"),
    ("2018年1月9日 下午2:28", "zh", None, "2018-01-09T14:28", "minute", "unknown"),
    ("2018. 1. 9. 오후 2:28", "ko", None, "2018-01-09T14:28", "minute", "unknown"),
    ("السبت 4 مايو 2024 - 10:11 م", "ar", None, "2024-05-04T22:11", "minute", "unknown"),
    ("۱۹ دی ۱۳۹۶", "fa", None, "2018-01-09", "day", "unknown"),
    ("1403/02/15 10:11", "fa", "Asia/Tehran", "2024-05-04T10:11:00+03:30", "minute", "site"),
    ("22 ربيع الآخر 1439", "ar", None, "2018-01-09", "day", "unknown"),
    ("๙ มกราคม ๒๕๖๑", "th", None, "2018-01-09", "day", "unknown"),
    ("9 ม.ค. 2561", "th", None, "2018-01-09", "day", "unknown"),
    ("hier à 14h30", "fr", "Europe/Paris", "2026-11-21T14:30:00+01:00", "minute", "site"),
    ("gestern, 18:05 Uhr", "de", "Europe/Berlin", "2026-11-21T18:05:00+01:00", "minute", "site"),
    ("i går kl. 14.28", "nb", None, "2026-11-21T14:28", "minute", "unknown"),
    ("aujourd'hui", "fr", None, "2026-11-22", "day", "unknown"),
    ("9 janvier", "fr", None, "2026-01-09", "day", "unknown"),
    ("9 décembre", "fr", None, "2025-12-09", "day", "unknown"),
    ("Dec 9 '18", "en", None, "2018-12-09", "day", "unknown"),
]

NOT_DATES = [
    "",
    " ",
    "-",
    "iOS 17.5.1",
    "17.5.1",
    "Python 3.11.10",
    "192.168.1.20",
    "01 23 45 67 89",
    "+33 1 23 45 67 89",
    "(555) 123-4567",
    "12,50 €",
    "1.299,00",
    "$2,018",
    "3-1",
    "24/7",
    "6:4, 7:5",
    "1/2",
    "13/13/2018",
    "31/02/2018",
    "2018-13-01",
    "2018-02-30T10:00:00",
    "01/09/2018",
    "page 2 of 2018",
    "© 2018",
    "2018-2019",
    "1. Januar bis 3. Januar 2018",
    "Mai 68",
    "14:28",
    "99:99",
    "lundi",
    "May",
    "9",
    "0000-00-00 00:00:00",
    "le 9 janvier 2018 restera dans les mémoires",
    "Le 9 janvier, l'entreprise a annoncé un accord",
    "Am 3. Mai 2024 hat der Bundestag beschlossen",
    "Windows 10 22H2",
    "5G 2020",
    "9 janvier 2018 10 janvier 2018",
    # Found in articles' own lines: rows of tables, ranges, words that are days somewhere else.
    "Humana | For-Profit | ~17M | All 50 | No",
    "CBAP | IIBA | $350 to $650 | 3 hours and 30 minutes",
    "Codex CLI | Yes | Over 3 minutes",
    "Vue",
    "W EIGHT",
    "Towner Eastbourne 23 May – 28 September 2025",
    "valid November 26 – December 3, 2025.",
    "As of July 31, 2025, the FDA has received:",
    "Review Data is based on an update from 2 May, 2025",
]

# text, what each label dates
BYLINES = [
    ("Publié le 09/01/2018 à 12:21", [("published", "2018-01-09T12:21")]),
    ("Mis à jour il y a 2 h", [("modified", "2026-11-22T09:00:00+00:00")]),
    ("Par Jean Dupont | 9 janvier 2018 - 14:28", [("unknown", "2018-01-09T14:28")]),
    ("Par Jean Dupont, le 9 janvier 2018", [("unknown", "2018-01-09")]),
    (
        "Modifié le 10 mai 2018 à 12:00 Publié le 9 mai 2018",
        [("modified", "2018-05-10T12:00"), ("published", "2018-05-09")],
    ),
    (
        "Publié le 3 mai 2024 à 15h47, mis à jour à 16h02",
        [("published", "2024-05-03T15:47"), ("modified", "2024-05-03T16:02")],
    ),
    ("Posted on January 9, 2018 by Jane Doe", [("published", "2018-01-09")]),
    ("Posted by Jane Doe on January 9, 2018", [("published", "2018-01-09")]),
    ("Last updated on May 3, 2024 at 10:00 UTC", [("modified", "2024-05-03T10:00:00+00:00")]),
    ("Published 2 days ago • By Jane", [("published", "2026-11-20")]),
    ("5 min read • Jan 9, 2018", [("unknown", "2018-01-09")]),
    ("Stand: 03.05.2024, 15:47 Uhr", [("modified", "2024-05-03T15:47")]),
    ("Veröffentlicht am 3. Mai 2024", [("published", "2024-05-03")]),
    ("Aggiornato il 4 maggio 2024 alle 10:11", [("modified", "2024-05-04T10:11")]),
    ("Gepubliceerd op 3 mei 2024 om 15:47", [("published", "2024-05-03T15:47")]),
    ("Publicerad 3 maj 2024 kl 15.47", [("published", "2024-05-03T15:47")]),
    ("发布时间:2018-01-09 14:28", [("published", "2018-01-09T14:28")]),
    ("Опубликовано 9 января 2018", [("published", "2018-01-09")]),
    ("نُشر في 9 يناير 2018", [("published", "2018-01-09")]),
    (
        "เผยแพร่: 9 ม.ค. 2561 11:48 ปรับปรุง: 10 ม.ค. 2561 13:02",
        [("published", "2018-01-09T11:48"), ("modified", "2018-01-10T13:02")],
    ),
    # Labels behind their dates.
    (
        "2018.01.09 14:07 입력 2018.01.10 15:30 수정",
        [("published", "2018-01-09T14:07"), ("modified", "2018-01-10T15:30")],
    ),
    (
        "2018年1月9日 5:00公開 | 2018年1月10日 11:30更新",
        [("published", "2018-01-09T05:00"), ("modified", "2018-01-10T11:30")],
    ),
    ("9 Ocak 2018 yayınlandı, 10 Ocak 2018 güncellendi", [("published", "2018-01-09"), ("modified", "2018-01-10")]),
    ("2018-01-10 11:30 更新", [("modified", "2018-01-10T11:30")]),
    (
        "Posted at 6:30 AM, Jan 9, 2018 and last updated 2:15 PM, Jan 10, 2018",
        [("published", "2018-01-09T06:30"), ("modified", "2018-01-10T14:15")],
    ),
    ("Published Jan 9, 2018, 9:12 a.m. ET", [("published", "2018-01-09T09:12:00-05:00")]),
    # How long it takes to read, behind words of its own.
    ("9. Januar 2018, 14:28 Uhr | Lesezeit: 3 Min.", [("unknown", "2018-01-09T14:28")]),
    (
        "Publié le 9 janvier 2018 | Mis à jour le 10 janvier 2018 | Temps de lecture : 3 min",
        [("published", "2018-01-09"), ("modified", "2018-01-10")],
    ),
]


@pytest.mark.parametrize(("text", "language", "timezone", "value", "precision", "zone"), READ)
def test_reads_a_date(text: str, language: str, timezone: str | None, value: str, precision: str, zone: str) -> None:
    languages = (language,) if language else ()
    moment = dates.parse(text, reference=FETCHED, languages=languages, timezone=timezone)
    assert moment is not None
    assert (moment.isoformat(), moment.precision, moment.zone) == (value, precision, zone)
    assert moment.raw == text


@pytest.mark.parametrize("text", NOT_DATES)
@pytest.mark.parametrize("languages", [(), ("en",)])
def test_refuses_what_is_no_date(text: str, languages: tuple[str, ...]) -> None:
    assert dates.parse(text, reference=FETCHED, languages=languages) is None


@pytest.mark.parametrize(("text", "found"), BYLINES)
def test_tells_published_from_modified(text: str, found: list[tuple[str, str]]) -> None:
    language = ("de",) if "Stand" in text else ("fr",) if "/" in text else ()
    moments = dates.parse_byline(text, reference=FETCHED, languages=language)
    assert [(moment.role, moment.isoformat()) for moment in moments] == found


def test_parse_prefers_what_is_labelled_published() -> None:
    moment = dates.parse("Modifié le 10 mai 2018 Publié le 9 mai 2018", reference=FETCHED)
    assert moment is not None
    assert moment.isoformat() == "2018-05-09"


def test_an_hour_that_clocks_skip_moves_on_and_one_that_comes_twice_is_the_first() -> None:
    skipped = dates.parse("31/03/2024 02:30", reference=FETCHED, languages=("fr",), timezone="Europe/Paris")
    twice = dates.parse("27/10/2024 02:30", reference=FETCHED, languages=("fr",), timezone="Europe/Paris")
    assert skipped is not None
    assert twice is not None
    assert skipped.isoformat() == "2024-03-31T03:30:00+02:00"
    assert twice.isoformat() == "2024-10-27T02:30:00+02:00"


def test_ages_across_a_change_of_clocks_count_real_hours() -> None:
    read_at = datetime(2024, 3, 31, 6, 0, tzinfo=UTC)
    moment = dates.parse("8 hours ago", reference=read_at, timezone="Europe/Paris")
    assert moment is not None
    assert moment.isoformat() == "2024-03-30T23:00:00+01:00"


def test_a_naive_reference_and_an_unknown_zone_are_errors() -> None:
    with pytest.raises(ValueError, match="reference must be aware"):
        dates.parse("2018-01-09", reference=datetime(2026, 11, 22))
    with pytest.raises(ValueError, match="unknown time zone"):
        dates.parse("2018-01-09", reference=FETCHED, timezone="Europe/Nowhere")


def test_equal_references_on_two_zones_keep_their_own_days() -> None:
    utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    east = utc.astimezone(__import__("zoneinfo").ZoneInfo("Asia/Tokyo"))
    assert dates.parse("1 day ago", reference=utc).isoformat() == "2026-11-21"  # type: ignore[union-attr]
    assert dates.parse("1 day ago", reference=east).isoformat() == "2026-11-22"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ["a" * 10**6, " " * 10**6, "1" * 10**6, "2 " * 500_000, "2018-01-09" * 100_000, "ü" * 10**6, "\u202e" * 10**6],
)
def test_a_text_of_any_length_is_read_or_refused(text: str) -> None:
    assert dates.parse(text, reference=FETCHED) is None


def test_blank_around_a_date_does_not_hide_it() -> None:
    moment = dates.parse(" " * 500_000 + "2 jours ago" + "\n" * 499_989, reference=FETCHED)
    assert moment is not None
    assert moment.isoformat() == "2026-11-20"


_LANGUAGES = [
    "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fil", "fr",
    "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ky",
    "lo", "lt", "lv", "mk", "ml", "mr", "ms", "my", "nb", "ne", "nl", "nn", "pa", "pl", "pt", "ro", "ru", "si",
    "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh", "en",
]  # fmt: skip


@settings(deadline=None)
@given(
    language=st.sampled_from(_LANGUAGES),
    day=st.dates(min_value=datetime(1990, 1, 1).date(), max_value=datetime(2026, 11, 20).date()),
    width=st.sampled_from(["long", "full", "medium"]),
)
def test_reads_back_the_days_that_cldr_writes(language: str, day: datetime, width: str) -> None:
    text = format_date(day, width, locale=language)
    moment = dates.parse(text, reference=FETCHED, languages=(language,))
    assert moment is not None, text
    assert moment.value.date() == day


@settings(deadline=None)
@given(
    moment=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2026, 11, 20)),
    offset=st.integers(min_value=-48, max_value=56),
    spec=st.sampled_from(["seconds", "minutes", "milliseconds"]),
)
def test_reads_back_iso_8601(moment: datetime, offset: int, spec: str) -> None:
    from datetime import timezone

    aware = moment.replace(tzinfo=timezone(timedelta(minutes=15 * offset)))
    read = dates.parse(aware.isoformat(timespec=spec), reference=FETCHED)
    assert read is not None
    assert abs(read.value - aware) < timedelta(minutes=1)
    assert read.value.utcoffset() == aware.utcoffset()


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "\ue916 10.10.2006", "2006-10-10"),
        ("en", '"2025-12-17T13:22:47Z"', "2025-12-17T13:22:47+00:00"),
        ("en", "2025-12-13 10:00:00 +0000 UTC", "2025-12-13T10:00:00+00:00"),
        ("en", "2025-12-13 10:00:00 EST", "2025-12-13T10:00:00-05:00"),
        ("en", "2025-12-13 10:00:00 abc", None),
        ("fr", "9 janvier 2018, 15 h 07 min 30 s TU", "2018-01-09T15:07:30+00:00"),
        ("fr", "7 juill. 2017", "2017-07-07"),
        ("bg", "9 януари 2018\u202fг., 15:07:00 ч. UTC", "2018-01-09T15:07:00+00:00"),
        ("zh", "2016年6月26日 UTC 15:07:00", "2016-06-26T15:07:00+00:00"),
        ("ar", "الجمعة 8 فيفري 2019", "2019-02-08"),
        ("ar", "9 يوليوز 2018", "2018-07-09"),
        ("ar", "9 كانون الثاني/يناير 2018", "2018-01-09"),
        ("en", "9 May June 2018", None),
        ("eu", "18/1/9", "2018-01-09"),
        ("ko", "18. 1. 9.", "2018-01-09"),
        ("es", "18/1/9", None),
        ("en", "March 27:1942", None),
        ("en", "Sat 9 2018", None),
        ("de", "Fre 5 2018", None),
    ],
)
def test_reads_rarer_writings_and_refuses_their_likes(language: str, text: str, value: str | None) -> None:
    moment = dates.parse(text, reference=FETCHED, languages=(language,))
    assert (moment.isoformat() if moment else None) == value
