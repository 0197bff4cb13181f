from __future__ import annotations

import asyncio
import gc
import random
import re
import unicodedata

import pytest

from newsscraper import digest
from newsscraper.article import Article
from newsscraper.crawlstate.fingerprint import fingerprint
from newsscraper.digest import Digest, content_hash, keep, signature, words_hash
from newsscraper.extraction.page import Page
from newsscraper.workers import WorkerPool

TEXT = " ".join(f"La pluie est tombée {number} heures sur Brest." for number in range(20))


def story(**fields: str) -> Article:
    return Article(**{"title": "Il pleut", "description": "Encore.", "text": TEXT} | fields)


def test_what_a_worker_works_out_is_what_the_crawl_would(monkeypatch: pytest.MonkeyPatch) -> None:
    article = story()
    worked_out = digest.digest(b"<p>", article)
    for known in (digest._contents, digest._words, digest._signatures):
        known.clear()
    asked: list[str] = []
    fold = digest.fold
    monkeypatch.setattr(digest, "fold", lambda text: asked.append(text) or fold(text))

    keep(article, worked_out)
    told = (content_hash(article), fingerprint(article), signature(TEXT))
    assert asked == []

    for known in (digest._contents, digest._words, digest._signatures):
        known.clear()
    assert told == (content_hash(article), fingerprint(article), signature(TEXT))
    assert asked != []


def test_a_record_changed_on_its_way_is_compared_by_what_it_says_now() -> None:
    article = story()
    keep(article, Digest("", "0" * 16, {"title": "1" * 16, "description": "2" * 16, "text": "3" * 16}, b""))
    article.text = TEXT + " Le soleil revient."
    assert content_hash(article) != "0" * 16
    assert words_hash(article.text) != "3" * 16
    assert signature(article.text) != b""


def test_what_is_kept_does_not_grow() -> None:
    for number in range(1000):
        keep(story(text=f"{number}"), Digest("", "0" * 16, {"text": "3" * 16}, None))
    gc.collect()
    assert max(map(len, (digest._contents, digest._words, digest._signatures))) <= 200


def test_a_worker_hands_its_digest_over() -> None:
    html = f"<html lang=fr><title>Il pleut</title><article><h1>Il pleut</h1><p>{TEXT}</p></article>".encode()
    page = Page(html, url="https://example.com/2026/11/20/il-pleut-sur-brest-encore.html")

    async def read() -> tuple[Digest | None, Article | None]:
        pool = WorkerPool(1, time_limit=60, memory_limit=512)
        try:
            reading = await pool.read(page)
            return reading.digest, reading.article
        finally:
            await pool.close()

    told, article = asyncio.run(read())
    assert told is not None
    assert told.body_hash == digest.body_hash(html)
    assert article is not None
    assert told.signature == signature(article.text or "")


def test_folding_line_by_line_is_folding_the_whole() -> None:
    letters = "aB3_ \t\n\x1c'’é\u0301ﬁＡ\u00a0ß\u1100\u1161İΣς-\u2028\r"
    drawn = random.Random(5)
    for _ in range(500):
        text = "".join(drawn.choices(letters, k=drawn.randrange(40)))
        whole = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
        assert digest.fold(text) == " ".join(whole), text
