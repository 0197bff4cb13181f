"""README as the package index shows it, and the readers as an extension where NEWSSCRAPER_COMPILE names a folder.

All else is in pyproject.toml.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))


def readme_of_the_package() -> str:
    """Return README for the package index, where no file lies beside it.

    Where pyproject.toml has ``[project.urls]`` with ``Repository``, links lead there. Where it has none, there is
    nothing to link to: links become their words, and pictures are left out.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    repository = project.get("urls", {}).get("Repository", "").rstrip("/")
    text = (ROOT / "README.md").read_text("utf-8")
    if repository:
        text = re.sub(r"(!\[[^]]*\]\()(?!\w+:)", rf"\g<1>{repository}/raw/main/", text)
        return re.sub(r"(?<!!)(\[[^]]*\]\()(?!\w+:)", rf"\g<1>{repository}/blob/main/", text)
    text = re.sub(r"!\[[^]]*\]\((?!\w+:)[^)]*\)\n*", "", text)
    return re.sub(r"\[([^]]*)\]\((?!\w+:)[^)]*\)", r"\1", text)


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


options: dict[str, Any] = {
    "long_description": readme_of_the_package(),
    "long_description_content_type": "text/markdown",
}
if work := os.environ.get("NEWSSCRAPER_COMPILE"):
    os.environ["NEWSSCRAPER_PURE"] = "1"
    from compiling import extensions

    options |= {"ext_modules": extensions(Path(work)), "cmdclass": {"build_ext": BuildApart}}
setup(**options)
