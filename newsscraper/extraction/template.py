"""Which template made a page: where its headline and its text stand, told so that pages of one site can be compared."""

from __future__ import annotations

from newsscraper.dates.folding import has_digit
from newsscraper.digest import short_hash
from newsscraper.extraction.tree import Element

_DEEPEST = 40


def template_of(headline: Element | None, container: Element) -> str:
    """Return the same short text for pages whose headline and text stand in the same place; empty without a headline.

    The place is the elements around them, by tag and first class; classes with numbers are a page's own.
    """
    if headline is None:
        return ""
    return short_hash(f"{_place(headline)} {_place(container)}")


def _place(element: Element) -> str:
    around = [element, *element.iterancestors()]
    return ">".join(map(_name, around[:_DEEPEST]))


def _name(element: Element) -> str:
    class_ = next(iter((element.get("class") or "").split()), "")
    return f"{element.tag}.{class_}" if class_ and not has_digit(class_) else str(element.tag)
