"""The worker's side: reads pages from a socket, one after another, until the crawl hangs up or is gone.

Forked from the warm process (`newsscraper.workers.forking`), or run as ``python -m newsscraper.workers.child FD PARENT
READER``.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import resource
import signal
import socket
import sys
import warnings
from typing import BinaryIO

import msgspec

from newsscraper.extraction.page import SiteHints
from newsscraper.workers.answering import Reader, answer, describe, load_reader
from newsscraper.workers.wire import LENGTHS, Broken, Done, Hello, Ready, Reply, pack, unpack_hints, unpack_page

_PR_SET_PDEATHSIG = 1
_PAGE_SIZE = resource.getpagesize()
_MEBIBYTE = 1024 * 1024
_RESIDENT, _DATA = 1, 5
# A worker that has grown by this much of its limit since its start is replaced between two pages: what it remembers of
# the pages before must not fail the next one, nor the machine.
_GROWTH = 0.25
# The crawl enforces the time limit; where it is gone or stopped, the worker ends itself this much later.
_GRACE = 5.0


def serve(descriptor: int, parent: int, reader: str) -> None:
    """Serve pages until the other end of a socket is closed.

    Args:
        descriptor: of the socket.
        parent: id of the process that started this one, and ends it when it dies.
        reader: import path of the function that reads a page.
    """
    die_with(parent)
    with socket.socket(fileno=descriptor) as connection, connection.makefile("rb") as stream:
        try:
            head, *_ = _receive(stream)
        except EOFError:
            return
        hello = msgspec.json.decode(head, type=Hello)
        try:
            read = load_reader(reader)
            _limit_memory(hello.memory_limit)
        except Exception as error:
            connection.sendall(pack(Broken("error", describe(error))))
            return
        gc.collect()
        gc.freeze()
        retire_at = _statm(_RESIDENT) + int(hello.memory_limit * _MEBIBYTE * _GROWTH)
        connection.sendall(pack(Ready()))
        hints: SiteHints | None = SiteHints()
        while hints is not None:
            hints = _serve(connection, stream, read, hello, retire_at, hints)


def _serve(  # noqa: PLR0913, PLR0917
    connection: socket.socket, stream: BinaryIO, read: Reader, hello: Hello, retire_at: int, hints: SiteHints
) -> SiteHints | None:
    """Answer one page; return the hints that hold from here on, ``None`` where there is no other page."""
    try:
        head, packed, body = _receive(stream)
        signal.setitimer(signal.ITIMER_REAL, hello.time_limit + _GRACE)
        hints = unpack_hints(packed) if packed else hints
        reply = answer(read, unpack_page(head, hints, body))
        if isinstance(reply, Done) and hello.memory_limit:
            reply.retire = _statm(_RESIDENT) > retire_at
        frame = _pack_safely(reply)
        signal.setitimer(signal.ITIMER_REAL, 0)
    except EOFError:
        return None
    except MemoryError:
        frame = pack(Broken("memory-limit", "too large for a worker's memory"))
    connection.sendall(frame)
    return hints


def _pack_safely(reply: Reply) -> bytes:
    """Pack a reply; one that cannot be written as UTF-8 becomes a `Broken`."""
    try:
        return pack(reply)
    except (UnicodeEncodeError, msgspec.MsgspecError, TypeError) as error:
        return pack(Broken("error", describe(error)))


def _receive(stream: BinaryIO) -> tuple[bytes, bytes, bytes]:
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        raise EOFError
    head_length, hints_length, body_length = LENGTHS.unpack(lengths)
    head, hints, body = stream.read(head_length), stream.read(hints_length), stream.read(body_length)
    if len(head) < head_length or len(hints) < hints_length or len(body) < body_length:
        raise EOFError
    return head, hints, body


def _limit_memory(mebibytes: int) -> None:
    if not mebibytes:
        return
    needed = _statm(_DATA) // _MEBIBYTE
    # Memory that is there already counts, but nothing fails before more is asked for: said now, not page after page.
    if needed * 2 > mebibytes:
        raise MemoryError(
            f"a worker needs {needed} MiB before it reads a page, and may have {mebibytes} MiB: "
            f"set EXTRACTION_MEMORY_LIMIT to {needed * 2} at least"
        )
    resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * _MEBIBYTE, mebibytes * _MEBIBYTE))


def _statm(field: int) -> int:
    """Return one of the sizes that Linux tells of this process, in bytes; 0 elsewhere."""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - once a page, and a Path costs more than the read
            return int(statm.read().split()[field]) * _PAGE_SIZE
    except OSError:
        return 0


def leave_signals_to_the_crawl() -> None:
    """Ignore Ctrl-C and a service manager's SIGTERM: the crawl lets its pages finish and then hangs up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def keep_quiet() -> None:
    """Keep what libraries have to say of a page from the crawl's terminal."""
    logging.disable()
    warnings.simplefilter("ignore")


def die_with(parent: int) -> None:
    """Have the kernel kill this process when the one that started it dies, even where a page holds it in a loop."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            raise SystemExit(1)


if __name__ == "__main__":
    leave_signals_to_the_crawl()
    keep_quiet()
    serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
