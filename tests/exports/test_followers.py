"""The recipes of docs/followers.md, run as they are written: each record once, by id and revision, through repeats."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, Producer

from tests.archives.making import environ
from tests.exports.delivering import article, deliver

PAGE = Path(__file__).parents[2] / "docs" / "followers.md"
SITE, DAY = "one.example", "2026-11-21"


def recipe(name: str, folder: Path) -> Path:
    """Write a recipe of the page to a file."""
    source = re.search(rf'^```python title="{name}"\n(.*?)^```', PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert source
    assert len(source[1].splitlines()) <= 30
    (folder / name).write_text(source[1], "utf-8")
    return folder / name


def follow(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), str(script.parent / "output"), *arguments]
    return subprocess.run(
        command, cwd=script.parent, env=environ(), capture_output=True, text=True, timeout=120, check=False
    )


class Index(ThreadingHTTPServer):
    """Documents by id with their versions, as the bulk API of Elasticsearch keeps them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Bulk)
        self.documents: dict[str, tuple[int, dict[str, Any]]] = {}
        self.statuses: list[int] = []
        self.full = False


class _Bulk(BaseHTTPRequestHandler):
    server: Index

    def do_POST(self) -> None:
        assert self.path == "/articles/_bulk"
        assert self.headers["Content-Type"] == "application/x-ndjson"
        lines = self.rfile.read(int(self.headers["Content-Length"])).splitlines()
        items = [{"index": self._index(*map(json.loads, pair))} for pair in zip(lines[::2], lines[1::2], strict=True)]
        answer = json.dumps({"items": items}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _index(self, action: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
        told = action["index"]
        assert told["version_type"] == "external"
        held = self.server.documents.get(told["_id"])
        if self.server.full:
            status = 429
        elif held is not None and held[0] >= told["version"]:
            status = 409
        else:
            status = 200 if held else 201
            self.server.documents[told["_id"]] = told["version"], document
        self.server.statuses.append(status)
        return {"_id": told["_id"], "status": status}

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def index() -> Iterator[Index]:
    server = Index()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_elasticsearch(tmp_path: Path) -> None:
    script = recipe("to_elasticsearch.py", tmp_path)
    output = tmp_path / "output"
    deliver(output, SITE, DAY, [article(number) for number in range(1, 4)])
    with index() as server:
        address = f"http://127.0.0.1:{server.server_port}/articles"
        server.full = True
        refused = follow(script, address)
        assert refused.returncode == 1
        assert "429" in refused.stderr
        server.full = False
        assert follow(script, address).returncode == 0
        assert {key: version for key, (version, _) in server.documents.items()} == {
            f"{number:016x}": 1 for number in range(1, 4)
        }
        deliver(output, SITE, "2026-11-22", [article(2, title="Put right", revision=2)])
        server.statuses.clear()
        assert follow(script, address).returncode == 0
        assert server.statuses == [200]  # from its mark on, and no further
        (tmp_path / f"{SITE}.elasticsearch.json").unlink()  # as if it had been killed before its first mark
        assert follow(script, address).returncode == 0
        assert server.statuses[1:] == [409] * 4
    version, document = server.documents[f"{2:016x}"]
    assert (version, document["title"]) == (2, "Put right")


def test_kafka(tmp_path: Path) -> None:
    script = recipe("to_kafka.py", tmp_path)
    output = tmp_path / "output"
    deliver(output, SITE, DAY, [article(number) for number in range(1, 4)])
    cluster = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    servers = ",".join(f"{each.host}:{each.port}" for each in cluster.list_topics(timeout=30).brokers.values())
    assert follow(script, servers, "articles").returncode == 0
    deliver(output, SITE, "2026-11-22", [article(2, title="Put right", revision=2)])
    for _ in range(2):
        assert follow(script, servers, "articles").returncode == 0
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "test", "auto.offset.reset": "earliest"})
    consumer.subscribe(["articles"])
    found = []
    deadline = time.monotonic() + 60
    while len(found) < 4 and time.monotonic() < deadline:
        message = consumer.poll(0.5)
        if message is not None and message.error() is None:
            found.append(message)
    assert consumer.poll(0.5) is None  # nothing twice
    consumer.close()
    latest = {message.key().decode(): (int(dict(message.headers())["revision"]), message.value()) for message in found}
    assert sorted(latest) == [f"{number:016x}" for number in range(1, 4)]
    revision, line = latest[f"{2:016x}"]
    assert (revision, json.loads(line)["title"]) == (2, "Put right")
    assert len(found) == 4
