//! Secondary and accent: what stands beside the primary.

use crate::contrast::{Toward, reach};
use crate::difference::{Point, apart, point_of};
use crate::space::{Oklch, chroma_max, from_oklch, hue_gap, to_oklch, turn};
use core_brand::{Rgb, Rng};

/// How the hues of a palette stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harmony {
    /// One hue in two depths and an opposite spot.
    Tonal,
    /// Neighbours on either side.
    Analogous,
    /// A neighbour and the opposite.
    Complement,
    /// The two neighbours of the opposite.
    Split,
    /// Thirds of the circle.
    Triad,
}

impl Harmony {
    pub const ALL: [Self; 5] = [Self::Tonal, Self::Analogous, Self::Complement, Self::Split, Self::Triad];

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Tonal => "tonal",
            Self::Analogous => "analogous",
            Self::Complement => "complement",
            Self::Split => "split",
            Self::Triad => "triad",
        }
    }

    /// Degrees from the primary's hue to those of secondary and accent.
    fn offsets(self) -> [f64; 2] {
        match self {
            Self::Tonal => [4.0, 168.0],
            Self::Analogous => [34.0, -62.0],
            Self::Complement => [-24.0, 180.0],
            Self::Split => [205.0, 152.0],
            Self::Triad => [118.0, -118.0],
        }
    }
}

/// CIEDE2000 from which two colours of a palette are told apart at a glance.
const APART: f64 = 26.0;
/// Deep and mid tones of the companions.
const DEEP: f64 = 0.35;
const MID: f64 = 0.64;
const ACCENT: f64 = 0.66;
const ACCENT_DEEPER: f64 = 0.56;
/// From here on a primary is light, and its accent goes deeper to stand off.
const LIGHT_PRIMARY: f64 = 0.76;
/// Up to here a primary is dark, and its secondary goes lighter.
const DARK_PRIMARY: f64 = 0.47;
/// Dark yellows turn to mud: a companion leaves this range of hues by the nearer side.
struct Mud {
    from: f64,
    to: f64,
    below: f64,
    above: f64,
}
const MUD_ACCENT: Mud = Mud { from: 68.0, to: 132.0, below: 52.0, above: 142.0 };
const MUD_DEEP: Mud = Mud { from: 48.0, to: 132.0, below: 28.0, above: 152.0 };
/// An accent takes a graphic role on paper as it is, with a little to spare.
const GRAPHIC: f64 = 3.05;
/// Tries around the wanted hue, nearest first.
const HUE_TRIES: [f64; 13] =
    [0.0, 14.0, -14.0, 28.0, -28.0, 45.0, -45.0, 70.0, -70.0, 100.0, -100.0, 140.0, 180.0];

pub(crate) struct Companions {
    pub(crate) secondary: Rgb,
    pub(crate) accent: Rgb,
}

pub(crate) fn companions(
    primary: Rgb,
    hue: f64,
    harmony: Harmony,
    loudness: f64,
    paper: Rgb,
    rng: &mut Rng,
) -> Companions {
    let side = if rng.below(2) == 0 { 1.0 } else { -1.0 };
    let [to_secondary, to_accent] = harmony.offsets().map(|offset| hue + side * offset);
    let to_secondary = to_secondary + rng.between(-7.0, 7.0);
    let to_accent = to_accent + rng.between(-9.0, 9.0);
    let depth = rng.between(-0.02, 0.02);
    let lightness = to_oklch(primary).l;
    let grounds = [Rgb::WHITE, paper];

    let depths = if lightness > DARK_PRIMARY { [DEEP + depth, MID, 0.26] } else { [MID + depth, 0.56, 0.74] };
    let secondary = first_apart(&depths, to_secondary, &[primary], |l, h| {
        let hue = out_of_the_mud(h, &MUD_DEEP);
        from_oklch(Oklch::new(l, secondary_chroma(hue) * (0.8 + 0.4 * loudness), hue))
    });
    let depths =
        if lightness > LIGHT_PRIMARY { [ACCENT_DEEPER, 0.5, ACCENT] } else { [ACCENT, ACCENT_DEEPER, 0.48] };
    let accent = first_apart(&depths, to_accent, &[primary, secondary], |l, h| {
        let hue = out_of_the_mud(h, &MUD_ACCENT);
        let chroma = (accent_chroma(hue) * (0.82 + 0.3 * loudness)).min(chroma_max(l, hue));
        reach(Oklch::new(l, chroma, hue), GRAPHIC, &grounds, Toward::Black)
    });
    Companions { secondary, accent }
}

/// The first colour that stands apart from the others; where none does, the one that stands farthest.
fn first_apart(depths: &[f64], hue: f64, others: &[Rgb], color: impl Fn(f64, f64) -> Rgb) -> Rgb {
    let others: Vec<Point> = others.iter().map(|other| point_of(*other)).collect();
    let mut best = (f64::MIN, Rgb::BLACK);
    for depth in depths {
        for step in HUE_TRIES {
            let candidate = color(*depth, hue + step);
            let place = point_of(candidate);
            let gap = others.iter().map(|other| apart(place, *other)).fold(f64::MAX, f64::min);
            if gap >= APART {
                return candidate;
            }
            if gap > best.0 {
                best = (gap, candidate);
            }
        }
    }
    best.1
}

fn out_of_the_mud(hue: f64, mud: &Mud) -> f64 {
    let hue = turn(hue);
    match hue {
        h if !(mud.from..=mud.to).contains(&h) => h,
        h if h < f64::midpoint(mud.from, mud.to) => mud.below,
        _ => mud.above,
    }
}

/// How colourful an accent of this hue may be before it shouts.
fn accent_chroma(hue: f64) -> f64 {
    // Hue, chroma: reds and pinks carry most, teals least.
    blend(
        hue,
        &[
            (20.0, 0.185),
            (45.0, 0.17),
            (65.0, 0.15),
            (145.0, 0.135),
            (190.0, 0.11),
            (235.0, 0.13),
            (265.0, 0.16),
            (300.0, 0.16),
            (345.0, 0.175),
        ],
    )
}

fn secondary_chroma(hue: f64) -> f64 {
    blend(
        hue,
        &[
            (20.0, 0.1),
            (60.0, 0.07),
            (100.0, 0.06),
            (145.0, 0.07),
            (200.0, 0.065),
            (260.0, 0.095),
            (300.0, 0.1),
            (345.0, 0.1),
        ],
    )
}

/// Between the points of a closed curve over the hue circle.
fn blend(hue: f64, points: &[(f64, f64)]) -> f64 {
    let weight = |at: f64| 1.0 / (hue_gap(hue, at) + 4.0).max(1.0);
    let near: Vec<(f64, f64)> =
        points.iter().map(|(at, value)| (weight(*at) * weight(*at), *value)).collect();
    let total: f64 = near.iter().map(|(weight, _)| weight).sum();
    near.iter().map(|(weight, value)| weight * value).sum::<f64>() / total
}
