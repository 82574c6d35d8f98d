//! How colours look to people who lack one kind of cone.
//!
//! Full deficiency in linear sRGB. Protan and deutan: the matrices of Machado, Oliveira and Fernandes, "A
//! Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.0. Tritan, where that
//! model is known to be weak: Brettel, Viénot and Mollon, "Computerized simulation of color appearance for
//! dichromats" (1997), derived here from the cone responses of Smith and Pokorny (1975) and the two wavelengths
//! that the paper names.

use crate::difference::{Point, apart, point};
use crate::space::{channels, encoded};
use core_brand::Rgb;
use std::sync::LazyLock;

type Matrix = [[f64; 3]; 3];

/// A way of seeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    Usual,
    Protan,
    Deutan,
    Tritan,
}

impl Sight {
    pub const ALL: [Self; 4] = [Self::Usual, Self::Protan, Self::Deutan, Self::Tritan];

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Protan => "protan",
            Self::Deutan => "deutan",
            Self::Tritan => "tritan",
        }
    }

    /// Linear light as it looks.
    fn sees(self, linear: [f64; 3]) -> [f64; 3] {
        match self {
            Self::Usual => linear,
            Self::Protan => times(&PROTAN, linear),
            Self::Deutan => times(&DEUTAN, linear),
            Self::Tritan => TRITAN.sees(linear),
        }
    }
}

/// The colour that shows everybody else what a person with this sight sees.
#[must_use]
pub fn seen(rgb: Rgb, sight: Sight) -> Rgb {
    let [r, g, b] = sight.sees(channels(rgb)).map(encoded);
    Rgb::new(r, g, b)
}

/// CIEDE2000 between two colours as they look to this sight.
#[must_use]
pub fn seen_difference(a: Rgb, b: Rgb, sight: Sight) -> f64 {
    let look = |rgb: Rgb| point(sight.sees(channels(rgb)));
    apart(look(a), look(b))
}

/// A colour in all sights at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looks([Point; 4]);

impl Looks {
    pub(crate) fn of(rgb: Rgb) -> Self {
        let linear = channels(rgb);
        Self(Sight::ALL.map(|sight| point(sight.sees(linear))))
    }

    /// The sight in which two colours lie nearest, as CIEDE2000.
    pub(crate) fn nearest(&self, other: &Self) -> f64 {
        self.0.iter().zip(other.0).map(|(a, b)| apart(*a, b)).fold(f64::MAX, f64::min)
    }
}

const PROTAN: Matrix = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const DEUTAN: Matrix = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];

/// Linear sRGB to XYZ (IEC 61966-2-1).
const XYZ: Matrix = [
    [0.412_390_8, 0.357_584_3, 0.180_480_8],
    [0.212_639_0, 0.715_168_7, 0.072_192_3],
    [0.019_330_8, 0.119_194_8, 0.950_532_2],
];
/// XYZ to the long, middle and short cones (Smith and Pokorny 1975).
const CONES: Matrix =
    [[0.155_14, 0.543_12, -0.032_86], [-0.155_14, 0.456_84, 0.032_86], [0.0, 0.0, 0.016_08]];
/// CIE 1931 XYZ of the two lights that look the same without short cones: 485 nm and 660 nm.
const BLUE: [f64; 3] = [0.057_95, 0.169_30, 0.616_20];
const RED: [f64; 3] = [0.164_90, 0.061_00, 0.0];

/// Two half planes of cone space, folded along the line from black to white.
struct Tritan {
    toward_red: Matrix,
    toward_blue: Matrix,
    /// Positive on the red side.
    side: [f64; 3],
}

static TRITAN: LazyLock<Tritan> = LazyLock::new(Tritan::new);

impl Tritan {
    fn new() -> Self {
        let to_cones = product(&CONES, &XYZ);
        let from_cones = inverse(&to_cones);
        let white = times(&to_cones, [1.0; 3]);
        let half = |light: [f64; 3]| {
            let normal = cross(white, times(&CONES, light));
            let onto =
                [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [-normal[0] / normal[2], -normal[1] / normal[2], 0.0]];
            product(&from_cones, &product(&onto, &to_cones))
        };
        // The plane of white and the short axis parts the two halves.
        let fold = cross(white, [0.0, 0.0, 1.0]);
        let sign = dot(fold, times(&CONES, RED)).signum();
        let side = std::array::from_fn(|column| {
            sign * (0..3).map(|row| fold[row] * to_cones[row][column]).sum::<f64>()
        });
        Self { toward_red: half(RED), toward_blue: half(BLUE), side }
    }

    fn sees(&self, linear: [f64; 3]) -> [f64; 3] {
        times(if dot(self.side, linear) >= 0.0 { &self.toward_red } else { &self.toward_blue }, linear)
    }
}

pub(crate) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| dot(row, vector))
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    std::array::from_fn(|row| std::array::from_fn(|column| (0..3).map(|at| a[row][at] * b[at][column]).sum()))
}

/// By the rows' cross products; the matrices here are far from singular.
fn inverse(matrix: &Matrix) -> Matrix {
    let [x, y, z] = *matrix;
    let columns = [cross(y, z), cross(z, x), cross(x, y)];
    let volume = dot(x, columns[0]);
    std::array::from_fn(|row| std::array::from_fn(|column| columns[column][row] / volume))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_look_the_same_to_everybody() {
        for level in (0..=255).step_by(15) {
            let grey = Rgb::new(level, level, level);
            for sight in Sight::ALL {
                assert!(seen_difference(grey, grey, sight) < 1e-9);
                let shown = seen(grey, sight);
                assert!(
                    [shown.r, shown.g, shown.b].iter().all(|own| own.abs_diff(level) <= 1),
                    "{sight:?} {shown}"
                );
            }
        }
    }

    /// What is mixed up, and what is not, with each kind of sight.
    #[test]
    fn the_known_confusions() {
        let cases = [
            (Sight::Protan, "#a15a00", "#6f6d00", true),
            (Sight::Deutan, "#b04a2f", "#6f6c28", true),
            (Sight::Tritan, "#0089b0", "#008c7c", true),
            (Sight::Protan, "#0000ff", "#ffff00", false),
            (Sight::Deutan, "#0000ff", "#ffff00", false),
            (Sight::Tritan, "#ff0000", "#00ffff", false),
        ];
        for (sight, a, b, is_near) in cases {
            let [a, b] = [a, b].map(|hex| Rgb::parse(hex).unwrap());
            let (usual, seen) = (seen_difference(a, b, Sight::Usual), seen_difference(a, b, sight));
            assert!(
                if is_near { seen < usual * 0.5 } else { seen > 30.0 },
                "{sight:?} {a} {b}: {usual} {seen}"
            );
        }
    }

    /// A simulated colour is already what that sight sees.
    #[test]
    fn tritan_projects_once() {
        for value in (0..0x0100_0000_u32).step_by(99_991) {
            let [_, r, g, b] = value.to_be_bytes();
            let linear = channels(Rgb::new(r, g, b));
            let once = Sight::Tritan.sees(linear);
            let twice = Sight::Tritan.sees(once);
            assert!(once.iter().zip(twice).all(|(a, b)| (a - b).abs() < 1e-9), "{linear:?}");
        }
    }
}
