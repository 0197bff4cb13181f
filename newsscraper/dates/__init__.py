"""Text → moment, with precision and provenance.

>>> from datetime import UTC, datetime
>>> from newsscraper import dates
>>> dates.parse("il y a 2 jours", reference=datetime(2026, 11, 22, tzinfo=UTC)).isoformat()
'2026-11-20'
"""

from newsscraper.dates.claim import Claim as Claim
from newsscraper.dates.deciding import Decision as Decision
from newsscraper.dates.deciding import Verdict as Verdict
from newsscraper.dates.deciding import decide as decide
from newsscraper.dates.moment import Moment as Moment
from newsscraper.dates.parsing import parse as parse
from newsscraper.dates.parsing import parse_byline as parse_byline
