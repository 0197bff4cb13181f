"""The warm process: it has loaded all that a worker needs, and forks one whenever the crawl asks.

A worker is there at once then, and shares with the others what was loaded. Run as ``python -m
newsscraper.workers.forking FD PARENT READER``: the descriptor of a socket to the crawl, the crawl's process id, and the
reader's import path. The crawl sends a worker's connection for each worker that it wants; it is told the worker's
process id with a descriptor of it, and later how it ended.

Nothing else happens here, no page is read and no thread runs: what is forked is always in the same sound state.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import socket
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from newsscraper.workers import child
from newsscraper.workers.answering import load_reader
from newsscraper.workers.wire import TOLD


class _Forker:
    def __init__(self, control: socket.socket, reader: str) -> None:
        self._control = control
        self._reader = reader
        self._workers: dict[int, int] = {}  # descriptor → process id
        self._watched = selectors.DefaultSelector()
        self._watched.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        """Fork and tell of ends until the crawl hangs up and the last worker has ended."""
        while self._watched.get_map():
            for key, _ in self._watched.select():
                if key.fileobj is self._control:
                    self._asked()
                else:
                    self._ended(key.fd)

    def _asked(self) -> None:
        try:
            asked, received, _, _ = socket.recv_fds(self._control, 1, 1)
        except ConnectionError:
            asked, received = b"", []
        if not asked:
            self._watched.unregister(self._control)
            return
        (connection,) = received
        worker = self._start(connection)
        os.close(connection)
        process = os.pidfd_open(worker)
        self._workers[process] = worker
        self._watched.register(process, selectors.EVENT_READ)
        with contextlib.suppress(ConnectionError):
            socket.send_fds(self._control, [TOLD.pack(worker, 0)], [process])

    def _start(self, connection: int) -> int:
        parent = os.getpid()
        if _threads() > 1:  # a library of this reader's has started one: what it holds would stay locked in a fork
            os.set_inheritable(connection, True)
            arguments = [sys.executable, "-P", "-m", child.__name__, str(connection), str(parent), self._reader]
            return os.posix_spawn(sys.executable, arguments, os.environ)
        worker = os.fork()
        if not worker:
            self._become_worker(connection, parent)
        return worker

    def _become_worker(self, connection: int, parent: int) -> NoReturn:
        status = 1
        try:
            self._watched.close()
            self._control.close()
            for process in self._workers:
                os.close(process)
            child.serve(connection, parent, self._reader)
            status = 0
        except SystemExit:
            pass
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def _ended(self, process: int) -> None:
        worker = self._workers.pop(process)
        self._watched.unregister(process)
        os.close(process)
        _, status = os.waitpid(worker, 0)
        with contextlib.suppress(ConnectionError):
            self._control.send(TOLD.pack(worker, os.waitstatus_to_exitcode(status)))


def _threads() -> int:
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def main(descriptor: int, parent: int, reader: str) -> None:
    """Load the reader, then fork workers."""
    child.leave_signals_to_the_crawl()
    child.die_with(parent)
    with socket.socket(fileno=descriptor) as control:
        child.keep_quiet()
        with contextlib.suppress(Exception):  # the worker that comes upon it says so
            load_reader(reader)
        gc.collect()
        gc.freeze()  # a collector that walked it would write to what all share
        _Forker(control, reader).run()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
