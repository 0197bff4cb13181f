"""What a site's own rules find on its pages, before the general readers are asked."""

from newsscraper.extraction.rules.declared import FIELDS as FIELDS
from newsscraper.extraction.rules.declared import Rules as Rules
