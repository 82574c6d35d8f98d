//! What is measured about a palette. What has a stronger target beside its gate is measured against both: the
//! target has the same id with `.target`, and is a warning where it is missed.

use super::gate;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::design::{Contrast, Palette, Scale, Swatch, Theme};
use core_brand::{Fault, Rgb, broken};
use core_color::{CHARTS, STATES, Sight, THEMES, contrast, difference, measure, pairs_of_a_theme};

/// WCAG 2.2 for graphics.
const GRAPHIC: f64 = 3.0;
/// From here on a print is seen to be another colour.
const PRINT_APART: f64 = 5.0;
/// A step of a scale must be seen.
const STEP_LEAST: f64 = 0.005;
/// So many places apart, two steps of a scale carry lines and symbols, and text.
const UI_PLACES: usize = 5;
const TEXT_PLACES: usize = 7;

/// A gate and the target beyond it.
struct Bar {
    comparison: Comparison,
    gate: f64,
    target: f64,
    unit: &'static str,
}

const BODY: Bar = Bar { comparison: Comparison::AtLeast, gate: 4.5, target: 7.0, unit: "ratio" };
const HUE_DRIFT: Bar = Bar { comparison: Comparison::AtMost, gate: 12.0, target: 6.0, unit: "degrees" };
const UNEVENNESS: Bar =
    Bar { comparison: Comparison::AtMost, gate: 0.35, target: 0.20, unit: "deviation over mean" };
const BRAND_APART: Bar = Bar { comparison: Comparison::AtLeast, gate: 15.0, target: 25.0, unit: "dE00" };
const SEEN_APART: Bar = Bar { comparison: Comparison::AtLeast, gate: 8.0, target: 12.0, unit: "dE00" };
const GAMUT: Bar = Bar { comparison: Comparison::AtMost, gate: 0.05, target: 0.02, unit: "dE OKLAB" };
const TOTAL_INK: Bar = Bar { comparison: Comparison::AtMost, gate: 330.0, target: 300.0, unit: "percent" };
const HUE_TURN: Bar = Bar { comparison: Comparison::AtMost, gate: 15.0, target: 8.0, unit: "degrees" };

impl Bar {
    fn judge(&self, id: &str, measured: f64, message: &str, fix: &str) -> [Check; 2] {
        let check = |id: String, severity, threshold| {
            Check::new(id, severity, measured, self.comparison, threshold, self.unit, message).or(fix)
        };
        [
            check(id.to_owned(), Severity::Gate, self.gate),
            check(format!("{id}.target"), Severity::Warn, self.target),
        ]
    }
}

pub(super) fn checks(palette: &Palette, given: Option<Rgb>) -> Result<Vec<Check>, Fault> {
    let mut checks = contrast_checks(palette);
    checks.extend(logo_checks(palette)?);
    checks.extend(swatch_checks(palette, given)?);
    for scale in &palette.scales {
        checks.extend(scale_checks(palette, scale));
    }
    checks.extend(sight_checks(palette));
    checks.extend(gamut_checks(palette));
    checks.extend(hue_checks(palette));
    checks.extend(palette.swatches.iter().flat_map(print_checks));
    Ok(checks)
}

fn contrast_checks(palette: &Palette) -> Vec<Check> {
    let check = |pair: &Contrast| {
        let [theme, front, back] = [&pair.theme, &pair.foreground, &pair.background];
        let id = format!("palette.contrast.{theme}.{front}-on-{back}");
        let message = format!("In the {theme} theme, {front} on {back}.");
        gate(id, pair.ratio, Comparison::AtLeast, pair.threshold, "ratio", message)
    };
    let mut checks: Vec<Check> = palette.contrasts.iter().map(check).collect();
    for theme in THEMES {
        let body = measure::least_contrast(palette, theme, |front, _| front == "text");
        checks.extend(BODY.judge(
            &format!("palette.text.{theme}"),
            body,
            &format!("Running text on the grounds of the {theme} theme."),
            "Give the text a darker or lighter colour.",
        ));
    }
    let wanted = (pairs_of_a_theme() * THEMES.len()) as f64;
    let missing = wanted - palette.contrasts.len() as f64;
    let message = "Pairs of the contrast matrix that were not measured.".to_owned();
    checks.push(gate("palette.matrix".into(), missing, Comparison::Equal, 0.0, "pairs", message));
    checks
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
        let id = format!("logo.contrast.{part}-on-{ground}");
        gate(id, contrast(rgb, back), Comparison::AtLeast, GRAPHIC, "ratio", message)
    };
    Ok(on_light.chain(on_dark).chain(on_tile).map(check).collect())
}

fn swatch_checks(palette: &Palette, given: Option<Rgb>) -> Result<Vec<Check>, Fault> {
    let mut checks = Vec::new();
    for (one, other) in [("primary", "secondary"), ("primary", "accent"), ("secondary", "accent")] {
        let apart = difference(swatch(palette, one)?, swatch(palette, other)?);
        checks.extend(BRAND_APART.judge(
            &format!("palette.apart.{one}-{other}"),
            apart,
            &format!("How far {one} and {other} lie apart (CIEDE2000)."),
            "Try another seed, or leave the colour to us.",
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

fn scale_checks(palette: &Palette, scale: &Scale) -> Vec<Check> {
    let id = format!("palette.scale.{}", scale.id);
    let fix = "Choose a colour that is neither nearly black nor nearly white.";
    let message = format!(
        "The smallest step of lightness in the {} scale; each is darker than the one before.",
        scale.id
    );
    let least = measure::least_step(scale);
    let mut checks =
        vec![gate(id.clone(), least, Comparison::AtLeast, STEP_LEAST, "OKLCH lightness", message)];
    let message = format!("How far the hue of the {} scale drifts.", scale.id);
    checks.extend(HUE_DRIFT.judge(&format!("{id}.hue"), measure::hue_drift(scale), &message, fix));
    let message = format!("How uneven the steps of lightness in the {} scale are.", scale.id);
    checks.extend(UNEVENNESS.judge(&format!("{id}.even"), measure::unevenness(scale), &message, fix));
    for (part, places, threshold) in [("ui", UI_PLACES, GRAPHIC), ("text", TEXT_PLACES, BODY.gate)] {
        let message = format!("Any two steps of the {} scale that lie {places} places apart.", scale.id);
        let measured = measure::lattice(scale, places);
        checks.push(gate(format!("{id}.{part}"), measured, Comparison::AtLeast, threshold, "ratio", message));
    }
    if let Some(own) = palette.swatch(&scale.id) {
        let gaps = scale.steps.iter().map(|step| difference(step.rgb, own.rgb));
        let nearest = gaps.fold(f64::MAX, f64::min);
        let message = format!("How far the {} lies from the nearest step of its scale.", scale.id);
        checks.push(gate(format!("{id}.own"), nearest, Comparison::Equal, 0.0, "dE00", message));
    }
    checks
}

fn sight_checks(palette: &Palette) -> Vec<Check> {
    let groups = [("states", &STATES[..]), ("charts", &CHARTS[..])];
    let cases = palette
        .themes
        .iter()
        .flat_map(|theme| groups.map(|group| (theme, group)))
        .flat_map(|case| Sight::ALL.map(|sight| (case, sight)));
    let check = |((theme, (group, roles)), sight): ((&Theme, (&str, &[&str])), Sight)| {
        SEEN_APART.judge(
            &format!("palette.sight.{}.{group}.{}", theme.id, sight.id()),
            measure::least_apart(theme, roles, sight),
            &format!("The nearest two {group} of the {} theme in {} sight.", theme.id, sight.id()),
            "Say it with a sign or a label as well.",
        )
    };
    cases.flat_map(check).collect()
}

fn gamut_checks(palette: &Palette) -> [Check; 2] {
    let farthest = palette.swatches.iter().map(|swatch| swatch.p3_error).fold(0.0, f64::max);
    let message = "How far the Display P3 colours lie from what sRGB shows of them.";
    GAMUT.judge("palette.gamut", farthest, message, "Use the sRGB values everywhere.")
}

fn hue_checks(palette: &Palette) -> Vec<Check> {
    let check = |role: &str| {
        let turn = measure::hue_turn(palette, role, [THEMES[0], THEMES[1]]);
        let message = format!("How far the hue of {role} turns between the light and the dark theme.");
        let fix = "Choose a colour with more chroma.";
        HUE_TURN.judge(&format!("palette.hue.{role}"), turn, &message, fix)
    };
    ["primary", "secondary", "accent"].into_iter().chain(STATES).chain(CHARTS).flat_map(check).collect()
}

/// A print is what it is: it stops no kit, it is said.
fn print_checks(swatch: &Swatch) -> Vec<Check> {
    let Some(ink) = swatch.ink else { return Vec::new() };
    let id = format!("palette.print.{}", swatch.id);
    let message = format!("All the ink of the {} on the press.", swatch.id);
    let fix = "Ask the printer for a separation with less ink.";
    let mut checks = TOTAL_INK.judge(&format!("{id}.ink"), f64::from(ink.total), &message, fix).to_vec();
    let message = format!("How far the print of the {} lies from the screen (CIEDE2000).", swatch.id);
    let fix = "Show the printer the screen's colour, or have it mixed as an ink of its own.";
    let warn = Severity::Warn;
    checks
        .push(Check::new(id, warn, ink.difference, Comparison::AtMost, PRINT_APART, "dE00", message).or(fix));
    checks
}
