"""The words that the demo newsroom writes with: French, invented names, one list for each part of a sentence.

Names in braces are slots that `newsscraper.demo.grammar` fills: ``{maison}`` the company that the story is about,
``{rival}`` another one, ``{ville}`` a town, ``{personne}`` somebody, ``{n}`` a number, ``{pct}`` a percentage. A slot
that starts with ``de_`` brings its preposition along, elided where French elides it.
"""

from __future__ import annotations

from dataclasses import dataclass

COMPANIES = (
    "Altéor", "Ambrelis", "Axiome Réseaux", "Baltazar Énergie", "Boréal Assurances", "Brumelec", "Caldéra Systèmes",
    "Céladon", "Cirrolys", "Coop’Armor", "Corvéa", "Datalune", "Drakkar Logistique", "Écluse Numérique", "Elvire & Fils",
    "Fabrique Ostrale", "Ferralis", "Galvanor", "Givrelle", "Hexaflore", "Hôpitaux du Levant", "Iridiane", "Jonquille Mobile",
    "Kaolin Cloud", "Lestrange Conseil", "Luciole", "Mareyol", "Méridienne", "Mutuelle des Alpilles", "Nébulys", "Norvège & Paul",
    "Océlia", "Ondine Télécom", "Orgeval", "Pastorale Santé", "Pixarde", "Quercylor", "Rhônalys", "Saltimbanque", "Sémaphore",
    "Silvestre", "Tamaris Banque", "Tessellia", "Ulysse Transports", "Valmorine", "Vernissage", "Voltéra", "Zéphyrine",
)  # fmt: skip

TOWNS = (
    "Albi", "Amiens", "Angers", "Annecy", "Arras", "Auxerre", "Bayonne", "Belfort", "Bordeaux", "Bourges", "Brest", "Caen",
    "Chambéry", "Chartres", "Cholet", "Colmar", "Dijon", "Dunkerque", "Épinal", "Évreux", "Gap", "Lannion", "Laval", "Limoges",
    "Lorient", "Metz", "Montpellier", "Mulhouse", "Nancy", "Nevers", "Niort", "Orange", "Pau", "Perpignan", "Poitiers", "Quimper",
    "Reims", "Roanne", "Rouen", "Saintes", "Sète", "Tarbes", "Toulon", "Tours", "Troyes", "Valence", "Vannes", "Vichy",
)  # fmt: skip

FIRST_NAMES = (
    "Adèle", "Agathe", "Alban", "Anaïs", "Armand", "Aurore", "Basile", "Béatrice", "Camille", "Clovis", "Corentin", "Delphine",
    "Édith", "Elsa", "Fabien", "Flora", "Gaëtan", "Gilles", "Hortense", "Ilyès", "Jeanne", "Joséphine", "Karim", "Léonie", "Loïc",
    "Maëlle", "Mathias", "Nadia", "Nolwenn", "Octave", "Pauline", "Quentin", "Rachid", "Sabine", "Samuel", "Thaïs", "Ulysse",
    "Valentine", "Xavier", "Yasmine", "Yvon", "Zacharie",
)  # fmt: skip

LAST_NAMES = (
    "Abgrall", "Aubépin", "Bellanger", "Besson", "Bréhat", "Carpentier", "Castéra", "Cazeneuve", "Chastel", "Daubigny", "Delorme",
    "Desnoyers", "Escoffier", "Estève", "Faucheux", "Ferrand", "Galtier", "Guilloux", "Hamon", "Joubert", "Kerbrat", "Lacaze",
    "Lagarrigue", "Le Bihan", "Maillard", "Marchetti", "Mercœur", "Nicolaï", "Ollivier", "Pasquier", "Péricaud", "Quéméner",
    "Rambaud", "Rivoire", "Sabatier", "Saint-Clair", "Taillefer", "Thibaudeau", "Urbain", "Vasseur", "Vialatte", "Zeller",
)  # fmt: skip

JOBS = (
    "directrice des systèmes d’information", "responsable de l’architecture", "directeur technique", "cheffe de produit",
    "responsable de la sécurité", "directrice générale", "délégué à la protection des données", "responsable des achats",
    "analyste indépendant", "ingénieure système", "directeur de l’innovation", "présidente du comité d’audit",
    "responsable de l’exploitation", "chercheuse associée", "secrétaire général", "cheffe du centre de supervision",
)  # fmt: skip

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

OPENINGS = (
    "Depuis {mois}", "À {ville}", "Dans un premier temps", "En interne", "Sur le terrain", "À la surprise générale",
    "D’ici à la fin {de_mois}", "Au siège {de_ville}", "Selon un document consulté par la rédaction", "Pour l’instant",
    "Au cours des {n2} derniers mois", "Côté utilisateurs", "Après {n2} mois d’essais", "Sans bruit", "En parallèle",
    "Dans le même temps", "Depuis l’arrivée {de_personne}", "Face à {rival}", "Sur ce dossier", "Au printemps {annee}",
    "À l’automne {annee}", "Devant les représentants du personnel", "Contrairement à {rival}", "Comme convenu en {mois}",
    "Faute de candidats", "Malgré un calendrier serré", "Dans son rapport {de_mois}", "Avec {n2} mois de retard",
    "Un an après l’incident {de_ville}", "Au terme d’un appel d’offres", "À l’occasion d’une visite à {ville}", "Passé l’été",
)  # fmt: skip

SUBJECTS = (
    "{maison}", "{maison}", "l’éditeur", "le groupe", "la direction informatique", "l’équipe {de_ville}", "le prestataire",
    "la filiale {de_ville}", "{personne}", "son concurrent {rival}", "l’entreprise", "la maison mère", "le comité de pilotage",
    "l’atelier {de_ville}", "la cellule de crise", "l’intégrateur {rival}", "le service juridique", "la jeune pousse {rival}",
    "le conseil d’administration", "l’exploitant", "la direction des achats", "le laboratoire {de_ville}", "l’agence {de_ville}",
    "le collectif {de_ville}", "la plateforme", "le régulateur", "l’association des utilisateurs", "la région",
)  # fmt: skip

COMPLEMENTS = (
    "avant la fin de l’exercice", "pour un coût estimé à {n2} millions d’euros", "malgré les réserves {de_rival}",
    "sans attendre l’avis de l’autorité de contrôle", "au terme de {n2} semaines de négociation", "sur {n2} sites à la fois",
    "avec l’appui {de_rival}", "pour {n} postes de travail", "dans {n2} pays sur {n2}", "au profit des agences {de_ville}",
    "quitte à renoncer à {pct} % de sa marge", "ce que conteste {rival}", "une première depuis {annee}", "à périmètre constant",
    "selon un calendrier qui court jusqu’en {annee_future}", "à raison de {n2} bascules par semaine", "sans surcoût annoncé",
    "en accord avec les {n} salariés concernés", "au grand dam {de_rival}", "sous la conduite {de_personne}",
    "ce qui représente {pct} % de son budget", "loin des {n} unités espérées", "hors des heures ouvrées", "par étapes",
    "avec un taux d’échec de {pct} %", "à partir {de_ville}", "en moins de {n2} jours", "pour le compte {de_rival}",
    "dans des conditions tenues secrètes", "faute de mieux", "à la demande {de_personne}", "conformément à l’accord {de_mois}",
)  # fmt: skip

COMMON_ACTIONS = (
    "revoit l’ensemble de ses contrats de maintenance", "recrute {n2} ingénieurs à {ville}", "forme {n} salariés aux nouveaux outils",
    "ferme le site historique {de_ville}", "publie un audit de {n2} pages", "réclame {n2} millions d’euros à {rival}",
    "décale de {n2} semaines la mise en service", "sollicite l’arbitrage du tribunal {de_ville}", "consulte {n} utilisateurs",
    "confie la suite des travaux à {rival}", "abandonne la piste étudiée avec {rival}", "renégocie les tarifs à la baisse",
    "chiffre à {n2} millions d’euros le coût du statu quo", "promet un bilan public en {mois}", "double la taille de l’équipe {de_ville}",
    "ouvre le code de {n2} de ses modules", "dresse la liste de {n2} risques majeurs", "fixe à {pct} % le seuil d’alerte",
    "renonce à {n2} projets annexes", "réunit ses fournisseurs à {ville}", "met en avant un gain de {pct} %",
    "écarte tout licenciement avant {annee_future}", "transfère {n} dossiers vers {ville}", "teste {n2} scénarios de repli",
)  # fmt: skip

QUOTES = (
    "Nous avons perdu {n2} mois à discuter de la couleur des boutons, et {n2} jours à corriger le reste",
    "Je préfère un projet modeste qui marche à {ville} qu’une vitrine qui tombe en panne à {ville2}",
    "Le jour où {rival} a quitté la table, tout est devenu plus simple",
    "Avec {pct} % de disponibilité, on ne fait pas tourner un hôpital",
    "Personne n’a lu les {n} pages du contrat, sauf l’avocat {de_rival}",
    "Nos clients ne demandent pas la lune, ils demandent une facture qu’ils comprennent",
    "On nous avait prédit {n} incidents, nous en avons compté {n2}",
    "La souveraineté, c’est d’abord savoir où se trouve la clé du local",
    "Il y a un avant et un après {mois} : depuis, nous testons nos sauvegardes chaque semaine",
    "À {ville}, les équipes ont tenu grâce au papier et au téléphone",
    "Ce n’est pas un plan social, c’est un déménagement que nous aurions dû faire en {annee}",
    "Le vrai luxe, ce serait {n2} semaines sans mise à jour",
    "Nous ne sommes pas contre {rival}, nous sommes pour la concurrence",
    "Un algorithme qui se trompe {n2} fois sur cent, cela reste {n} dossiers à reprendre à la main",
    "Tant que le réseau {de_ville} ne sera pas doublé, je ne dormirai que d’un œil",
    "Il fallait choisir entre la vitesse et la confiance, et nous avons choisi la confiance",
    "La moitié de nos serveurs ne servait à rien, l’autre moitié servait à surveiller la première",
    "Donnez-moi {n2} millions d’euros et je vous rends un système que mon successeur ne maudira pas",
    "Les données de {n} patients ne se déplacent pas comme des cartons",
    "On parle beaucoup d’intelligence artificielle, nous commençons par ranger nos fichiers",
)  # fmt: skip

SAID = (
    "explique", "résume", "plaide", "se souvient", "concède", "insiste", "prévient", "s’amuse", "tempère", "regrette",
)  # fmt: skip

FIGURES = (
    "Le chantier mobilise {n2} personnes et porte sur {n} machines, dont {pct} % ont plus de {n2} ans.",
    "Sur les {n} demandes reçues en {mois}, {n2} seulement sont restées sans réponse.",
    "Le contrat, signé à {ville} le {jour} {mois} {annee}, court sur {n2} ans pour {n2} millions d’euros.",
    "Entre {annee} et {annee_future}, la part {de_maison} devrait passer de {pct} % à {pct2} %.",
    "Le délai moyen tombe ainsi de {n2} à {n3} heures, et la facture de {pct} %.",
    "Près de {n} comptes restent à reprendre, soit {pct} % du total recensé à {ville}.",
    "L’enquête menée auprès de {n} professionnels place {rival} devant {maison}, à {pct} % contre {pct2} %.",
    "Les {n2} premiers mois se soldent par {n} anomalies, toutes corrigées sauf {n3}.",
    "L’effectif passera de {n} à {n4} personnes, réparties entre {ville} et {ville2}.",
    "À {ville}, l’hectare de salle machine se négocie désormais {n} euros par mois, {pct} % de plus qu’en {annee}.",
)  # fmt: skip

HEADINGS = (
    "Un calendrier chahuté par {rival}", "Le pari {de_ville}", "Ce que disent les {n} pages du rapport", "{rival} en embuscade",
    "Des comptes à surveiller", "Trois leçons venues {de_ville}", "La méthode {de_personne}", "Et maintenant ?", "Retour sur {n2} mois de travaux",
    "Une facture de {n2} millions", "Qui paiera ?", "Les doutes {de_personne}", "Le précédent {de_ville}", "Cap sur {annee_future}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """What one section of the newsroom writes about."""

    section: str
    titles: tuple[str, ...]
    actions: tuple[str, ...]
    tags: tuple[str, ...]


TOPICS = (
    Topic(
        "Cloud",
        (
            "{maison} rapatrie {n2} applications à {ville}", "Pourquoi {maison} quitte le cloud {de_rival}",
            "Facture cloud : {maison} reprend la main à {ville}", "{maison} ouvre une région cloud à {ville}",
            "Conteneurs : le retour d’expérience {de_maison}",
        ),
        (
            "migre {n} machines virtuelles vers {ville}", "éteint sa dernière salle serveurs", "négocie une clause de réversibilité",
            "répartit ses charges entre {ville} et {ville2}", "range {n2} téraoctets dans un stockage froid", "impose un plafond de dépenses à ses filiales",
            "réécrit {n2} traitements pour les faire tourner en conteneurs", "mutualise ses grappes de calcul avec {rival}",
            "refuse de payer les frais de sortie {de_rival}", "étiquette chacune de ses {n} ressources", "loue {n2} baies supplémentaires à {ville}",
            "automatise l’arrêt nocturne de {n} serveurs", "mesure la consommation électrique de chaque service",
        ),
        ("conteneurs", "réversibilité", "stockage", "FinOps", "souveraineté", "serveurs"),
    ),
    Topic(
        "Cybersécurité",
        (
            "Rançongiciel : les {n2} jours de crise {de_maison}", "{maison} corrige {n2} failles d’un coup",
            "Hameçonnage : {maison} piège ses propres salariés", "À {ville}, {maison} rejoue l’attaque {de_mois}",
            "Mots de passe : {maison} tourne la page",
        ),
        (
            "isole {n} postes du réseau", "restaure {n2} serveurs à partir de bandes", "porte plainte contre X à {ville}",
            "change les clés de {n} comptes à privilèges", "déploie une double authentification matérielle", "notifie la fuite à {n} clients",
            "confie la traque des intrus à {rival}", "rachète ses journaux d’événements à {rival}", "simule une panne totale de {n2} heures",
            "récompense la découverte de {n2} vulnérabilités", "débranche les automates {de_ville}", "rédige un guide de {n2} réflexes",
            "attribue l’intrusion à une pièce jointe ouverte en {mois}",
        ),
        ("rançongiciel", "sauvegarde", "authentification", "hameçonnage", "R&D", "journaux"),
    ),
    Topic(
        "Mobilité",
        (
            "{maison} équipe {n} agents de tablettes", "Flotte mobile : {maison} change d’opérateur", "Télétravail : {maison} referme {n2} bureaux",
            "Géolocalisation : le faux pas {de_maison}", "{maison} teste la voiture connectée à {ville}",
        ),
        (
            "distribue {n} terminaux durcis", "couvre en 5G privée l’entrepôt {de_ville}", "remplace {n2} applications maison par une seule",
            "chiffre les échanges de {n} agents itinérants", "interdit les messageries grand public", "cartographie {n2} zones blanches autour {de_ville}",
            "autorise les appareils personnels", "équipe {n} véhicules de boîtiers", "reprend {n} téléphones usagés",
            "installe {n2} bornes à {ville}", "supprime {n} lignes fixes", "garantit le droit à la déconnexion", "raccorde {n2} tramways à {ville}",
        ),
        ("5G", "télétravail", "tablettes", "géolocalisation", "opérateurs"),
    ),
    Topic(
        "Smartphones",
        (
            "{maison} dévoile un téléphone réparable", "Reconditionné : {maison} double ses ventes à {ville}", "Écran pliant : {maison} revoit sa charnière",
            "Photo : le capteur {de_ville} qui séduit {maison}", "{maison} arrête son smartphone d’entrée de gamme",
        ),
        (
            "assemble {n} appareils par jour", "promet {n2} ans de mises à jour", "vend la batterie séparément", "baisse de {pct} % le prix du modèle d’entrée",
            "reprend la distribution {de_rival}", "rappelle {n} exemplaires défectueux", "ouvre un centre de réparation à {ville}",
            "choisit une puce gravée à {ville}", "allège le boîtier de {n2} grammes", "retire le chargeur de la boîte", "publie les plans de la charnière",
            "installe {n2} boutiques éphémères", "certifie {n} réparateurs indépendants",
        ),
        ("OLED", "reconditionné", "batterie", "photo", "réparabilité"),
    ),
    Topic(
        "Data & IA",
        (
            "{maison} entraîne son modèle de langage à {ville}", "IA générative : ce que {maison} a vraiment déployé", "Entrepôt de données : {maison} remplace {rival}",
            "L’assistant {de_maison} répond à {n} questions par jour", "Qualité des données : la méthode {de_maison}",
        ),
        (
            "annote {n} documents à la main", "écarte {n2} jeux de données douteux", "réserve {n2} processeurs graphiques", "publie les poids de son modèle",
            "branche un assistant sur {n} fiches internes", "mesure {pct} % de réponses erronées", "supprime {n} tableaux de bord",
            "unifie {n2} référentiels", "soumet ses algorithmes à un comité d’éthique", "recopie chaque nuit {n2} téraoctets", "forme un vocabulaire de {n} mots métier",
            "plafonne à {n2} le nombre de requêtes par agent", "retire de la production un modèle biaisé",
        ),
        ("IA générative", "données", "modèles", "RGPD", "calcul"),
    ),
    Topic(
        "Réseaux",
        (
            "Fibre : {maison} raccorde {n} locaux autour {de_ville}", "{maison} enterre le RTC à {ville}", "5G privée : {maison} équipe l’usine {de_ville}",
            "Panne : {maison} coupe {ville} pendant {n2} heures", "{maison} et {rival} partagent leurs antennes",
        ),
        (
            "tire {n2} kilomètres de fibre vers {ville}", "double la liaison entre {ville} et {ville2}", "passe {n} clients en IPv6",
            "remplace {n2} cœurs de réseau", "loue ses fourreaux à {rival}", "installe {n2} antennes sur les toits {de_ville}",
            "bascule {n} lignes vers la voix sur IP", "attribue la coupure à un coup de pelleteuse", "enchérit sur {n2} lots de fréquences",
            "déporte ses équipements de mesure à {ville}", "supprime {n2} points de défaillance", "interconnecte {n2} campus", "facture {n} euros la mise en service",
        ),
        ("fibre", "5G", "fréquences", "IPv6", "antennes"),
    ),
    Topic(
        "Logiciels",
        (
            "{maison} abandonne son progiciel après {n2} ans", "Open source : {maison} publie ses outils", "Dette technique : {maison} s’attaque au COBOL",
            "Licences : {maison} conteste l’audit {de_rival}", "{maison} réécrit sa paie à {ville}",
        ),
        (
            "réécrit {n} lignes de code", "paie {n2} contributeurs extérieurs", "fige les évolutions pendant {n2} semaines", "supprime {n2} interfaces redondantes",
            "livre une version par semaine", "conteste {n} licences réclamées par {rival}", "migre {n} formulaires", "confie la recette à {n2} utilisateurs {de_ville}",
            "documente {n} règles de gestion oubliées", "retire le module acheté à {rival}", "verse {n2} correctifs à la communauté",
            "remplace ses tableurs par un portail", "teste {n} cas limites chaque nuit",
        ),
        ("open source", "progiciel", "licences", "développement", "dette technique"),
    ),
    Topic(
        "Business",
        (
            "{maison} rachète {rival} pour {n2} millions d’euros", "Levée de fonds : {maison} réunit {n2} millions d’euros", "{maison} supprime {n} postes à {ville}",
            "Bourse : {maison} reporte son introduction", "{maison} change de patron et de cap",
        ),
        (
            "lève {n2} millions d’euros auprès {de_rival}", "cède sa filiale {de_ville}", "annonce {n} embauches", "abaisse ses prévisions de {pct} %",
            "rembourse {n2} millions d’euros à ses créanciers", "entre au capital {de_rival}", "ouvre un plan de départs volontaires", "installe son siège à {ville}",
            "retire son dossier de cotation", "verse une prime de {n} euros", "réorganise ses activités en {n2} pôles", "nomme {personne} à sa tête",
            "saisit le médiateur des entreprises",
        ),
        ("levée de fonds", "acquisitions", "emploi", "bourse", "résultats"),
    ),
)  # fmt: skip

AUTHORS = (
    ("Capucine Orsini", "suit les infrastructures et leurs déboires depuis quinze ans."),
    ("Léandre Fouquet", "ancien administrateur système, écrit sur la sécurité et les télécoms."),
    ("Marguerite Vallon", "raconte ce que les chiffres d’affaires ne disent pas."),
    ("Noë Delacroix-Pym", "teste des téléphones, en casse parfois, en parle toujours."),
    ("Soizic Trévidic", "couvre le logiciel libre, de Brest à Bruxelles."),
    ("Théodore N’Guessan", "s’intéresse aux données et à celles et ceux qui les rangent."),
)

CREDITS = (
    "Agence Contrejour",
    "DR",
    "Atelier Pollen",
    "© Iris Malgorn",
    "@ Banque Grenat – Fotolune",
    "Photothèque Sillage",
)

PICTURES = (
    ("salle-machine", "Vue : salle machine"), ("antenne-relais", "Vue : antenne relais"), ("atelier-reparation", "Vue : atelier de réparation"),
    ("centre-supervision", "Vue : centre de supervision"), ("clavier", "Vue : clavier"), ("fibre-optique", "Vue : fibre optique"),
    ("puce", "Vue : puce"), ("reunion", "Vue : réunion"),
)  # fmt: skip

SNIPPETS = (
    "sauvegarde --source /srv/{mot} --cible bande:{n3}\nverifie --empreintes /srv/{mot}.sha256",
    "def relance(essais={n3}):\n    for essai in range(essais):\n        if connecte('{mot}'):\n            return essai\n    raise Echec('{mot}')",
    "SELECT ville, COUNT(*) AS incidents\nFROM {mot}\nWHERE duree > {n3}\nGROUP BY ville;",
)
