# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = Nombre Apellido
print-role = Cargo
print-street = Calle 1
print-city = 00000 Ciudad
print-register = Registro mercantil 000000
print-tax = NIF-IVA 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = Tarjeta de visita
print-sheet-letterhead = Papel de carta
print-sheet-envelope = Sobre
print-sheet-compliments = Tarjetón
print-sheet-business-card-us = Tarjeta de visita (EE. UU.)
print-sheet-letterhead-us = Papel de carta (EE. UU.)
print-sheet-envelope-us = Sobre (EE. UU.)
print-note-size = { $sheet }: { $width } × { $height } mm, sangrado { $bleed } mm.
print-note-cmyk = CMYK para la máquina del perfil «{ $profile }».
print-note-rgb = RGB: conviértalo para su máquina.
print-note-samples = Los nombres y las direcciones son de muestra.

# The signature of mails
mail-signature = Firma de correo
mail-how = Suba mark.png a su sitio web y escriba su dirección donde este archivo dice mark.png. Después sustituya los datos de muestra, abra el archivo en un navegador, copie la firma y péguela en los ajustes de su programa de correo.

# The index
index-title = ¿Qué archivo uso?
index-more = Y para todo lo demás
index-for-website = Pestaña, pantalla de inicio, enlace compartido
index-for-app = Tiendas de aplicaciones y teléfonos
index-for-social = Perfiles, publicaciones y portadas
index-for-mail = Firma de correo
index-for-card = Tarjetas de visita
index-for-letter = Cartas
index-for-envelope = Sobres
index-for-printer = Imprenta, rótulos, bordado
index-for-office = Diapositivas y documentos
index-for-code = Sitios y aplicaciones en código
index-for-fonts = Instalar las tipografías
index-for-book = Reglas y razones
