"""What a fleet costs and bears: many sites in one process, and on a Ray cluster of this machine.

    python benchmarks/fleet.py idle --sites 1000        # nothing new: processor time a site, memory of all processes
    python benchmarks/fleet.py first --sites 1000       # first run against one scrapy crawl with as many articles
    python benchmarks/fleet.py simulated --per-run 0.03 # 5,000 sites due each hour; --per-run: as "idle" measured it
    python benchmarks/fleet.py late                     # lateness beside ten sites of 100,000 pages, in simulated time
    python benchmarks/fleet.py ray --sites 200          # Ray on this machine against the plain fleet
    python benchmarks/fleet.py kills --sites 200        # three nodes, 20 kills of actors, nodes and the driver
    python benchmarks/fleet.py drivers --sites 50       # two drivers on one store
    python benchmarks/fleet.py picture FILE             # a day of sites that publish as they like, simulated

Each prints what it measured as JSON on the last line. Exit code 1: something was lost, twice or torn.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleet_picture import draw
from fleet_sites import sites
from measuring import Cost, measure

import newsscraper
from newsscraper.fleet.past import Past

ROOT = Path(__file__).parents[1]
TIMEOUT = 3 * 3600.0
QUICK = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "LOGSTATS_INTERVAL": 0,
}


def scrapy(*words: object, output: Path, **settings: object) -> list[str]:
    """Return the command line of a scrapy command."""
    options = {**QUICK, "OUTPUT_DIR": output, **settings}
    given = [part for name, value in options.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", *map(str, words), *given]


def run(folder: Path, *words: object, output: Path, **settings: object) -> Cost:
    """Run a command to its end and return what it cost."""
    output.mkdir(parents=True, exist_ok=True)
    log = folder / "log.txt"
    cost = measure(scrapy(*words, output=output, **settings), cwd=ROOT, output=output, log=log, timeout=TIMEOUT)
    if cost.status not in (0, 2):
        raise SystemExit(log.read_text()[-3000:])
    return cost


def lines(output: Path) -> int:
    """Return how many lines were delivered."""
    return sum(path.read_bytes().count(b"\n") for path in output.glob("*/*.jsonl"))


# --- one process ---


def idle(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """A second run of all sites, which finds nothing new."""
    with sites(options.sites, options.articles, folder / "sites.toml") as served:
        run(folder, "fleet", served.table, "--once", output=folder / "output")
        cost = run(folder, "fleet", served.table, "--once", output=folder / "output")
    return {
        "sites": options.sites,
        "cpu_seconds_per_site": round(cost.cpu_seconds / options.sites, 4),
        "peak_mb": round(cost.peak_bytes / 1e6),
        "seconds": round(cost.seconds, 1),
        "delivered": lines(folder / "output"),
    }


def first(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """A first run of all sites, and of one site that has as many articles."""
    total = options.sites * options.articles
    with sites(options.sites, options.articles, folder / "sites.toml") as served:
        many = run(folder, "fleet", served.table, "--once", output=folder / "many")
        requests = [served.requests()[0]]
    with sites(1, total, folder / "one.toml") as served:
        url = served.table.read_text().split('url = "')[1].split('"')[0]
        one = run(folder, "crawl", "news", "-a", f"url={url}", output=folder / "one")
        requests.append(served.requests()[0])
    speeds = lines(folder / "many") / many.seconds, lines(folder / "one") / one.seconds
    return {
        "articles": [lines(folder / "many"), lines(folder / "one")],
        "articles_per_second": [round(speed, 1) for speed in speeds],
        "ratio": round(speeds[0] / speeds[1], 2),
        "requests": requests,
        "ratio_by_requests": round(requests[0] / many.seconds / (requests[1] / one.seconds), 2),
        "cpu_ms_per_article": [
            round(1000 * many.cpu_seconds / lines(folder / "many"), 1),
            round(1000 * one.cpu_seconds / lines(folder / "one"), 1),
        ],
        "peak_mb": [round(many.peak_bytes / 1e6), round(one.peak_bytes / 1e6)],
    }


# --- simulated time ---


def simulation() -> Any:
    """Return what the tests simulate time with."""
    sys.path.insert(0, str(ROOT))
    return importlib.import_module("tests.fleet.simulation")


def simulated(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """So many sites, each due every hour, for a day of simulated time."""
    sim = simulation()
    chance = random.Random(options.seed)
    world = sim.SimulatedSites(lambda site, moment: sim.Answer(seconds=chance.uniform(3.0, 15.0)))
    began = time.process_time()
    sim.run_for(86_400.0, sim.sites(5000, 3600.0), world)
    scheduling = time.process_time() - began
    runs = sum(map(len, world.spans.values()))
    minutes = Counter(int(start // 60) for spans in world.spans.values() for start, _ in spans[2:])
    return {
        "runs": runs,
        "scheduling_ms_per_run": round(1000 * scheduling / runs, 3),
        "runs_in_the_busiest_minute": max(minutes.values()),
        "runs_a_minute": round(runs / 1440, 1),
        "cores": round(runs / 86_400 * (options.per_run + scheduling / runs), 3),
    }


def late(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Sites that are due beside ten that take hours, with no more places than these ten, and with the usual ones."""
    turn = 300.0
    lateness = {places: sorted(_lateness(places, turn)) for places in (10, 64)}
    return {"turn_seconds": turn} | {
        f"p99_seconds_with_{places}_places": round(found[int(0.99 * len(found))], 1)
        for places, found in lateness.items()
    }


def _lateness(places: int, turn: float) -> list[float]:
    sim = simulation()
    huge = {f"site{number}.example" for number in range(10)}
    # A page a second, as a polite crawl has them.
    world = sim.SimulatedSites(lambda site, moment: sim.Answer(seconds=100_000.0 if site in huge else 8.0))
    found: list[float] = []

    class Watch:
        pasts: Mapping[str, Past]

        def began(self, site: str, now: float) -> None:
            due = self.pasts[site].due
            if site not in huge and due > sim.START:
                found.append(now - due)

        def ended(self, past: Past, ended: object) -> None:
            pass

    watch = Watch()

    async def meanwhile(fleet: Any) -> None:
        watch.pasts = fleet.pasts

    sim.run_for(
        *(12 * 3600.0, sim.sites(1000, 3600.0), world),
        at_once=places,
        turn=turn,
        meanwhile=meanwhile,
        watcher=watch,
    )
    return found


def picture(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Draw a day of sites with ``every = "auto"``, the second in the table."""
    sim = simulation()
    chance = random.Random(options.seed)
    published = {}
    for number in range(options.sites):
        a_day = min(300.0, chance.paretovariate(0.8))
        days = int(28 * a_day) or 1
        hours = [min(23, max(0, int(chance.gauss(14, 4)))) for _ in range(days)]
        midnight = sim.START - sim.START % 86_400
        published[f"site{number}.example"] = [
            midnight - chance.randrange(1, 29) * 86_400 + hour * 3600 + chance.random() * 3600 for hour in hours
        ]
    world = sim.SimulatedSites(lambda site, moment: sim.Answer(new=1), lambda site, since: published[site])
    sim.run_for(2 * 86_400.0, sim.sites(options.sites), world)
    # The second day: on the first, nothing is known yet.
    begun = [start for spans in world.spans.values() for start, _ in spans if start - sim.START > 86_400]
    draw(begun, [moment for each in published.values() for moment in each], options.file)
    return {"runs_a_day": len(begun), "a_site": round(len(begun) / options.sites, 1)}


# --- Ray ---


def ray(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The plain fleet and Ray on this machine, with a store each."""
    speeds = []
    with sites(options.sites, options.articles, folder / "sites.toml") as served:
        for name, words in (("plain", ()), ("ray", ("--ray", "auto"))):
            store = folder / f"store-{name}"
            cost = run(folder, "fleet", served.table, "--once", *words, "--store", store, output=folder / name)
            # Ray's own start is counted apart: a service starts once.
            told = json.loads(next((folder / name / "fleet").glob("*.json")).read_text())
            speeds.append((told["articles"]["new"] / told["seconds"], cost.seconds))
    return {
        "articles_per_second": {"plain": round(speeds[0][0], 1), "ray": round(speeds[1][0], 1)},
        "ratio": round(speeds[1][0] / speeds[0][0], 2),
        "seconds_in_all": {"plain": round(speeds[0][1], 1), "ray": round(speeds[1][1], 1)},
    }


def kills(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Three nodes; actors, nodes and the driver are killed at random, and the store refuses for a while."""
    from fleet_chaos import Chaos

    with sites(options.sites, options.articles, folder / "sites.toml") as served:
        return Chaos(served, folder, options.kills, options.seed).run()


def drivers(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Two fleets that know nothing of each other, on one store."""
    from fleet_chaos import judge, start

    store = folder / "store"
    with sites(options.sites, options.articles, folder / "sites.toml") as served:
        both = [start(served.table, folder / name, "--store", str(store)) for name in ("one", "two")]
        codes = [process.wait(TIMEOUT) for process in both]
        return judge(served, str(store)) | {"exit_codes": codes}


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = {each.__name__: each for each in (idle, first, simulated, late, picture, ray, kills, drivers)}
    parser.add_argument("what", choices=what)
    parser.add_argument("file", nargs="?", type=Path, default=Path("fleet.svg"))
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=10)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-run", type=float, default=0.06, help="processor seconds of a run that finds nothing new")
    parser.add_argument("--keep", type=Path, help="folder to keep what was written in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        result = what[options.what](options, folder)
    print(json.dumps({"version": newsscraper.__version__, "what": options.what, **result}))
    return int(bool(result.get("lost") or result.get("twice") or result.get("torn")))


if __name__ == "__main__":
    sys.exit(main())
