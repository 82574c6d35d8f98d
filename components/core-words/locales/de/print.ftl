# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Vorname Nachname
print-role = Funktion
print-street = Straße 1
print-city = 00000 Ort
print-register = Handelsregister 000000
print-tax = USt-IdNr. 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Visitenkarte
print-sheet-letterhead = Briefbogen
print-sheet-envelope = Briefumschlag
print-sheet-compliments = Kurzmitteilung
print-sheet-business-card-us = Visitenkarte (US)
print-sheet-letterhead-us = Briefbogen (US)
print-sheet-envelope-us = Briefumschlag (US)
print-note-size = { $sheet }: { $width } × { $height } mm, Beschnitt { $bleed } mm.
print-note-cmyk = CMYK für die Druckmaschine des Profils „{ $profile }“.
print-note-rgb = RGB: bitte für Ihre Druckmaschine umwandeln.
print-note-samples = Namen und Adressen sind Platzhalter.

# The signature of mails
mail-signature = E-Mail-Signatur
mail-how = Legen Sie mark.png auf Ihre Website und schreiben Sie die Adresse des Bildes dorthin, wo in dieser Datei mark.png steht. Ersetzen Sie dann die Platzhalter, öffnen Sie die Datei im Browser, kopieren Sie die Signatur und fügen Sie sie in die Einstellungen Ihres Mailprogramms ein.

# The index
index-title = Welche Datei nehme ich?
index-more = Und für alles andere
index-for-website = Browser-Tab, Startbildschirm, geteilter Link
index-for-app = App-Stores und Telefone
index-for-social = Profile, Beiträge und Banner
index-for-mail = E-Mail-Signatur
index-for-card = Visitenkarten
index-for-letter = Briefe
index-for-envelope = Umschläge
index-for-printer = Druckerei, Schilder, Stickerei
index-for-office = Folien und Dokumente
index-for-code = Websites und Apps im Code
index-for-fonts = Schriften installieren
index-for-book = Regeln und Gründe
