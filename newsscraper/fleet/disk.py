"""Whether a folder lies on this machine's own disk: SQLite's files break on a network file system."""

from __future__ import annotations

from pathlib import Path

_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "fuse.s3fs",
    "ceph",
    "glusterfs",
    "9p",
    "afs",
    "lustre",
}


def network_file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Return the kind of network file system that a folder lies on; empty where it is none, or nobody can tell.

    Args:
        folder: need not be there yet.
        mounts: the kernel's table of what is mounted.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    there = folder.resolve()
    kinds = {}
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        kinds[Path(place.encode("latin-1", "replace").decode("unicode_escape"))] = kind
    nearest = next((parent for parent in (there, *there.parents) if parent in kinds), None)
    return kinds[nearest] if nearest is not None and kinds[nearest] in _NETWORK else ""
