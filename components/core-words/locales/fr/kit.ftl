# Le livre de marque et la vue d’ensemble.

kit-book = Charte de marque
kit-book-of = { $name } : charte de marque
kit-overview-of = { $name } : la marque d’un coup d’œil
kit-cover = Couverture

# L’essentiel
kit-reference = L’essentiel
kit-reference-intro = Trois questions reviennent chaque jour : quel fichier, quelle couleur, quel caractère. Si vous ne lisez qu’une page, que ce soit celle-ci.
kit-which-file = Quel fichier ?
kit-which-color = Quelle couleur ?
kit-which-face = Quel caractère ?
kit-case-page = Site, lettre, diapositive : tout fond clair
kit-case-dark = Sur la couleur sombre de la marque
kit-case-narrow = Là où il y a de la hauteur mais peu de largeur
kit-case-profile = Photo de profil, application, petits espaces
kit-case-one-color = Tampon, gravure, impression en une couleur
kit-case-photo = Sur les photographies et les couleurs vives
kit-face-display = Graisse { $weight }. Pour le nom, les titres et les intertitres.
kit-face-text = Graisse { $weight }. Pour tout ce qui se lit.
kit-face-strong = Graisse { $weight } pour souligner et étiqueter.

# L’idée et les raisons
kit-idea = L’idée
kit-reasons = Pourquoi ainsi
kit-reasons-intro = Chaque décision a sa raison. Vous trouvez à côté de chacune son degré de certitude et sa source, pour pouvoir la peser, et la contester.
kit-topic-industry = Le métier
kit-topic-style = Le ton
kit-topic-color = Couleur
kit-topic-type = Typographie
kit-topic-shape = Forme
kit-topic-logo = Le logo
kit-topic-name = Le nom
kit-topic-character = Le caractère
kit-topic-category = Les couleurs du métier
kit-topic-contrast = Lisibilité
kit-topic-motif = Le signe
kit-topic-other = Bon à savoir
kit-evidence-strong = Bien établi
kit-evidence-limited = En partie établi
kit-evidence-practice = Usage du métier
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Le signe et le nom sont liés par un rapport fixe. Prenez d’abord la version horizontale ; les autres servent là où elle deviendrait trop petite. Utilisez toujours les fichiers et ne composez jamais le nom vous-même.
kit-lockup-stacked = Superposé
kit-lockup-stacked-use = Pour les espaces carrés et étroits.
kit-lockup-mark = Signe
kit-lockup-mark-use = Là où le nom est déjà proche.
kit-lockup-wordmark = Nom
kit-lockup-wordmark-use = Là où le signe serait trop petit.
kit-colorways = Versions de couleur
kit-colorways-intro = Six versions suffisent à tous les fonds et à toutes les impressions. C’est le fond qui décide : prenez celle dont chaque partie se voit au premier regard.
kit-colorway-color = En couleur
kit-colorway-color-use = L’usage courant, sur blanc et fonds clairs.
kit-colorway-reversed = Inversé
kit-colorway-reversed-use = Sur la couleur sombre de la marque.
kit-colorway-black = Noir
kit-colorway-black-use = Là où il n’y a qu’une encre.
kit-colorway-white = Blanc
kit-colorway-white-use = Sur les couleurs vives et les zones calmes des photographies.
kit-space = Espace et taille
kit-space-intro = Un logo a besoin d’air autour de lui et d’une certaine taille, sans quoi il n’en est plus un. Toutes les valeurs ont été mesurées sur ce logo.
kit-space-rule = Laissez libre de chaque côté { $percent } % de la hauteur du signe (x) : ni texte, ni bord, ni autre logo.
kit-smallest = Taille minimale
kit-smallest-rule = Ne montrez jamais le signe à moins de { $px } pixels, ou { $mm } mm à l’impression. En dessous, ses parties se confondent.
kit-misuse = À ne pas faire
kit-misuse-intro = Un logo devient familier parce qu’il est toujours le même. Ces changements paraissent anodins et défont tout.
kit-misuse-stretched = Ne pas l’étirer ni l’écraser.
kit-misuse-turned = Ne pas l’incliner.
kit-misuse-recolored = Ne pas lui donner d’autres couleurs.
kit-misuse-contrast = Ne pas le placer là où il se perd.
kit-misuse-crowded = Ne rien laisser s’en approcher.
kit-misuse-rearranged = Ne pas déplacer ses parties.
kit-concepts = Toutes les pistes
kit-concepts-intro = { $count } pistes sont nées d’idées différentes. La première est recommandée et figure partout dans cette charte ; les fichiers de toutes sont dans le kit.

# Couleur
kit-color = Couleur
kit-color-intro = Les bandes montrent la place de chaque couleur dans une mise en page courante. Laissez l’espace aux discrètes, et l’on entendra les vives.
kit-color-intro-given = La couleur principale est celle que vous avez donnée, sans changement. Les bandes montrent la place de chaque couleur dans une mise en page courante : laissez l’espace aux discrètes.
kit-swatch-primary = Principale
kit-swatch-secondary = Secondaire
kit-swatch-accent = Accent
kit-swatch-ink = Encre
kit-swatch-paper = Papier
kit-swatch-neutral = Neutre
kit-scales = Gammes et thèmes
kit-scales-intro = Chaque couleur a onze degrés du clair au sombre, pour les surfaces, les bords et les états. Les thèmes les mettent en œuvre : un pour les écrans clairs, un pour les sombres, un à contraste élevé.
kit-theme-light = Clair
kit-theme-dark = Sombre
kit-contrast = Contraste
kit-contrast-intro = Chaque case est composée dans les deux couleurs dont elle parle. Dès 4,5 presque tout le monde peut lire le texte (AA), dès 7 sans effort (AAA) ; 3 suffit aux grands caractères, aux traits et aux symboles. Mesuré selon WCAG 2.2.
kit-contrast-corner = Couleur sur fond
kit-role-background = Fond
kit-role-surface = Surface
kit-role-surface-raised = Relevée
kit-role-border = Bord
kit-role-text = Texte
kit-role-muted = Texte discret
kit-role-primary = Principale
kit-role-secondary = Secondaire
kit-role-accent = Accent
kit-role-link = Lien
kit-role-focus = Focus
kit-role-success = Succès
kit-role-warning = Alerte
kit-role-danger = Danger

# Typographie
kit-type = Caractères
kit-sizes = Corps
kit-sizes-intro = Tous les corps suivent un seul rapport, { $ratio }, pour que chaque degré se sente. Ils sont imprimés ici aussi grands qu’à l’écran.
kit-size-display = Affiche
kit-size-title = Titre
kit-size-heading = Intertitre
kit-size-lead = Chapeau
kit-size-body = Texte courant
kit-size-caption = Légende
kit-size-values = { $px } px, ligne { $leading }, approche { $tracking } %
kit-sample = Le bon dessin se tait où il peut et se fait net où il doit.
kit-sample-long = On croise une marque en passant : sur une porte, sur un téléphone, au bord d’un ticket. On la lit rarement, on ne l’étudie jamais. Il en reste un ton, une couleur, le rythme d’une ligne. S’ils reviennent chaque fois, la confiance vient presque d’elle-même ; s’ils changent, chaque rencontre est la première.
kit-sample-display = Fait pour durer
kit-sample-title = Ce qui demeure
kit-sample-heading = Dit une fois, et clairement
kit-sample-lead = La première phrase mène du titre au texte et dit ce qui compte.
kit-sample-body = Le texte courant veut être lu, non regardé. Des lignes de cinquante à soixante-quinze signes, de l’air entre les paragraphes, et des accents assez rares pour qu’on les remarque.
kit-sample-caption = La légende explique une image, la note cite une source. Elles sont petites et restent lisibles.

# Fichiers
kit-files = Fichiers et colophon
kit-files-intro = Tout ce qui figure dans cette charte est dans le kit sous forme de fichier. La liste complète, avec les sommes de contrôle, est manifest.json.
kit-folders = Où se trouve quoi
kit-folder-root = brand.json dit ce qui a été décidé et pourquoi, report.json ce qui a été mesuré, manifest.json quels fichiers il y a.
kit-folder-logos = Chaque piste dans chaque version, en SVG et en PNG.
kit-folder-web = Icônes pour navigateurs et téléphones, avec les lignes pour votre page.
kit-folder-app = Icônes d’application.
kit-folder-social = Images pour les réseaux sociaux.
kit-folder-tokens = Couleurs et typographie pour le développement : CSS, Sass, Design Tokens.
kit-folder-book = Cette charte.
kit-folder-print = Papeterie pour votre imprimeur : format fini, fond perdu et repères sont posés. Noms et adresses sont fictifs.
kit-folder-fonts = Les caractères et leurs licences.
kit-file-count =
    { $count ->
        [one] { $count } fichier.
       *[other] { $count } fichiers.
    }
kit-faces = Caractères
kit-license = Licence { $license } : libre pour l’imprimé, le web et les produits.
kit-colophon = Colophon
kit-made-with = Fait avec Imprint { $version } du { $date }.
kit-made-from = Graine { $seed } ; pistes : { $concepts }.
kit-made-again = La même demande, la même graine et la même version redonnent exactement ce kit, octet pour octet.

# Pour celles et ceux qui écoutent la charte
kit-alt-horizontal = Le logo de { $name } : le signe et le nom côte à côte
kit-alt-stacked = Le logo de { $name } : le signe au-dessus du nom
kit-alt-mark = Le signe de { $name }
kit-alt-wordmark = Le nom { $name } en logotype
kit-alt-concept = Piste { $rank } : { $title }
kit-alt-sizes = Le signe en tailles croissantes, à partir de { $px } pixels
kit-alt-shares = Des bandes aussi larges que la part de chaque couleur dans une mise en page

# The third theme, what informs, and print
kit-theme-high-contrast = Contraste élevé
kit-role-info = Info
kit-print = CMJN vaut pour la presse du profil « { $profile } » ; dE dit de combien son impression s’écarte de l’écran. Le profil de votre imprimeur donne de meilleures valeurs.

# Contact sheet
kit-sheet-smallest = À partir de { $px } px

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Horizontal
kit-lockup-horizontal-use = Le premier choix, partout où il y a de la place.
kit-lockup-square = Carré
kit-lockup-square-use = Pour les photos de profil qui portent le nom.
kit-lockup-badge = Insigne
kit-lockup-badge-use = Pour les autocollants, les tampons et les étiquettes.
kit-colorway-mono = Une couleur
kit-colorway-mono-use = Pour une encre à vous, un fil ou une dorure.
kit-colorway-grey = Niveaux de gris
kit-colorway-grey-use = Pour les journaux, les formulaires et les copies.
kit-alt-square = Le logo de { $name } dans un carré : le signe au-dessus du nom
kit-alt-badge = L’insigne de { $name } : le signe et le nom en une seule figure
kit-alt-small = Le signe de { $name }, dessiné pour les petites tailles
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Toutes les versions du logo à leur taille minimale
kit-space-letters = Laissez libre une marge de x de chaque côté : ni texte, ni bord, ni autre logo. x vaut la moitié de la hauteur des lettres, soit { $percent } % de la hauteur du signe.
kit-space-stroke = Laissez libre une marge de x de chaque côté : ni texte, ni bord, ni autre logo. x est aussi large que les traits du signe, soit { $percent } % de sa hauteur.
kit-smallest-lockups = Chaque version à la plus petite taille permise, en vraie grandeur. En dessous, le trait le plus fin du nom ou une partie du signe se perd.
kit-smallest-drawing = De 16 à 32 pixels, prenez le dessin fait pour les petites tailles : les fichiers dont le nom commence par « small ».

# Revisions
kit-changes-title = Ce qui a changé de la révision { $from } à la révision { $to }
kit-changes-before = avant
kit-changes-after = après
kit-changes-asked = Ce qui était demandé
kit-changes-decided = Ce qui a été décidé
kit-changes-colors = Couleurs
kit-changes-files = Fichiers
kit-changes-nothing = Rien.
kit-changes-counts = Ajouts : { $added }, suppressions : { $removed }, modifications : { $changed }, inchangés : { $same }.

# The page of the checks
kit-report-title = Contrôles de { $name }
kit-report-intro = Tous les contrôles de ce kit : ce qui a été mesuré, et par rapport à quoi. Les contrôles sont rédigés en anglais ; report.json dit la même chose aux programmes.
kit-report-passed = réussi
kit-report-missed = manqué
kit-report-failed = échoué
kit-report-told = pour information
kit-report-checks = contrôles
kit-report-gates = promesses non tenues
kit-report-warnings = objectifs manqués
kit-report-check = Contrôle
kit-report-measured = Mesure
kit-report-threshold = Seuil
kit-report-result = Résultat
kit-report-first = Ce qui a été manqué
kit-report-whole = Toutes les promesses sont tenues et tous les objectifs atteints.
kit-report-group-palette = Couleur
kit-report-group-type = Typographie
kit-report-group-logo = Logo
kit-report-group-assets = Images et icônes
kit-report-group-tokens = Tokens
kit-report-group-fonts = Polices
kit-report-group-book = Charte graphique
kit-report-group-print = Papeterie
kit-report-group-email = Signature d’e-mail
kit-report-group-other = Autres

# More folders
kit-folder-email = Signature pour les e-mails, en HTML et en texte simple.
made-files =
    { $count ->
        [one] { $count } fichier, { $size } kB, dans { $path }
       *[other] { $count } fichiers, { $size } kB, dans { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } piste, `{ $first }` est recommandée.
       *[other] { $count } pistes, `{ $first }` est recommandée.
    }
made-book = Comment tout utiliser, et pourquoi.
made-overview = Le kit d’un coup d’œil.
made-index = Quel fichier pour quel usage : commencez ici.
made-seed = graine { $seed }, { $seconds } s
made-setup = (dont { $seconds } s de préparation)
made-fewer = seulement { $count } pistes sur { $asked } : tout le reste ressemble trop aux signes indiqués. Une autre graine peut en donner plus.
made-missed = { $id } manque : { $why }
made-note = remarque : { $text }
