//! Colours as people see them, and which two of a group come closest.

use core_brand::Rgb;
use core_brand::design::Palette;
use core_color::{Sight, seen, seen_difference};

/// The theme that the roles are taken from.
const THEME: &str = "light";
const STATUS: [&str; 4] = ["success", "warning", "danger", "info"];
/// What the roles of charts begin with.
const CHART: &str = "chart-";

/// A group of colours in one way of seeing.
pub(crate) struct View<'a> {
    pub(crate) group: &'static str,
    pub(crate) sight: &'static str,
    /// As they are seen.
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

/// Every group in every way of seeing; groups that a palette does not have are left out.
pub(crate) fn views(palette: &Palette) -> Vec<View<'_>> {
    let brand: Vec<_> = palette.swatches.iter().map(|swatch| (swatch.id.as_str(), swatch.rgb)).collect();
    let roles = || palette.theme(THEME).into_iter().flat_map(|theme| &theme.roles);
    let some = |is_wanted: &dyn Fn(&str) -> bool| -> Vec<(&str, Rgb)> {
        roles().filter(|(role, _)| is_wanted(role)).map(|(role, rgb)| (role.as_str(), *rgb)).collect()
    };
    let status = some(&|role| STATUS.contains(&role));
    let charts = some(&|role| role.starts_with(CHART));
    let groups = [("brand", brand), ("status", status), ("charts", charts)];
    let present = groups.into_iter().filter(|(_, colors)| !colors.is_empty());
    present.flat_map(|(group, colors)| Sight::ALL.map(|sight| view(group, &colors, sight))).collect()
}

fn view<'a>(group: &'static str, colors: &[(&'a str, Rgb)], sight: Sight) -> View<'a> {
    let closest = closest(colors, sight);
    let colors = colors.iter().map(|(id, rgb)| (*id, seen(*rgb, sight))).collect();
    View { group, sight: sight.id(), colors, closest }
}

fn closest<'a>(colors: &[(&'a str, Rgb)], sight: Sight) -> Option<Closest<'a>> {
    let pairs = colors.iter().enumerate().flat_map(|(index, (one, rgb))| {
        let others = colors[index + 1..].iter();
        others.map(move |(other, beside)| Closest {
            one,
            other,
            apart: seen_difference(*rgb, *beside, sight),
        })
    });
    pairs.min_by(|a, b| a.apart.total_cmp(&b.apart))
}
