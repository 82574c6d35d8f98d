//! Journals of past versions: cut anywhere, the shipped saga takes each to exactly one end.

use core_brand::BlobRef;
use core_saga::{Decision, Event, STEPS, TaskRef, next_from, read, state};
use serde_json::Value;

/// More decisions than any journal needs.
const DECISIONS_MAX: usize = 100;

/// What a runner writes for a decision.
fn follow(decision: Decision) -> Vec<Event> {
    match decision {
        Decision::Plan(row) => {
            let tasks = vec![TaskRef { id: "one".to_owned(), content: BlobRef::of(b"one") }];
            vec![Event::Planned { step: row.name.to_owned(), tasks }]
        }
        Decision::Build(row, ids) => {
            let built = |task| Event::Built { step: row.name.to_owned(), task, documents: Vec::new() };
            ids.into_iter().map(built).collect()
        }
        Decision::Undo(row) => vec![Event::Undone { step: row.name.to_owned() }],
        Decision::End(outcome) => vec![Event::Ended { outcome }],
        Decision::Rest => Vec::new(),
    }
}

#[test]
fn every_cut_of_every_golden_journal_comes_to_one_end() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../components/core-saga/golden/journals");
    let mut cuts = 0;
    for case in std::fs::read_dir(folder).unwrap() {
        let path = case.unwrap().path().join("journal.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        let event = |line: &str| serde_json::from_str::<Value>(line).unwrap()["event"].to_string();
        let lines: Vec<String> = text.lines().map(event).collect();
        for cut in 1..=lines.len() {
            let mut events = read(&lines[..cut]).unwrap();
            for _ in 0..DECISIONS_MAX {
                let follows = follow(next_from(STEPS, &events));
                if follows.is_empty() {
                    break;
                }
                events.extend(follows);
            }
            let state = state(&events);
            let ends = events.iter().filter(|event| matches!(event, Event::Ended { .. })).count();
            let told = format!("{} cut at {cut}: {ends} ends", path.display());
            assert!(state.erasing || state.ended.is_some(), "{told}");
            assert!(
                ends <= 1 || lines.iter().filter(|line| line.contains("\"ended\"")).count() > 1,
                "{told}"
            );
            cuts += 1;
        }
    }
    assert!(cuts > 50, "{cuts}");
}
