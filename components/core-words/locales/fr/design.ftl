# Ce que dit l’étape de conception.

# Industries: the name, and what a brand has to do there.

design-industry-technology = Technologie et logiciels
design-insight-technology = Le produit est invisible ; c’est à la marque de le rendre tangible : contemporaine, précise, plus simple que ce qu’elle cache.
design-industry-security = Sécurité
design-insight-security = On achète l’assurance qu’il ne se passera rien ; la marque est solide, parle sérieusement et ne plaisante pas.
design-industry-finance = Finance et banque
design-insight-finance = Qui confie son argent cherche d’abord la constance : la marque doit paraître posée et réfléchie avant de paraître habile.
design-industry-insurance = Assurance
design-insight-insurance = L’assurance est une promesse pour les mauvais jours ; la marque allie le sérieux à une voix que l’on voudra entendre ce jour-là.
design-industry-law = Droit
design-insight-law = On consulte quand l’enjeu est réel ; la marque affirme son autorité par le calme, l’ordre et des formes durables, non par le bruit.
design-industry-consulting = Conseil
design-insight-consulting = On vend du discernement ; la marque doit ressembler à une pensée claire : réfléchie, dégagée, avec un point de vue.
design-industry-marketing = Marketing et design
design-insight-marketing = La marque est le premier travail que voient les clients ; elle peut être expressive, pourvu que le soin se voie.
design-industry-media = Film, photo et médias
design-insight-media = Ce sont les images qui parlent fort ; la marque est leur cadre : contemporaine, assurée, sans s’interposer.
design-industry-publishing = Livres et édition
design-insight-publishing = Les lecteurs se fient à une belle composition avant de croire un slogan ; cette marque vit par la lettre et vieillit bien.
design-industry-retail = Commerce et e-commerce
design-insight-retail = On choisit un magasin en passant ; la marque doit se reconnaître d’un coup d’œil, rester proche et ne jamais masquer l’offre.
design-industry-general = Activité générale
design-insight-general = Aucun secteur ne donne ici la direction ; la marque part d’un caractère équilibré et laisse les accents au style et à la couleur.
design-industry-coffee = Café et salons de thé
design-insight-coffee = On choisit un café avec le nez et les mains avant de lire la carte ; la marque doit être chaleureuse, faite par des gens, proche.
design-industry-restaurant = Restauration et traiteurs
design-insight-restaurant = L’appétit précède la lecture ; la marque joue la chaleur et la générosité, et reste lisible la nuit sur une enseigne.
design-industry-bakery = Boulangerie et douceurs
design-insight-bakery = Ce qui sort du four le matin n’a pas besoin de grands mots ; la marque est douce, chaleureuse, familière comme la boutique du coin.
design-industry-brewery = Brasseries et spiritueux
design-insight-brewery = La bouteille est en rayon parmi des dizaines d’autres ; la marque emprunte à l’étiquette et au tampon : traditionnelle, conviviale, lisible à deux mètres.
design-industry-wine = Vin
design-insight-wine = Le vin s’achète avec le respect de l’origine et du temps ; la marque est discrète, raffinée, sûre de ses racines.
design-industry-food = Alimentation
design-insight-food = Un aliment doit paraître frais et honnête en une seconde ; la marque est chaleureuse, directe, facile à retrouver en rayon.
design-industry-travel = Voyage et plein air
design-insight-travel = On réserve une attente ; la marque ouvre l’horizon : légère, accueillante, prête au départ.
design-industry-hotel = Hôtellerie et réception
design-insight-hotel = Le client veut se sentir attendu ; la marque accueille avec chaleur, garde de la tenue et se fait discrète dans la chambre.
design-industry-music = Musique et scène
design-insight-music = La marque s’affiche parmi d’autres qui crient ; il lui faut un rythme à elle et le courage d’une seule forme forte.
design-industry-gaming = Jeux et divertissement
design-insight-gaming = Le jeu commence avec le logo de l’écran de chargement ; la marque est vive, contemporaine et un peu étrange, exprès.
design-industry-health = Santé et médecine
design-insight-health = On vient inquiet ; la marque fait baisser le pouls : claire, calme, humaine, jamais froide.
design-industry-pharma = Pharmacie et biotechnologies
design-insight-pharma = Une affirmation ne vaut que prouvée ; la marque est exacte, sérieuse, ordonnée, pour que la confiance suive les données.
design-industry-fitness = Fitness et sport
design-insight-fitness = S’entraîner se décide chaque jour ; la marque pousse : énergique, forte, déjà en mouvement.
design-industry-wellness = Bien-être et yoga
design-insight-wellness = La marque est la première respiration avant le cours ; elle donne de l’espace, parle bas et ne demande rien.
design-industry-beauty = Beauté et cosmétique
design-insight-beauty = Le flacon est chaque jour dans la salle de bains ; la marque est raffinée, flatteuse, assez calme pour vivre avec.
design-industry-fashion = Mode
design-insight-fashion = Les collections changent, la griffe dans le col reste ; la marque est réduite et sûre, pour que chaque saison passe devant elle.
design-industry-jewelry = Bijouterie et horlogerie
design-insight-jewelry = Un bijou se garde des décennies ; la marque est petite, fine, exacte, et tiendrait aussi en gravure.
design-industry-education = Éducation
design-insight-education = Apprendre demande confiance et curiosité à la fois ; la marque est ouverte et claire, sérieuse sur le fond, amicale envers l’élève.
design-industry-childcare = Enfance et famille
design-insight-childcare = Elle doit plaire aux enfants et rassurer les parents ; la marque est ronde, gaie et bien faite.
design-industry-nonprofit = Associations et communauté
design-insight-nonprofit = On donne son temps ou son argent pour des gens ; la marque est chaleureuse, directe, et montre que beaucoup de mains la portent.
design-industry-pets = Animaux
design-insight-pets = Les maîtres parlent de famille ; la marque est affectueuse sans être niaise, ronde, facile à aimer.
design-industry-crafts = Artisanat d’art
design-insight-crafts = La valeur est dans la main qui a fait ; la marque montre la matière et le soin, et garde un peu de caractère.
design-industry-real-estate = Immobilier
design-insight-real-estate = C’est l’achat d’une vie ; la marque est solide, courtoise, avec l’assurance de qui connaît la maison.
design-industry-construction = Bâtiment et artisans
design-insight-construction = La marque roule sur les camionnettes et pend aux échafaudages ; elle doit être forte, simple, lisible sous la pluie depuis le trottoir d’en face.
design-industry-architecture = Architecture
design-insight-architecture = Ce sont les bâtiments qui parlent ; la marque pose mesure et ordre, puis s’efface comme un bon plan.
design-industry-interior = Intérieurs et mobilier
design-insight-interior = La marque vit à côté du bois, du lin et de la lumière ; elle est chaleureuse, calme, raffinée sans préciosité.
design-industry-manufacturing = Industrie et ingénierie
design-insight-manufacturing = Les acheteurs sont ingénieurs ; la marque convainc par la précision et la construction, et doit tenir fondue, fraisée ou au pochoir sur le métal.
design-industry-automotive = Automobile et mobilité
design-insight-automotive = Le signe se voit sur ce qui roule ; il lui faut du poids, une direction et une silhouette qui tienne en mouvement.
design-industry-logistics = Logistique et transport
design-insight-logistics = La marque se lit en roulant et de dos ; elle promet l’arrivée par une couleur franche, une direction et aucun petit détail.
design-industry-energy = Énergie et réseaux
design-insight-energy = L’énergie ne se voit pas ; la marque la montre comme ce qui circule, contemporaine et confiante, sans technique pour la technique.
design-industry-agriculture = Agriculture et jardin
design-insight-agriculture = Ce qui pousse prend son temps ; la marque est terrienne, honnête, proche, et tombe juste sur une caisse en bois.
design-industry-environment = Environnement et durabilité
design-insight-environment = Beaucoup affichent de bonnes intentions ; la marque gagne sa crédibilité par des formes simples et un ton ouvert, factuel.

# Styles: the name, and what the style does to the design.

design-style-modern = Moderne
design-style-effect-modern = Le moderne retire ce qui ne fait qu’orner : il préfère les caractères géométriques et grotesques et les signes qui jouent du vide.
design-style-classic = Classique
design-style-effect-classic = Le classique tempère les couleurs et préfère les empattements et les monogrammes : la marque paraît établie plutôt que neuve.
design-style-minimal = Minimaliste
design-style-effect-minimal = Le minimalisme laisse presque toute la surface au papier et la parole à peu de couleurs ; le signe joue du vide plutôt que de l’ornement.
design-style-playful = Ludique
design-style-effect-playful = Le ludique renforce les couleurs, arrondit les formes et met le signe en mouvement : rien de raide dans cette marque.
design-style-bold = Audacieux
design-style-effect-bold = L’audacieux donne plus de place à la couleur et plus de poids à la forme : la marque reste elle-même depuis le trottoir d’en face.
design-style-elegant = Élégant
design-style-effect-elegant = L’élégant affine les traits, adoucit les couleurs et préfère les didones, les monogrammes et les rubans.
design-style-technical = Technique
design-style-effect-technical = Le technique rend les angles vifs et préfère les caractères à chasse fixe et grotesques : l’allure d’une chose construite.
design-style-organic = Organique
design-style-effect-organic = L’organique arrondit les formes, garde des couleurs douces et voisines, et préfère les caractères humanistes et les motifs dessinés.
design-style-vintage = Vintage
design-style-effect-vintage = Le vintage adoucit les couleurs et préfère les égyptiennes, les écussons et les pochoirs, le vocabulaire des vieilles enseignes et des tampons.
design-style-luxury = Luxe
design-style-effect-luxury = Le luxe se retient : couleur assourdie, beaucoup de papier, traits fins, et un monogramme plutôt qu’une image.
design-style-friendly = Amical
design-style-effect-friendly = L’amical arrondit les angles et préfère les lettres humanistes et rondes, ouvertes : la marque parle d’égal à égal.
design-style-geometric = Géométrique
design-style-effect-geometric = Le géométrique s’appuie sur le cercle, le carré et la rotation, et laisse voir la construction.
design-style-corporate = Institutionnel
design-style-effect-corporate = L’institutionnel discipline la couleur et stabilise les formes ; la marque convainc par la retenue.
design-style-dynamic = Dynamique
design-style-effect-dynamic = Le dynamique ajoute poids et direction : il préfère la rotation et les rubans, et des couleurs plus fortes côte à côte.

# Regions of colour: what each says.

design-hue-bordeaux = Un rouge vin profond est chaud et grave à la fois ; il parle de temps, de goût et d’un peu de cérémonie.
design-hue-red = Dans les études sur la couleur des marques, le rouge est la teinte de l’excitation ; il s’avance et appelle une décision.
design-hue-coral = Le corail a l’énergie du rouge sans son alarme : sociable, vif et chaud.
design-hue-terracotta = La terre cuite est la couleur de l’argile : terrienne, faite main, stable à côté d’autres matières.
design-hue-espresso = Un brun sombre porte la torréfaction, le bois et le cuir ; peu de couleurs foncées sont aussi chaudes.
design-hue-orange = L’orange est proche et sonore ; on le voit tôt et il se prend moins au sérieux que le rouge.
design-hue-amber = L’ambre a la chaleur de la lumière du soir et du grain ; il invite avant le premier mot.
design-hue-sun = Le jaune est la plus claire des couleurs fortes : gai, impossible à manquer, meilleur près d’un ton sombre.
design-hue-olive = L’olive est un vert adulte : terrien, calme, avec une pointe de tradition.
design-hue-leaf = Un vert franc parle de croissance et de fraîcheur et se fait aimer facilement.
design-hue-forest = Un vert sombre unit la nature et la tenue ; il est discret, durable, un peu réservé.
design-hue-sage = La sauge est un vert à voix basse ; elle apaise et laisse de la place aux gens.
design-hue-teal = Le sarcelle se tient entre bleu et vert : lucide, net, moins attendu que l’un ou l’autre.
design-hue-ocean = Un bleu de mer profond est calme et garde un peu de chaleur ; il dit l’expérience plus que l’autorité.
design-hue-azure = Le bleu est la teinte que les études sur la couleur des marques relient à la compétence ; ainsi éclairci, il reste ouvert et amical.
design-hue-royal = Le bleu est la teinte que les études sur la couleur des marques relient à la compétence ; ainsi saturé, il gagne en présence.
design-hue-navy = Le bleu est la teinte que les études sur la couleur des marques relient à la compétence ; ainsi foncé, il prend du poids et de la distance.
design-hue-indigo = L’indigo quitte le bleu sûr vers le violet : contemporain, numérique, un peu osé.
design-hue-violet = Le violet est rare au quotidien ; il donne une couleur à l’imagination et se détache parmi bleus et rouges.
design-hue-plum = Le prune est un rouge devenu calme : raffiné, dense, un peu nocturne.
design-hue-magenta = Le magenta n’est jamais un hasard ; il est contemporain, sonore et sûr de son entrée.
design-hue-rose = Un rose assourdi est tendre sans être sucré ; il rapproche la marque de la peau.
design-hue-graphite = Un presque noir laisse le travail à la forme et aux lettres ; il paraît exigeant et vieillit lentement.

# Names of colours: a tone of each family.

design-color-deep-red = Sang-de-bœuf
design-color-muted-red = Rose brique
design-color-clear-red = Rouge signal
design-color-light-red = Rose fleur
design-color-deep-vermilion = Acajou
design-color-muted-vermilion = Argile
design-color-clear-vermilion = Vermillon
design-color-light-vermilion = Pêche
design-color-deep-orange = Châtaigne
design-color-muted-orange = Terre cuite
design-color-clear-orange = Orange
design-color-light-orange = Abricot
design-color-deep-amber = Cognac
design-color-muted-amber = Sable
design-color-clear-amber = Ambre
design-color-light-amber = Miel
design-color-deep-yellow = Ocre sombre
design-color-muted-yellow = Paille
design-color-clear-yellow = Ocre
design-color-light-yellow = Jaune soleil
design-color-deep-lime = Olive sombre
design-color-muted-lime = Olive
design-color-clear-lime = Vert mousse
design-color-light-lime = Citron vert
design-color-deep-green = Vert sapin
design-color-muted-green = Fougère
design-color-clear-green = Vert feuille
design-color-light-green = Vert printemps
design-color-deep-emerald = Vert forêt
design-color-muted-emerald = Sauge
design-color-clear-emerald = Émeraude
design-color-light-emerald = Menthe
design-color-deep-teal = Pétrole
design-color-muted-teal = Eucalyptus
design-color-clear-teal = Sarcelle
design-color-light-teal = Aigue-marine
design-color-deep-azure = Bleu mer
design-color-muted-azure = Bleu acier
design-color-clear-azure = Azur
design-color-light-azure = Bleu ciel
design-color-deep-blue = Bleu nuit
design-color-muted-blue = Bleu ardoise
design-color-clear-blue = Bleu cobalt
design-color-light-blue = Bleu glacier
design-color-deep-indigo = Bleu encre
design-color-muted-indigo = Bleu fumée
design-color-clear-indigo = Indigo
design-color-light-indigo = Pervenche
design-color-deep-violet = Aubergine
design-color-muted-violet = Bruyère
design-color-clear-violet = Violet
design-color-light-violet = Lilas
design-color-deep-magenta = Prune
design-color-muted-magenta = Mauve
design-color-clear-magenta = Orchidée
design-color-light-magenta = Orchidée claire
design-color-deep-rose = Bourgogne
design-color-muted-rose = Vieux rose
design-color-clear-rose = Framboise
design-color-light-rose = Rose
design-color-deep-brown = Expresso
design-color-muted-brown = Cacao
design-color-clear-brown = Caramel
design-color-light-brown = Caramel clair
design-color-black = Noir
design-color-graphite = Graphite
design-color-grey = Gris pierre
design-color-silver = Argent
design-color-white = Blanc
design-color-ink-warm = Encre chaude
design-color-ink-fresh = Encre verte
design-color-ink-cool = Encre bleue
design-color-ink-blush = Encre rouge
design-color-ink-plain = Encre
design-color-paper-warm = Papier chaud
design-color-paper-fresh = Papier frais
design-color-paper-cool = Papier froid
design-color-paper-blush = Papier rosé
design-color-paper-plain = Papier

# Poles of the axes of personality, as adjectives.

design-trait-warm-high = chaleureux
design-trait-warm-low = sobre
design-trait-classic-high = intemporel
design-trait-classic-low = contemporain
design-trait-playful-high = ludique
design-trait-playful-low = sérieux
design-trait-premium-high = raffiné
design-trait-premium-low = accessible
design-trait-quiet-high = calme
design-trait-quiet-low = expressif
design-trait-friend-high = proche
design-trait-friend-low = assuré

# Classes of faces: the name, and what they bring.

design-class-grotesque = grotesque
design-class-says-grotesque = Les grotesques parlent d’une voix égale et fonctionnent à toutes les tailles.
design-class-geometric = linéale géométrique
design-class-says-geometric = Les lettres géométriques partagent cercles et droites avec le signe.
design-class-humanist = linéale humaniste
design-class-says-humanist = Les lettres humanistes gardent le geste de l’écriture et restent ouvertes en petit.
design-class-rounded = linéale arrondie
design-class-says-rounded = Les extrémités rondes ôtent leur tranchant aux mots.
design-class-slab = égyptienne
design-class-says-slab = Les égyptiennes tiennent comme les lettres d’une caisse : solides, un peu nostalgiques.
design-class-old-style = garalde
design-class-says-old-style = Les garaldes viennent du livre et en apportent le calme.
design-class-transitional = réale
design-class-says-transitional = Les réales sont droites et claires : la tradition sans le costume.
design-class-didone = didone
design-class-says-didone = Le délié contre le plein fait d’un seul mot une page de titre.
design-class-display = caractère de titrage
design-class-says-display = Un caractère de titrage a sa propre voix et ne compose que peu de mots.
design-class-mono = chasse fixe
design-class-says-mono = Les lettres de même largeur parlent de code, de tableaux et d’exactitude.

# How two faces stand together.

design-rule-single-family = { $display } compose le nom, les titres et le texte : une seule famille, distinguée par la graisse ({ $heavy } contre { $regular }).
design-rule-superfamily = { $display } compose le nom et les titres, { $text } le texte : deux familles dessinées comme un système, aux hauteurs d’x de { $first } et { $second } millièmes.
design-rule-contrast = { $display } ({ $displayclass }) compose le nom et les titres, { $text } ({ $textclass }) le texte : de nature différente, unis par des hauteurs d’x proches, { $first } et { $second } millièmes.
design-rule-display-workhorse = { $display } ({ $displayclass }) est fait pour les grands corps et ne compose que le nom et les titres ; { $text } ({ $textclass }) porte la lecture en dessous.

# Reasons.

design-reason-industry = Le secteur : { $industry }. { $insight }
design-reason-character = Secteur et style appellent ensemble un caractère avant tout { $first } et { $second }.
design-reason-primary-chosen = { $color } ({ $hex }) mène. { $meaning }
design-reason-primary-given = { $color } ({ $hex }) est la couleur indiquée ; elle reste telle quelle la couleur principale. { $meaning }
design-reason-primary-kept = { $color } ({ $hex }) est la couleur indiquée ; elle reste telle quelle la couleur principale et tout le reste s’accorde à elle.
design-reason-category-own = La couleur n’est pas de celles que nous tenons pour habituelles dans ce secteur ; une couleur à soi rend la marque plus facile à distinguer.
design-reason-category-cliche = La couleur est familière dans ce secteur ; on la comprend aussitôt, la différence doit venir de la forme, de la lettre et de l’accent.
design-reason-secondary-grey = { $secondary } ({ $hex }) apporte une teinte à la principale neutre ; la marque peut montrer de la couleur sans perdre sa réserve.
design-reason-secondary-kin = { $secondary } ({ $hex }) soutient la principale dans la même famille de teintes, { $depth } ; les teintes proches se ressentent comme liées.
design-reason-secondary-neighbour = { $secondary } ({ $hex }) soutient la principale en voisine sur le cercle chromatique, { $depth } ; les teintes proches se ressentent comme liées.
design-reason-secondary-apart = { $secondary } ({ $hex }) soutient la principale depuis une autre partie du cercle chromatique, { $depth } ; les grandes surfaces peuvent varier sans changer de marque.
design-depth-darker = un ton plus foncé
design-depth-lighter = un ton plus clair
design-reason-accent-near = { $accent } ({ $hex }) est l’accent et ne prend que { $share } % d’une mise en page courante ; à { $difference } (CIEDE2000) de la principale, il se voit comme un signal.
design-reason-accent-opposite = { $accent } ({ $hex }) vient de l’autre côté du cercle chromatique et ne prend que { $share } % d’une mise en page courante : à { $difference } (CIEDE2000) de la principale, il marque l’essentiel.
design-reason-contrast = Le texte atteint { $light }:1 sur fond clair et { $dark }:1 sur fond sombre, là où les WCAG 2.2 demandent 4,5:1 ; la plus juste des { $count } paires promises a { $least }:1 pour { $needed }:1 requis.
design-reason-sister-light = En texte sur fond clair, { $color } n’aurait que { $ratio }:1 ; sa teinte sœur plus foncée, { $sister }, y prend le relais à { $better }:1.
design-reason-sister-dark = En texte sur fond sombre, { $color } n’aurait que { $ratio }:1 ; sa teinte sœur plus claire, { $sister }, y prend le relais à { $better }:1.
design-reason-shape-round = Les formes sont rondes : dans des expériences, les logos circulaires faisaient attendre le confort, les anguleux la solidité.
design-reason-shape-angular = Les formes sont anguleuses : dans des expériences, les logos anguleux faisaient attendre la solidité, les circulaires le confort.
design-reason-shape-balanced = Les formes équilibrent la droite et la courbe, car ni le confort ni la solidité ne doivent parler seuls.
design-reason-mark = Motifs possibles : { $motifs }. Les signes restent harmonieux et modérément élaborés, comme ceux que l’on reconnaissait le mieux dans une étude de 195 logos.
design-list-two = { $first } et { $second }

# Motifs, as they stand in a sentence.

design-motif-bean = le grain de café
design-motif-leaf = la feuille
design-motif-wave = la vague
design-motif-peak = le sommet
design-motif-bolt = l’éclair
design-motif-drop = la goutte
design-motif-spark = l’étincelle
design-motif-node = le nœud
design-motif-house = la maison
design-motif-shield = le bouclier
design-motif-scale = la balance
design-motif-cross = la croix
design-motif-gear = l’engrenage
design-motif-book = le livre
design-motif-wheel = la roue
design-motif-route = l’itinéraire
design-motif-coin = la pièce
design-motif-thread = le fil
design-motif-note = la note
design-motif-paw = la patte
design-motif-steam = la vapeur
design-motif-seed = la graine
design-motif-sun = le soleil
design-motif-star = l’étoile
design-motif-anchor = l’ancre
design-motif-key = la clé
design-motif-lens = l’objectif
design-motif-pin = l’épingle
design-motif-arc = l’arc
design-motif-brick = la brique

# Warnings.

design-warning-industry-near = Imprint ne connaît pas « { $asked } » comme secteur. Il a été lu comme { $industry } (sûr à { $sure } %) ; si c’est inexact, nommez le secteur autrement.
design-warning-industry-unknown = Imprint ne connaît pas « { $asked } » comme secteur et n’a rien trouvé d’approchant. La conception part de { $industry } ; `imprint industries` donne la liste des secteurs connus.
design-warning-style-near = Le style « { $asked } » a été lu comme { $style } (sûr à { $sure } %) ; `imprint styles` donne la liste des styles connus.
design-warning-sister = { $color } ({ $hex }) reste telle quelle, mais ne se lit pas comme texte sur tous les fonds ({ $ratio }:1). Dans le thème { $theme }, le rôle « primary » revient donc à { $sister } ({ $better }:1).
design-theme-light = clair
design-theme-dark = sombre

# The third theme
design-theme-high-contrast = à contraste élevé

# Typographie : d’autres règles

design-rule-same-hand = { $display } ({ $displayclass }) compose le nom et les titres, { $text } ({ $textclass }) le texte : dessinés par une même main et de nature différente.
design-rule-data-face = { $display } ({ $displayclass }) compose le nom et les titres comme on compose tableaux et code, toutes les lettres de même largeur ; { $text } ({ $textclass }) porte la lecture en dessous.

# La distance au secteur, et les usages.
design-reason-distance-near = Vous avez demandé une distance de { $asked } au secteur, où 0 veut dire comme tous et 1 à part. Mesurée sur la couleur, le caractère, le motif et la forme, cette création se tient à { $measured } : on reconnaît aussitôt de quoi elle relève.
design-reason-distance-between = Vous avez demandé une distance de { $asked } au secteur, où 0 veut dire comme tous et 1 à part. Mesurée sur la couleur, le caractère, le motif et la forme, cette création se tient à { $measured } : elle garde certains signes du secteur et en laisse d’autres.
design-reason-distance-apart = Vous avez demandé une distance de { $asked } au secteur, où 0 veut dire comme tous et 1 à part. Mesurée sur la couleur, le caractère, le motif et la forme, cette création se tient à { $measured } : on ne la confond pas avec les autres, et le nom doit en dire davantage sur ce que vous faites.
design-culture-emblem = Une croix rouge sur fond blanc est un emblème protégé par les Conventions de Genève, qu’une entreprise ne peut pas employer. Dessinez la croix dans une autre couleur ou choisissez un concept sans croix.
design-culture-crescent = En Turquie, le signe de l’aide médicale est le croissant rouge ; une croix peut y sembler étrangère ou religieuse. Préférez un concept sans croix.
design-culture-stage = { $color } : là où l’on parle votre langue, cette couleur passe pour porter malheur sur scène, et des gens de théâtre l’évitent. À vous de voir si cela compte.
design-culture-mourning = Le noir est la couleur du deuil là où l’on parle votre langue. { $color } peut convenir à ce métier, mais placez des couleurs vives à côté.
design-culture-white-mourning = Le blanc évoque au Japon la pureté et aussi le deuil. Si { $color } est la couleur principale, laissez toujours voir une deuxième couleur.
