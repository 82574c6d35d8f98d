# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Spis treści
kit-contents-intro = Każdy wiersz prowadzi do swojej strony. Kto się spieszy, znajdzie odpowiedź stronę wcześniej.
kit-alt-link = { $title }, strona { $page }
kit-part-brand = Marka
kit-part-use = W użyciu
kit-part-record = Do sprawdzenia
kit-lockups = Wersje
kit-palette = Paleta

# Construction
kit-construction = Budowa
kit-construction-intro = Sygnet stoi w kwadracie podzielonym na osiem na osiem pól. Małe kwadraty to punkty jego konturu, linie obok nich pokazują, dokąd zmierza krzywa. Poniżej części logo są zmierzone wysokością sygnetu.
kit-construction-points = Punkty konturu
kit-construction-shape = Szerokość do wysokości
kit-construction-letters = Wysokość liter
kit-construction-gap = Od sygnetu do nazwy
kit-construction-length = Długość logo
kit-construction-note = W wysokościach sygnetu. Pliki zachowują te miary: niczego nie trzeba składać ręcznie.
kit-alt-construction = Sygnet marki { $name } w kwadracie osiem na osiem, z punktami konturu
kit-alt-proportions = Logo marki { $name } z liniami, na których stoją jego części

# Grounds
kit-grounds = Na każdym tle
kit-grounds-intro = To samo logo na każdym kolorze marki, w wersji, która tam pasuje. Liczba to kontrast jego najbledszej części; poniżej 3 logo zaczyna ginąć.
kit-alt-ground = Logo na tle { $ground }: { $version }
kit-ground-white = Biel
kit-ground-dark = Ciemne tło
kit-misuse-shadow = Nie dodawać cieni ani efektów.
kit-misuse-cropped = Niczego nie obcinać.
kit-misuse-retyped = Nie składać nazwy innym krojem.

# Print
kit-inks = Druk
kit-inks-intro = Ekran świeci, papier nie: żadna farba nie pokaże każdego koloru. Tu widać, czego każdy kolor wymaga na maszynie z profilem „{ $press }” i jak daleko jego druk leży od ekranu.
kit-inks-color = Kolor
kit-inks-total = Farba razem
kit-inks-paper = Na papierze
kit-inks-text = Mały tekst
kit-inks-close = Drukuje się tak, jak go widać
kit-inks-shifted = Lekko odbiega
kit-inks-apart = Wyraźnie odbiega: poprosić o próbę albo farbę dodatkową
kit-inks-black = Mały tekst drukować samą czernią. Cztery farby nigdy nie pokrywają się dokładnie i litery dostają kolorowe brzegi.
kit-inks-proof = Przed dużym nakładem zlecić próbę na papierze, który będzie użyty.
kit-inks-profile = Własny profil drukarni da lepsze wartości niż te. Warto podać jej też wartość szesnastkową.

# Pictures and icons
kit-imagery = Obrazy i ikony
kit-imagery-intro = Obrazy mówią, jak się czuje marka, ikony – co można zrobić. Jedne i drugie trzymają ton sygnetu. Rysunki pokazują, jak komponować, a nie co fotografować.
kit-image-subject = Jeden temat, poza środkiem. To, co ważne, stoi tam, gdzie spotykają się dwie trzecie; reszta się cofa.
kit-image-room = Jedna strona pozostaje spokojna. Tam znajdą miejsce logo i wiersz tekstu.
kit-image-warm = Ciepłe światło, raczej późne niż południowe, blisko ludzi. Jeden kolor palety wraca w kadrze.
kit-image-cool = Jasne światło dnia, mało rzeczy, czyste krawędzie. Jeden kolor palety wraca w kadrze.
kit-icons = Ikony
kit-icons-round = Narysowane na kwadracie 24 liniami o grubości { $stroke }. Końce i narożniki są zaokrąglone.
kit-icons-sharp = Narysowane na kwadracie 24 liniami o grubości { $stroke }. Końce i narożniki są proste.
kit-alt-icons = Dziewięć ikon: szukaj, czas, list, osoba, menu, kalendarz, telefon, miejsce, gotowe

# In use
kit-stationery = Druki firmowe
kit-stationery-intro = Na papierze trzyma się markę w ręku. Logo stoi raz, w swoim rogu, z powietrzem wokół; reszta należy do słów.
kit-places = Ekran, ściana i torba
kit-places-intro = Małe na telefonie, duże na ścianie: sygnet mówi sam tam, gdzie nazwa jest blisko, całe logo tam, gdzie jej nie ma.
kit-scene-card = Wizytówka
kit-scene-letter = Papier firmowy
kit-scene-envelope = Koperta
kit-scene-app = Ikona aplikacji
kit-scene-site = Strona internetowa
kit-scene-sign = Szyld
kit-scene-bag = Torba
kit-alt-scene = { $scene } z logo marki { $name }, rysunek
kit-scene-note = Narysowane z konturów plików logo, w kolorach palety.
kit-sample-person = Imię i nazwisko
kit-sample-post = Czym się zajmuję
kit-sample-offer = Oferta
kit-sample-about = O nas
kit-sample-contact = Kontakt
kit-sample-more = Czytaj dalej

# Accessibility
kit-access = Dla każdego
kit-access-intro = Marka, której część ludzi nie może przeczytać, nie jest gotowa. Ta strona mówi, co zmierzono, czego się trzymać i czego nikt jeszcze nie sprawdził.
kit-access-contrast =
    { $count ->
        [one] Zmierzono { $count } parę kolorów. Najsłabszy tekst ma kontrast { $ratio } do 1; WCAG 2.2 wymaga 4,5.
        [few] Zmierzono { $count } pary kolorów. Najsłabszy tekst ma kontrast { $ratio } do 1; WCAG 2.2 wymaga 4,5.
       *[other] Zmierzono { $count } par kolorów. Najsłabszy tekst ma kontrast { $ratio } do 1; WCAG 2.2 wymaga 4,5.
    }
kit-access-color = Kolor nigdy nie mówi sam: dodać słowo, kształt albo znak. Paski pokazują paletę tak, jak widzą ją osoby, którym brakuje jednego rodzaju czopków.
kit-access-type = Tekst ciągły ma { $px } px i wiersz { $leading }. Nic, co trzeba przeczytać, nie jest mniejsze niż { $least } px. Rozmiary podano w rem, więc tekst rośnie z ustawieniami czytelnika.
kit-access-logo = Tekst alternatywny logo to „{ $name }” i nic więcej. Gdy nazwa stoi obok jako tekst, pozostaje pusty.
kit-access-book = Tego pliku można słuchać: nagłówki, tabele i odsyłacze są oznaczone, a każdy rysunek ma opis (PDF/UA-1, PDF/A-2a).
kit-access-missing = Czego brakuje
kit-access-limits = Wszystko to zmierzyły programy. Nikt jeszcze nie sprawdził tego na co dzień: warto zapytać osoby, które inaczej widzą, słyszą albo się poruszają.
kit-sight-usual = Zwykłe widzenie
kit-sight-protan = Bez czopków czerwieni
kit-sight-deutan = Bez czopków zieleni
kit-sight-tritan = Bez czopków błękitu
kit-sight-least = Najbliższa para: dE { $difference }
kit-alt-sight = Paleta: { $sight }

# Tokens
kit-tokens = Tokeny
kit-tokens-intro = W kodzie pisać nazwy, nigdy wartości: wtedy jedna zmiana dociera do każdej strony, a ciemne ekrany pojawiają się same. Te same nazwy są w każdym pliku w tokens/.
kit-tokens-name = Nazwa w CSS
kit-tokens-formats = Do jakiego narzędzia
kit-licences = Licencje
