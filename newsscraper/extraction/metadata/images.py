"""The article's pictures, each once whatever its sizes, with what the page says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from newsscraper.article import Image
from newsscraper.extraction.caseless import Caseless
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.credits import credit_of, may_end_in_credit, paragraph_credit, split_credit
from newsscraper.extraction.metadata.links import absolute
from newsscraper.extraction.parts import Parts, parts_of
from newsscraper.extraction.plaintext import fold, plain, text_of
from newsscraper.extraction.structured import Structured, text_value
from newsscraper.extraction.tree import Element
from newsscraper.urls import site_of

_MOST = 60
_SMALLEST = 90
_NO_PICTURE = Caseless(
    r"avatar|gravatar|logo|icon|emoji|sprite|pixel|tracking|spacer|blank\.|placeholder|1x1|badge|button|share|"
    r"author|profile|"
    r"ads?[/_-]|banner|advert|smilies|loading|spinner|default-image|captcha",
)
_SIZE = re.compile(
    r"[-_](?:\d{2,4}x\d{2,4}|scaled|e\d{9,}|small|medium|large|thumb(?:nail)?|full)(?=(?:@2x)?\.\w{3,4}$)",
    re.IGNORECASE,
)
_SIZE_PART = re.compile(
    r"/(?:\d{2,4}x\d{2,4}|w_?\d{2,4}|h_?\d{2,4}|c_[^/]+|crop[^/]*|resize[^/]*|fit-in|thumb)(?=/)", re.IGNORECASE
)
_PAGE_LINK = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:$|\?)", re.IGNORECASE)
_CAPTION = re.compile(
    r"caption|legend|bildunterschrift|bijschrift|leyenda|didascalia|legende|\bpie\b|description|media__text|image-info"
)
_CREDIT = re.compile(
    r"credit|copyright|photographer|source|byline|quelle|fotograf|attribution|author|agency|courtesy|rights"
)
_FURNITURE = re.compile(r"avatar|logo|icon|emoji|gravatar|author|smiley|badge|bio\b")
# Boxes about whoever wrote: their portraits are no pictures of the article's.
_AUTHOR_BOX = Caseless(
    r"(?:^|[\s_-])(?:authors?|auteure?s?|autor(?:a|en|es|in)?|autore|bylines?|bio|biography|contributors?|writers?|vcard|"
    r"journalists?|redacteure?|redakteur(?:in)?|verfasser(?:in)?|columnists?|about-(?:me|the-author))(?=$|[\s_-])"
)
_AUTHOR_BOX_TEXT = 700
"""Characters that such a box has at most: a page whose body is called ``author-…`` is none."""
_LOOSE_CAPTION = Caseless(
    r"(?:^|[\s_-])(?:(?:fig)?captions?|cutline|l.gende|legenda|leyenda|didascalia|bildunterschrift|bijschrift|"
    r"pie-?(?:de-)?foto)(?=$|[\s_-])"
)
# One of these stands in every label that the pattern matches.
_CAPTION_PARTS = (
    "caption",
    "cutline",
    "gende",
    "legenda",
    "leyenda",
    "didascalia",
    "bildunterschrift",
    "bijschrift",
    "foto",
)
_CAPTION_TAGS = {"p": 0, "div": 1, "span": 2, "figcaption": 3, "small": 4, "em": 5}
_NEAR = 30
"""Elements that may stand between a picture and a caption that no box holds together with it."""
_PICTURE_BOX = re.compile(r"image|photo|media|picture|figure")
_LAZY = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-srcset",
    "data-lazy",
    "data-hi-res-src",
    "data-image",
    "data-orig-file",
)


def read(doc: Document, structured: Structured, headline: Element | None) -> tuple[list[Image], list[Element]]:
    """Return the article's pictures in page order, and the elements that hold their captions and credits.

    A picture in a link to another page is that page's, not this article's; so are avatars, logos and icons. The
    picture that the page names for machines comes first where the article does not show it. A credit in a paragraph of
    its own, or at the end of one, is the first picture's that has none; in the second case the paragraph is not
    returned, and `newsscraper.extraction.metadata.credits.paragraph_credit` cuts its end.
    """
    parts = parts_of(doc, headline)
    found: dict[str, Image] = {}
    words: list[Element] = []
    shown = [element for element in doc.tags("img", "amp-img") if parts.concern(element)]
    shown.sort(key=lambda element: element.place)
    writers = {fold(name) for name in structured.texts(structured.article, "author")}
    places: dict[int, Image] = {}
    for element in shown[: 4 * _MOST]:
        if len(found) >= _MOST or _is_furniture(doc, element) or _is_portrait(doc, element, writers):
            continue
        url = _address(doc, element)
        if url is None:
            continue
        caption, credit, spoken = _words_about(doc, element)
        words += [part for part in spoken if part not in words]
        image = found.setdefault(identity(url), Image(url=url))
        image.caption = image.caption or caption
        image.credit = image.credit or credit
        places.setdefault(element.place, image)
    words += _loose_captions(doc, parts, words, places)
    images = list(found.values())
    for stated in _stated(doc, structured):
        key = identity(stated.url)
        if key in found:
            found[key].caption = found[key].caption or stated.caption
            found[key].credit = found[key].credit or stated.credit
        elif not found or not any(_same_name(key, other) for other in found):
            found[key] = stated
            images.insert(0, stated)
    for element, credit, whole in _loose_credits(doc, parts, words):
        if whole:
            words.append(element)
        without = next((image for image in images if image.credit is None), None)
        if without is not None:
            without.credit = credit
    for image in images:
        doc.explain("image", "kept", "image", image.url, f"caption: {image.caption}; credit: {image.credit}")
    return images[:_MOST], words


def identity(url: str) -> str:
    """Return what the addresses of one picture's sizes have in common.

    >>> identity("https://a.b/2026/11/x-1280x720.jpg") == identity("http://a.b/2026/11/x.jpg?w=300")
    True
    """
    path = url.partition("://")[2].partition("?")[0].partition("#")[0]
    path = unquote(path).lower()
    path, sized = _SIZE.subn("", path)
    if sized:
        path = _SIZE.sub("", path)
    return _SIZE_PART.sub("", path).removeprefix("www.")


def _same_name(key: str, other: str) -> bool:
    """Tell whether two pictures on different hosts or folders are the same file."""
    name = key.rsplit("/", 1)[-1]
    return len(name) > 12 and name == other.rsplit("/", 1)[-1]


@lru_cache(maxsize=4096)
def _is_furniture_label(label: str) -> bool:
    return bool(_FURNITURE.search(label.lower()))


def _is_furniture(doc: Document, element: Element) -> bool:
    parent = element.getparent()
    if parent is not None and parent.tag == "amp-img":
        return True  # a fallback of the picture around it
    label = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    if _is_furniture_label(label) or element.get("role") == "presentation":
        return True
    for side in ("width", "height"):
        value = (element.get(side) or "").strip().removesuffix("px")
        if value.isdigit() and 0 < int(value) < _SMALLEST:
            return True
    for link in element.iterancestors():
        if link.tag == "a":
            href = absolute(doc, link.get("href"))
            if href and doc.base_url and site_of(href) == site_of(doc.base_url) and not _PAGE_LINK.search(href):
                # The site's own page behind it: another article's picture, unless it is a page about the picture.
                return "attachment" not in (link.get("rel") or "") and "attachment" not in href
            return False
        if link.tag in {"figure", "article", "p", "section", "body"}:
            return False
    return False


def _is_portrait(doc: Document, element: Element, writers: set[str]) -> bool:
    """Whether a picture shows who wrote the article: it says so, or stands in a box about them."""
    if (alt := element.get("alt")) and fold(alt) in writers:
        return True
    outermost: Element | None = None
    for box in element.iterancestors():
        if box.tag in {"figure", "picture", "a"}:
            if "author" in (box.get("rel") or ""):
                return _is_short(doc, outermost)
            continue
        if box.tag in {"article", "main", "body"}:
            return False
        outermost = box
        label = f"{box.get('class') or ''} {box.get('id') or ''} {box.get('itemprop') or ''}"
        if _names_author(label) or (box.get("itemtype") or "").endswith("schema.org/Person"):
            return _is_short(doc, box)
    return False


@lru_cache(maxsize=4096)
def _names_author(label: str) -> bool:
    return _AUTHOR_BOX.search(label) is not None


def _is_short(doc: Document, box: Element | None) -> bool:
    """Whether a box says no more than a box about an author; it is asked last, for the text of a wide box is dear."""
    return box is None or len(doc.text_of(box)) <= _AUTHOR_BOX_TEXT


def _loose_captions(doc: Document, parts: Parts, known: list[Element], places: dict[int, Image]) -> list[Element]:
    """Give captions that no box holds together with a picture to the picture before them, else to the one behind.

    Args:
        doc: the page.
        parts: of the page.
        known: elements whose words are a picture's already.
        places: the pictures by their places in the page.

    Returns:
        The elements whose words became captions.
    """
    spoken: list[Element] = []
    if not places:
        return spoken
    for element in _may_caption(doc):
        taken = (*known, *spoken)
        if any(element is other or other.holds(element) for other in taken) or not parts.concern(element):
            continue
        text, credit = split_credit(doc.text_of(element))
        here = element.place
        before = [place for place in places if here - _NEAR <= place < here]
        behind = [place for place in places if here < place <= here + _NEAR]
        near = [*sorted(before, reverse=True)[:1], *sorted(behind)[:1]]
        image = next((places[place] for place in near if places[place].caption is None), None)
        if image is None or not (text or credit) or len(text) > 1500:
            continue
        image.caption = text or None
        image.credit = image.credit or credit
        spoken.append(element)
    return spoken


def _may_caption(doc: Document) -> list[Element]:
    """Return the elements whose tag or label says that they are a caption, tag after tag."""
    found = list(doc.tags("figcaption"))
    for _, elements in doc.labels_with(_CAPTION_PARTS):
        for element in elements:
            names = element.attrib
            if element.tag in _CAPTION_TAGS and _LOOSE_CAPTION.search(
                f"{names.get('class', '')} {names.get('itemprop', '')}"
            ):
                found.append(element)
    return sorted(found, key=lambda element: (_CAPTION_TAGS[element.tag], element.place))


def _address(doc: Document, element: Element) -> str | None:
    attributes = dict(element.items())
    candidates = [attributes.get("src"), *(attributes.get(name) for name in _LAZY)]
    if (candidates[0] or "").startswith("data:") or not candidates[0]:
        candidates = [value for value in candidates if value and not value.startswith("data:")]
    chosen = next((value for value in candidates if value and "," not in value), None)
    if chosen is None or _SIZE.search(chosen.partition("?")[0]):
        sets = [attributes.get("srcset"), attributes.get("data-srcset"), attributes.get("data-lazy-srcset")]
        largest = max((size for value in sets if value for size in _srcset(value)), default=None)
        if largest and (chosen is None or identity(largest[1]) == identity(chosen)):
            chosen = largest[1]
    url = absolute(doc, chosen)
    if url is None or _NO_PICTURE.search(url.rsplit("/", 1)[-1]) or url.partition("?")[0].endswith((".svg", ".gif")):
        return None
    return url


def _srcset(value: str) -> Iterator[tuple[float, str]]:
    for match in re.finditer(r"(\S+)\s+(\d+(?:\.\d+)?)([wx])", value[:8000]):
        yield float(match.group(2)), match.group(1).lstrip(",")


def _words_about(doc: Document, element: Element) -> tuple[str | None, str | None, list[Element]]:
    """Return caption and credit of a picture, and the elements that say them."""
    box: Element | None = None
    for parent in element.iterancestors():
        label = (parent.get("class") or "").lower()
        if parent.tag == "figure" or "wp-caption" in label or parent.tag == "amp-lightbox":
            box = parent
            break
        if parent.tag in {"body", "article", "main", "section", "li"}:
            break
        if parent.getparent() is not None and _PICTURE_BOX.search(label) and len(doc.text_of(parent)) < 400:
            box = parent
    if box is None:
        return None, None, []
    spoken: list[Element] = []
    caption: str | None = None
    credit: str | None = None
    for part in box.iter("figcaption", "p", "span", "div", "small", "cite", "em", "dd", "footer"):
        if part is box or any(part is other or other.holds(part) for other in spoken):
            continue
        label = f"{part.get('class') or ''} {part.get('itemprop') or ''}".lower()
        if part.tag != "figcaption" and not _CAPTION.search(label) and not _CREDIT.search(label):
            continue
        text = doc.text_of(part)
        if not text or len(text) > 1500:
            continue
        spoken.append(part)
        if part.tag != "figcaption" and _CREDIT.search(label) and not _CAPTION.search(label):
            credit = credit or credit_of(text) or text.strip("()[] ") or None
            continue
        inner = _credit_within(doc, part)
        if inner is not None:
            said = doc.text_of(inner)
            credit = credit or credit_of(said) or said.strip("()[] |/–—-") or None
            text = text_of(part, frozenset({inner})).strip(" |/–—-")
        text, told = split_credit(text)
        credit = credit or told
        caption = caption or text or None
    return caption, credit, spoken


def _credit_within(doc: Document, caption: Element) -> Element | None:
    for part in caption.iter("span", "cite", "small", "em", "p", "div", "i", "strong"):
        label = f"{part.get('class') or ''} {part.get('itemprop') or ''}".lower()
        if part is not caption and _CREDIT.search(label) and len(doc.text_of(part)) < 150:
            return part
    return None


def _stated(doc: Document, structured: Structured) -> Iterator[Image]:
    """Yield the pictures that the page names for machines, the first of each kind."""
    values: list[Any] = structured.values(structured.article, "image")[:3] or doc.meta.get("og:image", [])[:1]
    for value in values[:1]:
        text = value if isinstance(value, str) else None
        caption = credit = None
        if isinstance(value, dict):
            text = next((v for key in ("url", "contentUrl", "@id") if isinstance(v := value.get(key), str)), None)
            caption = text_value(value.get("caption"))
            credit = (
                text_value(value.get("creditText"))
                or text_value(value.get("copyrightHolder"))
                or text_value(value.get("author"))
            )
        url = absolute(doc, plain(text)) if text else None
        if url and not _NO_PICTURE.search(url.rsplit("/", 1)[-1]):
            yield Image(url=url, caption=caption, credit=credit)


def _ending(element: Element) -> str:
    """Return the last words of an element, as many as a credit at its end needs; most often one text has them all."""
    last = element[-1] if len(element) else None
    text: str = (element.text if last is None else last.tail) or ""
    return text if last is None or len(text) >= 200 else "".join(element.itertext())


def _loose_credits(doc: Document, parts: Parts, known: list[Element]) -> Iterator[tuple[Element, str, bool]]:
    """Yield the article's paragraphs that end in a photo credit: element, who, and whether that is all they say."""
    for element in doc.tags("p"):
        if not may_end_in_credit(_ending(element)) or element in known or not parts.concern(element):
            continue
        rest, credit = paragraph_credit(doc.text_of(element))
        if credit is not None:
            yield element, credit, not rest
