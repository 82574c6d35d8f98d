//! The letters that a language needs, so that a book can be set in it.

/// What every language here needs.
const COMMON: &str = concat!(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    ".,:;!?'\"()[]/&@#%+-=*_\u{2013}\u{2014}\u{2018}\u{2019}\u{201c}\u{201d}\u{2026}\u{2022}\u{b7}\u{d7}\u{b0}\u{a9}\u{ae}€$£",
);

/// What each adds.
const OWN: &[(&str, &str)] = &[
    ("en", "éïö"),
    ("de", "äöüßÄÖÜ„‚»«§"),
    ("es", "áéíñóúüÁÉÍÑÓÚÜ¿¡«»ªº"),
    ("fr", "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»"),
];

/// The letters, figures and marks of a language; of an unknown one those that all have.
#[must_use]
pub fn exemplars(language: &str) -> String {
    let own = OWN.iter().find(|(id, _)| *id == language).map_or("", |(_, letters)| letters);
    format!("{COMMON}{own}")
}
