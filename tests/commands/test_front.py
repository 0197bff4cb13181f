"""The first contact: the list of commands, and the answers to mistakes in commands, options and settings."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import scrapy.commands

import newsscraper
from newsscraper.commandline.installation import EXTRAS, _clock, _disk, _output, _requirements
from newsscraper.commandline.listing import OURS
from newsscraper.commandline.parsing import doubtful_settings
from tests.hostile.crawling import ROOT

COMMANDS = ROOT / "newsscraper" / "commands"


def run(program: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", program, *arguments]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SCRAPY")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("program", ["scrapy", "newsscraper"])
def test_our_commands_are_listed_first_with_a_line_each(program: str) -> None:
    done = run(program)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"  {program} COMMAND" in done.stdout
    listed = re.findall(r"^  ([a-z]+) +\S", done.stdout.split("Commands of newsscraper:")[1], flags=re.MULTILINE)
    assert tuple(listed[: len(OURS)]) == OURS
    assert {"list", "shell", "settings"} <= set(listed[len(OURS) :])
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_every_command_that_scrapy_lacks_is_among_ours() -> None:
    own = {path.stem for path in COMMANDS.glob("*.py") if "class Command(" in path.read_text("utf-8")}
    scrapys = {path.stem for path in Path(scrapy.commands.__file__).parent.glob("*.py")}
    assert own - scrapys <= set(OURS) <= own


def test_versions() -> None:
    done = run("newsscraper", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith(f"newsscraper {newsscraper.__version__} (Scrapy {scrapy.__version__}, Python 3.")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["crwl"], "newsscraper: there is no command 'crwl'; did you mean crawl?"),
        (["frobnicate"], "newsscraper: there is no command 'frobnicate'; newsscraper lists the commands"),
        (["--verison"], "newsscraper: unknown option --verison; did you mean --version?"),
        (["extract", "a.html", "--explian"], "newsscraper extract: unknown option --explian; did you mean --explain?"),
        (["fetch", "--heders", "x"], "newsscraper fetch: unknown option --heders; did you mean --headers?"),
        (["archive", "x", "--limit", "few"], "newsscraper archive: argument --limit: invalid int value: 'few'"),
        (["export", "--to", "parket", "x"], "newsscraper export: there is no format 'parket'; did you mean parquet?"),
        (
            ["report", "now"],
            "newsscraper report: this command takes options only, not 'now'; see newsscraper report -h",
        ),
        (["demo", "now"], "newsscraper demo: this command takes options only, not 'now'"),
        (["why"], "newsscraper why: name one address, as in: newsscraper why https://www.example.com/a-story"),
        (["genspider", "-t", "news", "a b!", "x.example"], "newsscraper genspider: 'a b!' cannot be the name"),
        (["genspider", "news"], "newsscraper genspider: name the spider and its site, as in: newsscraper genspider -t"),
        (
            ["genspider", "-t", "nws", "a", "x.example"],
            "newsscraper genspider: there is no template 'nws'; did you mean",
        ),
        (["crawl", "news", "-s", "LOG_LEVEL"], "newsscraper crawl: Invalid -s value, use -s NAME=VALUE"),
    ],
)
def test_a_mistake_is_answered_in_one_line(arguments: list[str], line: str, tmp_path: Path) -> None:
    done = run("newsscraper", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


def test_help_names_the_program_as_it_was_called() -> None:
    assert "  newsscraper extract [options]" in run("newsscraper", "extract", "-h").stdout
    assert "  scrapy extract [options]" in run("scrapy", "extract", "-h").stdout


def test_a_misspelt_setting_is_told_and_the_command_goes_on() -> None:
    done = run("scrapy", "list", "-s", "OUTPUT_DIRS=x", "-s", "MY_OWN_LIMIT=3")
    assert done.returncode == 0
    assert done.stderr == "scrapy list: there is no setting OUTPUT_DIRS; did you mean OUTPUT_DIR?\n"
    assert "silicon" in done.stdout


def test_settings_that_scrapy_and_its_extensions_read_are_not_doubted() -> None:
    """A setting without a default is known to nobody but the part that reads it."""
    folders = [Path(scrapy.__file__).parent, Path(scrapy.__file__).parents[1] / "scrapy_playwright"]
    read = {
        name
        for folder in folders
        for path in folder.rglob("*.py")
        for name in re.findall(r"settings(?:\.get\w*\(|\[)\s*\"([A-Z_]+)\"", path.read_text("utf-8"))
    }
    assert len(read) > 100
    read.discard("CONCURRENT_REQUESTS_PER_IP")  # Scrapy reads it to say that it has gone
    assert doubtful_settings(sorted(read)) == []


# --- doctor ---


def test_doctor_finds_nothing_that_prevents_a_crawl_here(tmp_path: Path) -> None:
    done = run("scrapy", "doctor", "-s", f"OUTPUT_DIR={tmp_path / 'new'}")
    assert done.returncode == 0, done.stdout
    assert "Nothing of this prevents a crawl." in done.stdout
    assert re.search(r"^WARNING +contact ", done.stdout, flags=re.MULTILINE)
    assert not (tmp_path / "new").exists()


def test_doctor_as_json_with_a_folder_that_takes_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("scrapy", "doctor", "--json", "-s", f"OUTPUT_DIR={tmp_path / 'file'}", "-s", "CONTACT=a@example.org")
    assert done.returncode == 1
    states = {finding["name"]: finding["state"] for finding in json.loads(done.stdout)}
    assert states["output folder"] == "ERROR"
    assert states["contact"] == "OK"
    assert {f"extra {name}" for name in EXTRAS} <= states.keys()


def test_doctor_judges_settings_clock_and_disk(tmp_path: Path) -> None:
    done = run("scrapy", "doctor", "-s", "EXTRACTION_WORKERS=many")
    assert done.returncode == 1
    assert "ERROR    settings       EXTRACTION_WORKERS is 'many'" in done.stdout
    for year, state in ((1970, "WARNING"), (2026, "OK"), (2099, "WARNING")):
        assert _clock(datetime(year, 11, 22, tzinfo=UTC)).state == state
    assert _disk(tmp_path / "none" / "yet").state in {"OK", "WARNING"}
    assert _output(tmp_path / "none" / "yet").text.endswith("(the first crawl makes it)")


def test_doctor_knows_every_extra_of_the_package() -> None:
    extras = {extra for extra, _ in _requirements()}
    assert extras == {"", *EXTRAS}
