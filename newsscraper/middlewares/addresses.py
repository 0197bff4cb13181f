"""Which addresses are the public internet's, however they are written."""

from __future__ import annotations

import ipaddress
import re
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# What the C library reads as an IPv4 address: one to four numbers, each decimal, octal or hexadecimal.
_NUMBERS = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)


def literal_address(host: str) -> Address | None:
    """Return the address that ``host`` is, or ``None`` where it is a name.

    Reads the notations that resolvers read: dotted, one number, octal and hexadecimal, shortened; IPv6 with zone.

    >>> literal_address("0x7f.1"), literal_address("2130706433"), literal_address("example.com")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), None)
    """
    host = host.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if _NUMBERS.fullmatch(host):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
        except OSError:
            return None
    return None


def is_public(address: Address) -> bool:
    """Whether an address is reachable by everybody: not loopback, private, link-local, shared, reserved, multicast.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64, Teredo) counts as itself.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("93.184.215.14", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        embedded = [address.ipv4_mapped, address.sixtofour]
        if address.teredo:
            embedded.append(address.teredo[1])
        if address in _NAT64:
            embedded.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        for inner in embedded:
            if inner is not None:
                return is_public(inner)
    return address.is_global and not address.is_multicast


def is_local_name(host: str) -> bool:
    """Whether a name is by definition of this machine or this network.

    >>> is_local_name("LOCALHOST."), is_local_name("printer.local"), is_local_name("example.com")
    (True, True, False)
    """
    labels = host.rstrip(".").lower().rpartition(".")
    return labels[2] in {"localhost", "localdomain", "local", "internal"}
