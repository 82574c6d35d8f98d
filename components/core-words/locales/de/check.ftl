# Was `imprint check` in fremden Dateien findet. Erst was nicht stimmt, dann was zu tun ist.

check-color = { $value } ist keine Farbe der Marke: Die nächste, { $name } { $near }, liegt ΔE { $measured } entfernt, erlaubt ist { $allowed }. Verwenden Sie { $near }.
check-color-far = { $value } ist keine Farbe der Marke: Die nächste, { $name } { $near }, liegt ΔE { $measured } entfernt, erlaubt ist { $allowed }. Verwenden Sie eine Farbe der Marke.
check-ink = Die Druckfarbe { $value } gehört nicht zur Marke: Die nächste, { $name } { $near }, weicht um { $measured } Punkte ab, erlaubt sind { $allowed }. Verwenden Sie { $near }.
check-font = { $value } ist keine Schrift der Marke. Verwenden Sie { $families }.
check-contrast = Text in { $value } auf { $ground } hat einen Kontrast von { $measured }:1 und braucht { $allowed }:1. Machen Sie den Text dunkler oder den Grund heller, oder umgekehrt.
check-stretched = Das Logo ({ $logo }) ist verzerrt: Eine Seite ist um { $percent } zu lang. Skalieren Sie beide Seiten gleich.
check-turned = Das Logo ({ $logo }) ist um { $degrees }° gedreht. Stellen Sie es gerade.
check-mirrored = Das Logo ({ $logo }) ist gespiegelt. Verwenden Sie die Datei aus dem Kit, wie sie ist.
check-recolored = Das Logo ({ $logo }) hat eigene Farben: { $colors }. Verwenden Sie eine der Farbfassungen aus dem Kit.
check-faint = Das Logo ({ $logo }) ist auf { $ground } schlecht zu sehen: Der Kontrast ist { $measured }:1, nötig sind { $allowed }:1. Verwenden Sie die Farbfassung für diesen Grund.
check-small = Das Logo ({ $logo }) ist { $measured } { $unit } breit; seine Teile brauchen mindestens { $allowed } { $unit }. Machen Sie es größer, oder verwenden Sie eine einfachere Anordnung.
check-crowded = Etwas steht { $measured } { $unit } vom Logo ({ $logo }) entfernt, in seinem Schutzraum von { $allowed } { $unit }. Rücken Sie es weg.

# Was sich nicht sagen lässt.
check-untold-logo = Kein Logo des Kits wurde gefunden. Ein nachgezeichnetes, beschnittenes oder auf ein Foto gesetztes ist nicht zu erkennen.
check-untold-plain = { $logo }: zu schlicht, um es von anderen Figuren zu unterscheiden; danach wurde nicht gesucht.
check-untold-own = Dies ist eine Datei des Kits selbst, so wie sie erstellt wurde: { $path }. Sie wurde nicht bewertet.
check-untold-size = Die Datei sagt nicht, wie groß sie gezeigt wird; die Mindestgröße wurde nicht geprüft.
check-untold-pictures = In Bilder der Datei wurde nicht hineingesehen ({ $count }). Prüfen Sie sie als eigene Dateien.
check-untold-photo = Nur { $share } des Bildes sind flächige Farbe. Der Rest ist ein Foto oder ein Verlauf, und seine Farben wurden nicht beurteilt.
check-untold-spaces = Farben, die als { $names } geschrieben sind, wurden nicht verglichen.
check-untold-external = Dies wird von anderswo geholt und wurde nicht gelesen: { $links }.
check-untold-text = Die Buchstaben von Textelementen sind keine Umrisse: Ein als Text gesetztes Logo wird nicht gefunden, und ihr Abstand zu Logos wurde nicht gemessen.
check-untold-ground = Das Bild hat keinen ruhigen Grund; nach Logos wurde nicht gesucht.
check-untold-many = Die Datei hat mehr Formen, als durchsucht werden; in einem Teil wurde nicht nach Logos gesucht.
check-untold-pages = { $read } von { $all } Seiten wurden gelesen.
check-untold-packed = Teile der Datei sind als { $names } gepackt und wurden nicht gelesen.
