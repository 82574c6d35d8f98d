# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Nome Cognome
print-role = Ruolo
print-street = Via 1
print-city = 00000 Città
print-register = N. di iscrizione 000000
print-tax = Partita IVA 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Biglietto da visita
print-sheet-letterhead = Carta intestata
print-sheet-envelope = Busta
print-sheet-compliments = Cartoncino di accompagnamento
print-sheet-business-card-us = Biglietto da visita (USA)
print-sheet-letterhead-us = Carta intestata (USA)
print-sheet-envelope-us = Busta (USA)
print-note-size = { $sheet }: { $width } × { $height } mm, abbondanza { $bleed } mm.
print-note-cmyk = CMYK per la macchina del profilo “{ $profile }”.
print-note-rgb = RGB: da convertire per la sua macchina.
print-note-samples = Nomi e indirizzi sono segnaposto.

# The signature of mails
mail-signature = Firma e-mail
mail-how = Metta mark.png sul suo sito e ne scriva l’indirizzo dove questo file dice mark.png. Poi sostituisca i segnaposto, apra il file in un browser, copi la firma e la incolli nelle impostazioni del suo programma di posta.

# The index
index-title = Quale file uso?
index-more = E per tutto il resto
index-for-website = Scheda del browser, schermata iniziale, link condiviso
index-for-app = Negozi di app e telefoni
index-for-social = Profili, post e copertine
index-for-mail = Firma e-mail
index-for-card = Biglietti da visita
index-for-letter = Lettere
index-for-envelope = Buste
index-for-printer = Tipografia, insegne, ricamo
index-for-office = Diapositive e documenti
index-for-code = Siti e app nel codice
index-for-fonts = Installare i caratteri
index-for-book = Regole e ragioni
