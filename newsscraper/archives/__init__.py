"""Pages that are there already → records: WARC files, folders of saved pages, lists of archives.

An archive is a task: its output is written aside and put in place whole. What is done is done; what was killed is begun
again.
"""

from __future__ import annotations


class ArchiveFailed(Exception):
    """An archive cannot be read or its output cannot be written; the message says why and what to do, in one line."""
