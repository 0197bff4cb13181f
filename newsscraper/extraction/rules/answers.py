"""A site's rules as one more witness: what they found, cleaned as everything else is, outranks what readers find."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from newsscraper import dates
from newsscraper.dates.claim import Claim, Role
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import names, taxonomy, title
from newsscraper.extraction.plaintext import fold, is_small
from newsscraper.extraction.rules.applying import MARK, Found, Value
from newsscraper.extraction.rules.declared import WITHOUT_MATCH
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element

_T = TypeVar("_T")
_LONGEST = 5000
_SEPARATORS = re.compile(r"\s*[,;|]\s*|、")
_LARGEST_HEADLINE = 20


class Answers:
    """What the rules of a site say of one page.

    Each method takes what the general reader found, and returns it where the rule has nothing better.

    Args:
        doc: the page.
        stated: what it says about itself.
        found: what the rules found on it.

    Attributes:
        ruled: rules whose word counts on this page.
        missing: rules that gave nothing.
    """

    def __init__(self, doc: Document, stated: Structured, found: Found) -> None:
        self._doc = doc
        self._stated = stated
        self._found = found
        self._rules = doc.page.hints.rules
        self.ruled: list[str] = []
        self.missing: list[str] = []

    @property
    def warnings(self) -> list[str]:
        """What a reader of the record should know."""
        return [WITHOUT_MATCH + rule for rule in self.missing]

    @property
    def removed(self) -> dict[str, int]:
        """How many elements the rule for that removed, by the name under which the record counts them."""
        return {"site-rule": self._found.removed} if self._found.removed else {}

    def title(self, general: str | None, element: Element | None) -> tuple[str | None, Element | None]:
        """Return the headline, and the element that shows it."""
        sites = title.site_names(self._doc, self._stated)
        told = self._first("title", lambda value: title.without_site(value.text, sites))
        if told is None:
            return general, element
        if element is not None and fold(self._doc.text_of(element)) == fold(told):
            return told, element
        return told, self._showing(told) or element

    def description(self, general: str | None) -> str | None:
        """Return the summary."""
        told = self._first("description", lambda value: value.text[:_LONGEST])
        return told if told is not None else general

    def authors(self, general: list[str]) -> list[str]:
        """Return the authors' names."""
        return self._list("authors", lambda values: [one for value in values for one in names.people(value)], general)

    def terms(self, general: tuple[list[str], list[str]]) -> tuple[list[str], list[str]]:
        """Return categories and tags."""

        def clean(values: list[str]) -> list[str]:
            return taxonomy.terms(values, title.site_names(self._doc, self._stated))

        return self._list("categories", clean, general[0]), self._list("tags", clean, general[1])

    def dates(self, languages: tuple[str, ...], timezone: str | None, fetched_at: datetime | None) -> list[Claim]:
        """Return the claims of a date that the rules make."""
        claims = []
        roles: tuple[Role, ...] = ("published", "modified")
        for role in roles:

            def read(value: Value, role: Role = role) -> Claim | None:
                claim = Claim(role, value.text, value.source, f"the site's rule for {role}", by_rule=True)
                verdict = dates.decide([claim], fetched_at=fetched_at, languages=languages, timezone=timezone)
                return claim if verdict.published or verdict.modified else None

            claim = self._first(role, read)
            if claim is not None:
                claims.append(claim)
        return claims

    def containers(self) -> list[Element]:
        """Return the elements that hold the text, where a rule found them."""
        if not self._rules.text:
            return []
        elements = [one for one in self._doc.tree.iter("*") if one.get(MARK) is not None] if self._found.marked else []
        self._note("text", bool(elements), "", f"{len(elements)} elements")
        if self._rules.remove:
            count = self._found.removed
            self._doc.explain("rule", "believed", "remove", " | ".join(self._rules.remove), f"{count} elements")
        return elements

    def _first(self, rule: str, read: Callable[[Value], _T | None]) -> _T | None:
        """Return the first value of a rule that can be read, its selectors in order."""
        for selector, values in self._found.matches.get(rule, ()):
            for value in values:
                if told := read(value):
                    self._note(rule, True, selector, value.text)
                    return told
        if getattr(self._rules, rule):
            self._note(rule, False, "", " | ".join(getattr(self._rules, rule)))
        return None

    def _list(self, rule: str, clean: Callable[[list[str]], list[str]], general: list[str]) -> list[str]:
        """Return the names that the first selector with any gives."""
        for selector, values in self._found.matches.get(rule, ()):
            texts = [value.text for value in values]
            if len(texts) == 1 and rule != "authors":
                texts = _SEPARATORS.split(texts[0])
            if told := list(dict.fromkeys(clean(texts))):
                self._note(rule, True, selector, ", ".join(told))
                return told
        if getattr(self._rules, rule):
            self._note(rule, False, "", " | ".join(getattr(self._rules, rule)))
        return general

    def _note(self, rule: str, matched: bool, selector: str, text: str) -> None:
        (self.ruled if matched else self.missing).append(rule)
        verdict, reason = (
            ("believed", selector) if matched else ("set aside", "nothing of use; the general reader's word")
        )
        self._doc.explain("rule", verdict, rule, text, reason)

    def _showing(self, headline: str) -> Element | None:
        """Return the innermost element that shows the headline."""
        folded, shown = fold(headline), None
        for element in self._doc.tree.iter("*"):
            if is_small(element, _LARGEST_HEADLINE) and fold(self._doc.text_of(element)) == folded:
                shown = element
            elif shown is not None and shown not in element.iterancestors():
                break
        return shown
