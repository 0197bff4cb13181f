"""A hostile web server on loopback: real sockets, one coroutine per malice."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import brotli
import zstandard

Answer = Callable[[asyncio.StreamWriter, str], Awaitable[None]]


def page(body: str, *, title: str = "A page", head: str = "") -> bytes:
    """Return a small HTML page."""
    head = f"<meta charset=utf-8><title>{title}</title>{head}"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


async def send(
    writer: asyncio.StreamWriter,
    body: bytes = b"",
    *,
    status: str = "200 OK",
    headers: tuple[str, ...] = (),
    kind: str = "text/html; charset=utf-8",
) -> None:
    """Send one ordinary answer."""
    head = "\r\n".join(
        (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", "")
    )
    writer.write(head.encode() + body)
    await writer.drain()


def fixed(body: bytes, **options: object) -> Answer:
    """Return an answer that is always the same."""

    async def answer(writer: asyncio.StreamWriter, path: str) -> None:
        await send(writer, body, **options)  # type: ignore[arg-type]

    return answer


def redirect(location: str) -> Answer:
    """Return an answer that leads elsewhere."""
    return fixed(b"", status="302 Found", headers=(f"Location: {location}",))


async def endless_redirect(writer: asyncio.StreamWriter, path: str) -> None:
    """Lead to a new address each time."""
    await send(writer, status="302 Found", headers=(f"Location: {path}x",))


async def endless_body(writer: asyncio.StreamWriter, path: str) -> None:
    """Never stop sending, as fast as the reader reads."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    while True:
        writer.write(b"<p>more</p>" * 6000)
        await writer.drain()


async def slow_body(writer: asyncio.StreamWriter, path: str) -> None:
    """Send one byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.2)


async def no_answer(writer: asyncio.StreamWriter, path: str) -> None:
    """Say nothing, and keep the connection."""
    await asyncio.sleep(3600)


async def closed_mid_body(writer: asyncio.StreamWriter, path: str) -> None:
    """Promise more than what comes."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html><body>half a")
    await writer.drain()


async def big_header(writer: asyncio.StreamWriter, path: str) -> None:
    """Send one header of a megabyte."""
    with contextlib.suppress(ConnectionError):
        await send(writer, page("x"), headers=("X-Big: " + "a" * 1_000_000,))


async def many_headers(writer: asyncio.StreamWriter, path: str) -> None:
    """Send headers without end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 500)
        await writer.drain()


async def not_http(writer: asyncio.StreamWriter, path: str) -> None:
    """Answer in another language."""
    writer.write(b"220 mail.example ESMTP\r\n" * 3)
    await writer.drain()


def bombs(size: int) -> dict[str, bytes]:
    """Return bodies that grow to ``size`` bytes when decompressed, by content encoding."""
    block, times = b"\0" * 1_000_000, size // 1_000_000
    brotli_maker, zstd_maker = brotli.Compressor(quality=1), zstandard.ZstdCompressor().compressobj()
    br = b"".join(brotli_maker.process(block) for _ in range(times)) + brotli_maker.finish()
    zstd = b"".join(zstd_maker.compress(block) for _ in range(times)) + zstd_maker.flush()
    gzip_maker = zlib.compressobj(wbits=31)
    gzipped = b"".join(gzip_maker.compress(block) for _ in range(times)) + gzip_maker.flush()
    return {"gzip": gzipped, "br": br, "zstd": zstd}


@dataclass
class HostileServer:
    """Serves ``routes`` on one address until the ``with`` block ends.

    Attributes:
        routes: answer by path; a key that ends in ``*`` answers all paths that start so.
        seen: request lines and their times on the loop's clock, in order.
        headers: headers of each request, as sent.
    """

    routes: dict[str, Answer]
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    seen: list[tuple[str, float]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Address of the server's root, without the last slash."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """Paths asked for, in order."""
        return [path for path, _ in self.seen]

    def __enter__(self) -> HostileServer:
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._answer, self.host, self.port, ssl=self.tls))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = request.split(" ", 2)[1]
            self.seen.append((path, self._loop.time()))
            self.headers.append(request)
            answer = self.routes.get(path) or next(
                (answer for key, answer in self.routes.items() if key.endswith("*") and path.startswith(key[:-1])), None
            )
            if answer is None:
                await send(writer, page("nothing here"), status="404 Not Found")
            else:
                await answer(writer, path)
        with contextlib.suppress(ConnectionError, RuntimeError):
            writer.close()
