"""What a newcomer runs first: crawl the demo newsroom, and find on disk what it published."""

import json
import re
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from newsscraper.article import Article
from newsscraper.commands import demo
from newsscraper.demo import Newsroom
from newsscraper.demo.comparison import compare, differences, records_under
from newsscraper.demo.shapes import SHAPES
from newsscraper.urls import article_id

CHECKOUT = Path(__file__).parents[2]


def _demo(output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "demo", "--crawl", "-s", f"OUTPUT_DIR={output}", *options],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, port: int) -> tuple[Path, subprocess.CompletedProcess[str]]:
    output = tmp_path_factory.mktemp("demo") / "output"
    return output, _demo(output, "--articles", "30", "--port", str(port))


def test_every_article_is_on_disk_as_published(
    crawled: tuple[Path, subprocess.CompletedProcess[str]], port: int
) -> None:
    output, done = crawled
    folder = output / f"127.0.0.1_{port}"
    said = done.stdout + done.stderr
    assert f"30 of the newsroom's 30 articles are in {folder}, each as it was published" in said, said
    assert done.returncode == 0
    assert len(records_under(folder)) == 30


def test_second_crawl_of_the_same_newsroom_writes_nothing(
    crawled: tuple[Path, subprocess.CompletedProcess[str]], port: int
) -> None:
    output, _ = crawled
    folder = output / f"127.0.0.1_{port}"
    before = {file.name: file.read_bytes() for file in folder.glob("*.jsonl")}
    again = _demo(output, "--articles", "30", "--port", str(port))
    assert again.returncode == 0, again.stdout + again.stderr
    assert {file.name: file.read_bytes() for file in folder.glob("*.jsonl")} == before


def test_another_newsroom_at_the_same_address_is_kept_apart(
    crawled: tuple[Path, subprocess.CompletedProcess[str]], port: int
) -> None:
    output, _ = crawled
    for articles in ("12", "30", "12"):
        done = _demo(output, "--articles", articles, "--port", str(port))
        assert done.returncode == 0, done.stdout + done.stderr
    assert len(records_under(output / f"127.0.0.1_{port}")) == 30
    assert len(records_under(output / "newsroom-12-1" / f"127.0.0.1_{port}")) == 12


@pytest.mark.parametrize("remembered", ['{"8470', "[]", '{"PORT-2-1": "once"}'], ids=["torn", "list", "no-moment"])
def test_what_it_remembers_of_its_newsrooms_may_be_damaged(tmp_path: Path, port: int, remembered: str) -> None:
    file = tmp_path / ".state" / "demo.json"
    file.parent.mkdir()
    file.write_text(remembered.replace("PORT", str(port)), "utf-8")
    done = _demo(tmp_path, "--articles", "2", "--port", str(port))
    assert done.returncode == 0, done.stderr
    assert list(json.loads(file.read_bytes())) == [f"{port}-2-1"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-s", "OUTPUT_DIR=scrapy.cfg/out"), "scrapy demo: cannot write to scrapy.cfg/out"),
        (("--port", "99999"), "scrapy demo: --port must be from 0 to 65535"),
        (("--shape", "2018", "--moved"), "scrapy demo: --moved needs an earlier shape, and there is none before 2018"),
    ],
)
def test_wrong_usage_is_said_in_a_line(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    done = _demo(tmp_path, "--articles", "2", *options)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 3


def test_serves_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "scrapy", "demo", "--articles", "3", "--port", "0"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout
            said = serving.stdout.readline()
            address = re.fullmatch(r"3 articles at (http://127\.0\.0\.1:\d+/) until Ctrl-C\n", said)
            assert address, said
            with urlopen(address[1], timeout=20) as response:
                assert response.status == 200
            serving.send_signal(signal.SIGINT)
            assert serving.wait(timeout=30) == 0
        finally:
            serving.kill()


def test_taken_port_is_said_in_a_line(tmp_path: Path) -> None:
    with Newsroom(articles=1).serve() as site:
        done = _demo(tmp_path, "--port", site.url.rsplit(":", 1)[1])
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "Address already in use. Choose another one with --port" in done.stderr


def test_wrong_number_of_articles_is_usage(tmp_path: Path) -> None:
    done = _demo(tmp_path, "--articles", "0", "--port", "0")
    assert done.returncode != 0
    assert "--articles must be 1 or more" in done.stderr + done.stdout


def test_comparison_finds_what_is_wrong() -> None:
    with Newsroom(articles=12, opened_at=datetime(2026, 5, 1, tzinfo=UTC)).serve() as site:
        truth = site.truth
        right = list(truth.values())
        assert compare(truth, right).is_perfect
        urls = list(truth)
        repeat = next(record for record in right if record.duplicate_of)
        wrong = [Article.from_json(record.to_json()) for record in right[1:]]
        wrong[0].title = "Autre chose"
        wrong[1].text = (wrong[1].text or "") + " Publicité"
        next(record for record in wrong if record.id == repeat.id).duplicate_of = None
        wrong.append(Article(url=f"{site.url}/mentions-legales"))
        result = compare(truth, wrong)
    assert result.missing == [urls[0]]
    assert result.different == {urls[1]: ["title"], urls[2]: ["text"]}
    assert result.surplus == [f"{site.url}/mentions-legales"]
    assert [pair[0] for pair in result.duplicates] == [repeat.url]


@pytest.mark.parametrize("shape", ["2018", "2024"])
def test_an_older_shape_is_crawled_as_well(tmp_path: Path, shape: str) -> None:
    done = _demo(tmp_path, "--articles", "12", "--port", "0", "--shape", shape)
    assert "12 of the newsroom's 12 articles are in" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_shapes_of_the_command_are_those_of_the_newsroom() -> None:
    assert [shape.name for shape in SHAPES] == list(demo.SHAPES)


def test_comparison_goes_by_the_first_address_of_an_article_that_moved() -> None:
    with Newsroom(articles=12, opened_at=datetime(2026, 5, 1, tzinfo=UTC), shape="2018").serve() as site:
        before = list(site.truth.values())
        site.move("2026")
        after = [Article.from_json(record.to_json()) for record in site.truth.values()]
        for old, new in zip(before, after, strict=True):
            new.id, new.duplicate_of, new.revision = old.id, old.duplicate_of, 2
        assert compare(site.truth, before + after).is_perfect
        after[3].id = article_id(after[3].url or "")
        result = compare(site.truth, before + after)
    assert result.surplus == [before[3].url]


def test_moments_are_equal_in_any_offset_and_texts_in_any_spacing() -> None:
    one = Article(date_published="2026-07-14T10:00:00+02:00", text="un\n\ndeux")
    other = Article(date_published="2026-07-14T08:00:00Z", text="un deux")
    assert differences(one, other) == []
    assert differences(one, Article(date_published="2026-07-14T10:00:00Z", text="un deux")) == ["date_published"]
    assert differences(one, Article(date_published="2026-07", text="undeux")) == ["text", "date_published"]
