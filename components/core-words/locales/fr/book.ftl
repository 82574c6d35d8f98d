# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Sommaire
kit-contents-intro = Chaque ligne mène à sa page. Si vous êtes pressé, la réponse se trouve une page plus tôt.
kit-alt-link = { $title }, page { $page }
kit-part-brand = La marque
kit-part-use = En situation
kit-part-record = Pour mémoire
kit-lockups = Versions
kit-palette = Palette

# Construction
kit-construction = Construction
kit-construction-intro = Le signe tient dans un carré divisé en huit sur huit. Les petits carrés sont les points de son contour, les traits à leurs côtés indiquent la direction d’une courbe. En dessous, les parties du logo sont mesurées à la hauteur du signe.
kit-construction-points = Points du contour
kit-construction-shape = Largeur sur hauteur
kit-construction-letters = Hauteur des lettres
kit-construction-gap = Du signe au nom
kit-construction-length = Longueur du logo
kit-construction-note = En hauteurs du signe. Les fichiers respectent ces mesures : rien n’est à construire à la main.
kit-alt-construction = Le signe de { $name } dans son carré de huit sur huit, avec les points de son contour
kit-alt-proportions = Le logo de { $name } avec les lignes sur lesquelles reposent ses parties

# Grounds
kit-grounds = Sur tous les fonds
kit-grounds-intro = Le même logo sur chaque couleur de la marque, dans la version qui y convient. Le chiffre est le contraste de sa partie la plus pâle ; en dessous de 3, un logo commence à se perdre.
kit-alt-ground = Le logo sur { $ground } : { $version }
kit-ground-white = Blanc
kit-ground-dark = Fond sombre
kit-misuse-shadow = Ne pas ajouter d’ombre ni d’effet.
kit-misuse-cropped = Ne rien couper.
kit-misuse-retyped = Ne pas composer le nom dans un autre caractère.

# Print
kit-inks = Impression
kit-inks-intro = Un écran brille, le papier non : aucune encre ne montre toutes les couleurs. Voici ce que chaque couleur demande sur une presse au profil « { $press } », et l’écart entre son impression et l’écran.
kit-inks-color = Couleur
kit-inks-total = Encre en tout
kit-inks-paper = Sur papier
kit-inks-text = Petits textes
kit-inks-close = S’imprime comme on la voit
kit-inks-shifted = Léger écart
kit-inks-apart = Écart net : demandez une épreuve ou un ton direct
kit-inks-black = Composez les petits textes en noir seul. Quatre encres ne se superposent jamais exactement, et les lettres prennent des bords colorés.
kit-inks-proof = Avant un grand tirage, faites faire une épreuve sur le papier qui sera utilisé.
kit-inks-profile = Le profil de votre imprimeur donne de meilleures valeurs que celles-ci. Indiquez-lui aussi la valeur hexadécimale.

# Pictures and icons
kit-imagery = Images et icônes
kit-imagery-intro = Les images disent l’esprit d’une marque, les icônes ce que l’on peut faire. Les unes et les autres gardent le ton du signe. Les figures montrent comment composer, pas quoi photographier.
kit-image-subject = Un seul sujet, hors du centre. L’essentiel se place là où deux tiers se rencontrent ; le reste s’efface.
kit-image-room = Gardez un côté calme. Le logo et une ligne de texte y trouvent leur place.
kit-image-warm = Une lumière chaude, plutôt tardive que de midi, près des gens. Une couleur de la palette revient dans la scène.
kit-image-cool = Une lumière du jour nette, peu d’objets, des bords francs. Une couleur de la palette revient dans la scène.
kit-icons = Icônes
kit-icons-round = Dessinées sur un carré de 24 avec des traits de { $stroke } unités. Bouts et angles sont ronds.
kit-icons-sharp = Dessinées sur un carré de 24 avec des traits de { $stroke } unités. Bouts et angles sont droits.
kit-alt-icons = Neuf icônes : recherche, heure, lettre, personne, menu, calendrier, téléphone, lieu, terminé

# In use
kit-stationery = Papeterie
kit-stationery-intro = Le papier met la marque dans la main. Le logo y figure une fois, dans son coin, avec de l’air autour ; le reste appartient aux mots.
kit-places = Écran, mur et sac
kit-places-intro = Petit sur un téléphone, grand sur un mur : le signe parle seul quand le nom est proche, le logo entier quand il ne l’est pas.
kit-scene-card = Carte de visite
kit-scene-letter = Papier à lettres
kit-scene-envelope = Enveloppe
kit-scene-app = Icône d’application
kit-scene-site = Site web
kit-scene-sign = Enseigne
kit-scene-bag = Sac
kit-alt-scene = { $scene } avec le logo de { $name }, dessin
kit-scene-note = Dessiné avec les contours des fichiers du logo, dans les couleurs de la palette.
kit-sample-person = Prénom et nom
kit-sample-post = Ce que je fais ici
kit-sample-offer = Offre
kit-sample-about = À propos
kit-sample-contact = Contact
kit-sample-more = Lire la suite

# Accessibility
kit-access = Pour tout le monde
kit-access-intro = Une marque que certains ne peuvent pas lire n’est pas finie. Cette page dit ce qui a été mesuré, ce qu’il faut respecter et ce que personne n’a encore essayé.
kit-access-contrast =
    { $count ->
        [one] { $count } paire de couleurs a été mesurée. Le texte le plus faible a un contraste de { $ratio } pour 1 ; WCAG 2.2 demande 4,5.
       *[other] { $count } paires de couleurs ont été mesurées. Le texte le plus faible a un contraste de { $ratio } pour 1 ; WCAG 2.2 demande 4,5.
    }
kit-access-color = La couleur ne parle jamais seule : ajoutez un mot, une forme ou un signe. Les bandes montrent la palette telle que la voient les personnes à qui manque un type de récepteurs.
kit-access-type = Le texte courant a { $px } pixels et une ligne de { $leading }. Rien de ce qui doit être lu n’a moins de { $least } pixels. Les tailles sont en rem : le texte grandit avec les réglages de son lecteur.
kit-access-logo = Le texte de remplacement du logo est « { $name } », et rien d’autre. Si le nom figure à côté en toutes lettres, il reste vide.
kit-access-book = Ce fichier peut s’écouter : titres, tableaux et liens sont balisés, et chaque figure est décrite (PDF/UA-1, PDF/A-2a).
kit-access-missing = Ce qui manque
kit-access-limits = Tout cela a été mesuré par des programmes. Personne ne l’a encore essayé au quotidien : interrogez des gens qui voient, entendent ou bougent autrement.
kit-sight-usual = Vision courante
kit-sight-protan = Sans récepteurs du rouge
kit-sight-deutan = Sans récepteurs du vert
kit-sight-tritan = Sans récepteurs du bleu
kit-sight-least = Paire la plus proche : dE { $difference }
kit-alt-sight = La palette : { $sight }

# Tokens
kit-tokens = Variables
kit-tokens-intro = Dans le code, écrivez des noms et jamais des valeurs : un seul changement atteint alors chaque page, et les écrans sombres viennent d’eux-mêmes. Les mêmes noms figurent dans chaque fichier de tokens/.
kit-tokens-name = Nom en CSS
kit-tokens-formats = Pour quel outil
kit-licences = Licences
