"""Every setting of the project and its default; any of them can be set with ``scrapy … -s NAME=value``."""

from __future__ import annotations

from newsscraper import __version__

BOT_NAME = "newsscraper"
SPIDER_MODULES = ["newsscraper.spiders"]
NEWSPIDER_MODULE = "newsscraper.spiders"
COMMANDS_MODULE = "newsscraper.commands"

# --- ours -----------------------------------------------------------------------------------------------------------

OUTPUT_DIR = "output"
"""Folder for the records. Crawl state is kept in its folder ``.state``."""

ALLOW_PRIVATE_HOSTS = False
"""Let pages lead to loopback, private and link-local addresses. A start URL on such a host may stay on that host."""

RIGHTS_POLICY = "label"
"""``label`` writes down what the site allows; ``skip`` drops what is opted out; ``strict`` also what is unclear."""

EXTRACTION_WORKERS: int | None = None
"""Number of processes that read pages. ``None``: one per core. 0: read in the crawl's own process, without limits."""

EXTRACTION_TIME_LIMIT = 20.0
"""Seconds that the reading of one page may take. After that, the page is set aside and the process replaced."""

EXTRACTION_MEMORY_LIMIT = 512
"""MiB of memory that one such process may use. A page that needs more is set aside. 0: no limit."""

BROWSER_PATH: str | None = None
"""Path of Chromium, for sites with ``render``. ``None``: the one of the system, or else the library's own."""

BROWSER_TIME_LIMIT = 60.0
"""Seconds that one page may take in the browser, including all that it loads."""

LOG_LEVEL = "INFO"
CONCURRENT_ITEMS = 4  # Scrapy starts as many tasks for each page, and a page gives one article

PROGRESS_ENABLED = True
"""Show progress: the last line of a terminal, or else a log line every ``LOGSTATS_INTERVAL`` seconds."""

# --- delivery: docs/output.md -----------------------------------------------------------------------------------------

OUTPUT_ZSTD = False
"""Compress the files of past days at the end of a run: ``YYYY-MM-DD.jsonl.zst``. Today's file stays as it is."""

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
"""Exit code of a run that went well, but found that something about the site has changed. 0: do not tell."""

HEALTH_WEBHOOK: str | None = None
"""Address that gets one JSON POST when a finding begins and one when it ends. It is never logged."""

HEALTH_OFF: list[str] = []
"""Kinds of findings to leave out: ``no-images``, ``silence``, …"""

HEALTH_SHARE = 0.25
"""How much worse than usual a share has to be, for example the share of records without a date (0.25: 25 points)."""

HEALTH_RECORDS = 12
"""Least number of past records that a share is compared with."""

HEALTH_DAYS = 4
"""Least number of past days that a run is compared with."""

HEALTH_SILENCE = 2.5
"""A site is silent when nothing new came for this many times its longest pause."""

HEALTH_FLOOD = 4.0
"""A day has too many new articles when there are this many times as many as on any day before."""

HEALTH_FLOOD_LEAST = 20
"""Fewer new articles than this in a day are never too many."""

HEALTH_EFFORT = 5.0
"""A run costs too much when it takes this many times the requests, seconds or memory of any run before."""

HEALTH_SET_ASIDE = 3
"""How many pages of a run may be set aside by the workers."""

# --- many sites in one process: docs/fleet.md -------------------------------------------------------------------------

FLEET_SITES_AT_ONCE = 64
"""How many sites a fleet crawls at the same time. Each of them waits most of the time."""

FLEET_TURN = 300.0
"""Seconds after which a crawl makes room for a site that waits. It continues later."""

FLEET_HANG_LIMIT = 120.0
"""Seconds without any progress after which the process of a fleet ends, so that it can be started again."""

# --- politeness and bounds: docs/politeness.md ------------------------------------------------------------------------

CONTACT: str | None = None
"""E-mail address or URL of whoever runs the crawl. It is sent in the User-Agent, so that sites can reach you."""

CRAWL_DELAY_MAX = 60.0
"""Longest Crawl-delay in seconds. Where robots.txt asks for more, this is used, with a warning."""

ROBOTSTXT_USER_AGENT = "newsscraper"
"""Name that is looked up in robots.txt, whatever USER_AGENT is."""

BACKOFF_START = 2.0
"""Seconds of pause after a sign that a host is overloaded. Doubled with each further sign in a row."""

BACKOFF_MAX = 60.0
"""Longest such pause in seconds."""

BACKOFF_FAILURES = 6
"""How many signs of overload in a row end the requests to a host for this run."""

RETRY_AFTER_MAX = 300.0
"""Seconds. A host whose ``Retry-After`` asks for more, at once or in a row, is left alone for this run."""

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
"""Seconds for one whole response, headers and body."""

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
