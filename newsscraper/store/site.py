"""One site in a store: its folder is brought here, worked on, and committed."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import zstandard

from newsscraper.crawlstate.dayfiles import MANIFEST, day_files, plain_name
from newsscraper.crawlstate.lock import SiteLock
from newsscraper.crawlstate.naming import folder_name
from newsscraper.crawlstate.snapshot import put_state_file, remove_state_file, state_file
from newsscraper.durable import replace_whole
from newsscraper.store.manifest import Part, Snapshot, StoreManifest, number_of
from newsscraper.store.marker import ManifestCopy, Marker
from newsscraper.store.parts import new_lines, unpacked
from newsscraper.store.place import Changed, Held, Place, StoreFailed, Unchanged

logger = logging.getLogger(__name__)

_SNAPSHOT_LINES = 200
"""A snapshot is made after so many new lines: so much is read again where the site comes to another machine."""
_SNAPSHOT_AGE = timedelta(days=1)
"""After this time a snapshot is made of fewer new lines, too."""
_READS = 3
"""Times that a restore reads the manifest: the snapshot that it names may be replaced meanwhile."""


class Lost(Exception):
    """Somebody else committed to the site meanwhile: what was worked on here was never delivered."""


class StoredSite:
    """A site's folder on this machine and in a store. `fetch`, then crawl and `commit`, then `commit` with the state.

    One thread at a time may use it. All methods raise `StoreFailed` where the store does not answer: call again.

    Args:
        place: the store.
        site: registrable host.
        output: folder of all sites' folders on this machine (``OUTPUT_DIR``), never on a network file system.
    """

    def __init__(self, place: Place, site: str, output: Path) -> None:
        self.site = site
        self.manifest = StoreManifest(site)
        self._place = place
        self._name = folder_name(site)
        self._folder = output / self._name
        self._states = output / ".state"
        self._state = self._states / f"{self._name}.sqlite"
        self._marker = Marker(self._states / f"{self._name}.store.json")
        self._copy = ManifestCopy(self._states / f"{self._name}.manifest.json")
        self._version: str | None = None
        self._waiting: list[Part] = []  # uploaded, and named by no manifest yet
        self._tried: set[str] = set()  # names taken since the last commit, by us or by others
        self._ours: set[str] = set()  # those of them that were surely written here
        self._found_strangers = False
        self._lost = False  # somebody else committed: nothing from here goes on top of that before `fetch`

    # --- before a run ---

    def fetch(self) -> int:
        """Bring the folder on this machine level with the store; return how many lines were fetched.

        Lines that were written here and not committed stay, unless somebody else has committed since: then they were
        never delivered, and whoever owns the site now fetches their articles.

        Raises:
            StateLocked: a run is working on the folder.
            OSError: the folder cannot be written.
        """
        self._states.mkdir(parents=True, exist_ok=True)
        lock = SiteLock(self._states / f"{self._name}.lock", self.site)
        try:
            self._waiting, self._tried, self._ours, self._found_strangers = [], set(), set(), False
            self._marker = Marker.read(self._marker.path)
            self._read_manifest()
            lines = 0 if self._is_level() else self._restore()
            self._lost = False
            return lines
        finally:
            lock.release()

    def _read_manifest(self) -> None:
        known = self._copy.read(self._place.url)
        try:
            held = self._place.get(f"{self._name}/{MANIFEST}", known.version if known else None)
        except Unchanged:  # the ordinary case: a site's manifest grows with the years, and need not come again
            held = known
        self.manifest = StoreManifest.from_json(held.data) if held else StoreManifest(self.site)
        self._version = held.version if held else None
        if held is not None and held is not known:
            self._copy.write(self._place.url, held)

    def _is_level(self) -> bool:
        """Whether the folder here holds all that the store holds."""
        if not self.manifest.commit:
            if self._marker.store == self._place.url and self._marker.commit:
                logger.warning("%s is in the store no more: what lies here is committed anew", self.site)
            return not self._marker.restoring
        if (
            self._marker.store != self._place.url
            or self._marker.restoring
            or not self._marker.knows(self.manifest.commit)
        ):
            return False
        here = {plain_name(path): path for path in day_files(self._folder)}
        newest, size = list(self.manifest.by_day().items())[-1]
        path = here.get(newest)
        return path is not None and (path.suffix != ".jsonl" or path.stat().st_size >= size)

    def _restore(self) -> int:
        if self._marker.store == self._place.url:
            self._say_given_up()
        elif not self._marker.restoring:
            self._put_aside()
        self._marker = Marker(self._marker.path, self._place.url, restoring=True)
        self._marker.write()
        self._clear()
        for read in range(1, _READS + 1):
            try:
                lines = self._bring()
                break
            except StoreFailed:
                before = self.manifest.commit
                self._read_manifest()
                if read == _READS or self.manifest.commit == before:
                    raise
        self._marker = Marker(self._marker.path, self._place.url, self.manifest.commit)
        self._marker.write()
        return lines

    def _bring(self) -> int:
        """Fetch the snapshot and the days that it does not know whole, always the newest one."""
        state = self._snapshot()
        known = self.manifest.snapshot.parts if self.manifest.snapshot and state else 0
        days = {part.day for part in self.manifest.parts[known:]} | set(list(self.manifest.by_day())[-1:])
        found: dict[str, list[bytes]] = defaultdict(list)
        lines = 0
        for part in self.manifest.parts:
            if part.day in days:
                found[part.day].append(self._object(part.name, part.bytes, part.sha256))
                lines += part.lines
        self._folder.mkdir(parents=True, exist_ok=True)
        for day, pieces in found.items():
            replace_whole(self._folder / day, b"".join(pieces))
        if state:
            put_state_file(self._state, state, days)
        return lines

    def _snapshot(self) -> bytes | None:
        snapshot = self.manifest.snapshot
        if snapshot is None:
            return None
        try:
            return self._object(snapshot.name, snapshot.bytes, snapshot.sha256)
        except StoreFailed as failure:
            if not failure.lasting:
                raise
            logger.warning("%s: %s; its state is built anew from the lines", self.site, failure)
            return None

    def _object(self, name: str, size: int, sha256: str) -> bytes:
        held = self._place.get(f"{self._name}/{name}")
        if held is None:
            raise StoreFailed(f"{self._name}/{name} is gone, though the manifest names it", lasting=True)
        return unpacked(held.data, size, sha256, f"{self._name}/{name}")

    def _clear(self) -> None:
        for path in day_files(self._folder):
            path.unlink()
        (self._folder / MANIFEST).unlink(missing_ok=True)
        remove_state_file(self._state)

    def _say_given_up(self) -> None:
        """Say how many lines of this machine were never delivered, where it is known which were."""
        delivered = self.manifest.by_day()
        here = sum(path.stat().st_size for path in day_files(self._folder) if path.suffix == ".jsonl")
        if here and not self._marker.restoring:
            logger.warning(
                "%s was committed to by somebody else: what lies here (%d bytes) gives way to what the store has "
                "(%d lines in %d days)",
                self.site,
                here,
                self.manifest.lines,
                len(delivered),
            )

    def _put_aside(self) -> None:
        """Keep a folder that has nothing to do with this store: somebody may want its lines."""
        if not day_files(self._folder):
            return
        number = 1
        while (aside := self._folder.with_name(f"{self._name}.aside-{number}")).exists():
            number += 1
        self._folder.rename(aside)
        logger.warning("%s is in the store already: the folder that was here is now %s", self.site, aside)

    # --- during a run and after it ---

    def commit(self, *, with_state: bool = False) -> int:
        """Commit the whole lines that are not in the store yet; return how many.

        Args:
            with_state: the run is over and the state file closed: commit a snapshot, too, where it is time for one.

        Raises:
            Lost: somebody else committed meanwhile. Nothing of this commit is in the store.
        """
        if self._lost:
            raise Lost(f"{self.site} was committed to by somebody else")
        try:
            lines = self._upload()
            snapshot = self._upload_snapshot() if with_state and self._wants_snapshot() else None
            if self._waiting or snapshot:
                self._replace_manifest(snapshot)
        except Changed as error:
            if self._was_ours():
                return self.commit(with_state=with_state)
            self._lost = True
            self._leave_no_trace()
            raise Lost(f"{self.site} was committed to by somebody else; this run gives up") from error
        return lines

    def _upload(self) -> int:
        delivered = self.manifest.by_day()
        for part in self._waiting:
            delivered[part.day] = delivered.get(part.day, 0) + part.bytes
        for lines in new_lines(self._folder, delivered):
            packed = lines.packed()
            self._waiting.append(lines.as_part(self._create("jsonl", packed), packed))
        return sum(part.lines for part in self._waiting)

    def _create(self, kind: str, packed: bytes) -> str:
        """Write an object under the next free number; return its file name.

        A number that is taken and not named was taken by a run that died, or by one that races with this one.
        """
        while True:
            name = f"{self._next_number()}.{kind}.zst"
            self._tried.add(name)  # whatever comes of it, the number is used up
            try:
                self._place.create(f"{self._name}/{name}", packed)
            except Changed:
                self._found_strangers = True
            else:
                self._ours.add(name)
                return name

    def _next_number(self) -> int:
        return max([self.manifest.next, *(1 + number_of(name) for name in self._tried)])

    def _wants_snapshot(self) -> bool:
        before = self.manifest.snapshot
        unknown = [*self.manifest.parts, *self._waiting][before.parts if before else 0 :]
        if not unknown or not before:
            return bool(unknown)
        age = datetime.now(UTC) - datetime.fromisoformat(before.made_at)
        return age >= _SNAPSHOT_AGE or sum(part.lines for part in unknown) >= _SNAPSHOT_LINES

    def _upload_snapshot(self) -> Snapshot | None:
        data = state_file(self._state)
        if data is None:
            return None
        packed = zstandard.ZstdCompressor(level=3, write_checksum=True).compress(data)
        return Snapshot(
            name=self._create("state", packed),
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            parts=len(self.manifest.parts) + len(self._waiting),
            packed_bytes=len(packed),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _replace_manifest(self, snapshot: Snapshot | None) -> None:
        commit = uuid.uuid4().hex
        # What others wrote before this commit and no manifest names, none will ever name: they lose by it.
        others = set(self._place.names(self._name)) if self._found_strangers else set()
        self._tried |= {name for each in others if (name := each.rpartition("/")[2]) != MANIFEST}
        manifest = self.manifest.followed_by(self._waiting, snapshot, commit=commit, next_number=self._next_number())
        # Noted before it is tried: where this process dies in between, the next one knows the commit for its own.
        self._marker.store = self._place.url
        self._marker.tries.append(commit)
        self._marker.write()
        name, data = f"{self._name}/{MANIFEST}", manifest.to_json()
        if self._version is None:
            self._version = self._place.create(name, data)
        else:
            self._version = self._place.replace(name, data, self._version)
        self._copy.write(self._place.url, Held(data, self._version))
        before, self.manifest = self.manifest, manifest
        if before.snapshot:
            self._tried.add(before.snapshot.name)
        self._committed()

    def _committed(self) -> None:
        self._marker.commit, self._marker.tries = self.manifest.commit, []
        self._marker.write()
        named = {part.name for part in self.manifest.parts}
        self._waiting = [part for part in self._waiting if part.name not in named]
        tried, self._tried = self._tried, {part.name for part in self._waiting}
        self._ours &= self._tried
        self._found_strangers = False
        self._delete(tried - self._tried)

    def _was_ours(self) -> bool:
        """Whether the manifest changed by a commit of ours whose answer got lost; it is taken up then."""
        self._read_manifest()
        if not self._marker.knows(self.manifest.commit) or self.manifest.commit == self._marker.commit:
            return False
        self._committed()
        return True

    def _leave_no_trace(self) -> None:
        self._delete(self._ours)
        self._waiting, self._tried, self._ours = [], set(), set()

    def _delete(self, names: set[str]) -> None:
        """Delete objects that no manifest will name any more; those that this one names stay."""
        named = {part.name for part in self.manifest.parts}
        if self.manifest.snapshot:
            named.add(self.manifest.snapshot.name)
        unnamed = sorted(names - named)
        try:
            self._place.delete(f"{self._name}/{name}" for name in unnamed)
        except StoreFailed as failure:
            logger.warning("%s: %d unnamed objects stay in the store: %s", self.site, len(unnamed), failure)
