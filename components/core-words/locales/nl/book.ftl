# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Inhoud
kit-contents-intro = Elke regel leidt naar zijn bladzijde. Wie haast heeft, vindt het antwoord één bladzijde eerder.
kit-alt-link = { $title }, bladzijde { $page }
kit-part-brand = Het merk
kit-part-use = In gebruik
kit-part-record = Om na te slaan
kit-lockups = Versies
kit-palette = Palet

# Construction
kit-construction = Opbouw
kit-construction-intro = Het teken staat in een vierkant dat in acht bij acht is verdeeld. De kleine vierkantjes zijn de punten van de omtrek, de lijnen ernaast tonen waar een bocht heen wil. Daaronder zijn de delen van het logo gemeten aan de hoogte van het teken.
kit-construction-points = Punten in de omtrek
kit-construction-shape = Breedte tot hoogte
kit-construction-letters = Hoogte van de letters
kit-construction-gap = Van teken tot naam
kit-construction-length = Lengte van het logo
kit-construction-note = In hoogtes van het teken. De bestanden houden deze maten aan: er hoeft niets met de hand gebouwd te worden.
kit-alt-construction = Het teken van { $name } in zijn vierkant van acht bij acht, met de punten van de omtrek
kit-alt-proportions = Het logo van { $name } met de lijnen waarop de delen staan

# Grounds
kit-grounds = Op elke ondergrond
kit-grounds-intro = Hetzelfde logo op elke kleur van het merk, in de versie die daar hoort. Het getal is het contrast van het bleekste deel; onder 3 begint een logo te verdrinken.
kit-alt-ground = Het logo op { $ground }: { $version }
kit-ground-white = Wit
kit-ground-dark = Donkere ondergrond
kit-misuse-shadow = Voeg geen schaduwen of effecten toe.
kit-misuse-cropped = Snijd niets af.
kit-misuse-retyped = Zet de naam niet in een andere letter.

# Print
kit-inks = Druk
kit-inks-intro = Een scherm straalt, papier niet: geen inkt toont elke kleur. Hier staat wat elke kleur op een pers met het profiel “{ $press }” vraagt en hoe ver de druk van het scherm af ligt.
kit-inks-color = Kleur
kit-inks-total = Inkt in totaal
kit-inks-paper = Op papier
kit-inks-text = Kleine tekst
kit-inks-close = Drukt zoals men het ziet
kit-inks-shifted = Wijkt licht af
kit-inks-apart = Wijkt duidelijk af: vraag een proef of een steunkleur
kit-inks-black = Zet kleine tekst alleen in zwart. Vier inkten vallen nooit precies samen, en letters krijgen gekleurde randen.
kit-inks-proof = Laat voor een grote oplage een proef maken, op het papier dat gebruikt wordt.
kit-inks-profile = Het profiel van uw eigen drukker geeft betere waarden dan deze. Noem ook de hexwaarde.

# Pictures and icons
kit-imagery = Beelden en iconen
kit-imagery-intro = Beelden zeggen hoe een merk voelt, iconen wat men kan doen. Beide houden de toon van het teken. De figuren tonen hoe men een beeld opbouwt, niet wat men fotografeert.
kit-image-subject = Eén onderwerp, niet in het midden. Wat telt, staat waar twee derden elkaar raken; de rest treedt terug.
kit-image-room = Eén kant blijft rustig. Daar vinden het logo en een regel tekst hun plaats.
kit-image-warm = Warm licht, eerder laat dan midden op de dag, dicht bij mensen. Eén kleur van het palet keert terug in het beeld.
kit-image-cool = Helder daglicht, weinig dingen, strakke randen. Eén kleur van het palet keert terug in het beeld.
kit-icons = Iconen
kit-icons-round = Getekend op een vierkant van 24 met lijnen van { $stroke } eenheden. Uiteinden en hoeken zijn rond.
kit-icons-sharp = Getekend op een vierkant van 24 met lijnen van { $stroke } eenheden. Uiteinden en hoeken zijn recht.
kit-alt-icons = Negen iconen: zoeken, tijd, brief, persoon, menu, kalender, telefoon, plaats, klaar

# In use
kit-stationery = Drukwerk
kit-stationery-intro = Op papier houdt men een merk in de hand. Het logo staat er één keer, in zijn hoek, met lucht eromheen; de rest is voor de woorden.
kit-places = Scherm, muur en tas
kit-places-intro = Klein op de telefoon, groot op de muur: het teken spreekt alleen waar de naam dichtbij is, het hele logo waar dat niet zo is.
kit-scene-card = Visitekaartje
kit-scene-letter = Briefpapier
kit-scene-envelope = Envelop
kit-scene-app = App-icoon
kit-scene-site = Website
kit-scene-sign = Uithangbord
kit-scene-bag = Tas
kit-alt-scene = { $scene } met het logo van { $name }, getekend
kit-scene-note = Getekend met de omtrekken van de logobestanden, in de kleuren van het palet.
kit-sample-person = Voor- en achternaam
kit-sample-post = Wat ik hier doe
kit-sample-offer = Aanbod
kit-sample-about = Over ons
kit-sample-contact = Contact
kit-sample-more = Lees meer

# Accessibility
kit-access = Voor iedereen
kit-access-intro = Een merk dat sommigen niet kunnen lezen, is niet af. Deze bladzijde zegt wat er gemeten is, waar men zich aan houdt en wat nog niemand heeft geprobeerd.
kit-access-contrast =
    { $count ->
        [one] Er is { $count } kleurenpaar gemeten. De zwakste tekst heeft een contrast van { $ratio } op 1; WCAG 2.2 vraagt 4,5.
       *[other] Er zijn { $count } kleurenparen gemeten. De zwakste tekst heeft een contrast van { $ratio } op 1; WCAG 2.2 vraagt 4,5.
    }
kit-access-color = Kleur spreekt nooit alleen: voeg een woord, een vorm of een teken toe. De stroken tonen het palet zoals mensen het zien die één soort receptoren missen.
kit-access-type = Lopende tekst heeft { $px } pixels en een regel van { $leading }. Niets dat gelezen moet worden, is kleiner dan { $least } pixels. Maten staan in rem, zodat tekst meegroeit met de instellingen van de lezer.
kit-access-logo = De alternatieve tekst van het logo is “{ $name }” en verder niets. Staat de naam ernaast als tekst, dan blijft hij leeg.
kit-access-book = Dit bestand is te beluisteren: koppen, tabellen en links zijn gemarkeerd en elke figuur is beschreven (PDF/UA-1, PDF/A-2a).
kit-access-missing = Wat nog ontbreekt
kit-access-limits = Dit alles is door programma’s gemeten. Niemand heeft het nog in het dagelijks leven geprobeerd: vraag mensen die anders zien, horen of bewegen.
kit-sight-usual = Gewoon zicht
kit-sight-protan = Zonder rode receptoren
kit-sight-deutan = Zonder groene receptoren
kit-sight-tritan = Zonder blauwe receptoren
kit-sight-least = Dichtste paar: dE { $difference }
kit-alt-sight = Het palet: { $sight }

# Tokens
kit-tokens = Tokens
kit-tokens-intro = Schrijf in code namen en nooit waarden: dan bereikt één wijziging elke pagina en komen donkere schermen vanzelf. Dezelfde namen staan in elk bestand van tokens/.
kit-tokens-name = Naam in CSS
kit-tokens-formats = Voor welk gereedschap
kit-licences = Licenties
