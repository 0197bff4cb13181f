"""Pages that a parser would take very long over, or make very much of: found before one is asked."""

from __future__ import annotations

import re

# libxml2 compares each attribute of a tag with all before it: the time grows with the square of their number. Pages
# that could hold so many are looked through first; nobody writes a hundred attributes that mean something.
_MOST_ATTRIBUTES = 100
_LARGE, _MANY, _LONG = 600_000, 20_000, 5_000
_MAY_HOLD_MANY = 200_000
"""Size from which attributes are counted: with tags shorter than `_LONG`, a smaller page is parsed within its time."""
# As parsers read it: a quotation mark opens a value after "=" only, and scripts and comments hold no tags.
_TAG = re.compile(
    rb"""<(?:script|style|textarea|title)\b[^<]*+(?:<(?!/(?:script|style|textarea|title)\b)[^<]*+)*+"""
    rb"""|<!--[^-]*+(?:-(?!->)[^-]*+)*+"""
    rb"""|<([a-z][^\s/>]*+)(\s(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>?""",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_LONG_TAG = re.compile(rb"<(?!script|style|textarea|title)[a-z][^\s/><]*+\s", re.IGNORECASE)

# lexbor's time grows with the square of the depth; what is formatted and not closed is opened anew in each block after
# it, as HTML wants it, so that elements become as many as blocks times open formatting. libxml2 does neither.
_MANY_TAGS = 10_000
"""With fewer, no page is deep enough to take long."""
_DEEP, _MOST_OPEN, _MANY_MADE = 5_000, 200, 300_000
# With a look at the first letter, for most tags are others.
_FORMATTING = re.compile(rb"<(?=[bcefinstuBCEFINSTU])(?i:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s>]")
# Within a border, what was opened outside is not closed.
_FORMATTING_OR_BORDER = re.compile(
    rb"<(/?)(?:(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|table)"
    rb"|applet|caption|marquee|object|td|template|th)(?=[\s>/])"
)
_BORDER, _TABLE = b"", b"table"
# Hold nothing, or are closed by the next of their kind.
_SHALLOW = frozenset(
    b"area base br col embed hr img input link meta source track wbr p li dd dt option optgroup tr td th tbody thead "
    b"tfoot colgroup rp rt html head body".split()
)
_ANY_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")


def without_long_lists(data: bytes) -> bytes:
    """Return a page without the attributes of tags that have more than anybody means."""
    if len(data) > _LARGE or (len(data) > _MAY_HOLD_MANY and data.count(b"=") > _MANY) or _has_long_tag(data):
        return _TAG.sub(_with_few_attributes, data)
    return data


def is_safe(data: bytes) -> bool:
    """Tell whether lexbor reads a page in a time, and to a number of elements, that its length explains.

    >>> is_safe(b"<div>" * 400 + b"<p>Rain"), is_safe(b"<div>" * 40_000), is_safe(b"<p><b id=1>" * 2_000)
    (True, False, False)
    """
    tags = data.count(b"<")
    if tags >= _MANY_TAGS and _is_deep(data):
        return False
    return len(_FORMATTING.findall(data)) * tags <= _MANY_MADE or _most_open(data) * tags <= _MANY_MADE


def _is_deep(data: bytes) -> bool:
    """Tell whether elements may nest so deep that lexbor takes long."""
    counts: dict[bytes, int] = {}
    depth = 0
    for closing, name in _ANY_TAG.findall(data.lower()):
        if name in _SHALLOW:
            continue
        if not closing:
            counts[name] = counts.get(name, 0) + 1
            depth += 1
            if depth > _DEEP:
                return True
        elif counts.get(name):
            counts[name] -= 1
            depth -= 1
    return False


def _most_open(data: bytes) -> int:
    """Return how many formatting elements are open at one time, at most."""
    open_: list[bytes] = []
    most = count = 0
    for closing, name in _FORMATTING_OR_BORDER.findall(data.lower()):
        if not closing:
            open_.append(name)
            if len(open_) > _MOST_OPEN:
                return _MANY_MADE  # nobody writes so; and to look through a long list at each end tag takes long
            if name not in (_BORDER, _TABLE):
                count += 1
                most = max(most, count)
        else:
            count -= _close(open_, name) if name in open_ else 0
    return most


def _close(open_: list[bytes], name: bytes) -> int:
    """Close the last of a name; a table or a border goes with all behind it. Return how much formatting has gone."""
    for place in range(len(open_) - 1, -1, -1):
        if open_[place] == name:
            if name not in (_BORDER, _TABLE):
                del open_[place]
                return 1
            gone = sum(other not in (_BORDER, _TABLE) for other in open_[place:])
            del open_[place:]
            return gone
        if open_[place] == _TABLE or (open_[place] == _BORDER and name != _TABLE):
            return 0
    return 0


def _has_long_tag(data: bytes) -> bool:
    """Whether a tag is long enough to hold very many attributes; a long text behind a short tag does not count."""
    start = data.find(b"<")
    while 0 <= start < len(data) - _LONG:
        # What opens last before the bound: all between follow one another more closely.
        last = data.rfind(b"<", start + 1, start + 1 + _LONG)
        if last >= 0:
            start = last
            continue
        if _LONG_TAG.match(data, start):
            tag = _TAG.match(data, start)
            if tag is not None and len(tag[2] or b"") > _LONG:
                return True
        start = data.find(b"<", start + 1 + _LONG)
    return False


def _with_few_attributes(match: re.Match[bytes]) -> bytes:
    attributes = match[2] or b""
    if len(attributes) <= 2 * _MOST_ATTRIBUTES or len(_VALUE.sub(b"", attributes).split()) <= _MOST_ATTRIBUTES:
        return match[0]
    return b"<" + match[1] + b">"
