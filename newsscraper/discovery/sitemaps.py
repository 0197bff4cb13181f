"""Sitemaps: index, list of pages, news and image namespaces, plain text, gzip, feeds used as sitemaps; broken or not.

Read as a stream by a parser that knows no entities and no network, so that size and hostility cost little.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.entities import html5
from io import BytesIO

from lxml import etree

from newsscraper.address import Address
from newsscraper.discovery import feeds, moments
from newsscraper.discovery.candidate import Candidate

MAX_SIZE = 64 * 1024 * 1024
"""Bytes of one sitemap, unpacked; the protocol allows 50 MB."""
MAX_PAGES = 60_000
"""Pages read from one sitemap; the protocol allows 50,000."""
MAX_CHILDREN = 60_000

_NOT_ARTICLES = re.compile(
    r"(?:^|[-_/.])(?:taxonom\w*|categor(?:y|ies)|rubriques?|post_?tags?|tags?|keywords?|topics?|users?|authors?|auteurs?|"
    r"images?|videos?|products?|shops?|events?|attachments?|elementor\w*|templates?|locations?|"
    r"product_cat|post_format|glossary|members?|profiles?)(?=[-_/.\d]|$)",
    re.IGNORECASE,
)
# An ampersand that begins nothing that XML knows, with the name behind it where it looks like an entity's.
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)([A-Za-z][A-Za-z0-9]{1,31};)?", re.DOTALL
)
_PAGES = re.compile(r"(?:^|[-_/.])(?:pages?|static)(?=[-_/.\d]|$)", re.IGNORECASE)
_POSTS = re.compile(
    r"(?:^|[-_/.])(?:posts?|articles?|artikel|news|actualites?|story|stories|blog|google-?news)(?=[-_/.\d]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names.

    Attributes:
        address: where it stands.
        modified: raw ``lastmod``.
        rank: the moment that ``modified`` means.
    """

    address: Address
    modified: str | None = None
    rank: datetime | None = None


@dataclass(slots=True)
class Sitemap:
    """What one sitemap says.

    Attributes:
        children: further sitemaps, in the order of the file.
        candidates: pages, in the order of the file.
        problem: why nothing could be read, in words; ``None`` where something could.
        cut: whether a bound was reached and the rest left out.
        news_only: every page carries a news tag, which sites give to the last two days only.
    """

    children: list[Child] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    problem: str | None = None
    cut: bool = False
    news_only: bool = False


def read(body: bytes, address: Address, *, read_at: datetime | None = None) -> Sitemap:
    """Read a sitemap, whatever its content type says it is.

    Args:
        body: as received; gzip is recognised by its first bytes.
        address: where it was fetched, for relative addresses.
        read_at: aware moment of fetching.

    >>> body = b"<urlset><url><loc>/a-story</loc><lastmod>2026-11-22</lastmod></url></urlset>"
    >>> sitemap = read(body, Address.of("https://a.example/"))
    >>> sitemap.candidates[0].url, sitemap.candidates[0].modified
    ('https://a.example/a-story', '2026-11-22')
    """
    unpacked, cut = _unpack(body)
    if unpacked is None:
        return Sitemap(problem="it is packed, and the packing is broken")
    head = unpacked[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    lowered = head[:1024].lower()
    if not head:
        return Sitemap(problem="it is empty")
    if b"<!entity" in unpacked[:65536].lower():
        return Sitemap(problem="it declares entities, which no sitemap needs")
    if lowered.startswith((b"<!doctype html", b"<html")):
        return Sitemap(problem="it is a web page")
    if b"<rss" in lowered or b"<feed" in lowered or b"<rdf:rdf" in lowered:
        feed = feeds.read(unpacked, address, read_at=read_at)
        return Sitemap(candidates=feed.candidates, problem=feed.problem, news_only=True)
    sitemap = _text(unpacked, read_at) if not head.startswith(b"<") else _xml(unpacked, address, read_at)
    sitemap.cut = sitemap.cut or cut
    if not sitemap.children and not sitemap.candidates and sitemap.problem is None and b"<urlset" not in lowered:
        sitemap.problem = "it names no page"
    return sitemap


def _unpack(body: bytes) -> tuple[bytes | None, bool]:
    """Return the body unpacked, and whether it was cut at `MAX_SIZE`; ``None`` where the packing is broken."""
    cut = False
    for _ in range(2):
        if not body.startswith(b"\x1f\x8b"):
            break
        unpacker = zlib.decompressobj(wbits=31)
        try:
            body = unpacker.decompress(body, MAX_SIZE)
        except zlib.error:
            return None, False
        cut = cut or bool(unpacker.unconsumed_tail)
    return body[:MAX_SIZE], cut or len(body) > MAX_SIZE


def _text(body: bytes, read_at: datetime | None) -> Sitemap:
    sitemap = Sitemap()
    for line in body.decode("utf-8-sig", "replace").splitlines():
        address = Address.of(line) if " " not in line.strip() else None
        if address is None:
            continue
        if len(sitemap.candidates) >= MAX_PAGES:
            sitemap.cut = True
            break
        sitemap.candidates.append(Candidate(address, "sitemap", read_at=read_at))
    return sitemap


def _xml(body: bytes, address: Address, read_at: datetime | None) -> Sitemap:
    sitemap = Sitemap()
    with_news = 0
    for name, values in _entries(body):
        loc = values.get("loc")
        page = address.join(loc) if loc and " " not in loc.strip() else None
        if page is None:
            continue
        if name == "sitemap":
            if len(sitemap.children) >= MAX_CHILDREN:
                sitemap.cut = True
                break
            modified = values.get("lastmod")
            sitemap.children.append(Child(page, modified, moments.moment(modified)))
            continue
        if len(sitemap.candidates) >= MAX_PAGES:
            sitemap.cut = True
            break
        published, modified = values.get("publication_date"), values.get("lastmod")
        with_news += "news" in values
        language = (values.get("language") or "")[:2].lower()
        sitemap.candidates.append(
            Candidate(
                page,
                "news-sitemap" if "news" in values else "sitemap",
                title=values.get("title") if "news" in values else None,
                published=published,
                modified=modified,
                read_at=read_at,
                rank=moments.rank(published, modified),
                languages=(language,) if len(language) == 2 and language.isalpha() else (),
            )
        )
    sitemap.news_only = bool(with_news) and with_news == len(sitemap.candidates)
    return sitemap


def _entries(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ``("url" or "sitemap", values)`` in file order; as far as the file can be read."""
    values: dict[str, str] = {}
    found_any = False
    parser = etree.iterparse(
        BytesIO(_with_ampersands(body)),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    try:
        for _, element in parser:
            if not isinstance(element.tag, str):
                continue
            namespace, _, name = element.tag.rpartition("}")
            name = name.lower()
            if name in ("url", "sitemap"):
                if values:
                    found_any = True
                    yield name, values
                    values = {}
            elif name == "news":
                values["news"] = "yes"
            elif not _foreign(namespace, name):
                text = (element.text or "").strip()
                if text:  # escaped twice by some that make sitemaps: no address has an entity in it
                    values.setdefault(name, text.replace("&amp;", "&") if name == "loc" else text)
            if name in ("url", "sitemap"):
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        pass
    if not found_any:
        # Not XML enough for the parser: addresses are still addresses.
        kind = "sitemap" if b"<sitemapindex" in body[:4096].lower() else "url"
        for match in re.finditer(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", body, re.IGNORECASE):
            yield kind, {"loc": match.group(1).decode("utf-8", "replace").replace("&amp;", "&")}


def _with_ampersands(body: bytes) -> bytes:
    """Return a sitemap whose ampersands are escaped, as XML asks and many that write addresses forget.

    Names of HTML's characters, which XML does not know, become those characters.
    """
    if b"&" not in body or b"\x00" in body[:64]:  # UTF-16 is left to the parser
        return body
    return _AMPERSAND.sub(_escaped, body)


def _escaped(match: re.Match[bytes]) -> bytes:
    if match[0].startswith(b"<"):
        return match[0]  # CDATA, where it stands for itself
    name = (match[1] or b"").decode()
    if characters := html5.get(name):
        return b"".join(b"&#%d;" % ord(character) for character in characters)
    return b"&amp;" + name.encode()


def _foreign(namespace: str, name: str) -> bool:
    """Whether an element's text belongs to a picture or a film of the page, not to the page."""
    if "sitemap-image" in namespace or "sitemap-video" in namespace or "xhtml" in namespace:
        return True
    return name in ("loc", "lastmod") and "sitemap-news" in namespace


def holds(address: Address) -> str:
    """Return what the name of a sitemap says that it holds: ``"posts"``, ``"pages"``, ``"lists"`` or ``"anything"``.

    >>> names = ("wp-sitemap-taxonomies-category-1", "post-sitemap2", "wp-sitemap-posts-page-1", "sitemap-2026-11")
    >>> [holds(Address.of(f"https://a.example/{name}.xml")) for name in names]
    ['lists', 'posts', 'pages', 'anything']
    """
    parts = address.parts
    name = parts.path.rsplit("/", 1)[-1] + ("_" + parts.query if parts.query else "")
    # WordPress without pretty addresses: ?sitemap=posts&sitemap-subtype=page&paged=1
    if match := re.search(r"sitemap=(\w+)(?:&sitemap-subtype=(\w+))?", parts.query):
        kind, subtype = match.groups()
        name = f"{subtype}-1.xml" if kind == "posts" and subtype else f"{kind}-1.xml"
    name = re.sub(r"^wp-sitemap-posts-", "", name)
    if _NOT_ARTICLES.search(name) and not re.match(r"^posts?(?=[-_.\d])(?!.*tag)", name):
        return "lists"
    if _PAGES.match(name) or (_PAGES.search(name) and not re.search(r"page=?\d|page[-_.]?\d+", name)):
        return "pages"
    return "posts" if _POSTS.search(name) else "anything"


def is_named_after_pictures(address: Address) -> bool:
    """Whether a sitemap has its name from the pictures or films of the pages that it names.

    >>> is_named_after_pictures(Address.of("https://a.example/sitemap-image-2026.xml"))
    True
    """
    return bool(re.search(r"(?:^|[-_/.])(?:images?|videos?)(?=[-_/.\d]|$)", address.parts.path.lower()))


def family(address: Address) -> str:
    """Return what a sitemap shares with its further parts: its address without numbers.

    >>> family(Address.of("https://a.example/post-sitemap2.xml"))
    'https://a.example/post-sitemap.xml'
    """
    return re.sub(r"\d+", "", address.text)
