"""What would break a crawl before it starts, said in one line: settings of the wrong kind, places that take no file."""

from __future__ import annotations

import logging
import math
import os
import re
import tempfile
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from scrapy.settings import default_settings
from scrapy.utils.misc import build_from_crawler, load_object
from w3lib.url import file_uri_to_path

from newsscraper import settings as own_settings

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

_POLICIES = ("label", "skip", "strict")
_LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")
# Scrapy waits for ever where no request may be under way.
_FROM_ONE = {"CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "CONCURRENT_ITEMS", "FLEET_SITES_AT_ONCE"}
_ABOVE_ZERO = {"BROWSER_TIME_LIMIT", "EXTRACTION_TIME_LIMIT", "FLEET_HANG_LIMIT"}
_FROM_ZERO = {"LOGSTATS_INTERVAL", "DOWNLOAD_DELAY"}


def wrong_settings(settings: BaseSettings) -> str:
    """Say which setting cannot be what it is, and what would do; nothing where all can.

    A setting is of the kind that its default is of, ours and Scrapy's alike.

    >>> from scrapy.settings import Settings
    >>> wrong_settings(Settings({"OUTPUT_DIR": "output", "EXTRACTION_WORKERS": "many"}))
    "EXTRACTION_WORKERS is 'many'; it must be a whole number, 0 or more"
    """
    output = str(settings["OUTPUT_DIR"] or "")
    if not output or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:/", output):
        return f"OUTPUT_DIR is {output!r}; it must be a folder of this machine"
    policy, contact, level = settings["RIGHTS_POLICY"], settings["CONTACT"], settings["LOG_LEVEL"]
    if policy not in (None, *_POLICIES):
        return f"RIGHTS_POLICY is {policy!r}; it can be {', '.join(_POLICIES)}"
    if contact and not re.fullmatch(r"https?://[^\s()<>\"]+|[^\s@()<>\"]+@[^\s@()<>\"]+", str(contact)):
        return f"CONTACT is {contact!r}; it must be an e-mail address or a URL"
    webhook = settings["HEALTH_WEBHOOK"]
    if webhook and not re.fullmatch(r"https?://\S+", str(webhook)):
        return "HEALTH_WEBHOOK must be an address that starts with http:// or https://"
    levels = logging.getLevelNamesMapping()
    if level not in levels and level not in levels.values():
        return f"LOG_LEVEL is {level!r}; it can be {', '.join(_LEVELS)}"
    return next(filter(None, (_wrong(name, settings) for name in settings)), "")


def _wrong(name: str, settings: BaseSettings) -> str:
    """Say what is wrong with one setting.

    >>> from scrapy.settings import Settings
    >>> _wrong("CONCURRENT_REQUESTS", Settings({"CONCURRENT_REQUESTS": "0"}))
    "CONCURRENT_REQUESTS is '0'; it must be a whole number, 1 or more"
    """
    value = settings[name]
    default = getattr(own_settings, name, getattr(default_settings, name, None))
    if isinstance(default, bool):
        try:
            settings.getbool(name)
        except (ValueError, TypeError):
            return f"{name} is {value!r}; it must be True or False"
        return ""
    if value is None or not (isinstance(default, (int, float)) or name == "EXTRACTION_WORKERS"):
        return ""
    whole = not isinstance(default, float) and not name.endswith(("_DELAY", "_TIMEOUT"))
    least = _least(name)
    try:
        number = int(value) if whole else float(value)
        fits = math.isfinite(number) and number >= least and (number > 0 or name not in _ABOVE_ZERO)
    except (ValueError, TypeError, OverflowError):
        fits = False
    if fits:
        return ""
    kind = "a whole number" if whole else "a number"
    if name in _ABOVE_ZERO:
        return f"{name} is {value!r}; it must be {kind} above 0"
    return f"{name} is {value!r}; it must be {kind}{f', {least:g} or more' if math.isfinite(least) else ''}"


def _least(name: str) -> float:
    if name in _FROM_ONE:
        return 1
    return 0 if name in _FROM_ZERO or hasattr(own_settings, name) else -math.inf


def unwritable(folder: Path) -> str:
    """Say why nothing can be written to the folder, or nothing where it can; the folder is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".writable-")
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        return f"cannot write to {folder}: {error.strerror or error}"
    return ""


def unwritable_file(settings: BaseSettings) -> str:
    """Say which of the files that Scrapy itself is to write cannot be written: the log, the exports of ``-o``.

    Scrapy opens an export with the first article. What is delivered then is not exported by a later run either.
    """
    if settings["LOG_FILE"] and settings.getbool("LOG_ENABLED") and (why := _why_not(Path(settings["LOG_FILE"]))):
        return f"{why}. Choose another log file with -s LOG_FILE=…"
    for uri in settings.getdict("FEEDS"):
        place = str(uri)
        if urlsplit(place).scheme not in ("", "file"):
            continue
        path = file_uri_to_path(place) if place.startswith("file:") else place
        fixed = path.partition("%(")[0]  # what Scrapy fills in is not known yet
        why = _why_not(Path(path)) if fixed == path else unwritable(Path(fixed + "x").parent)
        if why:
            return f"{why}. Choose another file for the export"
    return ""


def unusable_export(crawler: Crawler) -> str:
    """Say why Scrapy would switch off an export of ``-o`` or ``FEEDS``: no such place, a library that is missing.

    It would crawl all the same, and what is delivered then is not exported by a later run either.
    """
    storages = crawler.settings.getwithbase("FEED_STORAGES")
    formats = crawler.settings.getwithbase("FEED_EXPORTERS")
    for uri, options in crawler.settings.getdict("FEEDS").items():
        scheme = urlsplit(str(uri)).scheme
        kind = (options or {}).get("format", crawler.settings["FEED_FORMAT"])
        if kind and kind not in formats:
            return f"cannot export to {uri}: no format {kind!r}; there are {', '.join(sorted(formats))}"
        if not scheme or PureWindowsPath(str(uri)).drive:
            continue
        if scheme not in storages:
            return f"cannot export to {uri}: no storage for {scheme}://"
        if scheme == "gs" and not _is_installed("google.cloud.storage"):  # Scrapy looks for it when all is crawled
            return f"cannot export to {uri}: missing google-cloud-storage library"
        try:
            storage = load_object(storages[scheme])
            build_from_crawler(storage, crawler, str(uri), feed_options=options)
        except NotConfigured as why:
            return f"cannot export to {uri}: {why}"
        except Exception as error:  # a library's own words for an address or a key that it cannot use
            return f"cannot export to {uri}: {type(error).__name__}: {error}"
    return ""


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even what it is in
        return False


def _why_not(file: Path) -> str:
    if file.is_dir():
        return f"cannot write to {file}: it is a folder"
    if file.exists():
        return "" if os.access(file, os.W_OK) else f"cannot write to {file}: no permission"
    return unwritable(file.absolute().parent)


def says_why(error: OSError) -> str:
    """Return an `OSError` as a line: the file, and why not."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"
