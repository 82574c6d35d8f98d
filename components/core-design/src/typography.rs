//! Faces and sizes.

use crate::choice::{axis, sum};
use crate::guidance::weighted;
use core_brand::design::{FontChoice, TypeSize, Typography};
use core_brand::{Fault, Rng};
use core_graph::{Industry, Style, Traits};
use core_typography::{Pair, choice, is_right_to_left, pair};
use core_words::Words;

/// Running text on a screen.
const BODY_PX: f64 = 16.0;
/// Ratios of the scale, calm to expressive.
const RATIOS: [f64; 4] = [1.2, 1.25, 1.333, 1.414];
/// Roles with their place on the scale, line height and tracking in thousandths of an em.
const ROLES: [(&str, i32, f64, i32); 6] = [
    ("display", 5, 1.05, -20),
    ("title", 3, 1.15, -12),
    ("heading", 2, 1.25, -6),
    ("lead", 1, 1.4, 0),
    ("body", 0, 1.5, 0),
    ("caption", -1, 1.4, 8),
];
/// A caption is never smaller.
const CAPTION_PX_MIN: f64 = 12.5;

/// The faces of a brand, with the rule they follow.
pub(crate) struct Faces {
    pub(crate) typography: Typography,
    pub(crate) pair: Pair,
}

pub(crate) fn faces(
    industry: &Industry,
    style: &Style,
    traits: &Traits,
    name: &str,
    words: &Words,
    rng: &mut Rng,
) -> Result<Faces, Fault> {
    let classes = weighted(sum(&[(&industry.types, 1.0), (&style.types, 1.0)], 0.0, &[]));
    let pair = pair(traits, &classes, name, words.language(), rng)?;
    let [display, text, strong] = [choice(&pair.display)?, choice(&pair.text)?, choice(&pair.strong)?];
    let ratio = ratio(traits);
    let right_to_left = is_right_to_left(name);
    let rule = rule(&pair, &display, &text, words)?;
    let sizes = sizes(ratio, right_to_left);
    Ok(Faces { typography: Typography { display, text, strong, rule, ratio, sizes, right_to_left }, pair })
}

/// Quiet brands step gently, expressive ones widely.
fn ratio(traits: &Traits) -> f64 {
    let expression = -axis(traits, "quiet") + 0.4 * axis(traits, "playful") + 0.3 * axis(traits, "premium");
    match expression {
        e if e < -0.8 => RATIOS[0],
        e if e < 0.2 => RATIOS[1],
        e if e < 1.4 => RATIOS[2],
        _ => RATIOS[3],
    }
}

fn sizes(ratio: f64, right_to_left: bool) -> Vec<TypeSize> {
    ROLES
        .iter()
        .map(|(role, place, line_height, tracking)| {
            let grown = (0..*place).fold(BODY_PX, |size, _| size * ratio);
            let size = if *place < 0 { (BODY_PX / ratio).max(CAPTION_PX_MIN) } else { grown };
            TypeSize {
                role: (*role).to_owned(),
                size_px: (size * 10.0).round() / 10.0,
                line_height: *line_height,
                // Letters that join must not be pulled apart.
                tracking: if right_to_left { 0 } else { *tracking },
            }
        })
        .collect()
}

/// Why these faces stand together.
fn rule(pair: &Pair, display: &FontChoice, text: &FontChoice, words: &Words) -> Result<String, Fault> {
    let class = |class: &str| words.say(&format!("design-class-{class}"), &[]);
    let weights = [pair.display.weight, pair.text.weight].map(|weight| weight.to_string());
    let heights = [display, text].map(|face| words.decimal(f64::from(face.x_height), 0));
    words.say(
        &format!("design-rule-{}", pair.rule),
        &[
            ("display", &pair.display.family),
            ("text", &pair.text.family),
            ("displayclass", &class(&display.class)?),
            ("textclass", &class(&text.class)?),
            ("heavy", &weights[0]),
            ("regular", &weights[1]),
            ("first", &heights[0]),
            ("second", &heights[1]),
        ],
    )
}
