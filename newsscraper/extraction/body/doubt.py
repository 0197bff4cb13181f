"""What a reader of the text should know: where it came from, and why it may not be all of it, or not only it."""

from __future__ import annotations

from newsscraper.extraction.body.text import Body

_PARAGRAPH = 150
_MANY = 5
_STUB = 1500
# Parts that hold paragraphs as long as an article's, and never its own.
_OTHERS = frozenset(
    ("comments", "consent", "recent-posts", "related", "footer", "navigation", "hidden", "popup", "dialog")
)


def warnings_of(body: Body, *, from_scripts: bool, accessible_for_free: bool | None) -> list[str]:
    """Return warnings for ``extraction.warnings``, each with a slug before the colon.

    Args:
        body: the text and what was cut.
        from_scripts: what the page states of its text was found in its scripts' data.
        accessible_for_free: the paywall's verdict.
    """
    found: list[str] = []
    if body.is_stated:
        if from_scripts:
            found.append("text-from-script-data: the page shows hardly any text without its scripts")
        else:
            found.append("text-from-article-body: the page shows hardly any text; this is what it says its text is")
        return found
    if body.is_told:
        return ["from-feed: the page shows hardly any text; this is what the site's feed tells"]
    if not body.text:
        return found
    own = sum(block.prose for block in body.blocks)
    outside = [
        block
        for block in body.walk.blocks
        if block.kind == "p"
        and block.prose >= _PARAGRAPH
        and body.choice.cut.get(block.place) not in _OTHERS
        and block.place in body.choice.cut
    ]
    if not body.choice.declared and len(outside) >= _MANY and sum(block.prose for block in outside) > own:
        found.append(f"much-text-outside: {len(outside)} long paragraphs of the page are not in the text")
    if own < _STUB and (accessible_for_free is False or "paywall" in body.removed):
        found.append("paywall-stub: the text is short and the page asks for a subscription")
    return found
