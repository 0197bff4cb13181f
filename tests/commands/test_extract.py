"""``scrapy extract`` as its user calls it, in a process of its own."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.extraction.metadata.test_joining import PARTS
from tests.extraction.metadata.themes import AMP_OFFICIAL, PROSE

ROOT = Path(__file__).parents[2]


def extract(*args: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "extract", *args],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(AMP_OFFICIAL.html, encoding="utf-8")
    return path


def test_a_files_record(page_file: Path) -> None:
    done = extract(str(page_file), "--fetched-at", "2024-06-30T12:00:00+00:00")
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["title"] == "Les ambitions contrariées"
    assert record["url"] == "https://www.journal.example/2024/06/les-ambitions-contrariees/"
    assert record["images"][0]["credit"] == "Huawei"
    assert record["fetched_at"].startswith("2024-06-30T12:00:00")


def test_packed_from_standard_input_and_under_another_name() -> None:
    packed = gzip.compress(AMP_OFFICIAL.html.encode())
    done = extract("-", "--url", "https://www.journal.example/x/", "--fetched-at", "2024-06-30", stdin=packed)
    assert json.loads(done.stdout)["source_url"] == "https://www.journal.example/x/"


def test_the_parts_are_drawn_as_the_docs_show_them() -> None:
    drawn = extract("tests/pages/seed.html", "--parts", "--url", "https://www.silicon.fr/x.html").stdout
    assert [line.split()[0] for line in drawn.splitlines()][-4:] == ["headline", "text", "teaser", "foot"]
    shown = (ROOT / "docs" / "extraction.md").read_text("utf-8")
    assert drawn.strip() in shown


def test_explain_shows_blocks_and_where_names_came_from(page_file: Path) -> None:
    out = extract(str(page_file), "--fetched-at", "2024-06-30", "--explain").stdout
    lines = [line.split(None, 2) for line in out.splitlines() if line.startswith("  ")]
    kept = [line for line in lines if line[0] == "kept"]
    assert any(PROSE["fr"][0][:60] in line[-1] for line in kept)
    assert any(line[0] == "cut" and "Laisser un commentaire" in line[-1] for line in lines)
    assert any(line[0] == "believed" and "Zoé Brûlé" in line[-1] for line in lines)
    for heading in ("Title", "Authors", "Dates", "Categories", "Text, block by block"):
        assert f"\n{heading}\n" in out


def test_the_files_own_time_is_said(page_file: Path) -> None:
    done = extract(str(page_file))
    assert "the file's time" in done.stderr
    assert json.loads(done.stdout)["fetched_at"]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nowhere.html"], 1, "there is no file nowhere.html"),
        (["www.journal.example/a.html"], 1, "an address starts with https://"),
        (["benchmarks"], 3, "there is no saved page"),
        (["https://"], 1, "it is not a web address"),
        (["https://[bad/"], 1, "it is not a web address"),
        ([], 3, "name a URL or a file"),
        (["a.html", "b.html", "--explain"], 3, "can only be used with one page"),
        (["a", "--fetched-at", "yesterday"], 3, "not a moment in ISO 8601"),
        (["a", "--url", "journal"], 3, "must start with http"),
        (["a", "-L", "loud"], 3, "LOG_LEVEL is 'loud'; it can be CRITICAL"),
    ],
)
def test_what_a_user_can_do_wrong(args: list[str], code: int, words: str) -> None:
    done = extract(*args)
    assert done.returncode == code
    assert done.stdout == ""
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    done = extract(str(tmp_path / "empty.html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "is empty" in done.stderr


def test_a_broken_archive(tmp_path: Path) -> None:
    (tmp_path / "page.gz").write_bytes(gzip.compress(AMP_OFFICIAL.html.encode())[:500])
    done = extract(str(tmp_path / "page.gz"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.answer("text/plain", "User-agent: *\nDisallow: /forbidden")
        elif self.path.startswith("/a.html"):
            number = int(self.path.rpartition("/")[2]) if self.path[-1].isdigit() else 1
            links = " ".join(
                f"<b>{n}</b>" if n == number else f'<a href="/a.html{"" if n == 1 else f"/{n}"}">{n}</a>'
                for n in (1, 2, 3)
            )
            body = "".join(f"<p>{text}</p>" for text in PARTS[number - 1])
            self.answer(
                "text/html",
                f'<html lang="fr"><article><h1>Les ambitions</h1>{body}<div class="page-links">{links}</div></article>',
            )
        elif self.path == "/image":
            self.answer("image/png", "\x00\x01PNG\x00")
        else:
            self.send_error(404)

    def answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_with_all_parts_of_its_article(site: str) -> None:
    done = extract(f"{site}/a.html", "-s", "AUTOTHROTTLE_ENABLED=False")
    record = json.loads(done.stdout)
    assert record["text"] == "\n\n".join(text for part in PARTS for text in part)
    assert record["url"] == f"{site}/a.html"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", "does not exist"),
        ("/forbidden", "robots.txt forbids it"),
        ("/image", "it is not a web page; its type is image/png"),
    ],
)
def test_addresses_without_a_page(site: str, path: str, words: str) -> None:
    done = extract(site + path, "-s", "AUTOTHROTTLE_ENABLED=False")
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_host_that_is_down() -> None:
    done = extract("http://127.0.0.1:9/")
    assert done.returncode == 1
    assert "refuses connections" in done.stderr


def test_many_pages_and_folders_are_a_line_each(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(3):
        page = (
            f"<html lang=en><title>Rain {number}</title><h1>Rain {number}</h1>" + f"<p>It rained {number} days. " * 30
        )
        (folder / f"{number}.html").write_text(page)
    (folder / "3.html").write_text("")
    done = extract(folder, folder / "0.html")
    assert done.returncode == 1  # one of them is empty, and the others are there all the same
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["Rain 0", "Rain 1", "Rain 2", "Rain 0"]
    assert f"{folder / '3.html'} is empty" in done.stderr
    assert extract(tmp_path / "saved", "--explain").returncode == 3


def test_markdown_has_the_structure_of_the_page(tmp_path: Path) -> None:
    words = "The council met and voted on the harbour, the bridge and the road, and asked for money. " * 3
    page = tmp_path / "page.html"
    page.write_text(
        f"<html lang=en><title>Votes</title><article><h1>Votes</h1><p>{words}</p><h2>Results</h2>"
        f'<ul><li>The harbour: 12 of 14</li><li>The <a href="https://a.example/b">bridge</a>: none</li></ul>'
        f"<blockquote>The mayor had asked for this vote in spring, and waited for it all summer.</blockquote>"
        "<table><tr><th>Who</th><th>Votes</th></tr><tr><td>Ann</td><td>7</td></tr></table>"
        f"<p>{words}</p></article>"
    )
    done = extract(page, "--format", "markdown")
    assert done.returncode == 0, done.stderr
    for piece in (
        'title: "Votes"\n',
        "\n# Votes\n",
        "\n## Results\n",
        "\n- The harbour: 12 of 14\n- The [bridge](https://a.example/b): none\n",
        "\n> The mayor had asked",
        "\n| Who | Votes |\n| --- | --- |\n| Ann | 7 |\n",
    ):
        assert piece in done.stdout, done.stdout
