# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = First Last
print-role = Role
print-street = Street 1
print-city = 00000 City
print-register = Company no. 000000
print-tax = VAT no. 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Business card
print-sheet-letterhead = Letterhead
print-sheet-envelope = Envelope
print-sheet-compliments = With compliments slip
print-sheet-business-card-us = Business card (US)
print-sheet-letterhead-us = Letterhead (US)
print-sheet-envelope-us = Envelope (US)
print-note-size = { $sheet }: { $width } × { $height } mm, bleed { $bleed } mm.
print-note-cmyk = CMYK for the press of the profile “{ $profile }”.
print-note-rgb = RGB: please convert for your press.
print-note-samples = Names and addresses are placeholders.

# The signature of mails
mail-signature = E-mail signature
mail-how = Put mark.png on your website and write its address where mark.png stands in this file. Then replace the placeholders, open the file in a browser, copy the signature and paste it into the settings of your mail program.

# The index
index-title = Which file do I use?
index-more = And for everything else
index-for-website = Browser tab, home screen, shared link
index-for-app = App stores and phones
index-for-social = Profiles, posts and banners
index-for-mail = E-mail signature
index-for-card = Business cards
index-for-letter = Letters
index-for-envelope = Envelopes
index-for-printer = Printers, sign makers, embroidery
index-for-office = Slides and documents
index-for-code = Websites and apps in code
index-for-fonts = Installing the typefaces
index-for-book = Rules and reasons
