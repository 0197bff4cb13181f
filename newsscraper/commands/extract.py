"""``scrapy extract``: one page in, one record out, and with ``--explain`` every decision on the way."""

from __future__ import annotations

import argparse
import gzip
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote, urlsplit

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.http import Response

from newsscraper.checks import wrong_settings
from newsscraper.commandline.program import tell
from newsscraper.commands.explaining import explain
from newsscraper.commands.looking import crawl_nothing
from newsscraper.rendering.finding import why_no_browser

if TYPE_CHECKING:  # what reads pages is loaded where one is read: every command of Scrapy's imports this module
    from scrapy.crawler import Crawler

    from newsscraper.extraction.page import Page, Reading, SiteHints
    from newsscraper.sites.site import Site

MAX_FILE = 64 * 1024 * 1024
"""Bytes of a file that are read, unpacked."""
_FAILED, _USAGE = 1, 3


class CannotExtract(Exception):
    """No record can be made; the message says why and what to do."""


class OnePage(Spider):
    """Fetches one address, and the parts of the article if it is split.

    Attributes:
        problem: why there is no page, in words.
        pages: what was fetched, in order.
    """

    name = "extract"

    def __init__(self, url: str, hints: SiteHints, render: str = "never", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = [url]
        self.hints = hints
        self.render = render
        self.problem: str | None = None
        self.pages: list[Page] = []

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page."""
        yield Request(
            self.start_urls[0],
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,
            meta={"handle_httpstatus_list": range(400, 600)},
        )

    async def parse(self, response: Response, **kwargs: Any) -> None:
        """Keep the page; fetch the other parts that it names."""
        from newsscraper.crawling.fetching import fetched_at, headers_of, is_page
        from newsscraper.extraction import ExtractionError, Page, read_page
        from newsscraper.middlewares.reasons import reason_for_exception, reason_for_status
        from newsscraper.urls import site_of, url_key

        if response.status >= 300:
            self.problem = f"{reason_for_status(response.status).sentence} (HTTP {response.status})"
            return
        if not is_page(response):
            kind = (response.headers.get("Content-Type") or b"something else").decode("latin-1")
            self.problem = f"it is not a web page; its type is {kind}"
            return
        page = Page(
            html=await self._rendered(response),
            url=response.url,
            fetched_at=fetched_at(response, datetime.now(UTC)),
            headers=headers_of(response),
            hints=self.hints,
        )
        self.pages.append(page)
        if len(self.pages) > 1:
            return
        try:
            named = read_page(page).pages
        except ExtractionError:
            return
        for address in named[:30]:
            if url_key(address) == url_key(response.url) or site_of(address) != site_of(response.url):
                continue
            engine = self.crawler.engine
            if engine is None:
                return
            try:
                await self.parse(await engine.download_async(Request(address)))
            except Exception as error:
                tell("extract", f"part {address} is missing: {reason_for_exception(error).sentence}")

    async def _rendered(self, response: Response) -> bytes:
        """Return the page, as a browser shows it where the site asks for that."""
        from newsscraper.crawling.pages import waits_for_scripts
        from newsscraper.extensions.rendering import Rendering
        from newsscraper.extraction import ExtractionError, Page, read_page
        from newsscraper.rendering.failure import NotRendered

        rendering = self.crawler.get_extension(Rendering) if self.render != "never" else None
        if rendering is None:
            return response.body
        try:
            page = Page(html=response.body, url=response.url, hints=self.hints)
            if self.render == "needed" and not waits_for_scripts(read_page(page), response.body):
                return response.body
            return (await rendering.render(response)).body
        except (ExtractionError, NotRendered) as error:
            tell("extract", f"the page was not rendered: {error}")
            return response.body

    def failed(self, failure: Any) -> None:
        """Say in words why the page could not be fetched."""
        from newsscraper.middlewares.reasons import reason_for_exception

        self.problem = reason_for_exception(failure.value).sentence


class Command(ScrapyCommand):
    """Print the record of one page."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options] <URL, FILE or FOLDER>…"

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Print the records of pages; --explain shows every decision on one"

    def long_desc(self) -> str:
        """Return what the command does, at length."""
        return (
            "Read pages and print their records as JSON: one page spread out, several pages one a line. A page is a "
            "URL, fetched as politely as in a crawl (the parts of a split article with it), or a file: HTML, plain or "
            "gzipped, or - for standard input; a folder is all saved pages in it. --format markdown prints articles "
            "with headings, lists, quotes, tables and links. With "
            "--explain the record is followed by what was kept of the page, what was cut and by which rule, and where "
            "every date and name came from. --spider reads it by the rules of a spider or of a table, sites.toml#NAME; "
            "with --compare only what these rules change is shown, field by field. --parts draws the parts of the page "
            "instead: headline, text, teasers, comments, navigation. "
            "Exit codes: 0 a record was printed, 1 none could be made, 3 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        own = parser.add_argument_group(title="Extract")
        own.add_argument("--format", choices=("jsonl", "markdown"), help="one record a line, or articles as Markdown")
        own.add_argument("--explain", action="store_true", help="show what was kept, what was cut, and why")
        own.add_argument(
            "--spider",
            metavar="NAME",
            help="read by what this spider, or table of a file (sites.toml#NAME), declares of its site (default: the "
            "spider of the URL's site, where there is one)",
        )
        own.add_argument("--compare", action="store_true", help="show what the site's rules change, field by field")
        own.add_argument("--parts", action="store_true", help="draw the parts of the page instead of its record")
        own.add_argument(
            "--url", metavar="URL", help="address that a file was fetched from (default: its canonical one)"
        )
        own.add_argument(
            "--fetched-at",
            metavar="MOMENT",
            help="when a file was fetched, ISO 8601; '2 days ago' counts from it (default: the file's own time)",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; nothing of a crawl's state and output is wanted here."""
        super().process_options(args, opts)
        assert self.settings is not None
        if wrong := wrong_settings(self.settings):
            self._leave(_USAGE, wrong)
            sys.exit(_USAGE)
        crawl_nothing(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the page and print its record."""
        from newsscraper.extraction import ExtractionError, SiteHints

        if not args:
            self._leave(_USAGE, "name a URL or a file, as in: scrapy extract page.html --explain")
            return
        inputs = [each for arg in args for each in _inputs(arg)]
        if not inputs:
            self._leave(_USAGE, f"there is no saved page (.html, .htm, .html.gz) in {args[0]}")
            return
        if len(inputs) != 1 and (opts.explain or opts.compare or opts.parts or opts.url):
            self._leave(_USAGE, "--explain, --compare, --parts and --url can only be used with one page")
            return
        try:
            moment = _moment(opts.fetched_at) if opts.fetched_at else None
        except ValueError:
            self._leave(
                _USAGE,
                f"--fetched-at {opts.fetched_at!r} is not a moment in ISO 8601; write it like 2024-06-30T12:00:00Z",
            )
            return
        if opts.url and not opts.url.startswith(("http://", "https://")):
            self._leave(_USAGE, f"--url is {opts.url!r}; it must start with http:// or https://")
            return
        if len(inputs) != 1 or opts.format:
            self._print_all(inputs, opts, moment)
            return
        is_url = _is_url(inputs[0])
        try:
            site = self._site(opts.spider, inputs[0] if is_url else opts.url)
        except ValueError as error:
            self._leave(_USAGE, str(error))
            return
        hints = site.hints() if site else SiteHints()
        if opts.compare and not hints.rules:
            self._leave(_USAGE, "--compare needs a site that has rules; name its spider or table with --spider NAME")
            return
        try:
            pages = (
                self._fetched({inputs[0]: site})[inputs[0]]()
                if is_url
                else [_from_file(inputs[0], opts.url, moment, hints)]
            )
            if opts.compare:
                from newsscraper.commands.comparing import compare

                compare(pages, sys.stdout)
                return
            if opts.parts:
                from newsscraper.extraction.outline import outline

                print("\n".join(line for page in pages for line in outline(page)), flush=True)
                return
            self._print([_read(page, explained=opts.explain) for page in pages], hints, explained=opts.explain)
        except (CannotExtract, ExtractionError) as error:
            self._leave(_FAILED, str(error))
        except BrokenPipeError:
            sys.stderr.close()  # whoever read our output has gone; nothing is wrong

    def _print_all(self, inputs: list[str], opts: argparse.Namespace, moment: datetime | None) -> None:
        """Print the records of several pages, each on its line or as Markdown; what cannot be read is said."""
        from newsscraper.commands.writing import written
        from newsscraper.extraction import ExtractionError, SiteHints

        try:
            sites = {each: self._site(opts.spider, each if _is_url(each) else opts.url) for each in inputs}
            addresses = {each: sites[each] for each in inputs if _is_url(each)}
            fetched = self._fetched(addresses) if addresses else {}
        except (ValueError, CannotExtract) as error:
            self._leave(_USAGE, str(error))
            return
        for each in inputs:
            site = sites[each]
            hints = site.hints() if site else SiteHints()
            try:
                pages = fetched[each]() if each in fetched else [_from_file(each, opts.url, moment, hints)]
                print(written(pages, hints, markdown=opts.format == "markdown"), flush=True)
            except (CannotExtract, ExtractionError) as error:
                self._leave(_FAILED, str(error) if each in str(error) else f"{each}: {error}")
            except BrokenPipeError:
                sys.stderr.close()
                return

    def _fetched(self, addresses: dict[str, Site | None]) -> dict[str, Callable[[], list[Page]]]:
        """Fetch pages, all in one go; return for each address what gives its pages, or says why there are none.

        Raises:
            CannotExtract: nothing can be fetched.
        """
        from newsscraper.extraction import SiteHints

        assert self.crawler_process is not None
        crawlers = {}
        for url, site in addresses.items():
            try:
                if not urlsplit(url).hostname:
                    raise ValueError
            except ValueError:
                raise CannotExtract(f"{url!r} cannot be fetched: it is not a web address") from None
            crawler = crawlers[url] = self.crawler_process.create_crawler(OnePage)
            hints, render = (site.hints(), site.render) if site else (SiteHints(), "never")
            if render != "never" and (why := why_no_browser(crawler.settings["BROWSER_PATH"])):
                raise CannotExtract(f'render = "{render}": {why}')
            self.crawler_process.crawl(crawler, url=url, hints=hints, render=render)
        self.crawler_process.start()
        return {url: partial(_pages_of, crawler, url) for url, crawler in crawlers.items()}

    def _site(self, named: str | None, url: str | None) -> Site | None:
        """Return the site that a spider or a table declares: the one named, else the one that has the address.

        Raises:
            ValueError: there is none of that name, or what it declares is wrong; the message is a line.
        """
        from newsscraper.sites.site import declare
        from newsscraper.sites.table import TableError, find
        from newsscraper.spiders.declarations import lookup

        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if named is not None and "#" in named:
            try:
                return find(named, spiders=lookup(loader))
            except TableError as error:
                raise ValueError("; ".join(error.mistakes)) from error
        name = named if named is not None else self._spider_of(url)
        if name is None:
            return None
        try:
            values = lookup(loader)(name)
        except KeyError as error:
            raise ValueError(f"{error.args[0]}. There are: {', '.join(sorted(loader.list()))}") from error
        # A spider for any site (news) is for this one.
        return declare({"start_url": url or "https://www.example.com/", **values})

    def _spider_of(self, url: str | None) -> str | None:
        """Return the name of the spider that is for the site of an address."""
        from newsscraper.urls import site_of

        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        site = site_of(url) if url else None
        return next((name for name in loader.list() if site and site in _sites_of(loader.load(name))), None)

    def _print(self, readings: list[Reading], hints: SiteHints, *, explained: bool) -> None:
        import msgspec

        from newsscraper.extraction import joining

        first = readings[0]
        article = joining.join(readings, hints=hints) if len(readings) > 1 else first.article
        if article is None:
            raise CannotExtract(first.reason or "there is no text in the page")
        text = msgspec.json.format(article.to_json(), indent=2).decode()
        print(text)
        if first.kind != "article":
            why = f": {first.reason}" if first.reason else ""
            tell("extract", f"this does not look like an article ({first.kind}){why}")
        if explained:
            for reading in readings:
                explain(reading, sys.stdout)
        sys.stdout.flush()

    def _leave(self, code: int, message: str) -> None:
        self.exitcode = code
        tell("extract", message)


def _pages_of(crawler: Crawler, url: str) -> list[Page]:
    spider = crawler.spider
    if not isinstance(spider, OnePage):
        raise CannotExtract(f"{url} could not be fetched")
    if spider.problem or not spider.pages:
        raise CannotExtract(f"{url}: {spider.problem or 'nothing came back'}")
    return spider.pages


def _is_url(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _inputs(text: str) -> list[str]:
    """Return what an argument stands for: itself, or the saved pages of a folder, by name."""
    from newsscraper.archives.saved import is_saved_page

    path = Path(text)
    if _is_url(text) or not path.is_dir():
        return [text]
    return [str(each) for each in sorted(path.rglob("*")) if is_saved_page(each)]


def _sites_of(spider: type[Spider]) -> set[str | None]:
    """Return the site that a spider declares, or whose home page it does."""
    from newsscraper.urls import site_of

    start = getattr(spider, "start_url", None)
    return {getattr(spider, "site", None) or (site_of(start) if isinstance(start, str) else None)}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _from_file(name: str, url: str | None, moment: datetime | None, hints: SiteHints) -> Page:
    from newsscraper.extraction import Page

    body, told, clock = _contents(name)
    if moment is None:
        moment = told
        when = moment.isoformat(timespec="seconds")
        tell("extract", f"relative dates are counted from {when} ({clock}); --fetched-at sets another moment")
    if url is None:
        # Links count from the page's own address, which only the page can tell.
        url = _read(Page(html=body, fetched_at=moment), explained=False).canonical_url
        if url is None:
            tell("extract", "the page does not name its own address; give it with --url")
    return Page(html=body, url=url, fetched_at=moment, hints=hints)


def _contents(name: str) -> tuple[bytes, datetime, str]:
    """Return a file's bytes, unpacked, the moment that it tells, and where that moment is from.

    Raises:
        CannotExtract: it cannot be read.
    """
    try:
        if name == "-":
            body = sys.stdin.buffer.read(MAX_FILE + 1)
            told, clock = datetime.now(UTC), "now"
        else:
            path = Path(unquote(urlsplit(name).path) if name.startswith("file://") else name)
            with path.open("rb") as file:
                body = file.read(MAX_FILE + 1)
            told, clock = datetime.fromtimestamp(path.stat().st_mtime, UTC), "the file's time"
        if body.startswith(b"\x1f\x8b"):
            body = _unpacked(body)
    except FileNotFoundError:
        hint = "; an address starts with https://" if "." in name and "/" in name else ""
        raise CannotExtract(f"there is no file {name}{hint}") from None
    except (OSError, EOFError, zlib.error) as error:
        words = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise CannotExtract(f"cannot read {name}: {words}") from None
    except ValueError as error:
        raise CannotExtract(f"cannot read {name!r}: {error}") from None
    if len(body) > MAX_FILE:
        raise CannotExtract(f"{name} is larger than {MAX_FILE // 1024 // 1024} MiB")
    if not body.strip():
        raise CannotExtract(f"{'standard input' if name == '-' else name} is empty")
    return body, told, clock


def _unpacked(body: bytes) -> bytes:
    import io

    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        return file.read(MAX_FILE + 1)


def _read(page: Page, *, explained: bool) -> Reading:
    from newsscraper.extraction import ExtractionError, read_page

    try:
        return read_page(page, explain=explained)
    except ExtractionError as error:
        raise CannotExtract(str(error)) from None
