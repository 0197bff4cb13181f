"""What class, id and role say of a part of a page: the name of the rule that would cut it.

Structure in names: theme and content-system authors write these words in English whatever their page's language, with
a few in their own. A label makes a part suspect; how much of the page's prose stands in it decides (`body`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"(?<![a-z0-9])(?!\b\d+\b)[a-z0-9]+")  # numbers on their own count posts and columns
_MOST_WORDS = 5
"""Words of a name at most; of more is a sentence made an anchor."""

# Order matters where a label says two things: the first rule is the one that is named. Words stand between spaces,
# "$" is the end of a name. Of regular expressions no more is used than `_spellings` knows.
_RULES: tuple[tuple[str, str], ...] = (
    (
        "consent",
        r"(cookie|cookies|consent|gdpr|rgpd|dsgvo|lgpd|ccpa|onetrust|cmplz|cookieyes|cky|osano|didomi|cookiebot|"
        r"cookiebanner|cookielaw|iubenda|borlabs|usercentrics|klaro|amp consent|privacy (banner|notice|popup|center)|"
        r"cookie\w+)",
    ),
    (
        "comments",
        r"(comments?|cmts( \w+)?|amp comments?|comment (list|form|body|content|respond|section|area|text)|"
        r"commentlist|comments area|disqus|"
        r"disqus thread|"
        r"respond|commentaires?|kommentare?|comentarios?|commenti|reacties|komentarze|livefyre|"
        r"reader (comments|responses)|discussion|fb comments|facebook comments|replies|pingbacks?|trackbacks?)",
    ),
    (
        "recent-posts",
        r"(recent (posts?|articles?|stories|news|entries)|latest (posts?|articles?|stories|news)|recentposts|"
        r"recent post|more recent)",
    ),
    (
        "related",
        r"(related\w*|srp( \w+)?|r pf( \w+)?|rlp( \w+)?|sp rl( \w+)?|"
        r"relateds|recommend\w*|recirc\w*|recirculation|yarpp\w*|jp relatedposts|outbrain|taboola|"
        r"zergnet|revcontent|"
        r"see also|also (read|like|see)|read (also|next|on)|more (stories|articles|news|from|posts|on|like this|"
        r"in|content|coverage|headlines|links)|"
        r"morestories|up next|next up|upnext|further reading|further|similar( \w+)?|suggest(ed|ions)|popular|"
        r"most (read|popular|viewed|shared|commented|recent)|mostread|mostpopular|trending|top stories|"
        r"you (may|might)( also)?( like)?|youmaylike|keep reading|continue reading|dont miss|"
        r"(next|previous|prev|adjacent) (post|article|story|posts)|post (nav|navigation|pagination|grid|list|"
        r"teasers?)|nav (previous|next|links|single|below|above)|posts navigation|"
        r"en relacion|relacionad[oa]s?|verwandt\w*|weiterlesen|mehr (zum thema|artikel)|a lire( aussi)?|lire aussi|"
        r"voir aussi|sur le meme (theme|sujet)|articles lies|correlat[ie]|leggi anche|leia (mais|tambem)|"
        r"saiba mais|lees ook|czytaj (tez|takze)|read more|readmore|interlink|inline (story|link|promo|recirc|article)|"
        r"carousel|slider|swiper|teaser (list|grid|group)|teasers|linkbox|link list|link box|story package|"
        r"cross ?links?|in ?article link|newsletters|story list|article list|card list|cards list|"
        r"(article|post|story|news) (cards?|grid|feed|teasers?|carousel|slider|river)|more in)",
    ),
    (
        "author-biography",
        r"(author ?(bio\w*|box|info|card|profile|about|details?|desc|description|block|section|area|footer|module|"
        r"blurb|image|avatar|wrap\w*|container|credits?)|"
        r"(about|post|entry|article|story|bio) (the )?author|biography|bio|authorbox|authorbio|byline bio|abh box|"
        r"saboxplugin wrap|"
        r"pp author boxes\w*|multiple authors\w*|m a box|molongui author box|contributor (bio|box|info)|"
        r"autorenbox|vcard|gravatar|"
        r"authors? (list|bios?)|writer bio|staff bio|author box \w+|about (the )?(writer|reporter))",
    ),
    (
        "newsletter",
        r"(newsletter\w*|subscribe\w*|subscription\w*|sign ?up( \w+)?|signup|mailchimp|mc embed( signup)?|optin|"
        r"opt in|email (form|capture|optin|sign up|signup)|"
        r"mailing list|mailinglist|sib form|convertkit|formkit( \w+)?|klaviyo\w*|hs form\w*|hubspot|"
        r"abo(nnement|nnieren)?|aboteaser|wpforms\w*|gform\w*|wpcf7\w*|contact form|ninja forms?\w*|"
        r"subscribe form|abo box|piano\w*|regwall|metered?)",
    ),
    (
        "share",
        r"(share|shares|sharing|sharebar|sharebuttons?|sharebox|sharetools|share (bar|buttons?|links?|icons?|"
        r"tools|box|widget|this)|"
        r"social|socials|socialmedia|social (bar|share|sharing|links?|icons?|media|buttons?|follow|networks?|"
        r"tools)|addthis\w*|addtoany\w*|a2a\w*|sharedaddy|"
        r"sd sharing\w*|sd block|sd content|jetpack likes?\w*|like(s)? (button|count|widget)|sassy\w*|heateor\w*|"
        r"shariff|"
        r"follow (us|me|links|button)|partager|partage|compartir|compartilhar|teilen|condividi|sharethis\w*|"
        r"essb\w*|mashsb\w*|simplesocial\w*|ssba\w*|swp social\w*|crp related|reaction(s)?|rating|ratings|"
        r"kk star ratings|kksr|voting|post ratings|feedback|"
        r"article (actions|tools|toolbar|share|social)|post (actions|share|sharing|tools)|story tools|action bar|"
        r"toolbar|print link|print button)",
    ),
    (
        "advert",
        r"(ad|ads|adv|advert|adverts|advertisement|advertisements|advertising|adsbygoogle|adslot|adunit|adbox|"
        r"adbanner|adwrapper|adcontainer|"
        r"ad (slot|unit|container|wrapper|banner|block|label|box|space|placeholder|label|text|inserter)|dfp\w*|"
        r"gpt ad|google ads?|sponsored?|"
        r"sponsor(ed|ship)? \w+|promo|promos|promotion|promotions|promobox|promo (box|block|unit|banner|module)|"
        r"publicidad|publicite|pub $|pub (box|bloc|block|container|wrapper|banner|slot|zone|top|bottom)|"
        r"werbung|anzeige|"
        r"reklama|pubblicita|publicidade|affiliate (box|disclosure|disclaimer|links?)|product (box|card|cards|"
        r"list|widget)|buy (box|now|button)|"
        r"cta|call to action|calltoaction|cta (box|block|banner|section|wrapper|button|container)|"
        r"shop|donate|donation|donation\w*|fundrais\w*|support us|code block #|quads location|banner|topbanner|"
        r"in ?article ad)",
    ),
    (
        "breadcrumb",
        r"(breadcrumbs?\w*|bread crumbs?|fil ariane|crumbs?|ariane|migas|brotkrumen?|yoast breadcrumb|pathbar)",
    ),
    (
        "navigation",
        r"(nav|navs|navbar|navigation|navi|menu|menus|submenu|mainmenu|mainnav|topnav|sitenav|megamenu|mega menu|"
        r"dropdown menu|dropdown|"
        r"pagination|pager|paging|paginator|page (links|numbers|nav)|wp pagenavi|skip( to)?( content| links?| nav|"
        r" main)?|skiplinks?|"
        r"toc|table of contents|tableofcontents|toc container|toc list|ez toc\w*|lwptoc\w*|rank math toc\w*|"
        r"jump ?(links?|nav|menu|to)|inhaltsverzeichnis|"
        r"sitemap|language (switcher|selector)|lang switcher|search ?(form|box|bar|results?|modal|overlay)|searchform|"
        r"tabs? (nav|list|menu)|hamburger|offcanvas|off canvas|masthead|site ?header|global header|header (nav|"
        r"menu|bar|top|widgets?)|topbar|top bar|back to top|backtotop|"
        r"quick ?links?|useful links)",
    ),
    (
        "tags",
        r"(tags?|sp cat|amp (cat|tags?|category)|tag ?list|tags ?list|tagcloud|tag ?cloud|taglinks?|tag links?|"
        r"tags links?|post ?tags?|"
        r"entry tags?|article tags?|"
        r"categor(y|ies) (list|links?)|cat links?|post ?categor(y|ies)|entry categor(y|ies)|article categor(y|"
        r"ies)|topics? (list|links|tags?)|"
        r"keywords|hashtags?|etiquetas|schlagworte|mots cles|eyebrow|kicker|category label|article topics?|"
        r"tax(onomy)? \w+|post terms|terms list|wp block post terms)",
    ),
    (
        "byline",
        r"(byline\w*|by line|dateline|timestamp\w*|time stamp|publish(ed)? ?(date|on|time|info)?|pub ?date|"
        r"post ?date|entry ?date|article ?date|date (published|posted|time|line|display|header)|datetime|"
        r"updated|last (updated|modified)|modified date|meta|metadata|postmeta|post ?(meta|info|details|byline|"
        r"author)|entry ?(meta|author|info|utility|byline)|article ?(meta|info|author|authors|byline|details|"
        r"header meta)|story ?meta|"
        r"blog ?(meta|author|date)|meta (info|data|bar|date|author|wrap)|author|authors|author (name|line|link|"
        r"links)|contributors?|reading ?time|read ?time|min read|time to read|"
        r"view ?count|post views|posted (on|by|in)|postedon|comment ?(count|link|s link)|comments link|word count|"
        r"edit link|amp wp (meta|byline)|amp wp \w+ (time|tax)|source ?(info|line))",
    ),
    (
        "caption",
        r"(captions?|figcaption|wp caption( text)?|caption (text|wrap|container)|photo ?(caption|credit|credits|"
        r"info|by)|image ?(caption|credit|credits|source|info|description|copyright)|"
        r"img (caption|credit)|media ?(caption|credit|description|info|object)|credits?|photocredit|"
        r"bildunterschrift|bildnachweis|legende|didascalia|"
        r"pie de foto|pie foto|piefoto|legenda|picture (caption|credit)|cutline|copyright|copyrights|rights|"
        r"attribution|gallery (caption|item)|gallery|slideshow|lightbox|"
        r"thumb(nail)?s?( \w+)?|video (caption|title|description|info|player|meta|wrapper)|wp video|audio player|"
        r"podcast player|player|jw\w+|brightcove)",
    ),
    (
        "embed",
        r"(twitter (tweet|timeline|video)|tweet|tweets|instagram( media)?|tiktok embed|fb (post|video|xfbml)|"
        r"facebook post|embed (twitter|instagram|facebook|reddit)|reddit embed( bq)?|"
        r"bluesky embed|imgur embed pub|pinterest|telegram post|text post media|mastodon embed|"
        r"wp embedded content|wp block embed|is type wp embed|embedly card|oembed link)",
    ),
    ("paywall", r"(paywall\w*)"),
    (
        "popup",
        r"(modal|modals|popup|popups|pop up|popover|overlay|lightbox|tooltip|dialog|interstitial|"
        r"login|log in|loginform|signin|sign in|register|"
        r"toast|snackbar|notification|notifications|alert bar|announcement|announcement bar|sticky (bar|footer|"
        r"header)|adblock\w*|noscript|no js|pum|pum overlay)",
    ),
    (
        "hidden",
        r"(hidden $|hide $|(hidden|hide) (desktop|lg|large)|is hidden|d none|display none|sr only|"
        r"screen reader( \w+)?|screenreader|"
        r"screen ?reader ?text|visually ?hidden( \w+)?|visuallyhidden|visibility hidden|invisible|"
        r"a11y hidden|assistive( text)?|print only|only print|printonly|show for sr|offscreen|aural|"
        r"accessibly hidden|clip ?hidden|elementor screen only|uk hidden|u hidden)",
    ),
    (
        "sidebar",
        r"(sidebar\w*|side bar|side $|rail|right rail|left rail|rightrail|aside|widget|widgets|widget ?area|"
        r"widget ?container|sidecolumn|side column|right ?col(umn)?|"
        r"col ?right|column ?right|secondary|tertiary|complementary|infobox|fact ?box|faktenbox|marginalia|"
        r"seitenleiste)",
    ),
    (
        "footer",
        r"(footer|foot|footers|site ?footer|page ?footer|global ?footer|post ?footer|entry ?footer|"
        r"article ?footer|colophon|bottom (bar|nav|links)|"
        r"disclaimer\w*|disclosure|legal|imprint|impressum|fine print|boilerplate footer|site info|copyright \w+|"
        r"post bottom|article bottom|after (post|content|article|entry)|below (post|content|article|entry)|"
        r"post after)",
    ),
)

_BODY_NAMES = (
    r"(article ?(body|content|text|copy|main|page)|articlebody|articletext|articlecontent|story ?(body|content|"
    r"text)|storybody|storycontent|entry ?content|entry ?body|entrycontent|"
    r"post ?(content|body|text|entry|inner)|postcontent|postbody|blog ?(content|body|post content|post body)|"
    r"body (copy|text|content)|bodycopy|bodytext|"
    r"content ?body|content (article|text|main|entry)|main (content|article|text)|page content|td post content|"
    r"single content|the content|"
    r"news ?(content|body|text|article)|artikel ?(text|body|inhalt)?|texto|texte|contenu( article)?|cuerpo|corpo|"
    r"conteudo|testo|tekst|rich ?text|wysiwyg|prose|"
    r"amp (post|article|wp article) (content|body)|cntnt img|amp wp article content|artl cnt|cntn wrp|e content|"
    r"paragraphs?)"
)


class _Name:
    """A place in the tree of all names, by their words: what a name that ends here says, and what may follow.

    Attributes:
        rule: place in `_RULES` of the first rule that has the name.
        body: it names the place of an article's text.
        is_last: nothing follows.
        words: what follows, by the next word.
        openings: what follows a word of which only the beginning counts, with that and the word's least length.
    """

    __slots__ = ("body", "is_last", "openings", "rule", "words")

    def __init__(self) -> None:
        self.rule: int | None = None
        self.body = False
        self.is_last = True
        self.words: dict[str, _Name] = {}
        self.openings: dict[tuple[str, int], _Name] = {}

    def add(self, name: str) -> _Name:
        """Return the place of a name, made where nothing has led there yet."""
        place = self
        for word in name.split():
            if word.endswith(("\\w*", "\\w+")):
                opening = word[:-3], len(word) - 3 + word.endswith("+")
                following = place.openings.setdefault(opening, _Name())
            else:
                following = place.words.setdefault(word.rstrip("$"), _Name())
            place.is_last = False
            place = following
        return place

    def after(self, word: str) -> list[_Name]:
        """Return the places that a word leads to."""
        found = [self.words[word]] if word in self.words else []
        if self.openings:
            found += [
                place
                for (opening, least), place in self.openings.items()
                if word.startswith(opening) and len(word) >= least
            ]
        return found


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars."""
    found, depth, start = [], 0, 0
    for place, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append(pattern[start:place])
            start = place + 1
    return [*found, pattern[start:]]


def _spellings(pattern: str) -> list[str]:
    """Return all that a pattern of groups, sets and optional parts stands for.

    >>> _spellings("(tag|term)s? ?list")
    ['tags list', 'tagslist', 'tag list', 'taglist', 'terms list', 'termslist', 'term list', 'termlist']
    """
    found = [""]
    place = 0
    while place < len(pattern):
        end = place + 1
        if pattern[place] == "(":
            while pattern[place:end].count("(") > pattern[place:end].count(")"):
                end += 1
            parts = [text for part in _alternatives(pattern[place + 1 : end - 1]) for text in _spellings(part)]
        elif pattern[place] == "[":
            end = pattern.index("]", place) + 1
            parts = list(pattern[place + 1 : end - 1])
        elif pattern[place] == "\\":
            end = place + 3
            parts = [pattern[place:end]]
        else:
            parts = [pattern[place]]
        if pattern[end : end + 1] == "?":
            end += 1
            parts.append("")
        found = [text + part for text in found for part in parts]
        place = end
    return found


def _names() -> _Name:
    """Return the tree of all names: looking words up in it takes a tenth of the time that matching patterns takes."""
    root = _Name()
    for rule, (_, names) in reversed(list(enumerate(_RULES))):  # of a name that two rules have, the first one's stays
        for name in _spellings(names):
            root.add(name).rule = rule
    for name in _spellings(_BODY_NAMES):
        root.add(name).body = True
    return root


_NAMES = _names()
_OPENINGS = tuple({opening for opening, _ in _NAMES.openings})


@lru_cache(maxsize=65536)
def judge_label(label: str) -> tuple[str | None, bool]:
    """Return `rule_of` and `is_body` of a label (class and id as written)."""
    rule, body = None, False
    for by_token, names_body in map(_judge_token, label.split()):
        rule = rule or by_token
        body = body or names_body
    return rule, body


def rule_of(label: str) -> str | None:
    """Return the rule that a label (class and id, as written) makes suspect under, or ``None``.

    >>> rule_of("article__related-links"), rule_of("articleBody"), rule_of("has-sidebar-off")
    ('related', None, None)
    """
    return judge_label(label)[0]


def is_body(label: str) -> bool:
    """Whether a label names the place of an article's text.

    >>> is_body("entry-content clearfix"), is_body("site-header")
    (True, False)
    """
    return judge_label(label)[1]


# Says of an element what stands beside or around it, or what it can do, not what it is.
_STATE = re.compile(
    r"(?i)^(has|with|without|no|not|is|js|wp|tag|category|format|status|type|hentry|post|page|single|data|u|lg|md|"
    r"sm|xl|hover|focus|group|dark|"
    r"archive|author|term|parent|section|theme|elementor-\w+-\w+|elementor|et_pb_\w+|vc_\w+|wpb_\w+|col|row|grid|"
    r"flex|layout|hs_cos|hs_cos_wrapper)"
    r"(-|_(?!_)|:)(?!caption|embed|share|hidden|related|navigation|nav$|nav-|links$|numbers$|pagination|author|meta|tags?$|terms|"
    r"bio|footer|byline|date|comments?|"
    r"info|social|ratings|views|only|only-|block-(embed|post|latest|comments|social|tag|categor|search|archives|"
    r"navigation)|pagenavi|likes|sharing)"
)


@lru_cache(maxsize=65536)
def _judge_token(token: str) -> tuple[str | None, bool]:
    if ":" in token:
        return None, False  # what an element looks like on some screens, or in some state
    # What follows "--" is a variant of the part ("article--right-rail"), not its name.
    name = token.partition("--")[0] or token
    if not name.islower():
        name = _CAMEL.sub(" ", name).lower()
    plain = name.replace("-", " ").replace("_", " ")
    simple = name.isascii() and plain.replace(" ", "").isalpha()
    words = plain.split() if simple else _WORDS.findall(name)
    if name[-1:].isdigit() and name.rstrip("0123456789")[-1:] in ("-", "_"):
        words.append("#")  # a count at the end, such as plugins give the boxes that they put in
    rule: int | None = None
    ruled, bodied = -1, -1
    for place, word in enumerate(words):
        reached = _begun_by(word)
        if not reached:
            continue  # as nearly all
        first: int | None = None
        behind = place
        while reached:
            for end in reached:
                if end.body:
                    bodied = max(bodied, behind)
                if end.rule is not None and (first is None or end.rule < first):
                    first = end.rule
            behind += 1
            # A name may ask for the end of the token: the word behind the last is empty.
            following = words[behind] if behind < len(words) else ""
            reached = [end for known in reached if not known.is_last for end in known.after(following)]
        if first is not None:
            ruled = place
        rule = first if rule is None else rule
    if rule is None or len(words) > _MOST_WORDS or _STATE.match(token):
        return None, bodied >= 0
    # "article-content__sign-in" is a part of the body, and not the body.
    return _RULES[rule][0], bodied >= ruled


@lru_cache(maxsize=16384)  # class names are made of few words
def _begun_by(word: str) -> list[_Name]:
    return _NAMES.after(word) if word in _NAMES.words or word.startswith(_OPENINGS) else []
