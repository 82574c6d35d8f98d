# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Imię Nazwisko
print-role = Stanowisko
print-street = Ulica 1
print-city = 00-000 Miasto
print-register = Nr rejestru 000000
print-tax = NIP 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Wizytówka
print-sheet-letterhead = Papier firmowy
print-sheet-envelope = Koperta
print-sheet-compliments = Bilet grzecznościowy
print-sheet-business-card-us = Wizytówka (USA)
print-sheet-letterhead-us = Papier firmowy (USA)
print-sheet-envelope-us = Koperta (USA)
print-note-size = { $sheet }: { $width } × { $height } mm, spad { $bleed } mm.
print-note-cmyk = CMYK dla maszyny z profilem „{ $profile }”.
print-note-rgb = RGB: do przeliczenia dla własnej maszyny.
print-note-samples = Nazwiska i adresy są przykładowe.

# The signature of mails
mail-signature = Stopka e-mail
mail-how = Plik mark.png należy umieścić na swojej stronie, a jego adres wpisać tam, gdzie w tym pliku stoi mark.png. Potem wystarczy zastąpić dane przykładowe, otworzyć plik w przeglądarce, skopiować stopkę i wkleić ją w ustawieniach programu pocztowego.

# The index
index-title = Którego pliku użyć?
index-more = A do wszystkiego innego
index-for-website = Karta przeglądarki, ekran początkowy, link
index-for-app = Sklepy z aplikacjami i telefony
index-for-social = Profile, posty i banery
index-for-mail = Stopka e-mail
index-for-card = Wizytówki
index-for-letter = Listy
index-for-envelope = Koperty
index-for-printer = Drukarnia, szyldy, haft
index-for-office = Slajdy i dokumenty
index-for-code = Strony i aplikacje w kodzie
index-for-fonts = Instalacja krojów pisma
index-for-book = Zasady i powody
