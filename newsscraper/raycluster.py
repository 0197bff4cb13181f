"""To a Ray cluster, or to one line that says why not."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOWEST = (2, 60)
_SERVICES = "127.0.0.1"
_LISTENS_WITHIN = 5.0
_LOOPBACK_ONLY = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""Ray's switch for machines without neighbours, read when it is imported: 0 keeps it to loopback, on Linux, too."""


class ClusterUnusable(Exception):
    """There is no cluster to run on; the message says in one line why, and what to do."""


def connect(address: str) -> Any:
    """Connect to a cluster and return the module ``ray``.

    Args:
        address: ``auto``: the cluster that this machine belongs to; where there is none, Ray is started here, on
            loopback. Else ``HOST:PORT`` of a head node.

    Raises:
        ClusterUnusable: Ray is not installed or too old, nothing answers there, or the cluster is of another version.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address == "auto" and _is_here_alone():
        os.environ.setdefault(_LOOPBACK_ONLY, "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # Ray warns of it in every process
    try:
        import ray
    except ImportError:
        raise ClusterUnusable("--ray needs Ray: pip install 'newsscraper[ray]'") from None
    version = tuple(int(part) for part in ray.__version__.split(".")[:2])
    if version < LOWEST:
        needed = ".".join(map(str, LOWEST))
        raise ClusterUnusable(f"Ray {ray.__version__} is older than {needed}: pip install -U 'newsscraper[ray]'")
    try:
        _init(ray, address)
    except (OSError, ValueError, AssertionError) as error:  # ConnectionError and TimeoutError are OSErrors
        raise ClusterUnusable(
            f"no Ray cluster answers at {address} ({_line(error)}). Start one with: ray start --head, or use --ray auto"
        ) from error
    except RuntimeError as error:
        words = _line(error)
        if "ersion mismatch" in words:
            raise ClusterUnusable(
                f"the cluster at {address} has another version of Ray or Python than this machine ({words}). "
                "Install the same on all of them"
            ) from error
        raise ClusterUnusable(f"Ray cannot be used at {address}: {words}") from error
    return ray


def _is_here_alone() -> bool:
    """Whether the cluster of this machine is one that keeps to loopback, or is yet to be started."""
    known = os.environ.get("RAY_ADDRESS", "")
    with contextlib.suppress(OSError):
        known = known or Path(os.environ.get("RAY_TMPDIR", "/tmp"), "ray", "ray_current_cluster").read_text()  # noqa: S108
    return not known.strip() or known.strip().startswith(_SERVICES)


def _init(ray: Any, address: str) -> None:
    common: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": True, "namespace": "newsscraper"}
    if address != "auto":
        _check_somebody_listens(address)
        ray.init(address=address, **common)
        return
    try:
        ray.init(address="auto", **common)
    except ConnectionError:
        ray.init(address="local", include_dashboard=False, _node_ip_address=_SERVICES, **common)


def _check_somebody_listens(address: str) -> None:
    """Ray itself tries for minutes where nobody does."""
    parts = urlsplit(address if "://" in address else f"ray-head://{address}")
    if parts.hostname is None or parts.port is None:
        raise ValueError("an address is HOST:PORT")
    with socket.create_connection((parts.hostname, parts.port), timeout=_LISTENS_WITHIN):
        pass


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
