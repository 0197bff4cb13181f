"""A table of sites, run once: what cron does."""

from __future__ import annotations

import json
from pathlib import Path

from newsscraper.demo.many import Many

from .conftest import SITES
from .running import fleet, rounds, site_name, urls, write_table


def table_of(many: Many, path: Path, **keys: str) -> Path:
    return write_table(path, [many.url(number) for number in range(SITES)], **keys)


def expected(many: Many) -> set[str]:
    return set().union(*(many.expected(number) for number in range(SITES)))


def test_every_article_of_every_site_and_the_second_time_nothing(many: Many, tmp_path: Path) -> None:
    table, output = table_of(many, tmp_path / "sites.toml"), tmp_path / "output"
    first = fleet(table, "--once", output=output)
    assert first.returncode == 0, first.stderr
    found = urls(output)
    assert set(found) == expected(many)
    assert max(found.values()) == 1
    assert "6 of 6 run, 6 fine" in first.stderr
    assert f"{len(found)} new" in first.stderr

    many.requests.clear()
    again = fleet(table, "--once", output=output)
    assert again.returncode == 0, again.stderr
    assert "0 of 6 run" in again.stderr, "nothing is due yet"
    assert not many.requests
    one, two = rounds(output)
    assert one["sites"] == {"known": 6, "run": 6, "fine": 6}
    assert one["articles"]["new"] == len(found)
    assert two["sites"] == {"known": 6, "run": 0}


def test_a_file_of_addresses_does_as_well(many: Many, tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_text(f"# two papers\n{many.url(0)}\n{many.url(1)} # the other\n")
    assert fleet(tmp_path / "sites.txt", "--once", output=tmp_path / "output").returncode == 0
    assert set(urls(tmp_path / "output")) == many.expected(0) | many.expected(1)


def test_a_site_that_fails_takes_no_other_with_it(many: Many, tmp_path: Path) -> None:
    nobody = f"http://127.0.9.9:{many.port}/"
    table = write_table(tmp_path / "sites.toml", [nobody, many.url(0)])
    done = fleet(table, "--once", output=tmp_path / "output")
    assert done.returncode == 2, done.stderr
    assert set(urls(tmp_path / "output")) == many.expected(0)
    assert f"127.0.9.9:{many.port}: nothing was crawled" in done.stderr
    (told,) = rounds(tmp_path / "output")
    assert told["sites"] == {"known": 2, "run": 2, "fine": 1, "nothing": 1}
    status = json.loads(fleet("status", table, "--json", output=tmp_path / "output").stdout)
    assert [site["state"] for site in status] == ["failing", "fine"]
    assert status[0]["failures"] == 1


def test_nothing_but_failures_is_exit_code_1(many: Many, tmp_path: Path) -> None:
    table = write_table(tmp_path / "sites.toml", [f"http://127.0.9.9:{many.port}/"])
    assert fleet(table, "--once", output=tmp_path / "output").returncode == 1


def test_a_spider_that_raises_takes_no_other_with_it(many: Many, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "spiders").mkdir(parents=True)
    (project / "spiders" / "__init__.py").touch()
    (project / "spiders" / "broken.py").write_text(
        "from newsscraper.spiders.news import NewsSpider\n"
        "class Broken(NewsSpider):\n"
        "    name = 'broken'\n"
        f"    start_url = '{many.url(0)}'\n"
        "    def start(self):\n"
        "        raise RuntimeError('out of luck')\n"
    )
    table = tmp_path / "sites.toml"
    table.write_text(f'[broken]\nspider = "broken"\n\n[other]\nurl = "{many.url(1)}"\n')
    done = fleet(
        table,
        "--once",
        output=tmp_path / "output",
        SPIDER_MODULES="newsscraper.spiders,project.spiders",
        folders=[tmp_path],
    )
    assert done.returncode == 2, done.stderr
    assert set(urls(tmp_path / "output")) == many.expected(1)
    assert f"{site_name(many, 0)}: " in done.stderr


def test_status_tells_of_sites_that_were_never_run(many: Many, tmp_path: Path) -> None:
    table = table_of(many, tmp_path / "sites.toml", every="2h")
    before = fleet("status", table, output=tmp_path / "output")
    assert before.returncode == 0
    assert before.stdout.count("never") == SITES
    assert "6 sites: 6 new" in before.stdout
    fleet(table, "--once", output=tmp_path / "output")
    after = json.loads(fleet("status", table, "--json", output=tmp_path / "output").stdout)
    assert {site["state"] for site in after} == {"fine"}
    assert {site["every_seconds"] for site in after} == {7200}
    assert len({site["due_at"] for site in after}) > 1, "spread, not all at once"
