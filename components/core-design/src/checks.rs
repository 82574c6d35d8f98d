//! What is measured about a design.

mod faces;

use core_brand::check::{Check, Comparison, Severity};
use core_brand::design::{Palette, Typography};
use core_brand::{Fault, Rgb, broken};
use core_color::{contrast, difference, to_oklch};

/// CIEDE2000 from which two colours are told apart.
const APART: f64 = 15.0;
/// WCAG 2.2 for graphics.
const GRAPHIC: f64 = 3.0;

pub(crate) use faces::Setting;

pub(crate) fn checks(
    palette: &Palette,
    given: Option<Rgb>,
    typography: &Typography,
    setting: &faces::Setting,
) -> Result<Vec<Check>, Fault> {
    let mut checks = contrast_checks(palette);
    checks.extend(logo_checks(palette)?);
    checks.extend(swatch_checks(palette, given)?);
    checks.extend(scale_checks(palette));
    checks.extend(faces::checks(typography, setting)?);
    Ok(checks)
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

fn contrast_checks(palette: &Palette) -> Vec<Check> {
    let check = |pair: &core_brand::design::Contrast| {
        let [theme, front, back] = [&pair.theme, &pair.foreground, &pair.background];
        let id = format!("palette.contrast.{theme}.{front}-on-{back}");
        let message = format!("In the {theme} theme, {front} on {back}.");
        gate(id, pair.ratio, Comparison::AtLeast, pair.threshold, "ratio", message)
    };
    palette.contrasts.iter().map(check).collect()
}

fn swatch(palette: &Palette, id: &str) -> Result<Rgb, Fault> {
    palette.swatch(id).map(|swatch| swatch.rgb).ok_or_else(|| broken!("the palette has no `{id}`"))
}

fn logo_checks(palette: &Palette) -> Result<Vec<Check>, Fault> {
    let logo = &palette.logo;
    let paper = swatch(palette, "paper")?;
    let light = [("mark", logo.mark), ("accent", logo.accent), ("ink", logo.ink)];
    let dark = [("mark", logo.mark_on_dark), ("accent", logo.accent_on_dark), ("ink", logo.ink_on_dark)];
    let on_light = light
        .iter()
        .flat_map(|(part, rgb)| [(*part, *rgb, "white", Rgb::WHITE), (*part, *rgb, "paper", paper)]);
    let on_dark = dark.iter().map(|(part, rgb)| (*part, *rgb, "dark", logo.ground_dark));
    let on_tile = [("ink", logo.on_primary, "primary", swatch(palette, "primary")?)];
    let check = |(part, rgb, ground, back): (&str, Rgb, &str, Rgb)| {
        let message = format!("The logo's {part} on {ground}.");
        gate(
            format!("logo.contrast.{part}-on-{ground}"),
            contrast(rgb, back),
            Comparison::AtLeast,
            GRAPHIC,
            "ratio",
            message,
        )
    };
    Ok(on_light.chain(on_dark).chain(on_tile).map(check).collect())
}

fn swatch_checks(palette: &Palette, given: Option<Rgb>) -> Result<Vec<Check>, Fault> {
    let pairs = [("primary", "secondary"), ("primary", "accent"), ("secondary", "accent")];
    let mut checks = Vec::new();
    for (one, other) in pairs {
        let apart = difference(swatch(palette, one)?, swatch(palette, other)?);
        let message = format!("How far {one} and {other} lie apart (CIEDE2000).");
        checks.push(gate(
            format!("palette.apart.{one}-{other}"),
            apart,
            Comparison::AtLeast,
            APART,
            "dE00",
            message,
        ));
    }
    if let Some(given) = given {
        let moved = difference(swatch(palette, "primary")?, given);
        let message = "How far the primary lies from the colour that was given.".to_owned();
        checks.push(gate("palette.given-kept".into(), moved, Comparison::Equal, 0.0, "dE00", message));
    }
    let share: u32 = palette.swatches.iter().map(|swatch| u32::from(swatch.share)).sum();
    let message = "The shares of all swatches together.".to_owned();
    checks.push(gate(
        "palette.shares".into(),
        f64::from(share),
        Comparison::Equal,
        100.0,
        "percent",
        message,
    ));
    Ok(checks)
}

fn scale_checks(palette: &Palette) -> Vec<Check> {
    let check = |scale: &core_brand::design::Scale| {
        let lightness: Vec<f64> = scale.steps.iter().map(|step| to_oklch(step.rgb).l).collect();
        let least = lightness.windows(2).map(|pair| pair[0] - pair[1]).fold(f64::MAX, f64::min);
        let message = format!(
            "The smallest step of lightness in the {} scale; each is darker than the one before.",
            scale.id
        );
        gate(
            format!("palette.scale.{}", scale.id),
            least,
            Comparison::AtLeast,
            0.005,
            "OKLCH lightness",
            message,
        )
    };
    palette.scales.iter().map(check).collect()
}
