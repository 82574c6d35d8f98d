# What `imprint check` finds in a file of others. First what is wrong, then what to do.

check-color = { $value } is none of the brand’s colours: the nearest, { $name } { $near }, is ΔE { $measured } away, and { $allowed } is allowed. Use { $near }.
check-color-far = { $value } is none of the brand’s colours: the nearest, { $name } { $near }, is ΔE { $measured } away, and { $allowed } is allowed. Use one of the brand’s colours.
check-ink = The ink { $value } is none of the brand’s: the nearest, { $name } { $near }, differs by { $measured } points, and { $allowed } are allowed. Use { $near }.
check-font = { $value } is not a font of the brand. Use { $families }.
check-contrast = Text in { $value } on { $ground } has a contrast of { $measured }:1, and it needs { $allowed }:1. Make the text darker or the ground lighter, or the other way round.
check-stretched = The logo ({ $logo }) is stretched: one side is { $percent } too long. Scale both sides by the same factor.
check-turned = The logo ({ $logo }) is turned by { $degrees }°. Set it upright.
check-mirrored = The logo ({ $logo }) is mirrored. Use the file from the kit as it is.
check-recolored = The logo ({ $logo }) has colours of its own: { $colors }. Use one of the colourways in the kit.
check-faint = The logo ({ $logo }) is hard to see on { $ground }: the contrast is { $measured }:1, and it needs { $allowed }:1. Use the colourway for this ground.
check-small = The logo ({ $logo }) is { $measured } { $unit } wide; its parts need at least { $allowed } { $unit }. Make it larger, or use a simpler lockup.
check-crowded = Something stands { $measured } { $unit } from the logo ({ $logo }), inside its clear space of { $allowed } { $unit }. Move it away.

# What it cannot tell.
check-untold-logo = No logo of the kit was found. One that was redrawn, cut off or set on a photograph cannot be recognised.
check-untold-plain = { $logo }: too plain to be told from other figures, so it was not looked for.
check-untold-own = This is a file of the kit itself, as it was made: { $path }. It was not graded.
check-untold-size = The file does not say how large it will be shown, so the minimum size was not checked.
check-untold-pictures = Pictures in the file were not looked into ({ $count }). Check them as files of their own.
check-untold-photo = Only { $share } of the picture is flat colour. The rest is a photograph or a gradient, and its colours were not judged.
check-untold-spaces = Colours written as { $names } were not compared.
check-untold-external = This is fetched from elsewhere and was not read: { $links }.
check-untold-text = The letters of text elements are no outlines: a logo set as text is not found, and their distance from logos was not measured.
check-untold-ground = The picture has no plain ground, so no logo was looked for.
check-untold-many = The file has more shapes than are searched, so no logo was looked for in part of it.
check-untold-pages = { $read } of { $all } pages were read.
check-untold-packed = Parts of the file are packed as { $names } and were not read.
