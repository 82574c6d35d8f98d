//! Every pair of a theme that may meet, measured: the contrast matrix.

use crate::contrast::contrast;
use crate::theme::{CHARTS, FILLS, GROUNDS, HIGH_CONTRAST};
use core_brand::design::{Contrast, Theme};

/// What a foreground is used for, after WCAG 2.2.
const TEXT: &str = "text";
const UI: &str = "ui";
/// Contrast of text (1.4.3), of text beyond reproach (1.4.6), of large text and of what is no text (1.4.11).
const AA: f64 = 4.5;
const AAA: f64 = 7.0;
const LARGE: f64 = 3.0;

/// The promises: foreground, use, ratio. Each holds on every ground of its theme.
const PROMISES: &[(&str, &str, f64)] = &[
    ("text", TEXT, AAA),
    ("muted", TEXT, AA),
    ("link", TEXT, AA),
    ("primary", TEXT, AA),
    ("success", TEXT, AA),
    ("warning", TEXT, AA),
    ("danger", TEXT, AA),
    ("info", TEXT, AA),
    ("secondary", UI, LARGE),
    ("accent", UI, LARGE),
    ("border", UI, LARGE),
    ("focus", UI, LARGE),
];

/// A pair that may meet, before it is measured.
struct Pair {
    foreground: String,
    background: String,
    kind: &'static str,
    least: f64,
}

/// Every promised pair of a theme, measured. In the high-contrast theme each promise is 7:1.
pub(crate) fn contrasts(theme: &Theme) -> Vec<Contrast> {
    let raised = |least: f64| if theme.id == HIGH_CONTRAST { AAA } else { least };
    pairs().filter_map(|pair| measured(theme, Pair { least: raised(pair.least), ..pair })).collect()
}

/// How many pairs a theme has.
#[must_use]
pub fn pairs_of_a_theme() -> usize {
    pairs().count()
}

fn pairs() -> impl Iterator<Item = Pair> {
    let named = PROMISES.iter().copied();
    let charts = CHARTS.iter().map(|role| (*role, UI, LARGE));
    let on_grounds = named.chain(charts).flat_map(|(role, kind, least)| {
        GROUNDS.iter().map(move |ground| Pair {
            foreground: role.to_owned(),
            background: (*ground).to_owned(),
            kind,
            least,
        })
    });
    let on_fills = FILLS.iter().map(|role| Pair {
        foreground: format!("on-{role}"),
        background: (*role).to_owned(),
        kind: TEXT,
        least: AA,
    });
    on_grounds.chain(on_fills)
}

fn measured(theme: &Theme, pair: Pair) -> Option<Contrast> {
    let Pair { foreground, background, kind, least } = pair;
    let ratio = contrast(theme.role(&foreground)?, theme.role(&background)?);
    // Rounded down, so that no figure looks better than it is.
    let ratio = (ratio * 100.0).floor() / 100.0;
    Some(Contrast {
        theme: theme.id.clone(),
        foreground,
        background,
        ratio,
        threshold: least,
        kind: kind.to_owned(),
        level: level(kind, ratio).to_owned(),
    })
}

/// The best that WCAG 2.2 says of a pair in its use.
fn level(kind: &str, ratio: f64) -> &'static str {
    match (kind, ratio) {
        (TEXT, r) if r >= AAA => "AAA",
        (TEXT, r) if r >= AA => "AA",
        (TEXT, r) if r >= LARGE => "large",
        (UI, r) if r >= LARGE => "UI",
        _ => "fail",
    }
}
