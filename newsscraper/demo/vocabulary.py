"""The words that the demo newsroom writes with, read from ``vocabulary.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Topic:
    """What one section of the newsroom writes about.

    Attributes:
        section: its name.
        number: stands in the section's address, in the shapes that have one.
        titles: templates of headlines.
        actions: templates of what companies do.
        tags: what its stories may be tagged with.
    """

    section: str
    number: int
    titles: tuple[str, ...]
    actions: tuple[str, ...]
    tags: tuple[str, ...]


_words = tomllib.loads(resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))

COMPANIES: tuple[str, ...] = tuple(_words["companies"])
TOWNS: tuple[str, ...] = tuple(_words["towns"])
FIRST_NAMES: tuple[str, ...] = tuple(_words["first_names"])
LAST_NAMES: tuple[str, ...] = tuple(_words["last_names"])
JOBS: tuple[str, ...] = tuple(_words["jobs"])
MONTHS: tuple[str, ...] = tuple(_words["months"])
OPENINGS: tuple[str, ...] = tuple(_words["openings"])
SUBJECTS: tuple[str, ...] = tuple(_words["subjects"])
COMPLEMENTS: tuple[str, ...] = tuple(_words["complements"])
COMMON_ACTIONS: tuple[str, ...] = tuple(_words["common_actions"])
QUOTES: tuple[str, ...] = tuple(_words["quotes"])
SAID: tuple[str, ...] = tuple(_words["said"])
FIGURES: tuple[str, ...] = tuple(_words["figures"])
HEADINGS: tuple[str, ...] = tuple(_words["headings"])
SNIPPETS: tuple[str, ...] = tuple(_words["snippets"])
CREDITS: tuple[str, ...] = tuple(_words["credits"])
PICTURES: tuple[tuple[str, str], ...] = tuple(_words["pictures"].items())
"""File names and captions."""
AUTHORS: dict[str, str] = dict(_words["authors"])
"""Names and biographies."""
TOPICS: tuple[Topic, ...] = tuple(
    Topic(topic["section"], topic["number"], tuple(topic["titles"]), tuple(topic["actions"]), tuple(topic["tags"]))
    for topic in _words["topics"]
)
