//! Faces and sizes.

use crate::choice::{axis, hundredths, sum};
use crate::guidance::weighted;
use core_brand::design::{FontChoice, TypeSize, Typography};
use core_brand::{Fault, Rng};
use core_graph::{Industry, Style, Traits};
use core_typography::{Pair, choice, is_right_to_left, pair, shelf};
use core_words::Words;

/// Running text on a screen.
const BODY_PX: f64 = 16.0;
/// Ratios of the scale, calm to expressive.
const RATIOS: [f64; 4] = [1.2, 1.25, 1.333, 1.414];
/// Roles with their place on the scale, and whether they are set in the display face.
const ROLES: [(&str, i32, bool); 6] = [
    ("display", 5, true),
    ("title", 3, true),
    ("heading", 2, true),
    ("lead", 1, false),
    ("body", 0, false),
    ("caption", -1, false),
];
/// A caption is never smaller.
const CAPTION_PX_MIN: f64 = 12.5;

/// The line of running text at `BODY_PX` is this many sizes high, and a line of huge letters this many.
const BODY_LEADING: f64 = 1.5;
const LARGE_LEADING: f64 = 0.98;
/// A headline is a few words; its lines hold together without the help that long lines need.
const HEAD_LEADING: f64 = -0.07;
/// What tall lower case needs more, in sizes per em of x-height beyond the usual.
const TALL_LEADING: f64 = 0.8;
const USUAL_X_HEIGHT: f64 = 500.0;
/// Kanji fill their squares, and marks stand over and under the letters of these scripts.
const FULL_LEADING: f64 = 0.2;
const LEADING: [f64; 2] = [1.04, 1.9];

/// Huge letters stand this much closer, and small ones further apart, in thousandths of an em.
const LARGE_TRACKING: f64 = -30.0;
/// Narrow letters have no room to give away; mean advance in thousandths of an em, and what they get back.
const NARROW: i32 = 430;
const NARROW_TRACKING: f64 = 10.0;

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
    // A stream per reading of the brief: with one seed, two industries do not get the same throw.
    let mut rng = Rng::fork(rng.next_u64(), &format!("type/{}/{}", industry.id, style.id));
    let pair = pair(traits, &classes, name, words.language(), &mut rng)?;
    let [display, text, strong] = [choice(&pair.display)?, choice(&pair.text)?, choice(&pair.strong)?];
    let ratio = ratio(traits);
    let right_to_left = is_right_to_left(name);
    let rule = rule(&pair, &display, &text, words)?;
    let script = Script { is_joined: right_to_left || hangs(name), is_full: words.language() == "ja" };
    let sizes = sizes(ratio, &display, &text, &script);
    let licenses = shelf(&[&display, &text, &strong]);
    let rule_id = pair.rule.clone();
    let typography =
        Typography { display, text, strong, rule, rule_id, ratio, sizes, right_to_left, licenses };
    Ok(Faces { typography, pair })
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

/// What the script of name and book asks of lines and letters.
struct Script {
    /// Letters that join must not be moved.
    is_joined: bool,
    /// Letters that fill a square.
    is_full: bool,
}

/// Whether letters hang on a line or carry marks on both sides: Arabic, Devanagari, Thai.
fn hangs(name: &str) -> bool {
    name.chars()
        .any(|letter| matches!(letter, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}'))
}

fn sizes(ratio: f64, display: &FontChoice, text: &FontChoice, script: &Script) -> Vec<TypeSize> {
    ROLES
        .iter()
        .map(|(role, place, is_head)| {
            let grown = (0..*place).fold(BODY_PX, |size, _| size * ratio);
            let size = if *place < 0 { (BODY_PX / ratio).max(CAPTION_PX_MIN) } else { grown };
            let face = if *is_head { display } else { text };
            TypeSize {
                role: (*role).to_owned(),
                size_px: (size * 10.0).round() / 10.0,
                line_height: line_height(size, face, *is_head, script),
                tracking: tracking(size, face, *is_head, script),
            }
        })
        .collect()
}

/// Large lines need less room between them than small ones, tall lower case more than low; in sizes.
fn line_height(size: f64, face: &FontChoice, is_head: bool, script: &Script) -> f64 {
    // Below reading size the room stays: lines get shorter with their letters.
    let small = (BODY_PX / size).min(1.0);
    let by_size = LARGE_LEADING + (BODY_LEADING - LARGE_LEADING) * small;
    let by_face = TALL_LEADING * (f64::from(face.x_height) - USUAL_X_HEIGHT) / 1000.0;
    let by_role = if is_head { HEAD_LEADING } else { 0.0 };
    let is_high = script.is_full || (is_head && script.is_joined);
    let by_script = if is_high { FULL_LEADING } else { 0.0 };
    hundredths((by_size + by_face + by_role + by_script).clamp(LEADING[0], LEADING[1]))
}

/// Large letters stand closer and small ones further apart, as their class allows; in thousandths of an em.
fn tracking(size: f64, face: &FontChoice, is_head: bool, script: &Script) -> i32 {
    let by_size = -LARGE_TRACKING * (BODY_PX / size - 1.0);
    let by_class = match face.class.as_str() {
        // A face of one width stands on its grid.
        "mono" => 0.0,
        // Serifs and hairlines touch sooner than plain stems.
        "didone" | "slab" => 0.6,
        _ => 1.0,
    };
    let narrow = if face.width < NARROW && by_size < 0.0 { NARROW_TRACKING } else { 0.0 };
    let wanted = (by_size * by_class + narrow * by_class).round() as i32;
    match script {
        Script { is_joined: true, .. } => 0,
        // Reading text keeps the room that its face was drawn with.
        Script { is_full, .. } if *is_full || !is_head => wanted.max(0),
        _ => wanted,
    }
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
