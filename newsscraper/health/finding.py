"""What a monitor has to say."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Finding:
    """Something that is not as it was on this site.

    Attributes:
        kind: a slug that stays the same while it lasts: ``no-date``, ``silence``, ``entrance-gone``.
        sentence: what is found, with its figures, and against what.
        look_at: addresses and commands that show it.
        since: when it was first found, ISO 8601.
    """

    kind: str
    sentence: str
    look_at: list[str] = field(default_factory=list)
    since: str | None = None

    def text(self) -> str:
        """Return it as one line for a person.

        >>> Finding("silence", "nothing new for 3 days", ["https://a.example/feed"]).text()
        'nothing new for 3 days. Look at https://a.example/feed'
        """
        return f"{self.sentence}. Look at {', '.join(self.look_at)}" if self.look_at else self.sentence
