# ruff: noqa: E501
from __future__ import annotations

import pytest

from newsscraper.extraction import structured, title

from .builders import document, json_ld, page

PROSE = "<p>Une phrase assez longue pour être du texte, et une autre pour faire bonne mesure.</p>" * 3


def read(head: str, body: str, **kwargs: str) -> tuple[str | None, str | None]:
    doc = document(page(head, body), **kwargs)
    found, element = title.read(doc, structured.read(doc))
    return found, None if element is None else element.tag


@pytest.mark.parametrize(
    "written",
    [
        "Les ambitions contrariées | Le Journal",
        "Les ambitions contrariées - Le Journal",
        "Les ambitions contrariées – Le Journal",
        "Les ambitions contrariées &#8211; Page 2 &#8211; Le Journal",
        "Les ambitions contrariées « Le Journal",
        "Le Journal : Les ambitions contrariées",
        "Le Journal | Les ambitions contrariées",
    ],
)
def test_the_sites_name_is_not_of_the_title(written: str) -> None:
    head = f'<title>{written}</title><meta property="og:site_name" content="Le Journal">'
    if "Page 2" in written:
        assert read(head, f"<h1>Les ambitions contrariées</h1>{PROSE}")[0] == "Les ambitions contrariées"
    else:
        assert read(head, PROSE)[0] == "Les ambitions contrariées"


def test_a_dash_within_a_headline_stays() -> None:
    head = (
        '<title>Huawei – la chute d’un géant</title><meta property="og:title" content="Huawei – la chute d’un géant">'
    )
    assert read(head, f"<h1>Huawei – la chute d’un géant</h1>{PROSE}")[0] == "Huawei – la chute d’un géant"


@pytest.mark.parametrize(
    "masthead",
    [
        "<h1>Le Journal</h1>",
        '<h1 class="logo">LE JOURNAL</h1>',
        "<h1>Économie</h1>",
        "<h1></h1>",
        "<h1>{{ nav.title }}</h1>",
    ],
)
def test_a_masthead_is_not_the_headline(masthead: str) -> None:
    head = '<title>Les ambitions contrariées - Le Journal</title><meta property="og:site_name" content="Le Journal">'
    assert read(head, f"{masthead}<h1>Les ambitions contrariées</h1>{PROSE}") == ("Les ambitions contrariées", "h1")
    assert read(head, f'{masthead}<h2 class="entry-title">Les ambitions contrariées</h2>{PROSE}') == (
        "Les ambitions contrariées",
        "h2",
    )


def test_what_the_page_shows_is_believed_before_what_it_tells_networks() -> None:
    head = '<meta property="og:title" content="Ce que cache la chute de Huawei"><title>Huawei : la chute d’un géant</title>'
    assert (
        read(head, f"<h1>Huawei : la chute d’un géant chinois</h1>{PROSE}")[0] == "Huawei : la chute d’un géant chinois"
    )


def test_a_kicker_within_the_heading_is_cut() -> None:
    told = json_ld('{"@type":"NewsArticle","headline":"Les ambitions contrariées"}')
    head = f'{told}<meta property="og:title" content="Les ambitions contrariées">'
    assert (
        read(head, f"<h1><span>Télécoms</span> Les ambitions contrariées</h1>{PROSE}")[0] == "Les ambitions contrariées"
    )


def test_without_heading_the_pages_own_account_serves() -> None:
    assert read('<meta property="og:title" content="Les ambitions">', PROSE) == ("Les ambitions", None)
    assert read("", PROSE) == (None, None)


def test_line_breaks_and_scripts_in_a_heading() -> None:
    body = f"<h1>Les ambitions<br>contrariées <script>var a = 1</script><em>de</em> Hua<b>wei</b></h1>{PROSE}"
    assert read("", body)[0] == "Les ambitions contrariées de Huawei"


def test_french_keeps_its_no_break_spaces_and_other_spaces_become_plain() -> None:
    assert read("", f"<h1>Bourse\u00a0: 4\u202f730 postes\u00a0 en\u00a0moins\u200b</h1>{PROSE}")[0] == (
        "Bourse\u00a0: 4\u202f730 postes en moins"
    )


def test_a_script_without_spaces() -> None:
    head = "<title>東京で新しい鉄道が開業、沿線に期待 - 日本新聞</title>"
    assert (
        read(head, f"<h1>日本新聞</h1><h1>東京で新しい鉄道が開業、沿線に期待</h1>{PROSE}")[0]
        == "東京で新しい鉄道が開業、沿線に期待"
    )
