//! What stands on stationery before anybody has written on it: placeholders that nobody takes for real.

use crate::brand::Brand;
use crate::setting::Setting;
use core_brand::templates::print::FIELDS;
use core_brand::{Fault, broken};
use core_pdf::FontId;
use core_typography::is_right_to_left;

/// Between the parts of a line.
const DOT: &str = " \u{b7} ";
/// No such number, and the domain that is kept free for examples (RFC 2606).
pub(crate) const PHONE: &str = "+00 000 000 000";
pub(crate) const MAIL: &str = "name@example.com";
pub(crate) const WEB: &str = "www.example.com";

/// The fields that a line may name, filled.
pub(crate) struct Words {
    values: Vec<(&'static str, String)>,
}

impl Words {
    pub(crate) fn of(brand: &Brand) -> Result<Self, Fault> {
        let value = |field: &'static str| {
            let value = match field {
                "name" => brand.name().to_owned(),
                "phone" => PHONE.to_owned(),
                "mail" => MAIL.to_owned(),
                "web" => WEB.to_owned(),
                other => brand.say(&format!("print-{other}"))?,
            };
            Ok((field, value))
        };
        Ok(Self { values: FIELDS.into_iter().map(value).collect::<Result<_, Fault>>()? })
    }

    pub(crate) fn get(&self, field: &str) -> Result<&str, Fault> {
        let found = self.values.iter().find(|(name, _)| *name == field);
        found.map(|(_, value)| value.as_str()).ok_or_else(|| broken!("no words for `{field}`"))
    }

    /// A line with its fields filled, and a face that has all its letters. A part that no face can write is left out.
    pub(super) fn fill(&self, line: &str, setting: &Setting, wanted: FontId) -> Option<(String, FontId)> {
        let mut parts: Vec<String> = line.split(DOT).map(|part| self.filled(part)).collect();
        // The first letters decide which way a line runs: addresses run as the language of the brief does.
        parts.sort_by_key(|part| is_right_to_left(part));
        let filled = parts.join(DOT);
        let font = setting.font_for(&filled, wanted);
        if setting.fonts.covers(font, &filled) {
            return Some((filled, font));
        }
        parts.retain(|part| setting.fonts.covers(wanted, part));
        (!parts.is_empty()).then(|| (parts.join(DOT), wanted))
    }

    /// In one pass: what a field says is never filled again.
    fn filled(&self, line: &str) -> String {
        let mut parts = line.split('{');
        let mut filled = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let (field, rest) = part.split_once('}').unwrap_or((part, ""));
            filled.push_str(self.get(field).unwrap_or(""));
            filled.push_str(rest);
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_not_filled_again() {
        let words = Words { values: vec![("name", "{web} & Co".into()), ("web", WEB.into())] };
        assert_eq!(words.filled("{name} \u{b7} {web}"), "{web} & Co \u{b7} www.example.com");
        assert_eq!(words.filled("plain {gone"), "plain ");
    }
}
