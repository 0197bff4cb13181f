"""README and docs: each block is of a kind that is checked, links lead somewhere, what is named is there."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import scrapy.commands
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

from newsscraper.article import FIELD_NAMES, json_schema
from newsscraper.sites.table import read
from newsscraper.spiders.declarations import lookup

from .pages import CHECKOUT, PAGES, README, RUNNABLE, blocks, commands, without_blocks

# What becomes of each kind of block: RUNNABLE ones are run, these are read by a test of this file.
CHECKED = ("cron", "ini", "json", "pycon", "text", "toml")
A_COMMAND = re.compile(r"^(\$ |scrapy |newsscraper |python |pip |make )", re.MULTILINE)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@each_page
def test_blocks_are_fenced_and_of_a_kind_that_is_checked(page: Path) -> None:
    assert {block.language for block in blocks(page)} <= {*RUNNABLE, *CHECKED}
    hidden = [block for block in blocks(page, "text") if A_COMMAND.search(block.text)]
    assert not hidden, f"commands that no test runs: {hidden}"
    # A block that is indented says no language: outside of lists there is none.
    assert not re.search(r"^(?![ *-]|\d+\.)[^\n]*\n\n {4}\S", without_blocks(page), re.MULTILINE)


@each_page
def test_examples_in_python_run(page: Path) -> None:
    source = "\n".join(block.text for block in blocks(page, "pycon"))
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert results.failed == 0, "".join(said)


@each_page
def test_tables_of_sites_have_no_mistake(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "toml"):
        (tmp_path / "sites.toml").write_text(block.text, "utf-8")
        assert read(tmp_path / "sites.toml", spiders=lookup(get_spider_loader(get_project_settings()))), str(block)


@each_page
def test_json_and_cron_are_what_they_say(page: Path) -> None:
    for block in blocks(page, "json"):
        json.loads(block.text)
    for block in blocks(page, "cron"):
        for line in block.text.splitlines():
            *when, command = line.split(None, 5)
            assert all(re.fullmatch(r"\*(/\d+)?|\d+(-\d+/\d+|,\d+)*", part) for part in when), line
            assert "%" not in command, "cron takes it for the end of the line"


@pytest.mark.parametrize("page", [*PAGES, CHECKOUT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", without_blocks(page))
    assert [t for t in targets if "://" not in t and not (page.parent / t).exists()] == []


def test_make_knows_its_targets() -> None:
    given = {command.text for page in PAGES for block in blocks(page, "bash") for command in commands(block)}
    for command in sorted(text for text in given if text.startswith("make ")):
        done = subprocess.run(
            ["bash", "-c", f"{command} --dry-run"], cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_benchmarks_have_the_options_that_the_docs_give_them() -> None:
    given = [command.text for page in PAGES for block in blocks(page, "bash") for command in commands(block)]
    for command in given:
        if match := re.search(r"\bpython (?:-m )?(benchmarks[/.]\w+)(?:\.py)?(.*)", command.partition("  #")[0]):
            source = "".join(path.read_text("utf-8") for path in (CHECKOUT / "benchmarks").glob(f"{match[1][11:]}*.py"))
            assert source, command
            missing = [option for option in re.findall(r"--[\w-]+", match[2]) if f'"{option}"' not in source]
            assert not missing, f"{command}: {missing}"


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path / "site")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 20
    loaded = r"<(?:link|script|img)\b[^>]*\b(?:href|src)=\"?https?://"
    assert [page for page in pages if re.search(loaded, page.read_text("utf-8"))] == [], "these load from the network"


def test_readme_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) < 150


def test_readme_shows_a_record_as_it_is() -> None:
    (record,) = (json.loads(block.text) for block in blocks(README, "json"))
    schema = json_schema()
    schema["$defs"]["Article"].pop("required", None)
    jsonschema.validate(record, schema)
    assert list(record) == [name for name in FIELD_NAMES if name in record]
    assert {"id", "url", "title", "text", "authors", "date_published", "dates", "images"} <= set(record)


def test_readme_names_every_command_of_the_project() -> None:
    folder = CHECKOUT / "newsscraper" / "commands"
    own = {path.stem for path in folder.glob("*.py") if "class Command(" in path.read_text("utf-8")}
    scrapys = {path.stem for path in Path(scrapy.commands.__file__).parent.glob("*.py")}
    shown = {command.text.split()[1] for block in blocks(README, "bash") for command in commands(block)}
    assert own - scrapys <= shown
    assert {"list", "crawl", "genspider"} <= shown
