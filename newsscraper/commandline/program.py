"""The name that the program was called by, in all that its commands say."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from newsscraper.middlewares.secrets import without_secrets


def program() -> str:
    """Return ``newsscraper`` where the program was called so, else ``scrapy``."""
    return "newsscraper" if Path(sys.argv[0]).name == "newsscraper" else "scrapy"


def as_called(text: str) -> str:
    """Return a text in which commands to type begin with the program's name.

    >>> as_called("use scrapy crawl news -a url=…")
    'use scrapy crawl news -a url=…'
    """
    name = program()
    return text if name == "scrapy" else re.sub(r"(?<![\w/.-])scrapy (?=[a-z]+\b)", f"{name} ", text)


def tell(command: str, message: str) -> None:
    """Print one line about a command to standard error, without passwords."""
    line = " ".join(without_secrets(message).split())
    print(as_called(f"scrapy {command}: {line}" if command else f"{program()}: {line}"), file=sys.stderr, flush=True)


def did_you_mean(word: str, words: Iterable[str], least: float = 0.6) -> str:
    """Return a question that names the one of ``words`` that was meant; nothing where none is near.

    >>> did_you_mean("silcon", ["news", "silicon"])
    '; did you mean silicon?'
    >>> did_you_mean("unrelated", ["news", "silicon"])
    ''
    """
    near = difflib.get_close_matches(word, list(words), 1, least)
    return f"; did you mean {near[0]}?" if near else ""
