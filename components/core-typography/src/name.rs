//! Whether a name can be set at all.

use crate::family::{Family, families};
use core_brand::Fault;
use core_brand::brief::name_letters;
use core_brand::fault::Code;

/// Refuses a name whose letters no family has, or no single one. Names are set in books too, so that only
/// families for running text count.
pub fn check_name(name: &str) -> Result<(), Fault> {
    let gaps: Vec<Vec<char>> = text_families().map(|family| family.missing(name)).collect();
    let Some(fewest) = gaps.iter().min_by_key(|missing| missing.len()) else {
        return Err(core_brand::broken!("there is no family for text"));
    };
    if fewest.is_empty() {
        return Ok(());
    }
    let nowhere: Vec<char> =
        fewest.iter().copied().filter(|letter| gaps.iter().all(|gap| gap.contains(letter))).collect();
    let (code, letters) =
        if nowhere.is_empty() { (Code::NameMixed, fewest) } else { (Code::NameUncovered, &nowhere) };
    Err(Fault::new(code, [("letters", name_letters(letters))]))
}

pub(crate) fn text_families() -> impl Iterator<Item = &'static Family> {
    families().iter().filter(|family| family.has_role("text"))
}
