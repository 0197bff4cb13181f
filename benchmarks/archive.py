"""Archives: how fast they are read beside others, in how much memory, and what is there after ``kill -9``.

    python benchmarks/archive.py speed FOLDER… --news-please VENV/bin/python
    python benchmarks/archive.py memory FOLDER… --records 100000 --largest 60000
    python benchmarks/archive.py kills FOLDER… --largest 60000            # this command, at 20 moments
    python benchmarks/archive.py kills FOLDER… --largest 60000 --ray      # tasks on Ray, 20 of them
    python benchmarks/archive.py workers FOLDER…                          # 1, 2 and 4 processors of a Ray cluster

FOLDER holds saved pages, ``html/<id>.html.gz``, and ``truth.jsonl`` with their addresses. WARC files are made of them.
If more records are wanted than there are pages, words of a page are replaced in each copy. news-please is no dependency
of ours: ``python -m venv VENV && VENV/bin/pip install news-please``. If other work keeps the machine busy, compare
processor time.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from measuring import Cost, measure
from served_pages import SavedPage, slug_of

ROOT = Path(__file__).parents[1]
PEERS = Path(__file__).parent / "peers"
A_DAY = 330_000
"""Articles that CC-NEWS gathers in a day."""
KILLS = 20
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


class Pages:
    """The pages of some folders, as many copies as wanted."""

    def __init__(self, folders: list[Path], *, largest: int | None, every: int) -> None:
        self._pages: list[tuple[str, str, SavedPage | bytes]] = []
        for folder in folders:
            lines = (folder / "truth.jsonl").read_bytes().splitlines()
            urls = {entry["id"]: entry.get("url") for entry in map(json.loads, lines)}
            for path in sorted((folder / "html").glob("*.html.gz")):
                name = path.name.removesuffix(".html.gz")
                url = urls.get(name) or f"https://{len(self._pages)}.example/"
                html = gzip.decompress(path.read_bytes())
                if largest is None or len(html) <= largest:
                    self._pages.append((url, slug_of(url, name), html))
        self._pages = self._pages[::every]
        self.count = len(self._pages)

    def record(self, number: int) -> bytes:
        """Return a WARC record: the page itself at first, then copies that differ in words and address."""
        copy, place = divmod(number, self.count)
        url, slug, page = self._pages[place]
        if copy:
            if isinstance(page, bytes):
                page = SavedPage(page, url)
                self._pages[place] = url, slug, page
            url = f"https://{urlsplit(url).hostname}/2026/11/20/{slug}-{number}.html"
            html = page.copy(copy, url.encode())
        else:
            html = page if isinstance(page, bytes) else page.copy(0, url.encode())
        body = _HEAD + html
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-21T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + body + b"\r\n\r\n", compresslevel=1)

    def warcs(self, folder: Path, count: int, each: int) -> list[Path]:
        """Write WARC files of so many records each."""
        made = []
        for number in range(count):
            made.append(folder / f"pages-{number}.warc.gz")
            with made[-1].open("wb") as stream:
                for record in range(number * each, (number + 1) * each):
                    stream.write(self.record(record))
        return made


def command(warcs: list[Path], to: Path, *more: object) -> list[str]:
    """Return the command line of ``scrapy archive``."""
    return [sys.executable, "-m", "scrapy", "archive", *map(str, warcs), "--to", str(to), *map(str, more)]


def costs(words: list[str], output: Path) -> Cost:
    """Run a command to its end and return what it cost."""
    output.mkdir(parents=True)
    cost = measure(words, cwd=ROOT, output=output, log=output / "log.txt", timeout=14_400)
    if cost.status:
        raise SystemExit(f"{' '.join(words[:4])} failed:\n{(output / 'log.txt').read_text()[-3000:]}")
    return cost


def notes(folder: Path) -> dict[str, float]:
    """Return the sums of what the outputs in a folder say of themselves."""
    told = [json.loads(path.read_bytes()) for path in folder.glob("*.json")]
    return {name: sum(note[name] for note in told) for name in ("records", "articles", "seconds", "bytes")}


def speed(pages: Pages, arguments: argparse.Namespace, folder: Path) -> None:
    """Two archives on two cores: newsscraper, trafilatura and news-please in turn."""
    warcs = pages.warcs(folder, 2, pages.count // 2)
    count = pages.count // 2 * 2
    systems = {
        "newsscraper": lambda to: command(warcs, to, "--workers", 2),
        "trafilatura over FastWARC": lambda to: [sys.executable, PEERS / "trafilatura_warc.py", to, *warcs],
    }
    if arguments.news_please:
        systems["news-please"] = lambda to: [arguments.news_please, PEERS / "news_please_warc.py", to, *warcs]
    spent: dict[str, list[Cost]] = {name: [] for name in systems}
    delivered = {}
    for turn in range(arguments.rounds):
        for name, words in systems.items():
            to = folder / f"{name}-{turn}"
            spent[name].append(costs(list(map(str, words(to))), to))
            lines = sum(path.read_bytes().count(b"\n") for path in to.glob("*.jsonl"))
            delivered[name] = lines or int(notes(to)["articles"])
    print(f"{count} pages, {arguments.rounds} rounds, start and end of the programs counted in")
    print("| | records | CPU ms a page | pages a second, two cores | by the clock | newsscraper is as fast |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    ours = 0.0
    for name, each in spent.items():
        cpu = sum(cost.cpu_seconds for cost in each) / len(each) / count
        clock = sum(cost.seconds for cost in each) / len(each)
        ours = ours or cpu
        fast = f"{cpu * 1000:.1f} | {2 / cpu:.1f} | {count / clock:.1f} | {cpu / ours:.2f}×"
        print(f"| {name} | {delivered[name]} | {fast} |")
    print(f"CC-NEWS, {A_DAY:,} articles a day: {ours * A_DAY / 3600:.1f} core-hours a day")


def memory(pages: Pages, arguments: argparse.Namespace, folder: Path) -> None:
    """One archive of many records: memory as it grows, and what reading and writing cost beside extraction."""
    (empty,) = pages.warcs(folder, 1, 1)
    start = costs(command([empty], folder / "start", "--workers", 2), folder / "start").own_cpu_seconds
    (warc,) = pages.warcs(folder, 1, arguments.records)
    print(f"{arguments.records} records of {pages.count} pages, {warc.stat().st_size / 1e6:.0f} MB packed", flush=True)
    to = folder / "records"
    cost = costs(command([warc], to, "--workers", 2), to)
    told = notes(to)
    samples = cost.samples
    for tenth in range(1, 11):
        upto = samples[: max(1, len(samples) * tenth // 10)]
        part = upto[len(samples) * (tenth - 1) // 10 :]
        print(f"{tenth}0 % of the time: {max(s.memory for s in part) / 1e6:.0f} MB at most")
    beside = cost.own_cpu_seconds - start
    print(f"{told['articles']:.0f} articles, {told['bytes'] / 1e6:.0f} MB packed, {cost.seconds:.0f} s by the clock")
    print(f"most memory of all processes: {cost.peak_bytes / 1e6:.0f} MB")
    print(f"the workers: {cost.other_cpu_seconds:.0f} s, of which {told['seconds']:.0f} s in pages")
    share = beside / cost.cpu_seconds
    print(f"reading and writing: {beside:.1f} s, {share:.1%} of all; {beside / told['records'] * 1000:.2f} ms a page")


def outputs(folder: Path) -> dict[str, bytes]:
    """Return the lines in a folder that a note counts, by archive."""
    return {note.stem: note.with_suffix(".jsonl.zst").read_bytes() for note in folder.glob("*.json")}


def kills(pages: Pages, arguments: argparse.Namespace, folder: Path) -> None:
    """``kill -9`` at 20 moments; what is there in the end is what a run without kills writes."""
    warcs = pages.warcs(folder, arguments.archives, arguments.each)
    began = time.perf_counter()
    costs(command(warcs, folder / "wanted"), folder / "wanted")
    usual = time.perf_counter() - began
    wanted = outputs(folder / "wanted")
    rng = random.Random(19)
    run = kills_on_ray if arguments.ray else kills_here
    wrong = done = 0
    for to, killed in run(warcs, folder, rng, usual):
        found = outputs(to)
        differ = [name for name in wanted if found.get(name) != wanted[name]]
        extra = [path.name for path in to.iterdir() if path.name.endswith(".zst") and path.name[:-10] not in wanted]
        wrong += bool(differ or extra)
        done += killed
        print(f"{killed} killed; lost, twice or torn: {differ + extra or 'nothing'}", flush=True)
    print(f"{done} kills, {wrong} runs that differ from one without kills")
    if wrong or done < KILLS:
        raise SystemExit(1)


def kills_here(warcs: list[Path], folder: Path, rng: random.Random, usual: float) -> Iterator[tuple[Path, int]]:
    """Kill the command and its workers, each time in a run of its own, and run it again."""
    number = killed = 0
    while killed < KILLS:
        to = folder / f"killed-{number}"
        number += 1
        process = subprocess.Popen(command(warcs, to), cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        began = time.perf_counter()
        try:
            process.wait(usual * rng.random())
            usual = time.perf_counter() - began  # the machine has more time for it now
            continue
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
        subprocess.run(command(warcs, to), cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        yield to, 1


def kills_on_ray(warcs: list[Path], folder: Path, rng: random.Random, usual: float) -> Iterator[tuple[Path, int]]:
    """Kill tasks while a run goes on, until there were enough; Ray begins them again."""
    sys.path.insert(0, str(ROOT))
    from tests.fleet.nodes import nodes

    killed = run = 0
    with nodes(2) as cluster:
        while killed < KILLS:
            to, before = folder / f"ray-{run}", killed
            run += 1
            words = command(warcs, to, "--ray", cluster.address)
            process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
            while process.poll() is None and killed < KILLS:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(rng.random() * 3)
                killed += cluster.kill_one("read_one", children=True)
            if process.wait():
                raise SystemExit(f"the run ended with {process.returncode}")
            yield to, killed - before


def workers(pages: Pages, arguments: argparse.Namespace, folder: Path) -> None:
    """The same archives with 1, 2 and 4 processors of a Ray cluster on this machine."""
    sys.path.insert(0, str(ROOT))
    from tests.fleet.nodes import nodes

    warcs = pages.warcs(folder, arguments.archives, arguments.each)
    count = arguments.archives * arguments.each
    for size in (1, 2, 4):
        with nodes(size) as cluster:
            for turn in ("first", "second"):  # in the first the cluster starts its processes
                to = folder / f"{size}-{turn}"
                began = time.perf_counter()
                subprocess.run(command(warcs, to, "--ray", cluster.address), cwd=ROOT, check=True, capture_output=True)
                clock = time.perf_counter() - began
                seconds = notes(to)["seconds"]
                print(
                    f"{size} processors, {turn} run: {count / clock:.1f} pages a second, {clock:.1f} s;"
                    f" {seconds / count * 1000:.1f} CPU ms a page; {seconds / clock:.2f} processors busy with pages",
                    flush=True,
                )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "memory", "kills", "workers"))
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--every", type=int, default=1, help="only every nth page")
    parser.add_argument("--largest", type=int, metavar="BYTES", help="only pages of so many bytes at most")
    parser.add_argument("--rounds", type=int, default=2, help="speed: how often each is run")
    parser.add_argument("--news-please", metavar="PYTHON", help="speed: interpreter that has news-please")
    parser.add_argument("--records", type=int, default=100_000, help="memory: records of the archive")
    parser.add_argument("--archives", type=int, default=6, help="kills, workers: how many")
    parser.add_argument("--each", type=int, default=60, help="kills, workers: records of each")
    parser.add_argument("--ray", action="store_true", help="kills: of tasks on a Ray cluster")
    arguments = parser.parse_args()
    pages = Pages(arguments.folders, largest=arguments.largest, every=arguments.every)
    with tempfile.TemporaryDirectory() as folder:
        globals()[arguments.what](pages, arguments, Path(folder))


if __name__ == "__main__":
    main()
