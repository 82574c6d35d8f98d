//! Two letters that become one figure: what they have in common is drawn once.
//!
//! Which letters may join is a table; whether these two can, and how, is measured from their outlines.

use core_vector::{bezier, combine, form};
use kurbo::{BezPath, Point};

/// Between rows, in thousandths of an em.
const ROW: f64 = 5.0;
/// Edges that differ by less, in thousandths of an em, are level.
const LEVEL: f64 = 9.0;
/// A bar is thicker than a hair and thinner than this.
const BAR_MAX: f64 = 260.0;
const BAR_MIN: f64 = 30.0;
/// Diagonals whose slopes differ by less run side by side.
const PARALLEL: f64 = 0.09;
/// A stroke that leans less than this is upright.
const LEAN_MIN: f64 = 0.12;

/// What two letters share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shared {
    Diagonal,
    Bowl,
    Bar,
    Stem,
}

/// How two letters become one figure.
#[derive(Clone, Debug)]
pub(crate) struct Joint {
    pub shared: Shared,
    /// How far the right one moves.
    pub by: f64,
    /// What closes the rest of the way between them, where it stands after the move.
    pub bridge: BezPath,
}

/// Letters on the left, on the right, and what they share. Only pairs that stay readable: two n in one would be an m.
const PAIRS: &[(&str, &str, Shared)] = &[
    ("A", "VW", Shared::Diagonal),
    ("VW", "A", Shared::Diagonal),
    ("ODQ", "OCGQ", Shared::Bowl),
    ("o", "ocdeq", Shared::Bowl),
    ("bp", "o", Shared::Bowl),
    ("ОФ", "ОСФ", Shared::Bowl),
    ("о", "осе", Shared::Bowl),
    ("ο", "ο", Shared::Bowl),
    ("T", "TEFZ", Shared::Bar),
    ("Z", "ZET", Shared::Bar),
    ("L", "LEZ", Shared::Bar),
    ("E", "Z", Shared::Bar),
    ("ft", "ft", Shared::Bar),
    ("ТГ", "ТГ", Shared::Bar),
    ("HNM", "BDEFKLPR", Shared::Stem),
    ("НИ", "ВЕБРГК", Shared::Stem),
];

/// What the table says of two letters.
#[must_use]
pub(crate) fn shared(left: char, right: char) -> Option<Shared> {
    PAIRS.iter().find(|(a, b, _)| a.contains(left) && b.contains(right)).map(|(.., shared)| *shared)
}

/// How these outlines join, in thousandths of an em, y downwards; `None` where they do not.
#[must_use]
pub(crate) fn find((left, right): (char, char), one: &BezPath, other: &BezPath) -> Option<Joint> {
    let shared = shared(left, right)?;
    let (one, other) = (Strokes::of(one)?, Strokes::of(other)?);
    match shared {
        Shared::Diagonal => diagonal(&one, &other),
        Shared::Bowl => bowl(&one, &other),
        Shared::Bar => bar(&one, &other),
        Shared::Stem => stem(&one, &other),
    }
}

/// A stretch of ink in a row.
type Span = (f64, f64);

/// A letter, row by row, and each row from left to right.
struct Strokes {
    top: f64,
    bottom: f64,
    rows: Vec<(f64, Vec<Span>)>,
}

impl Strokes {
    fn of(outline: &BezPath) -> Option<Self> {
        let whole = combine::union(std::slice::from_ref(outline));
        let ink = bezier::bounds(&whole);
        let polygons = bezier::polygons(&whole, 0.5);
        let count = ((ink.height() / ROW) as usize).min(600);
        let row = |at: usize| {
            let y = ink.y0 + (at as f64 + 0.5) * ROW;
            (y, spans(&polygons, y))
        };
        (count > 20).then(|| Self { top: ink.y0, bottom: ink.y1, rows: (0..count).map(row).collect() })
    }

    /// Rows away from both ends, by the share of the height that is left out on each.
    fn between(&self, share: f64) -> impl Iterator<Item = &(f64, Vec<Span>)> {
        let out = share * (self.bottom - self.top);
        self.rows.iter().filter(move |(y, _)| (self.top + out..=self.bottom - out).contains(y))
    }

    /// The last stretch of rows, or the first.
    fn edge(&self, share: f64, is_last: bool) -> Vec<(f64, Span)> {
        let side = |spans: &[Span]| if is_last { spans.last().copied() } else { spans.first().copied() };
        self.between(share).filter_map(|(y, spans)| Some((*y, side(spans)?))).collect()
    }

    /// Level strokes: rows whose stretch is much wider than an upright, from top to bottom.
    fn bars(&self, is_last: bool) -> Vec<Bar> {
        let edge = self.edge(0.0, is_last);
        let upright = quantile(edge.iter().map(|(_, span)| span.1 - span.0), 0.25).unwrap_or(0.0);
        let mut bars: Vec<Bar> = Vec::new();
        for (y, (from, to)) in edge {
            if to - from < 1.7 * upright {
                continue;
            }
            let end = if is_last { to } else { from };
            match bars.last_mut() {
                Some(bar) if y - bar.bottom < 1.5 * ROW && (end - bar.end).abs() < 3.0 * LEVEL => {
                    bar.bottom = y;
                    bar.end = if is_last { bar.end.max(end) } else { bar.end.min(end) };
                }
                _ => bars.push(Bar { top: y, bottom: y, end }),
            }
        }
        bars.retain(|bar| (BAR_MIN..BAR_MAX).contains(&(bar.bottom - bar.top)));
        bars
    }
}

/// A level stroke and where it ends.
struct Bar {
    top: f64,
    bottom: f64,
    end: f64,
}

fn spans(polygons: &[Vec<Point>], y: f64) -> Vec<Span> {
    let mut hits: Vec<f64> = Vec::new();
    for polygon in polygons {
        for (a, b) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
            if (a.y <= y) != (b.y <= y) {
                hits.push(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
            }
        }
    }
    hits.sort_by(f64::total_cmp);
    // The outline is a union: ink and paper take turns.
    hits.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

fn quantile(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(((values.len().max(1) - 1) as f64 * share) as usize).copied()
}

/// The slope of an edge and how far it leaves the straight line.
fn straight(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let count = points.len() as f64;
    let mean = |value: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / count;
    let (my, mx) = (mean(&|p| p.0), mean(&|p| p.1));
    let spread = mean(&|p| (p.0 - my) * (p.0 - my));
    if points.len() < 8 || spread <= 0.0 {
        return None;
    }
    let slope = mean(&|p| (p.0 - my) * (p.1 - mx)) / spread;
    let off = points.iter().map(|p| (p.1 - mx - slope * (p.0 - my)).abs()).fold(0.0, f64::max);
    Some((slope, off))
}

fn is_level(one: &Strokes, other: &Strokes) -> bool {
    let room = 0.06 * (one.bottom - one.top);
    (one.top - other.top).abs() < room && (one.bottom - other.bottom).abs() < room
}

/// The last diagonal of one is the first of the other.
fn diagonal(one: &Strokes, other: &Strokes) -> Option<Joint> {
    if !is_level(one, other) {
        return None;
    }
    let (last, first) = (one.edge(0.2, true), other.edge(0.2, false));
    let right: Vec<(f64, f64)> = last.iter().map(|(y, span)| (*y, span.1)).collect();
    let left: Vec<(f64, f64)> = first.iter().map(|(y, span)| (*y, span.0)).collect();
    let ((slope, off), (their, off_too)) = (straight(&right)?, straight(&left)?);
    if slope.abs() < LEAN_MIN || (slope - their).abs() > PARALLEL || off.max(off_too) > LEVEL {
        return None;
    }
    let thick = quantile(last.iter().map(|(_, span)| span.1 - span.0), 0.3)?;
    let by = quantile(right.iter().zip(&left).map(|(a, b)| a.1 - thick - b.1), 0.5)?;
    Some(Joint { shared: Shared::Diagonal, by, bridge: BezPath::new() })
}

/// Two round sides run through each other where they are widest.
fn bowl(one: &Strokes, other: &Strokes) -> Option<Joint> {
    let widest = |edge: Vec<(f64, Span)>, is_last: bool| {
        edge.into_iter()
            .max_by(|a, b| if is_last { a.1.1.total_cmp(&b.1.1) } else { b.1.0.total_cmp(&a.1.0) })
    };
    let (_, last) = widest(one.edge(0.3, true), true)?;
    let (_, first) = widest(other.edge(0.3, false), false)?;
    let thick = (last.1 - last.0).min(first.1 - first.0);
    (thick > BAR_MIN && thick < BAR_MAX).then(|| Joint {
        shared: Shared::Bowl,
        by: last.1 - thick - first.0,
        bridge: BezPath::new(),
    })
}

/// Level strokes of one height run on.
fn bar(one: &Strokes, other: &Strokes) -> Option<Joint> {
    let theirs = other.bars(false);
    let mut found: Vec<(Bar, f64)> = Vec::new();
    for own in one.bars(true) {
        let meets = |bar: &&Bar| {
            let common = own.bottom.min(bar.bottom) - own.top.max(bar.top);
            common > 0.7 * (own.bottom - own.top).min(bar.bottom - bar.top)
        };
        if let Some(next) = theirs.iter().find(meets) {
            let (top, bottom) = (own.top.max(next.top), own.bottom.min(next.bottom));
            found.push((Bar { top, bottom, end: own.end }, next.end));
        }
    }
    found.first()?;
    // The letters move until the bars meet, or some other parts would.
    let by = found.iter().map(|(own, next)| own.end - next).fold(f64::NEG_INFINITY, f64::max);
    let clear = one.rows.iter().filter_map(|(y, spans)| {
        let on_bar = found.iter().any(|(bar, _)| (bar.top - 2.0 * ROW..=bar.bottom + 2.0 * ROW).contains(y));
        let beside = other.rows.iter().find(|(their, _)| (their - y).abs() <= ROW / 2.0)?;
        (!on_bar).then_some(spans.last()?.1 + 2.0 * BAR_MIN - beside.1.first()?.0)
    });
    let by = by.max(clear.fold(f64::NEG_INFINITY, f64::max));
    let close = |(bar, next): &(Bar, f64)| {
        form::rect(bar.end - 12.0, bar.top - ROW / 2.0, next + by + 12.0, bar.bottom + ROW / 2.0)
    };
    let gaps = found.iter().filter(|(bar, next)| next + by > bar.end - 24.0);
    let bridge = gaps.map(close).collect::<Vec<_>>().into_iter().flatten().collect();
    Some(Joint { shared: Shared::Bar, by, bridge })
}

/// The last upright of one is the first of the other.
fn stem(one: &Strokes, other: &Strokes) -> Option<Joint> {
    if !is_level(one, other) {
        return None;
    }
    let (last, first) = (one.edge(0.25, true), other.edge(0.25, false));
    let right = quantile(last.iter().map(|(_, span)| span.1), 0.5)?;
    let left = quantile(first.iter().map(|(_, span)| span.0), 0.5)?;
    let upright = |values: Vec<f64>, at: f64| {
        let level = values.iter().filter(|value| (*value - at).abs() < LEVEL).count();
        level as f64 >= 0.95 * values.len() as f64
    };
    let is_upright = upright(last.iter().map(|(_, span)| span.1).collect(), right)
        && upright(first.iter().map(|(_, span)| span.0).collect(), left);
    let thick = quantile(last.iter().map(|(_, span)| span.1 - span.0), 0.3)?;
    is_upright.then(|| Joint { shared: Shared::Stem, by: right - thick - left, bridge: BezPath::new() })
}
