"""``scrapy archive --ray``: the outputs are those of a run without Ray, whatever dies; in a folder and in a store."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from newsscraper.store import Place, open_store
from tests.archives.making import archive, environ, warc
from tests.fleet.nodes import Nodes, nodes
from tests.store.servers import environment, s3_environment, s3_server

PAGES = 40
PATIENCE = 300.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Nodes]:
    with s3_server() as endpoint, environment(s3_environment(endpoint)), nodes(2) as running:
        yield running


@pytest.fixture(scope="module")
def warcs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("warcs")
    return [warc(folder / f"part-{number}.warc.gz", PAGES, first=PAGES * number) for number in range(4)]


@pytest.fixture(scope="module")
def alone(warcs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What comes out without Ray."""
    folder = tmp_path_factory.mktemp("alone")
    assert archive(*warcs, "--to", folder).returncode == 0
    return outputs(open_store(str(folder)))


def outputs(place: Place) -> dict[str, bytes]:
    """Return all lines in a place, by archive; each is unpacked on the way, so none is torn."""
    found = {}
    for name in place.names(""):
        if name.endswith(".jsonl.zst"):
            held = place.get(name)
            assert held is not None
            packed = held.data
            assert zstandard.ZstdDecompressor().stream_reader(packed).read().count(b"\n") == PAGES
            assert place.size(name.replace(".jsonl.zst", ".json")) is not None
            found[name] = packed
    return found


def test_tasks_die_and_the_output_is_that_of_a_run_without_ray(
    cluster: Nodes, warcs: list[Path], alone: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "records"
    command = [sys.executable, "-m", "scrapy", "archive", *map(str, warcs), "--to", str(folder)]
    with subprocess.Popen(
        [*command, "--ray", cluster.address], env=environ(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as driver:
        killed, end = 0, time.monotonic() + PATIENCE
        while killed < 4 and driver.poll() is None:
            killed += cluster.kill_one("read_one", children=True)  # its own worker reads pages
            assert time.monotonic() < end
        said, _ = driver.communicate(timeout=PATIENCE)
    assert driver.returncode == 0, said
    assert killed == 4, said
    assert outputs(open_store(str(folder))) == alone
    again = archive(*warcs, "--to", folder)
    assert [line.rpartition(": ")[2] for line in again.stdout.splitlines()] == ["done before"] * 4


def test_a_killed_driver_goes_on_in_a_store(
    cluster: Nodes, warcs: list[Path], alone: dict[str, bytes], tmp_path: Path
) -> None:
    store = "s3://bucket/records"
    command = [sys.executable, "-m", "scrapy", "archive", *map(str, warcs), "--to", store, "--ray", cluster.address]
    with subprocess.Popen(command, env=environ(), stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout is not None
        assert "40 articles of 40 records" in driver.stdout.readline()
        driver.kill()
    done = archive(*warcs, "--to", store, "--ray", cluster.address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "done before" in done.stdout
    assert outputs(open_store(store)) == alone
    alike = archive(*warcs, "--to", store)  # the same store without Ray
    assert alike.stdout.count("done before") == 4, alike.stdout + alike.stderr


def test_wrong_usage_is_one_line(cluster: Nodes, warcs: list[Path], tmp_path: Path) -> None:
    for said, arguments in (
        ("--workers 9 is more than any machine", ("--ray", cluster.address, "--workers", 9)),
        ("no Ray cluster answers at 127.0.0.1:1", ("--ray", "127.0.0.1:1")),
        ("--ray needs an address", ("--ray", "")),
        ("--limit cannot be used with --ray", ("--ray", "auto", "--limit", 3)),
        ("is not a store", ("--to", "ftp://example.com/records")),
    ):
        done = archive(*warcs, "--to", tmp_path / "records", *arguments)
        assert done.returncode == 3, done.stderr
        assert said in done.stderr
        assert done.stderr.count("\n") == 1, done.stderr


def test_without_ray_a_line_says_what_to_install(warcs: list[Path], tmp_path: Path) -> None:
    (tmp_path / "ray").mkdir()
    (tmp_path / "ray" / "__init__.py").write_text("raise ImportError('no ray')")
    path = environ()["PYTHONPATH"] + f":{tmp_path}"
    done = archive(*warcs, "--to", tmp_path / "records", "--ray", "auto", PYTHONPATH=path)
    assert done.returncode == 3
    assert done.stderr == "scrapy archive: --ray needs Ray: pip install 'newsscraper[ray]'\n"
