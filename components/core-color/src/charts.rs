//! Eight colours for charts that nobody mixes up.
//!
//! The families below were searched for by hill climbing over hue, lightness and chroma, for the least CIEDE2000
//! between any two of them in any sight and any theme; `tests/sight.rs` measures what came out. A palette leans
//! two of them toward its own hues as far as that least stays, and puts them first.

use crate::contrast::reach;
use crate::sight::Looks;
use crate::space::{Oklch, from_oklch, hue_gap, to_oklch, turn};
use crate::theme::{Brand, GREY_CHROMA, Stage, THEMES};
use core_brand::Rgb;

/// As many as there are roles.
const COUNT: usize = 8;
/// The least distance that a leaning colour keeps to the others: the target of P7 with a little to spare.
const KEPT: f64 = 12.1;
/// How far to the brand's own hue, most first.
const LEANS: [f64; 4] = [1.0, 0.75, 0.5, 0.25];
const GRAPHIC: f64 = 3.05;

/// One hue with its lightness and chroma in each theme.
#[derive(Clone, Copy, Debug)]
struct Family {
    hue: f64,
    tones: [(f64, f64); THEMES.len()],
}

const FAMILIES: [Family; COUNT] = [
    Family { hue: 7.0, tones: [(0.366, 0.104), (0.818, 0.103), (0.160, 0.066)] },
    Family { hue: 35.0, tones: [(0.616, 0.098), (0.668, 0.090), (0.295, 0.103)] },
    Family { hue: 100.0, tones: [(0.376, 0.078), (0.920, 0.148), (0.444, 0.092)] },
    Family { hue: 138.0, tones: [(0.518, 0.159), (0.549, 0.155), (0.439, 0.040)] },
    Family { hue: 204.0, tones: [(0.613, 0.104), (0.884, 0.126), (0.323, 0.051)] },
    Family { hue: 264.0, tones: [(0.351, 0.169), (0.740, 0.111), (0.445, 0.261)] },
    Family { hue: 299.0, tones: [(0.523, 0.203), (0.633, 0.231), (0.250, 0.123)] },
    Family { hue: 339.0, tones: [(0.496, 0.097), (0.589, 0.234), (0.470, 0.187)] },
];

impl Family {
    fn color(&self, theme: usize) -> Oklch {
        let (l, c) = self.tones[theme];
        Oklch::new(l, c, self.hue)
    }

    fn looks(&self) -> [Looks; THEMES.len()] {
        std::array::from_fn(|theme| Looks::of(from_oklch(self.color(theme))))
    }
}

/// The least distance between two families, in any theme and any sight.
fn nearest(a: &[Looks; THEMES.len()], b: &[Looks; THEMES.len()]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.nearest(b)).fold(f64::MAX, f64::min)
}

/// The chart colours of a brand, in the order of use.
pub(crate) struct Charts(Vec<Family>);

impl Charts {
    pub(crate) fn of(brand: &Brand) -> Self {
        let mut families = FAMILIES;
        let mut looks = families.map(|family| family.looks());
        let mut order = Vec::with_capacity(COUNT);
        for own in [brand.primary, brand.accent].map(to_oklch) {
            let free = (0..COUNT).filter(|index| !order.contains(index));
            let near = free
                .min_by(|a, b| hue_gap(families[*a].hue, own.h).total_cmp(&hue_gap(families[*b].hue, own.h)));
            if let Some(index) = near.filter(|_| own.c >= GREY_CHROMA) {
                lean(&mut families, &mut looks, index, own.h);
                order.push(index);
            }
        }
        Self(ordered(&looks, order).into_iter().map(|index| families[index]).collect())
    }

    /// The colours in a theme, by its place among `THEMES`.
    pub(crate) fn colors(&self, theme: usize, stage: &Stage) -> Vec<Rgb> {
        let ratio = stage.graphic.max(GRAPHIC);
        self.0.iter().map(|family| reach(family.color(theme), ratio, &stage.grounds, stage.toward)).collect()
    }
}

/// Turns a family toward a hue, as far as all stay apart.
fn lean(families: &mut [Family; COUNT], looks: &mut [[Looks; THEMES.len()]; COUNT], index: usize, hue: f64) {
    let own = families[index];
    let way = turn(hue - own.hue + 180.0) - 180.0;
    for share in LEANS {
        let leaning = Family { hue: own.hue + way * share, ..own };
        let seen = leaning.looks();
        let others = looks.iter().enumerate().filter(|(other, _)| *other != index);
        if others.map(|(_, other)| nearest(&seen, other)).fold(f64::MAX, f64::min) >= KEPT {
            (families[index], looks[index]) = (leaning, seen);
            return;
        }
    }
}

/// After the brand's own, always the one that lies farthest from those before: few series are far apart.
fn ordered(looks: &[[Looks; THEMES.len()]; COUNT], mut order: Vec<usize>) -> Vec<usize> {
    let mut least = [f64::MAX; COUNT];
    let mut counted = 0;
    while order.len() < COUNT {
        for own in &order[counted..] {
            for (index, least) in least.iter_mut().enumerate() {
                *least = least.min(nearest(&looks[*own], &looks[index]));
            }
        }
        counted = order.len();
        let free = (0..COUNT).filter(|index| !order.contains(index));
        order.extend(free.max_by(|a, b| least[*a].total_cmp(&least[*b]).then(b.cmp(a))));
    }
    order
}
