"""A project's settings on their way to another machine."""

from __future__ import annotations

import json
from typing import Any

from scrapy.settings import BaseSettings, Settings

_STAY = ("LOG_FILE",)
"""Of the driver alone; what an actor logs comes to it through Ray."""


def to_send(settings: BaseSettings) -> dict[str, Any]:
    """Return what has been set, as plain values; what is no plain value stays here.

    >>> to_send(Settings({"OUTPUT_DIR": "/srv/out", "LOG_LEVEL": "INFO"}))
    {'LOG_LEVEL': 'INFO', 'OUTPUT_DIR': '/srv/out'}
    """
    told = {}
    for name in sorted(settings):
        if not settings.getpriority(name) or name in _STAY:
            continue
        value = settings[name]
        plain = value.copy_to_dict() if isinstance(value, BaseSettings) else value
        try:
            json.dumps(plain)
        except (TypeError, ValueError):
            continue
        told[name] = plain
    return told


def received(given: dict[str, Any]) -> Settings:
    """Return the settings that were sent. One worker an actor, since there is an actor a processor."""
    settings = Settings()
    settings.setmodule("newsscraper.settings", priority="project")
    settings.setdict(given, priority="cmdline")
    if settings["EXTRACTION_WORKERS"] is None:
        settings.set("EXTRACTION_WORKERS", 1, priority="cmdline")
    return settings
