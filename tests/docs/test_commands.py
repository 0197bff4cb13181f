"""The commands of README and docs are run as written, against a local site. What is not run is listed with a reason."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsscraper.demo import Newsroom, Site
from tests.archives.making import warc

from .pages import CHECKOUT, PAGES, RUNNABLE, Command, blocks, commands
from .shell import Shell, is_as_printed, missing_program

# Pages whose blocks another test runs, with checks of its own.
ELSEWHERE = {
    ("tutorial.md", "bash"): "tests/docs/test_tutorial.py",
    ("tutorial.md", "console"): "tests/docs/test_tutorial.py",
    ("tutorial.md", "python"): "tests/docs/test_tutorial.py",
    ("reading.md", "bash"): "tests/docs/test_reading.py",
    ("reading.md", "python"): "tests/docs/test_reading.py",
    ("output.md", "python"): "tests/pipelines/test_reading.py",
    ("store.md", "python"): "tests/store/test_reading.py",
    ("python.md", "python"): "tests/test_python.py",
    ("rules.md", "python"): "tests/sites/test_rules_page.py",
    ("addon.md", "python"): "tests/foreign/test_addon.py",
    ("followers.md", "python"): "tests/exports/test_followers.py",
}
# Commands that are not run, by how they begin, and why.
NOT_RUN = {
    "git ": "needs a repository or changes it",
    "cd newsscraper": "only for what is around it",
    "pip install": "needs the internet; tests have all extras",
    "scrapy crawl silicon": "needs the internet; tests/spiders crawls the demo newsroom with it",
    "scrapy demo": "tests/demo",
    "scrapy fleet sites.txt": "three sites, or a service that runs until it is stopped: tests/fleet",
    "scrapy fleet status sites.txt": "the tutorial runs it",
    "scrapy fleet sites.toml --ray": "tests/fleet starts clusters",
    "scrapy fleet sites.toml --store": "a service that runs until it is stopped: tests/fleet",
    "scrapy archive s3://": "tests/archives reads a bucket and a server",
    "scrapy archive warc.paths --to s3://": "tests/archives starts a cluster and a bucket",
    "scrapy export --to parquet tables-of-archives/": "tests/exports/test_archived.py",
    "scrapy export --to postgresql": "tests/exports starts a server",
    "scrapy export --to parquet tables-of-all/ --store": "tests/exports",
    "valgrind": "is not installed for the tests",
    "callgrind_annotate": "is not installed for the tests",
    "ray start": "tests/fleet starts clusters",
    "sudo ": "changes the machine",
    "useradd": "changes the machine",
    "chown": "changes the machine",
    "cp /root/sites.toml": "changes the machine",
    "cp deploy/": "copies what tests/commands/test_scheduling.py and tests/fleet/test_deploy.py verify",
    "cd /srv": "a folder of the machine",
    "systemctl": "changes the machine; the units are verified",
    "journalctl": "reads the machine's log",
    "curl http://localhost:6800": "asks that server",
    "make ": "test_pages.py asks make whether it knows these",
    "python benchmarks/": "takes minutes and data of one's own; test_pages.py checks files and options",
    "python -m benchmarks.": "takes minutes; test_pages.py checks files and options",
    "python -m newsscraper.dates.gathering": "writes a file of the package; tests/dates",
    "(cd /tmp/before": "takes minutes",
}


def _runnable() -> Iterator[Command]:
    for page in PAGES:
        for block in blocks(page, *RUNNABLE):
            if (page.name, block.language) not in ELSEWHERE:
                yield from commands(block)


TO_RUN = [command for command in _runnable() if not command.text.startswith(tuple(NOT_RUN))]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Newsroom(articles=8, seed=4).serve() as site:
        yield site


@pytest.fixture(scope="module")
def crawled(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is after a crawl of the site, with the files that commands of the docs name."""
    folder = tmp_path_factory.mktemp("crawled")
    # Quick: pace is for strangers' servers.
    (folder / "quick.py").write_text("from newsscraper.settings import *\n\nAUTOTHROTTLE_ENABLED = False\n")
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = quick\n")
    article = next(iter(site.truth.values()))
    page = (CHECKOUT / "tests" / "pages" / "seed.html").read_bytes()
    (folder / "page.html").write_bytes(page)
    (folder / "saved-pages").mkdir()
    (folder / "saved-pages" / "one.html").write_bytes(page)
    (folder / "hosts.txt").write_text("example.com\n")
    (folder / "warcs").mkdir()
    for name in ("pages", "CC-NEWS-20261121", "warcs/one"):
        warc(folder / f"{name}.warc.gz", 2)
    (folder / "warc.paths").write_text("pages.warc.gz\n")
    (folder / "addresses.txt").write_text(f"{article.url}\n")
    with Shell(folder, {}) as shell:
        code, printed = shell.run(f"scrapy crawl news -a url={site.url}/ -s WARC=True")
        assert code == 0, printed
    (output,) = folder.glob("output/*/runs")
    (output.parent / "quarantine").mkdir()
    (output.parent / "quarantine" / "0123456789abcdef.html.gz").write_bytes(gzip.compress(page))
    return folder


def _replaced(site: Site) -> dict[str, str]:
    article = next(iter(site.truth.values()))
    folder = site.url.removeprefix("http://").replace(":", "_")
    return {
        r"https://www\.example\.com/20\d\d/[\w/.-]+": str(article.url),
        r"https://www\.example\.com": site.url,
        r"output/example\.com": f"output/{folder}",
        r"export example\.com": f"export {folder}",
        r"genspider -t news example www\.example\.com": f"genspider -t news example {site.url}/",
    }


ONE_SITE = '[example]\nurl = "https://www.example.com/"\n'
THREE_SITES = "".join(f"https://www.example.{end}/\n" for end in ("com", "org", "net"))


@pytest.mark.parametrize("page", sorted({command.block.page for command in TO_RUN}), ids=lambda page: page.name)
def test_commands_run_as_written(page: Path, site: Site, crawled: Path, tmp_path: Path) -> None:
    mine = [command for command in TO_RUN if command.block.page == page]
    home = tmp_path / "home"
    shutil.copytree(crawled, home, ignore=shutil.ignore_patterns("newsscraper"))
    if any(command.text.startswith("scrapy genspider") for command in mine):
        shutil.copytree(CHECKOUT / "newsscraper", home / "newsscraper")  # a new spider goes into the package
    tables = [block.text for block in blocks(page, "toml")]
    with Shell(home, _replaced(site)) as shell:
        (home / "sites.toml").write_text(shell.here(tables[0] if tables else ONE_SITE))
        (home / "sites.txt").write_text(THREE_SITES)
        for command in mine:
            _run(shell, command)


def _run(shell: Shell, command: Command) -> None:
    if program := missing_program(command.text):
        pytest.skip(f"{program} is not installed")
    code, printed = shell.run(command.text)
    assert code == 0, f"{command.block}: {command.text}\n{printed}"
    assert "Traceback" not in printed, f"{command.block}: {command.text}\n{printed}"
    if command.printed:
        assert is_as_printed(shell.here(command.printed), printed), f"{command.block}: {command.text}\n{printed}"


def test_what_is_not_run_is_there_still() -> None:
    texts = [command.text for page in PAGES for block in blocks(page, "bash", "console") for command in commands(block)]
    assert [start for start in NOT_RUN if not any(text.startswith(start) for text in texts)] == []


def test_what_other_tests_run_is_there_still() -> None:
    for (page, language), test in ELSEWHERE.items():
        (path,) = (path for path in PAGES if path.name == page)
        assert blocks(path, language), f"{page} has no block in {language}"
        assert page in (CHECKOUT / test).read_text("utf-8"), f"{test} says nothing of {page}"
