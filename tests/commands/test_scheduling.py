"""The examples in ``deploy/`` do what docs/scheduling.md says."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.crawling import ROOT, crawl
from tests.hostile.server import HostileServer, fixed, page

from .test_crawl import QUICK, newsroom

DEPLOY = ROOT / "deploy"


def checkout(folder: Path) -> Path:
    """A checkout as it lies on a server: the project's file, the examples, and an environment with ``scrapy``."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    scrapy = folder / ".venv" / "bin" / "scrapy"
    scrapy.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m scrapy "$@"\n')
    scrapy.chmod(0o755)
    shutil.copy(ROOT / "scrapy.cfg", folder)
    shutil.copytree(DEPLOY, folder / "deploy")
    return folder


def run_crawl_sh(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SCRAPY")}
    command = [str(home / "deploy" / "crawl.sh"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_crawl_sh_is_silent_when_all_is_well_and_speaks_up_when_not(tmp_path: Path) -> None:
    home = checkout(tmp_path)
    with HostileServer(newsroom()) as site:
        well = run_crawl_sh(home, "news", "-a", f"url={site.url}/", *QUICK)
    log = (home / "log" / "news.log").read_text()
    assert (well.returncode, well.stdout, well.stderr) == (0, "", ""), log
    assert "articles   3 new" in log
    assert "Spider closed (finished)" in log
    with HostileServer({"/": fixed(page("x"), status="500 Oops")}) as site:
        wrong = run_crawl_sh(home, "news", "-a", f"url={site.url}/", *QUICK)
    assert wrong.returncode == 1
    assert "ended with exit code 1" in wrong.stdout
    assert "nothing was crawled" in wrong.stdout
    assert run_crawl_sh(home, "nosuch").returncode == 3


def test_crontab_lines_are_cron_and_call_what_is_there() -> None:
    lines = [line for line in (DEPLOY / "crontab").read_text().splitlines() if line and not line.startswith("#")]
    variables = [line for line in lines if re.fullmatch(r"[A-Z_]+=\S+", line)]
    jobs = [line.split(None, 5) for line in lines if line not in variables]
    assert len(jobs) == 2
    for *when, command in jobs:
        assert all(re.fullmatch(r"\*|\d+(,\d+)*", part) for part in when)
        assert int(when[0]) not in {0, 30}
        assert "%" not in command, "cron takes it for the end of the line"
        script = command.split()[0].replace("/srv/newsscraper", str(ROOT))
        assert os.access(script, os.X_OK)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", ["newsscraper@.service", "newsscraper@.timer"])
def test_systemd_accepts_the_units(tmp_path: Path, unit: str) -> None:
    home = checkout(tmp_path / "srv")
    units = tmp_path / "units"
    units.mkdir()
    for name in ("newsscraper@.service", "newsscraper@.timer"):
        text = (DEPLOY / name).read_text().replace("/srv/newsscraper", str(home))
        (units / name.replace("@.", "@silicon.")).write_text(text)
    result = subprocess.run(
        [
            "systemd-analyze",
            "verify",
            "--man=no",
            "--recursive-errors=no",
            str(units / unit.replace("@.", "@silicon.")),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert not [line for line in result.stderr.splitlines() if "newsscraper@" in line], result.stderr


def test_systemd_takes_partial_and_locked_for_success() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read(DEPLOY / "newsscraper@.service")
    assert unit["Service"]["SuccessExitStatus"].split() == ["2", "4"]
    assert unit["Service"]["Type"] == "oneshot"
    assert unit["Service"]["ReadWritePaths"].endswith("/output")


def test_a_crawl_runs_with_what_scrapyd_hands_it(tmp_path: Path) -> None:
    settings = configparser.ConfigParser()
    settings.read([DEPLOY / "scrapyd.conf", ROOT / "scrapy.cfg"])
    assert settings["scrapyd"]["bind_address"] == "127.0.0.1"
    assert settings["settings"]["default"] == "newsscraper.settings"
    with HostileServer(newsroom()) as site:
        result = crawl(
            tmp_path,
            *("news", "-s", f"LOG_FILE={tmp_path / 'job.log'}", "-a", "_job=d3a25834", "-a", f"url={site.url}/"),
            *QUICK,
            project=True,
            environment={"SCRAPY_PROJECT": "default"},
        )
    assert result.code == 0, result.log
    assert "articles   3 new" in result.log


@pytest.mark.parametrize("code", range(5))
def test_the_documentation_knows_every_exit_code(code: int) -> None:
    assert re.search(rf"^\| {code} \|", (ROOT / "docs" / "scheduling.md").read_text(), re.MULTILINE)
