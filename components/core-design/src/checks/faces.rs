//! What is measured about faces: whether they hold the name and the language, stand together, can be read and may be
//! used.

use core_brand::check::{Check, Comparison, Severity};
use core_brand::design::{FontChoice, Typography};
use core_brand::{Fault, broken};
use core_typography::{
    Family, LIKENESS_AIM, LIKENESS_MAX, WEIGHTS_AIM, WEIGHTS_MIN, X_HEIGHT_MAX, X_HEIGHT_MIN, X_HEIGHT_NEAR,
    exemplars, family, fine_marks, x_height_ratio,
};

/// What the faces have to set.
pub(crate) struct Setting<'a> {
    pub(crate) name: &'a str,
    pub(crate) language: &'a str,
}

pub(crate) fn checks(typography: &Typography, setting: &Setting) -> Result<Vec<Check>, Fault> {
    let [display, text] = [known(&typography.display)?, known(&typography.text)?];
    let mut checks = coverage(display, text, setting);
    checks.extend(heights(typography, display, text));
    checks.extend(reading(text));
    checks.push(licences(typography));
    Ok(checks)
}

fn known(choice: &FontChoice) -> Result<&'static Family, Fault> {
    family(&choice.key.family).ok_or_else(|| broken!("{} is not a family", choice.key))
}

/// The letters of the language and of the name in both faces; in the text face the marks of fine setting too.
fn coverage(display: &Family, text: &Family, setting: &Setting) -> Vec<Check> {
    let none = |id: &str, severity, missing: Vec<char>, message: String| {
        Check::new(id, severity, missing.len() as f64, Comparison::AtMost, 0.0, "letters", message)
    };
    let letters = exemplars(setting.language);
    let mut checks = Vec::new();
    for (role, face) in [("display", display), ("text", text)] {
        let lacks = |what: &str| format!("Letters of {what} that {} does not have.", face.name);
        let id = |what: &str| format!("type.{what}.{role}");
        let language = lacks(&format!("a book in `{}`", setting.language));
        checks.push(none(&id("language"), Severity::Gate, face.missing(&letters), language));
        checks.push(none(&id("name"), Severity::Gate, face.missing(setting.name), lacks("the name")));
    }
    let marks = format!("Marks of fine setting ({}) that {} does not have.", fine_marks(), text.name);
    let lacking = none("type.marks.text", Severity::Warn, text.missing(fine_marks()), marks);
    checks.push(lacking.or("Set these marks in another face where a text needs them."));
    checks
}

/// Two families that are not kin are held together by letters of nearly one height.
fn heights(typography: &Typography, display: &Family, text: &Family) -> Vec<Check> {
    let is_kin = ["single-family", "superfamily"].contains(&typography.rule_id.as_str());
    let Some(ratio) = x_height_ratio(display, text).filter(|_| !is_kin) else { return Vec::new() };
    let check = |id: &str, severity, comparison, threshold| {
        let message = "Lower-case height of the text face against that of the display face.";
        Check::new(format!("type.x-height.{id}"), severity, ratio, comparison, threshold, "ratio", message)
    };
    let [least, most] = X_HEIGHT_NEAR;
    vec![
        check("least", Severity::Gate, Comparison::AtLeast, X_HEIGHT_MIN),
        check("most", Severity::Gate, Comparison::AtMost, X_HEIGHT_MAX),
        check("least-aim", Severity::Warn, Comparison::AtLeast, least)
            .or("Set the text face a little larger."),
        check("most-aim", Severity::Warn, Comparison::AtMost, most).or("Set the text face a little smaller."),
    ]
}

/// Whether the text family has weights to set a book with, and an I that is no l.
fn reading(text: &Family) -> Vec<Check> {
    let weights = text.uprights().count() as f64;
    let likeness = f64::from(text.likeness()) / 1000.0;
    let many = |id: &str, severity, least: usize| {
        let message = format!("Upright weights of {}.", text.name);
        let id = format!("type.weights.{id}");
        Check::new(id, severity, weights, Comparison::AtLeast, least as f64, "weights", message)
    };
    let apart = |id: &str, severity, most: i32| {
        let message = format!("Ink that the two likest of I, l and 1 share in {}.", text.name);
        let most = f64::from(most) / 1000.0;
        Check::new(
            format!("type.likeness.{id}"),
            severity,
            likeness,
            Comparison::AtMost,
            most,
            "share",
            message,
        )
    };
    vec![
        many("least", Severity::Gate, WEIGHTS_MIN),
        many("aim", Severity::Warn, WEIGHTS_AIM).or("Let size and space say what a weight between would."),
        apart("most", Severity::Gate, LIKENESS_MAX),
        apart("aim", Severity::Warn, LIKENESS_AIM)
            .or("Set codes and serial numbers in a face with a marked I, l and 1."),
    ]
}

/// Every family stands in the ledger, under a licence that is known, with its text.
fn licences(typography: &Typography) -> Check {
    let fonts = [&typography.display, &typography.text, &typography.strong];
    let has_text = |font: &&&FontChoice| {
        let mut ledger = typography.licenses.iter().filter(|line| line.family == font.key.family);
        ledger.any(|line| !line.spdx.is_empty() && !line.file.is_empty() && !line.uses.is_empty())
    };
    let share = 100.0 * fonts.iter().filter(has_text).count() as f64 / fonts.len() as f64;
    let message = "Fonts whose licence is known and goes with the kit.";
    Check::new("type.licences", Severity::Gate, share, Comparison::AtLeast, 100.0, "percent", message)
}
