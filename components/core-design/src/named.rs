//! Colours that a name says: a green house is not brown, and a bluebird is blue.
//!
//! Only hues that the industry or the style holds fit anyway are lifted: the name decides among them.

/// The hues of a word, and how it is said in the languages that we know surely. Whole words, or the start of one.
const SAID: &[(&[&str], &str)] = &[
    (
        &["azure", "royal", "ocean", "navy"],
        "blue blau azul bleu blu blauw niebieski mavi azzurro indigo cobalt синий 青",
    ),
    (
        &["forest", "leaf", "olive", "sage"],
        "green grün verde vert groen zielony yeşil emerald smaragd зелёный 緑",
    ),
    (
        &["red", "bordeaux", "coral"],
        "red rot rojo rouge rosso vermelho rood czerwony kırmızı scarlet ruby rubin crimson красный 赤",
    ),
    (
        &["amber", "sun"],
        "gold golden goldene oro doré dorado yellow gelb amarillo jaune giallo amarelo geel żółty sarı amber honey honig 黄 金",
    ),
    (&["orange", "coral", "terracotta"], "orange naranja arancio laranja oranje turuncu tangerine mandarin"),
    (&["rose", "magenta"], "pink rose rosa różowy pembe flamingo"),
    (
        &["violet", "plum", "indigo"],
        "violet violett purple lila viola morado lavender lavendel plum mor фиолетовый 紫",
    ),
    (
        &["graphite", "espresso"],
        "black schwarz negro noir nero preto zwart czarny siyah raven obsidian чёрный 黒",
    ),
    (&["teal", "azure"], "turquoise türkis turquesa lagoon aqua"),
];
/// Shorter words start too many others.
const START_LETTERS_MIN: usize = 4;

/// Whether the words of a name say a hue.
pub(crate) fn says(name: &str, hue: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| {
        SAID.iter().any(|(hues, said)| hues.contains(&hue) && said.split(' ').any(|own| is_said(word, own)))
    })
}

fn is_said(word: &str, own: &str) -> bool {
    word == own || own.chars().count() >= START_LETTERS_MIN && word.starts_with(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_colours() {
        let cases = [
            ("Casa Verde", "forest", true),
            ("Bluebird Post", "azure", true),
            ("Bluebird Post", "amber", false),
            ("Grünwald", "leaf", true),
            ("Redwood", "red", false),
            ("Goldberg", "amber", true),
            ("Acme", "red", false),
        ];
        for (name, hue, expected) in cases {
            assert_eq!(says(name, hue), expected, "{name} {hue}");
        }
    }
}
