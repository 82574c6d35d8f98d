//! What `--json` prints. The keys are told in `lattice/README.md`; one that is there stays.

use crate::show::faces::uses;
use crate::show::roles::{Measured, measured, order_of};
use crate::show::vision;
use core_brand::brief::{Brief, Order};
use core_brand::check::{Check, Severity};
use core_brand::design::{
    DistanceFound, IndustryMatch, Ink, Note, Print, Scale, StyleMatch, Theme, TypeSize,
};
use core_brand::{Design, Rgb};
use serde::Serialize;

/// The format of both.
const FORMAT: u32 = 1;

/// What both begin with: the brief as it was read.
#[derive(Serialize)]
struct Asked<'a> {
    format: u32,
    version: &'a str,
    /// Decimal, as text: JSON readers lose whole numbers above 2^53.
    seed: String,
    brief: &'a Brief,
    industry: &'a IndustryMatch,
    style: &'a StyleMatch,
    /// From the category, asked and measured; null where it was not measured.
    distance: Option<&'a DistanceFound>,
}

/// What both end with.
#[derive(Serialize)]
struct Found<'a> {
    gates: usize,
    gates_failed: usize,
    /// Checks that are no gate and do not hold.
    missed: Vec<&'a Check>,
    warnings: &'a [Note],
}

#[derive(Serialize)]
pub(crate) struct PaletteSheet<'a> {
    #[serde(flatten)]
    asked: Asked<'a>,
    given: bool,
    swatches: Vec<SwatchLine<'a>>,
    scales: Vec<ScaleLine<'a>>,
    themes: Vec<ThemeLine<'a>>,
    vision: Vec<VisionLine<'a>>,
    /// The press that the inks are for; null where there is no profile.
    print: Option<&'a Print>,
    #[serde(flatten)]
    found: Found<'a>,
}

#[derive(Serialize)]
struct SwatchLine<'a> {
    id: &'a str,
    name: &'a str,
    hex: Rgb,
    oklch: [f64; 3],
    share: u8,
    /// Display P3, and how far sRGB is from it.
    p3: [f64; 3],
    p3_error: f64,
    ink: Option<Ink>,
}

#[derive(Serialize)]
struct ScaleLine<'a> {
    id: &'a str,
    steps: Vec<StepLine>,
}

#[derive(Serialize)]
struct StepLine {
    step: u16,
    hex: Rgb,
}

#[derive(Serialize)]
struct ThemeLine<'a> {
    id: &'a str,
    roles: Vec<RoleLine<'a>>,
}

#[derive(Serialize)]
struct RoleLine<'a> {
    id: &'a str,
    hex: Rgb,
    /// On the worst ground, of an on-colour on its fill; null for grounds.
    contrast: Option<f64>,
    level: Option<&'static str>,
}

#[derive(Serialize)]
struct VisionLine<'a> {
    group: &'static str,
    sight: &'static str,
    colors: Vec<SeenLine<'a>>,
    closest: Option<ClosestLine<'a>>,
}

#[derive(Serialize)]
struct SeenLine<'a> {
    id: &'a str,
    hex: Rgb,
}

#[derive(Serialize)]
struct ClosestLine<'a> {
    pair: [&'a str; 2],
    de00: f64,
}

#[derive(Serialize)]
pub(crate) struct TypeSheet<'a> {
    #[serde(flatten)]
    asked: Asked<'a>,
    families: Vec<FamilyLine<'a>>,
    rule: &'a str,
    reasons: Vec<ReasonLine<'a>>,
    ratio: f64,
    sizes: &'a [TypeSize],
    right_to_left: bool,
    #[serde(flatten)]
    found: Found<'a>,
}

#[derive(Serialize)]
struct FamilyLine<'a> {
    role: &'static str,
    family: &'a str,
    weights: Vec<u16>,
    class: &'a str,
    license: &'a str,
}

#[derive(Serialize)]
struct ReasonLine<'a> {
    text: &'a str,
    evidence: &'a str,
    source: &'a str,
}

fn asked<'a>(order: &'a Order, design: &'a Design) -> Asked<'a> {
    Asked {
        format: FORMAT,
        version: &order.version,
        seed: order.seed.to_string(),
        brief: &order.brief,
        industry: &design.industry,
        style: &design.style,
        distance: design.distance.as_ref(),
    }
}

fn found<'a>(design: &'a Design, prefix: &str) -> Found<'a> {
    let checks: Vec<&Check> = design.checks.iter().filter(|check| check.id.starts_with(prefix)).collect();
    let gates = checks.iter().filter(|check| check.severity == Severity::Gate);
    let missed = checks.iter().filter(|check| check.severity == Severity::Warn && !check.passed);
    Found {
        gates: gates.clone().count(),
        gates_failed: gates.filter(|check| !check.passed).count(),
        missed: missed.copied().collect(),
        warnings: &design.warnings,
    }
}

pub(crate) fn palette<'a>(order: &'a Order, design: &'a Design) -> PaletteSheet<'a> {
    let palette = &design.palette;
    let swatch = |one: &'a core_brand::design::Swatch| SwatchLine {
        id: &one.id,
        name: &one.name,
        hex: one.rgb,
        oklch: one.oklch,
        share: one.share,
        p3: one.p3,
        p3_error: one.p3_error,
        ink: one.ink,
    };
    PaletteSheet {
        asked: asked(order, design),
        given: palette.given,
        swatches: palette.swatches.iter().map(swatch).collect(),
        scales: palette.scales.iter().map(scale).collect(),
        themes: palette.themes.iter().map(theme).collect(),
        vision: vision::views(palette).into_iter().map(seen).collect(),
        print: palette.print.as_ref(),
        found: found(design, "palette."),
    }
}

fn scale(scale: &Scale) -> ScaleLine<'_> {
    let step = |one: &core_brand::design::ScaleStep| StepLine { step: one.step, hex: one.rgb };
    ScaleLine { id: &scale.id, steps: scale.steps.iter().map(step).collect() }
}

fn theme(theme: &Theme) -> ThemeLine<'_> {
    let mut roles: Vec<(&String, &Rgb)> = theme.roles.iter().collect();
    roles.sort_by(|(a, _), (b, _)| order_of(a).cmp(&order_of(b)));
    ThemeLine {
        id: &theme.id,
        roles: roles.into_iter().map(|(role, rgb)| role_line(theme, role, *rgb)).collect(),
    }
}

fn role_line<'a>(theme: &Theme, role: &'a str, rgb: Rgb) -> RoleLine<'a> {
    let seen = measured(theme, role);
    let contrast = seen.as_ref().map(|Measured { ratio, .. }| hundredths(*ratio));
    RoleLine { id: role, hex: rgb, contrast, level: seen.map(|seen| seen.level) }
}

/// Rounded down: no figure looks better than it is.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).floor() / 100.0
}

fn seen(view: vision::View<'_>) -> VisionLine<'_> {
    let colors = view.colors.into_iter().map(|(id, hex)| SeenLine { id, hex });
    let closest =
        view.closest.map(|two| ClosestLine { pair: [two.one, two.other], de00: hundredths(two.apart) });
    VisionLine { group: view.group, sight: view.sight, colors: colors.collect(), closest }
}

pub(crate) fn faces<'a>(order: &'a Order, design: &'a Design) -> TypeSheet<'a> {
    let typography = &design.typography;
    let families = uses(typography).map(|one| FamilyLine {
        role: one.role,
        family: one.family,
        weights: one.weights,
        class: one.class,
        license: one.license,
    });
    let reasons = design.reasons.iter().filter(|reason| reason.topic == "type");
    let reason = |reason: &'a core_brand::design::Reason| ReasonLine {
        text: &reason.text,
        evidence: &reason.evidence,
        source: &reason.source,
    };
    TypeSheet {
        asked: asked(order, design),
        families: families.into(),
        rule: &typography.rule,
        reasons: reasons.map(reason).collect(),
        ratio: typography.ratio,
        sizes: &typography.sizes,
        right_to_left: typography.right_to_left,
        found: found(design, "type."),
    }
}
