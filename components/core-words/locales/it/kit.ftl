# Il manuale del marchio e la panoramica.

kit-book = Manuale del marchio
kit-book-of = { $name }: manuale del marchio
kit-overview-of = { $name }: il marchio in breve
kit-cover = Copertina

# L’essenziale
kit-reference = L’essenziale
kit-reference-intro = Tre domande tornano ogni giorno: quale file, quale colore, quale carattere. Se legge una pagina sola, legga questa.
kit-which-file = Quale file?
kit-which-color = Quale colore?
kit-which-face = Quale carattere?
kit-case-page = Sito, lettera, diapositiva: ogni fondo chiaro
kit-case-dark = Sul colore scuro del marchio
kit-case-narrow = Dove c’è altezza ma poca larghezza
kit-case-profile = Foto del profilo, app, spazi piccoli
kit-case-one-color = Timbro, incisione, stampa a un colore
kit-case-photo = Su fotografie e colori forti
kit-face-display = Peso { $weight }. Per il nome, i titoli e le intestazioni.
kit-face-text = Peso { $weight }. Per tutto ciò che si legge.
kit-face-strong = Peso { $weight } per evidenziare ed etichettare.

# Idea e ragioni
kit-idea = L’idea
kit-reasons = Perché è così
kit-reasons-intro = Ogni decisione ha una ragione. Accanto a ciascuna trova quanto è sicura e da dove viene, per poterla soppesare e anche contestare.
kit-topic-industry = Il settore
kit-topic-style = Il tono
kit-topic-color = Colore
kit-topic-type = Caratteri
kit-topic-shape = Forma
kit-topic-logo = Il logo
kit-topic-name = Il nome
kit-topic-character = Il carattere
kit-topic-category = I colori del settore
kit-topic-contrast = Leggibilità
kit-topic-motif = Il segno
kit-topic-other = Da sapere
kit-evidence-strong = Ben fondato
kit-evidence-limited = In parte fondato
kit-evidence-practice = Dalla pratica
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Segno e nome stanno in un rapporto fisso. Usi prima la versione orizzontale; le altre servono dove diventerebbe troppo piccola. Prenda sempre i file e non componga mai il nome a mano.
kit-lockup-stacked = Sovrapposto
kit-lockup-stacked-use = Per spazi quadrati e stretti.
kit-lockup-mark = Segno
kit-lockup-mark-use = Dove il nome è già vicino.
kit-lockup-wordmark = Nome
kit-lockup-wordmark-use = Dove il segno sarebbe troppo piccolo.
kit-colorways = Versioni di colore
kit-colorways-intro = Sei versioni bastano per ogni fondo e per ogni stampa. È il fondo a decidere: scelga quella in cui ogni parte si vede al primo sguardo.
kit-colorway-color = A colori
kit-colorway-color-use = Quella normale, su bianco e fondi chiari.
kit-colorway-reversed = In negativo
kit-colorway-reversed-use = Sul colore scuro del marchio.
kit-colorway-black = Nero
kit-colorway-black-use = Dove è possibile un solo inchiostro.
kit-colorway-white = Bianco
kit-colorway-white-use = Su colori forti e parti calme di una fotografia.
kit-space = Spazio e misura
kit-space-intro = Il logo ha bisogno di aria intorno e di una certa misura, altrimenti smette di esserlo. Tutti i valori sono misurati su questo logo.
kit-space-rule = Lasci libero su ogni lato un margine del { $percent }% dell’altezza del segno (x): niente testo, niente bordi, nessun altro logo.
kit-smallest = Misura minima
kit-smallest-rule = Non mostri mai il segno sotto i { $px } pixel, o i { $mm } mm in stampa. Più in piccolo le sue parti si fondono.
kit-misuse = Per favore, no
kit-misuse-intro = Un logo diventa familiare perché è sempre uguale. Queste modifiche sembrano innocue e lo vanificano.
kit-misuse-stretched = Non allungarlo e non schiacciarlo.
kit-misuse-turned = Non inclinarlo.
kit-misuse-recolored = Non dargli altri colori.
kit-misuse-contrast = Non metterlo dove non si vede.
kit-misuse-crowded = Non lasciare che qualcosa gli si avvicini troppo.
kit-misuse-rearranged = Non spostarne le parti.
kit-concepts = Tutte le proposte
kit-concepts-intro = { $count } proposte sono nate da idee diverse. La numero 1 è quella consigliata e ricorre in tutto il manuale; i file di tutte sono nel kit.

# Colore
kit-color = Colore
kit-color-intro = Le fasce mostrano quanto spazio prende ogni colore in un layout abituale. Lasci lo spazio a quelli discreti, e quelli forti si faranno sentire.
kit-color-intro-given = Il colore primario è quello indicato, invariato. Le fasce mostrano quanto spazio prende ogni colore in un layout abituale: lasci lo spazio a quelli discreti.
kit-swatch-primary = Primario
kit-swatch-secondary = Secondario
kit-swatch-accent = Accento
kit-swatch-ink = Inchiostro
kit-swatch-paper = Carta
kit-swatch-neutral = Neutro
kit-scales = Scale e temi
kit-scales-intro = Ogni colore ha undici gradi dal chiaro allo scuro per superfici, bordi e stati. I temi li mettono al lavoro: uno per schermi chiari, uno per schermi scuri, uno ad alto contrasto.
kit-theme-light = Chiaro
kit-theme-dark = Scuro
kit-contrast = Contrasto
kit-contrast-intro = Ogni campo è composto nei due colori di cui parla. Da 4,5 in su il testo è leggibile per quasi tutti (AA), da 7 in su senza sforzo (AAA); 3 basta per caratteri grandi, linee e simboli. Misurato secondo le WCAG 2.2.
kit-contrast-corner = Colore su fondo
kit-role-background = Fondo
kit-role-surface = Superficie
kit-role-surface-raised = Rialzata
kit-role-border = Bordo
kit-role-text = Testo
kit-role-muted = Testo discreto
kit-role-primary = Primario
kit-role-secondary = Secondario
kit-role-accent = Accento
kit-role-link = Link
kit-role-focus = Focus
kit-role-success = Riuscito
kit-role-warning = Avviso
kit-role-danger = Pericolo

# Caratteri
kit-type = Caratteri
kit-sizes = Corpi
kit-sizes-intro = Tutti i corpi seguono un solo rapporto, { $ratio }, perché ogni gradino si senta. Qui sono stampati grandi come appaiono su uno schermo.
kit-size-display = Manifesto
kit-size-title = Titolo
kit-size-heading = Intestazione
kit-size-lead = Apertura
kit-size-body = Testo
kit-size-caption = Didascalia
kit-size-values = { $px } px, interlinea { $leading }, spaziatura { $tracking }%
kit-sample = Il buon design è discreto dove può e chiaro dove deve.
kit-sample-long = Un marchio si incontra di passaggio: su una porta, al telefono, sul bordo di uno scontrino. Di rado lo si legge, mai lo si studia. Ciò che resta è un tono, un colore, il ritmo di una riga. Se tornano ogni volta, la fiducia cresce quasi da sola; se cambiano, ogni incontro è il primo.
kit-sample-display = Fatto per durare
kit-sample-title = Una riga che resta
kit-sample-heading = Detto una volta, e chiaramente
kit-sample-lead = La frase di apertura porta dal titolo al testo e dice ciò che conta.
kit-sample-body = Il testo corrente vuole essere letto, non visto. Tenga righe fra i cinquanta e i settantacinque caratteri, lasci spazio fra i capoversi e sottolinei di rado.
kit-sample-caption = Le didascalie spiegano un’immagine, le note citano una fonte. Sono piccole e restano leggibili.

# File
kit-files = File e colophon
kit-files-intro = Tutto ciò che è in questo manuale si trova nel kit come file. L’elenco di tutti i file con le somme di controllo è manifest.json.
kit-folders = Che cosa sta dove
kit-folder-root = brand.json dice che cosa è stato deciso e perché, report.json che cosa è stato misurato, manifest.json quali file ci sono.
kit-folder-logos = Ogni proposta in ogni versione, come SVG e come PNG.
kit-folder-web = Icone per browser e telefoni, con le righe per la sua pagina.
kit-folder-app = Icone per app.
kit-folder-social = Immagini per i social network.
kit-folder-tokens = Colori e caratteri per chi sviluppa: CSS, Sass, Design Tokens.
kit-folder-book = Questo manuale.
kit-folder-print = Cancelleria per la sua tipografia: formato finito, abbondanza e crocini sono pronti. Nomi e indirizzi sono segnaposto.
kit-folder-fonts = I caratteri con le loro licenze.
kit-file-count = { $count } file.
kit-faces = Caratteri
kit-license = Licenza { $license }: libera per stampa, web e prodotti.
kit-colophon = Colophon
kit-made-with = Realizzato con Imprint { $version } del { $date }.
kit-made-from = Seme { $seed }; proposte: { $concepts }.
kit-made-again = Lo stesso brief, lo stesso seme e la stessa versione danno di nuovo esattamente questo kit, byte per byte.

# Per chi ascolta il manuale
kit-alt-horizontal = Il logo di { $name }: segno e nome affiancati
kit-alt-stacked = Il logo di { $name }: il segno sopra il nome
kit-alt-mark = Il segno di { $name }
kit-alt-wordmark = Il nome { $name } come logotipo
kit-alt-concept = Proposta { $rank }: { $title }
kit-alt-sizes = Il segno in misure crescenti, a partire da { $px } pixel
kit-alt-shares = Fasce larghe quanto la parte di ogni colore in un layout
kit-theme-high-contrast = Alto contrasto
kit-role-info = Informazione
kit-print = CMYK vale per la macchina da stampa del profilo “{ $profile }”; dE dice quanto la stampa si scosta dallo schermo. Il profilo della sua tipografia dà valori migliori.

# Contact sheet
kit-sheet-smallest = Da { $px } px in su

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Orizzontale
kit-lockup-horizontal-use = La prima scelta, ovunque ci sia posto.
kit-lockup-square = Quadrato
kit-lockup-square-use = Per foto del profilo che portano il nome.
kit-lockup-badge = Distintivo
kit-lockup-badge-use = Per adesivi, timbri ed etichette.
kit-colorway-mono = Un colore
kit-colorway-mono-use = Per un inchiostro proprio, un filo o una lamina.
kit-colorway-grey = Scala di grigi
kit-colorway-grey-use = Per giornali, moduli e copie.
kit-alt-square = Il logo di { $name } in un quadrato: il segno sopra il nome
kit-alt-badge = Il distintivo di { $name }: segno e nome in una sola figura
kit-alt-small = Il segno di { $name }, disegnato per le misure piccole
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Tutte le versioni del logo nella loro misura minima
kit-space-letters = Lasci libero un margine di x su ogni lato: niente testo, niente bordi, nessun altro logo. x è la metà dell’altezza delle lettere, il { $percent }% dell’altezza del segno.
kit-space-stroke = Lasci libero un margine di x su ogni lato: niente testo, niente bordi, nessun altro logo. x è largo quanto i tratti del segno, il { $percent }% della sua altezza.
kit-smallest-lockups = Ogni versione nella misura più piccola permessa, a grandezza naturale. Più in piccolo si perde il tratto più fine del nome o una parte del segno.
kit-smallest-drawing = Da 16 a 32 pixel, usi il disegno fatto per le misure piccole: i file il cui nome comincia con “small”.

# Revisions
kit-changes-title = Che cosa è cambiato dalla revisione { $from } alla revisione { $to }
kit-changes-before = prima
kit-changes-after = dopo
kit-changes-asked = Che cosa è stato chiesto
kit-changes-decided = Che cosa è stato deciso
kit-changes-colors = Colori
kit-changes-files = File
kit-changes-nothing = Niente.
kit-changes-counts = { $added } aggiunti, { $removed } rimossi, { $changed } modificati, { $same } come prima.

# The page of the checks
kit-report-title = Controlli di { $name }
kit-report-intro = Tutti i controlli di questo kit: che cosa è stato misurato e rispetto a quale soglia. I controlli sono descritti in inglese; lo stesso si trova in report.json, per i programmi.
kit-report-passed = superato
kit-report-missed = mancato
kit-report-failed = fallito
kit-report-told = per informazione
kit-report-checks = controlli
kit-report-gates = promesse non mantenute
kit-report-warnings = obiettivi mancati
kit-report-check = Controllo
kit-report-measured = Misurato
kit-report-threshold = Soglia
kit-report-result = Esito
kit-report-first = Che cosa è stato mancato
kit-report-whole = Ogni promessa è mantenuta e ogni obiettivo raggiunto.
kit-report-group-palette = Colore
kit-report-group-type = Caratteri
kit-report-group-logo = Logo
kit-report-group-assets = Immagini e icone
kit-report-group-tokens = Token
kit-report-group-fonts = Font
kit-report-group-book = Manuale del marchio
kit-report-group-print = Cancelleria
kit-report-group-email = Firma e-mail
kit-report-group-other = Altro

# More folders
kit-folder-email = Firma per le e-mail, in HTML e in testo semplice.
made-files = { $count } file, { $size } kB, in { $path }
made-concepts =
    { $count ->
        [one] { $count } proposta, si consiglia `{ $first }`.
       *[other] { $count } proposte, si consiglia `{ $first }`.
    }
made-book = Come usare tutto, e perché.
made-overview = Il kit a colpo d’occhio.
made-index = Quale file per cosa: cominciate da qui.
made-seed = seme { $seed }, { $seconds } s
made-setup = (di cui { $seconds } s di preparazione)
made-fewer = solo { $count } proposte su { $asked }: tutto il resto è troppo simile ai segni indicati. Un altro seme può darne di più.
made-missed = manca { $id }: { $why }
made-note = nota: { $text }
