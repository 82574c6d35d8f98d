//! Pixels as colours whose distances mean something: OKLAB with alpha multiplied in, and alpha itself.

use core_brand::Rgb;
use palette::{FromColor, Oklab, Srgb};

/// The longest side that is worked on: larger pictures are averaged down, so that time has a bound.
pub const WORK_PX: usize = 1024;
/// More noise than this, in OKLAB, and each pixel takes the middle of its neighbours.
const NOISE_CALM: f32 = 0.006;

/// Lightness, a, b, all times alpha, and alpha.
pub(crate) type Color = [f32; 4];

#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub width: usize,
    pub height: usize,
    pub colors: Vec<Color>,
    /// As they came, averaged with the others: what a fill is called by.
    pub bytes: Vec<[u8; 3]>,
}

impl Picture {
    pub(crate) fn new(width: usize, height: usize, pixels: &[[u8; 4]]) -> Self {
        let factor = width.max(height).div_ceil(WORK_PX).max(1);
        let (wide, high) = ((width / factor).max(1), (height / factor).max(1));
        let mut picture =
            Self { width: wide, height: high, colors: Vec::with_capacity(wide * high), bytes: Vec::new() };
        let mut last = ([0_u8; 4], color([0; 4]));
        for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
            let (mut sum, mut bytes, mut count) = ([0.0; 4], [0_u32; 3], 0_u32);
            for row in y * factor..((y + 1) * factor).min(height) {
                for pixel in &pixels[row * width + x * factor..row * width + ((x + 1) * factor).min(width)] {
                    if last.0 != *pixel {
                        last = (*pixel, color(*pixel));
                    }
                    sum = add(sum, last.1);
                    for (all, one) in bytes.iter_mut().zip(pixel) {
                        *all += u32::from(*one);
                    }
                    count += 1;
                }
            }
            picture.colors.push(sum.map(|value| value / count.max(1) as f32));
            picture.bytes.push(bytes.map(|value| (value / count.max(1)) as u8));
        }
        picture
    }

    /// The pixel at a place, or the nearest one there is.
    pub(crate) fn near(&self, x: i32, y: i32) -> usize {
        let x = x.clamp(0, self.width as i32 - 1) as usize;
        y.clamp(0, self.height as i32 - 1) as usize * self.width + x
    }

    /// The picture with its noise taken away, where there is any.
    pub(crate) fn calmed(&self, noise: f32) -> Self {
        if noise <= NOISE_CALM {
            return self.clone();
        }
        let middle = |at: usize| {
            let (x, y) = ((at % self.width) as i32, (at / self.width) as i32);
            let around = [-1, 0, 1].map(|dy| [-1, 0, 1].map(|dx| self.colors[self.near(x + dx, y + dy)]));
            std::array::from_fn(|channel| {
                let mut nine: [f32; 9] = std::array::from_fn(|index| around[index / 3][index % 3][channel]);
                nine.sort_by(f32::total_cmp);
                nine[4]
            })
        };
        Self { colors: (0..self.colors.len()).map(middle).collect(), ..self.clone() }
    }
}

fn color([r, g, b, a]: [u8; 4]) -> Color {
    let lab = Oklab::from_color(Srgb::new(r, g, b).into_linear::<f32>());
    let alpha = f32::from(a) / 255.0;
    [lab.l * alpha, lab.a * alpha, lab.b * alpha, alpha]
}

pub(crate) fn add(one: Color, other: Color) -> Color {
    std::array::from_fn(|at| one[at] + other[at])
}

pub(crate) fn less(one: Color, other: Color) -> Color {
    std::array::from_fn(|at| one[at] - other[at])
}

pub(crate) fn dot(one: Color, other: Color) -> f32 {
    (0..4).map(|at| one[at] * other[at]).sum()
}

pub(crate) fn distance(one: Color, other: Color) -> f32 {
    let away = less(one, other);
    dot(away, away).sqrt()
}

/// The middle of many colours, channel by channel.
pub(crate) fn middle(bytes: impl Iterator<Item = [u8; 3]>) -> Rgb {
    let (mut counts, mut all) = ([[0_usize; 256]; 3], 0);
    for color in bytes {
        for (count, value) in counts.iter_mut().zip(color) {
            count[usize::from(value)] += 1;
        }
        all += 1;
    }
    let [r, g, b] = counts.map(|count| {
        let mut seen = 0;
        let half = count.iter().position(|one| {
            seen += one;
            seen * 2 >= all
        });
        half.unwrap_or_default() as u8
    });
    Rgb::new(r, g, b)
}
