//! Texts that cross a border inside a contract: JSON in a string, in bytes, or in the store. A neighbour of the next version says
//! more in them, and is understood as if it did not.

use crate::{NOW_MS, of, shapes};
use imprint_contracts::{Callee, Components, Courier, LATER, Later, Ledger, Shapes, Side, Unheard};
use imprint_servers::nats_server;
use serde_json::{Value, json};
use std::cell::Cell;

/// What of an answer is compared: texts without what the next version says more, because what is only handed on is handed on
/// whole; of a fault who is to blame and its code, because its words name a place in the text; of the inputs of a task only
/// their names, because another text has another hash.
fn compared(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let one = |(name, value): (&String, &Value)| match name.as_str() {
                LATER => None,
                "args" | "message" => Some((name.clone(), Value::Null)),
                "inputs" => {
                    let names = value.as_array().into_iter().flatten().map(|input| input["name"].clone());
                    Some((name.clone(), names.collect()))
                }
                _ => Some((name.clone(), compared(value))),
            };
            fields.iter().filter_map(one).collect()
        }
        Value::Array(items) => items.iter().map(compared).collect(),
        Value::String(text) if text.starts_with(['{', '[']) => serde_json::from_str::<Value>(text)
            .map_or(value.clone(), |inner| json!(compared(&inner).to_string())),
        plain => plain.clone(),
    }
}

/// All that anybody asks of a callee, asked by a neighbour of the next version: the answers are those of today.
fn understood(name: &str, shapes: &Shapes, today: &dyn Callee, other: &dyn Callee) -> Result<(), String> {
    let later = Later { callee: other, side: Side::Asker, shapes, said: Cell::new(0) };
    for pair in of(name) {
        for (file, expectation) in &pair.expectations {
            let title = format!("{}-{name}/{file}", pair.caller);
            let usual = expectation.replay(today).unwrap();
            let told = expectation.replay(&later).map_err(|why| format!("{title}: {why}"))?;
            if compared(&json!(told)) != compared(&json!(usual)) {
                return Err(format!("{title}: {} is not {}", json!(told), json!(usual)));
            }
        }
    }
    assert!(later.said.get() > 0, "no text goes to `{name}`");
    Ok(())
}

#[test]
fn components_understand_who_says_more() {
    let components = Components::open().unwrap();
    for name in ["orchestrator", "design", "logo", "assets", "kit", "notify"] {
        understood(name, &shapes(), &components.one(name), &components.one(name)).unwrap();
    }
}

#[test]
fn the_ledger_understands_who_says_more() {
    let (Some(one), Some(other)) = (nats_server(), nats_server()) else { return };
    let ledger = |url: &str| Ledger::start(url, || NOW_MS).unwrap();
    understood("ledger", &shapes(), &ledger(&one.url()), &ledger(&other.url())).unwrap();
}

/// Where a text can say no more, saying more is found: each name that is left out of `shapes.json` once.
#[test]
fn what_is_no_more_to_be_said_is_found() {
    let callees = [
        ("next.1", "orchestrator"),
        ("request.json", "orchestrator"),
        ("design.json", "assets"),
        ("write.2", "notify"),
    ];
    let components = Components::open().unwrap();
    for table in &shapes().tables {
        let Some((_, name)) = callees.iter().find(|(text, _)| table.starts_with(text)) else { continue };
        let mut fewer = shapes();
        fewer.tables.remove(table);
        let told = understood(name, &fewer, &components.one(name), &components.one(name));
        assert!(told.is_err(), "`{table}` of shapes.json is for nothing");
    }
}

#[test]
fn what_a_person_says_in_words_of_the_next_version_is_refused() {
    let shapes = shapes();
    let refused = |name: &str, callee: &dyn Callee| {
        let unheard = Unheard { callee, shapes: &shapes, refused: Cell::new(0) };
        for pair in of(name) {
            for (file, expectation) in &pair.expectations {
                if let Err(why) = expectation.replay(&unheard) {
                    panic!("{}-{name}/{file}: {why}", pair.caller);
                }
            }
        }
        assert!(unheard.refused.get() > 0, "nobody says anything to `{name}`");
    };
    refused("notify", &Components::open().unwrap().one("notify"));
    refused("courier", &Courier::new(|| NOW_MS).unwrap());
}
