"""Runs crawls as a user does, in processes of their own, and reads what came of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
QUICK = {
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
        log: standard error; of all crawls that ran in the same process.
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


@dataclass(slots=True)
class Job:
    """A crawl to run: a spider's arguments and where its records go."""

    output: Path
    arguments: dict[str, str]
    spider: str = "news"


def crawl(
    output: Path, url: str | None = None, *, spider: str = "news", settings: dict[str, Any] | None = None, **given: Any
) -> Crawled:
    """Crawl with ``scrapy crawl`` and wait for the end."""
    arguments = ({"url": url} if url else {}) | given
    options = {**QUICK, "OUTPUT_DIR": output} | (settings or {})
    command = [sys.executable, "-m", "scrapy", "crawl", spider]
    command += [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
    command += [part for name, value in options.items() for part in ("-s", f"{name}={value}")]
    done = _run(command)
    return _result(output, done.stderr, done.returncode)


def run_spider(file: Path, output: Path, *, settings: dict[str, Any] | None = None, **given: Any) -> Crawled:
    """Crawl with a spider of one's own in a file, by ``scrapy runspider``; the code is its summary's."""
    options = {**QUICK, "OUTPUT_DIR": output} | (settings or {})
    command = [sys.executable, "-m", "scrapy", "runspider", str(file)]
    command += [part for name, value in given.items() for part in ("-a", f"{name}={value}")]
    command += [part for name, value in options.items() for part in ("-s", f"{name}={value}")]
    done = _run(command)
    return _result(output, done.stderr)


def crawl_all(jobs: Sequence[Job]) -> list[Crawled]:
    """Crawl many sites beside one another in one process, which is quicker than one after another."""
    given = json.dumps([[str(job.output), job.spider, job.arguments] for job in jobs])
    done = _run([sys.executable, "-m", "tests.spiders.crawling", given])
    assert done.returncode == 0, done.stderr[-3000:]
    return [_result(job.output, done.stderr) for job in jobs]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=150, check=False, env=environment)


def _result(output: Path, log: str, code: int | None = None) -> Crawled:
    records = [
        json.loads(line)
        for file in sorted(output.glob("*/*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    # A second run within the same second has a name that sorts before the first one's.
    runs = sorted(output.glob("*/runs/*.json"), key=lambda file: file.stat().st_mtime_ns)
    summary = json.loads(runs[-1].read_text("utf-8")) if runs else {}
    return Crawled(summary.get("exit_code", -1) if code is None else code, log, records, summary)


def _main(given: str) -> None:
    from scrapy.crawler import CrawlerProcess
    from scrapy.utils.project import get_project_settings

    project = get_project_settings()
    for name, value in QUICK.items():
        project.set(name, value, priority="cmdline")
    process = CrawlerProcess(project)
    for output, spider, arguments in json.loads(given):
        crawler = process.create_crawler(spider)
        crawler.settings.set("OUTPUT_DIR", output, priority="cmdline")
        process.crawl(crawler, **arguments)
    process.start()


if __name__ == "__main__":
    _main(sys.argv[1])
