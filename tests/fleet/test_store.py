"""A fleet that commits to a store: killed, moved to another machine, run twice at once."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path

from newsscraper.demo.many import Many
from newsscraper.store import Place, open_store
from tests.store import test_site as stored_site
from tests.store.servers import environment, refusing, s3_environment

from .conftest import SITES
from .running import Running, fleet, rounds, site_folder
from .test_once import expected, table_of


def delivered(many: Many, place: Place) -> Counter[str]:
    """How often each address is in the store; every part is checked on the way."""
    found: Counter[str] = Counter()
    for number in range(SITES):
        if place.get(f"{site_folder(many, number)}/manifest.json"):
            found.update(stored_site.delivered(place, site_folder(many, number)))
    return found


def test_killed_and_moved_from_machine_to_machine(many: Many, tmp_path: Path) -> None:
    table, store = table_of(many, tmp_path / "sites.toml", every="1s"), tmp_path / "store"
    place = open_store(str(store))
    many.delay = 0.02
    for machine, enough in (("one", 6), ("two", 18), ("one", 30), ("three", 40)):
        with Running(table, "--store", store, output=tmp_path / machine, log=tmp_path / "log") as service:
            service.until(lambda enough=enough: many.requests.total() >= enough)
            os.kill(service.process.pid, signal.SIGKILL)
    many.delay = 0.0
    last = fleet(table, "--once", "--store", store, output=tmp_path / "four")
    assert last.returncode == 0, last.stderr
    found = delivered(many, place)
    assert set(found) == expected(many)
    assert max(found.values()) == 1


def test_two_fleets_on_one_store_deliver_no_line_twice(many: Many, tmp_path: Path) -> None:
    table, store = table_of(many, tmp_path / "sites.toml"), tmp_path / "store"
    many.hold()
    with (
        Running(table, "--once", "--store", store, output=tmp_path / "one", log=tmp_path / "log1") as one,
        Running(table, "--once", "--store", store, output=tmp_path / "two", log=tmp_path / "log2") as two,
    ):
        # Both have taken up what the store has, and work from it.
        one.until(lambda: all(many.requests[number, "/robots.txt"] == 2 for number in range(SITES)))
        many.release()
        codes = {one.wait(), two.wait()}
    assert codes <= {0, 2, 4}
    place = open_store(str(store))
    found = delivered(many, place)
    assert set(found) == expected(many)
    assert max(found.values()) == 1
    assert all(stored_site.unnamed(place, site_folder(many, number)) == set() for number in range(SITES))
    lost = [line["outcome"] for output in ("one", "two") for line in rounds(tmp_path / output)[-1]["runs"]]
    assert any("committed to by somebody else" in outcome for outcome in lost), lost


def test_a_store_that_refuses_for_a_while_gets_all_of_it_later(many: Many, s3: None, tmp_path: Path) -> None:
    table, store = table_of(many, tmp_path / "sites.toml"), "s3://bucket/refusing"
    with refusing(os.environ["AWS_ENDPOINT_URL"]) as front, environment(s3_environment(front.url)):
        many.hold()
        with Running(table, "--once", "--store", store, output=tmp_path / "output", log=tmp_path / "log") as service:
            service.until(lambda: all(many.requests[number, "/robots.txt"] for number in range(SITES)))
            front.refuses = True
            many.release()
            service.until(lambda: front.refused > 3)
            front.refuses = False
            assert service.wait() == 0, service.log.read_text()
        found = delivered(many, open_store(store))
    assert set(found) == expected(many)
    assert max(found.values()) == 1
