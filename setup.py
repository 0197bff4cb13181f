"""The readers as an extension, where NEWSSCRAPER_COMPILE names a folder to work in; all else is in pyproject.toml."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.build_ext import build_ext

sys.path.insert(0, str(Path(__file__).parent))


class BuildApart(build_ext):
    """Puts what is compiled into a folder of its own, not beside the sources: see ``newsscraper/native.py``."""

    def get_ext_fullpath(self, ext_name: str) -> str:
        """Return where a compiled module goes."""
        return str(Path(self.build_lib, "newsscraper", "_native", ext_name + str(self.get_ext_filename(""))))

    def get_ext_filename(self, fullname: str) -> str:
        """Return the end of a compiled module's file name, behind its dotted name."""
        from importlib.machinery import EXTENSION_SUFFIXES

        return fullname.replace(".", os.sep) + EXTENSION_SUFFIXES[0]

    def run(self) -> None:
        """Build, and note of which sources."""
        super().run()
        from newsscraper import native

        native.sign(Path(self.build_lib, "newsscraper", "_native"))


options: dict[str, Any] = {}
if work := os.environ.get("NEWSSCRAPER_COMPILE"):
    os.environ["NEWSSCRAPER_PURE"] = "1"
    from compiling import extensions

    options = {"ext_modules": extensions(Path(work)), "cmdclass": {"build_ext": BuildApart}}
setup(**options)
