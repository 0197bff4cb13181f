"""Exit codes, apart from what decides on them: every command names one, and few load a crawl."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What ``scrapy crawl`` tells a scheduler. docs/scheduling.md says what to do with each."""

    FINE = 0
    """The crawl went well, with new articles or without."""
    NOTHING = 1
    """Nothing could be crawled."""
    PARTIAL = 2
    """Some pages failed, or the run was stopped. The next run tries them again."""
    USAGE = 3
    """Wrong usage: an option, an argument, a setting, or a folder that cannot be written to."""
    LOCKED = 4
    """Another run is crawling the site."""
    UNWELL = 5
    """The crawl went well, but something about the site has changed (see monitoring.md). ``HEALTH_EXIT_CODE``."""
