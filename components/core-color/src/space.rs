//! OKLCH, contrast and difference: the three measures everything else is made of.

use core_brand::Rgb;
use palette::color_difference::Ciede2000;
use palette::{FromColor, Lab, Srgb};
use std::sync::LazyLock;

/// Half of the finest step of eight bits, so that a colour on the edge of the gamut counts as inside.
const GAMUT_SLACK: f64 = 0.000_2;
/// No sRGB colour is more colourful than this in OKLCH.
const CHROMA_TOP: f64 = 0.34;
/// Halvings until a chroma is known better than eight bits can show.
const CHROMA_HALVINGS: u32 = 16;
/// Halvings until a lightness is known better than eight bits can show.
const LIGHTNESS_HALVINGS: u32 = 12;

/// Lightness 0 to 1, chroma, hue in degrees 0 to 360.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oklch {
    pub l: f64,
    pub c: f64,
    pub h: f64,
}

impl Oklch {
    #[must_use]
    pub fn new(l: f64, c: f64, h: f64) -> Self {
        Self { l, c, h: turn(h) }
    }
}

/// Which way a colour may move to gain contrast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Black,
    White,
}

/// An angle in 0 to 360.
pub(crate) fn turn(hue: f64) -> f64 {
    let turned = hue - (hue / 360.0).floor() * 360.0;
    if turned >= 360.0 { 0.0 } else { turned }
}

/// The shorter way from one hue to another, 0 to 180.
pub(crate) fn hue_gap(a: f64, b: f64) -> f64 {
    let gap = turn(a - b);
    gap.min(360.0 - gap)
}

static LINEAR: LazyLock<[f64; 256]> =
    LazyLock::new(|| std::array::from_fn(|level| linear(level as f64 / 255.0)));

fn linear(encoded: f64) -> f64 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { libm::pow((encoded + 0.055) / 1.055, 2.4) }
}

fn encoded(linear: f64) -> u8 {
    let light = linear.clamp(0.0, 1.0);
    let value =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

fn channels(rgb: Rgb) -> [f64; 3] {
    [rgb.r, rgb.g, rgb.b].map(|level| LINEAR[usize::from(level)])
}

/// The OKLCH coordinates of a colour. The hue of a grey is 0.
#[must_use]
pub fn to_oklch(rgb: Rgb) -> Oklch {
    let [r, g, b] = channels(rgb);
    let long = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let middle = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let short = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    let l = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short;
    let a = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short;
    let b = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short;
    let c = (a * a + b * b).sqrt();
    if c < 0.000_5 { Oklch::new(l, 0.0, 0.0) } else { Oklch::new(l, c, libm::atan2(b, a).to_degrees()) }
}

/// A ray of one lightness and hue: each linear channel as a cubic of the chroma.
struct Ray([[f64; 4]; 3]);

impl Ray {
    fn new(l: f64, h: f64) -> Self {
        let (sin, cos) = libm::sincos(h.to_radians());
        let slopes = [
            0.396_337_777_4 * cos + 0.215_803_757_3 * sin,
            -0.105_561_345_8 * cos - 0.063_854_172_8 * sin,
            -0.089_484_177_5 * cos - 1.291_485_548_0 * sin,
        ];
        let rows = [
            [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
            [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
            [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
        ];
        Self(rows.map(|row| {
            let moment = |order: usize| -> f64 {
                row.iter()
                    .zip(slopes)
                    .map(|(share, slope)| (0..order).fold(*share, |product, _| product * slope))
                    .sum()
            };
            [moment(0) * l * l * l, 3.0 * moment(1) * l * l, 3.0 * moment(2) * l, moment(3)]
        }))
    }

    fn at(&self, chroma: f64) -> [f64; 3] {
        self.0.map(|[zero, one, two, three]| ((three * chroma + two) * chroma + one) * chroma + zero)
    }

    fn holds(&self, chroma: f64) -> bool {
        self.at(chroma).iter().all(|light| (-GAMUT_SLACK..=1.0 + GAMUT_SLACK).contains(light))
    }

    /// The most chroma that sRGB shows here.
    fn chroma_max(&self) -> f64 {
        let (mut inside, mut outside) = (0.0, CHROMA_TOP);
        for _ in 0..CHROMA_HALVINGS {
            let middle = (inside + outside) / 2.0;
            if self.holds(middle) { inside = middle } else { outside = middle }
        }
        inside
    }
}

/// The most chroma that sRGB shows at this lightness and hue.
#[must_use]
pub fn chroma_max(l: f64, h: f64) -> f64 {
    if (0.0..1.0).contains(&l) { Ray::new(l, h).chroma_max() } else { 0.0 }
}

/// The colour as eight bits a channel; where sRGB cannot show it, chroma is given up, never lightness or hue.
#[must_use]
pub fn from_oklch(color: Oklch) -> Rgb {
    if color.l <= 0.0 {
        return Rgb::BLACK;
    }
    if color.l >= 1.0 {
        return Rgb::WHITE;
    }
    let ray = Ray::new(color.l, color.h);
    let chroma = if ray.holds(color.c) { color.c } else { ray.chroma_max().min(color.c) };
    let [r, g, b] = ray.at(chroma).map(encoded);
    Rgb::new(r, g, b)
}

/// Relative luminance after WCAG 2.2.
fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = channels(rgb);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio after WCAG 2.2, 1 to 21.
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How far two colours lie apart for the eye: CIEDE2000.
#[must_use]
pub fn difference(a: Rgb, b: Rgb) -> f64 {
    let lab = |rgb: Rgb| Lab::from_color(Srgb::new(rgb.r, rgb.g, rgb.b).into_format::<f64>());
    lab(a).difference(lab(b))
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
    use palette::Oklch as Reference;

    #[test]
    fn agrees_with_another_implementation() {
        for hex in ["#2563eb", "#ff6b00", "#00ff00", "#7f1d1d", "#808080", "#fef3c7", "#010203"] {
            let rgb = Rgb::parse(hex).unwrap();
            let theirs = Reference::from_color(Srgb::new(rgb.r, rgb.g, rgb.b).into_format::<f64>());
            let ours = to_oklch(rgb);
            assert!(
                (ours.l - theirs.l).abs() < 1e-4 && (ours.c - theirs.chroma).abs() < 1e-4,
                "{hex}: {ours:?}"
            );
            let gap = hue_gap(ours.h, theirs.hue.into_positive_degrees());
            assert!(ours.c == 0.0 || gap < 0.1, "{hex}: {ours:?}");
        }
    }

    #[test]
    fn every_colour_comes_back() {
        for value in (0..0x0100_0000_u32).step_by(997) {
            let [_, r, g, b] = value.to_be_bytes();
            let rgb = Rgb::new(r, g, b);
            assert_eq!(from_oklch(to_oklch(rgb)), rgb);
        }
    }

    #[test]
    fn mapping_gives_up_chroma_only() {
        for hue in 0..72 {
            for tenth in 1..10 {
                let wanted = Oklch::new(f64::from(tenth) / 10.0, 0.4, f64::from(hue) * 5.0);
                let shown = to_oklch(from_oklch(wanted));
                assert!((shown.l - wanted.l).abs() < 0.01, "{wanted:?} {shown:?}");
                assert!(shown.c < 0.05 || hue_gap(shown.h, wanted.h) < 5.0, "{wanted:?} {shown:?}");
            }
        }
    }

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
