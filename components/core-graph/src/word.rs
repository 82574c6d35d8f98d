//! Words as people type them: folded, split, compared.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that say nothing about what somebody does.
const FILLER: &[&str] = &[
    "a",
    "an",
    "and",
    "the",
    "of",
    "for",
    "in",
    "with",
    "by",
    "my",
    "our",
    "small",
    "little",
    "new",
    "klein",
    "kleine",
    "neue",
    "petit",
    "petite",
    "nouveau",
    "pequeño",
    "pequeña",
    "local",
    "family",
    "und",
    "der",
    "die",
    "das",
    "für",
    "mit",
    "von",
    "im",
    "aus",
    "ein",
    "eine",
    "unser",
    "et",
    "de",
    "des",
    "du",
    "la",
    "le",
    "les",
    "un",
    "une",
    "pour",
    "avec",
    "y",
    "el",
    "los",
    "las",
    "una",
    "para",
    "con",
    "del",
    "very",
    "sehr",
    "très",
    "muy",
    "style",
    "stil",
    "look",
    "estilo",
    "but",
    "aber",
    "mais",
    "pero",
    "&",
    "+",
    // What sentences are made of.
    "we",
    "i",
    "is",
    "are",
    "am",
    "it",
    "its",
    "at",
    "to",
    "that",
    "who",
    "us",
    "on",
    "from",
    "make",
    "makes",
    "making",
    "sell",
    "sells",
    "selling",
    "do",
    "run",
    "offer",
    "help",
    "care",
    "people",
    "your",
    "their",
    "wir",
    "ich",
    "ist",
    "sind",
    "bin",
    "machen",
    "verkaufen",
    "bieten",
    "den",
    "dem",
    "zu",
    "auf",
    "unsere",
    "nous",
    "je",
    "est",
    "sommes",
    "faisons",
    "vendons",
    "au",
    "aux",
    "en",
    "sur",
    "notre",
    "nos",
    "dans",
    "somos",
    "es",
    "hacemos",
    "vendemos",
    "nuestro",
    "nuestra",
    "por",
    "os",
    "as",
    "um",
    "uma",
    "do",
    "da",
    "dos",
    "das",
    "em",
    "no",
    "na",
    "com",
    "fazemos",
    "nosso",
    "nossa",
    "e",
    "o",
    "il",
    "lo",
    "gli",
    "di",
    "per",
    "nel",
    "nella",
    "siamo",
    "facciamo",
    "vendiamo",
    "nostro",
    "nostra",
    "piccola",
    "piccolo",
    "het",
    "een",
    "van",
    "voor",
    "met",
    "wij",
    "zijn",
    "maken",
    "verkopen",
    "onze",
    "ons",
    "i",
    "w",
    "z",
    "ze",
    "na",
    "dla",
    "jest",
    "my",
    "robimy",
    "sprzedajemy",
    "nasz",
    "nasza",
    "mały",
    "mała",
    "ve",
    "bir",
    "için",
    "ile",
    "biz",
    "satıyoruz",
    "yapıyoruz",
    "bizim",
    "küçük",
];

/// Words for any place of business: beside another word they say nothing.
const PLACES: &[&str] = &[
    "shop",
    "store",
    "business",
    "company",
    "firm",
    "service",
    "services",
    "online",
    "centre",
    "center",
    "laden",
    "geschäft",
    "firma",
    "unternehmen",
    "handel",
    "magasin",
    "commerce",
    "entreprise",
    "boutique",
    "tienda",
    "negocio",
    "empresa",
    "comercio",
    "servicios",
];

/// Words that part what is made from those it is made for.
const FOR: &[&str] = &["for", "fur", "pour", "para", "per", "voor", "dla"];

/// Lower case without accents, so that `café` and `cafe`, `für` and `fur` are one.
pub(crate) fn fold(text: &str) -> String {
    // Most words are plain already.
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => folded.push('a'),
            'ç' | 'ć' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' => folded.push('e'),
            'ğ' => folded.push('g'),
            // Turkish writes a dotless i; its capital İ comes here as i with a dot of its own.
            'ì' | 'í' | 'î' | 'ï' | 'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => folded.push('o'),
            'ś' | 'ş' => folded.push('s'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ź' | 'ż' => folded.push('z'),
            '\u{300}'..='\u{36f}' => {}
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            l if l.is_alphanumeric() || l == '&' || l == '+' => folded.push(l),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a folded text that carry meaning; all of them where none does.
pub(crate) fn words(folded: &str) -> Vec<&str> {
    let all: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let meaning: Vec<&str> = all.iter().copied().filter(|word| !is_filler(word)).collect();
    let telling: Vec<&str> = meaning.iter().copied().filter(|word| !is_place(word)).collect();
    [telling, meaning].into_iter().find(|words| !words.is_empty()).unwrap_or(all)
}

/// Whether a folded word says nothing.
pub(crate) fn is_filler(word: &str) -> bool {
    static FOLDED: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| FILLER.iter().map(|word| fold(word)).collect());
    FOLDED.contains(word)
}

/// Whether a folded word only says that there is a business.
pub(crate) fn is_place(word: &str) -> bool {
    static FOLDED: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| PLACES.iter().map(|word| fold(word)).collect());
    FOLDED.contains(word)
}

/// Whether a text is written without spaces between its words, as Japanese is.
pub(crate) fn is_spaceless(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}

/// What is made, where a sentence says for whom.
pub(crate) fn head(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let at = words.iter().position(|word| FOR.contains(word))?;
    Some(words[..at].join(" "))
}

/// Whether the words of `part` stand together in `whole`; the last one may stand in the plural.
pub(crate) fn holds_phrase(whole: &str, part: &str) -> bool {
    if is_spaceless(part) {
        return whole.contains(part);
    }
    let whole = format!(" {whole} ");
    whole.contains(&format!(" {part} ")) || whole.contains(&format!(" {part}s "))
}

/// How alike two folded texts are, 0 to 1: Dice's measure over groups of three letters, or for slips of the hand
/// the share of letters that stay.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    dice(&one, &other).max(kept(&one, &other))
}

fn dice(one: &[char], other: &[char]) -> f64 {
    let (one, other) = (trigrams(one), trigrams(other));
    let shared = one.iter().filter(|group| other.binary_search(group).is_ok()).count() as f64;
    2.0 * shared / ((one.len() + other.len()) as f64).max(1.0)
}

fn trigrams(letters: &[char]) -> Vec<[char; 3]> {
    let padded: Vec<char> = [' ', ' '].iter().chain(letters).chain(&[' ']).copied().collect();
    let mut groups: Vec<_> = padded.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// More slips than one letter in four are another word.
const KEPT_MIN: f64 = 0.75;
/// In shorter words one slip is another word: `taxi` is not `taki`.
const KEPT_LETTERS_MIN: usize = 5;

/// The share of letters that stay when one text is turned into the other; 0 where too few do.
fn kept(one: &[char], other: &[char]) -> f64 {
    let longer = one.len().max(other.len()).max(1) as f64;
    let is_short = one.len().min(other.len()) < KEPT_LETTERS_MIN;
    if is_short || one.len().abs_diff(other.len()) as f64 > (1.0 - KEPT_MIN) * longer {
        return 0.0;
    }
    let kept = 1.0 - slips(one, other) as f64 / longer;
    if kept >= KEPT_MIN { kept } else { 0.0 }
}

/// Letters left out, put in, taken for another or swapped with the next.
fn slips(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != wanted);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            let is_swapped = row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *wanted;
            if is_swapped {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_and_signs() {
        assert_eq!(fold("Kaffee-Rösterei  Café"), "kaffee rosterei cafe");
        assert_eq!(fold("Łódź ślusarz"), "lodz slusarz");
        assert_eq!((fold("İÇECEK"), fold("Işık")), ("icecek".to_owned(), "isik".to_owned()));
        assert_eq!(words(&fold("a very small café in Köln")), ["cafe", "koln"]);
        assert_eq!(words("und"), ["und"]);
        assert_eq!((words("cofee shop"), words("shop")), (vec!["cofee"], vec!["shop"]));
    }

    #[test]
    fn likeness_is_high_for_slips_and_low_for_strangers() {
        assert!(likeness("cofee shop", "coffee shop") > 0.9);
        assert!(likeness("bakrey", "bakery") > 0.8);
        assert!(likeness("asdfgh", "coffee") < 0.2);
        assert!((likeness("law", "law") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn phrases_are_found_with_and_without_spaces() {
        assert!(holds_phrase("two coffee shops here", "coffee shop"));
        assert!(!holds_phrase("coffeeshop", "coffee"));
        assert!(holds_phrase("東京の小さなパン屋です", "パン屋"));
        assert_eq!(head("software for dentists").as_deref(), Some("software"));
    }
}
