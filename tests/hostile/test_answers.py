"""Hostile answers: each ends, within memory, and is counted by its reason."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .crawling import Crawl, crawl
from .server import (
    Answer,
    HostileServer,
    big_header,
    bombs,
    closed_mid_body,
    endless_body,
    endless_redirect,
    fixed,
    many_headers,
    no_answer,
    not_http,
    page,
    redirect,
    slow_body,
)

MEMORY_MB = 500


def certificate(folder: Path) -> ssl.SSLContext:
    """Return a server's TLS context with a certificate that nobody signed and that has expired."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hostile.example")])
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(long_ago)
        .not_valid_after(long_ago + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + built.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


async def wrong_charset(writer: asyncio.StreamWriter, path: str) -> None:
    """Say one charset and send another, with bytes that are none at all."""
    body = page("<a href=/after-charset>é</a>").replace(b"utf-8", b"x-no-such-charset") + b"\xff\xfe\x00\x80\xc3("
    await fixed(body, kind="text/html; charset=utf-16")(writer, path)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """One crawl against all hostile answers at once."""
    folder = tmp_path_factory.mktemp("answers")
    packed = bombs(300_000_000)
    routes: dict[str, Answer] = {
        "/endless-redirect*": endless_redirect,
        "/loop-a": redirect("/loop-b"),
        "/loop-b": redirect("/loop-a"),
        "/redirect-nowhere": redirect("http://[::1"),
        "/redirect-script": redirect("javascript:alert(1)"),
        "/redirect-file": redirect("file:///etc/passwd"),
        "/endless-body": endless_body,
        "/slow-body": slow_body,
        "/no-answer": no_answer,
        "/closed": closed_mid_body,
        "/big-header": big_header,
        "/many-headers": many_headers,
        "/not-http": not_http,
        "/charset": wrong_charset,
        "/broken-gzip": fixed(b"this is no gzip", headers=("Content-Encoding: gzip",)),
        "/many-links": fixed(page("".join(f"<a href=/l/{n}>{n}</a> " for n in range(100_000)))),
        "/l/*": fixed(page("a leaf")),
        **{
            f"/bomb-{encoding}": fixed(body, headers=(f"Content-Encoding: {encoding}",))
            for encoding, body in packed.items()
        },
    }
    links = [path.rstrip("*") for path in routes if path not in {"/l/*", "/loop-b"}] + [
        "javascript:alert(1)",
        "file:///etc/passwd",
    ]
    links += ["data:text/html,<a href=/from-data>x</a>", "ftp://127.0.0.1/x", "http://[::1", "mailto:a@b.c"]
    with HostileServer({}, tls=certificate(folder)) as secure, HostileServer(routes) as server:
        links.append(f"{secure.url}/tls")
        routes["/"] = fixed(page(" ".join(f'<a href="{link}">x</a>' for link in links)))
        result = crawl(folder, "links", "-a", f"url={server.url}/")
        assert not secure.seen, "a page was asked for over a connection that nobody vouches for"
        assert "/from-data" not in server.paths
    return result


def test_the_crawl_finishes_within_memory(answers: Crawl) -> None:
    assert answers.stats["finish_reason"] == "finished", answers.log
    assert answers.peak_mb < MEMORY_MB
    assert "Traceback" not in answers.log


@pytest.mark.parametrize(
    ("reason", "count"),
    [
        ("too-many-redirects", 1),
        ("redirect-loop", 1),
        ("bad-redirect", 3),
        ("decompression-bomb", 3),
        ("bad-compression", 1),
        ("too-large", 1),
        ("timeout", 2),
        ("closed-mid-body", 1),
        ("headers-too-large", 2),
        ("bad-response", 1),
        ("tls", 1),
        ("not-http", 3),
    ],
)
def test_each_is_counted_by_its_reason(answers: Crawl, reason: str, count: int) -> None:
    assert answers.failed.get(reason) == count, (answers.failed, answers.log[-3000:])


def test_what_is_readable_is_read(answers: Crawl) -> None:
    assert answers.stats["pages/charset"] == 1
    assert answers.stats["pages/many-links"] == 1
    assert answers.stats["links"] == 100_000


def test_nothing_is_counted_that_did_not_fail(answers: Crawl) -> None:
    known = {
        "too-many-redirects",
        "redirect-loop",
        "bad-redirect",
        "decompression-bomb",
        "bad-compression",
        "too-large",
        "timeout",
    }
    known |= {"closed-mid-body", "headers-too-large", "bad-response", "tls", "not-http", "not-found"}
    assert set(answers.failed) <= known, answers.failed


def test_the_summary_says_so(answers: Crawl) -> None:
    assert answers.code in {1, 2}
    assert "decompression bomb: the body grows beyond DOWNLOAD_MAXSIZE when decompressed" in answers.log
