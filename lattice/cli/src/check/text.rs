//! What was found, as a person reads it.

use crate::show::pen::{Pen, wrap};
use core_brand::Rgb;
use serde_json::Value;

const INDENT: &str = "    ";

pub(super) fn report(graded: &Value, path: &str, pen: &Pen) -> String {
    let findings = list(graded, "findings");
    let mut lines = vec![pen.strong(path)];
    let count = findings.len() as u64
        + graded["more"].as_object().map_or(0, |more| more.values().filter_map(Value::as_u64).sum());
    lines.push(match count {
        0 => "Nothing was found that is not as the brand has it.".to_owned(),
        1 => "1 finding".to_owned(),
        many => format!("{many} findings"),
    });
    for finding in findings {
        lines.push(String::new());
        lines.push(head(finding, pen));
        lines.extend(wrapped(finding["message"].as_str().unwrap_or_default(), pen));
    }
    for (id, count) in graded["more"].as_object().into_iter().flatten() {
        lines.push(format!("\n  and {count} more of {id}"));
    }
    lines.push(String::new());
    lines.push(pen.faint(&looked_at(&graded["looked_at"])));
    for logo in list(&graded["looked_at"], "logos") {
        let part = |name: &str| logo[name].as_str().unwrap_or("other colours").to_owned();
        let line = format!(
            "  {}, {}, {}: {}",
            part("concept"),
            part("lockup"),
            part("colorway"),
            place(&logo["place"])
        );
        lines.push(pen.faint(line.trim_end_matches(": ")));
    }
    let untold = list(graded, "untold");
    if !untold.is_empty() {
        lines.push("\nWhat could not be told:".to_owned());
        lines.extend(
            untold.iter().flat_map(|note| wrapped(note["message"].as_str().unwrap_or_default(), pen)),
        );
    }
    lines.join("\n") + "\n"
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// What it is about, with its colour, and where it is.
fn head(finding: &Value, pen: &Pen) -> String {
    let subject = finding["subject"].as_str().unwrap_or_default();
    let swatch = |text: &str| Rgb::parse(text).map_or(String::new(), |rgb| pen.fill(rgb, 2));
    let swatch = swatch(subject) + &finding["instead"].as_str().map_or(String::new(), swatch);
    let swatch = if swatch.is_empty() { swatch } else { swatch + " " };
    let times = match finding["count"].as_u64() {
        Some(count) if count > 1 => format!(", {count} times"),
        _ => String::new(),
    };
    let at = place(&finding["place"]);
    let at = if at.is_empty() { at } else { format!("  {at}{times}") };
    let id = finding["id"].as_str().unwrap_or_default();
    format!("  {swatch}{}  {}{}", pen.strong(subject), pen.faint(id), pen.faint(&at))
}

/// `page 2, line 14, .button, 120 by 40 at 10, 20`.
fn place(place: &Value) -> String {
    let mut parts = Vec::new();
    parts.extend(place["page"].as_u64().map(|page| format!("page {page}")));
    parts.extend(place["line"].as_u64().map(|line| format!("line {line}")));
    parts.extend(place["rule"].as_str().map(str::to_owned));
    if let [x, y, width, height] = list(place, "area") {
        let by = if height.as_f64() == Some(1.0) { String::new() } else { format!("{width} by {height} ") };
        parts.push(format!("{by}at {x}, {y}"));
    }
    parts.join(", ")
}

fn looked_at(seen: &Value) -> String {
    let logos = list(seen, "logos").len();
    let number = |key: &str| seen[key].as_u64().unwrap_or_default();
    let of = |count: u64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    format!(
        "Looked at: {}, {}, {} on a ground, {}",
        of(number("colors"), "colour"),
        of(number("fonts"), "font"),
        of(number("text_pairs"), "text colour"),
        of(logos as u64, "logo")
    )
}

fn wrapped(text: &str, pen: &Pen) -> Vec<String> {
    let room = pen.width.saturating_sub(INDENT.len());
    wrap(text, room).into_iter().map(|line| format!("{INDENT}{line}")).collect()
}
