"""What contributors are given: the picture is current, and the files for other services call what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import house

ROOT = house.ROOT
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))


def test_the_picture_of_the_house_is_current() -> None:
    assert house.PICTURE.read_text("utf-8") == house.picture(), "make house draws it anew"


def test_a_box_stands_above_all_that_it_imports_and_circles_share_one() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}
    assert house.groups(graph) == [("a",), ("b", "c"), ("d",)]


@pytest.mark.parametrize(
    "name", [".github/workflows/ci.yml", ".github/pull_request_template.md", "Dockerfile", "CONTRIBUTING.md"]
)
def test_make_targets_that_are_named_exist(name: str) -> None:
    named = set(re.findall(r"make ([a-z]+)\b", (ROOT / name).read_text("utf-8")))
    assert named
    assert named - {"a", "it"} <= TARGETS


def test_make_help_lists_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert set(re.findall(r"^make ([a-z]+)", done.stdout, flags=re.MULTILINE)) == TARGETS


def test_docker_copies_and_calls_what_is_there() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "has not been built" in text
    assert re.search(r"^USER (?!root)", text, flags=re.MULTILINE)
    assert re.search(r"^VOLUME /data", text, flags=re.MULTILINE)
    for command in re.findall(r"newsscraper:?\S* (crawl|doctor)\b|CMD \[\"(\w+)\"", text):
        assert (ROOT / "newsscraper" / "commands" / f"{command[0] or command[1]}.py").exists()


def test_hooks_before_a_commit_run_the_tools_of_make_lint() -> None:
    hooks = re.findall(r"entry: \.venv/bin/(.+)", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    lint = MAKEFILE.partition("\nlint:")[2].partition("\n\n")[0]
    assert [line.replace(" .", "").replace("$(BIN)/", "").strip() for line in lint.splitlines()[1:]] == hooks


def test_templates_ask_for_a_page() -> None:
    for path in Path(ROOT, ".github", "ISSUE_TEMPLATE").glob("*.yml"):
        assert "scrapy extract" in path.read_text("utf-8")
        assert "--explain" in path.read_text("utf-8")


def test_scripts_say_what_is_not_current() -> None:
    for script in ("reference", "house"):
        command = [sys.executable, "-m", f"scripts.{script}", "--check"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert (done.returncode, done.stderr) == (0, "")
