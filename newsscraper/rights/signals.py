"""A site's signals together, and how they go into a record beside what its page says."""

from __future__ import annotations

from dataclasses import dataclass

from newsscraper.article import Rights
from newsscraper.rights.aitxt import read_ai_txt
from newsscraper.rights.robots import read_robots_rights
from newsscraper.rights.tdmrep import read_tdmrep


@dataclass(frozen=True, slots=True)
class SiteSignals:
    """The files of one host.

    Attributes:
        robots: robots.txt; empty where there is none.
        tdmrep: ``/.well-known/tdmrep.json``; empty where there is none.
        ai_txt: ``/ai.txt``; empty where there is none.
        unread: those that may exist and could not be read, by name: what they say is not known.
    """

    robots: str = ""
    tdmrep: str = ""
    ai_txt: str = ""
    unread: tuple[str, ...] = ()


def add_site_rights(rights: Rights, signals: SiteSignals, url: str) -> None:
    """Add what the site says to what the page says; where both speak on one matter the page's word stands, save that
    an opt-out anywhere is an opt-out.

    Args:
        rights: the record's, changed in place; each answer brings its evidence.
        signals: files of the page's host.
        url: address of the page.

    >>> rights = Rights()
    >>> add_site_rights(rights, SiteSignals(robots="User-agent: GPTBot\\nDisallow: /"), "https://example.com/a")
    >>> rights.robots_ai, rights.evidence
    (False, ['robots.txt: disallows gptbot'])
    """
    robots_ai, robots_preference, said = read_robots_rights(signals.robots, url)
    tdm = read_tdmrep(signals.tdmrep, url)
    ai_txt, ai_line = read_ai_txt(signals.ai_txt, url)
    if robots_ai is not None:
        rights.robots_ai = robots_ai
    for answer in (robots_preference, ai_txt):
        if answer is not None:
            rights.ai = answer if rights.ai is None else rights.ai and answer
    if rights.tdm_reserved is None:
        rights.tdm_reserved = tdm.reserved
    if rights.tdm_policy is None and tdm.reserved:
        rights.tdm_policy = tdm.policy
    for line in (*said, tdm.evidence, ai_line):
        if line and line not in rights.evidence:
            rights.evidence.append(line)
