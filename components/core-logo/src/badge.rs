//! The badge of a concept: the mark in the middle, the name around it in its own face, as it would stand on a window.

use crate::fit::stepped;
use core_brand::casing::capital;
use core_brand::{Drawing, FillRole, Rng, Shape};
use core_typography::{Face, Line};
use core_vector::form::{self, Cap};
use core_vector::transform::{polar, turn};
use core_vector::{bezier, combine, path};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

/// The side of a badge.
const SIDE: f64 = 1000.0;
const MIDDLE: Point = Point::new(500.0, 500.0);
/// Height of the capitals, in thousandths of the diameter: what is wanted, and the least that is read on a window.
const CAP: [f64; 2] = [120.0, 92.0];
/// From the capitals to the edges of their band, in heights of the capitals.
const AIR: f64 = 0.44;
/// The most that a name may take of the circle when it runs over the top, in degrees.
const ROUND_MAX: f64 = 286.0;
/// The most that each of two lines may take, above and below.
const HALF_MAX: f64 = 148.0;
/// What stays free between the ink of a letter, its marks included, and the edges of the band, in heights of the capitals.
const AIR_LEAST: f64 = 0.1;
/// Letters on a circle stand further apart, in em: their feet are closer than their heads.
const TRACKING: f64 = 0.055;
/// The most that letters of a short name are spread, in em.
const TRACKING_MAX: f64 = 0.16;
/// Capitals under the mark of a straight badge, as a share of its height.
const CAP_UNDER: f64 = 0.105;
/// A straight badge is at most this many times as wide as high.
const WIDE_MAX: f64 = 2.4;

/// What a badge is made of.
pub(crate) struct Parts<'a> {
    pub mark: &'a Drawing,
    pub wordmark: &'a Drawing,
    pub cap_height: f64,
    /// The face that the name is set around the mark in.
    pub face: &'a Face,
    pub name: &'a str,
    pub language: &'a str,
    pub is_round: bool,
}

/// The badge; round where the name can be read on a circle, else a frame with the name under the mark.
#[must_use]
pub(crate) fn draw(parts: &Parts, rng: &mut Rng) -> Drawing {
    if runs_around(parts.name) {
        for cap in [CAP[0], f64::midpoint(CAP[0], CAP[1]), CAP[1]] {
            if let Some(lettering) = Lettering::set(parts, cap) {
                return round(parts, lettering, cap, rng);
            }
        }
    }
    straight(parts)
}

/// Scripts whose letters hold hands, hang from a line or run to the left are not bent.
fn runs_around(name: &str) -> bool {
    !core_typography::is_right_to_left(name)
        && !name.chars().any(|letter| matches!(u32::from(letter), 0x0600..=0x109f | 0x1780..=0x18af))
}

/// A line of glyph groups: the outline of each about the middle of its width, baseline at 0, and where it stands.
struct Row {
    letters: Vec<(BezPath, f64)>,
    length: f64,
}

impl Row {
    fn set(face: &Face, text: &str, language: &str, cap: f64, tracking: f64) -> Option<Self> {
        let line: Line = face.shape(text, language);
        let scale = cap / face.cap_height().max(1.0);
        let em = face.units_per_em() * scale;
        let mut letters: Vec<(BezPath, f64)> = Vec::new();
        let (mut at, mut end) = (0, 0.0);
        while at < line.glyphs.len() {
            let range = &line.glyphs[at].text;
            let group: Vec<_> = line.glyphs[at..].iter().take_while(|glyph| glyph.text == *range).collect();
            let (x, advance) = (group[0].x, group.iter().map(|glyph| glyph.advance).sum::<f64>());
            let middle = x + advance / 2.0;
            let mut outline = BezPath::new();
            for glyph in &group {
                let place =
                    Affine::new([scale, 0.0, 0.0, -scale, (glyph.x - middle) * scale, -glyph.y * scale]);
                outline.extend(place * face.outline(glyph.id));
            }
            let pushed = tracking * em * letters.len() as f64;
            letters.push((outline, middle * scale + pushed));
            end = (x + advance) * scale + pushed;
            at += group.len();
        }
        let is_set = line.glyphs.iter().all(|glyph| glyph.id != 0) && !letters.is_empty();
        is_set.then_some(Self { letters, length: end })
    }

    /// Degrees on a circle of this radius.
    fn degrees(&self, radius: f64) -> f64 {
        (self.length / radius).to_degrees()
    }

    /// The letters in the band: the capitals in its middle, or, where marks reach further, all of the ink. `None`
    /// where the band has no room for that.
    fn placed(&self, cap: f64, below: bool) -> Option<Vec<BezPath>> {
        let middle = middle_of_band(cap);
        let half = cap * (AIR + 0.5 - AIR_LEAST);
        let mut shift = 0.0;
        for _ in 0..2 {
            let letters = self.around(cap, middle, shift, below);
            let (near, far) = reach(&letters);
            if near >= middle - half && far <= middle + half {
                return Some(letters);
            }
            shift += middle - f64::midpoint(near, far);
        }
        None
    }

    /// Every letter upright on the circle, read from outside or, below, from within; shifted outwards.
    fn around(&self, cap: f64, middle: f64, shift: f64, below: bool) -> Vec<BezPath> {
        let place = |(outline, x): &(BezPath, f64)| {
            let along = ((x - self.length / 2.0) / middle).to_degrees();
            let (degrees, foot) =
                if below { (90.0 - along, middle + cap / 2.0) } else { (along - 90.0, middle - cap / 2.0) };
            let upright = if below { degrees - 90.0 } else { degrees + 90.0 };
            let at = polar(MIDDLE, foot + shift, degrees);
            turn(upright, at) * Affine::translate(at.to_vec2()) * outline.clone()
        };
        self.letters.iter().filter(|letter| !letter.0.elements().is_empty()).map(place).collect()
    }
}

/// How near to the middle the ink of these letters comes, and how far from it.
fn reach(letters: &[BezPath]) -> (f64, f64) {
    let (mut near, mut far) = (f64::INFINITY, 0.0_f64);
    for contour in letters.iter().flat_map(|letter| bezier::polygons(letter, 1.0)) {
        for (from, to) in contour.iter().zip(contour.iter().cycle().skip(1)) {
            let along = *to - *from;
            let share = ((MIDDLE - *from).dot(along) / along.hypot2().max(1e-9)).clamp(0.0, 1.0);
            near = near.min((*from + share * along - MIDDLE).hypot2().sqrt());
            far = far.max((*from - MIDDLE).hypot2().sqrt());
        }
    }
    (near, far)
}

/// A row in its band: the letters, and how many degrees they take.
struct Arc {
    letters: Vec<BezPath>,
    degrees: f64,
}

/// The name as it stands around the mark.
struct Lettering {
    above: Arc,
    below: Option<Arc>,
}

impl Lettering {
    /// One arc, or two that are about as long; `None` where the name is too long for this size.
    fn set(parts: &Parts, cap: f64) -> Option<Self> {
        let text = capitals(parts.name, parts.language);
        let radius = middle_of_band(cap);
        let row = |text: &str, tracking: f64| Row::set(parts.face, text, parts.language, cap, tracking);
        let arc = |row: &Row, below: bool| {
            Some(Arc { letters: row.placed(cap, below)?, degrees: row.degrees(radius) })
        };
        let whole = row(&text, TRACKING)?;
        let halves = halves(&text).and_then(|(first, second)| {
            let (above, below) = (row(first, TRACKING)?, row(second, TRACKING)?);
            let fits = |row: &Row| (18.0..=HALF_MAX).contains(&row.degrees(radius));
            let both = fits(&above) && fits(&below);
            both.then(|| Some(Self { above: arc(&above, false)?, below: Some(arc(&below, true)?) }))?
        });
        if halves.is_some() && whole.degrees(radius) > 120.0 {
            return halves;
        }
        if whole.degrees(radius) > ROUND_MAX {
            return None;
        }
        // Short names are spread a little, long ones stay as they are.
        let spread = if whole.degrees(radius) < 110.0 { TRACKING_MAX } else { TRACKING };
        Some(Self { above: arc(&row(&text, spread)?, false)?, below: None })
    }
}

/// The name in capitals; a letter whose capital is two becomes two.
fn capitals(name: &str, language: &str) -> String {
    name.chars()
        .map(|letter| capital(letter, language).map_or_else(|| letter.to_uppercase().collect(), String::from))
        .collect()
}

/// The words above and those below, as equal in length as the spaces allow; signs between them fall away.
fn halves(text: &str) -> Option<(&str, &str)> {
    let length = |text: &str| text.chars().count() as i64;
    let parts = |at: usize| (text[..at].trim(), text[at..].trim());
    let best = text.match_indices(' ').min_by_key(|(at, _)| {
        let (first, second) = parts(*at);
        (length(first) - length(second)).abs()
    })?;
    let (first, second) = parts(best.0);
    (!first.is_empty() && !second.is_empty()).then_some((first, second))
}

fn middle_of_band(cap: f64) -> f64 {
    SIDE / 2.0 - EDGE - cap * (AIR + 0.5)
}

/// The line at the outer edge, its air included.
const EDGE: f64 = 30.0;
/// The width of that line.
const LINE: f64 = 20.0;

/// A ring with the name in it.
fn round(parts: &Parts, lettering: Lettering, cap: f64, rng: &mut Rng) -> Drawing {
    let middle = middle_of_band(cap);
    let inner = middle - cap * (AIR + 0.5);
    let mut letters = lettering.above.letters;
    let mut ornaments = Vec::new();
    let above = lettering.above.degrees / 2.0;
    if let Some(arc) = lettering.below {
        letters.extend(arc.letters);
        let below = arc.degrees / 2.0;
        // In the middle of what is free on each side.
        let at = -90.0 + f64::midpoint(above, 180.0 - below);
        ornaments.extend(
            [at, 180.0 - at].map(|degrees| sign(parts, polar(MIDDLE, middle, degrees), cap * 0.27, degrees)),
        );
    } else {
        ornaments.extend(close(parts, cap, middle, above, rng));
    }
    let letters: Vec<BezPath> = letters.into_iter().map(|letter| combine::union(&[letter])).collect();
    let edge = SIDE / 2.0;
    let is_solid = rng.unit() < 0.5;
    let mut shapes = Vec::new();
    let mut put = |fill: FillRole, path: &BezPath| {
        if !path.elements().is_empty() {
            shapes.push(Shape { fill, path: path::write(&stepped(path)) });
        }
    };
    if is_solid {
        let mut cuts = letters;
        cuts.extend(ornaments);
        put(FillRole::Mark, &combine::subtract(&form::ring(MIDDLE, edge, inner), &cuts));
    } else {
        let mut lines = form::ring(MIDDLE, edge, edge - LINE);
        lines.extend(form::ring(MIDDLE, inner, inner - LINE * 0.6));
        put(FillRole::Mark, &lines);
        let mut all = BezPath::new();
        letters.into_iter().for_each(|letter| all.extend(letter));
        put(FillRole::Ink, &all);
        put(FillRole::Accent, &combine::union(&ornaments));
    }
    let room = inner - if is_solid { cap * 0.4 } else { cap * 0.42 + LINE * 0.6 };
    shapes.extend(placed(parts.mark, room));
    Drawing { width: SIDE, height: SIDE, shapes: by_role(shapes) }
}

/// What closes the ring under a name of one line: a rule with a sign in its middle, or the sign alone.
fn close(parts: &Parts, cap: f64, middle: f64, above: f64, rng: &mut Rng) -> Vec<BezPath> {
    let free = 180.0 - above;
    let size = cap * 0.27;
    let apart = ((cap * 0.62) / middle).to_degrees();
    let mut all = vec![sign(parts, polar(MIDDLE, middle, 90.0), size, 90.0)];
    if free > 70.0 {
        let cap_of = if parts.is_round { Cap::Round } else { Cap::Flat };
        let end = free - apart * 1.5;
        let width = cap * rng.between(0.16, 0.22);
        for (from, to) in [(90.0 - end, 90.0 - apart), (90.0 + apart, 90.0 + end)] {
            all.push(form::arc_band(MIDDLE, middle, width, from, to, cap_of));
        }
    } else if free > 34.0 {
        let by = apart * 1.15;
        for degrees in [90.0 - by, 90.0 + by] {
            all.push(sign(parts, polar(MIDDLE, middle, degrees), size * 0.72, degrees));
        }
    }
    all
}

/// A star, or a point where the taste is round.
fn sign(parts: &Parts, at: Point, radius: f64, degrees: f64) -> BezPath {
    if parts.is_round {
        form::circle(at, radius * 0.72)
    } else {
        form::polygon(&form::star(at, radius * 1.16, radius * 0.5, 5, degrees))
    }
}

/// The mark's shapes, as large as a disc of this radius in the middle allows.
fn placed(mark: &Drawing, radius: f64) -> Vec<Shape> {
    let paths: Vec<(FillRole, BezPath)> =
        mark.shapes.iter().filter_map(|shape| Some((shape.fill, path::parse(&shape.path).ok()?))).collect();
    let points: Vec<Point> =
        paths.iter().flat_map(|(_, path)| bezier::polygons(path, 1.0)).flatten().collect();
    let (center, reach) = disc(&points);
    let place = Affine::translate(MIDDLE.to_vec2())
        * Affine::scale(radius / reach.max(1.0))
        * Affine::translate(-center.to_vec2());
    paths
        .into_iter()
        .map(|(fill, outline)| Shape { fill, path: path::write(&stepped(&(place * outline))) })
        .collect()
}

/// The smallest disc about points, near enough: it goes after the furthest point in ever smaller steps.
fn disc(points: &[Point]) -> (Point, f64) {
    let Some(first) = points.first() else { return (MIDDLE, SIDE) };
    let around = points.iter().fold(Rect::from_points(*first, *first), |all, point| all.union_pt(*point));
    let mut center = around.center();
    let furthest = |center: Point| {
        points.iter().map(|point| (*point, (*point - center).hypot2())).max_by(|a, b| a.1.total_cmp(&b.1))
    };
    for step in 1..=60 {
        if let Some((point, _)) = furthest(center) {
            center += (point - center) / f64::from(step + 1);
        }
    }
    (center, furthest(center).map_or(SIDE, |(_, distance)| distance.sqrt()))
}

/// A frame with the mark above and the name set straight below it.
fn straight(parts: &Parts) -> Drawing {
    let word = parts.wordmark;
    let pad = 90.0;
    let cap = SIDE * CAP_UNDER;
    let most = SIDE * WIDE_MAX - 2.0 * pad;
    let factor = (cap / parts.cap_height.max(1.0)).min(most / word.width.max(1.0));
    let (word_width, word_height) = (word.width * factor, word.height * factor);
    let width = (word_width + 2.0 * pad).max(SIDE);
    let gap = cap * 0.9;
    let room = (SIDE - 2.0 * pad - word_height - gap).max(SIDE * 0.36);
    let height = 2.0 * pad + room + gap + word_height;
    let corner = if parts.is_round { 90.0 } else { 0.0 };
    let mut frame = form::rounded_rect(0.0, 0.0, width, height, corner);
    frame.extend(form::reversed(&form::rounded_rect(
        LINE,
        LINE,
        width - LINE,
        height - LINE,
        (corner - LINE).max(0.0),
    )));
    let mut shapes = vec![Shape { fill: FillRole::Mark, path: path::write(&stepped(&frame)) }];
    let place = core_vector::transform::fit(
        Rect::new(0.0, 0.0, parts.mark.width, parts.mark.height),
        Rect::new((width - room) / 2.0, pad, f64::midpoint(width, room), pad + room),
    );
    let moved = |shape: &Shape, by: Affine| {
        Some(Shape { fill: shape.fill, path: path::write(&stepped(&(by * path::parse(&shape.path).ok()?))) })
    };
    shapes.extend(parts.mark.shapes.iter().filter_map(|shape| moved(shape, place)));
    for line in &word.shapes {
        // Every line stands in the middle by itself.
        let ink = path::parse(&line.path).map(|path| bezier::bounds(&path)).unwrap_or_default();
        let at = Vec2::new(width / 2.0 - ink.center().x * factor, pad + room + gap);
        shapes.extend(moved(line, Affine::translate(at) * Affine::scale(factor)));
    }
    Drawing { width: path::on_grid(width), height: path::on_grid(height), shapes: by_role(shapes) }
}

/// Shapes of one role after those of another, as files are grouped.
fn by_role(mut shapes: Vec<Shape>) -> Vec<Shape> {
    let order = |shape: &Shape| match shape.fill {
        FillRole::Mark => 0,
        FillRole::Accent => 1,
        _ => 2,
    };
    shapes.sort_by_key(order);
    shapes
}
