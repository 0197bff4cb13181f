"""Keeps the ledger and the rounds while a fleet runs."""

from __future__ import annotations

import logging
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from newsscraper.exits import Exit
from newsscraper.fleet.ledger import Ledger
from newsscraper.fleet.past import Past
from newsscraper.fleet.rounds import Round
from newsscraper.fleet.siterun import Ended

logger = logging.getLogger(__name__)

_ROUND = 3600.0
"""Seconds that a service's round takes."""


class Books:
    """A watcher of a fleet.

    Args:
        table: the file of sites.
        sites: how many it has.
        ledger: where what is remembered is kept.
        output: folder of all sites' folders.
        rounds: a round takes an hour; else there is one.
    """

    def __init__(self, table: str, sites: int, ledger: Ledger, output: Path, *, rounds: bool) -> None:
        self.pasts: dict[str, Past] = {}
        self.cut = False
        """A run was told to stop before it was done."""
        self._table = table
        self._sites = sites
        self._ledger = ledger
        self._output = output
        self._rounds = rounds
        self._round = Round(table, datetime.now(UTC), sites)

    def began(self, site: str, now: float) -> None:
        """Note that a run has begun."""
        due = self.pasts[site].due
        if due:
            self._round.lateness.append(now - due)
        self._ledger.runs(site, now)

    def ended(self, past: Past, ended: Ended) -> None:
        """Note how a run ended."""
        was_broken = past.site in self._round.lines and bool(self._round.lines[past.site].broken_since)
        self._round.add(past, ended)
        self._ledger.keep(past)
        self.cut |= bool(ended.run) and ended.run.finish_reason == "shutdown" if ended.run else False
        if past.is_broken(past.finished) and not was_broken:
            logger.warning("%s has been broken for a week and is looked at once a day: %s", past.site, past.outcome)
        elif ended.exit_code not in (Exit.FINE, Exit.PARTIAL, Exit.UNWELL):
            logger.warning("%s: %s", past.site, ended.outcome)
        if self._rounds and time.time() - self._round.started.timestamp() >= _ROUND:
            self.close_round(cut=False)

    def close_round(self, *, cut: bool, last: bool = False) -> Exit:
        """Write the round's file, say it, and begin another; return its exit code."""
        done, now = self._round, datetime.now(UTC)
        self._round = Round(self._table, now, self._sites)
        try:
            done.write(self._output, cut=cut, now=now)
        except OSError as error:
            logger.error("The round's summary could not be written: %s", error)
        if last:
            print(done.text(cut=cut, now=now), file=sys.stderr, flush=True)
        else:
            logger.info("%s", done.text(cut=cut, now=now))
        return done.exit_code(cut=cut)
