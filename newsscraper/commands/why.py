"""``scrapy why``: what is known of an address on this machine, from what crawls have kept; nothing is fetched."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsscraper.checks import wrong_settings
from newsscraper.commandline.program import tell

if TYPE_CHECKING:
    from newsscraper.address import Address
    from newsscraper.crawlstate.inquiry import Known
    from newsscraper.discovery.candidate import Candidate
    from newsscraper.extensions.dropped import Drop

_NOTHING, _USAGE = 1, 3
_WAYS = {
    "sitemap": "by the sitemap",
    "news-sitemap": "by the news sitemap",
    "feed": "by the feed",
    "listing": "by the listing",
    "recent-posts": "by the recent posts of",
    "link": "by a link on",
    "urls": "by hand (-a urls=), or by an earlier run",
    "start": "as the start of a crawl",
}
_KINDS = {
    "article": "an article",
    "listing": "a list of articles",
    "sitemap": "a sitemap",
    "feed": "a feed",
    "other": "no article",
}


class Command(ScrapyCommand):
    """Say why an address is, or is not, among the records."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is called."""
        return "<URL>"

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Say why an address is, or is not, among the records"

    def long_desc(self) -> str:
        """Return what the command does, at length."""
        return (
            "Say what crawls have noted about an address under OUTPUT_DIR: which page linked to it and when, what was "
            "fetched, what it was judged to be and by which rule, the article that it was delivered as, and when it is "
            "fetched again. Nothing is fetched. Exit codes: 0 something is known, 1 nothing is known, 3 wrong usage."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Answer."""
        from newsscraper.address import Address
        from newsscraper.crawlstate import StateFailed

        assert self.settings is not None
        if len(args) != 1:
            self._leave(_USAGE, "name one address, as in: scrapy why https://www.example.com/a-story")
            return
        if wrong := wrong_settings(self.settings):
            self._leave(_USAGE, wrong)
            return
        address = Address.of(args[0] if "://" in args[0] else f"https://{args[0]}")
        if address is None:
            self._leave(_USAGE, f"{args[0]!r} is not a web address")
            return
        try:
            self._answer(address, Path(self.settings["OUTPUT_DIR"]))
        except StateFailed as error:
            self._leave(_NOTHING, str(error))

    def _answer(self, address: Address, output: Path) -> None:
        from newsscraper.crawlstate.inquiry import Known, what_is_known
        from newsscraper.extensions.dropped import last_drop

        for state in _states(address, output):
            known = what_is_known(state, address)
            folder = output / state.name.removesuffix(".sqlite")
            dropped = last_drop(folder / "runs", address)
            if known is not None or dropped is not None:
                print(address)
                for name, text in _lines(known or Known(), dropped, folder, datetime.now(UTC)):
                    print(f"  {name:<10} {text}")
                return
        self._leave(_NOTHING, f"nothing is known about {address}: no crawl into {output} has found it")
        _print_nearest(address, output)

    def _leave(self, code: int, message: str) -> None:
        self.exitcode = code
        tell("why", message)


def _states(address: Address, output: Path) -> list[Path]:
    """Return the state files, that of the address's own site first: a spider may have given its site another name."""
    from newsscraper.crawlstate.naming import folder_name

    own = output / ".state" / f"{folder_name(address.site)}.sqlite"
    others = sorted(path for path in own.parent.glob("*.sqlite") if path != own)
    return [own, *others] if own.exists() else others


def _print_nearest(address: Address, output: Path) -> None:
    from newsscraper.crawlstate.inquiry import nearest

    states = _states(address, output)
    if not states:
        print(f"  there was no crawl into {output} at all", file=sys.stderr)
        return
    near = nearest(states[0], address)
    for url in near:
        print(f"  near it    {url}", file=sys.stderr)
    if not near:
        sites = [path.name.removesuffix(".sqlite") for path in states[:20]]
        print(f"  crawled    {', '.join(sites)}", file=sys.stderr)


def _lines(known: Known, dropped: tuple[Drop, Path] | None, folder: Path, now: datetime) -> Iterator[tuple[str, str]]:
    drop = dropped[0] if dropped else None
    if known.named is not None:
        yield "named", _named(known.named)
    elif drop is not None and drop.way is not None:
        yield "named", " ".join(filter(None, (_WAYS.get(drop.way, drop.way), drop.source)))
    if known.fetched_at is not None:
        status = f", HTTP {known.status}" if known.status else ""
        looks = f", {known.looks} looks so far" if known.looks > 1 else ""
        yield "fetched", f"{_moment(known.fetched_at)}{status}{looks}"
    if known.kind is not None:
        yield "judged", _KINDS.get(known.kind, known.kind)
    if known.outcome is not None:
        yield "outcome", known.outcome.replace("-", " ")
    if dropped is not None and drop is not None:
        detail = f" ({drop.detail})" if drop.detail else ""
        yield drop.what, f"{drop.at}: {drop.reason.replace('-', ' ')}{detail}; {dropped[1]}"
    if (article := known.article) is not None:
        where = f", {folder / article.day_file}" if article.day_file else ""
        yield "delivered", f"as {article.id}, revision {article.revision}, first seen {article.first_seen_at}{where}"
        if article.url:
            yield "", f"under {article.url}"
        if article.duplicate_of:
            yield "", f"it repeats {article.duplicate_of}"
    yield "next look", _next_look(known, now)


def _named(candidate: Candidate) -> str:
    words = [_WAYS.get(candidate.way, candidate.way)]
    if candidate.source is not None:
        words.append(candidate.source.text)
    if candidate.read_at is not None:
        words.append(f"at {_moment(candidate.read_at)}")
    if candidate.title:
        words.append(f"as “{candidate.title}”")
    if date := candidate.published or candidate.relative:
        words.append(f"published {date}")
    if candidate.modified:
        words.append(f"changed {candidate.modified}")
    return " ".join(words)


def _next_look(known: Known, now: datetime) -> str:
    if known.waits:
        return "it waits: the run that was not finished goes on with it"
    if known.kept:
        return "the next run: it could not be had"
    if known.next_look_at is not None:
        when = "the next run" if known.next_look_at <= now else f"a run after {_moment(known.next_look_at)}"
        return f"{when}, or when a sitemap says that it has changed"
    if known.fetched_at is None and known.article is None:
        return "whenever it is named again"
    return "when a sitemap says that it has changed"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
