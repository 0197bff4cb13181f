"""What is installed and how the machine is set up, looked at without the network: ``scrapy doctor``."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

import newsscraper
from newsscraper.checks import unwritable, wrong_settings

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

OK, WARNING, MISSING, ERROR = "OK", "WARNING", "MISSING", "ERROR"
EXTRAS = {
    "archive": "reads and writes WARC files, also in stores (S3, Google Cloud, Azure)",
    "browser": "renders pages in Chromium",
    "export": "exports to Parquet and PostgreSQL",
    "ray": "runs on many machines with Ray",
    "store": "keeps sites in a store (S3, Google Cloud, Azure) that many machines share",
}
"""What each extra gives; those for the project's own tests and documentation are left out."""
_SHOWN = ("scrapy", "trafilatura", "dateparser", "itemadapter")
_MIB = 1024 * 1024
_LITTLE_DISK, _NO_DISK = 1024 * _MIB, 64 * _MIB
_FEW_FILES = 1024
_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination.

    Attributes:
        name: what was looked at.
        state: `OK`, `WARNING` (works, with a drawback), `MISSING` (optional, not there), `ERROR` (prevents a crawl).
        text: what there is; where it is not well, what to do.
    """

    name: str
    state: str
    text: str


def examine(settings: BaseSettings) -> Iterator[Finding]:
    """Yield the findings, one for each thing that is looked at.

    Args:
        settings: of the project, with what the command line has set.
    """
    yield Finding("Python", OK, f"{platform.python_version()}, {sys.executable}")
    yield _libraries()
    yield _readers()
    yield from _extras()
    yield _browser(settings)
    yield _settings(settings)
    yield _contact(settings)
    folder = Path(settings["OUTPUT_DIR"] or "output").absolute()
    yield _output(folder)
    yield _file_system(folder)
    yield _disk(folder)
    yield _open_files()
    yield _clock(datetime.now(UTC))
    yield _time_zones()
    yield _encoding()


def _requirements() -> Iterator[tuple[str, Requirement]]:
    """Yield what the package asks for: the name of the extra, empty for what is always needed, and the library."""
    for line in metadata.requires("newsscraper") or ():
        requirement = Requirement(line)
        marker = str(requirement.marker or "")
        yield from ((extra, requirement) for extra in ("", *EXTRAS) if _is_for(extra, marker))


def _is_for(extra: str, marker: str) -> bool:
    return f'extra == "{extra}"' in marker if extra else "extra" not in marker


def _lacks(requirement: Requirement) -> str:
    """Say what is wrong with a library; nothing where it is there in a version that will do."""
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return requirement.name
    return "" if requirement.specifier.contains(version, prereleases=True) else f"{requirement.name} {version}"


def _libraries() -> Finding:
    try:
        wanted = [requirement for extra, requirement in _requirements() if not extra]
    except metadata.PackageNotFoundError:
        return Finding(
            "libraries", WARNING, "newsscraper is not installed, so nobody knows what it needs: make, or pip"
        )
    if lacking := [f"{lack} (needs {one})" for one in wanted if (lack := _lacks(one))]:
        return Finding("libraries", ERROR, f"missing or too old: {', '.join(lacking)}; pip install newsscraper")
    shown = ", ".join(f"{name} {metadata.version(name)}" for name in _SHOWN)
    return Finding("libraries", OK, f"newsscraper {newsscraper.__version__}, {shown}; all {len(wanted)} are there")


def _readers() -> Finding:
    if newsscraper.compiled:
        return Finding("readers", OK, "compiled")
    if os.environ.get("NEWSSCRAPER_PURE"):
        return Finding("readers", OK, "plain Python, as NEWSSCRAPER_PURE asks")
    return Finding(
        "readers", OK, "plain Python: the same records, more slowly; in a checkout, make compile compiles them"
    )


def _extras() -> Iterator[Finding]:
    try:
        wanted = list(_requirements())
    except metadata.PackageNotFoundError:
        return
    for name, gives in EXTRAS.items():
        lacking = [lack for extra, requirement in wanted if extra == name and (lack := _lacks(requirement))]
        if lacking:
            yield Finding(f"extra {name}", MISSING, f"{gives}: pip install 'newsscraper[{name}]'")
        else:
            yield Finding(f"extra {name}", OK, gives)


def _browser(settings: BaseSettings) -> Finding:
    from newsscraper.rendering.finding import executable, why_no_browser

    path = settings["BROWSER_PATH"]
    if why := why_no_browser(path):
        return Finding("browser", MISSING, f"{why}. Only sites that set render need one")
    return Finding("browser", OK, executable(path) or "the library's own")


def _settings(settings: BaseSettings) -> Finding:
    wrong = wrong_settings(settings)
    return Finding("settings", ERROR if wrong else OK, wrong or "all values are of the right kind")


def _contact(settings: BaseSettings) -> Finding:
    if settings["CONTACT"]:
        return Finding("contact", OK, str(settings["CONTACT"]))
    return Finding("contact", WARNING, "not set; sites cannot reach you. Set it: -s CONTACT=you@example.org")


def _output(folder: Path) -> Finding:
    if why := unwritable(_nearest_existing(folder)):
        return Finding("output folder", ERROR, f"{why}. Make it writable, or choose another one with -s OUTPUT_DIR=…")
    return Finding("output folder", OK, f"{folder}{'' if folder.exists() else ' (the first crawl makes it)'}")


def _file_system(folder: Path) -> Finding:
    from newsscraper.fleet.disk import network_file_system

    if kind := network_file_system(folder):
        text = f"{folder} is on a network file system ({kind}), where SQLite breaks: choose a folder on a local disk"
        return Finding("file system", WARNING, text)
    return Finding("file system", OK, f"local; SQLite {sqlite3.sqlite_version}")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_nearest_existing(folder)).free
    text = f"{free / _MIB:,.0f} MiB free"
    if free < _LITTLE_DISK:
        return Finding("disk", ERROR if free < _NO_DISK else WARNING, f"{text}; make room, or choose another disk")
    return Finding("disk", OK, text)


def _nearest_existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _open_files() -> Finding:
    try:
        import resource
    except ImportError:  # not on Windows
        return Finding("open files", OK, "this system has no such limit")
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit not in (resource.RLIM_INFINITY, -1) and limit < _FEW_FILES:
        return Finding("open files", WARNING, f"at most {limit}; a fleet needs more: ulimit -n 4096")
    return Finding("open files", OK, "no limit" if limit == resource.RLIM_INFINITY else f"at most {limit}")


def _clock(now: datetime) -> Finding:
    """Judge the clock by the year in which the data of time zones was made: it cannot be earlier than that."""
    made = int(metadata.version("tzdata").split(".")[0])
    text = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    if made <= now.year <= made + _YEARS_AHEAD:
        return Finding("clock", OK, text)
    return Finding("clock", WARNING, f"{text} looks wrong; dates in the future are dropped by it. Set the clock")


def _time_zones() -> Finding:
    try:
        ZoneInfo("Europe/Paris")
    except (ZoneInfoNotFoundError, OSError):
        return Finding("time zones", ERROR, "there is no data of time zones: pip install tzdata")
    return Finding("time zones", OK, "known")


def _encoding() -> Finding:
    """Judge by which encoding the terminal and file names have: a title may hold any letter."""
    wrong = [
        what
        for what, name in (("the terminal", sys.stdout.encoding), ("file names", sys.getfilesystemencoding()))
        if name.lower().replace("-", "") != "utf8"
    ]
    if wrong:
        return Finding("encoding", WARNING, f"{' and '.join(wrong)}: not UTF-8. Set LANG=C.UTF-8, or PYTHONUTF8=1")
    return Finding("encoding", OK, f"UTF-8, locale {locale.setlocale(locale.LC_CTYPE)}")
