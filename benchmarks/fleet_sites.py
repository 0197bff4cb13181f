"""Newsrooms on loopback, served by a process of their own: what the benchmark of fleets crawls.

    python benchmarks/fleet_sites.py COUNT ARTICLES TABLE     # writes TABLE, prints "ready", serves until told "end"

On standard input it takes: ``requests`` (prints how many there were, and how many of them asked for an article's page
again), ``expected`` (prints how many articles there are), ``end``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsscraper.demo.many import Many, serve


class Sites:
    """The serving process, from outside."""

    def __init__(self, count: int, articles: int, table: Path) -> None:
        self.table = table
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(count), str(articles), str(table)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def requests(self) -> tuple[int, int]:
        """Return how many requests there were, and how many asked for an article that was asked for before."""
        total, again = self._ask("requests").split()
        return int(total), int(again)

    def articles(self) -> set[str]:
        """Return the addresses of all articles."""
        return set(self._ask("expected").split())

    def end(self) -> None:
        """Stop serving."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, what: str) -> str:
        assert self._process.stdin
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@contextmanager
def sites(count: int, articles: int, table: Path) -> Iterator[Sites]:
    """Serve newsrooms while the ``with`` block runs."""
    served = Sites(count, articles, table)
    try:
        yield served
    finally:
        served.end()


def main(count: int, articles: int, table: Path) -> None:
    """Serve."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with serve(Many(articles), count) as many:
        tables = (f'["site{number}"]\nurl = "{many.url(number)}"\n' for number in range(count))
        table.write_text('[defaults]\nevery = "1s"\n\n' + "\n".join(tables))
        print("ready", flush=True)
        for line in sys.stdin:
            wanted = [url for number in range(count) for url in many.expected(number)]
            if line.strip() == "expected":
                print(" ".join(wanted), flush=True)
            else:
                paths = {
                    (number, "/" + url.split("/", 3)[3]) for number in range(count) for url in many.expected(number)
                }
                again = sum(many.requests[page] - 1 for page in paths if many.requests[page] > 1)
                print(many.requests.total(), again, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
