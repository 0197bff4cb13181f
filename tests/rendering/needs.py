"""What tests with a real browser need; where it is not there they are skipped, and the run's last lines say so."""

from __future__ import annotations

import os

import pytest

from newsscraper.rendering.finding import why_no_browser

WHY_NOT = why_no_browser(os.environ.get("BROWSER_PATH"))

needs_browser = pytest.mark.skipif(bool(WHY_NOT), reason=f"no browser: {WHY_NOT}")
