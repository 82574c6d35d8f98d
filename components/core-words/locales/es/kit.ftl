# El manual de marca y la vista general.

kit-book = Manual de marca
kit-book-of = { $name }: manual de marca
kit-overview-of = { $name }: la marca de un vistazo
kit-cover = Portada

# Lo esencial
kit-reference = Lo esencial
kit-reference-intro = Tres preguntas surgen cada día: qué archivo, qué color, qué tipografía. Si solo va a leer una página, que sea esta.
kit-which-file = ¿Qué archivo?
kit-which-color = ¿Qué color?
kit-which-face = ¿Qué tipografía?
kit-case-page = Web, carta, diapositiva: todo fondo claro
kit-case-dark = Sobre el color oscuro de la marca
kit-case-narrow = Donde hay altura pero poca anchura
kit-case-profile = Foto de perfil, aplicación, espacios pequeños
kit-case-one-color = Sello, grabado, impresión a una tinta
kit-case-photo = Sobre fotografías y colores intensos
kit-face-display = Peso { $weight }. Para el nombre, los títulos y los encabezados.
kit-face-text = Peso { $weight }. Para todo lo que se lee.
kit-face-strong = Peso { $weight } para destacar y rotular.

# Idea y razones
kit-idea = La idea
kit-reasons = Por qué es así
kit-reasons-intro = Cada decisión tiene una razón. Junto a ella se indica lo segura que es y de dónde viene, para que pueda sopesarla y también discrepar.
kit-topic-industry = El sector
kit-topic-style = El tono
kit-topic-color = Color
kit-topic-type = Tipografía
kit-topic-shape = Forma
kit-topic-logo = El logotipo
kit-topic-name = El nombre
kit-topic-character = El carácter
kit-topic-category = Los colores del sector
kit-topic-contrast = Legibilidad
kit-topic-motif = El símbolo
kit-topic-other = Conviene saber
kit-evidence-strong = Bien fundado
kit-evidence-limited = Con cierto fundamento
kit-evidence-practice = De la práctica
kit-evidence-sourced = { $grade }. { $source }

# Logotipo
kit-logo = Logotipo
kit-logo-intro = Símbolo y nombre guardan una relación fija. Use primero la versión horizontal; las demás son para espacios en los que quedaría demasiado pequeña. Tome siempre los archivos y no componga nunca el nombre a mano.
kit-lockup-stacked = Apilado
kit-lockup-stacked-use = Para espacios cuadrados y estrechos.
kit-lockup-mark = Símbolo
kit-lockup-mark-use = Donde el nombre ya está cerca.
kit-lockup-wordmark = Nombre
kit-lockup-wordmark-use = Donde el símbolo quedaría demasiado pequeño.
kit-colorways = Versiones de color
kit-colorways-intro = Seis versiones bastan para cualquier fondo y cualquier impresión. El fondo decide: elija aquella en la que cada parte se vea a la primera.
kit-colorway-color = En color
kit-colorway-color-use = La habitual, sobre blanco y fondos claros.
kit-colorway-reversed = En negativo
kit-colorway-reversed-use = Sobre el color oscuro de la marca.
kit-colorway-black = Negro
kit-colorway-black-use = Donde solo hay una tinta.
kit-colorway-white = Blanco
kit-colorway-white-use = Sobre colores intensos y zonas tranquilas de una fotografía.
kit-space = Espacio y tamaño
kit-space-intro = El logotipo necesita aire a su alrededor y cierto tamaño; sin ellos deja de serlo. Todos los valores se han medido en este logotipo.
kit-space-rule = Deje libre por cada lado un { $percent } % de la altura del símbolo (x): ni texto, ni bordes, ni otro logotipo.
kit-smallest = Tamaño mínimo
kit-smallest-rule = No muestre nunca el símbolo a menos de { $px } píxeles, o { $mm } mm en impresión. Por debajo, sus partes se confunden.
kit-misuse = Lo que no se hace
kit-misuse-intro = Un logotipo se vuelve familiar porque siempre es igual. Estos cambios parecen inofensivos y lo echan a perder.
kit-misuse-stretched = No lo estire ni lo comprima.
kit-misuse-turned = No lo incline.
kit-misuse-recolored = No le dé otros colores.
kit-misuse-contrast = No lo coloque donde no se ve.
kit-misuse-crowded = No deje que nada se le acerque.
kit-misuse-rearranged = No cambie sus partes de sitio.
kit-concepts = Todas las propuestas
kit-concepts-intro = { $count } propuestas nacidas de ideas distintas. La número 1 es la recomendada y la que aparece en este manual; los archivos de todas están en el paquete.

# Color
kit-color = Color
kit-color-intro = Las franjas muestran cuánto ocupa cada color en una composición habitual. Deje el espacio a los discretos y se oirá a los intensos.
kit-color-intro-given = El color principal es el que usted indicó, sin cambios. Las franjas muestran cuánto ocupa cada color en una composición habitual: deje el espacio a los discretos.
kit-swatch-primary = Principal
kit-swatch-secondary = Secundario
kit-swatch-accent = Acento
kit-swatch-ink = Tinta
kit-swatch-paper = Papel
kit-swatch-neutral = Neutro
kit-scales = Escalas y temas
kit-scales-intro = Cada color tiene once pasos, del claro al oscuro, para superficies, bordes y estados. Los temas los aplican: uno para pantallas claras, otro para oscuras y otro de alto contraste.
kit-theme-light = Claro
kit-theme-dark = Oscuro
kit-contrast = Contraste
kit-contrast-intro = Cada casilla está compuesta en los dos colores de los que habla. Desde 4,5 casi todo el mundo puede leer el texto (AA), desde 7 con comodidad (AAA); 3 basta para letra grande, líneas y símbolos. Medido según WCAG 2.2.
kit-contrast-corner = Color sobre fondo
kit-role-background = Fondo
kit-role-surface = Superficie
kit-role-surface-raised = Elevada
kit-role-border = Borde
kit-role-text = Texto
kit-role-muted = Texto discreto
kit-role-primary = Principal
kit-role-secondary = Secundario
kit-role-accent = Acento
kit-role-link = Enlace
kit-role-focus = Foco
kit-role-success = Éxito
kit-role-warning = Aviso
kit-role-danger = Peligro

# Tipografía
kit-type = Tipografías
kit-sizes = Tamaños
kit-sizes-intro = Todos los tamaños siguen una sola razón, { $ratio }, para que se note cada paso. Aquí están impresos tan grandes como se ven en pantalla.
kit-size-display = Cartel
kit-size-title = Título
kit-size-heading = Encabezado
kit-size-lead = Entradilla
kit-size-body = Texto
kit-size-caption = Pie
kit-size-values = { $px } px, línea { $leading }, espaciado { $tracking } %
kit-sample = El buen diseño calla donde puede y es claro donde debe.
kit-sample-long = A una marca se la encuentra de paso: en una puerta, en el teléfono, al borde de un recibo. Rara vez se lee y nunca se estudia. Lo que queda es un tono, un color, el ritmo de una línea. Si vuelven cada vez, la confianza crece casi sola; si cambian, cada encuentro es el primero.
kit-sample-display = Hecho para durar
kit-sample-title = Lo que permanece
kit-sample-heading = Dicho una vez, y con claridad
kit-sample-lead = La primera frase lleva del encabezado al texto y dice lo que importa.
kit-sample-body = El texto quiere ser leído, no mirado. Líneas de cincuenta a setenta y cinco caracteres, aire entre los párrafos y pocos realces, para que se noten.
kit-sample-caption = Los pies explican una imagen, las notas citan una fuente. Son pequeños y se leen bien.

# Archivos
kit-files = Archivos y colofón
kit-files-intro = Todo lo que hay en este manual está en el paquete como archivo. La lista completa, con sus sumas de comprobación, es manifest.json.
kit-folders = Dónde está cada cosa
kit-folder-root = brand.json dice qué se decidió y por qué; report.json, qué se midió; manifest.json, qué archivos hay.
kit-folder-logos = Cada propuesta en cada versión, en SVG y en PNG.
kit-folder-web = Iconos para navegadores y teléfonos, con las líneas para su página.
kit-folder-app = Iconos de aplicación.
kit-folder-social = Imágenes para redes sociales.
kit-folder-tokens = Colores y tipografía para desarrollo: CSS, Sass, Design Tokens.
kit-folder-book = Este manual.
kit-folder-print = Papelería para su imprenta, con formato de corte, sangrado y marcas. Los nombres y las direcciones son de muestra.
kit-folder-fonts = Las tipografías con sus licencias.
kit-file-count =
    { $count ->
        [one] { $count } archivo.
       *[other] { $count } archivos.
    }
kit-faces = Tipografías
kit-license = Licencia { $license }: libre para impresión, web y productos.
kit-colophon = Colofón
kit-made-with = Hecho con Imprint { $version } del { $date }.
kit-made-from = Semilla { $seed }; propuestas: { $concepts }.
kit-made-again = El mismo encargo, la misma semilla y la misma versión dan otra vez este paquete exacto, byte a byte.

# Para quienes escuchan el manual
kit-alt-horizontal = El logotipo de { $name }: símbolo y nombre lado a lado
kit-alt-stacked = El logotipo de { $name }: el símbolo sobre el nombre
kit-alt-mark = El símbolo de { $name }
kit-alt-wordmark = El nombre { $name } como logotipo
kit-alt-concept = Propuesta { $rank }: { $title }
kit-alt-sizes = El símbolo en tamaños crecientes, desde { $px } píxeles
kit-alt-shares = Franjas tan anchas como la parte de cada color en una composición

# The third theme, what informs, and print
kit-theme-high-contrast = Alto contraste
kit-role-info = Info
kit-print = CMYK vale para la máquina del perfil «{ $profile }»; dE dice cuánto se aparta su impresión de la pantalla. El perfil de su imprenta da mejores valores.

# Contact sheet
kit-sheet-smallest = Desde { $px } px

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Horizontal
kit-lockup-horizontal-use = La primera opción, siempre que haya sitio.
kit-lockup-square = Cuadrado
kit-lockup-square-use = Para fotos de perfil que llevan el nombre.
kit-lockup-badge = Insignia
kit-lockup-badge-use = Para pegatinas, sellos y etiquetas.
kit-colorway-mono = Un color
kit-colorway-mono-use = Para una tinta propia, un hilo o una lámina.
kit-colorway-grey = Escala de grises
kit-colorway-grey-use = Para periódicos, formularios y copias.
kit-alt-square = El logotipo de { $name } en un cuadrado: el símbolo sobre el nombre
kit-alt-badge = La insignia de { $name }: símbolo y nombre en una sola figura
kit-alt-small = El símbolo de { $name }, dibujado para tamaños pequeños
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Todas las versiones del logotipo en su tamaño mínimo
kit-space-letters = Deje libre un margen de x por cada lado: ni texto, ni bordes, ni otro logotipo. x es la mitad de la altura de las letras, un { $percent } % de la altura del símbolo.
kit-space-stroke = Deje libre un margen de x por cada lado: ni texto, ni bordes, ni otro logotipo. x es tan ancho como los trazos del símbolo, un { $percent } % de su altura.
kit-smallest-lockups = Cada versión en el menor tamaño permitido, a tamaño real. Por debajo se pierde el trazo más fino del nombre o una parte del símbolo.
kit-smallest-drawing = De 16 a 32 píxeles, use el dibujo hecho para tamaños pequeños: los archivos cuyo nombre empieza por «small».

# Revisions
kit-changes-title = Qué ha cambiado de la revisión { $from } a la revisión { $to }
kit-changes-before = antes
kit-changes-after = después
kit-changes-asked = Lo que se pidió
kit-changes-decided = Lo que se decidió
kit-changes-colors = Colores
kit-changes-files = Archivos
kit-changes-nothing = Nada.
kit-changes-counts = { $added } añadidos, { $removed } eliminados, { $changed } modificados, { $same } como antes.

# The page of the checks
kit-report-title = Comprobaciones de { $name }
kit-report-intro = Todas las comprobaciones de este kit: qué se midió y con qué se comparó. Las comprobaciones están redactadas en inglés; lo mismo figura en report.json para los programas.
kit-report-passed = superada
kit-report-missed = no alcanzada
kit-report-failed = fallida
kit-report-told = informativa
kit-report-checks = comprobaciones
kit-report-gates = promesas incumplidas
kit-report-warnings = objetivos no alcanzados
kit-report-check = Comprobación
kit-report-measured = Medido
kit-report-threshold = Umbral
kit-report-result = Resultado
kit-report-first = Lo que no se alcanzó
kit-report-whole = Todas las promesas se cumplen y todos los objetivos se alcanzan.
kit-report-group-palette = Color
kit-report-group-type = Tipografía
kit-report-group-logo = Logotipo
kit-report-group-assets = Imágenes e iconos
kit-report-group-tokens = Tokens
kit-report-group-fonts = Fuentes
kit-report-group-book = Manual de marca
kit-report-group-print = Papelería
kit-report-group-email = Firma de correo
kit-report-group-other = Otros

# More folders
kit-folder-email = Firma para correos, en HTML y en texto simple.
made-files =
    { $count ->
        [one] { $count } archivo, { $size } kB, en { $path }
       *[other] { $count } archivos, { $size } kB, en { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } propuesta, se recomienda `{ $first }`.
       *[other] { $count } propuestas, se recomienda `{ $first }`.
    }
made-book = Cómo usarlo todo y por qué.
made-overview = El kit de un vistazo.
made-index = Qué archivo para qué: empiece aquí.
made-seed = semilla { $seed }, { $seconds } s
made-setup = ({ $seconds } s de ellos de preparación)
made-fewer = solo { $count } de { $asked } propuestas: todo lo demás se parece demasiado a los signos indicados. Otra semilla puede dar más.
made-missed = falta { $id }: { $why }
made-note = nota: { $text }
