//! Events and matter as they might come, for looking at what would be said.

use crate::kinds::{Kind, NAMESPACE, Value as Field};
use serde_json::{Map, Value, json};

/// The job of a sample.
pub const SAMPLE_JOB: &str = "0b7e4c9a5d3f48e2";
/// The hour of all samples.
const TIME: &str = "2026-11-21T09:30:00.000Z";

/// An event of this kind.
#[must_use]
pub fn sample_event(kind: &Kind) -> Value {
    let mut data = Map::new();
    data.insert("id".to_owned(), json!(SAMPLE_JOB));
    for field in kind.speech.iter().flat_map(|speech| speech.values) {
        let (name, value) = match field {
            Field::Count(name) => (*name, json!(if *name == "percent" { 80 } else { 412 })),
            Field::Reason => ("code", json!("job.deadline")),
            Field::Text(name) => (*name, json!(text(name))),
        };
        data.insert(name.to_owned(), value);
    }
    json!({
        "specversion": "1.0",
        "id": core_brand::content::sha256_hex(kind.name.as_bytes()),
        "source": "/imprint/sample",
        "type": format!("{NAMESPACE}{}", kind.name),
        "subject": SAMPLE_JOB,
        "time": TIME,
        "data": data,
    })
}

fn text(name: &str) -> &'static str {
    match name {
        "url" => "https://hooks.example.com/imprint",
        "version" => "0.2.0",
        _ => "kit",
    }
}

/// Matter of these events about a brand with a name and four colours, which is the one of all samples.
#[must_use]
pub fn sample_matter(kinds: &[&Kind], brand: &str, colors: &Value, templates: &Value) -> Value {
    let events: Vec<Value> = kinds.iter().map(|kind| sample_event(kind)).collect();
    json!({
        "format": 1,
        "events": events,
        "brand": { "id": SAMPLE_JOB, "name": brand, "colors": colors },
        "links": {
            "brand": format!("https://imprint.example/brands/{SAMPLE_JOB}"),
            "settings": "https://imprint.example/settings/notifications",
            "unsubscribe": "https://imprint.example/unsubscribe/7f3a",
        },
        "templates": templates,
    })
}
