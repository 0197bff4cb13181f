"""Two servers on one host are two sites, each named by its port."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from newsscraper.crawlstate import open_state
from tests.spiders import serving
from tests.spiders.crawling import crawl
from tests.spiders.test_incremental import Desk


class LinkedDesk(Desk):
    """A newsroom whose home page links to a story of another one."""

    elsewhere = ""

    def __call__(self, target: str) -> serving.Answer | None:
        if target == "/" and self.elsewhere:
            return serving.Answer(f'<h2><a href="{self.elsewhere}">A story of the other newsroom, in full</a></h2>')
        return super().__call__(target)


def test_two_ports_of_one_host_are_two_sites(tmp_path: Path) -> None:
    one: list[LinkedDesk] = []
    with serving.serve(lambda base: one.append(LinkedDesk(base)) or one[0]) as first, serving.serve(Desk) as second:
        one[0].elsewhere = second.url.rstrip("/") + one[0].stories[0].path
        assert crawl(tmp_path, first.url).code == 0
        assert second.fetched("/") == [], "a link to another port leaves the site"
        assert crawl(tmp_path, second.url, limit=3).code == 0
        names = [urlsplit(site.url).netloc for site in (first, second)]
        folders = [tmp_path / name.replace(":", "_") for name in names]
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".state", *(path.name for path in folders)])
        for site, name, folder, count in zip((first, second), names, folders, (6, 3), strict=True):
            records = [line for file in folder.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
            assert len(records) == count
            assert all(f'"site":"{name}"' in line and f'"url":"{site.url}' in line for line in records)


def test_records_kept_under_the_host_alone_are_pointed_out(tmp_path: Path) -> None:
    with serving.serve(Desk) as site:
        open_state(tmp_path / ".state", "127.0.0.1").close()
        first, second = crawl(tmp_path, site.url, limit=2), crawl(tmp_path, site.url, limit=1)
        assert f"Those of earlier versions are in {tmp_path / '127.0.0.1'}" in first.log
        assert "earlier versions" not in second.log, "said once"
