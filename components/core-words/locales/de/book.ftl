# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Inhalt
kit-contents-intro = Jede Zeile führt auf ihre Seite. Wer es eilig hat, findet die Antwort eine Seite davor.
kit-alt-link = { $title }, Seite { $page }
kit-part-brand = Die Marke
kit-part-use = Im Einsatz
kit-part-record = Zum Nachschlagen
kit-lockups = Fassungen
kit-palette = Palette

# Construction
kit-construction = Aufbau
kit-construction-intro = Das Zeichen steht in einem Quadrat, das in acht mal acht Felder geteilt ist. Kleine Quadrate sind die Punkte seines Umrisses, die Linien daneben zeigen, wohin eine Kurve strebt. Darunter sind die Teile des Logos an der Höhe des Zeichens gemessen.
kit-construction-points = Punkte im Umriss
kit-construction-shape = Breite zu Höhe
kit-construction-letters = Höhe der Buchstaben
kit-construction-gap = Vom Zeichen zum Namen
kit-construction-length = Länge des Logos
kit-construction-note = In Höhen des Zeichens. Die Dateien halten diese Maße ein: Nichts muss von Hand gebaut werden.
kit-alt-construction = Das Zeichen von { $name } in seinem Quadrat aus acht mal acht Feldern, mit den Punkten seines Umrisses
kit-alt-proportions = Das Logo von { $name } mit den Linien, auf denen seine Teile stehen

# Grounds
kit-grounds = Auf jedem Grund
kit-grounds-intro = Dasselbe Logo auf jeder Farbe der Marke, in der Fassung, die dorthin gehört. Die Zahl ist der Kontrast seines blassesten Teils; unter 3 beginnt ein Logo unterzugehen.
kit-alt-ground = Das Logo auf { $ground }: { $version }
kit-ground-white = Weiß
kit-ground-dark = Dunkler Grund
kit-misuse-shadow = Keine Schatten und keine Effekte.
kit-misuse-cropped = Nichts abschneiden.
kit-misuse-retyped = Den Namen nicht in anderer Schrift setzen.

# Print
kit-inks = Druck
kit-inks-intro = Bildschirme leuchten, Papier nicht: Keine Druckfarbe kann jede Farbe zeigen. Hier steht, was jede Farbe auf einer Maschine mit dem Profil „{ $press }“ braucht und wie weit ihr Druck vom Bildschirm abweicht.
kit-inks-color = Farbe
kit-inks-total = Farbauftrag
kit-inks-paper = Auf Papier
kit-inks-text = Kleiner Text
kit-inks-close = Druckt sich, wie man sie sieht
kit-inks-shifted = Weicht leicht ab
kit-inks-apart = Weicht deutlich ab: Proof oder Sonderfarbe verlangen
kit-inks-black = Kleinen Text nur in Schwarz setzen. Vier Druckfarben treffen sich nie genau, und Buchstaben bekommen farbige Ränder.
kit-inks-proof = Vor einer großen Auflage einen Proof machen lassen, auf dem Papier, das genommen wird.
kit-inks-profile = Das Profil Ihrer Druckerei liefert bessere Werte als diese. Nennen Sie auch den Hexwert.

# Pictures and icons
kit-imagery = Bilder und Symbole
kit-imagery-intro = Bilder sagen, wie eine Marke sich anfühlt, Symbole, was man tun kann. Beide bleiben im Ton des Zeichens. Die Figuren zeigen den Bildaufbau, nicht das Motiv.
kit-image-subject = Ein Gegenstand, nicht in der Mitte. Was zählt, steht dort, wo zwei Drittel sich treffen; alles andere tritt zurück.
kit-image-room = Eine Seite bleibt ruhig. Dort finden das Logo und eine Zeile Text ihren Platz.
kit-image-warm = Warmes Licht, eher spät als mittags, nah bei den Menschen. Eine Farbe der Palette kehrt im Bild wieder.
kit-image-cool = Klares Tageslicht, wenige Dinge, saubere Kanten. Eine Farbe der Palette kehrt im Bild wieder.
kit-icons = Symbole
kit-icons-round = Gezeichnet auf einem Quadrat von 24 mit Linien von { $stroke } Einheiten. Enden und Ecken sind rund.
kit-icons-sharp = Gezeichnet auf einem Quadrat von 24 mit Linien von { $stroke } Einheiten. Enden und Ecken sind gerade.
kit-alt-icons = Neun Symbole: Suche, Zeit, Brief, Person, Menü, Kalender, Telefon, Ort, erledigt

# In use
kit-stationery = Geschäftspapier
kit-stationery-intro = Auf Papier hält man eine Marke in der Hand. Das Logo steht einmal, in seiner Ecke, mit Luft um sich; der Rest gehört den Worten.
kit-places = Schirm, Wand und Tasche
kit-places-intro = Klein auf dem Telefon, groß an der Wand: Das Zeichen spricht allein, wo der Name in der Nähe ist, das ganze Logo, wo er fehlt.
kit-scene-card = Visitenkarte
kit-scene-letter = Briefbogen
kit-scene-envelope = Umschlag
kit-scene-app = App-Symbol
kit-scene-site = Website
kit-scene-sign = Schild
kit-scene-bag = Tasche
kit-alt-scene = { $scene } mit dem Logo von { $name }, gezeichnet
kit-scene-note = Gezeichnet mit den Umrissen der Logodateien, in den Farben der Palette.
kit-sample-person = Vorname und Name
kit-sample-post = Was ich hier tue
kit-sample-offer = Angebot
kit-sample-about = Über uns
kit-sample-contact = Kontakt
kit-sample-more = Mehr lesen

# Accessibility
kit-access = Für alle
kit-access-intro = Eine Marke, die manche nicht lesen können, ist nicht fertig. Diese Seite sagt, was gemessen wurde, was zu beachten ist und was noch niemand ausprobiert hat.
kit-access-contrast =
    { $count ->
        [one] { $count } Farbpaar wurde gemessen. Der schwächste Text hat einen Kontrast von { $ratio } zu 1; WCAG 2.2 verlangt 4,5.
       *[other] { $count } Farbpaare wurden gemessen. Der schwächste Text hat einen Kontrast von { $ratio } zu 1; WCAG 2.2 verlangt 4,5.
    }
kit-access-color = Farbe spricht nie allein: Ein Wort, eine Form oder ein Symbol kommt dazu. Die Streifen zeigen die Palette so, wie Menschen sie sehen, denen eine Art von Sehzellen fehlt.
kit-access-type = Lauftext hat { $px } Pixel und eine Zeile von { $leading }. Nichts, was gelesen werden muss, ist kleiner als { $least } Pixel. Größen stehen in rem, damit Text mit den Einstellungen seiner Leser wächst.
kit-access-logo = Der Alternativtext des Logos lautet „{ $name }“ und sonst nichts. Steht der Name daneben als Text, bleibt er leer.
kit-access-book = Diese Datei lässt sich hören: Überschriften, Tabellen und Verweise sind ausgezeichnet, jede Figur ist beschrieben (PDF/UA-1, PDF/A-2a).
kit-access-missing = Was noch fehlt
kit-access-limits = All das haben Programme gemessen. Im Alltag hat es noch niemand erprobt: Fragen Sie Menschen, die anders sehen, hören oder sich anders bewegen.
kit-sight-usual = Übliches Sehen
kit-sight-protan = Ohne rote Sehzellen
kit-sight-deutan = Ohne grüne Sehzellen
kit-sight-tritan = Ohne blaue Sehzellen
kit-sight-least = Nächstes Paar: dE { $difference }
kit-alt-sight = Die Palette: { $sight }

# Tokens
kit-tokens = Token
kit-tokens-intro = Im Code stehen Namen, niemals Werte: Dann erreicht eine Änderung jede Seite, und dunkle Bildschirme ergeben sich von selbst. Dieselben Namen stehen in jeder Datei in tokens/.
kit-tokens-name = Name in CSS
kit-tokens-formats = Für welches Werkzeug
kit-licences = Lizenzen
