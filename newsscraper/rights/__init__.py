"""What a whole site allows to be done with its pages: robots rules for AI agents, TDM reservation, ai.txt. Pure."""

from newsscraper.rights.aitxt import read_ai_txt as read_ai_txt
from newsscraper.rights.policy import verdict as verdict
from newsscraper.rights.robots import read_robots_rights as read_robots_rights
from newsscraper.rights.signals import SiteSignals as SiteSignals
from newsscraper.rights.signals import add_site_rights as add_site_rights
from newsscraper.rights.tdmrep import read_tdmrep as read_tdmrep
