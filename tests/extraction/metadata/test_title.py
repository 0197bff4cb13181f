# ruff: noqa: E501
from __future__ import annotations

import pytest

from newsscraper.extraction import structured
from newsscraper.extraction.metadata import title

from .builders import document, json_ld, page

PROSE = "<p>Une phrase assez longue pour être du texte, et une autre pour faire bonne mesure.</p>" * 3


def read(head: str, body: str, **kwargs: str) -> tuple[str | None, str | None]:
    doc = document(page(head, body), **kwargs)
    found, element = title.read(doc, structured.read(doc))
    return found, None if element is None else element.tag


def read_title(head: str, body: str) -> str | None:
    return read(head, body)[0]


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


@pytest.mark.parametrize(
    ("stated", "heading", "headline"),
    [
        (
            "Wie Betriebe ihre Leute schützen",
            "<span>Abstand und Masken</span> : <span>Wie Betriebe ihre Leute schützen</span>",
            "Wie Betriebe ihre Leute schützen",
        ),
        (
            "Datenschutz: Was ein neues Siegel taugt - DBM",
            "Datenschutz: Was ein neues Siegel taugt<span>Datum: 26.01.2022 Meldung: 6/2022</span>",
            "Datenschutz: Was ein neues Siegel taugt",
        ),
        (
            "Abnehmen ohne Hunger: Was die Forschung weiß",
            "<span>Abnehmen ohne Hunger</span><span>Was die Forschung weiß</span>",
            "Abnehmen ohne Hunger: Was die Forschung weiß",
        ),
        (
            "Les ambitions contrariées | Chroniques | Le Journal",
            "Les ambitions contrariées <span>Abonnés</span>",
            "Les ambitions contrariées",
        ),
    ],
)
def test_of_a_heading_in_pieces_the_page_says_which_are_the_headline(stated: str, heading: str, headline: str) -> None:
    head = f'<title>{stated}</title><meta property="og:title" content="{stated}">'
    assert read(head, f"<h1>{heading}</h1>{PROSE}") == (headline, "h1")


def test_a_heading_that_shares_little_with_two_accounts_of_the_page_is_a_sections() -> None:
    told = json_ld('{"@type":"Article","headline":"Chips Sector Update, Fall 2025"}')
    head = f'{told}<meta property="og:title" content="Chips Sector Update, Fall 2025">'
    assert read(head, f"<h1>Market Updates</h1>{PROSE}")[0] == "Chips Sector Update, Fall 2025"


@pytest.mark.parametrize(
    ("kind", "heading", "headline"),
    [
        ("NewsArticle", "Festival star allowed to play her songs after all", "Festival star's row seems to be over"),
        ("BlogPosting", "Why the star's row was over so fast", "Why the star's row was over so fast"),
        ("NewsArticle", "Festival star's row seems to be over, say friends", "Festival star's row seems to be over, say friends"),
        ("NewsArticle", "row seems to be over", "row seems to be over"),
    ],
)  # fmt: skip
def test_a_news_desks_two_accounts_outvote_a_heading_that_says_otherwise(
    kind: str, heading: str, headline: str
) -> None:
    told = json_ld(f'{{"@type":"{kind}","headline":"Festival star\'s row seems to be over"}}')
    head = f'{told}<meta property="og:title" content="Festival star\'s row seems to be over">'
    assert read(head, f"<h1>{heading}</h1>{PROSE}") == (headline, "h1")


def test_without_heading_an_account_ends_where_another_does() -> None:
    told = json_ld('{"@type":"NewsArticle","headline":"Les ambitions contrariées"}')
    head = f'{told}<meta property="og:title" content="Les ambitions contrariées | Télécoms | Asie">'
    assert read(head, PROSE)[0] == "Les ambitions contrariées"


@pytest.mark.parametrize("tail", ["-新华网", "_国际_新华网", "——新华网"])
def test_in_scripts_without_spaces_the_sites_name_follows_without_any(tail: str) -> None:
    assert (
        read(f"<title>武汉的声音：有英勇的你，才有英雄的城！{tail}</title>", PROSE)[0]
        == "武汉的声音：有英勇的你，才有英雄的城！"
    )


def test_an_organisation_that_is_named_as_the_headline_does_not_take_it_away() -> None:
    told = json_ld(
        '[{"@type":"NewsArticle","headline":"Neues Gesetz gegen Hass im Netz"},{"@type":"Organization","name":"Neues Gesetz gegen Hass im Netz"}]'
    )
    assert read(told, f"<h1>Neues Gesetz gegen Hass im Netz</h1>{PROSE}")[0] == "Neues Gesetz gegen Hass im Netz"


def test_a_paragraph_within_a_heading_is_the_headline_all_the_same() -> None:
    told = '<meta property="og:title" content="Les ambitions contrariées">'
    assert read(told, f"<h1><p>Les ambitions contrariées</p></h1>{PROSE}") == ("Les ambitions contrariées", "h1")


def test_of_several_first_headings_in_the_text_none_passes_for_the_headline() -> None:
    head = '<title>What do people love about it?</title><meta property="og:title" content="What do people love about it? | A Blog">'
    assert read(head, f"{PROSE}<h1>But what they love is the sense of freedom and versatility</h1>{PROSE}")[0] == (
        "What do people love about it?"
    )


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        ("Local news | Example Post", "Port board rebuilds the breakwater"),
        ("Home", "Valley finds the money for a second bridge"),
        ("Opinion and analysis | Example Post", "Why the old lock in Aldermere still matters to us all"),
        ("Nachrichten", "Alte Schleuse bekommt neue Tore"),
    ],
)
def test_a_title_that_names_the_section_does_not_beat_the_headline(told: str, heading: str) -> None:
    head = f'<title>{told}</title><meta property="og:site_name" content="Example Post">'
    menu = '<ul><li><a href="/opinion/">Opinion and analysis</a></li><li><a href="/sport/">Sport</a></li></ul>'
    assert read_title(head, f"{menu}<h1>{heading}</h1><p>{'A sentence of the text. ' * 20}</p>") == heading


def test_a_title_that_says_more_than_the_heading_is_the_headline() -> None:
    body = f"<h1>Your paper on the coast since 1890</h1><p>{'A sentence of the text. ' * 20}</p>"
    told = "Port board of Aldermere rebuilds the old northern breakwater"
    assert read_title(f"<title>{told}</title>", body) == told


@pytest.mark.parametrize(
    "told",
    [
        "국회, 예산안 통과-정치ㅣ한국의소식",
        "국회, 예산안 통과 - 정치 ㅣ 한국의소식",
        "국회, 예산안 통과ㅣ한국의소식",
        "국회, 예산안 통과 │ 한국의소식",
    ],
)
def test_names_of_site_and_section_behind_a_headline_in_hangul(told: str) -> None:
    head = f'<meta property="og:title" content="{told}"><meta property="og:site_name" content="한국의소식">'
    menu = '<ul><li><a href="/politics/">정치</a></li><li><a href="/sport/">스포츠</a></li></ul>'
    assert read_title(head, f"{menu}<p>{'국회는 화요일에 예산안을 통과시켰다. ' * 20}</p>") == "국회, 예산안 통과"


def test_a_kicker_above_the_headline_that_both_accounts_hold_stays() -> None:
    whole = "Water levels: Old lock gets new gates"
    head = f'<meta property="og:title" content="{whole}">' + json_ld(f'{{"@type":"NewsArticle","headline":"{whole}"}}')
    text = f"<p>{'A sentence of the text. ' * 20}</p>"
    assert read_title(head, f"<p>Water levels</p><h1>Old lock gets new gates</h1>{text}") == whole
    assert read_title(head, f"<h1>Old lock gets new gates</h1>{text}") == "Old lock gets new gates"


@pytest.mark.parametrize(
    "home",
    [
        "<a href=/>The Daily Quay</a>",
        "<a href=https://www.journal.example/><img src=logo.svg alt='The Daily Quay'></a>",
        "<nav><a href=/world>World</a> <a href=https://www.journal.example> The  Daily Quay </a></nav>",
    ],
)
def test_the_link_to_the_home_page_says_what_the_sites_name_is(home: str) -> None:
    head = "<title>Rain | The Daily Quay</title>"
    assert read_title(head, f"{home}<div>{PROSE}</div>") == "Rain"
