"""``scrapy export``: delivered lines → Parquet, CSV, JSONL, SQLite, PostgreSQL, Markdown."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsscraper.commandline.program import did_you_mean, tell

if TYPE_CHECKING:
    from newsscraper.exports.lines import Site
    from newsscraper.exports.stories import Stories

FORMATS = ("parquet", "csv", "jsonl", "sqlite", "postgresql", "markdown")
_PERIODS = ("month", "day", "year", "none")
_FAILED, _USAGE = 1, 3


class Command(ScrapyCommand):
    """Export what crawls have delivered."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[SITE…] --to FORMAT DEST [options]"

    def short_desc(self) -> str:
        """Return what the command does."""
        return "Export the delivered records: Parquet, CSV, JSONL, SQLite, PostgreSQL, Markdown"

    def long_desc(self) -> str:
        """Return what the command does, at length."""
        return (
            "Export the records of all sites, or of the sites that you name, to a destination. The next run adds only "
            "what is new. If it was killed, run it again: every record is exported exactly "
            "once. DEST is a folder (parquet, markdown; parquet also s3://… and gs://…), a file (csv, jsonl, sqlite) "
            "or a connection string (postgresql). Exit codes: 0 fine, 1 the export failed, 3 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        own = parser.add_argument_group(title="Export")
        own.add_argument("--to", nargs=2, metavar=("FORMAT", "DEST"), help=f"FORMAT: {', '.join(FORMATS)}")
        own.add_argument("--since", metavar="DAY", help="only articles published on this day or later: 2026-11-01")
        own.add_argument("--latest", action="store_true", help="only the latest revision of each article")
        own.add_argument(
            "--stories",
            action="store_true",
            help="add the field story_id, which is the same for one story on several sites",
        )
        own.add_argument("--store", metavar="URL", help="read from this store instead of OUTPUT_DIR")
        own.add_argument("--archives", metavar="DIR", help="read what scrapy archive wrote to this folder or store")
        own.add_argument(
            "--partition",
            choices=_PERIODS,
            default="month",
            help="with parquet: one file for each site and month, day, year, or in all (default: month)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export."""
        from newsscraper.exports import ExportFailed

        if not opts.to:
            self._leave(_USAGE, "name a format and a destination, as in: scrapy export --to parquet tables/")
            return
        format_, place = opts.to
        if format_ not in FORMATS:
            near = did_you_mean(format_, FORMATS) or f". The formats are: {', '.join(FORMATS)}"
            self._leave(_USAGE, f"there is no format {format_!r}{near}")
            return
        if opts.store and opts.archives:
            self._leave(_USAGE, "--store and --archives: one at a time")
            return
        try:
            since = _day(opts.since)
        except ValueError:
            self._leave(_USAGE, f"--since {opts.since!r} is not a day; write it like 2026-11-01")
            return
        try:
            self._export(args, opts, format_, place, since)
        except ExportFailed as error:
            self._leave(_FAILED, str(error))

    def _export(
        self, names: list[str], opts: argparse.Namespace, format_: str, place: str, since: datetime | None
    ) -> None:
        from newsscraper.exports.choosing import Choice

        sites = self._sites(names, opts)
        stories = self._stories(opts.store or opts.archives) if opts.stories else None
        try:
            if stories:
                # Stories are told apart over all sites, whichever are exported.
                stories.take_in(self._sites([], opts))
            choice = Choice(since, opts.latest, stories.story_of if stories else None)
            count = _add(format_, place, choice, sites, opts.partition)
        finally:
            if stories:
                stories.close()
        what = "1 record" if count == 1 else f"{count} records"
        kind = ("archive" if opts.archives else "site") + ("" if len(sites) == 1 else "s")
        print(f"{what} of {len(sites)} {kind} added to {_shown(place)}")

    def _sites(self, names: list[str], opts: argparse.Namespace) -> list[Site]:
        from newsscraper.exports.archived import sites_in_archives
        from newsscraper.exports.lines import sites_in, sites_in_store

        assert self.settings is not None
        if opts.archives:
            return sites_in_archives(opts.archives, names)
        if opts.store:
            return sites_in_store(opts.store, names)
        return sites_in(Path(self.settings["OUTPUT_DIR"]), names)

    def _stories(self, elsewhere: str | None) -> Stories:
        from newsscraper.digest import short_hash
        from newsscraper.exports.stories import Stories

        assert self.settings is not None
        # A store has stories of its own: its lines are counted by its parts. So have archives.
        name = f"stories-{short_hash(elsewhere)}.sqlite" if elsewhere else "stories.sqlite"
        return Stories(Path(self.settings["OUTPUT_DIR"], ".state", name))

    def _leave(self, code: int, message: str) -> None:
        self.exitcode = code
        tell("export", message)


def _add(format_: str, place: str, choice: Any, sites: list[Site], partition: str) -> int:
    """Open the destination, and add what is new."""
    # Each format is imported where it is used: none needs what another one needs.
    if format_ == "parquet":
        from newsscraper.exports.parquet import Parquet

        return Parquet(place, choice, partition).add(sites)
    if format_ in ("csv", "jsonl"):
        from newsscraper.exports.textfiles import TextFile, csv_columns, csv_line, csv_row, jsonl

        if format_ == "jsonl":
            return TextFile(place, choice, jsonl).add(sites)
        columns = csv_columns(stories=choice.story_of is not None)
        return TextFile(place, choice, csv_row(columns), head=csv_line(columns)).add(sites)
    if format_ == "markdown":
        from newsscraper.exports.markdown import MarkdownFolder

        return MarkdownFolder(place, choice).add(sites)
    from newsscraper.exports.database import Database

    database: Database
    if format_ == "sqlite":
        from newsscraper.exports.sqlite import SqliteExport

        database = SqliteExport(place, choice)
    else:
        from newsscraper.exports.postgresql import PostgresqlExport

        database = PostgresqlExport(place, choice)
    try:
        return database.add(sites)
    finally:
        database.close()


def _day(told: str | None) -> datetime | None:
    if told is None:
        return None
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shown(place: str) -> str:
    from newsscraper.middlewares.secrets import without_secrets

    return without_secrets(place)
