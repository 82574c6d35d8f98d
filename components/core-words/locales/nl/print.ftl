# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Voornaam Achternaam
print-role = Functie
print-street = Straat 1
print-city = 0000 Plaats
print-register = Handelsregister 000000
print-tax = Btw-nr. 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Visitekaartje
print-sheet-letterhead = Briefpapier
print-sheet-envelope = Envelop
print-sheet-compliments = Met-complimentenkaart
print-sheet-business-card-us = Visitekaartje (VS)
print-sheet-letterhead-us = Briefpapier (VS)
print-sheet-envelope-us = Envelop (VS)
print-note-size = { $sheet }: { $width } × { $height } mm, afloop { $bleed } mm.
print-note-cmyk = CMYK voor de drukpers van het profiel “{ $profile }”.
print-note-rgb = RGB: laat het omzetten voor uw drukpers.
print-note-samples = Namen en adressen zijn voorbeelden.

# The signature of mails
mail-signature = E-mailhandtekening
mail-how = Zet mark.png op uw website en schrijf het adres ervan waar in dit bestand mark.png staat. Vervang daarna de voorbeelden, open het bestand in een browser, kopieer de handtekening en plak haar in de instellingen van uw mailprogramma.

# The index
index-title = Welk bestand gebruik ik?
index-more = En voor al het andere
index-for-website = Browsertab, beginscherm, gedeelde link
index-for-app = Appwinkels en telefoons
index-for-social = Profielen, berichten en banners
index-for-mail = E-mailhandtekening
index-for-card = Visitekaartjes
index-for-letter = Brieven
index-for-envelope = Enveloppen
index-for-printer = Drukker, borden, borduurwerk
index-for-office = Dia’s en documenten
index-for-code = Websites en apps in code
index-for-fonts = Lettertypen installeren
index-for-book = Regels en redenen
