"""Claims that a site's own rules make: where one says when, no other claim of that role is asked."""

from __future__ import annotations

from newsscraper.dates.claim import Claim
from newsscraper.dates.evidence import Evidence


def only_ruled(evidence: list[Evidence], set_aside: list[tuple[Claim, str]]) -> list[Evidence]:
    """Return the evidence without what a rule outranks.

    That is all of its role, and all of no role where it tells of publication. Of a text with two dates a rule means the
    one whose label says the same as the rule.
    """
    outranked = {item.role for item in evidence if item.claim.by_rule and item.role == item.claim.role}
    if "published" in outranked:
        outranked.add("unknown")
    kept = []
    for item in evidence:
        if item.claim.by_rule and item.role != item.claim.role:
            set_aside.append((item.claim, f"a label says {item.role}"))
        elif item.claim.by_rule or item.role not in outranked:
            kept.append(item)
        else:
            set_aside.append((item.claim, "a rule of the site says otherwise"))
    return kept
