"""The article that the project began with: one AMP page of silicon.fr, as it stood on 30 June 2024."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsscraper import extract
from newsscraper.article import Article, validate

PAGE = Path(__file__).with_name("pages") / "seed.html"
URL = "https://www.silicon.fr/les-ambitions-contrariees-de-huawei-aux-etats-unis-195342.html"
FETCHED_AT = datetime(2024, 6, 30, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def article() -> Article:
    return extract(PAGE.read_bytes(), url=f"{URL}/amp", fetched_at=FETCHED_AT)


def test_is_named_by_the_canonical_url(article: Article) -> None:
    validate(article)
    assert (article.url, article.source_url, article.site) == (URL, f"{URL}/amp", "silicon.fr")


def test_title_and_categories(article: Article) -> None:
    assert article.title == "Les ambitions contrariées de Huawei aux Etats-Unis"
    assert article.categories == ["Mobilité", "Smartphones"]
    assert article.language == "fr"


def test_text_is_the_ten_paragraphs_and_nothing_else(article: Article) -> None:
    assert article.text
    paragraphs = article.text.split("\n\n")
    assert len(paragraphs) == 10
    beginnings = (
        "La volonté de Huawei de percer",
        "Le troisième vendeur de smartphones",
        "Mais l’annonce ne s’est pas concrétisée",
        "L’opérateur mobile ne précise pas",
        "Les modèles de smartphones de Huawei",
        "Néanmoins, le Huawei Mate 10 Pro",
        "Une déclinaison de luxe",
        "Sur la partie de son business mobile",
        "Pourquoi AT&T exprimerait",
        "Ses équipements de réseaux",
    )
    assert [p for p, start in zip(paragraphs, beginnings, strict=True) if not p.startswith(start)] == []
    assert paragraphs[0].endswith("risque d’être contrariée à cause d’AT&T.")
    assert paragraphs[-1].endswith("régulièrement pointés du doigt comme ZTE.")


def test_photo_credit_belongs_to_the_picture(article: Article) -> None:
    assert [image.credit for image in article.images] == ["Huawei"]


def test_recent_posts_are_dated_from_the_day_of_fetching(article: Article) -> None:
    assert [(post.title, post.raw, (post.date or "")[:10]) for post in article.recent_posts] == [
        ("IA générative : l’Autorité de la concurrence pointe de sérieux risques", "2 jours ago", "2024-06-28"),
        ("OpenAI signe un accord de contenu avec Time", "2 jours ago", "2024-06-28"),
        ("Atos : David Layani (Onepoint) veut sortir du capital", "2 jours ago", "2024-06-28"),
        ("Évaluer les LLM, un défi : le cas Hugging Face", "4 jours ago", "2024-06-26"),
        ("Mozilla face au dilemme de la GenAI dans Firefox", "4 jours ago", "2024-06-26"),
        ("VMware tente d’orienter vers VCF les déploiements pré-Broadcom", "4 jours ago", "2024-06-26"),
    ]
    assert all(post.excerpt and post.url and post.precision == "day" for post in article.recent_posts)


def test_date_of_publication(article: Article) -> None:
    assert (article.date_published or "")[:10] == "2018-01-09"
