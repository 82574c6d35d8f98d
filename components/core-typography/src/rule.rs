//! What makes two faces a pair, and what makes one fit to be read.
//!
//! A pair is one of six rules:
//!
//! - `single-family`: one family for all, its heavier weight for names and heads. Calm, never wrong.
//! - `superfamily`: two families drawn as one system (`Family::system`). Kin that differ.
//! - `same-hand`: two families by one designer (`Family::hand`) that differ in kind.
//! - `contrast`: families that differ in kind (serif, sans), or a geometric and a humanist one, so that they differ in
//!   one thing only.
//! - `data-face`: a face of one width over a text face: the voice of figures and code.
//! - `display-workhorse`: a face made for large sizes only, over a text face: a loud one (display, rounded) over any,
//!   another over one that differs as in `contrast`.
//!
//! Two families of the same class that are not kin never meet: they look like a mistake. Families that are not kin
//! have lower-case letters of nearly one height (`X_HEIGHT_MIN` to `X_HEIGHT_MAX`).

use crate::family::Family;

pub const RULES: [&str; 6] =
    ["single-family", "superfamily", "same-hand", "contrast", "data-face", "display-workhorse"];

/// Outside this ratio of x-heights one of two faces looks too small beside the other.
pub const X_HEIGHT_MIN: f64 = 0.85;
pub const X_HEIGHT_MAX: f64 = 1.15;
/// Inside this one nobody sees that they differ.
pub const X_HEIGHT_NEAR: [f64; 2] = [0.92, 1.08];

/// A text family has at least a regular and a bold; with these many it can set a whole book.
pub const WEIGHTS_MIN: usize = 2;
pub const WEIGHTS_AIM: usize = 4;

/// From here on I, l and 1 are one shape, in thousandths; below the second they are told apart with ease.
pub const LIKENESS_MAX: i32 = 950;
pub const LIKENESS_AIM: i32 = 900;

/// The weight that heights are compared in.
const REGULAR: u16 = 400;

/// Whether a family may set running text.
pub(crate) fn is_readable(family: &Family) -> bool {
    family.uprights().count() >= WEIGHTS_MIN && family.likeness() < LIKENESS_MAX
}

/// How many aims of reading a text family misses.
pub(crate) fn missed_aims(family: &Family) -> u8 {
    u8::from(family.uprights().count() < WEIGHTS_AIM) + u8::from(family.likeness() >= LIKENESS_AIM)
}

/// Height of the lower-case letters of the text face against the display face. Where the display face is never set at
/// reading size, sizes are free, and both heights are taken against their own capitals.
#[must_use]
pub fn x_height_ratio(display: &Family, text: &Family) -> Option<f64> {
    let is_large = !display.has_role("text");
    let height = |family: &Family| {
        let font = family.upright(REGULAR)?;
        let whole = if is_large { font.cap_height } else { 1000 };
        (font.x_height > 0 && whole > 0).then(|| f64::from(font.x_height) / f64::from(whole))
    };
    Some(height(text)? / height(display)?)
}

/// Whether a ratio of heights is one that nobody sees.
pub(crate) fn is_near(ratio: f64) -> bool {
    (X_HEIGHT_NEAR[0]..=X_HEIGHT_NEAR[1]).contains(&ratio)
}

/// How the two stand together, where they do.
pub(crate) fn rule(display: &Family, text: &Family) -> Option<&'static str> {
    if display.name == text.name {
        return Some("single-family");
    }
    if !display.system.is_empty() && display.system == text.system {
        return Some("superfamily");
    }
    let is_level = (X_HEIGHT_MIN..=X_HEIGHT_MAX).contains(&x_height_ratio(display, text)?);
    if display.class == text.class || !is_level {
        return None;
    }
    let differ = differ(display, text);
    let is_loud = ["display", "rounded"].contains(&display.class.as_str());
    match display.has_role("text") {
        _ if differ && !display.hand.is_empty() && display.hand == text.hand => Some("same-hand"),
        true => differ.then_some("contrast"),
        false if display.class == "mono" => Some("data-face"),
        false => (is_loud || differ).then_some("display-workhorse"),
    }
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
