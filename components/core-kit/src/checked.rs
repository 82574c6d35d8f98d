//! The page of the checks: each with what was measured and the threshold, what was missed first. One HTML file without
//! script, in the look of the overview; nothing leaves the folder.

use crate::brand::Brand;
use crate::index;
use core_brand::check::{Comparison, Severity};
use core_brand::kit::{FileEntry, ReportFile};
use core_brand::{Check, Fault};
use core_vector::svg::escape;
use std::fmt::Write;

pub(crate) const PATH: &str = "report.html";

const STYLE: &str = include_str!("checked.css");
/// A number in whole, in tenths, hundredths and thousandths: checks measure no finer.
const GRIDS: [f64; 4] = [1.0, 10.0, 100.0, 1000.0];

/// A part of the page: its title, its checks.
type Group<'a> = (String, Vec<&'a Check>);

/// The page of a report about the brand whose kit holds these files.
pub(crate) fn html(brand: &Brand, report: &ReportFile, files: &[FileEntry]) -> Result<String, Fault> {
    let title = brand.words.say("kit-report-title", &[("name", brand.name())])?;
    let mut page = index::open(brand, files, &title, STYLE)?;
    let say = |key: &str| brand.say(key).map(|text| escape(&text));
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        page,
        "<header><h1 class=\"display\">{}</h1><p>{}</p><ul class=\"sums\">",
        escape(&title),
        say("kit-report-intro")?
    );
    let sums = [
        (report.checks.len(), "kit-report-checks"),
        (report.gates_failed as usize, "kit-report-gates"),
        (report.warnings as usize, "kit-report-warnings"),
    ];
    for (count, key) in sums {
        let _ = writeln!(page, "<li><b>{count}</b>{}</li>", say(key)?);
    }
    page.push_str("</ul></header>\n<main>\n");
    let missed: Vec<&Check> = report.checks.iter().filter(|check| !check.passed && is_held(check)).collect();
    if missed.is_empty() {
        let _ = writeln!(page, "<p class=\"whole\">{}</p>", say("kit-report-whole")?);
    } else {
        let table = table(brand, &missed)?;
        let _ = writeln!(page, "<section><h2>{}</h2>{table}</section>", say("kit-report-first")?);
    }
    page.push_str("<div class=\"groups\">\n");
    // Folded: there are hundreds, and what was missed stands above.
    for (title, checks) in groups(brand, report)? {
        let (title, count, table) = (escape(&title), checks.len(), table(brand, &checks)?);
        let _ = writeln!(
            page,
            "<details><summary><h2>{title}</h2><span>{count}</span></summary>{table}</details>"
        );
    }
    page.push_str("</div>\n</main>\n</body>\n</html>\n");
    Ok(page)
}

/// Whether something was to be reached.
fn is_held(check: &Check) -> bool {
    check.severity != Severity::Info
}

/// The checks by what they are about, in the order of the report.
fn groups<'a>(brand: &Brand, report: &'a ReportFile) -> Result<Vec<Group<'a>>, Fault> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for check in &report.checks {
        let title = about(brand, check)?;
        match groups.iter_mut().find(|(own, _)| *own == title) {
            Some((_, checks)) => checks.push(check),
            None => groups.push((title, vec![check])),
        }
    }
    Ok(groups)
}

/// A concept by its title, everything else by the first word of the id.
fn about(brand: &Brand, check: &Check) -> Result<String, Fault> {
    let mut parts = check.id.split('.');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if let Some(concept) = brand.concepts().iter().find(|concept| first == "logo" && concept.id == second) {
        return Ok(format!("{}. {}", concept.rank, concept.title));
    }
    let key = format!("kit-report-group-{first}");
    brand.say(if brand.words.knows(&key) { &key } else { "kit-report-group-other" })
}

fn table(brand: &Brand, checks: &[&Check]) -> Result<String, Fault> {
    let say = |key: &str| brand.say(key).map(|text| escape(&text));
    let mut text = "<table><thead><tr>".to_owned();
    for key in ["kit-report-check", "kit-report-measured", "kit-report-threshold", "kit-report-result"] {
        let _ = write!(text, "<th scope=\"col\">{}</th>", say(key)?);
    }
    text.push_str("</tr></thead><tbody>\n");
    for check in checks {
        let (class, key) = match (check.passed, check.severity) {
            (_, Severity::Info) => ("told", "kit-report-told"),
            (true, _) => ("passed", "kit-report-passed"),
            (false, Severity::Warn) => ("missed", "kit-report-missed"),
            (false, Severity::Gate) => ("failed", "kit-report-failed"),
        };
        let fix = if check.fix.is_empty() {
            String::new()
        } else {
            format!("<p class=\"fix\" lang=\"en\">{}</p>", escape(&check.fix))
        };
        let _ = writeln!(
            text,
            "<tr class=\"{class}\"><th scope=\"row\"><span lang=\"en\">{}</span><code>{}</code>{fix}</th>\
             <td>{} <small lang=\"en\">{}</small></td><td>{} {}</td><td><span class=\"mark\">{}</span></td></tr>",
            escape(&check.message),
            escape(&check.id),
            number(brand, check.measured),
            escape(&check.unit),
            sign(check.comparison),
            number(brand, check.threshold),
            say(key)?,
        );
    }
    text.push_str("</tbody></table>");
    Ok(text)
}

/// With as many places as the number needs.
fn number(brand: &Brand, value: f64) -> String {
    let places = GRIDS.iter().position(|grid| ((value * grid).round() / grid - value).abs() < 1e-9);
    brand.words.decimal(value, places.unwrap_or(GRIDS.len() - 1))
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "≥",
        Comparison::AtMost => "≤",
        Comparison::Equal => "=",
    }
}
