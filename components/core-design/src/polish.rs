//! Reasons in better words, where there is a language model: its sentences are taken only where the facts are the same.
//!
//! **Law.** Every number and name of a sentence that is taken is a number or name of ours, and none is new.

use core_brand::brief::Order;
use core_brand::design::{Design, Polish};
use core_brand::fault::Code;
use core_brand::{Fault, Studio};
use std::collections::BTreeSet;

/// A sentence may grow by a half and a few words; more is another text.
const GROWTH: f64 = 1.5;
const GROWTH_CHARS: usize = 40;
/// Names that stand in sentences and are nobody's choice.
const FIXED_NAMES: [&str; 3] = ["WCAG", "CIEDE2000", "OKLCH"];
/// Languages that write common nouns, or nothing, with capitals: there a capital says nothing about a name.
const CAPITALS_SAY_NOTHING: [&str; 2] = ["de", "ja"];

/// Asks for better words and takes those that keep the facts. A design is never worse for it: what fails keeps its text.
pub(crate) fn polish(design: &mut Design, order: &Order, studio: &dyn Studio) {
    let ours: Vec<String> = design.reasons.iter().map(|reason| reason.text.clone()).collect();
    let mut outcome = Polish { asked: u32::try_from(ours.len()).unwrap_or(u32::MAX), ..Polish::default() };
    match answers(&order.brief.language, &ours, studio) {
        Err(fault) => outcome.fault = Some(fault.code),
        Ok(answers) => {
            let facts = Facts::of(design, order);
            for (reason, answer) in design.reasons.iter_mut().zip(answers) {
                let answer = answer.trim().to_owned();
                match facts.difference(&reason.text, &answer) {
                    None => {
                        outcome.taken += 1;
                        reason.text = answer;
                    }
                    Some(why) => *outcome.kept.entry(why.to_owned()).or_default() += 1,
                }
            }
        }
    }
    design.polish = Some(outcome);
}

fn answers(language: &str, ours: &[String], studio: &dyn Studio) -> Result<Vec<String>, Fault> {
    let answers = studio.rephrase(language, ours)?;
    if answers.len() == ours.len() {
        return Ok(answers);
    }
    let why = format!("{} sentences for {}", answers.len(), ours.len());
    Err(Fault::new(Code::PolishMalformed, [("why", why)]))
}

/// What a sentence may not change.
struct Facts {
    names: BTreeSet<String>,
    /// Whether a capital inside a sentence means a name.
    capitals: bool,
}

impl Facts {
    fn of(design: &Design, order: &Order) -> Self {
        let swatches = design.palette.swatches.iter().map(|swatch| swatch.name.clone());
        let faces = [&design.typography.display, &design.typography.text, &design.typography.strong];
        let faces = faces.into_iter().map(|face| face.key.family.clone());
        let said = [&design.industry.name, &design.style.name, &order.brief.company_name];
        let names = swatches
            .chain(faces)
            .chain(said.into_iter().cloned())
            .chain(FIXED_NAMES.map(str::to_owned))
            .filter(|name| !name.is_empty())
            .collect();
        Self { names, capitals: !CAPITALS_SAY_NOTHING.contains(&order.brief.language.as_str()) }
    }

    /// Why the second text does not say what the first says; none where it does.
    fn difference(&self, ours: &str, theirs: &str) -> Option<&'static str> {
        let chars = |text: &str| text.chars().count();
        let most = (chars(ours) as f64 * GROWTH) as usize + GROWTH_CHARS;
        if theirs.is_empty() || chars(theirs) > most {
            return Some("length");
        }
        // Plain text on one line: no markup, no addresses.
        if theirs.contains(|l: char| l.is_control() || "<>{}[]`*_|".contains(l)) || theirs.contains("://") {
            return Some("form");
        }
        if numbers(ours) != numbers(theirs) {
            return Some("number");
        }
        if self.names.iter().any(|name| ours.contains(name.as_str()) != theirs.contains(name.as_str())) {
            return Some("name");
        }
        (self.capitals && has_new_name(ours, theirs)).then_some("name")
    }
}

/// All figures of a text, sorted: `4.5`, `#1d4ed8`, `12`. A sign at the end belongs to the sentence.
fn numbers(text: &str) -> Vec<String> {
    let is_part =
        |letter: char| letter.is_numeric() || ".,:#%".contains(letter) || letter.is_ascii_hexdigit();
    let runs = text.split(|letter: char| !is_part(letter) && !letter.is_ascii_alphabetic());
    let runs = runs.map(|run| run.trim_matches(|sign| ".,:".contains(sign)));
    let mut numbers: Vec<String> = runs
        .filter(|run| run.contains(char::is_numeric) || run.starts_with('#'))
        .map(str::to_owned)
        .collect();
    numbers.sort();
    numbers
}

/// Whether a word inside a sentence has a capital that none of our words has.
fn has_new_name(ours: &str, theirs: &str) -> bool {
    let known: BTreeSet<String> = words(ours).map(|(word, _)| word.to_lowercase()).collect();
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    words(theirs)
        .any(|(word, is_first)| !is_first && is_capital(word) && !known.contains(&word.to_lowercase()))
}

/// The words of a text, and whether each begins a sentence.
fn words(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut is_first = true;
    text.split_whitespace().map(move |raw| {
        let first = std::mem::replace(&mut is_first, raw.ends_with(['.', '!', '?', ':', ';', '\u{2026}']));
        (raw.trim_matches(|letter: char| !letter.is_alphanumeric()), first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let names = ["Terracotta", "Alegreya Sans", "Northwind", "WCAG"];
        Facts { names: names.map(str::to_owned).into(), capitals: true }
    }

    #[test]
    fn facts_must_stay() {
        let ours = "Terracotta (#c2552d) leads at 4.58:1, where WCAG 2.2 asks for 4.5:1.";
        let cases = [
            ("Terracotta (#c2552d) takes the lead; its 4.58:1 passes the 4.5:1 of WCAG 2.2.", None),
            ("Terracotta (#c2552d) leads at 4.59:1, where WCAG 2.2 asks for 4.5:1.", Some("number")),
            ("Terracotta (#c2552e) leads at 4.58:1, where WCAG 2.2 asks for 4.5:1.", Some("number")),
            ("Terracotta (#c2552d) leads at 4.58:1, more than 4.5:1 and 3:1 of WCAG 2.2.", Some("number")),
            ("A warm colour (#c2552d) leads at 4.58:1, where WCAG 2.2 asks for 4.5:1.", Some("name")),
            ("Terracotta (#c2552d) leads Northwind at 4.58:1 where WCAG 2.2 asks for 4.5:1.", Some("name")),
            ("Terracotta (#c2552d) leads, says Pantone, at 4.58:1; WCAG 2.2 asks for 4.5:1.", Some("name")),
            ("Terracotta (#c2552d) leads at **4.58:1**, where WCAG 2.2 asks for 4.5:1.", Some("form")),
            ("", Some("length")),
        ];
        for (theirs, why) in cases {
            assert_eq!(facts().difference(ours, theirs), why, "{theirs}");
        }
        assert_eq!(facts().difference(ours, &format!("{ours} {}", "And more. ".repeat(20))), Some("length"));
    }

    #[test]
    fn figures_of_other_scripts_count() {
        assert_eq!(numbers("12% of 3.5:1, #0ea5e9 and ٣."), ["#0ea5e9", "12%", "3.5:1", "٣"]);
        assert!(numbers("no figure, at all: none.").is_empty());
    }
}
