//! Design tokens: the same values as JSON for tools, as CSS and as SCSS.

mod css;
mod dtcg;
mod list;
mod scss;

use core_brand::brief::Order;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::{Design, Document, Fault};
use list::List;

pub(crate) use list::is_display;

pub(crate) const JSON: &str = "tokens/brand.tokens.json";
pub(crate) const CSS: &str = "tokens/brand.css";
pub(crate) const SCSS: &str = "tokens/brand.scss";

/// The MIME type that the format's specification gives.
const JSON_TYPE: &str = "application/design-tokens+json";

pub(crate) fn documents(name: &str, design: &Design, with_scss: bool) -> Result<Vec<Document>, Fault> {
    let list = List::of(design);
    let mut documents = vec![
        Document::file(CSS, "text/css", css::write(name, &list).into_bytes()),
        Document::file(JSON, JSON_TYPE, dtcg::write(name, &list)?.into_bytes()),
    ];
    if with_scss {
        documents.push(Document::file(SCSS, "text/x-scss", scss::write(name, &list).into_bytes()));
    }
    let checks = documents.iter().map(|document| check(document, &list)).collect::<Vec<_>>();
    documents.push(Document::working("checks-tokens.json", &checks)?);
    Ok(documents)
}

/// The token files of a design by path, for a caller that wants no whole kit.
pub fn token_files(order: &Order, design: &Design) -> Result<Vec<(String, String)>, Fault> {
    let (name, list) = (&order.brief.company_name, List::of(design));
    let files =
        [(CSS, css::write(name, &list)), (JSON, dtcg::write(name, &list)?), (SCSS, scss::write(name, &list))];
    Ok(files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect())
}

/// Counts the colours that the file really states against those of the design.
fn check(document: &Document, list: &List) -> Check {
    let stated = match &document.body {
        core_brand::Body::Inline(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        core_brand::Body::Stored(_) => String::new(),
    };
    let colors = list.colors();
    let found = colors.iter().filter(|color| stated.contains(&color.to_string())).count();
    let share = if colors.is_empty() { 100.0 } else { 100.0 * found as f64 / colors.len() as f64 };
    let kind = document.name.rsplit('.').next().unwrap_or_default();
    let message = format!("{found} of {} colours of the design stand in `{}`.", colors.len(), document.name);
    Check::new(
        format!("tokens.{kind}.colors"),
        Severity::Gate,
        share,
        Comparison::AtLeast,
        100.0,
        "%",
        message,
    )
}
