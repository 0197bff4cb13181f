"""A fleet on a Ray cluster whose actors, nodes and drivers are killed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsscraper.demo.many import Many
from newsscraper.store import open_store
from tests.store import test_site as stored_site

from .conftest import SITES
from .nodes import Nodes, nodes
from .running import Running, fleet, rounds, site_folder, until
from .test_once import expected, table_of
from .test_store import delivered


@pytest.fixture(scope="module")
def cluster() -> Iterator[Nodes]:
    with nodes(2) as running:
        yield running


def test_actors_nodes_and_drivers_die_and_nothing_is_lost_or_twice(cluster: Nodes, many: Many, tmp_path: Path) -> None:
    table, store, output = table_of(many, tmp_path / "sites.toml"), tmp_path / "store", tmp_path / "output"
    arguments = (table, "--once", "--ray", cluster.address, "--store", store)
    many.hold()
    with Running(*arguments, output=output, log=tmp_path / "log") as driver:
        driver.until(lambda: many.requests.total() >= 2)
        driver.until(cluster.kill_one)
        seen = many.requests.total()
        driver.until(lambda: many.requests.total() > seen)  # it was restarted, and has its sites again
        many.release()
        many.delay = 0.05
        driver.until(lambda: sum(map(len, delivered_or_none(many, store))) > 0)
        cluster.lose("node0")
        cluster.add("node2")
        seen = many.requests.total()
        # Ray ends a driver whose own node is gone, and the rest may be done by then: either way the next run goes on.
        until(lambda: many.requests.total() > seen + 5 or driver.process.poll() is not None)
        driver.process.kill()
    until(lambda: not cluster.working())  # they end with their driver
    many.delay = 0.0
    last = fleet(*arguments, output=output)
    assert last.returncode == 0, last.stderr
    place = open_store(str(store))
    found = delivered(many, place)
    assert set(found) == expected(many)
    assert max(found.values()) == 1
    for number in range(SITES):
        stored_site.manifest(place, site_folder(many, number))


def delivered_or_none(many: Many, store: Path) -> list[dict[str, int]]:
    return [dict(delivered(many, open_store(str(store))))]


def test_the_same_table_runs_as_a_service_and_stops(cluster: Nodes, many: Many, tmp_path: Path) -> None:
    table, store, output = table_of(many, tmp_path / "sites.toml"), tmp_path / "store", tmp_path / "output"
    with Running(table, "--ray", cluster.address, "--store", store, output=output, log=tmp_path / "log") as driver:
        driver.until(lambda: set(delivered(many, open_store(str(store)))) == expected(many))
        driver.process.send_signal(signal.SIGTERM)
        assert driver.wait() in (0, 2), driver.log.read_text()
    assert sum(rounds(output)[-1]["articles"].values()) >= 1
    status = fleet("status", table, "--json", output=output)
    assert status.returncode == 0
    assert max(delivered(many, open_store(str(store))).values()) == 1


def test_a_cluster_of_another_version_is_named(cluster: Nodes, many: Many, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "sitecustomize.py").write_text("import ray\nray.__version__ = '2.99.0'\n")
    done = fleet(
        *(table_of(many, tmp_path / "sites.toml"), "--once", "--ray", cluster.address, "--store", tmp_path / "store"),
        output=tmp_path / "output",
        folders=[tmp_path / "other"],
    )
    assert done.returncode == 3, done.stderr
    assert "has another version of Ray or Python than this machine" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("ray", "words"),
    [
        ("raise ImportError('no ray')", "--ray needs Ray: pip install 'newsscraper[ray]'"),
        ("__version__ = '2.9.3'", "Ray 2.9.3 is older than 2.60"),
    ],
)
def test_no_ray_and_an_old_one_are_named(ray: str, words: str, many: Many, tmp_path: Path) -> None:
    (tmp_path / "other" / "ray").mkdir(parents=True)
    (tmp_path / "other" / "ray" / "__init__.py").write_text(ray)
    done = fleet(
        *(table_of(many, tmp_path / "sites.toml"), "--once", "--ray", "auto", "--store", tmp_path / "store"),
        output=tmp_path / "output",
        folders=[tmp_path / "other"],
    )
    assert done.returncode == 3, done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", ""])
def test_an_address_without_a_cluster_is_named(address: str, many: Many, tmp_path: Path) -> None:
    done = fleet(
        *(table_of(many, tmp_path / "sites.toml"), "--once", "--ray", address, "--store", tmp_path / "store"),
        output=tmp_path / "output",
    )
    assert done.returncode == 3, done.stderr
    assert "--ray auto" in done.stderr or "--ray needs an address" in done.stderr
    assert done.stderr.count("\n") == 1


def test_two_drivers_share_a_cluster_and_a_store_and_deliver_no_line_twice(
    cluster: Nodes, many: Many, tmp_path: Path
) -> None:
    table, store = table_of(many, tmp_path / "sites.toml"), tmp_path / "store"
    words = (table, "--once", "--ray", cluster.address, "--store", store)
    with (
        Running(*words, output=tmp_path / "one", log=tmp_path / "log1") as one,
        Running(*words, output=tmp_path / "two", log=tmp_path / "log2") as two,
    ):
        # The cluster may have no processor for the second before the first has ended.
        codes = {one.wait(), two.wait()}
    assert codes <= {0, 2, 4}
    found = delivered(many, open_store(str(store)))
    assert set(found) == expected(many)
    assert max(found.values()) == 1
