//! The name as outlines: shaped, kerned, spaced by the design, set on one line or two.

use crate::fit::stepped;
use core_brand::{Design, Drawing, FillRole, Shape};
use core_typography::{Face, Line};
use core_vector::{bezier, combine, path};
use kurbo::{Affine, BezPath, Rect};

/// Names with more letters are set on two lines where they have a space.
const LINE_CHARS_MAX: usize = 18;
/// Units per em of a wordmark.
const EM: f64 = 1000.0;
/// From one baseline to the next, at least, in em; more where letters rise or hang far.
const LEADING_MIN: f64 = 1.02;
/// Between the ink of two lines, in em.
const LINE_GAP: f64 = 0.16;
/// The height of capitals for scripts that have none, as a share of the ink.
const CAP_OF_INK: f64 = 0.62;

/// The name, and where its lines stand.
#[derive(Clone, Debug)]
pub(crate) struct Wordmark {
    pub drawing: Drawing,
    pub baseline: f64,
    pub cap_height: f64,
    pub right_to_left: bool,
    /// Letters that the face could not draw; none for a checked name.
    pub missing: usize,
}

/// One line, its baseline at zero.
struct Row {
    outline: BezPath,
    ink: Rect,
}

/// Sets a name.
#[must_use]
pub(crate) fn set(face: &Face, name: &str, language: &str, design: &Design) -> Wordmark {
    let lines = lines(face, name, language);
    let shaped: Vec<Line> = lines.iter().map(|line| face.shape(line, language)).collect();
    let missing = shaped.iter().flat_map(|line| &line.glyphs).filter(|glyph| glyph.id == 0).count();
    let right_to_left = shaped.first().is_some_and(|line| line.right_to_left);
    let tracking = if is_joined(name) { 0.0 } else { tracking(design) };
    let rows: Vec<Row> = shaped.iter().map(|line| row(face, line, tracking)).collect();
    let (drawing, baseline) = stack(&rows, right_to_left);
    let ink = rows.iter().map(|row| row.ink.height()).fold(0.0, f64::max);
    let has_capitals =
        name.chars().any(|letter| letter.is_uppercase() || letter.is_lowercase() || letter.is_ascii_digit());
    let cap = if has_capitals { face.cap_height() * EM / face.units_per_em() } else { ink * CAP_OF_INK };
    Wordmark { drawing, baseline, cap_height: path::on_grid(cap.max(1.0)), right_to_left, missing }
}

/// One line, or two that are as equal in length as the spaces allow.
fn lines(face: &Face, name: &str, language: &str) -> Vec<String> {
    if name.chars().count() <= LINE_CHARS_MAX || !name.contains(' ') {
        return vec![name.to_owned()];
    }
    let parts = |at: usize| (name[..at].trim_end().to_owned(), name[at..].trim_start().to_owned());
    let longest = |at: &usize| {
        let (first, second) = parts(*at);
        face.shape(&first, language).advance.max(face.shape(&second, language).advance)
    };
    let spaces = name.match_indices(' ').map(|(at, _)| at);
    let best = spaces.min_by(|a, b| longest(a).total_cmp(&longest(b)));
    best.map_or_else(|| vec![name.to_owned()], |at| [parts(at).0, parts(at).1].into())
}

/// What the design asks between letters, in em.
fn tracking(design: &Design) -> f64 {
    let sizes = &design.typography.sizes;
    sizes.iter().find(|size| size.role == "display").map_or(0.0, |size| f64::from(size.tracking) / 1000.0)
}

/// Whether letters of the script hold hands, so that spacing would tear them apart.
fn is_joined(name: &str) -> bool {
    name.chars().any(|letter| {
        matches!(u32::from(letter), 0x0600..=0x08ff | 0x0900..=0x0dff | 0x1800..=0x18af | 0xfb50..=0xfdff | 0xfe70..=0xfeff)
    })
}

fn row(face: &Face, line: &Line, tracking: f64) -> Row {
    let scale = EM / face.units_per_em();
    let mut all = BezPath::new();
    let mut pushed = 0.0;
    let mut cluster = None;
    for glyph in &line.glyphs {
        // Marks belong to the letter before them and move with it.
        if cluster.is_some_and(|range| range != glyph.text) {
            pushed += tracking * EM;
        }
        cluster = Some(glyph.text.clone());
        let place = Affine::new([scale, 0.0, 0.0, -scale, glyph.x * scale + pushed, -glyph.y * scale]);
        all.extend(place * face.outline(glyph.id));
    }
    let outline = combine::union(&[all]);
    let ink = bezier::bounds(&outline);
    Row { outline, ink }
}

/// The rows under each other in a box tight around the ink, and the baseline of the last.
fn stack(rows: &[Row], right_to_left: bool) -> (Drawing, f64) {
    let width = rows.iter().map(|row| row.ink.width()).fold(0.0, f64::max);
    let top = rows.first().map_or(0.0, |row| -row.ink.y0);
    let mut baseline = top;
    let mut shapes = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).and_then(|before| rows.get(before)) {
            baseline += (before.ink.y1 - row.ink.y0 + LINE_GAP * EM).max(LEADING_MIN * EM);
        }
        let x = if right_to_left { width - row.ink.width() } else { 0.0 } - row.ink.x0;
        let placed = Affine::translate((x, baseline)) * row.outline.clone();
        shapes.push(Shape { fill: FillRole::Ink, path: path::write(&stepped(&placed)) });
    }
    let height = baseline + rows.last().map_or(0.0, |row| row.ink.y1);
    let drawing = Drawing { width: path::on_grid(width), height: path::on_grid(height), shapes };
    (drawing, path::on_grid(baseline))
}
