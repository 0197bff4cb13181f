"""Stories: agency copies on several sites share a story, other articles do not."""

from __future__ import annotations

import json
import random
from itertools import combinations
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


def precision_and_recall(path: Path, count: int) -> tuple[float, float, int]:
    """Tell the stories of articles, half of which have a copy; return precision, recall, and how many copies there are.

    A copy is as like as 0.7. A pair that is just below counts neither for nor against: the likeness is an estimate.
    """
    rng = random.Random(7)
    texts: dict[str, str] = {}
    alike: dict[tuple[str, str], float] = {}
    for number in range(count):
        origin = " ".join(rng.choices(WORDS, k=rng.randint(60, 400)))
        texts[f"{number}-a"] = origin
        if number % 2:
            copy = edited(origin, rng.choice([0.0, 0.1, 0.2, 0.3, 0.6, 1.5]), rng)
            texts[f"{number}-b"] = copy
            alike[f"{number}-a", f"{number}-b"] = jaccard(origin, copy)
    stories = Stories(path)
    stories.add(texts.items())
    by_story: dict[str, list[str]] = {}
    for id_ in texts:
        by_story.setdefault(stories.story_of(id_), []).append(id_)
    stories.close()
    told = {pair for ids in by_story.values() for pair in combinations(ids, 2)}
    copies = {pair for pair, likeness in alike.items() if likeness >= 0.7}
    near = {pair for pair, likeness in alike.items() if 0.6 <= likeness < 0.7}
    assert 0.2 * count < len(copies) < len(alike)
    return 1 - len(told - copies - near) / len(told), len(told & copies) / len(copies), len(copies)


def test_copies_are_told_from_others(tmp_path: Path) -> None:
    precision, recall, _ = precision_and_recall(tmp_path / "stories.sqlite", 400)
    assert recall >= 0.95
    assert precision >= 0.98


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
