//! Looks for logos in a picture: what stands on a plain ground is cut out, and its mask compared with those of the
//! kit's logos, upright and turned.
//!
//! What it cannot see: logos on photographs, logos that touch something else, and shifts of a percent or two. It never
//! says that a logo is right, only what it recognised and what is wrong with that.

use crate::known::{Known, Template};
use crate::picture::{FLAT_MIN, Picture};
use crate::scene::Paint;
use core_brand::pattern::Tone;
use core_brand::{FillRole, Rgb};
use core_vector::raster;
use kurbo::{Affine, BezPath, Rect};
use std::collections::BTreeMap;

/// Side of the picture that is searched; larger ones are reduced.
const WORK_PX: usize = 640;
/// Side of the masks that are compared.
const MASK_PX: usize = 48;
/// Two masks are one logo from this share of common ink on, of all ink in either (heuristic: letters of another
/// name in the same face reach 0.6).
const COMMON_MIN: f64 = 0.82;
/// The same where the mark of the logo was recognised, and only what stands beside it is asked for.
const BESIDE_MIN: f64 = 0.65;
/// Pixels of the search that what stands there may be off.
const PLACE_OFF: f64 = 2.5;
/// Degrees between the turns that are tried.
const TURN_STEP: u32 = 15;
/// Pixels of a cut-out below which nothing can be told.
const SIDE_MIN: usize = 14;
/// Parts of a picture that are looked at: a page of text has thousands, and no logo among them that could be told.
const PARTS_MAX: usize = 1_500;
/// Cut-outs that are compared.
const CUTS_MAX: usize = 400;
/// Gaps in pixels over which parts are taken together, one after the other.
const GAPS: [i64; 9] = [0, 2, 4, 8, 14, 24, 40, 64, 96];
/// Distance of two colours in steps of a channel from which they are not one ground.
const GROUND_OFF: i32 = 36;
/// What rounding may move a tone off its way, in the same steps.
const TONE_OFF: i32 = 6;
/// Share of the rim that must be of one colour to be a ground.
const RIM_MIN: f64 = 0.6;
/// Share of the picture that an inner ground has at least.
const INNER_MIN: f64 = 0.2;

/// A logo in a picture.
pub(crate) struct Seen {
    pub(crate) template: usize,
    /// In pixels of the picture.
    pub(crate) area: Rect,
    /// Width by height of what is seen, to that of the template, turned back.
    pub(crate) stretch: f64,
    /// How much of the stretch may be rounding.
    pub(crate) doubt: f64,
    pub(crate) degrees: f64,
    pub(crate) colors: Vec<(FillRole, Paint)>,
    pub(crate) ground: Option<Rgb>,
    /// How far other things are that stand near it.
    pub(crate) near: Vec<f64>,
    pub(crate) scale: f64,
}

/// The logos of a picture; `None` where it has no plain ground.
pub(crate) fn find(known: &Known, picture: &Picture) -> Option<Vec<Seen>> {
    let outer = ground(picture);
    let found = outer.map(|outer| on_ground(known, picture, outer)).unwrap_or_default();
    if !found.is_empty() {
        return Some(found);
    }
    // A tile with round corners has its ground inside.
    let inner = inner_ground(picture, outer.flatten());
    inner.map(|inner| on_ground(known, picture, inner)).or(outer.map(|_| found))
}

/// A colour, or nothing: what can be seen through.
type Ground = Option<Rgb>;

fn ground(picture: &Picture) -> Option<Ground> {
    let (width, height) = (picture.width, picture.height);
    let rows = (0..height).flat_map(|row| [row * width, row * width + width - 1]);
    let rim: Vec<usize> = (0..width).chain((height - 1) * width..height * width).chain(rows).collect();
    let clear = rim.iter().filter(|at| !picture.is_there(**at)).count();
    if clear as f64 >= RIM_MIN * rim.len() as f64 {
        return Some(None);
    }
    let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
    for at in rim.iter().filter(|at| picture.is_there(**at)) {
        *counts.entry(picture.rgb(*at)).or_insert(0) += 1;
    }
    let (most, _) = counts.iter().max_by_key(|(_, count)| **count)?;
    let same: usize =
        counts.iter().filter(|(rgb, _)| apart(**rgb, *most) < GROUND_OFF).map(|(_, count)| count).sum();
    (same as f64 >= RIM_MIN * rim.len() as f64).then_some(Some(*most))
}

/// The colour that most of what stands on the outer ground has, where it is an area and not many things.
fn inner_ground(picture: &Picture, outer: Ground) -> Option<Ground> {
    let (flats, share) = picture.flats();
    let inner = flats.iter().find(|flat| outer.is_none_or(|outer| apart(flat.rgb, outer) >= GROUND_OFF));
    let is_wide = |count: u32| f64::from(count) >= INNER_MIN * picture.pixels.len() as f64;
    inner.filter(|flat| share >= FLAT_MIN && is_wide(flat.count)).map(|flat| Some(flat.rgb))
}

fn apart(a: Rgb, b: Rgb) -> i32 {
    let channel = |a: u8, b: u8| i32::from(a.abs_diff(b));
    channel(a.r, b.r) + channel(a.g, b.g) + channel(a.b, b.b)
}

/// The picture as ink and ground, small enough to be searched.
struct Work {
    width: usize,
    height: usize,
    ink: Vec<bool>,
    /// Pixels of the picture in one of these.
    by: usize,
}

/// Whether a colour lies on the way from its ground to a tone: a pattern of the brand and its edges are part of the ground.
fn is_toned(tones: &[&Tone], rgb: Rgb) -> bool {
    let way = |tone: &Tone| apart(tone.ground, rgb) + apart(rgb, tone.rgb);
    tones.iter().any(|tone| way(tone) <= apart(tone.ground, tone.rgb) + TONE_OFF)
}

fn work(picture: &Picture, ground: Ground, tones: &[Tone]) -> Work {
    let of_ground = |tone: &&Tone| ground.is_some_and(|ground| apart(tone.ground, ground) <= TONE_OFF);
    let tones: Vec<&Tone> = tones.iter().filter(of_ground).collect();
    let by = picture.width.max(picture.height).div_ceil(WORK_PX).max(1);
    let (width, height) = (picture.width.div_ceil(by), picture.height.div_ceil(by));
    let is_ink = |at: usize| {
        let rgb = picture.rgb(at);
        let is_off = || ground.is_none_or(|ground| apart(rgb, ground) >= GROUND_OFF);
        picture.is_there(at) && is_off() && !is_toned(&tones, rgb)
    };
    let mut ink = vec![false; width * height];
    for (at, cell) in ink.iter_mut().enumerate() {
        let (left, top) = (at % width * by, at / width * by);
        let (right, bottom) = ((left + by).min(picture.width), (top + by).min(picture.height));
        let count = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        let dark = count.filter(|(x, y)| is_ink(y * picture.width + x)).count();
        *cell = dark * 2 >= (right - left) * (bottom - top);
    }
    Work { width, height, ink, by }
}

/// A piece of ink that hangs together, or several of those.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    /// Left, top, right, bottom; the last two not in it.
    area: [i64; 4],
    parts: Vec<usize>,
}

impl Cut {
    fn and(mut self, other: Self) -> Self {
        for side in [0, 1] {
            self.area[side] = self.area[side].min(other.area[side]);
            self.area[side + 2] = self.area[side + 2].max(other.area[side + 2]);
        }
        self.parts.extend(other.parts);
        self.parts.sort_unstable();
        self
    }
}

fn on_ground(known: &Known, picture: &Picture, ground: Ground) -> Vec<Seen> {
    let work = work(picture, ground, &known.tones);
    let Some((labels, parts)) = parts(&work) else { return Vec::new() };
    let shapes: Vec<Vec<Shape>> = known.templates.iter().map(shapes).collect();
    let mut found: Vec<Seen> = Vec::new();
    let mut used: Vec<Cut> = Vec::new();
    // The largest first: a lockup before the mark in it.
    for cut in cuts(&parts) {
        if cut.parts.iter().any(|part| used.iter().any(|other| other.parts.contains(part))) {
            continue;
        }
        let mask = mask(&work, &labels, &cut);
        if let Some((template, shape)) = best(&shapes, &mask) {
            let whole = whole(known, &shapes, (&work, &labels, &parts), template, &cut);
            let (template, shape, cut) = whole.unwrap_or((template, shape, cut));
            let one = &known.templates[template];
            found.push(seen(picture, &work, &parts, &cut, (template, one), shape, ground));
            used.push(cut);
        }
    }
    found
}

/// The lockup that a mark belongs to: one whose other parts stand where they should beside it. Small letters alone, or those
/// of a picture that was reduced, are too little to be recognised.
fn whole<'a>(
    known: &Known,
    shapes: &'a [Vec<Shape>],
    (work, labels, parts): (&Work, &[usize], &[Cut]),
    found: usize,
    cut: &Cut,
) -> Option<(usize, &'a Shape, Cut)> {
    let mark = &known.templates[found];
    let [left, top, right, bottom] = cut.area.map(|side| side as f64);
    let tried = known.templates.iter().enumerate().filter(|(_, one)| one.concept == mark.concept);
    let hits = tried.filter_map(|(index, one)| {
        let own = one.mark().filter(|_| mark.lockup == "mark" && one.lockup != "mark")?;
        let (across, down) = ((right - left) / own.width(), (bottom - top) / own.height());
        let fit = Affine::translate((left, top))
            * Affine::scale_non_uniform(across, down)
            * Affine::translate((-own.x0, -own.y0));
        let place = fit.transform_rect_bbox(one.ink).inflate(PLACE_OFF, PLACE_OFF);
        let inside = |part: &&Cut| {
            let [x0, y0, x1, y1] = part.area.map(|side| side as f64);
            x0 >= place.x0 && y0 >= place.y0 && x1 <= place.x1 && y1 <= place.y1
        };
        let all = parts.iter().filter(inside).cloned().reduce(Cut::and)?;
        let shape = &shapes[index][0];
        let is_it =
            all.parts.len() > cut.parts.len() && cut.parts.iter().all(|part| all.parts.contains(part));
        let common = if is_it { common(&shape.mask, &self::mask(work, labels, &all)) } else { 0.0 };
        (common >= BESIDE_MIN).then_some((common, (index, shape, all)))
    });
    hits.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, whole)| whole)
}

/// Labels of all pixels, 0 for the ground, and a cut of each part; none where there are too many.
fn parts(work: &Work) -> Option<(Vec<usize>, Vec<Cut>)> {
    let mut labels = vec![0_usize; work.ink.len()];
    let mut parts: Vec<Cut> = Vec::new();
    let (width, height) = (work.width as i64, work.height as i64);
    for start in 0..work.ink.len() {
        if !work.ink[start] || labels[start] != 0 {
            continue;
        }
        if parts.len() >= PARTS_MAX {
            return None;
        }
        let label = parts.len() + 1;
        let mut area = [i64::MAX, i64::MAX, 0, 0];
        let mut open = vec![start];
        labels[start] = label;
        while let Some(at) = open.pop() {
            let (x, y) = (at as i64 % width, at as i64 / width);
            area = [area[0].min(x), area[1].min(y), area[2].max(x + 1), area[3].max(y + 1)];
            for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)] {
                let (x, y) = (x + dx, y + dy);
                if (0..width).contains(&x) && (0..height).contains(&y) {
                    let next = (y * width + x) as usize;
                    if work.ink[next] && labels[next] == 0 {
                        labels[next] = label;
                        open.push(next);
                    }
                }
            }
        }
        parts.push(Cut { area, parts: vec![parts.len()] });
    }
    Some((labels, parts))
}

/// Parts alone and taken together, over wider and wider gaps, the largest first.
fn cuts(parts: &[Cut]) -> Vec<Cut> {
    let mut all: Vec<Cut> = Vec::new();
    let mut level: Vec<Cut> = parts.to_vec();
    for gap in GAPS {
        level = joined(level, gap);
        all.extend(level.iter().cloned());
    }
    let size = |cut: &Cut| (cut.area[2] - cut.area[0]) * (cut.area[3] - cut.area[1]);
    all.retain(|cut| {
        cut.area[2] - cut.area[0] >= SIDE_MIN as i64 && cut.area[3] - cut.area[1] >= SIDE_MIN as i64
    });
    all.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.cmp(b)));
    all.dedup();
    all.truncate(CUTS_MAX);
    all
}

/// Joins what lies nearer than a gap, until nothing does.
fn joined(mut level: Vec<Cut>, gap: i64) -> Vec<Cut> {
    loop {
        let before = level.len();
        level.sort();
        let mut next: Vec<Cut> = Vec::new();
        for cut in level {
            let near = |other: &Cut| {
                other.area[0] - gap < cut.area[2]
                    && cut.area[0] - gap < other.area[2]
                    && other.area[1] - gap < cut.area[3]
                    && cut.area[1] - gap < other.area[3]
            };
            match next.iter_mut().find(|other| near(other)) {
                Some(other) => *other = other.clone().and(cut),
                None => next.push(cut),
            }
        }
        level = next;
        if level.len() == before {
            return level;
        }
    }
}

type Mask = Vec<u8>;

/// The ink of a cut, brought into a square.
fn mask(work: &Work, labels: &[usize], cut: &Cut) -> Mask {
    let [left, top, right, bottom] = cut.area.map(|side| side as usize);
    let (wide, high) = (right - left, bottom - top);
    let mut mask = vec![0_u8; MASK_PX * MASK_PX];
    for (at, cell) in mask.iter_mut().enumerate() {
        // Four samples a side are as fine as the picture allows.
        let mut dark = 0_u32;
        for sample in 0..16 {
            let u = (at % MASK_PX) as f64 + (f64::from(sample % 4) + 0.5) / 4.0;
            let v = (at / MASK_PX) as f64 + (f64::from(sample / 4) + 0.5) / 4.0;
            let x = left + ((u / MASK_PX as f64 * wide as f64) as usize).min(wide - 1);
            let y = top + ((v / MASK_PX as f64 * high as f64) as usize).min(high - 1);
            let label = labels[y * work.width + x];
            dark += u32::from(label != 0 && cut.parts.binary_search(&(label - 1)).is_ok());
        }
        *cell = (dark * 255 / 16) as u8;
    }
    mask
}

/// A template at one turn, brought into a square.
struct Shape {
    degrees: f64,
    /// Width by height before it was.
    aspect: f64,
    ink: Rect,
    mask: Mask,
}

fn shapes(template: &Template) -> Vec<Shape> {
    let turns = (0..360).step_by(TURN_STEP as usize);
    turns.map(|degrees| shape(template, f64::from(degrees))).collect()
}

fn shape(template: &Template, degrees: f64) -> Shape {
    let radians = degrees.to_radians();
    let (sin, cos) = (libm::sin(radians), libm::cos(radians));
    let turn = Affine::new([cos, sin, -sin, cos, 0.0, 0.0]);
    let turned: Vec<BezPath> = template.outlines.iter().map(|(_, outline)| turn * outline.clone()).collect();
    let bounds = |path: &BezPath| core_vector::bezier::bounds(path);
    let ink = turned.iter().map(bounds).reduce(|all, one| all.union(one)).unwrap_or(Rect::ZERO);
    let mask = squared(&turned, ink);
    let degrees = if degrees > 180.0 { degrees - 360.0 } else { degrees };
    Shape { degrees, aspect: ink.width() / ink.height().max(1e-9), ink, mask }
}

fn squared(paths: &[BezPath], ink: Rect) -> Mask {
    let side = MASK_PX as f64;
    let fit = Affine::scale_non_uniform(side / ink.width().max(1e-9), side / ink.height().max(1e-9))
        * Affine::translate((-ink.x0, -ink.y0));
    let paths: Vec<BezPath> = paths.iter().map(|path| fit * path.clone()).collect();
    raster::mask_of(&paths, side, side, MASK_PX as u32).cover
}

/// The template that a mask is, and its turn. Upright wins where it is enough.
fn best<'a>(shapes: &'a [Vec<Shape>], mask: &Mask) -> Option<(usize, &'a Shape)> {
    let all = |upright: bool| {
        let each = shapes.iter().enumerate().flat_map(move |(template, turns)| {
            turns
                .iter()
                .filter(move |shape| (shape.degrees == 0.0) == upright)
                .map(move |shape| (template, shape))
        });
        each.map(|(template, shape)| (common(&shape.mask, mask), template, shape))
            .filter(|(common, _, shape)| *common >= COMMON_MIN && *common >= told_from_a_box(shape))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, template, shape)| (template, shape))
    };
    all(true).or_else(|| all(false))
}

/// How much must be common for it to be this shape and no plain box: half of what a box lacks of it. A tile with a small
/// letter in it is so like a box that every panel would be taken for one.
fn told_from_a_box(shape: &Shape) -> f64 {
    let filled = common(&shape.mask, &vec![255; shape.mask.len()]);
    filled + (1.0 - filled) / 2.0
}

/// Ink that both have, of ink that either has.
fn common(one: &Mask, other: &Mask) -> f64 {
    let (mut both, mut either) = (0_u32, 0_u32);
    for (a, b) in one.iter().zip(other) {
        both += u32::from(*a.min(b));
        either += u32::from(*a.max(b));
    }
    f64::from(both) / f64::from(either.max(1))
}

fn seen(
    picture: &Picture,
    work: &Work,
    parts: &[Cut],
    cut: &Cut,
    (index, template): (usize, &Template),
    shape: &Shape,
    ground: Ground,
) -> Seen {
    let by = work.by as f64;
    let [left, top, right, bottom] = cut.area.map(|side| side as f64 * by);
    let area = Rect::new(left, top, right.min(picture.width as f64), bottom.min(picture.height as f64));
    let aspect = area.width() / area.height().max(1.0) / shape.aspect;
    let scale = (area.width() * area.height() / (shape.ink.width() * shape.ink.height()).max(1e-9)).sqrt();
    let gap = |other: &Cut| {
        let x = (other.area[0] - cut.area[2]).max(cut.area[0] - other.area[2]).max(0) as f64 * by;
        let y = (other.area[1] - cut.area[3]).max(cut.area[1] - other.area[3]).max(0) as f64 * by;
        (x * x + y * y).sqrt()
    };
    let clear = template.clear * scale;
    let near =
        parts.iter().enumerate().filter(|(at, _)| !cut.parts.contains(at)).map(|(_, other)| gap(other));
    // One pixel of the search is as much as a gap can be off.
    let near = near.filter(|gap| gap + by < clear).collect();
    Seen {
        template: index,
        area,
        stretch: aspect.max(1.0 / aspect.max(1e-9)),
        doubt: 2.0 * by / area.width().min(area.height()).max(1.0),
        degrees: shape.degrees,
        colors: colors(picture, template, shape, area),
        ground,
        near,
        scale,
    }
}

/// The colour of each role, where its pixels are well inside.
fn colors(picture: &Picture, template: &Template, shape: &Shape, area: Rect) -> Vec<(FillRole, Paint)> {
    let radians = shape.degrees.to_radians();
    let (sin, cos) = (libm::sin(radians), libm::cos(radians));
    let turn = Affine::new([cos, sin, -sin, cos, 0.0, 0.0]);
    let mut found = Vec::new();
    for role in [FillRole::Mark, FillRole::Accent, FillRole::Ink] {
        let own = template.outlines.iter().filter(|(of, _)| *of == role);
        let own: Vec<BezPath> = own.map(|(_, outline)| turn * outline.clone()).collect();
        let mask = squared(&own, shape.ink);
        let mut counts: BTreeMap<Rgb, u32> = BTreeMap::new();
        for (at, cover) in mask.iter().enumerate().filter(|(_, cover)| **cover == 255) {
            let _ = cover;
            let u = ((at % MASK_PX) as f64 + 0.5) / MASK_PX as f64;
            let v = ((at / MASK_PX) as f64 + 0.5) / MASK_PX as f64;
            let x = ((area.x0 + u * area.width()) as usize).min(picture.width - 1);
            let y = ((area.y0 + v * area.height()) as usize).min(picture.height - 1);
            let at = y * picture.width + x;
            if picture.is_there(at) {
                *counts.entry(picture.rgb(at)).or_insert(0) += 1;
            }
        }
        if let Some((rgb, _)) = counts.into_iter().max_by_key(|(_, count)| *count) {
            found.push((role, Paint::Flat(rgb)));
        }
    }
    found
}
