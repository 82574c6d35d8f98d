//! `results`: what each version and each variant has come to, and how sure that is.

use crate::view::{thousands, wrap};
use anyhow::Result;
use imprint_rollout::executor::{Change, Record};
use imprint_rollout::{Arm, Level, Notes, QuantileRange, Results, Share, Tally};
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn print(record: &Record, notes: &Notes, json: bool) -> Result<ExitCode> {
    let results = record.results(notes);
    if json {
        let mut said = serde_json::to_value(&results)?;
        said["format"] = json!(1);
        said["id"] = json!(record.id);
        out!("{}", serde_json::to_string_pretty(&said)?);
        return Ok(ExitCode::SUCCESS);
    }
    for line in page(record, &results) {
        out!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

fn page(record: &Record, results: &Results) -> Vec<String> {
    let mut lines = vec![String::new()];
    variants(results, &mut lines);
    people(results, &mut lines);
    for (component, arms) in &results.requests {
        let Some(change) = record.set.get(component) else { continue };
        lines.push(row(component, ["requests", "errors", "p50", "p99"]));
        for arm in arms {
            let errors = within(arm.error_rate, arm.error_interval);
            let times = [range(arm.p50_us), range(arm.p99_us)];
            let [p50, p99] = &times;
            lines.push(row(&version(change, arm.arm), [&thousands(arm.requests), &errors, p50, p99]));
        }
        if let Some(more) = arms.iter().find_map(|arm| arm.difference) {
            lines.push(format!("  the new version fails {} more often", points(more)));
        }
        lines.push(String::new());
    }
    let has_people = !results.people.is_empty() || !results.variants.is_empty();
    let is_measured = results.requests.values().any(|arms| !arms.is_empty());
    if !has_people && !is_measured {
        return vec!["Nobody has met it yet.".to_owned()];
    }
    lines.extend(wrap("Each range holds with 95 %, however often one looks.", "  "));
    lines
}

fn variants(results: &Results, lines: &mut Vec<String>) {
    if results.variants.is_empty() {
        return;
    }
    lines.push(row("variant", ["people", "completed", "more than control", ""]));
    for one in &results.variants {
        let more = one.difference.map_or("control".to_owned(), points);
        let rate = within(one.rate, one.interval);
        lines.push(row(&one.variant, [&thousands(one.tally.exposed), &rate, &more, ""]));
    }
    lines.push(match results.variants.iter().any(|one| one.is_uneven) {
        true => "  the draw is uneven, so the rest means nothing".to_owned(),
        false => "  the draw is as it was meant to be".to_owned(),
    });
    lines.push(String::new());
}

fn people(results: &Results, lines: &mut Vec<String>) {
    if results.people.is_empty() {
        return;
    }
    lines.push(row("people", ["met it first", "completed", "more than old", ""]));
    for one in &results.people {
        let Tally { exposed, .. } = one.tally;
        let more = one.difference.map_or(String::new(), points);
        lines.push(row(word(one.arm), [&thousands(exposed), &within(one.rate, one.interval), &more, ""]));
    }
    lines.push(String::new());
}

fn word(arm: Arm) -> &'static str {
    match arm {
        Arm::Canary => "new",
        Arm::Baseline => "old, fresh",
        Arm::Stable => "old",
    }
}

fn version(change: &Change, arm: Arm) -> String {
    let version = if arm == Arm::Canary { &change.to } else { &change.from };
    format!("{} {version}", word(arm))
}

/// Five columns in 80 cells; the fourth has the room of the last where that is empty, and the name of a model takes some of the
/// second.
fn row(name: &str, cells: [&str; 4]) -> String {
    let [a, b, c, d] = cells;
    let room = if d.is_empty() { 27 } else { 13 };
    let cell = if name.chars().count() < 17 { 17 } else { name.chars().count() + 1 };
    let first = 29_usize.saturating_sub(cell);
    format!("  {name:<cell$}{a:>first$} {b:>20} {c:>room$} {d:>13}").trim_end().to_owned()
}

fn within(rate: Option<u32>, (low, high): (u32, u32)) -> String {
    let Some(rate) = rate else { return "–".to_owned() };
    format!("{} ({} to {})", tenths(rate), bare(low), bare(high))
}

/// Parts of a million as a share with one digit behind the point.
fn tenths(parts: u32) -> String {
    Share((parts + 500) / 1000 * 1000).to_string()
}

fn bare(parts: u32) -> String {
    tenths(parts).trim_end_matches(" %").to_owned()
}

fn points((low, high): (i64, i64)) -> String {
    format!("{:+.1} to {:+.1} points", low as f64 / 1e4, high as f64 / 1e4)
}

/// Two times; what both are counted in is said once.
fn between(from: &str, to: &str) -> String {
    let unit = |time: &str| time.split_once(' ').map(|(_, unit)| unit.to_owned());
    let from = if unit(from) == unit(to) { from.split(' ').next().unwrap_or(from) } else { from };
    format!("{from} to {to}")
}

fn range(range: QuantileRange) -> String {
    let time = |us: u64| Level::Time(us).to_string();
    match (range.from, range.to) {
        (Some(from), Some(to)) => between(&time(from), &time(to)),
        (None, Some(to)) => format!("up to {}", time(to)),
        (Some(from), None) => format!("above {}", time(from)),
        (None, None) => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_under_their_heads() {
        let times = between("100 ms", "500 ms");
        assert_eq!((times.as_str(), between("500 ms", "1 s").as_str()), ("100 to 500 ms", "500 ms to 1 s"));
        let rows = [
            row("design", ["requests", "errors", "p50", "p99"]),
            row("old, fresh 0.1.0", ["1,234,567", "23.3 % (5.1 to 53.7)", &times, &times]),
        ];
        assert_eq!(rows.map(|row| row.chars().count()), [80, 80]);
        let people = [
            row("people", ["met it first", "completed", "more than old", ""]),
            row("new", ["30", "23.3 % (5.1 to 53.7)", "-80.9 to +35.8 points", ""]),
        ];
        assert_eq!(people.map(|row| row.chars().count()), [80, 80]);
        let model = row("old, fresh sdxl-base@1.0", ["204", "0.0 % (0.0 to 3.7)", &times, &times]);
        assert!(model.chars().count() == 80 && model.contains("sdxl-base@1.0  204"), "{model}");
    }
}
