"""What a spider's attributes and ``-a site=`` declare, and the line that says what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from scrapy.exceptions import UsageError

from newsscraper.sites.site import Site
from newsscraper.spiders.news import NewsSpider


class ExampleSpider(NewsSpider):
    name = "example"
    start_url = "https://www.example.com/"
    exclude = r"/(sponsored|horoscope)/"
    text = "div.story-body"
    remove = (".promo", "//aside[@data-x]")
    every = "2h"
    _own = "title"
    colours: ClassVar = ["red"]


def test_attributes_and_a_table_declare_the_same(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_text("""
[example]
url = "https://www.example.com/"
exclude = '/(sponsored|horoscope)/'
text = "div.story-body"
remove = [".promo", "//aside[@data-x]"]
every = "2h"
""")
    of_spider = ExampleSpider().declared()
    of_table = NewsSpider(site=f"{file}#example").declared()
    assert of_spider.rules.remove == (".promo", "//aside[@data-x]")
    for name in ("start_url", "name", "exclude", "rules", "every", "render"):
        assert getattr(of_spider, name) == getattr(of_table, name)


def test_a_table_outranks_the_spider_that_it_names(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_text('[e]\nspider = "example"\nevery = "30min"\n')
    declared = ExampleSpider(site=f"{file}#e").declared()
    assert (declared.every, declared.rules.text) == (1800, ("div.story-body",))
    with pytest.raises(UsageError, match="this table is for scrapy crawl example, not news"):
        NewsSpider(site=f"{file}#e")


def test_a_site_can_be_handed_over_from_python() -> None:
    spider = NewsSpider(site=Site("https://www.example.com/", "example.com", language="fr"))
    assert (spider.start_url, spider.site, spider.declared().language) == (
        "https://www.example.com/",
        "example.com",
        "fr",
    )


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"athors": ".by"}, r"Wrong.athors is not an attribute .*\(did you mean authors\?\)"),
        ({"date_published": "time"}, r"did you mean published\?"),
        ({"timezon": "Europe/Paris"}, r"did you mean timezone\?"),
        ({"text": "div["}, r"spider wrong: text: the CSS selector 'div\[' does not parse"),
        ({"text": "div::text"}, "where whole elements are wanted"),
        ({"authors": 3}, "authors = 3 must be a text or a list of texts"),
        ({"remove": {".a": 1}}, "remove = .* must be a text or a list of texts"),
        ({"render": "sometimes"}, "render = 'sometimes' can be never, needed, always"),
        ({"timezone": "Paris"}, "timezone = 'Paris' is not a time zone"),
        ({"article_url": "("}, "not a regular expression"),
        ({"revise_on_extra": "yes"}, "must be true or false"),
    ],
)
def test_a_wrong_attribute_is_one_line(attributes: dict[str, object], words: str) -> None:
    wrong = type("Wrong", (NewsSpider,), {"name": "wrong", "start_url": "https://www.example.com/", **attributes})
    with pytest.raises(UsageError, match=words) as caught:
        wrong()
    assert "\n" not in str(caught.value)


def test_which_site_is_said_once(tmp_path: Path) -> None:
    site = Site("https://www.example.com/", "example.com")
    with pytest.raises(UsageError, match="both say which site"):
        NewsSpider(site=site, url="https://www.example.com/")
    with pytest.raises(UsageError, match="refine must be a method"):
        type("Wrong", (ExampleSpider,), {"refine": "article"})()


def test_a_wrong_table_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_text('[e]\nurl = "www.example.com"\ntitel = "h1"\n')
    with pytest.raises(UsageError, match=r"sites.toml:3: unknown key titel \(did you mean title\?\)"):
        NewsSpider(site=f"{file}#e")
    with pytest.raises(UsageError, match="it cannot be read: No such file"):
        NewsSpider(site="nowhere.toml#e")
