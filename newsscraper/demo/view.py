"""What a page is drawn from: the newsroom as it is at the moment of the request, and templates to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from string import Template

from newsscraper.demo.shapes import Shape
from newsscraper.demo.story import Story


@dataclass(frozen=True, slots=True)
class View:
    """The newsroom at one moment.

    Attributes:
        base: address of the site, without a slash at the end.
        stories: all of them, newest first.
        now: what ages count from.
        shape: what addresses look like.
        left: shapes that they had before the newsroom moved.
    """

    base: str
    stories: Sequence[Story]
    now: datetime
    shape: Shape
    left: Sequence[Shape] = ()

    def section_url(self, name: str) -> str:
        """Return the address of a section."""
        return self.base + self.shape.section(name)

    def url_of(self, number: int) -> str:
        """Return the address of the story with this number, or the site's own where there is none any more."""
        return next((self.base + story.path for story in self.stories if story.number == number), f"{self.base}/")

    def neighbours(self, story: Story) -> tuple[Story | None, Story | None]:
        """Return the story before and the story after, by age."""
        index = next(i for i, other in enumerate(self.stories) if other.number == story.number)
        before = self.stories[index + 1] if index + 1 < len(self.stories) else None
        return before, self.stories[index - 1] if index else None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of stories.

    Attributes:
        title: of the section, tag or author; ``None`` for the home page.
        path: address of the list's first page on the site; empty for the home page.
        stories: on this page.
        number: of this page, from 1.
        pages: how many there are.
    """

    title: str | None
    path: str
    stories: Sequence[Story]
    number: int
    pages: int


def fill(template: str, **values: object) -> str:
    """Fill the slots of a file in ``markup/``."""
    return _template(template).substitute(values)


@cache
def _template(name: str) -> Template:
    return Template(resources.files(__package__).joinpath("markup", f"{name}.html").read_text("utf-8"))
