"""Declarative shadow roots: what stands in ``<template shadowrootmode>``, which browsers show without scripts."""

from __future__ import annotations

import re

_SPELLINGS = (b"shadowrootmode", b"shadowRootMode", b"ShadowRootMode")
_TEMPLATE = re.compile(rb"<(/?)template\b([^>]*)>", re.IGNORECASE)


def opened(html: bytes) -> bytes:
    """Return a page with its declarative shadow roots as plain elements; all other templates stay as they are.

    >>> opened(b'<x-a><template shadowrootmode="open"><p>Rain</p></template></x-a>')
    b'<x-a><div shadowrootmode="open"><p>Rain</p></div></x-a>'
    """
    if not any(spelling in html for spelling in _SPELLINGS):
        return html
    shown: list[bool] = []

    def tag(match: re.Match[bytes]) -> bytes:
        if not match[1]:
            shown.append(b"shadowrootmode" in match[2].lower())
            return b"<div" + match[2] + b">" if shown[-1] else match[0]
        return b"</div>" if shown and shown.pop() else match[0]

    return _TEMPLATE.sub(tag, html)
