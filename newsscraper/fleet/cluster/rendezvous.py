"""Which member of a cluster has a site: the same one as before, unless that one is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def owners(sites: Iterable[str], members: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Return the sites of each member.

    By rendezvous hashing: each site goes to the node that draws highest for it, and there to the process that does. A
    node that goes gives its sites to all others, one that comes takes a few from each, and no other site moves. Its
    folder is the node's, so that a site moves as rarely as it can between nodes, not only between processes.

    Args:
        sites: their names.
        members: node and process, by names that last.

    >>> before = owners(["a", "b", "c", "d"], [("n1", "0"), ("n2", "0"), ("n3", "0")])
    >>> after = owners(["a", "b", "c", "d"], [("n1", "0"), ("n3", "0")])
    >>> all(set(before[member]) <= set(after[member]) for member in after)
    True
    """
    found: dict[tuple[str, str], list[str]] = {member: [] for member in members}
    by_node: dict[str, list[tuple[str, str]]] = {}
    for member in found:
        by_node.setdefault(member[0], []).append(member)
    if not found:
        return found
    for site in sites:
        node = max(by_node, key=lambda node: _draw(site, node))
        found[max(by_node[node], key=lambda member: _draw(site, "/".join(member)))].append(site)
    return found


def _draw(site: str, name: str) -> bytes:
    return hashlib.blake2b(f"{site} {name}".encode("utf-8", "replace"), digest_size=8).digest()
