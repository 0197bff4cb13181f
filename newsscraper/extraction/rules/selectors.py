"""CSS and XPath: which of them a selector is, whether it parses, what it finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsel import Selector, SelectorList

_AXES = (
    "ancestor|ancestor-or-self|attribute|child|descendant|descendant-or-self|following|following-sibling|parent|"
    "preceding|preceding-sibling|self"
)
# A path, a bracket, a function such as string(//h1), an axis: none of them begins a CSS selector.
_XPATH = re.compile(rf"\s*(?:\.{{0,2}}/|\(|[a-z][a-z-]*\(|(?:{_AXES})::)")
_NO_ELEMENTS = re.compile(r"::(?:text|attr)\b|(?:/|::)text\(\)\s*$|/@[\w*:-]+\s*$")
_SAMPLE = '<html><body><div id="a" class="b"><p>c <a href="d">e</a></p></div></body></html>'


class SelectorError(ValueError):
    """A selector that does not parse; the message says which and why."""


def is_xpath(selector: str) -> bool:
    """Tell whether a selector is XPath; all else is CSS.

    >>> [is_xpath(text) for text in ("//h1", "(//h1)[1]", "string(//h1)", "h1.title::text", ".by > a")]
    [True, True, True, False, False]
    """
    return _XPATH.match(selector) is not None


def check(selector: str, *, elements: bool = False) -> None:
    """Try a selector.

    Args:
        selector: CSS or XPath.
        elements: it must find elements; texts and attributes will not do.

    Raises:
        SelectorError: it does not parse, or finds what is not wanted.

    >>> check("div.story > p")
    >>> check("//p[")
    Traceback (most recent call last):
    newsscraper.extraction.rules.selectors.SelectorError: the XPath '//p[' does not parse: Invalid expression
    """
    from parsel import Selector

    kind = "XPath" if is_xpath(selector) else "CSS selector"
    try:
        found = find(Selector(text=_SAMPLE), selector)
    except (ValueError, SyntaxError, RuntimeError) as error:  # cssselect's errors are of the latter two
        reason = " ".join(str(error).removeprefix("XPath error: ").split()).removesuffix(f" in {selector.strip()}")
        raise SelectorError(f"the {kind} {selector!r} does not parse: {reason or type(error).__name__}") from None
    if any(isinstance(one.root, (bool, float)) for one in found):
        raise SelectorError(f"the {kind} {selector!r} finds a number or a truth, where elements or texts are wanted")
    if elements and (_NO_ELEMENTS.search(selector) or any(isinstance(one.root, str) for one in found)):
        raise SelectorError(f"the {kind} {selector!r} finds texts or attributes, where whole elements are wanted")


def find(tree: Selector, selector: str) -> SelectorList[Selector]:
    """Return what a selector finds on a page, in document order."""
    return tree.xpath(selector) if is_xpath(selector) else tree.css(selector)
