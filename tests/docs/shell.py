"""A shell in which the commands of a page are run one after the other, as a reader types them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from .pages import CHECKOUT

_END = "__end_of_command__"
_PATIENCE = 120.0
"""Seconds after which a command that says nothing is ended."""


class Shell:
    """One bash in a home folder of its own, in which ``newsscraper`` is installed as the tutorial says.

    ``replaced`` is what stands for what in each command: addresses of the documentation for those of a local site.
    """

    def __init__(self, home: Path, replaced: dict[str, str]) -> None:
        self.home = home
        self.replaced = replaced
        programs = home / "newsscraper" / ".venv" / "bin"
        programs.mkdir(parents=True)
        for name, call in {"python": "", "scrapy": "-m scrapy", "newsscraper": "-m newsscraper"}.items():
            (programs / name).write_text(f'#!/bin/sh\nexec {sys.executable} {call} "$@"\n')
            (programs / name).chmod(0o755)
        (programs / "activate").write_text(f"export PATH={shlex.quote(str(programs))}:$PATH\n")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPY")}
        self.environment = environment | {"HOME": str(home), "PYTHONPATH": str(CHECKOUT), "COLUMNS": "200"}
        self.environment["PATH"] = f"{programs}:{os.environ['PATH']}"
        self._bash = self._start(["bash"])
        self._services: list[subprocess.Popen[str]] = []

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )

    def run(self, command: str) -> tuple[int, str]:
        """Run a command of a page: its exit code, and all that it printed."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        timer = threading.Timer(_PATIENCE, os.killpg, (self._bash.pid, signal.SIGKILL))
        timer.start()
        self._bash.stdin.write(f"eval {shlex.quote(self.here(command))} </dev/null; code=$?; echo; echo {_END} $code\n")
        self._bash.stdin.flush()
        printed: list[str] = []
        for line in self._bash.stdout:
            if line.startswith(_END):
                timer.cancel()
                return int(line.split()[1]), "".join(printed).removesuffix("\n")
            printed.append(line)
        raise AssertionError(f"{command} did not come to an end; it printed\n{''.join(printed)}")

    def serve(self, command: str) -> str:
        """Start a command that runs until it is stopped, beside the shell: its first line."""
        service = self._start(["bash", "-c", f"exec {self.here(command)}"])
        self._services.append(service)
        assert service.stdout is not None
        return service.stdout.readline()

    def here(self, text: str) -> str:
        """Return a text of a page with what stands for the documentation's addresses here."""
        for written, meant in self.replaced.items():
            text = re.sub(written, meant, text)
        return text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self._services, self._bash):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.communicate(timeout=30)


def is_as_printed(expected: str, printed: str) -> bool:
    """Say whether a command printed what a page says: ``…`` is anything, and columns may be wider or narrower."""
    expected, printed = (re.sub(r" {2,}", "  ", text).strip() for text in (expected, printed))
    pattern = ".*?".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern.replace(r"\ \ ", r"\ +"), printed, re.DOTALL) is not None


def missing_program(command: str) -> str | None:
    """Return the program of a command that is not installed here."""
    word = command.split(maxsplit=1)[0]
    return None if shutil.which(word) or word in {"scrapy", "newsscraper", "cd", "."} else word
