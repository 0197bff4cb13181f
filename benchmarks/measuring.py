"""Runs a command and says what it cost: time, processor time and memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import psutil

_EVERY = 0.5


@dataclass(slots=True)
class Cost:
    """What a command cost.

    Attributes:
        seconds: from start to end, the start of the interpreter included.
        own_cpu_seconds: processor time of the command's own process.
        other_cpu_seconds: processor time of the processes that it started and waited for.
        peak_bytes: most memory that all of them held at one time: proportional set size, shared pages counted once.
        samples: how it went.
        status: exit status.
    """

    seconds: float
    own_cpu_seconds: float
    other_cpu_seconds: float
    peak_bytes: int
    samples: list[Sample] = field(default_factory=list)
    status: int = 0

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all processes."""
        return self.own_cpu_seconds + self.other_cpu_seconds


class Sample(NamedTuple):
    """How far a command was: seconds since its start, lines that it had written, bytes of memory that it held."""

    seconds: float
    lines: int
    memory: int


class Lines:
    """Counts the lines of the ``*.jsonl`` files in a folder and below, reading only what is new since last time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, int] = {}
        self._count = 0

    def count(self) -> int:
        """Return how many there are now."""
        for path in self._folder.rglob("*.jsonl"):
            with path.open("rb") as file:
                file.seek(self._read.get(path, 0))
                while chunk := file.read(1 << 20):
                    self._count += chunk.count(b"\n")
                self._read[path] = file.tell()
        return self._count


def measure(command: Sequence[str], *, cwd: Path, output: Path, log: Path, timeout: float) -> Cost:
    """Run a command to its end.

    Args:
        command: program and arguments.
        cwd: where to run it.
        output: folder in which it writes ``*.jsonl`` files.
        log: file for what it prints.
        timeout: seconds after which it is killed.
    """
    samples: list[Sample] = []
    lines = Lines(output)
    done = threading.Event()
    started = time.perf_counter()
    with log.open("wb") as printed:
        process = subprocess.Popen(command, cwd=cwd, stdout=printed, stderr=printed, stdin=subprocess.DEVNULL)

    def sample() -> None:
        while not done.wait(_EVERY):
            seconds = time.perf_counter() - started
            samples.append(Sample(round(seconds, 1), lines.count(), _memory_of_tree(process.pid)))
            if seconds > timeout:
                process.kill()

    sampler = threading.Thread(target=sample)
    sampler.start()
    # Looked at when it has ended and is still there: its times then count the processes that it has waited for, too, as
    # no look from outside at its children could.
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    seconds = time.perf_counter() - started
    own, others = cpu_seconds(process.pid)
    _, status = os.waitpid(process.pid, 0)
    done.set()
    sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = max((sample.memory for sample in samples), default=0)
    return Cost(seconds, own, others, peak, samples, process.returncode)


def cpu_seconds(pid: int) -> tuple[float, float]:
    """Return the processor time of a process and, apart, of the processes that it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system, waited_user, waited_system = (int(field) / os.sysconf("SC_CLK_TCK") for field in fields[11:15])
    return user + system, waited_user + waited_system


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
