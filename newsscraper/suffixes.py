"""Which part of a host's name its owner has registered, by the list of public suffixes that ``tldextract`` ships.

The list alone is read: the package itself brings an HTTP client along, a tenth of a second in each process.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_OTHER_DOTS = re.compile("[\u3002\uff0e\uff61]")
_PRIVATE = "// ===BEGIN PRIVATE DOMAINS==="
"""From here on stand the suffixes of companies: a blog on one of them belongs to the company's site."""


def registrable(host: str) -> str:
    """Return the registrable part of a host's name; the whole name where no suffix is known, or where it is one.

    Args:
        host: in lower case, without port.

    Raises:
        OSError: the list cannot be read.

    >>> registrable("news.bbc.co.uk"), registrable("localhost"), registrable("www.ck"), registrable("co.uk")
    ('bbc.co.uk', 'localhost', 'www.ck', 'co.uk')
    """
    labels = _OTHER_DOTS.sub(".", host).rstrip(".").split(".")
    read = [_readable(label) for label in labels]
    rules = _rules()
    for start in range(len(labels)):
        rest = ".".join(read[start + 1 :])
        name = f"{read[start]}.{rest}" if rest else read[start]
        if f"!{name}" in rules:
            return ".".join(labels[start:])
        if name in rules or (rest and f"*.{rest}" in rules):
            return ".".join(labels[start - 1 :]) if start and labels[start - 1] else host
    return host


@cache
def _rules() -> frozenset[str]:
    found = find_spec("tldextract")
    if found is None or found.origin is None:
        raise FileNotFoundError("tldextract is not installed, which ships the list of public suffixes")
    text = Path(found.origin).with_name(".tld_set_snapshot").read_text("utf-8")
    return frozenset(line for line in text.partition(_PRIVATE)[0].split("\n") if line and not line.startswith("//"))


def _readable(label: str) -> str:
    """Return a label as the list writes it: in its own script."""
    if not label.startswith("xn--"):
        return label
    import idna  # few names need it

    try:
        return idna.decode(label)
    except (UnicodeError, IndexError):
        return label
