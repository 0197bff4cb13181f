"""How workers are started: forked from a warm process on Linux, as fresh processes elsewhere."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from newsscraper.extraction.page import Page
from newsscraper.workers import WorkerPool, starting

T = TypeVar("T")
pytestmark = pytest.mark.skipif(not starting._can_fork(), reason="the system lacks what forking takes")
HERE = Path(__file__).parent
CRAWL = """
import asyncio
from newsscraper.extraction.page import Page
from newsscraper.workers import WorkerPool

async def main():
    pool = WorkerPool(2, time_limit=300, memory_limit=512, reader="obedient_reader:read")
    await asyncio.gather(pool.read(Page("wait 0.1")), pool.read(Page("wait 0.1")))
    print(*pool.pids, flush=True)
    await pool.read(Page("loop"))

asyncio.run(main())
"""


def run(use: Callable[[WorkerPool], Awaitable[T]], reader: str, *, size: int = 2) -> T:
    async def main() -> T:
        pool = WorkerPool(size, time_limit=30, memory_limit=512, reader=reader)
        try:
            async with asyncio.timeout(60):
                return await use(pool)
        finally:
            await pool.close()

    return asyncio.run(main())


async def title(pool: WorkerPool, order: str) -> str | None:
    reading = await pool.read(Page(order))
    return reading.article.title if reading.article else None


def parent_of(pool: WorkerPool) -> psutil.Process:
    parents = {psutil.Process(pid).ppid() for pid in pool.pids}
    return psutil.Process(parents.pop())


def connections(pid: int) -> int:
    """Return how many sockets, and descriptors of processes and the like, a process holds."""
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return sum(link.startswith(("socket:", "anon_inode:")) for link in links)


def test_workers_are_forked_from_one_process_that_ends_with_the_pool(reader: str) -> None:
    async def use(pool: WorkerPool) -> psutil.Process:
        await asyncio.gather(*(title(pool, "wait 0.1") for _ in range(2)))
        assert {psutil.Process(pid).ppid() for pid in pool.pids} == {parent_of(pool).pid}
        assert parent_of(pool).ppid() == os.getpid()
        return parent_of(pool)

    assert not run(use, reader).is_running()


def test_no_process_before_there_is_a_page(reader: str) -> None:
    async def use(pool: WorkerPool) -> set[psutil.Process]:
        return set(psutil.Process().children())

    before = set(psutil.Process().children())  # what other tests have started may still be there
    assert run(use, reader) <= before


def test_the_warm_process_killed_loses_and_repeats_nothing(reader: str) -> None:
    async def use(pool: WorkerPool) -> tuple[list[str | None], list[psutil.Process]]:
        await asyncio.gather(*(title(pool, "wait 0.1") for _ in range(2)))
        warm = parent_of(pool)
        family = [warm, *warm.children()]
        pages = [asyncio.create_task(title(pool, f"wait 0.0{number}")) for number in range(9)]
        await asyncio.sleep(0)
        os.kill(warm.pid, signal.SIGKILL)
        return await asyncio.gather(*pages), family

    done, family = run(use, reader)
    assert done == [f"0.0{number}" for number in range(9)]
    assert len(family) == 3
    _, alive = psutil.wait_procs(family, timeout=60)
    assert not alive


def test_the_warm_process_killed_while_no_page_is_read_costs_nothing(reader: str) -> None:
    async def use(pool: WorkerPool) -> str | None:
        await title(pool, "say one")
        warm = parent_of(pool)
        warm.kill()
        os.waitid(os.P_PID, warm.pid, os.WEXITED | os.WNOWAIT)  # noqa: ASYNC222 - the pool must not see it yet
        return await title(pool, "say two")

    assert run(use, reader, size=1) == "two"


@pytest.mark.parametrize("stopped", [False, True])
def test_the_crawl_killed_leaves_nothing_behind(stopped: bool) -> None:
    command = [sys.executable, "-c", CRAWL]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONPATH": str(HERE)}) as crawl:
        assert crawl.stdout
        workers = [psutil.Process(int(pid)) for pid in crawl.stdout.readline().split()]
        family = [*workers, *psutil.Process(crawl.pid).children()]
        assert len(family) == 3
        if stopped:  # the kernel ends them: nothing in them need be able to act
            for process in family:
                process.suspend()
        crawl.kill()
        _, alive = psutil.wait_procs(family, timeout=60)
    assert not alive


def test_limits_hold_in_each_fork(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[tuple[int, int]]:
        await asyncio.gather(*(title(pool, "wait 0.1") for _ in range(2)))
        # psutil has it on Linux, where this test runs.
        return [psutil.Process(pid).rlimit(psutil.RLIMIT_DATA) for pid in [*pool.pids, parent_of(pool).pid]]

    one, other, warm = run(use, reader)
    assert one == other == (512 * 1024 * 1024,) * 2
    assert warm != one


def test_a_fork_holds_no_more_than_its_own_connection(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[int]:
        await asyncio.gather(*(title(pool, "wait 0.1") for _ in range(2)))
        return [connections(pid) for pid in pool.pids]

    assert run(use, reader) == [1, 1]


def test_a_reader_that_starts_a_thread_is_not_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "import threading\nfrom obedient_reader import read\nthreading.Thread(target=threading.Event().wait).start()\n"
    )
    (tmp_path / "threaded_reader.py").write_text(source.replace(".wait)", ".wait, daemon=True)"))
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.syspath_prepend(str(tmp_path))

    async def use(pool: WorkerPool) -> tuple[str | None, list[str]]:
        return await title(pool, "say one"), psutil.Process(pool.pids[0]).cmdline()

    said, command = run(use, "threaded_reader:read")
    assert said == "one"
    assert "newsscraper.workers.child" in command


def test_where_nothing_can_be_forked_workers_are_started_afresh(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_can_fork", lambda: False)

    async def use(pool: WorkerPool) -> tuple[list[str | None], set[int]]:
        done = await asyncio.gather(*(title(pool, f"wait 0.0{number}") for number in range(6)))
        killed = pool.pids[0]
        os.kill(killed, signal.SIGKILL)
        done.append(await title(pool, "say on"))
        # The pool may not have met with the killed one yet: it reads what another is free to read.
        return done, {psutil.Process(pid).ppid() for pid in pool.pids if pid != killed}

    done, parents = run(use, reader)
    assert done == [*(f"0.0{number}" for number in range(6)), "on"]
    assert parents == {os.getpid()}
