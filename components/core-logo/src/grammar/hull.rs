//! A line around something: it follows the whole figure and none of its nicks.

use core_vector::{bezier, form};
use kurbo::{BezPath, Point, Vec2};

/// Figures are flattened to this before they are gone around.
const TOLERANCE: f64 = 2.0;
/// A corner that costs less than this share of the area is none.
const CORNER_MIN: f64 = 0.012;
/// What has more corners is round to the eye, and a circle goes around it.
const CORNERS_MAX: usize = 6;

/// A figure gone around.
#[derive(Clone, Debug)]
pub(super) enum Hull {
    /// The corners of a convex polygon, clockwise as y points down.
    Corners(Vec<Point>),
    Circle {
        middle: Point,
        radius: f64,
    },
}

impl Hull {
    /// `None` for what has no area. A polygon that is not the same to both sides looks bent: a circle then.
    pub(super) fn of(shape: &BezPath, is_true: impl Fn(&BezPath) -> bool) -> Option<Self> {
        let all = convex(bezier::polygons(shape, TOLERANCE).concat());
        let area = bezier::polygon_area(&all).abs();
        if all.len() < 3 || area <= 0.0 {
            return None;
        }
        let mut corners = all.clone();
        while corners.len() > 3 {
            let count = corners.len();
            let cost = |at: &usize| {
                let around = [corners[(at + count - 1) % count], corners[*at], corners[(at + 1) % count]];
                bezier::polygon_area(&around).abs()
            };
            let least = (0..count).min_by(|a, b| cost(a).total_cmp(&cost(b)))?;
            if cost(&least) > CORNER_MIN * area {
                break;
            }
            corners.remove(least);
        }
        if corners.len() <= CORNERS_MAX && is_true(&form::polygon(&corners)) {
            return Some(Self::Corners(corners));
        }
        let middle = bezier::bounds(shape).center();
        let radius = all.iter().map(|point| (*point - middle).hypot2().sqrt()).fold(0.0, f64::max);
        Some(Self::Circle { middle, radius })
    }

    /// The line at this distance, its corners of this radius.
    pub(super) fn around(&self, by: f64, round: f64) -> BezPath {
        let corners = match self {
            Self::Circle { middle, radius } => return form::circle(*middle, radius + by),
            Self::Corners(corners) => corners,
        };
        let count = corners.len();
        let corner = |at: usize| {
            let own = corners[at];
            let (before, after) = (corners[(at + count - 1) % count], corners[(at + 1) % count]);
            let (a, b) = (outward(own - before), outward(after - own));
            (own + by / (1.0 + a.dot(b)).max(0.2) * (a + b), round)
        };
        form::rounded_corners(&(0..count).map(corner).collect::<Vec<_>>())
    }
}

/// To the left of a way along a hull, of length one.
fn outward(way: Vec2) -> Vec2 {
    Vec2::new(way.y, -way.x) / way.hypot2().sqrt().max(1e-9)
}

/// The convex hull by a monotone chain.
fn convex(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    let chain = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..] {
                if (b - a).cross(*point - b) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut points.iter());
    hull.extend(chain(&mut points.iter().rev()));
    hull
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_around_a_star_and_not_into_it() {
        let star = form::polygon(&form::star(Point::new(500.0, 500.0), 400.0, 150.0, 5, -90.0));
        let hull = Hull::of(&star, |_| true).unwrap();
        assert!(matches!(&hull, Hull::Corners(corners) if corners.len() == 5), "{hull:?}");
        let line = hull.around(100.0, 0.0);
        // Five sides, each 100 further out than those of the pentagon.
        let apothem = 400.0 * libm::cos(std::f64::consts::PI / 5.0);
        let side = (apothem + 100.0) / apothem;
        let grown = side * side;
        let pentagon = form::polygon(&form::regular(Point::new(500.0, 500.0), 400.0, 5, -90.0));
        let share = bezier::area(&line).abs() / bezier::area(&pentagon).abs();
        assert!((share - grown).abs() < 0.01, "{share} {grown}");
        assert!(Hull::of(&BezPath::new(), |_| true).is_none());
        let round = Hull::of(&form::ellipse(Point::new(500.0, 500.0), 400.0, 200.0), |_| true).unwrap();
        assert!(matches!(round, Hull::Circle { radius, .. } if (radius - 400.0).abs() < 3.0), "{round:?}");
    }
}
