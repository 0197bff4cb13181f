"""Every setting of the project and its default; any of them can be set with ``scrapy … -s NAME=value``."""

from __future__ import annotations

from newsscraper import __version__

BOT_NAME = "newsscraper"
SPIDER_MODULES = ["newsscraper.spiders"]
NEWSPIDER_MODULE = "newsscraper.spiders"
COMMANDS_MODULE = "newsscraper.commands"

# --- ours -----------------------------------------------------------------------------------------------------------

OUTPUT_DIR = "output"
"""Where records are written; crawl state lives under it, in ``.state``."""

ALLOW_PRIVATE_HOSTS = False
"""Let pages lead to loopback, private and link-local addresses. A start URL on such a host may stay on that host."""

RIGHTS_POLICY = "label"
"""``label`` writes down what the site allows; ``skip`` drops what is opted out; ``strict`` also drops what is unclear."""

EXTRACTION_WORKERS: int | None = None
"""Processes that run extraction; ``None``: as many as cores; 0: in the crawl's own process, without the limits below."""

EXTRACTION_TIME_LIMIT = 20.0
"""Seconds that one page may take; then it is set aside and its worker replaced."""

EXTRACTION_MEMORY_LIMIT = 512
"""MiB of private memory that one worker may have; a page that needs more is set aside. 0: no limit."""


# --- Scrapy's ---------------------------------------------------------------------------------------------------------

USER_AGENT = f"newsscraper/{__version__}"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024

EXTENSIONS = {
    "newsscraper.extensions.extraction.Extraction": 0,
}
