"""Whether a link of the page leads to its own site."""

from __future__ import annotations

from newsscraper.urls import site_of


def leads_home(href: str | None, site: str | None) -> bool:
    """Tell whether an address is another page's of the same site, as far as is known.

    >>> leads_home("/a", "example.com"), leads_home("https://other.example/a", "example.com")
    (True, False)
    """
    if href is None or "//" not in href[:8]:
        return True
    return site is None or site_of(href if href[:2] != "//" else f"https:{href}") == site
