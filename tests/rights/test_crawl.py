"""Rights in the records of a real crawl, and what ``RIGHTS_POLICY`` makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_crawl import QUICK, newsroom
from tests.hostile.crawling import crawl
from tests.hostile.server import HostileServer, fixed

TDMREP = b'[{"location": "/news/*number-1*", "tdm-reservation": 1, "tdm-policy": "/licence.json"}]'


def routes() -> dict[str, Any]:
    return {
        **newsroom(),
        "/robots.txt": fixed(b"User-agent: GPTBot\nDisallow: /*number-2\n", kind="text/plain"),
        "/.well-known/tdmrep.json": fixed(TDMREP, kind="application/json"),
        "/ai.txt": fixed(b"User-Agent: *\nDisallow: *.jpg\nAllow: /\n", kind="text/plain"),
    }


def delivered(folder: Path) -> dict[str, dict[str, Any]]:
    lines = [line for file in (folder / "output").glob("*/*.jsonl") for line in file.read_text().splitlines()]
    return {record["title"][-1]: record["rights"] for record in map(json.loads, lines)}


def test_each_record_says_what_the_site_allows_and_where_it_says_so(tmp_path: Path) -> None:
    with HostileServer(routes()) as site:
        result = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
        found = delivered(tmp_path)
        assert set(found) == {"1", "2", "3"}, result.log
        assert found["1"]["tdm_reserved"] is True
        assert found["1"]["tdm_policy"] == f"{site.url}/licence.json"
        assert found["2"]["tdm_reserved"] is None
        assert found["1"]["robots_ai"] is True
        assert found["2"]["robots_ai"] is False
        assert all(rights["ai"] is True for rights in found.values())
        assert "tdmrep.json: /news/*number-1* tdm-reservation 1" in found["1"]["evidence"]
        assert "robots.txt: disallows gptbot" in found["2"]["evidence"]
        for path in ("/robots.txt", "/.well-known/tdmrep.json", "/ai.txt"):
            assert site.paths.count(path) == 1
        # The files are fresh for a day: the next run asks for robots.txt alone.
        site.routes |= {path: answer for path, answer in newsroom(4).items() if path == "/" or "number-4" in path}
        crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
        assert delivered(tmp_path)["4"]["ai"] is True
        assert site.paths.count("/ai.txt") == 1


@pytest.mark.parametrize(("policy", "titles", "dropped"), [("skip", {"3"}, 2), ("strict", set(), 3)])
def test_policies_leave_out_what_is_reserved(tmp_path: Path, policy: str, titles: set[str], dropped: int) -> None:
    site_files = routes()
    if policy == "strict":  # what cannot be read might reserve everything
        site_files["/ai.txt"] = fixed(b"", status="500 Oops")
    with HostileServer(site_files) as site:
        result = crawl(
            tmp_path, "news", "-a", f"url={site.url}/", *QUICK, "-s", f"RIGHTS_POLICY={policy}", project=True
        )
        assert set(delivered(tmp_path)) == titles, result.log
        assert result.stats["newsscraper/dropped/rights-reserved"] == dropped
        assert result.stats["finish_reason"] == "finished"
