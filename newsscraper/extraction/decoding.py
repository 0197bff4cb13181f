"""Bytes → text: decoded once by the best witness, whatever was sent."""

from __future__ import annotations

import codecs
import re

from newsscraper.extraction.latinencodings import encoding_of, is_latin
from newsscraper.extraction.page import ExtractionError

MAX_SIZE = 8 * 1024 * 1024
"""Bytes or characters of a page that are read; a news page is a hundredth of it. What follows is cut off."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
# What browsers read instead of these labels.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_BINARY = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF"),
    *(b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00 ftyp", b"OggS", b"ID3", b"wOFF", b"wOF2"),
)


def decode(html: bytes | str, content_type: str | None = None) -> str:
    """Return a page's text: by byte order mark, by what it declares where the bytes agree, else by detection.

    Raises:
        ExtractionError: nothing there, or bytes that are no text.

    >>> decode("<p>Été".encode("cp1252"), "text/html; charset=iso-8859-1")
    '<p>Été'
    """
    return to_utf8(html, content_type).decode("utf-8", "replace")


def to_utf8(html: bytes | str, content_type: str | None = None) -> bytes:
    """Return what `decode` does as UTF-8, which is what nearly all pages come in and what the parser reads.

    Raises:
        ExtractionError: nothing there, or bytes that are no text.
    """
    if isinstance(html, str):
        data = html[:MAX_SIZE].removeprefix("\ufeff").encode("utf-8", "replace")
    else:
        data = _bytes_to_utf8(bytes(html[:MAX_SIZE]), content_type)
    if not data[:1000].strip() and not data.decode("utf-8", "replace").strip():
        raise ExtractionError("the page is empty")
    return data


def _bytes_to_utf8(data: bytes, content_type: str | None) -> bytes:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace").encode("utf-8", "replace")
    if data.startswith(_BINARY):
        raise ExtractionError("the page is a binary file, not HTML")
    if b"\x00" in data:
        if (wide := _utf16_without_bom(data)) is not None:
            return wide.encode("utf-8", "replace")
        if data.count(b"\x00") * 10 > len(data):
            raise ExtractionError("the page is a binary file, not HTML")
    if data.isascii():
        if b"\x1b$" in data:  # ISO-2022 switches its letters by escapes, all in ASCII
            return data.decode("iso2022_jp", "replace").encode("utf-8", "replace")
        return data
    try:
        # Valid UTF-8 with letters beyond ASCII is UTF-8 whatever was declared: no other encoding looks so by chance.
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, content_type).encode("utf-8", "replace")
    return data


def _utf16_without_bom(data: bytes) -> str | None:
    head = data[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) * 10 > len(zeros) * 7:
            return data.decode(name, "replace")
    return None


def _decode_other(data: bytes, content_type: str | None) -> str:
    declared = []
    if content_type and (match := _HEADER_CHARSET.search(content_type)):
        declared.append(match[1])
    if found := _META_CHARSET.search(data[:4096]):
        declared.append(found[1].decode("ascii"))
    says_utf8 = False
    for name in declared:
        try:
            codec = codecs.lookup(name.strip()).name
        except LookupError:
            continue
        if codec.startswith(("utf", "base64", "hex", "rot", "zlib", "bz2", "quopri", "uu", "idna", "punycode")):
            says_utf8 = says_utf8 or codec == "utf-8"
            continue
        try:
            return data.decode(_WIDER.get(codec, codec))
        except (UnicodeDecodeError, LookupError):
            # A slip or two in a multi-byte page is torn text; many are a wrong label.
            text = data.decode(_WIDER.get(codec, codec), "replace")
            if text.count("\ufffd") * 200 < len(text):
                return text
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    if (bad <= 3 and beyond) or bad * 4 < beyond or (says_utf8 and bad * 2 < beyond):
        return text
    return _detect(data)


def _detect(data: bytes) -> str:
    # Markup says nothing of the encoding; the letters beyond ASCII and what stands near them do.
    sample = b" ".join([text for text in re.findall(rb"[^<>]+", data) if not text.isascii()][:400])[:20000]
    if is_latin(sample, data):
        return data.decode(encoding_of(sample, data), "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(sample or data[:20000], enable_fallback=False).best()
    name = best.encoding if best else "cp1252"
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
