"""How fast a crawl is, against what else there is, and whether it stays so as it grows.

``python benchmarks/crawl.py FOLDER`` serves the saved pages in FOLDER on loopback and crawls them in turn with bare
Scrapy, newsscraper, a twenty-line spider and trafilatura's command line, at the same concurrency and without delay.
``--grow 1000 10000 100000`` then crawls ever more articles with newsscraper alone, each amount twice: the second run
finds all of them unchanged. ``--skeletons 15`` makes all articles of fifteen of the pages, as one site does. Only
figures of one run can be compared: machines differ, and so do hours.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from measuring import Cost, cpu_seconds, measure
from served_pages import Site

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
CONCURRENCY = 16
LIMIT = 6 * 3600.0


@dataclass(slots=True)
class Result:
    """One crawl: what it cost, and how many articles it delivered of how many there were.

    ``server_seconds`` is the processor time of the site's server meanwhile, which shares the machine.
    """

    name: str
    articles: int
    delivered: int
    cost: Cost
    server_seconds: float

    @property
    def per_second(self) -> float:
        """Articles of the site a second."""
        return self.articles / self.cost.seconds

    @property
    def milliseconds(self) -> str:
        """Processor time for one article: all processes of the crawler, its own one, the others, the server."""
        cost = self.cost
        parts = (cost.cpu_seconds, cost.own_cpu_seconds, cost.other_cpu_seconds, self.server_seconds)
        return " | ".join(f"{1000 * part / self.articles:.1f}" for part in parts)

    def row(self, baseline: Result | None = None) -> str:
        """Return the result as a line of a Markdown table."""
        times = f"{self.per_second / baseline.per_second:.2f}×" if baseline else "1×"
        return (
            f"| {self.name} | {self.per_second:.1f} | {times} | {self.milliseconds} "
            f"| {self.cost.peak_bytes / 1e6:.0f} | {100 * self.delivered / self.articles:.1f} % "
            f"| {self.cost.seconds:.1f} |"
        )


HEAD = (
    "| crawler | articles/s | against bare | CPU ms/article | crawler's process | its workers | server "
    "| peak memory, MB | delivered | seconds |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)

Crawler = Callable[[str, int, Path], tuple[list[str], Callable[[], int]]]
"""Takes the site's origin, its number of articles and a folder to work in; returns the command and what counts then."""


def newsscraper(origin: str, articles: int, work: Path, *settings: str) -> tuple[list[str], Callable[[], int]]:
    """Crawl with newsscraper as a user would, without the delays that it keeps by default."""
    command = [
        *scrapy("crawl", "news", "-a", f"url={origin}/"),
        *("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "DOWNLOAD_DELAY=0", "-s", f"OUTPUT_DIR={work / 'output'}"),
        *(argument for setting in settings for argument in ("-s", setting)),
    ]
    return command, lambda: distinct_urls((work / "output").glob("*/*.jsonl*"))


def twenty_lines(origin: str, articles: int, work: Path) -> tuple[list[str], Callable[[], int]]:
    """Crawl with the spider that users write."""
    feed = work / "feed.jsonl"
    command = scrapy(
        "runspider", str(HERE / "peers/twenty_lines.py"), "-a", f"url={origin}/sitemap.xml", "-O", str(feed)
    )
    return command, lambda: distinct_urls([feed])


def bare(origin: str, articles: int, work: Path) -> tuple[list[str], Callable[[], int]]:
    """Download only."""
    feed = work / "feed.jsonl"
    command = scrapy("runspider", str(HERE / "peers/bare.py"), "-a", f"url={origin}/sitemap.xml", "-O", str(feed))
    return command, lambda: distinct_urls([feed])


def trafilatura(origin: str, articles: int, work: Path) -> tuple[list[str], Callable[[], int]]:
    """Crawl a list of addresses with trafilatura's command line, its pause between requests switched off."""
    import trafilatura as library

    settings = (Path(library.__file__).parent / "settings.cfg").read_text()
    settings = settings.replace("SLEEP_TIME = 5.0", "SLEEP_TIME = 0").replace(
        "SSRF_PROTECTION = on", "SSRF_PROTECTION = off"
    )
    (work / "settings.cfg").write_text(settings)
    (work / "urls.txt").write_text("".join(f"{origin}{SITE.path(n)}\n" for n in range(articles)))
    command = [
        *(str(BIN / "trafilatura"), "-i", str(work / "urls.txt"), "-o", str(work / "out"), "--json", "--with-metadata"),
        *("--parallel", str(CONCURRENCY), "--config-file", str(work / "settings.cfg")),
    ]
    return command, lambda: sum(1 for _ in (work / "out").rglob("*.json"))


CRAWLERS: dict[str, Crawler] = {
    "Scrapy alone, nothing extracted": bare,
    "newsscraper": newsscraper,
    "twenty-line spider": twenty_lines,
    "trafilatura's command line": trafilatura,
}


def scrapy(*arguments: str) -> list[str]:
    """Return a Scrapy command at the benchmark's concurrency."""
    return [
        *(str(BIN / "scrapy"), *arguments, "-L", "WARNING"),
        *("-s", f"CONCURRENT_REQUESTS={CONCURRENCY}", "-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={CONCURRENCY}"),
    ]


def distinct_urls(files: Iterator[Path] | Sequence[Path]) -> int:
    """Return how many addresses the lines of JSONL files name."""
    seen: set[int] = set()
    for path in files:
        opener = __import__("zstandard").open if path.suffix == ".zst" else __import__("gzip").open
        with path.open("rb") if path.suffix == ".jsonl" else opener(path, "rb") as lines:
            seen.update(hash(json.loads(line)["url"]) for line in lines)
    return len(seen)


SITE: Site


class Served(NamedTuple):
    """A site that is being served: its origin, and the process that serves it."""

    origin: str
    pid: int


@contextmanager
def served(folder: Path, articles: int, *options: str) -> Iterator[Served]:
    """Serve a folder from a process of its own."""
    command = [sys.executable, str(HERE / "served_pages.py"), str(folder), str(articles), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield Served(f"http://127.0.0.1:{int(server.stdout.readline())}", server.pid)
        finally:
            server.kill()


def crawl(name: str, crawler: Crawler, site: Served, articles: int, work: Path) -> Result:
    """Run one crawl and count what it delivered."""
    work.mkdir(parents=True, exist_ok=True)
    command, count = crawler(site.origin, articles, work)
    before, _ = cpu_seconds(site.pid)
    cwd = HERE.parent if crawler is newsscraper else work
    cost = measure(command, cwd=cwd, log=work / "log.txt", output=work, timeout=LIMIT)
    result = Result(name, articles, count(), cost, cpu_seconds(site.pid)[0] - before)
    if cost.status:
        print(f"{name} ended with status {cost.status}: see {work / 'log.txt'}", file=sys.stderr)
    return result


def compare(folder: Path, articles: int, names: Sequence[str], rounds: int, work: Path) -> None:
    """Crawl with each crawler in turn."""
    for number in range(rounds):
        print(f"\nRound {number + 1}: {articles} articles\n\n{HEAD}", flush=True)
        with served(folder, articles) as site:
            baseline: Result | None = None
            for name in names:
                result = crawl(name, CRAWLERS[name], site, articles, work / f"{number}-{name}")
                print(result.row(baseline), flush=True)
                baseline = baseline or result


def grow(folder: Path, amounts: Sequence[int], work: Path, picture: Path | None) -> None:
    """Crawl ever more articles, each amount twice."""
    print(
        "\n| articles | articles/s | CPU ms/article | crawl | workers | server | peak memory, MB | delivered | seconds "
        "| second run | of first |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        flush=True,
    )
    results = []
    for articles in amounts:
        with served(folder, articles) as site:
            place = work / f"grow-{articles}"
            first = crawl("newsscraper", newsscraper, site, articles, place)
            again = crawl("newsscraper", newsscraper, site, articles, place)
        share = again.cost.seconds / first.cost.seconds
        print(
            f"| {articles:,} | {first.per_second:.1f} | {first.milliseconds} "
            f"| {first.cost.peak_bytes / 1e6:.0f} | {100 * first.delivered / articles:.1f} % "
            f"| {first.cost.seconds:.1f} | {again.cost.seconds:.1f} | {100 * share:.1f} % |",
            flush=True,
        )
        results.append(first)
    if picture:
        from crawl_picture import draw

        draw({result.articles: result.cost.samples for result in results}, picture)


def skeletons(folder: Path, count: int, to: Path) -> Path:
    """Copy some of a folder's pages, evenly spread: a site has 10 to 20 page skeletons, not one for each article."""
    to.mkdir(parents=True, exist_ok=True)
    files = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    for file in files[:: max(1, len(files) // count)][:count]:
        shutil.copy(file, to)
    if (folder / "truth.jsonl").exists():
        shutil.copy(folder / "truth.jsonl", to)
    return to


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="saved pages: *.html or *.html.gz in it or below")
    parser.add_argument("--articles", type=int, default=1000, help="how many to compare with (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="how often to compare (default: %(default)s)")
    parser.add_argument("--only", nargs="*", choices=list(CRAWLERS), default=list(CRAWLERS), help="crawlers to compare")
    parser.add_argument("--grow", nargs="*", type=int, default=[], metavar="N", help="amounts to grow through")
    parser.add_argument("--picture", type=Path, help="draw the growth there (needs matplotlib)")
    parser.add_argument("--work", type=Path, help="keep what the crawls wrote there")
    parser.add_argument("--skeletons", type=int, help="pages of the folder to make all articles of, evenly spread")
    arguments = parser.parse_args()
    work = arguments.work or Path(tempfile.mkdtemp(prefix="crawl-benchmark-"))
    folder = arguments.folder.resolve()
    if arguments.skeletons:
        folder = skeletons(folder, arguments.skeletons, work.resolve() / "skeletons")
    global SITE  # noqa: PLW0603 - trafilatura's command line takes a list of addresses
    SITE = Site.load(folder, arguments.articles)
    try:
        if arguments.only:
            compare(folder, arguments.articles, arguments.only, arguments.rounds, work.resolve())
        if arguments.grow:
            grow(folder, arguments.grow, work.resolve(), arguments.picture)
    finally:
        if not arguments.work:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
