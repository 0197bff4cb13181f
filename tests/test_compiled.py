"""The readers compiled and as plain Python: the same records, and never compiled code of sources that have changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

import newsscraper
from newsscraper import native
from newsscraper.demo import Site
from tests.extraction.metadata import themes

ROOT = Path(__file__).parents[1]
READ = """
import json, sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
import newsscraper
from newsscraper.extraction import ExtractionError, Page, read_page

print(newsscraper.compiled, file=sys.stderr)
for file in sorted(Path(sys.argv[1]).iterdir()):
    page = Page(file.read_bytes(), f"https://news.example/{file.name}", datetime(2026, 11, 22, tzinfo=UTC))
    try:
        print(json.dumps(asdict(read_page(page, explain=True)), default=str))
    except ExtractionError as error:
        print(error)
"""
needs_compiled = pytest.mark.skipif(
    not native.is_current(native.FOLDER), reason="the readers are not compiled here: `make compile` says why"
)


def run(code: str, *arguments: str, cwd: Path = ROOT, pure: str = "") -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NEWSSCRAPER_")}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**inherited, "NEWSSCRAPER_PURE": pure},
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )


@needs_compiled
def test_both_read_the_same_of_every_page(newsroom: Site, tmp_path: Path) -> None:
    pages = [page.html.encode() for page in vars(themes).values() if hasattr(page, "html")]
    pages += [urlopen(address).read() for address in newsroom.truth]
    pages += [urlopen(f"{address}/amp").read() for address in list(newsroom.truth)[:5]]
    pages += [urlopen(newsroom.url).read(), (ROOT / "tests/pages/seed.html").read_bytes()]
    pages += [
        b"<p>short",
        b"<div>" * 20_000 + b"deep",
        "<p>Größe 降雨 \ud800 </p>".encode("utf-8", "surrogatepass") * 40,
    ]
    for number, page in enumerate(pages):
        (tmp_path / f"{number:03}.html").write_bytes(page)
    compiled, plain = run(READ, str(tmp_path)), run(READ, str(tmp_path), pure="1")
    assert (compiled.stderr, plain.stderr) == ("True\n", "False\n")
    assert compiled.stdout == plain.stdout
    assert compiled.stdout.count("\n") == len(pages) > 30


def test_a_package_says_whether_it_is_compiled() -> None:
    code = (
        "import newsscraper, newsscraper.extraction.tree as t; print(newsscraper.compiled, t.__file__.endswith('.py'))"
    )
    assert run(code, pure="1").stdout.split() == ["False", "True"]
    told, is_source = run(code).stdout.split()
    assert told != is_source
    assert newsscraper.compiled == (native.is_current(native.FOLDER) and not os.environ.get("NEWSSCRAPER_PURE"))


@needs_compiled
def test_an_edited_source_runs_as_it_is_written(tmp_path: Path) -> None:
    shutil.copytree(native.PACKAGE, tmp_path / "newsscraper", ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        "import newsscraper; print(newsscraper.compiled); from newsscraper.extraction import tree; print(tree.DEEPEST)"
    )
    untouched = run(code, cwd=tmp_path)
    assert (untouched.stdout.split(), untouched.stderr) == (["True", "256"], "")
    source = tmp_path / "newsscraper" / "extraction" / "tree.py"
    source.write_text(source.read_text("utf-8").replace("DEEPEST = 256", "DEEPEST = 255"), "utf-8")
    edited = run(code, cwd=tmp_path)
    assert edited.stdout.split() == ["False", "255"]
    assert "`make compile`" in edited.stderr
    assert edited.stderr.count("\n") == 1


def test_without_a_compiler_a_line_says_so_and_nothing_fails(tmp_path: Path) -> None:
    for name in ("compiling.py", "setup.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(native.PACKAGE, tmp_path / "newsscraper", ignore=shutil.ignore_patterns("__pycache__", "_native"))
    environment = {name: value for name, value in os.environ.items() if name != "CC"} | {"PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "compiling.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "The readers of pages run as plain Python here: there is no C compiler.\n"
    assert not (tmp_path / "newsscraper" / "_native").exists()
