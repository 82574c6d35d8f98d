//! What a logo looks like in each colourway: whether every part stands out from the grounds it is made for, and
//! whether one colour shows the same as many.

use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Concept, Design, Drawing, FillRole, Rgb, Shape};
use core_color::contrast;
use core_vector::svg::{self, Frame};
use core_vector::{Colorway, Lockup, lockup, measure, raster};

/// WCAG 2.2, 1.4.11: graphics that carry meaning.
const CONTRAST_MIN: f64 = 3.0;
/// Shared ink over all ink of the silhouettes of two files.
const SILHOUETTE_MIN: f64 = 0.98;
/// The sides of the masks that silhouettes are compared and parts are counted on.
const SILHOUETTE_PX: u32 = 96;
const PARTS_PX: u32 = 192;

/// The checks of a concept in all its colourways.
pub(crate) fn checks(concept: &Concept, design: &Design) -> Vec<Check> {
    let mut checks: Vec<Check> =
        Colorway::ALL.into_iter().map(|colorway| stands_out(concept, design, colorway)).collect();
    checks.extend([silhouette(concept, design), lost(concept)]);
    checks
}

/// The faintest part of the logo on the grounds that a colourway is made for.
fn stands_out(concept: &Concept, design: &Design, colorway: Colorway) -> Check {
    let grounds = grounds(design, colorway);
    let shapes = concept.mark.shapes.iter().chain(&concept.wordmark.shapes);
    let colors = shapes.map(|shape| colorway.color(shape.fill, &design.palette.logo));
    let least = colors
        .flat_map(|color| grounds.iter().map(move |ground| contrast(color, *ground)))
        .fold(f64::from(CONTRAST_MAX), f64::min);
    Check::new(
        format!("logo.{}.l07-{}", concept.id, colorway.id()),
        Severity::Gate,
        least,
        Comparison::AtLeast,
        CONTRAST_MIN,
        "ratio",
        format!("The faintest part of the logo in `{}` on the grounds it is made for.", colorway.id()),
    )
}

/// Black on white.
const CONTRAST_MAX: u8 = 21;

/// White, the brand's paper and its light page; or its dark ground, and for white the primary colour that carries it.
fn grounds(design: &Design, colorway: Colorway) -> Vec<Rgb> {
    let palette = &design.palette;
    let swatch = |id: &str| palette.swatch(id).map(|swatch| swatch.rgb);
    match (colorway.ground(&palette.logo), colorway) {
        (Some(ground), Colorway::White) if palette.logo.on_primary == Rgb::WHITE => {
            [ground].into_iter().chain(swatch("primary")).collect()
        }
        (Some(ground), _) => vec![ground],
        (None, _) => {
            let page = palette.theme("light").and_then(|theme| theme.role("background"));
            [Rgb::WHITE].into_iter().chain(swatch("paper")).chain(page).collect()
        }
    }
}

/// The files in one colour against the one in all colours, as they are written.
fn silhouette(concept: &Concept, design: &Design) -> Check {
    let mark = lockup::compose(concept, Lockup::Mark);
    let written = |colorway: Colorway| {
        let frame = Frame { title: "", desc: "", margin: 0.0, ground: None };
        let svg = svg::render(&mark, &|role| colorway.color(role, &design.palette.logo), &frame);
        raster::mask(&read(&svg, &mark), SILHOUETTE_PX)
    };
    let whole = raster::mask(&concept.mark, SILHOUETTE_PX);
    let ones = [Colorway::Black, Colorway::White, Colorway::Mono];
    let least = ones.map(|one| measure::overlap(&whole, &written(one))).into_iter().fold(1.0, f64::min);
    Check::new(
        format!("logo.{}.l08-silhouette", concept.id),
        Severity::Gate,
        least,
        Comparison::AtLeast,
        SILHOUETTE_MIN,
        "share",
        "The files in one colour have the silhouette of the mark.",
    )
}

/// The paths of a file, as one drawing of this size.
fn read(svg: &str, like: &Drawing) -> Drawing {
    let paths = svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let shapes = paths.map(|path| Shape { fill: FillRole::Mark, path: path.to_owned() }).collect();
    Drawing { width: like.width, height: like.height, shapes }
}

/// Parts of two colours that touch become one part in one colour.
fn lost(concept: &Concept) -> Check {
    let parts = |wanted: &dyn Fn(FillRole) -> bool| {
        measure::topology(&raster::mask_where(&concept.mark, PARTS_PX, wanted)).parts
    };
    let apart = parts(&|role| role == FillRole::Accent) + parts(&|role| role != FillRole::Accent);
    let lost = apart.saturating_sub(parts(&|_| true));
    Check::new(
        format!("logo.{}.l08-lost", concept.id),
        Severity::Warn,
        lost as f64,
        Comparison::Equal,
        0.0,
        "parts",
        "Parts of the mark that run together where there is only one colour.",
    )
}
