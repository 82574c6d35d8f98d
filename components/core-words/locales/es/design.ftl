# Lo que dice el paso de diseño.

# Industries: the name, and what a brand has to do there.

design-industry-technology = Tecnología y software
design-insight-technology = El producto es invisible y la marca tiene que hacerlo tangible: contemporánea, precisa y más sencilla que lo que hay detrás.
design-industry-security = Seguridad
design-insight-security = Se compra la tranquilidad de que no pase nada; la marca se muestra firme, habla en serio y no bromea.
design-industry-finance = Finanzas y banca
design-insight-finance = Quien confía su dinero busca primero solidez: la marca debe parecer serena y meditada antes que ingeniosa.
design-industry-insurance = Seguros
design-insight-insurance = Un seguro es una promesa para el mal día; la marca une seriedad con una voz que ese día se quiera oír.
design-industry-law = Derecho
design-insight-law = Quien acude a un despacho se juega algo; la marca muestra autoridad con calma, orden y formas duraderas, no con volumen.
design-industry-consulting = Consultoría
design-insight-consulting = Se vende criterio; la marca debe parecer una idea clara: meditada, despejada y con punto de vista propio.
design-industry-marketing = Marketing y diseño
design-insight-marketing = La marca es la primera muestra de trabajo; puede ser expresiva, siempre que se note el cuidado.
design-industry-media = Cine, foto y medios
design-insight-media = Lo llamativo son las imágenes; la marca es su marco: contemporánea, segura y sin ponerse delante.
design-industry-publishing = Libros y edición
design-insight-publishing = Los lectores confían antes en una buena tipografía que en un eslogan; esta marca vive de las letras y envejece bien.
design-industry-retail = Comercio y e-commerce
design-insight-retail = Una tienda se elige de paso; la marca debe reconocerse de un vistazo, ser cercana y no tapar nunca el producto.
design-industry-general = Actividad general
design-insight-general = Aquí ningún sector marca el rumbo; la marca parte de un carácter equilibrado y deja los acentos al estilo y al color.
design-industry-coffee = Café y cafeterías
design-insight-coffee = Una cafetería se elige con el olfato y las manos antes de leer la carta; la marca debe sentirse cálida, hecha por personas y cercana.
design-industry-restaurant = Restauración y catering
design-insight-restaurant = El apetito llega antes que la lectura; la marca trabaja con calidez y generosidad y se lee de noche en un rótulo.
design-industry-bakery = Panadería y dulces
design-insight-bakery = Lo que sale del horno por la mañana no necesita solemnidad; la marca es suave, cálida y familiar como la tienda de la esquina.
design-industry-brewery = Cervecerías y destilados
design-insight-brewery = La botella está en el estante entre decenas; la marca toma prestadas etiquetas y sellos: tradicional, sociable, legible a dos metros.
design-industry-wine = Vino
design-insight-wine = El vino se compra con respeto al origen y al tiempo; la marca es callada, refinada y segura de sus raíces.
design-industry-food = Alimentación
design-insight-food = La comida debe parecer fresca y honesta en un segundo; la marca es cálida, directa y fácil de reencontrar en el lineal.
design-industry-travel = Viajes y naturaleza
design-insight-travel = Se reserva una expectativa; la marca abre la vista: ligera, acogedora y lista para partir.
design-industry-hotel = Hoteles y hostelería
design-insight-hotel = El huésped quiere sentirse esperado; la marca recibe con calidez, guarda las formas y es silenciosa en la habitación.
design-industry-music = Música y artes escénicas
design-insight-music = La marca cuelga en carteles entre otros que gritan; necesita ritmo propio y el valor de una sola forma fuerte.
design-industry-gaming = Juegos y entretenimiento
design-insight-gaming = El juego empieza con el logo en la pantalla de carga; la marca es enérgica, contemporánea y un poco extraña a propósito.
design-industry-health = Salud y medicina
design-insight-health = La gente llega preocupada; la marca baja las pulsaciones: clara, serena y humana, nunca fría.
design-industry-pharma = Farmacia y biotecnología
design-insight-pharma = Las afirmaciones solo valen si están probadas; la marca es exacta, seria y ordenada para que la confianza siga a los datos.
design-industry-fitness = Fitness y deporte
design-insight-fitness = Entrenar es una decisión que se toma cada día; la marca empuja: enérgica, fuerte y ya en movimiento.
design-industry-wellness = Bienestar y yoga
design-insight-wellness = La marca es la primera respiración antes de la clase; da espacio, habla en voz baja y no exige nada.
design-industry-beauty = Belleza y cosmética
design-insight-beauty = El envase está cada día en el baño; la marca es refinada, favorecedora y lo bastante serena para convivir con ella.
design-industry-fashion = Moda
design-insight-fashion = Las colecciones cambian, la etiqueta del cuello permanece; la marca es sobria y segura para que cada temporada luzca delante.
design-industry-jewelry = Joyería y relojería
design-insight-jewelry = Una joya se guarda durante décadas; la marca es pequeña, fina y exacta, y funcionaría también grabada.
design-industry-education = Educación
design-insight-education = Aprender exige confianza y curiosidad a la vez; la marca es abierta y clara, seria con la materia y amable con quien aprende.
design-industry-childcare = Infancia y familia
design-insight-childcare = Debe gustar a los niños y dar confianza a los padres; la marca es redonda, alegre y bien hecha.
design-industry-nonprofit = Entidades sociales y comunidad
design-insight-nonprofit = La gente da tiempo o dinero por otras personas; la marca es cálida y directa y muestra que son muchas manos.
design-industry-pets = Mascotas y animales
design-insight-pets = Los dueños hablan de familia; la marca es cariñosa sin ser boba, redonda y fácil de querer.
design-industry-crafts = Artesanía
design-insight-crafts = El valor está en la mano que lo hizo; la marca muestra materia y cuidado y conserva cierto carácter propio.
design-industry-real-estate = Inmobiliaria
design-insight-real-estate = Es la mayor compra de una vida; la marca es sólida y correcta, con la seguridad de quien conoce la casa.
design-industry-construction = Construcción y oficios
design-insight-construction = La marca va en furgonetas y andamios; debe ser fuerte, llana y legible bajo la lluvia desde la otra acera.
design-industry-architecture = Arquitectura
design-insight-architecture = Deben hablar los edificios; la marca pone medida y orden y se retira como un buen plano.
design-industry-interior = Interiorismo y muebles
design-insight-interior = La marca convive con madera, lino y luz natural; es cálida y serena, refinada sin ser afectada.
design-industry-manufacturing = Industria e ingeniería
design-insight-manufacturing = Los compradores son ingenieros; la marca convence con precisión y construcción y debe aguantar fundida, fresada o estarcida en metal.
design-industry-automotive = Automoción y movilidad
design-insight-automotive = El símbolo va sobre algo que se mueve; necesita peso, dirección y una silueta que aguante la velocidad.
design-industry-logistics = Logística y transporte
design-insight-logistics = La marca se lee en marcha y por detrás; promete llegar con color fuerte, dirección y sin piezas pequeñas.
design-industry-energy = Energía y suministros
design-insight-energy = La energía no se ve; la marca la muestra como algo que fluye, contemporánea y optimista, sin técnica por la técnica.
design-industry-agriculture = Agricultura y jardinería
design-insight-agriculture = Lo que crece necesita tiempo; la marca es terrosa, honesta y cercana, y queda bien en una caja de madera.
design-industry-environment = Medio ambiente y sostenibilidad
design-insight-environment = Muchos declaran buenas intenciones; la marca se gana la credibilidad con formas sencillas y un tono abierto y objetivo.

# Styles: the name, and what the style does to the design.

design-style-modern = Moderno
design-style-effect-modern = Lo moderno quita lo que solo adorna: prefiere letras geométricas y grotescas, y símbolos que trabajan con el vacío.
design-style-classic = Clásico
design-style-effect-classic = Lo clásico templa los colores y prefiere letras con remates y monogramas, para que la marca parezca asentada y no recién hecha.
design-style-minimal = Minimalista
design-style-effect-minimal = Lo minimalista cede casi toda la superficie al papel y deja hablar a pocos colores; el símbolo trabaja con el vacío, no con el adorno.
design-style-playful = Lúdico
design-style-effect-playful = Lo lúdico refuerza los colores, redondea las formas y deja que el símbolo se mueva: nada en la marca resulta rígido.
design-style-bold = Audaz
design-style-effect-bold = Lo audaz da más espacio al color y más peso a la forma, para que la marca se reconozca desde la otra acera.
design-style-elegant = Elegante
design-style-effect-elegant = Lo elegante afina los trazos, apaga los colores y prefiere letras didonas, monogramas y cintas.
design-style-technical = Técnico
design-style-effect-technical = Lo técnico hace angulosas las esquinas y prefiere letras monoespaciadas y grotescas: el aspecto de algo construido.
design-style-organic = Orgánico
design-style-effect-organic = Lo orgánico redondea las formas, mantiene los colores suaves y próximos, y prefiere letras humanistas y motivos dibujados.
design-style-vintage = Vintage
design-style-effect-vintage = Lo vintage apaga los colores y prefiere letras egipcias, insignias y plantillas, el vocabulario de rótulos y sellos antiguos.
design-style-luxury = Lujo
design-style-effect-luxury = El lujo se contiene: color apagado, mucho papel, trazos finos y un monograma antes que una imagen.
design-style-friendly = Cercano
design-style-effect-friendly = Lo cercano redondea las esquinas y prefiere letras humanistas y redondas, abiertas: la marca trata de tú a tú.
design-style-geometric = Geométrico
design-style-effect-geometric = Lo geométrico se apoya en círculo, cuadrado y giro, y deja ver la construcción.
design-style-corporate = Corporativo
design-style-effect-corporate = Lo corporativo mantiene el color disciplinado y las formas estables; la marca convence con contención.
design-style-dynamic = Dinámico
design-style-effect-dynamic = Lo dinámico añade peso y dirección: prefiere el giro y las cintas, y colores más fuertes juntos.

# Regions of colour: what each says.

design-hue-bordeaux = Un rojo vino profundo es cálido y serio a la vez; habla de tiempo, gusto y cierta ceremonia.
design-hue-red = En los estudios sobre color de marca el rojo es el tono de la emoción; da un paso adelante y pide una decisión.
design-hue-coral = El coral tiene la energía del rojo sin su alarma: sociable, rápido y cálido.
design-hue-terracotta = La terracota es el color del barro cocido: terrosa, hecha a mano y firme junto a otros materiales.
design-hue-espresso = Un marrón oscuro lleva tueste, madera y cuero; pocos colores oscuros son tan cálidos.
design-hue-orange = El naranja es cercano y enérgico; se ve pronto y se toma menos en serio que el rojo.
design-hue-amber = El ámbar tiene la calidez de la luz tardía y del grano; invita antes de decir una palabra.
design-hue-sun = El amarillo es el más claro de los colores fuertes: alegre e imposible de pasar por alto, mejor junto a algo oscuro.
design-hue-olive = El oliva es un verde adulto: terroso, sereno y con un punto de tradición.
design-hue-leaf = Un verde claro y limpio habla de crecimiento y frescura y gusta con facilidad.
design-hue-forest = Un verde oscuro une naturaleza y prestigio; es callado, duradero y algo reservado.
design-hue-sage = El salvia es un verde en voz baja; calma y deja sitio a las personas.
design-hue-teal = El verde azulado está entre el azul y el verde: lúcido, limpio y menos esperado que ambos.
design-hue-ocean = Un azul de mar profundo es sereno y conserva algo de calidez; habla más de experiencia que de autoridad.
design-hue-azure = El azul es el tono que los estudios sobre color de marca asocian con la competencia; así de luminoso sigue siendo abierto y amable.
design-hue-royal = El azul es el tono que los estudios sobre color de marca asocian con la competencia; así de saturado gana presencia.
design-hue-navy = El azul es el tono que los estudios sobre color de marca asocian con la competencia; así de oscuro gana peso y distancia.
design-hue-indigo = El índigo deja el azul seguro camino del violeta: contemporáneo, digital y algo atrevido.
design-hue-violet = El violeta es raro en lo cotidiano; da color a la imaginación y destaca entre azules y rojos.
design-hue-plum = El ciruela es un rojo que se ha calmado: refinado, denso y algo nocturno.
design-hue-magenta = El magenta nunca es casual; es contemporáneo, llamativo y seguro de su entrada.
design-hue-rose = Un rosa apagado es tierno sin ser dulzón; acerca la marca a la piel.
design-hue-graphite = Un casi negro deja el trabajo a la forma y a las letras; resulta exigente y envejece despacio.

# Names of colours: a tone of each family.

design-color-deep-red = Sangre de toro
design-color-muted-red = Rosa ladrillo
design-color-clear-red = Rojo señal
design-color-light-red = Rosa flor
design-color-deep-vermilion = Caoba
design-color-muted-vermilion = Arcilla
design-color-clear-vermilion = Bermellón
design-color-light-vermilion = Melocotón
design-color-deep-orange = Castaño
design-color-muted-orange = Terracota
design-color-clear-orange = Naranja
design-color-light-orange = Albaricoque
design-color-deep-amber = Coñac
design-color-muted-amber = Arena
design-color-clear-amber = Ámbar
design-color-light-amber = Miel
design-color-deep-yellow = Ocre oscuro
design-color-muted-yellow = Paja
design-color-clear-yellow = Ocre
design-color-light-yellow = Amarillo sol
design-color-deep-lime = Oliva oscuro
design-color-muted-lime = Oliva
design-color-clear-lime = Verde musgo
design-color-light-lime = Lima
design-color-deep-green = Verde abeto
design-color-muted-green = Helecho
design-color-clear-green = Verde hoja
design-color-light-green = Verde primavera
design-color-deep-emerald = Verde bosque
design-color-muted-emerald = Salvia
design-color-clear-emerald = Esmeralda
design-color-light-emerald = Menta
design-color-deep-teal = Petróleo
design-color-muted-teal = Eucalipto
design-color-clear-teal = Verde azulado
design-color-light-teal = Aguamarina
design-color-deep-azure = Azul mar
design-color-muted-azure = Azul acero
design-color-clear-azure = Azur
design-color-light-azure = Celeste
design-color-deep-blue = Azul medianoche
design-color-muted-blue = Azul pizarra
design-color-clear-blue = Azul cobalto
design-color-light-blue = Azul hielo
design-color-deep-indigo = Azul tinta
design-color-muted-indigo = Azul humo
design-color-clear-indigo = Índigo
design-color-light-indigo = Azul vincapervinca
design-color-deep-violet = Berenjena
design-color-muted-violet = Brezo
design-color-clear-violet = Violeta
design-color-light-violet = Lila
design-color-deep-magenta = Ciruela
design-color-muted-magenta = Malva
design-color-clear-magenta = Orquídea
design-color-light-magenta = Orquídea clara
design-color-deep-rose = Borgoña
design-color-muted-rose = Rosa antiguo
design-color-clear-rose = Frambuesa
design-color-light-rose = Rosa
design-color-deep-brown = Espresso
design-color-muted-brown = Cacao
design-color-clear-brown = Caramelo
design-color-light-brown = Caramelo claro
design-color-black = Negro
design-color-graphite = Grafito
design-color-grey = Gris piedra
design-color-silver = Plata
design-color-white = Blanco
design-color-ink-warm = Tinta cálida
design-color-ink-fresh = Tinta verde
design-color-ink-cool = Tinta azul
design-color-ink-blush = Tinta roja
design-color-ink-plain = Tinta
design-color-paper-warm = Papel cálido
design-color-paper-fresh = Papel fresco
design-color-paper-cool = Papel frío
design-color-paper-blush = Papel rosado
design-color-paper-plain = Papel

# Poles of the axes of personality, as adjectives.

design-trait-warm-high = cálido
design-trait-warm-low = sobrio
design-trait-classic-high = atemporal
design-trait-classic-low = contemporáneo
design-trait-playful-high = lúdico
design-trait-playful-low = serio
design-trait-premium-high = refinado
design-trait-premium-low = llano
design-trait-quiet-high = sereno
design-trait-quiet-low = expresivo
design-trait-friend-high = cercano
design-trait-friend-low = solvente

# Classes of faces: the name, and what they bring.

design-class-grotesque = grotesca
design-class-says-grotesque = Las letras grotescas hablan con voz serena y funcionan a cualquier tamaño.
design-class-geometric = geométrica sin remates
design-class-says-geometric = Las letras geométricas comparten círculos y rectas con el símbolo.
design-class-humanist = humanista sin remates
design-class-says-humanist = Las letras humanistas conservan el gesto de la escritura y siguen abiertas en tamaños pequeños.
design-class-rounded = redonda sin remates
design-class-says-rounded = Los extremos redondos le quitan filo a cada palabra.
design-class-slab = egipcia
design-class-says-slab = Las egipcias se plantan como letras en una caja: firmes y algo nostálgicas.
design-class-old-style = romana antigua
design-class-says-old-style = Las romanas antiguas vienen del libro y traen su calma.
design-class-transitional = romana de transición
design-class-says-transitional = Las romanas de transición son erguidas y claras: tradición sin disfraz.
design-class-didone = didona
design-class-says-didone = El filete contra el asta convierte una sola palabra en portada.
design-class-display = letra de titular
design-class-says-display = Una letra de titular tiene voz propia y compone pocas palabras.
design-class-mono = monoespaciada
design-class-says-mono = Las letras de igual ancho hablan de código, tablas y exactitud.

# How two faces stand together.

design-rule-single-family = { $display } compone nombre, titulares y texto: una sola familia, distinguida por el peso ({ $heavy } frente a { $regular }).
design-rule-superfamily = { $display } compone nombre y titulares, { $text } el texto: dos familias dibujadas como un sistema, con alturas de x de { $first } y { $second } milésimas.
design-rule-contrast = { $display } ({ $displayclass }) compone nombre y titulares, { $text } ({ $textclass }) el texto: distintas de carácter, unidas por alturas de x próximas, { $first } y { $second } milésimas.
design-rule-display-workhorse = { $display } ({ $displayclass }) está hecha para cuerpos grandes y compone solo nombre y titulares; { $text } ({ $textclass }) sostiene debajo la lectura.

# Reasons.

design-reason-industry = El sector es { $industry }. { $insight }
design-reason-character = Sector y estilo piden juntos un carácter ante todo { $first } y { $second }.
design-reason-primary-chosen = { $color } ({ $hex }) lleva la voz. { $meaning }
design-reason-primary-given = { $color } ({ $hex }) es el color indicado y queda tal cual como principal. { $meaning }
design-reason-primary-kept = { $color } ({ $hex }) es el color indicado y queda tal cual como principal; todo lo demás se elige a su medida.
design-reason-category-own = El color no está entre los que consideramos habituales en este sector; un color propio hace más fácil distinguir la marca.
design-reason-category-cliche = El color es familiar en este sector; se entiende al instante, y la diferencia la marcan forma, letra y acento.
design-reason-secondary-grey = { $secondary } ({ $hex }) aporta un tono al principal neutro; la marca puede mostrar color sin perder su reserva.
design-reason-secondary-kin = { $secondary } ({ $hex }) apoya al principal desde la misma familia de tono, { $depth }; los tonos próximos se sienten unidos.
design-reason-secondary-neighbour = { $secondary } ({ $hex }) apoya al principal como vecino en el círculo cromático, { $depth }; los tonos próximos se sienten unidos.
design-reason-secondary-apart = { $secondary } ({ $hex }) apoya al principal desde otra parte del círculo cromático, { $depth }; así las grandes superficies pueden variar sin que cambie la marca.
design-depth-darker = un paso más oscuro
design-depth-lighter = un paso más claro
design-reason-accent-near = { $accent } ({ $hex }) es el acento y ocupa solo el { $share } % de una composición habitual; a { $difference } (CIEDE2000) del principal, se ve como señal.
design-reason-accent-opposite = { $accent } ({ $hex }) viene del otro lado del círculo cromático y ocupa solo el { $share } % de una composición habitual: a { $difference } (CIEDE2000) del principal, señala lo importante.
design-reason-contrast = El texto alcanza { $light }:1 sobre fondo claro y { $dark }:1 sobre oscuro, donde WCAG 2.2 pide 4,5:1; el más justo de los { $count } pares prometidos tiene { $least }:1 frente a los { $needed }:1 exigidos.
design-reason-sister-light = Como texto sobre fondo claro, { $color } solo tendría { $ratio }:1; ahí lo releva su tono hermano más oscuro, { $sister }, con { $better }:1.
design-reason-sister-dark = Como texto sobre fondo oscuro, { $color } solo tendría { $ratio }:1; ahí lo releva su tono hermano más claro, { $sister }, con { $better }:1.
design-reason-shape-round = Las formas son redondas: en experimentos, los logos circulares hicieron esperar comodidad; los angulosos, durabilidad.
design-reason-shape-angular = Las formas son angulosas: en experimentos, los logos angulosos hicieron esperar durabilidad; los circulares, comodidad.
design-reason-shape-balanced = Las formas equilibran recta y curva, pues ni la comodidad ni la durabilidad deben hablar solas.
design-reason-mark = Motivos posibles: { $motifs }. Los símbolos se mantienen armónicos y solo moderadamente elaborados, como los que mejor se reconocieron en un estudio de 195 logos.
design-list-two = { $first } y { $second }

# Motifs, as they stand in a sentence.

design-motif-bean = el grano
design-motif-leaf = la hoja
design-motif-wave = la ola
design-motif-peak = la cima
design-motif-bolt = el rayo
design-motif-drop = la gota
design-motif-spark = la chispa
design-motif-node = el nodo
design-motif-house = la casa
design-motif-shield = el escudo
design-motif-scale = la balanza
design-motif-cross = la cruz
design-motif-gear = el engranaje
design-motif-book = el libro
design-motif-wheel = la rueda
design-motif-route = la ruta
design-motif-coin = la moneda
design-motif-thread = el hilo
design-motif-note = la nota
design-motif-paw = la huella
design-motif-steam = el vapor
design-motif-seed = la semilla
design-motif-sun = el sol
design-motif-star = la estrella
design-motif-anchor = el ancla
design-motif-key = la llave
design-motif-lens = la lente
design-motif-pin = el alfiler de mapa
design-motif-arc = el arco
design-motif-brick = el ladrillo

# Warnings.

design-warning-industry-near = Imprint no conoce «{ $asked }» como sector. Se ha leído como { $industry } ({ $sure } % de certeza); si no es así, nombre el sector con otras palabras.
design-warning-industry-unknown = Imprint no conoce «{ $asked }» como sector ni ha encontrado nada parecido. El diseño parte de { $industry }; `imprint industries` enumera los conocidos.
design-warning-style-near = El estilo «{ $asked }» se ha leído como { $style } ({ $sure } % de certeza); `imprint styles` enumera los conocidos.
design-warning-sister = { $color } ({ $hex }) se mantiene tal cual, pero no se lee como texto en todos los fondos ({ $ratio }:1). Por eso en el tema { $theme } el papel «primary» lo hace { $sister } ({ $better }:1).
design-theme-light = claro
design-theme-dark = oscuro

# The third theme
design-theme-high-contrast = de alto contraste

# Tipografía: más reglas

design-rule-same-hand = { $display } ({ $displayclass }) compone nombre y titulares, { $text } ({ $textclass }) el texto: dibujadas por una misma mano y distintas de carácter.
design-rule-data-face = { $display } ({ $displayclass }) compone nombre y titulares como se componen tablas y código, con todas las letras del mismo ancho; { $text } ({ $textclass }) sostiene debajo la lectura.

# La distancia al sector, y costumbres.
design-reason-distance-near = Pidió una distancia de { $asked } respecto al sector, donde 0 es como todos y 1 es aparte. Medido en color, tipografía, motivo y forma, este diseño queda en { $measured }: se reconoce enseguida como uno de los suyos.
design-reason-distance-between = Pidió una distancia de { $asked } respecto al sector, donde 0 es como todos y 1 es aparte. Medido en color, tipografía, motivo y forma, este diseño queda en { $measured }: conserva algunos signos del sector y deja otros.
design-reason-distance-apart = Pidió una distancia de { $asked } respecto al sector, donde 0 es como todos y 1 es aparte. Medido en color, tipografía, motivo y forma, este diseño queda en { $measured }: no se confunde con los demás, y el nombre tiene que decir más de lo que usted hace.
design-culture-emblem = Una cruz roja sobre blanco es un emblema protegido por los Convenios de Ginebra y una empresa no puede usarlo. Dibuje la cruz en otro color o elija un concepto sin cruz.
design-culture-crescent = En Turquía el signo de la ayuda médica es la media luna roja; una cruz puede parecer allí extraña o religiosa. Prefiera un concepto sin cruz.
design-culture-stage = { $color }: donde se habla su idioma se dice que este color trae mala suerte en el escenario, y parte de la gente de teatro lo evita. Decida si eso le importa.
design-culture-mourning = El negro es el color del luto donde se habla su idioma. { $color } puede funcionar en este sector, pero póngalo junto a colores vivos.
design-culture-white-mourning = El blanco representa en Japón la pureza y también el luto. Si { $color } es el color principal, haga que siempre se vea un segundo color.
