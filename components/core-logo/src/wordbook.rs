//! Words that name a thing which can be drawn. A name that says one, or a trade that says it more exactly than its
//! industry does, has that thing as its first motif: a bluebird is a bird whatever it sells, and tea is no coffee bean.
//!
//! The list is our own judgement: plain words for what a motif shows, in the languages that we know surely.

use crate::motif;

/// A compound ends in one of its words when the word has so many letters, and starts with one when it has so many;
/// shorter ones are parts of too many other words.
const END_LETTERS_MIN: usize = 4;
const START_LETTERS_MIN: usize = 5;
/// Letters that are left of a compound, at least.
const REST_LETTERS_MIN: usize = 3;
/// Motifs that a name may bring along: more would leave nothing to the trade.
const OF_NAME_MAX: usize = 2;
/// So many lead, the name's and the trade's own words together.
const LEADING_MAX: usize = 3;

/// The motifs of a brief, best first: what the name says, what the words of the trade say, and what stands for the
/// whole industry.
#[must_use]
pub(crate) fn motifs(name: &str, trade: &str, industry: &[&'static str]) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    let mut add = |id: &str| {
        if let Some((id, _)) = motif::find(id).filter(|(id, _)| !all.contains(id)) {
            all.push(id);
        }
    };
    said(name).into_iter().take(OF_NAME_MAX).for_each(&mut add);
    let exact = exact(trade);
    exact.iter().flat_map(|row| row.leads).take(LEADING_MAX).for_each(|id| add(id));
    let is_wrong = |id: &&&str| exact.iter().any(|row| row.not.contains(id));
    industry.iter().filter(|id| !is_wrong(id)).for_each(|id| add(id));
    all
}

/// Whether a name says something that can be drawn.
#[must_use]
pub(crate) fn says_a_thing(name: &str) -> bool {
    !said(name).is_empty()
}

/// The motifs that the words of a name speak of, in reading order.
fn said(name: &str) -> Vec<&'static str> {
    words(name).iter().filter_map(|word| of_word(word)).collect()
}

/// The words in small letters; an article that is written together is left away.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && !is_mark(letter));
    let words = parts.filter(|word| !word.is_empty()).map(|word| {
        let word = word.to_lowercase();
        word.strip_prefix("ال").map_or(word.clone(), str::to_owned)
    });
    words.collect()
}

/// Vowel signs are no letters and stand inside words.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x0900..=0x0dff | 0x0e00..=0x0e7f | 0x064b..=0x065f)
}

/// The motif of a word: the word itself, then the longest that it ends with, then the longest that it starts with.
fn of_word(word: &str) -> Option<&'static str> {
    let known = || SAID.iter().flat_map(|(id, words)| words.split(' ').map(move |own| (*id, own)));
    let whole = known().find(|(_, own)| *own == word);
    whole
        .or_else(|| part(known(), END_LETTERS_MIN, |own| word.strip_suffix(own)))
        .or_else(|| part(known(), START_LETTERS_MIN, |own| word.strip_prefix(own)))
        .map(|(id, _)| id)
}

type Known = (&'static str, &'static str);

/// The longest known word that leaves enough of a compound when it is taken away.
fn part<'a>(
    known: impl Iterator<Item = Known>,
    least: usize,
    rest: impl Fn(&str) -> Option<&'a str>,
) -> Option<Known> {
    let count = |text: &str| text.chars().count();
    let long = known.filter(|(_, own)| count(own) >= least || is_square(own));
    let is_part = |own: &str| rest(own).is_some_and(|rest| is_square(own) || count(rest) >= REST_LETTERS_MIN);
    long.filter(|(_, own)| is_part(own)).max_by_key(|(_, own)| count(own))
}

/// Kanji are words by themselves and stand without spaces.
fn is_square(word: &str) -> bool {
    word.chars().all(|letter| u32::from(letter) >= 0x3000)
}

/// What the words of a trade say more exactly than its industry.
fn exact(trade: &str) -> Vec<&'static Exact> {
    let words = words(trade);
    TRADES.iter().filter(|row| row.words.split(' ').any(|own| words.iter().any(|word| word == own))).collect()
}

/// A trade within an industry: which motifs lead, and which of the industry's would say something wrong.
struct Exact {
    words: &'static str,
    leads: &'static [&'static str],
    not: &'static [&'static str],
}

const fn row(words: &'static str, leads: &'static [&'static str], not: &'static [&'static str]) -> Exact {
    Exact { words, leads, not }
}

const TRADES: &[Exact] = &[
    row("tea tee té thé chá tè thee herbata çay 紅茶 お茶 茶", &["leaf", "cup"], &["bean"]),
    row(
        "seafood fish fishmonger sushi fisch fischerei pescado pescadería poisson poissonnerie pesce peixe peixaria vis ryby balık 魚 寿司",
        &["fish", "wave"],
        &["pear", "leaf"],
    ),
    row("bar pub cocktails cocktail kneipe taverna taberna バー", &["glass", "bottle", "star"], &["steam"]),
    row(
        "pizza pizzeria pizzería bbq grill steakhouse burger burgers",
        &["flame", "fork"],
        &["leaf", "steam"],
    ),
    row("chocolate confectionery schokolade konditorei cioccolato chocolat", &["bean", "heart"], &["seed"]),
    row("roofing roofer dachdecker tejados toiture couvreur", &["house", "peak", "hammer"], &[]),
    row("robotics robots robotik robótica robotique robotica", &["gear", "chip"], &["bracket"]),
    row("tattoo tattoos tätowierer tatuaje tatouage tatuaggi", &["drop", "eye"], &["comb"]),
    row(
        "lighting lamps beleuchtung leuchten iluminación éclairage illuminazione",
        &["lamp", "sun"],
        &["chair", "pot"],
    ),
    row(
        "optician opticians optometry optometrist optics eyewear optiker óptica opticien ottica optyk gözlükçü 眼鏡",
        &["glasses", "eye", "lens"],
        &["drop", "cross", "hand", "heart"],
    ),
    row(
        "dentist dentists dental dentistry orthodontist orthodontics zahnarzt zahnarztpraxis dentista dentiste \
         tandarts stomatolog dentysta diş 歯科 歯医者",
        &["tooth"],
        &["drop"],
    ),
    row(
        "hairdresser hairdressers hair barber barbershop friseur friseursalon peluquería coiffeur parrucchiere \
         cabeleireiro kapper fryzjer kuaför berber 美容室 理容",
        &["scissors", "comb"],
        &["star", "flower", "drop", "eye"],
    ),
    row(
        "olive olives oliven aceite huile ελαιόλαδο zeytinyağı",
        &["leaf", "drop"],
        &["arc", "spark", "compass", "lens", "fork"],
    ),
    row(
        "cider cidery cidre sidra sidro orchard apples obsthof apfelwein",
        &["apple", "tree", "leaf"],
        &["arc", "spark", "compass", "lens", "seed", "barrel"],
    ),
    row(
        "chess schach ajedrez échecs scacchi xadrez schaken szachy satranç",
        &["rook", "crown"],
        &["ball", "dice", "candle", "book", "sun", "seed"],
    ),
    row("locksmith locks schlüsseldienst cerrajero serrurier fabbro", &["key", "shield"], &[]),
    row(
        "watches watchmaker clocks uhren uhrmacher relojes horlogerie orologi",
        &["hourglass", "gear"],
        &["ring", "gem"],
    ),
    row("podcast radio podcasts", &["mic", "signal"], &["film"]),
    row("juice smoothies saft säfte zumos jus succhi", &["apple", "pear", "glass"], &[]),
    row("spirits gin whisky whiskey distillery destillerie brennerei", &["bottle", "drop"], &["barrel"]),
    row(
        "ski skiing mountaineering climbing bergsport klettern montaña montagne montagna",
        &["peak", "compass"],
        &[],
    ),
    row("running cycling triathlon", &["route", "peak"], &["dumbbell"]),
    row(
        "pottery ceramics keramik töpferei cerámica céramique ceramica",
        &["pot", "hand"],
        &["button", "thread"],
    ),
    row(
        "woodworking carpenter carpentry joinery tischlerei schreinerei",
        &["tree", "hammer"],
        &["button", "thread"],
    ),
    row("forestry forest forst wald bosque forêt", &["tree", "leaf"], &[]),
    row("space aerospace raumfahrt espacio espace", &["rocket", "star"], &["cloud"]),
    row(
        "electrician electricians elektriker electricista électricien elettricista",
        &["bolt", "lamp"],
        &["wrench", "hammer"],
    ),
    row("plumber plumbers plumbing klempner fontanero plombier idraulico", &["drop", "wrench"], &["brush"]),
    row("painter painting maler pintor peintre", &["brush", "drop"], &["wrench", "helmet"]),
    row("dog dogs hund hunde perros chiens", &["paw"], &["cat", "fish", "bird"]),
    row("cat cats katze katzen gatos chats", &["cat", "paw"], &["fish", "bird"]),
    row("quantum", &["node", "spark"], &["bracket", "cursor"]),
    row("cloud saas", &["cloud", "layers"], &[]),
    row("theatre theater", &["mask"], &["vinyl", "note"]),
    row("museum museums museo musée müze muzeum", &["column", "eye"], &["mask"]),
    row("gallery galleries galerie galería galleria", &["brush", "eye"], &["mask"]),
    row("swimming schwimmen natación natation nuoto", &["wave", "drop"], &["dumbbell", "spark", "arc"]),
    row("library bookshop bookstore books buchhandlung bücher librería librairie libreria", &["book"], &[]),
    row("pharmacy apotheke farmacia pharmacie", &["capsule", "cross"], &["flask"]),
    row("honey honig miel miele", &["drop", "flower"], &["pear", "fork"]),
    row("solar photovoltaics photovoltaik", &["sun", "house"], &["bolt"]),
    row("wind windkraft", &["wave", "bolt"], &["sun"]),
];

const SAID: &[(&str, &str)] = &[
    (
        "anchor",
        "anchor anker ancla ancora âncora ancre kotwica harbor harbour hafen haven puerto marina çapa 港",
    ),
    ("apple", "apple apples apfel pomme manzana mela jabłko maçã elma orchard りんご"),
    ("bean", "bean beans"),
    ("bell", "bell bells glocke campana cloche klok dzwon"),
    (
        "bird",
        "bird birds vogel vögel pájaro oiseau uccello pássaro ptak kuş wren robin swallow swift sparrow \
         starling kestrel falcon falke hawk eagle adler águila aigle heron crane finch lark nightingale \
         owl raven rabe magpie dove taube paloma colombe swan schwan gull kingfisher кречет сокол чайка \
         птица ласточка 鳥 鷹 鶴",
    ),
    (
        "bolt",
        "volt bolt thunder blitz donner rayo relámpago éclair foudre fulmine lampo flash piorun yıldırım \
         молния 雷",
    ),
    ("book", "book books buch libro livre boek książka kitap книга chapter verse quill"),
    ("bottle", "bottle flasche botella bouteille"),
    ("bread", "bread loaf brot brood pane pão chleb ekmek хлеб crumb crust"),
    ("brick", "brick ziegel ladrillo brique mattone"),
    ("camera", "camera kamera"),
    ("candle", "candle kerze bougie candela"),
    ("cat", "cat katze gato gata gatto kot kedi кошка 猫"),
    ("cloud", "cloud clouds wolke wolken nube nuage nuvola nuvem chmura bulut облако 雲"),
    (
        "compass",
        "compass kompass north nord norte noord northern nordic nordisk северный север 北 شمال polaris",
    ),
    ("crown", "crown krone corona couronne kroon korona taç königs royal regal rex regina królewski"),
    ("cup", "cup tasse taza tazza"),
    ("drop", "drop tropfen gota goutte goccia druppel kropla damla"),
    ("eye", "eye auge ojo oeil occhio oog vista"),
    ("fish", "fish fisch fisk pez pescado poisson pesce peixe ryba balık рыба 魚 salmon lachs trout forelle"),
    (
        "flame",
        "flame flamme flames fire feuer fuego feu fuoco fogo ogień ateş огонь 火 ember embers ignis \
         phoenix hearth blaze",
    ),
    (
        "flower",
        "flower flowers blume blumen blüte flor flores fleur fleurs fiore fiori kwiat çiçek цветок 花 \
         bloom blossom bloem rose rosen rosa lily lilie lilia tulip tulpe tulipe daisy jasmine violet \
         petal petals iris flora さくら 桜 sakura",
    ),
    (
        "gem",
        "gem gems diamond diamant diamante ruby rubin emerald smaragd sapphire saphir jewel juwel crystal \
         kristall cristal opal jade quartz almaz алмаз",
    ),
    ("grape", "grape grapes traube trauben uva uvas raisin vine vineyard weinberg vigne vigna"),
    ("hand", "hand hands mão ręka"),
    ("heart", "heart hearts herz corazón coeur cœur cuore coração serce kalp yürek сердце amor amore amour"),
    ("house", "house haus casa maison huis дом 家 home heim cottage villa lodge roof dach"),
    ("hourglass", "hour hourglass stunde zeit"),
    ("key", "key keys keystone schlüssel llave clé clef chiave sleutel klucz anahtar ключ"),
    ("lamp", "lamp lampe lámpara lampada lumen lantern laterne"),
    (
        "leaf",
        "leaf leaves blatt hoja feuille foglia folha blad liść yaprak лист 葉 maple ahorn olive oliva \
         olivo ελιά ελαία زيتون laurel lorbeer clover mint minze basil basilikum salbei verde green grün",
    ),
    ("lens", "lens linse"),
    ("lighthouse", "lighthouse beacon leuchtturm faro phare pharos"),
    ("lotus", "lotus lotos kamal padma कमल บัว 蓮"),
    ("mask", "mask maske máscara masque"),
    ("note", "song canción chanson melody melodie harmony"),
    ("paw", "paw paws pfote pfoten pata patte zampa łapa pati bear bär fox fuchs wolf lobo loup"),
    (
        "peak",
        "peak summit gipfel berg berge monte mont montaña montagne montagna montanha mountain mountains \
         góra dağ гора 山 alpine alpen alps alpes ridge sierra everest highland hill hills fell zenith \
         पर्वत",
    ),
    ("pear", "pear birne pera poire"),
    ("pencil", "pencil pen ink tinte"),
    ("rook", "rook castle tower castillo château castello kasteel zamek schloss torre turm kale 城"),
    ("rocket", "rocket rakete cohete fusée razzo launch"),
    ("sail", "sail sails segel vela voile boat schiff regatta clipper schooner vessel"),
    (
        "seed",
        "seed seeds saat semilla graine seme grain korn wheat weizen trigo blé grano barley oat hafer rye \
         roggen ähre harvest",
    ),
    ("shield", "shield schild escudo bouclier scudo aegis guard bastion fortress"),
    ("signal", "signal echo radio"),
    ("spark", "spark sparks funke funken chispa étincelle scintilla iskra kıvılcım искра"),
    (
        "star",
        "star stars stern sterne estrella estrellas étoile étoiles stella stelle estrela ster gwiazda \
         yıldız звезда 星 نجمة nova stellar astra cosmos",
    ),
    (
        "sun",
        "sun sonne sol soleil zon słońce güneş солнце заря рассвет सूर्य شمس שמש 陽 sunrise sunset aurora \
         dawn solar solaris",
    ),
    ("tent", "tent zelt camp"),
    ("thread", "thread threads faden hilo fil filo needle nadel aguja aiguille stitch loom weave"),
    ("tooth", "tooth zahn diente 歯"),
    (
        "tree",
        "tree trees baum bäume árbol arbre albero árvore drzewo ağaç дерево 木 森 oak eiche eichen roble \
         chêne quercia carvalho dąb meşe дуб pine kiefer pino cedar zeder birch birke bouleau elm ulme \
         ash esche alder erle willow weide linden linde forest wald bosque forêt bosco floresta orman \
         wood woods grove timber hain sequoia juniper",
    ),
    (
        "wave",
        "wave waves welle wellen ola olas vague onda fala dalga волна 波 गंगा ganga river fluss río \
         rivière fiume rio rzeka nehir река 川 sea meer mer zee morze deniz море 海 ocean ozean océano \
         océan oceano lake lago lac bay bucht fjord fjords tide tides tidal coast küste costa côte aqua \
         stream brook creek maritime atlantic pacific",
    ),
    ("wheel", "wheel wheels räder rueda roue ruota cycle cycles velo vélo"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_a_thing_leads_with_it() {
        let cases: &[(&str, Option<&str>)] = &[
            ("Bluebird Post", Some("bird")),
            ("Brightleaf Dental", Some("leaf")),
            ("Northwind Coffee", Some("compass")),
            ("Fjordfisk", Some("fish")),
            ("Sternwerk", Some("star")),
            ("Rosenberg & Söhne", Some("peak")),
            ("Eichenhaus", Some("house")),
            ("Заря", Some("sun")),
            ("قهوة الشمال", Some("compass")),
            ("गंगा", Some("wave")),
            ("北風コーヒー", Some("compass")),
            ("Casa Verde", Some("house")),
            ("Bellini", None),
            ("Carson", None),
            ("Ringo", None),
            ("Acme Widgets", None),
            ("!!!", None),
        ];
        for (name, expected) in cases {
            assert_eq!(said(name).first().copied(), *expected, "{name}");
        }
    }

    #[test]
    fn a_trade_drops_what_is_wrong_for_it() {
        assert_eq!(motifs("Taro", "tea", &["bean", "cup", "steam"]), ["leaf", "cup", "steam"]);
        assert_eq!(motifs("Wren", "tea", &["bean"]), ["bird", "leaf", "cup"]);
        assert_eq!(motifs("Taro", "coffee", &["bean", "cup"]), ["bean", "cup"]);
    }

    #[test]
    fn every_word_leads_to_one_motif_that_can_be_drawn() {
        for (id, words) in SAID {
            assert!(motif::find(id).is_some(), "{id}");
            for word in words.split(' ') {
                assert!(!word.is_empty() && word == word.to_lowercase(), "{id}: {word}");
                let others: Vec<&str> = SAID
                    .iter()
                    .filter(|(_, all)| all.split(' ').any(|own| own == word))
                    .map(|(id, _)| *id)
                    .collect();
                assert_eq!(others, [*id], "{word}");
            }
        }
        for id in TRADES.iter().flat_map(|row| row.leads.iter().chain(row.not)) {
            assert!(motif::find(id).is_some(), "{id}");
        }
    }
}
