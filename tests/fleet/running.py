"""Runs ``scrapy fleet`` as a user does, against newsrooms on loopback, and reads what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsscraper.crawlstate.naming import folder_name
from newsscraper.demo.many import Many
from newsscraper.urls import site_of

ROOT = Path(__file__).parents[2]
QUICK = {
    "AUTOTHROTTLE_ENABLED": "False",
    "DOWNLOAD_DELAY": "0",
    "EXTRACTION_WORKERS": "0",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "4",
    "RETRY_TIMES": "0",
}
PATIENCE = 300.0
"""Seconds after which a test says that what it waits for does not come; nothing is judged by how long it takes."""


def command(*arguments: object, output: Path, **settings: object) -> list[str]:
    """Return the command line of ``scrapy fleet``."""
    options = {**QUICK, "OUTPUT_DIR": output, **settings}
    words = [str(argument) for argument in arguments]
    return [
        *(sys.executable, "-m", "scrapy", "fleet", *words),
        *(part for name, value in options.items() for part in ("-s", f"{name}={value}")),
    ]


def environment(*folders: Path) -> dict[str, str]:
    """Return the variables that a fleet is started with; ``folders`` hold packages that it finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, *folders)))}


def fleet(
    *arguments: object, output: Path, folders: Sequence[Path] = (), **settings: object
) -> subprocess.CompletedProcess[str]:
    """Run a fleet to its end."""
    return subprocess.run(
        command(*arguments, output=output, **settings),
        cwd=ROOT,
        env=environment(*folders),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class Running:
    """A fleet that runs; killed at the end of the ``with`` block, where it has not ended by then."""

    def __init__(self, *arguments: object, output: Path, log: Path, **settings: object) -> None:
        self.log = log
        self._stream = log.open("ab")
        self.process = subprocess.Popen(
            command(*arguments, output=output, **settings),
            cwd=ROOT,
            env=environment(),
            stdout=self._stream,
            stderr=self._stream,
        )

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def wait(self) -> int:
        """Wait for its end; return the exit code."""
        return self.process.wait(PATIENCE)

    def until(self, what: Callable[[], bool]) -> None:
        """Wait until something is so."""
        until(what, alive=lambda: self.process.poll() is None, log=self.log)


def until(what: Callable[[], bool], *, alive: Callable[[], bool] = lambda: True, log: Path | None = None) -> None:
    """Wait until something is so; fail where it does not become so."""
    end = time.monotonic() + PATIENCE
    while not what():
        said = log.read_text()[-3000:] if log else ""
        assert alive() or what(), said
        assert time.monotonic() < end, said
        time.sleep(0.02)


def lines(output: Path) -> list[dict[str, Any]]:
    """Return all records under an output folder."""
    return [
        json.loads(line)
        for path in sorted(output.glob("*/*.jsonl"))
        for line in path.read_text("utf-8").splitlines(keepends=True)
        if line.endswith("\n")
    ]


def urls(output: Path) -> Counter[str]:
    """Return how often each address was delivered."""
    return Counter(record["url"] for record in lines(output))


def site_name(many: Many, number: int) -> str:
    """Return under which name a newsroom is known."""
    name = site_of(many.url(number))
    assert name
    return name


def site_folder(many: Many, number: int) -> str:
    """Return the name of a newsroom's folder."""
    return folder_name(site_name(many, number))


def rounds(output: Path) -> list[dict[str, Any]]:
    """Return the summaries of all rounds, oldest first."""
    files = sorted((output / "fleet").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(path.read_text("utf-8")) for path in files]


def write_table(path: Path, sites: Sequence[str], **keys: str) -> Path:
    """Write a table of sites with the same keys; return where."""
    told = "".join(f"{name} = {json.dumps(value)}\n" for name, value in keys.items())
    tables = "".join(f'["site{number}"]\nurl = "{url}"\n{told}\n' for number, url in enumerate(sites))
    path.write_text(tables)
    return path
