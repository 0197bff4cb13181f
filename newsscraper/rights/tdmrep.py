"""``/.well-known/tdmrep.json``: the site-wide file of the TDM Reservation Protocol."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urljoin

from newsscraper.rights.paths import matches

WHERE = "/.well-known/tdmrep.json"
_MAX_RULES = 1000


@dataclass(frozen=True, slots=True)
class TdmAnswer:
    """What the file says of one page.

    Attributes:
        reserved: whether text and data mining is reserved; ``None``: the file does not say.
        policy: address of the policy, where one is named.
        evidence: the rule that decided, as ``"where: what"``; empty where none did.
    """

    reserved: bool | None = None
    policy: str | None = None
    evidence: str = ""


def is_tdmrep(text: str) -> bool:
    """Whether a file is a tdmrep.json that can be read, rather than a site's "not found" page.

    >>> is_tdmrep('[{"location": "/", "tdm-reservation": 1}]'), is_tdmrep("<html>")
    (True, False)
    """
    return _rules(text) is not None


def read_tdmrep(text: str, url: str) -> TdmAnswer:
    """Return what a tdmrep.json says of one page: the rule with the longest matching location decides.

    Args:
        text: the file; what cannot be read says nothing.
        url: address of the page.

    >>> read_tdmrep('[{"location": "/", "tdm-reservation": 1, "tdm-policy": "/tdm.json"}]', "https://example.com/a")
    TdmAnswer(reserved=True, policy='https://example.com/tdm.json', evidence='tdmrep.json: / tdm-reservation 1')
    """
    best: tuple[int, bool, str, str | None] | None = None
    for location, reserved, policy in _rules(text) or ():
        rule = (len(location), reserved, location, policy)
        # Of two as long, the one that reserves.
        if matches(location, url) and (best is None or rule[:2] > best[:2]):
            best = rule
    if best is None:
        return TdmAnswer()
    _, reserved, location, policy = best
    address = None
    if policy:
        try:
            address = urljoin(url, policy)
        except ValueError:
            address = None
    return TdmAnswer(reserved, address, f"tdmrep.json: {location[:200]} tdm-reservation {int(reserved)}")


def _rules(text: str) -> list[tuple[str, bool, str | None]] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        return None
    rules = []
    for entry in found[:_MAX_RULES]:
        if not isinstance(entry, dict):
            continue
        location = entry.get("location", "/")
        reservation = str(entry.get("tdm-reservation", "")).strip().lower()
        policy = entry.get("tdm-policy")
        if isinstance(location, str) and location.strip() and reservation in {"0", "1", "true", "false"}:
            rules.append((location.strip(), reservation in {"1", "true"}, policy if isinstance(policy, str) else None))
    return rules
