"""Object stores as a store: S3, Google Cloud Storage, Azure and what speaks like them, by obstore."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from newsscraper.store.place import Changed, Data, Held, StoreFailed, StoreUnusable, Unchanged

if TYPE_CHECKING:
    from obstore import UpdateVersion
    from obstore.store import ObjectStore

SCHEMES = {"s3": "AWS", "gs": "GOOGLE", "az": "AZURE"}
"""Schemes of addresses, and with what the names of their environment variables begin."""

_RETRIES = 3
_RETRY_TIMEOUT = timedelta(seconds=15)
_TIMEOUT = timedelta(seconds=60)
_CREDENTIALS = "check the credentials in the environment ({prefix}_…) and their rights to read, write and delete"


class ObjectPlace:
    """Implements `newsscraper.store.place.Place` with an object store.

    Credentials, region and endpoint come from the environment, under the names that each service's own tools use.

    Raises:
        StoreUnusable: obstore is not installed, or the address or a variable cannot be read.
    """

    def __init__(self, url: str) -> None:
        try:
            from obstore.exceptions import BaseError
            from obstore.store import from_url
        except ImportError:
            raise StoreUnusable(f"{url} needs obstore: pip install 'newsscraper[store]'") from None
        self.url = url.rstrip("/")
        self._prefix = SCHEMES[url.partition("://")[0]]
        plain = os.environ.get("AWS_ENDPOINT_URL", os.environ.get("AWS_ENDPOINT", "")).startswith("http://")
        try:
            self._store: ObjectStore = from_url(
                self.url,
                client_options={"timeout": _TIMEOUT, **({"allow_http": True} if plain else {})},
                retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY_TIMEOUT},
            )
        except (BaseError, ValueError) as error:
            raise StoreUnusable(f"{url} cannot be used as a store: {_first_line(error)}") from error

    def get(self, name: str, known: str | None = None) -> Held | None:
        """Return an object; ``None`` where there is none."""
        import obstore
        from obstore.exceptions import NotModifiedError

        tag = json.loads(known).get("e_tag") if known else None
        with self._talking():
            try:
                found = obstore.get(self._store, name, options={"if_none_match": tag} if tag else None)
                data = bytes(found.bytes())
            except NotModifiedError as error:
                raise Unchanged(name) from error
            except FileNotFoundError as error:
                self._check_bucket(error)
                return None
            return Held(data, _packed(found.meta))
        raise AssertionError

    def size(self, name: str) -> int | None:
        """Return how many bytes an object has; ``None`` where there is none."""
        import obstore

        with self._talking():
            try:
                return obstore.head(self._store, name)["size"]
            except FileNotFoundError as error:
                self._check_bucket(error)
                return None
        raise AssertionError

    def create(self, name: str, data: Data) -> str:
        """Write an object that is not there yet."""
        return self._put(name, data, "create")

    def replace(self, name: str, data: Data, version: str) -> str:
        """Write an object in the place of another."""
        return self._put(name, data, json.loads(version))

    def _put(self, name: str, data: Data, mode: Any) -> str:
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with self._talking():
            try:
                return _packed(obstore.put(self._store, name, data, mode=mode, use_multipart=False))
            except (AlreadyExistsError, PreconditionError) as error:
                raise Changed(name) from error
            except FileNotFoundError as error:  # to be replaced, and gone
                self._check_bucket(error)
                raise Changed(name) from error
        raise AssertionError

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects, one after another: not every service that speaks S3 takes a list."""
        import obstore

        with self._talking():
            for name in names:
                try:
                    obstore.delete(self._store, name)
                except FileNotFoundError as error:
                    self._check_bucket(error)

    def names(self, folder: str) -> list[str]:
        """Return the names of all objects in a folder."""
        import obstore

        with self._talking():
            return [entry["path"] for chunk in obstore.list(self._store, folder) for entry in chunk]
        raise AssertionError

    def folders(self) -> list[str]:
        """Return the names of the folders at the top, sorted: one a site."""
        import obstore

        with self._talking():
            found = obstore.list_with_delimiter(self._store)["common_prefixes"]
            return sorted(name for prefix in found if (name := str(prefix).strip("/")) and name[0] != ".")
        raise AssertionError

    def _check_bucket(self, error: FileNotFoundError) -> None:
        # A missing bucket looks like a missing object, but for these words.
        if any(words in str(error) for words in ("NoSuchBucket", "ContainerNotFound", "bucket does not exist")):
            raise StoreFailed("there is no such bucket; make it, or check its name", lasting=True) from error

    @contextmanager
    def _talking(self) -> Iterator[None]:
        from obstore.exceptions import BaseError, NotSupportedError, PermissionDeniedError, UnauthenticatedError

        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise StoreFailed(f"it refuses us: {self._advice()}", lasting=True) from error
        except (NotSupportedError, NotImplementedError) as error:
            raise StoreFailed("it has no conditional writes; choose a store that has", lasting=True) from error
        except (BaseError, OSError, ValueError) as error:
            line = _first_line(error)
            if "169.254.169.254" in line or "metadata" in line:  # where a cloud's own machines get theirs
                raise StoreFailed(f"there are no credentials: {self._advice()}", lasting=True) from error
            raise StoreFailed(line) from error

    def _advice(self) -> str:
        return _CREDENTIALS.format(prefix=self._prefix)


def _packed(told: UpdateVersion | Any) -> str:
    """Pack what tells a version: an ETag, on Google's a generation."""
    return json.dumps({key: told[key] for key in ("e_tag", "version") if told.get(key)})


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split("\n\nDebug source")[0].split())[:300]
