"""One article of the demo newsroom: what it says, apart from how any page shows it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BlockKind = Literal["paragraph", "heading", "list", "quote", "table", "code", "figure", "see-also"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the name of its file, with its caption."""

    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the body.

    Attributes:
        kind: what it is; ``figure`` and ``see-also`` are shown on the page, but are not the article's text.
        text: words of a paragraph, heading, quote or code; title of the article that ``see-also`` leads to.
        items: of a list, or the cells of a table, row by row.
        cite: who is quoted.
        picture: of a figure.
        link: a word of ``text`` and the number of the story that it leads to.
    """

    kind: BlockKind
    text: str = ""
    items: tuple[tuple[str, ...], ...] = ()
    cite: str = ""
    picture: Picture | None = None
    link: tuple[str, int] | None = None

    def lines(self) -> list[str]:
        """Return what the block gives to the article's text, a line for each item or row."""
        if self.kind in ("figure", "see-also"):
            return []
        if self.items:
            return [" | ".join(cells) for cells in self.items]
        return [self.text, self.cite] if self.cite else [self.text]


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote below the article."""

    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """One article.

    Attributes:
        number: WordPress's id of the post; stands at the end of its address.
        excerpt: summary, shown in lists.
        parts: blocks, page by page; more than one page where the article is split.
        published, modified: moments on the newsroom's own clock.
        picture: shown above the text.
        credit: whose picture it is, as in "(Crédit photo : …)".
        password: the page shows a form instead of the text.
        repeats: number of the story whose text this one repeats almost word for word.
        revision: rises with each change.
        path: address on the site, from the root; another one when the newsroom moves (`newsscraper.demo.shapes`).
    """

    number: int
    title: str
    excerpt: str
    parts: tuple[tuple[Block, ...], ...]
    author: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    modified: datetime
    picture: Picture | None = None
    credit: str | None = None
    comments: tuple[Comment, ...] = ()
    password: bool = False
    repeats: int | None = None
    revision: int = 1
    path: str = ""

    @property
    def text(self) -> str:
        """The article's text as a record should hold it: blocks in reading order, a blank line between them."""
        return "\n\n".join(line for part in self.parts for block in part for line in block.lines())


def slug(title: str) -> str:
    """Return the form of a title that addresses are made of.

    >>> slug("Œuvres & données : l’été d’Évreux")
    'oeuvres-donnees-l-ete-d-evreux'
    """
    return spelled_slug(title).lower()


def spelled_slug(title: str) -> str:
    """Return the form of a title for addresses that keep its capitals.

    >>> spelled_slug("Œuvres & données : l’été d’Évreux")
    'OEuvres-donnees-l-ete-d-Evreux'
    """
    plain = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("Œ", "OE"))
    return re.sub(r"[^A-Za-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
