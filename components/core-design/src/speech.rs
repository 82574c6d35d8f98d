//! Numbers and colours as a language writes them.

use core_brand::Fault;
use core_words::Words;

/// A number with a fixed count of places; all languages but English write a comma.
pub(crate) fn decimal(value: f64, places: usize, words: &Words) -> String {
    let text = format!("{value:.places$}");
    if words.language() == "en" { text } else { text.replace('.', ",") }
}

/// The name of a colour.
pub(crate) fn color_name(id: &str, words: &Words) -> Result<String, Fault> {
    words.say(&format!("design-color-{id}"), &[])
}
