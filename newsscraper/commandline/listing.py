"""The list of commands, ours first, and the answer to a command that does not exist."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

import scrapy

import newsscraper
from newsscraper.commandline.program import did_you_mean, program, tell
from newsscraper.exits import Exit

if TYPE_CHECKING:
    from scrapy.commands import ScrapyCommand
    from scrapy.settings import BaseSettings

OURS = ("crawl", "extract", "why", "report", "export", "fleet", "archive", "demo", "genspider", "doctor")
"""Our commands, in the order in which one comes to need them."""


def versions() -> str:
    """Return the versions of what runs, in a line."""
    return f"newsscraper {newsscraper.__version__} (Scrapy {scrapy.__version__}, Python {platform.python_version()})"


def print_commands(settings: BaseSettings, inproject: bool) -> None:
    """Print the list of commands; with ``--version`` the versions.

    Takes the place of Scrapy's function of this name, which is called where no command is given.
    """
    options = sys.argv[1:]
    if {"--version", "-V"} & set(options):
        print(versions())
        return
    if strange := [option for option in options if option not in ("-h", "--help")]:
        near = did_you_mean(strange[0], ("--version", "--help"))
        tell(
            "", f"unknown option {strange[0]}{near or f'; options come after a command: {program()} COMMAND [options]'}"
        )
        sys.exit(Exit.USAGE)
    name, commands = program(), _commands(settings, inproject)
    ours = {command: commands.pop(command) for command in OURS if command in commands}
    print(f"{versions()}\n\nUsage:\n  {name} COMMAND [options]\n\nCommands of newsscraper:")
    _print(ours)
    print("\nCommands of Scrapy:")
    _print(dict(sorted(commands.items())))
    print(f"\n{name} COMMAND -h describes a command. If something does not work: {name} doctor")


def print_unknown_command(settings: BaseSettings, cmdname: str, inproject: bool) -> None:
    """Say that there is no such command, and which one is near it; end with the exit code for wrong usage."""
    near = did_you_mean(cmdname, _commands(settings, inproject))
    tell("", f"there is no command {cmdname!r}{near or f'; {program()} lists the commands'}")
    sys.exit(Exit.USAGE)


def _commands(settings: BaseSettings, inproject: bool) -> dict[str, ScrapyCommand]:
    from scrapy import cmdline

    return dict(cmdline._get_commands_dict(settings, inproject))


def _print(commands: dict[str, ScrapyCommand]) -> None:
    for name, command in commands.items():
        print(f"  {name:<11} {command.short_desc()}")
