"""A site's rules as data: they travel with each page to the processes that read it."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Rules:
    """Selectors for the pages of one site, CSS or XPath; several of one rule are tried in order.

    Attributes:
        text: the element or elements that hold the article's text; all that the first selector with a match finds.
        remove: elements that are no part of the article: what any of these selectors finds.
        title: the headline.
        authors: those who wrote the article.
        published: when it was published.
        modified: when it was last changed.
        description: its summary.
        categories: sections that it belongs to.
        tags: its keywords.
    """

    text: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any rule.

        >>> bool(Rules()), bool(Rules(title=("h1",)))
        (False, True)
        """
        return any(getattr(self, name) for name in FIELDS)


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Rules))
"""Names of the rules."""

WITHOUT_MATCH = "rule-without-match: "
"""How the warning begins that a record bears for each rule that gave nothing; the rule's name follows."""
