"""Folder and file names for a site: safe on any disk, whatever the host is called."""

from __future__ import annotations

import contextlib
import hashlib
import re

_LENGTH = 80
_SAFE = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PORT = re.compile(r":(\d{1,5})$")


def folder_name(site: str) -> str:
    """Return the name under which ``site`` has its files: lower-case ASCII, no dot in front, 80 characters at most.

    Plain hosts keep their name, with their port behind an underscore. Anything else (IPv6, hostile hosts) gets a
    readable rest and a hash of the whole, so that two sites never share a folder.

    >>> folder_name("silicon.fr")
    'silicon.fr'
    >>> folder_name("münchen.example")
    'xn--mnchen-3ya.example'
    >>> folder_name("127.0.0.1:8470")
    '127.0.0.1_8470'
    >>> folder_name("../../etc/passwd")
    'etc-passwd-830a08e2'
    """
    name = site.lower()
    if not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("idna").decode("ascii")
    host = _PORT.sub("", name)
    if _SAFE.fullmatch(host) and ".." not in host and len(name) <= _LENGTH:
        return _PORT.sub(r"_\1", name)
    digest = hashlib.blake2b(site.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    rest = re.sub(r"[^a-z0-9]+", "-", name).strip("-")[: _LENGTH - len(digest) - 1].strip("-")
    return f"{rest or 'site'}-{digest}"
