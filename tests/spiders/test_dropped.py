"""What a run has not delivered is written down: each page and each failed request, its reason and the way to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.spiders import serving
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.test_incremental import Desk, crawl_and_kill


def lines_of(crawled: Crawled) -> list[dict[str, Any]]:
    """The lines of the file that a run's summary names."""
    return [json.loads(line) for line in Path(crawled.summary["dropped_file"]).read_text("utf-8").splitlines()]


class OddDesk(Desk):
    """A newsroom whose sitemap names a page that is down, one that is empty, one on another site and a list."""

    def __call__(self, target: str) -> serving.Answer | None:
        if target == "/sitemap.xml":
            paths = [story.path for story in self.stories]
            odd = ["/2026/11/01/empty-page-of-the-day-7", "/2026/11/02/broken-page-of-the-day-8", "/tag/bridge"]
            pages = "".join(f"<url><loc>{self.base}{path}</loc></url>" for path in [*paths, *odd])
            elsewhere = "<url><loc>https://elsewhere.example/2026/11/01/a-story-of-others-9</loc></url>"
            return serving.Answer(f"<urlset>{pages}{elsewhere}</urlset>", "application/xml")
        if target.startswith("/2026/11/01/empty"):
            return serving.Answer("<html><body><p></p></body></html>")
        if target.startswith("/2026/11/02/broken"):
            return serving.Answer("down", status=500)
        return super().__call__(target)


def test_each_has_its_line(tmp_path: Path) -> None:
    with serving.serve(OddDesk) as site:
        done = crawl(tmp_path, site.url)
        base = site.url.rstrip("/")
    lines = {line["address"]: line for line in lines_of(done)}
    empty = lines[f"{base}/2026/11/01/empty-page-of-the-day-7"]
    assert (empty["what"], empty["reason"], empty["way"]) == ("dropped", "no-text", "sitemap")
    assert empty["source"] == f"{base}/sitemap.xml"
    broken = lines[f"{base}/2026/11/02/broken-page-of-the-day-8"]
    assert (broken["what"], broken["reason"], broken["way"]) == ("failed", "server-error", "sitemap")
    assert lines["https://elsewhere.example/2026/11/01/a-story-of-others-9"]["reason"] == "another-site"
    assert lines[f"{base}/tag/bridge"]["reason"] == "a-list-by-tag"
    counted = {("dropped", reason): count for reason, count in done.summary["dropped"].items()}
    counted |= {("failed", reason): count for reason, count in done.summary["failed"].items()}
    written = [(line["what"], line["reason"]) for line in lines_of(done)]
    assert {each: written.count(each) for each in written} == counted
    assert Path(done.summary["dropped_file"]).parent == next(tmp_path.glob("*/runs"))
    assert done.summary["examples"] == {
        "dropped/no-text": [empty["address"]],
        "failed/server-error": [broken["address"]],
    }
    said = done.log[done.log.rindex(": done") :]
    assert f"1 no text\n             {empty['address']}\n" in said
    assert f"  in full    {done.summary['dropped_file']}\n" in said


def test_a_run_without_any_has_no_file(tmp_path: Path) -> None:
    with serving.serve(Desk) as site:
        done = crawl(tmp_path, site.url)
    assert done.summary["dropped"] == {}
    assert done.summary["dropped_file"] is None
    assert "in full" not in done.log


def test_a_killed_run_goes_on_with_its_file(tmp_path: Path) -> None:
    desk: list[OddDesk] = []
    with serving.serve(lambda base: desk.append(OddDesk(base, count=20)) or desk[0]) as site:
        crawl_and_kill(tmp_path, site, desk[0], lines=8)
        again = crawl(tmp_path, site.url)
    assert "taking up run 1 again" in again.log
    assert len([line for line in lines_of(again) if line["reason"] == "a-list-by-tag"]) >= 1
    assert not list(tmp_path.glob("*/runs/.under-way*"))


def test_no_more_lines_than_are_bearable(tmp_path: Path) -> None:
    class Linked(Desk):
        def __call__(self, target: str) -> serving.Answer | None:
            if target == "/sitemap.xml":
                pages = [self.base + story.path for story in self.stories]
                pages += [f"{self.base}/tag/{number}" for number in range(20_100)]
                return serving.sitemap([(page, serving.NOW) for page in pages])
            return super().__call__(target)

    with serving.serve(Linked) as site:
        done = crawl(tmp_path, site.url)
    assert done.summary["dropped"] == {"a-list-by-tag": 20_100}
    assert len(lines_of(done)) == 20_000
