"""What addresses look like: the three shapes that a real newsroom went through when it was rebuilt, oldest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsscraper.demo import vocabulary as words
from newsscraper.demo.story import Story, slug, spelled_slug

_NUMBERS = {topic.section: topic.number for topic in words.TOPICS}


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of a newsroom's addresses.

    The templates have these slots: ``{section}`` and ``{code}``, the section's name and number; ``{slug}`` and
    ``{Slug}``, the title in lower case and as it is spelled; ``{number}``, the story's number.

    Attributes:
        name: year in which it began.
        article_path: template of a story's address.
        article_form: matches a story's address with all that may follow it: groups ``path``, ``number``, ``rest``.
        section_path: template of a section's address.
        feed_path: template of the address of a section's feed.

    >>> shape("2026").section("Data & IA"), shape("2026").feed("Data & IA")
    ('/data-ia-1372', '/thematique/data-ia-1372/feed')
    """

    name: str
    article_path: str
    article_form: re.Pattern[str]
    section_path: str
    feed_path: str

    def article(self, story: Story) -> str:
        """Return a story's address, from the root."""
        section = story.categories[0]
        return self.article_path.format(
            **_section_slots(section), slug=slug(story.title), Slug=spelled_slug(story.title), number=story.number
        )

    def place(self, story: Story) -> Story:
        """Return the story as it stands under an address of this shape."""
        return replace(story, path=self.article(story))

    def section(self, name: str) -> str:
        """Return the address of a section, from the root."""
        return self.section_path.format(**_section_slots(name))

    def feed(self, name: str) -> str:
        """Return the address of a section's feed, from the root."""
        return self.feed_path.format(**_section_slots(name))


def _section_slots(name: str) -> dict[str, object]:
    return {"section": slug(name), "code": _NUMBERS[name]}


SHAPES = (
    Shape(
        "2018",
        article_path="/{slug}-{number}.html",
        article_form=re.compile(r"^(?P<path>/[a-z0-9-]+-(?P<number>\d+)\.html)(?P<rest>/.*)?$"),
        section_path="/{section}",
        feed_path="/{section}/feed",
    ),
    Shape(
        "2024",
        article_path="/Thematique/{section}-{code}/Breves/{Slug}--{number}.htm",
        article_form=re.compile(
            r"^(?P<path>/Thematique/[a-z0-9-]+-\d+/Breves/[A-Za-z0-9-]+--(?P<number>\d+)\.htm)(?P<rest>/.*)?$"
        ),
        section_path="/Thematique/{section}-{code}",
        feed_path="/Thematique/{section}-{code}/feed",
    ),
    Shape(
        "2026",
        article_path="/{section}-{code}/{slug}-{number}",
        article_form=re.compile(r"^(?P<path>/[a-z0-9-]+-\d+/[a-z0-9-]+-(?P<number>\d+))(?P<rest>/.*)?$"),
        section_path="/{section}-{code}",
        feed_path="/thematique/{section}-{code}/feed",
    ),
)
"""All shapes, oldest first."""


def shape(name: str) -> Shape:
    """Return the shape of this name.

    Raises:
        ValueError: there is none; the message names those that there are.
    """
    for one in SHAPES:
        if one.name == name:
            return one
    raise ValueError(f"no shape {name!r}; there are {', '.join(one.name for one in SHAPES)}")


def before(later: Shape) -> tuple[Shape, ...]:
    """Return the shapes that came before one."""
    return SHAPES[: SHAPES.index(later)]
