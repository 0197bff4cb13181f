"""docs/tutorial.md, followed to the letter: each command is run in turn, and prints what the page says."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from .pages import CHECKOUT, Command, blocks, commands
from .shell import Shell, is_as_printed

TUTORIAL = CHECKOUT / "docs" / "tutorial.md"
# What is not run here, and why.
NOT_RUN = {
    "git clone": "fetches the project, which is here",
    "cd ~/newsscraper": "only for what stands around it",
    "make crawl": "sets up the environment that runs this test; tests/demo does the rest of it",
    "pip install pandas": "it is installed for the tests",
    "newsscraper crawl news -a site=sites.toml#example": "the reader's own site",
    "newsscraper extract https://www.example.com/": "the reader's own site",
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_file(shell: Shell, name: str, text: str) -> None:
    (shell.home / "news" / name).write_text(shell.here(text), "utf-8")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    port = str(_free_port())
    return Shell(tmp_path, {"8470": port, "newsscraper demo": f"newsscraper demo --port {port}"})


def test_the_tutorial_comes_out_as_it_is_written(shell: Shell) -> None:
    files = {"toml": "sites.toml", "python": "articles.py"}
    written: set[str] = set()
    with shell:
        for block in blocks(TUTORIAL):
            if block.language in files:
                if block.language == "toml" and "sites.toml" in written:
                    continue  # the reader's own site
                _write_file(shell, files[block.language], block.text)
                written.add(files[block.language])
            elif block.language == "cron":
                _run_cron_line(shell, block.text)
            elif block.language in ("bash", "console"):
                for command in commands(block):
                    if not command.text.startswith(tuple(NOT_RUN)):
                        _run(shell, command)
    records = sorted(shell.home.glob("news/output/*/*.jsonl"))
    assert sum(len(path.read_text("utf-8").splitlines()) for path in records) == 40


def _run(shell: Shell, command: Command) -> None:
    if command.text.startswith("newsscraper demo"):
        assert shell.serve(command.text).strip() == shell.here(command.printed or "").strip()
        return
    code, printed = shell.run(command.text)
    assert code == 0, f"{command.block}: {command.text}\n{printed}"
    if command.printed is not None:
        expected = shell.here(command.printed)
        assert is_as_printed(expected, printed), f"{command.block}: {command.text}\n{printed}\nand not\n{expected}"


def _run_cron_line(shell: Shell, text: str) -> None:
    (line,) = text.splitlines()
    *when, command = line.split(None, 5)
    assert all(re.fullmatch(r"\*(/\d+)?|\d+", part) for part in when)
    assert "%" not in command, "cron takes it for the end of the line"
    code, printed = shell.run(f"( {command} )")
    assert (code, printed) == (0, "")
    assert "sites.toml: done" in (shell.home / "news" / "fleet.log").read_text("utf-8")


def test_what_is_not_run_is_there() -> None:
    texts = [command.text for block in blocks(TUTORIAL, "bash", "console") for command in commands(block)]
    assert [start for start in NOT_RUN if not any(text.startswith(start) for text in texts)] == []


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("5 articles", "5 articles\n", True),
        ("a\n…\nd", "a\nb\nc\nd\n", True),
        ("took … s", "took 3 s", True),
        ("one  two", "one      two", True),
        ("5 articles", "6 articles", False),
        ("a\nb", "a\nb\nc", False),
    ],
)
def test_output_is_compared(expected: str, printed: str, same: bool) -> None:
    assert is_as_printed(expected, printed) is same
