"""Bring the state level with the delivered lines: they are the truth, the state is what was made of them."""

from __future__ import annotations

import contextlib
import logging
from datetime import UTC, datetime
from pathlib import Path

from newsscraper.article import Article, ArticleError
from newsscraper.crawlstate.dayfiles import MANIFEST, day_files, end_of_lines, plain_name, read_lines
from newsscraper.crawlstate.state import SiteState

logger = logging.getLogger(__name__)

_BATCH = 500


def all_gone(state: SiteState, folder: Path) -> bool:
    """Whether lines were delivered into ``folder`` and nothing of it is left.

    Day files alone may have been taken away by their reader; with the manifest gone too, the folder was removed.
    """
    delivered = any(state.day_files().values())
    return delivered and not day_files(folder) and not (folder / MANIFEST).exists()


def catch_up(state: SiteState, folder: Path) -> int:
    """Read the lines under ``folder`` that the state does not know; return how many there were.

    A file that is shorter than the state says has lost lines: their articles are to be delivered again. One that is
    gone was taken away: its articles stay delivered.
    """
    files = {plain_name(path): path for path in day_files(folder)}
    known = state.day_files()
    if files and not known:
        logger.info("state of %s: reading %d delivered file(s) to know what is there", state.site, len(files))
    read = sum(_read(state, name, path) for name, path in files.items())
    if read:
        logger.warning("state of %s: took in %d delivered line(s) that it did not know", state.site, read)
    for name, size in known.items():
        if name not in files and size:
            logger.warning(
                "%s is gone (%d bytes): its articles count as delivered and are not written again; to have them again,"
                " remove the whole folder %s",
                folder / name,
                size,
                folder,
            )
            state.mark_read(name, 0, 0)
    state.commit()
    return read


def _read(state: SiteState, name: str, path: Path) -> int:
    start, lines = state.read_up_to(name)
    if start and path.suffix != ".jsonl":
        return 0  # packed when it was finished and read: nothing came since
    if path.suffix == ".jsonl" and end_of_lines(path) < start:
        start, lines = _take_back(state, name, path, start, lines)
    batch: list[Article] = []
    count, end = 0, start
    for line, end_of_line in read_lines(path, start):
        end, count, lines = end_of_line, count + 1, lines + 1
        try:
            batch.append(Article.from_json(line))
        except ArticleError as error:
            logger.warning("%s, line %d is no record and is passed over: %s", path, lines, error)
        if len(batch) >= _BATCH:
            state.delivered(batch, datetime.now(UTC), day_file=name, end=end, lines=lines)
            batch = []
    if count:
        state.delivered(batch, datetime.now(UTC), day_file=name, end=end, lines=lines)
    return count


def _take_back(state: SiteState, name: str, path: Path, known_bytes: int, known_lines: int) -> tuple[int, int]:
    """Take back the articles whose lines are gone from a day file; return what is left of it, bytes and lines."""
    left: dict[str, int] = {}
    end = lines = 0
    for line, end in read_lines(path):  # noqa: B007 (the last one counts)
        lines += 1
        with contextlib.suppress(ArticleError):
            article = Article.from_json(line)
            left[article.id or ""] = max(article.revision, left.get(article.id or "", 0))
    lost = state.lines_lost(name, end, lines, left, datetime.now(UTC))
    logger.warning(
        "%s lost its last %d bytes, %d line(s) (power cut? a backup put back?): %d article(s) are delivered again",
        path,
        known_bytes - end,
        known_lines - lines,
        lost,
    )
    return end, lines
