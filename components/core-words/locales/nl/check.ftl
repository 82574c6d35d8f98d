# Wat `imprint check` in bestanden van anderen vindt. Eerst wat er mis is, dan wat te doen.

check-color = { $value } is geen kleur van het merk: de dichtstbijzijnde, { $name } { $near }, ligt ΔE { $measured } verder, en { $allowed } is toegestaan. Gebruik { $near }.
check-color-far = { $value } is geen kleur van het merk: de dichtstbijzijnde, { $name } { $near }, ligt ΔE { $measured } verder, en { $allowed } is toegestaan. Gebruik een kleur van het merk.
check-ink = De inkt { $value } is niet van het merk: de dichtstbijzijnde, { $name } { $near }, wijkt { $measured } punten af, en { $allowed } zijn toegestaan. Gebruik { $near }.
check-font = { $value } is geen lettertype van het merk. Gebruik { $families }.
check-contrast = Tekst in { $value } op { $ground } heeft een contrast van { $measured }:1 en heeft { $allowed }:1 nodig. Maak de tekst donkerder of de ondergrond lichter, of andersom.
check-stretched = Het logo ({ $logo }) is vervormd: één zijde is { $percent } te lang. Schaal beide zijden gelijk.
check-turned = Het logo ({ $logo }) is { $degrees }° gedraaid. Zet het recht.
check-mirrored = Het logo ({ $logo }) is gespiegeld. Gebruik het bestand uit de kit zoals het is.
check-recolored = Het logo ({ $logo }) heeft eigen kleuren: { $colors }. Gebruik een van de kleurversies uit de kit.
check-faint = Het logo ({ $logo }) is op { $ground } slecht te zien: het contrast is { $measured }:1, en { $allowed }:1 is nodig. Gebruik de kleurversie voor deze ondergrond.
check-small = Het logo ({ $logo }) is { $measured } { $unit } breed; zijn delen hebben minstens { $allowed } { $unit } nodig. Maak het groter, of gebruik een eenvoudiger samenstelling.
check-crowded = Er staat iets op { $measured } { $unit } van het logo ({ $logo }), binnen zijn vrije ruimte van { $allowed } { $unit }. Zet het verder weg.

# Wat niet te zeggen is.
check-untold-logo = Er is geen logo van de kit gevonden. Een logo dat opnieuw getekend, afgesneden of op een foto gezet is, valt niet te herkennen.
check-untold-plain = { $logo }: te eenvoudig om van andere figuren te onderscheiden; er is niet naar gezocht.
check-untold-own = Dit is een bestand van de kit zelf, zoals het gemaakt is: { $path }. Het is niet beoordeeld.
check-untold-size = Het bestand zegt niet hoe groot het getoond wordt; de minimale maat is niet gecontroleerd.
check-untold-pictures = In de afbeeldingen van het bestand is niet gekeken ({ $count }). Controleer ze als eigen bestanden.
check-untold-photo = Slechts { $share } van de afbeelding is vlakke kleur. De rest is een foto of een verloop, en de kleuren daarvan zijn niet beoordeeld.
check-untold-spaces = Kleuren die als { $names } geschreven zijn, zijn niet vergeleken.
check-untold-external = Dit wordt van elders gehaald en is niet gelezen: { $links }.
check-untold-text = De letters van tekstelementen zijn geen omtrekken: een logo dat als tekst gezet is wordt niet gevonden, en hun afstand tot logo’s is niet gemeten.
check-untold-ground = De afbeelding heeft geen effen ondergrond; er is niet naar logo’s gezocht.
check-untold-many = Het bestand heeft meer vormen dan er doorzocht worden; in een deel is niet naar logo’s gezocht.
check-untold-pages = Er zijn { $read } van { $all } pagina’s gelezen.
check-untold-packed = Delen van het bestand zijn als { $names } ingepakt en niet gelezen.
