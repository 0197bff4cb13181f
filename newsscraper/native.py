"""The readers compiled: found where `compiling.py` has put them, and refused where their sources have changed since.

What is compiled lies in a folder of its own, all of it or none, and never beside its source: whoever edits a source
runs that source. `NEWSSCRAPER_PURE=1` in the environment has everything run as plain Python.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parent
FOLDER = PACKAGE / "_native"
SUFFIX = EXTENSION_SUFFIXES[0]
"""End of the files' names: it names the platform and the version of Python that they are for."""
LIBRARY = "newsscraper__mypyc"
"""The module that holds all that is compiled; the others hand on to it."""
_FINGERPRINT = "fingerprint"
_TOLD = "NEWSSCRAPER_TOLD_OF_OLD_READERS"
_PARTS = ("article.py", "digest.py", "urls.py", "dates", "extraction")
"""What the compiler looks at: it relies on the types in all of it."""


def sources(package: Path = PACKAGE) -> Iterator[Path]:
    """Yield the files that the compiler looks at, in a fixed order."""
    for part in _PARTS:
        yield from sorted((package / part).rglob("*.py")) if (package / part).is_dir() else [package / part]


def fingerprint(package: Path = PACKAGE) -> str:
    """Return what tells these sources, this Python and this platform from any other."""
    seen = hashlib.sha256(SUFFIX.encode())
    for source in sources(package):
        seen.update(f"{source.relative_to(package).as_posix()}\n".encode() + source.read_bytes())
    return seen.hexdigest()


def is_current(folder: Path) -> bool:
    """Tell whether a folder holds what the sources are now compiled to, for this Python."""
    try:
        return (folder / _FINGERPRINT).read_text("ascii") == fingerprint()
    except OSError:
        return False


def sign(folder: Path) -> None:
    """Note of which sources a folder's files were made."""
    (folder / _FINGERPRINT).write_text(fingerprint(), "ascii")


class _Finder(MetaPathFinder):
    """Finds the compiled modules by their names."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.name.removesuffix(SUFFIX): str(file) for file in folder.glob("*" + SUFFIX)}
        self._loads_all = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a compiled module is; ``None`` for all others."""
        file = self._files.get(fullname)
        if file is None:
            return None
        return spec_from_file_location(fullname, file, loader=_Loader(self, fullname, file))

    def load_all(self) -> None:
        """Load all compiled modules: one may call another that Python has not come to yet, and crash."""
        if not self._loads_all:
            self._loads_all = True
            for name in self._files:
                importlib.import_module(name)


class _Loader(ExtensionFileLoader):
    """Loads a compiled module, and all others with the first."""

    def __init__(self, finder: _Finder, name: str, path: str) -> None:
        super().__init__(name, path)
        self._finder = finder

    def exec_module(self, module: ModuleType) -> None:
        """Load the module."""
        super().exec_module(module)
        if self.name != LIBRARY:
            self._finder.load_all()


def install(folder: Path = FOLDER) -> bool:
    """Have the compiled readers found where they are there and current; return whether they are."""
    if os.environ.get("NEWSSCRAPER_PURE") or not folder.is_dir():
        return False
    if not is_current(folder):
        if not os.environ.get(_TOLD):
            os.environ[_TOLD] = "1"  # once, and not by each worker
            print(
                "newsscraper: the readers' sources have changed since they were compiled, so they run as plain Python; "
                "`make compile` compiles them anew",
                file=sys.stderr,
            )
        return False
    sys.meta_path.insert(0, _Finder(folder))
    return True
