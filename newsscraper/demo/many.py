"""Many newsrooms behind one port, one for each address of loopback: what a fleet is tried on."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

from newsscraper.demo.newsroom import Newsroom
from newsscraper.demo.routes import answer
from newsscraper.demo.server import Response
from newsscraper.demo.shapes import shape
from newsscraper.demo.view import View

_FIRST = 2
_PER_NETWORK = 250
Answer = Callable[[int, str], Response | None]


def address(number: int) -> str:
    """Return the loopback address of a newsroom, from 0 on.

    >>> address(0), address(250)
    ('127.0.1.2', '127.0.2.2')
    """
    return f"127.0.{1 + number // _PER_NETWORK}.{_FIRST + number % _PER_NETWORK}"


def number_of(host: str) -> int:
    """Return which newsroom has an address.

    >>> number_of("127.0.2.2")
    250
    """
    _, _, network, last = map(int, host.split("."))
    return (network - 1) * _PER_NETWORK + last - _FIRST


class Many:
    """Newsrooms on the air, made when they are first asked.

    Args:
        articles: how many each has.
        more: how many some have instead, by number.
        instead: asked before a newsroom, with its number and the path; what it returns is the answer.

    Attributes:
        requests: how often each address and path was asked for.
        port: where all of them listen.
    """

    def __init__(self, articles: int, instead: Answer | None = None, *, more: Mapping[int, int] | None = None) -> None:
        self.requests: Counter[tuple[int, str]] = Counter()
        self.port = 0
        self.delay = 0.0
        """Seconds that each answer waits."""
        self.loop: asyncio.AbstractEventLoop | None = None
        self._held: list[tuple[asyncio.Transport, bytes]] | None = None
        self._articles = articles
        self._more = dict(more or {})
        self._instead = instead
        self._opened = datetime.now(UTC) - timedelta(days=30)
        self._view = lru_cache(maxsize=None)(self._make)
        self._page = lru_cache(maxsize=4096)(self._render)

    def url(self, number: int) -> str:
        """Return the address of a newsroom's home page."""
        return f"http://{address(number)}:{self.port}/"

    def expected(self, number: int) -> set[str]:
        """Return the addresses of a newsroom's articles."""
        view = self._view(number)
        return {view.base + story.path for story in view.stories if not story.password}

    def hold(self) -> None:
        """Keep all answers back from now on."""
        self._held = []

    def release(self) -> None:
        """Give the answers that were kept back, and those to come at once."""
        held, self._held = self._held or [], None
        assert self.loop
        for transport, sent in held:
            self.loop.call_soon_threadsafe(transport.write, sent)

    def send(self, transport: asyncio.Transport, answer: bytes) -> None:
        """Send an answer when it is time for it."""
        if self._held is not None:
            self._held.append((transport, answer))
        else:
            asyncio.get_running_loop().call_later(self.delay, transport.write, answer)

    def _make(self, number: int) -> View:
        # Old enough for nothing to be due for another look, and for all ages to stay what they are.
        newsroom = Newsroom(
            self._more.get(number, self._articles), seed=number, opened_at=self._opened - timedelta(days=30)
        )
        return View(self.url(number).rstrip("/"), newsroom.stories, self._opened, shape(newsroom.shape))

    def _render(self, number: int, path: str) -> Response:
        found = self._instead(number, path) if self._instead else None
        return found or answer(path, self._view(number), frozenset())

    def respond(self, host: str, path: str, headers: dict[str, str]) -> bytes:
        """Return the bytes of an answer."""
        number = number_of(host.partition(":")[0])
        self.requests[number, path] += 1
        page = self._page(number, path)
        status, body, lines = page.status, page.body, [f"Date: {format_datetime(datetime.now(UTC), usegmt=True)}"]
        if page.etag:
            lines.append(f"ETag: {page.etag}")
            if headers.get("if-none-match") == page.etag:
                status, body = 304, b""
        if page.last_modified:
            modified = format_datetime(page.last_modified.astimezone(UTC), usegmt=True)
            lines.append(f"Last-Modified: {modified}")
            if status == 200 and headers.get("if-modified-since") == modified:
                status, body = 304, b""
        if status != 304:
            lines.append(f"Content-Type: {page.content_type}")
        lines += [f"{name}: {value}" for name, value in page.headers.items()]
        head = "\r\n".join([f"HTTP/1.1 {status} X", *lines, f"Content-Length: {len(body)}"])
        return f"{head}\r\n\r\n".encode() + body


class _Connection(asyncio.Protocol):
    def __init__(self, many: Many) -> None:
        self._many = many
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            answer = self._many.respond(headers.get("host", address(0)), first.split(" ")[1], headers)
            self._many.send(self._transport, answer)


@contextmanager
def serve(many: Many, count: int, port: int = 0) -> Iterator[Many]:
    """Show so many newsrooms while the ``with`` block runs; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    loop = many.loop = asyncio.new_event_loop()

    async def listen(hosts: list[str], port: int) -> asyncio.Server:
        return await loop.create_server(lambda: _Connection(many), hosts, port, backlog=100)

    servers = [loop.run_until_complete(listen([address(0)], port))]
    many.port = servers[0].sockets[0].getsockname()[1]
    if count > 1:
        servers.append(loop.run_until_complete(listen([address(number) for number in range(1, count)], many.port)))
    thread = threading.Thread(target=loop.run_forever, name="newsrooms", daemon=True)
    thread.start()
    try:
        yield many
    finally:
        for server in servers:
            loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
