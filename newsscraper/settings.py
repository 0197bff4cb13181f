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
"""``label`` writes down what the site allows; ``skip`` drops what is opted out; ``strict`` also what is unclear."""

EXTRACTION_WORKERS: int | None = None
"""Processes that run extraction; ``None``: one per core; 0: in the crawl's own process, without the limits below."""

EXTRACTION_TIME_LIMIT = 20.0
"""Seconds that one page may take; then it is set aside and its worker replaced."""

EXTRACTION_MEMORY_LIMIT = 512
"""MiB of private memory that one worker may have; a page that needs more is set aside. 0: no limit."""

BROWSER_PATH: str | None = None
"""The program of Chromium, for sites with ``render``; ``None``: the system's, else the library's own."""

BROWSER_TIME_LIMIT = 60.0
"""Seconds that one page may take in the browser, all that it loads included."""

LOG_LEVEL = "INFO"
CONCURRENT_ITEMS = 4  # Scrapy starts as many tasks for each page, and a page gives one article

PROGRESS_ENABLED = True
"""Say how far the crawl is: a line at the foot of a terminal, else a log line every ``LOGSTATS_INTERVAL`` seconds."""

# --- delivery: docs/output.md -----------------------------------------------------------------------------------------

OUTPUT_ZSTD = False
"""Pack finished day files at the end of a run: ``YYYY-MM-DD.jsonl.zst``. The day that still grows stays plain."""

WARC = False
"""Keep what is fetched for articles, as it came over the wire: ``<site>/warc/YYYY-MM-DD.warc.gz``, docs/archives.md."""

ITEM_PIPELINES = {
    "newsscraper.pipelines.rights.SiteRights": 50,
    "newsscraper.pipelines.validate.Validate": 100,
    "newsscraper.pipelines.revise.Revise": 200,
    "newsscraper.pipelines.write.Write": 900,
}

ADDONS = {"newsscraper.addon.CrawlAddon": 0}
"""Keeps the parts named in this file in place, where a project or a spider sets the same dictionaries for its own."""

LOG_FORMATTER = "newsscraper.pipelines.logformat.ArticleLogFormatter"

# --- health: docs/monitoring.md ---------------------------------------------------------------------------------------

HEALTH_EXIT_CODE = 5
"""Exit code of a run that went well and found something that is not as it was on this site; 0 keeps it quiet."""

HEALTH_WEBHOOK: str | None = None
"""Address that gets one JSON POST when a finding begins and one when it ends. It is never logged."""

HEALTH_OFF: list[str] = []
"""Kinds of findings that are not wanted: ``no-images``, ``silence``, …"""

HEALTH_SHARE = 0.25
"""A share (of records without a date, say) must be worse than usual by so much."""

HEALTH_RECORDS = 12
"""Records of the past that a share is judged by, at least."""

HEALTH_DAYS = 4
"""Days of the past, at least, before anything is judged by them."""

HEALTH_SILENCE = 2.5
"""Nothing new for so many times the longest pause is told, whatever the weekday."""

HEALTH_FLOOD = 4.0
"""New articles in a day: so many times the most of any day are told."""

HEALTH_FLOOD_LEAST = 20
"""New articles in a day below which nothing is a flood."""

HEALTH_EFFORT = 5.0
"""Requests, seconds or memory of a run: so many times the most of any run are told."""

HEALTH_SET_ASIDE = 3
"""Pages of a run that the workers may give up."""

# --- many sites in one process: docs/fleet.md -------------------------------------------------------------------------

FLEET_SITES_AT_ONCE = 64
"""Sites that a fleet runs at once; each waits most of the time, for its host's pace."""

FLEET_TURN = 300.0
"""Seconds after which a run gives way to a site that waits for a place; it goes on later."""

FLEET_HANG_LIMIT = 120.0
"""Seconds without any sign of life after which a fleet's process is ended, to be started again."""

# --- politeness and bounds: docs/politeness.md ------------------------------------------------------------------------

CONTACT: str | None = None
"""E-mail address or URL of whoever runs the crawl: goes into the User-Agent, so that a site can turn to a person."""

CRAWL_DELAY_MAX = 60.0
"""Seconds: a Crawl-delay or Request-rate that asks for more is kept at this, with a warning."""

ROBOTSTXT_USER_AGENT = "newsscraper"
"""The token that rules in robots.txt are looked up for, whatever USER_AGENT says."""

BACKOFF_START = 2.0
"""Seconds that a host is left alone after a sign of overload; doubled with each one in a row."""

BACKOFF_MAX = 60.0
"""Seconds that the doubling ends at."""

BACKOFF_FAILURES = 6
"""Signs of overload in a row after which a host is given up for this run."""

RETRY_AFTER_MAX = 300.0
"""Seconds: a host whose ``Retry-After`` asks for more, at once or in a row, is given up for this run."""

DOWNLOADER_MIDDLEWARES = {
    "newsscraper.middlewares.failures.FailureMiddleware": 10,
    "newsscraper.middlewares.private_hosts.PrivateHostsMiddleware": 40,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsscraper.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "newsscraper.middlewares.contact.ContactMiddleware": 500,
    "newsscraper.middlewares.stopping.StoppingMiddleware": 540,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newsscraper.middlewares.backoff.BackoffMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newsscraper.middlewares.bounds.BoundedMetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsscraper.middlewares.bounds.BoundedCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newsscraper.middlewares.bounds.BoundedRedirectMiddleware": 600,
    "newsscraper.middlewares.keeping.KeepingMiddleware": 890,  # next to the wire: bodies are still packed
}
DOWNLOAD_HANDLERS = {
    "http": "newsscraper.middlewares.connection.GuardedDownloadHandler",
    "https": "newsscraper.middlewares.connection.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_TIMEOUT = 30
"""Seconds for one whole answer, headers and body."""

DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 10
METAREFRESH_MAXDELAY = 5  # longer ones are pages that reload themselves
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # FailureMiddleware says it, with the reason
DNS_TIMEOUT = 20
DOWNLOADER = "newsscraper.downloader.Downloader"
AUTOTHROTTLE_START_DELAY = 1.0  # then as slowly as the site answers
COOKIES_ENABLED = False  # a metered paywall counts by cookie
# With JOBDIR, queues that do not unpickle.
SCHEDULER_DISK_QUEUE = "scrapy.squeues.MarshalLifoDiskQueue"
SCHEDULER_START_DISK_QUEUE = "scrapy.squeues.MarshalFifoDiskQueue"

# --- crawling: docs/sites.md ------------------------------------------------------------------------------------------

DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
"""Off: the spider keeps account of addresses over all runs, and knows which of them are one article."""

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
    "scrapy.extensions.spiderstate.SpiderState": None,  # unpickles
    "newsscraper.extensions.state.State": 0,
    "newsscraper.extensions.health.Health": 0,
    "newsscraper.extensions.summary.Summary": 0,
    "newsscraper.extensions.dropped.Dropped": 0,
    "newsscraper.extensions.extraction.Extraction": 0,
    "newsscraper.extensions.rendering.Rendering": 0,
    "scrapy.extensions.logstats.LogStats": None,
    "newsscraper.extensions.progress.Progress": 0,
}
