"""Kill a crawl with ``kill -9`` at random moments, start it again until it is done, and see what is on disk.

    python benchmarks/crash.py                          # 300 articles, 30 moments, each in a crawl of its own
    python benchmarks/crash.py --articles 60 --moments 8
    python benchmarks/crash.py --one-crawl              # one crawl, killed at all of these moments in turn

The demo newsroom is crawled over loopback. The moments are drawn from a seed: after so many requests that the server
has seen, and some milliseconds. Exit code 1: an article is missing, twice or torn, or more than 5 % of requests were
repeated.
Prints a line a crawl, and the whole as JSON on the last line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from newsscraper.demo import Newsroom, Site

MOST_STARTS = 100
MOST_REPEATED = 0.05
_CODE = "import sys; from scrapy.cmdline import execute; execute(['scrapy', *sys.argv[1:]])"


@dataclass(slots=True)
class Moment:
    """When to kill: after so many requests since this start, and so many seconds."""

    requests: int
    seconds: float


@dataclass(slots=True)
class Result:
    """What one crawl came to, kills and restarts included.

    Attributes:
        kills: kills that met a running crawl.
        starts: processes that were started.
        requests: what the server saw.
        repeated: requests that an undisturbed crawl does not make, robots.txt included.
        missing, twice, torn: articles not on disk, lines too many, broken lines.
    """

    kills: int
    starts: int
    requests: int
    repeated: int
    missing: int
    twice: int
    torn: int

    def good(self, undisturbed: int) -> bool:
        """Whether nothing is lost, nothing is there twice, and little was fetched twice."""
        return not (self.missing or self.twice or self.torn) and self.repeated <= MOST_REPEATED * undisturbed


def start(site: Site, output: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a crawl of the newsroom."""
    settings = {
        "OUTPUT_DIR": output,
        "CONTACT": "crash@test.example",
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "EXTRACTION_WORKERS": 1,
        "LOG_LEVEL": "INFO",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-c", _CODE, "crawl", "news", "-a", f"url={site.url}/", *options]
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newsscraper.settings"}
    with log.open("ab") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=stream, env=environment, cwd=output)


def crawl(site: Site, output: Path, moments: list[Moment]) -> tuple[int, int]:
    """Crawl until it ends by itself, killing it at these moments; return kills and starts."""
    for kills in range(MOST_STARTS):
        before = len(site.requests)
        process = start(site, output, output / "log.txt")
        moment = moments[kills] if kills < len(moments) else None
        if moment is None:
            process.wait(timeout=600)
        else:
            while process.poll() is None and len(site.requests) - before < moment.requests:
                time.sleep(0.002)
            time.sleep(moment.seconds)
        if process.poll() is not None:
            if process.returncode not in (0, 2):
                raise SystemExit(
                    f"the crawl ended with {process.returncode}:\n{(output / 'log.txt').read_text()[-2000:]}"
                )
            return kills, kills + 1
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    raise SystemExit("the crawl does not come to an end")


def judge(site: Site, output: Path, kills: int, starts: int, undisturbed: Counter[str]) -> Result:
    """Compare what is on disk with what was published, and the requests with those of an undisturbed crawl."""
    lines, torn = [], 0
    for path in sorted(output.glob("*/*.jsonl")):
        for line in path.read_bytes().splitlines(keepends=True):
            try:
                lines.append(json.loads(line)["url"])
                torn += not line.endswith(b"\n")
            except ValueError:
                torn += 1
    on_disk = Counter(lines)
    seen = paths(site)
    return Result(
        kills=kills,
        starts=starts,
        requests=seen.total(),
        repeated=(seen - undisturbed).total(),
        missing=len(set(site.truth) - set(on_disk)),
        twice=sum(count - 1 for count in on_disk.values()),
        torn=torn,
    )


def paths(site: Site) -> Counter[str]:
    """Return how often the server was asked for each path."""
    return Counter(f"{request.method} {request.path}" for request in site.requests)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--moments", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-crawl", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder to keep what the crawls wrote in, logs included")
    options = parser.parse_args()
    chance = random.Random(options.seed)

    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)

        def run(name: str, moments: list[Moment], undisturbed: Counter[str]) -> tuple[Result, Counter[str]]:
            output = folder / name
            output.mkdir(parents=True)
            with Newsroom(articles=options.articles, seed=options.seed).serve() as site:
                result = judge(site, output, *crawl(site, output, moments), undisturbed)
                return result, paths(site)

        whole, undisturbed = run("whole", [], Counter())
        whole.repeated = 0
        print(f"undisturbed: {whole}", flush=True)
        total = undisturbed.total()

        def moment(most: int) -> Moment:
            return Moment(chance.randint(1, most), chance.random() * 0.2)

        if options.one_crawl:
            plans = [[moment(max(2, 2 * total // options.moments)) for _ in range(options.moments)]]
        else:
            plans = [[moment(total)] for _ in range(options.moments)]
        results = []
        for number, plan in enumerate(plans, 1):
            result, _ = run(f"{number}", plan, undisturbed)
            results.append(result)
            print(f"{number}: {'good' if result.good(total) else 'BAD'} {plan[0]} {result}", flush=True)
    good = not whole.missing and all(result.good(total) for result in results)
    print(json.dumps({"good": good, "undisturbed": asdict(whole), "killed": [asdict(result) for result in results]}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
