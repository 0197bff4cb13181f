# ruff: noqa: E501
from __future__ import annotations

import pytest

from newsscraper.extraction import structured
from newsscraper.extraction.metadata import description, language

from .builders import document, json_ld, page
from .themes import PROSE


def read(html: str, **kwargs: dict[str, str]) -> str | None:
    doc = document(html, **kwargs)  # type: ignore[arg-type]
    return language.read(doc, structured.read(doc))


@pytest.mark.parametrize(("lang", "code"), [("fr-FR", "fr"), ("nb_NO", "no"), ("iw", "he"), ("PT-br", "pt")])
def test_declared(lang: str, code: str) -> None:
    assert read(page(lang=lang)) == code


def test_declared_elsewhere() -> None:
    assert read(page('<meta property="og:locale" content="de_DE">', lang="")) == "de"
    assert read(page(json_ld('{"@type":"Article","headline":"x","inLanguage":"es-MX"}'), lang="")) == "es"
    assert read(page(lang=""), headers={"content-language": "it"}) == "it"
    assert read(page(lang="x-default")) is None


@pytest.mark.parametrize("written", ["fr", "de", "es", "it"])
def test_a_theme_that_always_says_english_is_overruled(written: str) -> None:
    assert read(page("", "".join(f"<p>{text}</p>" for text in PROSE[written] * 2), lang="en-US")) == written


def test_english_with_foreign_names_stays_english() -> None:
    text = (
        "<p>The film “Le Fabuleux Destin d’Amélie Poulain” is shown in the city, and it is the best of all of them.</p>"
    )
    assert read(page("", text * 4, lang="en")) == "en"


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("東京で新しい鉄道が開業し、沿線の住民は期待している。" * 10, "en", "ja"),
        ("신문은 어제 새로운 철도가 개통되었다고 전했다. " * 10, "en", "ko"),
        ("Газета сообщает, что новая железная дорога открыта. " * 10, "en", "ru"),
        ("Газета повідомляє, що нову залізницю відкрито їм. " * 10, "en", "uk"),
        ("Вестникът съобщава, че новата железница е открита. " * 10, "bg", "bg"),
        ("أعلنت الصحيفة أن السكك الحديدية الجديدة قد افتتحت. " * 10, "en", "ar"),
    ],
)
def test_scripts(text: str, lang: str, code: str) -> None:
    assert read(page("", f"<p>{text}</p>", lang=lang)) == code


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ('<meta name="description" content="Un contrat de trois ans."><meta property="og:description" content="Un contrat…">',
         "Un contrat de trois ans."),
        ('<meta name="description" content="R&amp;amp;D : l&#039;accord">', "R&D : l'accord"),
        ('<meta property="og:description" content="Les ambitions">', None),
        ('<meta name="description" content="">', None),
    ],
)  # fmt: skip
def test_description(head: str, told: str | None) -> None:
    doc = document(page(head))
    assert description.read(doc, structured.read(doc), "Les ambitions") == told
