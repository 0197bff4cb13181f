"""Score dates on pages that no theme marks up: made here, with other stories' and comments' fresher ages beside.

    python benchmarks/unmarked.py [--part tune|held] [--pages N] [--show]

Each page has one place for its own age or date, and one or two boxes in which other stories, comments or the site show
fresher ages; nothing else dates it. Classes are hashes, words of any theme, or none. ``held`` is the part kept aside:
another seed, the places and boxes that are marked for it here, which the rules were never tuned on.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Literal

from babel.dates import format_date, format_timedelta

import newsscraper

FETCHED = datetime(2026, 11, 22, 11, 53, 54, tzinfo=UTC)
WORDS: dict[str, dict[str, list[str] | str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
SEEDS = {"tune": 1, "held": 2}
_UNTRANSLATED = 0.15
Unit = Literal["minute", "hour", "day", "week"]


@dataclass
class Draw:
    """What one page is made of, with the ways to draw more of it."""

    chance: random.Random
    language: str
    when: str = ""

    def word(self, key: str) -> str:
        """Return one of the language's words of that kind."""
        found = WORDS[self.language][key]
        return escape(found if isinstance(found, str) else self.chance.choice(found))

    def class_(self, *names: str) -> str:
        """Return a class attribute: a hash, one of the names, or none at all."""
        kind = self.chance.random()
        if kind < 0.5:
            return f' class="{hashlib.md5(str(self.chance.random()).encode()).hexdigest()[:7]}"'
        return f' class="{self.chance.choice(names)}"' if names and kind < 0.75 else ""

    def tag(self, *names: str) -> str:
        """Return one of several tags."""
        return self.chance.choice(names)

    def sentence(self) -> str:
        """Return a sentence of running text."""
        space = "" if self.language in ("zh", "ja") else " "
        return space.join(self.word(key) for key in ("who", "does", "what"))

    def fresher(self) -> str:
        """Return an age fresher than the page's own."""
        unit, most = self.chance.choice((("minute", 55), ("hour", 9)))
        return age(self.language, unit, self.chance.randint(2, most), self.chance)


def age(language: str, unit: Unit, count: int, chance: random.Random) -> str:
    """Return an age in its language's own frame, or now and then before an untranslated "ago"."""
    since = timedelta(**{f"{unit}s": count})
    # Babel takes the largest unit of which there are that many; the unit asked for, where there is none.
    if chance.random() < _UNTRANSLATED and language not in ("ja", "zh", "ko"):
        return f"{format_timedelta(since, granularity=unit, threshold=1000, locale=language)} ago"
    return format_timedelta(-since, granularity=unit, threshold=1000, locale=language, add_direction=True)


# Where a page shows its own age or date: {when} between what stands above the headline, below it, and below the text.
Place = Callable[[Draw], tuple[str, str, str]]


def _below(line: str) -> tuple[str, str, str]:
    return "", line, ""


def _name(draw: Draw) -> str:
    return (
        f'<a href="/{draw.tag("author", "team", "redaktion")}/{draw.chance.randint(10, 99)}">{draw.word("names")}</a>'
    )


def _number_apart(when: str) -> str:
    """Set the first number of an age or date in an element of its own."""
    return re.sub(r"(\w*\d+\w*)", r"<b>\1</b>", when, count=1)


PLACES: dict[str, Place] = {
    "labelled paragraph": lambda d: _below(f"<p>{d.word('label')} {d.when}</p>"),
    "bare box": lambda d: _below(f"<div{d.class_('info')}>{d.when}</div>"),
    "emphasis in a box": lambda d: _below(f"<div{d.class_('sub')}><em>{d.when}</em></div>"),
    "small print": lambda d: _below(f"<p>{d.word('by')} {d.word('names')} <small>{d.when}</small></p>"),
    "item of a list": lambda d: _below(
        f"<ul{d.class_('facts')}><li>{d.word('names')}</li><li>{d.when}</li><li>{d.word('reading')}</li></ul>"
    ),
    "label and value": lambda d: _below(f"<div><span>{d.word('label')}</span> <span{d.class_()}>{d.when}</span></div>"),
    "label with a colon": lambda d: _below(f"<div><b>{d.word('label')}:</b> <i>{d.when}</i></div>"),
    "behind a linked name": lambda d: _below(
        f"<div{d.class_('who')}>{_name(d)} · {d.when} · {d.word('reading')}</div>"
    ),
    "definition list": lambda d: _below(f"<dl><dt>{d.word('label')}</dt><dd>{d.when}</dd></dl>"),
    "behind a break": lambda d: _below(f"<p><strong>{d.word('names')}</strong><br>{d.when}</p>"),
    "above the headline": lambda d: (f"<div{d.class_('top')}>{d.when}</div>", "", ""),
    "kicker above": lambda d: (f"<p{d.class_()}>{d.word('section')} | {d.when}</p>", "", ""),
    "foot of the text": lambda d: ("", "", f"<p><em>{d.word('label')} {d.when}</em></p>"),
    "article's footer": lambda d: ("", "", f"<footer{d.class_()}>{d.word('names')}, {d.when}</footer>"),
    "table": lambda d: _below(
        f"<table><tr><th>{d.word('label')}</th><td>{d.when}</td></tr><tr><th>{d.word('by')}</th>"
        f"<td>{d.word('names')}</td></tr></table>"
    ),
    "behind an icon": lambda d: _below(f"<div{d.class_()}><svg><path d='M0 0h9'/></svg> {d.when}</div>"),
    "author's corner": lambda d: _below(
        f"<div{d.class_('who')}><img src='/p.jpg' alt=''><div><div>{_name(d)}</div><div>{d.when}</div></div></div>"
    ),
    "before the name": lambda d: _below(f"<p>{d.when} – {d.word('names')}</p>"),
    "link to itself": lambda d: _below(f"<div{d.class_()}><a href='/story.html'>{d.when}</a></div>"),
    "beside the share links": lambda d: _below(
        f"<div{d.class_()}><span>{d.when}</span><ul><li><a href='https://social.example/s'>Fb</a></li>"
        f"<li><a href='mailto:?x'>@</a></li></ul></div>"
    ),
    "below a picture": lambda d: _below(
        f"<figure><img src='/a.jpg'><figcaption>{d.word('own')}</figcaption></figure><p{d.class_()}>{d.when}</p>"
    ),
    "below the lead": lambda d: _below(f"<p{d.class_('lead')}><b>{d.sentence()}</b></p><div>{d.when}</div>"),
    "section and age": lambda d: _below(
        f"<p><a href='/{d.tag('region', 'local')}/'>{d.word('section')}</a> <span>{d.when}</span></p>"
    ),
    "side column": lambda d: _below(f"<aside{d.class_()}><div>{d.word('names')}</div><div>{d.when}</div></aside>"),
    "time element": lambda d: _below(f"<p>{d.word('names')} <time>{d.when}</time></p>"),
    "class of a date": lambda d: _below(f'<div{d.class_()}><span class="date">{d.when}</span></div>'),
    "class of an age": lambda d: _below(f'<span class="{d.tag("age", "ago", "elapsed")}">{d.when}</span>'),
    "two boxes": lambda d: _below(f"<div>{d.word('label')}</div><div>{d.when}</div>"),
    "number apart": lambda d: _below(f"<p{d.class_()}>{_number_apart(d.when)}</p>"),
}
HELD_PLACES = {
    "emphasis in a box",
    "kicker above",
    "before the name",
    "author's corner",
    "side column",
    "table",
    "number apart",
}


def _story(draw: Draw) -> str:
    return f'<a href="/{draw.tag("n", "a/b", "2026")}/{draw.chance.randint(1000, 9999)}.html">{draw.word("others")}</a>'


def _rail(draw: Draw) -> str:
    name = draw.class_("latest", "top5")
    items = "".join(f"<li>{_story(draw)} <span{name}>{draw.fresher()}</span></li>" for _ in range(4))
    return f"<div{draw.class_('box')}><h3>{draw.word('rail')}</h3><ol>{items}</ol></div>"


def _dated_rail(draw: Draw, tag: str) -> str:
    items = "".join(
        f'<div{draw.class_()}><{tag} class="date">{draw.fresher()}</{tag}><p>{_story(draw)}</p></div>' for _ in range(5)
    )
    return f"<div{draw.class_('strip')}><b>{draw.word('rail')}</b>{items}</div>"


def _ages_first(draw: Draw) -> str:
    items = "".join(f"<div><b>{draw.fresher()}</b> {_story(draw)}</div>" for _ in range(3))
    return f"<div{draw.class_()}>{items}</div>"


def _cards(draw: Draw) -> str:
    level, name = draw.tag("h2", "h3", "h4"), draw.class_("card", "tile")
    cards = "".join(
        f"<article{name}><img src='/c.jpg'><{level}>{_story(draw)}</{level}><p>{draw.sentence()}</p>"
        f"<span>{draw.fresher()}</span></article>"
        for _ in range(3)
    )
    return f"<section>{cards}</section>"


def _one_card(draw: Draw) -> str:
    return (
        f"<div{draw.class_('card')}><img src='/c.jpg'><div>{_story(draw)}</div><div{draw.class_('date')}>"
        f"{draw.fresher()}</div></div>"
    )


def _wrapped_cards(draw: Draw) -> str:
    cards = "".join(
        f"<a href='/s/{draw.chance.randint(100, 999)}'><div>{draw.word('others')}</div><div>{draw.fresher()}</div></a>"
        for _ in range(3)
    )
    return f"<div{draw.class_()}>{cards}</div>"


def _comments(draw: Draw, many: int = 3) -> str:
    name = draw.class_("c-item", "post")
    items = "".join(
        f"<div{name}><b>{draw.word('names')}</b> <span>{draw.fresher()}</span><p>{draw.word('said')}</p></div>"
        for _ in range(many)
    )
    return f"<div{draw.class_('talk')}><h3>{draw.word('comments')}</h3>{items}</div>"


def _nested_comments(draw: Draw) -> str:
    reply = f"<ul><li><div>{draw.word('names')} · {draw.fresher()}</div><div>{draw.word('said')}</div></li></ul>"
    items = "".join(
        f"<li><div>{draw.word('names')} · {draw.fresher()}</div><div>{draw.word('said')}</div>{reply}</li>"
        for _ in range(2)
    )
    return f"<ul{draw.class_()}>{items}</ul>"


def _prompt(draw: Draw) -> str:
    return f"<form{draw.class_()}><p>{draw.word('rail')}: {draw.fresher()}</p><input name=e><button>OK</button></form>"


def _weather(draw: Draw) -> str:
    return f"<div{draw.class_('w')}><b>14°</b> <span>{draw.word('section')}</span> <span>{draw.fresher()}</span></div>"


def _neighbours(draw: Draw) -> str:
    before, after = (f"{_story(draw)} <i>{draw.fresher()}</i>" for _ in range(2))
    return f"<div{draw.class_()}><div>← {before}</div><div>→ {after}</div></div>"


# Boxes of other things, each with where it stands: above the headline, in the text, below it, beside the article.
BOXES: dict[str, tuple[str, Callable[[Draw], str]]] = {
    "rail beside": ("beside", _rail),
    "rail before": ("before", _rail),
    "dated rail": ("beside", lambda draw: _dated_rail(draw, "span")),
    "timed rail": ("below", lambda draw: _dated_rail(draw, "time")),
    "rail below": ("below", _rail),
    "ages first": ("beside", _ages_first),
    "cards below": ("below", _cards),
    "cards after": ("after", _cards),
    "one card in the text": ("inside", _one_card),
    "one card below": ("below", _one_card),
    "cards that are links": ("after", _wrapped_cards),
    "comments": ("below", _comments),
    "comments after": ("after", _comments),
    "one comment": ("below", lambda draw: _comments(draw, 1)),
    "nested comments": ("below", _nested_comments),
    "prompt": ("inside", _prompt),
    "ticker": ("above", lambda draw: f"<div{draw.class_()}>{_story(draw)} <span>{draw.fresher()}</span></div>"),
    "weather": ("before", _weather),
    "neighbours": ("after", _neighbours),
    "story in a sentence": ("inside", lambda draw: f"<p>{_story(draw)} ({draw.fresher()})</p>"),
}
HELD_BOXES = {"timed rail", "cards that are links", "nested comments", "neighbours", "ages first", "one card below"}


def page(draw: Draw, place: str, boxes: list[str]) -> str:
    """Return a page that shows ``draw.when`` in a place, and fresher ages in boxes of other things."""
    above, below, foot = PLACES[place](draw)
    extra: dict[str, str] = dict.fromkeys(("above", "inside", "below", "beside", "before", "after"), "")
    for name in boxes:
        where, make = BOXES[name]
        extra[where] += make(draw)
    title = draw.word("own")
    paragraphs = [f"<p>{draw.sentence()} {draw.sentence()}</p>" for _ in range(draw.chance.randint(4, 7))]
    paragraphs.insert(2, extra["inside"])
    text = "".join(paragraphs) + foot
    if draw.chance.random() < 0.5:
        text = f"<div{draw.class_('body', 'text')}>{text}</div>"
    head = f"{above}<h1>{title}</h1>{below}"
    if draw.chance.random() < 0.5:
        head = f"<{(tag := draw.tag('header', 'div'))}{draw.class_('head')}>{head}</{tag}>"
    own = draw.tag("article", "div", "section")
    menu = "".join(f"<li><a href='/{n}/'>{draw.word('section')} {n}</a></li>" for n in range(5))
    return (
        f'<!DOCTYPE html><html lang="{draw.language}"><head><meta charset="utf-8">'
        f"<title>{title} | Example</title></head>"
        f"<body><div{draw.class_('bar')}><a href='/'>Example</a><ul>{menu}</ul></div>{extra['before']}<main>"
        f"{extra['above']}<{own}{draw.class_('story')}>{head}{text}{extra['below']}</{own}>{extra['after']}</main>"
        f"<div{draw.class_('side')}>{extra['beside']}</div>"
        f"<footer><p>© 2026 Example</p><a href='/about'>Example</a></footer></body></html>"
    )


def draw_page(number: int, part: str, kind: str) -> tuple[str, str, datetime, timedelta]:
    """Return a page of a part, what it is made of, when it was published, and how exactly that is shown."""
    chance = random.Random(f"{SEEDS[part]} {number} {kind}")
    draw = Draw(chance, chance.choice(list(WORDS)))
    held = part == "held"
    place = chance.choice([name for name in PLACES if held or name not in HELD_PLACES])
    names = [name for name in BOXES if held or name not in HELD_BOXES]
    boxes = chance.sample(names, chance.choice((1, 1, 2)))
    if kind == "date":
        when, exact = FETCHED - timedelta(days=chance.randint(3, 900)), timedelta(days=1)
        # Babel writes the year of the Christian era alike in all locales.
        draw.when = escape(format_date(when, "long", locale=draw.language))
    else:
        ages: tuple[tuple[Unit, int, int], ...] = (("hour", 11, 23), ("day", 2, 6), ("day", 7, 29), ("week", 2, 4))
        unit, least, most = chance.choice(ages)
        count = chance.randint(least, most)
        when, draw.when = FETCHED - timedelta(**{f"{unit}s": count}), escape(age(draw.language, unit, count, chance))
        exact = timedelta(hours=1) if unit == "hour" else timedelta(days=1)
    return page(draw, place, boxes), f"{draw.language} {place} / {', '.join(boxes)}: {draw.when}", when, exact


def judge(found: str | None, when: datetime, exact: timedelta) -> str:
    """Return whether a record's date is the page's own, as exactly as the page shows it."""
    if found is None:
        return "none"
    if exact == timedelta(days=1):
        return "right" if found[:10] == when.date().isoformat() else "wrong"
    return "right" if abs(datetime.fromisoformat(found) - when) < exact and len(found) > 10 else "wrong"


def main() -> None:
    """Make the pages, read them, and print right, wrong and none for ages and for dates in words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=tuple(SEEDS), default="tune")
    parser.add_argument("--pages", type=int, default=800, help="of each kind")
    parser.add_argument("--show", action="store_true", help="name the pages that are not right")
    arguments = parser.parse_args()
    for kind in ("age", "date"):
        counts: Counter[str] = Counter()
        for number in range(arguments.pages):
            html, made_of, when, exact = draw_page(number, arguments.part, kind)
            article = newsscraper.extract(html, url="https://www.example.com/story.html", fetched_at=FETCHED)
            answer = judge(article.date_published, when, exact)
            counts[answer] += 1
            if arguments.show and answer != "right":
                evidence = article.dates.published
                print(f"{answer} #{number} {made_of} -> {article.date_published} {evidence and evidence.raw}")
        print(kind, {answer: f"{count / arguments.pages:.3f}" for answer, count in sorted(counts.items())})


if __name__ == "__main__":
    main()
