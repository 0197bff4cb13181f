from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper.crawlstate import StateLocked, open_state

from .builders import SITE

HOLDER = """
import sys
from pathlib import Path
from newsscraper.crawlstate import open_state
state = open_state(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder), SITE]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "open\n"
    return process


def test_the_second_run_is_told_who_holds_the_site_and_a_dead_one_holds_nothing(tmp_path: Path):
    with hold(tmp_path) as holder:
        try:
            with pytest.raises(StateLocked, match=rf"process {holder.pid} holds its state since 20\d\d-") as caught:
                open_state(tmp_path, SITE)
            assert (caught.value.site, caught.value.pid) == (SITE, holder.pid)
            open_state(tmp_path, "other.example").close()
        finally:
            os.kill(holder.pid, signal.SIGKILL)
            holder.wait()
    open_state(tmp_path, SITE).close()


def test_two_parts_of_one_process_do_not_share_a_site(tmp_path: Path):
    state = open_state(tmp_path, SITE)
    with pytest.raises(StateLocked, match=f"process {os.getpid()}"):
        open_state(tmp_path, SITE)
    state.close()
    open_state(tmp_path, SITE).close()


def test_a_forked_worker_that_outlives_the_crawl_does_not_hold_the_site(tmp_path: Path):
    code = HOLDER.replace(
        'print("open"', 'import os; pid = os.fork()\nif pid == 0: sys.stdin.read(); os._exit(0)\nprint("open"'
    )
    command = [sys.executable, "-c", code, str(tmp_path), SITE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crawl:
        assert crawl.stdout.readline() == "open\n"
        os.kill(crawl.pid, signal.SIGKILL)
        crawl.wait()
        open_state(tmp_path, SITE).close()  # the worker is still there: it reads from our end of the pipe
    assert multiprocessing.active_children() == []
