# Księga marki i przegląd.

kit-book = Księga marki
kit-book-of = { $name }: księga marki
kit-overview-of = { $name }: marka na jednej stronie
kit-cover = Okładka

# Ściąga
kit-reference = W skrócie
kit-reference-intro = Codziennie wracają trzy pytania: który plik, który kolor, który krój. Kto czyta tylko jedną stronę, niech przeczyta tę.
kit-which-file = Który plik?
kit-which-color = Który kolor?
kit-which-face = Który krój?
kit-case-page = Strona, list, slajd: każde jasne tło
kit-case-dark = Na ciemnym kolorze marki
kit-case-narrow = Gdzie jest wysoko, ale wąsko
kit-case-profile = Zdjęcie profilowe, aplikacja, małe pola
kit-case-one-color = Stempel, grawer, druk jednobarwny
kit-case-photo = Na zdjęciach i mocnych kolorach
kit-face-display = Grubość { $weight }. Do nazwy, tytułów i nagłówków.
kit-face-text = Grubość { $weight }. Do wszystkiego, co się czyta.
kit-face-strong = Grubość { $weight } do wyróżnień i etykiet.

# Pomysł i powody
kit-idea = Pomysł
kit-reasons = Dlaczego tak wygląda
kit-reasons-intro = Każda decyzja ma powód. Przy każdym podano, jak pewna jest to wiedza i skąd pochodzi, aby można było ją rozważyć, a także się z nią nie zgodzić.
kit-topic-industry = Branża
kit-topic-style = Ton
kit-topic-color = Kolor
kit-topic-type = Pismo
kit-topic-shape = Forma
kit-topic-logo = Logo
kit-topic-name = Nazwa
kit-topic-character = Charakter
kit-topic-category = Kolory branży
kit-topic-contrast = Czytelność
kit-topic-motif = Motyw
kit-topic-other = Warto wiedzieć
kit-evidence-strong = Dobrze potwierdzone
kit-evidence-limited = Częściowo potwierdzone
kit-evidence-practice = Z praktyki
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Sygnet i nazwa pozostają w stałej relacji. Pierwszy wybór to wersja pozioma; pozostałe są na miejsca, w których byłaby za mała. Zawsze należy brać gotowe pliki i nigdy nie składać nazwy samodzielnie.
kit-lockup-stacked = Pionowa
kit-lockup-stacked-use = Na pola kwadratowe i wąskie.
kit-lockup-mark = Sygnet
kit-lockup-mark-use = Gdzie nazwa i tak jest w pobliżu.
kit-lockup-wordmark = Logotyp
kit-lockup-wordmark-use = Gdzie sygnet byłby za mały.
kit-colorways = Wersje kolorystyczne
kit-colorways-intro = Sześć wersji wystarczy na każde tło i do każdego druku. Decyduje tło: właściwa jest ta wersja, w której każdą część widać od razu.
kit-colorway-color = Kolorowa
kit-colorway-color-use = Podstawowa, na białe i jasne tła.
kit-colorway-reversed = Negatywowa
kit-colorway-reversed-use = Na ciemny kolor marki.
kit-colorway-black = Czarna
kit-colorway-black-use = Gdy jest tylko jedna farba.
kit-colorway-white = Biała
kit-colorway-white-use = Na mocne kolory i spokojne partie zdjęć.
kit-space = Przestrzeń i wielkość
kit-space-intro = Logo potrzebuje wokół siebie powietrza i pewnej wielkości, inaczej przestaje być logo. Wszystkie wartości zmierzono na tym logo.
kit-space-rule = Z każdej strony pozostaje wolne { $percent }% wysokości sygnetu (x): bez tekstu, bez krawędzi, bez innego logo.
kit-smallest = Najmniejsza wielkość
kit-smallest-rule = Sygnet nigdy nie może być mniejszy niż { $px } px, a w druku { $mm } mm. Poniżej jego części zlewają się ze sobą.
kit-misuse = Czego nie robić
kit-misuse-intro = Logo zapada w pamięć, bo zawsze wygląda tak samo. Te zmiany wydają się niewinne, a niweczą ten efekt.
kit-misuse-stretched = Nie rozciągać ani nie ściskać.
kit-misuse-turned = Nie przechylać.
kit-misuse-recolored = Nie zmieniać kolorów.
kit-misuse-contrast = Nie umieszczać tam, gdzie ginie.
kit-misuse-crowded = Niczego nie dosuwać zbyt blisko.
kit-misuse-rearranged = Nie przestawiać części.
kit-concepts = Wszystkie koncepcje
kit-concepts-intro =
    { $count ->
        [one] Powstała { $count } koncepcja. Jest rekomendowana i występuje w całej księdze; jej pliki są w zestawie.
        [few] Powstały { $count } koncepcje, każda z innego pomysłu. Rekomendowany jest numer 1 i to on występuje w całej księdze; pliki wszystkich są w zestawie.
       *[many] Powstało { $count } koncepcji, każda z innego pomysłu. Rekomendowany jest numer 1 i to on występuje w całej księdze; pliki wszystkich są w zestawie.
    }

# Kolor
kit-color = Kolor
kit-color-intro = Pasy pokazują, ile miejsca w typowym układzie zajmuje każdy kolor. Gdy przestrzeń dostaną kolory ciche, wybrzmią te głośne.
kit-color-intro-given = Kolor główny jest dokładnie taki, jaki podano. Pasy pokazują, ile miejsca w typowym układzie zajmuje każdy kolor: przestrzeń należy się cichym.
kit-swatch-primary = Główny
kit-swatch-secondary = Dodatkowy
kit-swatch-accent = Akcent
kit-swatch-ink = Atrament
kit-swatch-paper = Papier
kit-swatch-neutral = Neutralny
kit-scales = Skale i motywy
kit-scales-intro = Każdy kolor ma jedenaście stopni od jasnego do ciemnego: na powierzchnie, obramowania i stany. Motywy robią z nich użytek: jeden na jasnych ekranach, drugi na ciemnych, trzeci z wysokim kontrastem.
kit-theme-light = Jasny
kit-theme-dark = Ciemny
kit-contrast = Kontrast
kit-contrast-intro = Każde pole złożono w dwóch kolorach, o których mówi. Od 4,5 tekst jest czytelny niemal dla każdego (AA), od 7 bez wysiłku (AAA); 3 wystarcza dla dużego pisma, linii i symboli. Pomiar według WCAG 2.2.
kit-contrast-corner = Kolor na tle
kit-role-background = Tło
kit-role-surface = Powierzchnia
kit-role-surface-raised = Uniesiona
kit-role-border = Obramowanie
kit-role-text = Tekst
kit-role-muted = Tekst stonowany
kit-role-primary = Główny
kit-role-secondary = Dodatkowy
kit-role-accent = Akcent
kit-role-link = Odnośnik
kit-role-focus = Fokus
kit-role-success = Sukces
kit-role-warning = Ostrzeżenie
kit-role-danger = Zagrożenie

# Pismo
kit-type = Kroje pisma
kit-sizes = Stopnie pisma
kit-sizes-intro = Wszystkie stopnie wynikają z jednej proporcji, { $ratio }, aby każdy krok był wyczuwalny. Wydrukowano je tu w takiej wielkości, jaką mają na ekranie.
kit-size-display = Plakat
kit-size-title = Tytuł
kit-size-heading = Nagłówek
kit-size-lead = Wstęp
kit-size-body = Tekst ciągły
kit-size-caption = Podpis
kit-size-values = { $px } px, interlinia { $leading }, odstęp { $tracking }%
kit-sample = Dobry projekt jest cichy, gdzie może, i wyraźny, gdzie musi.
kit-sample-long = Markę spotyka się w przelocie: na drzwiach, w telefonie, na brzegu paragonu. Rzadko się ją czyta, nigdy nie studiuje. Zostaje ton, kolor, rytm wiersza. Jeśli za każdym razem wracają, zaufanie rośnie niemal samo; jeśli się zmieniają, każde spotkanie jest tym pierwszym.
kit-sample-display = Zrobione na lata
kit-sample-title = Zdanie, które zostaje
kit-sample-heading = Powiedziane raz, a jasno
kit-sample-lead = Pierwsze zdanie prowadzi od nagłówka do tekstu i mówi, o co chodzi.
kit-sample-body = Tekst ciągły chce być czytany, nie oglądany. Niech wiersz ma od pięćdziesięciu do siedemdziesięciu pięciu znaków, między akapitami niech będzie trochę światła, a wyróżnienia niech pozostaną rzadkie.
kit-sample-caption = Podpisy objaśniają obraz, przypisy podają źródło. Są małe, ale wciąż czytelne.

# Pliki
kit-files = Pliki i metryka
kit-files-intro = Wszystko, co jest w tej księdze, leży w zestawie jako plik. Lista wszystkich plików z sumami kontrolnymi to manifest.json.
kit-folders = Co gdzie leży
kit-folder-root = brand.json mówi, co i dlaczego postanowiono, report.json, co zmierzono, manifest.json, jakie są pliki.
kit-folder-logos = Każda koncepcja w każdej wersji, jako SVG i PNG.
kit-folder-web = Ikony dla przeglądarek i telefonów, z wierszami do wklejenia na stronę.
kit-folder-app = Ikony aplikacji.
kit-folder-social = Grafiki do mediów społecznościowych.
kit-folder-tokens = Kolory i pismo dla programistów: CSS, Sass, Design Tokens.
kit-folder-book = Ta księga.
kit-folder-print = Druki firmowe dla drukarni: format netto, spady i znaczniki są ustawione. Nazwiska i adresy są przykładowe.
kit-folder-fonts = Kroje pisma wraz z licencjami.
kit-file-count =
    { $count ->
        [one] { $count } plik.
        [few] { $count } pliki.
       *[many] { $count } plików.
    }
kit-faces = Kroje pisma
kit-license = Licencja { $license }: swobodne użycie w druku, w sieci i w produktach.
kit-colophon = Metryka
kit-made-with = Wykonano w programie Imprint { $version } z dnia { $date }.
kit-made-from =
    { $concepts ->
        [one] Ziarno { $seed }, { $concepts } koncepcja.
        [few] Ziarno { $seed }, { $concepts } koncepcje.
       *[many] Ziarno { $seed }, { $concepts } koncepcji.
    }
kit-made-again = To samo zlecenie, ziarno i wersja dają znów dokładnie ten zestaw, bajt w bajt.

# Dla tych, którzy księgi słuchają
kit-alt-horizontal = Logo marki { $name }: sygnet i nazwa obok siebie
kit-alt-stacked = Logo marki { $name }: sygnet nad nazwą
kit-alt-mark = Sygnet marki { $name }
kit-alt-wordmark = Nazwa { $name } jako logotyp
kit-alt-concept = Koncepcja { $rank }: { $title }
kit-alt-sizes = Sygnet w rosnących wielkościach, od { $px } pikseli
kit-alt-shares = Pasy tak szerokie, jak udział każdego koloru w układzie
kit-theme-high-contrast = Wysoki kontrast
kit-role-info = Informacja
kit-print = CMYK dotyczy maszyny drukarskiej z profilu „{ $profile }”; dE mówi, jak bardzo jej druk odbiega od ekranu. Własny profil drukarni da lepsze wartości.

# Contact sheet
kit-sheet-smallest = Od { $px } px

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Pozioma
kit-lockup-horizontal-use = Pierwszy wybór, gdziekolwiek jest miejsce.
kit-lockup-square = Kwadratowa
kit-lockup-square-use = Na zdjęcia profilowe, które niosą nazwę.
kit-lockup-badge = Odznaka
kit-lockup-badge-use = Na naklejki, stemple i etykiety.
kit-colorway-mono = Jednobarwna
kit-colorway-mono-use = Na jedną własną farbę, nić albo folię.
kit-colorway-grey = Skala szarości
kit-colorway-grey-use = Do gazet, formularzy i kopii.
kit-alt-square = Logo marki { $name } w kwadracie: sygnet nad nazwą
kit-alt-badge = Odznaka marki { $name }: sygnet i nazwa jako jedna figura
kit-alt-small = Sygnet marki { $name }, narysowany do małych rozmiarów
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Wszystkie wersje logo w najmniejszych rozmiarach
kit-space-letters = Z każdej strony pozostaje wolny margines x: bez tekstu, bez krawędzi, bez innego logo. x to połowa wysokości liter, czyli { $percent }% wysokości sygnetu.
kit-space-stroke = Z każdej strony pozostaje wolny margines x: bez tekstu, bez krawędzi, bez innego logo. x jest tak szerokie jak kreski sygnetu, czyli { $percent }% jego wysokości.
kit-smallest-lockups = Każda wersja w najmniejszym dozwolonym rozmiarze, w naturalnej wielkości. Poniżej ginie najcieńsza kreska nazwy albo część sygnetu.
kit-smallest-drawing = Od 16 do 32 pikseli służy rysunek do małych rozmiarów: pliki, których nazwy zaczynają się od „small”.

# Revisions
kit-changes-title = Co zmieniło się między wersją { $from } a wersją { $to }
kit-changes-before = przedtem
kit-changes-after = teraz
kit-changes-asked = O co proszono
kit-changes-decided = Co postanowiono
kit-changes-colors = Kolory
kit-changes-files = Pliki
kit-changes-nothing = Nic.
kit-changes-counts = Dodane: { $added }, usunięte: { $removed }, zmienione: { $changed }, bez zmian: { $same }.

# The page of the checks
kit-report-title = Kontrole: { $name }
kit-report-intro = Wszystkie kontrole tego zestawu: co zmierzono i względem czego. Opisy kontroli są po angielsku; to samo zapisano dla programów w pliku report.json.
kit-report-passed = spełnione
kit-report-missed = nieosiągnięte
kit-report-failed = niespełnione
kit-report-told = informacja
kit-report-checks = kontrole
kit-report-gates = złamane obietnice
kit-report-warnings = nieosiągnięte cele
kit-report-check = Kontrola
kit-report-measured = Zmierzono
kit-report-threshold = Próg
kit-report-result = Wynik
kit-report-first = Czego nie osiągnięto
kit-report-whole = Każda obietnica jest dotrzymana, a każdy cel osiągnięty.
kit-report-group-palette = Kolor
kit-report-group-type = Typografia
kit-report-group-logo = Logo
kit-report-group-assets = Obrazy i ikony
kit-report-group-tokens = Tokeny
kit-report-group-fonts = Czcionki
kit-report-group-book = Księga marki
kit-report-group-print = Druki firmowe
kit-report-group-email = Stopka e-mail
kit-report-group-other = Inne

# More folders
kit-folder-email = Stopka do e-maili, jako HTML i jako zwykły tekst.
made-files =
    { $count ->
        [one] { $count } plik, { $size } kB, w { $path }
        [few] { $count } pliki, { $size } kB, w { $path }
       *[many] { $count } plików, { $size } kB, w { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } koncepcja, zalecana: `{ $first }`.
        [few] { $count } koncepcje, zalecana: `{ $first }`.
       *[many] { $count } koncepcji, zalecana: `{ $first }`.
    }
made-book = Jak wszystkiego używać i dlaczego.
made-overview = Zestaw w skrócie.
made-index = Który plik do czego: zacznij tutaj.
made-seed = ziarno { $seed }, { $seconds } s
made-setup = (z tego { $seconds } s na przygotowanie)
made-fewer = tylko { $count } z { $asked } koncepcji: wszystko inne jest zbyt podobne do podanych znaków. Inne ziarno może dać więcej.
made-missed = brakuje { $id }: { $why }
made-note = uwaga: { $text }
