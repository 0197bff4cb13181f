"""A real DNS server on loopback, and the resolver that makes a crawl ask it for names under ``.test``."""

from __future__ import annotations

import os
import socket
import struct
import threading
from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.names.client import Resolver as DnsClient


class DnsServer:
    """Answers A questions over UDP until the ``with`` block ends.

    Args:
        answers: IPv4 addresses by name; with several, each question gets the next one, the last for ever.

    Attributes:
        asked: names asked for, in order.
    """

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self._answers = {name: list(addresses) for name, addresses in answers.items()}
        self.asked: list[str] = []

    def __enter__(self) -> DnsServer:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            question, sender = self._socket.recvfrom(2048)
            if not question:
                return
            labels, position = [], 12
            while question[position]:
                labels.append(question[position + 1 : position + 1 + question[position]].decode())
                position += 1 + question[position]
            name = ".".join(labels).lower()
            kind = struct.unpack(">H", question[position + 1 : position + 3])[0]
            addresses = self._answers.get(name, [])
            data = b""
            if addresses and kind in {1, 255}:
                self.asked.append(name)
                address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
                data = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + socket.inet_aton(address)
            flags = 0x8180 if addresses else 0x8183
            head = question[:2] + struct.pack(">HHHHH", flags, 1, 1 if data else 0, 0, 0)
            self._socket.sendto(head + question[12 : position + 5] + data, sender)


class TestDomainResolver(CachingThreadedResolver):
    """Asks the server at ``TEST_DNS_PORT`` for ``.test``, each time anew; everything else as ever."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:
        if name.endswith(".test"):
            client = DnsClient(servers=[("127.0.0.1", int(os.environ["TEST_DNS_PORT"]))], timeout=(2,))
            return client.getHostByName(name, timeout=(2,))
        return super().getHostByName(name, timeout)
