"""Whatever is sent: a record or an ExtractionError, within bounds, and one valid line of JSON."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsscraper
from newsscraper.article import validate
from newsscraper.extraction import ExtractionError, Page, read_page
from newsscraper.extraction.decoding import decode

SENTENCE = "Été comme hiver, la pluie tombe sur Brest – et personne ne s’en étonne. "
STORY = (
    "<html lang=fr><head><title>Pluie</title></head><body><article><h1>Pluie</h1>"
    + "".join(f"<p>{SENTENCE}{n}</p>" for n in range(6))
    + "</article></body></html>"
)


def read(html: bytes | str) -> str | None:
    """Read a page and check what must hold of any record; ``None`` where there is none."""
    try:
        reading = read_page(Page(html, url="https://example.com/pluie"), explain=True)
    except ExtractionError as error:
        assert str(error)  # noqa: PT017
        return None
    assert pickle.loads(pickle.dumps(reading)).kind == reading.kind
    if reading.article is None:
        return None
    validate(reading.article)
    line = reading.article.to_json()
    assert b"\n" not in line
    assert json.loads(line)["text"] == reading.article.text
    return reading.article.text


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("utf-8", None),
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=utf-8"),
        ("cp1252", None),
        ("utf-8-sig", "text/html; charset=ascii"),
        ("utf-16", None),
        ("utf-16-le", None),
        ("utf-32", None),
    ],
)
def test_encodings_and_lies_about_them(name: str, header: str | None) -> None:
    assert SENTENCE.strip() in decode(STORY.encode(name), header)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("雨が一日中降っていました。港は閉まったままです。", "shift_jis", "Shift_JIS"),
        ("雨が一日中降っていました。港は閉まったままです。", "euc_jp", "euc-jp"),
        ("北京今天下了一整天的雨。", "gb18030", "gb2312"),
        ("Сегодня весь день шёл дождь.", "cp1251", "windows-1251"),
        ("하루 종일 비가 내렸습니다.", "cp949", "euc-kr"),
    ],
)
def test_declared_encodings(text: str, name: str, label: str) -> None:
    assert text in decode(f"<meta charset='{label}'><p>{text}</p>".encode(name))


@pytest.mark.parametrize("label", ["", "<meta charset=utf-8>", "<meta charset=klingon-8>"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Où elle prévoyait déjà la grève, la mairie naïve à son tour s'étonne.", "cp1252"),
        ("La votación de mañana decidirá quién será el próximo alcalde del barrio.", "cp1252"),
        ("A eleição do próximo mês será às urnas, não há dúvida, e já começou.", "cp1252"),
        ("Die Straße über die Brücke bleibt für Fußgänger gesperrt – bis März.", "cp1252"),
        ("Sääennuste lupaa tänään räntää, ja tiellä pitää ajaa hitaasti.", "cp1252"),
        ("The mayor’s answer was short – “no”.", "cp1252"),
        ("It cost £20 in all", "cp1252"),
        ("Źródło podaje, że sześć dróg będzie zamkniętych.", "iso8859-2"),
        ("Příští týden začne oprava mostu přes řeku, říká město.", "cp1250"),
        ("İstanbul'da kar yağışı sürüyor, köprü kapandı.", "cp1254"),
        ("Сегодня весь день шёл дождь, и порт был закрыт.", "cp1251"),
    ],
)
def test_legacy_encodings_that_nobody_declares(text: str, name: str, label: str) -> None:
    assert text in decode(f"<html><head>{label}</head><body><p>{text}</p></body></html>".encode(name))


def test_text_encoded_twice_is_mended() -> None:
    twice = STORY.encode().decode("latin-1").encode()
    assert "s’en étonne" in (read(twice) or "")


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b" \n\t ",
        b"\0" * 5000,
        b"%PDF-1.7 binary",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        bytes(range(256)) * 200,
        b"<",
        b"<html",
        b"&" * 10000,
        b"<!--" * 10000,
        "<p>\ud800\udfff text with lone surrogates in it",
        "<p>a&#0;b&#1;c&#xD800;d&#xFFFF;e&#x110000;f and so on</p>" + STORY,
        STORY.replace("pluie", "pl\0uie"),
        b"<html><frameset><frame src=x></frameset></html>",
        "<script>" + "x = 1;" * 1000 + "</script>",
        "<title>Rain on Brest</title><object><h1>Rain on Brest</h1></object>",
        "<title>Rain on Brest</title><map><h1>Rain on Brest</h1></map><article><h1></h1></article>",
    ],
)
def test_odd_input(html: bytes | str) -> None:
    text = read(html)
    assert text is None or not any(ord(char) < 32 and char != "\n" for char in text)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300_000,
        STORY + "<span>" * 300_000,
        "<ul><li><b><table><tr><td>" * 30_000,
        "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">" + STORY,
        STORY + ("<p " + " ".join(f"a{n}" for n in range(2_000)) + ">x</p>") * 40,
        STORY + "<p " + " ".join(f"a{n}='>'" for n in range(50_000)) + ">x",
        STORY + "<p " + " ".join(f"a{n}='<'" for n in range(50_000)) + ">x",
        STORY
        + '<script type="application/ld+json">{"@type":"Article","articleBody":"'
        + "mot " * 300_000
        + '"}</script>',
        STORY + '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<p>" + "x" * 2_000_000,
        "<p>" + "a<br>" * 50_000,
        STORY + "<div class='" + " ".join(f"c{n}-related" for n in range(20_000)) + "'>x</div>",
    ],
    ids=lambda html: html[:20] + "…" + str(len(html)),
)
def test_bombs(html: str) -> None:
    read(html)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_torn_and_changed_pages(data: st.DataObject) -> None:
    page = bytearray(STORY.encode())
    for _ in range(data.draw(st.integers(0, 12))):
        place = data.draw(st.integers(0, len(page)))
        page[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    read(bytes(page[: data.draw(st.integers(0, len(page)))]))


PARTS = [
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table><tr>",
        "<td>",
        "<pre>",
        "<br>",
        "<ul>",
        "<li>",
        "<a href=/x>",
        "</a>",
        "<h2>",
    ),
    *("<article>", "<!--", "-->", "<svg>", "<button>", "<noscript>", "<template>", "</", "<p hidden>", "<figure><img>"),
    *(SENTENCE, "word ", "&nbsp;", "\0", "<script>", "</script>", "<main>", "<span class=share>"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PARTS), max_size=80))
def test_tag_soup(parts: list[str]) -> None:
    read("".join(parts))


def test_scripts_that_compare_do_not_swallow_the_page() -> None:
    script = "<script>" + "if (a <b && c > \"d) { e = 'f; }\n" * 6_000 + "</script>"
    assert (read(STORY.replace("<body>", f"<body>{script}")) or "").startswith(SENTENCE.strip())


@pytest.mark.parametrize(
    "head",
    [
        "<script>document.write('<noscript>');</script>",
        "<!-- <noscript> --><script>var open = '<noscript><img>';</script>",
        "<noscript><style>p{}</style></noscript><script>'</noscript><noscript>'</script>",
    ],
)
def test_what_a_script_says_of_noscript_ends_nothing(head: str) -> None:
    story = "".join(f"<p>On day {n} the harbour master counted the boats that had come loose.</p>" for n in range(8))
    html = f"<html><head><title>Boats</title>{head}</head><body><h1>Boats come loose</h1>{story}</body></html>"
    text = newsscraper.extract(html, url="https://www.example.com/boats-come-loose").text or ""
    assert text.count("harbour master") == 8
