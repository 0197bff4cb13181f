"""How a worker is started: forked from a warm process where the system has what that takes, else as a fresh one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from typing import Protocol

from newsscraper.workers.failure import WorkersBroken
from newsscraper.workers.wire import TOLD


class Started(Protocol):
    """A process that was started.

    Attributes:
        pid: process id; 0 while it is not known.
    """

    pid: int

    async def begin(self) -> None:
        """Wait until it runs, or has ended before it could."""

    def kill(self) -> None:
        """End it at once, wherever it is; of one that has ended already nothing comes."""

    async def wait(self, limit: float | None = None) -> int:
        """Wait for its end and return its exit code: negative is the number of the signal that ended it.

        Args:
            limit: seconds.

        Raises:
            TimeoutError: it has not ended within the limit.
        """


class Spawned:
    """A process that was started afresh, a child of ours."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid

    async def begin(self) -> None:
        """Return at once: it runs."""

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    async def wait(self, limit: float | None = None) -> int:
        """Wait for its end."""
        try:
            # In a thread: the kernel may need a while to take down a process that holds much memory.
            return await asyncio.to_thread(self._process.wait, limit)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None


class Forked:
    """A process that the warm one forks."""

    def __init__(self, warm: Warm) -> None:
        self.pid = 0
        self._warm = warm
        self._process: int | None = None
        self._beginning = asyncio.Event()
        self._end: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def begin(self) -> None:
        """Wait until it runs, or has ended before it could."""
        await self._beginning.wait()

    def kill(self) -> None:
        """End it at once; where it has not even begun, the process that should fork it."""
        if self._end.done():
            return
        if self._process is None:
            self._warm.kill()
        else:  # by its descriptor: the number may be another's by now
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)

    async def wait(self, limit: float | None = None) -> int:
        """Wait for its end."""
        async with asyncio.timeout(limit):
            return await asyncio.shield(self._end)

    def begun(self, pid: int, process: int) -> None:
        """Take in that it runs, and the descriptor of it."""
        self.pid, self._process = pid, process
        self._beginning.set()

    def ended(self, exit_code: int) -> None:
        """Take in that it has ended."""
        if self._process is not None:
            os.close(self._process)
            self._process = None
        self._beginning.set()
        self._end.set_result(exit_code)


class Starter:
    """Starts workers. Must be used in the main thread: Linux kills a child when the *thread* that started it ends.

    Args:
        reader: import path of the function that reads a page.
    """

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._forks = _can_fork()
        self._warm: Warm | None = None

    def start(self) -> tuple[Started, socket.socket]:
        """Start a worker; return it and our end of its connection. It gets ready while the caller goes on.

        Raises:
            WorkersBroken: the system starts no process.
        """
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise WorkersBroken(f"{error.strerror or error}") from error
        with theirs:
            try:
                return self._start(theirs), ours
            except OSError as error:
                ours.close()
                raise WorkersBroken(f"{error.strerror or error}") from error

    def _start(self, connection: socket.socket) -> Started:
        if not self._forks:
            return Spawned(_launch("newsscraper.workers.child", self._reader, connection))
        if self._warm is not None:
            with contextlib.suppress(OSError):  # it has died meanwhile
                return self._warm.fork(connection)
        self._warm = Warm(self._reader)
        return self._warm.fork(connection)

    async def close(self) -> None:
        """End the warm process, when its workers have ended."""
        if self._warm is not None:
            await self._warm.close()


class Warm:
    """The warm process, seen from the crawl.

    Args:
        reader: import path of the function that reads a page.

    Raises:
        OSError: the system starts no process.
    """

    def __init__(self, reader: str) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                self._process = _launch("newsscraper.workers.forking", reader, theirs)
            except OSError:
                self._control.close()
                raise
        self._control.setblocking(False)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._control, self._told)
        self._asked: deque[Forked] = deque()
        self._workers: dict[int, Forked] = {}
        self._end: asyncio.Task[int] | None = None

    def fork(self, connection: socket.socket) -> Forked:
        """Have a worker forked that has the other end of a connection.

        Raises:
            OSError: the warm process has died.
        """
        socket.send_fds(self._control, [b"f"], [connection.fileno()])
        worker = Forked(self)
        self._asked.append(worker)
        return worker

    def kill(self) -> None:
        """End it at once; its workers end with it."""
        self._process.kill()

    async def close(self) -> None:
        """Hang up and wait for its end; its workers have ended before, or end with it."""
        await self._hang_up()

    def _told(self) -> None:
        try:
            told, descriptors, _, _ = socket.recv_fds(self._control, TOLD.size, 1)
        except BlockingIOError:
            return
        except OSError:
            told, descriptors = b"", []
        if not told:
            self._hang_up()
            return
        pid, exit_code = TOLD.unpack(told)
        if descriptors:
            worker = self._workers[pid] = self._asked.popleft()
            worker.begun(pid, descriptors[0])
        else:
            self._workers.pop(pid).ended(exit_code)

    def _hang_up(self) -> asyncio.Task[int]:
        if self._end is not None:
            return self._end
        self._end = self._loop.create_task(asyncio.to_thread(self._process.wait))
        self._loop.remove_reader(self._control)
        self._control.close()
        for worker in (*self._asked, *self._workers.values()):
            worker.ended(-signal.SIGKILL)  # as the kernel ends them, with the process that forked them
        self._asked.clear()
        self._workers.clear()
        return self._end


def _launch(module: str, reader: str, connection: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        # -P: what lies in the working directory must not shadow a library.
        [sys.executable, "-P", "-m", module, str(connection.fileno()), str(os.getpid()), reader],
        pass_fds=[connection.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "OMP_NUM_THREADS": "1"},
        start_new_session=True,  # the terminal's Ctrl-C is for the crawl
    )


def _can_fork() -> bool:
    """Tell whether workers can be forked: Linux alone ends them with their parent, and has descriptors of processes."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True
