"""Exit codes, apart from what decides on them: every command names one, and few load a crawl."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What ``scrapy crawl`` tells a scheduler. docs/scheduling.md says what to do with each."""

    FINE = 0
    NOTHING = 1
    PARTIAL = 2
    USAGE = 3
    LOCKED = 4
    UNWELL = 5
