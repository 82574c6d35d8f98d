//! The ground that a mark was painted on: even, shaded, or not there at all.

use crate::picture::{Color, Picture, distance};

/// Colours this near to the ground are the ground.
const NEAR: f32 = 0.07;
/// From one pixel of a soft shade to the next.
const STEP: f32 = 0.012;
/// How far a shade may lead away from the ground before it is something else.
const SHADE: f32 = 0.22;
/// The ring that the ground is first read from, as a share of a side.
const RING: usize = 48;
/// Pixels that a fit looks at: more give the same answer later.
const SAMPLES_MAX: usize = 12_000;
/// Fits and floods that follow each other.
const ROUNDS: usize = 3;

/// Constant, x, y, their squares and their product: shades and vignettes, and nothing finer.
const TERMS: usize = 6;

#[derive(Clone, Debug)]
pub(crate) struct Ground {
    terms: [[f64; TERMS]; 4],
    width: f64,
    height: f64,
    /// How far pixels of the ground lie from it, typically.
    pub noise: f32,
    /// Share of the ring that is ground.
    pub calm: f64,
}

impl Ground {
    pub(crate) fn at(&self, x: usize, y: usize) -> Color {
        let base = self.base(x, y);
        self.terms.map(|terms| terms.iter().zip(base).map(|(term, one)| term * one).sum::<f64>() as f32)
    }

    fn base(&self, x: usize, y: usize) -> [f64; TERMS] {
        let (x, y) = (x as f64 / self.width * 2.0 - 1.0, y as f64 / self.height * 2.0 - 1.0);
        [1.0, x, y, x * x, x * y, y * y]
    }
}

/// Reads the ground from the ring, then from everything that can be reached from the ring.
pub(crate) fn find(picture: &Picture) -> Ground {
    let (width, height) = (picture.width, picture.height);
    let mut ground = Ground {
        terms: [[0.0; TERMS]; 4],
        width: width as f64,
        height: height as f64,
        noise: 0.0,
        calm: 0.0,
    };
    let ring = ring(width, height);
    let clear = ring.iter().filter(|at| picture.colors[**at][3] < 0.5).count();
    // A transparent ground has no colour: everywhere zero.
    let is_clear = clear * 2 > ring.len();
    if !is_clear {
        ground.terms = even(picture, &ring);
        for round in 0..ROUNDS {
            // A strong shade is far from even; what is no shade of it is left out once the shade is known.
            let near = |at: &usize| round == 0 || away(picture, &ground, *at) <= NEAR;
            let inside: Vec<usize> = flood(picture, &ground, &ring).into_iter().filter(near).collect();
            if inside.len() >= ring.len() / 2 {
                ground.terms = fit(picture, &ground, &inside);
            }
        }
    }
    let mut aways: Vec<f32> = ring.iter().map(|at| away(picture, &ground, *at)).collect();
    aways.sort_by(f32::total_cmp);
    ground.noise = aways.get(aways.len() / 2).copied().unwrap_or_default();
    ground.calm = aways.iter().filter(|away| **away <= NEAR).count() as f64 / aways.len().max(1) as f64;
    ground
}

fn away(picture: &Picture, ground: &Ground, at: usize) -> f32 {
    distance(picture.colors[at], ground.at(at % picture.width, at / picture.width))
}

fn ring(width: usize, height: usize) -> Vec<usize> {
    let (across, down) = ((width / RING).max(1), (height / RING).max(1));
    let is_in = |at: &usize| {
        let (x, y) = (at % width, at / width);
        x < across || y < down || x + across >= width || y + down >= height
    };
    (0..width * height).filter(is_in).collect()
}

/// An even ground: the middle of the ring, channel by channel, so that a mark which touches the edge has no say.
fn even(picture: &Picture, ring: &[usize]) -> [[f64; TERMS]; 4] {
    std::array::from_fn(|channel| {
        let mut values: Vec<f32> = ring.iter().map(|at| picture.colors[*at][channel]).collect();
        values.sort_by(f32::total_cmp);
        let middle = values.get(values.len() / 2).copied().unwrap_or_default();
        [f64::from(middle), 0.0, 0.0, 0.0, 0.0, 0.0]
    })
}

/// Everything that the ring leads to over pixels of the ground and soft shades of it.
fn flood(picture: &Picture, ground: &Ground, ring: &[usize]) -> Vec<usize> {
    let mut seen = vec![false; picture.colors.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut reached = Vec::new();
    for at in ring {
        if away(picture, ground, *at) <= SHADE {
            seen[*at] = true;
            open.push(*at);
        }
    }
    while let Some(at) = open.pop() {
        reached.push(at);
        let (x, y) = ((at % picture.width) as i32, (at / picture.width) as i32);
        for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
            let next = picture.near(x + dx, y + dy);
            let is_soft = || distance(picture.colors[at], picture.colors[next]) <= STEP;
            let far = if seen[next] { f32::INFINITY } else { away(picture, ground, next) };
            if far <= NEAR || (far <= SHADE && is_soft()) {
                seen[next] = true;
                open.push(next);
            }
        }
    }
    // In the order of the picture, so that what is sampled does not hang on the way.
    reached.sort_unstable();
    reached
}

/// The shade that fits these pixels best.
fn fit(picture: &Picture, ground: &Ground, pixels: &[usize]) -> [[f64; TERMS]; 4] {
    let stride = pixels.len().div_ceil(SAMPLES_MAX).max(1);
    let mut sums = [[0.0; TERMS]; TERMS];
    let mut values = [[0.0; TERMS]; 4];
    for at in pixels.iter().step_by(stride) {
        let base = ground.base(at % picture.width, at / picture.width);
        for (row, one) in sums.iter_mut().zip(base) {
            for (sum, other) in row.iter_mut().zip(base) {
                *sum += one * other;
            }
        }
        for (value, channel) in values.iter_mut().zip(picture.colors[*at]) {
            for (sum, one) in value.iter_mut().zip(base) {
                *sum += one * f64::from(channel);
            }
        }
    }
    // A trace of stiffness keeps the sum solvable where pixels say nothing about a term.
    for (at, row) in sums.iter_mut().enumerate() {
        row[at] += 1e-6;
    }
    values.map(|value| solve(sums, value))
}

/// Gauss, with the largest number of a column first.
fn solve(mut sums: [[f64; TERMS]; TERMS], mut value: [f64; TERMS]) -> [f64; TERMS] {
    for at in 0..TERMS {
        let largest =
            (at..TERMS).max_by(|a, b| sums[*a][at].abs().total_cmp(&sums[*b][at].abs())).unwrap_or(at);
        sums.swap(at, largest);
        value.swap(at, largest);
        let (pivot, own) = (sums[at], value[at]);
        for row in at + 1..TERMS {
            let factor = sums[row][at] / pivot[at];
            for column in at..TERMS {
                sums[row][column] -= factor * pivot[column];
            }
            value[row] -= factor * own;
        }
    }
    for at in (0..TERMS).rev() {
        let known: f64 = (at + 1..TERMS).map(|column| sums[at][column] * value[column]).sum();
        value[at] = (value[at] - known) / sums[at][at];
    }
    value
}
