"""Runs ``scrapy crawl`` as a user does, and reads what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_QUICK = {
    "AUTOTHROTTLE_ENABLED": "False",
    "DOWNLOAD_DELAY": "0",
    "EXTRACTION_WORKERS": "0",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "4",
    "RETRY_TIMES": "0",
    "LOG_LEVEL": "INFO",
}


@dataclass(slots=True)
class Crawled:
    """One finished crawl.

    Attributes:
        code: exit code.
        log: standard error.
        records: all lines delivered so far, by all crawls into this folder.
        summary: what the run wrote down of itself.
    """

    code: int
    log: str
    records: list[dict[str, Any]]
    summary: dict[str, Any]

    @property
    def urls(self) -> list[str]:
        """Addresses of the records, in the order of their lines."""
        return [record["url"] for record in self.records]


def crawl(output: Path, url: str | None = None, *, spider: str = "news", settings: dict[str, Any] | None = None, **given: Any) -> Crawled:
    """Crawl and wait for the end."""
    command = [sys.executable, "-m", "scrapy", "crawl", spider]
    for name, value in (({"url": url} if url else {}) | given).items():
        command += ["-a", f"{name}={value}"]
    for name, value in ({**_QUICK, "OUTPUT_DIR": output} | (settings or {})).items():
        command += ["-s", f"{name}={value}"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    records = [
        json.loads(line)
        for file in sorted(output.glob("*/*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    runs = sorted(output.glob("*/runs/*.json"))
    summary = json.loads(runs[-1].read_text("utf-8")) if runs else {}
    return Crawled(done.returncode, done.stderr, records, summary)
