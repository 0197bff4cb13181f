"""Compiles the readers of pages with mypyc, where a C compiler is: the same sources, the same records, sooner.

    python compiling.py          # build aside, try, and put in place; never fails for want of a compiler
    python compiling.py wheel    # a wheel in dist/, with the compiled readers where there is a compiler

`make crawl` and `make test` call it; where what is there is current it does nothing. It says in one line what it did.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("NEWSSCRAPER_PURE", "1")  # what is being replaced is not loaded

from newsscraper import native  # noqa: E402
from newsscraper.demo import Newsroom  # noqa: E402

if TYPE_CHECKING:
    from setuptools import Extension

BUILD = ROOT / "build"
LOG, FAILED = BUILD / "compiling.log", BUILD / "compiling.failed"
# What these name other than here: a folder is all in it.
INTERPRETED = (
    "__init__.py",  # modules that load others on first use
    "extraction/page.py",  # what crosses between processes: msgspec reads its fields
    "extraction/joining.py",
    "extraction/rules",
    "dates/claim.py",
    "dates/moment.py",
    "dates/gathering.py",  # a tool for developers
    "dates/vocabulary.py",  # finds its data beside itself
    "extraction/latinencodings.py",
)
# Compiled classes hold their attributes in slots anyhow; told to do so once more, they crash.
_SLOTS = re.compile(rb"\(slots=True, |, slots=True|\(slots=True\)")
_CULPRIT = re.compile(r"/staged/newsscraper/([\w/]+\.py):\d+: (?:error|AssertionError|[A-Z]\w+Error)")
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*|_[a-z]\w*")
_MOST_CULPRITS = 4
_LEFT_OUT = "NEWSSCRAPER_LEFT_OUT"


def compiled_modules(package: Path) -> list[Path]:
    """Return the sources in a package that are compiled."""
    parts = [package / "extraction", package / "dates"]
    found = [source for part in parts for source in sorted(part.rglob("*.py"))]
    return [source for source in found if not _is_interpreted(source.relative_to(package).as_posix())]


def _is_interpreted(source: str) -> bool:
    left_out = (*INTERPRETED, *filter(None, os.environ.get(_LEFT_OUT, "").split(":")))
    return any(source.endswith(name) or source.startswith(f"{name}/") for name in left_out)


def extensions(work: Path) -> list[Extension]:
    """Return what setuptools has to build, of a copy of the sources in a folder to work in."""
    from mypyc.build import mypycify

    package = work / "staged" / "newsscraper"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(native.PACKAGE, package, ignore=shutil.ignore_patterns("_native", "__pycache__"))
    sources = compiled_modules(package)
    for source in sources:
        source.write_bytes(_SLOTS.sub(_without_slots, _with_constants(_spelt_out(source.read_bytes()))))
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--no-warn-unused-ignores"]
    return mypycify(
        [*options, *map(str, sources)],
        opt_level="1",
        debug_level="0",
        group_name="newsscraper",
        target_dir=str(work / "c"),
    )


def _without_slots(match: re.Match[bytes]) -> bytes:
    return b"(" if match[0].startswith(b"(slots=True, ") else b""


def _spelt_out(source: bytes) -> bytes:
    """Return a source in which no ``in (*names, name)`` stands: mypyc takes the brackets apart, and not the star.

    >>> _spelt_out(b"a in (*b, c)")
    b'a in tuple((*b, c))'
    """
    lines = source.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    places: list[tuple[int, bytes]] = []
    for node in ast.walk(ast.parse(source)):
        for operator, right in zip(node.ops, node.comparators, strict=True) if isinstance(node, ast.Compare) else ():
            if not isinstance(operator, ast.In | ast.NotIn) or not isinstance(right, ast.Tuple | ast.List | ast.Set):
                continue
            if any(isinstance(element, ast.Starred) for element in right.elts):
                places.append((starts[right.lineno - 1] + right.col_offset, b"tuple("))
                places.append((starts[(right.end_lineno or 1) - 1] + (right.end_col_offset or 0), b")"))
    for place, added in sorted(places, reverse=True):
        source = source[:place] + added + source[place:]
    return source


def _with_constants(source: bytes) -> bytes:
    """Return a source that says of each constant that it is one: mypyc looks up any other name whenever it is used.

    >>> _with_constants(b"_ONE, _TWO = 1, 2"), _with_constants(b"_KNOWN: set[int] = set()")
    (b'_ONE: Final = 1; _TWO: Final = 2', b'_KNOWN: Final[set[int]] = set()')
    """
    lines = source.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    tree = ast.parse(source)
    times = Counter(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )

    def span(node: ast.stmt | ast.expr) -> slice:
        return slice(
            starts[node.lineno - 1] + node.col_offset,
            starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0),
        )

    def is_constant(target: ast.expr, value: ast.expr | None) -> bool:
        if not isinstance(target, ast.Name) or value is None or times[target.id] > 1:
            return False
        return _CONSTANT.fullmatch(target.id) is not None and not source[span(value)].startswith(b"TypeVar(")

    changes: list[tuple[slice, bytes]] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            changes.append((span(node), source[span(node)] + b"; from typing import Final"))
        elif isinstance(node, ast.AnnAssign) and is_constant(node.target, node.value):
            changes.append((span(node.annotation), b"Final[" + source[span(node.annotation)] + b"]"))
        elif isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            if is_constant(target, value):
                changes.append((span(target), source[span(target)] + b": Final"))
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
                if all(is_constant(name, told) for name, told in pairs):
                    parts = [source[span(name)] + b": Final = " + source[span(told)] for name, told in pairs]
                    changes.append((span(node), b"; ".join(parts)))
    for place, new in sorted(changes, key=lambda change: -change[0].start):
        source = source[: place.start] + new + source[place.stop :]
    return source


def main() -> None:
    """Compile the readers, or say in a line why not."""
    if native.is_current(native.FOLDER):
        return
    if missing := _missing():
        print(f"The readers of pages run as plain Python here: there is no {missing}.")
        return
    if _failed_before():
        print(
            f"The readers of pages run as plain Python: they could not be compiled, {LOG.relative_to(ROOT)} says why."
        )
        return
    print("Compiling the readers of pages: a minute or two, once", flush=True)
    try:
        with _work_folder() as work:
            built = work / "lib" / "newsscraper" / "_native"
            interpreted: list[str] = []
            failed = _build(work, interpreted) or _try(built, work / "pages")
            if not failed:
                _put_in_place(built, work / "old")
    except OSError as error:
        failed = error.strerror or str(error)
    if failed:
        FAILED.write_text(native.fingerprint(), "ascii")
        print(f"The readers of pages run as plain Python: {failed}. {LOG.relative_to(ROOT)} may say more.")
    else:
        but = f", but for {', '.join(interpreted)}, which mypyc cannot compile" if interpreted else ""
        print(f"The readers of pages are compiled{but}.")


def wheel() -> None:
    """Write a wheel."""
    missing = _missing()
    shutil.rmtree(BUILD / "lib", ignore_errors=True)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w"]
    with _work_folder() as work:
        environment = {**os.environ, "NEWSSCRAPER_COMPILE": "" if missing else str(work)}
        subprocess.run([*command, "dist", "."], cwd=ROOT, env=environment, check=True)  # noqa: S603
    print(f"The wheel is in dist/, {f'as plain Python: there is no {missing} here' if missing else 'compiled'}.")


@contextmanager
def _work_folder() -> Iterator[Path]:
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="compiling-", dir=BUILD, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _put_in_place(built: Path, old: Path) -> None:
    """Have what was built in its place, all of it at once; what stood there goes."""
    if native.FOLDER.exists():
        native.FOLDER.rename(old)
    built.rename(native.FOLDER)


def _failed_before() -> bool:
    """Tell whether these very sources did not compile: they are not tried again and again."""
    return FAILED.exists() and FAILED.read_text("ascii") == native.fingerprint()


def _missing() -> str | None:
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if not any(shutil.which(name) for name in (compiler, "cc", "gcc", "clang")):
        return "C compiler"
    if not (Path(sysconfig.get_path("include")) / "Python.h").exists():
        return "Python.h (the package is called python3-dev or python3-devel)"
    try:
        import mypyc.build  # noqa: F401
    except ImportError:
        return "mypy"
    return None


def _build(work: Path, interpreted: list[str]) -> str | None:
    """Build into a folder; return what went wrong.

    Args:
        work: the folder.
        interpreted: filled with sources that mypyc stumbles over: they stay as they are, and all others are compiled.
    """
    command = [sys.executable, "setup.py", "-q", "build_ext", "--parallel", "2"]
    folders = ["--build-lib", str(work / "lib"), "--build-temp", str(work / "temp")]
    # Nobody reads what a C compiler has to say of code that was written for it; not to look for it takes half the time.
    flags = f"{os.environ.get('CFLAGS', '')} -w"
    while True:
        environment = {**os.environ, "NEWSSCRAPER_COMPILE": str(work), "CFLAGS": flags}
        environment[_LEFT_OUT] = ":".join(interpreted)
        with LOG.open("w") as log:
            done = subprocess.run([*command, *folders], cwd=ROOT, env=environment, stdout=log, stderr=log, check=False)  # noqa: S603
        if not done.returncode:
            return None
        culprits = [found for found in _CULPRIT.findall(LOG.read_text("utf-8")) if found not in interpreted]
        if not culprits or len(interpreted) >= _MOST_CULPRITS:
            return "they did not compile"
        interpreted += dict.fromkeys(culprits)


_TRIAL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from newsscraper import native
if sys.argv[2:]:
    assert native.install(Path(sys.argv[2]))
from newsscraper.extraction import Page, read_page
for file in sorted(Path(sys.argv[1]).iterdir()):
    print(read_page(Page(file.read_bytes(), f"https://news.example/{file.name}", datetime(2026, 11, 22, tzinfo=UTC))))
"""


def _try(folder: Path, pages: Path) -> str | None:
    """Read pages of the demo newsroom with what was built and without; return what went wrong."""
    pages.mkdir()
    with Newsroom(articles=20).serve() as newsroom:
        for number, address in enumerate([newsroom.url, *newsroom.truth]):
            with urlopen(address) as answer:  # noqa: S310
                (pages / f"{number:02}.html").write_bytes(answer.read())
    answers = []
    for arguments, pure in (([str(folder)], ""), ([], "1")):
        environment = {**os.environ, "NEWSSCRAPER_PURE": pure}
        command = [sys.executable, "-c", _TRIAL, str(pages), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            with LOG.open("a") as log:
                log.write(done.stderr)
            return "what was compiled does not run"
        answers.append(done.stdout)
    return None if answers[0] == answers[1] else "what was compiled reads a page otherwise"


if __name__ == "__main__":
    wheel() if sys.argv[1:] == ["wheel"] else main()
