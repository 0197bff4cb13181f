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

PROGRESS_ENABLED = True
"""Say how far the crawl is: a line at the foot of a terminal, else a log line every ``LOGSTATS_INTERVAL`` seconds."""

# --- delivery: docs/output.md -----------------------------------------------------------------------------------------

OUTPUT_ZSTD = False
"""Pack finished day files at the end of a run: ``YYYY-MM-DD.jsonl.zst``. The day that still grows stays plain."""

ITEM_PIPELINES = {
    "newsscraper.pipelines.validate.Validate": 100,
    "newsscraper.pipelines.revise.Revise": 200,
    "newsscraper.pipelines.write.Write": 900,
}

# --- politeness and bounds: docs/politeness.md ------------------------------------------------------------------------

CONTACT: str | None = None
"""Address (e-mail or URL) of whoever runs the crawl; goes into the User-Agent, so that a site can complain to a person."""

CRAWL_DELAY_MAX = 60.0
"""Seconds: a Crawl-delay or Request-rate that asks for more is kept at this, with a warning."""

ROBOTSTXT_USER_AGENT = "newsscraper"
"""The token that rules in robots.txt are looked up for, whatever USER_AGENT says."""

DOWNLOADER_MIDDLEWARES = {
    "newsscraper.middlewares.failures.FailureMiddleware": 10,
    "newsscraper.middlewares.private_hosts.PrivateHostsMiddleware": 40,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsscraper.middlewares.robots.RobotsMiddleware": 100,
}
DOWNLOAD_HANDLERS = {
    "http": "newsscraper.middlewares.connection.GuardedDownloadHandler",
    "https": "newsscraper.middlewares.connection.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_TIMEOUT = 60
"""Seconds for one whole answer, headers and body."""

# --- Scrapy's ---------------------------------------------------------------------------------------------------------

USER_AGENT = f"newsscraper/{__version__}"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024

EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "newsscraper.extensions.throttle.Throttle": 0,
    "newsscraper.extensions.state.State": 0,
    "newsscraper.extensions.summary.Summary": 0,
    "newsscraper.extensions.extraction.Extraction": 0,
    "scrapy.extensions.logstats.LogStats": None,
    "newsscraper.extensions.progress.Progress": 0,
}
