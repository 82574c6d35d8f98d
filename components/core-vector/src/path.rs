//! Path data, read and written in the one form drawings use.

use core_brand::fault::{Code, Fault};
use kurbo::{BezPath, PathEl, Point};
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

fn numbers(text: &str, wanted: usize) -> Result<([f64; 6], &str), Fault> {
    let mut found = [0.0; 6];
    let mut rest = text;
    for slot in found.iter_mut().take(wanted) {
        rest = rest.trim_start_matches([' ', ',', '\n', '\t']);
        let sign = usize::from(rest.starts_with('-'));
        let length =
            rest[sign..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |end| end + sign);
        *slot = rest[..length].parse().map_err(|_| malformed(&format!("`{}`", &rest[..length])))?;
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
    fn refuses_what_drawings_do_not_hold() {
        for d in ["m0 0", "M0", "M0 0A1 1 0 0 0 2 2", "L1 1", "M1e5 0", "M- 0", "M..1 0", "é"] {
            assert!(parse(d).unwrap_err().is(Code::DocumentMalformed), "{d}");
        }
    }
}
