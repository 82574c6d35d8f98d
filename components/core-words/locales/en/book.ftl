# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Contents
kit-contents-intro = Each line leads to its page. Whoever is in a hurry finds the answer on the page before this one.
kit-alt-link = { $title }, page { $page }
kit-part-brand = The brand
kit-part-use = In use
kit-part-record = For the record
kit-lockups = Versions
kit-palette = Palette

# Construction
kit-construction = Construction
kit-construction-intro = The mark stands in a square divided by eight. Small squares are the points of its outline, the lines at their sides say where a curve is heading. Below, the parts of the logo are measured against the height of the mark.
kit-construction-points = Points of the outline
kit-construction-shape = Width to height
kit-construction-letters = Height of the letters
kit-construction-gap = From mark to name
kit-construction-length = Length of the logo
kit-construction-note = In heights of the mark. The files keep these measures: nothing has to be built by hand.
kit-alt-construction = The mark of { $name } in its square of eight by eight, with the points of its outline
kit-alt-proportions = The logo of { $name } with the lines that its parts stand on

# Grounds
kit-grounds = On every ground
kit-grounds-intro = The same logo on each colour of the brand, in the version that belongs there. The figure is the contrast of its palest part; below 3 a logo begins to drown.
kit-alt-ground = The logo on { $ground }: { $version }
kit-ground-white = White
kit-ground-dark = Dark ground
kit-misuse-shadow = Do not add shadows or effects.
kit-misuse-cropped = Do not cut anything off.
kit-misuse-retyped = Do not set the name in another typeface.

# Print
kit-inks = Print
kit-inks-intro = Screens shine, paper does not: no ink can show every colour. Here is what each colour takes on a press of the profile “{ $press }”, and how far its print lies from the screen.
kit-inks-color = Colour
kit-inks-total = Ink in all
kit-inks-paper = On paper
kit-inks-text = Small text
kit-inks-close = Prints as it is seen
kit-inks-shifted = A slight shift
kit-inks-apart = A clear shift: ask for a proof or a spot colour
kit-inks-black = Set small text in black alone. Four inks never meet exactly, and letters get coloured edges.
kit-inks-proof = Have a proof made before a large run, on the paper that will be used.
kit-inks-profile = Your printer’s own profile gives better values than these. Tell them the hex value as well.

# Pictures and icons
kit-imagery = Pictures and icons
kit-imagery-intro = Pictures say how a brand feels, icons what one can do. Both keep to the tone of the mark. The figures show how to compose, not what to photograph.
kit-image-subject = One subject, off the centre. What matters stands where two thirds meet; all else steps back.
kit-image-room = Leave one side quiet. There the logo and a line of text find room.
kit-image-warm = Warm light, late rather than noon, near to people. Let one colour of the palette return in the scene.
kit-image-cool = Clear daylight, few things, clean edges. Let one colour of the palette return in the scene.
kit-icons = Icons
kit-icons-round = Drawn on a square of 24 with lines of { $stroke } units. Ends and corners are round.
kit-icons-sharp = Drawn on a square of 24 with lines of { $stroke } units. Ends and corners are straight.
kit-alt-icons = Nine icons: search, time, letter, person, menu, calendar, telephone, place, done

# In use
kit-stationery = Stationery
kit-stationery-intro = Paper is where a brand is held in the hand. The logo stands once, in its corner, with air around it; the rest belongs to the words.
kit-places = Screen, wall and bag
kit-places-intro = Small on a telephone, large on a wall: the mark speaks alone where the name is near, the whole logo where it is not.
kit-scene-card = Business card
kit-scene-letter = Letterhead
kit-scene-envelope = Envelope
kit-scene-app = App icon
kit-scene-site = Website
kit-scene-sign = Sign
kit-scene-bag = Bag
kit-alt-scene = { $scene } with the logo of { $name }, drawn
kit-scene-note = Drawn with the outlines of the logo files, in the colours of the palette.
kit-sample-person = First and last name
kit-sample-post = What I do here
kit-sample-offer = Offer
kit-sample-about = About us
kit-sample-contact = Contact
kit-sample-more = Read more

# Accessibility
kit-access = For everyone
kit-access-intro = A brand that some people cannot read is unfinished. This page says what was measured, what to keep, and what nobody has tried yet.
kit-access-contrast =
    { $count ->
        [one] { $count } pair of colours was measured. The weakest text has a contrast of { $ratio } to 1; WCAG 2.2 asks for 4.5.
       *[other] { $count } pairs of colours were measured. The weakest text has a contrast of { $ratio } to 1; WCAG 2.2 asks for 4.5.
    }
kit-access-color = Never let colour speak alone: add a word, a shape or a symbol. The strips show the palette as people see it who lack one kind of receptor.
kit-access-type = Running text has { $px } pixels and a line of { $leading }. Nothing that has to be read is smaller than { $least } pixels. Sizes are given in rem, so that text grows with the settings of its reader.
kit-access-logo = The alternative text of the logo is “{ $name }”, and nothing else. Where the name stands beside it as text, it stays empty.
kit-access-book = This file can be heard: headings, tables and links are tagged, and each figure has a description (PDF/UA-1, PDF/A-2a).
kit-access-missing = What is missing
kit-access-limits = All this was measured by programs. Nobody has tried it in daily life yet: ask people who see, hear or move differently.
kit-sight-usual = Usual sight
kit-sight-protan = Without red receptors
kit-sight-deutan = Without green receptors
kit-sight-tritan = Without blue receptors
kit-sight-least = Nearest pair: dE { $difference }
kit-alt-sight = The palette: { $sight }

# Tokens
kit-tokens = Tokens
kit-tokens-intro = In code, write names and never values: then one change reaches every page, and dark screens come by themselves. The same names stand in every file of tokens/.
kit-tokens-name = Name in CSS
kit-tokens-formats = For which tool
kit-licences = Licences
