"""Addresses for tests, which know that they are some."""

from __future__ import annotations

from newsscraper.address import Address


def at(text: str) -> Address:
    """Return the address that ``text`` is."""
    address = Address.of(text)
    assert address is not None, text
    return address
