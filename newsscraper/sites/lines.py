"""Where things stand in a TOML file: the standard library reads it, and does not say in which line it found what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

Path = tuple[str, ...]

_KEY = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_ENTRY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
# What may stand in a value and hold brackets or line ends that are none of TOML's.
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n', re.DOTALL
)


def lines_of(text: str) -> dict[Path, int]:
    """Return in which line, from 1, each table and each key of a TOML file stands, by its path.

    Args:
        text: a file that `tomllib` can read.

    >>> lines_of('[a]\\nb = [\\n1,\\n]\\n["e.f"]\\n')
    {('a',): 1, ('a', 'b'): 2, ('e.f',): 5}
    """
    found: dict[Path, int] = {}
    table: Path = ()
    for line, statement in _statements(text):
        if header := _HEADER.match(statement):
            table = _path(header[1])
            found.setdefault(table, line)
        elif entry := _ENTRY.match(statement):
            path = table + _path(entry[1])
            for depth in range(len(table) + 1, len(path) + 1):
                found.setdefault(path[:depth], line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header and each entry with the line that it begins in; a value may go over several lines."""
    start = depth = 0
    begin = line = 1
    for token in _TOKEN.finditer(text):
        what = token[0]
        if what in "[{":
            depth += 1
        elif what in "]}":
            depth -= 1
        elif what == "\n":
            line += 1
            if depth == 0:
                yield begin, text[start : token.start()]
                start, begin = token.end(), line
        else:
            line += what.count("\n")
    yield begin, text[start:]


def _path(dotted: str) -> Path:
    node: Any = tomllib.loads(f"{dotted} = 0")
    path = []
    while isinstance(node, dict):
        ((name, node),) = node.items()
        path.append(name)
    return tuple(path)
