//! Finds the logos of a kit among outlines: moved, scaled, turned, mirrored, stretched; written by another program,
//! with curves as lines, with its parts joined into one path.

use crate::known::Template;
use crate::limits::{CONTOURS_MAX, FOUND_MAX};
use crate::outline::{Contour, lay};
use crate::scene::Scene;
use kurbo::{Affine, Point, Rect};

/// Laid upon each other, outlines lie apart by less than this share of their size.
const APART_MAX: f64 = 0.01;
/// Parts of a logo stand where they should up to this share of its size.
const OFF_MAX: f64 = 0.015;
/// And are as large as they should up to this share of their area.
const AREA_OFF_MAX: f64 = 0.1;
/// So much of a logo must be there: by the roots of areas, so that an accent counts beside a letter.
const THERE_MIN: f64 = 0.97;
/// A try over an outline of this many points costs as much as another try.
const POINTS_A_TRY: usize = 200;
/// What is smaller than this share of the page is no logo but a speck.
const SPECK: f64 = 1e-7;

/// A logo on a page.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Which template.
    pub(crate) template: usize,
    /// From the template to the page.
    pub(crate) map: Affine,
    /// Outlines of the template, and those of the page that they are.
    pub(crate) pairs: Vec<(usize, usize)>,
}

/// A closed outline of a page.
pub(crate) struct Placed {
    pub(crate) contour: Contour,
    pub(crate) shape: usize,
}

/// The outlines of a page; none where there are too many to look through.
pub(crate) fn placed(scene: &Scene) -> Option<Vec<Placed>> {
    if scene.is_cut {
        return None;
    }
    let speck = SPECK * scene.width * scene.height;
    let mut all = Vec::new();
    for (shape, one) in scene.shapes.iter().enumerate().filter(|(_, one)| one.fill.is_some()) {
        let contours = Contour::all(&one.outline).into_iter().filter(|contour| contour.area > speck);
        all.extend(contours.map(|contour| Placed { contour, shape }));
        if all.len() > CONTOURS_MAX {
            return None;
        }
    }
    Some(all)
}

/// Searches a page with the tries that a file has left, and says whether it came to the end.
pub(crate) fn find(templates: &[Template], page: &[Placed], left: &mut usize) -> (Vec<Found>, bool) {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].contour.center.x.total_cmp(&page[*b].contour.center.x));
    let mut search = Search { page, order, taken: vec![false; page.len()], left };
    let mut found = Vec::new();
    for (at, template) in templates.iter().enumerate() {
        for candidate in 0..page.len() {
            if search.taken[candidate] {
                continue;
            }
            if found.len() >= FOUND_MAX || *search.left == 0 {
                return (found, false);
            }
            if let Some((map, pairs)) = search.laid(template, candidate) {
                pairs.iter().for_each(|(_, on)| search.taken[*on] = true);
                found.push(Found { template: at, map, pairs });
            }
        }
    }
    (found, true)
}

struct Search<'a> {
    page: &'a [Placed],
    /// Outlines by where their middle lies, from left to right.
    order: Vec<usize>,
    taken: Vec<bool>,
    left: &'a mut usize,
}

type Laid = (Affine, Vec<(usize, usize)>);

impl Search<'_> {
    /// The most upright way to lay a template so that its anchor lies on this outline.
    fn laid(&mut self, template: &Template, candidate: usize) -> Option<Laid> {
        let anchor = &template.parts[template.anchor].1;
        let target = &self.page[candidate].contour;
        let mut best: Option<(f64, Laid)> = None;
        let starts = anchor.onto(target)?;
        *self.left = self.left.saturating_sub(1);
        for start in starts {
            *self.left = self.left.saturating_sub(1 + target.points.len() / POINTS_A_TRY);
            let (map, apart) = lay(&[(anchor, target)], start);
            if apart > APART_MAX * diagonal(target.bounds) {
                continue;
            }
            let Some(pairs) = self.pairs(template, map) else { continue };
            let both: Vec<(&Contour, &Contour)> =
                pairs.iter().map(|(own, on)| (&template.parts[*own].1, &self.page[*on].contour)).collect();
            let (map, apart) = lay(&both, map);
            let pose = Pose::of(map);
            if apart > APART_MAX * pose.scale * diagonal(template.ink) {
                continue;
            }
            // The least unlikely reading: upright before turned, turned before stretched, mirrored last.
            let odd = pose.degrees.abs() / 90.0
                + 10.0 * (pose.stretch - 1.0)
                + if pose.is_mirrored { 100.0 } else { 0.0 };
            if best.as_ref().is_none_or(|(least, _)| odd < *least) {
                best = Some((odd, (map, pairs)));
            }
        }
        best.map(|(_, laid)| laid)
    }

    /// The outlines on which those of a template fall, where enough of them do.
    fn pairs(&self, template: &Template, map: Affine) -> Option<Vec<(usize, usize)>> {
        let pose = Pose::of(map);
        let size = template.ink.width().max(template.ink.height()) * pose.scale;
        let (mut there, mut whole) = (0.0, 0.0);
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (own, (_, contour)) in template.parts.iter().enumerate() {
            let weight = contour.area.sqrt();
            whole += weight;
            let area = contour.area * pose.scale * pose.scale;
            let free = |on: usize| !self.taken[on] && pairs.iter().all(|(_, other)| *other != on);
            if let Some(on) = self.nearest(map * contour.center, area, OFF_MAX * size, free) {
                there += weight;
                pairs.push((own, on));
            }
        }
        (there >= THERE_MIN * whole).then_some(pairs)
    }

    /// The free outline whose middle is nearest, of about this area.
    fn nearest(&self, middle: Point, area: f64, off: f64, free: impl Fn(usize) -> bool) -> Option<usize> {
        let x = |at: &usize| self.page[*at].contour.center.x;
        let from = self.order.partition_point(|at| x(at) < middle.x - off);
        let near = self.order[from..].iter().take_while(|at| x(at) <= middle.x + off).copied();
        let away = |at: usize| (self.page[at].contour.center - middle).hypot2();
        near.filter(|at| free(*at) && away(*at) <= off * off)
            .filter(|at| (self.page[*at].contour.area - area).abs() <= AREA_OFF_MAX * area)
            .min_by(|a, b| away(*a).total_cmp(&away(*b)))
    }
}

/// What a map does to a logo.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pose {
    pub(crate) scale: f64,
    /// The longer side to the shorter, where both should be equal.
    pub(crate) stretch: f64,
    pub(crate) degrees: f64,
    pub(crate) is_mirrored: bool,
}

impl Pose {
    pub(crate) fn of(map: Affine) -> Self {
        let [a, b, c, d, _, _] = map.as_coeffs();
        let det = a * d - b * c;
        let sum = (a * a + b * b + c * c + d * d) / 2.0;
        let rest = (sum * sum - det * det).max(0.0).sqrt();
        let (long, short) = ((sum + rest).max(0.0).sqrt(), (sum - rest).max(0.0).sqrt());
        let sign = if det < 0.0 { -1.0 } else { 1.0 };
        // The turn that is left when the stretch is taken out.
        let degrees = libm::atan2(b - sign * c, a + sign * d).to_degrees();
        Self {
            scale: det.abs().sqrt(),
            stretch: long / short.max(f64::MIN_POSITIVE),
            degrees,
            is_mirrored: det < 0.0,
        }
    }
}

fn diagonal(area: Rect) -> f64 {
    (area.width() * area.width() + area.height() * area.height()).sqrt()
}
