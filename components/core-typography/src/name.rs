//! Whether a name can be set at all, and in a book of a language.

use crate::family::{Family, families};
use crate::language::exemplars;
use crate::rule::is_readable;
use core_brand::Fault;
use core_brand::brief::name_letters;
use core_brand::fault::Code;

/// More missing letters than this say nothing more.
const LETTERS_SHOWN: usize = 6;

/// Refuses a name whose letters no family has, or no single one. Names are set in books too, so that only
/// families for running text count.
pub fn check_name(name: &str) -> Result<(), Fault> {
    let gaps: Vec<(&Family, Vec<char>)> =
        text_families().map(|family| (family, family.missing(name))).collect();
    let Some((nearest, fewest)) = gaps.iter().min_by_key(|(_, missing)| missing.len()) else {
        return Err(core_brand::broken!("there is no family for text"));
    };
    if fewest.is_empty() {
        return Ok(());
    }
    let is_nowhere = |letter: &char| gaps.iter().all(|(_, gap)| gap.contains(letter));
    let nowhere: Vec<char> = fewest.iter().copied().filter(is_nowhere).collect();
    let family = nearest.name.clone();
    let lacking = name_letters(fewest);
    Err(if nowhere.is_empty() {
        Fault::new(Code::NameMixed, [("letters", lacking), ("family", family)])
    } else {
        let letters = name_letters(&nowhere);
        Fault::new(Code::NameUncovered, [("letters", letters), ("family", family), ("lacking", lacking)])
    })
}

/// Refuses a name as `check_name` does, and one that shares no family with the letters of the language.
pub fn check_setting(name: &str, language: &str) -> Result<(), Fault> {
    check_name(name)?;
    let named = || text_families().filter(|family| family.covers(name));
    if named().any(|family| family.writes(language)) {
        return Ok(());
    }
    let exemplars = exemplars(language);
    let gaps = named().map(|family| family.missing(&exemplars));
    let fewest = gaps.min_by_key(Vec::len).unwrap_or_default();
    let letters = name_letters(&fewest[..fewest.len().min(LETTERS_SHOWN)]);
    Err(Fault::new(Code::NameLanguage, [("language", language.to_owned()), ("letters", letters)]))
}

pub(crate) fn text_families() -> impl Iterator<Item = &'static Family> {
    families().iter().filter(|family| family.has_role("text") && is_readable(family))
}
