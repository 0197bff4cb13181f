"""The examples in ``deploy/`` run a table of sites as docs/fleet.md says."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from newsscraper.demo.many import Many
from tests.commands.test_scheduling import DEPLOY, checkout

from .running import PATIENCE, QUICK, ROOT, environment, urls, write_table

UNIT = DEPLOY / "newsscraper-fleet.service"


def fleet_sh(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    options = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
    variables = {name: value for name, value in environment().items() if not name.startswith("SCRAPY")}
    return subprocess.run(
        [str(home / "deploy" / "fleet.sh"), *arguments, *options],
        env=variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_fleet_sh_is_silent_when_all_is_well_and_speaks_up_when_not(many: Many, tmp_path: Path) -> None:
    home = checkout(tmp_path)
    write_table(home / "sites.toml", [many.url(0)])
    well = fleet_sh(home, "sites.toml")
    assert (well.returncode, well.stdout, well.stderr) == (0, "", "")
    assert set(urls(home / "output")) == many.expected(0)
    assert "1 of 1 run, 1 fine" in (home / "log" / "fleet.log").read_text()
    wrong = fleet_sh(home, "nosuch.toml")
    assert wrong.returncode == 3
    assert "nosuch.toml ended with exit code 3" in wrong.stdout


def test_the_crontab_calls_what_is_there() -> None:
    lines = (DEPLOY / "fleet.crontab").read_text().splitlines()
    (job,) = [line for line in lines if line and not re.match(r"#|[A-Z_]+=", line)]
    *when, command = job.split(None, 5)
    assert when == ["3-59/10", "*", "*", "*", "*"]
    assert (ROOT / command.split()[0].removeprefix("/srv/newsscraper/")).exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    home = checkout(tmp_path / "srv")
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/srv/newsscraper", str(home)))
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert result.returncode == 0, result.stderr


def test_the_unit_gives_crawls_the_time_that_they_are_promised() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read(UNIT)
    service = unit["Service"]
    grace = float(re.search(r"--grace (\d+)", service["ExecStart"])[1])  # type: ignore[index]
    assert float(service["TimeoutStopSec"]) > grace
    assert service["RestartPreventExitStatus"].split() == ["3", "4"]
    assert service["ReadWritePaths"].endswith("/output")


def test_the_documentation_knows_every_exit_code() -> None:
    told = (ROOT / "docs" / "fleet.md").read_text()
    assert all(re.search(rf"^\| {code} \|", told, re.MULTILINE) for code in range(5))
