# Ce que `imprint check` trouve dans les fichiers des autres. D’abord ce qui ne va pas, puis que faire.

check-color = { $value } n’est pas une couleur de la marque : la plus proche, { $name } { $near }, est à ΔE { $measured }, et { $allowed } est permis. Utilisez { $near }.
check-color-far = { $value } n’est pas une couleur de la marque : la plus proche, { $name } { $near }, est à ΔE { $measured }, et { $allowed } est permis. Utilisez une couleur de la marque.
check-ink = L’encre { $value } n’est pas de la marque : la plus proche, { $name } { $near }, diffère de { $measured } points, et { $allowed } sont permis. Utilisez { $near }.
check-font = { $value } n’est pas une police de la marque. Utilisez { $families }.
check-contrast = Le texte en { $value } sur { $ground } a un contraste de { $measured }:1, et il lui faut { $allowed }:1. Foncez le texte ou éclaircissez le fond, ou l’inverse.
check-stretched = Le logo ({ $logo }) est déformé : un côté est trop long de { $percent }. Mettez les deux côtés à la même échelle.
check-turned = Le logo ({ $logo }) est tourné de { $degrees }°. Redressez-le.
check-mirrored = Le logo ({ $logo }) est retourné. Utilisez le fichier du kit tel quel.
check-recolored = Le logo ({ $logo }) a ses propres couleurs : { $colors }. Utilisez une des versions de couleur du kit.
check-faint = Le logo ({ $logo }) se voit mal sur { $ground } : le contraste est de { $measured }:1, et il lui faut { $allowed }:1. Utilisez la version de couleur pour ce fond.
check-small = Le logo ({ $logo }) mesure { $measured } { $unit } de large ; ses parties demandent au moins { $allowed } { $unit }. Agrandissez-le ou utilisez une composition plus simple.
check-crowded = Quelque chose se trouve à { $measured } { $unit } du logo ({ $logo }), dans sa zone de protection de { $allowed } { $unit }. Écartez-le.

# Ce qui ne peut être dit.
check-untold-logo = Aucun logo du kit n’a été trouvé. Un logo redessiné, coupé ou posé sur une photo ne peut être reconnu.
check-untold-plain = { $logo } : trop simple pour être distingué d’autres figures, il n’a pas été cherché.
check-untold-own = C’est un fichier du kit lui-même, tel qu’il a été créé : { $path }. Il n’a pas été évalué.
check-untold-size = Le fichier ne dit pas à quelle taille il sera montré ; la taille minimale n’a pas été vérifiée.
check-untold-pictures = Les images du fichier n’ont pas été ouvertes ({ $count }). Vérifiez-les comme fichiers à part.
check-untold-photo = Seuls { $share } de l’image sont en aplat. Le reste est une photo ou un dégradé, et ses couleurs n’ont pas été jugées.
check-untold-spaces = Les couleurs écrites en { $names } n’ont pas été comparées.
check-untold-external = Ceci vient d’ailleurs et n’a pas été lu : { $links }.
check-untold-text = Les lettres des éléments de texte ne sont pas des tracés : un logo composé en texte n’est pas trouvé, et leur distance aux logos n’a pas été mesurée.
check-untold-ground = L’image n’a pas de fond uni ; aucun logo n’a été cherché.
check-untold-many = Le fichier a plus de formes qu’on n’en examine ; dans une partie, aucun logo n’a été cherché.
check-untold-pages = { $read } pages sur { $all } ont été lues.
check-untold-packed = Des parties du fichier sont compressées en { $names } et n’ont pas été lues.
