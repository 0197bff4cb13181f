"""Files that are replaced in one step and survive a power cut once they are there."""

from __future__ import annotations

import errno
import os
from mmap import mmap
from pathlib import Path


def replace_whole(path: Path, data: bytes) -> None:
    """Put ``data`` under ``path`` in one step, durable.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        write_new(new, data)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def write_new(path: Path, data: bytes | mmap) -> None:
    """Write a file that is not there yet and wait until its bytes are on disk.

    Raises:
        FileExistsError: there is one of that name.
        OSError: it cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class GrowingFile:
    """A file that only this process appends to: what is written is there whole and durable, or not at all.

    Args:
        path: made where it is not there; a symbolic link is refused.

    Attributes:
        path: where it is.
        end: its bytes.

    Raises:
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        new = not path.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(path, flags, 0o644)
        if new:
            sync_folder(path.parent)
        self.end = os.fstat(self._descriptor).st_size

    def write(self, data: bytes) -> None:
        """Append, and return when that is durable.

        Raises:
            OSError: nothing of it is in the file; or the file is not the one any more that was opened.
        """
        self._check_still_there()
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fdatasync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, self.end)
            raise
        self.end += len(data)

    def cut(self, end: int, aside: Path | None = None) -> None:
        """Take back what stands behind a byte; ``aside`` is where it is moved to.

        Raises:
            OSError: that cannot be done.
        """
        if aside is not None:
            aside.write_bytes(os.pread(self._descriptor, self.end - end, end))
        os.ftruncate(self._descriptor, end)
        os.fsync(self._descriptor)
        self.end = end

    def close(self) -> None:
        """Close the file; harmless if done twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _check_still_there(self) -> None:
        mine = os.fstat(self._descriptor)
        try:
            there = self.path.stat(follow_symlinks=False)
        except FileNotFoundError:
            raise FileNotFoundError(errno.ENOENT, "it was removed while the crawl was running") from None
        if (mine.st_dev, mine.st_ino) != (there.st_dev, there.st_ino):
            raise FileNotFoundError(errno.ENOENT, "it was replaced while the crawl was running")
        if mine.st_size != self.end:
            raise OSError(errno.EIO, f"somebody else changed it: {mine.st_size} bytes instead of {self.end}")
