# Das Markenbuch und die Übersicht.

kit-book = Markenhandbuch
kit-book-of = { $name }: Markenhandbuch
kit-overview-of = { $name }: die Marke auf einen Blick
kit-cover = Titel

# Das Wichtigste
kit-reference = Auf einen Blick
kit-reference-intro = Drei Fragen kommen jeden Tag: welche Datei, welche Farbe, welche Schrift. Wer nur eine Seite liest, lese diese.
kit-which-file = Welche Datei?
kit-which-color = Welche Farbe?
kit-which-face = Welche Schrift?
kit-case-page = Website, Brief, Folie: jeder helle Grund
kit-case-dark = Auf der dunklen Farbe der Marke
kit-case-narrow = Wo Höhe da ist, aber wenig Breite
kit-case-profile = Profilbild, App, kleine Flächen
kit-case-one-color = Stempel, Gravur, einfarbiger Druck
kit-case-photo = Auf Fotos und kräftigen Farben
kit-face-display = Schnitt { $weight }. Für Namen, Titel und Überschriften.
kit-face-text = Schnitt { $weight }. Für alles, was gelesen wird.
kit-face-strong = Schnitt { $weight } für Hervorhebungen und Beschriftungen.

# Idee und Gründe
kit-idea = Die Idee
kit-reasons = Warum es so aussieht
kit-reasons-intro = Jede Entscheidung hat einen Grund. Dabei steht, wie gesichert er ist und woher er stammt, damit Sie ihn abwägen und ihm auch widersprechen können.
kit-topic-industry = Die Branche
kit-topic-style = Der Ton
kit-topic-color = Farbe
kit-topic-type = Schrift
kit-topic-shape = Form
kit-topic-logo = Das Logo
kit-topic-name = Der Name
kit-topic-character = Der Charakter
kit-topic-category = Farben der Branche
kit-topic-contrast = Lesbarkeit
kit-topic-motif = Das Zeichen
kit-topic-other = Gut zu wissen
kit-evidence-strong = Gut belegt
kit-evidence-limited = Teilweise belegt
kit-evidence-practice = Aus der Praxis
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Zeichen und Name stehen in einem festen Verhältnis. Nehmen Sie zuerst die waagerechte Fassung; die anderen sind für Flächen, auf denen sie zu klein würde. Verwenden Sie immer die Dateien und setzen Sie den Namen nie selbst.
kit-lockup-stacked = Gestapelt
kit-lockup-stacked-use = Für quadratische und schmale Flächen.
kit-lockup-mark = Zeichen
kit-lockup-mark-use = Wo der Name ohnehin in der Nähe steht.
kit-lockup-wordmark = Schriftzug
kit-lockup-wordmark-use = Wo das Zeichen zu klein würde.
kit-colorways = Farbfassungen
kit-colorways-intro = Sechs Fassungen genügen für jeden Grund und jedes Druckverfahren. Der Grund entscheidet: Nehmen Sie die, bei der jeder Teil sofort zu sehen ist.
kit-colorway-color = Farbig
kit-colorway-color-use = Der Regelfall, auf Weiß und hellem Grund.
kit-colorway-reversed = Negativ
kit-colorway-reversed-use = Auf der dunklen Farbe der Marke.
kit-colorway-black = Schwarz
kit-colorway-black-use = Wo es nur eine Druckfarbe gibt.
kit-colorway-white = Weiß
kit-colorway-white-use = Auf kräftigen Farben und ruhigen Stellen in Fotos.
kit-space = Raum und Größe
kit-space-intro = Ein Logo braucht Luft um sich und eine gewisse Größe, sonst ist es keines mehr. Alle Werte sind an diesem Logo gemessen.
kit-space-rule = Auf jeder Seite bleiben { $percent } % der Zeichenhöhe (x) frei: kein Text, keine Kante, kein anderes Logo.
kit-smallest = Kleinste Größe
kit-smallest-rule = Zeigen Sie das Zeichen nie kleiner als { $px } Pixel, im Druck { $mm } mm. Darunter laufen seine Teile zusammen.
kit-misuse = Bitte nicht
kit-misuse-intro = Ein Logo prägt sich ein, weil es immer gleich aussieht. Diese Änderungen wirken harmlos und machen das zunichte.
kit-misuse-stretched = Nicht strecken und nicht stauchen.
kit-misuse-turned = Nicht kippen.
kit-misuse-recolored = Nicht umfärben.
kit-misuse-contrast = Nicht dorthin setzen, wo es untergeht.
kit-misuse-crowded = Nichts zu nahe kommen lassen.
kit-misuse-rearranged = Die Teile nicht neu anordnen.
kit-concepts = Alle Entwürfe
kit-concepts-intro = { $count } Entwürfe sind aus verschiedenen Ideen entstanden. Nummer 1 wird empfohlen und steht überall in diesem Buch; die Dateien aller Entwürfe liegen bei.

# Farbe
kit-color = Farbe
kit-color-intro = Die Bänder zeigen, wie viel einer üblichen Gestaltung jede Farbe einnimmt. Geben Sie den leisen den Platz, dann werden die lauten gehört.
kit-color-intro-given = Die Hauptfarbe ist die von Ihnen genannte, unverändert. Die Bänder zeigen, wie viel einer üblichen Gestaltung jede Farbe einnimmt: Geben Sie den leisen den Platz.
kit-swatch-primary = Hauptfarbe
kit-swatch-secondary = Zweitfarbe
kit-swatch-accent = Akzent
kit-swatch-ink = Schriftfarbe
kit-swatch-paper = Papier
kit-swatch-neutral = Neutral
kit-scales = Stufen und Themen
kit-scales-intro = Jede Farbe hat elf Stufen von hell bis dunkel, für Flächen, Linien und Zustände. Die Themen wenden sie an: eines für helle, eines für dunkle Bildschirme, eines mit hohem Kontrast.
kit-theme-light = Hell
kit-theme-dark = Dunkel
kit-contrast = Kontrast
kit-contrast-intro = Jedes Feld ist in den beiden Farben gesetzt, von denen es spricht. Ab 4,5 ist Text für fast alle lesbar (AA), ab 7 mühelos (AAA); 3 genügt für große Schrift, Linien und Symbole. Gemessen nach WCAG 2.2.
kit-contrast-corner = Farbe auf Grund
kit-role-background = Grund
kit-role-surface = Fläche
kit-role-surface-raised = Erhöht
kit-role-border = Linie
kit-role-text = Text
kit-role-muted = Leiser Text
kit-role-primary = Hauptfarbe
kit-role-secondary = Zweitfarbe
kit-role-accent = Akzent
kit-role-link = Link
kit-role-focus = Fokus
kit-role-success = Erfolg
kit-role-warning = Warnung
kit-role-danger = Gefahr

# Schrift
kit-type = Schriften
kit-sizes = Schriftgrößen
kit-sizes-intro = Alle Größen folgen einem Verhältnis, { $ratio }, damit jede Stufe spürbar ist. Hier sind sie so groß gedruckt, wie sie am Bildschirm stehen.
kit-size-display = Plakat
kit-size-title = Titel
kit-size-heading = Überschrift
kit-size-lead = Vorspann
kit-size-body = Lauftext
kit-size-caption = Bildtext
kit-size-values = { $px } px, Zeile { $leading }, Sperrung { $tracking } %
kit-sample = Gute Gestaltung ist leise, wo sie kann, und klar, wo sie muss.
kit-sample-long = Man begegnet einer Marke im Vorbeigehen: an einer Tür, auf dem Telefon, am Rand eines Kassenzettels. Selten wird sie gelesen, nie studiert. Was bleibt, ist ein Ton, eine Farbe, der Rhythmus einer Zeile. Kehren sie jedes Mal wieder, wächst Vertrauen fast von selbst; wechseln sie, ist jede Begegnung die erste.
kit-sample-display = Gemacht zum Bleiben
kit-sample-title = Was im Kopf bleibt
kit-sample-heading = Einmal gesagt, und deutlich
kit-sample-lead = Der erste Satz führt von der Überschrift in den Text und sagt, worum es geht.
kit-sample-body = Lauftext will gelesen, nicht gesehen werden. Fünfzig bis fünfundsiebzig Zeichen je Zeile, Raum zwischen den Absätzen, und Hervorhebungen so selten, dass sie auffallen.
kit-sample-caption = Bildtexte erklären ein Bild, Anmerkungen nennen eine Quelle. Sie sind klein und bleiben lesbar.

# Dateien
kit-files = Dateien und Impressum
kit-files-intro = Alles in diesem Buch liegt als Datei bei. Die Liste aller Dateien mit ihren Prüfsummen ist manifest.json.
kit-folders = Was wo liegt
kit-folder-root = brand.json sagt, was entschieden wurde und warum, report.json, was gemessen wurde, manifest.json, welche Dateien es gibt.
kit-folder-logos = Jeder Entwurf in jeder Fassung, als SVG und als PNG.
kit-folder-web = Symbole für Browser und Telefone, mit den Zeilen für Ihre Seite.
kit-folder-app = Symbole für Apps.
kit-folder-social = Bilder für soziale Netze.
kit-folder-tokens = Farben und Schrift für die Entwicklung: CSS, Sass, Design Tokens.
kit-folder-book = Dieses Buch.
kit-folder-print = Geschäftspapiere für Ihre Druckerei: Endformat, Beschnitt und Marken sind gesetzt. Namen und Adressen sind Platzhalter.
kit-folder-fonts = Die Schriften mit ihren Lizenzen.
kit-file-count =
    { $count ->
        [one] { $count } Datei.
       *[other] { $count } Dateien.
    }
kit-faces = Schriften
kit-license = Lizenz { $license }: frei für Druck, Web und Produkte.
kit-colophon = Impressum
kit-made-with = Hergestellt mit Imprint { $version } vom { $date }.
kit-made-from = Startwert { $seed }, Entwürfe: { $concepts }.
kit-made-again = Gleiche Angaben, gleicher Startwert und gleiche Fassung ergeben wieder genau dieses Paket, Byte für Byte.

# Für alle, die das Buch hören
kit-alt-horizontal = Das Logo von { $name }: Zeichen und Name nebeneinander
kit-alt-stacked = Das Logo von { $name }: das Zeichen über dem Namen
kit-alt-mark = Das Zeichen von { $name }
kit-alt-wordmark = Der Name { $name } als Schriftzug
kit-alt-concept = Entwurf { $rank }: { $title }
kit-alt-sizes = Das Zeichen in steigenden Größen, ab { $px } Pixeln
kit-alt-shares = Bänder, so breit wie der Anteil jeder Farbe an einer Gestaltung

# The third theme, what informs, and print
kit-theme-high-contrast = Kontrastreich
kit-role-info = Hinweis
kit-print = CMYK gilt für die Druckmaschine des Profils „{ $profile }“; dE sagt, wie weit ihr Druck vom Bildschirm abweicht. Das Profil Ihrer Druckerei liefert bessere Werte.

# Contact sheet
kit-sheet-smallest = Ab { $px } px

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Waagerecht
kit-lockup-horizontal-use = Die erste Wahl, wo immer Platz ist.
kit-lockup-square = Quadrat
kit-lockup-square-use = Für Profilbilder, die den Namen tragen.
kit-lockup-badge = Plakette
kit-lockup-badge-use = Für Aufkleber, Stempel und Etiketten.
kit-colorway-mono = Einfarbig
kit-colorway-mono-use = Für eine eigene Druckfarbe, ein Garn oder eine Folie.
kit-colorway-grey = Graustufen
kit-colorway-grey-use = Für Zeitungen, Formulare und Kopien.
kit-alt-square = Das Logo von { $name } im Quadrat: das Zeichen über dem Namen
kit-alt-badge = Die Plakette von { $name }: Zeichen und Name als eine Figur
kit-alt-small = Das Zeichen von { $name }, für kleine Größen gezeichnet
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Alle Fassungen des Logos in ihren kleinsten Größen
kit-space-letters = Auf jeder Seite bleibt ein Rand von x frei: kein Text, keine Kante, kein anderes Logo. x ist die halbe Höhe der Buchstaben, { $percent } % der Zeichenhöhe.
kit-space-stroke = Auf jeder Seite bleibt ein Rand von x frei: kein Text, keine Kante, kein anderes Logo. x ist so breit wie die Striche des Zeichens, { $percent } % seiner Höhe.
kit-smallest-lockups = Jede Fassung in der kleinsten erlaubten Größe, wie sie wirklich ist. Darunter geht der feinste Strich des Namens oder ein Teil des Zeichens verloren.
kit-smallest-drawing = Von 16 bis 32 Pixel dient die Zeichnung für kleine Größen: die Dateien, deren Namen mit „small“ beginnen.

# Revisions
kit-changes-title = Was sich von Fassung { $from } zu Fassung { $to } geändert hat
kit-changes-before = vorher
kit-changes-after = nachher
kit-changes-asked = Was gewünscht war
kit-changes-decided = Was entschieden wurde
kit-changes-colors = Farben
kit-changes-files = Dateien
kit-changes-nothing = Nichts.
kit-changes-counts = { $added } neu, { $removed } entfernt, { $changed } geändert, { $same } wie zuvor.

# The page of the checks
kit-report-title = Prüfungen von { $name }
kit-report-intro = Alle Prüfungen dieses Pakets: was gemessen wurde und woran. Die Prüfungen selbst sind auf Englisch beschrieben; dasselbe steht für Programme in report.json.
kit-report-passed = bestanden
kit-report-missed = verfehlt
kit-report-failed = durchgefallen
kit-report-told = zur Kenntnis
kit-report-checks = Prüfungen
kit-report-gates = gebrochene Zusagen
kit-report-warnings = verfehlte Ziele
kit-report-check = Prüfung
kit-report-measured = Gemessen
kit-report-threshold = Schwelle
kit-report-result = Ergebnis
kit-report-first = Was verfehlt wurde
kit-report-whole = Jede Zusage ist gehalten und jedes Ziel erreicht.
kit-report-group-palette = Farbe
kit-report-group-type = Schrift
kit-report-group-logo = Logo
kit-report-group-assets = Bilder und Icons
kit-report-group-tokens = Tokens
kit-report-group-fonts = Schriftdateien
kit-report-group-book = Markenbuch
kit-report-group-print = Geschäftspapiere
kit-report-group-email = E-Mail-Signatur
kit-report-group-other = Weiteres

# More folders
kit-folder-email = Signatur für E-Mails, als HTML und als reiner Text.
made-files =
    { $count ->
        [one] { $count } Datei, { $size } kB, in { $path }
       *[other] { $count } Dateien, { $size } kB, in { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } Entwurf, `{ $first }` wird empfohlen.
       *[other] { $count } Entwürfe, `{ $first }` wird empfohlen.
    }
made-book = Wie alles zu verwenden ist und warum.
made-overview = Das Kit auf einen Blick.
made-index = Welche Datei wofür: hier beginnen.
made-seed = Seed { $seed }, { $seconds } s
made-setup = (davon { $seconds } s Vorbereitung)
made-fewer = nur { $count } von { $asked } Entwürfen: alles andere ist den genannten Zeichen zu ähnlich. Ein anderer Seed kann mehr ergeben.
made-missed = { $id } fehlt: { $why }
made-note = Hinweis: { $text }
