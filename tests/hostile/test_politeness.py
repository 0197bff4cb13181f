"""robots.txt with its delays, Retry-After, the breaker, and who we say we are: seen from the server's side."""

from __future__ import annotations

import asyncio
import email.utils
import itertools
import json
import time
from pathlib import Path

import pytest

from .crawling import crawl
from .server import Answer, HostileServer, fixed, page, send

PAGES = {"/": fixed(page("<a href=/a>a</a> <a href=/b>b</a>")), "/a": fixed(page("a")), "/b": fixed(page("b"))}
# Everything as it is by default, AutoThrottle and its jitter included.
POLITE = "AUTOTHROTTLE_ENABLED = True\nAUTOTHROTTLE_START_DELAY = 0.05\nCONCURRENT_REQUESTS_PER_DOMAIN = 1\n"


def robots(text: str, status: str = "200 OK") -> Answer:
    return fixed(text.encode(), kind="text/plain", status=status)


def are_apart(times: list[float], seconds: float) -> bool:
    """Whether requests were sent so many seconds apart, told by when they came.

    A busy machine hands a request over late, by up to half of the seconds here: the next one then seems too early.
    """
    enough = all(later - earlier > seconds / 2 for earlier, later in itertools.pairwise(times))
    return enough and times[-1] - times[0] > (len(times) - 1.5) * seconds


def arrivals(server: HostileServer) -> list[float]:
    return [when for _, when in server.seen]


@pytest.mark.parametrize(
    ("rule", "seconds"),
    [("Crawl-delay: 0.6", 0.6), ("Crawl-delay: 0.1\nRequest-rate: 5/3", 0.6)],
)
def test_requests_are_as_far_apart_as_robots_txt_asks(tmp_path: Path, rule: str, seconds: float) -> None:
    with HostileServer({**PAGES, "/robots.txt": robots(f"User-agent: *\n{rule}\n")}) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=POLITE)
        assert sorted(server.paths) == ["/", "/a", "/b", "/robots.txt"]
        assert are_apart(arrivals(server), seconds), arrivals(server)
        assert result.stats["finish_reason"] == "finished"


def test_an_endless_crawl_delay_is_capped_with_a_warning(tmp_path: Path) -> None:
    with HostileServer({**PAGES, "/robots.txt": robots("User-agent: *\nCrawl-delay: 86400\n")}) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", "-s", "CRAWL_DELAY_MAX=0.5", settings=POLITE)
        assert len(server.seen) == 4
        assert are_apart(arrivals(server), 0.5), arrivals(server)
        assert "asks for 86400 s between requests; 0.5 s are kept" in result.log


def test_our_own_rules_come_before_those_for_all(tmp_path: Path) -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: newsscraper\nDisallow: /b\n"
    with HostileServer({**PAGES, "/robots.txt": robots(text)}) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/")
        assert sorted(server.paths) == ["/", "/a", "/robots.txt"]
        assert result.failed == {"robots-forbidden": 1}


async def endless_robots(writer: asyncio.StreamWriter, path: str) -> None:
    """A robots.txt of 100 MB: its rules first, then comments."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n\r\n")
    writer.write(b"User-agent: *\nDisallow: /b\n")
    for _ in range(1000):
        writer.write(b"# nothing to see here\n" * 4500)
        await writer.drain()


def test_a_robots_txt_of_100_mb_is_read_in_part_and_obeyed(tmp_path: Path) -> None:
    with HostileServer({**PAGES, "/robots.txt": endless_robots}) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/")
        assert sorted(server.paths) == ["/", "/a", "/robots.txt"]
        assert result.stats["downloader/response_bytes"] < 5_000_000
        assert result.peak_mb < 500
        assert "/robots.txt is longer than 512 KiB; the rest is not read" in result.log


def test_robots_txt_is_asked_for_conditionally_and_still_obeyed(tmp_path: Path) -> None:
    statuses = []

    async def with_validator(writer: asyncio.StreamWriter, path: str) -> None:
        known = 'if-none-match: "v1"' in server.headers[-1].lower()
        statuses.append(304 if known else 200)
        body = b"" if known else b"User-agent: *\nDisallow: /b\n"
        await send(writer, body, status="304 Not Modified" if known else "200 OK", headers=('ETag: "v1"',))

    keeping = "EXTENSIONS['newsscraper.extensions.state.State'] = 0\n"
    with HostileServer({**PAGES, "/robots.txt": with_validator}) as server:
        for _ in range(2):
            result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=keeping)
            assert result.failed == {"robots-forbidden": 1}
        assert statuses == [200, 304]
        assert server.paths.count("/a") == 2


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden"])
def test_without_robots_txt_everything_is_allowed(tmp_path: Path, status: str) -> None:
    with HostileServer({**PAGES, "/robots.txt": robots("Disallow: /", status)}) as server:
        assert crawl(tmp_path, "links", "-a", f"url={server.url}/").failed == {}
        assert server.paths.count("/a") == 1


@pytest.mark.parametrize("status", ["500 Oops", "429 Too Many Requests"])
def test_a_robots_txt_that_cannot_be_read_forbids_for_now(tmp_path: Path, status: str) -> None:
    with HostileServer({**PAGES, "/robots.txt": robots("", status)}) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/")
        assert set(server.paths) == {"/robots.txt"}
        assert result.failed == {"robots-unreachable": 1}
        assert result.code == 1
        assert "Try again later" in result.log


def storm(status: str, *headers: str) -> dict[str, Answer]:
    """Two hundred pages, of which each answers so, behind a home page that is fine."""
    home = page("".join(f"<a href=/p/{n}>x</a>" for n in range(200)))
    return {"/": fixed(home), "/p/*": fixed(page("no"), status=status, headers=headers)}


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_storm_ends_soon_with_the_host_given_up(tmp_path: Path, status: str) -> None:
    with HostileServer(storm(status, "Retry-After: 1")) as server:
        quick = "BACKOFF_FAILURES = 3\nCONCURRENT_REQUESTS_PER_DOMAIN = 1\n"
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=quick)
        asked = [when for path, when in server.seen if path.startswith("/p/")]
        assert len(asked) <= 5
        assert are_apart(asked, 1.0), asked
        assert result.failed["host-given-up"] >= 50
        assert result.code == 1
        assert "left alone for this run. Try again later" in result.log
        assert "is left alone for the rest of this run" in result.log


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_host_gets_no_more_requests_at_once_than_set(tmp_path: Path, at_once: int) -> None:
    under_way, most = 0, 0

    async def slow(writer: asyncio.StreamWriter, path: str) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(50):  # a host's own time to answer: until as many wait as may, or a second has gone
            await asyncio.sleep(0.02)
            if most >= at_once:
                break
        under_way -= 1
        await send(writer, page("slow"))

    home = page("".join(f"<a href=/p/{n}>x</a>" for n in range(40)))
    with HostileServer({"/": fixed(home), "/p/*": slow}) as server:
        settings = f"DOWNLOAD_DELAY = 0\nCONCURRENT_REQUESTS_PER_DOMAIN = {at_once}\n"
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=settings)
        assert result.failed == {}
        assert len([path for path in server.paths if path.startswith("/p/")]) == 40
        assert most == at_once


@pytest.mark.parametrize("as_date", [False, True])
def test_a_host_that_asks_for_an_hour_gets_it(tmp_path: Path, as_date: bool) -> None:
    value = email.utils.formatdate(time.time() + 3600, usegmt=True) if as_date else "3600"
    with HostileServer(storm("503 Service Unavailable", f"Retry-After: {value}")) as server:
        alone = "CONCURRENT_REQUESTS_PER_DOMAIN = 1\n"
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=alone)
        assert len([path for path in server.paths if path.startswith("/p/")]) <= 2
        assert result.failed["asked-to-come-back-later"] >= 50


def test_a_host_that_stops_answering_is_given_up_and_a_page_alone_is_not(tmp_path: Path) -> None:
    gone = page("<a href=/gone/1>x</a><a href=/b>b</a>")
    with HostileServer({**PAGES, "/": fixed(gone), "/gone/*": dropped}) as server:
        result = crawl(
            tmp_path, "links", "-a", f"url={server.url}/", settings="BACKOFF_FAILURES = 2\nRETRY_TIMES = 4\n"
        )
        assert result.failed == {"connection-lost": 1}
        assert server.paths.count("/gone/1") == 5
        server.routes["/"] = fixed(page("".join(f"<a href=/gone/{n}>x</a>" for n in range(50))))
        server.seen.clear()
        alone = "CONCURRENT_REQUESTS_PER_DOMAIN = 1\nBACKOFF_FAILURES = 4\n"
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=alone)
        assert result.failed["host-given-up"] >= 40
        assert len(server.seen) < 20


async def dropped(writer: asyncio.StreamWriter, path: str) -> None:
    """Close the connection without a word."""
    writer.close()


def test_pauses_in_a_row_come_to_an_end(tmp_path: Path) -> None:
    with HostileServer(storm("429 Too Many Requests", "Retry-After: 1")) as server:
        alone = "CONCURRENT_REQUESTS_PER_DOMAIN = 1\nBACKOFF_FAILURES = 1000\nRETRY_AFTER_MAX = 2\n"
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings=alone)
        assert result.stats["newsscraper/backoff/pauses"] == 2
        assert result.failed["asked-to-come-back-later"] >= 50


def test_a_host_that_recovers_is_crawled_on(tmp_path: Path) -> None:
    calls = itertools.count()

    async def recovering(writer: asyncio.StreamWriter, path: str) -> None:
        await send(writer, page("x"), status="503 Busy" if next(calls) < 3 else "200 OK")

    with HostileServer({**PAGES, "/a": recovering}) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/", settings="RETRY_TIMES = 5\n")
        assert result.failed == {}
        assert result.stats["pages/a"] == 1


def test_we_say_who_we_are(tmp_path: Path) -> None:
    with HostileServer(dict(PAGES)) as server:
        crawl(tmp_path, "links", "-a", f"url={server.url}/", "-s", "CONTACT=desk@example.org", "-s", "USER_AGENT=")
        agents = {
            line for head in server.headers for line in head.split("\r\n") if line.lower().startswith("user-agent")
        }
        assert len(agents) == 1
        assert agents.pop().endswith("(+mailto:desk@example.org)")
        assert all(head.count("newsscraper/") == 1 for head in server.headers)


def test_a_missing_contact_is_asked_for_once(tmp_path: Path) -> None:
    result = crawl(tmp_path, "links", "-a", "url=http://no-such-host.invalid/", "-s", "RETRY_TIMES=0")
    assert result.log.count("CONTACT is not set") == 1
    assert "-s CONTACT=you@example.org" in result.log
    assert result.failed == {"no-such-host": 1}


def test_secrets_in_addresses_are_written_nowhere(tmp_path: Path) -> None:
    links = "<a href='/x?api_key=geheim3'>x</a><a href='http://user:geheim1@127.0.0.1/'>x</a>"
    with HostileServer({"/*": fixed(page(links))}) as server:
        start = f"{server.url}/?token=geheim2"
        result = crawl(tmp_path, "links", "-a", f"url={start}", "-s", "LOG_LEVEL=DEBUG")
        assert "/x?api_key=geheim3" in server.paths
        assert "geheim" not in result.log
        assert "token=***" in result.log
        assert result.failed == {"password-in-address": 1}
        runs = [path.read_text() for path in (tmp_path / "output").rglob("*.json")]
        assert runs
        assert "geheim" not in "".join(runs)


def test_doors_for_strangers_are_shut(tmp_path: Path) -> None:
    with HostileServer(dict(PAGES)) as server:
        result = crawl(tmp_path, "links", "-a", f"url={server.url}/")
        assert "extensions.telnet" not in result.log
        assert "extensions.remote_control" not in result.log
        assert "Cookie" not in "".join(server.headers)
    (run,) = (tmp_path / "output" / "hostile.example" / "runs").glob("*.json")
    assert json.loads(run.read_text())["requests"] == 4
