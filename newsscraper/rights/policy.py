"""What ``RIGHTS_POLICY`` makes of a record's rights."""

from __future__ import annotations

from typing import Literal

from newsscraper.article import Rights

Policy = Literal["label", "skip", "strict"]


def verdict(rights: Rights, policy: Policy, *, unread: tuple[str, ...] = ()) -> str | None:
    """Return why a record is not to be delivered, or ``None`` where it is.

    Args:
        rights: the record's.
        policy: ``label`` delivers everything; ``skip`` leaves out what the site opts out of mining or of AI; ``strict``
            also leaves out what is unclear: a site's file that could not be read, ``noarchive``.
        unread: names of the site's files that could not be read.

    >>> verdict(Rights(tdm_reserved=True), "label"), verdict(Rights(tdm_reserved=True), "skip")
    (None, 'text and data mining is reserved')
    >>> verdict(Rights(), "strict"), verdict(Rights(), "strict", unread=("tdmrep.json",))
    (None, 'tdmrep.json could not be read')
    """
    if policy == "label":
        return None
    if rights.tdm_reserved:
        return "text and data mining is reserved"
    if rights.ai is False:
        return "use by AI is opted out"
    if rights.robots_ai is False:
        return "robots.txt disallows AI agents"
    if policy == "strict":
        if unread:
            return f"{unread[0]} could not be read"
        if rights.archive is False:
            return "archiving is not allowed"
    return None
