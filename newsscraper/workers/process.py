"""One worker process, seen from the crawl."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys

import msgspec

from newsscraper.workers.failure import WorkersBroken
from newsscraper.workers.wire import LENGTHS, Broken, Done, Hello, Ready, Refused, Reply, pack, unpack_reply

_START_LIMIT = 120.0
"""Seconds that a worker may take to load its libraries: generous, since a busy machine is no reason to give up."""

_END_LIMIT = 5.0
"""Seconds that a worker may take to end by itself once the connection is closed."""


class WorkerDied(Exception):
    """The process is gone without an answer.

    Attributes:
        exit_code: as `subprocess.Popen.returncode`: negative is the number of the signal that ended it.
    """

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(self._in_words())

    def _in_words(self) -> str:
        if self.exit_code >= 0:
            return f"the worker exited with status {self.exit_code}"
        try:
            name = signal.Signals(-self.exit_code).name
        except ValueError:
            name = f"signal {-self.exit_code}"
        return f"the worker was ended by {name}"


class WorkerProcess:
    """A process that reads one page at a time. Made by `start`; must be started from the main thread.

    (Linux kills a child when the *thread* that started it ends.)
    """

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.process = process
        self._reader = reader
        self._writer = writer

    @property
    def pid(self) -> int:
        """Process id."""
        return self.process.pid

    @classmethod
    async def start(cls, hello: Hello) -> WorkerProcess:
        """Start a process and wait until it is ready.

        Raises:
            WorkersBroken: it cannot do its work, and says why.
            WorkerDied: it ended before it was ready.
            TimeoutError: it did not get ready.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: ASYNC220, S603 - returns at once; asyncio's own needs a child watcher
                # -P: what lies in the working directory must not shadow a library.
                [sys.executable, "-P", "-m", "newsscraper.workers.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "OMP_NUM_THREADS": "1"},
                start_new_session=True,  # the terminal's Ctrl-C is for the crawl
            )
        ours.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=ours)
        worker = cls(process, reader, writer)
        try:
            async with asyncio.timeout(_START_LIMIT):
                reply = await worker._exchange(pack(hello), b"")
        except BaseException:
            await worker.kill()
            raise
        if isinstance(reply, Ready):
            return worker
        await worker.kill()
        raise WorkersBroken(reply.detail if isinstance(reply, Broken) else "an answer before the question")

    async def ask(self, head: bytes, body: bytes, time_limit: float) -> Done | Refused | Broken:
        """Have a packed page read.

        Raises:
            TimeoutError: no answer within ``time_limit`` seconds; the process has been killed.
            WorkerDied: the process ended.
        """
        try:
            async with asyncio.timeout(time_limit):
                reply = await self._exchange(head, body)
        except WorkerDied:
            raise
        except BaseException:  # the limit, or the crawl is cancelled: what the process is doing now is of no use
            await self.kill()
            raise
        if isinstance(reply, Ready):
            raise WorkerDied(await self.kill())
        return reply

    async def _exchange(self, head: bytes, body: bytes) -> Reply:
        try:
            self._writer.write(head)
            self._writer.write(body)
            await self._writer.drain()
            lengths = await self._reader.readexactly(LENGTHS.size)
            answer = await self._reader.readexactly(LENGTHS.unpack(lengths)[0])
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerDied(await self._end()) from None
        try:
            return unpack_reply(answer)
        except msgspec.DecodeError as error:
            return Broken("error", f"the record is not valid: {error}")

    async def kill(self) -> int:
        """End the process at once and return its exit code."""
        self.process.kill()
        self._writer.close()
        # In a thread: the kernel may need a while to take down a process that holds much memory.
        return await asyncio.shield(asyncio.to_thread(self.process.wait))

    async def close(self) -> None:
        """Hang up and wait for the idle process to end."""
        await self._end()

    async def _end(self) -> int:
        self._writer.close()
        try:
            return await asyncio.to_thread(self.process.wait, _END_LIMIT)
        except subprocess.TimeoutExpired:
            return await self.kill()
