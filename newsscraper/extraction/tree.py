"""The tree of a page, as all readers know it: the one place that says what an element is."""

from __future__ import annotations

from lxml.html import HtmlElement as Element

__all__ = ["Element"]
