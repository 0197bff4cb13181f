"""A small grammar that writes French sentences about information technology, the same ones for the same seed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from newsscraper.demo import vocabulary as words

_VOWEL = re.compile(r"^[aàâeéèêiîoôuûyhAÀÂEÉÈÊIÎOÔUÛYH]")


@dataclass(slots=True)
class Writer:
    """Writes about one company in one section.

    >>> writer = Writer.for_topic(words.TOPICS[0], random.Random(3))
    >>> writer.sentence() != writer.sentence()
    True
    """

    topic: words.Topic
    chance: random.Random
    company: str
    rivals: tuple[str, ...]
    towns: tuple[str, ...]
    people: tuple[str, ...]
    _pulled: set[str] = field(default_factory=set)

    @classmethod
    def for_topic(cls, topic: words.Topic, chance: random.Random) -> Writer:
        """Choose who and where the story is about."""
        company, *rivals = chance.sample(words.COMPANIES, 4)
        people = tuple(
            f"{first} {last}"
            for first, last in zip(chance.sample(words.FIRST_NAMES, 4), chance.sample(words.LAST_NAMES, 4), strict=True)
        )
        return cls(topic, chance, company, tuple(rivals), tuple(chance.sample(words.TOWNS, 5)), people)

    def fill(self, template: str) -> str:
        """Fill the slots of a template, each anew."""
        town, other_town = self.chance.sample(self.towns, 2)
        rival = self.chance.choice(self.rivals)
        person = self.chance.choice(self.people)
        month = self.chance.choice(words.MONTHS)
        smaller = self.chance.randint(2, 60)
        return template.format(
            maison=self.company,
            de_maison=_of(self.company),
            rival=rival,
            de_rival=_of(rival),
            ville=town,
            ville2=other_town,
            de_ville=_of(town),
            personne=person,
            de_personne=_of(person),
            mois=month,
            de_mois=_of(month),
            jour=self.chance.randint(2, 28),
            annee=self.chance.randint(2015, 2024),
            annee_future=self.chance.randint(2028, 2034),
            n=_number(self.chance.randint(7, 980) * 10),
            n2=smaller + self.chance.randint(1, 30),
            n3=smaller,
            n4=_number(self.chance.randint(990, 3000) * 10),
            pct=_percent(self.chance),
            pct2=_percent(self.chance),
            mot=self.chance.choice(self.topic.tags).split()[0].lower().replace("é", "e").replace("&", ""),
        )

    def sentence(self) -> str:
        """Return one sentence of narration, with its full stop."""
        kind = self.chance.random()
        if kind < 0.16:
            return self.fill(self.chance.choice(words.FIGURES))
        if kind < 0.30:
            return self.spoken()
        subject = self.fill(self.chance.choice(words.SUBJECTS))
        actions = self.topic.actions if self.chance.random() < 0.6 else words.COMMON_ACTIONS
        action = self.fill(self.chance.choice(actions))
        if self.chance.random() < 0.7:
            opening = self.fill(self.chance.choice(words.OPENINGS))
            subject = f"{opening}, {subject}"
        else:
            subject = subject[0].upper() + subject[1:]
        joint = ", " if self.chance.random() < 0.5 else " "
        ending = self.fill(self.chance.choice(words.COMPLEMENTS))
        if ending.startswith(("ce ", "une ", "selon", "loin", "quitte")):
            joint = ", "
        return f"{subject} {action}{joint}{ending}."

    def spoken(self) -> str:
        """Return a sentence that quotes somebody."""
        person = self.chance.choice(self.people)
        quote = self.fill(self.chance.choice(words.QUOTES))
        house = self.company if self.chance.random() < 0.7 else self.chance.choice(self.rivals)
        return f"« {quote} », {self.chance.choice(words.SAID)} {person}, {self.chance.choice(words.JOBS)} chez {house}."

    def pull_quote(self) -> str:
        """Return a quote to stand by itself; no story has the same one twice."""
        template = self.chance.choice([quote for quote in words.QUOTES if quote not in self._pulled])
        self._pulled.add(template)
        return self.fill(template) + "."

    def paragraph(self, sentences: int) -> str:
        """Return a paragraph of so many sentences."""
        return " ".join(self.sentence() for _ in range(sentences))

    def title(self) -> str:
        """Return a headline."""
        return self.fill(self.chance.choice(self.topic.titles))

    def heading(self) -> str:
        """Return a heading between paragraphs."""
        return self.fill(self.chance.choice(words.HEADINGS))


def _of(name: str) -> str:
    return f"d’{name}" if _VOWEL.match(name) else f"de {name}"


def _number(value: int) -> str:
    """Write a number the French way: a no-break space between thousands."""
    return f"{value:,}".replace(",", "\u00a0")


def _percent(chance: random.Random) -> str:
    return f"{chance.randint(2, 94)},{chance.randint(1, 9)}"
