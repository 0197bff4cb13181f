# ruff: noqa: E501
"""The pages of one article, read and joined: parts in order, the better source for each field."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsscraper.article import Article, Image, RecentPost, Rights, validate
from newsscraper.dates.claim import Claim
from newsscraper.extraction import read_page
from newsscraper.extraction.joining import join
from newsscraper.extraction.page import Page, Reading

from .builders import FETCHED

BASE = "https://www.journal.example/les-ambitions-404107.html"
PARTS = [
    [
        f"Le paragraphe {n} de la partie {part} parle longuement de ce qui a été décidé ce jour-là par le groupe."
        for n in (1, 2, 3)
    ]
    for part in (1, 2, 3)
]


def plain(number: int) -> str:
    links = " ".join(
        f'<span class="post-page-numbers current">Page {n}</span>' if n == number
        else f'<a class="post-page-numbers" href="{BASE}{"" if n == 1 else f"/{n}"}">Page {n}</a>'
        for n in (1, 2, 3)
    )  # fmt: skip
    own = BASE if number == 1 else f"{BASE}/{number}"
    body = "".join(f"<p>{text}</p>" for text in PARTS[number - 1])
    return (
        f'<html lang="fr"><head><title>Les ambitions – Le Journal</title><link rel="canonical" href="{own}"></head><body><article '
        f'class="hentry"><h1 class="entry-title">Les ambitions contrariées</h1><div class="entry-content">{body}<nav '
        f'class="page-links">{links}</nav></div><footer><time class="entry-date published" datetime="2024-06-28T12:27:28+02:00">28 juin'
        ' 2024</time> <a href="/category/mobilite" rel="category tag">Mobilité</a></footer></article></body></html>'
    )


def amp(number: int) -> str:
    body = "".join(f"<p>{text}</p>" for text in PARTS[number - 1])
    links = f'<span>1</span> <a href="{BASE}/2?amp=1"><span>2</span></a> <a href="{BASE}/3?amp=1"><span>3</span></a>'
    return (
        f'<html amp lang="fr"><head><link rel="canonical" href="{BASE}"><script type="application/ld+json">{{"@type":"NewsArticle",'
        f'"mainEntityOfPage":"{BASE}","headline":"Les ambitions contrariées","author":{{"@type":"Person","name":"Zoé Brûlé"}},'
        '"datePublished":"2024-06-28T10:27:28+02:00","articleBody":"…"}</script></head><body><h1 class="amp-post-title">Les ambitions '
        f'contrariées</h1><div class="artl-cnt">{body}<div class="ampforwp_post_pagination"><p><span>Page:</span> {links}</p></div></div>'
        '<div class="amp-tags"><span class="amp-tag"><a href="/tag/reseaux/amp">réseaux</a></span></div><div class="r-pf"><h3>Recent '
        'Posts</h3><div class="fsp"><h2><a href="/a/amp">Un nuage sur Lyon</a></h2><div class="loop-date">2 jours ago</div></div>'
        '<div class="fsp"><h2><a href="/b/amp">Des données en voyage</a></h2><div class="loop-date">4 jours ago</div></div></div>'
        "</body></html>"
    )


def read(html: str, url: str) -> Reading:
    return read_page(Page(html=html, url=url, fetched_at=FETCHED))


@pytest.fixture(scope="module")
def parts() -> list[Reading]:
    return [read(plain(1), BASE), read(plain(2), BASE + "/2"), read(plain(3), BASE + "/3")]


@pytest.fixture(scope="module")
def twin() -> Reading:
    return read(amp(1), BASE + "/amp")


WHOLE = "\n\n".join(text for part in PARTS for text in part)


def test_parts_are_put_in_order_under_the_first_ones_name(parts: list[Reading]) -> None:
    article = join([parts[2], parts[0], parts[1]])
    assert article.text == WHOLE
    assert (article.url, article.source_url) == (BASE, BASE)
    assert article.id == parts[0].article.id  # type: ignore[union-attr]
    validate(article)


def test_a_twin_fills_what_the_plain_page_lacks(parts: list[Reading], twin: Reading) -> None:
    article = join([twin, *parts])
    assert article.text == WHOLE
    assert article.source_url == BASE
    assert article.authors == ["Zoé Brûlé"]
    assert article.categories == ["Mobilité"]
    assert article.tags == ["réseaux"]
    assert [(post.title, post.date) for post in article.recent_posts] == [
        ("Un nuage sur Lyon", "2024-06-28"),
        ("Des données en voyage", "2024-06-26"),
    ]


def test_the_plain_pages_clock_wins(parts: list[Reading], twin: Reading) -> None:
    assert join([twin, *parts]).date_published == "2024-06-28T12:27:28+02:00"


def test_an_amp_part_that_repeats_the_first_adds_nothing(twin: Reading) -> None:
    repeated = read(amp(1), BASE + "/2?amp=1")
    article = join([twin, repeated])
    assert article.text == "\n\n".join(PARTS[0])
    assert article.url == BASE


def test_a_missing_plain_part_is_taken_from_the_twins(parts: list[Reading]) -> None:
    twins = [read(amp(n), BASE + ("/amp" if n == 1 else f"/{n}?amp=1")) for n in (1, 2, 3)]
    for number, reading in enumerate(twins, 1):
        reading.page_number = number
    assert join([parts[0], *twins]).text == WHOLE


def test_paragraphs_between_repeated_ones_may_be_quotes() -> None:
    first = Reading("article", article=Article(text="Un début commun à toutes les parties.\n\nLa fin."))
    second = Reading(
        "article",
        article=Article(text="Un début commun à toutes les parties.\n\nDu neuf.\n\nLa fin.\n\nEncore."),
        page_number=2,
    )
    assert (
        join([first, second]).text
        == "Un début commun à toutes les parties.\n\nLa fin.\n\nDu neuf.\n\nLa fin.\n\nEncore."
    )


def test_pictures_are_merged_whatever_their_size() -> None:
    one = Reading(
        "article", article=Article(url=BASE, images=[Image("https://a.b/i/x-1280x720.jpg", caption="Le siège")])
    )
    two = Reading(
        "article",
        article=Article(images=[Image("https://a.b/i/x.jpg", credit="Huawei"), Image("https://a.b/i/y.jpg")]),
        is_amp=True,
    )
    assert join([two, one]).images == [
        Image("https://a.b/i/x-1280x720.jpg", caption="Le siège", credit="Huawei"),
        Image("https://a.b/i/y.jpg"),
    ]


def test_what_one_page_forbids_is_forbidden() -> None:
    one = Reading("article", article=Article(rights=Rights(ai=True, evidence=["a"]), is_accessible_for_free=True))
    two = Reading(
        "article",
        article=Article(rights=Rights(ai=False, tdm_reserved=True, evidence=["b"]), is_accessible_for_free=False),
    )
    article = join([one, two])
    assert (article.rights.ai, article.rights.tdm_reserved, article.is_accessible_for_free) == (False, True, False)
    assert article.rights.evidence == ["a", "b"]


def test_descriptions_that_are_whole_win_over_cut_ones() -> None:
    one = Reading("article", article=Article(description="Un contrat de trois ans avec…"))
    two = Reading("article", article=Article(description="Un contrat."), is_amp=True)
    assert join([one, two]).description == "Un contrat."


def test_the_list_with_dates_wins() -> None:
    bare = Article(recent_posts=[RecentPost(title) for title in "abc"])
    dated = Article(recent_posts=[RecentPost("a", date="2024-06-28", raw="2 jours ago", precision="day")])
    assert (
        join([Reading("article", article=bare), Reading("article", article=dated, is_amp=True)]).recent_posts
        == dated.recent_posts
    )


def test_all_pages_claims_are_decided_together() -> None:
    moment = datetime.fromisoformat("2024-06-30T12:00:00+00:00").isoformat()
    bare = Reading(
        "article", article=Article(fetched_at=moment), claims=(Claim("published", "28 juin 2024", "visible"),)
    )
    finer = Reading(
        "article",
        article=Article(fetched_at=moment),
        page_number=2,
        claims=(Claim("published", "2024-06-28T12:27:28+02:00", "time", "time.published"),),
    )
    assert join([bare, finer]).date_published == "2024-06-28T12:27:28+02:00"


def test_nothing_to_join() -> None:
    with pytest.raises(ValueError, match="no record"):
        join([Reading("other")])
