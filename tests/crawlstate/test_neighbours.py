from __future__ import annotations

from pathlib import Path

import pytest

from newsscraper.crawlstate.neighbours import SIMILAR, bands, similarity
from newsscraper.digest import signature

from .builders import NOW, article, opened

AGENCY = (
    "La compagnie a annoncé mardi la suppression de 1 200 postes dans ses usines du nord du pays, une décision "
    "que les syndicats jugent incompréhensible au regard des bénéfices publiés au printemps. Le plan, présenté "
    "lors d’un comité extraordinaire, prévoit la fermeture de deux lignes d’assemblage avant la fin de l’année "
    "prochaine et le transfert d’une partie de la production vers un site plus récent. La direction assure "
    "qu’aucun départ contraint n’aura lieu avant janvier et promet un accompagnement individuel à chaque salarié "
    "concerné. Le ministre de l’Industrie a demandé à rencontrer les représentants du personnel dès cette "
    "semaine. À la Bourse, le titre gagnait trois pour cent à l’ouverture avant de se replier dans l’après-midi."
)
REWORKED = (
    AGENCY.replace("mardi", "ce mardi 22 novembre").replace("trois pour cent", "3 %").replace("jugent", "trouvent")
)
OTHER = (
    "La compagnie a présenté jeudi ses résultats du troisième trimestre, supérieurs aux attentes des analystes "
    "grâce à la vigueur des ventes en Asie. Le chiffre d’affaires progresse de huit pour cent, tiré par les "
    "nouveaux modèles lancés avant l’été, tandis que la marge recule légèrement sous l’effet du prix des matières"
    " premières. La direction relève sa prévision pour l’année entière et compte ouvrir une trentaine de points "
    "de vente supplémentaires d’ici au printemps."
)


def test_the_same_story_under_another_address_names_the_first(tmp_path: Path):
    first, second = article(1, text=AGENCY), article(2, text=REWORKED, title="Another headline")
    third = article(3, text=AGENCY.replace("nord", "sud"))
    with opened(tmp_path) as state:
        assert state.near_duplicate(first) is None
        state.delivered([first], NOW)
        second.duplicate_of = state.near_duplicate(second)
        assert second.duplicate_of == first.id
        state.delivered([second], NOW)
        assert state.near_duplicate(third) == first.id, "the root, not the copy of a copy"
        assert state.near_duplicate(first) is None, "never itself, nor what repeats it"
        assert state.near_duplicate(article(4, text=OTHER)) is None


def test_what_is_on_its_way_to_disk_counts(tmp_path: Path):
    first, second = article(1, text=AGENCY), article(2, text=REWORKED)
    with opened(tmp_path) as state:
        state.expect(first)
        assert state.near_duplicate(second) == first.id
        assert state.near_duplicate(first) is None


def test_a_changed_text_is_found_by_its_new_words(tmp_path: Path):
    first = article(1, text=AGENCY)
    with opened(tmp_path) as state:
        state.delivered([first], NOW)
        state.delivered([article(1, text=OTHER, revision=2)], NOW)
        assert state.near_duplicate(article(2, text=AGENCY)) is None
        assert state.near_duplicate(article(2, text=OTHER)) == first.id


def test_short_texts_are_duplicates_only_word_for_word(tmp_path: Path):
    with opened(tmp_path) as state:
        first = article(1, title="Video", text="Watch the video.")
        state.delivered([first], NOW)
        assert state.near_duplicate(article(2, title="Video", text="Watch the video!")) == first.id
        assert state.near_duplicate(article(2, title="Video", text="Watch this video.")) is None


def test_long_words_are_words(tmp_path: Path):
    with opened(tmp_path) as state:
        for number in range(3):
            story = article(number, text=" ".join(f"unabhängigkeitserklärung{number}nummer{n}" for n in range(80)))
            assert state.near_duplicate(story) is None
            state.delivered([story], NOW)


def test_languages_without_spaces_are_compared_too(tmp_path: Path):
    text = "東京都は二十二日、来年度の予算案を発表した。防災対策に重点を置き、河川の改修や避難所の整備を進める方針だ。"
    with opened(tmp_path) as state:
        first = article(1, text=text)
        state.delivered([first], NOW)
        assert state.near_duplicate(article(2, text=text.replace("二十二日", "二十三日"))) == first.id
        assert (
            state.near_duplicate(
                article(3, text="大阪では新しい駅の工事が始まり、周辺の商店街では再開発への期待が高まっている。" * 2)
            )
            is None
        )


def test_signatures_are_the_same_on_every_machine():
    # They are kept on disk: another value here means that the index of every site must be built anew.
    assert bands(signature(AGENCY))[0] == FIRST_BAND


FIRST_BAND = -7692759270706403317


@pytest.mark.parametrize("other", [AGENCY, REWORKED])
def test_similarity(other: str):
    assert similarity(signature(AGENCY), signature(other)) > SIMILAR
