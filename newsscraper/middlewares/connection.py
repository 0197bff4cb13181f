"""The download handler: checks each connection's real address before a byte is sent, and bounds response headers."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IAddress, IResolutionReceiver, IStreamClientEndpoint
from twisted.internet.protocol import Factory
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer  # type: ignore[import-untyped]

from newsscraper.middlewares.addresses import Address, is_public
from newsscraper.middlewares.private_hosts import trusted_hosts
from newsscraper.middlewares.reasons import Refused

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_HEADER_BYTES = 256 * 1024
"""Response headers beyond this end the connection. Browsers and servers stop between 8 and 256 KiB."""


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with a pool that checks whom it connects to.

    A name is resolved, all its addresses are checked, and the peer is checked again once connected: a name that
    changes its answer in between (DNS rebinding) does not get a byte either. Requests through a proxy are resolved by
    the proxy; there only what is written in the address can be checked.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        plain = self._pool
        pool = _GuardedPool(plain._reactor, _AddressPolicy(crawler))
        pool.maxPersistentPerHost = plain.maxPersistentPerHost
        pool._factory = _BoundedFactory
        self._pool = pool


class _AddressPolicy:
    """Says whether a host may be at an address.

    A trusted host that is private at first may stay at those addresses; one that is public at first must stay public:
    its owner may have named it, but not the addresses of this network.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allow_private = crawler.settings.getbool("ALLOW_PRIVATE_HOSTS")
        self._first_answers: dict[str, frozenset[Address]] = {}

    def check(self, host: str, addresses: frozenset[Address]) -> None:
        """Raise `Refused` where an address is private and the host has no right to it."""
        if self._allow_private:
            return
        private = frozenset(address for address in addresses if not is_public(address))
        name = host.rstrip(".").lower()
        if name in trusted_hosts(self._crawler.spider):
            private -= self._first_answers.setdefault(name, addresses)
        if private:
            raise Refused("private-address", f"{host} is at {', '.join(map(str, sorted(map(str, private))))}")


class _GuardedPool(HTTPConnectionPool):
    def __init__(self, reactor: Any, policy: _AddressPolicy) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]
        self._policy = policy

    def getConnection(self, key: Any, endpoint: IStreamClientEndpoint) -> Deferred[Any]:
        # Scrapy's keys: (scheme, host, port, bind address), and more of them where a proxy stands in between.
        scheme, host, *rest = key
        if scheme == b"http-proxy" or len(rest) != 2:
            return super().getConnection(key, endpoint)
        name = host.decode("ascii", "backslashreplace") if isinstance(host, bytes) else host
        guarded: Any = _GuardedEndpoint(endpoint, self._reactor, name, self._policy)
        return super().getConnection(key, guarded)


@implementer(IStreamClientEndpoint)
class _GuardedEndpoint:
    def __init__(self, endpoint: Any, reactor: Any, host: str, policy: _AddressPolicy) -> None:
        self._endpoint = endpoint
        self._reactor = reactor
        self._host = host
        self._policy = policy

    def __repr__(self) -> str:
        return repr(self._endpoint)

    def connect(self, protocolFactory: Factory) -> Deferred[Any]:
        receiver = _Receiver()
        self._reactor.nameResolver.resolveHostName(receiver, self._host)

        def connect(addresses: frozenset[Address]) -> Deferred[Any]:
            if not addresses:
                raise DNSLookupError(f"{self._host} has no address")
            self._policy.check(self._host, addresses)
            attempt: Deferred[Any] = self._endpoint.connect(_PeerCheck(protocolFactory, self._host, self._policy))
            return attempt

        connected: Deferred[Any] = receiver.addresses.addCallback(connect)
        return connected


@implementer(IResolutionReceiver)
class _Receiver:
    """Collects the addresses of one name."""

    def __init__(self) -> None:
        self.addresses: Deferred[Any] = Deferred()
        self._found: set[Address] = set()

    def resolutionBegan(self, resolution: Any) -> None:
        """Nothing to do: a resolution cannot be cancelled here."""

    def addressResolved(self, address: IAddress) -> None:
        self._found.add(ipaddress.ip_address(address.host.partition("%")[0]))

    def resolutionComplete(self) -> None:
        self.addresses.callback(frozenset(self._found))


class _PeerCheck(Factory):
    noisy = False

    def __init__(self, factory: Any, host: str, policy: _AddressPolicy) -> None:
        self._factory = factory
        self._host = host
        self._policy = policy

    def doStart(self) -> None:
        self._factory.doStart()

    def doStop(self) -> None:
        self._factory.doStop()

    def buildProtocol(self, addr: IAddress | None) -> Any:
        if addr is not None:
            self._policy.check(self._host, frozenset({ipaddress.ip_address(addr.host.partition("%")[0])}))
        return self._factory.buildProtocol(addr)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Ends a connection whose response headers do not end."""

    _header_bytes = 0

    def dataReceived(self, data: bytes) -> None:
        parser = self._parser
        if parser is not None and parser.state in {STATUS, HEADER}:
            # One long line counts like many: the parser's own limit would only break the connection without a word.
            parser.MAX_LENGTH = 2 * MAX_HEADER_BYTES
            self._header_bytes += len(data)
            if self._header_bytes > MAX_HEADER_BYTES:
                self._giveUp(Failure(Refused("headers-too-large")))  # type: ignore[no-untyped-call]
                return
        else:
            self._header_bytes = 0
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
