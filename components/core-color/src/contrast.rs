//! Contrast after WCAG 2.2, and the nearest colour that has enough of it.

use crate::space::{Oklch, channels, from_oklch};
use core_brand::Rgb;

/// Halvings until a lightness is known better than eight bits can show.
const LIGHTNESS_HALVINGS: u32 = 12;

/// Which way a colour may move to gain contrast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Black,
    White,
}

/// Relative luminance after WCAG 2.2.
pub(crate) fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = channels(rgb);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio after WCAG 2.2, 1 to 21.
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

pub(crate) fn reads_on(color: Rgb, ratio: f64, grounds: &[Rgb]) -> bool {
    grounds.iter().all(|ground| contrast(color, *ground) >= ratio)
}

/// The colour of this hue, nearest in lightness, that has at least this ratio on every ground; black or white
/// where none has.
#[must_use]
pub fn reach(color: Oklch, ratio: f64, grounds: &[Rgb], toward: Toward) -> Rgb {
    let start = from_oklch(color);
    if reads_on(start, ratio, grounds) {
        return start;
    }
    let end = if toward == Toward::Black { 0.0 } else { 1.0 };
    let (mut fails, mut holds) = (color.l, end);
    let mut found = from_oklch(Oklch { l: end, ..color });
    for _ in 0..LIGHTNESS_HALVINGS {
        let middle = (fails + holds) / 2.0;
        let candidate = from_oklch(Oklch { l: middle, ..color });
        if reads_on(candidate, ratio, grounds) {
            (holds, found) = (middle, candidate);
        } else {
            fails = middle;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::to_oklch;

    #[test]
    fn known_contrasts() {
        let cases =
            [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.478), ("#2563eb", "#ffffff", 5.168)];
        for (a, b, ratio) in cases {
            let measured = contrast(Rgb::parse(a).unwrap(), Rgb::parse(b).unwrap());
            assert!((measured - ratio).abs() < 0.01, "{a} {b}: {measured}");
        }
    }

    #[test]
    fn reach_stops_at_the_nearest() {
        let yellow = to_oklch(Rgb::parse("#ffd400").unwrap());
        let sister = reach(yellow, 4.5, &[Rgb::WHITE], Toward::Black);
        let ratio = contrast(sister, Rgb::WHITE);
        assert!((4.5..4.6).contains(&ratio), "{sister} {ratio}");
        assert_eq!(reach(yellow, 3.0, &[Rgb::BLACK], Toward::White), Rgb::parse("#ffd400").unwrap());
    }
}
