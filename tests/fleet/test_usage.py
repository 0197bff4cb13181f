"""Every wrong use ends in one line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.servers import answering, s3_environment

from .running import fleet


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "sites.toml"
    path.write_text('[a]\nurl = "https://a.example/"\n')
    return path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name one table of sites, as in: scrapy fleet SITES.toml"),
        (["check"], "name one table of sites, as in: scrapy fleet check SITES.toml"),
        (["chek", "TABLE"], "there is no action 'chek'; did you mean check?"),
        (["TABLE", "TABLE"], "name one table of sites"),
        (["TABLE", "--grace", "-1"], "--grace must be a number of seconds"),
        (["TABLE", "--json"], "--json is only used with scrapy fleet status"),
        (["status", "TABLE", "--once"], "cannot be used with status"),
        (["TABLE", "--ray", "auto"], "--ray needs --store"),
        (["TABLE", "--store", "ftp://host/news"], "is not a store; it can be a folder"),
        (["TABLE", "--once", "-s", "FLEET_SITES_AT_ONCE=0"], "FLEET_SITES_AT_ONCE is '0'; it must be a whole number"),
        (["nosuch.toml"], "1 mistake in nosuch.toml; nothing was run"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], words: str, table: Path, tmp_path: Path) -> None:
    given = [str(table) if argument == "TABLE" else argument for argument in arguments]
    done = fleet(*given, output=tmp_path / "output")
    assert done.returncode == 3, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("scrapy fleet:")]) == 1


def test_check_names_every_mistake_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "sites.toml"
    table.write_text(
        '[a]\nurl = "https://example.com/"\nlanguag = "fr"\n\n[b]\nurl = "https://www.example.com/news/"\n\n'
        '[c]\nurl = "no address"\ntitle = "h1["\n'
    )
    done = fleet("check", table, output=tmp_path / "output")
    assert done.returncode == 3
    for line, word in ((3, "language"), (5, "example.com"), (9, "not a web address"), (10, "title")):
        assert any(f"{table}:{line}:" in told and word in told for told in done.stderr.splitlines()), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "output").exists()


def test_check_says_that_all_is_well(table: Path, tmp_path: Path) -> None:
    done = fleet("check", table, output=tmp_path / "output")
    assert (done.returncode, done.stdout) == (0, f"{table}: 1 site, nothing wrong\n")


def test_a_store_that_ignores_conditions_is_refused(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering(200) as endpoint:
        for name, value in s3_environment(endpoint).items():
            monkeypatch.setenv(name, value)
        done = fleet(table, "--once", "--store", "s3://bucket/news", output=tmp_path / "output")
    assert done.returncode == 3
    assert "ignores conditions on writes" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_output_folder_that_cannot_be_written_is_named(table: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = fleet(table, "--once", output=tmp_path / "file" / "output")
    assert done.returncode == 3
    assert "choose another folder with -s OUTPUT_DIR" in done.stderr
