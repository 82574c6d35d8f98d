//! The roles of a theme in the order a person reads them, with what they are measured against.

use core_brand::design::Theme;
use core_color::contrast;

/// Read in this order; what is not listed comes behind, by name.
const ORDER: &[&str] = &[
    "background",
    "surface",
    "surface-raised",
    "border",
    "text",
    "muted",
    "link",
    "focus",
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "danger",
    "info",
];
/// What stands on a fill of that role.
const ON: &str = "on-";

/// What a role is worth on what it stands on.
pub(crate) struct Measured {
    pub(crate) ratio: f64,
    pub(crate) level: &'static str,
}

/// A key to sort by: the place of the role or the name of an unknown one, its on-colour behind it.
pub(crate) fn order_of(role: &str) -> (usize, &str, bool) {
    let fill = role.strip_prefix(ON);
    let name = fill.unwrap_or(role);
    let place = ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
    (place, name, fill.is_some())
}

pub(crate) fn is_ground(role: &str) -> bool {
    role == "background" || role.starts_with("surface")
}

/// The ratio of a role on the worst ground of its theme, of an on-colour on its fill. Grounds are measured by what
/// stands on them.
pub(crate) fn measured(theme: &Theme, role: &str) -> Option<Measured> {
    let rgb = theme.role(role)?;
    let fill = role.strip_prefix(ON).and_then(|fill| theme.role(fill));
    let ratio = match fill {
        Some(fill) => contrast(rgb, fill),
        None if is_ground(role) => return None,
        None => {
            let grounds = theme.roles.iter().filter(|(ground, _)| is_ground(ground));
            grounds.map(|(_, ground)| contrast(rgb, *ground)).reduce(f64::min)?
        }
    };
    Some(Measured { ratio, level: level(ratio) })
}

fn level(ratio: f64) -> &'static str {
    match ratio {
        r if r >= 7.0 => "AAA",
        r if r >= 4.5 => "AA",
        r if r >= 3.0 => "UI",
        _ => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::Rgb;

    #[test]
    fn roles_are_read_from_the_ground_up() {
        let mut roles =
            vec!["chart-2", "on-primary", "text", "chart-1", "primary", "on-chart-1", "background"];
        roles.sort_by(|a, b| order_of(a).cmp(&order_of(b)));
        assert_eq!(
            roles,
            ["background", "text", "primary", "on-primary", "chart-1", "on-chart-1", "chart-2"]
        );
    }

    #[test]
    fn the_worst_ground_counts_and_fills_carry_their_own() {
        let roles = [
            ("background", "#ffffff"),
            ("surface", "#808080"),
            ("text", "#000000"),
            ("primary", "#000000"),
            ("on-primary", "#ffffff"),
        ];
        let roles = roles.map(|(role, hex)| (role.to_owned(), Rgb::parse(hex).unwrap()));
        let theme = Theme { id: "light".into(), roles: roles.into(), p3: [].into() };
        let ratio = |role: &str| measured(&theme, role).map(|seen| (seen.ratio.floor(), seen.level));
        assert_eq!(ratio("text"), Some((5.0, "AA")));
        assert_eq!(ratio("on-primary"), Some((21.0, "AAA")));
        assert_eq!(ratio("surface"), None);
        assert_eq!(ratio("missing"), None);
    }
}
