"""Opens the state of one site: locked, whole, and level with the lines that were delivered."""

from __future__ import annotations

import logging
from pathlib import Path

from newsscraper.crawlstate.database import Database, StateDamaged
from newsscraper.crawlstate.lock import SiteLock
from newsscraper.crawlstate.naming import folder_name
from newsscraper.crawlstate.recovery import all_gone, catch_up
from newsscraper.crawlstate.state import SiteState

logger = logging.getLogger(__name__)


def open_state(folder: Path, site: str) -> SiteState:
    """Open the state of ``site`` under ``folder`` (``OUTPUT_DIR/.state``), made where it is not there.

    A damaged file is moved aside (``.damaged-1``) and rebuilt from the delivered lines, with a warning; so is one that
    is gone while there are lines. Lines that the state does not know (killed between write and mark) are read in. Where
    all lines are gone, folder and all, the state is put aside: the site is crawled afresh.

    Raises:
        StateLocked: another run holds the site; the message says who.
        OSError: the folder cannot be written.
        StateFailed: the file cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = folder_name(site)
    lock = SiteLock(folder / f"{name}.lock", site)
    try:
        path = folder / f"{name}.sqlite"
        state = SiteState(site, _open_database(path), lock)
        if all_gone(state, folder.parent / name):
            state.disconnect()
            aside = _move_aside(path, "orphaned")
            logger.warning(
                "%s and all its lines are gone: starting afresh; the state that knew them is %s",
                folder.parent / name,
                aside,
            )
            state = SiteState(site, _open_database(path), lock)
        catch_up(state, folder.parent / name)
    except BaseException:
        lock.release()
        raise
    return state


def _open_database(path: Path) -> Database:
    try:
        return Database(path)
    except StateDamaged as damage:
        aside = _move_aside(path, "damaged")
        logger.warning(
            "state file %s is damaged (%s): moved to %s, building it anew from the delivered lines", path, damage, aside
        )
        return Database(path)


def _move_aside(path: Path, why: str) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.{why}-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside
