//! The type of a brand in a terminal: a terminal has one face, so it is told, not shown.

use crate::show::pen::{Pen, cells, left};
use crate::show::sheet::Sheet;
use core_brand::Design;
use core_brand::brief::Order;
use core_brand::design::{TypeSize, Typography};

/// Points of a browser's default size, which `rem` counts in.
const REM_PX: f64 = 16.0;
/// The figures of a size with the gaps around them.
const FIGURES_CELLS: usize = 42;
/// The bar of the largest size.
const BAR_CELLS: f64 = 24.0;

/// A family with the weights that are used of it.
pub(crate) struct Use<'a> {
    pub(crate) role: &'static str,
    pub(crate) family: &'a str,
    pub(crate) weights: Vec<u16>,
    pub(crate) class: &'a str,
    pub(crate) license: &'a str,
}

/// Which family does what.
pub(crate) fn uses(typography: &Typography) -> [Use<'_>; 2] {
    let (display, text, strong) = (&typography.display, &typography.text, &typography.strong);
    let mut weights = vec![text.key.weight, strong.key.weight];
    weights.dedup();
    [("display", display, vec![display.key.weight]), ("text", text, weights)].map(|(role, face, weights)| {
        Use { role, family: &face.key.family, weights, class: &face.class, license: &face.license }
    })
}

pub(crate) fn faces(order: &Order, design: &Design, pen: &Pen) -> String {
    let mut sheet = Sheet::new(pen);
    sheet.title(order, design);
    families(&mut sheet, &design.typography);
    why(&mut sheet, design);
    scale(&mut sheet, &design.typography);
    sheet.findings(design, "type.");
    sheet.text()
}

fn families(sheet: &mut Sheet<'_>, typography: &Typography) {
    sheet.heading("Families");
    let uses = uses(typography);
    let weights = |one: &Use<'_>| one.weights.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let widest = |text: &dyn Fn(&Use<'_>) -> usize| uses.iter().map(text).max().unwrap_or_default();
    let family = widest(&|one| cells(one.family));
    let weight = widest(&|one| cells(&weights(one)));
    let class = widest(&|one| cells(one.class));
    for one in &uses {
        let name = sheet.pen.strong(&left(one.family, family));
        let license = sheet.pen.faint(one.license);
        let weights = left(&weights(one), weight);
        sheet.row(&format!("{:<7}  {name}  {weights}  {}  {license}", one.role, left(one.class, class)));
    }
}

/// The rule of the pair, and the reasons of this topic.
fn why(sheet: &mut Sheet<'_>, design: &Design) {
    sheet.heading("Why");
    let reasons: Vec<_> = design.reasons.iter().filter(|reason| reason.topic == "type").collect();
    // The reason tells the rule with what speaks for it.
    if !reasons.iter().any(|reason| reason.text.contains(&design.typography.rule)) {
        sheet.paragraph(&design.typography.rule);
    }
    for reason in reasons {
        sheet.paragraph(&reason.text);
        sheet.remark(&format!("{}: {}", reason.evidence, reason.source));
    }
}

fn scale(sheet: &mut Sheet<'_>, typography: &Typography) {
    sheet.heading(&format!("Scale, ratio {}", typography.ratio));
    let roles = typography.sizes.iter().map(|size| cells(&size.role)).max().unwrap_or_default();
    let head = format!("{}      px     rem    line   tracking", " ".repeat(roles));
    let head = sheet.pen.faint(&head);
    sheet.row(&head);
    let is_narrow = sheet.pen.width < FIGURES_CELLS + roles + BAR_CELLS as usize;
    let largest = typography.sizes.iter().map(|size| size.size_px).fold(1.0, f64::max);
    for size in &typography.sizes {
        let bar = if is_narrow { String::new() } else { bar(size.size_px / largest) };
        let bar = sheet.pen.faint(&bar);
        sheet.row(&format!("{}{}   {bar}", left(&size.role, roles), figures(size)));
    }
}

fn figures(size: &TypeSize) -> String {
    let tracking = match size.tracking {
        0 => "0".to_owned(),
        thousandths => format!("{:+.3} em", f64::from(thousandths) / 1000.0),
    };
    format!("{:>8.1}{:>8.3}{:>8.2}   {tracking:>9}", size.size_px, size.size_px / REM_PX, size.line_height)
}

fn bar(share: f64) -> String {
    "\u{2501}".repeat(((share * BAR_CELLS).round() as usize).max(1))
}
