# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Ad Soyad
print-role = Görev
print-street = Sokak 1
print-city = 00000 Şehir
print-register = Sicil no. 000000
print-tax = Vergi no. 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Kartvizit
print-sheet-letterhead = Antetli kâğıt
print-sheet-envelope = Zarf
print-sheet-compliments = Not kartı
print-sheet-business-card-us = Kartvizit (ABD)
print-sheet-letterhead-us = Antetli kâğıt (ABD)
print-sheet-envelope-us = Zarf (ABD)
print-note-size = { $sheet }: { $width } × { $height } mm, taşma payı { $bleed } mm.
print-note-cmyk = CMYK, “{ $profile }” profilindeki baskı makinesi içindir.
print-note-rgb = RGB: baskı makineniz için dönüştürün.
print-note-samples = Adlar ve adresler örnektir.

# The signature of mails
mail-signature = E-posta imzası
mail-how = mark.png dosyasını web sitenize koyun ve adresini bu dosyada mark.png yazan yere yazın. Sonra örnek bilgileri değiştirin, dosyayı bir tarayıcıda açın, imzayı kopyalayın ve posta programınızın ayarlarına yapıştırın.

# The index
index-title = Hangi dosyayı kullanmalıyım?
index-more = Geri kalan her şey için
index-for-website = Tarayıcı sekmesi, ana ekran, paylaşılan bağlantı
index-for-app = Uygulama mağazaları ve telefonlar
index-for-social = Profiller, gönderiler ve kapaklar
index-for-mail = E-posta imzası
index-for-card = Kartvizitler
index-for-letter = Mektuplar
index-for-envelope = Zarflar
index-for-printer = Matbaa, tabela, nakış
index-for-office = Slaytlar ve belgeler
index-for-code = Kodda siteler ve uygulamalar
index-for-fonts = Yazı tiplerini kurmak
index-for-book = Kurallar ve gerekçeler
