"""A day file that lost lines behind the crawl's back: the next run delivers their articles again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import crawl
from tests.spiders.test_incremental import Desk, crawl_and_kill


@pytest.mark.parametrize("killed", [False, True])
def test_every_article_is_there_once_again(tmp_path: Path, *, killed: bool) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base, count=12)) or desk[0]) as site:
        if killed:
            crawl_and_kill(tmp_path, site, desk[0], lines=6)
        else:
            crawl(tmp_path, site.url)
        (path,) = tmp_path.glob("*/*.jsonl")
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:3]) + lines[3][:100])
        again = crawl(tmp_path, site.url)
        assert "article(s) are delivered again" in again.log
        assert sorted(again.urls) == sorted(site.url.rstrip("/") + story.path for story in desk[0].stories)
        assert {record["revision"] for record in again.records} == {1}
        assert again.code == 0
