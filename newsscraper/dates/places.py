"""The clock of a site, where its address names a country of one clock and the page speaks its language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

# Top-level domain: zone, languages. Countries of several clocks are left out, save where one has nearly all people.
_COUNTRIES = """
at Europe/Vienna de; be Europe/Brussels nl fr de; bg Europe/Sofia bg; ch Europe/Zurich de fr it rm; cy Asia/Nicosia
el en tr; cz Europe/Prague cs; de Europe/Berlin de; dk Europe/Copenhagen da; ee Europe/Tallinn et ru; es
Europe/Madrid es ca gl eu; fi Europe/Helsinki fi sv; fr Europe/Paris fr; gr Europe/Athens el; hr Europe/Zagreb hr;
hu Europe/Budapest hu; ie Europe/Dublin en ga; is Atlantic/Reykjavik is; it Europe/Rome it de; lt Europe/Vilnius lt;
lu Europe/Luxembourg fr de lb; lv Europe/Riga lv ru; mt Europe/Malta mt en; nl Europe/Amsterdam nl; no Europe/Oslo
no nb nn; pl Europe/Warsaw pl; pt Europe/Lisbon pt; ro Europe/Bucharest ro; se Europe/Stockholm sv; si
Europe/Ljubljana sl; sk Europe/Bratislava sk; uk Europe/London en cy; ua Europe/Kyiv uk ru; rs Europe/Belgrade sr;
ba Europe/Sarajevo bs hr sr; mk Europe/Skopje mk sq; al Europe/Tirane sq; md Europe/Chisinau ro ru; by Europe/Minsk
be ru; li Europe/Vaduz de; cat Europe/Madrid ca; eus Europe/Madrid eu; gal Europe/Madrid gl; tr Europe/Istanbul tr
ku; il Asia/Jerusalem he ar en; ae Asia/Dubai ar en; sa Asia/Riyadh ar en; qa Asia/Qatar ar en; kw Asia/Kuwait ar;
bh Asia/Bahrain ar; jo Asia/Amman ar; lb Asia/Beirut ar fr en; iq Asia/Baghdad ar ku ckb; ir Asia/Tehran fa; af
Asia/Kabul ps fa; pk Asia/Karachi ur en; in Asia/Kolkata hi en ta te ml kn bn gu mr pa or as; lk Asia/Colombo si ta
en; np Asia/Kathmandu ne; bd Asia/Dhaka bn; mm Asia/Yangon my; th Asia/Bangkok th; la Asia/Vientiane lo; kh
Asia/Phnom_Penh km; vn Asia/Ho_Chi_Minh vi; my Asia/Kuala_Lumpur ms en zh; sg Asia/Singapore en zh; ph Asia/Manila
en fil tl; cn Asia/Shanghai zh; hk Asia/Hong_Kong zh en; tw Asia/Taipei zh; jp Asia/Tokyo ja; kr Asia/Seoul ko; ge
Asia/Tbilisi ka; am Asia/Yerevan hy; az Asia/Baku az; uz Asia/Tashkent uz; kg Asia/Bishkek ky; tm Asia/Ashgabat tk;
tj Asia/Dushanbe tg; eg Africa/Cairo ar; ma Africa/Casablanca ar fr; dz Africa/Algiers ar fr; tn Africa/Tunis ar fr;
ng Africa/Lagos en ha yo ig; gh Africa/Accra en; ke Africa/Nairobi en sw; tz Africa/Dar_es_Salaam sw en; ug
Africa/Kampala en; et Africa/Addis_Ababa am; za Africa/Johannesburg en af zu xh; na Africa/Windhoek en de af; zw
Africa/Harare en; zm Africa/Lusaka en; sn Africa/Dakar fr; ci Africa/Abidjan fr; cm Africa/Douala fr en; mu
Indian/Mauritius fr en; nz Pacific/Auckland en; ar America/Argentina/Buenos_Aires es; uy America/Montevideo es; py
America/Asuncion es; bo America/La_Paz es; pe America/Lima es; co America/Bogota es; ve America/Caracas es; cl
America/Santiago es; ec America/Guayaquil es; cr America/Costa_Rica es; pa America/Panama es; gt America/Guatemala
es; hn America/Tegucigalpa es; sv America/El_Salvador es; ni America/Managua es; do America/Santo_Domingo es; cu
America/Havana es; jm America/Jamaica en; tt America/Port_of_Spain en; br America/Sao_Paulo pt; mx
America/Mexico_City es; ca America/Toronto fr; id Asia/Jakarta id
"""

# Languages nearly all of whose readers live on one clock, for sites under .com and the like.
_LANGUAGES = """
af Africa/Johannesburg; am Africa/Addis_Ababa; az Asia/Baku; be Europe/Minsk; bg Europe/Sofia; bs Europe/Sarajevo; ca
Europe/Madrid; cs Europe/Prague; cy Europe/London; da Europe/Copenhagen; de Europe/Berlin; el Europe/Athens; et
Europe/Tallinn; eu Europe/Madrid; fi Europe/Helsinki; fil Asia/Manila; ga Europe/Dublin; gl Europe/Madrid; gu
Asia/Kolkata; he Asia/Jerusalem; hi Asia/Kolkata; hr Europe/Zagreb; hu Europe/Budapest; hy Asia/Yerevan; id
Asia/Jakarta; is Atlantic/Reykjavik; it Europe/Rome; ja Asia/Tokyo; ka Asia/Tbilisi; km Asia/Phnom_Penh; kn
Asia/Kolkata; ko Asia/Seoul; ky Asia/Bishkek; lb Europe/Luxembourg; lo Asia/Vientiane; lt Europe/Vilnius; lv
Europe/Riga; mk Europe/Skopje; ml Asia/Kolkata; mr Asia/Kolkata; ms Asia/Kuala_Lumpur; mt Europe/Malta; my
Asia/Yangon; nb Europe/Oslo; ne Asia/Kathmandu; nl Europe/Amsterdam; nn Europe/Oslo; no Europe/Oslo; pl Europe/Warsaw;
ps Asia/Kabul; ro Europe/Bucharest; si Asia/Colombo; sk Europe/Bratislava; sl Europe/Ljubljana; so Africa/Mogadishu;
sq Europe/Tirane; sr Europe/Belgrade; sv Europe/Stockholm; sw Africa/Nairobi; te Asia/Kolkata; tg Asia/Dushanbe; th
Asia/Bangkok; tl Asia/Manila; tr Europe/Istanbul; uk Europe/Kyiv; uz Asia/Tashkent; vi Asia/Ho_Chi_Minh; zh
Asia/Shanghai
"""
# Country domains that are sold to everybody.
_SOLD = frozenset(("eu", "tv", "me", "io", "fm", "to", "cc", "ws", "ly", "ai", "gg", "la", "am", "co", "is"))


@lru_cache(maxsize=1)
def _clocks_of_languages() -> dict[str, str]:
    rows = (row.split() for row in _LANGUAGES.replace("\n", " ").split(";"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, frozenset[str]]]:
    rows = (row.split() for row in _COUNTRIES.replace("\n", " ").split(";"))
    return {row[0]: (row[1], frozenset(row[2:])) for row in rows}


@lru_cache(maxsize=1024)
def zone_of(url: str | None, languages: Sequence[str]) -> str | None:
    """Return the IANA name of the clock of a site's readers, ``None`` where address and language leave it open.

    >>> zone_of("https://www.lemonde.fr/a", ("fr",)), zone_of("https://example.fr/", ("en",))
    ('Europe/Paris', None)
    >>> zone_of("https://example.com/", ("it",)), zone_of("https://example.com/", ("fr",))
    ('Europe/Rome', None)
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    domain = host.rpartition(".")[2]
    first = languages[0].replace("_", "-").split("-")[0].lower() if languages else ""
    zone, spoken = _countries().get(domain, ("", frozenset[str]()))
    if first in spoken:
        return zone
    if domain.isalpha() and (len(domain) > 2 or domain in _SOLD):
        return _clocks_of_languages().get(first)
    return None
