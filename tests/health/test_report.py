"""The report: read by a real browser, by Prometheus' own parser, in a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from newsscraper.health.report import prometheus
from newsscraper.health.report.collecting import collect
from tests.exports.delivering import article, deliver, environment
from tests.health.past import live

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def report(output: Path, *options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "report", *map(str, options), "-s", f"OUTPUT_DIR={output}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment())


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Three sites: one that is well, one with a finding, one with a hostile title."""
    folder = tmp_path / "output"
    live(folder / "well.example" / "runs", new=7)
    live(folder / "ill.example" / "runs", new=4)
    live(folder / "odd.example" / "runs", new=2)
    last = max((folder / "ill.example" / "runs").glob("*.json"))
    told: dict[str, Any] = json.loads(last.read_text("utf-8"))
    finding = {
        "kind": "no-date",
        "sentence": "12 of 14 new articles have no date; of the 400 before, 3",
        "look_at": ["https://ill.example/a"],
        "since": told["finished_at"],
    }
    last.write_text(json.dumps(told | {"findings": [finding], "exit_code": 5, "outcome": "done, but not as usual"}))
    deliver(folder, "odd.example", "2026-11-21", [article(n, title=f"</script><b>{n}</b>") for n in range(12)])
    return folder


def test_the_page_in_a_browser(output: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium is installed")
    done = report(output)
    assert done.returncode == 0, done.stderr
    with playwright.sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((output / "report.html").as_uri())
        names = page.locator("#rows tr td:first-child")
        assert names.all_inner_texts() == ["ill.example", "odd.example", "well.example"]
        assert "12 of 14 new articles have no date" in page.locator("#ill").inner_text()
        page.get_by_role("button", name="New a day").click()
        assert names.all_inner_texts() == ["well.example", "ill.example", "odd.example"]
        page.get_by_role("button", name="New a day").click()
        assert names.all_inner_texts() == ["odd.example", "ill.example", "well.example"]
        page.get_by_label("Search").fill("no-date")
        assert names.all_inner_texts() == ["ill.example"]
        page.get_by_label("Search").fill("")
        page.locator("#rows").get_by_role("button", name="odd.example").click()
        page.locator("#site-title").wait_for()  # the browser tells of a new address in its own time
        assert page.locator("#detail svg").count() >= 6
        assert "</script><b>11</b>" in page.locator("#detail").inner_text()
        page.get_by_role("button", name="All sites").click()
        page.locator("#overview").wait_for()
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()
    assert said == []
    assert asked == [(output / "report.html").as_uri()]


def test_prometheus_reads_the_metrics(output: Path, tmp_path: Path) -> None:
    file = tmp_path / "newsscraper.prom"
    assert report(output, "--prometheus", file).returncode == 0
    samples = {
        (sample.name, sample.labels["site"], sample.labels.get("field") or sample.labels.get("kind")): sample.value
        for family in text_string_to_metric_families(file.read_text("utf-8"))
        for sample in family.samples
    }
    assert samples["newsscraper_healthy", "well.example", None] == 1
    assert samples["newsscraper_healthy", "ill.example", None] == 0
    assert samples["newsscraper_findings", "ill.example", "no-date"] == 1
    assert samples["newsscraper_coverage_ratio", "well.example", "authors"] == 1
    assert samples["newsscraper_articles", "well.example", "new"] == 7 * 40
    assert samples["newsscraper_last_success_timestamp_seconds", "ill.example", None] > 1.7e9


def test_labels_are_escaped(output: Path) -> None:
    sites = collect(output, datetime.now(UTC))
    sites[0].dropped = {'odd "reason" \\ here\nthere': 3}
    (family,) = [each for each in text_string_to_metric_families(prometheus.text(sites)) if each.name.endswith("drops")]
    assert family.samples[0].labels["reason"] == 'odd "reason" \\ here\nthere'


def test_the_terminal_and_json(output: Path) -> None:
    done = report(output, "--terminal")
    lines = done.stdout.splitlines()
    assert lines[0] == "3 sites, 1 of them need somebody"
    assert "12 of 14 new articles have no date" in done.stdout
    sites = json.loads(report(output, "--json").stdout)
    assert [site["name"] for site in sites] == ["ill.example", "odd.example", "well.example"]
    assert len(sites[2]["days"]) == 91


def test_wrong_usage_is_one_line(tmp_path: Path, output: Path) -> None:
    for code, said, arguments in (
        (1, "no site was crawled into", (tmp_path / "none",)),
        (3, "this command takes options only, not 'html'", (output, "html")),
        (3, "cannot write", (output, "--prometheus", tmp_path / "none" / "x.prom")),
    ):
        done = report(arguments[0], *arguments[1:])  # type: ignore[arg-type]
        assert done.returncode == code
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
