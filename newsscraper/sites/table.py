"""Files of sites: ``sites.toml``, a table a site, or addresses, one a line. Each mistake is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsscraper.sites.lines import lines_of
from newsscraper.sites.site import Site, SiteError, declare
from newsscraper.sites.values import KEYS, nearest, web_address
from newsscraper.urls import site_of

DEFAULTS = "defaults"
_OWN = ("url", "start_url", "site", "spider")
"""Keys that no two sites share."""
_MAX_BYTES = 64 * 1024 * 1024

Spiders = Callable[[str], Mapping[str, object]]
"""Gives what the spider of a name declares, by key; ``KeyError`` where there is none, its words say which there are."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a file.

    Attributes:
        line: where, from 1; 0: the file as a whole.
        words: what, and what would do.
        table: in which site's table, where it is in one.
    """

    line: int
    words: str
    table: str | None = None


class TableError(ValueError):
    """A file of sites that is wrong; its text has a line for each mistake.

    Attributes:
        mistakes: each as ``"file:line: words"``.
    """

    def __init__(self, file: Path | str, mistakes: list[Mistake]) -> None:
        ordered = sorted(mistakes, key=lambda mistake: mistake.line)
        self.mistakes = [f"{file}:{one.line}: {one.words}" if one.line else f"{file}: {one.words}" for one in ordered]
        super().__init__("\n".join(self.mistakes))


def read(path: Path | str, *, spiders: Spiders | None = None) -> list[Site]:
    """Return the sites that a file declares, in its order.

    A name that ends in ``.toml`` is a file of tables; any other holds addresses, one a line, ``#`` begins a comment.

    Args:
        path: the file.
        spiders: looks up what a spider declares, for tables with ``spider = "name"``.

    Raises:
        TableError: it cannot be read, or there is a mistake in it; all of them are named.
    """
    sites, mistakes = _read(path, spiders)
    if mistakes:
        raise TableError(path, mistakes)
    return sites


def find(place: str, *, spiders: Spiders | None = None) -> Site:
    """Return one site of a file: ``sites.toml#example``. What is wrong in other tables does not matter to it.

    Args:
        place: the file, ``#``, and the name of the table, or of the host in a file of addresses.
        spiders: see `read`.

    Raises:
        TableError: the file cannot be read, there is no such site in it, or a mistake in its table.
    """
    path, mark, name = place.rpartition("#")
    if not mark:
        path, name = place, ""
    sites, mistakes = _read(path, spiders)
    found = next((site for site in sites if name and name in (site.table, site.name)), None)
    own = [mistake for mistake in mistakes if mistake.table in (None, found.table if found else name)]
    if own:
        raise TableError(path, own)
    if found is None:
        names = [site.table or site.name for site in sites]
        near = nearest(name, names) if name else None
        some = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
        which = f"it has no site {name!r}" + (f" (did you mean {near}?)" if near else "") if name else "which site?"
        known = f": {some}" if names else ""
        example = near or (names[0] if names else "example")
        raise TableError(path, [Mistake(0, f"{which}; name one behind #, as in {path}#{example}{known}")])
    return found


def _read(path: Path | str, spiders: Spiders | None) -> tuple[list[Site], list[Mistake]]:
    try:
        file = Path(path)
        if file.stat().st_size > _MAX_BYTES:
            return [], [Mistake(0, f"it is larger than {_MAX_BYTES // 1024 // 1024} MiB")]
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [], [Mistake(line, "it is no text in UTF-8")]
    except (OSError, ValueError) as error:
        return [], [Mistake(0, f"it cannot be read: {getattr(error, 'strerror', None) or error}")]
    reader = _Tables(text, spiders) if str(path).lower().endswith(".toml") else _Addresses(text)
    reader.read()
    if not reader.sites and not reader.mistakes:
        reader.mistakes.append(Mistake(0, "it names no site"))
    return reader.sites, reader.mistakes


class _Reader:
    """What was read of a file so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sites: list[Site] = []
        self.mistakes: list[Mistake] = []
        self._first: dict[str, tuple[int, str]] = {}

    def is_new(self, name: str, label: str, line: int, table: str | None = None) -> bool:
        """Tell whether a site stands in the file for the first time: two crawls of one would wait for each other."""
        first, before = self._first.setdefault(name, (line, label))
        if first == line:
            return True
        words = f"{label} is the same site ({name}) as {before} in line {first}; a site can have only one table"
        self.mistakes.append(Mistake(line, words, table))
        return False


class _Addresses(_Reader):
    def read(self) -> None:
        """Read a file of addresses."""
        for number, line in enumerate(self.text.splitlines(), 1):
            address = line.partition(" #")[0].strip()
            if not address or address.startswith("#"):
                continue
            try:
                site = declare({"start_url": web_address(address)})
            except ValueError as error:
                self.mistakes.append(Mistake(number, str(error)[:200]))
            else:
                if self.is_new(site.name, site.start_url, number):
                    self.sites.append(site)


class _Tables(_Reader):
    def __init__(self, text: str, spiders: Spiders | None) -> None:
        super().__init__(text)
        self._spiders = spiders
        self._lines: dict[tuple[str, ...], int] = {}

    def read(self) -> None:
        """Read a file of tables."""
        try:
            tables = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r" \(at line (\d+), column \d+\)$", str(error))
            line = int(place[1]) if place else self.text.count("\n") + 1
            self.mistakes.append(Mistake(line, f"this is not TOML: {re.sub(r' [(]at .*[)]$', '', str(error))}"))
            return
        self._lines = lines_of(self.text)
        defaults = tables.pop(DEFAULTS, {})
        if isinstance(defaults, Mapping):
            defaults = self._defaults(defaults)
        else:
            self._wrong((DEFAULTS,), "defaults must be a table: [defaults]", None)
            defaults = {}
        for name, table in tables.items():
            if not isinstance(table, Mapping):
                self._wrong((name,), f"{name} stands in no table; put it below [defaults] or a site's [name]", None)
            elif table and all(isinstance(value, Mapping) for value in table.values()) and not table.keys() & {*KEYS}:
                dotted = ".".join((name, *_only(table)))
                self._wrong((name,), f'a name with dots stands in quotes: ["{dotted}"]', name)
            else:
                self._site(name, table, defaults)

    def _defaults(self, table: Mapping[str, object]) -> dict[str, object]:
        values = {}
        for key, value in table.items():
            if key in _OWN:
                self._wrong((DEFAULTS, key), f"{key} cannot be a default: each site has its own", None)
            else:
                values[key] = value
        wrong = self._declare({**values, "start_url": "https://www.example.com/"}, DEFAULTS, None)
        return {} if wrong is None else values

    def _site(self, name: str, table: Mapping[str, object], defaults: Mapping[str, object]) -> None:
        values = dict(table)
        if "url" in values:
            if "start_url" in values:
                self._wrong((name, "start_url"), "url and start_url are the same; leave one out", name)
            values["start_url"] = values.pop("url")
        spider = values.get("spider")
        if isinstance(spider, str) and self._spiders is not None:
            try:
                values = {**self._spiders(spider), **values}
            except KeyError as error:
                self._wrong((name, "spider"), str(error.args[0]), name)
                return
        site = self._declare({**defaults, **values}, name, name)
        host = site.name if site else values.get("site") or site_of(str(values.get("start_url")))
        if host and self.is_new(str(host), name, self._line((name,)), name) and site:
            self.sites.append(site)

    def _declare(self, values: Mapping[str, object], table: str, name: str | None) -> Site | None:
        before = len(self.mistakes)
        for key in values.keys() - {*KEYS}:
            near = nearest(key, ("url", *KEYS))
            known = "" if near else f"; there are url, {', '.join(KEYS)}"
            self._wrong((table, key), f"unknown key {key}{f' (did you mean {near}?)' if near else known}", name)
        try:
            site = declare(values, table=name)
        except SiteError as error:
            for key, words in error.mistakes:
                self._wrong((table, key), words, name)
            return None
        return site if len(self.mistakes) == before else None

    def _wrong(self, path: tuple[str, ...], words: str, table: str | None) -> None:
        self.mistakes.append(Mistake(self._line(path), words, table))

    def _line(self, path: tuple[str, ...]) -> int:
        other = {"start_url": "url"}.get(path[-1])
        for place in (path, (*path[:-1], other) if other else path, path[:-1]):
            if place in self._lines:
                return self._lines[place]
        return 1


def _only(table: Mapping[str, object]) -> list[str]:
    """Return the names of tables that hold nothing but one another."""
    names = []
    node: object = table
    while isinstance(node, Mapping) and len(node) == 1:
        ((name, node),) = node.items()
        if not isinstance(node, Mapping):
            break
        names.append(str(name))
    return names
