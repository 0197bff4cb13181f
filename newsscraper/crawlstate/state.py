"""The state of one site: everything that a crawl remembers of it, in one SQLite file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawlstate import candidates
from newsscraper.crawlstate.articles import Articles
from newsscraper.crawlstate.blocks import Blocks
from newsscraper.crawlstate.database import Database, StateFailed, key_of
from newsscraper.crawlstate.entrances import Entrance, Entrances
from newsscraper.crawlstate.frontier import Frontier
from newsscraper.crawlstate.lock import SiteLock
from newsscraper.crawlstate.memory import ArticleMemory, PageMemory, Run
from newsscraper.crawlstate.moves import Moves, Suspect
from newsscraper.crawlstate.neighbours import Neighbours
from newsscraper.crawlstate.pages import Pages
from newsscraper.discovery.candidate import Candidate

_RETRY = "retry"


class SiteState:
    """What was seen of one site. Made by `open_state`; one process at a time has it.

    Writes gather in a transaction and are committed at the latest with the first write a quarter of a second on; call
    `commit` whenever the crawl is idle. Methods raise `StateFailed` where the file cannot be used; see `on_failure`.

    Attributes:
        site: registrable host.
        run: the current run, once begun.
    """

    def __init__(self, site: str, database: Database, lock: SiteLock) -> None:
        self.site = site
        self.run: Run | None = None
        self._database = database
        self._lock = lock
        self._frontier = Frontier(database)
        self._pages = Pages(database)
        self._entrances = Entrances(database)
        self._neighbours = Neighbours(database)
        self._articles = Articles(database, self._neighbours)
        self._moves = Moves(database, self._articles, self._neighbours)
        self._blocks = Blocks(database)
        self._together: dict[str, set[Address]] = {}
        self._held: set[int] = set()
        self._habits: dict[str, bytes | None] = {}  # asked for with each page

    # --- runs and frontier ---

    def begin_run(self, now: datetime) -> Run:
        """Start a run; one left unfinished by a kill is taken up again with its frontier, for seven days."""
        if self.run is None:
            self.run = self._frontier.begin(now)
        return self.run

    def finish_run(self, now: datetime, summary: dict[str, Any]) -> None:
        """End the run: the next one starts with an empty frontier. ``summary`` is kept as JSON."""
        self._frontier.finish(now, summary)

    def last_run(self) -> tuple[datetime | None, datetime | None]:
        """Return when the last finished run started and ended."""
        return self._frontier.last_run()

    def enqueue(self, found: Iterable[Candidate], *, kind: str) -> list[Candidate]:
        """Add what was found to this run's frontier; return what is new to this run, in the order given."""
        return self._frontier.add(found, kind)

    def pending(self) -> Iterator[tuple[str, Candidate]]:
        """Yield kind and candidate of what is not settled, newest first, then what was added meanwhile.

        Read by an index as it goes, so that a crawl may take its work from here. What waits for an article that is on
        its way to disk is left out.
        """
        for kind, candidate in self._frontier.pending():
            if key_of(candidate.address) not in self._held:
                yield kind, candidate

    def settle(self, address: Address, outcome: str) -> None:
        """Note what became of an address in this run: ``"unchanged"``, ``"not-an-article"``, ``"failed"``, …

        Delivered articles are settled by `delivered`, when their lines are on disk: do not settle them yourself.
        """
        self._frontier.settle(address, outcome)

    def settle_with(self, article: Article, *addresses: Address) -> None:
        """Settle addresses when ``article`` is: those that led to it (candidate, redirects, twins, parts)."""
        article_id = article.id or ""
        if self.run and self._articles.was_judged(article_id, self.run.number):
            for address in addresses:
                if self._frontier.outcome(address) is None:
                    self._frontier.settle(address, "delivered")
            return
        self._together.setdefault(article_id, set()).update(addresses)
        self._held.update(map(key_of, addresses))

    def keep_entrance(self, asked: Address, entrance: Entrance) -> None:
        """Keep a sitemap, feed or listing as the server sent it, until this run is finished.

        It is committed at once: a crawl that is killed in its first moments has asked for little else.
        """
        self._entrances.keep(asked, entrance)
        self.commit()

    def entrance(self, asked: Address) -> Entrance | None:
        """Return what this run got for an address before it was killed and taken up again; else ``None``."""
        return self._entrances.get(asked) if self.run is not None and self.run.resumed else None

    def outcome(self, address: Address) -> str | None:
        """Return what became of an address in this run; ``None``: unknown or not settled."""
        return self._frontier.outcome(address)

    def has_found(self, address: Address) -> bool:
        """Whether an address was found in this run, settled or not."""
        return self._frontier.holds(address)

    def outcomes(self) -> dict[str, int]:
        """Return how many addresses of this run had which outcome, ``"pending"`` among them."""
        return dict(self._frontier.counts())

    # --- pages ---

    def page(self, address: Address) -> PageMemory | None:
        """Return what is known of an address from all runs."""
        return self._pages.get(address)

    def remember(self, address: Address, memory: PageMemory) -> None:
        """Keep what was learnt of an address for the next look.

        ``looks`` and ``next_look_at`` are reckoned here. A memory with ``article_id`` whose body is new takes effect
        when that article has been judged (`delivered`, `unchanged` or `refused`), so that no validator is on disk
        before the article that it stands for: give ``article_id`` only where the article is also yielded.
        """
        run = self.run.number if self.run else 0
        judged = memory.article_id is not None and self._articles.was_judged(memory.article_id, run)
        self._pages.remember(address, memory, judged=judged)

    def due(self, now: datetime, limit: int) -> list[Address]:
        """Return up to ``limit`` articles due for another look: 1 h, 6 h, 1, 3 and 7 days after publication."""
        return self._pages.due(now, limit)

    # --- articles ---

    def article(self, article_id: str) -> ArticleMemory | None:
        """Return what was delivered of an article; one on its way to disk counts."""
        return self._articles.get(article_id)

    def id_at(self, url: str) -> str:
        """Return the id of the article at an address: that of its first address, where it has moved there."""
        return self._moves.id_at(url)

    def suspects(self, article: Article) -> list[Suspect]:
        """Return the delivered articles that one under an address not known yet may be, the surest first."""
        return self._moves.suspects(article, self.run.number if self.run else 0)

    def moved(self, moved_id: str, url: str) -> None:
        """Take an article for one that has moved to an address: its next line says so, and then it is kept."""
        self._moves.expect(moved_id, url)

    def is_moving(self, known_id: str) -> bool:
        """Whether an article has been found elsewhere in this run, and has no line there yet."""
        return self._moves.is_moving(known_id)

    def is_judged(self, known_id: str) -> bool:
        """Whether this run has seen an article, changed or not, under whatever address."""
        run = self.run.number if self.run else 0
        return self._articles.is_expected(known_id) or self._articles.was_judged(known_id, run)

    def has_moved(self, article: Article) -> bool:
        """Whether an article was found under its address for the first time, and has no line there yet."""
        return self._moves.is_expected(article)

    def near_duplicate(self, article: Article) -> str | None:
        """Return the id of the earliest article that says nearly the same under another id."""
        return self._neighbours.find(article)

    def expect(self, article: Article) -> None:
        """Count ``article`` as delivered for `article` and `near_duplicate` while its line is on its way to disk."""
        self._articles.expect(article)

    def delivered(
        self, articles: Sequence[Article], now: datetime, *, day_file: str | None = None, end: int = 0, lines: int = 0
    ) -> None:
        """Note articles whose lines are durable, with all that hangs on them, in one transaction.

        Args:
            articles: in the order of their lines.
            now: aware moment.
            day_file: name of the file that holds the lines.
            end: bytes of that file up to the end of the last line.
            lines: lines of that file up to there.
        """
        with self._database.transaction():
            for article in articles:
                self._moves.note(article)
                self._articles.deliver(article, self.run.number if self.run else None, day_file=day_file, end=end)
                self._close_article(article, "delivered")
            if day_file is not None:
                self.mark_read(day_file, end, lines)

    def unchanged(self, article: Article) -> None:
        """Note that an article was read again and is not worth a new line."""
        if self._articles.is_expected(article.id or ""):
            # The line that it repeats is not on disk yet: it is settled together with that one.
            self._together.setdefault(article.id or "", set()).update(_addresses(article))
            return
        if self.run:
            self._articles.judge(article.id or "", self.run.number)
        self._close_article(article, "unchanged")

    def refused(self, article: Article, outcome: str) -> None:
        """Note that a record is dropped for good in this run (``"invalid"``, …)."""
        self._moves.forget(article)
        self._close_article(article, outcome)

    def _close_article(self, article: Article, outcome: str) -> None:
        addresses = self._together.pop(article.id or "", set()) | _addresses(article)
        for address in addresses:
            # Lines taken in before a run has begun settle what the killed run had found, and add nothing to it.
            self._frontier.settle(address, outcome, add=self.run is not None)
            self._held.discard(key_of(address))
        if article.id:
            self._pages.judged(article.id)
            if outcome == "delivered":
                self._pages.note_article(article)

    def lines_lost(self, day_file: str, end: int, lines: int, left: Mapping[str, int], now: datetime) -> int:
        """Take back what was delivered in a day file beyond a byte: it is fetched and delivered again.

        Args:
            day_file: name of the file that has become shorter.
            end: bytes of it that are left.
            lines: lines up to there.
            left: id → newest revision of the articles whose lines are left.
            now: aware moment: from then on the articles are due.

        Returns:
            How many articles lost their last line.
        """
        lost = 0
        with self._database.transaction():
            for article_id, revision in self._articles.beyond(day_file, end).items():
                if left.get(article_id, 0) >= revision:
                    self._articles.stands_before(article_id, end)
                    continue
                lost += 1
                self._articles.take_back(article_id)
                self._pages.take_back(article_id, now)
                self._frontier.take_back(article_id)
            self.mark_read(day_file, end, lines)
        return lost

    def articles_known(self) -> int:
        """Return how many articles were delivered over all runs."""
        return self._articles.count()

    # --- day files: how far the state has read them ---

    def read_up_to(self, day_file: str) -> tuple[int, int]:
        """Return up to which byte and line of a day file the state knows the articles."""
        row = self._database.read("SELECT bytes, lines FROM day_file WHERE name = ?", day_file)
        return (row[0], row[1]) if row else (0, 0)

    def day_files(self) -> dict[str, int]:
        """Return the day files that the state has read, with how many bytes of each."""
        return dict(self._database.rows("SELECT name, bytes FROM day_file ORDER BY name"))

    def mark_read(self, day_file: str, end: int, lines: int) -> None:
        """Note how far the state has read a day file."""
        self._database.write("INSERT OR REPLACE INTO day_file VALUES (?, ?, ?)", day_file, end, lines)

    # --- habits of the site ---

    def count_blocks(self, hashes: Iterable[int]) -> None:
        """Count one page's blocks (`Reading.blocks`); call it once for each page, not at each look."""
        self._blocks.count(hashes)

    def repeated_blocks(self) -> frozenset[int]:
        """Return the blocks that stand on many of the site's pages, from the third page on."""
        return self._blocks.repeated()

    def habit(self, name: str) -> Any:
        """Return what was learnt under a name, ``None`` where nothing was."""
        if name not in self._habits:
            row = self._database.read("SELECT value FROM habit WHERE name = ?", name)
            self._habits[name] = row[0].encode() if row else None
        value = self._habits[name]
        return None if value is None else msgspec.json.decode(value)

    def learn(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name, over all runs."""
        encoded = self._habits[name] = msgspec.json.encode(value)
        self._database.write("INSERT OR REPLACE INTO habit VALUES (?, ?)", name, encoded.decode())

    # --- what the next run begins with ---

    def keep_for_next_run(self, found: Iterable[Candidate]) -> None:
        """Keep candidates whose pages could not be had, with all that their sources say of them."""
        self.learn(_RETRY, [candidates.encode(candidate).decode() for candidate in found])

    def kept_for_next_run(self) -> list[Candidate]:
        """Return the candidates that the last run kept."""
        kept = []
        for text in self.habit(_RETRY) or ():
            with contextlib.suppress(ValueError, msgspec.DecodeError):  # as earlier versions kept them: addresses only
                kept.append(candidates.decode(text.encode()))
        return kept

    # --- the file ---

    def on_failure(self, call: Callable[[StateFailed], None]) -> None:
        """Have ``call`` told of the first failure of the file; writes that fail are then silent, reads still raise."""
        self._database.on_failure = call

    def commit(self) -> None:
        """Make everything so far survive the death of the process, but the latest counts of blocks."""
        self._database.commit()

    def disconnect(self) -> None:
        """Commit and close the file, but keep the lock."""
        self._blocks.save()
        self._database.close()

    def close(self) -> None:
        """Commit, close the file and give the lock back; harmless if done twice."""
        try:
            self.disconnect()
        finally:
            self._lock.release()


def _addresses(article: Article) -> set[Address]:
    """Return where an article stands and where it was fetched."""
    return {address for url in (article.url, article.source_url) if (address := Address.of(url)) is not None}
