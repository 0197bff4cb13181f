"""A Ray cluster on this machine, each node a set of processes, by Ray's own utility; and what may happen to it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psutil

_HEAD = {"num_cpus": 0, "include_dashboard": False, "node_ip_address": "127.0.0.1", "node_name": "head"}


class Nodes:
    """The cluster: a head without processors, and nodes of one processor each, so one actor each."""

    def __init__(self, cluster: Any, count: int) -> None:
        self._cluster = cluster
        self._nodes: dict[str, Any] = {}
        for number in range(count):
            self.add(f"node{number}")

    @property
    def address(self) -> str:
        """Address of the head."""
        return str(self._cluster.address)

    def add(self, name: str) -> None:
        """Start a node."""
        self._nodes[name] = self._cluster.add_node(
            num_cpus=1, node_ip_address="127.0.0.1", node_name=name, wait=True, object_store_memory=80_000_000
        )

    def lose(self, name: str) -> None:
        """Kill all processes of a node."""
        self._cluster.remove_node(self._nodes.pop(name), allow_graceful=False)

    def working(self, what: str = "FleetActor") -> list[psutil.Process]:
        """Return the processes of the cluster that run an actor or a task of this name now."""
        found = []
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if " ".join(process.cmdline()).startswith(f"ray::{what}"):
                    found.append(process)
        return sorted(found, key=lambda process: process.pid)

    def kill_one(self, what: str = "FleetActor", *, children: bool = False) -> bool:
        """Kill one with ``kill -9``, with ``children`` one that has some; return whether there was one."""
        for process in self.working(what):
            with contextlib.suppress(psutil.Error):
                if not children or process.children():
                    process.kill()
                    return True
        return False


@contextlib.contextmanager
def nodes(count: int) -> Iterator[Nodes]:
    """Run a cluster of so many nodes while the ``with`` block runs."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # else Ray takes 127.0.0.1 for this machine's other address
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args=_HEAD)
    try:
        yield Nodes(cluster, count)
    finally:
        cluster.shutdown()
