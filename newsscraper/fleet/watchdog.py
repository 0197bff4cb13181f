"""Sees a reactor that hangs, and ends the process with a message: whoever started it starts it again."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import sys
import threading

from newsscraper.exits import Exit

_TICK = 1.0


class Watchdog:
    """A thread that expects a sign of life from an event loop.

    It counts its own ticks, not the clock's seconds: a machine that was asleep has not hung.

    Args:
        limit: seconds without a sign of life after which the process is ended.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._signs = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Watch the loop that runs here."""
        self._give_sign()
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._over.set()

    def _give_sign(self) -> None:
        self._signs += 1
        if not self._over.is_set():
            asyncio.get_running_loop().call_later(min(_TICK, self._limit / 4), self._give_sign)

    def _watch(self) -> None:
        seen, missed = -1, 0.0
        while not self._over.wait(tick := min(_TICK, self._limit / 4)):
            missed = missed + tick if self._signs == seen else 0.0
            seen = self._signs
            if missed >= self._limit:
                self._end()

    def _end(self) -> None:
        print(
            f"scrapy fleet: nothing has moved for {self._limit:g} s, so the process ends; nothing is lost, start it "
            "again. This is where it hung:",
            file=sys.stderr,
            flush=True,
        )
        faulthandler.dump_traceback(file=sys.stderr)
        os._exit(int(Exit.NOTHING))  # nothing else can end it: whatever hangs would be waited for
