//! Optical gaps between letters: how evenly a name is spaced, as the eye sees it and not as boxes stand.
//!
//! Between two letters lies an area, over the rows where both have ink. Open sides (the foot of an L, the arm of
//! a T) count only so deep, and the narrow places of a gap weigh more than its wide ones: the gap is the geometric mean
//! of the rows. Of the ways that were tried (arithmetic, geometric and harmonic means; depths of a tenth to half of
//! the x-height, for each side or for the pair) this is among those that explain best how the designers of the bundled
//! Latin families set a list of words: 5 % of the x-height is left. The measure is our own heuristic.

use crate::bezier;
use kurbo::BezPath;

/// The height of a row in thousandths of an em: a hundred rows in a line are finer than anybody sees.
const ROW: f64 = 10.0;
/// How deep an open side counts, in x-heights.
const DEPTH: f64 = 0.25;
/// Places nearer to each other than this, in x-heights, are never taken for nearer than they are: a V may lean over
/// an A, and still there is air between them.
const NEAR: f64 = 0.28;
/// Letters that share fewer rows than this, in x-heights, stand past each other and have no gap between them.
const SHARED_MIN: f64 = 0.3;
/// Rows are compared with those this far above and below for the nearest places of two letters.
const REACH: usize = 14;
/// Nearer than this, in thousandths of an em, letters touch at the size of a business card.
pub const COLLISION: f64 = 12.0;
/// The most that gaps of a name may vary, as standard deviation over mean: a gate, and what to aim at.
pub const VARIATION_MAX: f64 = 0.35;
pub const VARIATION_AIM: f64 = 0.20;

/// The outer edges of a letter, row by row. Lengths are thousandths of an em.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edges {
    /// The number of the first row.
    first: i32,
    /// Where the ink starts and ends; `None` where a row has none.
    rows: Vec<Option<(f64, f64)>>,
}

impl Edges {
    #[must_use]
    pub fn of(outline: &BezPath) -> Self {
        let polygons = bezier::polygons(outline, 0.5);
        let heights = || polygons.iter().flatten().map(|point| point.y);
        let (top, bottom) =
            (heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max));
        if top >= bottom {
            return Self::default();
        }
        let first = (top / ROW).floor() as i32;
        let mut rows = vec![None; ((bottom / ROW).ceil() as i32 - first).max(0) as usize];
        for polygon in &polygons {
            for (a, b) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
                let (a, b) = if a.y < b.y { (a, b) } else { (b, a) };
                let row_of = |y: f64| ((y / ROW - 0.5).ceil() as i32 - first).max(0) as usize;
                for (at, row) in rows.iter_mut().enumerate().take(row_of(b.y)).skip(row_of(a.y)) {
                    let y = (f64::from(first) + at as f64 + 0.5) * ROW;
                    let x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
                    let (low, high) = row.unwrap_or((x, x));
                    *row = Some((x.min(low), x.max(high)));
                }
            }
        }
        Self { first, rows }
    }

    /// The same letter, moved to the right.
    #[must_use]
    pub fn moved(&self, by: f64) -> Self {
        let rows = self.rows.iter().map(|row| row.map(|(left, right)| (left + by, right + by)));
        Self { first: self.first, rows: rows.collect() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(Option::is_none)
    }

    fn row(&self, at: i32) -> Option<(f64, f64)> {
        self.rows.get(usize::try_from(at - self.first).ok()?).copied().flatten()
    }

    /// The right edge of this letter and the left edge of another, wherever both have ink.
    fn facing(&self, other: &Self) -> Vec<(f64, f64)> {
        (self.first..self.first + self.rows.len() as i32)
            .filter_map(|at| Some((self.row(at)?.1, other.row(at)?.0)))
            .collect()
    }
}

/// Two neighbours, ready to be moved apart or together.
#[derive(Clone, Debug)]
pub struct Pair {
    facing: Vec<(f64, f64)>,
    depth: f64,
    near: f64,
}

impl Pair {
    /// `None` where too little of the two faces each other.
    #[must_use]
    pub fn of(left: &Edges, right: &Edges, x_height: f64) -> Option<Self> {
        let facing = left.facing(right);
        (facing.len() as f64 * ROW >= SHARED_MIN * x_height).then_some(Self {
            facing,
            depth: DEPTH * x_height,
            near: NEAR * x_height,
        })
    }

    /// The optical gap with the right letter moved by so much; never negative.
    #[must_use]
    pub fn gap(&self, by: f64) -> f64 {
        let most = self.facing.iter().map(|(right, _)| *right).fold(f64::NEG_INFINITY, f64::max);
        let least = self.facing.iter().map(|(_, left)| *left).fold(f64::INFINITY, f64::min);
        let between = least - most + by;
        let row = |(right, left): &(f64, f64)| {
            let open = (most - right).min(self.depth) + (left - least).min(self.depth);
            libm::log((between + open).max((left - right + by).min(self.near)).max(1.0))
        };
        libm::exp(self.facing.iter().map(row).sum::<f64>() / self.facing.len() as f64)
    }

    /// How far the right letter must move for this gap, at most so far to either side.
    #[must_use]
    pub fn move_for(&self, gap: f64, most: f64) -> f64 {
        let (mut low, mut high) = (-most, most);
        for _ in 0..16 {
            let middle = f64::midpoint(low, high);
            if self.gap(middle) < gap { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    }
}

/// How near two letters come to each other anywhere, the right one moved by so much; zero or less where they overlap.
#[must_use]
pub fn nearest(left: &Edges, right: &Edges, by: f64) -> f64 {
    let mut nearest = f64::INFINITY;
    for (at, row) in left.rows.iter().enumerate() {
        let (Some((_, edge)), here) = (row, left.first + at as i32) else { continue };
        for other in here - REACH as i32..=here + REACH as i32 {
            let Some((start, _)) = right.row(other) else { continue };
            let (across, up) = (start + by - edge, f64::from((other - here).abs()) * ROW);
            let away = if other == here { across } else { across.max(0.0).hypot_free(up) };
            nearest = nearest.min(away);
        }
    }
    nearest
}

/// The length of a vector by a square root alone, which every machine rounds alike.
trait HypotFree {
    fn hypot_free(self, other: f64) -> f64;
}

impl HypotFree for f64 {
    fn hypot_free(self, other: f64) -> f64 {
        (self * self + other * other).sqrt()
    }
}

/// The gaps of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rhythm {
    pub gaps: Vec<f64>,
    /// Pairs of letters that touch.
    pub collisions: usize,
}

impl Rhythm {
    /// Of neighbours that stand where they are.
    pub fn of<'a>(neighbours: impl IntoIterator<Item = (&'a Edges, &'a Edges)>, x_height: f64) -> Self {
        let mut rhythm = Self::default();
        for (left, right) in neighbours {
            rhythm.gaps.extend(Pair::of(left, right, x_height).map(|pair| pair.gap(0.0)));
            rhythm.collisions += usize::from(nearest(left, right, 0.0) < COLLISION);
        }
        rhythm
    }

    /// Standard deviation over mean: 0 where all gaps are one. Fewer than two gaps cannot differ.
    #[must_use]
    pub fn variation(&self) -> f64 {
        let count = self.gaps.len() as f64;
        if count < 2.0 {
            return 0.0;
        }
        let mean = self.gaps.iter().sum::<f64>() / count;
        let spread = self.gaps.iter().map(|gap| (gap - mean) * (gap - mean)).sum::<f64>() / count;
        spread.sqrt() / mean.max(1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use kurbo::{Affine, Point};

    const X_HEIGHT: f64 = 500.0;

    /// Letters of bars, 700 high and starting at 0; the baseline is at 0.
    fn letter(name: char) -> Edges {
        let bar = |x0: f64, x1: f64, y0: f64, y1: f64| form::rect(x0, -y1, x1, -y0);
        let slant = |a: [(f64, f64); 4]| form::polygon(&a.map(|(x, y)| Point::new(x, -y)));
        let parts = match name {
            'H' => {
                vec![bar(0.0, 90.0, 0.0, 700.0), bar(410.0, 500.0, 0.0, 700.0), bar(0.0, 500.0, 300.0, 390.0)]
            }
            'L' => vec![bar(0.0, 90.0, 0.0, 700.0), bar(0.0, 400.0, 0.0, 90.0)],
            'T' => vec![bar(200.0, 290.0, 0.0, 700.0), bar(0.0, 490.0, 610.0, 700.0)],
            'A' => vec![
                slant([(0.0, 0.0), (90.0, 0.0), (330.0, 700.0), (240.0, 700.0)]),
                slant([(480.0, 0.0), (570.0, 0.0), (330.0, 700.0), (240.0, 700.0)]),
            ],
            'V' => vec![
                slant([(240.0, 0.0), (330.0, 0.0), (90.0, 700.0), (0.0, 700.0)]),
                slant([(240.0, 0.0), (330.0, 0.0), (570.0, 700.0), (480.0, 700.0)]),
            ],
            'O' => vec![form::circle(Point::new(350.0, -350.0), 355.0)],
            'o' => vec![form::circle(Point::new(250.0, -250.0), 255.0)],
            'n' => {
                vec![bar(0.0, 80.0, 0.0, 500.0), bar(340.0, 420.0, 0.0, 500.0), bar(0.0, 420.0, 420.0, 500.0)]
            }
            other => unreachable!("{other}"),
        };
        Edges::of(&crate::combine::union(&parts))
    }

    /// The room that gives a pair the same gap as two uprights 160 apart.
    fn even(left: char, right: char, width: f64) -> f64 {
        let stems = Pair::of(&letter('H'), &letter('H').moved(660.0), X_HEIGHT).unwrap().gap(0.0);
        let other = letter(right).moved(width);
        let pair = Pair::of(&letter(left), &other, X_HEIGHT).unwrap();
        pair.move_for(stems, 400.0)
    }

    #[test]
    fn known_pairs_are_kerned_as_type_designers_kern_them() {
        // Left, right, width of the left, and between which rooms an even gap lies.
        let cases = [
            ('H', 'H', 500.0, 155.0, 165.0),
            ('n', 'n', 420.0, 155.0, 165.0),
            ('O', 'O', 705.0, 20.0, 110.0),
            ('o', 'o', 505.0, 20.0, 110.0),
            ('H', 'O', 500.0, 80.0, 130.0),
            ('A', 'V', 570.0, -130.0, -20.0),
            ('V', 'A', 570.0, -130.0, -20.0),
            ('L', 'T', 400.0, -130.0, 20.0),
            ('T', 'o', 490.0, -80.0, 40.0),
        ];
        for (left, right, width, least, most) in cases {
            let room = even(left, right, width);
            assert!((least..=most).contains(&room), "{left}{right}: {room}");
        }
    }

    #[test]
    fn gaps_grow_with_the_room_and_moves_find_them() {
        let pair = Pair::of(&letter('A'), &letter('V').moved(540.0), X_HEIGHT).unwrap();
        assert!(pair.gap(10.0) > pair.gap(0.0) && pair.gap(-10.0) < pair.gap(0.0));
        let by = pair.move_for(pair.gap(37.0), 100.0);
        assert!((by - 37.0).abs() < 0.1, "{by}");
        assert!((pair.move_for(1e6, 50.0) - 50.0).abs() < 0.1);
    }

    #[test]
    fn letters_that_stand_past_each_other_have_no_gap() {
        let dot = Edges::of(&form::rect(500.0, -90.0, 590.0, 0.0));
        assert!(Pair::of(&letter('H'), &dot, X_HEIGHT).is_none());
        assert!(Edges::of(&BezPath::new()).is_empty() && !dot.is_empty());
    }

    #[test]
    fn touching_letters_are_counted_also_over_corners() {
        let (t, o) = (letter('T'), letter('o'));
        assert!((nearest(&letter('H'), &letter('H').moved(660.0), 0.0) - 160.0).abs() < 1e-6);
        assert!(nearest(&t, &t, 480.0) < 0.0, "arms overlap");
        // The o slides under the arm: near, but only in the vertical.
        let under = nearest(&t, &o, 330.0);
        assert!((30.0..115.0).contains(&under), "{under}");
        let touching = Rhythm::of([(&t, &t.moved(495.0)), (&t, &t.moved(560.0))], X_HEIGHT);
        assert_eq!((touching.collisions, touching.gaps.len()), (1, 2));
    }

    #[test]
    fn even_names_do_not_vary() {
        let h = letter('H');
        let word = |steps: [f64; 3]| {
            let mut letters = vec![h.clone()];
            letters.extend(steps.iter().scan(0.0, |x, step| {
                *x += step;
                Some(h.moved(*x))
            }));
            Rhythm::of(letters.iter().zip(letters.iter().skip(1)), X_HEIGHT).variation()
        };
        assert!(word([660.0, 660.0, 660.0]) < 1e-6);
        let uneven = word([660.0, 560.0, 760.0]);
        assert!(uneven > VARIATION_MAX, "{uneven}");
        assert_eq!(Rhythm::default().variation(), 0.0);
        let turned = Affine::IDENTITY * form::rect(0.0, 0.0, 10.0, 10.0);
        assert!(!Edges::of(&turned).is_empty());
    }
}
