"""What a page allows to be done with it: robots directives and text-and-data-mining reservation, of this page alone."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from newsscraper.article import Rights
from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import one_line

_ROBOTS = ("robots", "googlebot", "googlebot-news", "bingbot", "newsscraper")
# In an X-Robots-Tag, "googlebot: noarchive" speaks to that agent; what follows up to the next name does too.
_AGENT = re.compile(r"^\s*([\w-]+)\s*:\s*(?!\d)(.*)$")
_DATED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def read(doc: Document) -> Rights:
    """Return the page's rights; `robots_ai` and what ai.txt says belong to the site and are left ``None``."""
    rights = Rights()
    headers = doc.page.headers
    for name in _ROBOTS:
        for content in doc.meta.get(name, ()):
            _directives(rights, content, f"meta {name}")
    header = headers.get("x-robots-tag")
    if header:
        agent: str | None = None
        for part in header.split(","):
            match = _AGENT.match(part)
            directive = part
            if match and match.group(1).lower() not in _DATED:
                agent, directive = match.group(1).lower(), match.group(2)
            if agent is None or agent in _ROBOTS or agent == "*":
                _directives(rights, directive, "header X-Robots-Tag")
    _mining(rights, doc)
    return rights


def _directives(rights: Rights, content: str, where: str) -> None:
    for word in re.split(r"[\s,;]+", content.lower()):
        if word == "noarchive":
            rights.archive = False
        elif word in {"noai", "noimageai", "noml", "nollm"}:
            rights.ai = False
        else:
            continue
        evidence = f"{where}: {word}"
        if evidence not in rights.evidence:
            rights.evidence.append(evidence)


def _mining(rights: Rights, doc: Document) -> None:
    headers = doc.page.headers
    for where, value in (
        ("header tdm-reservation", headers.get("tdm-reservation")),
        *(("meta tdm-reservation", content) for content in doc.meta.get("tdm-reservation", ())),
    ):
        if value is not None and value.strip() in {"0", "1"}:
            # Reserved in one place is reserved.
            rights.tdm_reserved = bool(rights.tdm_reserved) or value.strip() == "1"
            rights.evidence.append(f"{where}: {value.strip()}")
    for where, value in (
        ("header tdm-policy", headers.get("tdm-policy")),
        *(("meta tdm-policy", content) for content in doc.meta.get("tdm-policy", ())),
    ):
        policy = one_line(value or "")
        if policy and rights.tdm_policy is None:
            try:
                rights.tdm_policy = urljoin(doc.page.url or "", policy)
            except ValueError:
                continue
            rights.evidence.append(f"{where}: {policy}")
