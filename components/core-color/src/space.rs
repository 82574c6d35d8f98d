//! OKLCH, and the way to eight bits and back.

use core_brand::Rgb;
use std::sync::LazyLock;

/// Half of the finest step of eight bits, so that a colour on the edge of the gamut counts as inside.
const GAMUT_SLACK: f64 = 0.000_2;
/// No sRGB colour is more colourful than this in OKLCH.
const CHROMA_TOP: f64 = 0.34;
/// Halvings until a chroma is known better than eight bits can show.
const CHROMA_HALVINGS: u32 = 16;

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

    /// The same colour as OKLAB.
    pub(crate) fn lab(self) -> [f64; 3] {
        let (sin, cos) = libm::sincos(self.h.to_radians());
        [self.l, self.c * cos, self.c * sin]
    }
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
/// From which light on a channel is written as this level: half way to the level before, as written.
static BEGINS: LazyLock<[f64; 256]> =
    LazyLock::new(|| std::array::from_fn(|level| linear((level as f64 - 0.5) / 255.0)));

fn linear(encoded: f64) -> f64 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { libm::pow((encoded + 0.055) / 1.055, 2.4) }
}

/// The curve of sRGB and Display P3.
pub(crate) fn encode(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

/// The nearest level; looked up, because most of the work of a palette is done here.
pub(crate) fn encoded(light: f64) -> u8 {
    let begins = &*BEGINS;
    (begins.partition_point(|begin| *begin <= light).max(1) - 1) as u8
}

/// Linear light of each channel.
pub(crate) fn channels(rgb: Rgb) -> [f64; 3] {
    let linear = &*LINEAR;
    [rgb.r, rgb.g, rgb.b].map(|level| linear[usize::from(level)])
}

/// OKLAB of linear sRGB.
pub(crate) fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let long = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let middle = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let short = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
    ]
}

/// The OKLCH coordinates of a colour. The hue of a grey is 0.
#[must_use]
pub fn to_oklch(rgb: Rgb) -> Oklch {
    let [l, a, b] = oklab(channels(rgb));
    let c = (a * a + b * b).sqrt();
    if c < 0.000_5 { Oklch::new(l, 0.0, 0.0) } else { Oklch::new(l, c, libm::atan2(b, a).to_degrees()) }
}

/// A ray of one lightness and hue: each linear channel as a cubic of the chroma.
pub(crate) struct Ray([[f64; 4]; 3]);

impl Ray {
    pub(crate) fn new(l: f64, h: f64) -> Self {
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

    pub(crate) fn at(&self, chroma: f64) -> [f64; 3] {
        self.0.map(|[zero, one, two, three]| ((three * chroma + two) * chroma + one) * chroma + zero)
    }

    pub(crate) fn holds(&self, chroma: f64) -> bool {
        self.at(chroma).iter().all(|light| (-GAMUT_SLACK..=1.0 + GAMUT_SLACK).contains(light))
    }

    /// The most chroma that sRGB shows here.
    pub(crate) fn chroma_max(&self) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use palette::{FromColor, Oklch as Reference, Srgb};

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
    fn the_table_rounds_as_the_curve_does() {
        for step in 0..=20_000 {
            let light = f64::from(step) / 20_000.0;
            assert_eq!(encoded(light), (encode(light) * 255.0).round() as u8, "{light}");
        }
        assert_eq!([encoded(-0.3), encoded(1.7)], [0, 255]);
    }
}
