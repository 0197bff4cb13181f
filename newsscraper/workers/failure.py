"""What can go wrong with a page that is read in another process."""

from __future__ import annotations

from newsscraper.extraction.page import ExtractionError


class PageSetAside(ExtractionError):
    """A page that took down, held up or broke what read it; worth keeping for study.

    Attributes:
        reason: slug: ``"time-limit"``, ``"memory-limit"``, ``"worker-died"`` or ``"error"``.
        detail: what happened, in words.

    >>> raise PageSetAside("time-limit", "not read within 20 s")
    Traceback (most recent call last):
    newsscraper.workers.failure.PageSetAside: time-limit: not read within 20 s
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class WorkersBroken(RuntimeError):
    """No worker starts: nothing is wrong with the page, nothing can be read at all. The message says why."""
