"""README and docs: their examples run, their commands work as written, what they name is there."""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

import newsscraper
from newsscraper import settings
from newsscraper.article import json_schema
from newsscraper.demo import Newsroom, Site

CHECKOUT = Path(newsscraper.__file__).parents[1]
PAGES = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
README = PAGES[0].read_text("utf-8")


def _fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_in_python_run(page: Path) -> None:
    source = "\n".join(_fenced(page.read_text("utf-8"), "pycon"))
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert results.failed == 0, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert missing == []


def test_readme_shows_a_valid_record() -> None:
    (record,) = (json.loads(block) for block in _fenced(README, "json"))
    jsonschema.validate(record, json_schema())
    assert list(record) == list(newsscraper.article.FIELD_NAMES)
    assert record["title"]
    assert record["text"]
    assert record["date_published"]
    assert record["recent_posts"]


def test_readme_tells_settings_as_they_are() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (\S+|one per core) \|", README, flags=re.MULTILINE)
    assert len(rows) >= 5
    for name, default in rows:
        value = getattr(settings, name)
        shown = "one per core" if name == "EXTRACTION_WORKERS" else "none" if value is None else str(value)
        assert default.strip("`") == shown


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, for commands that write into it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(CHECKOUT / "newsscraper", folder / "newsscraper", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "scrapy.cfg", folder)
    return folder


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Newsroom(articles=6, seed=4).serve() as site:
        yield site


def _commands() -> list[str]:
    return [line for block in _fenced(README, "sh") for line in block.splitlines() if line]


def _run(command: str, project: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(project),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    return subprocess.run(
        ["/bin/bash", "-c", command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_readme_names_the_commands_of_the_first_day() -> None:
    """All of them are in docs/reference/commands.md: tests/test_reference.py."""
    shown = {command.split()[1] for command in _commands()}
    assert {"list", "crawl", "genspider", "extract", "why", "report", "export", "fleet", "archive", "demo"} <= shown


def test_commands_of_the_readme_work_as_written(project: Path, site: Site) -> None:
    """All of them but the one for silicon.fr, with the newsroom for www.example.com."""
    article = next(iter(site.truth.values()))
    for written in _commands():
        if written.startswith(("scrapy crawl silicon", "scrapy demo")):
            continue  # the one needs the internet, the other runs until Ctrl-C: tests/demo
        if "page.html" in written:
            (project / "page.html").write_bytes((CHECKOUT / "tests" / "pages" / "seed.html").read_bytes())
        if "sites.toml" in written:
            (project / "sites.toml").write_text('[example]\nurl = "https://www.example.com/"\n')
        command = written.replace("https://www.example.com/2026/11/an-article.html", str(article.url))
        command = command.replace("https://www.example.com/", f"{site.url}/")
        done = _run(command, project)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        if " list" in command:
            assert {"news", "silicon"} <= set(done.stdout.split())
        elif " crawl " in command:
            lines = [line for file in project.glob("output/*/*.jsonl") for line in file.read_text("utf-8").splitlines()]
            assert len(lines) == len(site.truth)
            for line in lines:
                jsonschema.validate(json.loads(line), json_schema())
        elif str(article.url) in command:
            assert json.loads(done.stdout)["title"] == article.title
        elif "--explain" in command:
            assert "consent" in done.stdout + done.stderr


def test_generated_spider_works_as_it_is(project: Path, site: Site) -> None:
    made = _run(f"scrapy genspider -t news voisin {site.url}/", project)
    assert made.returncode == 0, made.stderr
    assert "voisin" in _run("scrapy list", project).stdout.split()
    done = _run("scrapy crawl voisin -a limit=2 -O two.jsonl -s OUTPUT_DIR=elsewhere", project)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in (project / "two.jsonl").read_text("utf-8").splitlines()]
    # Two workers read them: which line comes first is theirs to settle.
    assert sorted(record["url"] for record in records) == sorted(list(site.truth)[:2])
