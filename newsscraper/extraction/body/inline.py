"""What stands between the words of neighbouring inline elements, though the page's source has nothing there."""

from __future__ import annotations

import re

from newsscraper.extraction.tree import Element

_NUMBER = re.compile(r"[+\-\u2212\u2013]?\d+(?:[.,/]\d+)?")
_MARK = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*|[a-z*†‡§]")
_LAST_WORD = re.compile(r"\w+$")
_FIRST_WORD = re.compile(r"\w+")
_WORD, _SHORT_WORD, _PARAGRAPH = 3, 2, 80


def sign_of_raised(before: str, element: Element) -> str:
    """Return what must stand between a text and a raised or lowered element behind it, so that numbers stay numbers.

    A digit behind a digit is read as one number: 10⁶ is "10^6", and a mark that leads to a note is set off by a space.
    Letters ("1st") and digits behind letters ("H2O", "m2") stay as they are.

    >>> from newsscraper.extraction.parsing import parse
    >>> six, ordinal = parse("<p>10<sup>6</sup> on the 1<sup>st</sup></p>").root.iter("sup")
    >>> sign_of_raised("10", six), sign_of_raised("1", ordinal)
    ('^', '')
    """
    if not before[-1:].isdigit():
        return ""
    text = "".join(element.itertext()).strip()
    if not _NUMBER.fullmatch(text):
        return " " if _MARK.fullmatch(text) and _is_linked(element) else ""
    if _is_linked(element):
        return " "
    return "^" if element.tag == "sup" else "_"


def _is_linked(element: Element) -> bool:
    parent = element.getparent()
    return next(element.iter("a"), None) is not None or (parent is not None and parent.tag == "a")


def are_apart(before: str, element: Element) -> bool:
    """Whether an inline element's words are its own, and not the end of the word before it.

    "Monday" and "10:00 AM" in two neighbouring elements are set apart by a style sheet: nothing but such elements
    stands in the element around them, and glued together they would make a word that changes between letters and
    digits, or from small letters to a capital one. Two elements of several words each are apart, too: a name and an
    office. "<b>H</b>uawei" is one word.

    >>> from newsscraper.extraction.parsing import parse
    >>> day, hour = parse("<p><span>Monday</span><span>10:00 AM</span></p>").root.iter("span")
    >>> are_apart("Monday", hour)
    True
    """
    previous, parent = element.getprevious(), element.getparent()
    if previous is None or parent is None or previous.tail or (parent.text or "").strip():
        return False
    if any((child.tail or "").strip() for child in parent):
        return False
    text = "".join(element.itertext()).strip()
    following = _FIRST_WORD.match(text)
    last = _LAST_WORD.search(before)
    if following is None or last is None:
        return False
    if previous.tag == element.tag == "a" or (" " in text and " " in "".join(previous.itertext()).strip()):
        return True
    left, right = last[0], following[0]
    if left[-1].isdigit() != right[0].isdigit():
        letters = right if left[-1].isdigit() else left
        return len(letters) >= _WORD
    if not right[0].isupper():
        return False
    if left[-1].isupper():
        return len(left) >= _SHORT_WORD and right[1:2].islower()
    return min(len(left), len(right)) >= _WORD


def is_paragraph(element: Element) -> bool:
    """Whether an inline element is a paragraph by its length, behind another one: nothing stands between the two.

    >>> from newsscraper.extraction.parsing import parse
    >>> page = parse(f"<p><span>{'So it was. ' * 9}</span><span>{'And so on. ' * 9}</span></p>")
    >>> is_paragraph(list(page.root.iter("span"))[1])
    True
    """
    previous, parent = element.getprevious(), element.getparent()
    if (
        previous is None
        or parent is None
        or previous.tag != element.tag
        or previous.tail
        or (parent.text or "").strip()
    ):
        return False
    return all(len("".join(each.itertext())) >= _PARAGRAPH for each in (previous, element))
