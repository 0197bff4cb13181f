"""Parquet files in a folder or an object store, each replaced whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsscraper.exports import ExportFailed
from newsscraper.exports.columns import arrow

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]


class ParquetFiles:
    """The files of a destination: ``<site>/<name>.parquet``.

    Args:
        place: a folder, or an address that pyarrow's file systems know: ``s3://bucket/folder``, ``gs://…``.

    Raises:
        ExportFailed: the address is none that pyarrow knows.
    """

    def __init__(self, place: str) -> None:
        arrow()
        from pyarrow import fs

        self._place = place
        self._local = "://" not in place
        try:
            if self._local:
                self._system, self._root = fs.LocalFileSystem(), str(Path(place).absolute())
            else:
                self._system, self._root = fs.FileSystem.from_uri(place)
        except (OSError, ValueError) as error:
            raise ExportFailed(f"{place} is neither a folder nor the address of a store: {_words(error)}") from error
        self._root = self._root.rstrip("/")

    def shown(self, site: str, name: str) -> str:
        """Return how a file is named to a person."""
        return f"{self._place.partition('?')[0].rstrip('/')}/{site}/{name}"

    def names(self, site: str) -> list[str]:
        """Return the names of a site's files, sorted.

        Raises:
            ExportFailed: the destination cannot be read.
        """
        from pyarrow import fs

        try:
            found = self._system.get_file_info(fs.FileSelector(f"{self._root}/{site}", allow_not_found=True))
        except OSError as error:
            raise self._failed(site, "", error) from error
        names = (info.base_name for info in found if info.type == fs.FileType.File)
        return sorted(name for name in names if name.endswith(".parquet") and not name.startswith("."))

    def metadata(self, site: str, name: str) -> dict[bytes, bytes]:
        """Return the key-value metadata of a file.

        Raises:
            ExportFailed: it is no Parquet file.
        """
        from pyarrow import parquet

        try:
            return dict(parquet.read_metadata(self._path(site, name), filesystem=self._system).metadata or {})
        except (OSError, ValueError) as error:
            raise self._failed(site, name, error) from error

    def batches(self, site: str, name: str) -> Iterator[pa.RecordBatch]:
        """Yield what a file holds."""
        from pyarrow import parquet

        with self._system.open_input_file(self._path(site, name)) as source, parquet.ParquetFile(source) as file:
            for group in range(file.num_row_groups):
                yield from file.read_row_group(group).to_batches()

    @contextmanager
    def replacing(self, site: str, name: str, schema: pa.Schema) -> Iterator[Any]:
        """Give a writer; what it wrote takes the file's place when the block ends without an error.

        In a folder it is written aside and renamed. In an object store a file appears when its upload is completed.

        Raises:
            ExportFailed: it cannot be written.
        """
        from pyarrow import parquet

        path = self._path(site, name)
        aside = self._path(site, f".{name}.new") if self._local else path
        try:
            self._system.create_dir(f"{self._root}/{site}")
            with parquet.ParquetWriter(aside, schema, filesystem=self._system, compression="zstd") as writer:
                yield writer
            if self._local:
                _sync(Path(aside))
                Path(aside).replace(path)
        except OSError as error:
            raise self._failed(site, name, error) from error

    def remove(self, site: str, name: str) -> None:
        """Remove a file."""
        self._system.delete_file(self._path(site, name))

    def _path(self, site: str, name: str) -> str:
        return f"{self._root}/{site}/{name}"

    def _failed(self, site: str, name: str, error: Exception) -> ExportFailed:
        return ExportFailed(f"{self.shown(site, name)}: {_words(error)}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
