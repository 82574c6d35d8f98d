//! Which two faces stand together.
//!
//! A pair is one of four rules:
//!
//! - `single-family`: one family for all, its heavier weight for names and heads. Calm, never wrong.
//! - `superfamily`: two families drawn as one system (`Family::system`). Kin that differ.
//! - `contrast`: families that differ in kind (serif, sans), or a geometric and a humanist one, with lower-case
//!   letters of nearly one height (`X_HEIGHT_MIN` to `X_HEIGHT_MAX`), so that they differ in one thing only.
//! - `display-workhorse`: a face made for large sizes only, over a text face: a loud one (display, rounded, mono) over
//!   any, another over one that differs as in `contrast`. Sizes differ anyway, so x-heights are free.
//!
//! Two families of the same class that are not kin never meet: they look like a mistake.

use crate::family::{AXES, Family, FontFile, families};
use crate::language::exemplars;
use crate::name::{check_name, text_families};
use core_brand::design::Weighted;
use core_brand::{Fault, FontKey, Rng, broken};
use harfrust::Script;
use harfrust::unicode::script;
use std::collections::BTreeMap;

pub const RULES: [&str; 4] = ["single-family", "superfamily", "contrast", "display-workhorse"];

/// Outside this ratio of x-heights one of two faces looks too small beside the other.
pub const X_HEIGHT_MIN: f64 = 0.85;
pub const X_HEIGHT_MAX: f64 = 1.15;

/// Running text is set in this weight.
const TEXT_WEIGHT: u16 = 400;
/// Bold, best first.
const STRONG_WEIGHTS: [u16; 2] = [700, 600];

/// Personalities this far apart on every axis have nothing in common.
const STRANGERS: f64 = 2.5;
/// How much the wish for a class counts beside the fit of personality, which is 1 at best.
const CLASS_SHARE: f64 = 0.3;
/// A face made for another script than the name's has only guests to show.
const GUEST_COST: f64 = 0.15;
/// Kin need no luck.
const KIN_GAIN: f64 = 0.05;
/// One family alone says less than two.
const ALONE_COST: f64 = 0.15;
/// Lower-case letters twice as high lose this much.
const X_HEIGHT_COST: f64 = 0.3;
/// Candidates this far below the best are still drawn, less often the further.
const MARGIN: f64 = 0.35;

/// The faces of a brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub display: FontKey,
    pub text: FontKey,
    /// The bold of the text family.
    pub strong: FontKey,
    /// One of `RULES`.
    pub rule: String,
}

/// Chooses faces for a name: by personality (`AXES`), wished classes of the display face, and chance among what
/// fits nearly as well.
pub fn pair(
    traits: &BTreeMap<String, f64>,
    classes: &[Weighted],
    name: &str,
    language: &str,
    rng: &mut Rng,
) -> Result<Pair, Fault> {
    check_name(name)?;
    let needed = format!("{name}{}", exemplars(language));
    let texts: Vec<&Family> = text_families().filter(|family| family.covers(&needed)).collect();
    let score = |family: &Family| fit(family, traits) - if is_guest(family, name) { GUEST_COST } else { 0.0 };
    let displays: Vec<(f64, &Family)> = families()
        .iter()
        .filter(|display| display.covers(&needed) && texts.iter().any(|text| rule(display, text).is_some()))
        .map(|display| (score(display) + CLASS_SHARE * wish(display, classes), display))
        .collect();
    let display =
        *draw(rng, &displays).ok_or_else(|| broken!("no family covers `{name}` and `{language}`"))?;
    let partners: Vec<(f64, (&Family, &str))> = texts
        .iter()
        .filter_map(|text| {
            rule(display, text).map(|rule| (score(text) + harmony(display, text, rule), (*text, rule)))
        })
        .collect();
    let (text, rule) =
        *draw(rng, &partners).ok_or_else(|| broken!("nothing stands beside {}", display.name))?;
    build(display, text, rule, traits)
}

fn build(display: &Family, text: &Family, rule: &str, traits: &BTreeMap<String, f64>) -> Result<Pair, Fault> {
    let lacking = |what: &str| broken!("{} has no {what}", text.name);
    let regular = text.upright(TEXT_WEIGHT).ok_or_else(|| lacking("regular"))?;
    let strong =
        STRONG_WEIGHTS.iter().find_map(|weight| text.upright(*weight)).ok_or_else(|| lacking("bold"))?;
    let heavy = rule == "single-family";
    let head = display_font(display, traits, heavy).ok_or_else(|| lacking("face for heads"))?;
    Ok(Pair {
        display: head.key.clone(),
        text: regular.key.clone(),
        strong: strong.key.clone(),
        rule: rule.to_owned(),
    })
}

/// The weight of names and heads: lighter for the quiet and the noble, heavier for the playful; next to its own
/// regular always one that differs.
fn display_font<'a>(
    display: &'a Family,
    traits: &BTreeMap<String, f64>,
    heavy: bool,
) -> Option<&'a FontFile> {
    let wanted = 640.0 - 80.0 * axis(traits, "quiet") - 50.0 * axis(traits, "premium")
        + 40.0 * axis(traits, "playful");
    let distance = |font: &&FontFile| (f64::from(font.key.weight) - wanted).abs();
    let fitting = display.uprights().filter(|font| !heavy || font.key.weight > TEXT_WEIGHT);
    fitting.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// How the two stand together, where they do.
fn rule(display: &Family, text: &Family) -> Option<&'static str> {
    if display.name == text.name {
        return Some("single-family");
    }
    if !display.system.is_empty() && display.system == text.system {
        return Some("superfamily");
    }
    if display.class == text.class {
        return None;
    }
    let is_loud = ["display", "rounded", "mono"].contains(&display.class.as_str());
    if !display.has_role("text") {
        return (is_loud || differ(display, text)).then_some("display-workhorse");
    }
    let is_level = (X_HEIGHT_MIN..=X_HEIGHT_MAX).contains(&x_ratio(display, text)?);
    (differ(display, text) && is_level).then_some("contrast")
}

/// Whether nobody could take one for the other.
fn differ(display: &Family, text: &Family) -> bool {
    let classes = [display.class.as_str(), text.class.as_str()];
    kind(display) != kind(text)
        || classes == ["geometric", "humanist"]
        || classes == ["humanist", "geometric"]
}

fn kind(family: &Family) -> &'static str {
    match family.class.as_str() {
        "old-style" | "transitional" | "didone" | "slab" => "serif",
        _ => "sans",
    }
}

/// Height of the lower-case letters of the second, as a share of the first's.
fn x_ratio(display: &Family, text: &Family) -> Option<f64> {
    let height = |family: &Family| family.upright(TEXT_WEIGHT).map(|font| f64::from(font.x_height));
    let (head, body) = (height(display)?, height(text)?);
    (head > 0.0).then(|| body / head)
}

/// What the rule and the letters add to the fit of the partner.
fn harmony(display: &Family, text: &Family, rule: &str) -> f64 {
    let gain = match rule {
        "superfamily" => KIN_GAIN,
        "single-family" => -ALONE_COST,
        _ => 0.0,
    };
    gain - X_HEIGHT_COST * x_ratio(display, text).map_or(0.0, |ratio| (ratio - 1.0).abs())
}

/// Whether no letter of the name is of the script that the family was made for.
fn is_guest(family: &Family, name: &str) -> bool {
    let home = match family.home.as_str() {
        "arabic" => Script::ARABIC,
        "devanagari" => Script::DEVANAGARI,
        "hebrew" => Script::HEBREW,
        "thai" => Script::THAI,
        // Latin stands in every book, whatever the name.
        _ => return false,
    };
    !name.chars().any(|letter| script(letter.into()) == home)
}

/// How near the personalities are: 1 for the same, below 0 for opposites.
fn fit(family: &Family, traits: &BTreeMap<String, f64>) -> f64 {
    let squares = AXES.iter().map(|id| {
        let gap = axis(traits, id) - axis(&family.traits, id);
        gap * gap
    });
    1.0 - (squares.sum::<f64>() / AXES.len() as f64).sqrt() / STRANGERS
}

/// A value on an axis; none is the middle, and nonsense is brought inside.
fn axis(traits: &BTreeMap<String, f64>, id: &str) -> f64 {
    let value = traits.get(id).copied().unwrap_or_default();
    if value.is_finite() { value.clamp(-2.0, 2.0) } else { 0.0 }
}

/// The wish for the class of this family, 1 for the dearest.
fn wish(family: &Family, classes: &[Weighted]) -> f64 {
    let weight = |wished: &Weighted| if wished.weight.is_finite() { wished.weight.max(0.0) } else { 0.0 };
    let most = classes.iter().map(weight).fold(0.0, f64::max);
    let own = classes.iter().find(|wished| wished.id == family.class).map_or(0.0, weight);
    if most > 0.0 { own / most } else { 0.0 }
}

/// Draws among those near the best, the square of the lead as the chance.
fn draw<'a, T>(rng: &mut Rng, scored: &'a [(f64, T)]) -> Option<&'a T> {
    let best = scored.iter().map(|(score, _)| *score).fold(f64::NEG_INFINITY, f64::max);
    let chance = |score: f64| {
        let lead = (score - best + MARGIN).max(0.0);
        lead * lead
    };
    let mut left = rng.unit() * scored.iter().map(|(score, _)| chance(*score)).sum::<f64>();
    for (score, item) in scored {
        left -= chance(*score);
        if left < 0.0 {
            return Some(item);
        }
    }
    // Rounding may leave a crumb; the best is always right.
    scored.iter().find(|(score, _)| *score == best).map(|(_, item)| item)
}
