"""The body of an HTTP answer, as an archive keeps it → the bytes of the page: joined, unpacked, bounded.

Archives disagree with their own headers: some were stored after decoding and kept the header. So a coding is undone
where the bytes look like it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

MAX_BYTES = 32 * 1024 * 1024
"""Bytes of a page, unpacked; larger ones are left alone. As in a crawl (``DOWNLOAD_MAXSIZE``)."""

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class TooLarge(ValueError):
    """The page is larger than `MAX_BYTES`."""


class Broken(ValueError):
    """The body is not what its headers say and cannot be decoded."""


def decode(body: bytes, *, transfer: str = "", content: str = "") -> bytes:
    """Return the page's bytes.

    Args:
        body: as archived.
        transfer: the ``Transfer-Encoding`` header.
        content: the ``Content-Encoding`` header.

    Raises:
        TooLarge: unpacked it is larger than `MAX_BYTES`.
        Broken: it cannot be decoded.

    >>> decode(b"5\\r\\n<p>Ra\\r\\n2\\r\\nin\\r\\n0\\r\\n\\r\\n", transfer="chunked")
    b'<p>Rain'
    """
    if "chunked" in transfer.lower():
        body = _joined(body)
    for name in reversed([coding.strip().lower() for coding in content.split(",") if coding.strip()]):
        if (undo := _CODINGS.get(name)) is not None:
            body = undo(body)
        elif name != "identity":
            raise Broken(f"its Content-Encoding {name!r} is not known")
    if len(body) > MAX_BYTES:
        raise TooLarge("the page is too large")
    return body


def _joined(body: bytes) -> bytes:
    """Join chunks; a body that does not begin with one was joined before it was archived."""
    place = 0
    parts: list[bytes] = []
    while match := _CHUNK.match(body, place):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        start = match.end()
        parts.append(body[start : start + size])
        place = start + size
        if body[place : place + 2] == b"\r\n":
            place += 2
    if not parts or place < len(body):
        return body
    return b"".join(parts)  # the last chunk is missing: what came is kept


def _gunzip(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    data, rest = _inflated(body, 31)
    while rest.startswith(b"\x1f\x8b"):  # several streams, one behind the other
        more, rest = _inflated(rest, 31)
        data += more
        if len(data) > MAX_BYTES:
            raise TooLarge("the page is too large")
    return data


def _deflate(body: bytes) -> bytes:
    if body[:1] in b"<\n\r\t " or not body:
        return body
    try:
        return _inflate(body, 15)
    except Broken:
        return _inflate(body, -15)


def _inflate(body: bytes, window: int) -> bytes:
    return _inflated(body, window)[0]


def _inflated(body: bytes, window: int) -> tuple[bytes, bytes]:
    """Unpack a stream; return what stands behind it, too."""
    inflater = zlib.decompressobj(window)
    try:
        data = inflater.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise Broken("its compressed body is damaged") from error
    if len(data) > MAX_BYTES:
        raise TooLarge("the page is too large")
    return data, inflater.unused_data


def _brotli(body: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped]

    unpacker = brotli.Decompressor()
    try:
        data = bytes(unpacker.process(body, output_buffer_limit=MAX_BYTES + 1))
    except brotli.error as error:
        if body.lstrip()[:1] == b"<":
            return body
        raise Broken("its compressed body is damaged") from error
    if len(data) > MAX_BYTES:
        raise TooLarge("the page is too large")
    return data


def _zstd(body: bytes) -> bytes:
    import zstandard

    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    try:
        data = zstandard.ZstdDecompressor().stream_reader(body).read(MAX_BYTES + 1)
    except zstandard.ZstdError as error:
        raise Broken("its compressed body is damaged") from error
    if len(data) > MAX_BYTES:
        raise TooLarge("the page is too large")
    return data


_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
