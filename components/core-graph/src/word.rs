//! Words as people type them: folded, split, compared.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that say nothing about what somebody does.
const FILLER: &[&str] = &[
    "a", "an", "and", "the", "of", "for", "in", "with", "by", "my", "our", "small", "little", "new", "klein",
    "kleine", "neue", "petit", "petite", "nouveau", "pequeño", "pequeña", "local", "family", "und", "der",
    "die", "das", "für", "mit", "von", "im", "aus", "ein", "eine", "unser", "et", "de", "des", "du", "la",
    "le", "les", "un", "une", "pour", "avec", "y", "el", "los", "las", "una", "para", "con", "del", "very",
    "sehr", "très", "muy", "style", "stil", "look", "estilo", "but", "aber", "mais", "pero", "&", "+",
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

/// Lower case without accents, so that `café` and `cafe`, `für` and `fur` are one.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
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

/// A text folded once, with its groups of three letters at hand.
pub(crate) struct Folded {
    pub(crate) text: String,
    trigrams: BTreeSet<[char; 3]>,
}

impl Folded {
    pub(crate) fn new(text: &str) -> Self {
        let text = fold(text);
        Self { trigrams: trigrams(&text), text }
    }

    /// How alike two texts are, 0 to 1: Dice's measure over groups of three letters.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let (fewer, more) =
            if self.trigrams.len() < other.trigrams.len() { (self, other) } else { (other, self) };
        let shared = fewer.trigrams.iter().filter(|group| more.trigrams.contains(*group)).count() as f64;
        2.0 * shared / ((fewer.trigrams.len() + more.trigrams.len()) as f64).max(1.0)
    }
}

/// Whether the words of `part` stand together in `whole`.
pub(crate) fn holds_phrase(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

fn trigrams(text: &str) -> BTreeSet<[char; 3]> {
    let padded: Vec<char> = format!("  {text} ").chars().collect();
    padded.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_and_signs() {
        assert_eq!(fold("Kaffee-Rösterei  Café"), "kaffee rosterei cafe");
        assert_eq!(words(&fold("a very small café in Köln")), ["cafe", "koln"]);
        assert_eq!(words("und"), ["und"]);
        assert_eq!((words("cofee shop"), words("shop")), (vec!["cofee"], vec!["shop"]));
    }

    #[test]
    fn likeness_is_high_for_slips_and_low_for_strangers() {
        let likeness = |a, b| Folded::new(a).likeness(&Folded::new(b));
        assert!(likeness("cofee shop", "coffee shop") > 0.8);
        assert!(likeness("asdfgh", "coffee") < 0.2);
        assert!((likeness("law", "law") - 1.0).abs() < 1e-9);
    }
}
