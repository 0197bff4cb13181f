"""The pages of the documentation, their fenced blocks, and the commands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import newsscraper

CHECKOUT = Path(newsscraper.__file__).parents[1]
README = CHECKOUT / "README.md"
PAGES = [README, *sorted((CHECKOUT / "docs").rglob("*.md"))]
RUNNABLE = ("bash", "console", "python")

_BLOCK = re.compile(r"^( *)```([\w-]*)[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(CHECKOUT)}:{self.line}"


@dataclass(frozen=True)
class Command:
    """A command of a block, and what the page says that it prints: None where the page does not say."""

    text: str
    printed: str | None
    block: Block


def blocks(page: Path, *languages: str) -> list[Block]:
    """Return a page's fenced blocks, in order: all of them, or those in some languages."""
    text = page.read_text("utf-8")
    found = [
        Block(page, text.count("\n", 0, match.start()) + 1, match[2], re.sub(f"^{match[1]}", "", match[3], flags=re.M))
        for match in _BLOCK.finditer(text)
    ]
    return [block for block in found if not languages or block.language in languages]


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a block: each line of ``bash``, each line of ``console`` that begins with a prompt."""
    if block.language == "console":
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            text, _, printed = part.partition("\n")
            yield Command(text, printed, block)
    elif block.language == "python":
        yield Command(f"python - <<'END'\n{block.text}END", None, block)
    else:
        for line in block.text.replace("\\\n", "").splitlines():
            if line.strip() and not line.startswith("#"):
                yield Command(line, None, block)


def without_blocks(page: Path) -> str:
    """Return a page's text without its fenced blocks."""
    return _BLOCK.sub("", page.read_text("utf-8"))
