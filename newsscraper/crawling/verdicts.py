"""What became of a candidate: judged by what was asked for, what came, what it reads like, what the site has taught.

Pure: nothing is fetched and nothing is noted here. What a verdict entails is in `consequences`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawling.pages import ReadPage, Unreadable, looks_scripted
from newsscraper.crawling.worth import EXCLUDED, names_articles_only, out_of_time
from newsscraper.discovery import moments, sections, traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Tally

if TYPE_CHECKING:
    from newsscraper.crawling.arguments import Arguments
    from newsscraper.crawling.fetching import Answer
    from newsscraper.middlewares.reasons import Reason


ENOUGH_LIKES = 2
"""Pages of one template that vouch for a third one, and it for them."""
LEAST_ODDS = -3.0
"""Log odds of an article below which a page says too clearly that it is something else."""
FEWEST_WORDS = 40
_IN_DOUBT = ("no article", "nothing dates it")


class Outcome(Enum):
    """Kinds of verdicts."""

    ARTICLE = "an article, under this address"
    OTHER_ADDRESS = "another address of an article"
    UNCHANGED = "the page that was read before"
    NO_ARTICLE = "no article"
    NOT_WANTED = "an article that is not wanted"
    LEFT_OUT = "an article that the spider leaves out"
    AGAIN = "cannot be had now; the next run tries it"
    NEVER = "cannot be had"
    WAITS = "reads like a story, and waits for others of its template that do"
    LEFT = "not reached before the crawl was stopped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a candidate, and why.

    Attributes:
        outcome: the kind.
        reason: in words; under these it is counted.
        address: of an article: the one that names it. Of another address: where to look instead; ``None``: another
            candidate stands for the article.
        failed: the request failed, which was counted where it did.
        again: the article was told by a feed; the next run tries its page.
        moved_from: id of the delivered article that this one is, found under this address for the first time.
    """

    outcome: Outcome
    reason: str = ""
    address: Address | None = None
    failed: bool = False
    again: bool = False
    moved_from: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one address when a verdict is due.

    Attributes:
        kind: what stood there at an earlier look: ``"article"``, ``"listing"``, ``"other"``, …
        taken: it is fetched, being fetched or dealt with on behalf of another candidate.
        new: the crawl would look at it if it were named now.
        tally: what pages with addresses like it turned out to be.
        excluded: the site's declaration leaves it alone.
    """

    kind: str | None = None
    taken: bool = False
    new: bool = False
    tally: Tally = field(default_factory=Tally)
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Taught:
    """What the site has taught, as far as it bears on one candidate.

    Attributes:
        asked: of the address that was asked for.
        came: of the address that answered.
        canonical: of the address that the page gives itself.
        same_body: the body is the one of the last look.
        likes: other pages of its template and of addresses like its own that are articles, or read like stories, each
            with a title of its own.
        lying: the canonical address is one that different articles give themselves.
        declared: pattern of articles' addresses, where the site declares one.
        title_of_nothing: title of the page that the site shows where there is none; empty: it says 404.
    """

    asked: Standing = field(default_factory=Standing)
    came: Standing = field(default_factory=Standing)
    canonical: Standing = field(default_factory=Standing)
    same_body: bool = False
    likes: int = 0
    lying: bool = False
    declared: re.Pattern[str] | None = None
    title_of_nothing: str = ""


# --- before the page is read ---


def of_failure(cause: Reason) -> Verdict:
    """Judge a request that gave no page."""
    if cause.slug == "stopped":
        return Verdict(Outcome.LEFT, cause.sentence, failed=True)
    return Verdict(Outcome.AGAIN if cause.passing else Outcome.NEVER, cause.sentence, failed=True)


def of_answer(candidate: Candidate, answer: Answer, taught: Taught) -> Verdict | None:
    """Judge an answer; ``None``: its page has to be read."""
    if answer.reason is not None:
        return of_failure(answer.reason)
    if answer.address != candidate.address and (end := dead_end(answer.address, taught.came.kind)):
        return Verdict(Outcome.NO_ARTICLE, end)
    if taught.came.excluded and candidate.way != "urls":
        return Verdict(Outcome.NOT_WANTED, EXCLUDED)
    if answer.unchanged or taught.same_body:
        return Verdict(Outcome.UNCHANGED, "unchanged")
    if answer.response is None or taught.came.taken:
        return Verdict(Outcome.OTHER_ADDRESS, "another address of an article")
    return None


_NOT_FROM_FEED = ("stopped", "robots-forbidden", "not-found", "other-site", "private-address", "rights-reserved")


def may_come_from_feed(verdict: Verdict, cause: Reason | None) -> bool:
    """Whether a feed may stand in for a page: not for one that is gone, and not for one that nobody is to read.

    >>> may_come_from_feed(Verdict(Outcome.NO_ARTICLE, "no text without JavaScript"), None)
    True
    """
    if cause is not None:
        return cause.slug not in _NOT_FROM_FEED and verdict.outcome in (Outcome.AGAIN, Outcome.NEVER)
    return verdict.outcome is Outcome.NO_ARTICLE and verdict.reason in ("no text", "no text without JavaScript")


def of_unreadable(error: Unreadable) -> Verdict:
    """Judge a page of which nothing can be read; an error of the program's own was counted as one where it was seen."""
    return Verdict(Outcome.AGAIN if error.again else Outcome.NO_ARTICLE, str(error), failed=error.again)


def dead_end(address: Address, kind: str | None) -> str | None:
    """Return what stands at an address to which a site sends readers of what is gone or locked, in words.

    Args:
        address: where a redirect leads.
        kind: what stood there at an earlier look.
    """
    if (reason := traps.trap(address)) and not (address.speaks_of_article and not traps.is_certain(reason)):
        return reason
    if address.is_home:
        return "the home page"
    if kind == "listing":
        return "a listing"
    # Another candidate was led there before.
    return "no article" if kind == "other" and not address.speaks_of_article else None


def is_astray(candidate: Candidate, came: Address, standing: Standing) -> bool:
    """Whether a candidate was redirected to a page of no article's address: "not found", "choose your cookies".

    What its sources say of the candidate, its date and that it is an article, is not said of such a page.
    """
    return came != candidate.address and not came.speaks_of_article and not standing.tally.vouched


# --- the page ---


def of_page(candidate: Candidate, page: ReadPage, taught: Taught) -> Verdict:
    """Judge a page that was read: whether it is an article, and under which address."""
    reason = why_no_article(candidate, page, taught)
    if reason in _IN_DOUBT and reads_like_story(page) and not is_astray(candidate, page.address, taught.came):
        if taught.likes < ENOUGH_LIKES:
            return Verdict(Outcome.WAITS, reason)
        reason = None  # pages of one template vouch for each other
    if reason:
        return Verdict(Outcome.NO_ARTICLE, reason)
    own = page.address
    first = page.parts[0] if page.reading.page_number > 1 and page.parts else None
    if first is not None and first != own:
        return Verdict(Outcome.OTHER_ADDRESS, "a further part of an article", first)
    told = page.canonical
    if told is None or told == own:
        return Verdict(Outcome.ARTICLE, address=told or own)
    if not _believes(told, taught):
        return Verdict(Outcome.ARTICLE, address=own)
    if taught.canonical.excluded and candidate.way != "urls":
        return Verdict(Outcome.NOT_WANTED, EXCLUDED)
    if taught.canonical.taken:
        return Verdict(Outcome.OTHER_ADDRESS, "another address of an article")
    if page.reading.is_amp and taught.canonical.new:
        # The plain page is the better one; it is fetched instead.
        return Verdict(Outcome.OTHER_ADDRESS, "an AMP page whose plain page is fetched", told)
    return Verdict(Outcome.ARTICLE, address=told)


def _believes(canonical: Address, taught: Taught) -> bool:
    """Whether a page may pass for another address: not where different articles all name the same one."""
    if (reason := traps.trap(canonical)) and (traps.is_certain(reason) or not traps.may_be_story(canonical)):
        return False
    if taught.lying or taught.canonical.kind in ("listing", "sitemap", "feed"):
        return False
    return taught.declared is None or bool(taught.declared.search(canonical.text))


def why_no_article(candidate: Candidate, page: ReadPage, taught: Taught) -> str | None:
    """Return why a page is no article, in words; ``None`` where it is one."""
    article, text, body = page.article, page.text, page.response.body
    if is_behind_password(body, text):
        return "behind a password"
    if page.reading.needs_javascript or (not text and looks_scripted(body)):
        return "no text without JavaScript"
    if article is None or not text or not article.title:
        return "no text"
    astray = is_astray(candidate, page.address, taught.came)
    if page.reading.kind == "article" and _is_suspicious(candidate, taught) and not _makes_up_for_it(page, article):
        return "no article"
    if page.reading.kind == "article":
        if article.date_published is None and (astray or not _is_vouched(candidate, taught)):
            # An "about" page reads like an article; it lacks a date, a word of a feed or sitemap, an address.
            return "nothing dates it"
    elif astray or not (_is_named_as_article(candidate, taught) or _is_like_articles(candidate, article, taught)):
        return "a listing" if page.reading.kind == "listing" else "no article"
    if taught.title_of_nothing and article.title == taught.title_of_nothing and rests_on_others_word(candidate, page):
        return "the site's answer for pages that do not exist"
    return None


def _is_suspicious(candidate: Candidate, taught: Taught) -> bool:
    """Whether a word of the address speaks against an article, and nobody that names articles only names it."""
    return (
        candidate.way != "urls" and bool(traps.trap(candidate.address)) and not _is_named_as_article(candidate, taught)
    )


def _makes_up_for_it(page: ReadPage, article: Article) -> bool:
    """Whether a page itself, and not its address, says that it is an article."""
    return (dates_itself(article) or bool(article.authors)) and weight(page.text) >= FEWEST_WORDS


def rests_on_others_word(candidate: Candidate, page: ReadPage) -> bool:
    """Whether others say that a page is an article more than it does: they may speak of one that is not there any more.

    Then the title of the page that the site shows where there is none has to be known.
    """
    if candidate.way == "urls" or page.article is None:
        return False
    return page.reading.kind != "article" or not dates_itself(page.article)


def reads_like_story(page: ReadPage) -> bool:
    """Whether a page has what stories have, though it does not say that it is one: a headline, prose, a date or a name.

    A standing page has as much; but there are not several of one template, each with a headline of its own.
    """
    article, reading = page.article, page.reading
    if article is None or not article.title or not reading.template or reading.odds < LEAST_ODDS:
        return False
    signed = (article.date_published is not None and dates_itself(article)) or bool(article.authors)
    return signed and weight(page.text) >= FEWEST_WORDS


def weight(text: str) -> int:
    """Return how much a text says, in words; where words are written without spaces, by its letters.

    >>> weight("Rain in the north"), weight("北部有雨，南部晴朗")
    (4, 4)
    """
    spaced = len(text.split())
    wide = sum(1 for letter in text if unicodedata.east_asian_width(letter) in "WF" or "\u0e00" <= letter <= "\u0eff")
    return max(spaced, wide // 2)


def _is_named_as_article(candidate: Candidate, taught: Taught) -> bool:
    """Whether the site itself says that this is an article: its feed, its sitemap of posts, its spider."""
    if candidate.way == "urls":
        return taught.asked.kind == "article"
    return taught.declared is not None or names_articles_only(candidate)


def _is_vouched(candidate: Candidate, taught: Taught) -> bool:
    if candidate.way == "urls" or _is_named_as_article(candidate, taught) or candidate.address.speaks_of_article:
        return True
    return taught.asked.tally.vouched > 0


def _is_like_articles(candidate: Candidate, article: Article, taught: Taught) -> bool:
    """Whether nearly all pages with addresses like this one are articles, and this one has what they have."""
    tally = taught.asked.tally
    alike = tally.articles >= 5 and tally.articles >= 4 * tally.others
    telling = tally.vouched >= 5 or candidate.address.speaks_of_article
    return alike and telling and article.date_published is not None and len((article.text or "").split()) >= 60


def dates_itself(article: Article) -> bool:
    """Whether a page says itself when its article was published."""
    evidence = article.dates.published
    return evidence is not None and evidence.source in ("json-ld", "meta", "time", "visible", "relative")


def is_behind_password(body: bytes, text: str) -> bool:
    """Whether a page asks for a password where its text should be, as WordPress' protected posts do.

    >>> is_behind_password(b'<form action="/wp-login.php?action=postpass"><input name="post_password">', "Protected.")
    True
    """
    return b"post_password" in body and b"postpass" in body and len(text.split()) < 80


# --- the article ---


def of_article(candidate: Candidate, article: Article, arguments: Arguments) -> Verdict | None:
    """Judge a whole article by what was asked for; ``None``: it is wanted."""
    if candidate.way == "urls":
        return None
    text, since = article.date_published, arguments.since
    published = moments.moment(text)
    if published is not None and text is not None:
        if len(text) == 10 and since and text >= since.date().isoformat():
            published = max(published, since)
        if reason := out_of_time(published, since=since, until=arguments.until):
            return Verdict(Outcome.NOT_WANTED, reason)
    asked = arguments.sections
    if asked and not sections.holds(asked, categories=article.categories, address=Address.of(article.url)):
        return Verdict(Outcome.NOT_WANTED, "another section")
    return None


def of_refined(article: Article | None, own: Address) -> Verdict:
    """Judge an article by what the spider's ``refine`` made of it."""
    return Verdict(Outcome.LEFT_OUT, "left out by refine") if article is None else Verdict(Outcome.ARTICLE, address=own)
