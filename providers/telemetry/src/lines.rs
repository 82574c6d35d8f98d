//! Log lines: one JSON object a line on standard error, in the form that all of Imprint writes.

use serde_json::{Map, Value};
use std::fmt::Debug;
use std::io::Write as _;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_opentelemetry::OtelData;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

/// Fields with a place of their own in a line; all others go into `data`.
const NAMED: &[(&str, &str)] = &[
    ("trace_id", "traceId"),
    ("span_id", "spanId"),
    ("user_id", "userId"),
    ("request_id", "requestId"),
    ("message", "message"),
];

/// Writes every event as a line.
pub(crate) struct Lines {
    service: String,
}

impl Lines {
    pub(crate) fn new(service: &str) -> Self {
        Self { service: service.to_owned() }
    }
}

/// The fields of a span, kept for the events inside it.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), Value::String(format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<Fields>() {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in context.event_scope(event).into_iter().flat_map(|scope| scope.from_root()) {
            let extensions = span.extensions();
            if let Some(outer) = extensions.get::<Fields>() {
                fields.0.extend(outer.0.clone());
            }
            // A span that is sent to a collector has an identity of its own.
            if let Some(sent) = extensions.get::<OtelData>() {
                let ids = [("trace_id", sent.trace_id().map(|id| id.to_string()))];
                let ids = ids.into_iter().chain([("span_id", sent.span_id().map(|id| id.to_string()))]);
                fields.0.extend(ids.filter_map(|(name, id)| Some((name.to_owned(), id?.into()))));
            }
        }
        event.record(&mut fields);
        let line = line(&self.service, event.metadata().level().as_str(), fields.0);
        // One write a line, because the processes of a host share its standard error. A log that cannot be written has no
        // other place to say so.
        let _ = std::io::stderr().lock().write_all(format!("{line}\n").as_bytes());
    }
}

/// A line of now, from the fields of an event and its spans.
#[must_use]
pub fn line(service: &str, level: &str, mut fields: Map<String, Value>) -> Value {
    let told = unfold(&mut fields);
    let mut line = Map::new();
    line.insert("timestamp".to_owned(), now().into());
    line.insert("level".to_owned(), level.to_lowercase().into());
    line.insert("service".to_owned(), service.into());
    for (name, place) in NAMED {
        let own = fields.remove(*name).unwrap_or(Value::Null);
        line.insert((*place).to_owned(), told.get(*place).cloned().unwrap_or(own));
    }
    fields.extend(told.into_iter().filter(|(name, _)| NAMED.iter().all(|(_, place)| place != name)));
    line.insert("data".to_owned(), Value::Object(fields));
    Value::Object(line)
}

/// A component can only hand over text. What it writes as an object under the names of a line gets its places in it; the
/// context that it names is the message, if it brings none.
fn unfold(fields: &mut Map<String, Value>) -> Map<String, Value> {
    let text = fields.get("message").and_then(Value::as_str).filter(|text| text.starts_with('{'));
    let Some(Value::Object(mut told)) = text.and_then(|text| serde_json::from_str(text).ok()) else {
        return Map::new();
    };
    let context = fields.remove("context").unwrap_or_default();
    told.entry("message").or_insert(context);
    told
}

/// RFC 3339.
fn now() -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = SystemTime.format_time(&mut Writer::new(&mut text));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(fields: Value, want: &Value) {
        let Value::Object(fields) = fields else { unreachable!("an object was written") };
        let mut line = line("imprint-blobs", "INFO", fields);
        assert!(line["timestamp"].take().as_str().is_some_and(|text| text.ends_with('Z')));
        assert_eq!(line, *want);
    }

    #[test]
    fn a_line_has_the_agreed_fields() {
        let want = json!({
            "timestamp": null, "level": "info", "service": "imprint-blobs", "traceId": "t", "spanId": null,
            "userId": null, "requestId": null, "message": "m", "data": { "left": 3 },
        });
        check(json!({ "message": "m", "trace_id": "t", "left": 3 }), &want);
    }

    #[test]
    fn a_component_fills_the_same_line() {
        let told = json!({ "status": 200, "traceId": "t", "spanId": "s", "requestId": "r", "userId": "u" });
        let want = json!({
            "timestamp": null, "level": "info", "service": "imprint-blobs", "traceId": "t", "spanId": "s",
            "userId": "u", "requestId": "r", "message": "http", "data": { "status": 200, "component_id": "c" },
        });
        let fields = json!({ "message": told.to_string(), "context": "http", "component_id": "c" });
        check(fields, &want);
    }
}
