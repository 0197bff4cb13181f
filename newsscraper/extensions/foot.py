"""The foot of the terminal: a line for each crawl of this process, below the log."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        live = Live(console=Console(stderr=True), auto_refresh=False, transient=True, redirect_stdout=False)
        live.start()
        # Live put a stream in place of standard error that prints above the line; log handlers still hold the old one.
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is logged_to:
                self._streams.append((handler, logged_to))
                handler.setStream(sys.stderr)
        return live


FOOT = Foot()
