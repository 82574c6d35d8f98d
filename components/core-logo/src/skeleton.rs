//! The skeletons of letters: the few lines, on a grid ten units high, that a pen of one width follows.

use crate::art::pt;
use crate::stroke::Line;

/// A corner whose radius the taste decides.
const SOFT: f64 = -1.0;
/// Half of the width of most letters, and the radius of their arches.
const R: f64 = 4.0;
/// Where a circle of radius 5 is left at 45 degrees, and the corner of the octagon around it.
const OUT: f64 = 8.54;
const KNEE: f64 = 7.07;

/// The lines of a letter and the box they stand in. The last line ends where a pen would go on.
#[derive(Clone, Debug)]
pub(crate) struct Skeleton {
    pub lines: Vec<Line>,
    pub width: f64,
}

impl Skeleton {
    /// The same letter, wider or narrower; arcs stay arcs. Each name has its own proportion.
    #[must_use]
    pub(crate) fn stretched(&self, by: f64) -> Self {
        let knee = |(point, radius): &(kurbo::Point, f64)| (pt(point.x * by, point.y), *radius);
        let line = |line: &Line| line.with(line.knees().iter().map(knee).collect());
        Self { lines: self.lines.iter().map(line).collect(), width: self.width * by }
    }
}

/// Letters with something between head and foot that may lie higher or lower: a bar, a bowl, a fork.
const WAISTED: &[char] =
    &['A', 'B', 'E', 'F', 'H', 'K', 'M', 'P', 'R', 'S', 'W', 'Y', '2', '3', '4', '5', '6', '8', '9'];

impl Skeleton {
    /// The same letter, its waist lower by this much; arcs grow with their half, and never beyond it.
    #[must_use]
    pub(crate) fn waisted(&self, letter: char, by: f64) -> Self {
        if !WAISTED.contains(&letter) {
            return self.clone();
        }
        let half = HEIGHT / 2.0;
        let (upper, lower) = ((half + by) / half, (half - by) / half);
        let knee = |(point, radius): &(kurbo::Point, f64)| {
            let y = if point.y <= half { point.y * upper } else { HEIGHT - (HEIGHT - point.y) * lower };
            let share = match point.y {
                y if y < 2.0 => upper,
                y if y > HEIGHT - 2.0 => lower,
                _ => upper.min(lower),
            };
            (pt(point.x, y), radius * share.min(1.0))
        };
        let line = |line: &Line| line.with(line.knees().iter().map(knee).collect());
        Self { lines: self.lines.iter().map(line).collect(), width: self.width }
    }
}

/// Units from the head to the foot of every letter.
pub(crate) const HEIGHT: f64 = 10.0;

type Knees = &'static [(f64, f64, f64)];

/// The lines of a capital letter or digit; soft corners get this radius. Round hands arch where others point.
#[must_use]
pub(crate) fn letter(letter: char, soft: f64, is_round: bool) -> Option<Skeleton> {
    let arched = ARCHED.iter().find(|(known, _)| is_round && *known == letter);
    let (_, strokes) = arched.or_else(|| LETTERS.iter().find(|(known, _)| *known == letter))?;
    let knee = |(x, y, radius): &(f64, f64, f64)| (pt(*x, *y), if *radius < 0.0 { soft } else { *radius });
    let line = |knees: &Knees| Line::new(&knees.iter().map(knee).collect::<Vec<_>>());
    let width = strokes.iter().flat_map(|knees| knees.iter()).map(|knee| knee.0).fold(0.0, f64::max);
    Some(Skeleton { lines: strokes.iter().map(line).collect(), width })
}

/// Letters that have a rounder form.
const ARCHED: &[(char, &[Knees])] = &[
    (
        'A',
        &[
            &[(0.0, 6.2, 0.0), (8.0, 6.2, 0.0)],
            &[(0.0, 10.0, 0.0), (0.0, 0.0, R), (8.0, 0.0, R), (8.0, 10.0, 0.0)],
        ],
    ),
    (
        'M',
        &[
            &[(0.0, 10.0, 0.0), (0.0, 0.0, 2.5), (5.0, 0.0, 2.5), (5.0, 10.0, 0.0)],
            &[(5.0, 10.0, 0.0), (5.0, 0.0, 2.5), (10.0, 0.0, 2.5), (10.0, 10.0, 0.0)],
        ],
    ),
    (
        'N',
        &[
            &[(0.0, 0.0, 0.0), (0.0, 10.0, 0.0)],
            &[(0.0, 10.0, 0.0), (0.0, 0.0, R), (8.0, 0.0, R), (8.0, 10.0, 0.0)],
        ],
    ),
    (
        'W',
        &[
            &[(10.0, 0.0, 0.0), (10.0, 10.0, 2.5), (5.0, 10.0, 2.5), (5.0, 1.0, 0.0)],
            &[(0.0, 0.0, 0.0), (0.0, 10.0, 2.5), (5.0, 10.0, 2.5), (5.0, 1.0, 0.0)],
        ],
    ),
    (
        'Y',
        &[
            &[(0.0, 0.0, 0.0), (0.0, 6.0, R), (8.0, 6.0, R), (8.0, 0.0, 0.0)],
            &[(8.0, 0.0, 0.0), (8.0, 10.0, 3.6), (0.4, 10.0, 0.0)],
        ],
    ),
];

const LETTERS: &[(char, &[Knees])] = &[
    ('A', &[&[(1.7, 6.6, 0.0), (7.3, 6.6, 0.0)], &[(0.0, 10.0, 0.0), (4.5, 0.0, SOFT), (9.0, 10.0, 0.0)]]),
    (
        'B',
        &[
            &[(0.0, 5.0, 0.0), (0.0, 0.0, SOFT), (7.2, 0.0, 2.5), (7.2, 5.0, 2.5), (0.0, 5.0, 0.0)],
            &[(0.0, 5.0, 0.0), (7.8, 5.0, 2.5), (7.8, 10.0, 2.5), (0.0, 10.0, SOFT), (0.0, 5.0, 0.0)],
        ],
    ),
    (
        'C',
        &[&[
            (OUT, 1.46, 0.0),
            (KNEE, 0.0, 5.0),
            (0.0, 0.0, 5.0),
            (0.0, 10.0, 5.0),
            (KNEE, 10.0, 5.0),
            (OUT, OUT, 0.0),
        ]],
    ),
    (
        'D',
        &[&[
            (0.0, 5.0, 0.0),
            (0.0, 0.0, SOFT),
            (8.4, 0.0, 5.0),
            (8.4, 10.0, 5.0),
            (0.0, 10.0, SOFT),
            (0.0, 5.0, 0.0),
        ]],
    ),
    (
        'E',
        &[
            &[(0.0, 5.0, 0.0), (6.0, 5.0, 0.0)],
            &[(7.0, 0.0, 0.0), (0.0, 0.0, SOFT), (0.0, 10.0, SOFT), (7.0, 10.0, 0.0)],
        ],
    ),
    ('F', &[&[(0.0, 5.0, 0.0), (6.0, 5.0, 0.0)], &[(7.0, 0.0, 0.0), (0.0, 0.0, SOFT), (0.0, 10.0, 0.0)]]),
    (
        'G',
        &[&[
            (OUT, 1.46, 0.0),
            (KNEE, 0.0, 5.0),
            (0.0, 0.0, 5.0),
            (0.0, 10.0, 5.0),
            (10.0, 10.0, 5.0),
            (10.0, 5.0, 0.0),
            (5.2, 5.0, 0.0),
        ]],
    ),
    (
        'H',
        &[
            &[(0.0, 0.0, 0.0), (0.0, 10.0, 0.0)],
            &[(0.0, 5.0, 0.0), (8.0, 5.0, 0.0)],
            &[(8.0, 0.0, 0.0), (8.0, 10.0, 0.0)],
        ],
    ),
    (
        'I',
        &[
            &[(0.0, 0.0, 0.0), (6.0, 0.0, 0.0)],
            &[(3.0, 0.0, 0.0), (3.0, 10.0, 0.0)],
            &[(0.0, 10.0, 0.0), (6.0, 10.0, 0.0)],
        ],
    ),
    ('J', &[&[(2.4, 0.0, 0.0), (7.0, 0.0, SOFT), (7.0, 10.0, 3.5), (0.0, 10.0, 3.5), (0.0, 6.0, 0.0)]]),
    (
        'K',
        &[
            &[(7.6, 0.0, 0.0), (0.2, 5.6, 0.0)],
            &[(0.0, 0.0, 0.0), (0.0, 10.0, 0.0)],
            &[(2.6, 4.0, 0.0), (8.0, 10.0, 0.0)],
        ],
    ),
    ('L', &[&[(0.0, 0.0, 0.0), (0.0, 10.0, SOFT), (7.0, 10.0, 0.0)]]),
    ('M', &[&[(0.0, 10.0, 0.0), (0.0, 0.0, SOFT), (5.0, 6.4, SOFT), (10.0, 0.0, SOFT), (10.0, 10.0, 0.0)]]),
    ('N', &[&[(0.0, 10.0, 0.0), (0.0, 0.0, SOFT), (8.4, 10.0, SOFT), (8.4, 0.0, 0.0)]]),
    ('O', &[&[(0.0, 0.0, 5.0), (10.0, 0.0, 5.0), (10.0, 10.0, 5.0), (0.0, 10.0, 5.0), (0.0, 0.0, 5.0)]]),
    ('P', &[&[(0.0, 6.0, 0.0), (7.6, 6.0, 3.0), (7.6, 0.0, 3.0), (0.0, 0.0, SOFT), (0.0, 10.0, 0.0)]]),
    (
        'Q',
        &[
            &[(0.0, 0.0, 5.0), (10.0, 0.0, 5.0), (10.0, 10.0, 5.0), (0.0, 10.0, 5.0), (0.0, 0.0, 5.0)],
            &[(6.2, 6.2, 0.0), (10.0, 10.0, 0.0)],
        ],
    ),
    (
        'R',
        &[
            &[(0.0, 10.0, 0.0), (0.0, 0.0, SOFT), (7.6, 0.0, 2.9), (7.6, 5.8, 2.9), (0.0, 5.8, 0.0)],
            &[(3.6, 5.8, 0.0), (7.9, 10.0, 0.0)],
        ],
    ),
    (
        'S',
        &[&[
            (7.2, 0.0, 0.0),
            (0.0, 0.0, 2.5),
            (0.0, 5.0, 2.5),
            (8.0, 5.0, 2.5),
            (8.0, 10.0, 2.5),
            (0.8, 10.0, 0.0),
        ]],
    ),
    ('T', &[&[(0.0, 0.0, 0.0), (8.4, 0.0, 0.0)], &[(4.2, 0.0, 0.0), (4.2, 10.0, 0.0)]]),
    ('U', &[&[(0.0, 0.0, 0.0), (0.0, 10.0, R), (8.0, 10.0, R), (8.0, 0.0, 0.0)]]),
    ('V', &[&[(0.0, 0.0, 0.0), (4.5, 10.0, SOFT), (9.0, 0.0, 0.0)]]),
    ('W', &[&[(0.0, 0.0, 0.0), (3.0, 10.0, SOFT), (6.0, 2.6, SOFT), (9.0, 10.0, SOFT), (12.0, 0.0, 0.0)]]),
    ('X', &[&[(8.4, 0.0, 0.0), (0.0, 10.0, 0.0)], &[(0.0, 0.0, 0.0), (8.4, 10.0, 0.0)]]),
    ('Y', &[&[(0.0, 0.0, 0.0), (4.3, 5.4, SOFT), (8.6, 0.0, 0.0)], &[(4.3, 5.2, 0.0), (4.3, 10.0, 0.0)]]),
    ('Z', &[&[(0.0, 0.0, 0.0), (8.0, 0.0, SOFT), (0.0, 10.0, SOFT), (8.0, 10.0, 0.0)]]),
    ('0', &[&[(0.0, 0.0, 3.8), (7.6, 0.0, 3.8), (7.6, 10.0, 3.8), (0.0, 10.0, 3.8), (0.0, 0.0, 3.8)]]),
    ('1', &[&[(0.0, 2.8, 0.0), (3.2, 0.0, SOFT), (3.2, 10.0, 0.0)]]),
    (
        '2',
        &[&[
            (0.4, 0.0, 0.0),
            (7.6, 0.0, 2.5),
            (7.6, 5.0, 2.5),
            (0.0, 5.0, 2.5),
            (0.0, 10.0, SOFT),
            (7.6, 10.0, 0.0),
        ]],
    ),
    (
        '3',
        &[
            &[(0.4, 0.0, 0.0), (7.6, 0.0, 2.5), (7.6, 5.0, 2.5), (2.0, 5.0, 0.0)],
            &[(2.0, 5.0, 0.0), (7.6, 5.0, 2.5), (7.6, 10.0, 2.5), (0.4, 10.0, 0.0)],
        ],
    ),
    ('4', &[&[(8.0, 7.0, 0.0), (0.0, 7.0, SOFT), (6.0, 0.0, SOFT), (6.0, 10.0, 0.0)]]),
    (
        '5',
        &[&[
            (7.0, 0.0, 0.0),
            (0.0, 0.0, SOFT),
            (0.0, 4.4, SOFT),
            (7.6, 4.4, 2.8),
            (7.6, 10.0, 2.8),
            (0.4, 10.0, 0.0),
        ]],
    ),
    (
        '6',
        &[&[
            (6.8, 0.0, 0.0),
            (0.0, 0.0, 3.6),
            (0.0, 10.0, 2.9),
            (7.6, 10.0, 2.9),
            (7.6, 4.2, 2.9),
            (0.0, 4.2, 0.0),
        ]],
    ),
    ('7', &[&[(0.0, 0.0, 0.0), (8.0, 0.0, SOFT), (3.2, 10.0, 0.0)]]),
    (
        '8',
        &[
            &[(0.4, 0.0, 2.4), (7.2, 0.0, 2.4), (7.2, 4.8, 2.4), (0.4, 4.8, 2.4), (0.4, 0.0, 2.4)],
            &[(0.0, 4.8, 2.6), (7.6, 4.8, 2.6), (7.6, 10.0, 2.6), (0.0, 10.0, 2.6), (0.0, 4.8, 2.6)],
        ],
    ),
    (
        '9',
        &[&[
            (7.6, 5.8, 0.0),
            (0.0, 5.8, 2.9),
            (0.0, 0.0, 2.9),
            (7.6, 0.0, 2.9),
            (7.6, 10.0, 3.6),
            (0.8, 10.0, 0.0),
        ]],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use core_vector::form::Cap;
    use core_vector::{bezier, measure, raster};

    #[test]
    fn every_letter_is_one_figure_of_one_width() {
        for letter in ('A'..='Z').chain('0'..='9') {
            for is_round in [false, true] {
                for waist in [-1.0, 0.0, 1.0] {
                    let bones = super::letter(letter, 1.0, is_round).unwrap().waisted(letter, waist);
                    let lines = crate::stroke::centred(&bones.lines, 80.0, bones.width, HEIGHT);
                    let path = crate::stroke::bands(&lines, 110.0, Cap::Flat);
                    let mask = raster::mask_of(std::slice::from_ref(&path), 1100.0, 1100.0, 96);
                    assert_eq!(measure::topology(&mask).parts, 1, "{letter} {waist}");
                    assert!(bezier::segments(&path) <= 40, "{letter} {}", bezier::segments(&path));
                }
            }
        }
        assert!(super::letter('Ж', 1.0, true).is_none());
    }
}
