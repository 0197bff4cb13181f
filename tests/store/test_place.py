"""What every store promises, and what those are told that cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper.store import Place, StoreFailed, StoreUnusable, open_store
from newsscraper.store.opening import check_store
from newsscraper.store.place import Changed, Unchanged

from .servers import answering, environment, s3_environment


def test_writes_only_on_their_conditions(place: Place) -> None:
    assert place.get("a.example/manifest.json") is None
    first = place.create("a.example/manifest.json", b"one")
    with pytest.raises(Changed):
        place.create("a.example/manifest.json", b"another")
    second = place.replace("a.example/manifest.json", b"two", first)
    with pytest.raises(Changed):
        place.replace("a.example/manifest.json", b"three", first)
    held = place.get("a.example/manifest.json")
    assert held is not None
    assert (held.data, held.version) == (b"two", second)
    with pytest.raises(Unchanged):
        place.get("a.example/manifest.json", second)
    assert place.get("a.example/manifest.json", first) == held


def test_what_is_gone_is_not_replaced(place: Place) -> None:
    version = place.create("a.example/manifest.json", b"one")
    place.delete(["a.example/manifest.json", "a.example/never-there"])
    with pytest.raises(Changed):
        place.replace("a.example/manifest.json", b"two", version)
    assert place.get("a.example/manifest.json") is None


def test_names_are_those_of_one_folder(place: Place) -> None:
    for name in ("a.example/1.jsonl.zst", "a.example/2.jsonl.zst", "a.example.org/1.jsonl.zst"):
        place.create(name, b"x")
    assert sorted(place.names("a.example")) == ["a.example/1.jsonl.zst", "a.example/2.jsonl.zst"]


def test_the_check_passes_and_leaves_nothing(place: Place) -> None:
    check_store(place)
    assert place.names(".check") == []


_COUNTING = """
import sys
from newsscraper.store import open_store
from newsscraper.store.place import Changed, Unchanged
place, wins = open_store(sys.argv[1]), 0
while wins < int(sys.argv[2]):
    held = place.get("a/count")
    try:
        if held is None:
            place.create("a/count", b"1")
        else:
            place.replace("a/count", str(int(held.data) + 1).encode(), held.version)
        wins += 1
        print(wins, flush=True)
    except Changed:
        pass
"""


def test_processes_that_race_for_a_folder_lose_no_write(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _COUNTING, str(tmp_path), "40"]
    racers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [racer.wait(timeout=120) for racer in racers] == [0, 0, 0]
    held = open_store(str(tmp_path)).get("a/count")
    assert held is not None
    assert int(held.data) == 120


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _COUNTING, str(tmp_path), "1000000"]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    for racer in racers:
        assert racer.stdout
        racer.stdout.readline()
        racer.kill()
        racer.wait()
        racer.stdout.close()
    place = open_store(str(tmp_path))
    held = place.get("a/count")
    assert held is not None
    place.replace("a/count", b"0", held.version)


@pytest.mark.parametrize("url", ["ftp://host/news", "file://host/news", "s4://bucket", " "])
def test_addresses_of_no_store_are_told_what_would_do(url: str) -> None:
    with pytest.raises(StoreUnusable, match="file://"):
        open_store(url)


def test_a_store_without_conditions_is_refused() -> None:
    with (
        answering(200) as endpoint,
        environment(s3_environment(endpoint)),
        pytest.raises(StoreUnusable, match="ignores conditions"),
    ):
        check_store(open_store("s3://bucket/news"))


def test_wrong_credentials_are_named() -> None:
    body = b"<Error><Code>SignatureDoesNotMatch</Code></Error>"
    with (
        answering(403, {"Content-Type": "application/xml"}, body) as endpoint,
        environment(s3_environment(endpoint)),
        pytest.raises(StoreUnusable, match="check the credentials in the environment") as told,
    ):
        check_store(open_store("s3://bucket/news"))
    assert "\n" not in str(told.value)


def test_a_missing_bucket_is_named(s3: None) -> None:
    with pytest.raises(StoreUnusable, match="no such bucket"):
        check_store(open_store("s3://nobucket/news"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match="Not a directory"):
        check_store(open_store(str(tmp_path / "file" / "store")))


def test_a_store_that_does_not_answer_may_answer_later() -> None:
    with answering(200) as endpoint:
        pass
    with environment(s3_environment(endpoint)), pytest.raises(StoreFailed) as told:
        open_store("s3://bucket/news").get("a")
    assert not told.value.lasting
