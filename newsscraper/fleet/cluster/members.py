"""The actors of a cluster: one for each processor of each node that is alive."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from newsscraper.fleet.cluster.actor import FleetActor
from newsscraper.fleet.cluster.events import Report

logger = logging.getLogger(__name__)

_CALLS_AT_ONCE = 4
"""A question for news waits in one of them; the others are for assignments and the end."""


@dataclass(slots=True, eq=False)
class Member:
    """An actor as the driver sees it.

    Attributes:
        name: node and number on it: what sites are dealt out by.
        node_id: Ray's id of the node.
        actor: Ray's handle.
        asked: the question for news that is under way.
        heard: number of the last event that was heard, and ``heard_of`` the incarnation that counts so.
        heard_at: when it last answered, in seconds of the monotonic clock.
        incarnation: of the actor that has its sites; empty: it has none, since it has not answered, or not for long.
        waiting, next_due: as it last said.
    """

    name: tuple[str, str]
    node_id: str
    actor: Any
    asked: Any = None
    heard: int = 0
    heard_of: str = ""
    heard_at: float = 0.0
    incarnation: str = ""
    waiting: int = 0
    next_due: float | None = None
    assigned: list[Any] = field(default_factory=list)

    def ask(self) -> None:
        """Ask for news."""
        self.asked = self.actor.report.remote(self.heard)

    def hear(self, report: Report) -> None:
        """Note what it said."""
        self.heard_at = time.monotonic()
        if report.incarnation != self.heard_of:
            self.heard, self.heard_of = 0, report.incarnation
        self.heard = max([self.heard, *(event.number for event in report.events)])
        self.waiting, self.next_due = report.waiting, report.next_due


class Members:
    """Makes actors, one a processor. Ray restarts those that die; a new node gets some, too.

    Args:
        ray: the module, connected.
        arguments: what each actor is made with.
    """

    def __init__(self, ray: Any, arguments: tuple[Any, ...]) -> None:
        self._ray = ray
        self._arguments = arguments
        self._class = ray.remote(FleetActor)
        self._hopeless: set[str] = set()
        self.all: dict[tuple[str, str], Member] = {}

    def level(self) -> bool:
        """Have an actor for each processor that is alive, and for no other; return whether anything changed."""
        alive = {node["NodeID"]: node for node in self._ray.nodes() if node["Alive"]}
        gone = [name for name, member in self.all.items() if member.node_id not in alive]
        for name in gone:
            logger.warning("%s is lost: its sites go to others", "/".join(name))
            del self.all[name]
        made = 0
        names = Counter(node["NodeName"] for node in alive.values())
        for node_id, node in alive.items():
            # A name lasts longer than an id, which is new each time that a machine starts; it need not be unique.
            named = node["NodeName"] if names[node["NodeName"]] == 1 else f"{node['NodeName']}-{node_id[:8]}"
            for number in range(int(node["Resources"].get("CPU", 0))):
                name = (named, str(number))
                if name not in self.all and node_id not in self._hopeless:
                    self.all[name] = self._make(name, node_id)
                    made += 1
        return bool(gone or made)

    def _make(self, name: tuple[str, str], node_id: str) -> Member:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        options = self._class.options(
            num_cpus=1,
            max_restarts=-1,
            max_concurrency=_CALLS_AT_ONCE,
            # Where the sites' folders lie.
            scheduling_strategy=NodeAffinitySchedulingStrategy(node_id, soft=False),
        )
        member = Member(name, node_id, options.remote(*self._arguments))
        member.ask()
        return member

    def give_up(self, member: Member, why: str) -> None:
        """Do without a node on which no actor can work."""
        if member.node_id not in self._hopeless:
            logger.error("%s cannot work: %s", member.name[0], why)
        self._hopeless.add(member.node_id)
        for name in [name for name, other in self.all.items() if other.node_id == member.node_id]:
            del self.all[name]
