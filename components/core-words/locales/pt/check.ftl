# O que `imprint check` encontra em ficheiros alheios. Primeiro o que está errado, depois o que fazer.

check-color = { $value } não é uma cor da marca: a mais próxima, { $name } { $near }, está a ΔE { $measured }, e permite-se { $allowed }. Use { $near }.
check-color-far = { $value } não é uma cor da marca: a mais próxima, { $name } { $near }, está a ΔE { $measured }, e permite-se { $allowed }. Use uma das cores da marca.
check-ink = A tinta { $value } não é da marca: a mais próxima, { $name } { $near }, difere em { $measured } pontos, e permitem-se { $allowed }. Use { $near }.
check-font = { $value } não é uma fonte da marca. Use { $families }.
check-contrast = O texto em { $value } sobre { $ground } tem um contraste de { $measured }:1 e precisa de { $allowed }:1. Escureça o texto ou clareie o fundo, ou o contrário.
check-stretched = O logótipo ({ $logo }) está deformado: um lado tem { $percent } a mais. Escale os dois lados por igual.
check-turned = O logótipo ({ $logo }) está rodado { $degrees }°. Ponha-o direito.
check-mirrored = O logótipo ({ $logo }) está espelhado. Use o ficheiro do kit tal como é.
check-recolored = O logótipo ({ $logo }) tem cores próprias: { $colors }. Use uma das versões de cor do kit.
check-faint = O logótipo ({ $logo }) vê-se mal sobre { $ground }: o contraste é { $measured }:1 e precisa de { $allowed }:1. Use a versão de cor para este fundo.
check-small = O logótipo ({ $logo }) tem { $measured } { $unit } de largura; as suas partes precisam de pelo menos { $allowed } { $unit }. Aumente-o ou use uma composição mais simples.
check-crowded = Há algo a { $measured } { $unit } do logótipo ({ $logo }), dentro da sua área de proteção de { $allowed } { $unit }. Afaste-o.

# O que não se pode saber.
check-untold-logo = Não se encontrou nenhum logótipo do kit. Um que foi redesenhado, cortado ou posto sobre uma fotografia não pode ser reconhecido.
check-untold-plain = { $logo }: demasiado simples para se distinguir de outras figuras; não foi procurado.
check-untold-own = É um ficheiro do próprio kit, tal como foi criado: { $path }. Não foi avaliado.
check-untold-size = O ficheiro não diz em que tamanho será mostrado; o tamanho mínimo não foi verificado.
check-untold-pictures = Não se olhou para dentro das imagens do ficheiro ({ $count }). Verifique-as como ficheiros próprios.
check-untold-photo = Só { $share } da imagem é cor lisa. O resto é uma fotografia ou um gradiente, e as suas cores não foram avaliadas.
check-untold-spaces = As cores escritas como { $names } não foram comparadas.
check-untold-external = Isto vem de outro sítio e não foi lido: { $links }.
check-untold-text = As letras dos elementos de texto não são contornos: um logótipo composto como texto não é encontrado, e a sua distância aos logótipos não foi medida.
check-untold-ground = A imagem não tem um fundo liso; não se procuraram logótipos.
check-untold-many = O ficheiro tem mais formas do que as que se examinam; numa parte não se procuraram logótipos.
check-untold-pages = Foram lidas { $read } de { $all } páginas.
check-untold-packed = Partes do ficheiro estão comprimidas como { $names } e não foram lidas.
