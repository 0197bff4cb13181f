"""The parts of a fleet by themselves: its ledger, its names, its disks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twisted.internet.address import IPv4Address

from newsscraper.fleet import names
from newsscraper.fleet.disk import network_file_system
from newsscraper.fleet.ledger import FILE, Ledger
from newsscraper.fleet.past import Past
from newsscraper.fleet.rhythm import learn


def test_the_ledger_keeps_what_it_is_given(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    past = Past("a.example", due=5.0, articles={"new": 2}, rhythm=learn([100.0, 200.0, 300.0], 400.0), runs=1)
    ledger.runs("a.example", 1.0)
    assert ledger.running() == {"a.example": 1.0}
    ledger.keep(past)
    ledger.close()
    again = Ledger(tmp_path)
    assert again.pasts(["a.example", "b.example"]) == {"a.example": past, "b.example": Past("b.example")}
    assert again.running() == {}
    again.close()


def test_a_damaged_ledger_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    ledger = Ledger(tmp_path)
    assert ledger.pasts(["a.example"]) == {"a.example": Past("a.example")}
    ledger.close()
    assert (tmp_path / f"{FILE}.damaged").exists()


class _Asked:
    """A resolver of its own, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> None:
        self.asked += 1
        receiver.resolutionBegan(None)
        if name != "nowhere.example":
            receiver.addressResolved(IPv4Address("TCP", "192.0.2.1", port))
        receiver.resolutionComplete()


class _Answers:
    def __init__(self) -> None:
        self.found: list[str] = []
        self.complete = 0

    def resolutionBegan(self, resolution: Any) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.found.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete += 1


def resolve(cache: names.CachingNames, name: str) -> list[str]:
    answers = _Answers()
    cache.resolveHostName(answers, name, 80)
    assert answers.complete == 1
    return answers.found


def test_names_are_asked_for_once_and_again_when_the_answer_is_old(monkeypatch: Any) -> None:
    asked = _Asked()
    cache = names.CachingNames(asked)
    assert resolve(cache, "a.example") == resolve(cache, "a.example") == ["192.0.2.1"]
    assert asked.asked == 1
    monkeypatch.setattr(names, "KEPT_FOR", -1.0)
    resolve(cache, "b.example")
    resolve(cache, "b.example")
    assert asked.asked == 3


def test_names_without_an_address_are_asked_for_again() -> None:
    asked = _Asked()
    cache = names.CachingNames(asked)
    assert resolve(cache, "nowhere.example") == resolve(cache, "nowhere.example") == []
    assert asked.asked == 2


def test_written_addresses_are_not_asked_for() -> None:
    asked = _Asked()
    cache = names.CachingNames(asked)
    assert resolve(cache, "192.0.2.7") == ["192.0.2.7"]
    assert resolve(cache, "2001:db8::1") == ["2001:db8::1"]
    assert asked.asked == 0


def test_network_file_systems_are_known_by_what_is_mounted(tmp_path: Path) -> None:
    shared = tmp_path / "a shared folder"
    mounts = tmp_path / "mounts"
    place = str(shared).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/export {place} nfs4 rw 0 0\ntmpfs /tmp/x tmpfs rw 0 0\n")
    assert network_file_system(shared / "output", mounts) == "nfs4"
    assert network_file_system(tmp_path / "output", mounts) == ""
    assert network_file_system(tmp_path) == ""
