"""Runs a command and says what it cost: time, processor time and memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_EVERY = 0.5


@dataclass(slots=True)
class Cost:
    """What a command cost.

    Attributes:
        seconds: from start to end, the start of the interpreter included.
        cpu_seconds: processor time of all its processes.
        peak_bytes: most memory that all of them held at one time: proportional set size, shared pages counted once.
        memory: that memory over time, as pairs of seconds and bytes.
        status: exit status.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    memory: list[tuple[float, int]] = field(default_factory=list)
    status: int = 0


def measure(command: Sequence[str], *, cwd: Path, log: Path, timeout: float) -> Cost:
    """Run a command to its end.

    Args:
        command: program and arguments.
        cwd: where to run it.
        log: file for what it prints.
        timeout: seconds after which it is killed.
    """
    memory: list[tuple[float, int]] = []
    done = threading.Event()
    started = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=output, stdin=subprocess.DEVNULL)

    def sample() -> None:
        while not done.wait(_EVERY):
            memory.append((round(time.perf_counter() - started, 1), _memory_of_tree(process.pid)))
            if memory[-1][0] > timeout:
                process.kill()

    sampler = threading.Thread(target=sample)
    sampler.start()
    # Counts the processes that it has waited for too, as no look from outside at its children could.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    done.set()
    sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = max((size for _, size in memory), default=0)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak, memory, process.returncode)


def _memory_of_tree(pid: int) -> int:
    try:
        tree = [psutil.Process(pid)]
        tree += tree[0].children(recursive=True)
    except psutil.Error:
        return 0
    return sum(_proportional_set_size(process.pid) for process in tree)


def _proportional_set_size(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)
