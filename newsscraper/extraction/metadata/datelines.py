"""What a page says about when its article was published and changed, as claims for `newsscraper.dates.decide`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsscraper.dates.claim import Claim
from newsscraper.dates.folding import fold, has_digit
from newsscraper.dates.lines import names_a_day, tells_a_change
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata import markeddates, placeddates, stateddates
from newsscraper.extraction.metadata.owners import Owners
from newsscraper.extraction.parts import parts_of
from newsscraper.extraction.plaintext import text_of
from newsscraper.extraction.structured import Structured
from newsscraper.extraction.tree import Element

_MANY = 3
_SHORTEST_TITLE = 12


def read(
    doc: Document,
    structured: Structured,
    *,
    headline: Element | None,
    languages: Sequence[str] = (),
    others: Sequence[Element] = (),
) -> list[Claim]:
    """Return what the page claims about the dates of its own article; dates of other things are left out.

    Args:
        doc: the page.
        structured: its JSON-LD and microdata.
        headline: the element that shows the headline; what stands near it is believed most.
        languages: ISO 639-1 codes of the page, likeliest first.
        others: boxes that list other articles, whose ages are not this one's.
    """
    headline = headline if headline is not None else _heading_like_title(doc)
    parts = parts_of(doc, headline)
    owners = Owners(doc, parts, others)
    claims = [*stateddates.read(doc, structured), *markeddates.read(doc, headline, owners, languages)]
    if not any(_is_full(claim, languages) for claim in claims if claim.source != "visible"):
        claims += placeddates.read(parts, owners, languages)
        if not _show_a_day(claims, languages):
            claims += placeddates.anywhere(doc, headline, parts, owners, languages)
        if languages and not claims:
            claims += placeddates.unread(parts, owners, languages)
    if doc.steps is not None:
        placeddates.explain_others(doc, parts, owners, languages)
    return list(dict.fromkeys(claims))


def _heading_like_title(doc: Document) -> Element | None:
    """Return the heading that says what the page calls itself, where no headline was made out."""
    titles = [*doc.meta.get("og:title", ()), *(element.text or "" for element in doc.tags("title"))]
    told = {fold(title) for title in titles}
    for heading in doc.tags("h1", "h2", "h3", "h4"):
        shown = fold(text_of(heading))
        if len(shown) > _SHORTEST_TITLE and any(title.startswith(shown) for title in told):
            return heading
    return None


def _show_a_day(claims: Sequence[Claim], languages: Sequence[str]) -> bool:
    """Whether readers see a day of publication in one place, so that nobody need look for one in loose lines."""
    shown = [claim for claim in claims if claim.source == "visible"]
    places = Counter(claim.where for claim in shown if claim.role == "unknown")
    changes = [claim.raw for claim in shown if has_digit(claim.raw) and tells_a_change(claim.raw, languages)]
    return any(
        places[claim.where] < _MANY and not any(claim.raw in text for text in changes)
        for claim in shown
        if _is_full(claim, languages)
    )


def _is_full(claim: Claim, languages: Sequence[str]) -> bool:
    """Whether a claim gives a day, of publication for all it says."""
    if claim.role == "modified" or claim.where.endswith("?") or not has_digit(claim.raw):
        return False
    return names_a_day(claim.raw, languages)
