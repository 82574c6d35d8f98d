# The brand book and the overview.

kit-book = Brand guidelines
kit-book-of = { $name }: brand guidelines
kit-overview-of = { $name }: the brand at a glance
kit-cover = Cover

# Quick reference
kit-reference = Quick reference
kit-reference-intro = Three questions come up every day: which file, which colour, which typeface. If you read only one page, read this one.
kit-which-file = Which file?
kit-which-color = Which colour?
kit-which-face = Which typeface?
kit-case-page = Website, letter, slide: any light ground
kit-case-dark = On the dark colour of the brand
kit-case-narrow = Where there is height but little width
kit-case-profile = Profile picture, app, small spaces
kit-case-one-color = Stamp, engraving, one-colour print
kit-case-photo = On photographs and strong colours
kit-face-display = Weight { $weight }. For the name, titles and headings.
kit-face-text = Weight { $weight }. For everything that is read.
kit-face-strong = Weight { $weight } for emphasis and labels.

# Idea and reasons
kit-idea = The idea
kit-reasons = Why it looks this way
kit-reasons-intro = Every decision has a reason. With each you find how firmly it is known and where that comes from, so that you can weigh it, and disagree.
kit-topic-industry = The field
kit-topic-style = The tone
kit-topic-color = Colour
kit-topic-type = Type
kit-topic-shape = Form
kit-topic-logo = The logo
kit-topic-name = The name
kit-topic-character = The character
kit-topic-category = The field’s colours
kit-topic-contrast = Readability
kit-topic-motif = The sign
kit-topic-other = Worth knowing
kit-evidence-strong = Well supported
kit-evidence-limited = Some support
kit-evidence-practice = Working practice
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Mark and name stand in a fixed relation. Use the horizontal version first. The others are for spaces in which it would become too small. Always take the files; never set the name by hand.
kit-lockup-stacked = Stacked
kit-lockup-stacked-use = For square and narrow spaces.
kit-lockup-mark = Mark
kit-lockup-mark-use = Where the name is already near.
kit-lockup-wordmark = Wordmark
kit-lockup-wordmark-use = Where the mark would be too small.
kit-colorways = Colour versions
kit-colorways-intro = Six versions cover every ground and every way to print. The ground decides: take the one in which every part can be seen at first glance.
kit-colorway-color = In colour
kit-colorway-color-use = The standard, on white and light grounds.
kit-colorway-reversed = Reversed
kit-colorway-reversed-use = On the dark colour of the brand.
kit-colorway-black = Black
kit-colorway-black-use = Where only one ink is possible.
kit-colorway-white = White
kit-colorway-white-use = On strong colours and quiet parts of photographs.
kit-space = Space and size
kit-space-intro = The logo needs air around it and a certain size, or it stops being one. All values were measured on this logo.
kit-space-rule = Keep a margin of { $percent }% of the mark’s height (x) free on every side: no text, no edge, no other logo.
kit-smallest = Smallest size
kit-smallest-rule = Never show the mark smaller than { $px } pixels, or { $mm } mm in print. Below that its parts run together.
kit-misuse = Please do not
kit-misuse-intro = A logo becomes familiar because it always looks the same. These changes look harmless and undo that.
kit-misuse-stretched = Do not stretch or squeeze it.
kit-misuse-turned = Do not tilt it.
kit-misuse-recolored = Do not give it other colours.
kit-misuse-contrast = Do not place it where it cannot be seen.
kit-misuse-crowded = Do not let anything come close.
kit-misuse-rearranged = Do not rearrange its parts.
kit-concepts = All concepts
kit-concepts-intro = { $count } concepts were drawn from different ideas. Number 1 is recommended and used throughout this book; the files of all of them are in the kit.

# Colour
kit-color = Colour
kit-color-intro = The bands show how much of a usual layout each colour takes. Let the quiet ones have the room, and the loud ones will be heard.
kit-color-intro-given = The primary colour is the one you gave, unchanged. The bands show how much of a usual layout each colour takes: let the quiet ones have the room.
kit-swatch-primary = Primary
kit-swatch-secondary = Secondary
kit-swatch-accent = Accent
kit-swatch-ink = Ink
kit-swatch-paper = Paper
kit-swatch-neutral = Neutral
kit-scales = Scales and themes
kit-scales-intro = Each colour has eleven steps from light to dark for surfaces, borders and states. The themes put them to work: one for light screens, one for dark ones, one with high contrast.
kit-theme-light = Light
kit-theme-dark = Dark
kit-contrast = Contrast
kit-contrast-intro = Each field is set in the two colours it speaks of. From 4.5 on text is readable for nearly everyone (AA), from 7 comfortably so (AAA); 3 is enough for large type, lines and symbols. Measured to WCAG 2.2.
kit-contrast-corner = Colour on ground
kit-role-background = Background
kit-role-surface = Surface
kit-role-surface-raised = Raised
kit-role-border = Border
kit-role-text = Text
kit-role-muted = Quiet text
kit-role-primary = Primary
kit-role-secondary = Secondary
kit-role-accent = Accent
kit-role-link = Link
kit-role-focus = Focus
kit-role-success = Success
kit-role-warning = Warning
kit-role-danger = Danger

# Type
kit-type = Typefaces
kit-sizes = Sizes
kit-sizes-intro = All sizes follow one ratio, { $ratio }, so that each step can be felt. They are printed here as large as they are on a screen.
kit-size-display = Display
kit-size-title = Title
kit-size-heading = Heading
kit-size-lead = Lead
kit-size-body = Body
kit-size-caption = Caption
kit-size-values = { $px } px, line { $leading }, spacing { $tracking }%
kit-sample = Good design is quiet where it can be and clear where it must be.
kit-sample-long = People meet a brand in passing: on a door, on a phone, on the edge of a receipt. They rarely read it and never study it. What stays is a tone, a colour, the rhythm of a line. If these return every time, trust grows almost by itself; if they change, each meeting is the first.
kit-sample-display = Made to last
kit-sample-title = A line that stays
kit-sample-heading = Said once, and clearly
kit-sample-lead = An opening sentence leads from the heading into the text and says what matters.
kit-sample-body = Running text wants to be read, not seen. Keep lines between fifty and seventy-five characters, leave space between paragraphs, and let emphasis be rare.
kit-sample-caption = Captions explain a picture, notes name a source. They are small and stay readable.

# Files
kit-files = Files and colophon
kit-files-intro = Everything in this book is in the kit as a file. The list of every file with its checksum is manifest.json.
kit-folders = What lies where
kit-folder-root = brand.json says what was decided and why, report.json what was measured, manifest.json which files there are.
kit-folder-logos = Every concept in every version, as SVG and as PNG.
kit-folder-web = Icons for browsers and phones, with the lines for your page.
kit-folder-app = App icons.
kit-folder-social = Pictures for social networks.
kit-folder-tokens = Colours and type for developers: CSS, Sass, Design Tokens.
kit-folder-book = This book.
kit-folder-print = Stationery for your printer: trim, bleed and marks are set. Names and addresses are placeholders.
kit-folder-fonts = The typefaces with their licences.
kit-file-count =
    { $count ->
        [one] { $count } file.
       *[other] { $count } files.
    }
kit-faces = Typefaces
kit-license = Licence { $license }: free for print, web and products.
kit-colophon = Colophon
kit-made-with = Made with Imprint { $version } of { $date }.
kit-made-from =
    { $concepts ->
        [one] Seed { $seed }, { $concepts } concept.
       *[other] Seed { $seed }, { $concepts } concepts.
    }
kit-made-again = The same brief, seed and version give exactly this kit again, byte for byte.

# For those who hear the book
kit-alt-horizontal = The logo of { $name }: mark and name side by side
kit-alt-stacked = The logo of { $name }: the mark above the name
kit-alt-mark = The mark of { $name }
kit-alt-wordmark = The name { $name } as a wordmark
kit-alt-concept = Concept { $rank }: { $title }
kit-alt-sizes = The mark in rising sizes, from { $px } pixels
kit-alt-shares = Bands as wide as each colour’s share of a layout

# The third theme, what informs, and print
kit-theme-high-contrast = High contrast
kit-role-info = Info
kit-print = CMYK is for the press of the profile “{ $profile }”; dE says how far its print lies from the screen. Your printer’s own profile gives better values.

# Contact sheet
kit-sheet-smallest = From { $px } px on

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Horizontal
kit-lockup-horizontal-use = The first choice, wherever there is room.
kit-lockup-square = Square
kit-lockup-square-use = For profile pictures that carry the name.
kit-lockup-badge = Badge
kit-lockup-badge-use = For stickers, stamps and labels.
kit-colorway-mono = One colour
kit-colorway-mono-use = For one ink of your own, a thread or a foil.
kit-colorway-grey = Greyscale
kit-colorway-grey-use = For newspapers, forms and copies.
kit-alt-square = The logo of { $name } in a square: the mark above the name
kit-alt-badge = The badge of { $name }: mark and name as one figure
kit-alt-small = The mark of { $name }, drawn for small sizes
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = All versions of the logo at their smallest sizes
kit-space-letters = Keep a margin of x free on every side: no text, no edge, no other logo. x is half the height of the letters, { $percent }% of the mark’s height.
kit-space-stroke = Keep a margin of x free on every side: no text, no edge, no other logo. x is as wide as the mark’s strokes, { $percent }% of its height.
kit-smallest-lockups = Each version at the smallest size it may have, in true size. Below it the finest stroke of the name or a part of the mark is lost.
kit-smallest-drawing = From 16 to 32 pixels, take the drawing made for small sizes: the files whose names begin with “small”.

# Revisions
kit-changes-title = What changed from revision { $from } to revision { $to }
kit-changes-before = before
kit-changes-after = after
kit-changes-asked = What was asked
kit-changes-decided = What was decided
kit-changes-colors = Colours
kit-changes-files = Files
kit-changes-nothing = Nothing.
kit-changes-counts = { $added } added, { $removed } removed, { $changed } changed, { $same } as before.

# The page of the checks
kit-report-title = Checks of { $name }
kit-report-intro = Every check of this kit: what was measured, and against what. The checks are worded in English; the same stands in report.json, for programs.
kit-report-passed = passed
kit-report-missed = missed
kit-report-failed = failed
kit-report-told = for information
kit-report-checks = checks
kit-report-gates = promises broken
kit-report-warnings = aims missed
kit-report-check = Check
kit-report-measured = Measured
kit-report-threshold = Threshold
kit-report-result = Result
kit-report-first = What was missed
kit-report-whole = Every promise is kept and every aim is reached.
kit-report-group-palette = Colour
kit-report-group-type = Type
kit-report-group-logo = Logo
kit-report-group-assets = Pictures and icons
kit-report-group-tokens = Tokens
kit-report-group-fonts = Fonts
kit-report-group-book = Brand book
kit-report-group-print = Stationery
kit-report-group-email = E-mail signature
kit-report-group-other = Other

# More folders
kit-folder-email = Signature for e-mails, as HTML and as plain text.
made-files =
    { $count ->
        [one] { $count } file, { $size } kB, in { $path }
       *[other] { $count } files, { $size } kB, in { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } concept, `{ $first }` is recommended.
       *[other] { $count } concepts, `{ $first }` is recommended.
    }
made-book = How to use it all, and why.
made-overview = The kit at a glance.
made-index = Which file for what: begin here.
made-seed = seed { $seed }, { $seconds } s
made-setup = ({ $seconds } s of it for setting up)
made-fewer = only { $count } of { $asked } concepts: nothing else is unlike enough to the marks that were named. Another seed may give more.
made-missed = { $id } is missing: { $why }
made-note = note: { $text }
