"""What was seen of a site, in which revision, and what its pages repeat: one SQLite file a site."""

from newsscraper.crawlstate.database import StateFailed as StateFailed
from newsscraper.crawlstate.entrances import Entrance as Entrance
from newsscraper.crawlstate.lock import StateLocked as StateLocked
from newsscraper.crawlstate.memory import ArticleMemory as ArticleMemory
from newsscraper.crawlstate.memory import PageMemory as PageMemory
from newsscraper.crawlstate.memory import Run as Run
from newsscraper.crawlstate.opening import open_state as open_state
from newsscraper.crawlstate.state import SiteState as SiteState
