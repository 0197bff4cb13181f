"""What the tag and the attributes of one element say against its being article text, and for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsscraper.extraction.body.labels import judge_label

# Never text of an article, whatever they hold.
UNREAD = frozenset(
    "script style template noscript iframe svg math canvas video audio object embed map applet input select textarea "  # noqa: SIM905
    "option datalist progress meter link meta img picture source track area base title frame frameset noframes "
    "amp-analytics amp-ad amp-auto-ads amp-iframe amp-img amp-video amp-youtube amp-twitter amp-instagram amp-facebook "
    "amp-social-share amp-sidebar amp-consent amp-user-notification amp-lightbox amp-state amp-animation amp-pixel "
    "amp-sticky-ad amp-embed amp-list amp-live-list amp-story amp-brightcove amp-dailymotion amp-vimeo amp-web-push "
    "amp-web-push-widget amp-geo amp-access amp-subscriptions amp-next-page amp-form amp-recaptcha-input "
    "amp-audio rp rt".split()
)
RULE_OF_TAG = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "dialog": "popup",
    "figcaption": "caption",
    "caption": "caption",
    "form": "form",
    "fieldset": "form",
    "label": "form",
    "menu": "navigation",
    "address": "byline",
    "header": "header",
    "details": "details",
    "amp-carousel": "caption",
    "figure": "figure",
    "button": "button",
}
_RULE_OF_ROLE = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "navigation",
    "dialog": "popup",
    "alertdialog": "popup",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "share",
    "tablist": "navigation",
    "tooltip": "popup",
    "status": "popup",
    "button": "share",
}
_DIALOGS = frozenset(("dialog", "alertdialog"))
# Rules of tags that a label may replace.
_UNSURE = frozenset(("figure", "header"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Folded away until a reader opens it: answers of a FAQ, parts of an accordion. Text of the page all the same.
_FOLDED = ("accordion", "faq", "collaps", "toggle", "expand")
# What React sends after the page, to be put in its place at once.
_STREAMED = re.compile(r"S:[0-9a-f]+")
# Hidden on small screens, and shown on large ones.
_SHOWN_AGAIN = re.compile(r":(?:block|flex|grid|inline|contents|table)|\bd-(?:sm|md|lg|x+l)-(?:block|flex|grid|inline)")
# "aria-hidden" speaks to screen readers: of a box that is closed, or of a line that is read out elsewhere.
_READ_BY_EYE = HEADINGS | {"p", "li", "dt", "dd", "blockquote", "span", "i"}
_HIDDEN_STYLE = re.compile(r"(?i)(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)")


def suspicion(tag: str, attributes: Sequence[tuple[str, str]]) -> tuple[str | None, bool]:  # noqa: PLR0912
    """Return the rule that an element is suspect under, and whether it is named as the place of an article's text.

    >>> suspicion("div", [("class", "related-links")]), suspicion("div", [("id", "article-body"), ("hidden", "")])
    (('related', False), ('hidden', True))
    """
    rule = RULE_OF_TAG.get(tag)
    label = role = None
    body = hidden = streamed = modal = opened = False
    by_property: str | None = None
    for name, value in attributes:
        if name == "class":
            label = f"{label} {value}" if label else value
        elif name == "id":
            streamed = streamed or (value[:2] == "S:" and _STREAMED.fullmatch(value) is not None)
            if tag not in HEADINGS:  # a heading's id is made of its words
                label = f"{label} {value}" if label else value
        elif name == "style":
            hidden = hidden or (_may_hide(value.lower()) and _HIDDEN_STYLE.search(value) is not None)
        elif name == "role":
            role = value
        elif name == "hidden":
            hidden = True
        elif name == "open":
            opened = True
        elif name == "aria-modal":
            modal = value == "true"
        elif name == "aria-hidden":
            hidden = hidden or (value == "true" and tag not in _READ_BY_EYE)
        elif name == "itemprop":
            if value == "articleBody":
                body = True
            elif value in ("author", "datePublished", "dateModified", "keywords", "publisher"):
                by_property = "byline"
    if label:
        by_label, named = judge_label(label)
        if by_label == "hidden" and _SHOWN_AGAIN.search(label):
            by_label = None
        if rule is None or rule in _UNSURE:
            rule = by_label or rule
        body = body or (named and rule != "hidden")
    if rule is None and role is not None:
        rule = _RULE_OF_ROLE.get(role)
    if ((hidden or modal) and role in _DIALOGS) or (tag == "dialog" and not opened):
        return "dialog", False
    if hidden and not streamed and not (label and _is_folded(label.lower())):
        return "hidden", body
    return rule or by_property, body


def _may_hide(style: str) -> bool:
    return "none" in style or "hidden" in style


def _is_folded(label: str) -> bool:
    return any(part in label for part in _FOLDED)


@lru_cache(maxsize=16384)  # a site's pages share their classes
def suspicion_of_class(tag: str, class_: str) -> tuple[str | None, bool] | None:
    """Return `suspicion` of an element that has a class and no other attribute; ``None`` where it says nothing."""
    rule, body = suspicion(tag, (("class", class_),))
    return (rule, body) if rule is not None or body else None
