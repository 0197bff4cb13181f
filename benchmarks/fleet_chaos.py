"""A fleet on three Ray nodes to which all that may happen happens; and the judge of what is in the store then."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import zstandard
from fleet_sites import Sites

from newsscraper.store import Place, open_store

ROOT = Path(__file__).parents[1]
QUICK = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0.05,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "LOG_LEVEL": "INFO",
}
PATIENCE = 3600.0


def start(table: Path, output: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start a fleet that runs its table once."""
    output.mkdir(parents=True, exist_ok=True)
    options = {**QUICK, "OUTPUT_DIR": output}
    given = [part for name, value in options.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "fleet", str(table), "--once", *words, *given]
    with (output / "log.txt").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


def judge(served: Sites, store: str) -> dict[str, Any]:
    """Compare what the manifests of a store name with what was published."""
    place = open_store(store)
    found: Counter[str] = Counter()
    torn = 0
    for folder in _folders(place, store):
        held = place.get(f"{folder}/manifest.json")
        for part in json.loads(held.data)["parts"] if held else ():
            there = place.get(f"{folder}/{part['name']}")
            data = zstandard.ZstdDecompressor().decompress(there.data, part["bytes"]) if there else b""
            torn += hashlib.sha256(data).hexdigest() != part["sha256"] or data.count(b"\n") != part["lines"]
            found.update(json.loads(line)["url"] for line in data.splitlines())
    wanted = served.articles()
    total, again = served.requests()
    return {
        "articles": len(wanted),
        "lost": len(wanted - set(found)),
        "twice": sum(count - 1 for count in found.values()),
        "torn": torn,
        "requests": total,
        "fetched_again": again,
        "fetched_again_share": round(again / len(wanted), 4),
    }


def _folders(place: Place, store: str) -> list[str]:
    if "://" not in store:
        return [path.name for path in Path(store).iterdir() if not path.name.startswith(".")]
    import obstore

    return list(obstore.list_with_delimiter(place._store)["common_prefixes"])  # type: ignore[attr-defined]


class Chaos:
    """Kills actors, nodes and the driver at drawn moments, makes the store refuse for a while, and judges."""

    def __init__(self, served: Sites, folder: Path, kills: int, seed: int) -> None:
        self._served = served
        self._folder = folder
        self._kills = kills
        self._chance = random.Random(seed)

    def run(self) -> dict[str, Any]:
        """Run it, and go on until the table has been run to its end."""
        sys.path.insert(0, str(ROOT))
        from tests.fleet.nodes import nodes
        from tests.store.servers import environment, refusing, s3_environment, s3_server

        done: Counter[str] = Counter()
        with (
            s3_server() as server,
            refusing(server) as front,
            environment(s3_environment(front.url)),
            nodes(3) as cluster,
        ):
            store = "s3://bucket/news"
            words = ("--ray", cluster.address, "--store", store)
            driver = start(self._served.table, self._folder / "driver", *words)
            names = ["node0", "node1", "node2"]
            while done.total() < self._kills:
                self._let_some_happen(self._chance.randint(20, 150))
                if driver.poll() is not None:
                    break
                what = self._chance.choice(["actor", "actor", "actor", "node", "driver", "store"])
                done[what] += 1
                if what == "actor":
                    cluster.kill_one()
                elif what == "node":
                    lost = self._chance.choice(names)
                    names.remove(lost)
                    cluster.lose(lost)
                    names.append(f"node{done.total() + 10}")
                    cluster.add(names[-1])
                elif what == "driver":
                    os.kill(driver.pid, signal.SIGKILL)
                    driver.wait()
                    driver = start(self._served.table, self._folder / "driver", *words)
                else:
                    front.refuses = True
                    self._let_some_happen(40, seconds=20.0)
                    front.refuses = False
                print(f"{done.total()}: {what}", flush=True)
            codes = [driver.wait(PATIENCE)]
            while codes[-1] != 0 and len(codes) < 5:
                codes.append(start(self._served.table, self._folder / "driver", *words).wait(PATIENCE))
            return judge(self._served, store) | {"kills": dict(done), "exit_codes": codes}

    def _let_some_happen(self, requests: int, seconds: float = 60.0) -> None:
        """Wait until the sites have been asked so many times more, or for so many seconds."""
        begin, until = self._served.requests()[0], time.monotonic() + seconds
        while self._served.requests()[0] < begin + requests and time.monotonic() < until:
            time.sleep(0.2)
