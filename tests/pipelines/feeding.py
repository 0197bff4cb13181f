"""Runs the feeder spider: `scrapy crawl` in a process of its own, with the project's settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsscraper.article import Article

SITE = "paper.example"
_CODE = "import sys; from scrapy.cmdline import execute; execute(['scrapy', *sys.argv[1:]])"


class Feeding:
    """A crawl under way; use as a context, which waits for its end.

    Attributes:
        code: exit code, once ended.
        log: what it wrote to standard error, once ended.
    """

    def __init__(self, output: Path, *, before: Callable[[], None] | None = None, **settings: Any) -> None:
        self.output = output
        self.code: int | None = None
        self.log = ""
        here = str(Path(__file__).parent)
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newsscraper.settings", "PYTHONPATH": here}
        settings = {"OUTPUT_DIR": output, "SPIDER_MODULES": "feeder", "CONTACT": "a@b.example"} | settings
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CODE, "crawl", "feeder", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            preexec_fn=before,  # noqa: PLW1509 (no threads here)
        )

    def __enter__(self) -> Feeding:
        self.answer("ready")
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def answer(self, expected: str) -> None:
        """Wait for the feeder's next word."""
        line = self.process.stdout.readline().decode().strip()
        if line != expected:
            self.end()
            raise AssertionError(f"{line!r} instead of {expected!r}; log:\n{self.log}")

    def tell(self, article: Article) -> None:
        """Have an article delivered, without waiting for the outcome."""
        self.process.stdin.write(article.to_json() + b"\n")
        self.process.stdin.flush()

    def deliver(self, article: Article, outcome: str = "delivered") -> None:
        """Have an article delivered and wait until the state knows its outcome."""
        self.tell(article)
        self.answer(outcome)

    def end(self) -> None:
        """End the input and wait for the end of the crawl."""
        if self.code is None:
            try:
                _, log = self.process.communicate(timeout=60)
            finally:
                self.process.kill()
            self.code, self.log = self.process.returncode, log.decode(errors="replace")


def feed(output: Path, *articles: Article, **settings: Any) -> Feeding:
    """Crawl once with these articles and return the ended crawl."""
    with Feeding(output, **settings) as crawl:
        for article in articles:
            crawl.tell(article)
    return crawl


def records(output: Path) -> list[dict[str, Any]]:
    """Return all delivered records, in the order of their lines; a torn line fails."""
    lines: list[bytes] = []
    for path in sorted((output / SITE).glob("*.jsonl")):
        data = path.read_bytes()
        assert data.endswith(b"\n")
        lines += data.splitlines()
    return [json.loads(line) for line in lines]
