"""Writes the demo newsroom's stories: all from one seed, with every awkward shape that a real newsroom has."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newsscraper.demo import vocabulary as words
from newsscraper.demo.grammar import Writer
from newsscraper.demo.story import Block, Comment, Picture, Story

FIRST_NUMBER = 510_037
STEP = 37
_YOUNGEST = 180.0
_OLDEST = 6 * 365.25 * 86_400.0


def write_stories(count: int, seed: int, opened_at: datetime) -> list[Story]:
    """Return ``count`` public stories and one behind a password, newest first.

    From ten stories on there are among them: one of three lines, one of sixty paragraphs, one split over three
    pages, and one that repeats another almost word for word.
    """
    chance = random.Random(seed)
    total = count + 1
    stories: list[Story] = []
    for age_rank in reversed(range(total)):
        published = opened_at - timedelta(seconds=round(_age(age_rank, total, chance)))
        if not (published.hour or published.minute or published.second):
            published += timedelta(seconds=1)  # a clock at 00:00:00 is read as a day with no clock
        number = FIRST_NUMBER + STEP * (total - age_rank)
        stories.append(write_story(number, published, opened_at, chance, stories))
    stories.reverse()
    if count >= 10:
        _make_short(stories, 2)
        _make_long(stories, 3, chance)
        _make_split(stories, 4, chance)
        _make_repeat(stories, 6, chance)
    stories[count // 2 + 1] = replace(stories[count // 2 + 1], password=True)
    return stories


def write_story(
    number: int, published: datetime, now: datetime, chance: random.Random, earlier: Sequence[Story] = ()
) -> Story:
    """Write one story; ``earlier`` ones may be linked from it."""
    writer = Writer.for_topic(chance.choice(words.TOPICS), chance)
    taken = {story.title for story in earlier}
    title = writer.title()
    while title in taken:
        title = writer.title()
    modified = published
    if chance.random() < 0.2:
        modified = min(published + timedelta(seconds=chance.randint(600, 200_000)), now)
    categories = [writer.topic.section]
    if chance.random() < 0.3:
        categories.append(chance.choice([topic.section for topic in words.TOPICS if topic is not writer.topic]))
    tags = chance.sample(writer.topic.tags, chance.randint(0, 4))
    picture = None
    if chance.random() < 0.9:
        picture = _uploaded(*chance.choice(words.PICTURES), published)
    return Story(
        number=number,
        title=title,
        excerpt=writer.fill(
            "{maison} avance ses pions à {ville} : récit en {n2} points d’un dossier suivi depuis {mois} {annee}."
        ),
        parts=(_body(writer, chance, published, earlier),),
        author=chance.choice(list(words.AUTHORS)),
        categories=tuple(sorted(categories)),
        tags=tuple(sorted(tags)),
        published=published,
        modified=modified,
        picture=picture,
        credit=chance.choice(words.CREDITS) if picture and chance.random() < 0.7 else None,
        comments=_comments(writer, chance, published, now),
    )


def _age(rank: int, total: int, chance: random.Random) -> float:
    """Seconds of age: minutes for the newest, years for the oldest, each in its own step."""
    step = (rank + 0.8 * chance.random()) / total if rank else 0.0
    return _YOUNGEST * float((_OLDEST / _YOUNGEST) ** (step**0.5))


def _uploaded(name: str, caption: str, on: datetime) -> Picture:
    """Return a picture in the folder of the month in which it was uploaded."""
    return Picture(f"{on:%Y/%m}/{name}", caption)


def _body(writer: Writer, chance: random.Random, published: datetime, earlier: Sequence[Story]) -> tuple[Block, ...]:
    blocks = [Block("paragraph", writer.paragraph(chance.randint(2, 3)))]
    for _ in range(chance.randint(2, 4)):
        if chance.random() < 0.6:
            blocks.append(Block("heading", writer.heading()))
        blocks += (_paragraph(writer, chance, earlier) for _ in range(chance.randint(1, 3)))
        blocks += _extras(writer, chance, published, earlier)
    blocks.append(Block("paragraph", writer.paragraph(chance.randint(2, 3))))
    return tuple(blocks)


def _paragraph(writer: Writer, chance: random.Random, earlier: Sequence[Story]) -> Block:
    text = writer.paragraph(chance.randint(2, 5))
    if earlier and chance.random() < 0.25:
        word = chance.choice([word for word in text.split() if word.isalpha() and len(word) > 5] or [text.split()[0]])
        return Block("paragraph", text, link=(word, chance.choice(earlier).number))
    return Block("paragraph", text)


def _extras(writer: Writer, chance: random.Random, published: datetime, earlier: Sequence[Story]) -> list[Block]:
    """Return what stands between paragraphs now and then."""
    extras = []
    if chance.random() < 0.18:
        extras.append(Block("list", items=tuple((writer.sentence(),) for _ in range(chance.randint(3, 5)))))
    if chance.random() < 0.18:
        cite = f"{chance.choice(writer.people)}, {writer.company}"
        extras.append(Block("quote", writer.pull_quote(), cite=cite))
    if chance.random() < 0.1:
        rows = [("Ville", "Postes", "Budget (M€)", "Échéance")]
        rows += [
            (
                town,
                str(chance.randint(40, 9900)),
                str(chance.randint(2, 90)),
                f"{chance.choice(words.MONTHS)} {2027 + i}",
            )
            for i, town in enumerate(chance.sample(words.TOWNS, chance.randint(3, 5)))
        ]
        extras.append(Block("table", items=tuple(rows)))
    if chance.random() < 0.06:
        extras.append(Block("code", writer.fill(chance.choice(words.SNIPPETS))))
    if chance.random() < 0.1:
        name, _ = chance.choice(words.PICTURES)
        caption = writer.fill("Le site {de_ville}, photographié en {mois} {annee}")
        picture = _uploaded(f"{name}-{chance.randrange(10_000, 100_000)}", caption, published)
        extras.append(Block("figure", picture=picture))
    if earlier and chance.random() < 0.3:
        other = chance.choice(earlier)
        extras.append(Block("see-also", other.title, link=(other.title, other.number)))
    return extras


def _comments(writer: Writer, chance: random.Random, published: datetime, now: datetime) -> tuple[Comment, ...]:
    if chance.random() < 0.8:
        return ()
    return tuple(
        Comment(
            f"{chance.choice(words.FIRST_NAMES)} {chance.choice(words.LAST_NAMES)[0]}.",
            writer.fill("Merci pour ce papier, même si à {ville} nous avons vécu l’inverse avec {rival} en {annee}."),
            min(published + timedelta(minutes=chance.randint(30, 4000)), now),
        )
        for _ in range(chance.randint(1, 3))
    )


def _writer_of(story: Story, chance: random.Random) -> Writer:
    return Writer.for_topic(next(topic for topic in words.TOPICS if topic.section in story.categories), chance)


def _make_short(stories: list[Story], at: int) -> None:
    """A news flash: one paragraph of one sentence."""
    story = stories[at]
    text = next(block.text for block in story.parts[0] if block.kind == "paragraph").split(". ")[0].rstrip(".") + "."
    stories[at] = replace(story, parts=((Block("paragraph", text),),))


def _make_long(stories: list[Story], at: int, chance: random.Random) -> None:
    """A report of sixty paragraphs and more."""
    story = stories[at]
    writer = _writer_of(story, chance)
    blocks = list(story.parts[0])
    for _ in range(20):
        blocks.append(Block("heading", writer.heading()))
        blocks += (_paragraph(writer, chance, stories[at + 1 :]) for _ in range(3))
    stories[at] = replace(story, parts=(tuple(blocks),))


def _make_split(stories: list[Story], at: int, chance: random.Random) -> None:
    """An article over three pages."""
    story = stories[at]
    writer = _writer_of(story, chance)
    more = tuple(tuple(_paragraph(writer, chance, stories[at + 1 :]) for _ in range(4)) for _ in range(2))
    stories[at] = replace(story, parts=(*story.parts, *more))


def _make_repeat(stories: list[Story], at: int, chance: random.Random) -> None:
    """Publish the story after the next one again, with a new number and one sentence changed."""
    original = stories[at + 2]
    story = stories[at]
    writer = Writer.for_topic(words.TOPICS[0], chance)
    *blocks, last = original.parts[0]
    changed = replace(last, text=last.text.rsplit(". ", 1)[0].rstrip(".") + ". " + writer.sentence())
    stories[at] = replace(
        original,
        number=story.number,
        published=story.published,
        modified=story.published,
        parts=((*blocks, changed),),
        comments=(),
        repeats=original.number,
    )
