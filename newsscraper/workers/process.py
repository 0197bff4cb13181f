"""One worker process, seen from the crawl."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections import deque
from dataclasses import dataclass

import msgspec

from newsscraper.workers.failure import WorkersBroken
from newsscraper.workers.starting import Started
from newsscraper.workers.wire import LENGTHS, Broken, Done, Hello, PackedPage, Ready, Refused, Reply, pack, unpack_reply

_START_LIMIT = 120.0
"""Seconds that a worker may take to load its libraries: generous, since a busy machine is no reason to give up."""

_END_LIMIT = 5.0
"""Seconds that a worker may take to end by itself once the connection is closed."""

_SEND_BUFFER = 1 << 20
"""Bytes that the kernel may hold for a worker, so that the next page lies there when the worker comes to it."""


class WorkerDied(Exception):
    """The process is gone without an answer.

    Attributes:
        exit_code: negative is the number of the signal that ended it.
        begun: the page may have been the one that was being read; ``False``: it surely was not.
    """

    def __init__(self, exit_code: int, *, begun: bool = True) -> None:
        self.exit_code = exit_code
        self.begun = begun
        super().__init__(self._in_words())

    def _in_words(self) -> str:
        if self.exit_code >= 0:
            return f"the worker exited with status {self.exit_code}"
        try:
            name = signal.Signals(-self.exit_code).name
        except ValueError:
            name = f"signal {-self.exit_code}"
        return f"the worker was ended by {name}"


class Overtaken(Exception):
    """The page before takes long: this one should be read elsewhere. What the worker says of it later is not heard."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """A page that was sent."""

    turn: asyncio.Future[None] | None
    """Set when the page before has been answered; ``None`` where there was none."""
    reply: asyncio.Future[bytes]


class WorkerProcess(asyncio.Protocol):
    """A process that reads one page at a time, and has the next ones at hand.

    Of use after `connect`.

    Args:
        process: the process; it has the other end of the connection.
        ours: our end.
        hello: what it is told first.
    """

    def __init__(self, process: Started, ours: socket.socket, hello: Hello) -> None:
        self.process = process
        self._socket = ours
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        with contextlib.suppress(OSError):  # killed already: `connect` says so
            ours.sendall(pack(hello))
        ours.setblocking(False)
        self._transport: asyncio.Transport | None = None
        self._tickets: deque[_Ticket] = deque()
        self._received = bytearray()
        self._hints = b""
        self._ours_to_end = False
        self._ending: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Process id."""
        return self.process.pid

    @property
    def is_gone(self) -> bool:
        """Whether it takes no more pages: it has died, or is being ended."""
        return self._ours_to_end or self._transport is None or self._transport.is_closing()

    @property
    def load(self) -> int:
        """Pages sent and not answered."""
        return len(self._tickets)

    async def connect(self) -> None:
        """Wait until the process is ready.

        Raises:
            WorkersBroken: it cannot do its work, and says why.
            WorkerDied: it ended before it was ready.
            TimeoutError: it did not get ready.
        """
        loop = asyncio.get_running_loop()
        ready = _Ticket(None, loop.create_future())
        self._tickets.append(ready)
        try:
            await loop.create_connection(lambda: self, sock=self._socket)
            async with asyncio.timeout(_START_LIMIT):
                reply = _understand(await ready.reply)
                await self.process.begin()
        except WorkerDied:
            raise
        except BaseException:
            await self.kill()
            raise
        if not isinstance(reply, Ready):
            await self.kill()
            raise WorkersBroken(reply.detail if isinstance(reply, Broken) else "an answer before the question")

    async def ask(self, page: PackedPage, time_limit: float, patience: float | None = None) -> Done | Refused | Broken:
        """Have a page read, after those that were sent before.

        Args:
            page: the page.
            time_limit: seconds that it may take.
            patience: seconds that it may wait for its turn; ``None``: as long as it takes.

        Raises:
            TimeoutError: no answer within ``time_limit`` seconds of its turn; the process has been killed.
            Overtaken: its turn did not come.
            WorkerDied: the process ended.
        """
        if self.is_gone:
            raise WorkerDied(await self._end(), begun=False)
        loop = asyncio.get_running_loop()
        ticket = _Ticket(loop.create_future() if self._tickets else None, loop.create_future())
        self._tickets.append(ticket)
        self._send(page)
        if ticket.turn is not None:
            try:
                async with asyncio.timeout(patience):
                    await ticket.turn
            except TimeoutError:
                ticket.reply.cancel()
                raise Overtaken from None
            except BaseException:
                ticket.reply.cancel()
                raise
        try:
            async with asyncio.timeout(time_limit):
                reply = _understand(await ticket.reply)
        except WorkerDied:
            raise
        except BaseException:  # the limit, or the crawl is cancelled: what the process is doing now is of no use
            await self.kill()
            raise
        if isinstance(reply, Ready):
            raise WorkerDied(await self.kill())
        return reply

    def _send(self, page: PackedPage) -> None:
        assert self._transport
        hints = b"" if page.hints == self._hints else page.hints
        self._hints = page.hints
        self._transport.write(LENGTHS.pack(len(page.head), len(hints), len(page.body)) + page.head + hints)
        self._transport.write(page.body)

    # --- what the connection says ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take in a piece of an answer."""
        received = self._received
        received += data
        while len(received) >= LENGTHS.size:
            end = LENGTHS.size + LENGTHS.unpack_from(received)[0]
            if len(received) < end:
                return
            answer = bytes(memoryview(received)[LENGTHS.size : end])
            del received[:end]
            self._answered(answer)

    def _answered(self, answer: bytes) -> None:
        if not self._tickets:
            self._hang_up()  # an answer to nothing: it cannot be trusted any more
            return
        ticket = self._tickets.popleft()
        if self._tickets and (turn := self._tickets[0].turn) is not None and not turn.done():
            turn.set_result(None)
        if not ticket.reply.done():
            ticket.reply.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that the process is gone."""
        self._ending = asyncio.ensure_future(self._tell_of_end())

    async def _tell_of_end(self) -> None:
        exit_code = await self._end()
        first = True
        while self._tickets:
            ticket = self._tickets.popleft()
            if not ticket.reply.done():
                ticket.reply.set_exception(WorkerDied(exit_code, begun=first and not self._ours_to_end))
            if ticket.turn is not None and not ticket.turn.done():
                ticket.turn.set_result(None)
            first = False

    # --- its end ---

    async def kill(self) -> int:
        """End the process at once and return its exit code. Pages that waited in it are none the worse for it."""
        self._ours_to_end = True
        self.process.kill()
        self._hang_up()
        return await asyncio.shield(self.process.wait())

    async def close(self) -> None:
        """Hang up and wait for the process to end; one that has work is killed."""
        await (self.kill() if self._tickets else self._end())
        if self._ending is not None:
            await self._ending

    def _hang_up(self) -> None:
        if self._transport is not None:
            self._transport.abort()
        else:
            self._socket.close()

    async def _end(self) -> int:
        self._hang_up()
        try:
            return await self.process.wait(_END_LIMIT)
        except TimeoutError:
            return await self.kill()


def _understand(answer: bytes) -> Reply:
    try:
        return unpack_reply(answer)
    except msgspec.DecodeError as error:
        return Broken("error", f"the record is not valid: {error}")
