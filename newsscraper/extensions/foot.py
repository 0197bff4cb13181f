"""The foot of the terminal: a line for each crawl of this process, below the log."""

from __future__ import annotations

import io
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TextIO

    from rich.console import Console
    from rich.live import Live
    from scrapy.settings import BaseSettings


def has_foot(settings: BaseSettings) -> bool:
    """Whether crawls say how far they are at the foot of a terminal: they may (``PROGRESS_ENABLED``), there is one."""
    on_terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return on_terminal and settings.getbool("PROGRESS_ENABLED")


class Foot:
    """Keeps lines at the foot of standard error, a terminal, while log lines scroll above them.

    One process has one foot: two would each take the other's lines for log lines.
    """

    def __init__(self) -> None:
        self._lines: dict[object, str] = {}
        self._live: Live | None = None
        self._streams: list[tuple[logging.StreamHandler[Any], Any]] = []

    def show(self, whose: object, line: str) -> None:
        """Put a line there, or another in its place."""
        self._lines[whose] = line
        self._draw()

    def clear(self, whose: object) -> None:
        """Take a line away; with the last one the terminal is as it was."""
        self._lines.pop(whose, None)
        if self._lines:
            self._draw()
        elif self._live is not None:
            for handler, stream in self._streams:
                handler.setStream(stream)
            self._streams.clear()
            self._live.stop()
            self._live = None
            if isinstance(sys.stderr, _Above):
                sys.stderr = sys.stderr.end()

    def _draw(self) -> None:
        from rich.text import Text

        if self._live is None:
            self._live = self._start()
        lines = Text("\n".join(self._lines.values()), no_wrap=True, overflow="ellipsis")
        self._live.update(lines, refresh=True)

    def _start(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        logged_to = sys.stderr
        console = Console(file=logged_to)
        # Not redirected by Live, which would break long lines: nobody finds an address that goes on in the next line.
        live = Live(console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False)
        live.start()
        sys.stderr = _Above(console, logged_to)
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is logged_to:
                self._streams.append((handler, logged_to))
                handler.setStream(sys.stderr)
        return live


class _Above(io.TextIOBase):
    """Standard error above the foot: whole lines, as long as they are."""

    def __init__(self, console: Console, terminal: TextIO) -> None:
        self._console = console
        self._terminal = terminal
        self._begun = ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._console.out(line, highlight=False)
        return len(text)

    def end(self) -> TextIO:
        """Write what is left, and return the terminal."""
        self._terminal.write(self._begun)
        return self._terminal

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._terminal.fileno()


FOOT = Foot()
