# Co `imprint check` znajduje w cudzych plikach. Najpierw co jest nie tak, potem co zrobić.

check-color = { $value } nie jest kolorem marki: najbliższy, { $name } { $near }, jest odległy o ΔE { $measured }, a dopuszcza się { $allowed }. Użyj { $near }.
check-color-far = { $value } nie jest kolorem marki: najbliższy, { $name } { $near }, jest odległy o ΔE { $measured }, a dopuszcza się { $allowed }. Użyj koloru marki.
check-ink = Farba { $value } nie należy do marki: najbliższa, { $name } { $near }, różni się o { $measured } pkt, a dopuszcza się { $allowed }. Użyj { $near }.
check-font = { $value } nie jest krojem marki. Użyj: { $families }.
check-contrast = Tekst w kolorze { $value } na tle { $ground } ma kontrast { $measured }:1, a potrzebuje { $allowed }:1. Przyciemnij tekst lub rozjaśnij tło, albo odwrotnie.
check-stretched = Logo ({ $logo }) jest zniekształcone: jeden bok jest za długi o { $percent }. Skaluj oba boki tak samo.
check-turned = Logo ({ $logo }) jest obrócone o { $degrees }°. Ustaw je prosto.
check-mirrored = Logo ({ $logo }) jest odbite w lustrze. Użyj pliku z zestawu bez zmian.
check-recolored = Logo ({ $logo }) ma własne kolory: { $colors }. Użyj jednej z wersji kolorystycznych z zestawu.
check-faint = Logo ({ $logo }) słabo widać na tle { $ground }: kontrast wynosi { $measured }:1, a potrzeba { $allowed }:1. Użyj wersji kolorystycznej dla tego tła.
check-small = Logo ({ $logo }) ma szerokość { $measured } { $unit }; jego części potrzebują co najmniej { $allowed } { $unit }. Powiększ je albo użyj prostszego układu.
check-crowded = Coś stoi w odległości { $measured } { $unit } od logo ({ $logo }), w jego polu ochronnym { $allowed } { $unit }. Odsuń to.

# Czego nie da się stwierdzić.
check-untold-logo = Nie znaleziono żadnego logo z zestawu. Logo narysowanego od nowa, uciętego albo położonego na zdjęciu nie da się rozpoznać.
check-untold-plain = { $logo }: zbyt proste, by odróżnić je od innych figur; nie szukano go.
check-untold-own = To plik samego zestawu, taki jak go utworzono: { $path }. Nie był oceniany.
check-untold-size = Plik nie mówi, jak duży będzie pokazany; minimalnej wielkości nie sprawdzono.
check-untold-pictures = Do obrazów w pliku nie zaglądano ({ $count }). Sprawdź je jako osobne pliki.
check-untold-photo = Tylko { $share } obrazu to płaski kolor. Reszta to zdjęcie albo gradient i jej kolorów nie oceniono.
check-untold-spaces = Kolorów zapisanych jako { $names } nie porównano.
check-untold-external = To pochodzi z zewnątrz i nie zostało odczytane: { $links }.
check-untold-text = Litery elementów tekstowych nie są konturami: logo złożonego jako tekst nie da się znaleźć, a ich odległości od logo nie zmierzono.
check-untold-ground = Obraz nie ma jednolitego tła; logo nie szukano.
check-untold-many = Plik ma więcej kształtów, niż się przeszukuje; w części nie szukano logo.
check-untold-pages = Przeczytane strony: { $read } z { $all }.
check-untold-packed = Części pliku są spakowane jako { $names } i nie zostały odczytane.
