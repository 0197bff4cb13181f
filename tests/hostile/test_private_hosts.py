"""No way from a page to addresses that only this machine or this network can reach."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from newsscraper.middlewares.addresses import is_public, literal_address
from newsscraper.middlewares.connection import _AddressPolicy
from newsscraper.middlewares.reasons import Refused

from .crawling import crawl
from .dns import DnsServer
from .server import HostileServer, fixed, page, redirect

RESOLVER = "TWISTED_DNS_RESOLVER = 'tests.hostile.dns.TestDomainResolver'\nRETRY_TIMES = 0\n"
SOMEWHERE_PUBLIC = "8.8.8.8"  # never connected to: the name has another answer by then


def links(*hrefs: str) -> bytes:
    return page(" ".join(f'<a href="{href}">x</a>' for href in hrefs))


@pytest.fixture
def inner() -> HostileServer:
    """A service that nobody outside must reach."""
    return HostileServer({"/*": fixed(page("secret"))}, host="127.0.0.2")


def test_no_link_redirect_or_name_leads_to_a_private_address(tmp_path: Path, inner: HostileServer) -> None:
    with (
        inner,
        HostileServer({}) as site,
        DnsServer(
            {
                "inner.test": ["127.0.0.2"],
                "metadata.test": ["169.254.169.254"],
                "rebind.test": [SOMEWHERE_PUBLIC, "127.0.0.2"],
            }
        ) as dns,
    ):
        port = inner.port
        by_address = [f"http://{host}:{port}/" for host in ("127.0.0.2", "2130706434", "0x7f.0.0.2", "0177.0.0.2")]
        by_address += [
            f"http://[::ffff:127.0.0.2]:{port}/",
            f"http://127.0.2:{port}/",
            f"http://[fe80::1%25lo]:{port}/",
        ]
        by_address += ["http://169.254.169.254/latest/meta-data/", f"http://localhost:{port}/", f"http://[::1]:{port}/"]
        by_name = [f"http://{name}:{port}/" for name in ("inner.test", "metadata.test", "rebind.test")]
        refresh = f'<meta http-equiv="refresh" content="0; url=http://127.0.0.2:{port}/refreshed">'
        site.routes |= {
            "/": fixed(links(*by_address, *by_name, "/redirect", "/redirect-name", "/refresh")),
            "/redirect": redirect(f"http://127.0.0.2:{port}/redirected"),
            "/redirect-name": redirect(f"http://inner.test:{port}/redirected"),
            "/refresh": fixed(page("", head=refresh)),
        }
        environment = {"TEST_DNS_PORT": str(dns.port)}
        result = crawl(tmp_path, "links", "-a", f"url={site.url}/", settings=RESOLVER, environment=environment)
        assert result.stats["finish_reason"] == "finished"
        assert inner.seen == []
        assert dns.asked.count("rebind.test") == 2, "the test needs a second look at the name"
        assert result.failed["private-address"] == len(by_address) + len(by_name) + 3, (result.failed, result.log)
        assert "Traceback" not in result.log


def test_a_start_url_on_a_private_host_stays_on_that_host(tmp_path: Path, inner: HostileServer) -> None:
    with inner, HostileServer({}) as site, DnsServer({"start.test": ["127.0.0.1"]}) as dns:
        site.routes |= {"/": fixed(links("/more", f"{site.url}/by-address", f"{inner.url}/")), "/*": fixed(page("x"))}
        environment = {"TEST_DNS_PORT": str(dns.port)}
        start = f"http://start.test:{site.port}/"
        result = crawl(tmp_path, "links", "-a", f"url={start}", settings=RESOLVER, environment=environment)
        assert site.paths == ["/robots.txt", "/", "/more"]
        assert inner.seen == []
        assert result.failed == {"private-address": 2}


def test_allow_private_hosts_opens_the_door(tmp_path: Path, inner: HostileServer) -> None:
    with inner, HostileServer({}) as site:
        site.routes["/"] = fixed(links(f"{inner.url}/"))
        result = crawl(tmp_path, "links", "-a", f"url={site.url}/", "-s", "ALLOW_PRIVATE_HOSTS=1")
        assert inner.paths == ["/robots.txt", "/"]
        assert result.failed == {}


def test_a_proxy_is_not_asked_for_what_is_written_as_private(tmp_path: Path) -> None:
    inside = ("http://127.0.0.2/", "http://localhost/", "http://router.local/", "http://[::1]/", "http://10.0.0.1/")
    with HostileServer({"http://news.test/": fixed(links(*inside, "/more")), "/*": fixed(page("x"))}) as proxy:
        proxy.routes["http://news.test/more"] = fixed(page("x"))
        environment = {"http_proxy": proxy.url}
        result = crawl(tmp_path, "links", "-a", "url=http://news.test/", environment=environment)
        assert proxy.paths == ["http://news.test/robots.txt", "http://news.test/", "http://news.test/more"]
        assert result.failed == {"private-address": len(inside)}


def test_a_start_url_on_this_machine_is_fetched_without_the_proxy(tmp_path: Path) -> None:
    with HostileServer({"/*": fixed(page("x"))}) as proxy, HostileServer({"/*": fixed(page("x"))}) as site:
        result = crawl(tmp_path, "links", "-a", f"url={site.url}/", environment={"http_proxy": proxy.url})
        assert proxy.seen == []
        assert site.paths == ["/robots.txt", "/"]
        assert result.failed == {}


def test_a_host_that_was_public_cannot_become_private() -> None:
    crawler = get_crawler(Spider)
    crawler.spider = Spider("x", start_urls=["http://public.test/", "http://private.test/"])
    policy = _AddressPolicy(crawler)
    public, private = frozenset({ipaddress.ip_address("8.8.8.8")}), frozenset({ipaddress.ip_address("10.0.0.7")})
    policy.check("public.test", public)
    with pytest.raises(Refused):
        policy.check("public.test", private)
    policy.check("private.test", private)
    policy.check("private.test", private)
    with pytest.raises(Refused):
        policy.check("private.test", frozenset({ipaddress.ip_address("169.254.169.254")}))
    with pytest.raises(Refused):
        policy.check("other.test", private)


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fc00::1", False),
        ("fe80::1%eth0", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::ffff:169.254.169.254", False),
        ("::ffff:8.8.8.8", True),
        ("017700000001", False),
        ("127.1", False),
        ("0x7f000001", False),
        ("127.0.0.1.", False),
    ],
)
def test_addresses_however_they_are_written(host: str, public: bool) -> None:
    address = literal_address(host)
    assert address is not None
    assert is_public(address) is public


@pytest.mark.parametrize("name", ["example.com", "1.example", "0xcafe.example", "1.2.3.4.5", "999.1.1.1", ""])
def test_names_are_no_addresses(name: str) -> None:
    assert literal_address(name) is None
