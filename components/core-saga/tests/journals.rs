//! Golden journals: every prefix replays to the decision and the view that were accepted.
//!
//! A case is a folder of `golden/journals`: `journal.jsonl` has a line for each event with the time it was recorded at,
//! `expected.txt` what follows. `IMPRINT_ACCEPT=1` writes what follows now.

use core_saga::{Decision, View, next};
use imprint_golden::{Case, cases, check_text};
use serde_json::Value;
use std::fmt::Write;

/// The journals that there must be.
const OUTCOMES: &[&str] =
    &["cancelled-at-logo", "completed", "erased", "failed", "missed-deadline", "old-form"];

struct Entry {
    at_ms: u64,
    cpu_ms: u64,
    event: String,
}

fn entries(case: &Case) -> Vec<Entry> {
    let entry = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("is JSON");
        Entry {
            at_ms: line["at_ms"].as_u64().expect("has a time"),
            cpu_ms: line["cpu_ms"].as_u64().unwrap_or_default(),
            event: line["event"].to_string(),
        }
    };
    case.text("journal.jsonl").lines().map(entry).collect()
}

fn said(decision: &Decision) -> String {
    match decision {
        Decision::Plan(row) => format!("plan {}", row.name),
        Decision::Build(row, tasks) => format!("build {} {}", row.name, tasks.join(" ")),
        Decision::Undo(row) => format!("undo {} by {}", row.name, row.undo),
        Decision::End(outcome) => format!("end {outcome:?}"),
        Decision::Rest => "rest".to_owned(),
    }
}

fn seen(view: &View) -> String {
    let steps = view.steps.iter().map(|step| format!("{}/{}", step.done, step.total));
    let steps: Vec<String> = steps.collect();
    format!(
        "{:?} steps {} files {} missed {} code {}",
        view.status,
        steps.join(" "),
        view.files.len(),
        view.sla.missed,
        view.code.as_deref().unwrap_or("-"),
    )
}

fn replay(case: &Case) -> String {
    let entries = entries(case);
    let events: Vec<&str> = entries.iter().map(|entry| entry.event.as_str()).collect();
    let mut view = View::new("br_us-east-1_0", "acme");
    let mut text = String::new();
    for cut in 0..=entries.len() {
        if let Some(last) = cut.checked_sub(1) {
            let Entry { at_ms, cpu_ms, event } = &entries[last];
            view.apply(&serde_json::from_str(event).expect("reads"), *at_ms, *cpu_ms);
            assert_eq!(view.sequence as usize, cut);
        }
        let decision = next(&events[..cut]).expect("reads");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{cut:2}: {} | {}", said(&decision), seen(&view));
    }
    let view = serde_json::to_string_pretty(&view).expect("serialises");
    text + &view + "\n"
}

#[test]
fn every_prefix_replays_to_what_was_accepted() {
    let cases = cases("golden/journals");
    for outcome in OUTCOMES {
        assert!(cases.iter().any(|case| case.name == *outcome), "no journal of `{outcome}`");
    }
    for case in cases {
        check_text(case.path("expected.txt"), &replay(&case));
    }
}
