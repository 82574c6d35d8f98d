# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Indice
kit-contents-intro = Ogni riga porta alla sua pagina. Chi ha fretta trova la risposta una pagina prima.
kit-alt-link = { $title }, pagina { $page }
kit-part-brand = La marca
kit-part-use = In uso
kit-part-record = Da consultare
kit-lockups = Versioni
kit-palette = Tavolozza

# Construction
kit-construction = Costruzione
kit-construction-intro = Il segno sta in un quadrato diviso in otto per otto. I quadratini sono i punti del suo contorno, le linee ai lati mostrano dove tende una curva. Sotto, le parti del logo sono misurate sull’altezza del segno.
kit-construction-points = Punti del contorno
kit-construction-shape = Larghezza per altezza
kit-construction-letters = Altezza delle lettere
kit-construction-gap = Dal segno al nome
kit-construction-length = Lunghezza del logo
kit-construction-note = In altezze del segno. I file rispettano queste misure: non c’è nulla da costruire a mano.
kit-alt-construction = Il segno di { $name } nel suo quadrato di otto per otto, con i punti del contorno
kit-alt-proportions = Il logo di { $name } con le linee su cui poggiano le sue parti

# Grounds
kit-grounds = Su ogni fondo
kit-grounds-intro = Lo stesso logo su ogni colore della marca, nella versione che vi appartiene. La cifra è il contrasto della sua parte più pallida; sotto 3 un logo comincia a perdersi.
kit-alt-ground = Il logo su { $ground }: { $version }
kit-ground-white = Bianco
kit-ground-dark = Fondo scuro
kit-misuse-shadow = Non aggiungere ombre né effetti.
kit-misuse-cropped = Non tagliare nulla.
kit-misuse-retyped = Non comporre il nome in un altro carattere.

# Print
kit-inks = Stampa
kit-inks-intro = Lo schermo splende, la carta no: nessun inchiostro mostra tutti i colori. Qui si legge che cosa chiede ogni colore a una macchina con il profilo “{ $press }” e quanto la sua stampa si scosta dallo schermo.
kit-inks-color = Colore
kit-inks-total = Inchiostro totale
kit-inks-paper = Su carta
kit-inks-text = Testo piccolo
kit-inks-close = Si stampa come si vede
kit-inks-shifted = Si scosta di poco
kit-inks-apart = Si scosta nettamente: chiedere una prova o una tinta piatta
kit-inks-black = Il testo piccolo va composto in solo nero. Quattro inchiostri non combaciano mai del tutto, e le lettere prendono bordi colorati.
kit-inks-proof = Prima di una grande tiratura faccia fare una prova, sulla carta che sarà usata.
kit-inks-profile = Il profilo della sua tipografia dà valori migliori di questi. Indichi anche il valore esadecimale.

# Pictures and icons
kit-imagery = Immagini e icone
kit-imagery-intro = Le immagini dicono come si sente una marca, le icone che cosa si può fare. Le une e le altre tengono il tono del segno. Le figure mostrano come comporre, non che cosa fotografare.
kit-image-subject = Un solo soggetto, fuori dal centro. Ciò che conta sta dove due terzi si incontrano; il resto si ritira.
kit-image-room = Un lato resta quieto. Lì trovano posto il logo e una riga di testo.
kit-image-warm = Luce calda, di sera più che di mezzogiorno, vicina alle persone. Un colore della tavolozza ritorna nella scena.
kit-image-cool = Luce del giorno limpida, poche cose, bordi netti. Un colore della tavolozza ritorna nella scena.
kit-icons = Icone
kit-icons-round = Disegnate su un quadrato di 24 con linee di { $stroke } unità. Estremità e angoli sono tondi.
kit-icons-sharp = Disegnate su un quadrato di 24 con linee di { $stroke } unità. Estremità e angoli sono diritti.
kit-alt-icons = Nove icone: ricerca, ora, lettera, persona, menu, calendario, telefono, luogo, fatto

# In use
kit-stationery = Carta intestata
kit-stationery-intro = Sulla carta una marca si tiene in mano. Il logo compare una volta, nel suo angolo, con aria attorno; il resto è delle parole.
kit-places = Schermo, muro e borsa
kit-places-intro = Piccolo sul telefono, grande sul muro: il segno parla da solo dove il nome è vicino, il logo intero dove non lo è.
kit-scene-card = Biglietto da visita
kit-scene-letter = Foglio per lettere
kit-scene-envelope = Busta
kit-scene-app = Icona dell’app
kit-scene-site = Sito web
kit-scene-sign = Insegna
kit-scene-bag = Borsa
kit-alt-scene = { $scene } con il logo di { $name }, disegno
kit-scene-note = Disegnato con i contorni dei file del logo, nei colori della tavolozza.
kit-sample-person = Nome e cognome
kit-sample-post = Che cosa faccio qui
kit-sample-offer = Offerta
kit-sample-about = Chi siamo
kit-sample-contact = Contatti
kit-sample-more = Continua

# Accessibility
kit-access = Per tutti
kit-access-intro = Una marca che alcuni non possono leggere non è finita. Questa pagina dice che cosa è stato misurato, che cosa va rispettato e che cosa nessuno ha ancora provato.
kit-access-contrast =
    { $count ->
        [one] È stata misurata { $count } coppia di colori. Il testo più debole ha un contrasto di { $ratio } a 1; le WCAG 2.2 chiedono 4,5.
       *[other] Sono state misurate { $count } coppie di colori. Il testo più debole ha un contrasto di { $ratio } a 1; le WCAG 2.2 chiedono 4,5.
    }
kit-access-color = Il colore non parla mai da solo: si aggiunga una parola, una forma o un simbolo. Le strisce mostrano la tavolozza come la vedono le persone a cui manca un tipo di recettori.
kit-access-type = Il testo corrente ha { $px } pixel e una riga di { $leading }. Nulla che vada letto è sotto i { $least } pixel. Le misure sono in rem, così il testo cresce con le impostazioni di chi legge.
kit-access-logo = Il testo alternativo del logo è “{ $name }” e nient’altro. Se il nome sta accanto come testo, resta vuoto.
kit-access-book = Questo file si può ascoltare: titoli, tabelle e collegamenti sono marcati e ogni figura ha una descrizione (PDF/UA-1, PDF/A-2a).
kit-access-missing = Che cosa manca
kit-access-limits = Tutto questo è stato misurato da programmi. Nessuno lo ha ancora provato nella vita di ogni giorno: chieda a chi vede, sente o si muove in modo diverso.
kit-sight-usual = Vista abituale
kit-sight-protan = Senza recettori del rosso
kit-sight-deutan = Senza recettori del verde
kit-sight-tritan = Senza recettori del blu
kit-sight-least = Coppia più vicina: dE { $difference }
kit-alt-sight = La tavolozza: { $sight }

# Tokens
kit-tokens = Token
kit-tokens-intro = Nel codice si scrivono nomi e mai valori: così una modifica raggiunge ogni pagina e gli schermi scuri vengono da sé. Gli stessi nomi stanno in ogni file di tokens/.
kit-tokens-name = Nome in CSS
kit-tokens-formats = Per quale strumento
kit-licences = Licenze
