//! Display P3, and the way back to sRGB.

use crate::sight::times;
use crate::space::{Oklch, Ray, channels, chroma_max, encode, encoded, oklab, to_oklch};
use core_brand::Rgb;

/// Linear sRGB to linear Display P3; both have the white of D65. From the matrices of CSS Color 4.
const TO_P3: [[f64; 3]; 3] = [
    [0.822_461_968_7, 0.177_538_031_3, 0.0],
    [0.033_194_198_9, 0.966_805_801_1, 0.0],
    [0.017_082_630_7, 0.072_397_440_6, 0.910_519_928_7],
];
/// No P3 colour is more colourful than this in OKLCH.
const CHROMA_TOP: f64 = 0.4;
/// Rounding of a matrix product; beyond it a channel is outside.
const SLACK: f64 = 0.000_05;
const CHROMA_HALVINGS: u32 = 16;
/// Two colours this near in OKLAB look alike (CSS Color 4, 13.2).
const JUST_NOTICEABLE: f64 = 0.02;
/// How exactly the mapping looks for the chroma (CSS Color 4).
const EPSILON: f64 = 0.000_1;
/// A richer colour stays inside what looks alike, with something to spare for rounding.
const RICHER_MAX: f64 = 0.018;
/// Less than this is not worth a second value.
const RICHER_MIN: f64 = 0.004;

/// A colour in Display P3, and how far sRGB falls short of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wide {
    /// Encoded channels 0 to 1, rounded to 4 places.
    pub p3: [f64; 3],
    /// dE in OKLAB to the farther of what sRGB shows of it: our own fallback, or what a browser maps it to.
    pub error: f64,
}

impl Wide {
    /// The colour itself.
    #[must_use]
    pub fn same(rgb: Rgb) -> Self {
        Self { p3: to_p3(rgb), error: 0.0 }
    }
}

/// The same colour in Display P3.
#[must_use]
pub(crate) fn to_p3(rgb: Rgb) -> [f64; 3] {
    p3_encoded(channels(rgb))
}

/// The colour with as much of P3's chroma as it has of sRGB's, as far as the two still look alike; the same colour
/// where there is nothing to gain.
#[must_use]
pub fn richer(rgb: Rgb) -> Wide {
    let color = to_oklch(rgb);
    let ray = Ray::new(color.l, color.h);
    let share = (color.c / chroma_max(color.l, color.h).max(EPSILON)).min(1.0);
    let chroma = (share * p3_chroma_max(&ray)).min(color.c + RICHER_MAX);
    if !(0.0..1.0).contains(&color.l) || chroma < color.c + RICHER_MIN {
        return Wide::same(rgb);
    }
    let wanted = Oklch { c: chroma, ..color };
    let mapped = oklab_distance(wanted, to_oklch(to_srgb(wanted)));
    let error = mapped.max(oklab_distance(wanted, color));
    Wide { p3: p3_encoded(ray.at(chroma)), error: (error * 10_000.0).ceil() / 10_000.0 }
}

/// What sRGB shows of any colour: the gamut mapping of CSS Color 4, chroma given up until clipping is not seen.
#[must_use]
pub(crate) fn to_srgb(color: Oklch) -> Rgb {
    if color.l >= 1.0 {
        return Rgb::WHITE;
    }
    if color.l <= 0.0 {
        return Rgb::BLACK;
    }
    let ray = Ray::new(color.l, color.h);
    let clip = |chroma: f64| ray.at(chroma).map(|light| light.clamp(0.0, 1.0));
    let miss = |chroma: f64| distance(oklab(clip(chroma)), oklab(ray.at(chroma)));
    let mut found = color.c;
    if !ray.holds(color.c) && miss(color.c) >= JUST_NOTICEABLE {
        let (mut least, mut most, mut is_inside) = (0.0, color.c, true);
        while most - least > EPSILON {
            let middle = (least + most) / 2.0;
            found = middle;
            if is_inside && ray.holds(middle) {
                least = middle;
                continue;
            }
            let gap = miss(middle);
            if gap >= JUST_NOTICEABLE {
                most = middle;
            } else if JUST_NOTICEABLE - gap < EPSILON {
                break;
            } else {
                (least, is_inside) = (middle, false);
            }
        }
    }
    let [r, g, b] = clip(found).map(encoded);
    Rgb::new(r, g, b)
}

/// dE in OKLAB: the straight distance.
#[must_use]
pub(crate) fn oklab_distance(a: Oklch, b: Oklch) -> f64 {
    distance(a.lab(), b.lab())
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    let [l, x, y] = std::array::from_fn(|part| a[part] - b[part]);
    (l * l + x * x + y * y).sqrt()
}

fn p3_chroma_max(ray: &Ray) -> f64 {
    let holds = |chroma: f64| {
        times(&TO_P3, ray.at(chroma)).iter().all(|light| (-SLACK..=1.0 + SLACK).contains(light))
    };
    let (mut inside, mut outside) = (0.0, CHROMA_TOP);
    for _ in 0..CHROMA_HALVINGS {
        let middle = (inside + outside) / 2.0;
        if holds(middle) { inside = middle } else { outside = middle }
    }
    inside
}

fn p3_encoded(linear: [f64; 3]) -> [f64; 3] {
    times(&TO_P3, linear).map(|light| (encode(light.clamp(0.0, 1.0)) * 10_000.0).round() / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_in_p3() {
        // From the samples of CSS Color 4: the primaries of sRGB lie inside P3.
        let cases = [
            ("#ffffff", [1.0, 1.0, 1.0]),
            ("#000000", [0.0, 0.0, 0.0]),
            ("#ff0000", [0.9175, 0.2003, 0.1386]),
            ("#00ff00", [0.4584, 0.9853, 0.2983]),
            ("#0000ff", [0.0, 0.0, 0.9596]),
        ];
        for (hex, wanted) in cases {
            let p3 = to_p3(Rgb::parse(hex).unwrap());
            assert!(p3.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.000_6), "{hex}: {p3:?}");
        }
    }

    #[test]
    fn what_srgb_holds_is_not_moved_and_what_it_does_not_is_moved_little() {
        for value in (0..0x0100_0000_u32).step_by(9973) {
            let [_, r, g, b] = value.to_be_bytes();
            let rgb = Rgb::new(r, g, b);
            assert_eq!(to_srgb(to_oklch(rgb)), rgb);
            let wide = richer(rgb);
            assert!(
                wide.error <= 0.02 && wide.p3.iter().all(|part| (0.0..=1.0).contains(part)),
                "{rgb} {wide:?}"
            );
        }
    }

    /// Lightness and hue stay within what is not seen; the mapped colour is inside by its type.
    #[test]
    fn mapping_gives_up_chroma_and_clips_only_what_is_not_seen() {
        for hue in 0..72 {
            for tenth in 1..10 {
                let wanted = Oklch::new(f64::from(tenth) / 10.0, 0.4, f64::from(hue) * 5.0);
                let shown = to_oklch(to_srgb(wanted));
                let along = Oklch { c: shown.c, ..wanted };
                assert!(oklab_distance(along, shown) < JUST_NOTICEABLE + 0.01, "{wanted:?} {shown:?}");
            }
        }
    }
}
