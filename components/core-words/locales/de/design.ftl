# Was der Gestaltungsschritt sagt.

# Industries: the name, and what a brand has to do there.

design-industry-technology = Technologie und Software
design-insight-technology = Das Produkt selbst ist unsichtbar; greifbar macht es die Marke: zeitgemäß, präzise und einfacher als das, was dahintersteckt.
design-industry-security = Sicherheit
design-insight-security = Gekauft wird das Gefühl, dass nichts passiert; die Marke steht fest, spricht ernst und macht keine Scherze.
design-industry-finance = Finanzen und Bankwesen
design-insight-finance = Wer Geld anvertraut, sucht zuerst Beständigkeit: Die Marke muss überlegt und ruhig wirken, bevor sie klug wirken darf.
design-industry-insurance = Versicherung
design-insight-insurance = Versicherung ist ein Versprechen für den schlechten Tag; die Marke verbindet Ernst mit einer Stimme, die man dann hören möchte.
design-industry-law = Recht
design-insight-law = Mandanten kommen, wenn etwas auf dem Spiel steht; Autorität zeigt die Marke durch Ruhe, Ordnung und langlebige Formen, nicht durch Lautstärke.
design-industry-consulting = Beratung
design-insight-consulting = Verkauft wird Urteilskraft; die Marke soll aussehen wie ein klarer Gedanke: überlegt, aufgeräumt, mit eigener Haltung.
design-industry-marketing = Marketing und Gestaltung
design-insight-marketing = Die Marke ist die erste Arbeitsprobe; sie darf ausdrucksstark sein, solange man ihr die Sorgfalt ansieht.
design-industry-media = Film, Foto und Medien
design-insight-media = Laut sind die Bilder; die Marke ist ihr Rahmen: zeitgemäß, selbstbewusst und ohne sich davorzustellen.
design-industry-publishing = Bücher und Verlag
design-insight-publishing = Leser trauen gutem Satz eher als einem Slogan; diese Marke lebt von der Schrift, und die Zeit schadet ihr nicht.
design-industry-retail = Handel und E-Commerce
design-insight-retail = Ein Laden wird im Vorbeigehen gewählt; die Marke muss auf einen Blick erkannt werden, nahbar sein und der Ware nie im Weg stehen.
design-industry-general = Allgemeines Geschäft
design-insight-general = Keine Branche gibt hier die Richtung vor; die Marke geht von einem ausgewogenen Charakter aus und überlässt die Akzente Stil und Farbe.
design-industry-coffee = Kaffee und Cafés
design-insight-coffee = Ein Café wählt man mit Nase und Händen, bevor man die Karte liest; die Marke soll warm, von Menschen gemacht und nahbar wirken.
design-industry-restaurant = Gastronomie und Catering
design-insight-restaurant = Der Appetit kommt vor dem Lesen; die Marke arbeitet mit Wärme und Großzügigkeit und bleibt nachts auf dem Schild lesbar.
design-industry-bakery = Bäckerei und Süßes
design-insight-bakery = Was morgens aus dem Ofen kommt, braucht keinen hohen Ton; die Marke ist weich, warm und vertraut wie der Laden um die Ecke.
design-industry-brewery = Brauerei und Brennerei
design-insight-brewery = Die Flasche steht im Regal zwischen Dutzenden; die Marke leiht sich Etikett und Stempel: traditionell, gesellig, aus zwei Metern lesbar.
design-industry-wine = Wein
design-insight-wine = Wein wird mit Respekt vor Herkunft und Zeit gekauft; die Marke ist leise, hochwertig und ihrer Wurzeln sicher.
design-industry-food = Lebensmittel
design-insight-food = Lebensmittel müssen in einer Sekunde frisch und ehrlich wirken; die Marke ist warm, geradeheraus und im Regal leicht wiederzufinden.
design-industry-travel = Reisen und Outdoor
design-insight-travel = Gebucht wird eine Erwartung; die Marke öffnet den Blick: leicht, einladend und aufbruchbereit.
design-industry-hotel = Hotel und Gastgewerbe
design-insight-hotel = Ein Gast möchte erwartet sein; die Marke empfängt warm, wahrt Stil und ist im Zimmer leise.
design-industry-music = Musik und Bühne
design-insight-music = Die Marke hängt auf Plakaten zwischen anderen, die rufen; sie braucht eigenen Rhythmus und den Mut zu einer starken Form.
design-industry-gaming = Spiele und Unterhaltung
design-insight-gaming = Das Spiel beginnt mit dem Logo im Ladebildschirm; die Marke ist laut, zeitgemäß und mit Absicht ein wenig eigen.
design-industry-health = Gesundheit und Medizin
design-insight-health = Menschen kommen mit Sorgen; die Marke senkt den Puls: klar, ruhig und menschlich, nie kalt.
design-industry-pharma = Pharma und Biotechnologie
design-insight-pharma = Behauptungen zählen erst, wenn sie belegt sind; die Marke ist exakt, ernst und geordnet, damit Vertrauen den Daten folgen kann.
design-industry-fitness = Fitness und Sport
design-insight-fitness = Training ist jeden Tag eine neue Entscheidung; die Marke schiebt an: laut, kräftig und schon in Bewegung.
design-industry-wellness = Wellness und Yoga
design-insight-wellness = Die Marke ist der erste Atemzug vor der Stunde; sie gibt Raum, spricht leise und verlangt nichts.
design-industry-beauty = Schönheit und Kosmetik
design-insight-beauty = Die Verpackung steht jeden Tag im Bad; die Marke ist fein, schmeichelnd und ruhig genug, um mit ihr zu leben.
design-industry-fashion = Mode
design-insight-fashion = Kollektionen wechseln, das Etikett im Kragen bleibt; die Marke ist reduziert und sicher, damit jede Saison davorstehen kann.
design-industry-jewelry = Schmuck und Uhren
design-insight-jewelry = Schmuck wird über Jahrzehnte behalten; die Marke ist klein, fein und genau und hielte auch als Gravur.
design-industry-education = Bildung
design-insight-education = Lernen braucht Vertrauen und Neugier zugleich; die Marke ist offen und klar, ernst in der Sache und freundlich zu den Lernenden.
design-industry-childcare = Kinder und Familie
design-insight-childcare = Kinder sollen sie mögen und Eltern ihr trauen; die Marke ist rund, fröhlich und sauber gemacht.
design-industry-nonprofit = Gemeinnütziges und Gemeinschaft
design-insight-nonprofit = Menschen geben Zeit oder Geld für Menschen; die Marke ist warm und direkt und zeigt, dass viele Hände dazugehören.
design-industry-pets = Haustiere und Tiere
design-insight-pets = Halter sprechen von Familie; die Marke ist herzlich, ohne albern zu sein, rund und leicht zu mögen.
design-industry-crafts = Kunsthandwerk
design-insight-crafts = Der Wert liegt in der Hand, die es gemacht hat; die Marke zeigt Material und Sorgfalt und lässt etwas Eigenheit stehen.
design-industry-real-estate = Immobilien
design-insight-real-estate = Es ist der größte Kauf des Lebens; die Marke ist solide und höflich, mit der Sicherheit von jemandem, der das Haus kennt.
design-industry-construction = Bau und Handwerk
design-insight-construction = Die Marke fährt auf Transportern und hängt an Gerüsten; sie muss kräftig, schlicht und im Regen über die Straße lesbar sein.
design-industry-architecture = Architektur
design-insight-architecture = Sprechen sollen die Bauten; die Marke setzt Maß und Ordnung und tritt zurück wie ein guter Plan.
design-industry-interior = Einrichtung und Möbel
design-insight-interior = Die Marke lebt neben Holz, Leinen und Tageslicht; sie ist warm, ruhig und hochwertig, ohne sich zu zieren.
design-industry-manufacturing = Industrie und Maschinenbau
design-insight-manufacturing = Die Käufer sind Ingenieure; die Marke überzeugt durch Präzision und Konstruktion und muss gegossen, gefräst oder schabloniert auf Metall halten.
design-industry-automotive = Auto und Mobilität
design-insight-automotive = Das Zeichen sitzt auf etwas, das fährt; es braucht Gewicht, Richtung und eine Silhouette, die auch in Bewegung hält.
design-industry-logistics = Logistik und Transport
design-insight-logistics = Die Marke wird im Fahren und von hinten gelesen; sie verspricht Ankunft mit kräftiger Farbe, Richtung und ohne Kleinteile.
design-industry-energy = Energie und Versorgung
design-insight-energy = Energie ist nicht zu sehen; die Marke zeigt sie als etwas, das fließt, zeitgemäß und zuversichtlich, ohne Technik um der Technik willen.
design-industry-agriculture = Landwirtschaft und Garten
design-insight-agriculture = Was wächst, braucht seine Zeit; die Marke ist erdig, ehrlich und nah und sieht auf einer Holzkiste richtig aus.
design-industry-environment = Umwelt und Nachhaltigkeit
design-insight-environment = Gute Absichten behaupten viele; Glauben verdient die Marke mit schlichten Formen und einem offenen, sachlichen Ton.

# Styles: the name, and what the style does to the design.

design-style-modern = Modern
design-style-effect-modern = Modern lässt weg, was nur schmückt: bevorzugt werden geometrische und groteske Schriften und Zeichen, die mit Leerraum arbeiten.
design-style-classic = Klassisch
design-style-effect-classic = Klassisch dämpft die Farben und bevorzugt Serifenschriften und Monogramme; die Marke wirkt gewachsen statt neu.
design-style-minimal = Minimalistisch
design-style-effect-minimal = Minimalistisch überlässt den größten Teil der Fläche dem Papier und lässt wenige Farben sprechen; das Zeichen arbeitet mit Leerraum statt mit Schmuck.
design-style-playful = Verspielt
design-style-effect-playful = Verspielt macht die Farben kräftiger, die Formen runder und das Zeichen beweglich; steif wirkt an dieser Marke nichts.
design-style-bold = Mutig
design-style-effect-bold = Mutig gibt der Farbe mehr Raum und der Form mehr Gewicht; die Marke bleibt auch über die Straße hinweg sie selbst.
design-style-elegant = Elegant
design-style-effect-elegant = Elegant macht die Linien feiner und die Farben leiser und bevorzugt klassizistische Schriften, Monogramme und Bänder.
design-style-technical = Technisch
design-style-effect-technical = Technisch macht die Ecken kantig und bevorzugt dicktengleiche und groteske Schriften: Es sieht konstruiert aus.
design-style-organic = Organisch
design-style-effect-organic = Organisch rundet die Formen, hält die Farben weich und beieinander und bevorzugt humanistische Schriften und gezeichnete Motive.
design-style-vintage = Vintage
design-style-effect-vintage = Vintage dämpft die Farben und bevorzugt Schriften mit kräftigen Serifen, Plaketten und Schablonen, das Vokabular alter Schilder und Stempel.
design-style-luxury = Luxuriös
design-style-effect-luxury = Luxuriös hält sich zurück: gedämpfte Farbe, viel Papier, feine Linien und eher ein Monogramm als ein Bild.
design-style-friendly = Freundlich
design-style-effect-friendly = Freundlich rundet die Ecken und bevorzugt offene humanistische und runde Schriften; die Marke begegnet Menschen auf Augenhöhe.
design-style-geometric = Geometrisch
design-style-effect-geometric = Geometrisch baut auf Kreis, Quadrat und Drehung und zeigt die Konstruktion.
design-style-corporate = Seriös
design-style-effect-corporate = Seriös hält die Farbe diszipliniert und die Formen ruhig; die Marke überzeugt durch Zurückhaltung.
design-style-dynamic = Dynamisch
design-style-effect-dynamic = Dynamisch gibt Gewicht und Richtung: bevorzugt werden Drehung und Bänder und kräftigere Farben nebeneinander.

# Regions of colour: what each says.

design-hue-bordeaux = Ein tiefes Weinrot ist warm und ernst zugleich; es spricht von Zeit, Geschmack und etwas Zeremonie.
design-hue-red = In Studien zu Markenfarben ist Rot der Ton der Erregung; es tritt vor und verlangt eine Entscheidung.
design-hue-coral = Koralle hat die Energie von Rot ohne dessen Alarm: gesellig, schnell und warm.
design-hue-terracotta = Terrakotta ist die Farbe gebrannten Tons: erdig, handgemacht und standfest neben anderen Materialien.
design-hue-espresso = Ein dunkles Braun trägt Röstung, Holz und Leder in sich; so warm sind wenige dunkle Farben.
design-hue-orange = Orange ist nahbar und laut; man sieht es früh, und es nimmt sich weniger ernst als Rot.
design-hue-amber = Bernstein hat die Wärme von spätem Licht und von Korn; es lädt ein, bevor ein Wort gesagt ist.
design-hue-sun = Gelb ist die hellste der kräftigen Farben: heiter und nicht zu übersehen, am stärksten neben etwas Dunklem.
design-hue-olive = Oliv ist ein erwachsenes Grün: erdig, ruhig und mit einem Hauch Tradition.
design-hue-leaf = Ein klares Grün steht für Wachstum und Frische und wird leicht gemocht.
design-hue-forest = Ein dunkles Grün verbindet Natur und Ansehen; es ist leise, beständig und etwas zurückhaltend.
design-hue-sage = Salbei ist Grün mit leiser Stimme; es beruhigt und lässt Menschen Raum.
design-hue-teal = Petrol steht zwischen Blau und Grün: klar, sauber und weniger erwartet als beide.
design-hue-ocean = Ein tiefes Meerblau ist ruhig und behält etwas Wärme; es spricht eher von Erfahrung als von Autorität.
design-hue-azure = Blau ist der Ton, den Studien zu Markenfarben mit Kompetenz verbinden; in dieser hellen Stimmung bleibt er offen und freundlich.
design-hue-royal = Blau ist der Ton, den Studien zu Markenfarben mit Kompetenz verbinden; so gesättigt bekommt er Präsenz.
design-hue-navy = Blau ist der Ton, den Studien zu Markenfarben mit Kompetenz verbinden; so dunkel bekommt er Gewicht und Distanz.
design-hue-indigo = Indigo verlässt das sichere Blau in Richtung Violett: zeitgemäß, digital und ein wenig gewagt.
design-hue-violet = Violett ist im Alltag selten; es gibt der Fantasie eine Farbe und fällt zwischen Blau und Rot auf.
design-hue-plum = Pflaume ist ruhig gewordenes Rot: fein, dicht und ein wenig abendlich.
design-hue-magenta = Magenta kommt nicht zufällig vor; es ist zeitgemäß, laut und seines Auftritts sicher.
design-hue-rose = Ein gedämpftes Rosé ist zart, ohne süß zu sein; es bringt eine Marke nah an die Haut.
design-hue-graphite = Ein fast schwarzer Ton überlässt Form und Schrift die Arbeit; er wirkt anspruchsvoll und altert langsam.

# Names of colours: a tone of each family.

design-color-deep-red = Ochsenblut
design-color-muted-red = Ziegelrosa
design-color-clear-red = Signalrot
design-color-light-red = Blütenrosa
design-color-deep-vermilion = Mahagoni
design-color-muted-vermilion = Tonrot
design-color-clear-vermilion = Zinnober
design-color-light-vermilion = Pfirsich
design-color-deep-orange = Kastanie
design-color-muted-orange = Terrakotta
design-color-clear-orange = Orange
design-color-light-orange = Aprikose
design-color-deep-amber = Cognac
design-color-muted-amber = Sand
design-color-clear-amber = Bernstein
design-color-light-amber = Honig
design-color-deep-yellow = Dunkelocker
design-color-muted-yellow = Stroh
design-color-clear-yellow = Ocker
design-color-light-yellow = Sonnengelb
design-color-deep-lime = Dunkeloliv
design-color-muted-lime = Oliv
design-color-clear-lime = Moosgrün
design-color-light-lime = Limette
design-color-deep-green = Tannengrün
design-color-muted-green = Farn
design-color-clear-green = Blattgrün
design-color-light-green = Frühlingsgrün
design-color-deep-emerald = Waldgrün
design-color-muted-emerald = Salbei
design-color-clear-emerald = Smaragd
design-color-light-emerald = Minze
design-color-deep-teal = Tiefpetrol
design-color-muted-teal = Eukalyptus
design-color-clear-teal = Petrol
design-color-light-teal = Aqua
design-color-deep-azure = Meerblau
design-color-muted-azure = Stahlblau
design-color-clear-azure = Azur
design-color-light-azure = Himmelblau
design-color-deep-blue = Mitternachtsblau
design-color-muted-blue = Schieferblau
design-color-clear-blue = Kobaltblau
design-color-light-blue = Eisblau
design-color-deep-indigo = Tintenblau
design-color-muted-indigo = Rauchblau
design-color-clear-indigo = Indigo
design-color-light-indigo = Immergrünblau
design-color-deep-violet = Aubergine
design-color-muted-violet = Heide
design-color-clear-violet = Violett
design-color-light-violet = Flieder
design-color-deep-magenta = Pflaume
design-color-muted-magenta = Malve
design-color-clear-magenta = Orchidee
design-color-light-magenta = Helle Orchidee
design-color-deep-rose = Burgunder
design-color-muted-rose = Altrosa
design-color-clear-rose = Himbeere
design-color-light-rose = Rosé
design-color-deep-brown = Espresso
design-color-muted-brown = Kakao
design-color-clear-brown = Karamell
design-color-light-brown = Helles Karamell
design-color-black = Schwarz
design-color-graphite = Graphit
design-color-grey = Steingrau
design-color-silver = Silber
design-color-white = Weiß
design-color-ink-warm = Warme Tinte
design-color-ink-fresh = Grüne Tinte
design-color-ink-cool = Blaue Tinte
design-color-ink-blush = Rote Tinte
design-color-ink-plain = Tinte
design-color-paper-warm = Warmes Papier
design-color-paper-fresh = Frisches Papier
design-color-paper-cool = Kühles Papier
design-color-paper-blush = Rosiges Papier
design-color-paper-plain = Papier

# Poles of the axes of personality, as adjectives.

design-trait-warm-high = warm
design-trait-warm-low = kühl
design-trait-classic-high = zeitlos
design-trait-classic-low = zeitgemäß
design-trait-playful-high = verspielt
design-trait-playful-low = ernsthaft
design-trait-premium-high = hochwertig
design-trait-premium-low = bodenständig
design-trait-quiet-high = ruhig
design-trait-quiet-low = ausdrucksstark
design-trait-friend-high = nahbar
design-trait-friend-low = souverän

# Classes of faces: the name, and what they bring.

design-class-grotesque = Grotesk
design-class-says-grotesque = Groteskschriften sprechen mit ruhiger Stimme und funktionieren in jeder Größe.
design-class-geometric = geometrische Serifenlose
design-class-says-geometric = Geometrische Buchstaben teilen Kreis und Gerade mit dem Zeichen.
design-class-humanist = humanistische Serifenlose
design-class-says-humanist = Humanistische Buchstaben behalten die Bewegung des Schreibens und bleiben klein noch offen.
design-class-rounded = runde Serifenlose
design-class-says-rounded = Runde Enden nehmen jedem Wort die Schärfe.
design-class-slab = Schrift mit kräftigen Serifen
design-class-says-slab = Kräftige Serifen stehen wie Schrift auf einer Kiste: stabil und ein wenig nostalgisch.
design-class-old-style = Renaissance-Antiqua
design-class-says-old-style = Renaissance-Formen kommen aus dem Buch und bringen dessen Ruhe mit.
design-class-transitional = Barock-Antiqua
design-class-says-transitional = Barock-Formen sind aufrecht und klar: Tradition ohne Kostüm.
design-class-didone = klassizistische Antiqua
design-class-says-didone = Haarlinie gegen Stamm macht schon ein Wort zur Titelseite.
design-class-display = Auszeichnungsschrift
design-class-says-display = Eine Auszeichnungsschrift hat eine eigene Stimme und setzt nur wenige Wörter.
design-class-mono = dicktengleiche Schrift
design-class-says-mono = Buchstaben gleicher Breite sprechen von Code, Tabellen und Genauigkeit.

# How two faces stand together.

design-rule-single-family = { $display } setzt Namen, Überschriften und Lesetext: eine Familie, getrennt durch die Stärke ({ $heavy } gegen { $regular }).
design-rule-superfamily = { $display } setzt Namen und Überschriften, { $text } den Lesetext: zwei Familien aus einem Entwurf, mit x-Höhen von { $first } und { $second } Tausendsteln.
design-rule-contrast = { $display } ({ $displayclass }) setzt Namen und Überschriften, { $text } ({ $textclass }) den Lesetext: verschieden in der Art, verbunden durch nahe x-Höhen von { $first } und { $second } Tausendsteln.
design-rule-display-workhorse = { $display } ({ $displayclass }) ist für große Grade gemacht und setzt nur Namen und Überschriften; { $text } ({ $textclass }) trägt darunter den Lesetext.

# Reasons.

design-reason-industry = Die Branche ist { $industry }. { $insight }
design-reason-character = Branche und Stil verlangen zusammen einen Charakter, der vor allem { $first } und { $second } ist.
design-reason-primary-chosen = { $color } ({ $hex }) führt. { $meaning }
design-reason-primary-given = { $color } ({ $hex }) ist die vorgegebene Farbe und bleibt unverändert die Hauptfarbe. { $meaning }
design-reason-primary-kept = { $color } ({ $hex }) ist die vorgegebene Farbe und bleibt unverändert die Hauptfarbe; alles andere richtet sich nach ihr.
design-reason-category-own = Die Farbe gehört nicht zu denen, die wir in dieser Branche als üblich führen; eine eigene Farbe macht eine Marke leichter unterscheidbar.
design-reason-category-cliche = Die Farbe ist in dieser Branche vertraut; sie wird sofort verstanden, den Unterschied müssen Form, Schrift und Akzent machen.
design-reason-secondary-grey = { $secondary } ({ $hex }) gibt der neutralen Hauptfarbe einen Farbton zur Seite; so kann die Marke Farbe zeigen, ohne ihre Zurückhaltung aufzugeben.
design-reason-secondary-kin = { $secondary } ({ $hex }) stützt die Hauptfarbe aus derselben Farbfamilie, { $depth }; nahe Töne empfindet man als zusammengehörig.
design-reason-secondary-neighbour = { $secondary } ({ $hex }) stützt die Hauptfarbe als Nachbar im Farbkreis, { $depth }; nahe Töne empfindet man als zusammengehörig.
design-reason-secondary-apart = { $secondary } ({ $hex }) stützt die Hauptfarbe aus einem anderen Teil des Farbkreises, { $depth }; so können große Flächen wechseln, ohne dass die Marke wechselt.
design-depth-darker = eine Stufe dunkler
design-depth-lighter = eine Stufe heller
design-reason-accent-near = { $accent } ({ $hex }) ist der Akzent und bekommt nur { $share } % einer üblichen Fläche; mit einem Abstand von { $difference } (CIEDE2000) zur Hauptfarbe fällt er als Signal auf.
design-reason-accent-opposite = { $accent } ({ $hex }) kommt von der anderen Seite des Farbkreises und bekommt nur { $share } % einer üblichen Fläche: Mit { $difference } (CIEDE2000) Abstand zur Hauptfarbe zeigt er, worauf es ankommt.
design-reason-contrast = Text steht mit { $light }:1 auf hellem und { $dark }:1 auf dunklem Grund, WCAG 2.2 verlangt 4,5:1; das knappste von { $count } zugesagten Paaren hat { $least }:1 bei geforderten { $needed }:1.
design-reason-sister-light = Als Text auf hellem Grund käme { $color } nur auf { $ratio }:1; dort übernimmt der dunklere Schwesterton { $sister } mit { $better }:1.
design-reason-sister-dark = Als Text auf dunklem Grund käme { $color } nur auf { $ratio }:1; dort übernimmt der hellere Schwesterton { $sister } mit { $better }:1.
design-reason-shape-round = Die Formen sind rund: In Experimenten ließen kreisförmige Logos Komfort erwarten, eckige Haltbarkeit.
design-reason-shape-angular = Die Formen sind eckig: In Experimenten ließen eckige Logos Haltbarkeit erwarten, kreisförmige Komfort.
design-reason-shape-balanced = Die Formen halten die Waage zwischen Gerade und Bogen, weil weder Komfort noch Haltbarkeit allein sprechen soll.
design-reason-mark = Als Motive liegen { $motifs } nahe; die Zeichen bleiben harmonisch und nur mäßig ausgearbeitet, so wie die Logos, die in einer Studie mit 195 Logos am besten wiedererkannt wurden.
design-list-two = { $first } und { $second }

# Motifs, as they stand in a sentence.

design-motif-bean = die Bohne
design-motif-leaf = das Blatt
design-motif-wave = die Welle
design-motif-peak = der Gipfel
design-motif-bolt = der Blitz
design-motif-drop = der Tropfen
design-motif-spark = der Funke
design-motif-node = der Knoten
design-motif-house = das Haus
design-motif-shield = der Schild
design-motif-scale = die Waage
design-motif-cross = das Kreuz
design-motif-gear = das Zahnrad
design-motif-book = das Buch
design-motif-wheel = das Rad
design-motif-route = der Weg
design-motif-coin = die Münze
design-motif-thread = der Faden
design-motif-note = die Note
design-motif-paw = die Pfote
design-motif-steam = aufsteigender Dampf
design-motif-seed = das Samenkorn
design-motif-sun = die Sonne
design-motif-star = der Stern
design-motif-anchor = der Anker
design-motif-key = der Schlüssel
design-motif-lens = die Linse
design-motif-pin = die Stecknadel
design-motif-arc = der Bogen
design-motif-brick = der Ziegel

# Warnings.

design-warning-industry-near = „{ $asked }“ kennt Imprint nicht als Branche. Gelesen wurde es als { $industry } (zu { $sure } % sicher); stimmt das nicht, hilft ein anderes Wort für die Branche.
design-warning-industry-unknown = „{ $asked }“ kennt Imprint nicht als Branche, und nichts Ähnliches wurde gefunden. Die Gestaltung geht von { $industry } aus; `imprint industries` nennt die bekannten.
design-warning-style-near = Der Stil „{ $asked }“ wurde als { $style } gelesen (zu { $sure } % sicher); `imprint styles` nennt die bekannten.
design-warning-sister = { $color } ({ $hex }) bleibt unverändert, ist aber nicht auf jedem Grund als Text lesbar ({ $ratio }:1). Im Farbschema „{ $theme }“ spielt deshalb { $sister } ({ $better }:1) die Rolle „primary“.
design-theme-light = hell
design-theme-dark = dunkel

# The third theme
design-theme-high-contrast = kontrastreich

# Schrift: weitere Regeln

design-rule-same-hand = { $display } ({ $displayclass }) setzt Namen und Überschriften, { $text } ({ $textclass }) den Lesetext: von einer Hand gezeichnet und verschieden in der Art.
design-rule-data-face = { $display } ({ $displayclass }) setzt Namen und Überschriften wie Tabellen und Code, jeder Buchstabe gleich breit; { $text } ({ $textclass }) trägt darunter den Lesetext.

# Der Abstand zur Branche, und Bräuche.
design-reason-distance-near = Sie haben einen Abstand von { $asked } zur Branche gewünscht; 0 heißt wie alle, 1 heißt abgesetzt. Gemessen an Farbe, Schrift, Motiv und Form steht dieser Entwurf bei { $measured }: Man erkennt sofort, wohin er gehört.
design-reason-distance-between = Sie haben einen Abstand von { $asked } zur Branche gewünscht; 0 heißt wie alle, 1 heißt abgesetzt. Gemessen an Farbe, Schrift, Motiv und Form steht dieser Entwurf bei { $measured }: Einige Zeichen der Branche behält er, andere lässt er weg.
design-reason-distance-apart = Sie haben einen Abstand von { $asked } zur Branche gewünscht; 0 heißt wie alle, 1 heißt abgesetzt. Gemessen an Farbe, Schrift, Motiv und Form steht dieser Entwurf bei { $measured }: Er ist mit den anderen nicht zu verwechseln, und der Name muss mehr davon sagen, was Sie tun.
design-culture-emblem = Ein rotes Kreuz auf Weiß ist ein durch die Genfer Abkommen geschütztes Zeichen, das ein Unternehmen nicht führen darf. Zeichnen Sie das Kreuz in einer anderen Farbe, oder wählen Sie einen Entwurf ohne Kreuz.
design-culture-crescent = In der Türkei ist der rote Halbmond das Zeichen ärztlicher Hilfe; ein Kreuz kann dort fremd oder religiös wirken. Nehmen Sie besser einen Entwurf ohne Kreuz.
design-culture-stage = { $color } gilt auf der Bühne dort, wo Ihre Sprache gesprochen wird, als Unglücksfarbe; manche Theaterleute meiden sie. Entscheiden Sie, ob Ihnen das wichtig ist.
design-culture-mourning = Schwarz ist dort, wo Ihre Sprache gesprochen wird, die Farbe der Trauer. { $color } kann in dieser Branche wirken, sollte aber neben lebhaften Farben stehen.
design-culture-white-mourning = Weiß steht in Japan für Reinheit und auch für Trauer. Ist { $color } die führende Farbe, sollte immer eine zweite zu sehen sein.
