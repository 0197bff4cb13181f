"""The demo newsroom: what it says, and that its pages show what it claims to be true."""

import re
from datetime import UTC, datetime, timedelta
from itertools import combinations
from urllib.request import urlopen

import pytest
from lxml import etree, html

import newsscraper
from newsscraper.demo import Newsroom, Site
from newsscraper.demo.amp import gmt_with_local_offset
from newsscraper.demo.newsroom import PARIS
from newsscraper.demo.story import Story
from newsscraper.demo.theme import SITE_NAME
from newsscraper.demo.writing import write_stories

OPENED_AT = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom(articles=200, seed=1, opened_at=OPENED_AT, clock=lambda: OPENED_AT)


def _page(url: str) -> html.HtmlElement:
    with urlopen(url, timeout=10) as response:
        return html.fromstring(response.read())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_same_seed_and_opening_give_the_same_stories(room: Newsroom) -> None:
    assert Newsroom(articles=200, seed=1, opened_at=OPENED_AT).stories == room.stories
    assert Newsroom(articles=200, seed=2, opened_at=OPENED_AT).stories != room.stories


def test_ages_go_from_minutes_to_years(room: Newsroom) -> None:
    ages = [OPENED_AT - story.published for story in room.stories]
    assert ages == sorted(ages)
    assert timedelta(minutes=2) < ages[0] < timedelta(minutes=10)
    assert timedelta(days=4 * 365) < ages[-1] < timedelta(days=6 * 366)
    assert sum(age < timedelta(days=1) for age in ages) >= 20
    assert sum(timedelta(days=1) < age < timedelta(days=365) for age in ages) >= 60
    assert all(story.published <= story.modified <= OPENED_AT for story in room.stories)


def test_has_every_awkward_shape(room: Newsroom) -> None:
    public = [story for story in room.stories if not story.password]
    lengths = sorted(len(story.text) for story in public)
    assert len(public) == 200
    assert len(room.stories) == 201
    assert lengths[0] < 300
    assert lengths[-1] > 15_000
    assert [len(story.parts) for story in public if len(story.parts) > 1] == [3]
    kinds = {block.kind for story in public for part in story.parts for block in part}
    assert kinds == {"paragraph", "heading", "list", "quote", "table", "code", "figure", "see-also"}
    assert any(story.comments for story in public)
    assert any(story.credit for story in public)
    assert any(story.picture is None for story in public)
    assert any(story.modified > story.published for story in public)


def test_no_two_stories_resemble_each_other_but_the_ones_that_should(room: Newsroom) -> None:
    shingles = {
        story.number: {tuple(words[i : i + 4]) for words in [_words(story.text)] for i in range(len(words) - 3)}
        for story in room.stories
    }
    repeats = {frozenset((story.number, story.repeats)) for story in room.stories if story.repeats}
    assert len(repeats) == 1
    for one, other in combinations(shingles, 2):
        shared = len(shingles[one] & shingles[other]) / len(shingles[one] | shingles[other])
        assert (shared > 0.8) if {one, other} in repeats else (shared < 0.25), (one, other)
    by_title = [story.title for story in room.stories if story.number not in {s for pair in repeats for s in pair}]
    assert len(set(by_title)) == len(by_title)


def test_pages_show_the_truth(room: Newsroom) -> None:
    with room.serve() as site:
        for story in site.stories[:12]:
            expected = site.expected(story)
            for suffix in ("", "/amp"):
                page = _page(site.url + story.path + suffix)
                body = page.find_class("artl-cnt" if suffix else "entry-content")[0]
                if story.password:
                    assert "mot de passe" in body.text_content()
                    assert page.xpath("//input[@name='post_password']")
                    continue
                shown = body.text_content()
                for block in story.parts[0]:
                    for line in block.lines():
                        assert all(" ".join(cell.split()) in " ".join(shown.split()) for cell in line.split(" | "))
                assert page.xpath("string(//h1[contains(@class, 'title')])") == expected.title
                links = page.find_class("amp-category" if suffix else "cat-links")[0].xpath(".//a/text()")
                assert links == expected.categories


def test_pages_of_a_split_article_hold_it_in_order(room: Newsroom) -> None:
    with room.serve() as site:
        story = next(story for story in site.stories if len(story.parts) > 1)
        text = []
        for suffix in ("", "/2", "/3"):
            page = _page(site.url + story.path + suffix)
            text += [p.text_content() for p in page.xpath("//div[@class='entry-content']/p[not(@class)]")]
            assert len(page.find_class("post-page-numbers")) == 3
        expected = [b.text for part in story.parts for b in part if b.kind == "paragraph"]
        assert text == expected
        assert _page(f"{site.url}{story.path}/2?amp=1").xpath("//html[@amp]")
        first, repeated = (_page(f"{site.url}{story.path}{s}").find_class("artl-cnt")[0] for s in ("/amp", "/amp/2"))
        assert first.text_content() == repeated.text_content()


def test_amp_clock_is_wrong_and_the_plain_one_right(room: Newsroom) -> None:
    with room.serve() as site:
        story = next(story for story in site.stories if not story.password)
        amp = _page(f"{site.url}{story.path}/amp")
        plain = _page(site.url + story.path)
        data = next(text for text in amp.xpath("//script/text()") if "NewsArticle" in text)
        wrong = datetime.fromisoformat(re.search(r'"datePublished": "([^"]+)"', data)[1])  # type: ignore[index]
        right = datetime.fromisoformat(plain.xpath("//time/@datetime")[0])
        assert right == story.published
        assert right - wrong == right.utcoffset() == timedelta(hours=2)
    assert gmt_with_local_offset(datetime.fromisoformat("2026-01-05T00:30:00+01:00")) == "2026-01-04T23:30:00+01:00"


def test_recent_posts_say_how_old_they_are_now(room: Newsroom) -> None:
    now = OPENED_AT
    late = Newsroom(articles=12, seed=3, opened_at=OPENED_AT, clock=lambda: now)
    with late.serve() as site:
        link = site.url + site.stories[5].path
        newest = site.stories[0]
        before = _page(f"{link}/amp").find_class("loop-date")[0].text
        now = newest.published + timedelta(days=2, hours=3)
        after = _page(f"{link}/amp").find_class("loop-date")[0].text
    assert re.fullmatch(r"\d+ minutes? ago", before)
    assert after == "2 jours ago"
    assert newest.published < OPENED_AT


def _listed(site: Site, path: str) -> list[str]:
    """Follow a list from page to page and return the addresses it leads to."""
    found: list[str] = []
    url: str | None = site.url + path
    while url:
        page = _page(url)
        found += page.xpath("//h2[contains(@class, 'entry-title')]/a/@href")
        url = next(iter(page.xpath("//a[contains(@class, 'next')]/@href")), None)
    return found


def test_home_page_and_sections_lead_to_every_story(room: Newsroom) -> None:
    def addresses(stories: list[Story]) -> list[str]:
        return [site.url + story.path for story in stories]

    with room.serve() as site:
        assert _listed(site, "/") == addresses(site.stories)
        cloud = [story for story in site.stories if "Cloud" in story.categories]
        assert _listed(site, "/cloud-1370") == addresses(cloud)


def test_sitemaps_name_every_story(room: Newsroom) -> None:
    import gzip

    with room.serve() as site:
        with urlopen(f"{site.url}/robots.txt", timeout=10) as response:
            robots = response.read().decode()
        index = re.search(r"Sitemap: (\S+)", robots)
        assert index
        assert "Crawl-delay" not in robots
        found = []
        for address in _locations(index[1]):
            with urlopen(address, timeout=10) as response:
                body = response.read()
            if address.endswith(".gz"):
                body = gzip.decompress(body)
            found += etree.fromstring(body).xpath("//*[local-name()='loc']/text()")
        assert {site.url + story.path for story in site.stories} <= set(found)


def _locations(url: str) -> list[str]:
    with urlopen(url, timeout=10) as response:
        return etree.fromstring(response.read()).xpath("//*[local-name()='loc']/text()")  # type: ignore[no-any-return]


def test_feed_holds_the_ten_newest(room: Newsroom) -> None:
    with room.serve() as site, urlopen(f"{site.url}/feed/", timeout=10) as response:
        feed = etree.fromstring(response.read())
        assert feed.xpath("//item/link/text()") == [site.url + story.path for story in site.stories[:10]]
        assert feed.xpath("//item/guid/text()") == [f"{site.url}/?p={story.number}" for story in site.stories[:10]]


def test_feeds_hold_whole_texts_with_a_closing_line(room: Newsroom) -> None:
    with room.serve() as site:
        for path in ("/feed", "/thematique/data-ia-1372/feed"):
            with urlopen(site.url + path, timeout=10) as response:
                items = etree.fromstring(response.read()).findall(".//item")
            assert len(items) == 10
            for item in items:
                story = next(story for story in site.stories if site.url + story.path == item.findtext("link"))
                told = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
                whole = html.fromstring(f"<div>{told}</div>").text_content()
                if not story.password:
                    shown = [block.text for block in story.parts[0] if block.kind == "paragraph"]
                    assert all(" ".join(text.split()) in " ".join(whole.split()) for text in shown)
                assert whole.rstrip().endswith(f"The post {story.title} appeared first on {SITE_NAME}.")
                assert "thematique" not in path or "Data & IA" in story.categories


@pytest.mark.parametrize(
    ("shape", "form", "section", "feed"),
    [
        ("2018", r"/[a-z0-9-]+-\d+\.html", "/data-ia", "/data-ia/feed"),
        (
            "2024",
            r"/Thematique/[a-z0-9-]+-\d+/Breves/[A-Za-z0-9-]+--\d+\.htm",
            "/Thematique/data-ia-1372",
            "/Thematique/data-ia-1372/feed",
        ),
        ("2026", r"/[a-z0-9-]+-\d+/[a-z0-9-]+-\d+", "/data-ia-1372", "/thematique/data-ia-1372/feed"),
    ],
)
def test_has_three_shapes_of_addresses(shape: str, form: str, section: str, feed: str) -> None:
    with Newsroom(articles=40, seed=2, opened_at=OPENED_AT, clock=lambda: OPENED_AT, shape=shape).serve() as site:
        assert all(re.fullmatch(form, story.path) for story in site.stories)
        data = [site.url + story.path for story in site.stories if "Data & IA" in story.categories]
        assert _listed(site, section) == data
        with urlopen(site.url + feed, timeout=10) as response:
            assert etree.fromstring(response.read()).xpath("//item/link/text()") == data[:10]
        for story in site.stories[:3]:
            assert _page(f"{site.url}{story.path}/amp").xpath("string(//link[@rel='canonical']/@href)") == (
                site.url + story.path
            )


def test_pictures_stand_in_the_month_of_their_upload(room: Newsroom) -> None:
    with room.serve() as site:
        for record in list(site.truth.values())[:20]:
            month = (record.date_published or "")[:7].replace("-", "/")
            assert all(f"/wp-content/uploads/{month}/" in image.url for image in record.images)


def test_a_newsroom_of_one_article() -> None:
    with Newsroom(articles=1).serve() as site:
        assert len(site.truth) == 1
        assert len(site.stories) == 2


def test_no_articles_are_refused() -> None:
    with pytest.raises(ValueError, match="needs an article"):
        Newsroom(articles=0)


def test_a_page_behind_a_password_is_told_from_an_article(room: Newsroom) -> None:
    with room.serve() as site:
        protected = next(story for story in site.stories if story.password)
        for suffix in ("", "/amp"):
            with urlopen(site.url + protected.path + suffix, timeout=10) as response:
                article = newsscraper.extract(response.read(), url=site.url + protected.path + suffix)
            assert "not-an-article: no article: behind a password" in article.extraction.warnings


def test_no_article_is_published_at_the_stroke_of_midnight() -> None:
    opened_at = datetime(2026, 11, 22, 9, 30, tzinfo=PARIS)
    story = write_stories(20, 7, opened_at)[5].published
    into_the_day = timedelta(hours=story.hour, minutes=story.minute, seconds=story.second)
    moved = write_stories(20, 7, opened_at - into_the_day)[5].published
    assert (moved.hour, moved.minute, moved.second) == (0, 0, 1)
