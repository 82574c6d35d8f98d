//! The rhythm of a wordmark: gaps between its letters, from the pixels of its file.

use super::file::{Picture, draw, proportion};
use super::look::regions;
use super::quantile;

/// The height of the picture that letters are cut out of.
const HEIGHT_PX: f64 = 120.0;
/// Wider pictures are drawn lower.
const WIDTH_PX_MAX: f64 = 2400.0;
/// A part over another, as the dot of an i, belongs to its letter from this share of its width on.
const OVER: f64 = 0.5;
/// A gap in a row counts up to this share of the height: what is open on the side does not part letters further.
const GAP_MAX: f64 = 0.3;
/// Nearest letters farther apart than this many medians have the space between words between them.
const SPACE: f64 = 3.0;
/// Fewer gaps have no rhythm.
const GAPS_MIN: usize = 4;

/// How much the gaps vary, as a share of their mean; nothing where letters join or stand on two lines.
pub(super) fn variation(svg: &str, name: &str) -> Option<f64> {
    // Letters that join, hang from a line or stack cannot be told apart by what is connected.
    let is_apart = |letter: char| letter.is_ascii() || ('\u{a0}'..='\u{52f}').contains(&letter);
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
    let wide = proportion(svg);
    if !name.chars().all(is_apart) || wide < letters as f64 * 0.25 {
        return None;
    }
    let side = (HEIGHT_PX * wide).clamp(HEIGHT_PX, WIDTH_PX_MAX);
    let gaps = gaps(&draw(svg, side as u32));
    // Words are told apart by where letters come nearest: an open letter is no space.
    let median = quantile(gaps.iter().map(|gap| gap.nearest).collect(), 0.5);
    let is_inside = |gap: &&Gap| gap.nearest <= SPACE * median.max(1.0);
    let inside: Vec<f64> = gaps.iter().filter(is_inside).map(|gap| gap.mean).collect();
    if inside.len() < GAPS_MIN {
        return None;
    }
    let mean = inside.iter().sum::<f64>() / inside.len() as f64;
    let spread = inside.iter().map(|gap| (gap - mean) * (gap - mean)).sum::<f64>() / inside.len() as f64;
    Some(spread.sqrt() / mean.max(1e-9))
}

/// One letter: its columns, and where its ink begins and ends in each row.
struct Letter {
    left: usize,
    right: usize,
    rows: Vec<Option<(usize, usize)>>,
}

/// What is between two letters.
struct Gap {
    /// Over the rows, each counted as far as it may.
    mean: f64,
    /// Where they come nearest in a row.
    nearest: f64,
}

fn gaps(picture: &Picture) -> Vec<Gap> {
    let px = picture.px;
    let mut letters: Vec<Letter> = Vec::new();
    for region in regions(&picture.ink(), px, true) {
        add(&mut letters, letter(&region, px));
    }
    letters.sort_by_key(|letter| letter.left);
    let tall = height(&letters);
    letters.windows(2).filter_map(|pair| gap(&pair[0], &pair[1], tall * GAP_MAX)).collect()
}

fn letter(region: &[usize], px: usize) -> Letter {
    let mut rows: Vec<Option<(usize, usize)>> = vec![None; px];
    let (mut left, mut right) = (px, 0);
    for at in region {
        let (x, y) = (at % px, at / px);
        (left, right) = (left.min(x), right.max(x));
        let (from, to) = rows[y].unwrap_or((x, x));
        rows[y] = Some((from.min(x), to.max(x)));
    }
    Letter { left, right, rows }
}

/// Puts a part to the letter it stands over, or under.
fn add(letters: &mut Vec<Letter>, part: Letter) {
    let shared = |letter: &Letter| {
        let both = (letter.right.min(part.right) + 1).saturating_sub(letter.left.max(part.left));
        let narrow = (letter.right - letter.left).min(part.right - part.left) + 1;
        both as f64 / narrow as f64
    };
    let Some(letter) = letters.iter_mut().find(|letter| shared(letter) >= OVER) else {
        letters.push(part);
        return;
    };
    (letter.left, letter.right) = (letter.left.min(part.left), letter.right.max(part.right));
    for (row, other) in letter.rows.iter_mut().zip(part.rows) {
        *row = match (*row, other) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

fn height(letters: &[Letter]) -> f64 {
    let rows = || letters.iter().flat_map(|letter| letter.rows.iter().enumerate());
    let ink = || rows().filter(|(_, row)| row.is_some()).map(|(at, _)| at);
    ink().max().zip(ink().min()).map_or(0.0, |(last, first)| (last + 1 - first) as f64)
}

/// The mean over the rows in which both have ink; rows in which only one has count as open.
fn gap(one: &Letter, other: &Letter, most: f64) -> Option<Gap> {
    let (mut sum, mut count, mut nearest) = (0.0, 0.0, f64::INFINITY);
    for (a, b) in one.rows.iter().zip(&other.rows) {
        match (a, b) {
            (Some((_, right)), Some((left, _))) => {
                let apart = *left as f64 - *right as f64 - 1.0;
                nearest = nearest.min(apart);
                sum += apart.min(most);
            }
            (Some(_), None) | (None, Some(_)) => sum += most,
            (None, None) => continue,
        }
        count += 1.0;
    }
    (count > 0.0)
        .then(|| Gap { mean: sum / count, nearest: nearest.min(other.left as f64 - one.right as f64) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripes(gaps: &[f64]) -> String {
        let mut x = 0.0;
        let mut path = String::new();
        for gap in gaps.iter().chain([&0.0]) {
            path.push_str(&format!("M{x} 0L{} 0L{} 100L{x} 100Z", x + 20.0, x + 20.0));
            x += 20.0 + gap;
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {x} 100\"><path d=\"{path}\"/></svg>"
        )
    }

    #[test]
    fn even_gaps_do_not_vary_and_spaces_do_not_count() {
        let even = variation(&stripes(&[20.0, 20.0, 20.0, 90.0, 20.0]), "iiiiii").unwrap();
        assert!(even < 0.05, "{even}");
        let uneven = variation(&stripes(&[12.0, 28.0, 12.0, 28.0, 12.0]), "iiiiii").unwrap();
        assert!((uneven - 0.4).abs() < 0.06, "{uneven}");
        assert_eq!(variation(&stripes(&[20.0; 5]), "नननननन"), None);
        assert_eq!(variation(&stripes(&[20.0; 2]), "iii"), None);
    }
}
