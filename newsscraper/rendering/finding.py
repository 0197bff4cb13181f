"""Whether there is a browser, and where."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EXTRA = "pip install 'newsscraper[browser]'"
"""What brings the library that drives a browser."""


def is_installed() -> bool:
    """Tell whether the library that drives a browser is there."""
    return importlib.util.find_spec("scrapy_playwright") is not None


def why_no_browser(path: str | None) -> str:
    """Say why no page can be rendered, and what would do; nothing where one can.

    Args:
        path: the setting ``BROWSER_PATH``.
    """
    if not is_installed():
        return f"there is no library to drive a browser with: {EXTRA}"
    if path:
        if Path(path).is_file() and os.access(path, os.X_OK):
            return ""
        return f"BROWSER_PATH is {path!r}, where there is no program; give the path of Chromium"
    if executable(None) or _has_its_own():
        return ""
    return (
        "there is no browser: install Chromium (apt install chromium, or playwright install chromium), or say where it "
        "is with BROWSER_PATH"
    )


def how_to_render(render: str) -> str:
    """Say what to do where pages are empty without a browser.

    Args:
        render: what the site declares.
    """
    if render != "never":
        return "They are empty in the browser, too"
    install = "" if is_installed() else f"{EXTRA}, and "
    return f'To have a browser render them: {install}set render = "needed" in a spider or table (docs/rendering.md)'


def executable(path: str | None) -> str | None:
    """Return the browser's program: the one that is named, else Chromium of the system; ``None``: the library's own."""
    return path or next((found for name in _NAMES if (found := shutil.which(name))), None)


def _has_its_own() -> bool:
    """Tell whether the library has put a browser where it puts its own."""
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright"
    return any(Path(folder).expanduser().glob("chromium*"))
