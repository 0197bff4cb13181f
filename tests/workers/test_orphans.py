from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

CRAWL = """
import asyncio, signal, sys
from newsscraper.extraction.page import Page
from newsscraper.workers import WorkerPool

async def main():
    pool = WorkerPool(2, time_limit=300, memory_limit=512, reader="obedient_reader:read")
    await asyncio.gather(pool.read(Page("wait 0.1")), pool.read(Page("wait 0.1")))
    busy = asyncio.create_task(pool.read(Page({order!r})))
    await asyncio.sleep(0)
    print(*pool.pids, flush=True)
    await busy

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests were started in the background
asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("order", "number"),
    [("loop", signal.SIGKILL), ("wait 60", signal.SIGKILL), ("loop", signal.SIGTERM), ("wait 60", signal.SIGINT)],
)
def test_workers_do_not_outlive_the_crawl(order: str, number: signal.Signals) -> None:
    crawl = subprocess.Popen(
        [sys.executable, "-c", CRAWL.format(order=order)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).parent)},
    )
    assert crawl.stdout
    with crawl:
        workers = [psutil.Process(int(pid)) for pid in crawl.stdout.readline().split()]
        assert len(workers) == 2
        crawl.send_signal(number)
        crawl.wait(30)
        _, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_meant_for_the_crawl_leave_workers_alone(number: signal.Signals) -> None:
    crawl = subprocess.Popen(
        [sys.executable, "-c", CRAWL.format(order="wait 0.5")],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parent)},
    )
    assert crawl.stdout
    with crawl:
        for pid in crawl.stdout.readline().split():
            psutil.Process(int(pid)).send_signal(number)
    assert crawl.returncode == 0
