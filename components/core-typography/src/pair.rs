//! Which two faces stand together: chance among what fits a personality, under the rules of `rule`.

use crate::family::{AXES, Family, FontFile, families};
use crate::name::{check_setting, text_families};
use crate::rule::{is_near, missed_aims, rule, x_height_ratio};
use core_brand::design::Weighted;
use core_brand::{Fault, FontKey, Rng, broken};
use harfrust::Script;
use harfrust::unicode::script;
use std::collections::BTreeMap;

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
/// Thousands of kanji that nobody asked for make a kit ten times as heavy: such a face comes where nothing else does.
const KANJI_COST: f64 = 0.6;
/// What a text family loses for each aim of reading that it misses.
const AIM_COST: f64 = 0.03;
/// Kin need no luck.
const KIN_GAIN: f64 = 0.05;
/// One family alone says less than two.
const ALONE_COST: f64 = 0.15;
/// Lower-case letters twice as high lose this much.
const X_HEIGHT_COST: f64 = 0.3;
/// A ratio of heights that passes and misses the aim.
const FAR_COST: f64 = 0.10;
/// Candidates this far below the best are still drawn, less often the further.
const MARGIN: f64 = 0.4;

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
    check_setting(name, language)?;
    let holds = |family: &&Family| family.writes(language) && family.covers(name);
    let texts: Vec<&Family> = text_families().filter(holds).collect();
    let guest = |family: &Family| match family.home.as_str() {
        _ if !is_guest(family, name, language) => 0.0,
        "japanese" => KANJI_COST,
        _ => GUEST_COST,
    };
    let score = |family: &Family| fit(family, traits) - guest(family);
    let displays: Vec<(f64, &Family)> = families()
        .iter()
        .filter(|display| holds(display) && texts.iter().any(|text| rule(display, text).is_some()))
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

/// What the rule and the letters add to the fit of the partner.
fn harmony(display: &Family, text: &Family, rule: &str) -> f64 {
    let gain = match rule {
        "superfamily" => KIN_GAIN,
        "single-family" => -ALONE_COST,
        _ => 0.0,
    };
    let ratio = x_height_ratio(display, text).unwrap_or(1.0);
    let far = if gain == 0.0 && !is_near(ratio) { FAR_COST } else { 0.0 };
    gain - far - AIM_COST * f64::from(missed_aims(text)) - X_HEIGHT_COST * (ratio - 1.0).abs()
}

/// Whether neither the name nor the book is of the script that the family was made for.
fn is_guest(family: &Family, name: &str, language: &str) -> bool {
    let home: &[Script] = match family.home.as_str() {
        "arabic" => &[Script::ARABIC],
        "devanagari" => &[Script::DEVANAGARI],
        "hebrew" => &[Script::HEBREW],
        "japanese" if language == "ja" => return false,
        "japanese" => &[Script::HAN, Script::HIRAGANA, Script::KATAKANA],
        "thai" => &[Script::THAI],
        // Latin stands in every book, whatever the name.
        _ => return false,
    };
    !name.chars().any(|letter| home.contains(&script(letter.into())))
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
