"""Files of sites: what they may hold, and that each mistake is told with its line."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscraper.sites.lines import lines_of
from newsscraper.sites.table import TableError, find, read

WHOLE = """
[defaults]
language = "fr"
every = "30min"

[example]
url = "https://www.example.com/"
timezone = "Europe/Paris"
article_url = '-\\d+\\.html$'
exclude = ["/sponsored/", "/horoscope/"]
feeds = "/feed"
render = "needed"
text = "div.story"
remove = [".promo", "//aside[@data-x]"]
authors = ".by a"

[example.sections]
cloud = "/cloud"

["news.other.org"]
start_url = "news.other.org"
language = "de"
every = "auto"
"""


def written(folder: Path, text: str, name: str = "sites.toml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def mistakes(folder: Path, text: str, name: str = "sites.toml") -> list[str]:
    file = written(folder, text, name)
    with pytest.raises(TableError) as caught:
        read(file)
    return [mistake.removeprefix(f"{file}:") for mistake in caught.value.mistakes]


def test_tables_declare_sites(tmp_path: Path) -> None:
    example, other = read(written(tmp_path, WHOLE))
    assert (example.table, example.name, example.start_url) == ("example", "example.com", "https://www.example.com/")
    assert (example.language, example.timezone, example.every) == ("fr", "Europe/Paris", 1800)
    assert example.article_url is not None
    assert example.article_url.search("/a-12.html")
    assert [pattern.pattern for pattern in example.exclude] == ["/sponsored/", "/horoscope/"]
    assert (example.feeds, example.render, example.sections) == (("/feed",), "needed", {"cloud": "/cloud"})
    assert example.rules.text == ("div.story",)
    assert example.rules.remove == (".promo", "//aside[@data-x]")
    assert (other.table, other.name, other.language, other.every) == ("news.other.org", "other.org", "de", None)


def test_addresses_one_a_line_declare_sites(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeff# ours\nwww.example.com\n\nhttps://other.org/news # a comment\n", "sites.txt")
    assert [(site.name, site.start_url) for site in read(file)] == [
        ("example.com", "https://www.example.com/"),
        ("other.org", "https://other.org/news"),
    ]


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = '''language = "fr"

[defaults]
rendr = "needed"
url = "https://x.example/"

[one]
url = "https://one.org/"
athors = ".by"
text = [
    "div.story",   # [not a table]
    "div[",
]
every = 30

[two]
url = "ftp://two.example/"
timezone = "Paris"
description = """
//meta[
"""

[three]
feeds = ["/feed"]
language = "French"

[four]
url = "https://www.one.org/"

[five]
url = "https://five.org/"
[six]
url = "https://www.five.org/"
'''
    found = mistakes(tmp_path, text)
    said = dict.fromkeys(found)
    for line, words in (
        (1, "language stands in no table"),
        (4, r"unknown key rendr \(did you mean render\?\)"),
        (5, "url cannot be a default"),
        (9, r"unknown key athors \(did you mean authors\?\)"),
        (10, r"text: the CSS selector 'div\[' does not parse"),
        (14, r"every = 30 is not a length of time"),
        (17, "'ftp://two.example/' is not a web address"),
        (18, "timezone = 'Paris' is not a time zone"),
        (19, "description: the XPath '//meta.' does not parse: Invalid expression"),
        (23, "the site has no address"),
        (25, "language = 'French' is not a language"),
        (27, r"four is the same site \(one.org\) as one in line 7"),
        (32, r"six is the same site \(five.org\) as five in line 30"),
    ):
        match = next((one for one in said if re.match(rf"{line}: .*{words}", one)), None)
        assert match, (line, words, "\n".join(found))
        said.pop(match)
    assert not said


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("[a]\nurl = 'x.example'\nurl = 'y.example'\n", "sites.toml", r"3: this is not TOML: Cannot overwrite a value"),
        ("[a]\nurl = \n", "sites.toml", r"2: this is not TOML: Invalid value"),
        (
            "[www.example.com]\nurl = 'www.example.com'\n",
            "sites.toml",
            r"1: a name with dots .*\[\"www",
        ),
        ("", "sites.toml", r" it names no site"),
        ("# none\n", "sites.txt", r" it names no site"),
        ("www.a.example\nno address\n", "sites.txt", r"2: 'no address' is not a web address"),
        ("www.a.org\nhttps://a.org/news\n", "sites.txt", r"2: https://a.org/news is the same site \(a.org\) as https"),
        ("[a]\nurl = 'x.example'\nsections = ['/a']\n", "sites.toml", r"3: sections = \['/a'\] must give each"),
        (
            "[a]\nurl = 'x.example'\nremove = 'p::text'\n",
            "sites.toml",
            r"3: remove: .* whole elements are wanted",
        ),
        ("[a]\nurl = 'x.example'\ntitle = 'count(//p)'\n", "sites.toml", r"3: title: .* finds a number"),
        (
            "[a]\nurl = 'x.example'\narticle_url = '('\n",
            "sites.toml",
            r"3: article_url = '\(' is not a regular",
        ),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, text: str, name: str, words: str) -> None:
    (found,) = mistakes(tmp_path, text, name)
    assert re.match(words, found), found


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"[a]\nurl = '\xe9'\n")
    for name, words in (
        ("none.toml", "No such file"),
        ("latin.toml", ":2: it is no text in UTF-8"),
        ("", "a directory"),
    ):
        with pytest.raises(TableError, match=words):
            read(tmp_path / name)


def test_one_site_of_a_file_is_found_whatever_the_others_say(tmp_path: Path) -> None:
    file = written(tmp_path, WHOLE + '\n[broken]\nurl = "https://broken.example/"\ntitel = "h1"\n')
    assert find(f"{file}#example").name == "example.com"
    assert find(f"{file}#other.org").name == "other.org"
    for place, words in (
        (f"{file}#exmple", r"no site 'exmple' \(did you mean example\?\)"),
        (f"{file}", "which site"),
        (f"{file}#broken", "unknown key titel"),
    ):
        with pytest.raises(TableError, match=words):
            find(place)


def test_a_table_may_name_a_spider_and_outrank_it(tmp_path: Path) -> None:
    spiders = {"silicon": {"start_url": "https://www.silicon.fr/", "language": "fr", "feeds": ("/feed",)}}
    text = '[defaults]\nlanguage = "en"\ntimezone = "Europe/Rome"\n[s]\nspider = "silicon"\nfeeds = "/rss"\n'
    (site,) = read(written(tmp_path, text), spiders=spiders.__getitem__)
    assert (site.spider, site.name, site.language, site.timezone, site.feeds) == (
        "silicon",
        "silicon.fr",
        "fr",
        "Europe/Rome",
        ("/rss",),
    )


VALUES = st.recursive(
    st.one_of(
        st.integers(),
        st.booleans(),
        st.text("ab[]{}#\n\"' =.", max_size=8),
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ",\n  # ] comment\n".join(_toml(one) for one in value) + "\n]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"""\n{escaped}"""' if "\n" in value else f'"{escaped}"'
    return str(value)


@given(st.lists(st.tuples(st.text("ab. ", min_size=1, max_size=4), VALUES), max_size=6, unique_by=lambda pair: pair[0]))
def test_lines_are_those_of_the_file(pairs: list[tuple[str, object]]) -> None:
    text, lines = "[t]\n", {("t",): 1}
    for key, value in pairs:
        lines["t", key] = text.count("\n") + 1
        text += f'"{key}" = {_toml(value)}\n'
    assert tomllib.loads(text)["t"].keys() == dict(pairs).keys()
    assert lines_of(text) == lines
