# Ciò che `imprint check` trova nei file altrui. Prima che cosa non va, poi che cosa fare.

check-color = { $value } non è un colore del marchio: il più vicino, { $name } { $near }, dista ΔE { $measured }, e si ammette { $allowed }. Usate { $near }.
check-color-far = { $value } non è un colore del marchio: il più vicino, { $name } { $near }, dista ΔE { $measured }, e si ammette { $allowed }. Usate un colore del marchio.
check-ink = L’inchiostro { $value } non è del marchio: il più vicino, { $name } { $near }, differisce di { $measured } punti, e se ne ammettono { $allowed }. Usate { $near }.
check-font = { $value } non è un carattere del marchio. Usate { $families }.
check-contrast = Il testo in { $value } su { $ground } ha un contrasto di { $measured }:1 e ne serve uno di { $allowed }:1. Scurite il testo o schiarite il fondo, o viceversa.
check-stretched = Il logo ({ $logo }) è deformato: un lato è troppo lungo del { $percent }. Scalate i due lati allo stesso modo.
check-turned = Il logo ({ $logo }) è ruotato di { $degrees }°. Mettetelo diritto.
check-mirrored = Il logo ({ $logo }) è specchiato. Usate il file del kit così com’è.
check-recolored = Il logo ({ $logo }) ha colori propri: { $colors }. Usate una delle versioni di colore del kit.
check-faint = Il logo ({ $logo }) si vede male su { $ground }: il contrasto è { $measured }:1 e ne serve uno di { $allowed }:1. Usate la versione di colore per questo fondo.
check-small = Il logo ({ $logo }) è largo { $measured } { $unit }; le sue parti richiedono almeno { $allowed } { $unit }. Ingranditelo o usate una composizione più semplice.
check-crowded = Qualcosa sta a { $measured } { $unit } dal logo ({ $logo }), dentro la sua area di rispetto di { $allowed } { $unit }. Spostatelo.

# Ciò che non si può dire.
check-untold-logo = Nessun logo del kit è stato trovato. Un logo ridisegnato, tagliato o posto su una fotografia non può essere riconosciuto.
check-untold-plain = { $logo }: troppo semplice per distinguerlo da altre figure; non è stato cercato.
check-untold-own = È un file del kit stesso, così come è stato creato: { $path }. Non è stato valutato.
check-untold-size = Il file non dice a che misura sarà mostrato; la misura minima non è stata verificata.
check-untold-pictures = Non si è guardato dentro le immagini del file ({ $count }). Verificatele come file a sé.
check-untold-photo = Solo il { $share } dell’immagine è colore piatto. Il resto è una fotografia o una sfumatura, e i suoi colori non sono stati giudicati.
check-untold-spaces = I colori scritti come { $names } non sono stati confrontati.
check-untold-external = Questo viene da altrove e non è stato letto: { $links }.
check-untold-text = Le lettere degli elementi di testo non sono tracciati: un logo composto come testo non viene trovato, e la loro distanza dai loghi non è stata misurata.
check-untold-ground = L’immagine non ha un fondo uniforme; non si sono cercati loghi.
check-untold-many = Il file ha più forme di quante se ne esaminino; in una parte non si sono cercati loghi.
check-untold-pages = Sono state lette { $read } pagine su { $all }.
check-untold-packed = Parti del file sono compresse come { $names } e non sono state lette.
