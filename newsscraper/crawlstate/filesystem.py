"""What kind of file system a folder lies on: SQLite's locks and its WAL need a disk of this machine."""

from __future__ import annotations

import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_SHARED = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|fuse|fuse\..+|9p|virtiofs|afs|ceph|lustre|gpfs|beegfs|glusterfs|ocfs2|gfs2|davfs|ncpfs",
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def shared_file_system(folder: Path) -> str | None:
    """Return the name of the network file system that a folder lies on, FUSE and shares of a host among them.

    ``None`` where it lies on a disk of this machine, and where the system does not tell (it does on Linux).
    """
    try:
        kind = file_system(folder.resolve(), _MOUNTS.read_text("utf-8", "surrogateescape"))
    except OSError:
        return None
    return kind if kind and _SHARED.fullmatch(kind) else None


def file_system(folder: Path, mounts: str) -> str | None:
    """Return the type of the file system that an absolute folder lies on, by the text of ``/proc/self/mountinfo``.

    >>> mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\\n40 22 0:50 / /srv/my\\\\040news rw - nfs4 host:/b rw"
    >>> file_system(Path("/srv/my news/output"), mounts), file_system(Path("/srv/my newsroom"), mounts)
    ('nfs4', 'ext4')
    """
    found, longest = None, -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        # Of two on one place the later one covers the other.
        if folder.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = after.split(" ")[0], len(point.parts)
    return found
