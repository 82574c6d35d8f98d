//! What is measured about a design. A gate that fails stops the kit; a missed target is a warning in it.

mod palette;

use core_brand::check::{Check, Comparison, Severity};
use core_brand::design::{Palette, Typography};
use core_brand::{Fault, Rgb, broken};
use core_typography::{Pair, X_HEIGHT_MAX, X_HEIGHT_MIN};

pub(crate) fn checks(
    palette: &Palette,
    given: Option<Rgb>,
    typography: &Typography,
    pair: &Pair,
) -> Result<Vec<Check>, Fault> {
    let mut checks = palette::checks(palette, given)?;
    checks.extend(type_checks(typography, pair));
    match checks.iter().find(|check| check.severity == Severity::Gate && !check.passed) {
        Some(failed) => {
            Err(broken!("`{}` measures {} where {} is needed", failed.id, failed.measured, failed.threshold))
        }
        None => Ok(checks),
    }
}

fn gate(
    id: String,
    measured: f64,
    comparison: Comparison,
    threshold: f64,
    unit: &str,
    message: String,
) -> Check {
    Check::new(id, Severity::Gate, measured, comparison, threshold, unit, message)
}

/// Two families that differ in kind are held together by letters of nearly one height.
fn type_checks(typography: &Typography, pair: &Pair) -> Vec<Check> {
    if pair.rule != "contrast" || typography.display.x_height == 0 {
        return Vec::new();
    }
    let ratio = f64::from(typography.text.x_height) / f64::from(typography.display.x_height);
    let check = |id: &str, comparison, threshold| {
        let message = "Lower-case height of the text face against that of the display face.".to_owned();
        gate(format!("type.x-height.{id}"), ratio, comparison, threshold, "ratio", message)
    };
    vec![check("least", Comparison::AtLeast, X_HEIGHT_MIN), check("most", Comparison::AtMost, X_HEIGHT_MAX)]
}
