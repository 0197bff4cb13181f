"""Article pages as WordPress themes and AMP plugins print them, each with what a reader of it must find."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass, field

PROSE = {
    "fr": (
        "La volonté du constructeur de percer sur ce marché risque d’être contrariée à cause d’un opérateur qui renonce à l’accord. "
        "Les modèles de ses smartphones sont disponibles dans les magasins physiques et en ligne, mais ils ne font pas l’objet de "
        "couplages commerciaux pour la consommation de données mis en place par les opérateurs.",
        "L’opérateur ne précise pas les raisons de son retournement. Un porte-parole du groupe se contente d’indiquer que ses "
        "terminaux ont déjà prouvé leur valeur dans le monde entier et qu’ils la prouveront aussi dans ce pays.",
    ),
    "de": (
        "Der Netzbetreiber will die neuen Telefone nun doch nicht verkaufen, obwohl der Vertrag mit dem Hersteller seit Wochen "
        "fertig auf dem Tisch lag. Die Geräte sind in den Geschäften und im Netz zu haben, aber nicht mit einem Vertrag.",
        "Über die Gründe schweigt das Unternehmen. Ein Sprecher des Herstellers sagte, dass man die Qualität der Geräte auf der "
        "ganzen Welt bewiesen habe und dass sich daran auch in diesem Land nichts ändern werde.",
    ),
    "es": (
        "La operadora no venderá los nuevos teléfonos del fabricante, aunque el acuerdo estaba listo desde hace semanas. Los "
        "aparatos se pueden comprar en las tiendas y en la red, pero no con un contrato de la operadora que los anunciaba.",
        "La empresa no explica las razones de su cambio. Un portavoz del fabricante dijo que la calidad de los aparatos está "
        "probada en todo el mundo y que también lo estará en este país antes de que termine el año.",
    ),
    "it": (
        "L’operatore non venderà i nuovi telefoni del costruttore, anche se l’accordo era pronto da settimane. Gli apparecchi si "
        "possono comprare nei negozi e in rete, ma non con un contratto dell’operatore che li aveva annunciati.",
        "La società non spiega le ragioni della scelta. Un portavoce del costruttore ha detto che la qualità degli apparecchi è "
        "provata in tutto il mondo e che lo sarà anche in questo paese prima della fine dell’anno.",
    ),
    "en": (
        "The carrier will not sell the new phones after all, although the agreement with the maker had been ready for weeks. The "
        "devices can be bought in shops and on the web, but not with a contract of the carrier that had announced them.",
        "The company does not say why it changed its mind. A spokesman of the maker said that the quality of the devices has been "
        "proven all over the world and that it will be proven in this country too before the year is over.",
    ),
}


@dataclass(frozen=True)
class Theme:
    """A page and its truth.

    Attributes:
        recent: (title, path, excerpt, raw, day) of each recent post.
    """

    name: str
    html: str
    title: str
    authors: list[str]
    categories: list[str]
    tags: list[str]
    language: str
    recent: list[tuple[str, str, str | None, str | None, str | None]] = field(default_factory=list)
    url: str = "https://www.journal.example/2024/06/les-ambitions-contrariees/"


def paragraphs(language: str) -> str:
    return "".join(f"<p>{text}</p>" for text in PROSE[language])


MENU = """<nav class="main-navigation"><ul class="menu"><li class="menu-item menu-item-type-taxonomy">
<a href="/category/mobilite/">Mobilité</a></li><li class="menu-item"><a href="/category/cloud/">Cloud</a></li>
<li class="menu-item"><a href="/category/data/">Data</a></li></ul></nav>"""

COMMENTS = """<div id="comments" class="comments-area"><h2>2 comments</h2><ol class="comment-list">
<li class="comment"><article><footer><b class="fn">Jean Passant</b> <a href="/2024/06/les-ambitions-contrariees/#comment-1">
<time datetime="2024-06-29T10:00:00+02:00">29 juin 2024</time></a></footer><p>Très bon article, merci beaucoup.</p></article></li>
<li class="comment"><article><footer><b class="fn">Marie Lectrice</b> <a href="/2024/06/les-ambitions-contrariees/#comment-2">
<time datetime="2024-06-29T11:00:00+02:00">29 juin 2024</time></a></footer><p>Je ne suis pas du tout d'accord.</p></article></li>
</ol></div>"""


AMP_SWIFT_OLD = Theme(
    name="AMP for WP, swift without headings, Spanish",
    url="https://www.journal.example/movil/ambiciones-contrariadas/amp/",
    html=f"""<!doctype html><html amp lang="es-ES"><head><meta charset="utf-8"><title>Ambiciones contrariadas - El Diario</title>
<link rel="canonical" href="https://www.journal.example/movil/ambiciones-contrariadas/"></head>
<body class="body single-post"><header class="header"><a href="https://www.journal.example/amp/">El Diario</a></header>
<div class="sp"><div class="cntr"><div class="amp-category"><span>Categorías: </span><span class="amp-cat amp-cat-3">
<a href="https://www.journal.example/category/movilidad/amp/">Movilidad</a></span><span class="amp-cat amp-cat-9">
<a href="https://www.journal.example/category/telefonos/amp/">Teléfonos</a></span></div>
<h1 class="amp-post-title">Ambiciones contrariadas</h1></div>
<div class="sp-cnt"><div class="cntr"><div class="sp-rl"><div class="sp-rt"><div class="cntn-wrp artl-cnt">{paragraphs("es")}</div></div>
<div class="sp-lt"><div class="sp-athr"><span class="athr-tx">WRITTEN BY</span><div class="amp-author"><div class="author-details">
<span class="author-name">Lucía Ibáñez</span></div></div></div>
<div class="tags"><span class="lbl-tx">TAGS</span><div class="amp-tags"><span class="amp-tag amp-tag-4">
<a href="https://www.journal.example/tag/operadoras/amp/">operadoras</a></span></div></div>
<div class="post-date"><div class="loop-date">6 años ago</div></div>
<div class="srp"><ul class="clearfix"><h3 class="amp-related-posts-title">Related Post</h3><li class="has_thumbnail">
<div class="related_link"><a href="https://www.journal.example/a/uno-relacionado/amp/">Uno relacionado</a></div></li><li>
<div class="related_link"><a href="https://www.journal.example/a/otro-relacionado/amp/">Otro relacionado</a></div></li></ul></div>
</div></div></div></div></div>
<div class="r-pf"><div class="fsp"><div class="fsp-img"><div class="loop-img"><a href="https://www.journal.example/a/nube/amp/">
<amp-img src="/n-346x188.jpg" width="346" height="188"></amp-img></a></div></div><div class="fsp-cnt">
<ul class="loop-category"><li class="amp-cat-4"><a href="https://www.journal.example/category/nube/amp/">Nube</a></li></ul>
<h2 class='loop-title'><a href="https://www.journal.example/a/nube/amp/">La nube abre en Madrid</a></h2>
<p class="loop-excerpt">Un grupo abre un centro de datos cerca de Madrid para sus clientes…</p>
<div class="pt-dt"><div class="loop-date">3 días ago</div></div></div></div>
<div class="fsp"><div class="fsp-cnt"><ul class="loop-category"><li class="amp-cat-4">
<a href="https://www.journal.example/category/datos/amp/">Datos</a></li></ul>
<h2 class='loop-title'><a href="https://www.journal.example/a/datos/amp/">Los datos viajan más deprisa</a></h2>
<p class="loop-excerpt">Una red nueva une dos ciudades del norte con la capital del país…</p>
<div class="pt-dt"><div class="loop-date">5 días ago</div></div></div></div></div>
<footer class="footer"><a href="/aviso-legal/">Aviso legal</a></footer></body></html>""",
    title="Ambiciones contrariadas",
    authors=["Lucía Ibáñez"],
    categories=["Movilidad", "Teléfonos"],
    tags=["operadoras"],
    language="es",
    recent=[
        ("La nube abre en Madrid", "/a/nube/amp/",
         "Un grupo abre un centro de datos cerca de Madrid para sus clientes…", "3 días ago", "2024-06-27"),
        ("Los datos viajan más deprisa", "/a/datos/amp/",
         "Una red nueva une dos ciudades del norte con la capital del país…", "5 días ago", "2024-06-25"),
    ],
)  # fmt: skip

AMP_DESIGN_3 = Theme(
    name="AMP for WP, design 3, German, recent posts within the article",
    url="https://www.journal.example/netz/plaene-durchkreuzt/?amp=1",
    html=f"""<!doctype html><html amp lang="de-DE"><head><meta charset="utf-8"><title>Pläne durchkreuzt | Der Bote</title>
<link rel="canonical" href="https://www.journal.example/netz/plaene-durchkreuzt/"></head>
<body class="single-post design_3_wrapper"><header class="container design-3-header"><a href="/">Der Bote</a></header><main>
<article class="amp-wp-article"><header class="amp-wp-content amp-wp-article-header ampforwp-title">
<h1 class="amp-wp-title">Pläne durchkreuzt</h1></header>
<div class="amp-wp-content amp-wp-article-header ampforwp-meta-info"><div class="amp-wp-content post-title-meta">
<ul class="amp-wp-meta amp-meta-wrapper"><li><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">
Von <a href="https://www.journal.example/author/max/">Max Frischling</a></span>
<span class="amp-wp-meta amp-wp-tax-category ampforwp-tax-category">in <span class="amp-cat-7">
<a href="https://www.journal.example/category/mobilfunk/">Mobilfunk</a></span></span>
<span class="ampforwp-design3-single-date">Am 9. Januar 2018</span></div></li></ul></div></div>
<div class="amp-wp-article-content the_content">{paragraphs("de")}</div>
<div class="amp-wp-content amp-wp-article-tags amp-wp-article-category ampforwp-meta-taxonomy">
<div class="amp-wp-meta amp-wp-content ampforwp-tax-tag"><span class="amp-tag-3">
<a href="https://www.journal.example/tag/netze/amp">Netze</a></span><span class="amp-tag-5">
<a href="https://www.journal.example/tag/vertraege/amp">Verträge</a></span></div></div>
<div class="amp-wp-content amp_author_area"><div class="amp_author_area_wrapper"><strong>Max Frischling</strong>: schreibt seit
Jahren über Netze.</div></div>
<div class="amp-wp-content relatedpost"><div class="related_posts"><ol class="clearfix"><span class="related-title">Ähnliche Beiträge
</span><li class="no_related_thumbnail"><div class="related_link"><a href="https://www.journal.example/a/eins/amp">Ein ähnlicher</a>
<p>Der ähnliche Beitrag handelt von etwas ganz anderem</p></div></li><li class="no_related_thumbnail"><div class="related_link">
<a href="https://www.journal.example/a/zwei/amp">Noch ein ähnlicher</a><p>Auch dieser</p></div></li></ol></div></div>
<div class="amp-wp-content relatedpost recentpost"><div class="related_posts"><span class="related-title">Neueste Beiträge</span>
<ol class="clearfix"><li class="no_related_thumbnail"><div class="related-post_image"><a href="https://www.journal.example/a/wolke/amp"
rel="bookmark" title="Wolke über Kiel"></a></div><div class="related_link"><a href="https://www.journal.example/a/wolke/amp">
Wolke über Kiel</a><p class="loop-excerpt">Ein Rechenzentrum entsteht an der Förde</p><div class="loop-date">2 Tagen ago</div></div></li>
<li class="no_related_thumbnail"><div class="related_link"><a href="https://www.journal.example/a/daten/amp">Daten auf Reisen</a>
<p class="loop-excerpt">Ein Kabel verbindet zwei Städte miteinander</p><div class="loop-date">4 Tagen ago</div></div></li></ol></div></div>
</article></main></body></html>""",
    title="Pläne durchkreuzt",
    authors=["Max Frischling"],
    categories=["Mobilfunk"],
    tags=["Netze", "Verträge"],
    language="de",
    recent=[
        ("Wolke über Kiel", "/a/wolke/amp", "Ein Rechenzentrum entsteht an der Förde", "2 Tagen ago", "2024-06-28"),
        (
            "Daten auf Reisen",
            "/a/daten/amp",
            "Ein Kabel verbindet zwei Städte miteinander",
            "4 Tagen ago",
            "2024-06-26",
        ),
    ],
)

AMP_DESIGN_2 = Theme(
    name="AMP for WP, design 2, Italian, categories without links",
    url="https://www.journal.example/ambizioni/amp/",
    html=f"""<!doctype html><html ⚡ lang="it-IT"><head><meta charset="utf-8"><title>Ambizioni contrastate – Il Foglio Blu</title>
<link rel="canonical" href="https://www.journal.example/ambizioni/"><script type="application/ld+json">
{{"@context":"http://schema.org","@type":"NewsArticle","mainEntityOfPage":"https://www.journal.example/ambizioni/",
"headline":"Ambizioni contrastate","author":{{"@type":"Person","name":"Ada Neri"}},
"publisher":{{"@type":"Organization","name":"Il Foglio Blu"}},"datePublished":"2018-01-09T14:28:00+01:00"}}</script></head>
<body class="single-post design_2_wrapper"><main><article class="amp-wp-article"><header class="amp-wp-content amp-wp-article-header">
<h1 class="amp-wp-title">Ambizioni contrastate</h1></header><div class="amp-wp-article-header ampforwp-meta-info">
<div class="amp-wp-content post-title-meta"><ul class="amp-wp-meta amp-meta-wrapper"><div class="amp-wp-meta amp-wp-byline">
<span class="amp-wp-author author vcard">Di Ada Neri</span><li class="amp-wp-meta-date">Il 9 Gennaio 2018</li></div>
<div class="amp-wp-meta amp-wp-tax-category ampforwp-tax-category"><span>Categorie: </span><span class="amp-cat">Mobilità</span>
<span class="amp-cat">Telefoni</span></div></ul></div></div><div class="amp-wp-article-content">{paragraphs("it")}</div>
<div class="amp-wp-content amp-wp-article-tags"><div class="amp-wp-meta amp-wp-content ampforwp-tax-tag"><span>Tag: </span>
<span class="amp-tag-2"><a href="https://www.journal.example/tag/reti/amp/">reti</a></span></div></div></article></main>
<div class="loop-wrapper"><h3>Articoli recenti</h3>
<div class="fsp"><h2 class="loop-title"><a href="/a/nuvola/amp/">Nuvola su Torino</a></h2><p class="loop-excerpt">Un centro dati
nasce lungo il fiume</p><div class="loop-date">5 giorni ago</div></div>
<div class="fsp"><h2 class="loop-title"><a href="/a/dati/amp/">Dati in viaggio</a></h2><p class="loop-excerpt">Una fibra unisce due
città lontane</p><div class="loop-date">1 settimana ago</div></div></div></body></html>""",
    title="Ambizioni contrastate",
    authors=["Ada Neri"],
    categories=["Mobilità", "Telefoni"],
    tags=["reti"],
    language="it",
    recent=[
        ("Nuvola su Torino", "/a/nuvola/amp/", "Un centro dati nasce lungo il fiume", "5 giorni ago", "2024-06-25"),
        ("Dati in viaggio", "/a/dati/amp/", "Una fibra unisce due città lontane", "1 settimana ago", "2024-06-23"),
    ],
)

AMP_OFFICIAL = Theme(
    name="official AMP plugin, reader mode",
    url="https://www.journal.example/2024/06/les-ambitions-contrariees/amp/",
    html=f"""<!doctype html><html amp lang="fr-FR"><head><meta charset="utf-8"><title>Les ambitions contrariées | Le Journal</title>
<link rel="canonical" href="https://www.journal.example/2024/06/les-ambitions-contrariees/"></head><body class="">
<header id="top" class="amp-wp-header"><div><a href="https://www.journal.example/amp/"><span class="amp-site-title">Le Journal</span></a>
</div></header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">Les ambitions contrariées</h1>
<div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">Zoé Brûlé</span></div>
<div class="amp-wp-meta amp-wp-posted-on"><time datetime="2018-01-09T14:28:00+01:00">il y a 6 ans</time></div></header>
<figure class="amp-wp-article-featured-image wp-caption"><amp-img src="https://www.journal.example/i/a-1024x683.jpg" width="1024"
height="683"></amp-img><p class="wp-caption-text">Le siège du groupe (Crédit photo : Huawei)</p></figure>
<div class="amp-wp-article-content">{paragraphs("fr")}</div><footer class="amp-wp-article-footer">
<div class="amp-wp-meta amp-wp-tax-category">Catégories : <a href="https://www.journal.example/category/mobilite/" rel="category tag">
Mobilité</a>, <a href="https://www.journal.example/category/smartphones/" rel="category tag">Smartphones</a></div>
<div class="amp-wp-meta amp-wp-tax-tag">Étiquettes : <a href="https://www.journal.example/tag/huawei/" rel="tag">Huawei</a></div>
<div class="amp-wp-meta amp-wp-comments-link"><a href="/2024/06/les-ambitions-contrariees/#respond">Laisser un commentaire</a></div>
</footer></article></body></html>""",
    title="Les ambitions contrariées",
    authors=["Zoé Brûlé"],
    categories=["Mobilité", "Smartphones"],
    tags=["Huawei"],
    language="fr",
)

TWENTY_TEN = Theme(
    name="Twenty Ten",
    html=f"""<html dir="ltr" lang="fr-FR"><head><title>Les ambitions contrariées | Le Journal</title></head>
<body class="single single-post postid-12 single-format-standard"><div id="wrapper" class="hfeed"><div id="header">
<div id="site-title"><span><a href="https://www.journal.example/" rel="home">Le Journal</a></span></div>{MENU}</div><div id="main">
<div id="container"><div id="content" role="main"><div id="nav-above" class="navigation"><div class="nav-previous">
<a href="/2024/05/avant/" rel="prev">L’article d’avant</a></div></div>
<div id="post-12" class="post-12 post type-post status-publish hentry category-mobilite category-smartphones tag-huawei">
<h1 class="entry-title">Les ambitions contrariées</h1><div class="entry-meta"><span class="meta-prep meta-prep-author">Publié le</span>
<a href="/2024/06/les-ambitions-contrariees/" title="14 h 28 min" rel="bookmark"><span class="entry-date">9 janvier 2018</span></a>
<span class="meta-sep">par</span> <span class="author vcard"><a class="url fn n" href="/author/zoe/" title="Afficher tous les articles par
Zoé Brûlé">Zoé Brûlé</a></span></div><div class="entry-content">{paragraphs("fr")}</div><div class="entry-utility">Ce contenu a été
publié dans <a href="/category/mobilite/" rel="category tag">Mobilité</a>, <a href="/category/smartphones/" rel="category tag">Smartphones
</a>, avec comme mot(s)-clé(s) <a href="/tag/huawei/" rel="tag">Huawei</a>. Vous pouvez le mettre en favoris avec <a
href="/2024/06/les-ambitions-contrariees/" rel="bookmark">ce permalien</a>.</div></div>{COMMENTS}</div></div>
<div id="primary" class="widget-area"><ul class="xoxo"><li id="recent-posts-2" class="widget-container widget_recent_entries">
<h3 class="widget-title">Articles récents</h3><ul><li><a href="/2024/06/nuage/">Un nuage sur Lyon</a>
<span class="post-date">28 juin 2024</span></li><li><a href="/2024/06/donnees/">Des données en voyage</a>
<span class="post-date">26 juin 2024</span></li></ul></li><li class="widget-container widget_categories"><h3>Catégories</h3><ul>
<li class="cat-item"><a href="/category/cloud/">Cloud</a></li><li class="cat-item"><a href="/category/data/">Data</a></li></ul></li>
<li class="widget-container widget_tag_cloud"><div class="tagcloud"><a href="/tag/oled/" class="tag-cloud-link">OLED</a>
<a href="/tag/5g/" class="tag-cloud-link">5G</a></div></li>
<li id="recent-comments-2" class="widget-container widget_recent_comments"><h3>Commentaires récents</h3><ul id="recentcomments">
<li class="recentcomments"><span class="comment-author-link">Jean</span> dans <a href="/2024/06/nuage/#comment-3">Un nuage sur Lyon</a>
</li><li class="recentcomments"><span class="comment-author-link">Marie</span> dans <a href="/2024/06/donnees/#comment-4">Des données</a>
</li></ul></li></ul></div></div></div></body></html>""",
    title="Les ambitions contrariées",
    authors=["Zoé Brûlé"],
    categories=["Mobilité", "Smartphones"],
    tags=["Huawei"],
    language="fr",
    recent=[
        ("Un nuage sur Lyon", "/2024/06/nuage/", None, "28 juin 2024", "2024-06-28"),
        ("Des données en voyage", "/2024/06/donnees/", None, "26 juin 2024", "2024-06-26"),
    ],
)

BLOCK_THEME = Theme(
    name="Twenty Twenty-Four, blocks",
    html=f"""<html lang="en-US"><head><title>Ambitions thwarted – The Paper</title></head>
<body class="post-template-default single single-post wp-embed-responsive"><div class="wp-site-blocks">
<header class="wp-block-template-part"><p class="wp-block-site-title"><a href="https://www.journal.example">The Paper</a></p>
<nav class="wp-block-navigation"><ul><li class="wp-block-navigation-item"><a href="/category/cloud/">Cloud</a></li></ul></nav></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">Ambitions thwarted</h1>
<div class="wp-block-template-part"><div class="wp-block-group"><div class="wp-block-post-date"><time
datetime="2018-01-09T14:28:00+00:00"><a href="/2024/06/les-ambitions-contrariees/">January 9, 2018</a></time></div>
<p class="has-contrast-2-color">by</p><div class="wp-block-post-author-name"><a href="/author/ann/"
class="wp-block-post-author-name__link">Ann Archer</a></div><div class="taxonomy-category wp-block-post-terms">
<span class="wp-block-post-terms__prefix">in </span><a href="/category/mobile/" rel="tag">Mobile</a><span
class="wp-block-post-terms__separator">, </span><a href="/category/phones/" rel="tag">Phones</a></div></div></div>
<div class="entry-content wp-block-post-content is-layout-constrained">{paragraphs("en")}</div>
<div class="taxonomy-post_tag wp-block-post-terms"><span class="wp-block-post-terms__prefix">Tags: </span><a href="/tag/carriers/"
rel="tag">carriers</a></div><nav class="wp-block-group" aria-label="Posts"><div class="post-navigation-link-previous
wp-block-post-navigation-link"><a href="/2024/05/before/" rel="prev">The one before</a></div></nav>
<section><h2 class="wp-block-heading">Latest posts</h2><ul class="wp-block-latest-posts__list has-dates wp-block-latest-posts">
<li><a class="wp-block-latest-posts__post-title" href="/2024/06/cloud/">A cloud over Leeds</a>
<time datetime="2024-06-28T09:00:00+00:00" class="wp-block-latest-posts__post-date">June 28, 2024</time>
<div class="wp-block-latest-posts__post-excerpt">A group opens a data centre near the city for its clients…</div></li>
<li><a class="wp-block-latest-posts__post-title" href="/2024/06/data/">Data on the move</a>
<time datetime="2024-06-26T09:00:00+00:00" class="wp-block-latest-posts__post-date">June 26, 2024</time>
<div class="wp-block-latest-posts__post-excerpt">A new cable joins two towns of the north with the capital…</div></li></ul></section>
</main></div></body></html>""",
    title="Ambitions thwarted",
    authors=["Ann Archer"],
    categories=["Mobile", "Phones"],
    tags=["carriers"],
    language="en",
    recent=[
        ("A cloud over Leeds", "/2024/06/cloud/", "A group opens a data centre near the city for its clients…",
         "June 28, 2024", "2024-06-28"),
        ("Data on the move", "/2024/06/data/", "A new cable joins two towns of the north with the capital…",
         "June 26, 2024", "2024-06-26"),
    ],
)  # fmt: skip

GENESIS = Theme(
    name="Genesis",
    html=f"""<html lang="en-US"><head><title>Ambitions thwarted - The Paper</title></head><body class="single single-post">
<div class="site-container"><header class="site-header"><p class="site-title" itemprop="headline"><a href="/">The Paper</a></p>{MENU}
</header><div class="site-inner"><div class="content-sidebar-wrap"><main class="content"><article class="post-5 post type-post hentry
category-mobile tag-carriers entry" itemscope itemtype="https://schema.org/CreativeWork"><header class="entry-header">
<h1 class="entry-title" itemprop="headline">Ambitions thwarted</h1><p class="entry-meta"><time class="entry-time"
itemprop="datePublished" datetime="2018-01-09T14:28:00+00:00">January 9, 2018</time> By <span class="entry-author" itemprop="author"
itemscope itemtype="https://schema.org/Person"><a href="/author/ann/" class="entry-author-link" itemprop="url" rel="author">
<span class="entry-author-name" itemprop="name">Ann Archer</span></a></span> <span class="entry-comments-link"><a href="#respond">Leave
a Comment</a></span></p></header><div class="entry-content" itemprop="text">{paragraphs("en")}</div><footer class="entry-footer">
<p class="entry-meta"><span class="entry-categories">Filed Under: <a href="/category/mobile/" rel="category tag">Mobile</a></span>
<span class="entry-tags">Tagged With: <a href="/tag/carriers/" rel="tag">carriers</a></span></p></footer></article>{COMMENTS}</main>
<aside class="sidebar sidebar-primary widget-area"><section id="featured-post-2" class="widget featured-content">
<div class="widget-wrap"><h4 class="widget-title">Recent Posts</h4><article class="post-9 post entry"><header class="entry-header">
<h2 class="entry-title"><a href="/2024/06/cloud/">A cloud over Leeds</a></h2><p class="entry-meta">June 28, 2024</p></header></article>
<article class="post-8 post entry"><header class="entry-header"><h2 class="entry-title"><a href="/2024/06/data/">Data on the move</a>
</h2><p class="entry-meta">June 26, 2024</p></header></article></div></section></aside></div></div></div></body></html>""",
    title="Ambitions thwarted",
    authors=["Ann Archer"],
    categories=["Mobile"],
    tags=["carriers"],
    language="en",
    recent=[
        ("A cloud over Leeds", "/2024/06/cloud/", None, "June 28, 2024", "2024-06-28"),
        ("Data on the move", "/2024/06/data/", None, "June 26, 2024", "2024-06-26"),
    ],
)

TAGDIV = Theme(
    name="Newspaper (tagDiv)",
    html=f"""<html lang="es"><head><title>Ambiciones contrariadas | El Diario</title><meta property="og:site_name" content="El Diario">
<meta property="og:title" content="Ambiciones contrariadas"></head><body class="post-template-default single single-post td-standard-pack">
<div class="td-header-wrap"><div class="td-header-menu-wrap"><ul class="sf-menu"><li class="menu-item"><a href="/category/deportes/">
Deportes</a></li></ul></div></div><div class="td-main-content-wrap"><div class="td-container"><div class="td-crumb-container">
<div class="entry-crumbs"><a href="/">Inicio</a><a href="/category/movilidad/">Movilidad</a></div></div><div class="td-pb-row">
<div class="td-pb-span8 td-main-content"><article id="post-7" class="post-7 post type-post hentry category-movilidad tag-redes">
<div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/category/movilidad/">Movilidad</a></li></ul>
<header class="td-post-title"><h1 class="entry-title">Ambiciones contrariadas</h1><div class="td-module-meta-info">
<div class="td-post-author-name"><div class="td-author-by">Por</div> <a href="/author/lucia/">Lucía Ibáñez</a><div class="td-author-line">
 - </div></div><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="2018-01-09T14:28:00+00:00">9 enero,
2018</time></span></div></header></div><div class="td-post-content">{paragraphs("es")}</div><footer><div class="td-post-source-tags">
<ul class="td-tags td-post-small-box"><li><span>Etiquetas</span></li><li><a href="/tag/redes/">redes</a></li></ul></div>
<div class="td-block-row td-post-next-prev"><a href="/a/anterior/">El artículo anterior</a></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4><a class="td-related-left">Artículos relacionados</a></h4>
<div class="td_module_related_posts"><h3 class="entry-title td-module-title"><a href="/a/r1/">Uno relacionado</a></h3></div>
<div class="td_module_related_posts"><h3 class="entry-title td-module-title"><a href="/a/r2/">Otro relacionado</a></h3></div></div></div>
<div class="td-pb-span4 td-main-sidebar"><aside class="td_block_template_1 widget widget_recent_entries"><h4 class="block-title"><span>
Entradas recientes</span></h4><ul><li><a href="/a/nube/">La nube abre en Madrid</a></li><li><a href="/a/datos/">Los datos viajan más</a>
</li></ul></aside></div></div></div></div></body></html>""",
    title="Ambiciones contrariadas",
    authors=["Lucía Ibáñez"],
    categories=["Movilidad"],
    tags=["redes"],
    language="es",
    recent=[
        ("La nube abre en Madrid", "/a/nube/", None, None, None),
        ("Los datos viajan más", "/a/datos/", None, None, None),
    ],
)

ASTRA = Theme(
    name="Astra",
    html=f"""<html lang="de"><head><title>Pläne durchkreuzt – Der Bote</title></head><body class="post-template-default single single-post
ast-separate-container ast-right-sidebar"><div id="page" class="hfeed site"><header class="site-header"><span class="site-title">
<a href="/">Der Bote</a></span>{MENU}</header><div id="content" class="site-content"><div class="ast-container"><div id="primary">
<main id="main" class="site-main"><article class="post-3 post type-post status-publish hentry category-netze tag-vertraege
ast-article-single" id="post-3" itemtype="https://schema.org/CreativeWork" itemscope="itemscope"><div class="ast-post-format-">
<header class="entry-header"><h1 class="entry-title" itemprop="headline">Pläne durchkreuzt</h1><div class="entry-meta">
<span class="comments-link"><a href="/x/#respond">Kommentar verfassen</a></span> / <span class="ast-terms-link cat-links"><a
href="/category/netze/" rel="category tag">Netze</a></span> / Von <span class="posts-author vcard author" itemtype="https://schema.org/Person"
itemscope="itemscope" itemprop="author"><a title="Alle Beiträge von Max Frischling anzeigen" href="/author/max/" rel="author"
class="url fn n" itemprop="url"><span class="author-name" itemprop="name">Max Frischling</span></a></span></div></header>
<div class="entry-content clear" itemprop="text">{paragraphs("de")}</div><footer class="entry-footer"><span class="tags-links">
<a href="/tag/vertraege/" rel="tag">Verträge</a></span></footer></div></article><nav class="navigation post-navigation"><div
class="nav-links"><div class="nav-previous"><a href="/davor/" rel="prev">Vorheriger Beitrag</a></div></div></nav></main></div>
<div class="widget-area secondary" id="secondary"><aside class="widget widget_block"><h2>Neueste Beiträge</h2>
<ul class="wp-block-latest-posts__list wp-block-latest-posts"><li><a class="wp-block-latest-posts__post-title" href="/a/wolke/">Wolke
über Kiel</a></li><li><a class="wp-block-latest-posts__post-title" href="/a/daten/">Daten auf Reisen</a></li></ul></aside></div>
</div></div></div></body></html>""",
    title="Pläne durchkreuzt",
    authors=["Max Frischling"],
    categories=["Netze"],
    tags=["Verträge"],
    language="de",
    recent=[("Wolke über Kiel", "/a/wolke/", None, None, None), ("Daten auf Reisen", "/a/daten/", None, None, None)],
)

DIVI = Theme(
    name="Divi",
    html=f"""<html lang="fr-FR"><head><title>Les ambitions contrariées | Le Journal</title></head><body class="post-template-default single
single-post et_pb_theme"><div id="page-container"><header id="main-header">{MENU}</header><div id="et-main-area">
<div id="main-content"><div class="container"><div id="content-area" class="clearfix"><div id="left-area">
<article id="post-4" class="et_pb_post post-4 post type-post hentry category-mobilite tag-huawei"><div class="et_post_meta_wrapper">
<h1 class="entry-title">Les ambitions contrariées</h1><p class="post-meta">par <span class="author vcard"><a href="/author/zoe/"
rel="author">Zoé Brûlé</a></span> | <span class="published">Jan 9, 2018</span> | <a href="/category/mobilite/" rel="category tag">Mobilité
</a> | <span class="comments-number"><a href="/x/#respond">0 commentaires</a></span></p></div><div class="entry-content">
{paragraphs("fr")}</div></article></div><div id="sidebar"><div id="block-3" class="et_pb_widget widget_block"><h2>Articles récents</h2>
<ul class="wp-block-latest-posts__list wp-block-latest-posts"><li><a class="wp-block-latest-posts__post-title" href="/a/nuage/">Un nuage
sur Lyon</a></li><li><a class="wp-block-latest-posts__post-title" href="/a/donnees/">Des données en voyage</a></li></ul></div></div>
</div></div></div></div></div></body></html>""",
    title="Les ambitions contrariées",
    authors=["Zoé Brûlé"],
    categories=["Mobilité"],
    tags=[],
    language="fr",
    recent=[
        ("Un nuage sur Lyon", "/a/nuage/", None, None, None),
        ("Des données en voyage", "/a/donnees/", None, None, None),
    ],
)

THEMES = [
    AMP_SWIFT_OLD,
    AMP_DESIGN_3,
    AMP_DESIGN_2,
    AMP_OFFICIAL,
    TWENTY_TEN,
    BLOCK_THEME,
    GENESIS,
    TAGDIV,
    ASTRA,
    DIVI,
]
