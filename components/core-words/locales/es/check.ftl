# Lo que `imprint check` encuentra en archivos ajenos. Primero qué está mal, luego qué hacer.

check-color = { $value } no es un color de la marca: el más cercano, { $name } { $near }, está a ΔE { $measured }, y se permite { $allowed }. Use { $near }.
check-color-far = { $value } no es un color de la marca: el más cercano, { $name } { $near }, está a ΔE { $measured }, y se permite { $allowed }. Use uno de los colores de la marca.
check-ink = La tinta { $value } no es de la marca: la más cercana, { $name } { $near }, difiere en { $measured } puntos, y se permiten { $allowed }. Use { $near }.
check-font = { $value } no es una tipografía de la marca. Use { $families }.
check-contrast = El texto en { $value } sobre { $ground } tiene un contraste de { $measured }:1 y necesita { $allowed }:1. Oscurezca el texto o aclare el fondo, o al revés.
check-stretched = El logotipo ({ $logo }) está deformado: a un lado le sobra un { $percent }. Escale los dos lados por igual.
check-turned = El logotipo ({ $logo }) está girado { $degrees }°. Póngalo derecho.
check-mirrored = El logotipo ({ $logo }) está reflejado. Use el archivo del kit tal como es.
check-recolored = El logotipo ({ $logo }) lleva colores propios: { $colors }. Use una de las versiones de color del kit.
check-faint = El logotipo ({ $logo }) se ve mal sobre { $ground }: el contraste es { $measured }:1 y necesita { $allowed }:1. Use la versión de color para ese fondo.
check-small = El logotipo ({ $logo }) mide { $measured } { $unit } de ancho; sus partes necesitan al menos { $allowed } { $unit }. Hágalo más grande o use una composición más sencilla.
check-crowded = Hay algo a { $measured } { $unit } del logotipo ({ $logo }), dentro de su área de respeto de { $allowed } { $unit }. Apártelo.

# Lo que no se puede saber.
check-untold-logo = No se encontró ningún logotipo del kit. Uno redibujado, recortado o puesto sobre una fotografía no se puede reconocer.
check-untold-plain = { $logo }: demasiado sencillo para distinguirlo de otras figuras; no se buscó.
check-untold-own = Es un archivo del propio kit, tal como se creó: { $path }. No se evaluó.
check-untold-size = El archivo no dice a qué tamaño se mostrará; el tamaño mínimo no se comprobó.
check-untold-pictures = No se miró dentro de las imágenes del archivo ({ $count }). Compruébelas como archivos propios.
check-untold-photo = Solo el { $share } de la imagen es color plano. El resto es una fotografía o un degradado, y sus colores no se juzgaron.
check-untold-spaces = Los colores escritos como { $names } no se compararon.
check-untold-external = Esto viene de otro sitio y no se leyó: { $links }.
check-untold-text = Las letras de los elementos de texto no son contornos: un logotipo puesto como texto no se encuentra, y su distancia a los logotipos no se midió.
check-untold-ground = La imagen no tiene un fondo liso; no se buscaron logotipos.
check-untold-many = El archivo tiene más formas de las que se examinan; en una parte no se buscaron logotipos.
check-untold-pages = Se leyeron { $read } de { $all } páginas.
check-untold-packed = Partes del archivo están comprimidas como { $names } y no se leyeron.
