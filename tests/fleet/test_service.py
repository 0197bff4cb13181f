"""A fleet as a service: signals, kills, turns, a second one, a reactor that hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper.demo.many import Many, serve

from .conftest import SITES
from .running import Running, fleet, lines, rounds, site_name, urls, write_table
from .test_once import expected, table_of


def has_lines(output: Path, count: int) -> bool:
    return sum(len(path.read_bytes().splitlines()) for path in output.glob("*/*.jsonl")) >= count


def all_run(table: Path, output: Path) -> bool:
    states = json.loads(fleet("status", table, "--json", output=output).stdout)
    return all(site["runs"] for site in states)


def states(table: Path, output: Path) -> list[str]:
    return [site["state"] for site in json.loads(fleet("status", table, "--json", output=output).stdout)]


def test_sigterm_ends_it_with_a_summary_and_the_next_goes_on(many: Many, tmp_path: Path) -> None:
    table, output = table_of(many, tmp_path / "sites.toml"), tmp_path / "output"
    many.delay = 0.05
    with Running(table, output=output, log=tmp_path / "log") as service:
        service.until(lambda: has_lines(output, 5))
        service.process.send_signal(signal.SIGTERM)
        assert service.wait() == 2, service.log.read_text()
    assert "told to stop" in service.log.read_text()
    assert len(rounds(output)) == 1
    many.delay = 0.0
    again = fleet(table, "--once", output=output)
    assert again.returncode == 0, again.stderr
    found = urls(output)
    assert set(found) == expected(many)
    assert max(found.values()) == 1


def test_kill_9_at_any_moment_loses_and_doubles_nothing(many: Many, tmp_path: Path) -> None:
    table, output = table_of(many, tmp_path / "sites.toml"), tmp_path / "output"
    many.delay = 0.02
    for kill_at in (1, 9, 17, 25):
        with Running(table, output=output, log=tmp_path / "log") as service:
            service.until(lambda enough=kill_at: has_lines(output, enough))
            os.kill(service.process.pid, signal.SIGKILL)
    many.delay = 0.0
    last = fleet(table, "--once", output=output)
    assert last.returncode == 0, last.stderr
    found = urls(output)
    assert set(found) == expected(many)
    assert max(found.values()) == 1
    articles = {(number, "/" + url.split("/", 3)[3]) for number in range(SITES) for url in many.expected(number)}
    again = sum(many.requests[page] - 1 for page in articles if many.requests[page] > 1)
    # What was under way at each kill: so many pages a site, however many it has.
    assert again <= 4 * SITES * 6


def test_sighup_reads_the_table_again(many: Many, tmp_path: Path) -> None:
    table, output = write_table(tmp_path / "sites.toml", [many.url(0)]), tmp_path / "output"
    with Running(table, output=output, log=tmp_path / "log", LOG_LEVEL="INFO") as service:
        service.until(lambda: many.expected(0) <= set(urls(output)))
        table.write_text("[broken\n")
        service.process.send_signal(signal.SIGHUP)
        service.until(lambda: "was not read again" in service.log.read_text())
        write_table(table, [many.url(0), many.url(1)])
        service.process.send_signal(signal.SIGHUP)
        service.until(lambda: many.expected(1) <= set(urls(output)))
        service.until(lambda: all_run(table, output))
        service.process.send_signal(signal.SIGTERM)
        assert service.wait() == 0, service.log.read_text()
    assert max(urls(output).values()) == 1


def test_a_huge_site_takes_turns_with_the_others(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with serve(Many(6, more={0: 70}), 4) as many:
        many.delay = 0.03
        table = write_table(tmp_path / "sites.toml", [many.url(number) for number in range(4)])
        done = fleet(table, "--once", output=output, FLEET_SITES_AT_ONCE=1, FLEET_TURN=0.5)
        assert done.returncode == 0, done.stderr
        name = site_name(many, 0)
        wanted = set().union(*(many.expected(number) for number in range(4)))
        again = sum(many.requests[0, "/" + url.split("/", 3)[3]] > 1 for url in many.expected(0))
    found = urls(output)
    assert set(found) == wanted
    assert max(found.values()) == 1
    (told,) = rounds(output)
    runs = {line["site"]: line["runs"] for line in told["runs"]}
    assert runs[name] >= 2, "its run was cut"
    assert again <= 6 * runs[name], "it went on where it was"
    small = [record["fetched_at"] for record in lines(output) if record["site"] != name]
    huge = [record["fetched_at"] for record in lines(output) if record["site"] == name]
    assert max(huge) >= max(small), "nobody waited for the huge one's end"


def test_a_second_fleet_of_one_table_is_told_of_the_first(many: Many, tmp_path: Path) -> None:
    table, output = table_of(many, tmp_path / "sites.toml"), tmp_path / "output"
    many.delay = 0.2
    with Running(table, output=output, log=tmp_path / "log") as service:
        service.until(lambda: has_lines(output, 1))
        many.hold()
        second = fleet(table, "--once", output=output)
        assert second.returncode == 4
        assert f"process {service.process.pid} since" in second.stderr
        assert second.stderr.count("\n") == 1
        assert "running" in states(table, output)
        service.process.kill()
        service.wait()
    assert "running" not in states(table, output), "what was running was killed with it"


def test_crawls_that_do_not_end_are_cut_off_after_the_grace(many: Many, tmp_path: Path) -> None:
    table, output = write_table(tmp_path / "sites.toml", [many.url(0)]), tmp_path / "output"
    with Running(table, "--grace", "0.2", output=output, log=tmp_path / "log") as service:
        service.until(lambda: many.requests.total() > 5)
        many.hold()
        before = many.requests.total()
        service.until(lambda: many.requests.total() > before)
        service.process.send_signal(signal.SIGTERM)
        assert service.wait() == 2
    assert "did not end within 0.2 s" in service.log.read_text()
    many.release()
    assert fleet(table, "--once", output=output).returncode == 0
    assert set(urls(output)) == many.expected(0)


@pytest.mark.parametrize("hangs", [True, False])
def test_a_reactor_that_hangs_is_ended_with_a_message(tmp_path: Path, hangs: bool) -> None:
    code = (
        "import asyncio, time\n"
        "from newsscraper.fleet.watchdog import Watchdog\n"
        "async def main():\n"
        "    dog = Watchdog(0.4)\n"
        "    dog.start()\n"
        f"    {'time.sleep(60)' if hangs else 'await asyncio.sleep(1.5)'}\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == (1 if hangs else 0)
    assert ("nothing has moved for 0.4 s" in done.stderr) is hangs
    assert ("in main" in done.stderr) is hangs
