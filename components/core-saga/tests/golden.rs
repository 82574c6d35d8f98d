//! A journal of every past version still reads, replays, and is still written as it was.

use core_saga::{Decision, Outcome, STEPS, next, next_from, read};

const JOURNAL: &str = include_str!("../golden/journal-1.jsonl");

#[test]
fn a_journal_of_version_1_reads_and_writes() {
    let lines: Vec<&str> = JOURNAL.lines().collect();
    let events = read(&lines).unwrap();
    let written: Vec<String> = events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
    assert_eq!(written, lines);
}

/// A first event of a job that has met two rollouts. It stays as it is, also where nobody was drawn.
#[test]
fn draws_read_and_write() {
    let drawn = r#","draws":[{"rollout":"logo-0_2_0.1","arm":"baseline","is_drawn":true,"components":["logo"]},{"rollout":"tone","arm":"canary","is_drawn":true,"components":[],"sticky":"tenant","variant":"warm","shadows":{"design":"0.2.0"}}]"#;
    let first = JOURNAL.lines().next().unwrap();
    let (head, tail) = first.split_once(r#""model_variant":"stable""#).unwrap();
    for draws in ["", drawn] {
        let line = format!(r#"{head}"model_variant":"stable"{draws}{tail}"#);
        let events = read(&[&line]).unwrap();
        assert_eq!(serde_json::to_string(&events[0]).unwrap(), line);
        assert_eq!(next(&[&line]).unwrap(), Decision::Plan(&STEPS[0]));
    }
}

#[test]
fn every_prefix_of_it_replays_to_the_decision_of_its_time() {
    let lines: Vec<&str> = JOURNAL.lines().collect();
    let create = &STEPS[0];
    let expected = [
        Decision::Rest,
        Decision::Plan(create),
        Decision::Build(create, vec!["order".into()]),
        Decision::Plan(&STEPS[1]),
        Decision::Undo(create),
        Decision::Undo(create),
        Decision::End(Outcome::Failed),
        Decision::Rest,
    ];
    for (cut, expected) in expected.iter().enumerate() {
        assert_eq!(next(&lines[..cut]).unwrap(), *expected, "after {cut} events");
        assert_eq!(next_from(STEPS, &read(&lines[..cut]).unwrap()), *expected);
    }
}
