//! Path data, read and written in the one form drawings use.

use crate::bezier;
use core_brand::fault::{Code, Fault};
use kurbo::{BezPath, CubicBez, Line, ParamCurve, PathEl, PathSeg, Point};
use std::fmt::Write;

/// Reads absolute `M L C Z` path data.
pub fn parse(d: &str) -> Result<BezPath, Fault> {
    let mut path = BezPath::new();
    let mut rest = d.trim_start();
    while let Some(command) = rest.chars().next() {
        rest = &rest[command.len_utf8()..];
        let wanted = match command {
            'M' | 'L' => 2,
            'C' => 6,
            'Z' => 0,
            other => return Err(malformed(&format!("the command `{other}`"))),
        };
        let (numbers, after) = numbers(rest, wanted)?;
        rest = after.trim_start();
        let point = |at: usize| Point::new(numbers[at], numbers[at + 1]);
        match command {
            'M' => path.move_to(point(0)),
            _ if path.elements().is_empty() => return Err(malformed("a path that does not start with M")),
            'L' => path.line_to(point(0)),
            'C' => path.curve_to(point(0), point(2), point(4)),
            _ => path.close_path(),
        }
    }
    Ok(path)
}

/// Writes absolute `M L C Z`, numbers with at most two decimals.
#[must_use]
pub fn write(path: &BezPath) -> String {
    let mut d = String::new();
    let mut at = Point::ZERO;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => put(&mut d, 'M', &[p]),
            PathEl::LineTo(p) => put(&mut d, 'L', &[p]),
            PathEl::QuadTo(c, p) => put(&mut d, 'C', &[at.lerp(c, 2.0 / 3.0), p.lerp(c, 2.0 / 3.0), p]),
            PathEl::CurveTo(a, b, p) => put(&mut d, 'C', &[a, b, p]),
            PathEl::ClosePath => d.push('Z'),
        }
        at = element.end_point().unwrap_or(at);
    }
    d
}

/// Steps per unit in files: lockups are a thousand units large, so a tenth is far below what anybody sees.
const STEPS: f64 = 10.0;
/// A point this near to the line between its neighbours adds nothing to it.
const STRAIGHT: f64 = 0.06;

/// The same outline with as few and as short numbers as show no difference: points on the grid of tenths, no
/// points inside straight lines, no curves that are straight.
#[must_use]
pub fn tidied(path: &BezPath) -> BezPath {
    let step = |p: Point| Point::new((p.x * STEPS).round() / STEPS, (p.y * STEPS).round() / STEPS);
    let tidy = |contour: Vec<PathSeg>| {
        let mut kept: Vec<PathSeg> = Vec::new();
        for segment in contour {
            let (from, to) = (step(segment.start()), step(segment.end()));
            let next = match segment {
                PathSeg::Cubic(c) if !(is_between(c.p1, from, to) && is_between(c.p2, from, to)) => {
                    PathSeg::Cubic(CubicBez::new(from, step(c.p1), step(c.p2), to))
                }
                _ => PathSeg::Line(Line::new(from, to)),
            };
            match (kept.last_mut(), next) {
                (_, PathSeg::Line(line)) if line.p0 == line.p1 => {}
                (Some(PathSeg::Line(last)), PathSeg::Line(line)) if is_between(line.p0, last.p0, line.p1) => {
                    last.p1 = line.p1;
                }
                (_, next) => kept.push(next),
            }
        }
        kept
    };
    let contours: Vec<_> =
        bezier::contours(path).into_iter().map(tidy).filter(|kept| kept.len() > 1).collect();
    bezier::path(&contours)
}

/// Whether a point lies on the straight way from one to the other.
fn is_between(point: Point, from: Point, to: Point) -> bool {
    let (way, there) = (to - from, point - from);
    let length = way.hypot2().sqrt();
    length > 0.0
        && way.cross(there).abs() <= STRAIGHT * length
        && (-STRAIGHT * length..=(length + STRAIGHT) * length).contains(&way.dot(there))
}

/// A coordinate on the grid of hundredths that files are written on.
#[must_use]
pub fn on_grid(value: f64) -> f64 {
    // Adding zero turns -0 into 0.
    (value * 100.0).round() / 100.0 + 0.0
}

fn put(d: &mut String, command: char, points: &[Point]) {
    d.push(command);
    for (index, value) in points.iter().flat_map(|p| [p.x, p.y]).enumerate() {
        let value = on_grid(value);
        if index > 0 && value >= 0.0 {
            d.push(' ');
        }
        // Writing to a String cannot fail.
        let _ = write!(d, "{value}");
    }
}

/// No drawing reaches farther; beyond it numbers have no hundredths.
const REACH_MAX: f64 = 1e9;

fn numbers(text: &str, wanted: usize) -> Result<([f64; 6], &str), Fault> {
    let mut found = [0.0; 6];
    let mut rest = text;
    for slot in found.iter_mut().take(wanted) {
        rest = rest.trim_start_matches([' ', ',', '\n', '\t']);
        let sign = usize::from(rest.starts_with('-'));
        let length =
            rest[sign..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |end| end + sign);
        let read = rest[..length].parse().ok().filter(|value: &f64| value.abs() <= REACH_MAX);
        *slot = read.ok_or_else(|| malformed(&format!("`{}`", &rest[..length])))?;
        rest = &rest[length..];
    }
    Ok((found, rest))
}

fn malformed(why: &str) -> Fault {
    Fault::new(
        Code::DocumentMalformed,
        [("name", "path data".to_owned()), ("why", format!("{why} is not understood"))],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for d in ["M0 0L10.25-3.5C1 2 3 4 5 6Z", "M-1-2L3 4ZM5 6L7 8Z", ""] {
            assert_eq!(write(&parse(d).unwrap()), d);
        }
        assert_eq!(write(&parse(" M 1,2 L 3.14159 4 Z ").unwrap()), "M1 2L3.14 4Z");
    }

    #[test]
    fn refuses_numbers_that_are_none() {
        let endless = format!("M0 0L{} 1Z", "9".repeat(400));
        for d in ["M0 0L1.2.3 4Z", "M0 0L- 4Z", "M0 0L 4Z", "M0 0L1000000001 0Z", &endless] {
            assert!(parse(d).unwrap_err().is(Code::DocumentMalformed), "{d}");
        }
    }

    #[test]
    fn tidies_what_nobody_sees() {
        let cases = [
            // Points inside a line, and one twice.
            ("M0 0L5 0L10 0L10 0L10 10L0 10Z", "M0 0L10 0L10 10L0 10Z"),
            // Straight curves; true ones stay.
            ("M0 0C3 0 7 0 10 0C10 3 10 7 10 10L0 10Z", "M0 0L10 0L10 10L0 10Z"),
            ("M0 0C3 1 7 1 10 0L10 10Z", "M0 0C3 1 7 1 10 0L10 10Z"),
            ("M0.04 0.06L10.26 0L10 10Z", "M0 0.1L10.3 0L10 10Z"),
            // A line there and back is no straight line.
            ("M0 0L10 0L5 0L5 5Z", "M0 0L10 0L5 0L5 5Z"),
            // A crumb.
            ("M0 0L0.01 0L0 0.01Z", ""),
        ];
        for (d, wanted) in cases {
            assert_eq!(write(&tidied(&parse(d).unwrap())), wanted, "{d}");
        }
    }

    #[test]
    fn refuses_what_drawings_do_not_hold() {
        for d in ["m0 0", "M0", "M0 0A1 1 0 0 0 2 2", "L1 1", "M1e5 0", "M- 0", "M..1 0", "é"] {
            assert!(parse(d).unwrap_err().is(Code::DocumentMalformed), "{d}");
        }
    }
}
