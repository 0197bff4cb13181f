"""``manifest.json``: what a site's folder holds, so that a reader can check that it has all of it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsscraper.crawlstate.dayfiles import MANIFEST, PACKED, day_files, open_lines, plain_name
from newsscraper.durable import replace_whole


def write_manifest(folder: Path, site: str) -> dict[str, Any]:
    """Write the manifest of a site's folder and return it; a reader sees the old one or the new one, never half of one.

    For each day file: ``name``, ``lines``, ``bytes`` and ``sha256`` of the plain content, ``first_id``, ``last_id``;
    where it is packed also ``packed_bytes``. Files whose size has not changed are not read again.

    Raises:
        OSError: it cannot be written.
    """
    before = {entry["name"].removesuffix(PACKED): entry for entry in read_manifest(folder).get("files", [])}
    files = [_describe(path, before.get(plain_name(path))) for path in day_files(folder)]
    manifest = {
        "site": site,
        "updated_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "lines": sum(entry["lines"] for entry in files),
        "bytes": sum(entry["bytes"] for entry in files),
        "files": files,
    }
    replace_whole(folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False).encode() + b"\n")
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a site's folder; empty where there is none or it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _describe(path: Path, before: dict[str, Any] | None) -> dict[str, Any]:
    packed = path.name.endswith(PACKED)
    size = path.stat().st_size
    if before and before.get("packed_bytes" if packed else "bytes") == size:
        return {**before, "name": path.name}
    digest, lines, total = hashlib.sha256(), 0, 0
    first = last = b""
    with open_lines(path) as stream:
        for line in stream:
            if not line.endswith(b"\n"):
                break
            digest.update(line)
            lines, total = lines + 1, total + len(line)
            first, last = first or line, line
    entry = {"name": path.name, "lines": lines, "bytes": total, "sha256": digest.hexdigest()}
    entry |= {"first_id": _id(first), "last_id": _id(last)}
    return entry | ({"packed_bytes": size} if packed else {})


def _id(line: bytes) -> str | None:
    try:
        found = json.loads(line)["id"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None
