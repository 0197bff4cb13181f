"""What both kinds of page share: addresses, how dates and ages are written, the newsroom's own words."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from newsscraper.demo import vocabulary as words
from newsscraper.demo.story import Story, slug

SITE_NAME = "La Dépêche du Processeur"
MOTTO = "L’informatique des entreprises, sans jargon"
SECTIONS = tuple(topic.section for topic in words.TOPICS)
PAGES = {
    "mentions-legales": (
        "Mentions légales",
        "Ce site est une démonstration. Les entreprises, les personnes et les faits qu’il raconte sont inventés.",
    ),
    "politique-de-confidentialite": (
        "Politique de confidentialité",
        "Ce site ne dépose aucun traceur : la bannière de consentement est là pour que les robots s’y exercent.",
    ),
    "qui-sommes-nous": (
        "Qui sommes-nous",
        "Une rédaction imaginaire, qui écrit toujours la même chose quand on lui donne la même graine.",
    ),
}
CONSENT = (
    f"{SITE_NAME} et ses partenaires utilisent des traceurs pour mesurer l’audience et proposer des publicités "
    "adaptées à vos centres d’intérêt. Vous pouvez changer d’avis à tout moment."
)


def tag_path(name: str) -> str:
    """Return a tag's address."""
    return f"/tag/{slug(name)}"


def author_path(name: str) -> str:
    """Return an author's address."""
    return f"/author/{slug(name)}"


def picture_path(name: str) -> str:
    """Return a picture's address."""
    return f"/wp-content/uploads/{name}.png"


def shown_title(story: Story) -> str:
    """Return the title as pages show it, escaped; WordPress says before it that a post is protected."""
    return escape(f"Protégé : {story.title}" if story.password else story.title, quote=False)


def long_date(moment: datetime) -> str:
    """Write a day the French way.

    >>> long_date(datetime(2026, 11, 1))
    '1 novembre 2026'
    """
    return f"{moment.day} {words.MONTHS[moment.month - 1]} {moment.year}"


def age(span: timedelta) -> str:
    """Write an age as WordPress does in French, where the theme leaves its "ago" untranslated.

    >>> age(timedelta(hours=50)), age(timedelta(minutes=1)), age(timedelta(days=800))
    ('2 jours ago', '1 minute ago', '2 ans ago')
    """
    seconds = max(span.total_seconds(), 0)
    for limit, unit, singular, plural in (
        (60, 1, "seconde", "secondes"),
        (3_600, 60, "minute", "minutes"),
        (86_400, 3_600, "heure", "heures"),
        (604_800, 86_400, "jour", "jours"),
        (2_592_000, 604_800, "semaine", "semaines"),
        (31_536_000, 2_592_000, "mois", "mois"),
        (float("inf"), 31_536_000, "an", "ans"),
    ):
        if seconds < limit:
            count = max(round(seconds / unit), 1)
            return f"{count} {singular if count == 1 else plural} ago"
    raise AssertionError("no age is endless")


def excerpt_words(text: str, count: int) -> str:
    """Cut a summary after so many words, with the ellipsis that WordPress puts.

    >>> excerpt_words("un deux trois quatre", 3)
    'un deux trois&hellip;'
    """
    pieces = text.split()
    return escape(" ".join(pieces[:count]), quote=False) + ("&hellip;" if len(pieces) > count else "")
