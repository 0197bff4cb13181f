"""silicon.fr: French IT news on WordPress, with AMP pages."""

from __future__ import annotations

from newsscraper.spiders.news import NewsSpider

_SECTION = r"[^/?#]+-\d+"
_UNTIL_2024 = r"[^/?#]*-\d+\.html"
_FROM_2024 = rf"Thematique/{_SECTION}/[^/?#]+/[^/?#]*-\d+\.html?"
_SINCE_2025 = rf"(?!thematique/){_SECTION}/[^/?#]+-\d+"


class SiliconSpider(NewsSpider):
    """``scrapy crawl silicon``.

    The site has had three shapes of addresses. Links to all of them are about, so all of them are articles for ever:

    - to 2024: ``/developpeurs-10-langages-programmation-apprecies-333211.html``
    - 2024 to 2025: ``/Thematique/cybersecurite-1371/Breves/Chiffrement-faut-il-mettre-RSA-en-veilleuse--446780.htm``
    - since late 2025: ``/data-ia-1372/state-of-tokenomics-229351``

    Each has its AMP page at ``<address>/amp``. Feeds and sitemaps are found, and so are sections: ``-a sections=cloud,
    data-ia`` goes by the names in the menu and in articles' addresses, whatever numbers stand behind them.
    """

    name = "silicon"
    site = "silicon.fr"
    start_url = "https://www.silicon.fr/"
    language = "fr"
    timezone = "Europe/Paris"
    article_url = rf"^https?://[^/]+/(?:{_UNTIL_2024}|{_FROM_2024}|{_SINCE_2025})(?:/amp)?/?(?:[?#].*)?$"
