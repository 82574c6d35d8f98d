# Het merkboek en het overzicht.

kit-book = Merkboek
kit-book-of = { $name }: merkboek
kit-overview-of = { $name }: het merk in één blik
kit-cover = Omslag

# Het belangrijkste
kit-reference = In het kort
kit-reference-intro = Drie vragen komen elke dag terug: welk bestand, welke kleur, welke letter. Wie maar één bladzijde leest, leest deze.
kit-which-file = Welk bestand?
kit-which-color = Welke kleur?
kit-which-face = Welke letter?
kit-case-page = Website, brief, dia: elke lichte grond
kit-case-dark = Op de donkere kleur van het merk
kit-case-narrow = Waar hoogte is, maar weinig breedte
kit-case-profile = Profielfoto, app, kleine ruimtes
kit-case-one-color = Stempel, gravure, druk in één kleur
kit-case-photo = Op foto’s en sterke kleuren
kit-face-display = Gewicht { $weight }. Voor de naam, titels en koppen.
kit-face-text = Gewicht { $weight }. Voor alles wat gelezen wordt.
kit-face-strong = Gewicht { $weight } voor nadruk en labels.

# Idee en redenen
kit-idea = Het idee
kit-reasons = Waarom het er zo uitziet
kit-reasons-intro = Elk besluit heeft een reden. Erbij staat hoe zeker ze is en waar ze vandaan komt, zodat u haar kunt wegen en het er ook mee oneens kunt zijn.
kit-topic-industry = De branche
kit-topic-style = De toon
kit-topic-color = Kleur
kit-topic-type = Letters
kit-topic-shape = Vorm
kit-topic-logo = Het logo
kit-topic-name = De naam
kit-topic-character = Het karakter
kit-topic-category = De kleuren van de branche
kit-topic-contrast = Leesbaarheid
kit-topic-motif = Het teken
kit-topic-other = Goed om te weten
kit-evidence-strong = Goed onderbouwd
kit-evidence-limited = Deels onderbouwd
kit-evidence-practice = Uit de praktijk
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Teken en naam staan in een vaste verhouding. Neem eerst de horizontale versie; de andere zijn voor ruimtes waarin die te klein zou worden. Gebruik altijd de bestanden en zet de naam nooit zelf.
kit-lockup-stacked = Gestapeld
kit-lockup-stacked-use = Voor vierkante en smalle ruimtes.
kit-lockup-mark = Teken
kit-lockup-mark-use = Waar de naam al in de buurt is.
kit-lockup-wordmark = Woordmerk
kit-lockup-wordmark-use = Waar het teken te klein zou zijn.
kit-colorways = Kleurversies
kit-colorways-intro = Zes versies volstaan voor elke grond en elke druk. De grond beslist: neem de versie waarin elk deel op het eerste gezicht te zien is.
kit-colorway-color = In kleur
kit-colorway-color-use = De gewone, op wit en lichte grond.
kit-colorway-reversed = Negatief
kit-colorway-reversed-use = Op de donkere kleur van het merk.
kit-colorway-black = Zwart
kit-colorway-black-use = Waar maar één inkt mogelijk is.
kit-colorway-white = Wit
kit-colorway-white-use = Op sterke kleuren en rustige delen van foto’s.
kit-space = Ruimte en formaat
kit-space-intro = Het logo heeft lucht om zich heen nodig en een zeker formaat, anders is het geen logo meer. Alle waarden zijn aan dit logo gemeten.
kit-space-rule = Houd aan elke kant een marge van { $percent }% van de hoogte van het teken (x) vrij: geen tekst, geen rand, geen ander logo.
kit-smallest = Kleinste formaat
kit-smallest-rule = Toon het teken nooit kleiner dan { $px } pixels, of { $mm } mm in druk. Daaronder lopen de delen in elkaar over.
kit-misuse = Liever niet
kit-misuse-intro = Een logo wordt vertrouwd doordat het er altijd hetzelfde uitziet. Deze veranderingen lijken onschuldig en maken dat ongedaan.
kit-misuse-stretched = Rek het niet uit en druk het niet in.
kit-misuse-turned = Kantel het niet.
kit-misuse-recolored = Geef het geen andere kleuren.
kit-misuse-contrast = Zet het niet waar het niet te zien is.
kit-misuse-crowded = Laat niets te dichtbij komen.
kit-misuse-rearranged = Verplaats de delen niet.
kit-concepts = Alle voorstellen
kit-concepts-intro = { $count } voorstellen kwamen uit verschillende ideeën voort. Nummer 1 wordt aangeraden en staat overal in dit boek; de bestanden van alle voorstellen zitten in de kit.

# Kleur
kit-color = Kleur
kit-color-intro = De banen tonen hoeveel elke kleur van een gewone opmaak inneemt. Geef de stille de ruimte, dan worden de luide gehoord.
kit-color-intro-given = De hoofdkleur is de kleur die u opgaf, onveranderd. De banen tonen hoeveel elke kleur van een gewone opmaak inneemt: geef de stille de ruimte.
kit-swatch-primary = Hoofdkleur
kit-swatch-secondary = Tweede kleur
kit-swatch-accent = Accent
kit-swatch-ink = Inkt
kit-swatch-paper = Papier
kit-swatch-neutral = Neutraal
kit-scales = Schalen en thema’s
kit-scales-intro = Elke kleur heeft elf stappen van licht naar donker voor vlakken, randen en toestanden. De thema’s zetten ze aan het werk: een voor lichte schermen, een voor donkere, een met hoog contrast.
kit-theme-light = Licht
kit-theme-dark = Donker
kit-contrast = Contrast
kit-contrast-intro = Elk veld is gezet in de twee kleuren waarover het gaat. Vanaf 4,5 is tekst voor bijna iedereen leesbaar (AA), vanaf 7 zonder moeite (AAA); 3 volstaat voor grote letters, lijnen en symbolen. Gemeten volgens WCAG 2.2.
kit-contrast-corner = Kleur op grond
kit-role-background = Grond
kit-role-surface = Vlak
kit-role-surface-raised = Verhoogd
kit-role-border = Rand
kit-role-text = Tekst
kit-role-muted = Stille tekst
kit-role-primary = Hoofdkleur
kit-role-secondary = Tweede kleur
kit-role-accent = Accent
kit-role-link = Link
kit-role-focus = Focus
kit-role-success = Gelukt
kit-role-warning = Let op
kit-role-danger = Gevaar

# Letters
kit-type = Letters
kit-sizes = Formaten
kit-sizes-intro = Alle formaten volgen één verhouding, { $ratio }, zodat elke stap te voelen is. Ze zijn hier zo groot afgedrukt als ze op een scherm zijn.
kit-size-display = Affiche
kit-size-title = Titel
kit-size-heading = Kop
kit-size-lead = Inleiding
kit-size-body = Leestekst
kit-size-caption = Bijschrift
kit-size-values = { $px } px, regel { $leading }, spatiëring { $tracking }%
kit-sample = Goed ontwerp is stil waar het kan en helder waar het moet.
kit-sample-long = Mensen komen een merk in het voorbijgaan tegen: op een deur, op een telefoon, aan de rand van een bon. Ze lezen het zelden en bestuderen het nooit. Wat blijft is een toon, een kleur, het ritme van een regel. Keren die elke keer terug, dan groeit vertrouwen bijna vanzelf; veranderen ze, dan is elke ontmoeting de eerste.
kit-sample-display = Gemaakt om te blijven
kit-sample-title = Een regel die blijft
kit-sample-heading = Eén keer gezegd, en duidelijk
kit-sample-lead = De eerste zin leidt van de kop naar de tekst en zegt waar het om gaat.
kit-sample-body = Leestekst wil gelezen worden, niet gezien. Houd regels tussen vijftig en vijfenzeventig tekens, laat ruimte tussen de alinea’s en wees zuinig met nadruk.
kit-sample-caption = Bijschriften verklaren een beeld, noten noemen een bron. Ze zijn klein en blijven leesbaar.

# Bestanden
kit-files = Bestanden en colofon
kit-files-intro = Alles in dit boek zit als bestand in de kit. De lijst van alle bestanden met hun controlesommen is manifest.json.
kit-folders = Wat waar ligt
kit-folder-root = brand.json zegt wat er besloten is en waarom, report.json wat er gemeten is, manifest.json welke bestanden er zijn.
kit-folder-logos = Elk voorstel in elke versie, als SVG en als PNG.
kit-folder-web = Pictogrammen voor browsers en telefoons, met de regels voor uw pagina.
kit-folder-app = Pictogrammen voor apps.
kit-folder-social = Afbeeldingen voor sociale netwerken.
kit-folder-tokens = Kleuren en letters voor ontwikkelaars: CSS, Sass, Design Tokens.
kit-folder-book = Dit boek.
kit-folder-print = Huisstijldrukwerk voor uw drukker: eindformaat, afloop en snijtekens staan erin. Namen en adressen zijn voorbeelden.
kit-folder-fonts = De letters met hun licenties.
kit-file-count =
    { $count ->
        [one] { $count } bestand.
       *[other] { $count } bestanden.
    }
kit-faces = Letters
kit-license = Licentie { $license }: vrij voor druk, web en producten.
kit-colophon = Colofon
kit-made-with = Gemaakt met Imprint { $version } van { $date }.
kit-made-from = Startwaarde { $seed }, voorstellen: { $concepts }.
kit-made-again = Dezelfde briefing, startwaarde en versie geven opnieuw precies deze kit, byte voor byte.

# Voor wie het boek hoort
kit-alt-horizontal = Het logo van { $name }: teken en naam naast elkaar
kit-alt-stacked = Het logo van { $name }: het teken boven de naam
kit-alt-mark = Het teken van { $name }
kit-alt-wordmark = De naam { $name } als woordmerk
kit-alt-concept = Voorstel { $rank }: { $title }
kit-alt-sizes = Het teken in oplopende formaten, vanaf { $px } pixels
kit-alt-shares = Banen zo breed als het aandeel van elke kleur in een opmaak
kit-theme-high-contrast = Hoog contrast
kit-role-info = Informatie
kit-print = CMYK geldt voor de drukpers van het profiel “{ $profile }”; dE zegt hoe ver de druk van het scherm af ligt. Het profiel van uw eigen drukker geeft betere waarden.

# Contact sheet
kit-sheet-smallest = Vanaf { $px } px

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Horizontaal
kit-lockup-horizontal-use = De eerste keuze, overal waar plaats is.
kit-lockup-square = Vierkant
kit-lockup-square-use = Voor profielfoto’s die de naam dragen.
kit-lockup-badge = Embleem
kit-lockup-badge-use = Voor stickers, stempels en etiketten.
kit-colorway-mono = Eén kleur
kit-colorway-mono-use = Voor één eigen inkt, een garen of een folie.
kit-colorway-grey = Grijstinten
kit-colorway-grey-use = Voor kranten, formulieren en kopieën.
kit-alt-square = Het logo van { $name } in een vierkant: het teken boven de naam
kit-alt-badge = Het embleem van { $name }: teken en naam als één figuur
kit-alt-small = Het teken van { $name }, getekend voor kleine formaten
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Alle versies van het logo op hun kleinste formaat
kit-space-letters = Houd aan elke kant een marge van x vrij: geen tekst, geen rand, geen ander logo. x is de halve hoogte van de letters, { $percent }% van de hoogte van het teken.
kit-space-stroke = Houd aan elke kant een marge van x vrij: geen tekst, geen rand, geen ander logo. x is zo breed als de lijnen van het teken, { $percent }% van de hoogte ervan.
kit-smallest-lockups = Elke versie op het kleinste formaat dat mag, op ware grootte. Daaronder gaat de fijnste lijn van de naam of een deel van het teken verloren.
kit-smallest-drawing = Neem van 16 tot 32 pixels de tekening voor kleine formaten: de bestanden waarvan de naam met “small” begint.

# Revisions
kit-changes-title = Wat er is veranderd van revisie { $from } naar revisie { $to }
kit-changes-before = voorheen
kit-changes-after = nu
kit-changes-asked = Wat er is gevraagd
kit-changes-decided = Wat er is besloten
kit-changes-colors = Kleuren
kit-changes-files = Bestanden
kit-changes-nothing = Niets.
kit-changes-counts = { $added } toegevoegd, { $removed } verwijderd, { $changed } gewijzigd, { $same } als voorheen.

# The page of the checks
kit-report-title = Controles van { $name }
kit-report-intro = Alle controles van deze kit: wat er is gemeten, en waartegen. De controles zijn in het Engels beschreven; hetzelfde staat voor programma’s in report.json.
kit-report-passed = geslaagd
kit-report-missed = gemist
kit-report-failed = niet geslaagd
kit-report-told = ter informatie
kit-report-checks = controles
kit-report-gates = beloften niet gehouden
kit-report-warnings = doelen gemist
kit-report-check = Controle
kit-report-measured = Gemeten
kit-report-threshold = Drempel
kit-report-result = Uitkomst
kit-report-first = Wat er is gemist
kit-report-whole = Elke belofte is gehouden en elk doel is gehaald.
kit-report-group-palette = Kleur
kit-report-group-type = Typografie
kit-report-group-logo = Logo
kit-report-group-assets = Afbeeldingen en iconen
kit-report-group-tokens = Tokens
kit-report-group-fonts = Lettertypen
kit-report-group-book = Merkboek
kit-report-group-print = Huisstijldrukwerk
kit-report-group-email = E-mailhandtekening
kit-report-group-other = Overig

# More folders
kit-folder-email = Handtekening voor e-mails, als HTML en als platte tekst.
made-files =
    { $count ->
        [one] { $count } bestand, { $size } kB, in { $path }
       *[other] { $count } bestanden, { $size } kB, in { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } voorstel, `{ $first }` wordt aanbevolen.
       *[other] { $count } voorstellen, `{ $first }` wordt aanbevolen.
    }
made-book = Hoe u alles gebruikt, en waarom.
made-overview = De kit in één oogopslag.
made-index = Welk bestand waarvoor: begin hier.
made-seed = seed { $seed }, { $seconds } s
made-setup = (waarvan { $seconds } s voorbereiding)
made-fewer = slechts { $count } van { $asked } voorstellen: al het andere lijkt te veel op de genoemde tekens. Een andere seed kan er meer geven.
made-missed = { $id } ontbreekt: { $why }
made-note = opmerking: { $text }
