//! What is measured about a design. A gate that fails stops the kit; a missed target is a warning in it.

mod faces;
mod palette;

pub(crate) use faces::Setting;

use core_brand::check::{Check, Comparison, Severity};
use core_brand::design::{Palette, Typography};
use core_brand::{Fault, Rgb, broken};

pub(crate) fn checks(
    palette: &Palette,
    given: Option<Rgb>,
    typography: &Typography,
    setting: &Setting,
) -> Result<Vec<Check>, Fault> {
    let mut checks = palette::checks(palette, given)?;
    checks.extend(faces::checks(typography, setting)?);
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
