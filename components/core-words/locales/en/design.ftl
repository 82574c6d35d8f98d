# What the design step says.

# Industries: the name, and what a brand has to do there.

design-industry-technology = Technology and software
design-insight-technology = The product itself is invisible, so the brand has to make it graspable: contemporary, precise, and simpler than what it does.
design-industry-security = Security
design-insight-security = People buy the feeling that nothing will happen; the brand stands firm, speaks seriously and makes no jokes.
design-industry-finance = Finance and banking
design-insight-finance = Whoever hands over money looks for steadiness first: the brand has to seem considered and calm before it may seem clever.
design-industry-insurance = Insurance
design-insight-insurance = Insurance is a promise for a bad day; the brand joins seriousness with a voice that one would want to hear on that day.
design-industry-law = Law
design-insight-law = Clients come with something at stake; the brand shows authority through calm, order and long-lived forms, not through volume.
design-industry-consulting = Consulting
design-insight-consulting = What is sold is judgement; the brand should look like a clear thought: considered, uncluttered, with one view of its own.
design-industry-marketing = Marketing and design
design-insight-marketing = The brand is the first piece of work that clients see; it may be expressive, as long as it is made with visible care.
design-industry-media = Film, photo and media
design-insight-media = The pictures are the loud part; the brand frames them: contemporary, confident, with little of its own in the way.
design-industry-publishing = Books and publishing
design-insight-publishing = Readers trust good typesetting before they trust a slogan; letters carry this brand, and time does it no harm.
design-industry-retail = Retail and e-commerce
design-insight-retail = A shop is chosen in passing; the brand must be recognised at a glance, be approachable and never be in the way of the goods.
design-industry-general = General business
design-insight-general = No category gives the direction here, so the brand starts from a balanced character and leaves the accents to style and colour.
design-industry-coffee = Coffee and cafés
design-insight-coffee = A café is chosen with nose and hands before the menu is read; the brand should feel warm, made by people and close.
design-industry-restaurant = Restaurants and catering
design-insight-restaurant = Appetite comes before reading; the brand works with warmth and generosity and stays legible on a sign at night.
design-industry-bakery = Bakery and sweets
design-insight-bakery = What is baked that morning needs no high tone; the brand is soft, warm and familiar like the shop around the corner.
design-industry-brewery = Breweries and spirits
design-insight-brewery = The bottle stands among dozens on a shelf; the brand borrows from labels and stamps: traditional, sociable, readable from two metres.
design-industry-wine = Wine
design-insight-wine = Wine is bought with respect for origin and time; the brand is quiet, refined and sure of its roots.
design-industry-food = Food and groceries
design-insight-food = Food has to look fresh and honest within a second; the brand is warm, plain-spoken and easy to find again on the shelf.
design-industry-travel = Travel and outdoor
design-insight-travel = People book an expectation; the brand opens a view: light, inviting and ready to set off.
design-industry-hotel = Hotels and hospitality
design-insight-hotel = A guest wants to feel expected; the brand receives with warmth, keeps a certain distance of style and is quiet in the room.
design-industry-music = Music and performing arts
design-insight-music = The brand hangs on posters between others that shout; it needs a rhythm of its own and the courage of one strong form.
design-industry-gaming = Games and entertainment
design-insight-gaming = Play begins with the logo on the loading screen; the brand is loud, contemporary and a little strange on purpose.
design-industry-health = Health and medicine
design-insight-health = People come when they are worried; the brand lowers the pulse: clear, calm and human, never cold.
design-industry-pharma = Pharma and biotech
design-insight-pharma = Claims count only when they are proven; the brand is exact, serious and orderly, so that trust can follow the data.
design-industry-fitness = Fitness and sports
design-insight-fitness = Training is a decision made anew each day; the brand pushes: loud, strong and already moving.
design-industry-wellness = Wellness and yoga
design-insight-wellness = The brand is the first breath before the class; it gives room, speaks softly and asks for nothing.
design-industry-beauty = Beauty and cosmetics
design-insight-beauty = The packaging stands in the bathroom every day; the brand is refined, flattering and calm enough to live with.
design-industry-fashion = Fashion
design-insight-fashion = Collections change, the label inside the collar stays; the brand is reduced and sure, so that each season can stand in front of it.
design-industry-jewelry = Jewellery and watches
design-insight-jewelry = Jewellery is kept for decades; the brand is small, fine and exact, and would also hold as an engraving.
design-industry-education = Education
design-insight-education = Learning needs trust and curiosity at once; the brand is open and clear, serious about the subject and friendly to the learner.
design-industry-childcare = Children and family
design-insight-childcare = Children should like it and parents should trust it; the brand is round, cheerful and cleanly made.
design-industry-nonprofit = Charity and community
design-insight-nonprofit = People give their time or money to people; the brand is warm and direct and shows that many hands belong to it.
design-industry-pets = Pets and animals
design-insight-pets = Owners speak of family; the brand is affectionate without being silly, round and easy to like.
design-industry-crafts = Crafts and makers
design-insight-crafts = The hand that made it is the value; the brand shows material and care and leaves a small unevenness of character.
design-industry-real-estate = Real estate
design-insight-real-estate = It is the largest purchase of a life; the brand is solid and well mannered, with the assurance of someone who knows the house.
design-industry-construction = Construction and trades
design-insight-construction = The brand rides on vans and scaffolds; it must be strong, plain and readable in rain from across the street.
design-industry-architecture = Architecture
design-insight-architecture = The buildings should speak; the brand sets measure and order and steps back like a good plan.
design-industry-interior = Interiors and furniture
design-insight-interior = The brand lives beside wood, linen and daylight; it is warm and calm, and refined without being precious.
design-industry-manufacturing = Manufacturing and engineering
design-insight-manufacturing = Buyers are engineers; the brand proves itself by precision and construction and has to hold cast, milled or stencilled on metal.
design-industry-automotive = Automotive and mobility
design-insight-automotive = The mark is seen on something that moves; it needs weight, a direction and a silhouette that holds at speed.
design-industry-logistics = Logistics and transport
design-insight-logistics = The brand is read on the move and from behind; it promises arrival with strong colour, a direction and no small parts.
design-industry-energy = Energy and utilities
design-insight-energy = Energy cannot be seen; the brand shows it as something that flows, contemporary and confident but not technical for its own sake.
design-industry-agriculture = Agriculture and gardening
design-insight-agriculture = What grows takes its time; the brand is earthy, honest and close, and looks right on a wooden crate.
design-industry-environment = Environment and sustainability
design-insight-environment = Good intentions are claimed by many; the brand earns belief with plain forms and an open, matter-of-fact tone.

# Styles: the name, and what the style does to the design.

design-style-modern = Modern
design-style-effect-modern = Modern takes away what only decorates: it favours geometric and grotesque faces, and marks that work with empty space.
design-style-classic = Classic
design-style-effect-classic = Classic tempers the colours and favours serif faces and monograms, so that the brand looks settled rather than new.
design-style-minimal = Minimal
design-style-effect-minimal = Minimal gives most of the layout to paper and lets few colours speak; the mark works with empty space instead of ornament.
design-style-playful = Playful
design-style-effect-playful = Playful strengthens the colours, rounds the shapes and lets the mark move, so that nothing about the brand feels stiff.
design-style-bold = Bold
design-style-effect-bold = Bold gives colour more room and form more weight, so that the brand is still itself across the street.
design-style-elegant = Elegant
design-style-effect-elegant = Elegant thins the strokes, mutes the colours and favours didone faces, monograms and ribbons.
design-style-technical = Technical
design-style-effect-technical = Technical squares the corners and favours monospaced and grotesque faces: the look of something engineered.
design-style-organic = Organic
design-style-effect-organic = Organic rounds the shapes, keeps the colours soft and close together, and favours humanist faces and drawn motifs.
design-style-vintage = Vintage
design-style-effect-vintage = Vintage mutes the colours and favours slab faces, badges and stencils, the vocabulary of old signs and stamps.
design-style-luxury = Luxury
design-style-effect-luxury = Luxury withholds: muted colour, much paper, fine strokes, and a monogram rather than a picture.
design-style-friendly = Friendly
design-style-effect-friendly = Friendly rounds the corners and favours open humanist and rounded letters, so that the brand meets people at eye level.
design-style-geometric = Geometric
design-style-effect-geometric = Geometric builds on circle, square and rotation and lets the construction be seen.
design-style-corporate = Corporate
design-style-effect-corporate = Corporate keeps colour disciplined and forms steady; the brand argues by restraint.
design-style-dynamic = Dynamic
design-style-effect-dynamic = Dynamic adds weight and direction: it favours rotation and ribbons, and stronger colours beside each other.

# Regions of colour: what each says.

design-hue-bordeaux = A deep wine red is warm and serious at once; it speaks of time, taste and a certain ceremony.
design-hue-red = In studies of brand colour red is the hue of excitement; it steps forward and asks for a decision.
design-hue-coral = Coral has the energy of red without its alarm: sociable, quick and warm.
design-hue-terracotta = Terracotta is the colour of fired clay: earthy, made by hand and steady beside other materials.
design-hue-espresso = A dark brown carries roast, wood and leather; it is warm like few dark colours are.
design-hue-orange = Orange is approachable and loud; it is seen early and takes itself less seriously than red.
design-hue-amber = Amber has the warmth of late light and of grain; it makes a brand inviting before it says a word.
design-hue-sun = Yellow is the lightest of the strong colours: cheerful and impossible to overlook, best beside something dark.
design-hue-olive = Olive is a grown-up green: earthy, calm and with a hint of tradition.
design-hue-leaf = A clear green stands for growth and freshness and is easily liked.
design-hue-forest = A dark green unites nature and standing; it is quiet, lasting and a little reserved.
design-hue-sage = Sage is green with the volume turned down; it calms and leaves room for people.
design-hue-teal = Teal stands between blue and green: clear-headed, clean and less expected than either.
design-hue-ocean = A deep sea blue is calm with some warmth left in it; it says experience more than authority.
design-hue-azure = Blue is the hue that studies of brand colour connect with competence; in this light tone it stays open and friendly.
design-hue-royal = Blue is the hue that studies of brand colour connect with competence; this saturated tone adds presence to it.
design-hue-navy = Blue is the hue that studies of brand colour connect with competence; this dark it also carries weight and distance.
design-hue-indigo = Indigo leaves the safe blue towards violet: contemporary, digital and a little daring.
design-hue-violet = Violet is rare in everyday things; it gives imagination a colour and stands out among blues and reds.
design-hue-plum = Plum is red that has become quiet: refined, dense and a little evening-like.
design-hue-magenta = Magenta does not occur by chance; it is contemporary, loud and sure of its entrance.
design-hue-rose = A muted rose is tender without being sweet; it brings a brand close to the skin.
design-hue-graphite = A near-black lets form and letters do the work; it looks exacting and ages slowly.

# Names of colours: a tone of each family.

design-color-deep-red = Oxblood
design-color-muted-red = Brick rose
design-color-clear-red = Signal red
design-color-light-red = Blossom
design-color-deep-vermilion = Mahogany
design-color-muted-vermilion = Clay
design-color-clear-vermilion = Vermilion
design-color-light-vermilion = Peach
design-color-deep-orange = Chestnut
design-color-muted-orange = Terracotta
design-color-clear-orange = Orange
design-color-light-orange = Apricot
design-color-deep-amber = Cognac
design-color-muted-amber = Sand
design-color-clear-amber = Amber
design-color-light-amber = Honey
design-color-deep-yellow = Dark ochre
design-color-muted-yellow = Straw
design-color-clear-yellow = Ochre
design-color-light-yellow = Sun yellow
design-color-deep-lime = Dark olive
design-color-muted-lime = Olive
design-color-clear-lime = Moss green
design-color-light-lime = Lime
design-color-deep-green = Fir green
design-color-muted-green = Fern
design-color-clear-green = Leaf green
design-color-light-green = Spring green
design-color-deep-emerald = Forest green
design-color-muted-emerald = Sage
design-color-clear-emerald = Emerald
design-color-light-emerald = Mint
design-color-deep-teal = Deep teal
design-color-muted-teal = Eucalyptus
design-color-clear-teal = Teal
design-color-light-teal = Aqua
design-color-deep-azure = Sea blue
design-color-muted-azure = Steel blue
design-color-clear-azure = Azure
design-color-light-azure = Sky blue
design-color-deep-blue = Midnight blue
design-color-muted-blue = Slate blue
design-color-clear-blue = Cobalt blue
design-color-light-blue = Ice blue
design-color-deep-indigo = Ink blue
design-color-muted-indigo = Smoke blue
design-color-clear-indigo = Indigo
design-color-light-indigo = Periwinkle
design-color-deep-violet = Aubergine
design-color-muted-violet = Heather
design-color-clear-violet = Violet
design-color-light-violet = Lilac
design-color-deep-magenta = Plum
design-color-muted-magenta = Mauve
design-color-clear-magenta = Orchid
design-color-light-magenta = Light orchid
design-color-deep-rose = Burgundy
design-color-muted-rose = Old rose
design-color-clear-rose = Raspberry
design-color-light-rose = Rose
design-color-deep-brown = Espresso
design-color-muted-brown = Cocoa
design-color-clear-brown = Caramel
design-color-light-brown = Light caramel
design-color-black = Black
design-color-graphite = Graphite
design-color-grey = Stone grey
design-color-silver = Silver
design-color-white = White
design-color-ink-warm = Warm ink
design-color-ink-fresh = Green ink
design-color-ink-cool = Blue ink
design-color-ink-blush = Red ink
design-color-ink-plain = Ink
design-color-paper-warm = Warm paper
design-color-paper-fresh = Fresh paper
design-color-paper-cool = Cool paper
design-color-paper-blush = Rosy paper
design-color-paper-plain = Paper

# Poles of the axes of personality, as adjectives.

design-trait-warm-high = warm
design-trait-warm-low = cool-headed
design-trait-classic-high = timeless
design-trait-classic-low = contemporary
design-trait-playful-high = playful
design-trait-playful-low = serious
design-trait-premium-high = refined
design-trait-premium-low = down-to-earth
design-trait-quiet-high = calm
design-trait-quiet-low = expressive
design-trait-friend-high = approachable
design-trait-friend-low = authoritative

# Classes of faces: the name, and what they bring.

design-class-grotesque = grotesque
design-class-says-grotesque = Grotesque letters keep their voice level and work at every size.
design-class-geometric = geometric sans
design-class-says-geometric = Geometric letters share their circles and straights with the mark.
design-class-humanist = humanist sans
design-class-says-humanist = Humanist letters keep the movement of writing and stay open in small sizes.
design-class-rounded = rounded sans
design-class-says-rounded = Rounded ends take the edge off every word.
design-class-slab = slab serif
design-class-says-slab = Slab serifs stand like type on a crate: sturdy and a little nostalgic.
design-class-old-style = old-style serif
design-class-says-old-style = Old-style letters come from the book and bring its calm with them.
design-class-transitional = transitional serif
design-class-says-transitional = Transitional letters are upright and clear: tradition without costume.
design-class-didone = didone
design-class-says-didone = Hairline against stem makes even one word look like a title page.
design-class-display = display face
design-class-says-display = A display face is a voice of its own and is used for few words.
design-class-mono = monospaced
design-class-says-mono = Letters of equal width speak of code, tables and exactness.

# How two faces stand together.

design-rule-single-family = { $display } sets name, headlines and reading text: one family, set apart by weight ({ $heavy } against { $regular }).
design-rule-superfamily = { $display } sets name and headlines, { $text } the reading text: two families drawn as one system, with x-heights of { $first } and { $second } per thousand.
design-rule-contrast = { $display } ({ $displayclass }) sets name and headlines, { $text } ({ $textclass }) the reading text: different in kind, joined by near x-heights of { $first } and { $second } per thousand.
design-rule-display-workhorse = { $display } ({ $displayclass }) is made for large sizes and sets only name and headlines; { $text } ({ $textclass }) does the reading work below it.

# Reasons.

design-reason-industry = The category is { $industry }. { $insight }
design-reason-character = Category and style together ask for a character that is above all { $first } and { $second }.
design-reason-primary-chosen = { $color } ({ $hex }) leads. { $meaning }
design-reason-primary-given = { $color } ({ $hex }) is the colour you gave, and it stays the primary exactly as it is. { $meaning }
design-reason-primary-kept = { $color } ({ $hex }) is the colour you gave, and it stays the primary exactly as it is; everything else is chosen to suit it.
design-reason-category-own = The colour is not among those we count as usual in this category; a colour of one’s own makes a brand easier to tell apart.
design-reason-category-cliche = The colour is a familiar one in this category; it is understood at once, so form, type and accent have to make the difference.
design-reason-secondary-grey = { $secondary } ({ $hex }) brings a hue to the neutral primary, so that the brand can show colour without giving up its reserve.
design-reason-secondary-kin = { $secondary } ({ $hex }) supports the primary from the same family of hue, { $depth }; near hues are felt to belong together.
design-reason-secondary-neighbour = { $secondary } ({ $hex }) supports the primary as a neighbour on the colour circle, { $depth }; near hues are felt to belong together.
design-reason-secondary-apart = { $secondary } ({ $hex }) supports the primary from another part of the colour circle, { $depth }, so that large areas can change without a change of brand.
design-depth-darker = a step darker
design-depth-lighter = a step lighter
design-reason-accent-near = { $accent } ({ $hex }) is the accent and takes only { $share }% of a usual layout; it stands { $difference } (CIEDE2000) from the primary, enough to be seen as a signal.
design-reason-accent-opposite = { $accent } ({ $hex }) comes from the other side of the colour circle and takes only { $share }% of a usual layout: { $difference } (CIEDE2000) from the primary, it marks what matters.
design-reason-contrast = Text reads at { $light }:1 on the light ground and { $dark }:1 on the dark one, where WCAG 2.2 asks for 4.5:1; the tightest of { $count } promised pairs has { $least }:1 against a required { $needed }:1.
design-reason-sister-light = As text on the light ground { $color } would have only { $ratio }:1; there its darker sister { $sister } takes over with { $better }:1.
design-reason-sister-dark = As text on the dark ground { $color } would have only { $ratio }:1; there its lighter sister { $sister } takes over with { $better }:1.
design-reason-shape-round = The forms are round: in experiments circular logos led people to expect comfort, angular ones durability.
design-reason-shape-angular = The forms are angular: in experiments angular logos led people to expect durability, circular ones comfort.
design-reason-shape-balanced = The forms keep a balance of straight and curve, since neither comfort nor durability alone should speak.
design-reason-mark = Motifs at hand are { $motifs }; the marks stay harmonious and only moderately elaborate, the kind that people in a study of 195 logos recognised best.
design-list-two = { $first } and { $second }

# Motifs, as they stand in a sentence.

design-motif-bean = the bean
design-motif-leaf = the leaf
design-motif-wave = the wave
design-motif-peak = the peak
design-motif-bolt = the bolt
design-motif-drop = the drop
design-motif-spark = the spark
design-motif-node = the node
design-motif-house = the house
design-motif-shield = the shield
design-motif-scale = the scales
design-motif-cross = the cross
design-motif-gear = the gear
design-motif-book = the book
design-motif-wheel = the wheel
design-motif-route = the route
design-motif-coin = the coin
design-motif-thread = the thread
design-motif-note = the note
design-motif-paw = the paw
design-motif-steam = rising steam
design-motif-seed = the seed
design-motif-sun = the sun
design-motif-star = the star
design-motif-anchor = the anchor
design-motif-key = the key
design-motif-lens = the lens
design-motif-pin = the pin
design-motif-arc = the arc
design-motif-brick = the brick

# Warnings.

design-warning-industry-near = “{ $asked }” is not a category Imprint knows by that name. It was read as { $industry } ({ $sure }% sure); name the category in other words if that is wrong.
design-warning-industry-unknown = “{ $asked }” is not a category Imprint knows, and nothing near was found. The design starts from { $industry }; `imprint industries` lists the known ones.
design-warning-style-near = The style “{ $asked }” was read as { $style } ({ $sure }% sure); `imprint styles` lists the known ones.
design-warning-sister = { $color } ({ $hex }) is kept exactly, but does not read as text on every ground ({ $ratio }:1). In the { $theme } theme the role “primary” is therefore { $sister } ({ $better }:1).
design-theme-light = light
design-theme-dark = dark

# The third theme
design-theme-high-contrast = high-contrast

# Typography: more rules

design-rule-same-hand = { $display } ({ $displayclass }) sets name and headlines, { $text } ({ $textclass }) the reading text: drawn by one hand and different in kind.
design-rule-data-face = { $display } ({ $displayclass }) sets name and headlines as tables and code are set, every letter equally wide; { $text } ({ $textclass }) does the reading work below it.

# The distance from the category, and customs.
design-reason-distance-near = You asked for a distance of { $asked } from the category, where 0 is as everybody does and 1 is apart. Measured over colour, type, motif and form this design stands at { $measured }: it is recognised as one of its kind at once.
design-reason-distance-between = You asked for a distance of { $asked } from the category, where 0 is as everybody does and 1 is apart. Measured over colour, type, motif and form this design stands at { $measured }: it keeps some signs of its kind and leaves others.
design-reason-distance-apart = You asked for a distance of { $asked } from the category, where 0 is as everybody does and 1 is apart. Measured over colour, type, motif and form this design stands at { $measured }: it cannot be taken for the others, and the name has to say more of what you do.
design-culture-emblem = A red cross on white is an emblem protected by the Geneva Conventions, and a business may not use it. Draw the cross in another colour, or choose a concept without one.
design-culture-crescent = In Turkey the sign of medical help is the red crescent; a cross may look foreign or religious there. Prefer a concept without one.
design-culture-stage = { $color } is said to bring bad luck on stage where your language is spoken; some people of the theatre keep away from it. Decide whether that matters to you.
design-culture-mourning = Black is the colour of mourning where your language is spoken. { $color } can work in this trade, but let it stand beside lively colours.
design-culture-white-mourning = White stands for purity in Japan and also for mourning. With { $color } as the leading colour let a second colour always be seen.
