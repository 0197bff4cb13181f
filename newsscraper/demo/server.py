"""A small HTTP server on loopback: conditional requests, gzip, a log of what was asked for."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in.

    Attributes:
        path: with the query.
        headers: by lower-case name.
        at: aware moment of arrival, by the computer's clock.
        status: what it was answered with.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    at: datetime
    status: int


@dataclass(slots=True)
class Response:
    """An answer; ``etag`` and ``last_modified`` are what conditional requests are compared with."""

    body: bytes
    content_type: str = "text/html; charset=UTF-8"
    status: int = 200
    etag: str | None = None
    last_modified: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Server:
    """Serves what ``answer`` gives, on 127.0.0.1, from a thread of its own, until closed.

    Args:
        answer: called with the path (query included) for each GET and HEAD; may be called from several threads.
        port: 0 takes a free one.
        clock: what the ``Date`` header says.

    Raises:
        OSError: the port is taken.

    Attributes:
        url: address without a slash at the end.
        requests: every request that was answered, in order of arrival.
        latency: seconds to wait before each answer.
    """

    def __init__(self, answer: Callable[[str], Response], *, port: int = 0, clock: Callable[[], datetime]) -> None:
        self.requests: list[Request] = []
        self.latency = 0.0
        self.answer = answer
        self.clock = clock
        self._http = _Listener(("127.0.0.1", port), _Handler)
        self._http.owner = self
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        # A short poll, so that closing takes no half second.
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="newsroom", daemon=True)
        self._thread.start()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening. Answers that are under way end with their connections."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    owner: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up amid a request; crawlers under test are killed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = 30
    # One packet an answer: unbuffered, headers and body go out apart and wait for each other's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def _reply(self, *, with_body: bool) -> None:
        owner = self.server.owner
        if owner.latency:
            time.sleep(owner.latency)
        try:
            response = owner.answer(self.path)
        except Exception as error:
            response = Response(f"{error!r}\n".encode(), "text/plain; charset=UTF-8", HTTPStatus.INTERNAL_SERVER_ERROR)
        if response.status == HTTPStatus.OK and self._is_unchanged(response):
            response.status, response.body = HTTPStatus.NOT_MODIFIED, b""
        body = response.body
        if body and "gzip" in self.headers.get("Accept-Encoding", "") and "gzip" not in response.content_type:
            body = gzip.compress(body, 5, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
        owner.requests.append(
            Request(
                self.command,
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                datetime.now(UTC),
                int(response.status),
            )
        )
        self.send_response(response.status)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if response.etag:
            self.send_header("ETag", response.etag)
        if response.last_modified:
            self.send_header("Last-Modified", format_datetime(response.last_modified.astimezone(UTC), usegmt=True))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _is_unchanged(self, response: Response) -> bool:
        wanted = self.headers.get("If-None-Match")
        if wanted:
            return response.etag is not None and response.etag in [tag.strip() for tag in wanted.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since and response.last_modified:
            try:
                return response.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
            except ValueError:
                return False
        return False

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.server.owner.clock().astimezone(UTC), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the requests are kept in `Server.requests`."""
