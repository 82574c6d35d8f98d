//! The checks of a concept that its mark alone does not tell: its file, its colours, its place in the set.

use crate::choice::{self, Look};
use crate::crowd::NEAR_BITS;
use crate::plan::Among;
use core_brand::check::{Comparison, Severity};
use core_brand::design::LogoColors;
use core_brand::{Check, Drawing, Rgb};
use core_vector::svg::{self, Frame};
use core_vector::{Colorway, measure};

/// A mark's file, in bytes.
const FILE_BYTES_MAX: f64 = 8192.0;
const FILE_BYTES_AIM: f64 = 3072.0;
/// What the main part of a mark should reach on white and on the dark ground; that every part reaches 3 on every
/// ground is a gate of the design.
const CONTRAST_AIM: f64 = 4.5;
/// Different grammars in a set of six or more, or as many as it has concepts.
const GRAMMARS_MIN: u32 = 4;
const GRAMMARS_AIM: u32 = 6;

/// How many bits the hash has: what is beside nothing differs in all.
const HASH_BITS: u32 = 64;

/// A row of the table below: what is measured, and against what.
struct Row {
    id: &'static str,
    measured: f64,
    comparison: Comparison,
    gate: Option<f64>,
    target: Option<f64>,
    unit: &'static str,
    message: &'static str,
    fix: &'static str,
}

impl Row {
    fn checks(&self, concept: &str) -> Vec<Check> {
        let check = |suffix: &str, severity, threshold| {
            let id = format!("logo.{concept}.{}{suffix}", self.id);
            Check::new(id, severity, self.measured, self.comparison, threshold, self.unit, self.message)
                .or(self.fix)
        };
        let gate = self.gate.map(|gate| check("", Severity::Gate, gate));
        let suffix = if gate.is_some() { ".target" } else { "" };
        let target = self.target.map(|target| check(suffix, Severity::Warn, target));
        gate.into_iter().chain(target).collect()
    }
}

/// The file of the mark in colour: L1 and L4.
pub(crate) fn file(concept: &str, mark: &Drawing, colors: &LogoColors, frame: &Frame) -> Vec<Check> {
    let text = svg::render(mark, &|role| Colorway::Color.color(role, colors), frame);
    let clean = Row {
        id: "l01-file-faults",
        measured: measure::faults(&text).len() as f64,
        comparison: Comparison::Equal,
        gate: Some(0.0),
        target: None,
        unit: "faults",
        message: "What the mark's file holds beside paths with flat fills, a title and a description.",
        fix: "Make the kit again.",
    };
    let small = Row {
        id: "l04-file-bytes",
        measured: text.len() as f64,
        comparison: Comparison::AtMost,
        gate: Some(FILE_BYTES_MAX),
        target: Some(FILE_BYTES_AIM),
        unit: "bytes",
        message: "The mark's file.",
        fix: "Compress it for the web.",
    };
    [clean, small].iter().flat_map(|row| row.checks(concept)).collect()
}

/// The main part on white and on the dark ground: the target of L7.
pub(crate) fn contrast(concept: &str, colors: &LogoColors) -> Vec<Check> {
    let pairs = [(colors.mark, Rgb::WHITE), (colors.mark_on_dark, colors.ground_dark)];
    let row = Row {
        id: "l07-main-contrast",
        measured: pairs
            .map(|(part, ground)| core_color::contrast(part, ground))
            .into_iter()
            .fold(21.0, f64::min),
        comparison: Comparison::AtLeast,
        gate: None,
        target: Some(CONTRAST_AIM),
        unit: "ratio",
        message: "The main part of the mark on white and on the dark ground, the lesser of the two.",
        fix: "On grounds of middle lightness use the black or the white logo.",
    };
    row.checks(concept)
}

/// The rows of L13, with their gates.
fn alike(likeness: f64, bits: u32, gates: [f64; 2], aim: impl Fn(f64) -> Option<f64>) -> [Row; 2] {
    [
        Row {
            id: "l13-likeness",
            measured: likeness,
            comparison: Comparison::AtMost,
            gate: Some(gates[0]),
            target: aim(choice::LIKENESS_AIM),
            unit: "share",
            message: "Ink shared with the concept most like it, both centred, over all ink.",
            fix: "Show only one of the two.",
        },
        Row {
            id: "l13-hash-bits",
            measured: f64::from(bits),
            comparison: Comparison::AtLeast,
            gate: Some(gates[1]),
            target: aim(f64::from(choice::BITS_AIM)),
            unit: "bits of 64",
            message: "Bits of the perceptual hash that the concept most like it differs in.",
            fix: "Show only one of the two.",
        },
    ]
}

/// How the concept stands in its set: L13, L14 and L18. Neighbours of a chosen concept may be alike, and of one grammar.
pub(crate) fn among(concept: &str, among: &Among, is_kin: bool) -> Vec<Check> {
    let [likeness_max, bits_min] = if is_kin {
        [choice::KIN_LIKENESS_MAX, f64::from(choice::KIN_BITS_MIN)]
    } else {
        [choice::LIKENESS_MAX, f64::from(choice::BITS_MIN)]
    };
    let aim = |value: f64| (!is_kin).then_some(value);
    let grammars = |least: u32| aim(f64::from(least.min(among.concepts)));
    let [likeness, bits] = alike(among.likeness, among.bits, [likeness_max, bits_min], aim);
    let rows = [
        likeness,
        bits,
        Row {
            id: "l14-grammars",
            measured: f64::from(among.grammars),
            comparison: Comparison::AtLeast,
            gate: grammars(GRAMMARS_MIN),
            target: grammars(GRAMMARS_AIM),
            unit: "grammars",
            message: "Different ways in which the marks of the set are made.",
            fix: "Try another seed.",
        },
        Row {
            id: "l18-cliches",
            measured: f64::from(among.cliches),
            comparison: Comparison::AtMost,
            gate: None,
            target: Some(0.0),
            unit: "hits",
            message: "Signs, letters in discs, colours and faces of the set that everybody uses (our own list).",
            fix: "Ask for more distance from the industry.",
        },
    ];
    rows.iter().chain(&unlike(among)).flat_map(|row| row.checks(concept)).collect()
}

/// How a painted mark stands to those before it: L13.
pub(crate) fn beside(concept: &str, look: &Look, others: &[Look]) -> Vec<Check> {
    let likeness = others.iter().map(|other| look.likeness(other)).fold(0.0, f64::max);
    let bits = others.iter().map(|other| look.bits(other)).min().unwrap_or(HASH_BITS);
    let [likeness, bits] = alike(likeness, bits, [choice::LIKENESS_MAX, f64::from(choice::BITS_MIN)], Some);
    [likeness, bits].iter().flat_map(|row| row.checks(concept)).collect()
}

/// How the concept stands to the marks that the order is to be unlike: L15. Near ones were refused when the set was
/// chosen, so what is here instead of a better one is told and no gate.
fn unlike(among: &Among) -> Vec<Row> {
    let Some(unlike) = &among.unlike else { return Vec::new() };
    let least = |id, measured, least, unit, message, fix| Row {
        id,
        measured: f64::from(measured),
        comparison: Comparison::AtLeast,
        gate: None,
        target: Some(f64::from(least)),
        unit,
        message,
        fix,
    };
    vec![
        least(
            "l15-unlike",
            unlike.bits,
            NEAR_BITS + 1,
            "bits of 64",
            "Bits of the perceptual hash that the nearest of the marks to be unlike differs in.",
            "Try another seed: nothing of this one is farther from them.",
        ),
        least(
            "l15-concepts",
            among.concepts,
            among.concepts + unlike.missing,
            "concepts",
            "Concepts that are near none of the marks to be unlike.",
            "Try another seed, or name fewer marks.",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Unlike;

    fn ids(checks: &[Check], severity: Severity) -> Vec<&str> {
        checks.iter().filter(|check| check.severity == severity).map(|check| check.id.as_str()).collect()
    }

    #[test]
    fn a_set_is_held_to_more_than_neighbours_are() {
        let near = Among { concepts: 6, grammars: 1, likeness: 0.82, bits: 6, cliches: 0, unlike: None };
        let failed = |is_kin| {
            among("1-x", &near, is_kin).into_iter().filter(|check| !check.passed).collect::<Vec<_>>()
        };
        let in_set = failed(false);
        let gates = ["logo.1-x.l13-likeness", "logo.1-x.l13-hash-bits", "logo.1-x.l14-grammars"];
        assert_eq!(ids(&in_set, Severity::Gate), gates);
        assert!(in_set.iter().all(|check| !check.fix.is_empty()));
        assert_eq!(failed(true), Vec::new());
    }

    #[test]
    fn marks_to_be_unlike_are_told_and_no_gate() {
        let among = |bits, missing| {
            let unlike = Some(Unlike { bits, missing });
            Among { concepts: 4, grammars: 4, likeness: 0.3, bits: 30, cliches: 0, unlike }
        };
        let missed = |bits, missing| -> Vec<String> {
            let checks = super::among("1-x", &among(bits, missing), false);
            assert!(checks.iter().any(|check| check.id == "logo.1-x.l15-unlike"));
            let missed = checks.into_iter().filter(|check| !check.passed);
            missed.inspect(|check| assert_eq!(check.severity, Severity::Warn)).map(|check| check.id).collect()
        };
        assert_eq!(missed(7, 0), Vec::<String>::new());
        assert_eq!(missed(6, 0), ["logo.1-x.l15-unlike"]);
        assert_eq!(missed(20, 2), ["logo.1-x.l15-concepts"]);
    }

    #[test]
    fn a_set_of_two_needs_two_grammars() {
        let two = Among { concepts: 2, grammars: 2, likeness: 0.3, bits: 30, cliches: 1, unlike: None };
        let checks = among("1-x", &two, false);
        let missed: Vec<&Check> = checks.iter().filter(|check| !check.passed).collect();
        assert_eq!(
            missed.iter().map(|check| check.id.as_str()).collect::<Vec<_>>(),
            ["logo.1-x.l18-cliches"]
        );
    }
}
