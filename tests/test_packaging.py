"""What the package promises as a package: its layers, its schema, its wheel."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsscraper
from newsscraper.article import SCHEMA_FILE, json_schema

ROOT = Path(newsscraper.__file__).parent
CHECKOUT = ROOT.parent

# Who may import whom: see docs/architecture.md. What is not named here is Scrapy's kind of part and may import all.
LAYERS = {
    "article": set(),
    "suffixes": set(),
    "urls": {"suffixes"},
    "shape": set(),
    "address": {"urls", "shape"},
    "pagenumbers": {"urls"},
    "durable": set(),
    "digest": {"article"},
    "dates": {"article"},
    "extraction": {"article", "urls", "dates", "digest", "pagenumbers"},
    "discovery": {"article", "address", "shape", "urls"},
    "crawlstate": {"article", "address", "digest", "discovery", "durable"},
    "rights": {"article", "urls"},
    "workers": {"article", "digest", "extraction", "dates", "urls"},
    "sites": {"extraction", "urls"},
    "store": {"durable", "crawlstate"},
    "demo": {"article", "urls"},
    "health": {"article", "durable"},
    "cleaning": {"article"},
    "completing": {"article", "cleaning", "digest", "urls"},
    "archives": {
        *("article", "cleaning", "completing", "crawlstate", "dates", "digest", "durable", "extraction", "store"),
        *("urls", "workers"),
    },
    "raycluster": set(),
    "exports": {"article", "crawlstate", "digest", "durable", "extraction", "store"},
}
SCRAPY_FREE = LAYERS.keys()


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        relative = path.relative_to(ROOT)
        if relative.parts[0] != "templates":
            yield relative.parts[0].removesuffix(".py"), path


def _imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, those in functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_down_only(layer: str) -> None:
    files = [path for part, path in _modules() if part == layer]
    assert files
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in _imports(path)
        if name.startswith("newsscraper.") and name.split(".")[1] not in LAYERS[layer] | {layer}
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", SCRAPY_FREE)
def test_no_scrapy_below_the_spiders(layer: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for part, path in _modules()
        if part == layer
        for name in _imports(path)
        if name.split(".")[0] in ("scrapy", "twisted", "itemadapter")
    ]
    assert wrong == []


def test_extracts_without_loading_scrapy() -> None:
    code = (
        "import sys, newsscraper; "
        "newsscraper.extract('<title>a</title><h1>a</h1><p>Un paragraphe, puis un autre.</p>'); "
        "from newsscraper import dates; "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('scrapy', 'twisted')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"


def test_import_is_light() -> None:
    code = "import sys, newsscraper; print(sorted(set(sys.modules) & {'trafilatura', 'dateparser', 'babel', 'numpy'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"


def test_shipped_schema_is_the_record() -> None:
    assert json.loads(SCHEMA_FILE.read_text("utf-8")) == json_schema(), (
        "the record changed: write newsscraper.article.json_schema() to article.schema.json"
    )


def test_no_file_is_a_thousand_lines_long() -> None:
    long = [
        str(path.relative_to(CHECKOUT))
        for folder in (ROOT, CHECKOUT / "tests", CHECKOUT / "benchmarks")
        for path in folder.rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) >= 1000
    ]
    assert long == []


def test_every_public_thing_has_a_docstring() -> None:
    bare = []
    for _, path in _modules():
        tree = ast.parse(path.read_text("utf-8"))
        if path.name != "__init__.py" and not ast.get_docstring(tree):
            bare.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            if not isinstance(node, kinds) or "overload" in map(ast.unparse, node.decorator_list):
                continue
            if not node.name.startswith("_") and not ast.get_docstring(node):
                bare.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert bare == []


def test_locks_pin_with_hashes_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (CHECKOUT / name).read_text("utf-8")
        assert "://" not in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins
        assert all("==" in pin for pin in pins)
        assert text.count("--hash=sha256:") > len(pins)


def test_test_lock_holds_the_runtime_lock() -> None:
    def pins(name: str) -> set[str]:
        lines = (CHECKOUT / name).read_text("utf-8").splitlines()
        return {line.split(" \\")[0] for line in lines if line and not line.startswith((" ", "#"))}

    assert pins("requirements.txt") <= pins("requirements-test.txt")


def test_wheel_holds_all_that_is_needed_at_run_time(tmp_path: Path) -> None:
    # From a copy: setuptools leaves its traces where it builds.
    source = tmp_path / "source"
    source.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "newsscraper", "pyproject.toml", "README.md", "LICENSE"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    files = listed.stdout.splitlines()
    for name in files:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((CHECKOUT / name).read_bytes())
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            ".",
            "--wheel-dir",
            str(tmp_path),
        ],
        cwd=source,
        timeout=300,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in files if name.startswith("newsscraper/")} <= inside


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = (lines for extra, lines in project["optional-dependencies"].items() if extra != "test")
    declared = {
        re.split(r"[^a-z0-9-]", line)[0].replace("-", "_")
        for lines in (project["dependencies"], *optional)
        for line in lines
    }
    brought_along = {"twisted", "zope", "playwright"}  # by Scrapy and scrapy-playwright, parts of them to the outside
    gathering = {"babel"}  # for making dates/vocabulary.json, not for using it
    imported = {
        name.split(".")[0] for _, path in _modules() for name in _imports(path) if name.split(".")[0] != "newsscraper"
    }
    assert imported - set(sys.stdlib_module_names) - brought_along - gathering <= declared
