"""Files that are replaced in one step and survive a power cut once they are there."""

from __future__ import annotations

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
