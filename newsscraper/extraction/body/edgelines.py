"""Lines that sites add around and into a text by template: words in a table per language, asked only where they stand.

A template's line is short and stands at an edge of the text, or in place of something that a reader must agree to
before it is shown. A paragraph of the article that uses the same words is longer, or stands in the middle.
"""

from __future__ import annotations

import re

from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.body.phrases import Hints

_LINE, _NOTICE, _LABELLED = 260, 420, 130
_EARLY, _LATE = 3, 0.7


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_POSTED = _any(
    r"^this (?:entry|post|article|story) was (?:posted|published|filed|written|tagged|last updated)\b",
    r"^this (?:page|post|article|story) (?:was )?last (?:updated|modified|reviewed)\b",
    r"^(?:dieser|der) (?:beitrag|eintrag|artikel) wurde .{0,60}(?:veröffentlicht|geschrieben|abgelegt|verfasst)",
    r"^(?:ce billet|cet article|cette entrée) a été (?:publiée?|postée?|écrite?|mise? à jour)\b",
    r"^est[ae] (?:entrada|artículo|post|nota) (?:fue|ha sido) (?:publicad|escrit|actualizad)",
    r"^quest[oa] (?:articolo|post|voce) è stat[oa] (?:pubblicat|scritt|aggiornat)",
    r"^(?:esta entrada|este post|este artigo|esta publicação) foi (?:publicad|escrit|postad|atualizad)",
    r"^dit (?:bericht|artikel) (?:is|werd) .{0,40}(?:geplaatst|gepubliceerd|geschreven)",
    r"^(?:ten wpis|ten artykuł|wpis) został (?:opublikowan|zamieszczon|dodan)",
    r"^(?:detta inlägg|det här inlägget|denna artikel) (?:publicerades|postades|skrevs)",
    r"^(?:dette indlæg|dette innlegget|denne artikkelen|denne artikel) ble(?:v)? (?:udgivet|skrevet|publisert|"
    r"postet|lagt)",
    r"^(?:tämä artikkeli|artikkeli|kirjoitus) on julkaistu",
    r"^(?:tento příspěvek|příspěvek|článek) byl (?:publikován|zveřejněn|přidán)",
    r"^ezt a bejegyzést .{0,60}(?:írta|küldte)",
    r"^(?:acest articol|articolul) a fost (?:publicat|scris|postat)",
    r"^(?:запись|статья) (?:была )?(?:опубликована|размещена)\b",
    r"^(?:запис|стаття) (?:було )?(?:опублікован|розміщен)",
    r"^(?:bu yazı|bu haber) .{0,60}(?:yayınlan|yayımlan)",
    r"^(?:το άρθρο|η ανάρτηση) δημοσιεύ",
    r"^(?:tulisan|artikel) ini (?:dipublikasikan|diposting|ditayangkan)",
)

_FIRST_APPEARED = _any(
    r"^the (?:post|article|story) .{3,300}\b(?:first appeared|appeared first) on\b",
    r"^(?:der|dieser) (?:beitrag|artikel) .{0,300}\berschien (?:zuerst|zunächst) (?:auf|bei|in)\b",
    r"^(?:l['’]article|cet article|le billet) .{0,300}\best apparu en premier sur\b",
    r"^la entrada .{3,300}\b(?:se publicó primero en|apareció primero en|aparece primero en)\b",
    r"^l['’]articolo .{3,300}\b(?:proviene da|sembra essere il primo su)\b",
    r"^o post .{3,300}\b(?:apareceu primeiro em|apareceu primeiro no)\b",
    r"^het bericht .{3,300}\bverscheen eerst op\b",
    r"^(?:artykuł|post|wpis) .{3,300}\b(?:pochodzi z serwisu|pojawił się (?:poraz|najpierw))",
    r"^(?:сообщение|запись) .{3,300}(?:появил[аиось]+ сначала на|впервые появил)",
    r"^inlägget .{3,300}\bdök först upp på\b",
    r"^(?:innlegget|indlægget) .{3,300}\b(?:dukket først opp på|blev først udgivet på)\b",
    r"^příspěvek .{3,300}\bpochází z\b",
    r"^(?:a|az) .{3,300}\bbejegyzés először\b",
)

_VISITS = _any(
    r"^\W*(?:visited|viewed|views|hits|page views|vues?|visites|aufrufe|gelesen|visitas|lecturas|"
    r"visualizzazioni|letto|"
    r"visualizações|weergaven|wyświetle\w+|odsłon\w*|просмотр\w*|перегляд\w*|okunma|görüntülenme|visninger|visningar|"
    r"katselu\w*|zobrazení|megtekintés\w*|vizualizări|προβολές|dibaca|lượt xem|مشاهدات?|阅读|閱讀|浏览|瀏覽|조회)"
    r"\W{0,4}\d[\d.,\s]*(?:k|m)?\b[^.]{0,40}\W*$",
)

_COMMENT_POLICY = _any(
    r"\bcomments? (?:policy|guidelines|are (?:closed|moderated|now closed))",
    r"\b(?:before|when) (?:posting|you post|commenting|you comment)\b",
    r"\bkommentar(?:e|funktion|bereich)\b.{0,60}\b(?:geschlossen|moderiert|deaktiviert|netiquette|regeln)",
    r"\bcommentaires? (?:sont|est) (?:fermés?|modérés?|clos)",
    r"\bcharte de modération",
    r"\bcomentarios .{0,60}\b(?:cerrados|moderad|no (?:serán|se) (?:publicad|aprobad|public))",
    r"\bcoment[áa]rios .{0,80}\b(?:fechados|moderad|não ser(?:ão|á) (?:publicad|aprovad))",
    r"\bcommenti .{0,60}\b(?:chiusi|moderati|moderazione)",
    r"\breacties .{0,60}\b(?:gesloten|gemodereerd)",
    r"\bkomentarz\w* .{0,60}\b(?:moderowan|wyłączon|zamknięt|regulamin)",
    r"комментари\w+ .{0,60}(?:закрыт|модер|отключен)",
)

# Where a line leads that lets readers in: "(Log in to post comments)", in whatever language.
_LOGIN = re.compile(
    r"[/?=](?:wp-)?(?:log-?in|sign-?in|sign-?up|register|anmelden|connexion|registro|logowanie)\b", re.I
)
_ENTRY = 80

_PAYWALL = _any(
    r"\balready (?:a|an) (?:subscriber|member|registered)\b",
    r"\b(?:to|and) (?:view|read|continue|keep|finish|access|unlock)\b.{0,50}\b(?:subscribe|sign in|log ?in|register)",
    r"\b(?:subscribe|sign in|log ?in|register) (?:now )?to (?:view|read|continue|keep|unlock|access)\b",
    r"\bthis (?:article|story|content) is (?:exclusive to|for|only (?:available )?(?:to|"
    r"for)) .{0,30}(?:subscribers|members)",
    r"\b(?:sie sind|du bist) (?:bereits|schon) .{0,20}(?:abonnent|kunde|registriert)",
    r"\b(?:bereits|schon) abonnent|\bexklusiv für .{0,20}abonnent|\bum weiterzulesen\b",
    r"\bdéjà abonnée?\b|\bréservée? (?:à nos|aux) abonnés|\bil vous reste .{0,30} à (?:lire|découvrir)",
    r"\bya eres (?:suscriptor|socio)|\bya (?:está|estás) suscrit|\bexclusiv[oa] para suscriptores|"
    r"\bpara seguir leyendo\b",
    r"\bsei già (?:un )?abbonato|\briservat[oi] agli abbonati|\bper continuare a leggere\b",
    r"\bjá é assinante|\bexclusivo para assinantes|\bpara continuar lendo\b",
    r"\bal (?:abonnee|lid)\b|\b(?:exclusief|alleen) voor abonnees|\bom verder te lezen\b",
    r"\bmasz już (?:prenumeratę|dostęp|konto)|\bjuż subskrybujesz|\bdostęp(?:ny|"
    r"ne) (?:tylko )?dla (?:prenumeratorów|subskrybentów)",
    r"\bredan prenumerant|\ballerede abonnent|\bfor abonnenter\b|\boletko jo tilaaja|\bvain tilaajille",
    r"\bjste (?:již|už) předplatitel|\bpouze pro předplatitele|\bmár előfizető|\bcsak előfizetők|\bești deja abonat",
    r"только для подписчиков|уже подписаны|вже передплатник|lze číst jen s předplatným",
    r"有料会員|会員限定|この記事は有料|ログインして続き|付费阅读|订阅后阅读|유료 회원|구독자 전용",
)

_SHOWN_ELSEWHERE = _any(
    r"\bcontent (?:is )?provided by\b|\bthird[- ]party (?:content|provider|platform)|\bexternal content|"
    r"\bthis content is (?:hosted|provided|blocked)|"
    r"\b(?:view|see|display|show|load|watch) this (?:content|embed|post|video|tweet|element)|\bembedded content",
    r"\bextern\w* (?:\w+ )?inhalt|\bredaktionelle\w* inhalt|\bpersonenbezogene daten an|\bkeine verbindung zu\b|"
    r"\binhalte? (?:von|aus|wird|werden) .{0,60}(?:bereitgestellt|anzeigen|angezeigt|laden|geladen)",
    r"\bce contenu\b|\bcontenus? (?:externe|tiers|embarqué|intégré)s?\b|\bce (?:lecteur|tweet|module|média)\b",
    r"\beste contenido\b|\bcontenidos? (?:externos?|de terceros|incrustado)",
    r"\bquesto contenuto\b|\bcontenut[oi] (?:estern[oi]|di terz|incorporat)",
    r"\beste conteúdo\b|\bconteúdos? (?:externos?|de terceiros|incorporado)",
    r"\bdeze (?:inhoud|content|embed)\b|\bexterne (?:inhoud|content)\b|\bcontent van derden\b",
    r"\bta treść\b|\btreści? zewnętrzn|\bzewnętrzn\w+ treś|\btreści? (?:z|od) (?:podmiot|serwis)\w+ zewn",
    r"\bdetta innehåll|\bexternt innehåll|\binnehåll från|\bdette ind?holdet?|\beksternt ind?hold|"
    r"\btämä sisältö|\bupotettu\b",
    r"\btento obsah|\bexterní(?:ho)? obsah|\bez a tartalom|\bkülső tartalom|\bacest conținut|\bconținut extern",
    r"\bэтот контент|\bвнешн\w+ контент|\bцей (?:контент|вміст)|\bbu içerik|\bαυτό το περιεχόμενο|\bkonten ini",
)
# What a reader must agree to is told with one of these.
_AGREED = Hints(
    *(
        "cookie",
        "consent",
        "privacy",
        "settings",
        "permission",
        "mit einem klick",
        "einwillig",
        "einverst",
        "zustimm",
        "datenschutz",
    ),
    *(
        "drittplattform",
        "drittanbieter",
        "autoris",
        "confidentialité",
        "traceur",
        "privacidad",
        "consens",
        "toestemming",
    ),
    *("zgod", "prywatno", "ciastecz", "samtyck", "samtyk", "suostumu", "eväste", "souhlas", "hozzájárul", "süti"),
    *("consimț", "соглас", "згод", "çerez", "συγκατάθεση"),
)
# One of these stands in every match of the dear patterns.
_HINTS = {
    "comments": Hints("comment", "coment", "komment", "comm", "modération", "reacti", "komentar", "комментар"),
    "paywall": Hints(
        *(
            "subscri",
            "member",
            "registered",
            "sign in",
            "log in",
            "login",
            "register",
            "abonn",
            "weiterzulesen",
            "il vous reste",
        ),
        *(
            "suscri",
            "socio",
            "seguir leyendo",
            "abbonat",
            "continuare",
            "assinant",
            "continuar",
            "verder",
            " al lid",
            "dostęp",
        ),
        *("masz już", "subskryb", "prenumer", "tilaaj", "předplat", "előfizet", "abonat", "подпис", "передплат"),
        *("kunde", "registriert", "会員", "有料", "続き", "付费", "订阅", "유료", "구독"),
    ),
    "disclosure": Hints(
        *("affili", "partner", "commission", "werbelink", "werbung", "provision", "afilia", "reklamlänk", "anzeige"),
        *("advertorial", "publirreportaje"),
    ),
}


_DISCLOSURE = _any(
    r"\b(?:contains?|includes?|uses?|may|through|via|are|is|our) (?:\w+ ){0,3}(?:affiliate|partner) (?:links?|"
    r"commission)|"
    r"\b(?:affiliate|partner) (?:disclosure|disclaimer)|\b(?:earn|receive|get) (?:a |an )?(?:\w+ )?commissions?\b",
    r"\b(?:enthält|enthalten|sind|mit|sogenannte) (?:\w+ ){0,3}(?:affiliate|werbelink|partnerlink|provisions)|"
    r"\benthält (?:\w+ )?werbung\b",
    r"\bliens? (?:d['’])?affili|\benlaces? de afiliad|\blink (?:di |in )?affilia|\blinks? de afiliad|\breklamlänk|"
    r"\blinki? afiliacyjn|\bpartnerské odkazy|\bpartnerlink",
)
_LABELLED_ADVERT = re.compile(
    r"^\W*(?:un)?(?:bezahlte )?(?:werbung|anzeige|advertorial|publirreportaje)\W*\s(?=\S)", re.IGNORECASE
)


def is_of_paywall(text: str) -> bool:
    """Whether a text asks to subscribe or to log in for what follows.

    >>> is_of_paywall("Already a subscriber? Log in"), is_of_paywall("She logged in at noon.")
    (True, False)
    """
    return _HINTS["paywall"].stand_in(text.lower()) and _PAYWALL.search(text) is not None


def rule_of(block: Block, *, index: int, count: int) -> str | None:
    """Return the rule that cuts a line of a template.

    Args:
        block: a paragraph.
        index: its place among those that are kept.
        count: how many there are.
    """
    weight, text = block.weight, block.text
    if weight > _NOTICE:
        return None
    lower = text.lower()
    late = index >= count * _LATE or index >= count - 4
    if weight <= _LINE and late:
        if _FIRST_APPEARED.match(text):
            return "first-appeared"
        if _POSTED.match(text):
            return "byline"
        if weight <= 80 and _VISITS.match(text):
            return "interface"
        if weight <= _ENTRY and block.links == 1 and _LOGIN.search(block.href or ""):
            return "comments"
        if _HINTS["comments"].stand_in(lower) and _COMMENT_POLICY.search(text):
            return "comments"
    if weight <= _LINE and (late or index * 2 >= count) and is_of_paywall(text):
        return "paywall"
    if (index < _EARLY or late) and _HINTS["disclosure"].stand_in(lower):
        labelled = index < _EARLY and weight <= _LABELLED and _LABELLED_ADVERT.match(text)
        if labelled or _DISCLOSURE.search(text):
            return "disclosure"
    if _AGREED.stand_in(lower) and _SHOWN_ELSEWHERE.search(text):
        return "embed"
    return None
