# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Contenido
kit-contents-intro = Cada línea lleva a su página. Quien tenga prisa encontrará la respuesta una página antes.
kit-alt-link = { $title }, página { $page }
kit-part-brand = La marca
kit-part-use = En uso
kit-part-record = Para consultar
kit-lockups = Versiones
kit-palette = Paleta

# Construction
kit-construction = Construcción
kit-construction-intro = El símbolo ocupa un cuadrado dividido en ocho por ocho. Los cuadrados pequeños son los puntos de su contorno; las líneas a su lado indican hacia dónde va una curva. Debajo, las partes del logo se miden por la altura del símbolo.
kit-construction-points = Puntos del contorno
kit-construction-shape = Ancho por alto
kit-construction-letters = Altura de las letras
kit-construction-gap = Del símbolo al nombre
kit-construction-length = Longitud del logo
kit-construction-note = En alturas del símbolo. Los archivos respetan estas medidas: no hay nada que construir a mano.
kit-alt-construction = El símbolo de { $name } en su cuadrado de ocho por ocho, con los puntos de su contorno
kit-alt-proportions = El logo de { $name } con las líneas en que se apoyan sus partes

# Grounds
kit-grounds = Sobre cada fondo
kit-grounds-intro = El mismo logo sobre cada color de la marca, en la versión que le corresponde. La cifra es el contraste de su parte más pálida; por debajo de 3, un logo empieza a perderse.
kit-alt-ground = El logo sobre { $ground }: { $version }
kit-ground-white = Blanco
kit-ground-dark = Fondo oscuro
kit-misuse-shadow = No añada sombras ni efectos.
kit-misuse-cropped = No recorte nada.
kit-misuse-retyped = No componga el nombre con otra letra.

# Print
kit-inks = Impresión
kit-inks-intro = La pantalla brilla y el papel no: ninguna tinta muestra todos los colores. Aquí se ve lo que pide cada color en una prensa con el perfil «{ $press }» y cuánto se aleja su impresión de la pantalla.
kit-inks-color = Color
kit-inks-total = Tinta total
kit-inks-paper = En papel
kit-inks-text = Texto pequeño
kit-inks-close = Se imprime como se ve
kit-inks-shifted = Se desvía un poco
kit-inks-apart = Se desvía claramente: pida una prueba o una tinta plana
kit-inks-black = Componga el texto pequeño solo en negro. Cuatro tintas nunca coinciden del todo y las letras quedan con bordes de color.
kit-inks-proof = Antes de una tirada grande, encargue una prueba en el papel que se vaya a usar.
kit-inks-profile = El perfil de su imprenta da valores mejores que estos. Indíquele también el valor hexadecimal.

# Pictures and icons
kit-imagery = Imágenes e iconos
kit-imagery-intro = Las imágenes dicen cómo se siente una marca; los iconos, qué se puede hacer. Ambos siguen el tono del símbolo. Las figuras muestran cómo componer, no qué fotografiar.
kit-image-subject = Un solo motivo, fuera del centro. Lo importante está donde se cruzan dos tercios; lo demás se retira.
kit-image-room = Deje un lado en calma. Ahí encuentran sitio el logo y una línea de texto.
kit-image-warm = Luz cálida, más de tarde que de mediodía, cerca de la gente. Un color de la paleta vuelve en la escena.
kit-image-cool = Luz de día clara, pocas cosas, bordes limpios. Un color de la paleta vuelve en la escena.
kit-icons = Iconos
kit-icons-round = Dibujados en un cuadrado de 24 con líneas de { $stroke } unidades. Extremos y esquinas son redondos.
kit-icons-sharp = Dibujados en un cuadrado de 24 con líneas de { $stroke } unidades. Extremos y esquinas son rectos.
kit-alt-icons = Nueve iconos: búsqueda, hora, carta, persona, menú, calendario, teléfono, lugar, hecho

# In use
kit-stationery = Papelería
kit-stationery-intro = En papel, la marca se tiene en la mano. El logo aparece una vez, en su esquina, con aire alrededor; lo demás es de las palabras.
kit-places = Pantalla, pared y bolsa
kit-places-intro = Pequeño en un teléfono, grande en una pared: el símbolo habla solo donde el nombre está cerca; el logo entero, donde no lo está.
kit-scene-card = Tarjeta de visita
kit-scene-letter = Papel de carta
kit-scene-envelope = Sobre
kit-scene-app = Icono de aplicación
kit-scene-site = Sitio web
kit-scene-sign = Letrero
kit-scene-bag = Bolsa
kit-alt-scene = { $scene } con el logo de { $name }, dibujo
kit-scene-note = Dibujado con los contornos de los archivos del logo, en los colores de la paleta.
kit-sample-person = Nombre y apellidos
kit-sample-post = Lo que hago aquí
kit-sample-offer = Oferta
kit-sample-about = Nosotros
kit-sample-contact = Contacto
kit-sample-more = Leer más

# Accessibility
kit-access = Para todo el mundo
kit-access-intro = Una marca que algunas personas no pueden leer no está terminada. Esta página dice qué se midió, qué hay que respetar y qué no ha probado nadie todavía.
kit-access-contrast =
    { $count ->
        [one] Se midió { $count } par de colores. El texto más débil tiene un contraste de { $ratio } a 1; WCAG 2.2 pide 4,5.
       *[other] Se midieron { $count } pares de colores. El texto más débil tiene un contraste de { $ratio } a 1; WCAG 2.2 pide 4,5.
    }
kit-access-color = El color nunca habla solo: añada una palabra, una forma o un signo. Las franjas muestran la paleta como la ven las personas a quienes falta un tipo de receptores.
kit-access-type = El texto corrido tiene { $px } píxeles y una línea de { $leading }. Nada que deba leerse baja de { $least } píxeles. Los tamaños están en rem, para que el texto crezca con los ajustes de quien lee.
kit-access-logo = El texto alternativo del logo es «{ $name }» y nada más. Si el nombre está al lado como texto, se deja vacío.
kit-access-book = Este archivo se puede escuchar: títulos, tablas y enlaces están etiquetados y cada figura tiene descripción (PDF/UA-1, PDF/A-2a).
kit-access-missing = Lo que falta
kit-access-limits = Todo esto lo midieron programas. Nadie lo ha probado aún en la vida diaria: pregunte a personas que ven, oyen o se mueven de otro modo.
kit-sight-usual = Visión habitual
kit-sight-protan = Sin receptores del rojo
kit-sight-deutan = Sin receptores del verde
kit-sight-tritan = Sin receptores del azul
kit-sight-least = Par más cercano: dE { $difference }
kit-alt-sight = La paleta: { $sight }

# Tokens
kit-tokens = Variables
kit-tokens-intro = En el código, escriba nombres y nunca valores: así un cambio llega a cada página y las pantallas oscuras salen solas. Los mismos nombres están en cada archivo de tokens/.
kit-tokens-name = Nombre en CSS
kit-tokens-formats = Para qué herramienta
kit-licences = Licencias
