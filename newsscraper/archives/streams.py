"""Archives elsewhere, read piece by piece: where a connection breaks, the piece is asked for again."""

from __future__ import annotations

import io
import time
from datetime import timedelta
from typing import Any

from newsscraper.archives import ArchiveFailed

PIECE = 8 * 1024 * 1024
"""Bytes that are asked for at once."""

_RETRIES = 10
_LONGEST_PAUSE = 30.0


class RemoteFile(io.RawIOBase):
    """A file in an object store or behind ``https://``, read from its beginning to its end.

    Args:
        address: ``https://…``, ``s3://bucket/key`` and whatever else obstore knows.

    Raises:
        ArchiveFailed: obstore is not installed, or there is no such file.
    """

    def __init__(self, address: str) -> None:
        try:
            import obstore
            from obstore.store import from_url
        except ImportError as error:
            extra = "archives at an address need obstore: pip install 'newsscraper[archive]'"
            raise ArchiveFailed(extra) from error
        self._get_range = obstore.get_range
        self._address = address
        folder, _, self._name = address.rpartition("/")
        options: Any = {"client_options": {"allow_http": True, "timeout": timedelta(seconds=120)}}
        try:
            self._store = from_url(folder, retry_config={"max_retries": _RETRIES}, **options)
            self.size = int(obstore.head(self._store, self._name)["size"])
        except Exception as error:  # obstore's errors have no common class that is documented
            raise ArchiveFailed(f"{address}: {_words(error)}") from error
        self._place = 0
        self._piece = b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read from any place."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._place - len(self._piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self.size}[whence]
        self._place, self._piece = max(0, base + offset), b""
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what comes next."""
        if not self._piece:
            if self._place >= self.size:
                return 0
            end = min(self._place + PIECE, self.size)
            self._piece = self._fetched(self._place, end)
            self._place = end
        count = min(len(buffer), len(self._piece))
        buffer[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def _fetched(self, start: int, end: int) -> bytes:
        """Return a piece; where the connection breaks, ask for it again, after a growing pause."""
        for attempt in range(_RETRIES):
            try:
                return bytes(self._get_range(self._store, self._name, start=start, end=end))
            except Exception as error:
                if attempt + 1 == _RETRIES:
                    raise OSError(f"{self._address}: {_words(error)}") from error
                time.sleep(min(_LONGEST_PAUSE, 0.1 * 2**attempt))
        raise AssertionError  # the last attempt returns or raises


def _words(error: Exception) -> str:
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return " ".join(first.split())[:200]
