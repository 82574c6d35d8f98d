//! A journal of every past version still reads, replays, and is still written as it was.

use core_brand::brief::Order;
use core_brand::envelope::Envelope;
use core_saga::{Decision, Outcome, STEPS, next, next_from, read};
use serde_json::Value;

const JOURNAL: &str = include_str!("../golden/journal-1.jsonl");
const ENVELOPES: &str = include_str!("../../core-brand/golden/envelope-1.json");
const ORDER: &str = include_str!("../../core-brand/golden/order-1.json");

/// Tables, in which every name means something, and what is one case of several: no version can say more there.
const CLOSED: [&str; 3] = ["components", "shadows", "body"];

/// What it reads as with more said in every record of it, as the next version of this code may do.
fn said_more(mut value: Value) -> String {
    fn say(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                let open = fields.iter_mut().filter(|(name, _)| !CLOSED.contains(&name.as_str()));
                open.for_each(|(_, value)| say(value));
                fields.insert("said_later".to_owned(), Value::from(vec![1]));
            }
            Value::Array(items) => items.iter_mut().for_each(say),
            _ => {}
        }
    }
    say(&mut value);
    value.to_string()
}

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

/// Processes are replaced one after the other: what a newer one writes is read by the older ones beside it.
#[test]
fn what_the_next_version_says_more_is_left_alone() {
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let journals = imprint_golden::cases(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/journals"));
    let texts: Vec<String> = journals.iter().map(|case| case.text("journal.jsonl")).collect();
    let stored = texts.iter().flat_map(|text| text.lines()).map(|line| value(line)["event"].take());
    let mut events = 0;
    for event in JOURNAL.lines().map(value).chain(stored) {
        let newer = said_more(event.clone());
        assert_eq!(read(&[&newer]).unwrap(), read(&[event.to_string()]).unwrap(), "{newer}");
        events += 1;
    }
    assert!(events > 100, "{events}");
    for line in ENVELOPES.lines() {
        let newer = said_more(value(line));
        assert_eq!(
            Envelope::from_bytes(newer.as_bytes()).unwrap(),
            Envelope::from_bytes(line.as_bytes()).unwrap()
        );
    }
    let newer = said_more(value(ORDER));
    let [newer, order] = [&newer, ORDER].map(|text| serde_json::from_str::<Order>(text).unwrap());
    assert_eq!(newer, order);
}

/// An event that this version does not know is never passed over: what follows from the journal is not known either.
#[test]
fn an_event_of_the_next_version_is_not_passed_over() {
    let mut lines: Vec<&str> = JOURNAL.lines().collect();
    lines.insert(3, r#"{"event":"said-later"}"#);
    assert!(next(&lines).is_err());
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
