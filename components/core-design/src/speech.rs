//! Measured values and colours as a language writes them.

use core_brand::Fault;
use core_words::Words;

/// A contrast ratio, never rounded up: what is promised must be there.
pub(crate) fn ratio(value: f64, words: &Words) -> String {
    words.decimal((value * 100.0).floor() / 100.0, 2)
}

/// A difference of two colours, never rounded up.
pub(crate) fn difference(value: f64, words: &Words) -> String {
    words.decimal((value * 10.0).floor() / 10.0, 1)
}

/// How sure a reading is, in whole per cent.
pub(crate) fn sure(confidence: f64, words: &Words) -> String {
    words.decimal(confidence * 100.0, 0)
}

/// The name of a colour.
pub(crate) fn color_name(id: &str, words: &Words) -> Result<String, Fault> {
    words.say(&format!("design-color-{id}"), &[])
}
