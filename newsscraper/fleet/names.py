"""One cache of host names for all crawls of a process. Addresses change, and a fleet runs for months."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from time import monotonic
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

KEPT_FOR = 300.0
"""Seconds that an answer is good for: the operating system does not tell for how long it is."""
_KEPT_NAMES = 20_000


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: the answer was there."""


@implementer(IResolutionReceiver)
class _Learning:
    """Hands on an answer, and keeps it where there is one."""

    def __init__(self, receiver: Any, keep: Any) -> None:
        self._receiver = receiver
        self._keep = keep
        self._addresses: list[IAddress] = []

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        self._addresses.append(address)
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        if self._addresses:
            self._keep(self._addresses)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class CachingNames:
    """Keeps answers of the resolver that the reactor has, for `KEPT_FOR` seconds. Written addresses are not asked for.

    Install it with ``reactor.installNameResolver(CachingNames(reactor.nameResolver))``.
    """

    def __init__(self, resolver: Any) -> None:
        self._resolver = resolver
        self._answers: OrderedDict[tuple[Any, ...], tuple[float, list[IAddress]]] = OrderedDict()

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolve a name, as `IHostnameResolver` has it."""
        known = _written(hostName, portNumber, transportSemantics)
        key = (hostName, portNumber, tuple(addressTypes or ()), transportSemantics)
        if known is None and key in self._answers:
            until, answer = self._answers[key]
            known = answer if monotonic() < until else None
        if known is None:
            learning = _Learning(resolutionReceiver, lambda addresses: self._keep(key, addresses))
            return self._resolver.resolveHostName(learning, hostName, portNumber, addressTypes, transportSemantics)
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        for address in known:
            resolutionReceiver.addressResolved(address)
        resolutionReceiver.resolutionComplete()
        return resolution

    def _keep(self, key: tuple[Any, ...], addresses: list[IAddress]) -> None:
        self._answers[key] = (monotonic() + KEPT_FOR, addresses)
        self._answers.move_to_end(key)
        while len(self._answers) > _KEPT_NAMES:
            self._answers.popitem(last=False)


def _written(host: str, port: int, semantics: Any) -> list[Any] | None:
    """Return the address that a host is written as; ``None`` for a name."""
    try:
        version = ipaddress.ip_address(host).version
    except ValueError:
        return None
    return [IPv4Address(semantics, host, port) if version == 4 else IPv6Address(semantics, host, port)]
