"""robots.txt as a statement on AI: rules for AI agents, and the usage preferences that newer files carry."""

from __future__ import annotations

import re
from functools import lru_cache

from protego import Protego

# Product tokens of agents that gather text for AI: training, answers, data sets. Lower case.
AI_AGENTS = frozenset(
    {
        "ai2bot",
        "ai2bot-dolma",
        "aihitbot",
        "amazonbot",
        "amazonbot-video",
        "anthropic-ai",
        "applebot-extended",
        "awario",
        "brightbot",
        "bytespider",
        "ccbot",
        "chatgpt-user",
        "claude-searchbot",
        "claude-user",
        "claude-web",
        "claudebot",
        "cohere-ai",
        "cohere-training-data-crawler",
        "cotoyogi",
        "crawlspace",
        "deepseekbot",
        "diffbot",
        "duckassistbot",
        "facebookbot",
        "firecrawlagent",
        "friendlycrawler",
        "google-cloudvertexbot",
        "google-extended",
        "googleother",
        "googleother-image",
        "googleother-video",
        "gptbot",
        "iaskspider",
        "icc-crawler",
        "imagesiftbot",
        "img2dataset",
        "kangaroo-bot",
        "meta-externalagent",
        "meta-externalfetcher",
        "mistralai-user",
        "novaact",
        "oai-searchbot",
        "omgili",
        "omgilibot",
        "operator",
        "pangubot",
        "perplexity-user",
        "perplexitybot",
        "petalbot",
        "semrushbot-ocob",
        "sidetrade",
        "tiktokspider",
        "timpibot",
        "velenpublicwebcrawler",
        "webzio-extended",
        "youbot",
    }
)

_AGENT_LINE = re.compile(r"^[ \t]*user-?agent[ \t]*:[ \t]*([^\r\n#]*)", re.IGNORECASE | re.MULTILINE)
_PREFERENCE_LINE = re.compile(r"^[ \t]*content-(signal|usage)[ \t]*:[ \t]*([^\r\n#]*)", re.IGNORECASE | re.MULTILINE)
_SHOWN = 5


@lru_cache(maxsize=32)
def _rules(text: str) -> Protego:
    return Protego.parse(text)


@lru_cache(maxsize=32)
def _named_agents(text: str) -> tuple[str, ...]:
    named = {match.strip().partition("/")[0].lower() for match in _AGENT_LINE.findall(text)}
    return tuple(sorted(named & AI_AGENTS))


def read_robots_rights(text: str, url: str) -> tuple[bool | None, bool | None, list[str]]:
    """Return what a robots.txt says of AI for one page.

    Args:
        text: the robots.txt; empty where there is none.
        url: address of the page.

    Returns:
        ``(robots_ai, ai, evidence)``. ``robots_ai``: whether AI agents may fetch the page: False where one of those
        that the file names may not, True where all of them may, ``None`` where it names none. ``ai``: False where the
        file opts out of use by AI (Content-Signal, Content-Usage), True where it opts in, ``None`` where it says
        nothing.

    >>> read_robots_rights("User-agent: GPTBot\\nUser-agent: CCBot\\nDisallow: /", "https://example.com/a")
    (False, None, ['robots.txt: disallows ccbot, gptbot'])
    >>> read_robots_rights("User-agent: *\\nContent-Signal: search=yes, ai-train=no\\nAllow: /", "https://example.com/a")
    (None, False, ['robots.txt: Content-Signal: search=yes, ai-train=no'])
    """
    evidence: list[str] = []
    robots_ai: bool | None = None
    agents = _named_agents(text)
    if agents:
        rules = _rules(text)
        refused = [agent for agent in agents if not rules.can_fetch(url, agent)]
        robots_ai = not refused
        shown = refused or list(agents)
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        evidence.append(f"robots.txt: {'disallows' if refused else 'allows'} {', '.join(shown[:_SHOWN])}{more}")
    ai, said = _preferences(text)
    return robots_ai, ai, evidence + said


def _preferences(text: str) -> tuple[bool | None, list[str]]:
    """Read ``Content-Signal: ai-train=no`` and ``Content-Usage: train-ai=n``; a path before the preference is ignored
    unless it is the root: a preference for a part of the site says nothing for the rest."""
    answer: bool | None = None
    evidence = []
    for name, value in _PREFERENCE_LINE.findall(text):
        words = value.strip()
        if words.startswith("/"):
            path, _, words = words.partition(" ")
            if path.rstrip("*$") != "/":
                continue
        for key, setting in re.findall(r"([a-z-]+)\s*=\s*([a-z]+)", words.lower()):
            if key not in {"ai-train", "ai-input", "train-ai", "ai"}:
                continue
            allowed = setting in {"yes", "y", "true"}
            answer = allowed if answer is None else answer and allowed
            line = f"robots.txt: Content-{name.capitalize()}: {' '.join(value.split())}"
            if line not in evidence:
                evidence.append(line)
    return answer, evidence
