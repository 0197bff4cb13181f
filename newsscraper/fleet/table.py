"""The file of sites while a fleet runs: read at the start, and again when it is asked to be."""

from __future__ import annotations

import logging
from collections.abc import Callable

from newsscraper.sites.site import Site
from newsscraper.sites.table import TableError

logger = logging.getLogger(__name__)


class Table:
    """A file of sites.

    Args:
        path: the file, as it was named.
        read: reads it.

    Attributes:
        path: see above.
        sites: as they were read last.

    Raises:
        TableError: there is a mistake in it.
    """

    def __init__(self, path: str, read: Callable[[str], list[Site]]) -> None:
        self.path = path
        self._read = read
        self.sites = read(path)

    def read_again(self) -> bool:
        """Read the file again; return whether that went well. Where not, the log says why, and nothing changes."""
        try:
            self.sites = self._read(self.path)
        except TableError as error:
            for mistake in error.mistakes:
                logger.error("%s", mistake)
            logger.error("%s was not read again: the fleet goes on with what it was", self.path)
            return False
        logger.info("%s was read again: %d sites", self.path, len(self.sites))
        return True
