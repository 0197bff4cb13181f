from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import TypeVar

import psutil
import pytest

from newsscraper.dates.claim import Claim
from newsscraper.extraction.page import ExtractionError, Page, Reading, SiteHints
from newsscraper.workers import PageSetAside, WorkerPool, WorkersBroken
from newsscraper.workers.wire import pack_page, unpack_hints, unpack_page

T = TypeVar("T")


def run(
    use: Callable[[WorkerPool], Awaitable[T]],
    reader: str,
    *,
    size: int = 2,
    time_limit: float = 30.0,
    memory_limit: int = 512,
) -> T:
    async def main() -> T:
        pool = WorkerPool(size, time_limit=time_limit, memory_limit=memory_limit, reader=reader)
        try:
            async with asyncio.timeout(60):
                return await use(pool)
        finally:
            await pool.close()

    return asyncio.run(main())


async def outcome(pool: WorkerPool, order: str | bytes) -> str:
    """Return the title read, or what went wrong."""
    try:
        reading = await pool.read(Page(order, url="https://example.com/"))
    except PageSetAside as why:
        return why.reason
    except ExtractionError as error:
        return str(error)
    return reading.article.title if reading.article and reading.article.title else ""


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("say Bonjour", "Bonjour"),
        (b"say Bonjour", "Bonjour"),
        ("refuse", "holds nothing"),
        ("stumble", "error"),
        ("surrogate", "error"),
        ("invalid", "error"),
        ("say \ud800", "the page's text or address is not valid Unicode: surrogates not allowed"),
        ("loop", "time-limit"),
        ("eat", "memory-limit"),
        ("die", "worker-died"),
        ("exit", "worker-died"),
        ("killed", "worker-died"),
    ],
)
def test_no_page_stops_the_pages_around_it(reader: str, order: str, expected: str) -> None:
    async def use(pool: WorkerPool) -> list[str]:
        orders = ["say one", order, "say two", "say three"]
        return list(await asyncio.gather(*(outcome(pool, each) for each in orders)))

    assert run(use, reader, time_limit=2.0, memory_limit=128) == ["one", expected, "two", "three"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("say Bonjour", "Bonjour"), ("refuse", "holds nothing"), ("stumble", "error"), ("invalid", "")],
)
def test_in_process(reader: str, order: str, expected: str) -> None:
    async def use(pool: WorkerPool) -> tuple[str, int]:
        return await outcome(pool, order), len(pool.pids)

    assert run(use, reader, size=0) == (expected, 0)


def test_an_error_is_told_with_its_place(reader: str) -> None:
    async def use(pool: WorkerPool) -> None:
        await pool.read(Page("stumble"))

    with pytest.raises(
        PageSetAside, match=r"error: TypeError: not that kind of page \(obedient_reader.py:\d+ in read\)"
    ):
        run(use, reader)


def test_a_page_crosses_whole() -> None:
    page = Page(
        html=b"\x00\xff<p>",
        url="https://example.com/é",
        fetched_at=datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=1))),
        headers={"content-type": "text/html"},
        claims=(Claim("published", "2 jours ago", "relative", read_at=datetime(2026, 1, 1, tzinfo=UTC)),),
        hints=SiteHints(languages=("fr",), timezone="Europe/Paris", repeated=frozenset({2**64 - 1, 7})),
    )
    head, hints, body = pack_page(page)
    crossed = unpack_page(head, unpack_hints(hints), body)
    assert crossed == page
    assert crossed.fetched_at is not None
    assert crossed.fetched_at.utcoffset() == timedelta(hours=1)


def test_the_same_reading_in_process_and_beside(sample_page: Page) -> None:
    async def use(pool: WorkerPool) -> Reading:
        return await pool.read(sample_page)

    default = "newsscraper.extraction:read_page"
    assert run(use, default, size=1) == run(use, default, size=0)


def test_workers_start_when_there_is_work_and_end_with_the_pool(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[list[int]]:
        seen = [pool.pids]
        await outcome(pool, "say one")
        seen.append(pool.pids)
        await asyncio.gather(*(outcome(pool, f"wait 0.{n}") for n in range(4)))
        seen.append(pool.pids)
        return seen

    none, one, two = run(use, reader)
    assert (none, len(one), len(two)) == ([], 1, 2)
    assert not any(psutil.pid_exists(pid) for pid in two)


def test_workers_are_warmed_up_no_more_than_there_may_be(reader: str) -> None:
    async def use(pool: WorkerPool) -> tuple[int, list[str], int]:
        pool.warm_up(5)
        warmed = pool.started
        done = await asyncio.gather(*(outcome(pool, f"say {n}") for n in range(6)))
        return warmed, list(done), pool.started

    assert run(use, reader) == (2, list("012345"), 2)


def test_a_page_that_takes_long_keeps_none_waiting_behind_it(reader: str) -> None:
    async def use(pool: WorkerPool) -> tuple[list[str], bool]:
        await asyncio.gather(*(outcome(pool, "wait 0.1") for _ in range(2)))
        long = asyncio.create_task(outcome(pool, "wait 20"))
        await asyncio.sleep(0)
        others = await asyncio.gather(*(outcome(pool, f"say {n}") for n in range(30)))
        return list(others), long.done()

    assert run(use, reader) == ([str(n) for n in range(30)], False)


def test_pages_that_waited_in_a_worker_that_is_ended_are_read_elsewhere(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[str]:
        return list(await asyncio.gather(*(outcome(pool, each) for each in ["loop", "say one", "say two"])))

    assert run(use, reader, size=1, time_limit=1.0) == ["time-limit", "one", "two"]


@pytest.mark.usefixtures("reader")
def test_a_worker_knows_the_latest_hints_and_no_others() -> None:
    zones = ["Europe/Paris", "Europe/Paris", "Asia/Tokyo", "Europe/Paris"]

    async def use(pool: WorkerPool) -> list[str]:
        return [(await pool.read(Page("", hints=SiteHints(timezone=zone)))).reason for zone in zones]

    assert run(use, "obedient_reader:zone", size=1) == zones


def test_a_worker_that_has_grown_is_replaced_and_its_page_kept(reader: str) -> None:
    async def use(pool: WorkerPool) -> tuple[list[str], int, int]:
        done = [await outcome(pool, "grow 150000000") for _ in range(3)]
        return done, pool.retired, pool.lost

    assert run(use, reader, size=1, memory_limit=256) == (["150000000"] * 3, 3, 0)


def test_ten_workers_killed_lose_and_repeat_nothing(reader: str) -> None:
    pages = [f"wait 0.0{n % 4}{n:04}" for n in range(150)]

    async def use(pool: WorkerPool) -> tuple[list[str], int]:
        done = 0
        killed: set[int] = set()

        async def one(page: str) -> str:
            nonlocal done
            title = await outcome(pool, page)
            done += 1
            alive = set(pool.pids) - killed
            if alive and len(killed) < 10 and done > 12 * len(killed):
                os.kill(min(alive), signal.SIGKILL)
                killed.add(min(alive))
            return title

        return list(await asyncio.gather(*(one(page) for page in pages))), pool.lost

    done, lost = run(use, reader)
    assert done == [page.removeprefix("wait ") for page in pages]
    assert lost == 10


def test_an_idle_worker_that_dies_costs_nothing(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[str]:
        done = [await outcome(pool, "say one")]
        os.kill(pool.pids[0], signal.SIGKILL)
        return [*done, await outcome(pool, "say two")]

    assert run(use, reader, size=1) == ["one", "two"]


def test_reading_is_held_back_by_busy_workers(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[int]:
        seen = []

        async def one(number: int) -> None:
            await outcome(pool, f"wait 0.0{number % 3}")
            seen.append(len(pool.pids))

        await asyncio.gather(*(one(number) for number in range(30)))
        return seen

    assert max(run(use, reader)) == 2


def test_a_pool_is_busy_while_more_pages_wait_than_it_has_processes(reader: str) -> None:
    async def use(pool: WorkerPool) -> list[bool]:
        asked = [asyncio.create_task(outcome(pool, "wait 0.01")) for _ in range(30)]
        await asyncio.sleep(0)
        states = [pool.busy]
        await asyncio.gather(*asked)
        return [*states, pool.busy]

    assert run(use, reader) == [True, False]


def test_a_cancelled_page_leaves_no_answer_behind_for_the_next(reader: str) -> None:
    async def use(pool: WorkerPool) -> str:
        await outcome(pool, "say one")
        reading = asyncio.create_task(outcome(pool, "wait 2"))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        return await outcome(pool, "say two")

    assert run(use, reader, size=1) == "two"


def test_workers_that_do_not_start_are_said_to(reader: str) -> None:
    async def use(pool: WorkerPool) -> None:
        await pool.read(Page("say one"))

    with pytest.raises(WorkersBroken, match="ModuleNotFoundError: No module named 'no_such_module'"):
        run(use, "no_such_module:read")


def test_a_system_that_starts_no_process_is_said_to(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def use(pool: WorkerPool) -> None:
        pool.warm_up(2)
        with pytest.raises(WorkersBroken, match="No such file or directory"):
            await pool.read(Page("say one"))
        assert pool.started == 0

    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    run(use, reader)


def test_a_limit_below_what_a_worker_needs_is_said_at_once(reader: str) -> None:
    async def use(pool: WorkerPool) -> None:
        await pool.read(Page("say one"))

    with pytest.raises(WorkersBroken, match=r"needs \d+ MiB before it reads a page, and may have 8 MiB"):
        run(use, reader, memory_limit=8)


def test_what_a_page_prints_and_logs_stays_in_the_worker(reader: str, capfd: pytest.CaptureFixture[str]) -> None:
    async def use(pool: WorkerPool) -> str:
        return await outcome(pool, "chatter aloud")

    assert run(use, reader) == "aloud"
    assert capfd.readouterr() == ("", "")
