//! The brand's colours as people see them, and which two of them come closest.

use core_brand::Rgb;
use core_brand::design::Palette;
use core_color::difference;

/// One way of seeing.
pub(crate) struct View<'a> {
    pub(crate) id: &'static str,
    /// The swatches as they are seen.
    pub(crate) colors: Vec<(&'a str, Rgb)>,
    pub(crate) closest: Option<Closest<'a>>,
}

/// The two colours that are hardest to tell apart.
pub(crate) struct Closest<'a> {
    pub(crate) one: &'a str,
    pub(crate) other: &'a str,
    /// CIEDE2000.
    pub(crate) apart: f64,
}

type Seen = fn(Rgb) -> Rgb;

const VIEWS: &[(&str, Seen)] = &[("usual", |rgb| rgb)];

pub(crate) fn views(palette: &Palette) -> Vec<View<'_>> {
    VIEWS.iter().map(|(id, seen)| view(palette, id, *seen)).collect()
}

fn view<'a>(palette: &'a Palette, id: &'static str, seen: Seen) -> View<'a> {
    let swatches = palette.swatches.iter();
    let colors: Vec<(&str, Rgb)> = swatches.map(|swatch| (swatch.id.as_str(), seen(swatch.rgb))).collect();
    let closest = closest(&colors);
    View { id, colors, closest }
}

fn closest<'a>(colors: &[(&'a str, Rgb)]) -> Option<Closest<'a>> {
    let pairs = colors.iter().enumerate().flat_map(|(index, (one, rgb))| {
        let others = colors[index + 1..].iter();
        others.map(move |(other, beside)| Closest { one, other, apart: difference(*rgb, *beside) })
    });
    pairs.min_by(|a, b| a.apart.total_cmp(&b.apart))
}
