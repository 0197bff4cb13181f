"""A site's folder goes into a store and comes out on another machine; no line is there twice, none is lost."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import zstandard

from newsscraper.store import Lost, Place, StoredSite, open_store
from newsscraper.store.place import Changed, Held, StoreFailed
from tests.crawlstate.builders import SITE, article, opened, write_lines


def stored(place: Place, machine: Path) -> StoredSite:
    site = StoredSite(place, SITE, machine)
    site.fetch()
    return site


def manifest(place: Place, site: str = SITE) -> dict[str, Any]:
    held = place.get(f"{site}/manifest.json")
    assert held is not None
    found: dict[str, Any] = json.loads(held.data)
    return found


def delivered(place: Place, site: str = SITE) -> list[str]:
    """The addresses of all lines that the manifest names, each part checked on the way."""
    urls = []
    for part in manifest(place, site)["parts"]:
        held = place.get(f"{site}/{part['name']}")
        assert held is not None
        data = zstandard.ZstdDecompressor().decompress(held.data)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (part["bytes"], part["sha256"])
        assert data.count(b"\n") == part["lines"]
        urls += [json.loads(line)["url"] for line in data.splitlines()]
    return urls


def unnamed(place: Place, site: str = SITE) -> set[str]:
    """What lies in the store and no manifest names."""
    told = manifest(place, site)
    named = {part["name"] for part in told["parts"]} | {"manifest.json"}
    named |= {told["snapshot"]["name"]} if told["snapshot"] else set()
    return {name.rpartition("/")[2] for name in place.names(site)} - named


def urls_of(*numbers: int) -> list[str]:
    return [article(number).url for number in numbers]


def test_new_lines_become_parts_in_their_order(place: Place, tmp_path: Path) -> None:
    site = stored(place, tmp_path)
    assert site.commit() == 0
    write_lines(tmp_path, article(1), article(2), tail=b'{"torn')
    assert site.commit() == 2
    write_lines(tmp_path, article(3), day="2026-11-23")
    assert site.commit() == 1
    assert site.commit() == 0
    assert delivered(place) == urls_of(1, 2, 3)
    told = manifest(place)
    assert (told["site"], told["lines"]) == (SITE, 3)
    assert [part["day"] for part in told["parts"]] == ["2026-11-22.jsonl", "2026-11-23.jsonl"]
    assert [part["name"] for part in told["parts"]] == ["1.jsonl.zst", "2.jsonl.zst"]


def test_a_site_comes_to_another_machine_with_all_that_it_remembers(place: Place, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    site = stored(place, here)
    write_lines(here, article(1), day="2026-11-20")
    write_lines(here, article(2), day="2026-11-21")
    with opened(here) as state:
        state.learn("coverage", "sitemaps")
    site.commit(with_state=True)
    write_lines(here, article(3), day="2026-11-21")
    write_lines(here, article(4), day="2026-11-22")
    site.commit()

    assert stored(place, there).manifest.commit == site.manifest.commit
    # The state knows the first day: its lines need not come along.
    assert sorted(path.name for path in (there / SITE).glob("*.jsonl")) == ["2026-11-21.jsonl", "2026-11-22.jsonl"]
    with opened(there) as state:
        assert state.articles_known() == 4
        assert state.habit("coverage") == "sitemaps"
    write_lines(there, article(5))
    assert stored(place, there).commit() == 1
    assert delivered(place) == urls_of(1, 2, 3, 4, 5)


def test_lines_of_a_killed_run_are_committed_by_the_next(place: Place, tmp_path: Path) -> None:
    stored(place, tmp_path)
    write_lines(tmp_path, article(1))
    assert stored(place, tmp_path).commit() == 1
    assert delivered(place) == urls_of(1)


def test_who_loses_the_race_gives_up_without_a_trace(place: Place, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    winner, loser = stored(place, one), stored(place, two)
    write_lines(one, article(1))
    write_lines(two, article(1), article(2))
    assert winner.commit() == 1
    with opened(two):
        pass
    for _ in range(2):  # the second try does not go on top of what the winner has either
        with pytest.raises(Lost):
            loser.commit(with_state=True)
    assert delivered(place) == urls_of(1)
    assert unnamed(place) == set()
    # The loser's next run begins with what the winner has.
    again = stored(place, two)
    assert [json.loads(line)["url"] for line in (two / SITE / "2026-11-22.jsonl").open()] == urls_of(1)
    write_lines(two, article(2))
    again.commit()
    assert delivered(place) == urls_of(1, 2)


def test_what_a_killed_run_left_in_the_store_goes_with_the_next_commit(place: Place, tmp_path: Path) -> None:
    place.create(f"{SITE}/1.jsonl.zst", b"of a run that was killed before it could commit")
    site = stored(place, tmp_path)
    write_lines(tmp_path, article(1))
    site.commit()
    assert delivered(place) == urls_of(1)
    assert unnamed(place) == set()


def test_an_old_snapshot_gives_way_to_the_new_one(place: Place, tmp_path: Path) -> None:
    site = stored(place, tmp_path)
    for first in (0, 300):
        write_lines(tmp_path, *map(article, range(first, first + 300)))
        with opened(tmp_path):
            pass
        site.commit(with_state=True)
    assert manifest(place)["snapshot"]["parts"] == 2
    assert unnamed(place) == set()


def test_few_new_lines_make_no_new_snapshot(place: Place, tmp_path: Path) -> None:
    site = stored(place, tmp_path)
    for number in (1, 2):
        write_lines(tmp_path, article(number))
        with opened(tmp_path):
            pass
        site.commit(with_state=True)
    assert manifest(place)["snapshot"]["parts"] == 1


def test_a_folder_that_knows_nothing_of_the_store_is_kept_aside(place: Place, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    site = stored(place, one)
    write_lines(one, article(1))
    site.commit()
    write_lines(two, article(9))
    stored(place, two)
    assert article(9).url in (two / f"{SITE}.aside-1" / "2026-11-22.jsonl").read_text()
    assert article(1).url in (two / SITE / "2026-11-22.jsonl").read_text()


def test_what_was_crawled_before_there_was_a_store_is_committed(place: Place, tmp_path: Path) -> None:
    write_lines(tmp_path, article(1), day="2026-11-20")
    write_lines(tmp_path, article(2))
    assert stored(place, tmp_path).commit() == 2
    assert delivered(place) == urls_of(1, 2)


def test_a_damaged_snapshot_costs_time_and_nothing_else(tmp_path: Path) -> None:
    place = open_store(str(tmp_path / "store"))
    here, there = tmp_path / "here", tmp_path / "there"
    site = stored(place, here)
    write_lines(here, article(1), day="2026-11-20")
    write_lines(here, article(2))
    with opened(here):
        pass
    site.commit(with_state=True)
    (tmp_path / "store" / SITE / manifest(place)["snapshot"]["name"]).write_bytes(b"damaged")
    stored(place, there)
    with opened(there) as state:
        assert state.articles_known() == 2


def test_a_damaged_part_is_said_and_nothing_is_crawled_on_top_of_it(tmp_path: Path) -> None:
    place = open_store(str(tmp_path / "store"))
    site = stored(place, tmp_path / "here")
    write_lines(tmp_path / "here", article(1))
    site.commit()
    (tmp_path / "store" / SITE / "1.jsonl.zst").write_bytes(zstandard.compress(b"{}\n"))
    with pytest.raises(StoreFailed, match=r"1\.jsonl\.zst is damaged"):
        stored(place, tmp_path / "there")


class Unreliable:
    """A real store whose line is cut at a chosen call, before or after the call has done its work."""

    def __init__(self, place: Place, cut_at: int, *, after: bool) -> None:
        self.url, self._place, self._left, self._after = place.url, place, cut_at, after

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._place, name)

        def cut(*arguments: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise StoreFailed("the line is cut")
            answer = call(*arguments)
            if self._left == 0:
                raise StoreFailed("the line is cut")
            return answer

        return cut


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("cut_at", range(1, 8))
@pytest.mark.parametrize("dies", [False, True])
def test_a_line_that_is_cut_at_any_moment_loses_and_doubles_nothing(
    tmp_path: Path, cut_at: int, after: bool, dies: bool
) -> None:
    place = open_store(str(tmp_path / "store"))
    here = tmp_path / "here"
    site = stored(Unreliable(place, cut_at + 1, after=after), here)
    numbers = iter(range(1, 20))
    for _ in range(5):
        write_lines(here, article(next(numbers)))
        with opened(here):
            pass
        try:
            site.commit(with_state=True)
        except StoreFailed:
            if dies:
                site = stored(place, here)
    site = stored(place, here)
    site.commit()
    assert Counter(delivered(place)) == Counter(urls_of(1, 2, 3, 4, 5))
    if not dies:
        assert unnamed(place) == set()


def test_a_restore_that_is_cut_is_done_anew(tmp_path: Path) -> None:
    place = open_store(str(tmp_path / "store"))
    site = stored(place, tmp_path / "here")
    write_lines(tmp_path / "here", article(1), day="2026-11-21")
    site.commit()
    write_lines(tmp_path / "here", article(2))
    site.commit()
    there = tmp_path / "there"
    with pytest.raises(StoreFailed):
        stored(Unreliable(place, 3, after=False), there)
    stored(place, there)
    with opened(there) as state:
        assert state.articles_known() == 2


def test_a_commit_whose_answer_got_lost_and_that_was_built_upon_keeps_its_parts(tmp_path: Path) -> None:
    place = open_store(str(tmp_path / "store"))
    one, two = tmp_path / "one", tmp_path / "two"
    deaf = stored(Unreliable(place, 3, after=True), one)
    write_lines(one, article(1))
    with pytest.raises(StoreFailed):
        deaf.commit()  # it has worked, but nobody here knows
    other = stored(place, two)
    write_lines(two, article(2))
    other.commit()
    write_lines(one, article(3))
    with pytest.raises(Lost):
        deaf.commit()
    assert delivered(place) == urls_of(1, 2)


def test_a_loser_leaves_alone_what_the_winner_is_writing(place: Place, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    winner, loser = stored(place, one), stored(place, two)
    write_lines(one, article(1))
    winner.commit()
    place.create(f"{SITE}/2.jsonl.zst", b"the winner's next part, not committed yet")
    write_lines(two, article(1))
    with pytest.raises(Lost):
        loser.commit()
    assert unnamed(place) == {"2.jsonl.zst"}


def test_held_objects_tell_their_version(place: Place) -> None:
    version = place.create("a/b", b"1")
    assert place.get("a/b") == Held(b"1", version)
    with pytest.raises(Changed):
        place.create("a/b", b"1")
