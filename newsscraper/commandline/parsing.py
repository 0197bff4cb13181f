"""The options of commands: mistakes in them are answered in one line, with what was probably meant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from scrapy import cmdline

from newsscraper.commandline.listing import print_commands, print_unknown_command
from newsscraper.commandline.program import as_called, did_you_mean, program, tell
from newsscraper.exits import Exit

_LIKE = 0.8
"""How like a known setting an unknown one has to be. Settings that other people's parts read are seldom so like."""


def install() -> None:
    """Put our list of commands and our parser in the place of Scrapy's, which no setting changes.

    Where a version of Scrapy has other names for them, its own list and parser remain.
    """
    ours = {
        "_print_commands": print_commands,
        "_print_unknown_command": print_unknown_command,
        "ScrapyArgumentParser": Parser,
    }
    vars(cmdline).update({name: part for name, part in ours.items() if hasattr(cmdline, name)})


class Parser(cmdline.ScrapyArgumentParser):
    """Scrapy's parser; mistakes give one line and the exit code for wrong usage, 3."""

    def __init__(self, *, usage: str, description: str, **options: Any) -> None:
        _, self._command, *_ = usage.split()
        super().__init__(
            usage=usage.replace("scrapy", program(), 1), description=as_called(description or ""), **options
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end."""
        says_how = " as in: " in message or message.endswith(("…", "?"))
        tell(self._command, message if says_how else f"{message}; see scrapy {self._command} -h")
        sys.exit(Exit.USAGE)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the options; an unknown one ends the command, an unknown setting is told."""
        found, rest = super().parse_known_args(args, namespace)
        for option in rest:
            if option.startswith("-") and option != "-":
                name = option.partition("=")[0]
                near = did_you_mean(name, self._option_string_actions)
                self.error(f"unknown option {name}{self._argument(name) or near}")
        names = [pair.partition("=")[0] for pair in getattr(found, "set", None) or ()]
        if self._command == "settings" and found.get:
            names.append(found.get)
        for doubt in doubtful_settings(names):
            tell(self._command, doubt)
        return found, rest

    def _argument(self, option: str) -> str:
        """Return what is to be written in place of an option that is an argument of the spider."""
        if self._command != "crawl":
            return ""
        from newsscraper.crawling.arguments import NAMES

        name = option.lstrip("-")
        return f"; arguments of a spider are given like this: -a {name}=…" if name in NAMES else ""


def doubtful_settings(names: Iterable[str]) -> list[str]:
    """Return a line for each setting that nobody knows and that is spelt almost like a known one.

    It is set all the same: the parts of a project may read settings of any name.

    >>> doubtful_settings(["OUTPUT_DIRS", "LOG_LEVEL", "MY_PIPELINE_LIMIT"])
    ['there is no setting OUTPUT_DIRS; did you mean OUTPUT_DIR?']
    """
    from scrapy.settings import default_settings

    from newsscraper import settings

    known = {name for module in (settings, default_settings) for name in vars(module) if name.isupper()}
    lines = []
    for name in names:
        # A name that goes on behind a known one (LOG_FILE_APPEND) is read by somebody, more often than not.
        near = did_you_mean(name.upper(), known, _LIKE) if name not in known else ""
        if near:
            lines.append(f"there is no setting {name}{near}")
    return lines
