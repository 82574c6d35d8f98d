# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Nome Sobrenome
print-role = Cargo
print-street = Rua 1
print-city = 00000 Cidade
print-register = Registro 000000
print-tax = NIF 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Cartão de visita
print-sheet-letterhead = Papel timbrado
print-sheet-envelope = Envelope
print-sheet-compliments = Cartão de cumprimentos
print-sheet-business-card-us = Cartão de visita (EUA)
print-sheet-letterhead-us = Papel timbrado (EUA)
print-sheet-envelope-us = Envelope (EUA)
print-note-size = { $sheet }: { $width } × { $height } mm, sangria { $bleed } mm.
print-note-cmyk = CMYK para a impressora do perfil “{ $profile }”.
print-note-rgb = RGB: converta para a sua impressora.
print-note-samples = Nomes e endereços são fictícios.

# The signature of mails
mail-signature = Assinatura de e-mail
mail-how = Coloque mark.png no seu site e escreva o endereço dele onde este arquivo diz mark.png. Depois troque os dados fictícios, abra o arquivo num navegador, copie a assinatura e cole-a nas configurações do seu programa de e-mail.

# The index
index-title = Qual arquivo eu uso?
index-more = E para todo o resto
index-for-website = Aba do navegador, tela inicial, link compartilhado
index-for-app = Lojas de aplicativos e telefones
index-for-social = Perfis, publicações e capas
index-for-mail = Assinatura de e-mail
index-for-card = Cartões de visita
index-for-letter = Cartas
index-for-envelope = Envelopes
index-for-printer = Gráfica, letreiros, bordado
index-for-office = Slides e documentos
index-for-code = Sites e aplicativos em código
index-for-fonts = Instalar as fontes
index-for-book = Regras e razões
