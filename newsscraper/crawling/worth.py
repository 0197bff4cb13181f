"""Whether a candidate is worth fetching, judged by its address, its dates and what the site has taught: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsscraper.discovery import moments, sitemaps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Tally, why_trapped

TRIALS = 5
"""Pages of one source or one shape that are fetched on trial; if none of them is an article, the rest is left out."""
VOUCHING = ("news-sitemap", "feed", "urls")
"""Ways that name articles and nothing else."""
LINKED = ("listing", "link", "recent-posts")
"""Ways of links, which lead anywhere."""
EXCLUDED = "an address that is excluded"
OUT_OF_TIME = ("older than since", "newer than until")


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a candidate before it is fetched.

    Attributes:
        on_site: the address is on the site that is crawled.
        on_known_host: and on a host of it that articles were found on.
        standing_page: the site itself says that it is a standing page.
        below_article: the address continues that of an article.
        tally: what pages with addresses like it turned out to be.
        doubtful: what those turned out to be whose addresses the same word makes a trap.
        source_articles: pages that the same source named and that were articles.
        source_others: and that were none.
        declared: pattern of articles' addresses, where the site declares one.
        excluded: the site's declaration leaves this address alone.
    """

    on_site: bool = True
    on_known_host: bool = True
    standing_page: bool = False
    below_article: bool = False
    tally: Tally = field(default_factory=Tally)
    doubtful: Tally = field(default_factory=Tally)
    source_articles: int = 0
    source_others: int = 0
    declared: re.Pattern[str] | None = None
    excluded: bool = False


def why_left_out(
    candidate: Candidate, around: Around, *, since: datetime | None = None, until: datetime | None = None
) -> str | None:
    """Return why a candidate is not worth fetching, in words; ``None`` where it is."""
    address = candidate.address
    if not around.on_site:
        return "another site"
    if not around.on_known_host and candidate.way in LINKED:
        return "another host of the site"
    if candidate.way == "urls":
        return None
    if around.excluded:
        return EXCLUDED
    if reason := why_trapped_in(candidate, around):
        return reason
    if address.is_home:
        return "the home page"
    if around.standing_page:
        return "a standing page of the site"
    if candidate.way in LINKED and around.below_article:
        return "a page below an article"
    if around.declared is not None and not around.declared.search(address.text):
        return "not the address of an article"
    if reason := why_given_up(candidate, around):
        return reason
    published, modified = moments.moment(candidate.published), moments.moment(candidate.modified)
    if published is None and (day := moments.day_in_address(address)) is not None:
        # A day of grace: the address may be on another clock than we.
        modified = min(modified, day + timedelta(days=1)) if modified else day + timedelta(days=1)
    return out_of_time(published, modified, since=since, until=until)


def why_trapped_in(candidate: Candidate, around: Around) -> str | None:
    """Return why no article can stand at a candidate's address, in words; ``None`` where it is worth a look."""
    declared = around.declared is not None and bool(around.declared.search(candidate.url))
    return why_trapped(candidate.address, around.doubtful, vouched=declared or names_articles_only(candidate))


def names_articles_only(candidate: Candidate) -> bool:
    """Whether what named a candidate names articles and nothing else: a feed, a sitemap of posts, whoever asked for it.

    >>> from newsscraper.address import Address
    >>> names_articles_only(Candidate(Address.of("https://a.example/b"), "listing"))
    False
    """
    if candidate.way in VOUCHING or candidate.dated_by in VOUCHING:
        return True
    return candidate.way == "sitemap" and candidate.source is not None and sitemaps.holds(candidate.source) == "posts"


def why_given_up(candidate: Candidate, around: Around) -> str | None:
    """Return why a candidate is not tried after what was found behind others like it."""
    if candidate.way in VOUCHING or around.declared is not None:
        return None
    if candidate.way == "sitemap" and around.source_others >= TRIALS and not around.source_articles:
        return "from a sitemap of pages that are no articles"
    if not around.tally.articles and around.tally.others >= (TRIALS if candidate.way == "sitemap" else 3):
        return "an address like those of pages that are no articles"
    return None


def out_of_time(
    published: datetime | None, modified: datetime | None = None, *, since: datetime | None, until: datetime | None
) -> str | None:
    """Return why an article of these dates is outside ``since`` and ``until``; ``None`` where it may be inside."""
    # A page cannot be published after it was last changed, but long before it.
    latest = published or modified
    if since and latest and latest < since:
        return "older than since"
    if until and published and published >= until:
        return "newer than until"
    return None
