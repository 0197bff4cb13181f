"""Stories: agency copies on several sites share a story, other articles do not."""

from __future__ import annotations

import json
import random
from pathlib import Path

from newsscraper.digest import fold
from newsscraper.exports.stories import Stories
from tests.exports.delivering import article, deliver, export

WORDS = [f"word{number}" for number in range(5000)]


def runs(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()
    return set(zip(words, words[1:], words[2:], strict=False))


def jaccard(one: str, other: str) -> float:
    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def edited(text: str, share: float, rng: random.Random) -> str:
    """A copy in which runs of words are replaced, as an editor does, and an end is cut."""
    words = text.split()
    while rng.random() < 0.5:
        words = words[: int(len(words) * (1 - share / 4))]
    for _ in range(round(len(words) * share / 8)):
        start = rng.randrange(len(words))
        words[start : start + 4] = rng.sample(WORDS, 4)
    return " ".join(words)


def test_copies_are_told_from_others(tmp_path: Path) -> None:
    rng = random.Random(7)
    texts: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for number in range(400):
        origin = " ".join(rng.choices(WORDS, k=rng.randint(60, 400)))
        texts[f"{number}-a"] = origin
        if number % 2:
            texts[f"{number}-b"] = edited(origin, rng.choice([0.0, 0.1, 0.2, 0.3, 0.6, 1.5]), rng)
            pairs.append((f"{number}-a", f"{number}-b"))
    stories = Stories(tmp_path / "stories.sqlite")
    stories.add(texts.items())
    copies = {pair for pair in pairs if jaccard(*(texts[each] for each in pair)) >= 0.7}
    assert 80 < len(copies) < len(pairs)
    by_story: dict[str, list[str]] = {}
    for id_ in texts:
        by_story.setdefault(stories.story_of(id_), []).append(id_)
    told = {(one, other) for ids in by_story.values() for i, one in enumerate(ids) for other in ids[i + 1 :]}
    stories.close()
    # A pair that is just below the bound counts neither for nor against: the likeness is an estimate.
    near = {pair for pair in pairs if 0.6 <= jaccard(*(texts[each] for each in pair)) < 0.7}
    assert len(told & copies) / len(copies) >= 0.95
    assert len(told - copies - near) / len(told) <= 0.02


def test_a_story_keeps_its_name_from_export_to_export(tmp_path: Path) -> None:
    output, file = tmp_path / "output", tmp_path / "all.jsonl"
    deliver(output, "one.example", "2026-11-21", [article(1)])
    assert export(output, "--to", "jsonl", file, "--stories").returncode == 0
    copy = article(50, text=article(1).text + " With a last sentence of the editors' own.", site="two.example")
    deliver(output, "two.example", "2026-11-22", [copy, article(3)])
    assert export(output, "two.example", "--to", "jsonl", tmp_path / "two.jsonl", "--stories").returncode == 0
    first = [json.loads(line)["story_id"] for line in file.read_text("utf-8").splitlines()]
    second = [json.loads(line)["story_id"] for line in (tmp_path / "two.jsonl").read_text("utf-8").splitlines()]
    assert first == [f"{1:016x}"]
    assert second == [f"{1:016x}", f"{3:016x}"]
