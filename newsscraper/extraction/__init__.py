"""A page's bytes in, a record out. Pure and picklable: no Scrapy, no clock, no network."""

from newsscraper.extraction.page import ExtractionError as ExtractionError
