"""Words that give a block away, by rule, in the languages of the web: data for `verdicts`.

Each rule asks structure first (links, place, length); a word alone never cuts a paragraph of prose.
"""

from __future__ import annotations

import re


class Openings:
    """Phrases that a text may begin with, found by their first two letters: hundreds of them, one look-up."""

    def __init__(self, phrases: str) -> None:
        self._by_start: dict[str, list[str]] = {}
        for phrase in sorted({p.strip().casefold() for p in phrases.split(";") if p.strip()}, key=len, reverse=True):
            self._by_start.setdefault(phrase[:2], []).append(phrase)

    def opening(self, text: str) -> int:
        """Return how long the phrase is that ``text`` begins with, in characters of its stripped form; 0 for none."""
        phrases = self._by_start.get(text[:2].casefold()[:2])
        if phrases is None:
            return 0
        text = text.casefold()
        for phrase in phrases:
            if text.startswith(phrase):
                after = text[len(phrase) : len(phrase) + 1]
                # Scripts without spaces have no border between words.
                if not after.isalnum() or ord(phrase[-1]) > 0x0DFF:
                    return len(phrase)
        return 0


class Hints:
    """Parts of which one stands in each match of a dear pattern: where none does, it need not be tried."""

    def __init__(self, *parts: str) -> None:
        self._all = [part for part in parts if not any(other in part for other in parts if other != part)]
        self._ascii = [part for part in self._all if part.isascii()]

    def stand_in(self, lower: str) -> bool:
        """Tell whether one of the parts stands in a text of small letters."""
        for part in self._ascii if lower.isascii() else self._all:  # noqa: SIM110 - a third faster than `any`
            if part in lower:
                return True
        return False


def bare(text: str) -> str:
    """Return a text without the marks that lists, buttons and arrows put around it."""
    return text.strip(" :：|>»«›‹•·-–—→▶►▼▲*[]()【】#+✅👉➡️🔴📌\"“”'\n\t")


_SEE_ALSO = (
    # en
    "read more; read also; also read; read next; read this; read the full; read full; read on; read our; "
    "see also; see more; see related; related; recommended; you may also like; you might also like; "
    "you may also enjoy; you may like; you might also be interested; you may be interested; don't miss; "
    "don’t miss; further reading; must read; trending; most read; most popular; popular; up next; keep reading; "
    "continue reading; watch; listen; latest news; latest stories; latest articles; latest posts; recent posts; "
    "recent articles; similar articles; similar stories; in case you missed it; what to read next; "
    "editor's picks; editors’ picks; editors' picks; suggested reading; check out; learn more; next article; "
    "previous article; next post; previous post; more; elsewhere; in other news; top stories; photos; "
    "in pictures; click here; explore more; discover more; dig deeper; go deeper; "
    # fr
    "à lire; a lire aussi; lire aussi; lire également; lire la suite; lire plus; à voir aussi; voir aussi; "
    "à écouter; sur le même sujet; sur le même thème; dans la même rubrique; nos autres articles; articles liés; "
    "articles similaires; articles connexes; à découvrir; découvrez aussi; retrouvez aussi; notre dossier; "
    "dossier; pour aller plus loin; en savoir plus; les plus lus; vous aimerez aussi; à ne pas manquer; "
    "notre sélection; lire notre; relire; "
    # de
    "lesen sie auch; lesen sie mehr; lesen sie hier; mehr zum thema; mehr dazu; mehr lesen; auch interessant; "
    "das könnte sie auch interessieren; das könnte dich auch interessieren; siehe auch; weitere artikel; "
    "weitere nachrichten; weitere meldungen; weitere informationen; weiterlesen; zum thema; lesetipp; lesetipps; "
    "meistgelesen; passend dazu; ähnliche artikel; verwandte artikel; verwandte themen; mehr aus; hier geht es; "
    "lies auch; empfehlungen; "
    # es
    "lea también; lea además; lee también; leer más; leer también; le puede interesar; te puede interesar; "
    "puede interesarle; también te puede interesar; también le puede interesar; nota relacionada; "
    "notas relacionadas; lee además; lee aquí; también puede leer; también puedes leer; te recomendamos; "
    "le recomendamos; te sugerimos; más en; ver también; vea también; relacionado; relacionadas; "
    "noticias relacionadas; noticia relacionada; artículos relacionados; más noticias; más información; "
    "más sobre; lo más leído; además; mira también; mirá también; no te pierdas; sigue leyendo; seguir leyendo; "
    "quizás te interese; "
    # it
    "leggi anche; leggi tutto; leggi di più; potrebbe interessarti; ti potrebbe interessare; "
    "ti potrebbero interessare; vedi anche; guarda anche; approfondisci; articoli correlati; per approfondire; "
    "continua a leggere; più letti; altre notizie; "
    # pt
    "leia também; leia mais; leia ainda; veja também; veja mais; saiba mais; confira; notícias relacionadas; "
    "relacionados; artigos relacionados; mais lidas; pode interessar; continue lendo; assista; ouça; "
    "últimas notícias; "
    # nl, da, no, sv, fi, is
    "lees ook; lees meer; lees verder; bekijk ook; gerelateerd; gerelateerde artikelen; meer over; læs også; "
    "læs mere; se også; relaterede artikler; mere om; les også; les mer; relaterte artikler; läs också; "
    "läs även; läs mer; se även; relaterade artiklar; mer om; lue myös; lue lisää; aiheesta muualla; katso myös; "
    "lesa meira; sjá einnig; "
    # pl, cs, sk, hu, ro, bg, el, hr, sr, sl, et, lv, lt
    "czytaj także; czytaj też; czytaj również; czytaj więcej; zobacz też; zobacz także; zobacz również; "
    "przeczytaj też; przeczytaj także; przeczytaj również; polecamy; powiązane artykuły; podobne artykuły; "
    "čtěte také; čtěte též; přečtěte si; viz také; mohlo by vás zajímat; související; prečítajte si; čítajte aj; "
    "mohlo by vás zaujímať; súvisiace; olvasd el; olvassa el; olvasta már; kapcsolódó; ez is érdekelheti; "
    "citește și; citeşte şi; citiți și; citește mai; vezi și; articole similare; te-ar putea interesa; "
    "прочетете още; прочетете също; вижте още; вижте също; още по темата; διαβάστε; δείτε επίσης; δείτε ακόμα; "
    "σχετικά; pročitajte i; pročitajte još; čitajte i; pročitaj i; pročitaj još; povezane vijesti; povezano; "
    "preberite tudi; preberite še; прочитајте и; прочитајте још; повезане вести; loe ka; loe veel; lasi arī; "
    "lasi vēl; skaitykite taip pat; taip pat skaitykite; "
    # ru, uk, be, kk
    "читайте также; читайте ещё; читайте еще; читать также; читать далее; смотрите также; по теме; "
    "материалы по теме; новости по теме; ещё по теме; еще по теме; рекомендуем; популярное; читайте також; "
    "дивіться також; за темою; матеріали за темою; також читайте; чытайце таксама; "
    # tr, az, id, ms, vi, tl, sw
    "ayrıca okuyun; ayrıca bakınız; ilgili haber; ilgili haberler; bunları da okuyun; "
    "bunlar da ilginizi çekebilir; ilginizi çekebilir; devamını oku; daha fazla; i̇lgili haberler; "
    "həmçinin oxuyun; baca juga; baca selengkapnya; baca lagi; lihat juga; simak juga; artikel terkait; "
    "berita terkait; berita berkaitan; xem thêm; đọc thêm; tin liên quan; bài liên quan; basahin din; soma pia; "
    "soma zaidi; "
    # ar, fa, ur, he
    "اقرأ أيضا; اقرأ أيضًا; اقرأ المزيد; إقرأ أيضا; شاهد أيضا; مواضيع ذات صلة; موضوعات متعلقة; أخبار ذات صلة; "
    "قد يهمك; قد يعجبك; المزيد; بیشتر بخوانید; همچنین بخوانید; مطالب مرتبط; اخبار مرتبط; یہ بھی پڑھیں; "
    "مزید پڑھیں; قراءة المزيد; קראו גם; קראו עוד; קרא עוד; עוד בנושא; ראו גם; אולי יעניין; כתבות נוספות; "
    # hi, bn, ta, te, mr, gu, ne, si
    "ये भी पढ़ें; इसे भी पढ़ें; यह भी पढ़े; और पढ़ें; हे पण वाचा; हेही वाचा; आणखी वाचा; यो पनि; আরও পড়ুন; "
    "আরো পড়ুন; এছাড়াও পড়ুন; મેઠળ; આ પણ વાંચો; இதையும் படியுங்கள்; மேலும் படிக்க; இதையும் படிங்க; "
    "ఇవి కూడా చదవండి; ఇది కూడా చదవండి; ഇതും വായിക്കുക; "
    # zh, ja, ko, th
    "相关阅读; 相关新闻; 相关报道; 延伸阅读; 延伸閱讀; 相關新聞; 相關報導; 推荐阅读; 推薦閱讀; 更多; 關聯閱讀; "
    "看更多; 你可能感興趣; 関連記事; 関連ニュース; あわせて読みたい; 【関連】; 【関連記事】; こちらもおすすめ; "
    "おすすめ記事; 関連リンク; 続きを読む; 관련기사; 관련 기사; 관련뉴스; 함께 읽어보면; 더보기; อ่านเพิ่มเติม; "
    "ข่าวที่เกี่ยวข้อง; อ่านต่อ; บทความที่เกี่ยวข้อง; อ่านข่าว; "
    # de, fr, it, es, pt
    "empfohlene beiträge; empfohlene artikel; weitere beiträge; ähnliche beiträge; weitere themen; "
    "verwandte beiträge; verwandte themenbereiche; das könnte dir auch gefallen; das könnte ihnen auch gefallen; "
    "mehr artikel; mehr kolumnen; weiterführende links; weiterführender link; neueste beiträge; "
    "beliebte beiträge; nächster beitrag; vorheriger beitrag; articles recommandés; nos recommandations; "
    "plus d'articles; derniers articles; articles récents; les plus récents; potrebbe anche interessarti; "
    "ti potrebbe anche interessare; articoli recenti; altri articoli; ultime notizie; notizie correlate; "
    "entradas relacionadas; entradas recientes; últimas noticias; artículos recientes; otros artículos; "
    "también te puede gustar; quizá te interese; más leídas; artigos recentes; posts relacionados; "
    "mais notícias; veja ainda; matérias relacionadas; você também pode gostar; recomendado para você; "
    # nl, pl, sv, da, no, fi, cs, hu, ro, el
    "aanbevolen; ook interessant; meer nieuws; recente berichten; gerelateerde berichten; meer lezen; "
    "podobne wpisy; powiązane wpisy; może cię zainteresować; zobacz więcej; dowiedz się więcej; "
    "przeczytaj więcej; polecane; relaterat; liknande artiklar; fler artiklar; rekommenderat; "
    "anbefalede artikler; flere artikler; relatert; flere saker; anbefalte artikler; suosittelemme; "
    "lue seuraavaksi; lue aiheesta; lisää aiheesta; doporučujeme; další články; podobné články; nejčtenější; "
    "ajánljuk; további cikkek; hasonló cikkek; articole recomandate; alte articole; te-ar mai putea interesa; "
    "προτεινόμενα; περισσότερα; "
    # ru, uk, tr, ar, fa, he, hi, id, vi, th, ja, ko, zh
    "похожие записи; похожие статьи; рекомендуемые; другие новости; последние новости; читайте далее; "
    "вам может быть интересно; схожі записи; останні новини; вас може зацікавити; benzer haberler; "
    "benzer yazılar; önerilen haberler; son haberler; مقالات ذات صلة; الأكثر قراءة; مواضيع متعلقة; اخبار متعلقة; "
    "أخبار متعلقة; مطالب پیشنهادی; संबंधित खबरें; संबंधित ख़बरें; ये भी देखें; berita lainnya; artikel lainnya; "
    "rekomendasi; baca lainnya; terpopuler; có thể bạn quan tâm; tin cùng chuyên mục; bài viết liên quan; "
    "ข่าวที่น่าสนใจ; บทความแนะนำ; 人気記事; 最新記事; 関連する記事; 次の記事; 前の記事; 많이 본 뉴스; 인기 기사; "
    "추천 기사; 관련 뉴스; 热门文章; 最新文章; 猜你喜欢; 热点推荐; 上一篇; 下一篇; 相关文章; 相關文章; "
)
SEE_ALSO = Openings(_SEE_ALSO)
"""Begins what leads to other articles; cuts a block that is mostly link, and opens a list of them."""

_END = (
    "comments; leave a comment; leave a reply; post a comment; join the conversation; join the discussion; "
    "add a comment; about the author; about the authors; about the writer; share this; share this article; "
    "share this story; share this post; share; share on; share via; tags; filed under; topics; related topics; "
    "explore topics; contact us; get in touch; newsletter; stay connected; follow us; sign up; subscribe; "
    "sponsored; sponsored content; advertisement; from our partners; from the web; around the web; promoted; "
    "promoted stories; no comments; reader comments; discussion; rate this; was this helpful; "
    "was this article helpful; did you find this helpful; submit a comment; reply; post navigation; categories; "
    "archives; commentaires; laisser un commentaire; laissez un commentaire; partager; partager cet article; "
    "à propos de l’auteur; à propos de l'auteur; mots-clés; kommentare; kommentar schreiben; über den autor; "
    "über die autorin; teilen; diesen artikel teilen; schlagwörter; themen; comentarios; deja un comentario; "
    "deja una respuesta; compartir; sobre el autor; etiquetas; commenti; lascia un commento; condividi; "
    "sull'autore; comentários; deixe um comentário; compartilhe; compartilhar; sobre o autor; reacties; "
    "deel dit; over de auteur; komentarze; dodaj komentarz; udostępnij; комментарии; оставить комментарий; "
    "поделиться; теги; коментарі; поділитися; yorumlar; paylaş; etiketler; komentar; bagikan; bình luận; "
    "chia sẻ; التعليقات; شارك; コメント; シェア; 댓글; 评论; 分享; kommentarer; del artikel; dela; kommentit; jaa; σχόλια; "  # noqa: E501
    "hozzászólások; comentarii; komentáře; diskuze; sdílet; "
    # de, fr, es, it, pt, nl
    "kommentar hinterlassen; schreibe einen kommentar; antwort hinterlassen; zum autor; zur autorin; "
    "zur person; über die autoren; zu den autoren; pressekontakt; laisser une réponse; réagir; réagissez; "
    "vos commentaires; poster un commentaire; contact presse; contacts presse; à propos de l’auteure; "
    "acerca del autor; sobre la autora; comparte; comparte este artículo; deja tu comentario; "
    "más sobre este tema; informazioni sull'autore; informazioni sull’autore; lascia una risposta; "
    "argomenti; sobre a autora; deixe uma resposta; deixe seu comentário; compartilhe isso; "
    "laat een reactie achter; geef een reactie; plaats een reactie; over de schrijver; deel dit artikel; "
    "media contact; press contact; about author; author bio; "
    # pl, sv, no, da, fi, cs, hu, ro, el
    "o autorze; o autorce; zostaw komentarz; napisz komentarz; tagi; podziel się; lämna ett svar; "
    "lämna en kommentar; dela artikeln; om författaren; ämnen; legg igjen en kommentar; legg igjen et svar; "
    "del artikkelen; om forfatteren; emner; skriv en kommentar; skriv et svar; del artiklen; jätä kommentti; "
    "tietoa kirjoittajasta; jaa artikkeli; avainsanat; napsat komentář; o autorovi; sdílet článek; štítky; "
    "szólj hozzá; a szerzőről; címkék; lasă un comentariu; lasă un răspuns; despre autor; distribuie; "
    "etichete; αφήστε σχόλιο; αφήστε μια απάντηση; ετικέτες; "
    # ru, uk, tr, ar, fa, he, hi, id, vi, ja, ko, zh
    "добавить комментарий; об авторе; метки; оставьте комментарий; отзывы; залишити коментар; "
    "додати коментар; про автора; мітки; yorum yap; yorum yaz; bir yanıt yazın; yazar hakkında; اترك تعليقا; "
    "اترك تعليقاً; اترك رد; وسوم; عن الكاتب; دیدگاه‌ها; ارسال نظر; نظرات; برچسب‌ها; תגובות; כתוב תגובה; "
    "תגיות; הוסף תגובה; अपनी राय दें; शेयर करें; tinggalkan balasan; tinggalkan komentar; tulis komentar; "
    "để lại bình luận; từ khóa; chia sẻ bài viết; コメントする; コメントを残す; この記事をシェア; "
    "著者について; この記事を書いた人; シェアする; 댓글 남기기; 태그; 공유하기; 저자 소개; 发表评论; "
    "发表回复; 留言; 标签; 關於作者; 关于作者; 分享到; 標籤; "
)
END = Openings(_END)
"""A heading or line that says: from here on, something else."""

_ASKS = re.compile(
    r"\b(?:"
    r"newsletter|sign(?:ing)? up (?:for|to|here|now|today|you agree)|mit (?:ihrer|der) anmeldung|en vous inscrivant|"
    r"s['’]inscrire$|al (?:suscribir|registrar)te|subscribe (?:to|for|now|today|here)|"
    r"to subscribe|follow (?:us|me|him|her|them|@?\w+) (?:on|at|@)|find us on|like us on|join us on|"
    r"connect with (?:us|me) on|"
    r"(?:on|our|via) (?:twitter|facebook|instagram|linkedin|telegram|whatsapp|tiktok|youtube)(?: (?:page|channel|"
    r"group))?\b.{0,40}$|"
    r"download (?:our|the) (?:\w+ ){0,3}app|our (?:mobile |free |news |new )?app\b|in your inbox|to your inbox|"
    r"straight to your (?:phone|device)|"
    r"become a (?:member|subscriber|patron)|support (?:our|independent) (?:work|journalism)|"
    r"click here to (?:subscribe|join|sign|read|get|download|support)|join our|whatsapp channel|telegram channel|"
    r"listen (?:live|to .{2,60} on)|podcast on (?:apple|spotify)|email (?:us|me) at|"
    r"send (?:us )?(?:your|a) (?:story|tips?)|reach (?:him|her|the reporters?|them) (?:at|on)|"
    r"contact (?:him|her|the reporters?|the author) (?:at|on)|can be reached at|"
    r"add (?:us|\w+) as (?:a|your) preferred source|preferred source on google|google (?:news|actualités)|"
    r"affiliate (?:link|commission)|earn (?:a )?(?:small )?commission|use (?:the )?(?:promo )?code\b|"
    r"limited[- ]time offer|free trial|get (?:access|started) (?:to|with|today|now)|"
    r"book a (?:free )?(?:call|demo|consultation)|schedule (?:a|your) (?:free )?(?:call|demo|consultation)|"
    r"abonne[zr]|inscri(?:vez|re|s)[- ]|suivez[- ](?:nous|l|@)|rejoignez[- ]nous|téléchargez (?:notre|l['’])|"
    r"notre appli|retrouvez[- ]nous|soutenez|faire un don|folgen sie|folgt? uns|abonnieren|jetzt anmelden|"
    r"melden sie sich|kostenlos anmelden|unsere app|whatsapp-kanal|suscr[ií]b|s[ií]gu[ea](?:nos|me)|síguenos|"
    r"sigue (?:a|toda)|únete a|descarga (?:la|nuestra)|canal de (?:whatsapp|telegram)|iscriviti|segui(?:ci|te)|"
    r"scarica l['’]app|canale (?:whatsapp|telegram)|inscreva-se|siga[- ](?:nos|o|a)|assine|participe do|"
    r"entre no (?:canal|grupo)|clique aqui|receba (?:as|notícias)|abonneer|volg ons|schrijf je in|meld je aan|"
    r"download (?:onze|de) app|zapisz się|obserwuj nas|polub nas|dołącz do|prenumerera|följ oss|abonner på|følg os|"
    r"følg oss|tilaa uutiskirje|seuraa meitä|подпис(?:ывайтесь|аться|ка на|шитесь)|"
    r"наш(?:ем|его)? (?:telegram|телеграм)|присоединяйтесь|підпис(?:уйтесь|атися)|приєднуйтесь|odebírejte|"
    r"sledujte nás|přihlaste se|odoberajte|iratkozz|kövess|abonează|urmărește-ne|urmăriți|абонирайте|последвайте|"
    r"ακολουθήστε|εγγραφείτε|pratite nas|pretplatite|bizi takip|abone ol|takip edin|ikuti (?:kami|berita)|"
    r"berlangganan|gabung|theo dõi|đăng ký"
    r")"
)
_ASKS_ELSEWHERE = re.compile(
    r"تابعنا|تابعونا|اشترك|للاشتراك|انضم|عضو شوید|دنبال کنید|עקבו|הירשמו|הצטרפו|फॉलो करें|सब्सक्राइब|जुड़ें|"
    r"ফলো করুন|フォロー|登録|購読|구독|팔로우|关注|訂閱|订阅|追蹤|ติดตาม|สมัครสมาชิก"
)


def asks(text: str) -> bool:
    """Whether a text asks for something: a subscription, a follow, a download, a purchase.

    >>> asks("Sign up for our newsletter"), asks("The newsroom signed the letter")
    (True, False)
    """
    text = text.lower()
    return _ASKS.search(text) is not None or (
        len(text) <= 60 and not text.isascii() and _ASKS_ELSEWHERE.search(text) is not None
    )


_COPYRIGHT = re.compile(
    r"^\W{0,3}(?:©|\(c\)\s|copyright\b)|all rights reserved|tous droits réservés|droits de reproduction|"
    r"alle rechte vorbehalten|todos los derechos reservados|tutti i diritti riservati|"
    r"todos os direitos reservados|alle rechten voorbehouden|wszelkie prawa zastrzeżone|все права защищены|"
    r"усі права захищен|tüm hakları saklıdır|hak cipta|alla rättigheter|alle rettigheter|kaikki oikeudet|"
    r"všechna práva vyhrazena|všetky práva|minden jog fenntartva|toate drepturile|με επιφύλαξη|"
    r"sva prava pridržana|جميع الحقوق محفوظة|כל הזכויות|無断転載|禁無断|무단전재|무단 전재|版权所有|版權所有|สงวนลิขสิทธิ์|"
    r"may not be (?:published|reproduced|republished)|reproduction (?:interdite|in whole)|material may not be|"
    r"republish(?:ed)? (?:with permission|from|under)|this (?:article|story|piece) (?:was )?(?:originally|"
    r"first) (?:appeared|published)|"
    r"originally (?:published|appeared) (?:on|in|at)"
)

# One of these stands in every match; the pattern is dear.
_COPYRIGHT_HINTS = Hints(
    *"(c);©;copyright;right;droits;rechte;derechos;diritti;direitos;hak cipta;rettigheter;rättigheter;rechten;"  # noqa: SIM905
    "oikeudet;minden jog;drepturile;sva prava;prawa;práva;права;hakları;επιφύλαξη;الحقوق;הזכויות;転載;無断;무단;"
    "版权;版權;สงวนลิขสิทธิ์;may not be;reproduction;republish;appeared;published".split(";")
)


def claims_rights(text: str) -> bool:
    """Whether a text says whose it is, and what may not be done with it.

    >>> claims_rights("All rights reserved."), claims_rights("© Le Quotidien"), claims_rights("The right to vote")
    (True, True, False)
    """
    lower = text.lower()
    return _COPYRIGHT_HINTS.stand_in(lower) and _COPYRIGHT.search(lower) is not None


BYLINE = re.compile(
    r"^[\W_]*(?:by\s+(?-i:[A-Z@])|written by|reviewed by|medically reviewed|fact[- ]checked|edited by|"
    r"report(?:ed|ing) by|story by|words by|photos? by|posted (?:by|on|in|at)|published|updated|"
    r"last (?:updated|modified|reviewed|edited)|"
    r"first published|modified|created|date|author|authors|source\s*:|\d+\s*(?:-|"
    r"–)?\s*min(?:ute)?s?\b(?:\s+(?:read|de lecture|lesezeit|leestijd|di lettura|de lectura|de leitura))?|"
    r"(?:estimated )?reading time|read time|time to read|estimated read|"
    r"temps de lecture|lecture\s*:|lesezeit|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|"
    r"publié|mis à jour|mise à jour|modifié|rédigé par|écrit par|par\s+(?-i:[A-ZÉÀ])|von\s+(?-i:[A-ZÄÖÜ])|"
    r"veröffentlicht|aktualisiert|erstellt|stand\s*:|autor|por\s+(?-i:[A-ZÁÉ])|publicado|actualizado|atualizado|"
    r"di\s+(?-i:[A-Z])|pubblicato|aggiornato|a cura di|door\s+(?-i:[A-Z])|gepubliceerd|geüpdatet|bijgewerkt|"
    r"opublikowano|aktualizacja|autor\s*:|publicerad|uppdaterad|publisert|oppdatert|publiceret|opdateret|"
    r"julkaistu|päivitetty|"
    r"опубликовано|обновлено|автор|опубліковано|оновлено|publikováno|aktualizováno|publikované|közzétéve|"
    r"frissítve|publicat|actualizat|публикувана|δημοσίευση|ενημέρωση|objavljeno|yayınlan|güncelleme|giriş|"
    r"diterbitkan|penulis|oleh\s+(?-i:[A-Z])|tác giả|cập nhật|نشر|تم النشر|آخر تحديث|بقلم|كتب|פורסם|עודכן|मई|"
    r"प्रकाशित|公開|更新|投稿日|掲載|入力|입력|수정|发布时间|發布時間|来源|來源|责任编辑|記者|编辑|เผยแพร่)",
    re.IGNORECASE,
)
"""Begins a line on who and when, before the text."""

READING_TIME = re.compile(
    r"\b\d{1,2}\s*(?:-|–)?\s*(?:min(?:ut[eionysa]*)?[ns]?|мин(?:ут[аы]?)?|dk|dakika(?:lık)?)\.?\s*"
    r"(?:read|to read|reading time|de lecture|lesezeit|leestijd|di lettura|de lectura|de leitura|czytania|čtení|"
    r"čítania|läsning|lästid|læsetid|læsning|lesetid|lukuaika|olvasás|de citit|чтения|на чтение|читання|okuma)\W*$",
    re.IGNORECASE,
)
"""Ends a line that says how long the text takes to read, whatever stands before."""

MOMENT = re.compile(
    r"(?:\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d+\s*(?:年|月|日|년|월|일)|"
    r"\b(?:ago|il y a|hace|vor|fa)\b.{0,20}\d|\d.{0,20}\b(?:ago|hours?|days?|minutes?)\b)",
    re.IGNORECASE,
)

SOURCE = re.compile(
    r"^[\W_]*(?:sources?|quellen?|fontes?|fonti|fuentes?|bron(?:nen)?|źródł[oa]|zdroj|источник|джерело|källa|kilde|"
    r"lähde|forrás|sursa|kaynak|sumber|nguồn|المصدر|منبع|מקור|स्रोत|出典|来源|來源|출처|ที่มา)\s*[:：]",
    re.IGNORECASE,
)
"""Begins a line that names an agency, after the text."""

CONTACT = re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
"""An e-mail address."""

TAGS = re.compile(
    r"^[\W_]*(?:tags?|tagged|keywords?|topics?|filed under|posted in|category|categories|labels?|hashtags?|"
    r"mots[- ]clés?|étiquettes?|catégories?|rubriques?|schlagw[oö]rte?r?|schlagworte|themen|kategorien?|"
    r"stichworte|"
    r"etiquetas|categorías?|temas|palabras clave|tag|categorie|argomenti|categorias?|assuntos|palavras-chave|"
    r"trefwoorden|tagi|kategorie|теги|метки|категории|рубрики|etiketler|kata kunci|topik|từ khóa|تاج|وسوم|الكلمات|"
    r"תגיות|タグ|キーワード|태그|关键词|標籤|标签|แท็ก)\s*[:：]",
    re.IGNORECASE,
)

INTERFACE = frozenset(
    text.strip()
    for text in (  # noqa: SIM905
        "advertisement; advertisment; advertising; advert; ad; ads; sponsored; sponsored content; "
        "article continues below advertisement; story continues below advertisement; story continues below; "
        "article continues after ad; continue reading below; "
        "continue reading; scroll to continue; scroll down to continue; skip to content; skip to main content; "
        "skip ad; skip advertisement; loading; loading...; loading…; please wait; close; close this; open; menu; "
        "search; print; print this; email; email this; save; saved; "
        "share; share this; share this article; share this story; share this post; share article; shares; "
        "copy link; link copied; copy; copied; copied!; tweet; pin; pin it; pin for later; pin it for later; "
        "save for later; like; follow; follow us; subscribe; "
        "subscribe now; sign up; sign in; log in; login; register; download; "
        "listen; listen to article; listen to this article; play; pause; watch; watch video; video; photo; "
        "photos; gallery; view gallery; view comments; comments; comment; leave a comment; post a comment; "
        "show comments; read comments; reply; report; report ad; "
        "back to top; return to top; top; next; previous; prev; back; home; more; show more; show less; "
        "see more; view more; view all; see all; read more; read full article; load more; expand; collapse; "
        "table of contents; contents; in this article; on this page; jump to; "
        "add to favorites; add as preferred source; join the conversation; start the conversation; cancel reply; "
        "edit; hide; show; caption; hide caption; toggle caption; enlarge this image; enlarge; click to enlarge; "
        "click to expand; show caption; view caption; see caption; transcript; getty images; reuters; afp; "
        "article content; article body; story text; highlights; share on facebook; share on twitter; share on x; "
        "share on linkedin; share on whatsapp; share via email; share this on whatsapp; share this:; share:; "
        "like this:; click here; learn more; find out more; get started; "
        "publicité; annonce; la suite après cette publicité; partager; partager cet article; imprimer; "
        "commenter; commentaires; s'abonner; s’abonner; je m'abonne; se connecter; lire la suite; fermer; "
        "ouvrir; écouter; écouter l'article; copier le lien; retour en haut; haut de page; sommaire; "
        "anzeige; werbung; teilen; drucken; kommentare; merken; vorlesen; artikel teilen; zur startseite; "
        "nach oben; mehr; schließen; weiterlesen; jetzt lesen; "
        "publicidad; compartir; imprimir; comentarios; guardar; cerrar; leer más; ver más; escuchar; volver; "
        "pubblicità; condividi; stampa; commenta; chiudi; ascolta; leggi tutto; torna su; publicidade; "
        "continua após a publicidade; continua depois da publicidade; compartilhar; compartilhe; imprimir; "
        "comentar; fechar; ouvir; voltar; voltar ao topo; advertentie; delen; reageer; sluiten; reklama; "
        "udostępnij; drukuj; skomentuj; zamknij; annons; dela; annonse; del; annonce; mainos; jaa; реклама; "
        "поделиться; комментарии; печать; читать далее; закрыть; підтримати; поділитися; inzerce; reklam; "
        "paylaş; yazdır; yorumlar; iklan; advertorial; bagikan; scroll to continue with content; quảng cáo; "
        "chia sẻ; إعلان; شارك; مشاركة; طباعة; תגובות; שתפו; פרסומת; विज्ञापन; 広告; シェア; ツイート; 印刷; 광고; 공유; 인쇄; 广告; "  # noqa: E501
        "廣告; 分享; 打印; โฆษณา; แชร์"
    ).split(";")
)
"""Whole texts of buttons, labels and placeholders."""

NETWORKS = re.compile(
    r"^(?:[\W_\d]|share|on|to|via|tweet|facebook|twitter|x|whatsapp|messenger|linkedin|pinterest|pint|pin|reddit|"
    r"telegram|email|e-mail|mail|print|copy|link|google\+?|plus|tumblr|viber|vk|line|flipboard|bluesky|threads|"
    r"mastodon|pocket|"
    r"instagram|youtube|tiktok|snapchat|rss|sms|baixar|imprimir|partager|sur|teilen|auf|compartir|en|condividi|su|"
    r"share this|it|this|follow|us|and|xing|skype|wechat|weibo|kakao|odnoklassniki|ok|digg|stumbleupon)+$",
)
"""Nothing but names of networks and what one does with them, in lower case."""

COUNTER = re.compile(
    r"^(?:(?:image|photo|picture|slide|foto|bild|imagen|imagem)\s*)?\d{1,3}\s*(?:of|/|de|von|di|sur|van|"
    r"из)\s*\d{1,3}$"
)
"""Which of a gallery's pictures is shown."""

BIOGRAPHY = re.compile(
    r"\b(?:is (?:a|an|the|currently|based|one)|was (?:a|an|the) .{0,30}(?:reporter|editor|writer)|covers|"
    r"writes (?:about|for|on)|has (?:been|written|worked|covered|over|more than)|joined|works (?:as|at|for)|"
    r"serves as|contribut(?:es|or|ing)|reports on|lives in|"
    r"est (?:un|une|le|la|journaliste|rédact|diplômé)|écrit|couvre|travaille|ist (?:ein|eine|der|die|redakteur|"
    r"journalist|seit|freie)|schreibt|arbeitet|es (?:un|una|periodista|el|la|redactor|licenciad)|è (?:un|una|il|"
    r"la|giornalista)|é (?:um|uma|jornalista|formad|editor|repórter)|"
    r"is (?:een|redacteur|journalist|verslaggever)|jest|dziennikarz|redaktor|журналист|редактор|автор)\b",
    re.IGNORECASE,
)
